//! Names and telling words that two reports have in common, as both print them.

use std::collections::BTreeSet;

use rapporteur_model::{ActorKind, Annotated};
use rapporteur_text::rarity::rarity;

use crate::read::Read;

use super::Known;

const NAMES_MAX: usize = 4;
const WORDS_MAX: usize = 3;

/// A word of the text that is rarer than this tells something ("rudder", not "people"); see [`rarity`].
const RARITY_MIN: f32 = 3.5;

/// Names in both: those of the actors where they are known, people first; else runs of capital words.
pub(super) fn shared(report: usize, other: usize, known: &Known<'_>) -> Vec<String> {
    let (one, also) = (&known.reports[report], &known.reports[other]);
    let found = actors(one, also);
    let found = if found.is_empty() { capitals(report, other, known) } else { found };
    let mut names: Vec<String> = Vec::new();
    for name in found {
        // "Solberg" says nothing new beside "Ida Solberg".
        if !names.iter().any(|it| it.contains(&name) || name.contains(it.as_str())) && names.len() < NAMES_MAX {
            names.push(name);
        }
    }
    names
}

fn actors(one: &Annotated, also: &Annotated) -> Vec<String> {
    let known: BTreeSet<&str> = also.annotations.actors.iter().map(|it| it.id.as_str()).collect();
    let rank = |kind: ActorKind| match kind {
        ActorKind::Person => Some(0),
        ActorKind::Organisation => Some(1),
        ActorKind::Place => Some(2),
        ActorKind::State => Some(3),
        ActorKind::Group | ActorKind::Document | ActorKind::Unnamed => None,
    };
    let mut n_mentions = vec![0usize; one.annotations.actors.len()];
    for actor in one.annotations.mentions.iter().filter_map(|it| it.actor) {
        if let Some(n) = n_mentions.get_mut(actor.ix()) {
            *n += 1;
        }
    }
    let mut found: Vec<(usize, usize, &str)> = Vec::new();
    for (actor, n_mentions) in one.annotations.actors.iter().zip(n_mentions) {
        let Some(rank) = rank(actor.kind).filter(|_| known.contains(actor.id.as_str())) else { continue };
        // Of the forms that one report has, the longest that the other prints as well.
        let forms = actor.aliases.iter().map(String::as_str).chain([actor.name.as_str()]);
        let form = forms.filter(|it| prints(one.text(), it) && prints(also.text(), it)).max_by_key(|it| it.len());
        let Some(form) = form.filter(|it| it.starts_with(char::is_uppercase)) else { continue };
        found.push((rank, usize::MAX - n_mentions, form));
    }
    found.sort_unstable();
    found.into_iter().map(|it| it.2.to_owned()).collect()
}

fn capitals(report: usize, other: usize, known: &Known<'_>) -> Vec<String> {
    let (text, other_text) = (known.reports[report].text(), known.reports[other].text());
    let names = |it: usize| known.profiles.names(known.place[it] as usize);
    let others = names(other);
    let shared = names(report).iter().filter(|name| others.iter().any(|it| it.stem == name.stem));
    let printed = shared.filter_map(|name| {
        let whole = name.span.of(text);
        // "Press Felipe Massa" has a word too many that the other report does not have.
        let ends = whole.char_indices().filter(|(_, it)| *it == ' ').map(|(at, _)| &whole[at + 1..]);
        std::iter::once(whole).chain(ends).find(|it| prints(other_text, it))
    });
    let is_calendar = |it: &str| it.split(' ').all(|word| known.lexicon.calendar_word(word).is_some());
    printed.filter(|it| 2 < it.len() && !is_calendar(it)).map(str::to_owned).collect()
}

/// Whether a name stands in a text, not as a part of a longer word.
fn prints(text: &str, name: &str) -> bool {
    let is_word = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    !name.is_empty()
        && text
            .match_indices(name)
            .any(|(at, _)| !is_word(text[..at].chars().next_back()) && !is_word(text[at + name.len()..].chars().next()))
}

/// The rarest words in both, as the report prints them; no names.
pub(super) fn words(report: usize, other: usize, known: &Known<'_>) -> Vec<String> {
    let (one, also) = (Read::new(&known.reports[report]), Read::new(&known.reports[other]));
    // The words of a declared title have no place in the text.
    let others: BTreeSet<u32> = also.words[also.n_title..].iter().map(|it| it.hash).collect();
    let mut found: Vec<(f32, &str)> = Vec::new();
    for word in one.words[one.n_title..].iter().filter(|it| others.contains(&it.hash)) {
        let rare = rarity(word.stem);
        if !word.is_capital() && !word.is_stop() && !word.is_short() && !word.is_number() && RARITY_MIN <= rare {
            found.push((rare, word.span().of(known.reports[report].text())));
        }
    }
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(other.1)));
    let mut words: Vec<String> = found.into_iter().map(|it| it.1.to_owned()).collect();
    words.dedup();
    words.truncate(WORDS_MAX);
    words
}
