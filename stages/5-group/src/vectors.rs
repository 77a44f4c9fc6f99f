//! Reports as weighted words: the body, runs of words, the title, the lead. Held in a few long rows of numbers, because
//! a hundred thousand small lists take more room than what they hold.

use rapporteur_model::Annotated;

use crate::counts::Counts;
use crate::read::{self, Name, Read, Terms, runs};

/// A word of the title counts as so many of the body.
const TITLE_FACTOR: f32 = 2.0;

/// Weights are whole parts of this, so that sums do not depend on their order.
const ONE: f32 = 65_535.0;

/// Rows of [`Counts`] with weights, sorted by row; the squares of the weights sum to the square of [`ONE`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vector<'a> {
    pub(crate) rows: &'a [u32],
    pub(crate) weights: &'a [u16],
}

/// A vector for each report.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    rows: Vec<u32>,
    weights: Vec<u16>,
    ends: Vec<usize>,
}

impl Vectors {
    pub(crate) fn of(&self, report: usize) -> Vector<'_> {
        let first = if report == 0 { 0 } else { self.ends[report - 1] };
        let end = self.ends[report];
        Vector { rows: &self.rows[first..end], weights: &self.weights[first..end] }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The middle of each group of vectors.
    pub(crate) fn middles(&self, groups: &[Vec<u32>]) -> Vectors {
        let (mut middles, mut all, mut room) = (Vectors::default(), Vec::new(), Vec::new());
        for group in groups {
            all.clear();
            let vectors = group.iter().map(|it| self.of(*it as usize));
            all.extend(vectors.flat_map(|it| it.rows.iter().copied().zip(it.weights.iter().copied())));
            all.sort_unstable();
            room.clear();
            let sum = |same: &[(u32, u16)]| same.iter().map(|it| u32::from(it.1)).sum::<u32>() as f32;
            room.extend(all.chunk_by(|one, next| one.0 == next.0).map(|same| (same[0].0, sum(same))));
            middles.push_weighed(&room, 0.0);
        }
        middles
    }

    /// Adds the vector of the next report: hashes with what each counts, in any order.
    fn push(&mut self, terms: &mut [(u32, f32)], counts: &Counts, is_run: bool, room: &mut Vec<(u32, f32)>) {
        terms.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
        room.clear();
        let mut alone = 0.0;
        for same in terms.chunk_by(|one, next| one.0 == next.0) {
            let count: f32 = same.iter().map(|it| it.1).sum();
            match counts.row(same[0].0) {
                Some(row) => room.push((row, (1.0 + count.ln()) * counts.weight(row, is_run))),
                None => alone += ((1.0 + count.ln()) * counts.weight_alone(same[0].0, is_run)).powi(2),
            }
        }
        self.push_weighed(room, alone * counts.alone());
    }

    /// Adds a vector of rows with any weights, sorted by row; `alone` is the square of the length of what has no row.
    fn push_weighed(&mut self, room: &[(u32, f32)], alone: f32) {
        let length: f32 = (room.iter().map(|it| it.1 * it.1).sum::<f32>() + alone).sqrt();
        self.rows.extend(room.iter().map(|it| it.0));
        self.weights.extend(room.iter().map(|it| (it.1 / length * ONE).round() as u16));
        self.ends.push(self.rows.len());
    }
}

/// The reports of a run, ready to be compared.
#[derive(Debug, Default)]
pub(crate) struct Profiles {
    pub(crate) body: Vectors,
    /// Content words that follow each other.
    pub(crate) runs: Vectors,
    pub(crate) title: Vectors,
    pub(crate) lead: Vectors,
    /// Days since 1970-01-01, when known.
    pub(crate) days: Vec<Option<i32>>,
    /// How many rows the vectors know.
    pub(crate) n_rows: usize,
    names: Vec<Name>,
    names_end: Vec<usize>,
}

