//! How good is it? Corpus readers, measures, floors, and the figures of other programs beside ours.
//!
//! ```text
//! corpora -> tasks (ask a System, take predictions in code points) -> measures -> floors, peers, results
//! ```
//!
//! The corpora are not part of the repository; an evaluation folder is named by `RAPPORTEUR_EVAL`.

// A harness for people at a terminal: it says what it leaves out.
#![allow(clippy::print_stderr)]

pub mod chance;
pub mod conflicts;
pub mod corpora;
pub mod floors;
mod gold;
pub mod hostile;
pub mod lineages;
pub mod measures;
pub mod ours;
pub mod peers;
pub mod predictions;
pub mod results;
pub mod system;
pub mod tasks;

/// A half-open range in code points of a text, as corpora count.
pub type Points = (usize, usize);

/// What went wrong, in words; the harness is a program for people.
pub type Outcome<T> = Result<T, String>;
