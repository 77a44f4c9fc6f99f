//! Pronouns: whom "she", "his", "it" mean, from the mentions before them. What two may be is nobody.

use rapporteur_model::{ActorIx, ActorKind, MentionUse, Sex};

use super::cast::Cast;
use crate::view::{OUTSIDE, View};

/// A mention that a later pronoun may take up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Earlier {
    pub(crate) token: usize,
    pub(crate) actor: ActorIx,
    pub(crate) usage: MentionUse,
    pub(crate) is_pronoun: bool,
}

/// A pronoun with whom it means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Resolved {
    pub(crate) token: usize,
    pub(crate) actor: Option<ActorIx>,
    pub(crate) score: f32,
    pub(crate) how: &'static str,
}

const SENTENCES_BACK: u32 = 4;
/// A second candidate this close to the first makes it nobody.
const MARGIN: f32 = 0.5;

/// Goes through the report once, left to right. `earlier` holds names and descriptions in text order.
pub(crate) fn resolve(view: &View<'_>, cast: &mut Cast, earlier: &[Earlier]) -> Vec<Resolved> {
    let mut found = Vec::new();
    let mut seen: Vec<Earlier> = Vec::new();
    let mut next = 0;
    for ix in 0..view.n() {
        while next < earlier.len() && earlier[next].token <= ix {
            seen.push(earlier[next]);
            next += 1;
        }
        if view.pos_of(ix) != "PRON" {
            continue;
        }
        let word = view.word(ix);
        let resolved = match word.len() {
            1..=10 => one(view, cast, &seen, ix, word),
            _ => None,
        };
        let Some(resolved) = resolved else { continue };
        if let Some(actor) = resolved.actor {
            if let Some(sex) = sex_of(word)
                && resolved.score > 0.7
            {
                let actor = &mut cast.actors[actor.ix()];
                actor.sex = actor.sex.or(Some(sex));
            }
            seen.push(Earlier { token: ix, actor, usage: MentionUse::Actor, is_pronoun: true });
        }
        found.push(resolved);
    }
    found
}

fn sex_of(word: &str) -> Option<Sex> {
    if ["he", "him", "his", "himself"].iter().any(|it| it.eq_ignore_ascii_case(word)) {
        Some(Sex::Male)
    } else if ["she", "her", "hers", "herself"].iter().any(|it| it.eq_ignore_ascii_case(word)) {
        Some(Sex::Female)
    } else {
        None
    }
}

fn one(view: &View<'_>, cast: &Cast, seen: &[Earlier], ix: usize, word: &str) -> Option<Resolved> {
    if let Some(sex) = sex_of(word) {
        return Some(person(view, cast, seen, ix, sex));
    }
    if ["it", "its", "itself"].iter().any(|it| it.eq_ignore_ascii_case(word)) {
        return body(view, cast, seen, ix);
    }
    if ["they", "them", "their", "themselves"].iter().any(|it| it.eq_ignore_ascii_case(word)) {
        return people(view, seen, ix);
    }
    if (word.eq_ignore_ascii_case("who") || word == "whose") && view.head(ix) < view.n() {
        let verb = if view.dep_of(ix) == "poss" { view.head(view.head(ix)) } else { view.head(ix) };
        if view.dep_of(verb) != "relcl" {
            return None;
        }
        let antecedent = view.head(verb);
        let it = seen.iter().rev().take(12).find(|it| it.token == antecedent && !it.is_pronoun)?;
        return Some(Resolved { token: ix, actor: Some(it.actor), score: 0.9, how: "relative" });
    }
    None
}

/// The verb a word's clause turns on.
fn clause(view: &View<'_>, mut ix: usize) -> usize {
    for _ in 0..12 {
        if matches!(view.pos_of(ix), "VERB" | "AUX") && !matches!(view.dep_of(ix), "aux" | "auxpass" | "amod") {
            return ix;
        }
        let head = view.head(ix);
        if head == ix {
            return ix;
        }
        ix = head;
    }
    ix
}

fn is_subject(view: &View<'_>, ix: usize) -> bool {
    let mut at = ix;
    for _ in 0..3 {
        match view.dep_of(at) {
            "nsubj" | "nsubjpass" => return true,
            "appos" | "compound" | "conj" => at = view.head(at),
            _ => return false,
        }
    }
    false
}

