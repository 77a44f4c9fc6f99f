//! CAMEO codes of parties: the ISO code of the state and three letters for the sector, `ISRMIL`; `IGO`, `NGO` and `IMG` for
//! bodies that belong to no state. Whose state nobody says has no code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rapporteur_lexicon::{Entry, Lexicon, OrganisationKind, StateKind};
use rapporteur_model::{ActorIx, ActorKind, Annotations, Mention, MentionKind, MentionUse, Span, TokenIx};

use super::arguments::{actors_of, mentions_in, phrase};
use crate::{Context, Tree};

/// The codes of the parties that stand as noun phrases, without repeats, in text order.
pub(super) fn of_parties(context: &Context<'_>, heads: &[TokenIx]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for head in heads {
        for code in of_phrase(context, *head) {
            if !out.contains(&code) {
                out.push(code);
            }
        }
    }
    out
}

/// The codes of one phrase: of the state it is part of ("Hungarian and Romanian officials": two), else of who it means.
fn of_phrase(context: &Context<'_>, head: TokenIx) -> Vec<String> {
    let (known, tree, lexicon) = (context.known, context.tree, context.lexicon);
    let sector = sector_of_noun(known, tree, lexicon, head).unwrap_or_default();
    let span = phrase(known, tree, head);
    let own = known.tokens[head.ix()].span;
    let named = mentions_in(known, own).any(|it| it.actor.is_some_and(|it| is_single(known, it)));
    let with = |code: &str, sector: &str| {
        let own_letters = code.len() != 3 || matches!(code, "IGO" | "NGO" | "IMG");
        if own_letters { code.to_owned() } else { format!("{code}{sector}") }
    };
    if !named {
        // Adjectives of states before the noun, each of those joined.
        let of = modifiers(known, lexicon, span, own);
        if !of.is_empty() {
            return of.iter().map(|it| with(it, sector)).collect();
        }
    }
    let mut out: Vec<String> = Vec::new();
    for actor in actors_of(known, tree, head) {
        if let Some(code) = of_actor(known, lexicon, actor, 4) {
            let letters = if sector.is_empty() { sector_of(known, lexicon, actor) } else { sector };
            let code = with(&code, letters);
            if !out.contains(&code) {
                out.push(code);
            }
        }
    }
    if out.is_empty() && !named {
        let where_from = place_within(known, tree, lexicon, head, span);
        out.extend(where_from.map(|it| with(&it, sector)));
    }
    out
}

/// The sector that a noun tells, of counts and parts that of what is counted: "hundreds of troops".
fn sector_of_noun(known: &Annotations, tree: &Tree, lexicon: &Lexicon, head: TokenIx) -> Option<&'static str> {
    lexicon.sector(known.lemma(head)).or_else(|| {
        let of = tree.children(head).iter().copied().find(|it| head < *it && known.lemma(*it) == "of")?;
        lexicon.sector(known.lemma(tree.child(known, of, &["pobj"])?))
    })
}

/// Whether an actor is one person, state or body with a name of its own.
fn is_single(known: &Annotations, actor: ActorIx) -> bool {
    known
        .actors
        .get(actor.ix())
        .is_some_and(|it| matches!(it.kind, ActorKind::Person | ActorKind::State | ActorKind::Organisation))
}

/// States and bodies named by the words before a noun.
fn modifiers(known: &Annotations, lexicon: &Lexicon, span: Span, head: Span) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let before = |it: &&Mention| it.span.end() <= head.start() && it.kind != MentionKind::Pronominal;
    for mention in mentions_in(known, span).filter(before) {
        let kind = mention.actor.and_then(|it| known.actors.get(it.ix())).map(|it| it.kind);
        let of_state = matches!(kind, Some(ActorKind::State | ActorKind::Organisation));
        let code = mention.actor.filter(|_| of_state).and_then(|it| of_actor(known, lexicon, it, 4));
        if let Some(code) = code.filter(|it| !out.contains(it)) {
            out.push(code);
        }
    }
    out
}

