//! "The pair", "the two men", "both leaders": the two people spoken of just before, when there are just two.

use rapporteur_model::{ActorIx, ActorKind, Mention, MentionKind, MentionUse};

use super::cast::Cast;
use super::pronouns::{Earlier, Resolved};
use crate::view::View;

const NOUNS: &[&str] = &["man", "woman", "leader", "president", "minister", "politician", "diplomat", "official", "envoy", "candidate", "negotiator", "chief"];

/// Adds a mention for each of the two.
pub(crate) fn find(view: &View<'_>, cast: &Cast, earlier: &[Earlier], resolved: &[Resolved], into: &mut Vec<Mention>) {
    for ix in 0..view.n() {
        let word = view.lemma_of(ix);
        let is_pair = matches!(word, "pair" | "duo") && view.child(ix, &["prep"]).is_none();
        let is_two = NOUNS.contains(&word)
            && matches!(view.tag_of(ix), "NNS")
            && view.children(ix).any(|it| it < ix && matches!(view.lemma_of(it), "two" | "both"));
        if !is_pair && !is_two {
            continue;
        }
        let (first, last) = view.edges(ix);
        if view.children(ix).any(|it| it > ix && matches!(view.dep_of(it), "appos" | "prep" | "conj")) || !view.children(ix).any(|it| matches!(view.word(it), "the" | "The" | "both" | "Both")) {
            continue;
        }
        let Some((a, b)) = two_before(view, cast, earlier, resolved, ix) else { continue };
        let last = if last > ix { ix } else { last };
        let repeat = view.known.sentences.get(view.sentence_of[ix] as usize).is_some_and(|it| it.repeat);
        for actor in [a, b] {
            into.push(Mention { span: view.cover(first.min(ix), last), kind: MentionKind::Nominal, usage: MentionUse::Actor, actor: Some(actor), score: 0.7, how: "pair", repeat });
        }
    }
}

/// The last two persons before `ix`. A third in the same sentence as the second makes it nobody, unless the two are coordinated.
fn two_before(view: &View<'_>, cast: &Cast, earlier: &[Earlier], resolved: &[Resolved], ix: usize) -> Option<(ActorIx, ActorIx)> {
    let is_person = |actor: ActorIx| cast.actors[actor.ix()].kind == ActorKind::Person;
    let from = earlier.partition_point(|it| it.token < ix);
    let named = earlier[..from].iter().filter(|it| is_person(it.actor) && it.usage == MentionUse::Actor && !matches!(view.dep_of(it.token), "poss")).map(|it| (it.token, it.actor));
    let pronouns = resolved.iter().filter(|it| it.token < ix).filter_map(|it| Some((it.token, it.actor?))).filter(|it| is_person(it.1) && !matches!(view.dep_of(it.0), "poss"));
    let mut all: Vec<(usize, ActorIx)> = named.chain(pronouns).collect();
    all.sort_unstable();
    let here = view.sentence_of[ix];
    // "between Putin and Witkoff": two that stand together.
    for window in all.windows(2).rev().take(4) {
        let [(a, first), (b, second)] = window else { continue };
        if here - view.sentence_of[*a] <= 1 && first != second && (view.dep_of(*b) == "conj" && joined(view, *b, *a)) {
            return Some((*first, *second));
        }
    }
    let mut people: Vec<(ActorIx, u32)> = Vec::new();
    for (token, actor) in all.iter().rev() {
        let sentence = view.sentence_of[*token];
        if here - sentence > 3 || people.len() == 2 && people.iter().all(|it| it.1 != sentence) {
            break;
        }
        if !people.iter().any(|it| it.0 == *actor) {
            people.push((*actor, sentence));
        }
    }
    match people[..] {
        [(b, _), (a, _)] => Some((a, b)),
        _ => None,
    }
}

fn joined(view: &View<'_>, mut b: usize, a: usize) -> bool {
    for _ in 0..3 {
        if view.dep_of(b) != "conj" {
            return false;
        }
        b = view.head(b);
        if b == a || view.child(b, &["appos"]) == Some(a) || view.head(a) == b {
            return true;
        }
    }
    false
}