impl Profiles {
    pub(crate) fn of(reports: &[&Annotated]) -> Profiles {
        let mut profiles = Profiles::default();
        let mut terms = Terms::default();
        for report in reports {
            let read = Read::new(report);
            terms.push(&read);
            profiles.days.push(read::day(report));
            profiles.names.extend(read::names(report, &read));
            profiles.names_end.push(profiles.names.len());
        }
        let counts = Counts::of(&terms);
        profiles.n_rows = counts.n_rows();
        let (mut counted, mut room) = (Vec::new(), Vec::new());
        for report in 0..reports.len() {
            let (all, title, lead) = terms.of(report);
            let mut add = |into: &mut Vectors, found: &mut dyn Iterator<Item = (u32, f32)>, is_run: bool| {
                counted.clear();
                counted.extend(found);
                into.push(&mut counted, &counts, is_run, &mut room);
            };
            let factor = |at: usize| if at < title.len() { TITLE_FACTOR } else { 1.0 };
            let once = |it: u32| (it, 1.0);
            add(&mut profiles.body, &mut all.iter().enumerate().map(|(at, it)| (*it, factor(at))), false);
            add(&mut profiles.runs, &mut runs(all).map(once), true);
            add(&mut profiles.title, &mut title.iter().copied().map(once), false);
            add(&mut profiles.lead, &mut lead.iter().copied().map(once), false);
        }
        profiles
    }

    /// The names of a report, the most frequent first.
    pub(crate) fn names(&self, report: usize) -> &[Name] {
        let first = if report == 0 { 0 } else { self.names_end[report - 1] };
        &self.names[first..self.names_end[report]]
    }
}

/// See [`crate::strongest_terms`].
pub(crate) fn strongest_terms(read: &Read, n_max: usize) -> Vec<(u32, f32)> {
    let mut terms = Terms::default();
    terms.push(read);
    let (all, title, _) = terms.of(0);
    let factor = |at: usize| if at < title.len() { TITLE_FACTOR } else { 1.0 };
    let mut counted: Vec<(u32, f32)> = all.iter().enumerate().map(|(at, it)| (*it, factor(at))).collect();
    counted.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let weighed = counted.chunk_by(|one, next| one.0 == next.0).map(|same| {
        let count: f32 = same.iter().map(|it| it.1).sum();
        (same[0].0, (1.0 + count.ln()) * rapporteur_text::rarity::rarity(same[0].0))
    });
    let mut weighed: Vec<(u32, f32)> = weighed.collect();
    let length = weighed.iter().map(|it| it.1 * it.1).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    weighed.iter_mut().for_each(|it| it.1 /= length);
    weighed.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    weighed.truncate(n_max);
    weighed
}

/// The likeness of two vectors, 0 to 1.
pub(crate) fn cosine(one: Vector<'_>, other: Vector<'_>) -> f32 {
    let (mut at, mut also, mut sum) = (0, 0, 0u64);
    while at < one.rows.len() && also < other.rows.len() {
        let (a, b) = (one.rows[at], other.rows[also]);
        if a == b {
            sum += u64::from(one.weights[at]) * u64::from(other.weights[also]);
        }
        at += usize::from(a <= b);
        also += usize::from(b <= a);
    }
    part(sum)
}

fn part(sum: u64) -> f32 {
    sum as f32 / (ONE * ONE)
}

/// A vector laid out over all rows, for comparing it with many.
pub(crate) struct Spread(Vec<u16>);

impl Spread {
    pub(crate) fn new(n_rows: usize) -> Spread {
        Spread(vec![0; n_rows])
    }

    /// Lays out `vector` while `work` is done.
    pub(crate) fn with<T>(&mut self, vector: Vector<'_>, work: impl FnOnce(&Spread) -> T) -> T {
        vector.rows.iter().zip(vector.weights).for_each(|(row, weight)| self.0[*row as usize] = *weight);
        let answer = work(self);
        vector.rows.iter().for_each(|row| self.0[*row as usize] = 0);
        answer
    }

    /// The same as [`cosine`] of the vector that is laid out.
    pub(crate) fn cosine(&self, other: Vector<'_>) -> f32 {
        let products = other.rows.iter().zip(other.weights);
        part(products.map(|(row, weight)| u64::from(self.0[*row as usize]) * u64::from(*weight)).sum())
    }
}
