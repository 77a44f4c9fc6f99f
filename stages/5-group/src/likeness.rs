//! How surely two reports are of one story: a logistic regression on a few likenesses.

use crate::vectors::{Profile, Vector, cosine};

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
        lead_in_body,
        days.sqrt(),
        known,
    ]
}

/// Pairs `a < b` that share telling words and enough of their bodies, sorted.
///
/// Reports come one at a time and meet the earlier ones by their strongest stems, so that no list of all meetings
/// is held. A report costs the length of its lists, which is bounded. Passing over pairs that share little by these stems
/// alone would be faster and changed stories of one collection of three, so whole bodies are compared.
pub(crate) fn pairs(profiles: &[Profile]) -> Vec<(u32, u32)> {
    let lists = Postings::of(profiles);
    let mut is_met = vec![false; profiles.len()];
    let mut touched: Vec<u32> = Vec::new();
    let mut found = Vec::new();
    for (at, profile) in profiles.iter().enumerate() {
        for stem in strongest(&profile.body) {
            for (_, other) in lists.before(stem, at as u32) {
                if !std::mem::replace(&mut is_met[*other as usize], true) {
                    touched.push(*other);
                }
            }
        }
        for other in touched.drain(..) {
            is_met[other as usize] = false;
            if BODY_MIN <= cosine(&profiles[other as usize].body, &profile.body) {
                found.push((other, at as u32));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Reports by the stems that say most of them: stem and report, sorted.
struct Postings(Vec<(u32, u32)>);

impl Postings {
    fn of(profiles: &[Profile]) -> Postings {
        let mut rows: Vec<(u32, u32)> = Vec::with_capacity(profiles.len() * STRONGEST);
        for (at, profile) in profiles.iter().enumerate() {
            rows.extend(strongest(&profile.body).map(|stem| (stem, at as u32)));
        }
        rows.sort_unstable();
        Postings(rows)
    }

    /// The reports before `report` that have the stem; none when very many have it.
    fn before(&self, stem: u32, report: u32) -> &[(u32, u32)] {
        let first = self.0.partition_point(|it| it.0 < stem);
        let rest = &self.0[first..];
        if rest.get(POSTINGS_MAX).is_some_and(|it| it.0 == stem) {
            return &[];
        }
        let n = rest[..rest.len().min(POSTINGS_MAX)].partition_point(|it| it.0 == stem && it.1 < report);
        &rest[..n]
    }
}

/// Stems of most weight, by which a report is found.
fn strongest(body: &Vector) -> impl Iterator<Item = u32> {
    let mut stems = body.clone();
    stems.sort_unstable_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    stems.into_iter().take(STRONGEST).map(|it| it.0)
}

const STRONGEST: usize = 40;
