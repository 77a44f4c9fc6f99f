//! Who speaks: as the report whose words are shown has it.

use rapporteur_model::{Party, ReportIx, StatementContent, Token};

use crate::names::Names;
use crate::statements::cue_span;
use crate::view::{View, one_line};
use crate::words::stems;

/// Who speaks, as the report has it where our record holds only a part of a body's name ("Consulate General" of "the Calder
/// Consulate General") or a people by its state ("Orsanians have hailed"). `None` where a person's name is a part of a longer one.
pub(crate) fn speakers(view: &View<'_>, statement: &StatementContent, names: &mut Names) -> Option<String> {
    let own = |it: &Party| statement.content.first().map_or_else(|| it.clone(), |at| of_report(view, at.report, it));
    let listed = names.list(&statement.speakers.iter().map(own).collect::<Vec<_>>());
    let ([party], Some(content)) = (statement.speakers.as_slice(), statement.content.first()) else {
        return Some(listed);
    };
    let report = view.report(content.report);
    let quotes = &report.annotations.quotes;
    let quote = quotes.iter().find(|it| it.content.iter().any(|it| it.contains(content.span)));
    let Some(source) = quote.and_then(|it| it.source.first()) else { return Some(listed) };
    let text = report.text();
    let words = one_line(source.of(text));
    // "Orsanians", "Palestinians": a plural people is not its state.
    if party.is_state && !words.contains(' ') && words.ends_with("ns") && words != party.name {
        return Some(words);
    }
    let part = if words.contains(&party.name) { &party.name } else { &party.short };
    let Some(at) = words.find(part.as_str()) else {
        // "Facebook" of a report is not renamed to what the company is called since.
        let own_name = words.starts_with(char::is_uppercase) && words.split(' ').count() <= 4;
        let is_body = !party.is_person && !party.is_state;
        return Some(if is_body && own_name && !words.contains(',') { words } else { listed });
    };
    let before = &words[..at];
    // "Haiti's Civil Protection Office": without its country it is another's.
    let owner = before.trim_end();
    if !party.is_person && (owner.ends_with("’s") || owner.ends_with("'s")) && owner.starts_with(char::is_uppercase) {
        return Some(words[..at + part.len()].to_owned());
    }
    if before.ends_with('-') {
        return None;
    }
    let own = before.trim_end().rsplit(' ').next().unwrap_or("");
    let runs_on = !party.is_person
        && !party.is_state
        && own.starts_with(char::is_uppercase)
        && own.chars().all(|it| it.is_alphabetic() || it == '-')
        && !matches!(own, "The" | "A" | "An");
    if !runs_on {
        return Some(listed);
    }
    // All large words before it are its name's.
    let mut start = at;
    for word in before.trim_end().rsplit(' ') {
        let large = word.starts_with(char::is_uppercase) && !word.ends_with([',', '.', ':']) && word != "The";
        if !large {
            break;
        }
        start = start.saturating_sub(word.len() + 1);
    }
    let full = words[start..at + part.len()].trim().to_owned();
    let article = words[..start].trim_end().to_lowercase().ends_with("the");
    Some(if article { format!("the {full}") } else { full })
}

/// The speaker with the office that this very report gives, or with none where it gives another than most.
fn of_report(view: &View<'_>, report: ReportIx, party: &Party) -> Party {
    let Some(office) = &party.office else { return party.clone() };
    let actors = &view.report(report).annotations.actors;
    let own = actors.iter().find(|it| it.name == party.name || it.aliases.contains(&party.name));
    let lexicon = rapporteur_lexicon::Lexicon::shared();
    // In one spelling, without whose it is: "his defence minister".
    let words = |it: &str| {
        let lower = it.to_lowercase();
        let own = lower.split(' ').filter(|it| !matches!(*it, "his" | "her" | "their" | "its"));
        let own: Vec<&str> = own.map(|it| lexicon.american_spelling(it).unwrap_or(it)).collect();
        stems(&own.join(" "))
    };
    let differs = own.is_some_and(|it| {
        // "Secretary-General" alone does not say of what, and so is no other office.
        let says_of_what = |it: &&rapporteur_model::Office| it.title.trim().contains(' ');
        // "the movement’s spokesman" describes the body that others name; "Kenya's minister" is the Kenyan one.
        let plain = |it: &str| {
            let (owner, title) = it.split_once("’s ").or_else(|| it.split_once("'s "))?;
            lexicon.with_nationality(it).or_else(|| ends_small(owner).then(|| title.to_owned()))
        };
        let titles = || {
            let of_what = it.offices.iter().filter(says_of_what).map(|it| it.title.as_str());
            of_what.map(|it| words(&plain(it).unwrap_or_else(|| it.to_owned()))).filter(|it| !it.is_empty())
        };
        let known = words(office);
        // "director of Orsany" and "chief executive of Orsany": neither holds the other.
        let is_other = |it: &std::collections::BTreeSet<String>| !it.is_subset(&known) && !known.is_subset(it);
        titles().next().is_some() && !known.is_empty() && titles().all(|it| is_other(&it))
    });
    if !differs {
        return party.clone();
    }
    // Its own title, where that can stand before a name as it is.
    let plain = |it: &&str| {
        // A longer one stands after the name: "professor at the University of Ostrava".
        let stands_after = it.split(' ').any(|it| matches!(it, "of" | "for" | "at"));
        it.split(' ').count() <= if stands_after { 10 } else { 5 }
            && it
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-') || stands_after && matches!(c, '’' | '\'' | '.'))
            && !["the ", "a ", "an ", "his ", "her ", "new ", "then "]
                .iter()
                .any(|word| it.to_lowercase().starts_with(word))
    };
    let title = own.and_then(|it| it.offices.iter().map(|it| it.title.as_str()).find(plain));
    Party { office: title.map(str::to_owned), ..party.clone() }
}

