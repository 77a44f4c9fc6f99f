//! "The pair", "the two men", "both leaders": the two people spoken of just before, when there are just two.

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{ActorIx, ActorKind, Mention, MentionKind, MentionUse};

use super::cast::Cast;
use super::pronouns::{Earlier, Resolved};
use crate::view::View;

const NOUNS: &[&str] = &[
    "man", "woman", "leader", "president", "minister", "politician", "diplomat", "official", "envoy", "candidate",
    "negotiator", "chief",
];

/// Adds a mention for each of the two.
pub(crate) fn find(view: &View<'_>, cast: &Cast, earlier: &[Earlier], resolved: &[Resolved], into: &mut Vec<Mention>) {
    for ix in 0..view.n() {
        let word = view.lemma_of(ix);
        let is_pair = matches!(word, "pair" | "duo") && view.child(ix, &["prep"]).is_none();
        let is_two = NOUNS.contains(&word)
            && matches!(view.tag_of(ix), "NNS")
            && view.children(ix).any(|it| it < ix && matches!(view.lemma_of(it), "two" | "both"));
        let repeat = view.known.sentences.get(view.sentence_of[ix] as usize).is_some_and(|it| it.repeat);
        if NOUNS.contains(&word) && matches!(view.tag_of(ix), "NNS") {
            members(view, cast, earlier, ix, repeat, into);
        }
        if !is_pair && !is_two {
            continue;
        }
        let (first, last) = view.edges(ix);
        // "the two trusted envoys of …": which two is said by more than order.
        if is_two
            && view.children(ix).any(|it| {
                it < ix
                    && matches!(view.dep_of(it), "amod" | "compound" | "nmod" | "poss")
                    && view.lemma_of(it) != "both"
            })
        {
            continue;
        }
        if view.children(ix).any(|it| it > ix && matches!(view.dep_of(it), "appos" | "prep" | "conj"))
            || !view.children(ix).any(|it| matches!(view.word(it), "the" | "The" | "both" | "Both"))
        {
            continue;
        }
        let Some((a, b)) = two_before(view, cast, earlier, resolved, ix) else { continue };
        let last = if last > ix { ix } else { last };
        for actor in [a, b] {
            into.push(Mention {
                span: view.cover(first.min(ix), last),
                kind: MentionKind::Nominal,
                usage: MentionUse::Actor,
                actor: Some(actor),
                score: 0.7,
                how: "pair",
                repeat,
            });
        }
    }
}

/// "a dozen leaders, including Novak and Horvath": those who are named among them.
fn members(view: &View<'_>, cast: &Cast, earlier: &[Earlier], ix: usize, repeat: bool, into: &mut Vec<Mention>) {
    let (first, end) = view.edges(ix);
    let Some(including) = (ix + 1..=end.min(ix + 3)).find(|it| view.word(*it) == "including") else { return };
    let from = earlier.partition_point(|it| it.token <= including);
    let mut seen: Vec<ActorIx> = Vec::new();
    for it in earlier[from..].iter().take_while(|it| it.token <= end) {
        let is_named = cast.actors[it.actor.ix()].kind == ActorKind::Person
            && it.usage == MentionUse::Actor
            && view.dep_of(it.token) != "poss";
        if is_named && !seen.contains(&it.actor) {
            seen.push(it.actor);
            into.push(Mention {
                span: view.cover(first.min(ix), ix),
                kind: MentionKind::Nominal,
                usage: MentionUse::Actor,
                actor: Some(it.actor),
                score: 0.7,
                how: "member",
                repeat,
            });
        }
    }
    // "…, where they agreed": those just named are among them.
    let (_, sentence_end) = view.sentence(ix);
    let they = (including..sentence_end).find(|it| matches!(view.word(*it), "they" | "them" | "their"));
    if let Some(they) =
        they.filter(|it| !into.iter().any(|mention| mention.span == view.span(*it) && mention.actor.is_some()))
    {
        for actor in seen {
            into.push(Mention {
                span: view.span(they),
                kind: MentionKind::Pronominal,
                usage: MentionUse::Actor,
                actor: Some(actor),
                score: 0.6,
                how: "member",
                repeat,
            });
        }
    }
}

