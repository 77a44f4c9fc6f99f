//! Groups: several people of one state or body, without their names: "a Ukrainian delegation", "US negotiators",
//! "leaders in Kyiv", "Islamist fighters". Each is an actor of its own, linked to whom it belongs to.
//!
//! "Ukraine's European allies" belong to Europe: what owns the people of a relation is its other end.
//!
//! Left alone on purpose: groups that belong to nobody who is named ("the protesters"), which only their words would tell
//! apart.

use rapporteur_lexicon::{Entry, Lexicon, OfficeKind, StateName};
use rapporteur_model::{ActorIx, ActorKind, Mention, MentionKind, MentionUse};

use super::cast::{Cast, slug};
use super::offices::office_that_ends_at;
use super::pronouns::Earlier;
use crate::view::View;

/// Those who talk for a state: whatever the word, the same people in one report.
const DELEGATION: &[&str] = &["delegation", "negotiator", "delegate", "negotiating", "negotiations"];

/// People in numbers that no office word names.
const PEOPLE: &[&str] = &[
    "ally", "authority", "backer", "believer", "brigade", "battalion", "citizen", "captive", "civilian", "commander",
    "detainee", "exile", "extremist", "fighter", "force", "guard", "guerrilla", "hostage", "immigrant", "insurgent",
    "investigator", "jihadist", "leader", "loyalist", "mediator", "mercenary", "marine", "member", "migrant",
    "militant", "national", "operative", "nationalist", "opponent", "partner", "peacekeeper", "prisoner", "rebel",
    "refugee", "resident", "sailor", "airman", "regulator", "representative", "reservist", "separatist", "settler",
    "soldier", "supporter", "terrorist", "trooper", "troop", "unit", "voter", "warrior", "worker",
];

/// One word for many.
const COLLECTIVES: &[&str] =
    &["delegation", "team", "side", "military", "army", "navy", "air force", "leadership", "mission", "contingent"];

/// Words for people by what they are to another: the owner is the other, not the one they belong to.
const RELATIONS: &[&str] = &["ally", "partner", "counterpart", "neighbour", "neighbor", "rival", "opponent", "backer"];

/// Nouns of those who rule: "in" before a capital means the government there.
const RULERS: &[&str] = &["leader", "official", "authority", "lawmaker", "minister", "diplomat", "leadership"];

/// Adds the groups to the cast and their mentions to `into`; what a later pronoun may take up is returned.
pub(crate) fn find(
    view: &View<'_>,
    lexicon: &Lexicon,
    words: &[&str],
    cast: &mut Cast,
    earlier: &[Earlier],
    into: &mut Vec<Mention>,
) -> Vec<Earlier> {
    let mut found = Vec::new();
    let mut sides = Vec::new();
    for ix in 0..view.n() {
        if !matches!(view.pos_of(ix), "NOUN" | "PROPN") || view.dep_of(ix) == "compound" || is_taken(earlier, ix) {
            continue;
        }
        let Some(noun) = group_noun(view, lexicon, words, ix) else { continue };
        let owners = owners(view, lexicon, cast, earlier, (ix, noun));
        if owners.is_empty() {
            continue;
        }
        if noun == "side" {
            sides.push((ix, owners));
            continue;
        }
        let is_list = owners.len() > 1;
        let phrase = stretch(view, ix, &owners);
        for (owner, token) in owners {
            let actor = group(view, cast, (ix, phrase), noun, owner, is_list.then_some(token));
            into.push(mention(view, ix, phrase, actor, 0.7));
            if !is_list {
                found.push(Earlier { token: ix, actor, usage: MentionUse::Actor, is_pronoun: false });
            }
        }
    }
    // "the Ukrainian side": the delegation when the report tells of one, else the state.
    for (ix, owners) in sides {
        let phrase = stretch(view, ix, &owners);
        for (owner, _) in owners {
            let delegation = cast.known(&delegation_id(cast, owner));
            let is_state = cast.actors[owner.ix()].kind == ActorKind::State;
            if let Some(actor) = delegation.or(Some(owner).filter(|_| is_state)) {
                into.push(mention(view, ix, phrase, actor, 0.6));
            }
        }
    }
    found
}

/// Whether a name or an office already stands on the word.
fn is_taken(earlier: &[Earlier], ix: usize) -> bool {
    let from = earlier.partition_point(|it| it.token < ix);
    earlier.get(from).is_some_and(|it| it.token == ix)
}

/// The noun of a group, by its lemma.
fn group_noun<'a>(view: &View<'a>, lexicon: &Lexicon, words: &[&str], ix: usize) -> Option<&'a str> {
    let lemma = view.lemma_of(ix);
    if COLLECTIVES.contains(&lemma) {
        return Some(lemma);
    }
    if !matches!(view.tag_of(ix), "NNS" | "NNPS") {
        return None;
    }
    let is_office = || {
        office_that_ends_at(lexicon, words, ix, view.sentence(ix).0)
            .is_some_and(|(_, office)| !matches!(office.kind, OfficeKind::Sport))
    };
    (PEOPLE.contains(&lemma) || DELEGATION.contains(&lemma) || is_office()).then_some(lemma)
}

