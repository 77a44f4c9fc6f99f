//! Numbers in digits and words.

use super::atoms::{AtomKind, Atoms};

/// A number and how it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    /// Its value.
    pub(crate) value: f64,
    /// The index after its last atom.
    pub(crate) end: usize,
    /// Whether it is written in digits.
    pub(crate) digits: bool,
}

/// A number word below a hundred.
pub(crate) fn small(word: &str) -> Option<f64> {
    const WORDS: [&str; 20] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];
    WORDS.iter().position(|it| *it == word).map(|it| it as f64).or_else(|| tens(word))
}

/// A number word of tens.
fn tens(word: &str) -> Option<f64> {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    TENS.iter().position(|it| *it == word).map(|it| (it as f64 + 2.0) * 10.0)
}

/// An ordinal word up to the thirty-first, or a cardinal with an ending ("2nd" is read elsewhere).
pub(crate) fn ordinal(word: &str) -> Option<u32> {
    const WORDS: [&str; 21] = [
        "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
        "nineteenth", "twentieth",
    ];
    if word == "thirtieth" {
        return Some(30);
    }
    WORDS.iter().position(|it| *it == word).filter(|it| *it > 0).map(|it| it as u32)
}

/// An ordinal at `ix`: "second", "21st", "twenty-first".
pub(crate) fn ordinal_at(atoms: &Atoms<'_>, ix: usize) -> Option<(u32, usize)> {
    if let Some(value) = ordinal(atoms.word(ix)) {
        return Some((value, ix + 1));
    }
    if let Some(ten) = tens(atoms.word(ix)).filter(|_| atoms.hyphen(ix + 1)) {
        let unit = ordinal(atoms.word(ix + 2)).filter(|it| *it < 10)?;
        return Some((ten as u32 + unit, ix + 3));
    }
    let value: u32 = integer(atoms, ix)?.try_into().ok()?;
    let ends = matches!(atoms.word(ix + 1), "st" | "nd" | "rd" | "th") && atoms.glued(ix + 1);
    ends.then_some((value, ix + 2))
}

/// A plain whole number in digits.
pub(crate) fn integer(atoms: &Atoms<'_>, ix: usize) -> Option<i64> {
    let atom = atoms.get(ix).filter(|it| it.kind == AtomKind::Number)?;
    atoms.lower_of(atom.span).parse().ok()
}

/// A number word that multiplies what stands before it.
pub(crate) fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

