//! On which occasion somebody spoke: words of another time, of page furniture, or on another matter are not the story's.

use rapporteur_model::{
    ActorKind, Anchor, CitedSentence, MentionKind, ReportIx, Role, Span, StatementContent, TimeKind,
};

use crate::dates;
use crate::plan::Draft;
use crate::standing::FURNITURE;
use crate::witness::VOICE_MIN;
use crate::words::{Needle, stems};

/// A day so long before the report's own is another occasion.
const DAYS_BEFORE: i64 = 10;

/// So many sentences before the words may say when they were spoken.
const BEFORE: usize = 3;

/// So many words of the story show that something is said on it.
const OF_MATTER_MIN: usize = 2;

/// Words of speaking: with a day of old in the same sentence they say when what follows was said.
const SPEAKING: [&str; 17] = [
    "interview", "speaking", "spoke", "speech", "told", "tweeted", "wrote", "posted", "opened", "recalled", "joked",
    "discussed", "delved", "talked", "asked", "appeared", "revealed",
];

/// What players and galleries put into the running text.
const PLAYERS: [&str; 9] = [
    "skip in skip", "embed x", "share close", "scroll down", "read more:", "click here", "most read", "watch:",
    "sign up for",
];

impl Draft<'_> {
    /// Whether a report of an earlier day tells of the same what a day counted from its own report's puts after it: "two days
    /// ago" in a page of the 22nd, of what others printed on the 2nd. Which of them is wrong nobody can tell.
    pub(crate) fn is_told_before_its_day(&self, made: &CitedSentence) -> bool {
        let Some(at) = made.citations().first().copied() else { return false };
        let sentence = self.view.sentence(at).unwrap_or(at);
        let counted = self.view.times(sentence).filter(|it| it.how != "stated");
        let day = counted.filter_map(|it| it.value.as_deref()?.get(..10)).filter(|it| dates::day(it).is_some()).min();
        let Some(day) = day.filter(|day| self.view.day(at.report).is_some_and(|told| *day < told)) else {
            return false;
        };
        let witnesses = self.witnesses(at, &Needle::new(made.text()));
        witnesses.iter().any(|(report, (score, _))| {
            let is_earlier = self.view.day(*report).is_some_and(|it| it.get(..10).is_some_and(|it| it < day));
            VOICE_MIN <= *score && is_earlier
        })
    }

    /// Whether a statement belongs to the story as it is told: to this occasion, to the text and not to what a page has around
    /// it, and, where one origin alone has it, to the matter.
    pub(crate) fn is_of_occasion(&self, statement: &StatementContent, n_origins: usize) -> bool {
        let Some(at) = statement.content.first().copied() else { return false };
        !self.is_of_page(at)
            && !self.is_someone_elses(at, statement)
            && !self.is_of_old(at)
            && (1 < n_origins || !self.is_half_said(at))
            && (1 < n_origins || self.is_near_top(at) || self.is_on_matter(at, statement))
    }

    /// Whether the paragraph is a player's or gallery's text, or a caption with a label.
    fn is_of_page(&self, at: Anchor) -> bool {
        let report = self.view.report(at.report);
        let Some(block) = report.article.blocks.iter().find(|it| it.span.contains(at.span)) else { return false };
        let lower = self.view.line(Anchor::new(at.report, block.span)).to_lowercase();
        // "Payload: Earlier this week Eva Novak showed …".
        let label = lower.split_once(": ").map_or("", |it| it.0);
        let words: Vec<&str> = label.split(' ').collect();
        let says = words.iter().any(|it| it.ends_with("ed") || matches!(*it, "said" | "says" | "wrote" | "told"));
        let is_labelled = !label.is_empty()
            && words.len() <= 4
            && !says
            && !lower[label.len() + 2..].starts_with(['“', '"', '\'', '‘']);
        let own = self.view.line(self.view.sentence(at).unwrap_or(at)).to_lowercase();
        is_labelled || FURNITURE.iter().any(|it| own.contains(it)) || PLAYERS.iter().any(|it| lower.contains(it))
    }

    /// Whether it is a half of what is said: of a place that the sentence names before it ("In England, Novak said …"), or with
    /// a "But" of the same speaker behind it.
    fn is_half_said(&self, at: Anchor) -> bool {
        let report = self.view.report(at.report);
        let known = &report.annotations;
        let Some(ix) = known.sentence_at(at.span.start()) else { return false };
        let sentence = &known.sentences[ix.ix()];
        let opening = self.view.line(Anchor::new(at.report, sentence.span));
        let of_place = opening.strip_prefix("In ").is_some_and(|it| {
            it.starts_with(char::is_uppercase)
                && it.find(',').is_some_and(|comma| comma < 30)
                && !dates::MONTHS.iter().any(|month| it.starts_with(month))
        });
        let quoted = known.quotes.iter().find(|it| it.content.iter().any(|it| it.overlaps(at.span)));
        let starts_later = at.span.start() > sentence.span.start() + 3
            && quoted.is_some_and(|it| it.content.iter().all(|it| it.start() > sentence.span.start()));
        let next = known.sentences.get(ix.ix() + 1).filter(|it| it.block == sentence.block);
        let but = next.is_some_and(|it| {
            let line = self.view.line(Anchor::new(at.report, it.span));
            let turns = line.starts_with("But ") || line.starts_with("However, ");
            turns && [" he ", " she ", " they ", " said "].iter().any(|word| line.contains(word))
        });
        of_place && starts_later || but
    }

    /// "he told the paper", where a name that the reports' people do not hold stands between the speaker's and "he": "Ivo Ral,
    /// a shopkeeper, came out".
    fn is_someone_elses(&self, at: Anchor, statement: &StatementContent) -> bool {
        let report = self.view.report(at.report);
        let known = &report.annotations;
        let text = report.text();
        let Some(quote) = known.quotes.iter().find(|it| it.content.iter().any(|it| it.overlaps(at.span))) else {
            return false;
        };
        let Some(source) = quote.source.first() else { return false };
        let word = source.of(text).to_lowercase();
        if !matches!(word.as_str(), "he" | "she") {
            return self.is_a_namesakes(at.report, *source, statement);
        }
        let is_speakers = |it: &rapporteur_model::Mention| {
            let actor = it.actor.and_then(|it| known.actors.get(it.ix()));
            it.kind == MentionKind::Named
                && actor.is_some_and(|actor| {
                    statement.speakers.iter().any(|it| it.name == actor.name || actor.aliases.contains(&it.name))
                })
        };
        let last = known.mentions.iter().rfind(|it| it.span.end() <= source.start() && is_speakers(it));
        let Some(last) = last else { return true };
        // Too far up, or somebody else the subject since.
        let n_between = known
            .sentence_at(source.start())
            .zip(known.sentence_at(last.span.start()))
            .map_or(usize::MAX, |(own, named)| own.ix() - named.ix());
        let from = known.tokens.partition_point(|it| it.span.end() <= last.span.end());
        let between = known.tokens[from..].iter().take_while(|it| it.span.end() <= source.start());
        let other_subject = between.filter(|it| it.pos == "PROPN" && it.dep.starts_with("nsubj")).any(|it| {
            !known.mentions.iter().any(|mention| mention.span.contains(it.span) && is_speakers(mention))
                && !is_place(known, it.span)
        });
        FAR < n_between || other_subject
    }

    /// "Thurman says", where the report said "Thurman" well before it named Robert Thurman in full: another is meant.
    fn is_a_namesakes(&self, report: ReportIx, source: Span, statement: &StatementContent) -> bool {
        let annotated = self.view.report(report);
        let known = &annotated.annotations;
        let text = annotated.text();
        let word = source.of(text);
        if word.contains(' ') || !word.starts_with(char::is_uppercase) {
            return false;
        }
        let Some(full) = statement.speakers.iter().find(|it| it.is_person && it.name.ends_with(&format!(" {word}")))
        else {
            return false;
        };
        let body = |span: Span| {
            let block = annotated.article.blocks.iter().find(|it| it.span.contains(span));
            block.is_some_and(|it| matches!(it.role, Role::Body | Role::Standfirst))
        };
        let named = known.mentions.iter().filter(|it| it.kind == MentionKind::Named && body(it.span));
        let first_of = |is: &dyn Fn(&str) -> bool| {
            named.clone().find(|it| is(it.span.of(text))).and_then(|it| known.sentence_at(it.span.start()))
        };
        let bare = first_of(&|it: &str| it == word);
        let whole =
            first_of(&|it: &str| it.contains(' ') && it.ends_with(word) && full.name.ends_with(it.trim_start()));
        match (bare, whole) {
            (Some(bare), Some(whole)) => bare.ix() + 2 < whole.ix(),
            _ => false,
        }
    }

    /// Whether the words of saying, or one of the sentences before them that tells of somebody speaking, give a day of old.
    fn is_of_old(&self, at: Anchor) -> bool {
        let report = self.view.report(at.report);
        let known = &report.annotations;
        let own = self.view.day(at.report).and_then(|it| it.parse::<jiff::civil::Date>().ok());
        let quote = known.quotes.iter().find(|it| it.content.iter().any(|it| it.overlaps(at.span)));
        let content: &[Span] = quote.map_or(&[], |it| &it.content);
        // The latest year that a report without a day names.
        let year = |it: &rapporteur_model::Time| it.value.as_deref()?.get(..4)?.parse::<i16>().ok();
        let latest = known.times.iter().filter_map(year).max();
        let is_old = |span: Span| {
            self.view.times(Anchor::new(at.report, span)).any(|it| {
                it.kind == TimeKind::Date
                    && !content.iter().any(|said| said.overlaps(it.span))
                    && it.value.as_deref().and_then(last_day).is_some_and(|day| match own {
                        Some(own) => own.since(day).is_ok_and(|it| DAYS_BEFORE < i64::from(it.get_days())),
                        // A year that a report without a day names in digits is a year of old.
                        None => {
                            let bare = it.value.as_deref().is_some_and(|it| it.len() == 4);
                            let words = it.span.of(report.text()).to_lowercase();
                            it.how == "stated" && (bare || year(it) < latest) || words.contains("year")
                        }
                    })
            })
        };
        let Some(ix) = known.sentence_at(at.span.start()) else { return false };
        let sentence = known.sentences[ix.ix()].span;
        if is_old(sentence) {
            return true;
        }
        known.sentences[ix.ix().saturating_sub(BEFORE)..ix.ix()].iter().any(|it| {
            let lower = self.view.line(Anchor::new(at.report, it.span)).to_lowercase();
            let speaks = lower.split(|c: char| !c.is_alphanumeric()).any(|word| SPEAKING.contains(&word));
            speaks && is_old(it.span)
        })
    }

    /// Whether the words, their paragraph or the sentence before have words of the story beside the speaker's name.
    fn is_on_matter(&self, at: Anchor, statement: &StatementContent) -> bool {
        let report = self.view.report(at.report);
        let known = &report.annotations;
        let mut whole = at.span;
        if let Some(block) = report.article.blocks.iter().find(|it| it.span.contains(at.span)) {
            whole = whole.cover(block.span);
        }
        let before = known.sentence_at(whole.start()).and_then(|it| it.ix().checked_sub(1));
        if let Some(before) = before {
            whole = whole.cover(known.sentences[before].span);
        }
        let speakers = statement.speakers.iter().flat_map(|it| it.forms.iter().map(String::as_str));
        let speakers: std::collections::BTreeSet<String> = speakers.flat_map(stems).collect();
        let words = stems(&self.view.line(Anchor::new(at.report, whole)));
        OF_MATTER_MIN <= words.difference(&speakers).filter(|it| self.matter.has(it)).count()
    }
}

