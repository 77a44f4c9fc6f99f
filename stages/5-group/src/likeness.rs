//! How surely two reports are of one story: a logistic regression on a few likenesses.

use crate::vectors::{Profiles, Spread, cosine};

/// Likenesses of a pair, in the order of [`FEATURES`].
pub(crate) type Likeness = [f32; 7];

/// Names of the likenesses.
pub(crate) const FEATURES: [&str; 7] = ["body", "runs", "title", "lead", "lead in body", "days apart", "days known"];

/// Weights of the likenesses and the constant, fitted by `tools/fit.py` on pairs of three open collections of news, each
/// collection weighing the same.
const WEIGHTS: Likeness = [7.17, 4.60, 3.46, 3.08, 4.69, -2.70, 1.07];
const CONSTANT: f32 = -4.84;

/// Groups join while their reports are this likely of one story on average; chosen with the weights.
pub(crate) const THRESHOLD: f32 = 0.28;

/// Pairs less likely than this count as unlike: they are many, and together hardly move an average.
pub(crate) const PROBABILITY_MIN: f32 = 0.02;

/// How likely two reports are of one story, 0 to 1.
pub(crate) fn probability(likeness: &Likeness) -> f32 {
    let score: f32 = likeness.iter().zip(WEIGHTS).map(|(it, weight)| it * weight).sum::<f32>() + CONSTANT;
    1.0 / (1.0 + (-score).exp())
}

/// Days apart at which a date says all that it can say.
const DAYS_MAX: f32 = 20.0;

/// Likenesses of `one` and `other`; the body of `other` is laid out, and both bodies are alike by `body`.
pub(crate) fn likeness(profiles: &Profiles, laid_out: &Spread, body: f32, one: usize, other: usize) -> Likeness {
    let (days, known) = match (profiles.days[one], profiles.days[other]) {
        (Some(one), Some(other)) => ((one.abs_diff(other) as f32).min(DAYS_MAX) / DAYS_MAX, 1.0),
        _ => (0.0, 0.0),
    };
    let (lead, other_lead) = (profiles.lead.of(one), profiles.lead.of(other));
    let lead_in_body = (laid_out.cosine(lead) * cosine(other_lead, profiles.body.of(one))).sqrt();
    [
        body,
        cosine(profiles.runs.of(one), profiles.runs.of(other)),
        cosine(profiles.title.of(one), profiles.title.of(other)),
        cosine(lead, other_lead),
        lead_in_body,
        days.sqrt(),
        known,
    ]
}
