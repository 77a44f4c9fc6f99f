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
    // A clause cut out of a sentence that cannot be retold would lose who says so or on what condition.
    view.sentence(clause).and_then(|it| retell::sentence(view, it, act.trigger_at.map(|it| it.span)))
}

/// The act as an entry of a list: the whole sentence only where the act is most of it, so that two acts of one sentence read
/// as two.
pub(crate) fn entry(view: &View<'_>, act: &ActContent, names: &mut Names) -> Option<String> {
    const SHARE_MIN: f32 = 0.6;
    if let Some(made) = grammar(view, act, names) {
        return Some(made);
    }
    let clause = act.clause?;
    let whole = view.sentence(clause)?;
    let is_most = clause.span.len() as f32 >= SHARE_MIN * whole.span.len() as f32;
    is_most.then(|| retell::sentence(view, whole, act.trigger_at.map(|it| it.span))).flatten()
}

/// The act by our own grammar; `None` for kinds it does not know or when too little is known.
pub(crate) fn grammar(view: &View<'_>, act: &ActContent, names: &mut Names) -> Option<String> {
    if !act.positive {
        return None;
    }
    let realis = act.realis?;
    // What somebody only says, and words that may mean something else, are not ours to state.
    const TRIGGERS: [&str; 18] = [
        "meet", "meeting", "talk", "talks", "summit", "receive", "host", "welcome", "negotiation", "negotiations",
        "negotiate", "discussion", "discuss", "confer", "resign", "resignation", "quit", "step down",
    ];
    if !TRIGGERS.contains(&act.trigger.as_str()) {
        return None;
    }
    let parties = sides(act);
    // All of them must be named in the very sentence shown: a pronoun or "advisers of" may lead to the wrong one.
    if let Some(clause) = act.clause {
        let resigned = act.mode == "resignation";
        let words = view.line(if resigned { clause } else { view.sentence(clause).unwrap_or(clause) });
        if !parties.iter().all(|it| crate::witness::names(&words, it)) {
            return None;
        }
    }
    let people = parties.iter().filter(|it| it.is_person).count();
    let states = parties.iter().filter(|it| it.is_state).count();
    if people != parties.len() && states != parties.len() {
        return None;
    }
    let (first, rest) = parties.split_first()?;
    let predicate = match act.mode.as_str() {
        "meeting" if states > 1 && rest.len() < 3 => {
            let all = names.list(&parties);
            format!("{all} {}", verb(realis, "held talks", "hold talks")?.replacen("is ", "are ", 1))
        }
        // Of three or more it is not known who sits on which side.
        "meeting" if (2..=3).contains(&rest.len()) => {
            let all = names.list(&parties);
            format!("{all} {}", verb(realis, "met", "meet")?.replacen("is ", "are ", 1))
        }
        "meeting" if rest.len() == 1 => {
            let subject = names.say(first);
            let objects = names.list(rest);
            format!("{subject} {} {objects}", verb(realis, "met", "meet")?)
        }
        // "The minister of Nerith resigned" is no word of who it was.
        "resignation" if act.clause.is_some_and(|it| view.line(it).contains(&format!("of {}", first.name))) => {
            return None;
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
    if !(2..=3).contains(&parties.len()) || !parties.iter().all(|it| it.is_person) || !act.asserted_by.is_empty() {
        return None;
    }
    let place = act.place.as_ref().map_or_else(String::new, |it| format!(" {}", locative(it)));
    let date = act.date.as_deref().and_then(|it| dates::adverbial(it, view.year()));
    let date = date.map_or_else(String::new, |it| format!(" {it}"));
    let names: Vec<String> = parties.iter().map(|it| it.name.clone()).collect();
    let who = match names.as_slice() {
        [one, other] => format!("{one} {verb} {other}"),
        all => format!("{} {verb}", crate::view::join(all)),
    };
    Some(format!("{who}{place}{date}"))
}

/// Who meets whom: the people when two or more are named; the states when nobody is. A person and a state are no pair.
fn sides(act: &ActContent) -> Vec<Party> {
    let all: Vec<&Party> = act.actors.iter().chain(&act.recipients).collect();
    let people: Vec<Party> = all.iter().filter(|it| it.is_person).map(|it| (*it).clone()).collect();
    let states: Vec<Party> = all.iter().filter(|it| it.is_state).map(|it| (*it).clone()).collect();
    if people.len() < 2 && states.len() > 1 {
        return states;
    }
    if people.is_empty() {
        return all.into_iter().cloned().collect();
    }
    // A bare word beside full names is as likely a place or a thing as a person.
    let full: Vec<Party> = people.iter().filter(|it| it.name.contains(' ')).cloned().collect();
    if full.len() > 1 { full } else { people }
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
    let parties: Vec<String> = sides(act).into_iter().map(|it| it.short).take(3).collect();
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
