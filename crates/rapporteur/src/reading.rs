//! Reading in bounded memory: documents come out of files and archives in batches, a batch is read and cleaned on all
//! threads, and what came of it is handed on in a fixed order before the next.
//!
//! The order is that of the sorted locations, and inside a container that of its documents. It does not depend on the
//! number of threads, nor on the order of the paths.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};

use rapporteur_model::{Article, Problem};
use rapporteur_read::containers::{self, Item};
use rapporteur_read::{Document, Limits};
use rayon::prelude::*;

use crate::input::{self, Input};
use crate::{Error, Progress, clean};

/// Documents of one batch. Three batches are in memory: one that fills, one that waits, one that is worked on.
pub const BATCH_DOCUMENTS_MAX: usize = 512;

/// Bytes of one batch; a single document may be longer.
pub const BATCH_BYTES_MAX: u64 = 24 << 20;

// Problems that are named when there was nothing else.
const REASONS_MAX: usize = 8;

/// One document and what came of it.
#[derive(Debug, Default)]
pub struct Part {
    /// The document; a report's raw map leads into its bytes. Without bytes where a container itself is the matter.
    pub document: Document,
    /// Its reports, cleaned, in its own order; ids are unique in the run.
    pub articles: Vec<Article>,
    /// What went wrong outside of a report, with its place.
    pub problems: Vec<(String, Problem)>,
}

/// Reads and cleans what `paths` lead to, on the threads of the pool it is called in. `show` makes of each part what is
/// wanted of it, on any thread; `each` gets both in the fixed order and may say that it is enough.
pub fn read_each<T: Send>(
    paths: &[PathBuf],
    progress: &dyn Progress,
    show: impl Fn(&Part) -> T + Sync,
    mut each: impl FnMut(Part, T) -> ControlFlow<()>,
) -> Result<(), Error> {
    let gathered = input::gather(paths)?;
    let limits = Limits::default();
    let (mut ids, mut reasons, mut n_articles) = (Ids::default(), Vec::new(), 0);
    let mut take = |part: Part, shown: T| {
        n_articles += part.articles.len();
        for (place, problem) in part.problems.iter().take(REASONS_MAX.saturating_sub(reasons.len())) {
            reasons.push(format!("{place}: {}", problem.message));
        }
        each(part, shown)
    };
    let first = Part { problems: gathered.problems, ..Part::default() };
    let shown = show(&first);
    if take(first, shown).is_break() {
        return Ok(());
    }
    progress.start("reading", gathered.inputs.len());
    let is_enough = std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(1);
        let inputs = &gathered.inputs;
        scope.spawn(move || Filler { sender, batch: Vec::new(), bytes: 0 }.run(inputs, &limits, progress));
        for batch in receiver {
            let works: Vec<Work> = batch;
            let read = |work: Work| {
                let is_file = matches!(work, Work::File(_));
                let parts = work.read(&limits);
                if is_file {
                    progress.step();
                }
                parts
            };
            let mut parts: Vec<Part> = works.into_par_iter().flat_map_iter(read).collect();
            for article in parts.iter_mut().flat_map(|it| &mut it.articles) {
                ids.make_unique(&mut article.report.id);
            }
            let shown: Vec<T> = parts.par_iter().map(&show).collect();
            for (part, shown) in parts.into_iter().zip(shown) {
                // Leaving drops the receiver, and the filler ends at its next batch.
                if take(part, shown).is_break() {
                    return true;
                }
            }
        }
        false
    });
    progress.done();
    if n_articles == 0 && !is_enough {
        let why = if reasons.is_empty() { "it holds none".to_owned() } else { reasons.join("; ") };
        return Err(Error::input(format!("no report in what was given: {why}")));
    }
    Ok(())
}

/// What is to be done for a part.
enum Work {
    /// A file of one document, opened by the thread that reads it.
    File(Input),
    /// A document out of an archive.
    Document(Document),
    /// Something about an archive.
    Problem(String, Problem),
}

impl Work {
    fn read(self, limits: &Limits) -> Vec<Part> {
        let mut parts = Vec::new();
        match self {
            Work::File(input) => {
                let _ = input.documents(limits, &mut |item| {
                    parts.push(part_of(item, limits));
                    ControlFlow::Continue(())
                });
            }
            Work::Document(document) => parts.push(part_of(Item::Document(document), limits)),
            Work::Problem(place, problem) => parts.push(part_of(Item::Problem(place, problem), limits)),
        }
        parts
    }
}

