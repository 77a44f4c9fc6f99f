//! The reports' own words, retold: one sentence that can stand alone, its relative dates made absolute.
//!
//! Only what can be changed without changing the meaning is changed: a connective or a dateline at the start goes, a weekday
//! becomes its date. What cannot stand alone is not retold at all: a pronoun that opens a sentence is never replaced, since a
//! wrong name in it would be a false fact in our own voice.

use rapporteur_model::{Anchor, Role, Span, TimeKind};

use crate::dates;
use crate::openings::{in_shorthand, is_caption, opens_with_known_thing};
use crate::pronouns::loose_pronoun;
use crate::standing::{FURNITURE, HANGING, LABELS, balanced, in_title_case, names_before, outside_marks, shouts};
use crate::view::{View, capital, one_line, stop};
use crate::voiced::is_spoken;

/// An anchor day of less confidence makes no dates.
const ANCHOR_MIN: f32 = 0.75;
/// Longer sentences are not retold.
const WORDS_MAX: usize = 48;
/// Shorter ones say too little.
const WORDS_MIN: usize = 5;

/// Words that tie a sentence to the one before it.
const CONNECTIVES: [&str; 28] = [
    "first,", "second,", "third,", "finally,", "for example,", "for instance,", "meanwhile,", "meanwhile", "however,",
    "but", "and", "yet", "in the meantime,", "also,", "separately,", "instead", "instead,", "still,", "then",
    "moreover,", "furthermore,", "in addition,", "additionally,", "nevertheless,", "so", "later,", "in turn,",
    "for his part,",
];

/// Pronouns that mean nothing out of place.
const LOOSE: [&str; 27] = [
    "further", "another", "others", "one of them", "some of them", "that's", "dubbed", "instead", "he", "she", "it",
    "they", "this", "that", "these", "those", "his", "her", "their", "its", "here", "there", "such", "the latter",
    "the former", "the pair", "both",
];

/// The sentence (or clause) at `anchor` as a sentence that can stand alone, without what is said beside (`keep` stays);
/// `None` when it cannot.
pub(crate) fn sentence(view: &View<'_>, anchor: Anchor, keep: Option<Span>) -> Option<String> {
    view.retold(anchor, keep, || told(view, anchor, keep))
}

fn told(view: &View<'_>, anchor: Anchor, keep: Option<Span>) -> Option<String> {
    let cuts = crate::shorten::cuts(view, anchor, keep);
    let shortened = || (!cuts.is_empty()).then(|| told_without(view, anchor, &cuts)).flatten();
    shortened().or_else(|| told_without(view, anchor, &[]))
}

fn told_without(view: &View<'_>, anchor: Anchor, cuts: &[Span]) -> Option<String> {
    // Headlines are written in a shorthand of their own.
    let report = view.report(anchor.report);
    let block = report.article.blocks.iter().find(|it| it.span.contains(anchor.span));
    if block.is_some_and(|it| matches!(it.role, Role::Headline | Role::Subheading)) {
        return None;
    }
    if is_spoken(view, anchor)
        || is_caption(view, anchor)
        || loose_time_outside(view, anchor, cuts)
        || loose_pronoun(view, anchor, cuts)
        || !has_finite_verb(view, anchor)
    {
        return None;
    }
    // "Novak said in a press conference.": what was said stands in another sentence.
    let torn = |it: &rapporteur_model::Quote| {
        it.cue.iter().any(|cue| anchor.span.contains(*cue)) && !it.content.iter().any(|it| it.overlaps(anchor.span))
    };
    if report.annotations.quotes.iter().any(torn) {
        return None;
    }
    let told = words_with(view, anchor, true, cuts)?;
    let n_words = told.split(' ').count();
    let lower = told.to_lowercase();
    let first = lower.split([' ', ',', '’', '\'']).next().unwrap_or("");
    let loose = LOOSE.iter().any(|it| first == *it || (it.contains(' ') && lower.starts_with(it)));
    if !(WORDS_MIN..=WORDS_MAX).contains(&n_words)
        || loose
        || !balanced(&told)
        || told.contains(" ,")
        || has_slash(&told)
        || told.contains(", .")
        || told.ends_with(['?', ':'])
        || lower.trim_end_matches('.').ends_with(" it")
        || told.split(' ').next().is_some_and(|it| it.ends_with(':'))
        || told.starts_with(['\'', '‘', '“', '"', '$', '—', '–', '-'])
        || told.starts_with(|c: char| c.is_ascii_digit())
            && (lower.contains(" of ") && n_words < 12
                || told.split(' ').next().is_some_and(|it| it.contains('/') || it.ends_with('.')))
        || shouts(&told)
        || LABELS.contains(&told.split(' ').next().unwrap_or(""))
        || in_title_case(&told)
        || names_before(&lower)
        || opens_with_known_thing(view, anchor)
        || lower.contains(" such ") && !lower.contains(" such as ")
        || in_shorthand(view, anchor)
        || FURNITURE.iter().any(|it| lower.contains(it))
        || HANGING.iter().any(|it| lower.contains(it))
    {
        return None;
    }
    if is_half(&lower) || in_first_person(&told) || judges(&told) || !ends_as_sentence(view, anchor) {
        return None;
    }
    Some(stop(&capital(&told)))
}