/// "rebels in the east of Iceland", "a village near Reykjavik": the place that a description names.
fn place_within(known: &Annotations, tree: &Tree, lexicon: &Lexicon, head: TokenIx, own: Span) -> Option<String> {
    let mut span = own;
    for child in tree.children(head) {
        let it = &known.tokens[child.ix()];
        let from =
            it.dep == "prep" && matches!(known.lemma(*child), "in" | "of" | "from" | "throughout" | "near" | "at");
        let based = it.dep == "acl" && matches!(known.lemma(*child), "base" | "live" | "operate" | "flee");
        if from || based {
            span = span.cover(tree.subtree(known, *child));
        }
    }
    let placed = |it: &&Mention| it.usage == MentionUse::Place || it.usage == MentionUse::Modifier;
    mentions_in(known, span).filter(placed).find_map(|it| of_actor(known, lexicon, it.actor?, 4))
}

/// The code of the state in which a place lies: of the first state or capital in the words for it and what says where it
/// is ("in the port of Akranes in western Iceland").
pub(super) fn of_place(known: &Annotations, tree: &Tree, lexicon: &Lexicon, place: Span) -> Option<String> {
    let first = known.tokens.partition_point(|it| it.span.end() <= place.start());
    let inside = (first..known.tokens.len()).take_while(|it| known.tokens[*it].span.start() < place.end());
    let top = inside.into_iter().find(|it| !known.tokens[known.tokens[*it].head.ix()].span.overlaps(place));
    let span = top.map_or(place, |it| place.cover(tree.subtree(known, TokenIx::from(it))));
    named_in(known, lexicon, span, &[])
}

/// The first state, capital or body with a code that a span of words names, other than some.
pub(super) fn named_in(known: &Annotations, lexicon: &Lexicon, span: Span, but: &[String]) -> Option<String> {
    let codes = mentions_in(known, span).filter_map(|it| of_actor(known, lexicon, it.actor?, 4));
    codes.into_iter().find(|code| !but.iter().any(|it| it.starts_with(code.as_str())))
}

/// The sector of the first party that has one, for parties whose state nobody says.
pub(super) fn sector_of_parties(context: &Context<'_>, heads: &[TokenIx]) -> Option<&'static str> {
    let (known, lexicon) = (context.known, context.lexicon);
    heads.iter().find_map(|head| {
        let by_word = sector_of_noun(known, context.tree, lexicon, *head);
        let by_actor = || {
            let actor = actors_of(known, context.tree, *head).into_iter().next()?;
            Some(sector_of(known, lexicon, actor)).filter(|it| !it.is_empty())
        };
        by_word.or_else(by_actor)
    })
}

/// First and last word of a name, in small letters.
fn ends(name: &str) -> [String; 2] {
    [name.split(' ').next(), name.rsplit(' ').next()].map(|it| it.unwrap_or("").to_lowercase())
}

/// The state that somebody heads, by the ends of the name. Territories share the heads of the states they belong to.
static STATE_OF_HOLDER: LazyLock<BTreeMap<[String; 2], &'static str>> = LazyLock::new(|| {
    let lexicon = Lexicon::shared();
    let is_state = |code: &str| lexicon.state(code).is_some_and(|it| it.kind == StateKind::Member);
    let mut states = BTreeMap::new();
    for holder in lexicon.holders().iter().filter(|it| is_state(it.state)) {
        // Of two of one name the first of the table.
        states.entry(ends(holder.name)).or_insert(holder.state);
    }
    states
});

