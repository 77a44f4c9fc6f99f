//! "It", "they": states, bodies, peoples and groups that a pronoun may mean. What two may be is nobody.

use rapporteur_model::{ActorIx, ActorKind, MentionUse};

use super::pronouns::{Before, Earlier, Resolved, is_subject};
use crate::view::View;

/// "it", "its": a state or body that acts earlier in the same sentence.
pub(super) fn body(before: &Before<'_, '_>, ix: usize) -> Option<Resolved> {
    let Before { view, cast, seen, .. } = *before;
    if view.word(ix).ends_with("self") {
        return reflexive(before, ix);
    }
    // "it is clear that": nothing is meant.
    if view.dep_of(ix) == "expl"
        || view.dep_of(ix) == "nsubj"
            && view.lemma_of(view.head(ix)) == "be"
            && view.child(view.head(ix), &["ccomp", "advcl", "xcomp"]).is_some()
    {
        return None;
    }
    let sentence = view.sentence_of[ix];
    let mut best: Option<(ActorIx, f32)> = None;
    let mut others = false;
    for it in seen.iter().rev().take_while(|it| view.sentence_of[it.token] == sentence) {
        let actor = &cast.actors[it.actor.ix()];
        if !matches!(actor.kind, ActorKind::State | ActorKind::Organisation)
            || !matches!(it.usage, MentionUse::Actor | MentionUse::Metonym)
            || it.is_pronoun && best.is_some()
        {
            continue;
        }
        if view.marked_of[it.token] != view.marked_of[ix] {
            continue;
        }
        let score = if is_subject(view, it.token) || announces(view, ix, it.token) { 2.0 } else { 1.0 };
        match best {
            None => best = Some((it.actor, score)),
            Some((actor, s)) if actor != it.actor => {
                if score > s {
                    best = Some((it.actor, score));
                    others = false;
                } else if score == s {
                    others = true;
                }
            }
            Some((actor, s)) => best = Some((actor, s.max(score))),
        }
    }
    let (actor, score) = best?;
    // A thing named in between may be meant as well as the state: only possessives and clear cases, or a verb that
    // takes one who acts ("territory it did not control").
    let is_possessive = view.dep_of(ix) == "poss";
    if score < 2.0 && (others || !is_possessive && !does(before, ix)) {
        return None;
    }
    let score = if is_possessive { 0.75 } else { 0.6 };
    Some(Resolved { token: ix, actor: Some(actor), score, how: "pronoun-body" })
}

/// Verbs of those who act, beside the verbs of saying and of acts.
const DOING: &[&str] = &[
    "control", "own", "hold", "govern", "rule", "want", "need", "intend", "plan", "decide", "consider", "hope",
    "believe", "prefer", "fear", "field", "employ", "operate", "run", "owe", "claim",
];

/// Whether the pronoun is the subject of a verb whose subject acts or speaks, in a clause that hangs on another.
fn does(before: &Before<'_, '_>, ix: usize) -> bool {
    let view = before.view;
    let verb = view.head(ix);
    view.dep_of(ix) == "nsubj"
        && view.pos_of(verb) == "VERB"
        && matches!(view.dep_of(verb), "relcl" | "acl" | "advcl" | "ccomp")
        && ((1..100).contains(&view.saying[verb])
            || DOING.contains(&view.lemma_of(verb))
            || before.lexicon.verb_triggers(view.lemma_of(verb)).next().is_some())
}

