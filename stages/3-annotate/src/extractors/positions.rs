//! Positions: who wants, supports, refuses, rules out what; and what a speaker says must or must not be.
//!
//! "Russia is vehemently opposed to this": RUS, oppose, as the report tells it.
//! "Merz said there must be no dictated peace": his own, against.
//!
//! Left alone on purpose: what only follows from a statement ("the talks were productive"), votes, feelings without an object.

mod claims;
mod nouns;
mod verbs;

use rapporteur_model::{ActorIx, ActorKind, Basis, MentionUse, Position, Quote, QuoteForm, QuoteKind, Span, Stance};

use super::Found;
use crate::Context;
use crate::view::View;

/// Words of an issue's name.
const ISSUE_WORDS_MAX: usize = 10;

/// Finds them.
pub(crate) fn find(context: &Context<'_>) -> Found {
    let view = View::new(context);
    let mut found = Vec::new();
    for ix in 0..view.n() {
        match view.pos_of(ix) {
            "VERB" if view.tag_of(ix) == "VBN" && view.child(ix, &["auxpass", "nsubjpass"]).is_some() => {
                verbs::felt(&view, ix, &mut found);
                verbs::taken(&view, ix, &mut found);
            }
            "VERB" => verbs::taken(&view, ix, &mut found),
            "ADJ" => {
                verbs::felt(&view, ix, &mut found);
                nouns::acceptable(&view, ix, &mut found);
            }
            "NOUN" => {
                nouns::stated(&view, ix, &mut found);
                claims::not_without(&view, ix, &mut found);
            }
            _ => {}
        }
        if view.tag_of(ix) == "MD" {
            claims::required(&view, ix, &mut found);
            claims::judged(&view, ix, &mut found);
            claims::only_with(&view, ix, &mut found);
        }
        if view.lemma_of(ix) == "need" && view.pos_of(ix) == "VERB" {
            claims::needed(&view, ix, &mut found);
        }
    }
    found.sort_by_key(|it| (it.span, it.actor));
    found.dedup_by(|a, b| a.span == b.span && a.actor == b.actor);
    Found::Positions(found)
}

fn is_negated(view: &View<'_>, verb: usize) -> bool {
    view.child(verb, &["neg"]).is_some() || view.children(verb).any(|it| matches!(view.lemma_of(it), "never" | "no"))
}

fn turned(stance: Stance, negated: bool) -> Stance {
    match (stance, negated) {
        (Stance::Support, true) => Stance::Oppose,
        (Stance::Oppose, true) => Stance::Neutral,
        (it, _) => it,
    }
}

/// The smallest attribution whose content holds the place.
fn innermost(quotes: &[Quote], at: Span) -> Option<&Quote> {
    let holds = |it: &&Quote| it.content.iter().any(|span| span.contains(at));
    quotes.iter().filter(holds).min_by_key(|it| it.content.iter().map(|it| it.len()).sum::<u32>())
}

fn basis_of(quote: &Quote) -> Basis {
    if quote.kind == QuoteKind::Direct { Basis::Quoted } else { Basis::Attributed }
}

fn push(
    view: &View<'_>,
    subject: usize,
    verb: usize,
    object: usize,
    stance: Stance,
    shared: u32,
    into: &mut Vec<Position>,
) {
    let at = view.span(verb);
    let quote = innermost(&view.known.quotes, at).filter(|it| it.form != QuoteForm::Attitude);
    // "supports it": what that is, is not found out.
    if matches!(view.lemma_of(object), "it" | "they" | "he" | "she" | "I" | "we" | "you") {
        return;
    }
    let (first, last) = view.edges(object);
    let (mut from, mut to) = (first.min(verb), last.max(verb));
    if shared == 0 {
        let (first, last) = view.edges(subject);
        (from, to) = (from.min(first), to.max(last));
    }
    let span = trimmed(view.text, view.cover(from, to));
    let about = trimmed(view.text, view.cover(first, last));
    let repeat = view.known.sentences.get(view.sentence_of[verb] as usize).is_some_and(|it| it.repeat);
    for actor in actors_of(view, subject) {
        let basis = match quote {
            Some(quote) if quote.speakers.contains(&actor) => basis_of(quote),
            Some(_) => Basis::Attributed,
            None => Basis::Reported,
        };
        into.push(Position { actor, issue: issue(view, about), stance, span, basis, repeat });
    }
}

