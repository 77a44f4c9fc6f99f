//! The number of a figure: currency before it, scale letters after it, ranges.

use rapporteur_lexicon::Lexicon;

use crate::extractors::times::atoms::AtomKind;
use crate::extractors::times::numbers::{Number, number_at, scale};
use crate::extractors::times::reader::Reader;

/// A number with its currency, before its unit is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amount {
    /// First atom, a currency sign included.
    pub(super) start: usize,
    /// The first atom of the number itself.
    pub(super) number: usize,
    /// After the last atom.
    pub(super) end: usize,
    /// The value, or the lower end.
    pub(super) value: f64,
    /// The upper end of a range.
    pub(super) value_max: Option<f64>,
    /// The currency whose sign stands before it.
    pub(super) currency: Option<&'static str>,
    /// Whether it is written in digits.
    pub(super) digits: bool,
    /// "one of", "dozens of": the thing counted follows "of".
    pub(super) of: bool,
    /// A part of something: "two-thirds".
    pub(super) fraction: bool,
    /// Of "from 208 pounds to 193": where the unit of the lower end stands.
    pub(super) first_unit: Option<usize>,
}

/// The amount that starts at `ix`.
pub(super) fn amount_at(reader: &Reader<'_>, lexicon: &Lexicon, ix: usize) -> Option<Amount> {
    let (currency, number_ix) = currency_before(reader, lexicon, ix);
    if let Some(vague) = vague_at(reader, number_ix)
        .or_else(|| fraction_at(reader, number_ix))
        .or_else(|| share_at(reader, number_ix))
        .or_else(|| slashed(reader, number_ix))
    {
        return Some(Amount { start: ix, currency, ..vague });
    }
    let number_ix = number_ix + usize::from(reader.word(number_ix) == "minus");
    let minus = reader.mark(number_ix, '-') && (currency.is_some() || ix < number_ix);
    let number_ix = number_ix + usize::from(minus);
    let minus = minus || ix < number_ix && reader.word(number_ix - 1) == "minus";
    let first = single(reader, lexicon, number_ix, currency.is_some())?;
    let sign = if minus { -1.0 } else { 1.0 };
    let mut amount = Amount {
        start: ix,
        number: number_ix,
        end: first.end,
        value: sign * first.value,
        value_max: None,
        currency,
        digits: first.digits,
        of: reader.word(number_ix) == "one" && reader.word(first.end) == "of",
        fraction: false,
        first_unit: None,
    };
    if let Some((upper, at)) = range_end(reader, lexicon, &amount, ix) {
        // "$2-3 billion": the scale belongs to both ends.
        let scaled = upper.value / first.value;
        let shared = 1000.0 < scaled && first.value < 1000.0 && upper.digits;
        let by = if shared { scale_of(upper.value) } else { 1.0 };
        let by = if first.value * by < upper.value { by } else { 1.0 };
        let falling = led_by_from(reader, ix);
        if first.value * by < upper.value || falling && first.value != upper.value {
            amount.value *= by;
            amount.value_max = Some(upper.value);
            amount.first_unit = falling.then_some(amount.end);
            amount.end = at;
        }
    }
    Some(amount)
}

/// The largest scale a value was multiplied by.
fn scale_of(value: f64) -> f64 {
    [1e12, 1e9, 1e6, 1e3].into_iter().find(|it| *it <= value).unwrap_or(1.0)
}

/// "€ | 250m", "US$ | 5", "US $ | 84 billion", "EUR | 30": the currency and where the number starts.
fn currency_before(reader: &Reader<'_>, lexicon: &Lexicon, ix: usize) -> (Option<&'static str>, usize) {
    let Some(first) = reader.get(ix) else { return (None, ix) };
    // The sign first: "$US55", "$A82".
    if first.kind == AtomKind::Mark('$') && reader.glued(ix + 1) && reader.glued(ix + 2) {
        let symbol = format!("{}$", reader.raw(ix + 1));
        if let Some(found) =
            lexicon.currency_symbol(&symbol).filter(|_| reader.get(ix + 1).is_some_and(|it| it.kind == AtomKind::Word))
        {
            return (Some(found.code), ix + 2);
        }
    }
    if let Some(found) = transcribed(reader, ix) {
        return found;
    }
    // Letters and a sign: "US$", "HK$", "C$"; a sign alone.
    for len in [2, 1] {
        let last = ix + len - 1;
        let Some(end) = reader.get(last) else { continue };
        let number_follows =
            reader.get(last + 1).is_some_and(|it| matches!(it.kind, AtomKind::Number | AtomKind::Mark('-')))
                || len == 1 && matches!(end.kind, AtomKind::Mark(_)) && number_at(reader, last + 1).is_some();
        if !number_follows || len == 2 && !matches!(end.kind, AtomKind::Mark(_)) {
            continue;
        }
        let symbol: String = (ix..=last).map(|it| reader.raw(it)).collect();
        let sign = matches!(end.kind, AtomKind::Mark(c) if !c.is_ascii() || c == '$');
        let letters =
            first.kind == AtomKind::Word && symbol.chars().all(|it| it.is_ascii_alphabetic()) && 1 < symbol.len();
        if !sign && !letters {
            continue;
        }
        if let Some(found) = lexicon.currency_symbol(&symbol) {
            return (Some(found.code), last + 1);
        }
    }
    (None, ix)
}