/// "After a boy slipped into the pit.": a clause that waits for another.
fn is_half(lower: &str) -> bool {
    const OPENINGS: [&str; 9] = ["after", "when", "while", "although", "though", "because", "since", "if", "once"];
    let first = lower.split(' ').next().unwrap_or("");
    OPENINGS.contains(&first) && !lower.contains(',')
}

/// "managers/guardians": a list's shorthand. "24/7" and "km/h" are words.
fn has_slash(told: &str) -> bool {
    told.split(' ').any(|it| {
        it.split_once('/').is_some_and(|(one, other)| {
            let long = |it: &str| 3 < it.chars().filter(|c| c.is_alphabetic()).count();
            long(one) && long(other)
        })
    })
}

/// Whether words outside of marks take a side: by a word that judges, or by saying what ought to be in nobody's name.
pub(crate) fn judges(told: &str) -> bool {
    let lexicon = rapporteur_lexicon::Lexicon::shared();
    let plain = outside_marks(told);
    let demands = [" should ", " ought to ", " must be "].iter().any(|it| plain.contains(it));
    if demands && !crate::words::attributes(&plain) {
        return true;
    }
    plain.split([' ', ',', '.', ';']).any(|it| lexicon.is_loaded(it.trim_matches(['\'', '‘', '’', '(', ')'])))
}

/// Whether the report ends it as a sentence; lines without a full stop are titles, labels and list entries.
fn ends_as_sentence(view: &View<'_>, anchor: Anchor) -> bool {
    let text = view.report(anchor.report).text();
    let end = anchor.span.of(text).trim_end();
    let after = text[anchor.span.end() as usize..].chars().next();
    end.ends_with(['.', '!', '?', '…', ';', ':']) && !end.ends_with("...")
        || end.ends_with(['”', '"', '’', '\'', ')']) && end.contains(['.', '!', '?'])
        || matches!(after, Some('.' | ';' | ','))
}

/// Whether the sentence has a time that means another day to a reader of another day: "next month", "last week". What is
/// made a date here, or says its date itself, is none.
pub(crate) fn loose_time(view: &View<'_>, anchor: Anchor) -> bool {
    loose_time_outside(view, anchor, &[])
}

