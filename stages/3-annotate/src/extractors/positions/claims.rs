//! What a speaker says must, should, need or had better be: the speaker's own position.
//!
//! Left alone on purpose: guesses ("that must be hard"), what cannot be done for want of power, questions and conditions
//! ("whether it should", "should he win").

use rapporteur_model::{Position, Quote, QuoteForm, Span, Stance};

use super::{basis_of, innermost, is_negated, issue, trimmed};
use crate::view::View;

/// What a speaker says must, should, cannot be: the speaker's own position.
pub(super) fn required(view: &View<'_>, modal: usize, into: &mut Vec<Position>) {
    if !matches!(view.lemma_of(modal), "must" | "should" | "ought" | "can") {
        return;
    }
    let verb = view.head(modal);
    if is_open(view, modal, verb) || is_guess(view, modal, verb) {
        return;
    }
    let mut negated = is_negated(view, verb);
    // "we cannot allow that" takes a side; "you can't see it from here" does not.
    if view.lemma_of(modal) == "can" && !(negated && REFUSED.contains(&view.lemma_of(verb))) {
        return;
    }
    let at = view.span(modal);
    let Some(quote) = innermost(&view.known.quotes, at) else { return };
    if matches!(quote.form, QuoteForm::Question | QuoteForm::NonStatement | QuoteForm::Document) {
        return;
    }
    // "there must be no dictated peace".
    negated |= view.children(verb).any(|it| view.child(it, &["det"]).is_some_and(|it| view.lemma_of(it) == "no"));
    state(view, quote, at, verb, None, negated, into);
}

/// "no decision without Europeans": a speaker calls for those to take part.
pub(super) fn not_without(view: &View<'_>, noun: usize, into: &mut Vec<Position>) {
    let is_no = view.child(noun, &["det"]).is_some_and(|it| view.lemma_of(it) == "no");
    let (first, last) = view.edges(noun);
    let without = (noun..=last).find(|it| view.word(*it) == "without");
    let Some(whom) = without.filter(|_| is_no).and_then(|it| view.child(it, &["pobj"])) else { return };
    let at = view.span(noun);
    let Some(quote) = spoken(view, at) else { return };
    let about = trimmed(view.text, view.cover(view.edges(whom).0, view.edges(whom).1));
    for actor in &quote.speakers {
        into.push(Position {
            actor: *actor,
            issue: issue(view, about),
            stance: Stance::Support,
            span: trimmed(view.text, view.cover(first, last)),
            basis: basis_of(quote),
            repeat: quote.repeat,
        });
    }
}

/// "could only be resolved with the participation of Malta": a speaker calls for what it takes.
pub(super) fn only_with(view: &View<'_>, modal: usize, into: &mut Vec<Position>) {
    if !matches!(view.lemma_of(modal), "can" | "could" | "may" | "will") {
        return;
    }
    let (verb, at) = (view.head(modal), view.span(modal));
    let is_only = view.children(verb).any(|it| view.lemma_of(it) == "only" && it < verb);
    let needs = view.children(verb).find(|it| {
        verb < *it && view.dep_of(*it) == "prep" && matches!(view.word(*it), "with" | "through" | "by")
    });
    let Some(what) = needs.filter(|_| is_only).and_then(|it| view.child(it, &["pobj"])) else { return };
    let Some(quote) = spoken(view, at) else { return };
    if !is_open(view, modal, verb) {
        state(view, quote, at, verb, Some(what), false, into);
    }
}

/// Puts down the clause of `verb` as the speakers' position.
fn state(
    view: &View<'_>,
    quote: &Quote,
    at: Span,
    verb: usize,
    about: Option<usize>,
    negated: bool,
    into: &mut Vec<Position>,
) {
    let (first, last) = view.edges(verb);
    let clause = view.cover(first, last);
    let content = quote.content.iter().copied().find(|it| it.overlaps(at)).unwrap_or(clause);
    let Some(span) = clause.intersect(content).map(|it| trimmed(view.text, it)) else { return };
    // The issue: what is judged, else the clause from its subject on ("while they fight, peace must …").
    let about = match about {
        Some(about) => view.edges(about),
        None => match view.child(verb, &["nsubj", "nsubjpass", "expl", "csubj"]) {
            Some(subject) => (view.edges(subject).0, last),
            None => (first, last),
        },
    };
    let about = trimmed(view.text, view.cover(about.0, about.1).intersect(content).unwrap_or(span));
    for actor in &quote.speakers {
        into.push(Position {
            actor: *actor,
            issue: issue(view, about),
            stance: if negated { Stance::Oppose } else { Stance::Support },
            span,
            basis: basis_of(quote),
            repeat: quote.repeat,
        });
    }
}

/// Verbs that "cannot" refuses.
const REFUSED: &[&str] = &[
    "accept", "afford", "allow", "let", "permit", "tolerate", "ignore", "abandon", "agree", "reward", "forget",
    "trust", "support", "negotiate", "compromise", "surrender", "concede", "stand", "decide", "continue",
];