/// Whether the last word is a common noun.
fn ends_small(words: &str) -> bool {
    words.split(' ').next_back().is_some_and(|it| it.starts_with(char::is_lowercase))
}

/// "I've heard it said that …", "some say …": what somebody passes on is not what they say.
pub(crate) fn is_hearsay(view: &View<'_>, statement: &StatementContent) -> bool {
    const OPENINGS: [&str; 7] =
        ["heard it said", "heard that", "some say", "some people say", "people say", "they say", "it is said"];
    let Some(first) = statement.content.first() else { return false };
    let Some(sentence) = view.sentence(*first) else { return false };
    let text = view.report(first.report).text();
    let before =
        text[sentence.span.start() as usize..first.span.start().max(sentence.span.start()) as usize].to_lowercase();
    OPENINGS.iter().any(|it| before.contains(it))
}

/// "While Novak said …, only eight were hurt": what is said is granted there, and what follows is the point. "when he said",
/// "earlier refused": said on another occasion, which the report tells of as background.
pub(crate) fn is_conceded(view: &View<'_>, statement: &StatementContent) -> bool {
    const MARKS: [&str; 8] = ["while", "although", "though", "whereas", "unlike", "when", "after", "before"];
    const EARLIER: [&str; 6] = ["earlier", "previously", "once", "initially", "originally", "formerly"];
    let Some(content) = statement.content.first() else { return false };
    let report = view.report(content.report);
    let tokens = &report.annotations.tokens;
    let Some(cue) = cue_span(view, *content) else { return false };
    let Some(verb) = tokens.iter().position(|it| cue.contains(it.span) && it.pos == "VERB") else { return false };
    let word = |it: &Token| it.span.of(report.text()).to_lowercase();
    // "had refused, but the court said …", "confirmed it but gave no reason": a half says something else than the whole.
    let is_but = |it: &&Token| it.dep == "cc" && matches!(word(it).as_str(), "but" | "yet");
    let own = &tokens[verb];
    let near = verb.saturating_sub(40)..tokens.len().min(verb + 40);
    let before = own.dep == "conj" && tokens[near.start..verb].iter().filter(is_but).any(|it| it.head == own.head);
    let behind = tokens[verb..near.end]
        .iter()
        .filter(is_but)
        .any(|it| it.head.ix() == verb && !statement.content.iter().any(|at| at.span.contains(it.span)));
    if before || behind {
        return true;
    }
    let hangs = |it: &&Token| {
        it.head.ix() == verb
            && (matches!(it.dep, "mark" | "advmod") && MARKS.contains(&word(it).as_str())
                || it.dep == "advmod" && EARLIER.contains(&word(it).as_str()))
    };
    tokens[verb.saturating_sub(12)..tokens.len().min(verb + 3)].iter().any(|it| hangs(&it))
}

/// "Barack praised": a name of one word that is the given name of somebody in the story.
pub(crate) fn is_first_name(view: &View<'_>, party: &Party) -> bool {
    let people = || view.story.iter().flat_map(|ix| &view.report(*ix).annotations.actors);
    party.is_person
        && !party.name.contains(' ')
        && people().any(|it| {
            it.kind == rapporteur_model::ActorKind::Person
                && it.name.split_once(' ').is_some_and(|(first, _)| first == party.name)
        })
}
