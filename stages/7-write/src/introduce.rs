//! People named in retold words: in full where the brief names them first.
//!
//! A sentence taken from the middle of a report says "Novak"; who that is stands further up in the report. The full name is
//! put in where that report has exactly one person so called, never inside quotation marks. Pronouns are not replaced.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_lexicon::names::is_glued;
use rapporteur_model::{Actor, ActorKind, Anchor, CitedSentence, Content, MentionKind, Party};

use crate::plan::Draft;
use crate::view::one_line;
use crate::words::stems;

/// Words behind a name that is a subject.
const VERBS_BEHIND: [&str; 18] = [
    "is", "was", "has", "had", "will", "would", "says", "said", "told", "met", "took", "made", "gave", "held", "won",
    "left", "went", "who",
];

impl Draft<'_> {
    /// The sentence with full names for people whom the brief has not named yet; `None` when it names one whose full name
    /// no report gives and who is not what the story is about.
    pub(crate) fn introduced(&self, made: CitedSentence) -> Option<CitedSentence> {
        let mut text = made.text().to_owned();
        let (names, several) = self.bare_names(made.citations());
        if several.iter().any(|it| bare_at(&text, it).is_some()) {
            return None;
        }
        for (word, full) in names {
            let Some(at) = bare_at(&text, &word) else { continue };
            if has_word(&self.told_text, &word) {
                continue;
            }
            match full {
                // "Elon Musk" where the report's sentence has it so already.
                Some(full) if has_rest_before(&text[..at], &full, &word) => {}
                // Who "Novak" is, the report said further up; where neither the brief nor the headline has, a full name tells
                // no more, unless the sentence does.
                Some(full) if !self.is_placed(&word, &full, made.citations(), &text) => return None,
                // Another report may give the name in full.
                full => match full.or_else(|| self.full_name(&word)) {
                    Some(full) => {
                        let told = self.with_office(&full, &text[at + word.len()..]);
                        text.replace_range(at..at + word.len(), &told);
                    }
                    None if stems(&word).iter().all(|it| self.is_in_headline(it)) => {}
                    None => return None,
                },
            }
        }
        if text == made.text() {
            return Some(made);
        }
        let mut new = CitedSentence::new(crate::view::capital(&text), made.citations().to_vec())?;
        (new.claim, new.verdict, new.note) = (made.claim, made.verdict, made.note);
        Some(new)
    }

    /// Those of a claim's people whose full names stand in the sentence are known to the reader from here on.
    pub(crate) fn introduce(&mut self, ix: usize, text: &str) {
        for party in parties_of(&self.view.claims[ix].content).into_iter().filter(|it| text.contains(&it.name)) {
            self.names.introduce(party);
        }
    }

    /// The one full name that the story's reports have for a surname.
    fn full_name(&self, word: &str) -> Option<String> {
        let people = self.view.story.iter().flat_map(|ix| &self.view.report(*ix).annotations.actors);
        let full = so_called(people, word);
        if full.len() != 1 {
            return None;
        }
        let one = full.into_iter().next().filter(|it| !it.starts_with(word))?.to_owned();
        Some(one)
    }

    /// The full name with the office that the reports give, as a person is first named.
    fn with_office(&self, full: &str, after: &str) -> String {
        // "the Novak administration" is no place for an office, nor are brackets.
        let stands_alone = after.starts_with([',', '.'])
            || after.split(' ').nth(1).is_some_and(|it| VERBS_BEHIND.contains(&it) || it.ends_with("ed"));
        if !stands_alone {
            return full.to_owned();
        }
        let mut parties = self.view.claims.iter().flat_map(|it| parties_of(&it.content));
        let party = parties.find(|it| it.is_person && it.name == full);
        party.map_or_else(|| full.to_owned(), |it| self.names.clone().say(it))
    }

    /// Whether a reader knows who somebody is: by the headline, by what is told, by the sentence's own "she" of office, or since
    /// the name alone is the story.
    fn is_placed(&self, word: &str, full: &str, places: &[Anchor], text: &str) -> bool {
        let known = stems(word).into_iter().chain(stems(full));
        let named = known.into_iter().any(|it| self.is_in_headline(&it)) || has_word(&self.told_text, word);
        let speaks = places.iter().any(|place| {
            let known = &self.view.report(place.report).annotations;
            let actor = known.actors.iter().find(|it| it.name == full);
            actor.is_some_and(|it| !it.offices.is_empty())
        });
        // Two people of the story in one sentence place each other.
        named || speaks || self.told_text.is_empty() || 1 < text.matches(word).count()
    }

    /// Surnames that no record of ours has met in a sentence: a name of one word that the report's people end in.
    fn unlinked_names(
        &self,
        place: Anchor,
        found: &mut BTreeMap<String, Option<String>>,
        several: &mut BTreeSet<String>,
    ) {
        let report = self.view.report(place.report);
        let known = &report.annotations;
        let is_name = |ix: usize| known.tokens.get(ix).is_some_and(|it| it.pos == "PROPN");
        let alone = |ix: &usize| is_name(*ix) && !is_name(ix + 1) && !ix.checked_sub(1).is_some_and(is_name);
        for ix in self.view.tokens(place).filter(alone) {
            let word = one_line(known.tokens[ix].span.of(report.text()));
            if found.contains_key(&word) || several.contains(&word) {
                continue;
            }
            let full = so_called(&known.actors, &word);
            match full.len() {
                0 => {}
                1 => drop(found.insert(word, full.into_iter().next().map(str::to_owned))),
                _ => drop(several.insert(word)),
            }
        }
    }

    /// People whom the cited sentences name by one word, with the full name where one report gives one and no other.
    /// And those words that two people of one report are called by.
    fn bare_names(&self, places: &[Anchor]) -> (BTreeMap<String, Option<String>>, BTreeSet<String>) {
        let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
        let mut several: BTreeSet<String> = BTreeSet::new();
        for place in places.iter().filter_map(|it| self.view.sentence(*it)) {
            let report = self.view.report(place.report);
            let known = &report.annotations;
            for mention in known.mentions.iter().filter(|it| place.span.contains(it.span)) {
                let actor = mention.actor.and_then(|it| known.actors.get(it.ix()));
                let Some(actor) = actor.filter(|it| it.kind == ActorKind::Person) else { continue };
                let word = one_line(mention.span.of(report.text()));
                if mention.kind != MentionKind::Named || word.contains(' ') {
                    continue;
                }
                let namesakes = known.actors.iter().filter(|it| is_so_called(it, &word));
                let full = Some(actor.name.clone()).filter(|_| is_so_called(actor, &word) && namesakes.count() == 1);
                // "Lind" of two brothers Lind is nobody in particular.
                if 1 < so_called(&known.actors, &word).len() {
                    several.insert(word.clone());
                }
                // Reports that give different names for one word leave it as it is.
                let entry = found.entry(word).or_insert_with(|| full.clone());
                if entry.is_none() {
                    *entry = full;
                }
            }
        }
        for place in places.iter().filter_map(|it| self.view.sentence(*it)) {
            self.unlinked_names(place, &mut found, &mut several);
        }
        found.retain(|word, full| !several.contains(word) && (full.is_some() || !self.is_elsewhere_no_person(word)));
        (found, several)
    }

    /// Whether another report takes a name of one word for a place, a state or a body: it is nobody's surname there.
    fn is_elsewhere_no_person(&self, word: &str) -> bool {
        let mut all = self.view.story.iter().flat_map(|ix| &self.view.report(*ix).annotations.actors);
        all.any(|it| match it.kind {
            // "Orsany and Velmark", taken for one body, are two states.
            ActorKind::Place | ActorKind::State | ActorKind::Organisation => {
                it.name.split(" and ").any(|it| it == word) || it.aliases.iter().any(|it| it == word)
            }
            ActorKind::Group => it.name.strip_suffix(word).is_some_and(|it| it.ends_with(" from ")),
            _ => false,
        })
    }
}

