//! Forms of a line: a headline's colon, "writes X" at the end, the name behind a dash.

use super::{Attribution, Stretch, made};
use crate::extractors::quotes::sources::is_nominal;
use crate::view::{OUTSIDE, View};

/// Words of a source in a headline.
const SOURCE_WORDS_MAX: usize = 7;

/// Common nouns that speak in headlines: "Ferry to sail in May: minister".
const SPEAKING: &[&str] = &[
    "report", "study", "official", "police", "poll", "source", "expert", "minister", "president", "court", "survey",
    "ministry", "government", "union", "mayor", "analyst", "spokesman", "spokeswoman", "spokesperson", "premier", "pm",
    "chief", "envoy", "ambassador", "watchdog", "regulator", "army", "military", "researcher", "scientist", "lawyer",
    "prosecutor", "witness", "activist", "diplomat", "commander", "governor", "senator", "chancellor",
];

/// Finds them all.
pub(super) fn add(view: &View<'_>, kept: &mut Vec<Attribution>) {
    /// How many tokens from a speech its own word of saying may stand.
    const REACH: usize = 60;
    let (mut gone, mut more) = (Vec::new(), Vec::new());
    for sentence in &view.known.sentences {
        let (first, end) = (sentence.tokens.0.ix(), sentence.tokens.1.ix());
        let found = colon_at_end(view, first, end)
            .or_else(|| colon_at_start(view, first, end))
            .or_else(|| inverted(view, first, end));
        if let Some(found) = found {
            let whole = found.content.parts[0];
            gone.extend((first..end).filter(|cue| {
                let at = kept.binary_search_by_key(cue, |it| it.cue);
                *cue == found.cue || at.is_ok_and(|at| kept[at].content.parts[0].0 >= whole.1)
            }));
            more.push(found);
        }
    }
    for at in 0..view.marked.len() {
        if let Some(found) = name_behind_dash(view, at) {
            let (first, last) = found.content.parts[0];
            let shares = |it: &Attribution| it.content.parts().iter().any(|(a, b)| *a <= last && first <= *b);
            // Words inside the speech may be attributions of their own; the speech as a whole is this one's.
            let near = |cue: usize| cue + REACH >= first && cue <= last + REACH && !(first..=last).contains(&cue);
            let from = kept.partition_point(|it| it.cue + REACH < first);
            gone.extend(
                kept[from..]
                    .iter()
                    .take_while(|it| it.cue <= last + REACH)
                    .filter(|it| near(it.cue) && shares(it))
                    .map(|it| it.cue),
            );
            more.push(found);
        }
    }
    gone.extend(kept.iter().filter(|it| is_place(view, it)).map(|it| it.cue));
    gone.sort_unstable();
    kept.retain(|it| gone.binary_search(&it.cue).is_err());
    kept.extend(more);
    kept.sort_by_key(|it| it.cue);
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
    let has_name = view.name[to] == 1 || view.name[to] == 2 || speaks(view, to);
    let has_verb = (first..colon).any(|it| matches!(view.pos_of(it), "VERB" | "AUX"));
    (is_name && (has_name || view.pos_of(to) == "PROPN") && has_verb)
        .then(|| made(view, colon, (first, colon - 1), (from, to), to))
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
    let is_marked = view.marked_of[cue] != OUTSIDE || (first..cue).any(|it| view.marked_of[it] != OUTSIDE);
    (is_phrase && starts && has_verb && !is_marked).then(|| made(view, cue, (first, cue - 2), source, source.1))
}

fn speaks(view: &View<'_>, noun: usize) -> bool {
    SPEAKING.contains(&view.lemma_of(noun).to_lowercase().as_str())
}

/// Whether the sentence is a line of its own without a stop, as headlines are.
fn is_headline(view: &View<'_>, first: usize, end: usize) -> bool {
    (end == view.n() || view.block_of(end) != view.block_of(first))
        && (first == 0 || view.block_of(first - 1) != view.block_of(first))
        && !matches!(view.word(end - 1), "." | "!" | "?")
}

