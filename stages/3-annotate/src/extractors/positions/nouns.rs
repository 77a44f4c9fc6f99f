//! Sides in nouns and adjectives: "opposition from Belgium", "Oslo's priorities are", "unacceptable to Kyiv".

use rapporteur_model::{Position, Stance};

use super::{is_negated, push, turned};
use crate::view::View;

/// Nouns of a side, whose it is said with "from" or "by" or before them; the issue follows with "to", "for", "of".
const SIDES: &[(&str, Stance)] = &[
    ("opposition", Stance::Oppose),
    ("objection", Stance::Oppose),
    ("resistance", Stance::Oppose),
    ("rejection", Stance::Oppose),
    ("refusal", Stance::Oppose),
    ("condemnation", Stance::Oppose),
    ("support", Stance::Support),
    ("backing", Stance::Support),
    ("commitment", Stance::Support),
    ("demand", Stance::Support),
    ("endorsement", Stance::Support),
];

/// Nouns of what one is after, before "is" and "are".
const AIMS: &[&str] = &["priority", "aim", "goal", "objective", "demand", "wish", "preference", "intention"];

/// A noun that says whose side it is.
pub(super) fn stated(view: &View<'_>, noun: usize, into: &mut Vec<Position>) {
    let lemma = view.lemma_of(noun);
    let owner = view.child(noun, &["poss"]);
    if AIMS.contains(&lemma)
        && let Some(owner) = owner
        && matches!(view.dep_of(noun), "nsubj" | "nsubjpass")
        && view.lemma_of(view.head(noun)) == "be"
        && view.pos_of(owner) != "PRON"
    {
        let verb = view.head(noun);
        let Some(aim) = view.child(verb, &["xcomp", "attr", "ccomp", "pcomp", "advcl"]).filter(|it| verb < *it) else {
            // "priorities are keeping the peace": the parse may take the verb for the head.
            return;
        };
        push(view, owner, noun, aim, turned(Stance::Support, is_negated(view, verb)), 0, into);
        return;
    }
    // "priorities are preserving": a progressive to the parser.
    if AIMS.contains(&lemma)
        && let Some(owner) = owner.filter(|it| view.pos_of(*it) != "PRON")
        && view.dep_of(noun) == "nsubj"
        && view.tag_of(view.head(noun)) == "VBG"
        && view.children(view.head(noun)).any(|it| view.dep_of(it) == "aux" && view.lemma_of(it) == "be")
    {
        push(view, owner, noun, view.head(noun), Stance::Support, 0, into);
        return;
    }
    let Some((_, stance)) = SIDES.iter().find(|it| it.0 == lemma) else { return };
    let after = |words: &[&str]| {
        let preposition = view
            .children(noun)
            .find(|it| noun < *it && view.dep_of(*it) == "prep" && words.contains(&view.word(*it)))?;
        view.child(preposition, &["pobj", "pcomp"])
    };
    let Some(owner) = after(&["from", "by"]).or(owner.filter(|it| view.pos_of(*it) != "PRON")) else { return };
    let verb = view.head(noun);
    let faced = (matches!(view.lemma_of(verb), "face" | "meet" | "draw" | "win" | "receive" | "have" | "enjoy")
        && view.dep_of(noun) == "dobj")
        .then(|| view.child(verb, &["nsubj"]))
        .flatten();
    let Some(issue) = after(&["to", "for", "of"]).or_else(|| view.child(noun, &["acl"])).or(faced) else { return };
    if view.pos_of(issue) == "PRON" {
        return;
    }
    push(view, owner, noun, issue, *stance, 0, into);
}

/// "Its demands are unacceptable to Kyiv": a side of whom it is so to.
pub(super) fn acceptable(view: &View<'_>, adjective: usize, into: &mut Vec<Position>) {
    let stance = match view.lemma_of(adjective) {
        "unacceptable" | "intolerable" => Stance::Oppose,
        "acceptable" => Stance::Support,
        _ => return,
    };
    let to = view.children(adjective).find(|it| adjective < *it && view.word(*it) == "to");
    let Some(whom) = to.and_then(|it| view.child(it, &["pobj"])) else { return };
    let verb = view.head(adjective);
    let Some((subject, _)) = crate::extractors::quotes::subject_of(view, verb) else { return };
    push(view, whom, adjective, subject, turned(stance, is_negated(view, verb)), 0, into);
}
