//! What a name stands for where it stands: an actor, a modifier, a people, a place, the government behind a city.

use rapporteur_lexicon::{Entry, Lexicon, MetonymKind, StateName};
use rapporteur_model::MentionUse;

use super::names::Name;
use crate::view::View;

/// Prepositions of place: what follows is where, not who.
const WHERE: &[&str] =
    &["in", "at", "near", "across", "inside", "outside", "around", "into", "throughout", "within", "via"];

/// Verbs and nouns of going: "to" and "from" after them lead to a place.
const GOING: &[&str] = &[
    "travel", "go", "fly", "head", "visit", "trip", "return", "arrive", "leave", "come", "move", "journey", "flight",
    "route", "drive", "back", "send", "dispatch", "deploy", "flee", "depart", "rush", "way", "migrate", "bring",
    "transfer", "ambassador",
];

/// The use of a name. `entry` is what the lexicon knows of it.
pub(crate) fn of(view: &View<'_>, lexicon: &Lexicon, name: &Name<'_>, entry: Option<Entry<'_>>) -> MentionUse {
    let head = head_of(view, name);
    let dep = view.dep_of(head);
    let is_modifier = match dep {
        "amod" | "nmod" => true,
        "compound" => view.head(head) >= name.tokens.1 || view.head(head) < name.tokens.0,
        _ => false,
    };
    let at_hyphen = view.children(head).any(|it| view.word(it) == "-")
        && view.head(head) >= name.tokens.1
        && matches!(dep, "npadvmod" | "compound" | "amod");
    match entry {
        Some(Entry::State(_, StateName::Adjective)) => {
            return if is_modifier || view.pos_of(head) == "ADJ" { MentionUse::Modifier } else { MentionUse::Demonym };
        }
        Some(Entry::State(_, StateName::Noun)) => {
            return if is_modifier { MentionUse::Modifier } else { MentionUse::Demonym };
        }
        _ => {}
    }
    let word = name.span.of(view.text);
    if matches!(word, "Europeans" | "Africans" | "Asians") {
        return MentionUse::Demonym;
    }
    if is_modifier || at_hyphen {
        return MentionUse::Modifier;
    }
    let place = is_where(view, head);
    match entry {
        Some(Entry::State(_, StateName::Capital)) => {
            if place || !acts(view, lexicon, head) {
                MentionUse::Place
            } else {
                MentionUse::Metonym
            }
        }
        Some(Entry::Metonym(it)) => {
            if it.kind == MetonymKind::Organisation
                || it.kind == MetonymKind::Leader
                || it.kind == MetonymKind::Parliament
            {
                if place || dep == "pobj" && goes(view, head) { MentionUse::Place } else { MentionUse::Metonym }
            } else if place {
                MentionUse::Place
            } else {
                MentionUse::Metonym
            }
        }
        Some(Entry::State(..)) => {
            if place || dep == "pobj" && goes(view, head) {
                MentionUse::Place
            } else {
                MentionUse::Actor
            }
        }
        Some(_) => MentionUse::Actor,
        None => {
            if place && view.name[head] != 1 {
                MentionUse::Place
            } else {
                MentionUse::Actor
            }
        }
    }
}

/// The name's word that hangs on the rest.
pub(crate) fn head_of(view: &View<'_>, name: &Name<'_>) -> usize {
    let (first, end) = name.tokens;
    (first..end)
        .rev()
        .find(|it| {
            let head = view.head(*it);
            head < first || head >= end || head == *it
        })
        .unwrap_or(end - 1)
}

/// Whether a preposition of place leads to it, coordination passed over.
pub(super) fn is_where(view: &View<'_>, head: usize) -> bool {
    let mut at = head;
    for _ in 0..4 {
        match view.dep_of(at) {
            "conj" => at = view.head(at),
            "pobj" => {
                let preposition = view.head(at);
                let word = view.word(preposition);
                return WHERE.iter().any(|it| it.eq_ignore_ascii_case(word)) && !is_figurative(view, preposition);
            }
            _ => return false,
        }
    }
    false
}

