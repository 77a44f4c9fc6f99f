//! One report told again in other words: which sentence tells which, and whether the whole follows the parent.
//!
//! A rewrite keeps what is dear to invent (names, figures, rare words) and the order of the telling; an independent report
//! of the same happening shares names, but has facts of its own and an order of its own.

use rapporteur_text::rarity::rarity;
use rapporteur_text::shingles::Word;

use crate::prose::{Prose, Sentence};

/// Names and figures say more than their rarity.
const NAME_FACTOR: f32 = 1.25;
const NUMBER_FACTOR: f32 = 1.25;
/// Share of a sentence's weight that its counterpart must have.
pub(crate) const ALIGNED_MIN: f32 = 0.38;
/// Weight of the shared words, so that short sentences do not match by one name.
const SHARED_WEIGHT_MIN: f32 = 9.0;

/// A sentence of the child and the sentences of the parent that tell the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Aligned {
    /// Index of the child's sentence.
    pub(crate) child: usize,
    /// Index of the closest sentence of the parent.
    pub(crate) parent: usize,
    /// Share of the child's sentence that stands in it, by weight.
    pub(crate) score: f32,
    /// The sentence that tells most of the rest, when it tells enough.
    pub(crate) second: Option<usize>,
    /// Share that stands in both together.
    pub(crate) joint: f32,
}

/// How far one report retells another.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Retelling {
    pub(crate) aligned: Vec<Aligned>,
    /// Share of the child's words in sentences that have a counterpart.
    pub(crate) told: f32,
    /// Share of the child's weight that its counterparts have.
    pub(crate) weight: f32,
    /// Share of counterparts that come in the parent's order.
    pub(crate) order: f32,
    /// Share of the child's distinct weight that the parent has nowhere.
    pub(crate) novelty: f32,
}

pub(crate) fn weight_of(word: &Word) -> f32 {
    if word.is_stop() {
        return 0.0;
    }
    let factor = if word.is_number() {
        NUMBER_FACTOR
    } else if word.is_name() {
        NAME_FACTOR
    } else {
        1.0
    };
    rarity(word.stem) * factor
}

/// Distinct content stems of a sentence with their weights, sorted by stem.
fn content(prose: &Prose, sentence: Sentence) -> Vec<(u32, f32)> {
    let words = &prose.words[sentence.words.0..sentence.words.1];
    let mut found: Vec<(u32, f32)> =
        words.iter().filter(|it| !it.is_stop()).map(|it| (it.stem, weight_of(it))).collect();
    found.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
    found.dedup_by_key(|it| it.0);
    found
}

impl Retelling {
    pub(crate) fn of(child: &Prose, parent: &Prose) -> Retelling {
        let parent_sentences = parent.sentences();
        let mut places: Vec<(u32, u32)> = Vec::new();
        for (at, sentence) in parent_sentences.iter().enumerate() {
            places.extend(content(parent, *sentence).iter().map(|it| (it.0, at as u32)));
        }
        places.sort_unstable();
        let told_at = |stem: u32| {
            let first = places.partition_point(|it| it.0 < stem);
            places[first..].iter().take_while(move |it| it.0 == stem).map(|it| it.1 as usize)
        };

        let mut found = Retelling::default();
        let (mut n_words, mut n_told, mut whole, mut told_weight) = (0, 0, 0.0, 0.0);
        let mut met = vec![0.0f32; parent_sentences.len()];
        for (at, sentence) in child.sentences().iter().enumerate() {
            let stems = content(child, *sentence);
            let total: f32 = stems.iter().map(|it| it.1).sum();
            n_words += sentence.words.1 - sentence.words.0;
            whole += total;
            if total <= 0.0 {
                continue;
            }
            met.fill(0.0);
            for (stem, weight) in &stems {
                told_at(*stem).for_each(|place| met[place] += weight);
            }
            let Some(best) = best_of(&met) else { continue };
            let shared = met[best];
            let rest: Vec<(u32, f32)> =
                stems.iter().filter(|it| !told_at(it.0).any(|place| place == best)).copied().collect();
            met.fill(0.0);
            for (stem, weight) in &rest {
                told_at(*stem).for_each(|place| met[place] += weight);
            }
            let second = best_of(&met).filter(|it| met[*it] >= SHARED_WEIGHT_MIN * 0.7 && met[*it] >= total * 0.15);
            let joint = shared + second.map_or(0.0, |it| met[it]);
            told_weight += shared;
            let is_aligned = shared >= total * ALIGNED_MIN && shared >= SHARED_WEIGHT_MIN.min(total * 0.8);
            if is_aligned {
                n_told += sentence.words.1 - sentence.words.0;
                found.aligned.push(Aligned {
                    child: at,
                    parent: best,
                    score: shared / total,
                    second,
                    joint: joint / total,
                });
            }
        }
        found.told = n_told as f32 / n_words.max(1) as f32;
        found.weight = if whole > 0.0 { told_weight / whole } else { 0.0 };
        let order: Vec<usize> = found.aligned.iter().map(|it| it.parent).collect();
        found.order = longest_rise(&order) as f32 / order.len().max(1) as f32;
        found.novelty = novelty(child, parent);
        found
    }
}

/// The place with the largest weight, the first of equal ones; `None` when all are zero.
fn best_of(met: &[f32]) -> Option<usize> {
    let best = (0..met.len()).rev().max_by(|one, other| met[*one].total_cmp(&met[*other]))?;
    (met[best] > 0.0).then_some(best)
}

/// Length of the longest run that never goes back.
fn longest_rise(order: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for it in order {
        let at = ends.partition_point(|end| end <= it);
        if at == ends.len() {
            ends.push(*it);
        } else {
            ends[at] = *it;
        }
    }
    ends.len()
}

/// Share of the child's distinct content, by weight, that the parent has nowhere.
fn novelty(child: &Prose, parent: &Prose) -> f32 {
    let known = parent.stems();
    let mut stems: Vec<(u32, f32)> =
        child.words.iter().filter(|it| !it.is_stop()).map(|it| (it.stem, weight_of(it))).collect();
    stems.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
    stems.dedup_by_key(|it| it.0);
    let whole: f32 = stems.iter().map(|it| it.1).sum();
    let new: f32 = stems.iter().filter(|it| known.binary_search(&it.0).is_err()).map(|it| it.1).sum();
    if whole > 0.0 { new / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_the_longest_rise() {
        assert_eq!(longest_rise(&[0, 1, 1, 4]), 4);
        assert_eq!(longest_rise(&[3, 0, 1, 2]), 3);
        assert_eq!(longest_rise(&[]), 0);
    }
}
