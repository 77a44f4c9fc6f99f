//! Running text of a page: multisets of runs of four words, as the article-extraction benchmark counts them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::{Scores, f1};

// What Python's `\w` takes: letters, digits and numbers of every script, and the underscore; no marks.
static WORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\p{L}\p{Nd}\p{Nl}\p{No}_]+").expect("a constant pattern"));

/// Precision and recall of each page; pages with nothing predicted (or nothing to find) leave that mean; F1 of the means.
/// `exact`: share of pages with the same words. Also the F1 of each page, for reading.
pub fn body(gold: &[String], predicted: &[String]) -> (Scores, Vec<f64>) {
    let (mut precisions, mut recalls, mut pages) = (Vec::new(), Vec::new(), Vec::new());
    let mut n_same = 0;
    for (gold, predicted) in gold.iter().zip(predicted) {
        let (gold_words, predicted_words) = (words(gold), words(predicted));
        let (g, p) = (grams(&gold_words), grams(&predicted_words));
        let hit = n_common(&g, &p);
        let (n_gold, n_predicted): (usize, usize) = (g.values().sum(), p.values().sum());
        if n_predicted > 0 {
            precisions.push(hit as f64 / n_predicted as f64);
        }
        if n_gold > 0 {
            recalls.push(hit as f64 / n_gold as f64);
        }
        n_same += usize::from(gold_words == predicted_words);
        pages.push(f1(hit as f64 / n_predicted.max(1) as f64, hit as f64 / n_gold.max(1) as f64));
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (p, r) = (mean(&precisions), mean(&recalls));
    let mut scores = Scores::default();
    scores.add("P", p);
    scores.add("R", r);
    scores.add("F1", f1(p, r));
    scores.add("exact", n_same as f64 / gold.len().max(1) as f64);
    scores.add("n", gold.len() as f64);
    (scores, pages)
}

fn words(text: &str) -> Vec<&str> {
    WORD.find_iter(text).map(|it| it.as_str()).collect()
}

/// Runs of words with their number.
pub type Grams<'a> = BTreeMap<&'a [&'a str], usize>;

/// How many runs two texts have in common, each as often as it stands in both.
pub fn n_common(a: &Grams<'_>, b: &Grams<'_>) -> usize {
    a.iter().map(|(gram, n)| (*n).min(b.get(gram).copied().unwrap_or(0))).sum()
}

/// Runs of four words with their number; a shorter text is one run.
pub fn grams<'a>(words: &'a [&'a str]) -> Grams<'a> {
    let mut grams = BTreeMap::new();
    if words.is_empty() {
        return grams;
    }
    for start in 0..words.len().saturating_sub(3).max(1) {
        *grams.entry(&words[start..words.len().min(start + 4)]).or_default() += 1;
    }
    grams
}
