//! Words that tell whether two sentences say the same: content words cut short, plain words, numbers.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, Role};

use crate::view::View;

/// A sentence of running text with its content words.
pub(crate) type Said = (Anchor, BTreeSet<String>);

/// All sentences of running text.
pub(crate) fn sentences(view: &View<'_>) -> Vec<Said> {
    let mut found = Vec::new();
    for ix in view.story {
        let report = view.report(*ix);
        for sentence in report.annotations.sentences.iter().filter(|it| !it.repeat) {
            let role = report.article.blocks.get(sentence.block.ix()).map(|it| it.role);
            if matches!(role, Some(Role::Body | Role::Standfirst | Role::KeyPoint)) {
                let anchor = Anchor::new(*ix, sentence.span);
                found.push((anchor, stems(&view.line(anchor))));
            }
        }
    }
    found
}

/// What a sentence must find in another to be borne out by it: its words, those of them that are no names, its numbers.
pub(crate) struct Needle {
    all: BTreeSet<String>,
    plain: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

impl Needle {
    pub(crate) fn new(text: &str) -> Needle {
        Needle { all: stems(text), plain: plain_stems(text), numbers: digits(text) }
    }

    /// Share of the words that the other has; 0 when it gives another number, or has none of the names or of the rest.
    pub(crate) fn in_other(&self, words: &BTreeSet<String>, text: &str) -> f32 {
        if self.all.len() < 3 {
            return 0.0;
        }
        let share = |list: &BTreeSet<String>| {
            if list.is_empty() { 1.0 } else { list.intersection(words).count() as f32 / list.len() as f32 }
        };
        let all = share(&self.all);
        if all < 0.25 {
            return 0.0;
        }
        let names: BTreeSet<String> = self.all.difference(&self.plain).cloned().collect();
        let others = digits(text);
        let missing = self.numbers.difference(&others).next().is_some();
        let other = others.difference(&self.numbers).next().is_some();
        if missing && other { 0.0 } else { all.min(share(&self.plain) + 0.05).min(share(&names) + 0.1) }
    }
}

/// The numbers of a text, in digits and in words.
fn digits(text: &str) -> BTreeSet<String> {
    const WORDS: [&str; 30] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
        "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "dozen", "dozens",
    ];
    let words =
        text.split(|c: char| !c.is_alphanumeric() && c != '.' && c != ',').map(|it| it.trim_matches(['.', ',']));
    let lower = words.map(str::to_lowercase);
    lower.filter(|it| it.starts_with(|c: char| c.is_ascii_digit()) || WORDS.contains(&it.as_str())).collect()
}

/// Content words that are no names: those in small letters.
fn plain_stems(text: &str) -> BTreeSet<String> {
    let small = text.split(' ').filter(|it| it.starts_with(char::is_lowercase));
    stems(&small.collect::<Vec<_>>().join(" "))
}

/// Content words cut to six letters, to see whether two sentences say the same.
pub(crate) fn stems(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|it| it.chars().count() > 3);
    words
        .map(|it| it.to_lowercase().chars().take(6).collect())
        .filter(|it: &String| !COMMON.contains(&it.as_str()))
        .collect()
}

const COMMON: [&str; 22] = [
    "with", "that", "this", "have", "from", "said", "were", "will", "been", "they", "their", "which", "would", "after",
    "about", "also", "into", "than", "expect", "there", "when", "what",
];
