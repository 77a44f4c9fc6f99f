//! Negation, doubt and who says so: the verbs of a claimed sentence against the same verbs at the places that tell it.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, Annotations, QuoteForm, ReportIx, Span, TokenIx};
use rapporteur_text::fold;

use super::facts::Finding;
use super::windows::{Claimed, Fit, same_stem};
use crate::cast::CastIx;
use crate::story::View;

/// How sure a verb is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// It was, it is.
    Sure,
    /// It will be, is to be.
    Coming,
    /// It may be, is said or feared to be.
    Open,
}

/// All findings about verbs and speakers.
pub(super) fn findings(view: &View<'_>, claimed: &Claimed, places: &[&Fit]) -> Vec<Finding> {
    let mut found = moods(view, claimed, places);
    found.extend(speakers(view, claimed, places));
    found
}

fn moods(view: &View<'_>, claimed: &Claimed, places: &[&Fit]) -> Vec<Finding> {
    let known = &view.report(claimed.report).annotations;
    let text = view.report(claimed.report).text();
    let mut found = Vec::new();
    for verb in claimed.tokens.clone().filter(|it| is_verb(known, *it)) {
        let lemma = fold(known.lemma(TokenIx::from(verb)));
        let mut same: Vec<(Anchor, bool, Told)> = Vec::new();
        for fit in places {
            let theirs = &view.report(fit.place.report).annotations;
            for other in view.tokens(fit.place).filter(|it| is_verb(theirs, *it)) {
                let word = fold(theirs.lemma(TokenIx::from(other)));
                if word == lemma || same_stem(&word, &lemma) {
                    let at = Anchor::new(fit.place.report, theirs.tokens[other].span);
                    same.push((at, negated(theirs, other), told(theirs, other)));
                }
            }
        }
        if same.is_empty() {
            continue;
        }
        let (no, how) = (negated(known, verb), told(known, verb));
        let words = known.tokens[verb].span;
        if let Some(first) = same.first().filter(|_| same.iter().all(|it| it.1 != no)) {
            let because = format!(
                "“{}” is {} here; {} says the reverse",
                words.of(text),
                if no { "denied" } else { "stated" },
                view.report(first.0.report).id()
            );
            found.push(Finding { words, because, rival: Some(first.0) });
        } else if let Some(first) = same.first().filter(|_| same.iter().all(|it| apart(it.2, how))) {
            let as_told = |it: Told| match it {
                Told::Sure => "as a fact",
                Told::Coming => "as lying ahead",
                Told::Open => "as possible",
            };
            let because = format!(
                "“{}” is told {}; {} has it {}",
                words.of(text),
                as_told(how),
                view.report(first.0.report).id(),
                as_told(first.2)
            );
            found.push(Finding { words, because, rival: Some(first.0) });
        }
    }
    found
}

/// What is set for a day and what took place differ, and both differ from what is only possible.
fn apart(a: Told, b: Told) -> bool {
    a != b
}

fn is_verb(known: &Annotations, ix: usize) -> bool {
    let token = &known.tokens[ix];
    token.pos == "VERB" && !matches!(token.dep, "aux" | "auxpass" | "amod" | "compound")
}

fn children(known: &Annotations, ix: usize) -> impl Iterator<Item = usize> + '_ {
    let near = ix.saturating_sub(CHILD_TOKENS_MAX)..known.tokens.len().min(ix + CHILD_TOKENS_MAX);
    near.filter(move |it| *it != ix && known.tokens[*it].head.ix() == ix)
}

/// A verb's own words stand at most so far from it.
const CHILD_TOKENS_MAX: usize = 40;

/// "did not", "never", "no one", "refused to", "without".
fn negated(known: &Annotations, verb: usize) -> bool {
    let lemma = |ix: usize| known.lemma(TokenIx::from(ix)).to_lowercase();
    let own = children(known, verb).any(|it| {
        let word = lemma(it);
        known.tokens[it].dep == "neg"
            || matches!(
                word.as_str(),
                "never" | "no-one" | "nobody" | "nothing" | "none" | "neither" | "nor" | "hardly"
            )
            || children(known, it).any(|below| known.tokens[below].dep == "det" && lemma(below) == "no")
    });
    let head = known.tokens[verb].head.ix();
    let over = head != verb
        && matches!(known.tokens[verb].dep, "xcomp" | "pcomp")
        && matches!(lemma(head).as_str(), "refuse" | "fail" | "decline" | "deny" | "without");
    own != over
}