fn person(view: &View<'_>, cast: &Cast, seen: &[Earlier], ix: usize, sex: Sex) -> Resolved {
    let sentence = view.sentence_of[ix];
    let inside = view.marked_of[ix];
    let own_clause = clause(view, ix);
    let is_object = matches!(view.dep_of(ix), "dobj" | "pobj" | "dative");
    let reflexive = view.word(ix).ends_with("self");
    let mut scores: Vec<(ActorIx, f32)> = Vec::new();
    for it in seen.iter().rev() {
        let there = view.sentence_of[it.token];
        if sentence - there > SENTENCES_BACK {
            break;
        }
        let actor = &cast.actors[it.actor.ix()];
        if actor.kind != ActorKind::Person
            || actor.sex.is_some_and(|it| it != sex)
            || it.usage == MentionUse::Modifier && sentence != there
        {
            continue;
        }
        let subject = is_subject(view, it.token);
        if is_object && !reflexive && sentence == there && subject && clause(view, it.token) == own_clause {
            continue;
        }
        let distance = (sentence - there) as f32;
        let mut score = 4.0 - distance * 1.1;
        if subject {
            score += 2.0;
            if view.dep_of(clause(view, it.token)) == "ROOT" {
                score += 0.6;
            }
        }
        // "his" in a clause is its subject's before anyone else's.
        if subject && sentence == there && matches!(view.dep_of(ix), "poss") && clause(view, it.token) == own_clause {
            score += 1.4;
        }
        if matches!(view.dep_of(it.token), "poss" | "compound") || it.usage == MentionUse::Modifier {
            score -= 1.0;
        }
        if matches!(view.dep_of(it.token), "pobj") {
            score -= 0.3;
        }
        if actor.sex.is_none() {
            score -= 0.9;
        }
        if it.is_pronoun {
            score += 0.3;
        }
        // Words inside marks are another's: their "he" is seldom the one who speaks.
        let there_inside = view.marked_of[it.token];
        if inside == OUTSIDE && there_inside != OUTSIDE {
            score -= 2.0;
        } else if inside != OUTSIDE && there_inside != inside && there == sentence {
            score -= 1.5;
        }
        if sentence != there && view.block_of(it.token) != view.block_of(ix) {
            score -= 0.4;
        }
        match scores.iter_mut().find(|(actor, _)| *actor == it.actor) {
            Some(slot) => slot.1 = slot.1.max(score) + 0.15,
            None => scores.push((it.actor, score)),
        }
    }
    scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let nobody = Resolved { token: ix, actor: None, score: 0.0, how: "pronoun-unresolved" };
    match scores[..] {
        [(actor, score)] if score > 0.8 => Resolved { token: ix, actor: Some(actor), score: 0.85, how: "pronoun-only" },
        [(actor, first), (_, second), ..] if first > 0.8 && first - second >= MARGIN => Resolved {
            token: ix,
            actor: Some(actor),
            score: (0.6 + (first - second) * 0.1).min(0.95),
            how: "pronoun-subject",
        },
        _ => nobody,
    }
}

/// "it", "its": a state or body that acts earlier in the same sentence.
fn body(view: &View<'_>, cast: &Cast, seen: &[Earlier], ix: usize) -> Option<Resolved> {
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
            Some(_) => {}
        }
    }
    let (actor, score) = best?;
    // A thing named in between may be meant as well as the state: only possessives and clear cases.
    let is_possessive = view.dep_of(ix) == "poss";
    if (others || !is_possessive) && score < 2.0 {
        return None;
    }
    Some(Resolved { token: ix, actor: Some(actor), score: if is_possessive { 0.75 } else { 0.6 }, how: "pronoun-body" })
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

/// "they": a people named shortly before.
fn people(view: &View<'_>, seen: &[Earlier], ix: usize) -> Option<Resolved> {
    let sentence = view.sentence_of[ix];
    let near = seen.iter().rev().take_while(|it| sentence - view.sentence_of[it.token] <= 1);
    let subject = near.filter(|it| {
        it.usage == MentionUse::Demonym && !it.is_pronoun && view.marked_of[it.token] == view.marked_of[ix]
    });
    let found: Vec<&Earlier> = subject.collect();
    let by_subject = found.iter().find(|it| is_subject(view, it.token)).or_else(|| found.first())?;
    Some(Resolved { token: ix, actor: Some(by_subject.actor), score: 0.6, how: "pronoun-people" })
}
