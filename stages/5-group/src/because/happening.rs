//! A happening that two reports tell of: a meeting or an agreement of the same people or states, as a fact in both, at one
//! place or on one day. What is planned, demanded or denied is no happening. Attacks, accusations and the like are not told:
//! read in two collections, half of what the acts of both reports had in common was not what the reports meant.

use std::collections::BTreeSet;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Act, ActorIx, ActorKind, Annotated, Realis};

/// How an act of several equal parties is called.
const NOUNS: &[(&str, &str)] =
    &[("CONSULT", "talks between"), ("AGREE", "an agreement between"), ("COOPERATE", "cooperation between")];

/// The happening in words; `None` when the reports share none that surely is one.
pub(super) fn shared(one: &Annotated, other: &Annotated, lexicon: &Lexicon) -> Option<String> {
    let facts = |it: &'_ Annotated| -> Vec<usize> {
        let acts = it.annotations.acts.iter().enumerate();
        acts.filter(|(_, act)| is_fact(act)).map(|(at, _)| at).collect()
    };
    let others = facts(other);
    // The fullest is told; of equals the first in the text.
    let mut best: Option<(usize, String)> = None;
    for at in facts(one) {
        let act = &one.annotations.acts[at];
        for also in others.iter().map(|it| &other.annotations.acts[*it]).filter(|it| it.kind == act.kind) {
            let Some((weight, words)) = told(one, act, other, also, lexicon) else { continue };
            if best.as_ref().is_none_or(|it| it.0 < weight) {
                best = Some((weight, words));
            }
        }
    }
    best.map(|it| it.1)
}

fn is_fact(act: &Act) -> bool {
    matches!(act.realis, Realis::Happened | Realis::Ongoing) && act.positive && !act.repeat
}

/// How much is the same, and the words for it.
fn told(one: &Annotated, act: &Act, other: &Annotated, also: &Act, lexicon: &Lexicon) -> Option<(usize, String)> {
    let noun = NOUNS.iter().find(|it| it.0 == act.kind)?.1;
    let parties = |report: &Annotated, act: &Act| -> BTreeSet<String> {
        let all: Vec<ActorIx> = act.actors.iter().chain(&act.recipients).copied().collect();
        let actors = all.iter().filter_map(|it| report.annotations.actors.get(it.ix()));
        actors.filter(|it| matches!(it.kind, ActorKind::Person | ActorKind::State)).map(|it| it.id.clone()).collect()
    };
    let both: Vec<String> = parties(one, act).intersection(&parties(other, also)).cloned().collect();
    // With two of them it is the same meeting; that one took part in both says little.
    if both.len() < 2 {
        return None;
    }
    let name = |id: &String| {
        let found = one.annotations.actors.iter().find(|it| it.id == *id);
        lexicon.actor_name(id).map_or_else(|| found.map(|it| it.name.clone()).unwrap_or_default(), str::to_owned)
    };
    let who = super::list(&both.iter().map(name).collect::<Vec<String>>());
    let place = place(one, act).filter(|it| place(other, also).as_ref() == Some(it));
    let (day, day_also) = (day(one, act), day(other, also));
    // Two days that are known to differ are two happenings.
    if day.is_some() && day_also.is_some() && day != day_also {
        return None;
    }
    let day = day.filter(|_| day_also.is_some());
    if place.is_none() && day.is_none() {
        return None;
    }
    let weight = both.len() + usize::from(place.is_some()) + usize::from(day.is_some());
    let place = place.map_or_else(String::new, |it| format!(" in {it}"));
    let day = day.and_then(|it| in_words(&it)).map_or_else(String::new, |it| format!(" on {it}"));
    Some((weight, format!("{noun} {who}{place}{day}")))
}

fn place(report: &Annotated, act: &Act) -> Option<String> {
    let words: Vec<&str> = act.place?.of(report.text()).split_whitespace().collect();
    // A longer phrase is no plain name: "in" does not fit before it.
    (words.len() <= 3 && words.iter().all(|it| it.starts_with(char::is_uppercase))).then(|| words.join(" "))
}

fn day(report: &Annotated, act: &Act) -> Option<String> {
    let value = report.annotations.times.get(act.time?.ix())?.value.as_deref()?;
    let day = value.get(..10)?;
    in_words(day).map(|_| day.to_owned())
}

/// `2031-03-04` as "4 March 2031".
fn in_words(day: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?.parse::<usize>().ok()?, parts.next()?.parse::<u8>().ok()?);
    Some(format!("{day} {} {year}", MONTHS.get(month.checked_sub(1)?)?))
}