/// Signs as texts without them write them: "PS2.7m" for pounds, "Y=590" for yen. A "PS5" is no sum.
fn transcribed(reader: &Reader<'_>, ix: usize) -> Option<(Option<&'static str>, usize)> {
    if reader.raw(ix) == "Y" && reader.lower(ix + 1) == "=" && reader.glued(ix + 1) && reader.glued(ix + 2) {
        return number_at(reader, ix + 2).map(|_| (Some("JPY"), ix + 2));
    }
    let is_sum = || {
        let number = reader.lower(ix + 1);
        number.contains([',', '.']) || matches!(reader.lower(ix + 2), "m" | "bn" | "k") && reader.glued(ix + 2)
    };
    (reader.raw(ix) == "PS" && reader.glued(ix + 1) && number_at(reader, ix + 1).is_some() && is_sum())
        .then_some((Some("GBP"), ix + 1))
}

/// One number with its scale letters: "250 | m", "13.6 | M", "1.762 | bn".
fn single(reader: &Reader<'_>, lexicon: &Lexicon, ix: usize, money: bool) -> Option<Number> {
    // ".001": a point before the digits.
    if reader.mark(ix, '.') && !reader.glued(ix) && reader.glued(ix + 1) {
        let value = format!("0.{}", reader.lower(ix + 1)).parse().ok()?;
        return Some(Number { value, end: ix + 2, digits: true });
    }
    let number = number_at(reader, ix)?;
    if !number.digits {
        return Some(number);
    }
    let letter = reader.raw(number.end);
    let currency_follows = lexicon.currency_at(&[reader.raw(number.end + 1)], 0).is_some();
    let noun_follows = !reader.glued(number.end + 1) && matches!(reader.tag(number.end + 1), "NNS" | "JJ");
    let by = match letter {
        "bn" | "bln" | "BN" | "Bn" => 1e9,
        "mn" | "mln" | "mio" => 1e6,
        "tn" | "trn" => 1e12,
        "m" if reader.glued(number.end) && (money || currency_follows || noun_follows) => 1e6,
        "m" if money => 1e6,
        "M" if reader.glued(number.end) || money => 1e6,
        "B" | "b" if money || letter == "B" && reader.glued(number.end) && noun_follows => 1e9,
        "T" if money => 1e12,
        "k" | "K" if reader.glued(number.end) => 1e3,
        "crore" | "crores" => 1e7,
        "lakh" | "lakhs" => 1e5,
        _ => return Some(number),
    };
    Some(Number { value: number.value * by, end: number.end + 1, digits: true })
}

/// "from | 252", "from up to | 252": whether the amount is where a move starts.
fn led_by_from(reader: &Reader<'_>, ix: usize) -> bool {
    let before = |back: usize| ix.checked_sub(back).map_or("", |it| reader.word(it));
    before(1) == "from"
        || before(2) == "from" && matches!(before(1), "about" | "around" | "roughly" | "nearly" | "almost")
        || before(3) == "from" && before(2) == "up" && before(1) == "to"
}

/// "from 208 pounds | to 193", "from $75 a barrel in October | to $45": how many atoms stand before "to".
fn until_to(reader: &Reader<'_>, at: usize) -> usize {
    const REACH: usize = 9;
    let is_break = |it: usize| {
        matches!(reader.lower(it), "," | ";" | "." | ":" | "(" | ")" | "from" | "and" | "or")
            || reader.tag(it).starts_with('V')
            || matches!(reader.tag(it), "WDT" | "WP" | "PRP")
    };
    let to = (at..at + REACH).take_while(|it| !is_break(*it)).find(|it| reader.word(*it) == "to");
    to.map_or(0, |it| it - at)
}

