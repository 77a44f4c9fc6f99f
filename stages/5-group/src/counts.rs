//! How often words stand in the reports of the run, to correct the background: in a collection about one war, its name is
//! no news.

use rapporteur_text::rarity::{n_reports_counted, rarity};

use crate::read::{Terms, runs};

/// A report of the run weighs as much as this many of the background.
const RUN_FACTOR: f32 = 2.0;

/// The weights of the words and runs of words that two reports or more have. A word is named by its row.
pub(crate) struct Counts {
    /// Hashes, sorted.
    hashes: Vec<u32>,
    n_reports: f32,
    /// How much each says as a word and as a run of words.
    weights: Vec<(f32, f32)>,
    /// First rows of the hashes that begin with the same bits.
    directory: Vec<u32>,
}

/// In a run of so many reports, half of what one has alone counts. Found by trying: at 100 the collections of three hundred
/// reports are grouped worse by .005 (B-cubed), and without it a handful of reports becomes one story.
const FEW_REPORTS: f32 = 30.0;

/// The directory has an entry for each beginning of so many bits.
const DIRECTORY_BITS: u32 = 16;

impl Counts {
    pub(crate) fn of(terms: &Terms) -> Counts {
        // As much as there can be: a list that grows would hold twice what it needs.
        let mut all: Vec<u32> = Vec::with_capacity(terms.len() * 2);
        for report in 0..terms.n_reports() {
            let (words, ..) = terms.of(report);
            let first = all.len();
            all.extend_from_slice(words);
            all.extend(runs(words));
            all[first..].sort_unstable();
            // Each counts once a report.
            let mut kept = first;
            for at in first..all.len() {
                if at == first || all[at] != all[kept - 1] {
                    all[kept] = all[at];
                    kept += 1;
                }
            }
            all.truncate(kept);
        }
        all.sort_unstable();
        let many = all.chunk_by(|one, next| one == next).filter(|it| 2 <= it.len());
        let weighed = |same: &[u32]| (same[0], weights(same[0], same.len() as f32, terms.n_reports() as f32));
        let (hashes, weights): (Vec<u32>, Vec<(f32, f32)>) = many.map(weighed).unzip();
        let mut directory = vec![0u32; (1 << DIRECTORY_BITS) + 1];
        hashes.iter().for_each(|it| directory[(it >> (32 - DIRECTORY_BITS)) as usize + 1] += 1);
        for at in 1..directory.len() {
            directory[at] += directory[at - 1];
        }
        Counts { hashes, n_reports: terms.n_reports() as f32, weights, directory }
    }

    /// How many words have a row.
    pub(crate) fn n_rows(&self) -> usize {
        self.hashes.len()
    }

    /// The row of a word or run. None for what one report of the run has alone: nothing can be found by it.
    pub(crate) fn row(&self, hash: u32) -> Option<u32> {
        let bits = (hash >> (32 - DIRECTORY_BITS)) as usize;
        let (first, end) = (self.directory[bits] as usize, self.directory[bits + 1] as usize);
        self.hashes[first..end].binary_search(&hash).ok().map(|at| (first + at) as u32)
    }

    /// How much a row says.
    pub(crate) fn weight(&self, row: u32, is_run: bool) -> f32 {
        let (word, run) = self.weights[row as usize];
        if is_run { run } else { word }
    }

    /// How much of what one report has alone counts towards the length of its vector, 0 to 1. Among many reports it is chance
    /// (a quoted bystander, a typing error) and would only make a long report less like a short one. Among few it is what a
    /// report says, and without it the little that is shared would seem to be all.
    pub(crate) fn alone(&self) -> f32 {
        1.0 / (1.0 + self.n_reports / FEW_REPORTS)
    }

    /// How much a word or run says that one report has alone.
    pub(crate) fn weight_alone(&self, hash: u32, is_run: bool) -> f32 {
        let (word, run) = weights(hash, 1.0, self.n_reports);
        if is_run { run } else { word }
    }
}

/// Of a hash that so many reports of the run have, as a word and as a run of words, which are not counted in the background
/// and are rare.
fn weights(hash: u32, n_having: f32, n_reports: f32) -> (f32, f32) {
    let counted = n_reports_counted();
    let all = counted + n_reports * RUN_FACTOR + 1.0;
    let weight = |background: f32| (all / (background + n_having * RUN_FACTOR)).ln().max(0.0) + 1.0;
    (weight((counted + 1.0) / rarity(hash).exp()), weight(1.0))
}
