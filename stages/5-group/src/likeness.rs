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
/// Reports come one at a time and meet the earlier ones by their strongest stems; what they share by these alone is added
/// up first, so that the whole bodies are compared for few pairs. A report costs the length of its lists, which is bounded.
pub(crate) fn pairs(profiles: &[Profile]) -> Vec<(u32, u32)> {
    let lists = Postings::of(profiles);
    let mut met = vec![0.0f32; profiles.len()];
    let mut touched: Vec<u32> = Vec::new();
    let mut found = Vec::new();
    for (at, profile) in profiles.iter().enumerate() {
        for (stem, weight) in strongest(&profile.body) {
            for (_, other, also) in lists.before(stem, at as u32) {
                if met[*other as usize] == 0.0 {
                    touched.push(*other);
                }
                met[*other as usize] += weight * also;
            }
        }
        for other in touched.drain(..) {
            let shared = std::mem::take(&mut met[other as usize]);
            if BODY_MIN * STRONGEST_SHARE <= shared && BODY_MIN <= cosine(&profiles[other as usize].body, &profile.body)
            {
                found.push((other, at as u32));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Reports by the stems that say most of them: stem, report, weight, sorted.
struct Postings(Vec<(u32, u32, f32)>);

impl Postings {
    fn of(profiles: &[Profile]) -> Postings {
        let mut rows: Vec<(u32, u32, f32)> = Vec::with_capacity(profiles.len() * STRONGEST);
        for (at, profile) in profiles.iter().enumerate() {
            rows.extend(strongest(&profile.body).into_iter().map(|(stem, weight)| (stem, at as u32, weight)));
        }
        rows.sort_unstable_by_key(|it| (it.0, it.1));
        Postings(rows)
    }

    /// The reports before `report` that have the stem; none when very many have it.
    fn before(&self, stem: u32, report: u32) -> &[(u32, u32, f32)] {
        let first = self.0.partition_point(|it| it.0 < stem);
        let rest = &self.0[first..];
        if rest.get(POSTINGS_MAX).is_some_and(|it| it.0 == stem) {
            return &[];
        }
        let n = rest[..rest.len().min(POSTINGS_MAX)].partition_point(|it| it.0 == stem && it.1 < report);
        &rest[..n]
    }
}

/// What two reports share by their strongest stems is at least this part of the least they must share; on the three
/// collections of the evaluation no story changes up to here.
const STRONGEST_SHARE: f32 = 0.6;

/// Stems of most weight, by which a report is found.
fn strongest(body: &Vector) -> Vec<(u32, f32)> {
    let mut stems = body.clone();
    stems.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    stems.truncate(STRONGEST);
    stems
}

const STRONGEST: usize = 40;