/// "between 62 | and $68", "5 | -10 W", "1 | to 1.5", "25 | – 40": the upper end and the index after it.
fn range_end(reader: &Reader<'_>, lexicon: &Lexicon, amount: &Amount, ix: usize) -> Option<(Number, usize)> {
    let at = amount.end;
    let before = ix.checked_sub(1).map_or("", |it| reader.word(it));
    // "from 252 miles to 287 miles", "5 per cent to 20 per cent": the unit may stand between.
    let skip = match reader.lower(at) {
        "%" | "percent" => 1,
        "per" if reader.word(at + 1) == "cent" => 2,
        _ if led_by_from(reader, ix) => until_to(reader, at),
        _ => 0,
    };
    // "rose 3% to 20", "by $43 to $419": the extent and where it led, no range.
    let moved = before == "by" && (amount.currency.is_some() || 0 < skip)
        || ix.checked_sub(1).is_some_and(|it| reader.tag(it).starts_with("VB")) && 0 < skip;
    let joined = match reader.lower(at + skip) {
        "to" => !moved,
        "and" => before == "between",
        "-" | "–" | "—" => reader.get(amount.number).is_some_and(|it| it.kind == AtomKind::Number),
        "or" => amount.value < 20.0 && !amount.digits,
        _ => false,
    };
    if !joined {
        return None;
    }
    let (currency, number_ix) = currency_before(reader, lexicon, at + skip + 1);
    let upper = single(reader, lexicon, number_ix, currency.is_some() || amount.currency.is_some())?;
    // A second range mark makes it a telephone number, a score list or a date.
    let again = matches!(reader.lower(upper.end), "-" | "–") && reader.glued(upper.end);
    let same_kind = currency.is_some() == amount.currency.is_some()
        || amount.currency.is_some() && reader.lower(at) != "to"
        || currency.is_none();
    (!again && same_kind).then_some((upper, upper.end))
}

/// "1/16 | of a pint": a fraction in digits, where "of" follows.
fn slashed(reader: &Reader<'_>, ix: usize) -> Option<Amount> {
    use crate::extractors::times::numbers::integer;
    let above = integer(reader, ix)?;
    let slash = matches!(reader.lower(ix + 1), "/" | "⁄") && reader.glued(ix + 1) && reader.glued(ix + 2);
    let below = integer(reader, ix + 2).filter(|it| slash && above < *it && *it < 10_000)?;
    (reader.word(ix + 3) == "of").then(|| Amount { digits: true, ..fraction(ix, ix + 3, above as f64 / below as f64) })
}

/// "dozens of", "tens of thousands of", "millions of": from one to ten of the scale.
fn vague_at(reader: &Reader<'_>, ix: usize) -> Option<Amount> {
    let scale_word =
        |word: &str| word.strip_suffix('s').and_then(|it| if it == "dozen" { Some(12.0) } else { scale(it) });
    let (first, mut end) = match reader.word(ix) {
        "tens" if reader.word(ix + 1) == "of" => (10.0, ix + 1),
        word => (scale_word(word)?, ix + 1),
    };
    let mut value = first;
    if reader.word(end) == "of"
        && let Some(by) = scale_word(reader.word(end + 1))
    {
        value *= by;
        end += 2;
    }
    let of = reader.word(end) == "of";
    of.then_some(Amount {
        start: ix,
        number: ix,
        end,
        value,
        value_max: Some(value * 10.0),
        currency: None,
        digits: false,
        of,
        fraction: false,
        first_unit: None,
    })
}

/// "one in three", "two out of five", "9 out of 10": where people or things follow.
fn share_at(reader: &Reader<'_>, ix: usize) -> Option<Amount> {
    let whole = |it: usize| number_at(reader, it).filter(|it| it.value.fract() == 0.0 && 0.0 < it.value);
    let above = whole(ix)?;
    let at = match (reader.word(above.end), reader.word(above.end + 1)) {
        ("in", _) => above.end + 1,
        ("out", "of") => above.end + 2,
        _ => return None,
    };
    let below = whole(at).filter(|it| above.value < it.value && it.value <= 100.0)?;
    matches!(reader.tag(below.end), "NNS" | "NNPS").then(|| fraction(ix, below.end, above.value / below.value))
}

/// "two-thirds", "a quarter of", "half of".
fn fraction_at(reader: &Reader<'_>, ix: usize) -> Option<Amount> {
    let part = |word: &str| match word.strip_suffix('s').unwrap_or(word) {
        "half" | "halve" => Some(2.0),
        "third" => Some(3.0),
        "quarter" | "fourth" => Some(4.0),
        "fifth" => Some(5.0),
        "sixth" => Some(6.0),
        "tenth" => Some(10.0),
        _ => None,
    };
    let (above, at) = match reader.word(ix) {
        "a" | "one" => (1.0, ix + 1),
        "half" if reader.word(ix + 1) == "of" => return part("half").map(|by| fraction(ix, ix + 1, 1.0 / by)),
        word => (crate::extractors::times::numbers::small(word).filter(|it| (2.0..10.0).contains(it))?, ix + 1),
    };
    let at = at + usize::from(reader.hyphen(at));
    let below = part(reader.word(at))?;
    let plural = reader.word(at).ends_with('s');
    let of = reader.word(at + 1) == "of";
    if above == 1.0 && !of || above != 1.0 && !plural {
        return None;
    }
    Some(fraction(ix, at + 1, above / below))
}

fn fraction(start: usize, end: usize, value: f64) -> Amount {
    Amount {
        start,
        number: start,
        end,
        value,
        value_max: None,
        currency: None,
        digits: false,
        of: true,
        fraction: true,
        first_unit: None,
    }
}