fn loose_time_outside(view: &View<'_>, anchor: Anchor, cuts: &[Span]) -> bool {
    let left = |it: &&rapporteur_model::Time| !cuts.iter().any(|cut| cut.overlaps(it.span));
    let text = view.report(anchor.report).text();
    // A time of day without a day says nothing to a reader of another day.
    let clock = |it: &&rapporteur_model::Time| {
        it.kind == TimeKind::Time && it.span.of(text).contains(|c: char| c.is_ascii_digit())
    };
    let times = || view.times(anchor).filter(left);
    if times().any(|it| clock(&it)) && !times().any(|it| it.kind == TimeKind::Date) {
        return true;
    }
    // The day an undated report is told on is an inference; dates counted from a weak one are not printed as facts.
    let weak = view.report(anchor.report).article.metadata.anchor.as_ref().is_none_or(|it| it.confidence < ANCHOR_MIN);
    // "the attack on Sunday night" in a page of a month later: the Sunday to come is not meant.
    let told_on = view.report(anchor.report).article.metadata.anchor.as_ref().map(|it| it.day.as_str());
    let ahead = crate::agenda::looks_ahead(&view.line(anchor));
    times().filter(|it| matches!(it.kind, TimeKind::Date | TimeKind::Time)).any(|it| {
        if weak && it.how != "stated" {
            return true;
        }
        let counted = !it.span.of(text).contains(|c: char| c.is_ascii_digit());
        if it.how != "stated"
            && counted
            && !ahead
            && it.value.as_deref().is_some_and(|value| dates::is_coming(value, told_on))
        {
            return true;
        }
        let words = it.span.of(text).to_lowercase();
        let dated = it.value.as_deref().is_some_and(|value| dates::words(value, view.year()).is_some());
        let relative = [
            "next", "last", "this", "earlier", "later", "ago", "coming", "past", "previous", "following", "tonight",
            "recent", "today", "yesterday", "tomorrow", "day", "weekend",
        ]
        .iter()
        .any(|word| words.split([' ', '-']).any(|it| it == *word || it.ends_with("day")));
        // A bracket is put only to a day; a week or month told relatively would stay as it is.
        let editable = it.kind == TimeKind::Date || words.split(' ').any(|it| it.ends_with("day"));
        let bracketed = dated && editable && it.value.as_deref().is_some_and(|value| dates::day(value).is_some());
        relative && !bracketed && calendar_words(view, anchor, it).is_none()
    })
}

/// "next month", "last year", "this week" as the calendar has it: "January 2032". A possessive ("last month's talks") stays as
/// it is, and so it is not retold.
fn calendar_words(view: &View<'_>, anchor: Anchor, time: &rapporteur_model::Time) -> Option<String> {
    let text = view.report(anchor.report).text();
    let words = one_line(time.span.of(text)).to_lowercase();
    let (which, unit) = words.split_once(' ')?;
    let counts = matches!(which, "next" | "last" | "this") && matches!(unit, "week" | "month" | "year");
    let value = time.value.as_deref().filter(|it| counts && time.how != "stated" && dates::day(it).is_none())?;
    let possessive = text[time.span.end() as usize..].starts_with(['’', '\'']);
    // "This week could be crucial": only where it says when something is.
    let tokens = &view.report(anchor.report).annotations.tokens;
    let inside = |it: &&rapporteur_model::Token| time.span.contains(it.span);
    let top = tokens.iter().filter(inside).find(|it| !time.span.contains(tokens[it.head.ix()].span));
    let is_when = top.is_some_and(|it| matches!(it.dep, "npadvmod" | "pobj"));
    let weekend = value.ends_with("WE");
    if possessive || weekend || !is_when { None } else { dates::words(value, view.year()) }
}

