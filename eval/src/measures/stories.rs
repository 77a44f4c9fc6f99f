//! Groupings of reports: B-cubed, and pairs.

use std::collections::BTreeMap;

use super::{Counts, Scores};

/// `gold` and `predicted` are labels of the same reports; a report without a predicted label is alone.
pub fn stories(gold: &[String], predicted: &[Option<String>]) -> Scores {
    let labels: Vec<String> = predicted
        .iter()
        .enumerate()
        .map(|(ix, it)| it.as_ref().map_or_else(|| format!("alone:{ix}"), |it| format!("story:{it}")))
        .collect();
    let sizes = |labels: &[String]| {
        let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
        for label in labels {
            *sizes.entry(label.clone()).or_default() += 1;
        }
        sizes
    };
    let (gold_sizes, sizes_predicted) = (sizes(gold), sizes(&labels));
    let both: Vec<String> = gold.iter().zip(&labels).map(|(gold, label)| format!("{gold}\n{label}")).collect();
    let both_sizes = sizes(&both);

    let (mut p, mut r) = (0.0, 0.0);
    for ((gold, label), both) in gold.iter().zip(&labels).zip(&both) {
        let shared = both_sizes[both] as f64;
        p += shared / sizes_predicted[label] as f64;
        r += shared / gold_sizes[gold] as f64;
    }
    let n = gold.len().max(1) as f64;
    let (p, r) = (p / n, r / n);
    let mut scores = Scores::default();
    scores.add("bcubed.P", p);
    scores.add("bcubed.R", r);
    scores.add("bcubed.F1", super::f1(p, r));
    let pairs = |sizes: &BTreeMap<String, usize>| sizes.values().map(|n| n * n.saturating_sub(1) / 2).sum();
    let counts = Counts { hit: pairs(&both_sizes), n_predicted: pairs(&sizes_predicted), n_gold: pairs(&gold_sizes) };
    scores.add_prf("pairwise", counts);
    scores.add("n_gold", gold_sizes.len() as f64);
    scores.add("n_pred", sizes_predicted.len() as f64);
    scores
}
