//! Which pairs of reports are worth comparing.
//!
//! Reports come one at a time, in the order of their days, and meet earlier ones by the words that say most of them. The
//! products of those words' weights are added up from the index alone (term at a time, as search engines do); only who
//! shares enough by them is compared in full. A report costs the length of its lists, which is bounded: of a word that
//! very many have, the latest so many are met.

use crate::likeness::{self, Likeness};
use crate::vectors::{Profiles, Spread, Vector};

/// A report is found by so many words, those of most weight.
const STRONGEST: usize = 40;
/// Of the reports with a word, so many are met, the latest first.
const MET_MAX: usize = 200;
/// Pairs that share less than this by their strongest words are of different stories, whatever else; found by trying.
const SHARED_MIN: f32 = 0.025;
/// The same for reports that are known to be far apart in time: two happenings unless much is the same.
const SHARED_FAR_MIN: f32 = 0.08;
/// Days from which on two reports are far apart.
const FAR_DAYS: u32 = 7;
/// And so are pairs that have less of their bodies in common.
const BODY_MIN: f32 = 0.05;

/// Calls `each` with every pair `a < b` worth comparing and its likenesses.
pub(crate) fn pairs(profiles: &Profiles, mut each: impl FnMut(u32, u32, &Likeness)) {
    let mut index = Index::of(profiles);
    let mut shared = vec![0u64; profiles.len()];
    let mut met: Vec<u32> = Vec::new();
    let mut spread = Spread::new(profiles.n_rows);
    let products = |share: f32| (f64::from(share) * 65_535.0 * 65_535.0) as u64;
    let (shared_min, far_min) = (products(SHARED_MIN), products(SHARED_FAR_MIN));
    for at in 0..profiles.len() {
        for (row, weight) in strongest(profiles.body.of(at)) {
            for (other, also) in index.met(row) {
                let sum = &mut shared[*other as usize];
                if *sum == 0 {
                    met.push(*other);
                }
                // A weight of nothing still is a meeting.
                *sum += (u64::from(weight) * u64::from(*also)).max(1);
            }
            index.push(row, at as u32, weight);
        }
        let day = profiles.days[at];
        met.retain(|other| {
            let sum = std::mem::take(&mut shared[*other as usize]);
            let days = day.zip(profiles.days[*other as usize]).map_or(0, |(one, other)| one.abs_diff(other));
            shared_min <= sum && (days < FAR_DAYS || far_min <= sum)
        });
        met.sort_unstable();
        spread.with(profiles.body.of(at), |own| {
            for other in met.drain(..) {
                let body = own.cosine(profiles.body.of(other as usize));
                if BODY_MIN <= body {
                    let likeness = likeness::likeness(profiles, own, body, other as usize, at);
                    each(other, at as u32, &likeness);
                }
            }
        });
    }
}

/// Words of most weight; of equal ones the first.
fn strongest(body: Vector<'_>) -> Vec<(u32, u16)> {
    let mut words: Vec<(u32, u16)> = body.rows.iter().copied().zip(body.weights.iter().copied()).collect();
    let heaviest_first = |it: &(u32, u16)| (u16::MAX - it.1, it.0);
    if STRONGEST < words.len() {
        words.select_nth_unstable_by_key(STRONGEST, heaviest_first);
        words.truncate(STRONGEST);
    }
    words
}

/// For each row the reports so far that are found by it, with its weight there, in the order of reports.
struct Index {
    firsts: Vec<usize>,
    /// Where the list of each row ends so far.
    ends: Vec<usize>,
    entries: Vec<(u32, u16)>,
}

impl Index {
    /// With room for all reports, and none in it.
    fn of(profiles: &Profiles) -> Index {
        let mut firsts = vec![0usize; profiles.n_rows + 1];
        let all = (0..profiles.len()).flat_map(|it| strongest(profiles.body.of(it)));
        all.for_each(|it| firsts[it.0 as usize + 1] += 1);
        for at in 1..firsts.len() {
            firsts[at] += firsts[at - 1];
        }
        let entries = vec![(0, 0); firsts.last().copied().unwrap_or(0)];
        Index { ends: firsts.clone(), firsts, entries }
    }

    /// The latest reports that have the word.
    fn met(&self, row: u32) -> &[(u32, u16)] {
        let (first, end) = (self.firsts[row as usize], self.ends[row as usize]);
        &self.entries[first.max(end.saturating_sub(MET_MAX))..end]
    }

    fn push(&mut self, row: u32, report: u32, weight: u16) {
        let end = &mut self.ends[row as usize];
        self.entries[*end] = (report, weight);
        *end += 1;
    }
}
