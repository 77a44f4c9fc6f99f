//! Attributions. For each role the same set of spans (exact) and the characters shared (overlap); joint: content overlaps
//! by half or more and the sources share a character, one to one, greedy in gold order.

use std::collections::BTreeMap;

use super::{Counts, Scores, chars, overlap};
use crate::Points;
use crate::predictions::Quote;

/// Scores, and the gold rows that joint did not find as (document, row).
pub fn quotes(gold: &[Vec<Quote>], predicted: &[Vec<Quote>]) -> (Scores, Vec<(usize, usize)>) {
    type Role = fn(&Quote) -> &Vec<Points>;
    let roles: [(&str, Role); 3] = [("content", |it| &it.content), ("source", |it| &it.source), ("cue", |it| &it.cue)];
    let mut scores = Scores::default();
    for (name, role) in roles {
        let (mut exact, mut shared) = (Counts::default(), Counts::default());
        for (gold, predicted) in gold.iter().zip(predicted) {
            let sets = |quotes: &[Quote]| {
                let mut sets: BTreeMap<Vec<Points>, usize> = BTreeMap::new();
                for spans in quotes.iter().map(role).filter(|it| !it.is_empty()) {
                    let mut spans = spans.clone();
                    spans.sort_unstable();
                    *sets.entry(spans).or_default() += 1;
                }
                sets
            };
            let (gold_sets, predicted_sets) = (sets(gold), sets(predicted));
            exact.hit +=
                gold_sets.iter().map(|(set, n)| (*n).min(predicted_sets.get(set).copied().unwrap_or(0))).sum::<usize>();
            exact.n_gold += gold_sets.values().sum::<usize>();
            exact.n_predicted += predicted_sets.values().sum::<usize>();
            let (g, p) = (chars(gold.iter().flat_map(role)), chars(predicted.iter().flat_map(role)));
            shared.hit += g.intersection(&p).count();
            shared.n_gold += g.len();
            shared.n_predicted += p.len();
        }
        scores.add_prf(&format!("{name}.exact"), exact);
        scores.add_prf(&format!("{name}.overlap"), shared);
    }

    let mut joint = Counts::default();
    let mut missed = Vec::new();
    for (document, (gold, predicted)) in gold.iter().zip(predicted).enumerate() {
        let predicted: Vec<&Quote> = predicted.iter().filter(|it| !it.source.is_empty()).collect();
        let mut used = vec![false; predicted.len()];
        joint.n_predicted += predicted.len();
        for (row, quote) in gold.iter().enumerate().filter(|(_, it)| !it.source.is_empty()) {
            joint.n_gold += 1;
            let (content, source) = (chars(&quote.content), chars(&quote.source));
            let found = predicted.iter().zip(&used).position(|(it, used)| {
                !used && overlap(&content, &chars(&it.content)) >= 0.5 && !source.is_disjoint(&chars(&it.source))
            });
            match found {
                Some(ix) => {
                    used[ix] = true;
                    joint.hit += 1;
                }
                None => missed.push((document, row)),
            }
        }
    }
    scores.add_prf("joint", joint);
    (scores, missed)
}
