//! Tasks: a corpus and what is measured on it.

mod actors;
mod acts;
pub mod conflicts;
pub mod copies;
pub mod events;
mod figures;
pub mod lineages;
mod pages;
mod quotes;
mod read;
mod stories;
mod times;
mod verify;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

use rapporteur_model::Annotated;

use crate::measures::Scores;
use crate::predictions::Edge;
use crate::system::{Input, System};
use crate::{Outcome, gold};

/// What a task answers.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Its figures.
    pub scores: Scores,
    /// What was missed or made up, a line each, for reading.
    pub misses: Vec<String>,
}

/// One task. Tests, help and the results page walk the table.
pub struct Task {
    /// Name on the command line; `quotes` also means `quotes-dev`.
    pub name: &'static str,
    /// What it is, for the results page.
    pub what: &'static str,
    /// Files and folders below the evaluation folder; their hash goes with the floors.
    pub corpus: &'static [&'static str],
    /// Figures that have floors, the first of them the one to quote. Higher is better for all.
    pub pinned: &'static [&'static str],
    /// Whether it runs only when it is named.
    pub on_request: bool,
    /// Asks the system and measures.
    pub run: fn(&Context<'_>) -> Outcome<Answer>,
}

/// All tasks, in the order they run and are shown.
pub const TASKS: &[Task] = &[
    gold::TASK,
    quotes::DEV,
    quotes::TRAIN,
    times::TIMEBANK,
    times::AQUAINT,
    figures::TASK,
    read::TASK,
    pages::BODY,
    pages::CHECKED,
    pages::DATED,
    pages::PASTED,
    acts::PLOVER,
    acts::PETRARCH,
    events::ECBPLUS,
    actors::TASK,
    stories::NEWSCLUSTER,
    stories::WIKINEWS,
    stories::BASIL,
    copies::TASK,
    lineages::TENTH,
    lineages::FULL,
    verify::TASK,
    conflicts::TASK,
];

/// What a task works with.
pub struct Context<'a> {
    /// The evaluation folder.
    pub folder: PathBuf,
    /// The program under test.
    pub system: &'a dyn System,
    /// Corpora that two tasks read are annotated once.
    kept: RefCell<BTreeMap<String, Rc<Vec<Annotated>>>>,
}

impl<'a> Context<'a> {
    /// Over an evaluation folder.
    pub fn new(folder: PathBuf, system: &'a dyn System) -> Context<'a> {
        Context { folder, system, kept: RefCell::default() }
    }

    /// A file or folder of the corpus.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The inputs, annotated as one run. `name` is what the corpus is kept under.
    pub fn annotate(&self, name: &str, inputs: &[Input]) -> Rc<Vec<Annotated>> {
        if let Some(kept) = self.kept.borrow().get(name) {
            return Rc::clone(kept);
        }
        let annotated = Rc::new(self.system.annotate(inputs));
        self.kept.borrow_mut().insert(name.to_owned(), Rc::clone(&annotated));
        annotated
    }

    /// The inputs annotated each on its own, with the way back to their code points.
    pub fn each<T>(&self, inputs: &[Input], take: impl Fn(&Annotated, &Edge) -> T) -> Vec<T> {
        let annotated = self.system.annotate(inputs);
        inputs.iter().zip(&annotated).map(|(input, it)| take(it, &Edge::new(input, &it.article))).collect()
    }
}

/// The words at a range of code points, on one line.
pub fn words(input: &Input, at: (usize, usize)) -> String {
    let text = String::from_utf8_lossy(&input.bytes);
    let words: String = text.chars().skip(at.0).take(at.1.saturating_sub(at.0)).collect();
    words.split_whitespace().collect::<Vec<&str>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Silent;

    #[test]
    fn tasks_have_different_names_and_something_pinned() {
        let mut names: Vec<&str> = TASKS.iter().map(|it| it.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TASKS.len());
        assert!(TASKS.iter().all(|it| !it.pinned.is_empty() && !it.corpus.is_empty()));
    }

    #[test]
    fn finding_nothing_is_measured_without_a_stumble() {
        let Some(folder) = crate::corpora::folder() else {
            eprintln!("left out: no evaluation folder (RAPPORTEUR_EVAL)");
            return;
        };
        let context = Context::new(folder, &Silent);
        for task in TASKS.iter().filter(|it| !it.on_request) {
            let answer = (task.run)(&context).unwrap_or_else(|why| panic!("{}: {why}", task.name));
            for (name, value) in &answer.scores.0 {
                assert!(value.is_finite(), "{} {name}: {value}", task.name);
            }
            for name in task.pinned {
                assert!(answer.scores.get(name).is_some(), "{}: nothing is called {name}", task.name);
            }
        }
    }
}
