//! Forms of attribution that are plain to see and that the learned steps miss: headlines with a colon, "writes X" at the end.

use super::attribution::Attribution;
use super::contents::{Candidate, Way};
use super::sources::{Link, Source, is_nominal};
use crate::view::View;

/// Words of a source in a headline.
const SOURCE_WORDS_MAX: usize = 7;

/// Adds what is missing, and puts right what a parse turned round.
pub(crate) fn add(view: &View<'_>, kept: &mut Vec<Attribution>) {
    for sentence in &view.known.sentences {
        let (first, end) = (sentence.tokens.0.ix(), sentence.tokens.1.ix());
        if let Some(found) = colon_at_end(view, first, end).or_else(|| inverted(view, first, end)) {
            let whole = found.content.parts[0];
            kept.retain(|it| {
                it.cue != found.cue && !(it.content.parts[0].0 >= whole.1 && it.cue >= first && it.cue < end)
            });
            kept.push(found);
        }
    }
    kept.sort_by_key(|it| it.cue);
    chains(view, kept);
}

/// Participles that go on with what the same person says.
const GOING_ON: &[&str] = &[
    "add", "say", "note", "stress", "warn", "argue", "insist", "explain", "claim", "write", "call", "describe",
    "suggest", "tell", "point",
];

/// "told reporters that the ferry would sail, adding that tickets would cost less": the second saying is no part of the
/// first, and it is the same person's.
fn chains(view: &View<'_>, kept: &mut [Attribution]) {
    for at in 1..kept.len() {
        let second = kept[at];
        if view.tag_of(second.cue) != "VBG"
            || !GOING_ON.contains(&view.lemma_of(second.cue))
            || second.cue == 0
            || !matches!(view.word(second.cue - 1), "," | "and")
        {
            continue;
        }
        let Some(first) = (0..at).rev().take(4).find(|it| {
            let other = &kept[*it];
            view.sentence_of[other.cue] == view.sentence_of[second.cue]
                && view.tag_of(other.cue) != "VBG"
                && other.source.link != Link::Nobody
        }) else {
            continue;
        };
        let end = kept[first].content.n_parts - 1;
        let (from, to) = kept[first].content.parts[end];
        let is_inside = from < second.cue && second.cue <= to;
        if is_inside
            && second.content.parts[0].0 > second.cue
            && second.content.parts[second.content.n_parts - 1].1 >= to
        {
            let mut last = second.cue - 1;
            while last > from && view.is_punct(last) && !view.is_mark(last) {
                last -= 1;
            }
            kept[first].content.parts[end].1 = last;
        }
        let content = kept[first].content.parts();
        let is_theirs =
            second.source.link == Link::Nobody || content.iter().any(|(a, b)| (*a..=*b).contains(&second.source.head));
        if is_inside && is_theirs {
            kept[at].source = kept[first].source;
        }
    }
}

fn attribution(view: &View<'_>, cue: usize, content: (usize, usize), source: (usize, usize)) -> Attribution {
    Attribution {
        cue,
        cue_span: view.span(cue),
        content: Candidate { way: Way::SentenceBefore, parts: [content, (0, 0), (0, 0)], n_parts: 1 },
        source: Source { link: Link::After, head: source.1, first: source.0, last: source.1, cut: 0 },
        score: 0.8,
        evidence: [0.0; 10],
    }
}

/// "Coming week could decide: EU's Kallas", at the end of a line without a stop: a headline's way to say who says so.
fn colon_at_end(view: &View<'_>, first: usize, end: usize) -> Option<Attribution> {
    let is_line = end == view.n() || view.block_of(end) != view.block_of(first);
    let starts_line = first == 0 || view.block_of(first - 1) != view.block_of(first);
    if !is_line || end - first < 5 || matches!(view.word(end - 1), "." | "!" | "?") {
        return None;
    }
    // The parser may cut the line at the colon: look at the line's last colon.
    let colon = (first..end).rev().find(|it| view.word(*it) == ":")?;
    let (from, to) = (colon + 1, end - 1);
    if from > to || to - from + 1 > SOURCE_WORDS_MAX || !starts_line || colon < first + 4 {
        return None;
    }
    let is_name = (from..=to).all(|it| matches!(view.pos_of(it), "PROPN" | "NOUN" | "ADJ" | "PART" | "DET" | "ADP"));
    let has_name = view.name[to] == 1
        || view.name[to] == 2
        || matches!(
            view.lemma_of(to).to_lowercase().as_str(),
            "report"
                | "study"
                | "official"
                | "police"
                | "poll"
                | "source"
                | "expert"
                | "minister"
                | "president"
                | "court"
                | "survey"
        );
    let has_verb = (first..colon).any(|it| matches!(view.pos_of(it), "VERB" | "AUX"));
    (is_name && (has_name || view.pos_of(to) == "PROPN") && has_verb)
        .then(|| attribution(view, colon, (first, colon - 1), (from, to)))
}

/// "The envoys meet on Tuesday, writes the Herald.": the clause before the comma, whatever the parser made of it.
fn inverted(view: &View<'_>, first: usize, end: usize) -> Option<Attribution> {
    let last = (first..end).rev().find(|it| !view.is_punct(*it))?;
    let cue = (last.saturating_sub(12).max(first + 4)..last).find(|it| {
        view.word(it - 1) == ","
            && matches!(view.tag_of(*it), "VBZ" | "VBD")
            && view.saying[*it] != 0
            && view.saying[*it] < 100
    })?;
    let source = (cue + 1, last);
    let is_phrase = (source.0..=source.1)
        .all(|it| !matches!(view.pos_of(it), "VERB" | "AUX" | "SCONJ") && view.tag_of(it) != "TO")
        && is_nominal(view, source.1);
    let starts = matches!(view.pos_of(source.0), "DET" | "PROPN" | "NOUN" | "ADJ")
        && (view.pos_of(source.0) != "NOUN" || source.0 == source.1);
    let has_verb = (first..cue).any(|it| matches!(view.pos_of(it), "VERB" | "AUX"));
    let is_marked = view.marked_of[cue] != crate::view::OUTSIDE
        || (first..cue).any(|it| view.marked_of[it] != crate::view::OUTSIDE);
    (is_phrase && starts && has_verb && !is_marked).then(|| attribution(view, cue, (first, cue - 2), source))
}
