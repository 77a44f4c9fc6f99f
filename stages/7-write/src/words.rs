//! Words that tell whether two sentences say the same: content words cut short, plain words, numbers.

use std::collections::BTreeSet;

use crate::dates;
use crate::said::{Found, Said};

/// What a sentence must find in another to be borne out by it: its words, those of them that are no names, its numbers, and
/// whether it says that something is not so.
pub(crate) struct Needle {
    all: BTreeSet<String>,
    plain: BTreeSet<String>,
    numbers: BTreeSet<String>,
    denies: bool,
    attributes: bool,
}

/// A short sentence has few words to find, so more of them must be there: the share that is enough by how many it has. Of the
/// places that .9 refuses and .8 took, readers of 61 stories found most to say less (`eval/readings/strikes-2.tsv`).
const ENOUGH: [f32; 7] = [1.0, 1.0, 1.0, 1.0, 1.0, 0.9, 0.9];
/// With a smaller share of the words, a sentence is about something else.
const SHARED_MIN: f32 = 0.25;
/// What is left of a likeness when one of two says "not", or gives no number where the other does.
const OTHERWISE: f32 = 0.5;
/// What is left where one tells as somebody's word what the other states itself: a voice, though not one to cite.
const UNATTRIBUTED: f32 = 0.6;

impl Needle {
    pub(crate) fn new(text: &str) -> Needle {
        Needle {
            all: stems(text),
            plain: plain_stems(text),
            numbers: digits(text),
            denies: denies(text),
            attributes: attributes(text),
        }
    }

    /// The likeness from which on another sentence bears this one out.
    pub(crate) fn enough(&self) -> f32 {
        ENOUGH[self.all.len().min(ENOUGH.len() - 1)]
    }

    /// Its words, each with whether it stands in small letters.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, bool)> {
        self.all.iter().map(|it| (it.as_str(), self.plain.contains(it)))
    }

    /// Share of the words that the other has; 0 when it gives another number, or has none of the names or of the rest. Rare
    /// words do not count more: they are the details that another report need not have.
    pub(crate) fn in_other(&self, other: &Said) -> f32 {
        let shared = |list: &BTreeSet<String>| list.intersection(&other.words).count();
        self.likeness(Found { n_all: shared(&self.all), n_plain: shared(&self.plain) }, other)
    }

    /// The same, where the words of this one that the other has are counted already.
    pub(crate) fn likeness(&self, found: Found, other: &Said) -> f32 {
        if self.all.len() < 3 {
            return 0.0;
        }
        let share = |n: usize, of: usize| if of == 0 { 1.0 } else { n as f32 / of as f32 };
        let all = share(found.n_all, self.all.len());
        if all < SHARED_MIN {
            return 0.0;
        }
        let missing = self.numbers.difference(&other.numbers).next().is_some();
        if missing && other.numbers.difference(&self.numbers).next().is_some() {
            return 0.0;
        }
        // Words in small letters are words of the text too, so the rest of them are its names.
        let plain = share(found.n_plain, self.plain.len());
        let names = share(found.n_all - found.n_plain, self.all.len() - self.plain.len());
        let likeness = all.min(plain + 0.05).min(names + 0.1);
        let likeness = if missing || self.denies != other.denies { likeness * OTHERWISE } else { likeness };
        if self.attributes && !other.attributes { likeness * UNATTRIBUTED } else { likeness }
    }
}

/// Whether a text says that something is not so.
pub(crate) fn denies(text: &str) -> bool {
    const WORDS: [&str; 7] = ["not", "no", "never", "nobody", "none", "without", "cannot"];
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .any(|it| WORDS.contains(&it) || it.ends_with("n't") || it.ends_with("n’t"))
}

/// Of "X said: “…”" the words said, of "Report 3 against report 1: …" what changed: two sentences are not alike for being of one
/// person or of one pair.
pub(crate) fn what_is_said(text: &str) -> &str {
    let change = || text.split_once(": ").filter(|it| it.0.contains(" against ")).map(|it| it.1);
    text.split_once(" said: “").map(|it| it.1).or_else(change).unwrap_or(text)
}

/// Whether a text says whose word it is.
pub(crate) fn attributes(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "say", "says", "said", "saying", "according", "told", "tells", "reported", "reports", "announced", "claimed",
        "claims", "warned", "confirmed",
    ];
    text.split(|c: char| !c.is_alphanumeric()).any(|it| WORDS.contains(&it))
}