/// Whether a noun is somebody: a person, by name or not.
fn is_person(view: &View<'_>, noun: usize) -> bool {
    let kind = |it: ActorIx| view.known.actors.get(it.ix()).map(|it| it.kind);
    view.pos_of(noun) == "PRON"
        || matches!(view.tag_of(noun), "NNS" | "NNPS") && !actors_of(view, noun).is_empty()
        || actors_of(view, noun).into_iter().filter_map(kind).any(|it| it != ActorKind::Document)
        || rapporteur_lexicon::Lexicon::shared().office(view.lemma_of(noun)).is_some()
}

/// The actors a subject means, each of several.
fn actors_of(view: &View<'_>, subject: usize) -> Vec<ActorIx> {
    let mut found = Vec::new();
    let mut heads = vec![subject];
    let mut at = subject;
    while let Some(next) = view.child(at, &["conj"]).filter(|_| heads.len() < 6) {
        heads.push(next);
        at = next;
    }
    for head in heads {
        let span = view.span(head);
        let from = view.known.mentions.partition_point(|it| it.span.start() + 200 < span.start());
        let mentions = view.known.mentions[from..].iter().take_while(|it| it.span.start() <= span.start());
        for it in mentions
            .filter(|it| it.span.contains(span) && !matches!(it.usage, MentionUse::Place | MentionUse::Modifier))
        {
            if let Some(actor) = it.actor.filter(|it| !found.contains(it)) {
                found.push(actor);
            }
        }
    }
    found
}

fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = words.len() - words.trim_start_matches([' ', ',', '"', '“', '”']).len();
    let end = words.trim_end_matches([' ', ',', '.', ';']).len();
    Span::at(span.start() as usize + start.min(end), span.start() as usize + end)
}

/// A short name of the issue, in the report's words: from the first that is no small word to where a clause hangs on.
fn issue(view: &View<'_>, span: Span) -> String {
    const OPENERS: &[&str] = &["that", "to", "the", "a", "an", "any", "and", "but", "for", "whereas", "because"];
    const CUTS: &[&str] = &[
        "that", "which", "who", "whose", "because", "while", "when", "after", "before", "but", "although", "where",
        "as", "since", "until", "unless", "so",
    ];
    const ENDERS: &[&str] = &[
        "of", "to", "the", "a", "an", "and", "for", "in", "with", "on", "by", "that", "or", "at", "from", "into",
        "about", "any", "its", "their", "his", "her", "our", "is", "are", "was", "be", "has", "have", "not", "will",
        "would",
    ];
    const MARKS: &[char] = &['"', '“', '”', ',', '.', ';', '‘', '’', ':', '(', ')', '—', '–'];
    let is_one_of = |list: &[&str], word: &str| list.iter().any(|it| it.eq_ignore_ascii_case(word));
    let words = span.of(view.text);
    let mut name: Vec<&str> = Vec::new();
    let all: Vec<&str> = words.split_whitespace().collect();
    for (at, word) in all.iter().copied().enumerate() {
        let bare = word.trim_matches(MARKS);
        if name.is_empty() && (bare.is_empty() || is_one_of(OPENERS, bare)) {
            continue;
        }
        // "as strong as possible" is one phrase.
        let is_pair = |from: usize| all.get(from).is_some_and(|it| it.eq_ignore_ascii_case("as"));
        let compares = bare.eq_ignore_ascii_case("as") && (is_pair(at + 2) || 1 < at && is_pair(at - 2));
        let hangs_on = 2 < name.len() && is_one_of(CUTS, bare) && !compares;
        // No further than a phrase goes: "at the cost of forced | territorial changes" is not cut there.
        let ends_phrase = is_one_of(ENDERS, bare) || ISSUE_WORDS_MAX + 4 <= name.len();
        if hangs_on || ISSUE_WORDS_MAX <= name.len() && ends_phrase || bare.is_empty() {
            break;
        }
        name.push(word);
        if 1 < name.len() && word.ends_with([',', ';', ':', ')']) {
            break;
        }
    }
    while name.len() > 1 && name.last().is_some_and(|it| is_one_of(ENDERS, it)) {
        name.pop();
    }
    if name.is_empty() { words.trim_matches(MARKS).to_owned() } else { name.join(" ").trim_matches(MARKS).to_owned() }
}