/// Whether it is a sentence at all: a finite verb with a subject of its own at the top.
fn has_finite_verb(view: &View<'_>, anchor: Anchor) -> bool {
    let known = &view.report(anchor.report).annotations;
    let range = view.tokens(anchor);
    let finite = |tag: &str| matches!(tag, "VBD" | "VBZ" | "VBP" | "MD");
    range.clone().any(|ix| {
        let token = &known.tokens[ix];
        if token.dep != "ROOT" || !matches!(token.pos, "VERB" | "AUX") {
            return false;
        }
        let mut children = range.clone().map(|it| &known.tokens[it]).filter(|it| it.head.ix() == ix);
        // "After a boy slipped into the pit.": the main clause is missing.
        let text = view.report(anchor.report).text();
        let opens = |it: &rapporteur_model::Token| {
            const SUBORDINATE: [&str; 12] = [
                "after", "as", "when", "while", "although", "though", "because", "since", "before", "until", "if",
                "once",
            ];
            it.dep == "mark" && SUBORDINATE.contains(&it.span.of(text).to_lowercase().as_str())
        };
        if children.clone().any(opens) {
            return false;
        }
        // "Novak said in a press conference.": what was said is missing.
        let says = matches!(token.lemma.of(&known.lemmas), "say" | "tell" | "add" | "write" | "claim");
        let what = |it: &&rapporteur_model::Token| matches!(it.dep, "ccomp" | "dobj" | "xcomp" | "parataxis" | "advcl");
        if says && !children.clone().any(|it| what(&it)) {
            return false;
        }
        let subject = children.clone().any(|it| matches!(it.dep, "nsubj" | "nsubjpass" | "expl" | "csubj"));
        subject && (finite(token.tag) || children.any(|it| it.dep.starts_with("aux") && finite(it.tag)))
    })
}

/// First persons outside of marks belong to somebody who is not us.
pub(crate) fn in_first_person(told: &str) -> bool {
    let lower = told.to_lowercase();
    if ["this newspaper", "this reporter", "this website", "this page"].iter().any(|it| lower.contains(it)) {
        return true;
    }
    let first =
        ["I", "i", "we", "We", "our", "Our", "my", "My", "us", "me", "you", "You", "your", "Your", "I’m", "I'm"];
    outside_marks(told).split(' ').any(|it| {
        let word = it.trim_matches(|c: char| !c.is_alphanumeric());
        first.contains(&word.split(['’', '\'']).next().unwrap_or(word))
    })
}

/// The words with dates made absolute and nothing else changed.
pub(crate) fn dated(view: &View<'_>, anchor: Anchor) -> Option<String> {
    words_with(view, anchor, false, &[])
}

/// The words with dates made absolute, without the `cuts`; `alone` drops a connective at the start.
fn words_with(view: &View<'_>, anchor: Anchor, alone: bool, cuts: &[Span]) -> Option<String> {
    let report = view.report(anchor.report);
    let text = report.text();
    let mut start = anchor.span.start();
    let lead = anchor.span.of(text);
    start += (lead.len() - lead.trim_start_matches(['•', '●', '▪', '*', '·', '–', '-', ' ', '\u{a0}']).len()) as u32;
    let lower = Span::new(start.min(anchor.span.end()), anchor.span.end()).of(text).to_lowercase();
    start = after_dateline(view, anchor, start);
    let connective =
        CONNECTIVES.iter().find(|it| lower.starts_with(**it) && lower[it.len()..].starts_with([' ', '\n', ',']));
    if let Some(word) = connective.filter(|_| alone) {
        start += word.len() as u32;
        let rest = &text[start as usize..anchor.span.end() as usize];
        start += (rest.len() - rest.trim_start_matches([' ', ',', '\n']).len()) as u32;
    }
    let span = Span::new(start.min(anchor.span.end()), anchor.span.end());
    let mut edits = date_edits(view, Anchor::new(anchor.report, span));
    edits.retain(|(place, _)| !cuts.iter().any(|it| it.overlaps(*place)));
    edits.extend(cuts.iter().map(|it| (*it, " ".to_owned())));
    edits.sort();
    let mut told = String::new();
    let mut at = span.start();
    for (place, new) in edits {
        if place.start() < at {
            continue;
        }
        told.push_str(Span::new(at, place.start()).of(text));
        told.push_str(&new);
        at = place.end();
    }
    told.push_str(Span::new(at, span.end()).of(text));
    let mut told = one_line(&told);
    if let Some(quiet) = quietened(&told, text) {
        told = quiet;
    }
    if !cuts.is_empty() {
        for mark in [".", ",", ";", "?", "!", "’s", "'s"] {
            told = told.replace(&format!(" {mark}"), mark);
        }
    }
    if let Some(rest) = told.strip_suffix(" .") {
        told = format!("{rest}.");
    }
    // "also" asks what else, "meanwhile" besides what.
    for word in [" also ", " meanwhile "] {
        if let Some(at) = told.find(word).filter(|at| !told[..*at].contains(['“', '"'])) {
            told.replace_range(at..at + word.len() - 1, "");
        }
    }
    if let Some(rest) = without_occasion(&told).filter(|_| alone) {
        told = rest;
    }
    // Hyphens that only say where a line may break.
    let told = told.replace('\u{ad}', "");
    (!told.is_empty()).then_some(told)
}