/// Sentences between a name and the pronoun that speaks.
const FAR: usize = 6;

/// Whether a name is a state's or a body's: "he" is none of them.
fn is_place(known: &rapporteur_model::Annotations, span: Span) -> bool {
    known.mentions.iter().any(|it| {
        let actor = it.actor.and_then(|it| known.actors.get(it.ix()));
        it.span.contains(span)
            && actor.is_some_and(|it| matches!(it.kind, ActorKind::State | ActorKind::Organisation | ActorKind::Place))
    })
}

/// The last day that a value of TIMEX3 can mean: of "2031-05" the last of May.
fn last_day(value: &str) -> Option<jiff::civil::Date> {
    if let Some(day) = value.get(..10).and_then(|it| it.parse().ok()) {
        return Some(day);
    }
    let year: i16 = value.get(..4)?.parse().ok()?;
    let season = match value.get(4..) {
        Some("") => Some(12),
        Some("-SP") => Some(5),
        Some("-SU") => Some(8),
        Some("-FA") => Some(11),
        Some(month) if month.len() == 3 => month[1..].parse().ok(),
        _ => None,
    };
    Some(jiff::civil::Date::new(year, season?, 1).ok()?.last_of_month())
}

#[cfg(test)]
mod tests {
    use super::last_day;

    #[test]
    fn the_last_day_of_a_value() {
        let day = |it: &str| last_day(it).map(|it| it.to_string());
        assert_eq!(day("2031-05-12").as_deref(), Some("2031-05-12"));
        assert_eq!(day("2031-05").as_deref(), Some("2031-05-31"));
        assert_eq!(day("2031-SU").as_deref(), Some("2031-08-31"));
        assert_eq!(day("2031").as_deref(), Some("2031-12-31"));
        assert_eq!(day("P3D"), None);
        assert_eq!(day("PAST_REF"), None);
    }
}