/// "itself", "themselves": the subject of the clause, by name or by a pronoun whose meaning is known.
fn reflexive(before: &Before<'_, '_>, ix: usize) -> Option<Resolved> {
    let Before { view, seen, .. } = *before;
    let known = |token: usize| seen.iter().rev().take(24).find(|it| it.token == token).map(|it| it.actor);
    // "Norway itself": said again of the word before.
    let beside = ix.checked_sub(1).filter(|it| matches!(view.dep_of(ix), "appos" | "npadvmod") && view.head(ix) == *it);
    let subject = crate::extractors::quotes::subject_of(view, super::pronouns::clause(view, ix)).map(|it| it.0);
    let actor = beside.and_then(known).or_else(|| subject.and_then(known)).or_else(|| {
        // "for them to stand up for themselves": the pronoun before is the subject, whatever the parse.
        let wanted: &[&str] = if view.word(ix) == "itself" { &["it"] } else { &["they", "them"] };
        let (first, _) = view.sentence(ix);
        let before_it = (first.max(ix.saturating_sub(12))..ix).rev();
        let same = before_it.clone().find(|it| wanted.iter().any(|word| word.eq_ignore_ascii_case(view.word(*it))));
        same.and_then(known)
    })?;
    Some(Resolved { token: ix, actor: Some(actor), score: 0.8, how: "reflexive" })
}

/// "an announcement from the Netherlands that it would pay": whose announcement it is.
fn announces(view: &View<'_>, ix: usize, candidate: usize) -> bool {
    let verb = view.head(ix);
    let noun = view.head(verb);
    matches!(view.dep_of(verb), "acl" | "ccomp" | "relcl")
        && view.pos_of(noun) == "NOUN"
        && (view.head(candidate) == noun && view.dep_of(candidate) == "poss"
            || view.dep_of(candidate) == "pobj" && view.head(view.head(candidate)) == noun)
}

/// "they": a people or group named shortly before; else the one body that speaks or stands in the same words.
pub(super) fn people(before: &Before<'_, '_>, ix: usize) -> Option<Resolved> {
    let Before { view, cast, seen, .. } = *before;
    if view.word(ix).ends_with("selves") {
        return reflexive(before, ix);
    }
    let sentence = view.sentence_of[ix];
    let near = seen.iter().rev().take_while(|it| sentence - view.sentence_of[it.token] <= 1);
    let is_many = |it: &&Earlier| {
        (it.usage == MentionUse::Demonym || cast.actors[it.actor.ix()].kind == ActorKind::Group)
            && !it.is_pronoun
            && view.marked_of[it.token] == view.marked_of[ix]
    };
    let found: Vec<&Earlier> = near.clone().filter(is_many).collect();
    if let Some(best) = found.iter().find(|it| is_subject(view, it.token)).or_else(|| found.first()) {
        // "Norwegian troops met the farmers, who said they": the last to be a subject is meant as well.
        if others_between(view, best.token, ix) {
            return None;
        }
        return Some(Resolved { token: ix, actor: Some(best.actor), score: 0.6, how: "pronoun-people" });
    }
    one_body(before, ix)
}

/// Whether another plural noun is a subject between two places.
fn others_between(view: &View<'_>, from: usize, to: usize) -> bool {
    (from + 1..to).any(|it| view.tag_of(it) == "NNS" && matches!(view.dep_of(it), "nsubj" | "nsubjpass"))
}

/// "Norway said they would pay", "to help Norway so that they can": the only body there is in the sentence, and no
/// plural noun beside it that could be meant.
fn one_body(before: &Before<'_, '_>, ix: usize) -> Option<Resolved> {
    let Before { view, cast, seen, .. } = *before;
    let sentence = view.sentence_of[ix];
    let (first, _) = view.sentence(ix);
    let mark = view.marked_of[ix];
    let mut only: Option<&Earlier> = None;
    for it in seen.iter().rev().take_while(|it| view.sentence_of[it.token] == sentence) {
        let actor = &cast.actors[it.actor.ix()];
        let is_body = matches!(actor.kind, ActorKind::State | ActorKind::Organisation)
            && matches!(it.usage, MentionUse::Actor | MentionUse::Metonym);
        if view.marked_of[it.token] != mark {
            continue;
        }
        if !is_body || only.is_some_and(|other| other.actor != it.actor) {
            return None;
        }
        only = Some(it);
    }
    let only = only?;
    let is_free = !(first..ix).any(|it| view.marked_of[it] == mark && matches!(view.tag_of(it), "NNS" | "NNPS"));
    is_free.then_some(Resolved { token: ix, actor: Some(only.actor), score: 0.5, how: "pronoun-body" })
}
