//! Attributions: who said what, as source + cue + content.
//!
//! ```text
//! words of saying -> content of each -> source of each -> kept or not -> record
//! "warned"           "that … dangerous"  "Kallas"
//! ```
//!
//! Each step chooses among candidates that the parse and the quotation marks offer; what speaks for a candidate was
//! learned from PolNeAR's training articles (`examples/train_quotes.rs`). Content and source never leave their block,
//! but for a speech in marks that follows a colon.
//!
//! Left alone on purpose: marks without a word of saying near them ("so-called"), furniture and captions.

mod attribution;
mod contents;
mod cues;
mod forms;
mod paragraphs;
mod record;
mod sources;
mod speakers;
#[doc(hidden)]
pub mod training;

mod weights;

pub(crate) use cues::subject_of;

use super::Found;
use crate::Context;
use crate::view::View;
use weights::Weights;

/// Surer than this is kept: best joint F1 over five folds of the training articles.
const SCORE_MIN: f32 = 0.32;

/// Finds them.
pub(crate) fn find(context: &Context<'_>) -> Found {
    let view = View::new(context);
    let found = attribution::find(&view, Weights::shared());
    let mut kept = attribution::keep(&view, &found, SCORE_MIN);
    forms::add(&view, &mut kept);
    let mut quotes = record::all(&view, context.lexicon, &kept);
    let added = speakers::name(&view, &mut quotes);
    Found::Quotes(quotes, added.mentions, added.actors)
}
