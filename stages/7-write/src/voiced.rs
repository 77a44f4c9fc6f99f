//! Words that somebody spoke: they are told with who says so, or not at all.
//!
//! A sentence in the middle of a long quotation has no mark of its own, and what one report prints in marks another prints as
//! a line, a caption or a list of reactions without any. Both are somebody's words, not a report's account.

use std::collections::HashSet;

use rapporteur_model::{Anchor, Span};
use rapporteur_text::{hash_folded, hash_run, words};

use crate::standing::outside_marks;
use crate::view::View;

/// Words in a row that are compared. Fewer are ordinary phrases.
const ROW_WORDS: usize = 6;
/// With so much of its rows inside marks elsewhere, a sentence is what is spoken there.
const SPOKEN_MIN: f32 = 0.6;

/// Whether a place is somebody's words: inside quotation marks in its own report, or word for word in those of another.
pub(crate) fn is_spoken(view: &View<'_>, at: Anchor) -> bool {
    is_inside_marks(view, at) || !says_whose(view, at) && is_quoted_elsewhere(view, at)
}

/// Whether a place lies between marks that the report's quotations have.
pub(crate) fn is_inside_marks(view: &View<'_>, at: Anchor) -> bool {
    let quotes = &view.report(at.report).annotations.quotes;
    quotes.iter().flat_map(|it| &it.quoted).any(|it| it.contains(at.span))
}

/// Whether marks that its paragraph has opened are not closed before a sentence, nor in it.
pub(crate) fn is_in_open_marks(view: &View<'_>, sentence: Anchor) -> bool {
    let report = view.report(sentence.report);
    let text = report.text();
    let Some(block) = report.article.blocks.iter().find(|it| it.span.contains(sentence.span)) else { return false };
    let from = sentence.span.start() as usize;
    let before = &text[block.span.start() as usize..from];
    let inside = sentence.span.of(text).trim_end();
    let n = |c: char| before.matches(c).count();
    let open = n('”') < n('“') || n('"') % 2 == 1 && n('“') == 0;
    // An inch or a slip: the mark must be closed in the sentence or behind it, or run to the paragraph's end.
    open && !inside.contains(['“', '"'])
        || inside.starts_with(['“', '"']) && !inside.chars().skip(1).any(|it| matches!(it, '”' | '"'))
}

/// Whether somebody says it in the same place.
fn says_whose(view: &View<'_>, at: Anchor) -> bool {
    let quotes = &view.report(at.report).annotations.quotes;
    let meets = |it: &Span| it.overlaps(at.span);
    quotes.iter().any(|it| !it.speakers.is_empty() && (it.cue.iter().any(meets) || it.content.iter().any(meets)))
}

fn is_quoted_elsewhere(view: &View<'_>, at: Anchor) -> bool {
    // What the sentence itself prints in marks is told in marks.
    let own = rows(&outside_marks(&view.line(at)));
    if own.is_empty() {
        return false;
    }
    let spoken = view.spoken();
    let n_spoken = own.iter().filter(|it| spoken.contains(*it)).count();
    SPOKEN_MIN * own.len() as f32 <= n_spoken as f32
}

/// All rows of words inside the marks of the story's reports, for asking whether one is there.
pub(crate) fn rows_in_marks(view: &View<'_>) -> HashSet<u64> {
    let mut found = HashSet::new();
    for ix in view.story {
        let quotes = &view.report(*ix).annotations.quotes;
        found.extend(quotes.iter().flat_map(|it| &it.quoted).flat_map(|it| rows(it.of(view.report(*ix).text()))));
    }
    found
}

/// Every few words in a row of a text, hashed without case and marks.
fn rows(text: &str) -> Vec<u64> {
    let all: Vec<u64> = words(text).map(|it| hash_folded(it.text)).collect();
    all.windows(ROW_WORDS).map(hash_run).collect()
}
