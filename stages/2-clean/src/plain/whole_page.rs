//! Whole pages pasted as text: which lines are the report, where no element says so.
//!
//! Logistic regression over what can be seen of a line and of the lines around it; no word of any language but the
//! commonest of English. The table is learned from pages whose article is known, without their markup:
//! `cargo xtask train page-lines`, which also prints the scores of held-out folds.

use super::by_words;
use crate::Piece;
use crate::words::{ends_sentence, is_all_capitals, n_words};
use rapporteur_lexicon::Lexicon;
use rapporteur_model::Role;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What is known of one line.
pub type Features = [f32; N_FEATURES];

/// Number of [`FEATURES`].
const N_FEATURES: usize = FEATURES.len();

/// Names of the features, in order: the first column of the table.
pub const FEATURES: &[&str] = &[
    // The line itself.
    "words-log", "ends-sentence", "words-to-3", "words-to-8", "words-from-20", "words-from-40", "capitals-share",
    "digits-share", "commas", "menu-mark", "address", "quotation", "common-words", "starts-small", "ends-open",
    "ends-question", "ends-colon", "stands-again", "all-capitals", "notice-words", "is-navigation", "is-notice",
    "is-label", // The lines before and after: words, prose, sentence.
    "before-3-words", "before-3-prose", "before-3-sentence", "before-2-words", "before-2-prose", "before-2-sentence",
    "before-1-words", "before-1-prose", "before-1-sentence", "after-1-words", "after-1-prose", "after-1-sentence",
    "after-2-words", "after-2-prose", "after-2-sentence", "after-3-words", "after-3-prose", "after-3-sentence",
    // Round it: words of prose, share of short lines.
    "near-5-prose", "near-5-short", "near-10-prose", "near-10-short", // Where it stands.
    "prose-before-distance", "prose-after-distance", "between-prose", "prose-share-before", "prose-share-after",
    "place", "lines-log", "short-share",
];

const TABLE: &str = include_str!("../../data/page_lines.tsv");

struct Weights {
    bias: f32,
    // Mean, spread, weight.
    rows: Vec<(f32, f32, f32)>,
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let mut weights = Weights { bias: 0.0, rows: vec![(0.0, 1.0, 0.0); N_FEATURES] };
    for line in TABLE.lines().filter(|it| !it.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |ix: usize| cells.get(ix).and_then(|it| it.parse::<f32>().ok()).unwrap_or(0.0);
        match FEATURES.iter().position(|it| *it == cells[0]) {
            Some(ix) => weights.rows[ix] = (number(1), number(2).max(1e-3), number(3)),
            None => weights.bias += number(3),
        }
    }
    weights
});

/// Whether the text is a whole page: many lines, a good part of them too short for anything but menus and labels.
pub(super) fn is_whole_page(text: &str, pieces: &[Piece]) -> bool {
    const LINES_MIN: usize = 40;
    const SHORT_SHARE_MIN: f32 = 0.35;
    let n_short = pieces.iter().filter(|it| n_words(it.span.of(text)) <= SHORT_WORDS).count();
    LINES_MIN <= pieces.len() && pieces.len() as f32 * SHORT_SHARE_MIN <= n_short as f32
}

/// For each piece, how much speaks for the report's own text: above 0 more does than does not (log odds).
pub(super) fn log_odds(text: &str, pieces: &[Piece], lexicon: &Lexicon) -> Vec<f32> {
    let weights = &*WEIGHTS;
    let odds = |line: Features| {
        let terms = line.iter().zip(&weights.rows).map(|(it, (mean, spread, weight))| (it - mean) / spread * weight);
        weights.bias + terms.sum::<f32>()
    };
    features(text, pieces, lexicon).into_iter().map(odds).collect()
}

// Lines of menus and labels.
const SHORT_WORDS: usize = 4;

const COMMON: &[&str] = &[
    "the", "a", "an", "of", "to", "in", "and", "is", "are", "was", "were", "for", "on", "with", "that", "as", "by",
    "at", "from", "it", "he", "she", "they", "this", "be", "has", "have", "had", "his", "her", "its", "their", "not",
    "but", "or", "which", "who", "will", "would", "said",
];

const NOTICE: &[&str] = &["cookie", "privacy", "subscri", "newsletter", "sign up", "copyright", "©", "rights reserved"];

