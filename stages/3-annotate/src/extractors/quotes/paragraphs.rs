//! Speech that fills a paragraph and has no word of saying: it goes on with who spoke last in the paragraph before.
//!
//! ```text
//! The water rises, Novak says.
//! “It comes over the wall. We stay up all night.”
//! ```

use rapporteur_model::{Quote, QuoteKind};

use super::record::tidy;
use crate::view::View;

/// Shorter ones are titles and words set apart.
const TOKENS_MIN: usize = 8;

/// Adds the speech to the words of who spoke before.
pub(super) fn add(view: &View<'_>, quotes: &mut [Quote]) {
    for at in 0..view.marked.len() {
        let marked = view.marked[at];
        let (first, last) = (view.token_at(marked.outer.start()), view.token_at(marked.outer.end().saturating_sub(1)));
        if marked.single || last < first + TOKENS_MIN || view.n() <= last || first == 0 {
            continue;
        }
        let (block, before) = (view.block_of(first), view.block_of(first - 1));
        let fills = before < block && (last + 1 == view.n() || view.block_of(last + 1) != block);
        let taken = quotes.iter().any(|it| it.content.iter().chain(&it.quoted).any(|it| it.overlaps(marked.inner)));
        if !fills || taken {
            continue;
        }
        let of_before = |it: &&mut Quote| {
            let cue = it.cue.first().map(|it| view.token_at(it.start())).filter(|it| *it < first);
            cue.is_some_and(|it| view.block_of(it) == before)
        };
        let mut speakers: Vec<&mut Quote> = quotes.iter_mut().filter(of_before).filter(|it| !it.source.is_empty()).collect();
        // Of several who speak there, nobody is sure to go on.
        let words = |it: &Quote| it.source.first().map(|it| it.of(view.text).to_lowercase());
        let all_same = speakers.windows(2).all(|it| words(it[0]) == words(it[1]) || is_pronoun(view, it[1]));
        if let Some(last) = speakers.last_mut().filter(|_| all_same) {
            let inner = tidy(view.text, marked.inner);
            last.content.push(inner);
            last.quoted.push(inner);
            if last.kind == QuoteKind::Indirect {
                last.kind = QuoteKind::Mixed;
            }
        }
    }
}

/// "he said" goes on with who was named before it.
fn is_pronoun(view: &View<'_>, quote: &Quote) -> bool {
    quote.source.first().is_some_and(|it| matches!(it.of(view.text).to_lowercase().as_str(), "he" | "she" | "they"))
}