/// What a text prints in double marks, in small letters without marks; of what it leaves out with dots each part. Two words are no
/// quotation.
pub(crate) fn marked(text: &str) -> Vec<String> {
    const WORDS_MIN: usize = 3;
    let one_kind = text.replace(['“', '”'], "\"");
    let inside = one_kind.split('"').skip(1).step_by(2);
    let parts = inside.flat_map(|it| it.split("...").flat_map(|it| it.split('…')));
    parts.map(plain).filter(|it| WORDS_MIN <= it.split(' ').count()).collect()
}

/// The words of a text in small letters, one blank between them.
pub(crate) fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Words with a large first letter that open no sentence, cut as [`stems`] are.
pub(crate) fn names_of(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut opens = true;
    for word in text.split(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !opens && bare.starts_with(char::is_uppercase) {
            found.extend(stems(bare));
        }
        opens = word.ends_with(['.', '!', '?', ':']) && 3 < bare.len();
    }
    found
}

/// The numbers of a text, in digits and in words.
pub(crate) fn digits(text: &str) -> BTreeSet<String> {
    const WORDS: [&str; 30] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
        "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "dozen", "dozens",
    ];
    let words =
        text.split(|c: char| !c.is_alphanumeric() && c != '.' && c != ',').map(|it| it.trim_matches(['.', ',']));
    let lower: Vec<String> = words.map(str::to_lowercase).filter(|it| !it.is_empty()).collect();
    // A day of the month is a date, which another report gives as "on Sunday".
    let is_day = |at: usize| {
        let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        near.filter_map(|it| lower.get(it)).any(|it| dates::is_month(it))
    };
    let is_number = |it: &str| it.starts_with(|c: char| c.is_ascii_digit()) || WORDS.contains(&it);
    lower.iter().enumerate().filter(|(at, it)| is_number(it) && !is_day(*at)).map(|it| it.1.clone()).collect()
}

/// Content words that are no names: those in small letters.
fn plain_stems(text: &str) -> BTreeSet<String> {
    let small = text.split(' ').filter(|it| it.starts_with(char::is_lowercase));
    stems(&small.collect::<Vec<_>>().join(" "))
}

/// Content words without endings, cut to six letters, to see whether two sentences say the same.
pub(crate) fn stems(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|it| it.chars().count() > 3);
    words
        .map(str::to_lowercase)
        .filter(|it| !COMMON.contains(&cut(it).as_str()))
        .map(|it| cut(without_ending(&it)))
        .collect()
}

fn cut(word: &str) -> String {
    word.chars().take(6).collect()
}

/// "plows" and "plowed" are one word here, "injure" and "injured" too.
fn without_ending(word: &str) -> &str {
    const LEFT_MIN: usize = 4;
    let strip = |word: &str, end: &str| word.strip_suffix(end).map_or(0, str::len);
    let longest = |ends: &[&str], word: &str| ends.iter().map(|it| strip(word, it)).find(|it| LEFT_MIN <= *it);
    let word = longest(&["ing", "ed", "es", "s"], word).map_or(word, |it| &word[..it]);
    longest(&["e"], word).map_or(word, |it| &word[..it])
}

const COMMON: [&str; 22] = [
    "with", "that", "this", "have", "from", "said", "were", "will", "been", "they", "their", "which", "would", "after",
    "about", "also", "into", "than", "expect", "there", "when", "what",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(text: &str, other: &str) -> (f32, f32) {
        let needle = Needle::new(text);
        (needle.in_other(&Said::of(other.to_owned())), needle.enough())
    }

    #[test]
    fn a_day_of_the_month_is_no_number_to_find() {
        let (found, enough) = likeness(
            "Delegations of Velmark met in Aldmoor on 11 May.",
            "Delegations of Velmark met in Aldmoor on Sunday.",
        );
        assert!(enough <= found, "{found} {enough}");
    }

    #[test]
    fn what_gives_no_number_or_denies_bears_nothing_out() {
        let (found, enough) = likeness("About 100 people were injured.", "Many people were injured by the storm.");
        assert!(found < enough, "{found} {enough}");
        let (found, enough) = likeness("The ferry company paid its debts.", "The ferry company never paid its debts.");
        assert!(found < enough, "{found} {enough}");
    }

    #[test]
    fn two_words_of_four_are_too_few() {
        let (found, enough) = likeness("Ferry update currently in trial.", "The update hides ferry times.");
        assert!(found < enough, "{found} {enough}");
    }
}