/// Digits with thousands commas and a decimal point. `None` for clock times, dates and other dotted runs.
pub(crate) fn digits(text: &str) -> Option<f64> {
    if text.contains(':') {
        return None;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.contains(['.', ',']) {
        return None;
    }
    if whole.contains(',') {
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or("");
        let indian = |it: &str| it.len() == 2 || it.len() == 3;
        if first.is_empty()
            || 3 < first.len()
            || !groups.clone().all(indian)
            || groups.next_back().map(str::len) != Some(3)
        {
            return None;
        }
    }
    let plain: String = text.chars().filter(|it| *it != ',').collect();
    plain.parse().ok()
}

/// The number at `ix`: `1,200`, `2 1/2`, "twenty-four", "a hundred", "two and a half", "a dozen". "a" alone is none.
pub(crate) fn number_at(atoms: &Atoms<'_>, ix: usize) -> Option<Number> {
    let atom = atoms.get(ix)?;
    if atom.kind == AtomKind::Number {
        let value = digits(atoms.lower_of(atom.span))?;
        let (value, end) = with_fraction(atoms, value, ix + 1);
        return Some(scaled(atoms, Number { value, end, digits: true }));
    }
    let word = atoms.word(ix);
    let article = matches!(word, "a" | "an");
    if article {
        let next = atoms.word(ix + 1);
        if let Some(by) = scale(next) {
            return Some(in_words(atoms, by, ix + 2));
        }
        return (next == "dozen").then_some(Number { value: 12.0, end: ix + 2, digits: false });
    }
    let first = small(word)?;
    Some(in_words(atoms, first, ix + 1))
}

/// Goes on from a first number word: "twenty | -four", "two | hundred and six", "three | and a half".
fn in_words(atoms: &Atoms<'_>, first: f64, mut end: usize) -> Number {
    let mut total = 0.0;
    let mut part = first;
    loop {
        let step = usize::from(atoms.hyphen(end));
        let word = atoms.word(end + step);
        if let Some(unit) =
            small(word).filter(|it| *it < 10.0 && 0.0 < *it && 20.0 <= part % 100.0 && part % 10.0 == 0.0)
        {
            part += unit;
            end += step + 1;
        } else if let Some(by) = scale(word).filter(|_| step == 0 || atoms.glued(end + step)) {
            if by == 100.0 {
                part *= by;
            } else {
                total += part * by;
                part = 0.0;
            }
            end += step + 1;
        } else if step == 0 && (part == 0.0 || part % 100.0 == 0.0) && (0.0 < total || 100.0 <= part) {
            let and = usize::from(word == "and");
            let Some(more) = small(atoms.word(end + and)).filter(|_| and == 1 || part == 0.0 || 100.0 <= part) else {
                break;
            };
            part += more;
            end += and + 1;
        } else {
            break;
        }
    }
    let mut value = total + part;
    if let Some(next) = atoms.phrase(end, &["and", "a", "half"]) {
        (value, end) = (value + 0.5, next);
    } else if atoms.word(end) == "dozen" {
        (value, end) = (value * 12.0, end + 1);
    }
    Number { value, end, digits: false }
}

/// "2 | 1/2", "2 | ½", "2 | and a half".
fn with_fraction(atoms: &Atoms<'_>, value: f64, end: usize) -> (f64, usize) {
    if atoms.mark(end + 1, '/')
        && atoms.glued(end + 1)
        && atoms.glued(end + 2)
        && let (Some(above), Some(below @ 2..=16)) = (integer(atoms, end), integer(atoms, end + 2))
        && 0 < above
        && above < below
        && !(atoms.glued(end))
    {
        return (value + above as f64 / below as f64, end + 3);
    }
    if let Some(next) = atoms.phrase(end, &["and", "a", "half"]) {
        return (value + 0.5, next);
    }
    match atoms.get(end).map(|it| it.kind) {
        Some(AtomKind::Mark('½')) => (value + 0.5, end + 1),
        Some(AtomKind::Mark('¼')) => (value + 0.25, end + 1),
        Some(AtomKind::Mark('¾')) => (value + 0.75, end + 1),
        _ => (value, end),
    }
}

/// "4.5 | million", "140 | -billion", "3 | thousand".
fn scaled(atoms: &Atoms<'_>, number: Number) -> Number {
    let mut number = number;
    for _ in 0..2 {
        let step = usize::from(atoms.hyphen(number.end));
        let Some(by) = scale(atoms.word(number.end + step)) else { break };
        number = Number { value: number.value * by, end: number.end + step + 1, digits: number.digits };
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::Span;

    fn read(text: &str) -> Option<f64> {
        let atoms = Atoms::new(text, Span::at(0, text.len()), &[]);
        number_at(&atoms, 0).filter(|it| it.end == atoms.list.len()).map(|it| it.value)
    }

    #[test]
    fn numbers_in_words_and_digits() {
        for (text, value) in [
            ("1,200", 1200.0),
            ("2 1/2", 2.5),
            ("4.5 million", 4.5e6),
            ("140-billion", 140e9),
            ("twenty-four", 24.0),
            ("twenty six", 26.0),
            ("a hundred", 100.0),
            ("a hundred thirty million", 130e6),
            ("two hundred and six", 206.0),
            ("three thousand five hundred", 3500.0),
            ("five and a half", 5.5),
            ("a dozen", 12.0),
            ("two dozen", 24.0),
            ("seventy", 70.0),
        ] {
            assert_eq!(read(text), Some(value), "{text}");
        }
        assert_eq!(read("21:11"), None);
        assert_eq!(read("2025.12.01"), None);
        assert_eq!(read("may"), None);
    }
}
