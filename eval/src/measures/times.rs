//! Temporal expressions as in TempEval-3: strict and relaxed spans, value and type over relaxed matches.

use super::{Counts, Scores, touch};
use crate::Points;
use crate::predictions::Time;

/// A temporal expression of the gold.
pub type GoldTime = Time;

/// Scores, and the gold rows without a match or with another value, as (document, row, what matched).
pub fn times(gold: &[Vec<GoldTime>], predicted: &[Vec<Time>]) -> (Scores, Vec<(usize, usize, Option<Time>)>) {
    let (mut strict, mut relaxed, mut value, mut kind) = (0, 0, 0, 0);
    let (mut n_gold, mut n_predicted) = (0, 0);
    let mut missed = Vec::new();
    for (document, (gold, predicted)) in gold.iter().zip(predicted).enumerate() {
        n_gold += gold.len();
        n_predicted += predicted.len();
        let mut used = vec![false; predicted.len()];
        for (row, time) in gold.iter().enumerate() {
            let Some(ix) = best(time.at, predicted, &used) else {
                missed.push((document, row, None));
                continue;
            };
            used[ix] = true;
            let found = &predicted[ix];
            relaxed += 1;
            strict += usize::from(found.at == time.at);
            value += usize::from(found.value == time.value);
            kind += usize::from(found.kind == time.kind);
            if found.value != time.value {
                missed.push((document, row, Some(found.clone())));
            }
        }
    }
    let mut scores = Scores::default();
    for (name, hit) in [("strict", strict), ("relaxed", relaxed), ("value", value), ("type", kind)] {
        scores.add_prf(name, Counts { hit, n_predicted, n_gold });
    }
    (scores, missed)
}

/// The first with the same span, else the first that shares a character.
fn best(at: Points, predicted: &[Time], used: &[bool]) -> Option<usize> {
    let free = || predicted.iter().enumerate().filter(|(ix, _)| !used[*ix]);
    let same = free().find(|(_, it)| it.at == at);
    same.or_else(|| free().find(|(_, it)| touch(it.at, at))).map(|(ix, _)| ix)
}
