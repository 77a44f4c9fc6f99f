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

/// The numbers of a text, in digits and in words.
pub(crate) fn digits(text: &str) -> BTreeSet<String> {
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
pub(crate) fn plain_stems(text: &str) -> BTreeSet<String> {
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
