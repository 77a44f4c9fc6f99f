//! Positions: who wants, supports, refuses, rules out what; and what a speaker says must or must not be.
//!
//! "Russia is vehemently opposed to this": RUS, oppose, as the report tells it.
//! "Merz said there must be no dictated peace": his own, against.
//!
//! Left alone on purpose: what only follows from a statement ("the talks were productive"), votes, feelings without an object.

use rapporteur_model::{ActorIx, Basis, MentionUse, Position, Quote, QuoteForm, QuoteKind, Span, Stance};

use super::Found;
use crate::Context;
use crate::view::View;

/// Verbs that take a side: lemma, particle or preposition before the issue (empty for an object), side.
/// One line here is all a new verb needs.
const VERBS: &[(&str, &str, Stance)] = &[
    ("support", "", Stance::Support),
    ("back", "", Stance::Support),
    ("favor", "", Stance::Support),
    ("favour", "", Stance::Support),
    ("endorse", "", Stance::Support),
    ("welcome", "", Stance::Support),
    ("praise", "", Stance::Support),
    ("want", "", Stance::Support),
    ("demand", "", Stance::Support),
    ("seek", "", Stance::Support),
    ("advocate", "", Stance::Support),
    ("propose", "", Stance::Support),
    ("accept", "", Stance::Support),
    ("approve", "", Stance::Support),
    ("approve", "of", Stance::Support),
    ("prefer", "", Stance::Support),
    ("urge", "", Stance::Support),
    ("request", "", Stance::Support),
    ("promise", "", Stance::Support),
    ("pledge", "", Stance::Support),
    ("defend", "", Stance::Support),
    ("call", "for", Stance::Support),
    ("push", "for", Stance::Support),
    ("push", "", Stance::Support),
    ("press", "for", Stance::Support),
    ("ask", "for", Stance::Support),
    ("appeal", "for", Stance::Support),
    ("argue", "for", Stance::Support),
    ("insist", "on", Stance::Support),
    ("agree", "to", Stance::Support),
    ("agree", "", Stance::Support),
    ("commit", "to", Stance::Support),
    ("oppose", "", Stance::Oppose),
    ("reject", "", Stance::Oppose),
    ("refuse", "", Stance::Oppose),
    ("resist", "", Stance::Oppose),
    ("condemn", "", Stance::Oppose),
    ("denounce", "", Stance::Oppose),
    ("criticize", "", Stance::Oppose),
    ("criticise", "", Stance::Oppose),
    ("dismiss", "", Stance::Oppose),
    ("block", "", Stance::Oppose),
    ("veto", "", Stance::Oppose),
    ("decry", "", Stance::Oppose),
    ("rule", "out", Stance::Oppose),
    ("object", "to", Stance::Oppose),
    ("argue", "against", Stance::Oppose),
    ("warn", "against", Stance::Oppose),
    ("vote", "against", Stance::Oppose),
    ("vote", "for", Stance::Support),
];

/// Adjectives after "be", "remain": lemma, preposition ("" for a clause with "to"), side.
const ADJECTIVES: &[(&str, &str, Stance)] = &[
    ("opposed", "to", Stance::Oppose),
    ("oppose", "to", Stance::Oppose),
    ("hostile", "to", Stance::Oppose),
    ("critical", "of", Stance::Oppose),
    ("wary", "of", Stance::Neutral),
    ("skeptical", "of", Stance::Neutral),
    ("sceptical", "of", Stance::Neutral),
    ("concerned", "about", Stance::Neutral),
    ("worried", "about", Stance::Neutral),
    ("worry", "about", Stance::Neutral),
    ("concern", "about", Stance::Neutral),
    ("alarmed", "by", Stance::Neutral),
    ("alarm", "by", Stance::Neutral),
    ("supportive", "of", Stance::Support),
    ("committed", "to", Stance::Support),
    ("commit", "to", Stance::Support),
    ("open", "to", Stance::Support),
    ("determined", "", Stance::Support),
    ("determine", "", Stance::Support),
    ("willing", "", Stance::Support),
    ("ready", "", Stance::Support),
    ("unwilling", "", Stance::Oppose),
    ("reluctant", "", Stance::Oppose),
];

/// Words of an issue's name.
const ISSUE_WORDS_MAX: usize = 10;

