//! Pairs of reports that are worth a closer look, found without looking at every pair.
//!
//! Each report gives fingerprints: winnowed runs of three content words, stemmed, so that a rewrite that keeps "captured
//! 701 sq" or "fail to punish war crimes" is still met. Reports that share rare fingerprints are candidates. What stands in
//! very many reports is boilerplate or a mass reprint: there each report is paired with the first and with its neighbour
//! only, which keeps the cost linear and still joins a mass reprint to one origin.

use rapporteur_text::shingles::{Word, shingles, winnow};

/// Content words in a fingerprint.
const RUN_WORDS: usize = 3;
/// Of so many runs in a row one is kept.
const WINDOW: usize = 3;
/// A fingerprint in more reports than this no longer pairs all of them.
const REPORTS_MAX: usize = 48;
/// Fingerprints a pair must share, weighted: one that stands in two reports counts 1, in many less.
const WEIGHT_MIN: f32 = 1.6;

/// The fingerprints of each report, added one at a time.
#[derive(Default)]
pub(crate) struct Fingerprints {
    rows: Vec<(u64, u32)>,
    runs: Vec<u64>,
    picked: Vec<(u64, u32)>,
    stems: Vec<u32>,
}

impl Fingerprints {
    pub(crate) fn add(&mut self, report: u32, words: &[Word]) {
        self.stems.clear();
        self.stems
            .extend(words.iter().filter(|it| !it.is_stop() && (!it.is_short() || it.is_capital())).map(|it| it.stem));
        shingles(&self.stems, RUN_WORDS, &mut self.runs);
        winnow(&self.runs, WINDOW, &mut self.picked);
        let first = self.rows.len();
        self.rows.extend(self.picked.iter().map(|(hash, _)| (*hash, report)));
        self.rows[first..].sort_unstable();
        let mut kept = first;
        for at in first..self.rows.len() {
            if kept == first || self.rows[kept - 1] != self.rows[at] {
                self.rows[kept] = self.rows[at];
                kept += 1;
            }
        }
        self.rows.truncate(kept);
    }

    /// The fingerprints of all reports added, sorted.
    pub(crate) fn hashes(mut self) -> Vec<u64> {
        self.rows.sort_unstable();
        self.rows.into_iter().map(|it| it.0).collect()
    }

    /// Pairs `a < b` with the weight of what they share, sorted.
    pub(crate) fn pairs(mut self) -> Vec<(u32, u32, f32)> {
        self.rows.sort_unstable();
        let mut met: Vec<(u64, f32)> = Vec::new();
        for run in self.rows.chunk_by(|one, next| one.0 == next.0) {
            if run.len() < 2 {
                continue;
            }
            let weight = 2.0 / (run.len() as f32 + 2.0) * 2.0;
            let mut meet =
                |one: u32, other: u32, weight: f32| met.push((u64::from(one) << 32 | u64::from(other), weight));
            if run.len() <= REPORTS_MAX {
                for (at, (_, one)) in run.iter().enumerate() {
                    for (_, other) in &run[at + 1..] {
                        meet(*one, *other, weight);
                    }
                }
            } else {
                for at in 1..run.len() {
                    meet(run[0].1, run[at].1, weight);
                    if at > 1 {
                        meet(run[at - 1].1, run[at].1, weight);
                    }
                }
            }
        }
        met.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
        let mut pairs = Vec::new();
        for run in met.chunk_by(|one, next| one.0 == next.0) {
            let weight: f32 = run.iter().map(|it| it.1).sum();
            if weight >= WEIGHT_MIN {
                pairs.push(((run[0].0 >> 32) as u32, run[0].0 as u32, weight));
            }
        }
        pairs
    }
}
