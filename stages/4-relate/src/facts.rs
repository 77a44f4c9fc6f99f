//! What a sentence states that a retelling can get wrong: figures, dates, names, how sure, who says so.
//!
//! Read from the words themselves, so that the same words give the same facts in both reports.

use rapporteur_model::Span;
use rapporteur_text::shingles::Word;

use crate::prose::{Prose, Sentence};

/// The facts of one sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facts {
    pub(crate) numbers: Vec<Number>,
    pub(crate) dates: Vec<Term>,
    pub(crate) names: Vec<Name>,
    pub(crate) hedges: Vec<Hedge>,
    /// Words of saying with who says so.
    pub(crate) sources: Vec<Term>,
}

/// A number or a word for an amount.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    pub(crate) amount: Amount,
    /// Stem of the content word that follows: what is counted.
    pub(crate) unit: Option<u32>,
    pub(crate) span: Span,
}

/// How much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Amount {
    Exact(f64),
    /// "several", "many": the rank is the order of size.
    Vague(u8),
}

/// A word of the calendar or of saying, by its stem.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    pub(crate) stem: u32,
    pub(crate) span: Span,
}

/// A run of capital words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Name {
    pub(crate) stems: Vec<u32>,
    pub(crate) span: Span,
}

/// A word that says how sure something is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hedge {
    pub(crate) degree: Degree,
    pub(crate) span: Span,
}

/// How sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Degree {
    /// "may", "could", "possibly".
    Possible,
    /// "likely", "expected", "reportedly".
    Likely,
    /// "will", "confirmed".
    Certain,
}

impl Facts {
    pub(crate) fn of(prose: &Prose, sentence: Sentence) -> Facts {
        let words = &prose.words[sentence.words.0..sentence.words.1];
        let mut facts = Facts::default();
        let mut at = 0;
        while at < words.len() {
            let folded = small(prose.text, &words[at]);
            if let Some(degree) = degree(&folded) {
                facts.hedges.push(Hedge { degree, span: words[at].span() });
            }
            if is_calendar(&folded, &words[at]) {
                facts.dates.push(Term { stem: words[at].stem, span: words[at].span() });
                at += 1;
                continue;
            }
            if SAYING.binary_search(&folded.as_str()).is_ok() {
                facts.sources.push(Term { stem: words[at].stem, span: words[at].span() });
            }
            if let Some((number, n_words)) = number(prose.text, words, at) {
                if is_day_of_month(prose.text, words, at, n_words) || is_year(&number) {
                    facts.dates.push(Term { stem: words[at].stem, span: number.span });
                } else {
                    facts.numbers.push(number);
                }
                at += n_words;
                continue;
            }
            if let Some(n_words) = name(prose, words, at) {
                let span = words[at].span().cover(words[at + n_words - 1].span());
                facts.names.push(Name { stems: words[at..at + n_words].iter().map(|it| it.stem).collect(), span });
                at += n_words;
                continue;
            }
            at += 1;
        }
        facts
    }
}

fn small(text: &str, word: &Word) -> String {
    word.span().of(text).to_lowercase().replace(['’', '\''], "")
}

fn degree(word: &str) -> Option<Degree> {
    match word {
        "may" | "might" | "could" | "possible" | "possibly" | "perhaps" | "maybe" | "uncertain" | "unclear"
        | "whether" => Some(Degree::Possible),
        "likely" | "expected" | "probably" | "probable" | "reportedly" | "allegedly" | "alleged" | "appears"
        | "apparently" | "suspected" | "believed" | "thought" | "suggested" | "rumoured" | "rumored" => {
            Some(Degree::Likely)
        }
        "will" | "confirmed" | "certain" | "certainly" | "definitely" | "surely" => Some(Degree::Certain),
        _ => None,
    }
}

fn is_calendar(folded: &str, word: &Word) -> bool {
    let is_name_of_day = word.is_capital() && CALENDAR.binary_search(&folded).is_ok();
    is_name_of_day && !(folded == "march" || folded == "may" || folded == "august")
        || matches!(folded, "yesterday" | "today" | "tomorrow" | "tonight")
        || (word.is_capital() && !word.is_first() && matches!(folded, "march" | "may" | "august"))
}

const CALENDAR: [&str; 29] = [
    "apr", "april", "aug", "august", "dec", "december", "feb", "february", "friday", "jan", "january", "july", "june",
    "mar", "march", "may", "monday", "nov", "november", "oct", "october", "saturday", "sept", "september", "sunday",
    "thursday", "tuesday", "wednesday", "weekend",
];

/// Words of saying, sorted.
const SAYING: [&str; 40] = [
    "according", "added", "alleged", "announced", "argued", "asked", "asserted", "claimed", "claims", "confirmed",
    "declared", "denied", "described", "estimated", "explained", "expressed", "insisted", "noted", "quoted",
    "reported", "reports", "said", "say", "saying", "says", "stated", "stating", "stressed", "suggested", "tells",
    "told", "tweeted", "urged", "vowed", "warned", "warning", "warns", "writes", "writing", "wrote",
];

