//! How good is it? Corpus readers, measures, floors, and the figures of other programs beside ours.
//!
//! ```text
//! corpora -> tasks (ask a System, take predictions in code points) -> measures -> floors, peers, results
//! ```
//!
//! The corpora are not part of the repository; an evaluation folder is named by `RAPPORTEUR_EVAL`.

pub mod corpora;
pub mod measures;
pub mod predictions;
pub mod system;

/// A half-open range in code points of a text, as corpora count.
pub type Points = (usize, usize);

/// What went wrong, in words; the harness is a program for people.
pub type Outcome<T> = Result<T, String>;