/// The state of an actor, or the kind of body it is.
pub(super) fn of_actor(known: &Annotations, lexicon: &Lexicon, actor: ActorIx, depth: usize) -> Option<String> {
    let it = known.actors.get(actor.ix())?;
    if it.kind == ActorKind::State {
        return Some(it.id.clone()).filter(|it| it.len() == 3);
    }
    if let Some(id) = it.id.strip_prefix("org:")
        && let Some(code) = of_body(lexicon, id, 4)
    {
        return Some(code);
    }
    if it.kind == ActorKind::Place {
        return of_place_name(lexicon, &it.name);
    }
    // "French farmers", "they": the state that the description names.
    if matches!(it.kind, ActorKind::Group | ActorKind::Unnamed) && 0 < depth {
        let described = known.mentions.iter().find(|it| it.actor == Some(actor) && it.kind != MentionKind::Pronominal);
        let state = described.and_then(|of| {
            mentions_in(known, of.span).find_map(|it| {
                let other = it.actor.filter(|it| *it != actor && it.ix() < known.actors.len())?;
                let kind = known.actors[other.ix()].kind;
                matches!(kind, ActorKind::State).then(|| known.actors[other.ix()].id.clone())
            })
        });
        if state.is_some() {
            return state;
        }
    }
    let above = it.affiliation.filter(|_| 0 < depth).and_then(|it| of_actor(known, lexicon, it, depth - 1));
    above.or_else(|| {
        // Heads of state and government whom the report calls by the name alone.
        let person = it.kind == ActorKind::Person;
        let full = person && it.name.contains(' ');
        let holder = full.then(|| STATE_OF_HOLDER.get(&ends(&it.name)).copied()).flatten();
        let former = || lexicon.side_of_leader(&it.name).filter(|_| person);
        holder.or_else(former).map(str::to_owned)
    })
}

/// Of a capital its state, of a part of a state the whole: "southern Iceland".
fn of_place_name(lexicon: &Lexicon, name: &str) -> Option<String> {
    const SIDES: &[&str] = &[
        "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "northeastern",
        "northwestern", "southeastern", "southwestern",
    ];
    if let Some(code) = lexicon.state_of_capital(name) {
        return Some(code.to_owned());
    }
    let (side, rest) = name.split_once(' ')?;
    let is_side = SIDES.contains(&side.to_lowercase().as_str());
    let meanings = if is_side { lexicon.meanings(rest) } else { Vec::new() };
    meanings.iter().find_map(|it| match it {
        Entry::State(state, _) => Some(state.code.to_owned()),
        _ => None,
    })
}

/// The code of a known body: of its state, or of the kind of those that have none.
fn of_body(lexicon: &Lexicon, id: &str, depth: usize) -> Option<String> {
    let body = lexicon.organisation(id)?;
    match body.of {
        Some(of) if lexicon.state(of).is_some() => Some(of.to_owned()),
        Some(of) if 0 < depth => of_body(lexicon, of, depth - 1),
        _ => match body.kind {
            OrganisationKind::International | OrganisationKind::Part | OrganisationKind::Forum => Some("IGO"),
            OrganisationKind::Charity => Some("NGO"),
            OrganisationKind::Armed => Some("IMG"),
            _ => None,
        }
        .map(str::to_owned),
    }
}

/// The sector of an actor that is named: of persons by their office, of bodies by their kind.
fn sector_of(known: &Annotations, lexicon: &Lexicon, actor: ActorIx) -> &'static str {
    let Some(it) = known.actors.get(actor.ix()) else { return "" };
    let by_office = it.offices.iter().find_map(|office| {
        let words: Vec<&str> = office.title.split_whitespace().collect();
        words.iter().rev().find_map(|word| lexicon.sector(&word.to_lowercase()))
    });
    let kind = it.id.strip_prefix("org:").and_then(|it| lexicon.organisation(it)).map(|it| it.kind);
    by_office.unwrap_or(match kind {
        Some(OrganisationKind::Military) => "MIL",
        Some(OrganisationKind::Armed) => "REB",
        Some(OrganisationKind::Agency | OrganisationKind::Service) => "GOV",
        Some(OrganisationKind::Parliament) => "LEG",
        Some(OrganisationKind::Party) => "PTY",
        Some(OrganisationKind::Court) => "JUD",
        Some(OrganisationKind::Company | OrganisationKind::Bank) => "BUS",
        _ => "",
    })
}