/// "After the meeting, Novak said": which meeting the sentence before says; what comes behind can stand without.
fn without_occasion(told: &str) -> Option<String> {
    const OCCASIONS: [&str; 18] = [
        "meeting", "meetings", "talks", "call", "calls", "session", "sessions", "summit", "conference", "briefing",
        "speech", "ceremony", "vote", "hearing", "game", "match", "race", "interview",
    ];
    let (lead, rest) = told.split_once(", ")?;
    let rest = rest.trim_start();
    let [when, article, noun] = lead.split(' ').collect::<Vec<_>>()[..] else { return None };
    let is_occasion = matches!(when, "After" | "Following")
        && matches!(article, "the" | "that" | "this" | "these" | "those" | "their")
        && OCCASIONS.contains(&noun);
    is_occasion.then(|| capital(rest))
}

/// The first word of a text is set in capitals by many papers: "MICHAEL Berg and …" becomes "Michael Berg and …" where the
/// report has it so elsewhere.
fn quietened(told: &str, text: &str) -> Option<String> {
    let (first, rest) = told.split_once(' ')?;
    let shouted = 3 < first.len() && first.chars().all(char::is_uppercase);
    let next_too = rest.split(' ').next().is_some_and(|it| 1 < it.len() && it.chars().all(char::is_uppercase));
    if !shouted || next_too {
        return None;
    }
    let quiet = capital(&first.to_lowercase());
    let is_word = |it: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == it);
    (is_word(&quiet) || is_word(&first.to_lowercase())).then(|| format!("{quiet} {rest}"))
}

/// Where the sentence begins behind a dateline: "PORT CALDER, May 12 (North Wire) - Envoys …".
fn after_dateline(view: &View<'_>, anchor: Anchor, start: u32) -> u32 {
    let article = &view.report(anchor.report).article;
    let text = article.text();
    let span = Span::new(start.min(anchor.span.end()), anchor.span.end());
    let words = span.of(text);
    let stated = article.metadata.dateline.as_ref().is_some_and(|it| it.spans.iter().any(|it| it.overlaps(span)));
    let shouted = words.split([' ', ',']).next().is_some_and(|it| it.len() > 3 && it.chars().all(char::is_uppercase));
    // "(North Wire) - Envoys …"
    let credited = words.starts_with('(') && words.find(')').is_some_and(|it| it < 40);
    if !stated && !shouted && !credited {
        return start;
    }
    let head: String = words.chars().take(80).collect();
    let dashes = [" - ", " – ", " — ", " -- ", "— ", "– "];
    let cut = dashes.iter().filter_map(|it| head.find(it).map(|at| at + it.len())).min();
    // "(North Wire) Envoys …": without a dash too.
    let credit = || words.find(')').filter(|at| credited && words[at + 1..].starts_with(' ')).map(|at| at + 2);
    cut.or_else(credit).map_or(start, |at| start + at as u32)
}

