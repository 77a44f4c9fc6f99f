//! Forms of attribution that are plain to see and that the learned steps miss or cut wrongly, each a rule of its own.

mod borders;
mod chains;
mod lines;
mod nested;
mod nouns;
mod phrases;

use super::attribution::Attribution;
use super::contents::{Candidate, Way};
use super::sources::{Link, Source};
use crate::view::View;

/// Adds what is missing, and puts right what a parse turned round.
pub(crate) fn add(view: &View<'_>, kept: &mut Vec<Attribution>) {
    borders::cut(view, kept);
    lines::add(view, kept);
    phrases::add(view, kept);
    nouns::add(view, kept);
    chains::split(view, kept);
    nested::add(view, kept);
    kept.iter_mut().for_each(|it| speaks_as_cited(view, it));
    kept.retain(|it| !is_about_the_source(view, it));
    kept.sort_by_key(|it| (it.cue, it.within));
}

/// "“…,” North Wire cited the militia's website.": the words are those of whom somebody cites.
fn speaks_as_cited(view: &View<'_>, it: &mut Attribution) {
    if !matches!(view.lemma_of(it.cue), "cite" | "quote") || !matches!(it.source.link, Link::Subject) {
        return;
    }
    // Only behind the words themselves: "North Wire cited a website on the strike" is North Wire's account.
    if it.cue < it.content.parts[0].0 {
        return;
    }
    let inside = |at: usize| it.content.parts[..it.content.n_parts].iter().any(|part| (part.0..=part.1).contains(&at));
    let Some(cited) = view.child(it.cue, &["dobj"]).filter(|at| !inside(*at) && !passive(view, it.cue)) else { return };
    let (first, last) = view.edges(cited);
    let last = (first..=last).take_while(|at| *at <= cited || view.word(*at) != ",").last().unwrap_or(cited);
    it.source = Source { link: Link::After, head: cited, first, last, cut: 1 };
}

/// "who asked not to be named": said about the source, not by it.
fn is_about_the_source(view: &View<'_>, it: &Attribution) -> bool {
    const HIDDEN: &[&str] = &["name", "identify", "quote", "cite"];
    let (first, last) = it.content.parts[0];
    let words = first..=last.min(first + 6);
    (matches!(view.lemma_of(it.cue), "ask" | "decline" | "refuse" | "request" | "want" | "wish" | "insist")
        && words
            .clone()
            .any(|at| HIDDEN.contains(&view.lemma_of(at)) && view.dep_of(at) != "ROOT" && passive(view, at)))
        || words.clone().any(|at| view.lemma_of(at) == "anonymity")
}

fn passive(view: &View<'_>, ix: usize) -> bool {
    view.child(ix, &["auxpass"]).is_some()
}

/// Those of the sentence that token `ix` stands in; `kept` is sorted by cue.
fn of_sentence<'k>(view: &View<'_>, kept: &'k [Attribution], ix: usize) -> &'k [Attribution] {
    let (first, end) = view.sentence(ix);
    let from = kept.partition_point(|it| it.cue < first);
    let to = kept.partition_point(|it| it.cue < end);
    &kept[from..to.max(from)]
}

/// A stretch of tokens, both ends included.
type Stretch = (usize, usize);

/// An attribution that a rule found.
fn made(view: &View<'_>, cue: usize, content: Stretch, source: Stretch, head: usize) -> Attribution {
    Attribution {
        cue,
        cue_span: view.span(cue),
        content: Candidate { way: Way::SentenceBefore, parts: [content, (0, 0), (0, 0)], n_parts: 1 },
        source: Source { link: Link::After, head, first: source.0, last: source.1, cut: 0 },
        score: 0.8,
        evidence: [0.0; 10],
        within: None,
    }
}

/// The noun phrase round `head`, without clauses, asides and lists that hang on it.
pub(super) fn phrase(view: &View<'_>, head: usize) -> Stretch {
    let (mut first, mut last) = view.edges(head);
    if let Some(tail) = view
        .children(head)
        .find(|it| *it > head && matches!(view.dep_of(*it), "relcl" | "acl" | "punct" | "advcl" | "ccomp" | "appos"))
    {
        last = view.edges(tail).0.saturating_sub(1).max(head);
    }
    while first < head && (view.is_punct(first) || view.dep_of(first) == "cc") {
        first += 1;
    }
    while last > head && view.is_punct(last) {
        last -= 1;
    }
    (first, last)
}
