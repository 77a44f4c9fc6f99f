//! Pronouns: whom "she", "his", "it" mean, from the mentions before them. What two may be is nobody.

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{ActorIx, ActorKind, MentionUse, Sex};

use super::bodies;
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

/// Goes through the report once, left to right. `earlier` holds names and descriptions in text order, `strangers` the
/// nouns of single people without a name ("a man").
pub(crate) fn resolve(
    view: &View<'_>,
    lexicon: &Lexicon,
    cast: &mut Cast,
    earlier: &[Earlier],
    strangers: &[usize],
) -> Vec<Resolved> {
    let mut found = Vec::new();
    let speakers = speakers_of_marks(view, earlier);
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
            1..=10 => one(&Before { view, lexicon, cast, seen: &seen, strangers, speakers: &speakers }, ix, word),
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

/// What is known when a pronoun is met.
pub(super) struct Before<'a, 'v> {
    pub(super) view: &'a View<'v>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) cast: &'a Cast,
    /// Names, descriptions and resolved pronouns before it.
    pub(super) seen: &'a [Earlier],
    strangers: &'a [usize],
    speakers: &'a [Option<ActorIx>],
}

fn one(before: &Before<'_, '_>, ix: usize, word: &str) -> Option<Resolved> {
    let Before { view, seen, .. } = *before;
    if let Some(sex) = sex_of(word) {
        return Some(person(before, ix, sex));
    }
    if ["it", "its", "itself"].iter().any(|it| it.eq_ignore_ascii_case(word)) {
        return bodies::body(before, ix);
    }
    if ["they", "them", "their", "themselves"].iter().any(|it| it.eq_ignore_ascii_case(word)) {
        return bodies::people(before, ix);
    }
    if (word.eq_ignore_ascii_case("who") || word == "whose") && view.head(ix) < view.n() {
        let verb = if view.dep_of(ix) == "poss" { view.head(view.head(ix)) } else { view.head(ix) };
        if view.dep_of(verb) != "relcl" {
            return None;
        }
        // The person right before it, whatever the parser hangs the clause on: "accused by Prime Minister Eva Novak who said".
        let is_person = |it: &&Earlier| before.cast.actors[it.actor.ix()].kind == ActorKind::Person && !it.is_pronoun;
        let beside = match ix.checked_sub(1) {
            Some(at) if word.eq_ignore_ascii_case("who") && view.word(at) == "," => at.checked_sub(1),
            other => other,
        };
        let near = seen.iter().rev().take(4).filter(is_person).find(|it| Some(it.token) == beside);
        let antecedent = view.head(verb);
        let hung = || seen.iter().rev().take(12).find(|it| it.token == antecedent && !it.is_pronoun);
        let it = near.or_else(hung)?;
        return Some(Resolved { token: ix, actor: Some(it.actor), score: 0.9, how: "relative" });
    }
    None
}

/// The verb a word's clause turns on.
pub(super) fn clause(view: &View<'_>, mut ix: usize) -> usize {
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

pub(super) fn is_subject(view: &View<'_>, ix: usize) -> bool {
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

/// Who speaks the words of each marked stretch, when a name is the subject of the word of saying beside it. A stretch
/// that stands alone goes on with the speaker of the one before in its paragraph.
fn speakers_of_marks(view: &View<'_>, earlier: &[Earlier]) -> Vec<Option<ActorIx>> {
    let mut speakers: Vec<Option<ActorIx>> = vec![None; view.marked.len()];
    let mut block_of = vec![u32::MAX; view.marked.len()];
    for sentence in &view.known.sentences {
        let (first, end) = (sentence.tokens.0.ix(), sentence.tokens.1.ix());
        let said = (first..end).filter(|it| view.marked_of[*it] == OUTSIDE && (1..100).contains(&view.saying[*it]));
        let speaker = said.filter_map(|it| view.child(it, &["nsubj"])).find_map(|subject| {
            let from = earlier.partition_point(|it| it.token < subject);
            let beside = view.child(subject, &["appos"]);
            let named = |token: usize| {
                let from = earlier.partition_point(|it| it.token < token);
                earlier.get(from).filter(|it| it.token == token)
            };
            earlier.get(from).filter(|it| it.token == subject).or_else(|| beside.and_then(named)).map(|it| it.actor)
        });
        for token in first..end {
            let mark = view.marked_of[token];
            if mark == OUTSIDE {
                continue;
            }
            block_of[mark as usize] = sentence.block.0;
            if speakers[mark as usize].is_none() {
                speakers[mark as usize] = speaker;
            }
        }
    }
    for ix in 1..speakers.len() {
        if speakers[ix].is_none() && block_of[ix] == block_of[ix - 1] {
            speakers[ix] = speakers[ix - 1];
        }
    }
    speakers
}

fn person(before: &Before<'_, '_>, ix: usize, sex: Sex) -> Resolved {
    let Before { view, cast, seen, .. } = *before;
    let sentence = view.sentence_of[ix];
    let inside = view.marked_of[ix];
    let own_clause = clause(view, ix);
    let is_object = matches!(view.dep_of(ix), "dobj" | "pobj" | "dative");
    let reflexive = view.word(ix).ends_with("self");
    // Nobody speaks of himself as "he".
    let spoken_by = before.speakers.get(inside as usize).copied().flatten();
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
            || spoken_by == Some(it.actor)
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
            score += 2.0;
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
    if is_a_strangers(before, ix, sex) {
        return nobody;
    }
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

/// Whether "a man", "an inmate" before it in the sentence is likelier meant than anybody with a name: a new person, who is
/// a subject, with no named subject after it.
fn is_a_strangers(before: &Before<'_, '_>, ix: usize, sex: Sex) -> bool {
    let Before { view, seen, .. } = *before;
    let (first, _) = view.sentence(ix);
    let from = before.strangers.partition_point(|it| *it < first);
    let strangers = before.strangers[from..].iter().take_while(|it| **it < ix);
    let is_reflexive = view.word(ix).ends_with("self");
    let is_subject_itself = matches!(view.dep_of(ix), "nsubj" | "nsubjpass");
    let fits = |it: &&usize| {
        let stated = super::people::sex_of_title(view.word(**it));
        is_subject(view, **it)
            && view.marked_of[**it] == view.marked_of[ix]
            && stated.is_none_or(|it| it == sex)
            && (is_reflexive || is_subject_itself || view.dep_of(ix) == "poss" && stated.is_some())
    };
    let Some(stranger) = strangers.filter(fits).last() else { return false };
    let named = seen.iter().rev().take_while(|it| *stranger < it.token);
    !named.clone().any(|it| is_subject(view, it.token) && before.cast.actors[it.actor.ix()].kind == ActorKind::Person)
}
