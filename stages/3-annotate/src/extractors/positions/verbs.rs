//! Verbs and adjectives that take a side: "backs", "ruled out", "is opposed to", and whose object is the issue.
//!
//! Left alone on purpose: whom somebody urges or calls on, when the report does not say to what; what somebody only wants
//! to know, hear or see; beliefs ("accepts that the earth warms").

use rapporteur_model::{Position, Stance};

use super::{is_negated, is_person, push, turned};
use crate::extractors::quotes::subject_of;
use crate::view::View;

/// Verbs that take a side: lemma, particle or preposition before the issue (empty for an object), side.
/// One line here is all a new verb needs.
const VERBS: &[(&str, &str, Stance)] = &[
    ("support", "", Stance::Support),
    ("back", "", Stance::Support),
    ("favour", "", Stance::Support),
    ("endorse", "", Stance::Support),
    ("welcome", "", Stance::Support),
    ("praise", "", Stance::Support),
    ("want", "", Stance::Support),
    ("demand", "", Stance::Support),
    ("insist", "", Stance::Support),
    ("favor", "", Stance::Support),
    ("advocate", "", Stance::Support),
    ("propose", "", Stance::Support),
    ("accept", "", Stance::Support),
    ("approve", "", Stance::Support),
    ("approve", "of", Stance::Support),
    ("prefer", "", Stance::Support),
    ("urge", "", Stance::Support),
    ("request", "", Stance::Support),
    ("promise", "", Stance::Support),
    ("pledge", "", Stance::Support),
    ("defend", "", Stance::Support),
    ("call", "for", Stance::Support),
    ("push", "for", Stance::Support),
    ("push", "", Stance::Support),
    ("press", "for", Stance::Support),
    ("ask", "for", Stance::Support),
    ("appeal", "for", Stance::Support),
    ("argue", "for", Stance::Support),
    ("insist", "on", Stance::Support),
    ("agree", "to", Stance::Support),
    ("agree", "", Stance::Support),
    ("commit", "to", Stance::Support),
    ("oppose", "", Stance::Oppose),
    ("reject", "", Stance::Oppose),
    ("refuse", "", Stance::Oppose),
    ("resist", "", Stance::Oppose),
    ("condemn", "", Stance::Oppose),
    ("denounce", "", Stance::Oppose),
    ("criticize", "", Stance::Oppose),
    ("criticise", "", Stance::Oppose),
    ("dismiss", "", Stance::Oppose),
    ("block", "", Stance::Oppose),
    ("veto", "", Stance::Oppose),
    ("sideline", "", Stance::Oppose),
    ("exclude", "", Stance::Oppose),
    ("decry", "", Stance::Oppose),
    ("rule", "out", Stance::Oppose),
    ("object", "to", Stance::Oppose),
    ("argue", "against", Stance::Oppose),
    ("warn", "against", Stance::Oppose),
    ("vote", "against", Stance::Oppose),
    ("vote", "for", Stance::Support),
];

/// Adjectives after "be", "remain": lemma, preposition ("" for a clause with "to"), side.
const ADJECTIVES: &[(&str, &str, Stance)] = &[
    ("opposed", "to", Stance::Oppose),
    ("oppose", "to", Stance::Oppose),
    ("hostile", "to", Stance::Oppose),
    ("critical", "of", Stance::Oppose),
    ("wary", "of", Stance::Neutral),
    ("skeptical", "of", Stance::Neutral),
    ("sceptical", "of", Stance::Neutral),
    ("concerned", "about", Stance::Neutral),
    ("worried", "about", Stance::Neutral),
    ("worry", "about", Stance::Neutral),
    ("concern", "about", Stance::Neutral),
    ("alarmed", "by", Stance::Neutral),
    ("alarm", "by", Stance::Neutral),
    ("supportive", "of", Stance::Support),
    ("committed", "to", Stance::Support),
    ("commit", "to", Stance::Support),
    ("open", "to", Stance::Support),
    ("determined", "", Stance::Support),
    ("determine", "", Stance::Support),
    ("willing", "", Stance::Support),
    ("ready", "", Stance::Support),
    ("unwilling", "", Stance::Oppose),
    ("reluctant", "", Stance::Oppose),
];

