//! A law of the run: the relations and stories of a batch are the same for every order of its files and any number of threads.

use std::path::{Path, PathBuf};

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotated, Annotations};

/// The next of a row of numbers that look like chance and are the same each time (Steele and others' SplitMix64).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn shuffle<T>(rows: &mut [T], state: &mut u64) {
    for at in (1..rows.len()).rev() {
        let other = next(state) % (at as u64 + 1);
        rows.swap(at, other as usize);
    }
}

/// The files of the example stories. Handed over one by one, so that their order is ours to choose.
fn files() -> Vec<PathBuf> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut files = Vec::new();
    for story in ["harbour-explosion-inquiry", "lake-ferry-talks"] {
        let folder = std::fs::read_dir(examples.join(story).join("reports")).expect("an example");
        files.extend(folder.map(|it| it.expect("a file").path()));
    }
    files.sort();
    files
}

/// All that relating and grouping found, as text: how many lineages, and all of it. Without a language model; the test of the
/// command has it.
fn told(paths: &[PathBuf], threads: usize) -> (usize, String) {
    let pool = crate::pool(threads).expect("threads");
    let reading = pool.install(|| crate::read(paths, &crate::Silent)).expect("there are reports");
    let annotated = |article| Annotated { article, annotations: Annotations::default() };
    let reports: Vec<Annotated> = reading.articles.into_iter().map(annotated).collect();
    let ids: Vec<&str> = reports.iter().map(Annotated::id).collect();
    let relations = pool.install(|| crate::stages::relate(&reports, Lexicon::shared()));
    let stories = pool.install(|| crate::stages::group(&reports, &relations, Lexicon::shared()));
    assert!(2 <= stories.len() && stories.len() < reports.len(), "there is something to group: {stories:?}");
    let n_lineage = relations.pairs.iter().filter(|it| it.kind.is_lineage()).count();
    (n_lineage, format!("{ids:?} {relations:?} {stories:?}"))
}

#[test]
fn neither_order_nor_threads_show() {
    let mut files = files();
    let (n_lineage, expected) = told(&files, 1);
    // The stories have copies and rewrites, so there is something to get wrong.
    assert!(5 <= n_lineage, "{n_lineage}: {expected}");
    let mut state = 5;
    for turn in 0..20 {
        shuffle(&mut files, &mut state);
        let threads = 1 + turn % 8;
        let found = told(&files, threads);
        assert!(found.1 == expected, "{threads} threads: {files:?}");
    }
}
