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
mod sources;
#[doc(hidden)]
pub mod training;
mod view;
mod weights;

use rapporteur_model::{Quote, QuoteForm, QuoteKind, SentenceIx, Span};

use super::Found;
use crate::Context;
use attribution::Attribution;
use sources::Link;
use view::View;
use weights::Weights;

/// Surer than this is kept: best joint F1 over five folds of the training articles.
const SCORE_MIN: f32 = 0.42;

/// Finds them.
pub(crate) fn find(context: &Context<'_>) -> Found {
    Found::Quotes(with_weights(context, Weights::shared(), SCORE_MIN))
}

pub(crate) fn with_weights(context: &Context<'_>, weights: &Weights, score_min: f32) -> Vec<Quote> {
    let view = View::new(context);
    let found = attribution::find(&view, weights);
    let kept = attribution::keep(&view, &found, score_min);
    kept.iter().map(|it| record(&view, it)).collect()
}

fn record(view: &View<'_>, it: &Attribution) -> Quote {
    let content: Vec<Span> = it.content.spans(view);
    let sentence = view.sentence_of[it.cue] as usize;
    Quote {
        kind: QuoteKind::Indirect,
        form: QuoteForm::Statement,
        source: if it.source.link == Link::Nobody { Vec::new() } else { vec![view.cover(it.source.first, it.source.last)] },
        cue: vec![it.cue_span],
        content,
        quoted: Vec::new(),
        speakers: Vec::new(),
        addressee: None,
        date: None,
        place: None,
        nested_in: None,
        sentence: SentenceIx::from(sentence),
        score: it.score,
        repeat: view.known.sentences.get(sentence).is_some_and(|it| it.repeat),
    }
}