/// Verbs whose object is whom they turn to; the issue is what that one is to do.
const ADDRESSING: &[&str] = &["urge", "ask", "press", "push", "call", "appeal", "request", "demand"];

/// Verbs of which a clause with "that" is a belief or a report, not a side.
const BELIEVING: &[&str] = &["accept", "agree", "support", "back", "approve", "dismiss", "praise", "welcome", "defend"];

/// What one wants without taking a side.
const IDLE: &[&str] =
    &["know", "hear", "see", "talk", "say", "speak", "appear", "seem", "look", "thank", "ask", "go", "be"];

/// A verb that takes a side, with its subject and what it is about.
pub(super) fn taken(view: &View<'_>, verb: usize, into: &mut Vec<Position>) {
    let lemma = view.lemma_of(verb);
    if !VERBS.iter().any(|it| it.0 == lemma) {
        return;
    }
    let is_passive = view.child(verb, &["auxpass", "nsubjpass"]).is_some();
    if is_passive {
        of_agent(view, verb, into);
        return;
    }
    for (_, small, stance) in VERBS.iter().filter(|it| it.0 == lemma) {
        let object = if small.is_empty() {
            view.children(verb).find(|it| *it > verb && matches!(view.dep_of(*it), "dobj" | "xcomp" | "ccomp"))
        } else {
            let preposition = view
                .children(verb)
                .find(|it| *it > verb && matches!(view.dep_of(*it), "prep" | "prt") && view.word(*it) == *small);
            preposition.and_then(|it| {
                if view.dep_of(it) == "prt" {
                    view.children(verb)
                        .find(|it| *it > verb && matches!(view.dep_of(*it), "dobj" | "xcomp" | "ccomp" | "pcomp"))
                } else {
                    view.child(it, &["pobj", "pcomp"])
                }
            })
        };
        let Some(mut object) = object.filter(|it| *it > verb) else { continue };
        // "backing off", "called out": another verb.
        let is_other = view.child(verb, &["prt"]).is_some_and(|it| view.word(it) != *small);
        if is_other {
            continue;
        }
        if view.dep_of(object) == "ccomp" && BELIEVING.contains(&lemma) {
            continue;
        }
        // "insists that it will stay" is a side, "insists that nothing happened" is not.
        let is_to_come = view.dep_of(object) == "ccomp" && view.children(object).any(|it| view.tag_of(it) == "MD");
        if lemma == "insist" && small.is_empty() && !is_to_come {
            continue;
        }
        if ADDRESSING.contains(&lemma) && matches!(view.dep_of(object), "dobj" | "pobj") && is_person(view, object) {
            let Some(asked) = asked_of(view, verb, object) else { continue };
            object = asked;
        }
        if matches!(lemma, "want" | "prefer")
            && view.pos_of(object) == "VERB"
            && IDLE.contains(&view.lemma_of(object))
            && view.child(object, &["nsubj"]).is_none()
            || matches!(lemma, "want" | "prefer") && view.lemma_of(object) == "be"
        {
            continue;
        }
        // "promised that they would not allow it", "insists that it will not be done".
        let negated =
            is_negated(view, verb) != (matches!(view.dep_of(object), "ccomp" | "xcomp") && is_negated(view, object));
        // "may", "could", "if": nobody's position yet.
        if view.children(verb).any(|it| {
            view.dep_of(it) == "aux"
                && matches!(
                    view.lemma_of(it),
                    "may" | "might" | "could" | "would" | "should" | "must" | "ought" | "shall"
                )
        }) {
            continue;
        }
        let Some((subject, shared)) = subject_of(view, verb).filter(|it| it.1 <= 2) else { continue };
        push(view, subject, verb, object, turned(*stance, negated), shared, into);
        return;
    }
}

