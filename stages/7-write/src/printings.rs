//! A statement in the words of another report that prints it, where those of the fullest printing cannot be told.

use rapporteur_model::{Anchor, CitedSentence, Claim, Content, Nature, Span, StatementContent, TokenIx};

use crate::plan::Draft;
use crate::view::View;
use crate::witness::shown;

/// So many printings of a statement are tried.
const PRINTINGS_MAX: usize = 6;

impl Draft<'_> {
    /// The claim with each of its printings as the one that is shown: the fullest first, then the longest.
    pub(crate) fn printings(&self, ix: usize) -> Vec<Claim> {
        let claim = &self.view.claims[ix];
        let Content::Statement(statement) = &claim.content else { return Vec::new() };
        let first = shown(claim);
        let mut others: Vec<Anchor> = claim.support.clone();
        others.retain(|it| {
            first.is_none_or(|first| it.report != first.report || !it.span.overlaps(first.span))
                && !self.view.is_rewrite(it.report)
                && !self.view.is_of_another_time(it.report)
        });
        others.sort_by_key(|it| (std::cmp::Reverse(it.span.len()), *it));
        let others = others.into_iter().filter_map(|it| printed(self.view, statement, it));
        let mut found = vec![claim.clone()];
        // Where reports give the words to different people, only the first is who said them.
        let is_disputed = claim.variants.iter().any(|it| it.nature == Nature::Attribution);
        let others = others.filter(|_| !is_disputed);
        found.extend(others.map(|it| Claim { content: Content::Statement(it), ..claim.clone() }));
        found.truncate(PRINTINGS_MAX);
        found
    }

    /// A sentence in the words of one printing, with its places.
    pub(crate) fn cite_printing(&self, ix: usize, printing: &Claim, text: &str) -> Option<CitedSentence> {
        CitedSentence::new(text, self.citations(printing, text)).and_then(|it| self.labelled(ix, it))
    }
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
