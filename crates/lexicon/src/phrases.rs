//! A table of phrases that are looked for in running text, longest first.
//!
//! A caller may cut words as it likes: "al-Qaeda" may be one word or three, "U.S." and "US" are one, and a closing
//! "'s" in the last word is passed over. A phrase ends where a word ends.
//!
//! Letters: marks do not matter. Where the table has a capital, the text must have one ("Turkey", not "turkey");
//! where the table has only capitals, so must the text ("WHO", not "Who"): other spellings are rows of their own.
//! Articles and prepositions may be written either way.

use crate::names::{fold_letters, hash_letters};

/// One written word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    folded: String,
    letters: Letters,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Letters {
    Any,
    Initial,
    Capitals,
}

/// The table. `T` is what a phrase leads to.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    // Invariant: sorted by first word, then longest first, then words, then target: equal phrases stand together.
    rows: Vec<(Vec<Part>, T)>,
    // First words that may stand in small letters, sorted: nearly every word of running text is turned away by this.
    small_starts: Vec<Box<str>>,
    places: Places,
    // A bit for the hash of each first word: turns away most words without a look into the table.
    starts: Starts,
}

/// The first words of phrases as a set that may say yes too often and never wrongly no (a Bloom filter of one hash).
#[derive(Debug)]
pub(crate) struct Starts(Vec<u64>);

// Bits of `starts`; a power of two. The largest table has some 20,000 first words.
const START_BITS: u64 = 1 << 18;

/// Where the rows of each first word begin, by its hash: half of the slots or more are empty, and whoever finds a slot taken
/// goes to the next.
#[derive(Debug)]
struct Places(Vec<u32>);

const NOWHERE: u32 = u32::MAX;

const SMALL_WORDS: &[&str] = &[
    "a", "al", "an", "and", "at", "bin", "by", "d", "da", "das", "de", "del", "der", "des", "di", "do", "dos", "du",
    "el", "et", "for", "i", "in", "l", "la", "las", "le", "les", "los", "of", "on", "s", "the", "to", "und", "y",
];

impl<T: Copy + Ord> Phrases<T> {
    /// `is_exact` keeps the rules for capitals; without it letters are compared without case.
    pub(crate) fn new<'a>(phrases: impl IntoIterator<Item = (&'a str, T)>, is_exact: bool) -> Phrases<T> {
        let mut rows: Vec<(Vec<Part>, T)> = phrases
            .into_iter()
            .map(|(phrase, target)| (parts(phrase).map(|part| read_part(part, is_exact)).collect::<Vec<_>>(), target))
            .filter(|(words, _)| !words.is_empty())
            .collect();
        rows.sort_by(|(a, a_target), (b, b_target)| {
            (&a[0].folded, b.len(), a, a_target).cmp(&(&b[0].folded, a.len(), b, b_target))
        });
        rows.dedup();
        let mut small_starts: Vec<Box<str>> = rows
            .iter()
            .filter(|(words, _)| words[0].letters == Letters::Any)
            .map(|(words, _)| words[0].folded.clone().into())
            .collect();
        small_starts.dedup();
        let starts = Starts::of(rows.iter().map(|(words, _)| words[0].folded.as_str()));
        let places = Places::of(&rows);
        Phrases { rows, small_starts, places, starts }
    }

    /// The first words of the phrases that lead to a target `is_wanted` takes.
    pub(crate) fn starts_of(&self, is_wanted: impl Fn(&T) -> bool) -> Starts {
        let wanted = self.rows.iter().filter(|(_, target)| is_wanted(target));
        Starts::of(wanted.map(|(words, _)| words[0].folded.as_str()))
    }

    /// The longest phrase that starts at `tokens[at]`: all it may lead to, and how many tokens it takes.
    pub(crate) fn longest_at(&self, tokens: &[&str], at: usize) -> Option<(Vec<T>, usize)> {
        let first_part = parts(tokens.get(at)?).next()?;
        if first_part.starts_with(|letter: char| letter.is_ascii_lowercase())
            && first_part.is_ascii()
            && self.small_starts.binary_search_by(|it| it.as_ref().cmp(first_part)).is_err()
            && !first_part.contains('.')
        {
            return None;
        }
        let hash = hash_letters(first_part);
        if !self.starts.may_hold(hash) {
            return None;
        }
        let start = self.places.find(hash, |at| is_folded(first_part, &self.rows[at].0[0].folded))?;
        let first = &self.rows[start].0[0].folded;
        let mut found: Vec<T> = Vec::new();
        let (mut found_words, mut found_tokens) = (0, 0);
        for (words, target) in self.rows[start..].iter().take_while(|(words, _)| words[0].folded == *first) {
            if words.len() < found_words {
                break;
            }
            let Some(n_tokens) = match_words(words, &tokens[at..]) else {
                continue;
            };
            if found.is_empty() {
                (found_words, found_tokens) = (words.len(), n_tokens);
            }
            if !found.contains(target) {
                found.push(*target);
            }
        }
        if found.is_empty() {
            return None;
        }
        found.sort();
        Some((found, found_tokens))
    }
}