/// How sure: by modals, "expected to", "allegedly", "whether".
fn told(known: &Annotations, verb: usize) -> Told {
    let lemma = |ix: usize| known.lemma(TokenIx::from(ix)).to_lowercase();
    let mut found = Told::Sure;
    for child in children(known, verb) {
        let word = lemma(child);
        match known.tokens[child].dep {
            "aux" => match word.as_str() {
                "may" | "might" | "could" | "would" | "should" | "can" | "must" => return Told::Open,
                "will" | "shall" | "'ll" | "wo" => found = Told::Coming,
                _ => {}
            },
            "mark" | "advmod"
                if matches!(
                    word.as_str(),
                    "whether" | "if" | "reportedly" | "allegedly" | "possibly" | "perhaps" | "probably" | "likely"
                ) =>
            {
                return Told::Open;
            }
            _ => {}
        }
    }
    let token = &known.tokens[verb];
    let head = token.head.ix();
    let to = children(known, verb).any(|it| known.tokens[it].tag == "TO");
    if to && head != verb {
        return match lemma(head).as_str() {
            "expect" | "plan" | "schedule" | "set" | "due" | "be" | "agree" | "decide" | "go" | "promise"
            | "pledge" | "vow" | "intend" | "prepare" | "announce" => Told::Coming,
            "hope" | "want" | "seek" | "try" | "ask" | "urge" | "demand" | "call" | "propose" | "offer"
            | "consider" | "likely" | "threaten" | "appear" | "seem" | "wish" | "order" | "need" | "able"
            | "unlikely" => Told::Open,
            _ => found,
        };
    }
    found
}

/// Whose words the sentence says they are, against whose the reports say they are.
fn speakers(view: &View<'_>, claimed: &Claimed, places: &[&Fit]) -> Vec<Finding> {
    let known = &view.report(claimed.report).annotations;
    let text = view.report(claimed.report).text();
    let mut found = Vec::new();
    for quote in known
        .quotes
        .iter()
        .filter(|it| it.content.iter().any(|it| it.overlaps(claimed.span)) && it.form != QuoteForm::NonStatement)
    {
        let ours = cast_of(view, claimed.report, &quote.speakers);
        let content: Vec<Span> = quote.content.iter().copied().filter(|it| it.overlaps(claimed.span)).collect();
        let (Some(source), false) = (quote.source.first().copied(), ours.is_empty()) else { continue };
        let mut theirs: Vec<(Anchor, BTreeSet<CastIx>)> = Vec::new();
        let mut unknown = false;
        for fit in places {
            for other in &view.report(fit.place.report).annotations.quotes {
                let meets = other.content.iter().any(|it| it.overlaps(fit.place.span));
                if !meets || !tells_the_same(view, claimed.report, &content, fit.place.report, &other.content) {
                    continue;
                }
                let who = cast_of(view, fit.place.report, &other.speakers);
                unknown |= who.is_empty();
                if !who.is_empty() {
                    let at = other.source.first().copied().unwrap_or(fit.place.span);
                    theirs.push((Anchor::new(fit.place.report, at), who));
                }
            }
        }
        // Ours may stand beside it in another role: "the Kremlin said", "its spokesman told".
        let beside = places.iter().any(|fit| {
            let at = super::facts::around(view, fit.place);
            view.report(fit.place.report).annotations.mentions.iter().any(|it| {
                let who = it.actor.and_then(|it| view.cast.of(fit.place.report, it));
                it.span.overlaps(at) && who.is_some_and(|it| ours.contains(&it))
            })
        });
        unknown |= beside;
        let another = theirs.first().filter(|_| !unknown && theirs.iter().all(|it| it.1.is_disjoint(&ours)));
        if let Some((at, who)) = another {
            let names: Vec<&str> = who.iter().map(|it| view.cast.member(*it).party.name.as_str()).collect();
            let because =
                format!("“{}”: in {} {} says it", source.of(text), view.report(at.report).id(), names.join(" and "));
            found.push(Finding { words: source, because, rival: Some(*at) });
        }
    }
    found
}

fn cast_of(view: &View<'_>, report: ReportIx, list: &[rapporteur_model::ActorIx]) -> BTreeSet<CastIx> {
    list.iter().filter_map(|it| view.cast.of(report, *it)).filter(|it| view.cast.is_named(*it)).collect()
}

/// Whether most of the words of one content stand in another.
fn tells_the_same(view: &View<'_>, a: ReportIx, ours: &[Span], b: ReportIx, theirs: &[Span]) -> bool {
    let words = |report: ReportIx, list: &[Span]| -> BTreeSet<String> {
        list.iter().flat_map(|it| view.terms(Anchor::new(report, *it))).collect()
    };
    let (ours, theirs) = (words(a, ours), words(b, theirs));
    let both = ours.iter().filter(|it| super::windows::has(&theirs, it)).count();
    !ours.is_empty() && both as f32 >= SAME_CONTENT_MIN * ours.len() as f32
}

/// This share of the words makes two contents one.
const SAME_CONTENT_MIN: f32 = 0.6;