/// Weekdays and other words for a day, outside of quotation marks, become the date.
fn date_edits(view: &View<'_>, anchor: Anchor) -> Vec<(Span, String)> {
    let report = view.report(anchor.report);
    let text = report.text();
    let quoted: Vec<Span> = report.annotations.quotes.iter().flat_map(|it| it.quoted.iter().copied()).collect();
    let mut edits = Vec::new();
    for time in view.times(anchor).filter(|it| matches!(it.kind, TimeKind::Date | TimeKind::Time)) {
        if quoted.iter().any(|it| it.overlaps(time.span)) {
            continue;
        }
        let (Some(value), words) = (&time.value, time.span.of(text)) else {
            continue;
        };
        let Some(date) = dates::words(value, view.year()) else {
            continue;
        };
        let before = text[..time.span.start() as usize].trim_end().to_lowercase();
        if let Some(calendar) = calendar_words(view, anchor, time) {
            const BARE: [&str; 14] = [
                "in", "as", "since", "until", "till", "by", "of", "before", "after", "from", "for", "during",
                "through", "over",
            ];
            let bare = BARE.iter().any(|it| before.ends_with(&format!(" {it}")));
            edits.push((time.span, if bare { calendar } else { format!("in {calendar}") }));
            continue;
        }
        let after_on = before.ends_with(" on") || before.ends_with("\non");
        let lower = words.to_lowercase();
        let weekday =
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].contains(&lower.as_str());
        let ago = lower.ends_with(" days ago") && dates::day(value).is_some();
        if weekday || ago || matches!(lower.as_str(), "today" | "yesterday" | "tomorrow") {
            let possessive = text[time.span.end() as usize..].starts_with(['’', '\'']);
            // "on a crowded Saturday".
            let tokens = &report.annotations.tokens;
            let own = tokens.partition_point(|it| it.span.end() <= time.span.start());
            let described = own
                .checked_sub(1)
                .and_then(|it| tokens.get(it))
                .is_some_and(|it| matches!(it.pos, "ADJ" | "DET") && it.head.ix() == own);
            if possessive || described || date.is_empty() {
                continue;
            }
            let bare = after_on
                || ["since", "until", "by", "of", "before", "after", "from", "for", "last", "next", "this"]
                    .iter()
                    .any(|it| before.ends_with(&format!(" {it}")));
            edits.push((time.span, if bare { date } else { format!("on {date}") }));
        } else if let Some((year, ..)) = dates::day(value).filter(|it| {
            let month = lower.contains(|c: char| c.is_ascii_digit()) && lower.contains(|c: char| c.is_alphabetic());
            let other = view.year().is_some_and(|told| told != it.0.to_string());
            month && other && time.kind == TimeKind::Date && !lower.contains(':')
        }) {
            // A day of another year says its year.
            if !words.contains(&year.to_string()) {
                edits.push((time.span, format!("{words} {year}")));
            }
        } else if is_ordinal_day(&lower) && dates::day(value).is_some() && !before.ends_with(" the") {
            edits.push((time.span, date));
        } else if (time.kind == TimeKind::Date || lower.split(' ').any(|it| it.ends_with("day")))
            && time.how != "stated"
            && !lower.contains(|c: char| c.is_ascii_digit())
            && dates::day(value).is_some()
            && !value.ends_with("WE")
            && counts_from_today(&lower)
            && !view.line(anchor).contains(&date)
        {
            edits.push((time.span, format!("{words} ({date})")));
        }
    }
    edits
}

/// "the 1st of December".
fn is_ordinal_day(words: &str) -> bool {
    let [the, number, of, month] = words.split(' ').collect::<Vec<_>>()[..] else { return false };
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|it| number.ends_with(it))
        && number.starts_with(|c: char| c.is_ascii_digit());
    the == "the" && of == "of" && ordinal && dates::is_month(month)
}

/// Whether words for a day mean another one to a reader of another day; "Christmas Day" does not.
fn counts_from_today(words: &str) -> bool {
    const DAYS: [&str; 12] = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow",
        "tonight", "last night",
    ];
    const COUNTS: [&str; 9] = ["this", "last", "next", "ago", "earlier", "later", "coming", "past", "before"];
    DAYS.iter().any(|it| words.contains(it)) || words.split([' ', '-']).any(|it| COUNTS.contains(&it))
}
