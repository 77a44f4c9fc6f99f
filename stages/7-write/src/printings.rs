//! A statement in the words of another report that prints it, where those of the fullest printing cannot be told.

use rapporteur_model::{Anchor, Claim, Content, Nature, Span, StatementContent, TokenIx};

use crate::view::View;
use crate::witness::shown;

/// So many printings of a statement are tried.
const PRINTINGS_MAX: usize = 6;

/// The claim with each of its printings as the one that is shown: the fullest first, then the longest.
pub(crate) fn printings<'a>(view: &'a View<'a>, claim: &'a Claim) -> impl Iterator<Item = Claim> + 'a {
    let first = shown(claim);
    // Where reports give the words to different people, only the first is who said them.
    let is_disputed = claim.variants.iter().any(|it| it.nature == Nature::Attribution);
    let mut others: Vec<Anchor> = if is_disputed { Vec::new() } else { claim.support.clone() };
    others.retain(|it| {
        first.is_none_or(|first| it.report != first.report || !it.span.overlaps(first.span))
            && !view.is_rewrite(it.report)
            && !view.is_of_another_time(it.report)
    });
    others.sort_by_key(|it| (std::cmp::Reverse(it.span.len()), *it));
    let others = others.into_iter().filter_map(|at| {
        let Content::Statement(statement) = &claim.content else { return None };
        Some(Claim { content: Content::Statement(printed(view, statement, at)?), ..claim.clone() })
    });
    std::iter::once(claim.clone()).chain(others).take(PRINTINGS_MAX)
}

/// The statement as a report prints it at a place.
fn printed(view: &View<'_>, statement: &StatementContent, at: Anchor) -> Option<StatementContent> {
    let known = &view.report(at.report).annotations;
    let quote = known.quotes.iter().find(|it| it.content.iter().any(|it| it.overlaps(at.span)))?;
    let inside = |it: &Span| {
        let both = Span::new(it.start().max(at.span.start()), it.end().min(at.span.end()).max(at.span.start()));
        (it.overlaps(at.span)).then(|| Anchor::new(at.report, both))
    };
    let cue = *quote.cue.first()?;
    let token = known.tokens.partition_point(|it| it.span.end() <= cue.start());
    Some(StatementContent {
        cue: known.lemma(TokenIx::from(token)).to_lowercase(),
        kind: quote.kind,
        content: quote.content.iter().filter_map(inside).collect(),
        quoted: quote.quoted.iter().filter_map(inside).collect(),
        date: None,
        ..statement.clone()
    })
}