pub(crate) fn part_of(item: Item, limits: &Limits) -> Part {
    match item {
        Item::Problem(place, problem) => Part { problems: vec![(place, problem)], ..Part::default() },
        Item::Document(document) => {
            let read = rapporteur_read::read_document(&document, limits);
            let problems = read.problems.into_iter().map(|it| (document.location.clone(), it)).collect();
            let articles = read.reports.into_iter().map(clean).collect();
            Part { document, articles, problems }
        }
    }
}

/// Makes batches, ahead of those who work on them.
struct Filler {
    sender: SyncSender<Vec<Work>>,
    batch: Vec<Work>,
    bytes: u64,
}

impl Filler {
    fn run(mut self, inputs: &[Input], limits: &Limits, progress: &dyn Progress) {
        for input in inputs {
            let flow = match input.is_one_document(limits) {
                Some(bytes) => self.push(Work::File(input.clone()), bytes),
                None => {
                    let flow = input.documents(limits, &mut |item| match item {
                        Item::Problem(place, problem) => self.push(Work::Problem(place, problem), 0),
                        Item::Document(document) => {
                            let bytes = document.bytes.len() as u64;
                            self.push(Work::Document(document), bytes)
                        }
                    });
                    progress.step();
                    flow
                }
            };
            // Archives also break off at limits of their own, so only the receiver's leaving ends the run.
            if flow.is_break() && self.is_left() {
                return;
            }
        }
        let _ = self.flush();
    }

    fn is_left(&mut self) -> bool {
        self.sender.send(std::mem::take(&mut self.batch)).is_err()
    }

    fn push(&mut self, work: Work, bytes: u64) -> ControlFlow<()> {
        self.batch.push(work);
        self.bytes += bytes;
        if BATCH_DOCUMENTS_MAX <= self.batch.len() || BATCH_BYTES_MAX <= self.bytes {
            return self.flush();
        }
        ControlFlow::Continue(())
    }

    fn flush(&mut self) -> ControlFlow<()> {
        self.bytes = 0;
        match self.sender.send(std::mem::take(&mut self.batch)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// Ids of a run: the same name twice becomes `name` and `name~2`.
#[derive(Debug, Default)]
struct Ids(HashMap<String, u32>);

impl Ids {
    fn make_unique(&mut self, id: &mut String) {
        let Some(n) = self.0.get_mut(id) else {
            self.0.insert(id.clone(), 1);
            return;
        };
        let mut found = *n;
        let name = loop {
            found += 1;
            let name = format!("{id}~{found}");
            if !self.0.contains_key(&name) {
                break name;
            }
        };
        self.0.insert(std::mem::replace(id, name.clone()), found);
        self.0.insert(name, 1);
    }
}

/// Unpacks and reads bytes that are in memory.
pub(crate) fn of_bytes(location: &str, bytes: &[u8], mut each: impl FnMut(Part)) {
    let limits = Limits::default();
    let _ = containers::unpack_bytes(location, bytes, &limits, &mut |item| {
        each(part_of(item, &limits));
        ControlFlow::Continue(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut ids = Ids::default();
        let mut given = ["a", "a~2", "a", "a", "b", "a~2"].map(str::to_owned);
        given.iter_mut().for_each(|it| ids.make_unique(it));
        assert_eq!(given, ["a", "a~2", "a~3", "a~4", "b", "a~2~2"]);
    }

    fn rows(paths: &[PathBuf], threads: usize) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        let read = || {
            read_each(
                paths,
                &crate::Silent,
                |part| part.articles.len(),
                |part, _| {
                    rows.extend(part.articles.into_iter().map(|it| (it.report.id, it.report.location)));
                    ControlFlow::Continue(())
                },
            )
        };
        crate::pool(threads).expect("threads").install(read).expect("there are reports");
        rows
    }

    #[test]
    fn the_order_is_that_of_the_places_for_any_number_of_threads() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for ix in 0..2 * BATCH_DOCUMENTS_MAX {
            let name = dir.path().join(format!("{}/{}.txt", ix % 2, ix / 2));
            std::fs::create_dir_all(name.parent().expect("a folder")).expect("can be made");
            std::fs::write(name, format!("Report {ix}.")).expect("can be written");
        }
        let paths = [dir.path().join("1"), dir.path().join("0")];
        let found = rows(&paths, 1);
        assert_eq!(found.len(), 2 * BATCH_DOCUMENTS_MAX);
        assert!(found.is_sorted_by(|a, b| a.1 < b.1));
        assert_eq!(found[0].0, "0");
        assert_eq!(found[BATCH_DOCUMENTS_MAX].0, "0~2");
        let turned = [paths[1].clone(), paths[0].clone()];
        assert_eq!(found, rows(&turned, 4));
    }
}