/// "The plan was rejected by Belgium": the side of whom it was so by.
fn of_agent(view: &View<'_>, verb: usize, into: &mut Vec<Position>) {
    let side = VERBS.iter().find(|it| it.0 == view.lemma_of(verb) && it.1.is_empty());
    let Some((_, _, stance)) = side else { return };
    let agent = view.child(verb, &["agent"]).and_then(|it| view.child(it, &["pobj"]));
    // "rejected by many": by whom, nobody knows.
    let is_somebody = |it: &usize| matches!(view.pos_of(*it), "NOUN" | "PROPN") && !super::actors_of(view, *it).is_empty();
    let Some(agent) = agent.filter(is_somebody) else { return };
    if view.children(verb).any(|it| view.tag_of(it) == "MD" && view.lemma_of(it) != "will") {
        return;
    }
    // "Europe, which was sidelined by": what the clause hangs on.
    let object = view.child(verb, &["nsubjpass"]).filter(|it| !matches!(view.tag_of(*it), "WDT" | "WP"));
    let above = || (view.dep_of(verb) == "relcl").then(|| view.head(verb));
    let Some(object) = object.or_else(above) else { return };
    push(view, agent, verb, object, turned(*stance, is_negated(view, verb)), 0, into);
}

/// What somebody does or would do: to be concerned about it is to be against it. To be concerned about people or things is
/// to take no side.
const PROPOSALS: &[&str] = &[
    "plan", "proposal", "idea", "deal", "agreement", "move", "decision", "law", "bill", "change", "policy", "reform",
    "offer", "measure", "sanction", "tariff", "draft", "concession", "demand", "attempt", "effort", "intervention",
    "invasion", "annexation", "expansion", "ban", "cut", "build-up", "buildup", "project", "scheme", "treaty",
];

/// "is opposed to", "remain concerned about", "is ready to".
pub(super) fn felt(view: &View<'_>, adjective: usize, into: &mut Vec<Position>) {
    let lemma = view.lemma_of(adjective);
    for (_, small, stance) in ADJECTIVES.iter().filter(|it| it.0 == lemma) {
        let object = if small.is_empty() {
            view.children(adjective).find(|it| *it > adjective && view.dep_of(*it) == "xcomp")
        } else {
            view.children(adjective)
                .find(|it| *it > adjective && matches!(view.dep_of(*it), "prep" | "agent") && view.word(*it) == *small)
                .and_then(|it| view.child(it, &["pobj", "pcomp"]))
        };
        let Some(object) = object else { continue };
        let verb = if view.pos_of(adjective) == "VERB" { adjective } else { view.head(adjective) };
        // "must be willing", "for them to be ready": not yet.
        if view.children(verb).any(|it| matches!(view.tag_of(it), "MD" | "TO") && view.lemma_of(it) != "will") {
            continue;
        }
        let Some((subject, shared)) = subject_of(view, verb) else { continue };
        let against = *stance == Stance::Neutral && PROPOSALS.contains(&view.lemma_of(object));
        let stance = if against { &Stance::Oppose } else { stance };
        push(view, subject, adjective, object, turned(*stance, is_negated(view, verb)), shared, into);
        return;
    }
}

/// "urged lawmakers to act", "called on Friday for the president to go": what is asked.
fn asked_of(view: &View<'_>, verb: usize, object: usize) -> Option<usize> {
    let is_asked = |it: &usize| {
        object < *it
            && matches!(view.dep_of(*it), "xcomp" | "ccomp" | "advcl" | "acl" | "relcl")
            && view.children(*it).any(|it| view.tag_of(it) == "TO")
    };
    view.children(verb).find(is_asked).or_else(|| view.children(object).find(is_asked))
}
