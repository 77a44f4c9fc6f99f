//! How surely two reports are of one story: a logistic regression on a few likenesses.

use std::collections::BTreeMap;

use crate::vectors::{Profile, Vector, cosine};

/// Likenesses of a pair, in the order of [`FEATURES`].
pub(crate) type Likeness = [f32; 8];

/// Names of the likenesses.
pub(crate) const FEATURES: [&str; 8] =
    ["body", "runs", "title", "lead", "names", "lead in body", "days apart", "days known"];

/// Weights of the likenesses and the constant, fitted by `tools/fit.py` on pairs of three open collections of news, each
/// collection weighing the same.
const WEIGHTS: Likeness = [7.17, 4.60, 3.46, 3.08, 0.0, 4.69, -2.70, 1.07];
const CONSTANT: f32 = -4.84;

/// Groups join while their reports are this likely of one story on average; chosen with the weights.
pub(crate) const THRESHOLD: f32 = 0.28;

/// How likely two reports are of one story, 0 to 1.
pub(crate) fn probability(likeness: &Likeness) -> f32 {
    let score: f32 = likeness.iter().zip(WEIGHTS).map(|(it, weight)| it * weight).sum::<f32>() + CONSTANT;
    1.0 / (1.0 + (-score).exp())
}

/// Pairs with less of their body in common are of different stories, whatever else.
const BODY_MIN: f32 = 0.05;
/// A stem that more reports have than this brings no pairs together by itself.
const POSTINGS_MAX: usize = 400;

/// Days apart at which a date says all that it can say.
const DAYS_MAX: f32 = 20.0;

pub(crate) fn likeness(one: &Profile, other: &Profile) -> Likeness {
    let (days, known) = match (one.day, other.day) {
        (Some(one), Some(other)) => (((one - other).abs() as f32).min(DAYS_MAX) / DAYS_MAX, 1.0),
        _ => (0.0, 0.0),
    };
    let lead_in_body = (cosine(&one.lead, &other.body) * cosine(&other.lead, &one.body)).sqrt();
    [
        cosine(&one.body, &other.body),
        cosine(&one.runs, &other.runs),
        cosine(&one.title, &other.title),
        cosine(&one.lead, &other.lead),
        cosine(&one.names, &other.names),
        lead_in_body,
        days.sqrt(),
        known,
    ]
}

/// Pairs `a < b` that share a telling word and enough of their bodies, sorted.
pub(crate) fn pairs(profiles: &[Profile]) -> Vec<(u32, u32)> {
    let mut postings: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate() {
        for (stem, _) in strongest(&profile.body) {
            postings.entry(stem).or_default().push(at as u32);
        }
    }
    let mut met: Vec<(u32, u32)> = Vec::new();
    for list in postings.values().filter(|it| it.len() <= POSTINGS_MAX) {
        for (at, one) in list.iter().enumerate() {
            met.extend(list[at + 1..].iter().map(|other| (*one, *other)));
        }
    }
    met.sort_unstable();
    met.dedup();
    met.retain(|(one, other)| cosine(&profiles[*one as usize].body, &profiles[*other as usize].body) >= BODY_MIN);
    met
}

/// Stems of most weight, by which a report is found.
fn strongest(body: &Vector) -> Vec<(u32, f32)> {
    let mut stems = body.clone();
    stems.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    stems.truncate(STRONGEST);
    stems
}

const STRONGEST: usize = 40;
