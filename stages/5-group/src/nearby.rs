//! Which pairs of reports are worth comparing.
//!
//! Reports come one at a time, in the order of their days, and meet earlier ones by the words that say most of them. The
//! products of those words' weights are added up from the index alone (term at a time, as search engines do); only who
//! shares enough by them is compared in full. A report costs the length of its lists, which is bounded: of a word that
//! very many have, the latest so many are met.

use crate::likeness::{self, Likeness};
use crate::vectors::{Profiles, Spread, Vector, Vectors};

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
    let least = |days_apart: u32| if days_apart < FAR_DAYS { SHARED_MIN } else { SHARED_FAR_MIN };
    meetings(&profiles.body, profiles.n_rows, &profiles.days, least, |one, other, body, own| {
        let likeness = likeness::likeness(profiles, own, body, one as usize, other as usize);
        each(one, other, &likeness);
    });
}

/// Calls `each` with every pair `a < b` of vectors that share enough, their likeness, and the second laid out. By their
/// strongest words they must share what is the `least` for so many days apart, 0 where a day is not known.
pub(crate) fn meetings(
    vectors: &Vectors,
    n_rows: usize,
    days: &[Option<i32>],
    least: impl Fn(u32) -> f32,
    mut each: impl FnMut(u32, u32, f32, &Spread),
) {
    let mut index = Index::of(vectors, n_rows);
    let mut shared = vec![0u64; vectors.len()];
    let mut met: Vec<u32> = Vec::new();
    let mut spread = Spread::new(n_rows);
    let products = |share: f32| (f64::from(share) * 65_535.0 * 65_535.0) as u64;
    for at in 0..vectors.len() {
        for (row, weight) in strongest(vectors.of(at)) {
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
        met.retain(|other| {
            let sum = std::mem::take(&mut shared[*other as usize]);
            let apart = days[at].zip(days[*other as usize]).map_or(0, |(one, other)| one.abs_diff(other));
            products(least(apart)) <= sum
        });
        met.sort_unstable();
        spread.with(vectors.of(at), |own| {
            for other in met.drain(..) {
                let alike = own.cosine(vectors.of(other as usize));
                if BODY_MIN <= alike {
                    each(other, at as u32, alike, own);
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
    fn of(vectors: &Vectors, n_rows: usize) -> Index {
        let mut firsts = vec![0usize; n_rows + 1];
        let all = (0..vectors.len()).flat_map(|it| strongest(vectors.of(it)));
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