/// "Oslo: talks go on": a place before the colon of a headline says where, not who.
fn is_place(view: &View<'_>, it: &Attribution) -> bool {
    view.word(it.cue) == ":"
        && it.source.last < it.cue
        && (it.source.first..=it.source.last).all(|at| view.name[at] == 3)
        && view.marked_of[it.content.parts[0].0] == OUTSIDE
        && is_headline(view, view.sentence(it.cue).0, view.sentence(it.cue).1)
}

/// "Union: strike will go on", "Novak: 'We are tired'". A place or a topic before the colon says nothing: "Oslo: talks go
/// on".
fn colon_at_start(view: &View<'_>, first: usize, end: usize) -> Option<Attribution> {
    const WORDS_MAX: usize = 5;
    if end - first < 5 || !is_headline(view, first, end) {
        return None;
    }
    let colon = (first + 1..(first + 1 + WORDS_MAX).min(end - 2)).find(|it| view.word(*it) == ":")?;
    let last = colon - 1;
    let is_name = (first..=last).all(|it| matches!(view.pos_of(it), "PROPN" | "NOUN" | "ADJ" | "PART" | "DET"));
    let is_person = view.name[last] == 1;
    let has_verb = (colon + 1..end).any(|it| matches!(view.pos_of(it), "VERB" | "AUX"));
    let is_marked = view.marked_of[colon + 1] != OUTSIDE;
    let end = (colon + 1..end).rev().find(|it| view.pos_of(*it) != "SPACE")?;
    (is_name && (is_person || speaks(view, last)) && (has_verb || is_marked))
        .then(|| made(view, colon, (colon + 1, end), (first, last), last))
}

/// "“The sea took the pier.” ― Ilona Vrabec": a speech that is a line or a paragraph, with its speaker behind a dash.
fn name_behind_dash(view: &View<'_>, at: usize) -> Option<Attribution> {
    const NAME_WORDS_MAX: usize = 10;
    let marked = view.marked.get(at).filter(|it| it.closed)?;
    let content = tokens_of(view, at)?;
    let starts_line = view.text[..marked.outer.start() as usize]
        .trim_end_matches([' ', '\u{a0}'])
        .chars()
        .next_back()
        .is_none_or(|it| it == '\n' || it == '>');
    if !starts_line || content.1 - content.0 < 4 {
        return None;
    }
    let dash = (content.1 + 1..view.n().min(content.1 + 4)).find(|it| view.pos_of(*it) != "SPACE")?;
    if !matches!(view.word(dash), "―" | "—" | "–" | "--" | "-") {
        return None;
    }
    let first = dash + 1;
    let mut last = dash;
    for ix in first..view.n().min(first + NAME_WORDS_MAX + 1) {
        let gap = &view.text[view.span(last).end() as usize..view.span(ix).start() as usize];
        let breaks = ix > first && (view.block_of(ix) != view.block_of(first) || gap.contains('\n'));
        if breaks || view.pos_of(ix) == "SPACE" && view.word(ix).contains('\n') {
            break;
        }
        last = ix;
    }
    while last > dash && view.is_punct(last) {
        last -= 1;
    }
    let n_words = last - dash;
    let is_name = (1..=NAME_WORDS_MAX).contains(&n_words)
        && view.word(first).chars().next().is_some_and(char::is_uppercase)
        && (first..=last).all(|it| !matches!(view.pos_of(it), "VERB" | "AUX" | "SCONJ" | "PRON"));
    is_name.then(|| {
        let head = (first..=last).find(|it| !(first..=last).contains(&view.head(*it))).unwrap_or(last);
        made(view, dash, content, (first, last), head)
    })
}

fn tokens_of(view: &View<'_>, at: usize) -> Option<Stretch> {
    let outer = view.marked.get(at)?.outer;
    let (first, last) = (view.token_at(outer.start()), view.token_at(outer.end().saturating_sub(1)));
    (first < last && last < view.n() && view.marked_of[first] == at as u32 && view.marked_of[last] == at as u32)
        .then_some((first, last))
}