/// Descriptions of bodies and states: "the bloc", "the US administration", "both sides", "the Ukrainian capital".
/// Adds their mentions; returns what a later word may take up.
pub(crate) fn find_bodies(
    view: &View<'_>,
    lexicon: &Lexicon,
    cast: &mut Cast,
    earlier: &[Earlier],
    into: &mut Vec<Mention>,
) -> Vec<Earlier> {
    let mut bodies = Vec::new();
    for ix in 0..view.n() {
        if view.pos_of(ix) != "NOUN" && view.pos_of(ix) != "PROPN" {
            continue;
        }
        let word = view.lemma_of(ix);
        let is_definite = view
            .children(ix)
            .any(|it| matches!(view.word(it), "the" | "The" | "both" | "Both") || view.dep_of(it) == "poss");
        let mut found: Vec<(ActorIx, f32)> = Vec::new();
        match word {
            "bloc" | "alliance" if is_definite && plain(view, ix) => {
                let id = if word == "bloc" { "org:eu" } else { "org:nato" };
                found.extend(cast.actors.iter().position(|it| it.id == id).map(|at| (ActorIx::from(at), 0.7)));
            }
            "administration" | "government" | "authority" | "regime" => {
                found.extend(
                    owner(view, cast, earlier, ix).and_then(|it| state_behind(lexicon, cast, it)).map(|it| (it, 0.8)),
                );
            }
            "capital" if is_definite => {
                let state = owner(view, cast, earlier, ix).map(|it| cast.actors[it.ix()].id.clone());
                if let Some(city) = state.and_then(|it| lexicon.state(&it)).and_then(|it| it.capitals.first()) {
                    found
                        .push((cast.actor(&format!("place:{}", super::cast::slug(city)), city, ActorKind::Place), 0.8));
                }
            }
            "side" | "country" | "nation"
                if view.tag_of(ix) == "NNS"
                    && view.children(ix).any(|it| matches!(view.lemma_of(it), "both" | "two"))
                    && view.child(ix, &["amod", "compound", "prep"]).is_none() =>
            {
                found.extend(two_states(view, cast, earlier, ix).into_iter().flatten().map(|it| (it, 0.6)));
            }
            _ => {}
        }
        let first = view.children(ix).map(|it| view.edges(it).0).min().unwrap_or(ix).min(ix);
        let repeat = view.known.sentences.get(view.sentence_of[ix] as usize).is_some_and(|it| it.repeat);
        let usage = if word == "capital" { MentionUse::Place } else { MentionUse::Actor };
        if let [(actor, _)] = found[..] {
            bodies.push(Earlier { token: ix, actor, usage, is_pronoun: false });
        }
        for (actor, score) in found {
            into.push(Mention {
                span: view.cover(first, ix),
                kind: MentionKind::Nominal,
                usage,
                actor: Some(actor),
                score,
                how: "description",
                repeat,
            });
        }
    }
    bodies
}

/// Nothing but an article before it.
fn plain(view: &View<'_>, ix: usize) -> bool {
    view.children(ix).all(|it| it > ix || view.dep_of(it) == "det")
}

/// The state or person named inside the phrase: "US administration", "Trump's administration".
fn owner(view: &View<'_>, cast: &Cast, earlier: &[Earlier], ix: usize) -> Option<ActorIx> {
    let from = earlier.partition_point(|it| it.token + 8 < ix);
    earlier[from..]
        .iter()
        .take_while(|it| it.token < ix)
        .filter(|it| view.head(it.token) == ix && cast.actors[it.actor.ix()].kind != ActorKind::Place)
        .map(|it| it.actor)
        .last()
}

/// The state itself, or the one a person heads or is an officer of.
fn state_behind(lexicon: &Lexicon, cast: &mut Cast, actor: ActorIx) -> Option<ActorIx> {
    let it = &cast.actors[actor.ix()];
    match it.kind {
        ActorKind::State => Some(actor),
        ActorKind::Person => {
            if let Some(state) = it.affiliation.filter(|it| cast.actors[it.ix()].kind == ActorKind::State) {
                return Some(state);
            }
            let code = super::cast::state_of_holder(&it.name)?;
            cast.of_lexicon(lexicon, code)
        }
        _ => None,
    }
}

/// The two states named before in the same sentence, when there are just two.
fn two_states(view: &View<'_>, cast: &Cast, earlier: &[Earlier], ix: usize) -> Option<[ActorIx; 2]> {
    let sentence = view.sentence_of[ix];
    let from = earlier.partition_point(|it| it.token < ix);
    let mut states: Vec<ActorIx> = Vec::new();
    for it in earlier[..from].iter().rev().take_while(|it| view.sentence_of[it.token] == sentence) {
        if cast.actors[it.actor.ix()].kind == ActorKind::State
            && it.usage != MentionUse::Place
            && !states.contains(&it.actor)
        {
            states.push(it.actor);
        }
    }
    match states[..] {
        [b, a] => Some([a, b]),
        _ => None,
    }
}

/// The last two persons before `ix`. A third in the same sentence as the second makes it nobody, unless the two are coordinated.
fn two_before(
    view: &View<'_>,
    cast: &Cast,
    earlier: &[Earlier],
    resolved: &[Resolved],
    ix: usize,
) -> Option<(ActorIx, ActorIx)> {
    let is_person = |actor: ActorIx| cast.actors[actor.ix()].kind == ActorKind::Person;
    let from = earlier.partition_point(|it| it.token < ix);
    let named = earlier[..from]
        .iter()
        .filter(|it| is_person(it.actor) && it.usage == MentionUse::Actor && !matches!(view.dep_of(it.token), "poss"))
        .map(|it| (it.token, it.actor));
    let pronouns = resolved
        .iter()
        .filter(|it| it.token < ix)
        .filter_map(|it| Some((it.token, it.actor?)))
        .filter(|it| is_person(it.1) && !matches!(view.dep_of(it.0), "poss"));
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