/// A number of digits or words that starts at `at`, and how many words it takes.
fn number(text: &str, words: &[Word], at: usize) -> Option<(Number, usize)> {
    let folded = small(text, &words[at]);
    let mut n_words = 1;
    let mut amount = if words[at].is_number() { digits(&folded)? } else { word_amount(&folded)? };
    // "a dozen others" and "dozen others" are one; "one of the" is no count.
    if folded == "one" && words.get(at + 1).is_none_or(Word::is_stop) {
        return None;
    }
    while let Some(scale) = words.get(at + n_words).and_then(|it| scale(&small(text, it))) {
        let Amount::Exact(value) = amount else { break };
        amount = Amount::Exact(value * scale);
        n_words += 1;
    }
    let span = words[at].span().cover(words[at + n_words - 1].span());
    let unit =
        words[at + n_words..].iter().take(3).find(|it| !it.is_stop() && !is_filler(&small(text, it))).map(|it| it.stem);
    Some((Number { amount, unit, span }, n_words))
}

fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "others" | "world" | "new" | "more" | "further" | "additional" | "different" | "separate" | "foreign" | "local"
    )
}

/// "4.5", "250m", "1st".
fn digits(folded: &str) -> Option<Amount> {
    let bare: String = folded.chars().filter(|it| *it != ',').collect();
    let end = bare.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(bare.len());
    let value: f64 = bare[..end].trim_end_matches('.').parse().ok()?;
    let factor = match &bare[end..] {
        "k" => 1e3,
        "m" | "mn" => 1e6,
        "b" | "bn" => 1e9,
        "tn" | "trn" => 1e12,
        _ => 1.0,
    };
    Some(Amount::Exact(value * factor))
}

fn word_amount(word: &str) -> Option<Amount> {
    const SMALL: [&str; 21] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ];
    if let Some(value) = SMALL.iter().position(|it| *it == word) {
        return Some(Amount::Exact(value as f64));
    }
    let value = match word {
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        "sixty" => 60.0,
        "seventy" => 70.0,
        "eighty" => 80.0,
        "ninety" => 90.0,
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" => 1e6,
        "few" => return Some(Amount::Vague(1)),
        "several" => return Some(Amount::Vague(2)),
        "many" | "numerous" => return Some(Amount::Vague(3)),
        "dozens" | "scores" => return Some(Amount::Vague(4)),
        "hundreds" => return Some(Amount::Vague(5)),
        "thousands" => return Some(Amount::Vague(6)),
        "millions" => return Some(Amount::Vague(7)),
        _ => return None,
    };
    Some(Amount::Exact(value))
}

fn scale(word: &str) -> Option<f64> {
    match word {
        "hundred" => Some(100.0),
        "thousand" => Some(1e3),
        "million" | "mln" => Some(1e6),
        "billion" => Some(1e9),
        "trillion" => Some(1e12),
        _ => None,
    }
}

fn is_day_of_month(text: &str, words: &[Word], at: usize, n_words: usize) -> bool {
    let is_month = |word: Option<&Word>| word.is_some_and(|it| is_calendar(&small(text, it), it));
    let before = at.checked_sub(1).and_then(|it| words.get(it));
    let after = words.get(at + n_words);
    // "2nd of December".
    let after_of = after.filter(|it| small(text, it) == "of").and(words.get(at + n_words + 1));
    words[at].is_number() && words[at].span().len() <= 4 && (is_month(before) || is_month(after) || is_month(after_of))
}

fn is_year(number: &Number) -> bool {
    matches!(number.amount, Amount::Exact(value) if (1900.0..2100.0).contains(&value) && value.fract() == 0.0)
        && number.span.len() == 4
}

/// How many words of a name start at `at`. A first word of a sentence begins one only when a capital word follows or the
/// report has it elsewhere with a capital.
fn name(prose: &Prose, words: &[Word], at: usize) -> Option<usize> {
    let is_part = |word: &Word| word.is_capital() && !word.is_stop() && !word.is_number();
    let word = &words[at];
    if !is_part(word) || (word.is_first() && !prose.is_name(word.stem)) {
        return None;
    }
    let mut n_words = 1;
    while let Some(next) = words.get(at + n_words) {
        let last = words[at + n_words - 1].span();
        let between = Span::new(last.end(), next.span().start()).of(prose.text);
        // "Keir Starmer" and "US-based", but not across a comma.
        if !is_part(next) || next.is_first() || !matches!(between, " " | "-" | ". " | "\u{a0}") {
            break;
        }
        n_words += 1;
    }
    Some(n_words)
}

#[cfg(test)]
mod tests {
    use rapporteur_model::Annotated;

    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(CALENDAR.is_sorted());
        assert!(SAYING.is_sorted());
    }

    #[test]
    fn facts_of_a_sentence() {
        let text = "On Tuesday Ann Hale said 1,200 soldiers and several ships would likely go to Kalvik, about 3.5 million euros in all, by 4 May 2031.";
        let mut report = Annotated::default();
        report.article.report.text = text.to_owned();
        let prose = Prose::new(&report, &std::collections::BTreeSet::new());
        let facts = Facts::of(&prose, prose.sentences()[0]);
        let numbers: Vec<(Amount, &str)> = facts.numbers.iter().map(|it| (it.amount, it.span.of(text))).collect();
        assert_eq!(
            numbers,
            [
                (Amount::Exact(1200.0), "1,200"),
                (Amount::Vague(2), "several"),
                (Amount::Exact(3_500_000.0), "3.5 million")
            ]
        );
        let dates: Vec<&str> = facts.dates.iter().map(|it| it.span.of(text)).collect();
        assert_eq!(dates, ["Tuesday", "4", "May", "2031"]);
        let names: Vec<&str> = facts.names.iter().map(|it| it.span.of(text)).collect();
        assert_eq!(names, ["Ann Hale", "Kalvik"]);
        assert_eq!(facts.hedges[0].degree, Degree::Likely);
        assert_eq!(facts.sources.len(), 1);
    }
}