impl Starts {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Starts {
        let mut bits = vec![0_u64; START_BITS as usize / 64];
        for word in words {
            let bit = Starts::bit(hash_letters(word));
            bits[bit / 64] |= 1 << (bit % 64);
        }
        Starts(bits)
    }

    /// Whether a phrase may begin with `token`: `false` is sure.
    pub(crate) fn may_start(&self, token: &str) -> bool {
        parts(token).next().is_some_and(|it| self.may_hold(hash_letters(it)))
    }

    fn may_hold(&self, hash: u64) -> bool {
        let bit = Starts::bit(hash);
        self.0[bit / 64] & (1 << (bit % 64)) != 0
    }

    fn bit(hash: u64) -> usize {
        ((hash ^ (hash >> 29)) % START_BITS) as usize
    }
}

impl Places {
    fn of<T>(rows: &[(Vec<Part>, T)]) -> Places {
        let is_first = |at: usize| at == 0 || rows[at - 1].0[0].folded != rows[at].0[0].folded;
        let firsts: Vec<usize> = (0..rows.len()).filter(|at| is_first(*at)).collect();
        let mut places = Places(vec![NOWHERE; (2 * firsts.len()).next_power_of_two().max(2)]);
        for at in firsts {
            let mut slot = places.slot(hash_letters(&rows[at].0[0].folded));
            while places.0[slot] != NOWHERE {
                slot = (slot + 1) & (places.0.len() - 1);
            }
            places.0[slot] = at as u32;
        }
        places
    }

    fn slot(&self, hash: u64) -> usize {
        (hash ^ (hash >> 32)) as usize & (self.0.len() - 1)
    }

    /// The first row whose word has this hash and `is_it`.
    fn find(&self, hash: u64, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        let mut slot = self.slot(hash);
        while self.0[slot] != NOWHERE {
            let at = self.0[slot] as usize;
            if is_it(at) {
                return Some(at);
            }
            slot = (slot + 1) & (self.0.len() - 1);
        }
        None
    }
}

/// Whether [`fold_letters`] of a text is `folded`; most texts are plain, and nothing is made of them.
fn is_folded(text: &str, folded: &str) -> bool {
    if text.bytes().all(|it| it.is_ascii_alphanumeric()) {
        text.eq_ignore_ascii_case(folded)
    } else {
        fold_letters(text) == folded
    }
}

/// The parts of a word or phrase: blanks, hyphens, apostrophes and slashes part; dots fall out with folding.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| {
        letter.is_whitespace() || matches!(letter, '-' | '‐' | '‑' | '–' | '\'' | '’' | '/' | '&')
    })
    .filter(|part| part.chars().any(char::is_alphanumeric))
}

fn read_part(part: &str, is_exact: bool) -> Part {
    let folded = fold_letters(part);
    let letters = match () {
        () if !is_exact || SMALL_WORDS.contains(&folded.as_str()) && !is_capitals(part) => Letters::Any,
        () if is_capitals(part) => Letters::Capitals,
        () if part.starts_with(char::is_uppercase) => Letters::Initial,
        () => Letters::Any,
    };
    Part { folded, letters }
}

/// Two capitals or more and no small letter.
fn is_capitals(part: &str) -> bool {
    part.chars().filter(|it| it.is_uppercase()).count() > 1 && !part.chars().any(char::is_lowercase)
}

fn is_equal(part: &Part, text: &str) -> bool {
    let letters_fit = match part.letters {
        Letters::Any => true,
        Letters::Initial => text.starts_with(char::is_uppercase),
        Letters::Capitals => is_capitals(text),
    };
    letters_fit && is_folded(text, &part.folded)
}

/// How many tokens the words take, when they match from the first on and end where a token ends.
fn match_words(words: &[Part], tokens: &[&str]) -> Option<usize> {
    let mut words = words.iter();
    let mut n_tokens = 0;
    let mut is_done = false;
    for token in tokens {
        let is_joint =
            token.chars().all(|letter| matches!(letter, '-' | '‐' | '‑' | '–' | '\'' | '’' | '/' | '&' | '.'));
        if !is_joint && parts(token).next().is_none() {
            return None;
        }
        for part in parts(token) {
            match words.next() {
                Some(word) if is_equal(word, part) => {}
                // The possessive of the last word: "Russia's".
                None if part.eq_ignore_ascii_case("s") => is_done = true,
                _ => return None,
            }
        }
        n_tokens += 1;
        if is_done || words.len() == 0 {
            return Some(n_tokens);
        }
    }
    None
}