/// Who takes part in what a claim tells, says it or states it.
fn parties_of(content: &Content) -> Vec<&Party> {
    match content {
        Content::Act(act) => act.actors.iter().chain(&act.recipients).collect(),
        Content::Statement(statement) => statement.speakers.iter().collect(),
        Content::Figure(figure) => figure.stated_by.iter().collect(),
    }
}

/// Whether somebody has a surname, and a name before it.
fn is_so_called(actor: &Actor, surname: &str) -> bool {
    !is_glued(&actor.name)
        && actor.kind == ActorKind::Person
        && actor.name.rsplit_once(' ').is_some_and(|(_, last)| last == surname)
}

/// The full names of those who have a surname.
fn so_called<'a>(actors: impl IntoIterator<Item = &'a Actor>, surname: &str) -> BTreeSet<&'a str> {
    actors.into_iter().filter(|it| is_so_called(it, surname)).map(|it| it.name.as_str()).collect()
}

/// Where a name stands alone, outside of marks: no title or given name before it.
fn bare_at(text: &str, name: &str) -> Option<usize> {
    let is_edge = |c: Option<char>| c.is_none_or(|it| !it.is_alphanumeric() && it != '-');
    let mut places = text
        .match_indices(name)
        .filter(|(at, _)| is_edge(text[..*at].chars().next_back()) && is_edge(text[at + name.len()..].chars().next()));
    places.find(|(at, _)| !in_marks(text, *at) && !has_title_before(&text[..*at])).map(|it| it.0)
}

fn has_title_before(before: &str) -> bool {
    let word = before.trim_end().rsplit(' ').next().unwrap_or("");
    let opens = before.trim_end().split(' ').count() < 2;
    // "Then Novak left": the first word of a sentence has a large letter whatever it is.
    word.starts_with(char::is_uppercase) && (!opens || word.ends_with('.') || word.len() < 4)
}

/// Whether the name's last other word stands right before.
fn has_rest_before(before: &str, full: &str, word: &str) -> bool {
    let rest = full.strip_suffix(word).unwrap_or("").trim_end();
    rest.rsplit(' ').next().is_some_and(|it| !it.is_empty() && before.trim_end().ends_with(it))
}

fn in_marks(text: &str, at: usize) -> bool {
    let before = &text[..at];
    before.matches('“').count() > before.matches('”').count() || before.matches('"').count() % 2 == 1
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').any(|it| it == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_full_is_not_made_fuller() {
        assert!(
            has_rest_before("Reporter Eva ", "Eva Novak", "Novak") && has_rest_before("Eva ", "Eva Novak", "Novak")
        );
        assert!(!has_rest_before("Yesterday ", "Eva Novak", "Novak") && !has_rest_before("", "Novak", "Novak"));
    }

    #[test]
    fn a_name_alone_outside_of_marks() {
        assert_eq!(bare_at("Novak left, and Berg said “Novak is ill”.", "Novak"), Some(0));
        assert_eq!(bare_at("Berg said “Novak is ill”.", "Novak"), None);
        assert_eq!(bare_at("In May Eva Novak left.", "Novak"), None);
        assert_eq!(bare_at("In May Mr. Novak left.", "Novak"), None);
        assert_eq!(bare_at("On Monday the Novakovs left.", "Novak"), None);
    }
}
