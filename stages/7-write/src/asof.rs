//! As of which day: what an earlier report says of how things stand, or will be, is told with the day of that report.
//!
//! A story grows over days. "No date is set" was so when it was written; beside a report of a week later it misleads unless
//! its day is told. What happened stays so, and needs none.

use rapporteur_model::{Anchor, CitedSentence, MentionKind, ReportIx};

use crate::dates;
use crate::plan::Draft;
use crate::standing::outside_marks;

/// Next to all: so many parts of one part more.
const MOSTLY: usize = 3;

/// Dated reports so many days apart make a story of several days.
const SPAN_MIN: i32 = 2;

/// "Today" of so many days before the last is another day.
const OLD_DAYS: i32 = 3;

/// Words of dying, whose counts grow.
const GROWING: [&str; 10] =
    ["killed", "dead", "died", "death", "deaths", "injured", "wounded", "missing", "critical", "hospitalised"];

impl Draft<'_> {
    /// The sentence with "As of 2 May, …" before it where all its places are of an earlier day than the last that is stated, or
    /// may be, and it tells how things stand.
    pub(crate) fn as_of_its_day(&self, made: CitedSentence) -> CitedSentence {
        let Some(day) = self.day_to_tell(&made).filter(|_| self.is_perishable(&made)) else { return made };
        let Some(day) = dates::words(&day, self.view.year()) else { return made };
        // A sentence that says its day needs no other.
        let turned = day.split_once(' ').map(|(number, month)| format!("{month} {number}"));
        if made.text().contains(&day) || turned.is_some_and(|it| made.text().contains(&it)) {
            return made;
        }
        let text = format!("As of {day}, {}", self.lowered(made.text(), made.citations()));
        let Some(mut dated) = CitedSentence::new(text, made.citations().to_vec()) else { return made };
        (dated.claim, dated.verdict, dated.note) = (made.claim, made.verdict, made.note);
        dated
    }

    /// Whether an earlier report tells what was under way: a search, a rescue, a count so far. A later one is there, which had
    /// the chance to say how it ended.
    pub(crate) fn is_overtaken(&self, made: &CitedSentence) -> bool {
        const UNDER_WAY: [&str; 11] = [
            " so far", "not yet", "still seeking", "still searching", "still looking", "unaccounted", "ongoing",
            " is being ", " are being ", "gone missing", "initially ",
        ];
        let text = outside_marks(made.text()).to_lowercase();
        let as_of = self.view.as_of.as_deref();
        let day = made.citations().iter().filter_map(|it| self.view.day(it.report)).max();
        let is_older = as_of.zip(day).is_some_and(|(as_of, day)| day < as_of);
        let under_way = || UNDER_WAY.iter().any(|it| text.contains(it));
        is_older && (under_way() || text.starts_with("as of ") && self.is_in_progress(made))
    }

    /// "are gathering": the main verb is a participle with a form of "be".
    fn is_in_progress(&self, made: &CitedSentence) -> bool {
        made.citations().first().is_some_and(|at| {
            let sentence = self.view.sentence(*at).unwrap_or(*at);
            let tokens = &self.view.report(at.report).annotations.tokens[self.view.tokens(sentence)];
            tokens.iter().any(|it| it.dep == "ROOT" && it.tag == "VBG" && it.pos == "VERB")
        })
    }

    /// Whether it tells how things stand, or lie ahead, from reports that state no day, in a story of several days: nobody can
    /// say when that was so.
    pub(crate) fn is_of_unknown_day(&self, made: &CitedSentence) -> bool {
        let days: std::collections::BTreeSet<&str> =
            self.view.story.iter().filter_map(|it| self.view.day(*it)).collect();
        let spans_days = days.first().zip(days.last()).and_then(|(first, last)| {
            let day = |it: &str| it.parse::<jiff::civil::Date>().ok();
            Some(day(last)?.since(day(first)?).ok()?.get_days())
        });
        let undated = || made.citations().iter().all(|it| self.view.day(it.report).is_none());
        let stands = || {
            let text = made.text().to_lowercase();
            const NOW: [&str; 9] =
                [" is ", " are ", " has ", " have ", "it's ", "it’s ", " will ", "expected to", "going to"];
            self.is_perishable(made) || NOW.iter().any(|it| text.contains(it))
        };
        spans_days.is_some_and(|it| SPAN_MIN <= it) && self.n_origins(made.citations()) < 2 && undated() && stands()
    }

    /// Whether words in marks count from a day that is not the story's: "this year" of a report of the year before.
    pub(crate) fn quotes_old_day(&self, made: &CitedSentence) -> bool {
        const COUNTED: [&str; 8] =
            ["this year", "this week", "this month", "today", "tonight", "tomorrow", "yesterday", "right now"];
        let Some((_, quoted)) = made.text().split_once(" said: “") else { return false };
        let lower = quoted.to_lowercase();
        let latest = made.citations().iter().filter_map(|it| self.view.day(it.report)).max();
        let is_older = self.view.as_of.as_deref().zip(latest).is_some_and(|(as_of, day)| {
            let day_of = |it: &str| it.parse::<jiff::civil::Date>().ok();
            day_of(as_of).zip(day_of(day)).is_some_and(|(last, own)| {
                last.since(own).is_ok_and(|it| OLD_DAYS <= it.get_days()) || as_of.get(..4) != day.get(..4)
            })
        });
        is_older && COUNTED.iter().any(|it| lower.contains(it))
    }

    /// The latest day of the cited reports, where a later report may know better.
    fn day_to_tell(&self, made: &CitedSentence) -> Option<String> {
        let as_of = self.view.as_of.as_deref()?;
        let day = made.citations().iter().filter_map(|it| self.view.day(it.report)).max()?;
        // With next to all reports undated, the last stated day need not be the last.
        let is_undated = |it: &&ReportIx| self.view.day(**it).is_none();
        let n_undated = self.view.story.iter().filter(is_undated).count();
        let mostly_undated = MOSTLY * self.view.story.len() <= (MOSTLY + 1) * n_undated;
        let all_dated = made.citations().iter().all(|it| self.view.day(it.report).is_some());
        (all_dated && (day < as_of || mostly_undated)).then(|| day.to_owned())
    }

    /// Whether it tells how things stand: a main verb, or one of what somebody says, in the present, the perfect or the future; or
    /// a count of victims.
    fn is_perishable(&self, made: &CitedSentence) -> bool {
        let text = outside_marks(made.text());
        if made.text().contains(" said: “") || text.starts_with("As of ") || text.starts_with("On ") {
            return false;
        }
        let words = || text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        let counts = !crate::words::digits(&text).is_empty();
        if counts && words().any(|it| GROWING.contains(&it.as_str())) {
            return true;
        }
        // "As of 4 February, previously": it tells of the time before.
        if words().any(|it| it == "previously") {
            return false;
        }
        made.citations().first().is_some_and(|it| self.stands_in_present(*it, &text))
    }

    fn stands_in_present(&self, at: Anchor, told: &str) -> bool {
        let report = self.view.report(at.report);
        let known = &report.annotations;
        let sentence = self.view.sentence(at).unwrap_or(at);
        // The main verb, what is joined to it, and what is said.
        let is_main = |ix: usize| {
            let mut at = ix;
            for _ in 0..4 {
                let token = &known.tokens[at];
                match token.dep {
                    "ROOT" => return true,
                    "conj" | "ccomp" | "parataxis" => at = token.head.ix(),
                    _ => return false,
                }
            }
            false
        };
        self.view.tokens(sentence).any(|ix| {
            let token = &known.tokens[ix];
            let word = token.span.of(report.text());
            let verb = if token.dep.starts_with("aux") { token.head.ix() } else { ix };
            matches!(token.tag, "VBZ" | "VBP" | "MD")
                && !matches!(word, "would" | "could" | "might")
                && matches!(token.pos, "VERB" | "AUX")
                && is_main(verb)
                && !is_saying(known.tokens[verb].lemma.of(&known.lemmas))
                && told.split(' ').any(|it| it.trim_matches(|c: char| !c.is_alphanumeric()) == word)
        })
    }

    /// The text with a small first letter where its first word is no name.
    fn lowered(&self, text: &str, places: &[Anchor]) -> String {
        let first = text.split([' ', ',', '’', '\'']).next().unwrap_or("");
        let small = first.to_lowercase();
        // By the parse of the sentence it comes from, else by how the reports write it elsewhere.
        let plain = first.chars().skip(1).all(char::is_lowercase);
        let no_name = |at: &Anchor| {
            let (report, sentence) = (self.view.report(at.report), self.view.sentence(*at).unwrap_or(*at));
            let tokens = report.annotations.tokens[self.view.tokens(sentence)].iter();
            let mut same = tokens.filter(|it| it.span.of(report.text()) == first);
            let named = |span: rapporteur_model::Span| {
                let mentions = &report.annotations.mentions;
                mentions.iter().any(|it| it.kind == MentionKind::Named && it.span.overlaps(span))
            };
            // "South Korea": where the next word has a large letter too, the first is of the name.
            let runs_on = text.split(' ').nth(1).is_some_and(|it| it.starts_with(char::is_uppercase));
            // "Russian" keeps its letter, "Right-wing" does not.
            let lexicon = rapporteur_lexicon::Lexicon::shared();
            let is_name = |it: &rapporteur_model::Token| {
                it.pos == "PROPN" || it.pos == "ADJ" && (runs_on || !lexicon.meanings(first).is_empty())
            };
            same.next().is_some_and(|it| !is_name(it) && !named(it.span))
                || !runs_on && report.text().contains(&format!(" {small} "))
        };
        let is_common =
            matches!(small.as_str(), "a" | "an" | "the") || small != first && plain && places.iter().any(no_name);
        if is_common { format!("{small}{}", &text[first.len()..]) } else { text.to_owned() }
    }
}

/// "says that …": when somebody says something is no state of things.
fn is_saying(lemma: &str) -> bool {
    matches!(lemma, "say" | "report" | "tell" | "write" | "claim" | "add" | "note")
}
