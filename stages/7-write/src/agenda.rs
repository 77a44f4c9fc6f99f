//! What is next: what is set for a day after the reports' own.

use std::collections::BTreeMap;

use rapporteur_model::{ActContent, CitedSentence, Claim, Content, Realis, SectionKind};

use crate::plan::Draft;
use crate::view::View;
use crate::witness::shown;
use crate::{acts, dates, retell, statements};

impl Draft<'_> {
    /// What is next: what is set for a day after the reports' own, in order of the days, two entries a day.
    pub(crate) fn next(&mut self) -> Vec<CitedSentence> {
        let mut allowance = self.allowance(SectionKind::Next);
        let mut list = Vec::new();
        // The agenda may name again, in its own short form, what the brief has told: it is compared with itself only.
        let told = std::mem::take(&mut self.told);
        let mut n_of_day: BTreeMap<String, usize> = BTreeMap::new();
        for (date, ix) in self.coming() {
            let Some(day) = dates::words(&date, self.view.year()) else {
                continue;
            };
            if n_of_day.get(&date).copied().unwrap_or(0) >= 2 {
                continue;
            }
            let claim = &self.view.claims[ix];
            if claim.reports.iter().all(|it| self.view.is_rewrite(*it)) {
                continue;
            }
            // A sentence in a report's own words must itself name the day it is listed under.
            let own_words = shown(claim).is_some_and(|at| {
                self.view.times(at).any(|it| it.value.as_deref().is_some_and(|it| it.starts_with(date.as_str())))
            });
            let parties = match &claim.content {
                Content::Act(act) => act.actors.iter().chain(&act.recipients).collect::<Vec<_>>(),
                Content::Statement(statement) => statement.speakers.iter().collect(),
                Content::Figure(_) => Vec::new(),
            };
            let mut short = self.names.anew();
            parties.into_iter().for_each(|it| short.introduce(it));
            let text = match &claim.content {
                Content::Act(act) => {
                    let dateless = ActContent { date: None, ..act.clone() };
                    acts::grammar(self.view, &dateless, &mut short)
                        .or_else(|| if own_words { acts::sentence(self.view, act, &mut short) } else { None })
                }
                Content::Statement(statement) => statements::sentence(self.view, statement, &mut short),
                Content::Figure(figure) => {
                    figure.clause.and_then(|it| retell::sentence(self.view, it, figure.printed_at.map(|it| it.span)))
                }
            };
            let is_planned = matches!(&claim.content, Content::Act(act) if is_coming(act));
            let of_past = || shown(claim).is_some_and(|it| tells_of_past(&self.view.line(it)));
            let text =
                text.filter(|it| (looks_ahead(it) || is_planned) && !of_past() && !opens_in_past(self.view, claim));
            let text = text.map(|it| without_other_news(&it));
            // The day stands before it already.
            let text = text.map(|it| without_day(&it, &day));
            let made = text.and_then(|text| self.cite(ix, format!("{day}: {text}")));
            if made.is_some_and(|made| self.take(made, &mut allowance, &mut list)) {
                *n_of_day.entry(date).or_default() += 1;
            }
        }
        self.told.splice(0..0, told);
        list
    }

    /// Claims with a day to come, by day and weight: planned acts first, then whatever else names that day.
    pub(crate) fn coming(&self) -> Vec<(String, usize)> {
        let as_of = self.view.as_of.as_deref();
        let mut found: Vec<(String, u8, usize)> = Vec::new();
        for (ix, claim) in self.view.claims.iter().enumerate() {
            if let Content::Act(act) = &claim.content {
                let planned = is_coming(act) && act.positive;
                if let Some(date) = act.date.as_ref().filter(|it| planned && dates::is_coming(it, as_of)) {
                    found.push((date.get(..10).unwrap_or(date).to_owned(), 0, ix));
                    continue;
                }
            }
            let Some(at) = shown(claim).filter(|it| looks_ahead(&self.view.line(*it))) else {
                continue;
            };
            let named = self.view.times(at).filter_map(|it| it.value.as_deref()).find(|it| dates::is_coming(it, as_of));
            if let Some(date) = named {
                found.push((date.get(..10).unwrap_or(date).to_owned(), 1, ix));
            }
        }
        found.sort();
        found.into_iter().map(|(date, _, ix)| (date, ix)).collect()
    }
}

/// Whether an act is told as lying ahead.
pub(crate) const fn is_coming(act: &ActContent) -> bool {
    matches!(act.realis, Some(Realis::Scheduled | Realis::Expected))
}

