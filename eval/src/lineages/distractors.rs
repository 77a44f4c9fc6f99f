//! Invented articles that look like news and come from no report.

use super::Chance;
use crate::system::Input;

const SENTENCES_MIN: usize = 6;
const SENTENCES_SPAN: usize = 9;
/// Articles whose words fill a distractor.
const DONORS: usize = 3;
/// Of a hundred words that are no name, so many are replaced.
const REPLACED: usize = 75;

/// Sentences and words of the articles.
pub(super) struct Pool {
    sentences: Vec<String>,
    /// The words of each article by their shape.
    words: Vec<Vec<(Shape, String)>>,
}

/// What a word can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    Name,
    Number,
    /// A small word by its ending, so that "-ed" stands where "-ed" stood.
    Small(&'static str),
}

const ENDINGS: [&str; 6] = ["ing", "tion", "ed", "ly", "s", ""];

/// The shape of a word that says something; small words that hold a sentence together have none.
fn shape(word: &str) -> Option<Shape> {
    if word.bytes().all(|it| it.is_ascii_digit()) {
        return (!word.is_empty()).then_some(Shape::Number);
    }
    if !word.chars().all(char::is_alphabetic) || word.chars().count() < 4 {
        return None;
    }
    if word.starts_with(char::is_uppercase) {
        return Some(Shape::Name);
    }
    let is_small = matches!(
        word,
        "that"
            | "with"
            | "from"
            | "they"
            | "have"
            | "been"
            | "were"
            | "will"
            | "would"
            | "this"
            | "their"
            | "which"
            | "there"
            | "about"
            | "when"
            | "what"
            | "into"
            | "after"
            | "than"
            | "them"
            | "some"
            | "could"
            | "said"
    );
    if is_small {
        return None;
    }
    ENDINGS.iter().find(|it| word.ends_with(**it)).map(|it| Shape::Small(it))
}

impl Pool {
    pub(super) fn of(articles: &[Input]) -> Pool {
        let mut pool = Pool { sentences: Vec::new(), words: Vec::new() };
        for article in articles {
            let text = String::from_utf8_lossy(&article.bytes);
            let long = super::recipes::paragraphs(&text).into_iter().flatten().filter(|it| it.split(' ').count() >= 8);
            pool.sentences.extend(long);
            let bare = text.split_whitespace().map(|it| it.trim_matches(|it: char| !it.is_alphanumeric()));
            let mut words: Vec<(Shape, String)> =
                bare.filter_map(|it| shape(it).map(|shape| (shape, it.to_owned()))).collect();
            words.sort();
            pool.words.push(words);
        }
        pool
    }

    pub(super) fn distractor(&self, id: String, chance: &mut Chance) -> Input {
        let donors: Vec<&Vec<(Shape, String)>> =
            (0..DONORS).map(|_| &self.words[chance.below(self.words.len())]).collect();
        let n_sentences = SENTENCES_MIN + chance.below(SENTENCES_SPAN);
        let sentences: Vec<String> = (0..n_sentences)
            .map(|_| refilled(&self.sentences[chance.below(self.sentences.len())], &donors, chance))
            .collect();
        let date = format!("20{:02}-{:02}-{:02}", 16 + chance.below(3), 1 + chance.below(12), 1 + chance.below(28));
        Input::text(id, &sentences.join("\n")).dated(date)
    }
}

/// The sentence with the donors' words.
fn refilled(sentence: &str, donors: &[&Vec<(Shape, String)>], chance: &mut Chance) -> String {
    let replaced = |word: &str| {
        let bare = word.trim_matches(|it: char| !it.is_alphanumeric());
        let Some(shape) = shape(bare) else { return word.to_owned() };
        if matches!(shape, Shape::Small(_)) && !chance.is_one_of_hundred(REPLACED) {
            return word.to_owned();
        }
        let donor = donors[chance.below(donors.len())];
        let first = donor.partition_point(|it| it.0 < shape);
        let n = donor.partition_point(|it| it.0 <= shape) - first;
        if n == 0 { word.to_owned() } else { word.replacen(bare, &donor[first + chance.below(n)].1, 1) }
    };
    sentence.split(' ').map(replaced).collect::<Vec<String>>().join(" ")
}