/// Finds them.
pub(crate) fn find(context: &Context<'_>) -> Found {
    let view = View::new(context);
    let mut found = Vec::new();
    for ix in 0..view.n() {
        match view.pos_of(ix) {
            "VERB" if view.tag_of(ix) == "VBN" && view.child(ix, &["auxpass", "nsubjpass"]).is_some() => {
                felt(&view, ix, &mut found)
            }
            "VERB" => taken(&view, ix, &mut found),
            "ADJ" => felt(&view, ix, &mut found),
            _ => {}
        }
        if view.tag_of(ix) == "MD" {
            required(&view, ix, &mut found);
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

/// A verb that takes a side, with its subject and what it is about.
fn taken(view: &View<'_>, verb: usize, into: &mut Vec<Position>) {
    let lemma = view.lemma_of(verb);
    if !VERBS.iter().any(|it| it.0 == lemma) {
        return;
    }
    let is_passive = view.child(verb, &["auxpass", "nsubjpass"]).is_some();
    for (_, small, stance) in VERBS.iter().filter(|it| it.0 == lemma) {
        let object = if small.is_empty() {
            view.children(verb).find(|it| *it > verb && matches!(view.dep_of(*it), "dobj" | "xcomp" | "ccomp"))
        } else {
            let preposition = view
                .children(verb)
                .find(|it| *it > verb && matches!(view.dep_of(*it), "prep" | "prt") && view.word(*it) == *small);
            preposition.and_then(|it| {
                if view.dep_of(it) == "prt" {
                    view.children(verb)
                        .find(|it| *it > verb && matches!(view.dep_of(*it), "dobj" | "xcomp" | "ccomp" | "pcomp"))
                } else {
                    view.child(it, &["pobj", "pcomp"])
                }
            })
        };
        let Some(object) = object.filter(|it| *it > verb) else { continue };
        if is_passive {
            continue;
        }
        // "may", "could", "if": nobody's position yet.
        if view
            .children(verb)
            .any(|it| view.dep_of(it) == "aux" && matches!(view.lemma_of(it), "may" | "might" | "could" | "would"))
        {
            continue;
        }
        let Some((subject, shared)) = super::quotes::subject_of(view, verb).filter(|it| it.1 <= 2) else { continue };
        push(view, subject, verb, object, turned(*stance, is_negated(view, verb)), shared, into);
        return;
    }
}

/// "is opposed to", "remain concerned about", "is ready to".
fn felt(view: &View<'_>, adjective: usize, into: &mut Vec<Position>) {
    let lemma = view.lemma_of(adjective);
    for (_, small, stance) in ADJECTIVES.iter().filter(|it| it.0 == lemma) {
        let object = if small.is_empty() {
            view.children(adjective).find(|it| *it > adjective && view.dep_of(*it) == "xcomp")
        } else {
            view.children(adjective)
                .find(|it| *it > adjective && matches!(view.dep_of(*it), "prep" | "agent") && view.word(*it) == *small)
                .and_then(|it| view.child(it, &["pobj", "pcomp"]))
        };
        let Some(object) = object else { continue };
        let verb = if view.pos_of(adjective) == "VERB" { adjective } else { view.head(adjective) };
        let Some((subject, shared)) = super::quotes::subject_of(view, verb) else { continue };
        push(view, subject, adjective, object, turned(*stance, is_negated(view, verb)), shared, into);
        return;
    }
}

/// What a speaker says must, should, cannot be: the speaker's own position.
fn required(view: &View<'_>, modal: usize, into: &mut Vec<Position>) {
    if !matches!(view.lemma_of(modal), "must" | "should" | "ought" | "can" | "shall") {
        return;
    }
    let verb = view.head(modal);
    let mut negated = is_negated(view, verb);
    if view.lemma_of(modal) == "can" && !negated {
        return;
    }
    let at = view.span(modal);
    let Some(quote) = innermost(&view.known.quotes, at) else { return };
    if matches!(quote.form, QuoteForm::Question | QuoteForm::NonStatement | QuoteForm::Document) {
        return;
    }
    // "there must be no dictated peace".
    negated |= view.children(verb).any(|it| view.child(it, &["det"]).is_some_and(|it| view.lemma_of(it) == "no"));
    let (first, last) = view.edges(verb);
    let clause = view.cover(first, last);
    let content = quote.content.iter().copied().find(|it| it.overlaps(at)).unwrap_or(clause);
    let Some(span) = clause.intersect(content).map(|it| trimmed(view.text, it)) else { return };
    for actor in &quote.speakers {
        into.push(Position {
            actor: *actor,
            issue: issue(view, span),
            stance: if negated { Stance::Oppose } else { Stance::Support },
            span,
            basis: basis_of(quote),
            repeat: quote.repeat,
        });
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
    let (first, last) = view.edges(object);
    let from = if shared == 0 { view.edges(subject).0.min(verb) } else { verb };
    let span = trimmed(view.text, view.cover(from, last));
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

/// A short name of the issue, in the report's words.
fn issue(view: &View<'_>, span: Span) -> String {
    let words = span.of(view.text);
    let mut words: Vec<&str> = words.split_whitespace().collect();
    while words.len() > 1 && ["that", "to", "the", "a", "an", "any"].contains(&words[0].to_lowercase().as_str()) {
        words.remove(0);
    }
    words.truncate(ISSUE_WORDS_MAX);
    while words.len() > 1
        && ["of", "to", "the", "a", "an", "and", "for", "in", "with", "on", "by", "that", "or"]
            .contains(&words[words.len() - 1])
    {
        words.pop();
    }
    words.join(" ").trim_matches(['"', '“', '”', ',', '.', ';', '‘']).to_owned()
}
