//! Sentences about acts: by our own grammar for meetings, calls, visits, journeys and resignations, else retold.

use rapporteur_model::{ActContent, Party, Realis};

use crate::dates;
use crate::names::Names;
use crate::retell;
use crate::view::{View, capital};

/// The act as a sentence.
pub(crate) fn sentence(view: &View<'_>, act: &ActContent, names: &mut Names) -> Option<String> {
    if let Some(made) = grammar(view, act, names) {
        return Some(made);
    }
    let clause = act.clause?;
    // The whole sentence stands better than a clause cut out of it.
    let annotations = &view.report(clause.report).annotations;
    let whole = annotations.sentence_at(clause.span.start()).map(|it| annotations.sentences[it.ix()].span);
    let whole = whole.map(|span| rapporteur_model::Anchor::new(clause.report, span));
    whole.and_then(|it| retell::sentence(view, it)).or_else(|| retell::sentence(view, clause))
}

/// The act by our own grammar; `None` for kinds it does not know or when too little is known.
pub(crate) fn grammar(view: &View<'_>, act: &ActContent, names: &mut Names) -> Option<String> {
    if !act.positive {
        return None;
    }
    let realis = act.realis?;
    let parties = sides(act);
    let (first, rest) = parties.split_first()?;
    let predicate = match act.mode.as_str() {
        "meeting" if (1..=3).contains(&rest.len()) => {
            let subject = names.say(first);
            let objects = names.list(rest);
            format!("{subject} {} {objects}", verb(realis, "met", "meet")?)
        }
        "resignation" if act.actors.len() == 1 && first.is_person => {
            format!("{} {}", names.say(first), verb(realis, "resigned", "resign")?)
        }
        _ => return None,
    };
    let place = match &act.place {
        Some(place) if act.mode != "resignation" => format!(" {}", locative(place)),
        _ => String::new(),
    };
    let date = act.date.as_deref().and_then(|it| dates::adverbial(it, view.year()));
    let date = date.map_or_else(String::new, |it| format!(" {it}"));
    Some(capital(&format!("{predicate}{place}{date}.")))
}

/// A short title for the act: "Anna Berg to meet Jon Lie in Oslo on 13 May".
pub(crate) fn title(view: &View<'_>, act: &ActContent) -> Option<String> {
    if !act.positive || act.mode != "meeting" {
        return None;
    }
    let verb = match act.realis? {
        Realis::Happened => "met",
        Realis::Scheduled | Realis::Expected => "to meet",
        _ => return None,
    };
    let parties = sides(act);
    let (first, rest) = parties.split_first()?;
    if !(1..=2).contains(&rest.len()) || !parties.iter().all(|it| it.is_person) {
        return None;
    }
    let rest: Vec<String> = rest.iter().map(|it| it.name.clone()).collect();
    let place = act.place.as_ref().map_or_else(String::new, |it| format!(" {}", locative(it)));
    let date = act.date.as_deref().and_then(|it| dates::adverbial(it, view.year()));
    let date = date.map_or_else(String::new, |it| format!(" {it}"));
    Some(format!("{} {verb} {}{place}{date}", first.name, crate::view::join(&rest)))
}

/// Who meets whom: the people when two or more are named; the states when nobody is. A person and a state are no pair.
fn sides(act: &ActContent) -> Vec<Party> {
    let all: Vec<&Party> = act.actors.iter().chain(&act.recipients).collect();
    let people: Vec<Party> = all.iter().filter(|it| it.is_person).map(|it| (*it).clone()).collect();
    if people.is_empty() { all.into_iter().cloned().collect() } else { people }
}

/// The verb for how real the act is; `None` when a plain verb would say too much.
fn verb(realis: Realis, past: &str, base: &str) -> Option<String> {
    match realis {
        Realis::Happened => Some(past.to_owned()),
        Realis::Scheduled => Some(format!("is to {base}")),
        Realis::Expected => Some(format!("is expected to {base}")),
        _ => None,
    }
}

/// A place with its preposition.
pub(crate) fn locative(place: &str) -> String {
    let lower = place.to_lowercase();
    let given = ["in ", "at ", "on ", "near ", "outside "].iter().any(|it| lower.starts_with(it));
    if given { place.to_owned() } else { format!("in {place}") }
}

/// A short noun phrase for the act: "the meeting of A and B in C".
pub(crate) fn noun(act: &ActContent) -> Option<String> {
    let parties: Vec<String> = act.actors.iter().chain(&act.recipients).map(|it| it.short.clone()).take(3).collect();
    if parties.is_empty() {
        return None;
    }
    let of = crate::view::join(&parties);
    let place = act.place.as_ref().map_or_else(String::new, |it| format!(" {}", locative(it)));
    let noun = match act.mode.as_str() {
        "meeting" => "meeting",
        "call" => "call",
        "visit" => "visit",
        "travel" => "journey",
        "resignation" => return Some(format!("the resignation of {of}")),
        "vote" => "vote",
        "signing" => "signing",
        _ => return None,
    };
    Some(format!("the {noun} of {of}{place}"))
}
