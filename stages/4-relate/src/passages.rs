//! Words that two reports share, as passages: found by a common run of five words and extended as far as they agree.

use rapporteur_model::{Passage, PassageKind};

use crate::prose::{Prose, SHINGLE_WORDS};

/// Passages that are at most so many words apart in both reports, in the same order, are one edited passage.
const GAP_WORDS_MAX: usize = 6;

/// What two reports share word for word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shared {
    /// Passages, in the order of `a`.
    pub(crate) runs: Vec<Run>,
    /// Share of `a`'s distinct shingles that stand in `b`, and the reverse.
    pub(crate) containment: (f32, f32),
    /// Share of words that stand in passages: in `a`, in `b`.
    pub(crate) covered: (f32, f32),
    /// Words of `b` in passages that are not quotations.
    pub(crate) n_prose: usize,
    /// Words of `b` in passages that one of the reports has in quotation marks.
    pub(crate) n_quoted: usize,
    /// Words of the longest run that is not a quotation.
    pub(crate) longest_prose: usize,
}

/// A passage in words: half open ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Run {
    pub(crate) a: (usize, usize),
    pub(crate) b: (usize, usize),
    pub(crate) kind: PassageKind,
    /// Words that agree; fewer than the length when it was joined.
    pub(crate) n_same: usize,
}

impl Shared {
    pub(crate) fn between(a: &Prose, b: &Prose) -> Shared {
        let (n_shared, n_a, n_b) = common_shingles(a.shingles(), b.shingles());
        if n_shared == 0 {
            return Shared::default();
        }
        let runs = joined(a, b, seeds(a, b));
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f32 / whole as f32 };
        let mut shared = Shared { containment: (share(n_shared, n_a), share(n_shared, n_b)), ..Shared::default() };
        let mut in_a = vec![false; a.words.len()];
        let mut n_in_b = 0;
        for run in &runs {
            in_a[run.a.0..run.a.1].fill(true);
            n_in_b += run.b.1 - run.b.0;
            if run.kind == PassageKind::Quotation {
                shared.n_quoted += run.n_same;
            } else {
                shared.n_prose += run.n_same;
                shared.longest_prose = shared.longest_prose.max(run.n_same);
            }
        }
        let n_in_a = in_a.iter().filter(|it| **it).count();
        shared.covered = (share(n_in_a, a.words.len()), share(n_in_b, b.words.len()));
        shared.runs = runs;
        shared.runs.sort_unstable();
        shared
    }

    pub(crate) fn passages(&self, a: &Prose, b: &Prose) -> Vec<Passage> {
        let passage =
            |run: &Run| Passage { a: a.span(run.a.0, run.a.1 - 1), b: b.span(run.b.0, run.b.1 - 1), how: run.kind };
        self.runs.iter().map(passage).collect()
    }
}

/// Distinct shingles in both, in `a`, in `b`.
fn common_shingles(a: &[(u64, u32)], b: &[(u64, u32)]) -> (usize, usize, usize) {
    let (mut at_a, mut at_b, mut n_both, mut n_a, mut n_b) = (0, 0, 0, 0, 0);
    loop {
        let (one, other) = (a.get(at_a).map(|it| it.0), b.get(at_b).map(|it| it.0));
        let Some(least) = one.into_iter().chain(other).min() else {
            return (n_both, n_a, n_b);
        };
        let (in_a, in_b) = (one == Some(least), other == Some(least));
        n_a += usize::from(in_a);
        n_b += usize::from(in_b);
        n_both += usize::from(in_a && in_b);
        while at_a < a.len() && a[at_a].0 == least {
            at_a += 1;
        }
        while at_b < b.len() && b[at_b].0 == least {
            at_b += 1;
        }
    }
}

/// Runs that agree word for word, greedily from the start of `b`: at each place the longest; of equal ones the first that
/// goes on where the last run ended.
fn seeds(a: &Prose, b: &Prose) -> Vec<Run> {
    let table = a.shingles();
    let mut by_place: Vec<(u32, u64)> = b.shingles().iter().map(|(hash, at)| (*at, *hash)).collect();
    by_place.sort_unstable();
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < by_place.len() {
        let (hash, in_b) = (by_place[at].1, by_place[at].0 as usize);
        let first = table.partition_point(|it| it.0 < hash);
        let expected = runs.last().map_or(0, |it| it.a.1);
        let best = table[first..]
            .iter()
            .take_while(|it| it.0 == hash)
            .map(|it| it.1 as usize)
            .map(|in_a| (agreement(a, b, in_a, in_b), in_a))
            .filter(|(n_words, _)| *n_words >= SHINGLE_WORDS)
            .max_by_key(|(n_words, in_a)| (*n_words, *in_a >= expected, usize::MAX - in_a));
        let Some((n_words, in_a)) = best else {
            at += 1;
            continue;
        };
        runs.push(Run {
            a: (in_a, in_a + n_words),
            b: (in_b, in_b + n_words),
            kind: PassageKind::Verbatim,
            n_same: n_words,
        });
        at += n_words.max(1);
    }
    runs
}

fn agreement(a: &Prose, b: &Prose, in_a: usize, in_b: usize) -> usize {
    a.words[in_a..].iter().zip(&b.words[in_b..]).take_while(|(one, other)| one.hash == other.hash).count()
}

/// Neighbours joined where a few words between them differ, and each passage told apart: quotation or prose.
fn joined(a: &Prose, b: &Prose, runs: Vec<Run>) -> Vec<Run> {
    let mut kept: Vec<Run> = Vec::new();
    for mut run in runs {
        run.kind = if is_quotation(a, b, run) { PassageKind::Quotation } else { PassageKind::Verbatim };
        if let Some(last) = kept.last_mut() {
            let follows =
                last.a.1 <= run.a.0 && run.a.0 - last.a.1 <= GAP_WORDS_MAX && run.b.0 - last.b.1 <= GAP_WORDS_MAX;
            let same_sort = (last.kind == PassageKind::Quotation) == (run.kind == PassageKind::Quotation);
            if follows && same_sort {
                last.a.1 = run.a.1;
                last.b.1 = run.b.1;
                last.n_same += run.n_same;
                if last.kind != PassageKind::Quotation {
                    last.kind = PassageKind::Edited;
                }
                continue;
            }
        }
        kept.push(run);
    }
    kept
}

/// Whether most of the words stand in quotation marks in one of the reports: a letter, a post or a speech that is set as a
/// block here is often quoted there, and what one report marks as somebody's words is no reporter's prose.
fn is_quotation(a: &Prose, b: &Prose, run: Run) -> bool {
    let pairs = a.words[run.a.0..run.a.1].iter().zip(&b.words[run.b.0..run.b.1]);
    let n_quoted = pairs.filter(|(one, other)| one.is_quoted() || other.is_quoted()).count();
    n_quoted * 10 >= run.n_same * 6
}