/// The sentence without a day that stands before it, as either side of the ocean writes it: " on 2 May 2032", " on May 2, 2032".
fn without_day(text: &str, day: &str) -> String {
    let mut forms = vec![format!(" on {day}")];
    let words: Vec<&str> = day.split(' ').collect();
    if let [number, month, rest @ ..] = words.as_slice() {
        let year = rest.first().map_or_else(String::new, |it| format!(", {it}"));
        let plain = rest.first().map_or_else(String::new, |it| format!(" {it}"));
        for month in [*month, month.get(..3).unwrap_or(month)] {
            forms.extend([format!(" on {month} {number}{year}"), format!(" on {month} {number}{plain}")]);
            forms.extend([format!(" on {number} {month}"), format!(" on {month} {number}")]);
        }
    }
    let found = forms.into_iter().find(|it| {
        text.find(it.as_str()).is_some_and(|at| !text[at + it.len()..].starts_with(|c: char| c.is_alphanumeric()))
    });
    found.map_or_else(|| text.to_owned(), |it| text.replacen(&it, "", 1))
}

/// The sentence without what somebody else did meanwhile: "Novak will visit Orsany, while Berg was in Port Calder".
fn without_other_news(text: &str) -> String {
    let past = |it: &str| [" was ", " were ", " did ", " had "].iter().any(|word| it.contains(word));
    match text.split_once(", while ") {
        Some((ahead, other))
            if looks_ahead(ahead) && past(other) && !looks_ahead(other) && !other.contains(['“', '"']) =>
        {
            format!("{ahead}.")
        }
        _ => text.to_owned(),
    }
}

/// Whether words name a day of the past: "took power on 17 December of last year".
fn tells_of_past(line: &str) -> bool {
    let lower = line.to_lowercase();
    ["last year", "last month", "a year ago", "years ago"].iter().any(|it| lower.contains(it))
}

/// Whether the main verb tells what was done, neither said nor set: "have targeted", "was tortured". A day to come that stands
/// beside it is not what the sentence is about.
fn opens_in_past(view: &View<'_>, claim: &Claim) -> bool {
    const SET: [&str; 12] = [
        "say", "tell", "announce", "expect", "schedule", "plan", "set", "agree", "decide", "confirm", "invite", "call",
    ];
    let Some(at) = shown(claim).and_then(|it| view.sentence(it)) else { return false };
    let known = &view.report(at.report).annotations;
    let inside = view.tokens(at);
    let Some(root) = inside.clone().find(|it| known.tokens[*it].dep == "ROOT") else { return false };
    let verb = &known.tokens[root];
    let has = |word: &str| {
        let mut own = known.tokens[inside.clone()].iter().filter(|it| it.head.ix() == root && it.dep == "aux");
        own.any(|it| it.lemma.of(&known.lemmas) == word)
    };
    let past = verb.tag == "VBD" || verb.tag == "VBN" && (has("have") || has("be"));
    past && verb.pos == "VERB" && !SET.contains(&verb.lemma.of(&known.lemmas))
}

/// Whether words speak of what is to come: a date in the future alone does not.
pub(crate) fn looks_ahead(text: &str) -> bool {
    let words = [
        "will", "shall", "expected", "due", "scheduled", "planned", "plans", "set to", "is to", "are to", "opens",
        "begins",
    ];
    let lower = format!(" {} ", text.to_lowercase());
    words.iter().any(|it| lower.contains(&format!(" {it} ")))
}

#[cfg(test)]
mod tests {
    use super::{without_day, without_other_news};

    #[test]
    fn what_somebody_else_did_meanwhile_is_no_agenda() {
        let told = without_other_news("Novak is expected to visit Orsany, while her deputy was in Oslo for talks.");
        assert_eq!(told, "Novak is expected to visit Orsany.");
        let both = "Novak will visit Orsany, while her deputy will go to Oslo.";
        assert_eq!(without_other_news(both), both);
    }

    #[test]
    fn a_day_that_stands_before_is_not_said_again() {
        let told = without_day("Orsany holds an election on January 22, 2032 and Berg leads.", "22 January 2032");
        assert_eq!(told, "Orsany holds an election and Berg leads.");
        assert_eq!(without_day("They meet in Oslo on 2 May.", "2 May"), "They meet in Oslo.");
        assert_eq!(without_day("They meet on 2 Mayfair Street.", "2 May"), "They meet on 2 Mayfair Street.");
    }
}