/// "trust in Ukraine", "confidence in Washington": no place.
fn is_figurative(view: &View<'_>, preposition: usize) -> bool {
    matches!(
        view.lemma_of(view.head(preposition)),
        "trust" | "confidence" | "faith" | "interest" | "believe" | "interested" | "anger" | "aim" | "laugh" | "angry"
    )
}

/// Whether "to", "from", "for" lead to it from a word of going.
fn goes(view: &View<'_>, head: usize) -> bool {
    let preposition = view.head(head);
    if !matches!(
        view.word(preposition),
        "to" | "from" | "for" | "To" | "From" | "towards" | "toward" | "through" | "over" | "of"
    ) {
        return false;
    }
    let governor = view.lemma_of(view.head(preposition));
    GOING.contains(&governor) && !matches!(view.word(preposition), "of")
        || matches!(view.word(preposition), "From") && view.dep_of(preposition) == "prep"
        || governor == "capital"
}

/// Whether a city acts for its government: subject of a verb, owner, party to talks, object of pressure.
fn acts(view: &View<'_>, lexicon: &Lexicon, head: usize) -> bool {
    let mut at = head;
    for _ in 0..4 {
        match view.dep_of(at) {
            "conj" => at = view.head(at),
            "nsubj" | "agent" => {
                // "Moscow is cold", "Paris lies": a city as a city, unless the verb is one of doing.
                let verb = view.head(at);
                let lemma = view.lemma_of(verb);
                return !matches!(lemma, "lie" | "sit" | "become")
                    && (lemma != "be" || view.child(verb, &["acomp", "xcomp", "ccomp"]).is_some());
            }
            "nsubjpass" => {
                return !matches!(
                    view.lemma_of(view.head(at)),
                    "hit" | "shell" | "bomb" | "attack" | "strike" | "locate" | "damage"
                );
            }
            "poss" => {
                let owned = view.lemma_of(view.head(at));
                return !matches!(
                    owned,
                    "street"
                        | "square"
                        | "airport"
                        | "centre"
                        | "center"
                        | "mayor"
                        | "suburb"
                        | "district"
                        | "outskirt"
                        | "metro"
                        | "resident"
                        | "hotel"
                        | "museum"
                        | "station"
                );
            }
            "dobj" | "dative" => {
                return matches!(
                    view.lemma_of(view.head(at)),
                    "force"
                        | "urge"
                        | "press"
                        | "pressure"
                        | "accuse"
                        | "blame"
                        | "warn"
                        | "tell"
                        | "ask"
                        | "help"
                        | "support"
                        | "grant"
                        | "give"
                        | "offer"
                        | "back"
                        | "persuade"
                        | "push"
                        | "supply"
                        | "arm"
                        | "convince"
                        | "provide"
                        | "allow"
                        | "irk"
                        | "anger"
                        | "involve"
                );
            }
            "pobj" => {
                let preposition = view.head(at);
                let governor = view.lemma_of(view.head(preposition));
                return match view.word(preposition).to_lowercase().as_str() {
                    "by" => {
                        view.dep_of(preposition) == "agent"
                            || matches!(view.pos_of(view.head(preposition)), "VERB" | "NOUN")
                    }
                    "with" | "against" | "between" | "than" | "unlike" | "alongside" | "including" | "without" => true,
                    "on" => !matches!(view.pos_of(view.head(preposition)), "PROPN"),
                    "for" => !GOING.contains(&governor) && governor != "leave",
                    "to" => !GOING.contains(&governor) && !is_going_up(view, preposition),
                    "from" => matches!(
                        governor,
                        "pressure"
                            | "support"
                            | "demand"
                            | "response"
                            | "signal"
                            | "message"
                            | "aid"
                            | "help"
                            | "order"
                            | "opposition"
                            | "backing"
                            | "request"
                            | "reaction"
                            | "statement"
                            | "approval"
                    ),
                    "over" | "which" => true,
                    _ => false,
                };
            }
            _ => {
                return lexicon.cue(view.lemma_of(view.head(at))).is_some() && view.pos_of(view.head(at)) == "VERB";
            }
        }
    }
    false
}

/// "a visit by the envoy to Moscow": a word of going one step further up.
fn is_going_up(view: &View<'_>, preposition: usize) -> bool {
    let above = view.head(view.head(preposition));
    GOING.contains(&view.lemma_of(above))
}