/// A question, a condition, or of the speaker alone: nobody's position.
fn is_open(view: &View<'_>, modal: usize, verb: usize) -> bool {
    let subject = view.child(verb, &["nsubj", "nsubjpass", "expl"]);
    let is_inverted = subject.is_some_and(|it| modal < it) && view.child(verb, &["attr"]).is_none_or(|it| modal < it);
    let is_own = subject.is_some_and(|it| matches!(view.word(it), "I" | "you" | "You"));
    let opener = view.child(verb, &["mark", "advmod"]);
    let is_conditional = opener.is_some_and(|it| {
        it < modal && matches!(view.lemma_of(it), "if" | "whether" | "why" | "how" | "when" | "where" | "unless")
    });
    let (first, last) = view.edges(verb);
    let before = first.checked_sub(1).is_some_and(|it| matches!(view.lemma_of(it), "whether" | "if" | "or"));
    is_inverted
        || is_own
        || is_conditional
        || before
        || (first..=last.min(first + 1)).any(|it| view.lemma_of(it) == "whether")
}

/// "That must be hard", "must have known": what the speaker supposes.
fn is_guess(view: &View<'_>, modal: usize, verb: usize) -> bool {
    if view.lemma_of(modal) != "must" {
        return false;
    }
    let is_perfect = view.children(verb).any(|it| view.dep_of(it) == "aux" && view.lemma_of(it) == "have");
    let subject = view.child(verb, &["nsubj"]);
    is_perfect
        || view.lemma_of(verb) == "be"
            && subject.is_some_and(|it| matches!(view.lemma_of(it), "it" | "this" | "that" | "he" | "she"))
            && view.child(verb, &["acomp", "attr"]).is_some()
}

/// "Europe needs to arm", "we need to see that it does not": what a speaker calls for.
pub(super) fn needed(view: &View<'_>, verb: usize, into: &mut Vec<Position>) {
    let at = view.span(verb);
    let Some(what) = view.child(verb, &["xcomp"]).filter(|it| verb < *it) else { return };
    let Some(quote) = spoken(view, at) else { return };
    let subject = view.child(verb, &["nsubj"]);
    let is_own =
        subject.is_none_or(|it| matches!(view.lemma_of(it), "I" | "you" | "he" | "she" | "it" | "that" | "this"));
    // "much still needs to be done" says how things stand.
    let is_still =
        view.children(verb).chain(view.children(what)).any(|it| matches!(view.lemma_of(it), "still" | "only"));
    if is_own || is_still || is_open(view, verb, verb) {
        return;
    }
    let denied = view.child(what, &["ccomp"]).is_some_and(|it| is_negated(view, it));
    state(view, quote, at, verb, None, is_negated(view, verb) != denied, into);
}

/// Words of praise and of blame after "would be".
const GOOD: &[&str] =
    &["better", "good", "best", "wise", "right", "essential", "vital", "important", "necessary", "crucial"];
const BAD: &[&str] = &[
    "mistake", "wrong", "dangerous", "unacceptable", "disaster", "catastrophe", "unthinkable", "unfair", "disgrace",
    "outrage", "terrible", "disastrous", "catastrophic", "unwise", "foolish", "reckless", "irresponsible", "bad",
];

/// "It would be better if they joined", "to pull out would set a dangerous precedent", "any deal would require their
/// consent".
pub(super) fn judged(view: &View<'_>, modal: usize, into: &mut Vec<Position>) {
    if view.lemma_of(modal) != "would" {
        return;
    }
    let (verb, at) = (view.head(modal), view.span(modal));
    let Some(quote) = spoken(view, at) else { return };
    if is_open(view, modal, verb) {
        return;
    }
    let subject = view.child(verb, &["nsubj", "csubj"]);
    let good = match view.lemma_of(verb) {
        "be" => {
            let Some(said) = view.child(verb, &["acomp", "attr"]).filter(|it| modal < *it) else { return };
            // "It would be better": with what would be.
            let is_empty = subject.is_none_or(|it| matches!(view.lemma_of(it), "it" | "that" | "this"));
            if is_empty && view.child(verb, &["advcl", "xcomp", "ccomp", "csubj"]).is_none() {
                return;
            }
            match view.lemma_of(said) {
                it if GOOD.contains(&it) => true,
                "well" if view.word(said) == "better" => true,
                it if BAD.contains(&it) => false,
                _ => return,
            }
        }
        "require" if view.child(verb, &["dobj", "xcomp", "ccomp"]).is_some() && subject.is_some() => true,
        _ => {
            let is_bad = |it: usize| view.children(it).any(|it| BAD.contains(&view.lemma_of(it)));
            let Some(_) = view.child(verb, &["dobj", "attr"]).filter(|it| is_bad(*it)) else { return };
            if subject.is_none_or(|it| view.pos_of(it) == "PRON") {
                return;
            }
            false
        }
    };
    let about = match subject.filter(|it| view.pos_of(*it) != "PRON") {
        Some(subject) if !good => Some(subject),
        Some(_) => None,
        None => view.child(verb, &["advcl", "xcomp", "ccomp", "csubj"]),
    };
    state(view, quote, at, verb, about, good == is_negated(view, verb), into);
}

/// The attribution a place stands in, when it states.
fn spoken<'v>(view: &View<'v>, at: Span) -> Option<&'v Quote> {
    innermost(&view.known.quotes, at)
        .filter(|it| !matches!(it.form, QuoteForm::Question | QuoteForm::NonStatement | QuoteForm::Document))
}