/// The features of each piece. Natural logarithms are replaced by a broken line that every machine computes alike.
pub(super) fn features(text: &str, pieces: &[Piece], lexicon: &Lexicon) -> Vec<Features> {
    let lines: Vec<&str> = pieces.iter().map(|it| it.span.of(text)).collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for line in &lines {
        *times.entry(line).or_default() += 1;
    }
    let counts: Vec<usize> = lines.iter().map(|it| n_words(it)).collect();
    let sentence: Vec<bool> = lines.iter().map(|it| ends_sentence(it)).collect();
    let prose: Vec<bool> = counts.iter().zip(&sentence).map(|(n, ends)| (12 <= *n && *ends) || 30 <= *n).collect();
    // Words of prose before each line.
    let mut before = vec![0.0_f32];
    for (n, is_prose) in counts.iter().zip(&prose) {
        let words = if *is_prose { (*n).min(60) } else { 0 };
        before.push(before[before.len() - 1] + words as f32);
    }
    let total = before[lines.len()].max(1.0);
    let n_lines = lines.len();
    let short_share = counts.iter().filter(|it| **it <= SHORT_WORDS).count() as f32 / n_lines.max(1) as f32;
    (0..n_lines)
        .map(|ix| {
            let mut row = [0.0; N_FEATURES];
            let own = own(lines[ix], counts[ix], times[lines[ix]], lexicon);
            row[..own.len()].copy_from_slice(&own);
            let mut at = own.len();
            let mut put = |value: f32| {
                row[at] = value;
                at += 1;
            };
            for step in [-3_isize, -2, -1, 1, 2, 3] {
                match ix.checked_add_signed(step).filter(|it| *it < n_lines) {
                    Some(other) => [log(counts[other]), one(prose[other]), one(sentence[other])].map(&mut put),
                    None => [0.0; 3].map(&mut put),
                };
            }
            for reach in [5, 10] {
                let (from, to) = (ix.saturating_sub(reach), (ix + reach + 1).min(n_lines));
                put(log((before[to] - before[from]) as usize) / 5.0);
                let n_short = counts[from..to].iter().filter(|it| **it <= SHORT_WORDS).count();
                put(n_short as f32 / (to - from) as f32);
            }
            const FAR: usize = 31;
            let up = (1..FAR).find(|it| ix.checked_sub(*it).is_some_and(|at| prose[at])).unwrap_or(FAR);
            let down = (1..FAR).find(|it| prose.get(ix + it).copied().unwrap_or(false)).unwrap_or(FAR);
            put(up as f32 / FAR as f32);
            put(down as f32 / FAR as f32);
            put(one(up <= 2 && down <= 2));
            put(before[ix] / total);
            put(1.0 - before[ix + 1] / total);
            put(ix as f32 / n_lines as f32);
            put(log(n_lines) / 5.0);
            put(short_share);
            row
        })
        .collect()
}

const N_OWN: usize = 23;

fn own(line: &str, n: usize, n_times: usize, lexicon: &Lexicon) -> [f32; N_OWN] {
    let (mut n_tokens, mut n_capital, mut n_lettered, mut n_common) = (0_usize, 0_usize, 0_usize, 0_usize);
    for token in line.split_whitespace() {
        n_tokens += 1;
        let first = token.chars().next().unwrap_or(' ');
        n_lettered += usize::from(first.is_alphabetic());
        n_capital += usize::from(first.is_uppercase());
        let word = token.trim_matches(|it: char| !it.is_alphanumeric());
        n_common += usize::from(COMMON.iter().any(|it| it.eq_ignore_ascii_case(word)));
    }
    let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
    let small = line.to_lowercase();
    let has = |marks: &[&str]| marks.iter().any(|it| small.contains(it));
    let role = by_words(line, lexicon).map(|it| it.0);
    let n_digits = line.bytes().filter(u8::is_ascii_digit).count();
    let n_commas = line.chars().filter(|it| matches!(it, ',' | '、' | '،')).count();
    [
        log(n),
        one(ends_sentence(line)),
        one(n <= 3),
        one((4..=8).contains(&n)),
        one(20 <= n),
        one(40 <= n),
        if 3 <= n { share(n_capital, n_lettered) } else { 0.8 },
        (share(n_digits, line.len()) * 5.0).min(1.0),
        n_commas.min(3) as f32 / 3.0,
        one(line.contains(['|', '»', '›', '•', '>'])),
        one(has(&["http:", "https:", "www."]) || line.contains('@')),
        one(line.contains(['"', '“', '”', '«', '»'])),
        (share(n_common, n_tokens) * 2.0).min(1.0),
        one(line.starts_with(char::is_lowercase)),
        one(line.trim_end().ends_with("...") || line.trim_end().ends_with('…')),
        one(line.trim_end().ends_with('?')),
        one(line.trim_end().ends_with(':')),
        one(1 < n_times),
        one(is_all_capitals(line)),
        one(has(NOTICE)),
        one(matches!(role, Some(Role::Navigation | Role::Related))),
        one(matches!(role, Some(Role::Subscription | Role::Legal | Role::Comment | Role::Advertisement))),
        one(matches!(role, Some(Role::Byline | Role::Stamp | Role::Credit | Role::Caption | Role::SourceLine))),
    ]
}

const fn one(it: bool) -> f32 {
    if it { 1.0 } else { 0.0 }
}

/// Near the binary logarithm of `n + 1`: straight between powers of two.
fn log(n: usize) -> f32 {
    let n = n + 1;
    let whole = n.ilog2();
    whole as f32 + n as f32 / (1_usize << whole) as f32 - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_feature() {
        let named = |it: &&str| TABLE.lines().any(|line| line.split('\t').next() == Some(*it));
        assert_eq!(FEATURES.iter().filter(|it| !named(it)).count(), 0);
        assert!(WEIGHTS.bias != 0.0 && WEIGHTS.rows.iter().all(|it| it.0.is_finite() && it.2.is_finite()));
    }

    #[test]
    fn logarithms() {
        assert_eq!([0, 1, 2, 3, 7].map(log), [0.0, 1.0, 1.5, 2.0, 3.0]);
    }
}
