//! How surely two reports are of one story: a logistic regression on a few likenesses.

use crate::vectors::{Profiles, Spread, cosine};

/// Likenesses of a pair, in the order of [`FEATURES`].
pub(crate) type Likeness = [f32; 16];

/// Names of the likenesses. What is shared counts once as it is and once as its root, because the first words in common
/// say more than the last; days apart count in steps, because a story is told within days and then retold at any time.
pub(crate) const FEATURES: [&str; 16] = [
    "body", "runs", "title", "lead", "lead in body", "title in lead", "title in body", "names", "root of body",
    "root of runs", "root of title", "within a day", "days apart", "a week apart", "weeks apart", "days known",
];

/// Weights of the likenesses and the constant, fitted by `tools/fit.py` on pairs of three open collections of news, each
/// collection weighing the same; labels that gather what has no event of its own were left out.
const WEIGHTS: Likeness =
    [2.27, -0.04, 1.30, 1.96, 3.15, 0.64, 1.63, -2.51, 4.27, 4.68, 1.08, 1.42, -1.24, 1.01, -1.69, 0.53];
const CONSTANT: f32 = -6.19;

/// Groups join while their reports are this likely of one story on average. Chosen with the weights: the highest mean of the
/// three collections; weights fitted on two of them choose .24 to .28. Higher, joins are fewer and surer.
pub(crate) const THRESHOLD: f32 = 0.22;

/// Pairs less likely than this count as unlike: they are many, and together hardly move an average.
pub(crate) const PROBABILITY_MIN: f32 = 0.02;

/// How likely two reports are of one story, 0 to 1.
pub(crate) fn probability(likeness: &Likeness) -> f32 {
    let score: f32 = likeness.iter().zip(WEIGHTS).map(|(it, weight)| it * weight).sum::<f32>() + CONSTANT;
    1.0 / (1.0 + (-score).exp())
}

/// Likenesses of `one` and `other`; the body of `other` is laid out, and both bodies are alike by `body`.
pub(crate) fn likeness(profiles: &Profiles, laid_out: &Spread, body: f32, one: usize, other: usize) -> Likeness {
    let (lead, other_lead) = (profiles.lead.of(one), profiles.lead.of(other));
    let lead_in_body = (laid_out.cosine(lead) * cosine(other_lead, profiles.body.of(one))).sqrt();
    let (title, other_title) = (profiles.title.of(one), profiles.title.of(other));
    let title_in_lead = (cosine(title, other_lead) * cosine(other_title, lead)).sqrt();
    let title_in_body = (laid_out.cosine(title) * cosine(other_title, profiles.body.of(one))).sqrt();
    let (runs, title) = (cosine(profiles.runs.of(one), profiles.runs.of(other)), cosine(title, other_title));
    let days = profiles.days[one].zip(profiles.days[other]).map(|(one, other)| one.abs_diff(other));
    let days_are = |is: fn(u32) -> bool| if days.is_some_and(is) { 1.0 } else { 0.0 };
    [
        body,
        runs,
        title,
        cosine(lead, other_lead),
        lead_in_body,
        title_in_lead,
        title_in_body,
        names(profiles, one, other),
        body.sqrt(),
        runs.sqrt(),
        title.sqrt(),
        days_are(|it| it <= 1),
        days_are(|it| 4 <= it),
        days_are(|it| 8 <= it),
        days_are(|it| 20 <= it),
        days_are(|_| true),
    ]
}

/// The share of their most frequent names that two reports have in common.
fn names(profiles: &Profiles, one: usize, other: usize) -> f32 {
    let (names, others) = (profiles.names(one), profiles.names(other));
    let n_shared = names.iter().filter(|name| others.iter().any(|it| it.stem == name.stem)).count();
    n_shared as f32 / ((names.len() * others.len()) as f32).sqrt().max(1.0)
}