/// Whom the people belong to, with the token that says so: each of several ("US and Ukrainian officials").
fn owners(
    view: &View<'_>,
    lexicon: &Lexicon,
    cast: &Cast,
    earlier: &[Earlier],
    (ix, noun): (usize, &str),
) -> Vec<(ActorIx, usize)> {
    let meant = |token: usize| {
        let from = earlier.partition_point(|it| it.token < token);
        let at = earlier[from..].iter().take_while(|it| it.token == token);
        at.map(|it| (it.actor, token)).next()
    };
    let each = |token: usize| {
        let mut all: Vec<(ActorIx, usize)> = Vec::new();
        let mut at = Some(token);
        while let Some(token) = at.filter(|_| all.len() < 4) {
            all.extend(meant(token));
            at = view.child(token, &["conj"]);
        }
        all
    };
    let owns = |it: &(ActorIx, usize)| {
        let actor = &cast.actors[it.0.ix()];
        matches!(actor.kind, ActorKind::State | ActorKind::Organisation)
            || actor.kind == ActorKind::Place && actor.id == "place:europe"
    };
    let is_relation = RELATIONS.contains(&noun);
    let modifiers = view.children(ix).filter(|it| *it < ix && matches!(view.dep_of(*it), "amod" | "compound" | "nmod"));
    let mut found: Vec<(ActorIx, usize)> = modifiers.flat_map(each).filter(|it| owns(it)).collect();
    if found.is_empty() {
        for preposition in view.children(ix).filter(|it| ix < *it && view.dep_of(*it) == "prep") {
            let Some(object) = view.child(preposition, &["pobj"]) else { continue };
            match view.word(preposition) {
                "of" | "from" if !is_relation => found.extend(each(object).into_iter().filter(|it| owns(it))),
                "in" if RULERS.contains(&noun) || is_relation => {
                    let ruled = each(object).into_iter().filter_map(|(it, token)| {
                        let state = owns(&(it, token)).then_some(it);
                        Some((state.or_else(|| state_of_capital(lexicon, cast, it))?, token))
                    });
                    found.extend(ruled);
                }
                _ => {}
            }
            if !found.is_empty() {
                break;
            }
        }
    }
    if found.is_empty() && !is_relation {
        let holders = view.children(ix).filter(|it| view.dep_of(*it) == "poss");
        found.extend(holders.flat_map(each).filter(|it| owns(it)));
    }
    let mut seen = Vec::new();
    found.retain(|it| {
        !seen.contains(&it.0) && {
            seen.push(it.0);
            true
        }
    });
    found
}

/// "Leaders in Kyiv": the state whose capital a place is, when the report speaks of that state.
fn state_of_capital(lexicon: &Lexicon, cast: &Cast, place: ActorIx) -> Option<ActorIx> {
    let meanings = lexicon.meanings(&cast.actors[place.ix()].name);
    let state = meanings.iter().find(|it| matches!(it, Entry::State(_, StateName::Capital)))?;
    cast.known(state.id())
}

fn delegation_id(cast: &Cast, owner: ActorIx) -> String {
    format!("group:{}-delegation", cast.actors[owner.ix()].id.trim_start_matches("org:").to_lowercase())
}

/// The actor of a group: its words name it, a delegation its state alone.
fn group(
    view: &View<'_>,
    cast: &mut Cast,
    (ix, phrase): (usize, (usize, usize)),
    noun: &str,
    owner: ActorIx,
    of_several: Option<usize>,
) -> ActorIx {
    let name = match of_several {
        Some(token) => format!("{} {}", view.word(token), view.word(ix)),
        None => {
            // "its European allies": whose they are besides does not name them.
            let holder = view.child(ix, &["poss"]).filter(|_| RELATIONS.contains(&noun)).map(|it| view.edges(it).1 + 1);
            let first = holder.filter(|it| *it <= ix).unwrap_or(phrase.0);
            let whole = view.cover(first, phrase.1).of(view.text).split_whitespace().collect::<Vec<_>>().join(" ");
            without_article(&whole).to_owned()
        }
    };
    let id = if DELEGATION.contains(&noun) { delegation_id(cast, owner) } else { format!("group:{}", slug(&name)) };
    let actor = cast.actor(&id, &name, ActorKind::Group);
    cast.alias(actor, &name);
    let it = &mut cast.actors[actor.ix()];
    it.affiliation = it.affiliation.or(Some(owner));
    actor
}

fn without_article(words: &str) -> &str {
    match words.split_once(' ') {
        Some((first, rest)) if ["the", "a", "an"].iter().any(|it| it.eq_ignore_ascii_case(first)) => rest,
        _ => words,
    }
}

/// The phrase: what stands left of the noun, and right of it as far as those reach whom it belongs to.
fn stretch(view: &View<'_>, ix: usize, owners: &[(ActorIx, usize)]) -> (usize, usize) {
    const LEFT: &[&str] = &["det", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "advmod"];
    let left = view.children(ix).filter(|it| *it < ix && LEFT.contains(&view.dep_of(*it)));
    let first = left.map(|it| view.edges(it).0).min().unwrap_or(ix);
    (first.min(ix), owners.iter().map(|it| it.1).max().unwrap_or(ix).max(ix))
}

fn mention(view: &View<'_>, ix: usize, (first, last): (usize, usize), actor: ActorIx, score: f32) -> Mention {
    Mention {
        span: view.cover(first, last),
        kind: MentionKind::Nominal,
        usage: MentionUse::Actor,
        actor: Some(actor),
        score,
        how: "group",
        repeat: view.known.sentences.get(view.sentence_of[ix] as usize).is_some_and(|it| it.repeat),
    }
}
