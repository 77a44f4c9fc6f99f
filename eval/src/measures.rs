//! The measures. They agree with the reference scorer of the evaluation folder to the last printed digit: sums run in the
//! same order, and figures are rounded to four places before they are compared or shown.

mod body;
mod chains;
mod figures;
mod quotes;
mod stories;
mod times;

#[cfg(test)]
mod reference;

pub use body::{Grams, body, grams, n_common};
pub use chains::{Chains, conll};
pub use figures::{GoldFigure, figures};
pub use quotes::quotes;
pub use stories::stories;
pub use times::{GoldTime, times};

use std::collections::BTreeSet;

use crate::Points;

/// Named figures in the order they are shown, as `joint.F1`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scores(pub Vec<(String, f64)>);

impl Scores {
    /// Adds one.
    pub fn add(&mut self, name: impl Into<String>, value: f64) {
        self.0.push((name.into(), round(value)));
    }

    /// Adds precision, recall and F1 under one name.
    pub fn add_prf(&mut self, name: &str, counts: Counts) {
        let (p, r, f) = counts.prf();
        self.add(format!("{name}.P"), p);
        self.add(format!("{name}.R"), r);
        self.add(format!("{name}.F1"), f);
    }

    /// Adds the share `hit / n`; nothing when there is nothing to hit.
    pub fn add_share(&mut self, name: impl Into<String>, hit: usize, n: usize) {
        if n > 0 {
            self.add(name, hit as f64 / n as f64);
        }
    }

    /// One figure by name.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.iter().find(|(it, _)| it == name).map(|(_, value)| *value)
    }
}

/// What precision and recall are made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Right.
    pub hit: usize,
    /// Predicted.
    pub n_predicted: usize,
    /// In the gold.
    pub n_gold: usize,
}

impl Counts {
    /// Precision, recall, F1; zero where there is nothing to divide by.
    pub fn prf(self) -> (f64, f64, f64) {
        let share = |n: usize| if n > 0 { self.hit as f64 / n as f64 } else { 0.0 };
        let (p, r) = (share(self.n_predicted), share(self.n_gold));
        (p, r, f1(p, r))
    }
}

/// The harmonic mean.
pub fn f1(p: f64, r: f64) -> f64 {
    if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
}

/// To four places, exact ties to even, as the reference rounds.
pub fn round(value: f64) -> f64 {
    format!("{value:.4}").parse().unwrap_or(value)
}

/// The characters that the ranges cover.
pub fn chars<'a>(spans: impl IntoIterator<Item = &'a Points>) -> BTreeSet<usize> {
    spans.into_iter().flat_map(|(start, end)| *start..*end).collect()
}

/// Shared characters of all characters, 0 when there are none.
pub fn overlap(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let both = a.intersection(b).count();
    let all = a.len() + b.len() - both;
    if all > 0 { both as f64 / all as f64 } else { 0.0 }
}

/// Whether two ranges share a character.
pub fn touch(a: Points, b: Points) -> bool {
    a.0 < b.1 && b.0 < a.1
}
