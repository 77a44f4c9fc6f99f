//! Acts: what happened, is planned, demanded or denied, and who did it to whom.
//!
//! A verb, a light verb with its noun ("held talks") or a noun ("the resignation of") evokes an act; its parties, place
//! and time are read from the clause that tells it, never from elsewhere in the report.
//!
//! Not found on purpose: states ("is difficult"), acts that only a metaphor names ("talks hit a wall").

mod arguments;
mod codes;
mod coding;
mod idioms;
mod mood;
mod phrases;
mod realis;
mod setting;
mod triggers;

use rapporteur_model::{
    Act, ActorIx, MentionUse, QuoteForm, QuoteIx, Realis, Sentence, SentenceIx, Span, TimeIx, TokenIx,
};

use super::Found;
use crate::Context;
pub(crate) use arguments::holder_of_pronoun;
use triggers::Evoked;

/// An act with what it was made of.
struct Candidate {
    evoked: Evoked,
    parties: arguments::Parties,
    act: Act,
    /// How far the actor is said to be from doing it.
    intent: realis::Intent,
}

/// Finds them.
pub(crate) fn find(context: &Context<'_>) -> Found {
    let mut acts = Vec::new();
    let sport = idioms::is_sport(context.known);
    for (ix, sentence) in context.known.sentences.iter().enumerate() {
        in_sentence(context, SentenceIx::from(ix), sentence, sport, &mut acts);
    }
    acts.sort_by_key(|it| (it.trigger.start(), it.trigger.end()));
    let told = statements(context, &acts);
    acts.extend(told);
    acts.sort_by_key(|it| (it.trigger.start(), it.trigger.end()));
    Found::Acts(acts)
}

fn in_sentence(context: &Context<'_>, ix: SentenceIx, sentence: &Sentence, sport: bool, acts: &mut Vec<Act>) {
    let known = context.known;
    let times = times_in(context, sentence);
    let mut nouns_taken: Vec<TokenIx> = Vec::new();
    let tokens = sentence.tokens.0.ix()..sentence.tokens.1.ix();
    let mut found: Vec<Evoked> = Vec::new();
    // Verbs first: a light verb takes its noun.
    for pos in ["VERB", "NOUN", "ADJ"] {
        for at in tokens.clone().map(TokenIx::from).filter(|it| known.tokens[it.ix()].pos == pos) {
            if nouns_taken.contains(&at) {
                continue;
            }
            let evoked = triggers::evoked(known, context.tree, context.lexicon, at)
                .filter(|it| !idioms::is_idiom(known, context.tree, context.lexicon, it))
                .and_then(|it| if sport { idioms::in_sport(it) } else { Some(it) });
            if let Some(evoked) = evoked {
                // "end the war": the war is told of beside its end.
                nouns_taken.extend(evoked.noun.filter(|_| evoked.mode != "end"));
                found.push(evoked);
            }
        }
    }
    found.retain(|it| it.noun.is_some() || !nouns_taken.contains(&it.head));
    let mut candidates = Vec::new();
    for evoked in found {
        let parties = arguments::parties(known, context.tree, &evoked);
        let act = act(context, ix, sentence, &evoked, &parties, &times);
        if tells(context, &evoked, &act) {
            let intent = realis::intent(known, context.tree, evoked.head);
            candidates.push(Candidate { evoked, parties, act, intent });
        }
    }
    coding::code(context, &mut candidates);
    acts.extend(candidates.into_iter().map(|it| it.act));
}

/// Whether a noun tells of an act rather than of a thing: somebody, some day or some place goes with it, or it points back
/// ("the attack"). Meetings and the like are kept alone too: reports come back to them as "talks". Of verbs without a type
/// somebody or something must be the subject.
fn tells(context: &Context<'_>, evoked: &Evoked, act: &Act) -> bool {
    let known = context.known;
    let placed = act.time.is_some() || act.place.is_some();
    let parties = !act.actors.is_empty() || !act.recipients.is_empty();
    let other = act.kind == rapporteur_lexicon::Act::Other.as_str();
    let violent = matches!(act.kind, "ASSAULT" | "COERCE" | "PROTEST") && !act.actor_spans.is_empty();
    let meets = matches!(
        evoked.mode,
        "meeting" | "visit" | "call" | "resignation" | "investigate" | "vote" | "ceasefire" | "revision" | "briefing"
    );
    if known.tokens[evoked.head.ix()].pos == "NOUN" {
        let points_back = context.tree.children(evoked.head).iter().any(|it| {
            known.tokens[it.ix()].dep == "det"
                && matches!(known.lemma(*it), "the" | "this" | "that" | "those" | "these")
        });
        // "the plan", "the law" are things.
        let deed = matches!(act.kind, "ASSAULT" | "COERCE" | "PROTEST" | "RETREAT" | "SANCTION" | "MOBILIZE")
            || other
                && !matches!(
                    evoked.mode,
                    "law"
                        | "statement"
                        | "deadline"
                        | "decision"
                        | "rise"
                        | "fall"
                        | "business"
                        | "appointment"
                        | "announcement"
                );
        return meets || parties || placed || violent || points_back && deed;
    }
    if evoked.noun.is_none() && WEAK.contains(&known.lemma(evoked.head)) && act.recipients.is_empty() {
        return false;
    }
    evoked.noun.is_some()
        || meets
        || !other
        || parties
        || placed
        || !act.actor_spans.is_empty()
        || !act.recipient_spans.is_empty()
}

/// Verbs that tell of an act between parties only when somebody is at the other end: one builds houses and shares views.
const WEAK: &[&str] = &[
    "provide", "fund", "finance", "build", "protect", "guard", "share", "exercise", "test", "address", "target",
    "deliver", "restore", "embrace", "climb", "blow", "help", "treat", "feed", "supply", "allow", "permit",
    "guarantee",
];

/// The times of a sentence with the token each hangs on.
fn times_in(context: &Context<'_>, sentence: &Sentence) -> Vec<(TimeIx, TokenIx)> {
    let known = context.known;
    let at = known.times.partition_point(|it| it.span.end() <= sentence.span.start());
    let here = known.times[at..].iter().enumerate().take_while(|(_, it)| it.span.start() < sentence.span.end());
    here.filter_map(|(ix, time)| {
        let tokens = sentence.tokens.0.ix()..sentence.tokens.1.ix();
        let inside = tokens.filter(|it| known.tokens[*it].span.overlaps(time.span));
        // The token whose head lies outside of the expression.
        let head = inside
            .clone()
            .find(|it| !known.tokens[known.tokens[*it].head.ix()].span.overlaps(time.span))
            .or_else(|| inside.clone().next())?;
        Some((TimeIx::from(at + ix), TokenIx::from(head)))
    })
    .collect()
}

fn act(
    context: &Context<'_>,
    ix: SentenceIx,
    sentence: &Sentence,
    evoked: &Evoked,
    parties: &arguments::Parties,
    times: &[(TimeIx, TokenIx)],
) -> Act {
    let (known, tree) = (context.known, context.tree);
    let time = setting::time_of(known, tree, evoked, times);
    let told = mood::told(context, evoked, time);
    let phrases = |heads: &[TokenIx]| heads.iter().map(|it| arguments::phrase(known, tree, *it)).collect::<Vec<Span>>();
    let actors = |heads: &[TokenIx]| {
        let mut out: Vec<ActorIx> = Vec::new();
        // People without names first, then the state or body that they act for.
        let of = |it: &TokenIx| phrases::unnamed_of(known, *it).chain(arguments::actors_of(known, tree, *it));
        for actor in heads.iter().flat_map(of) {
            if !out.contains(&actor) {
                out.push(actor);
            }
        }
        out
    };
    let head = known.tokens[evoked.head.ix()].span;
    let trigger = evoked.noun.map_or(head, |it| {
        let noun = known.tokens[it.ix()].span;
        // "held talks" is quoted whole when the two stand close, else the noun alone is the word that says it.
        if noun.start() < head.end() + 40 && head.end() <= noun.start() { head.cover(noun) } else { noun }
    });
    let everybody: Vec<TokenIx> = parties.actors.iter().chain(&parties.recipients).copied().collect();
    let place = setting::place_of(known, tree, evoked, &everybody);
    let clause = setting::clause_of(known, tree, evoked);
    let acting = actors(&parties.actors);
    let mut towards = actors(&parties.recipients);
    towards.retain(|it| !acting.contains(it));
    Act {
        kind: evoked.kind.as_str(),
        mode: Some(evoked.mode).filter(|it| !it.is_empty()),
        trigger,
        actors: acting,
        recipients: towards,
        actor_spans: phrases(&parties.actors),
        recipient_spans: phrases(&parties.recipients),
        place,
        time,
        topic: setting::topic_of(known, tree, evoked),
        realis: told.realis,
        positive: told.positive,
        asserted_by: asserted_by(context, trigger),
        coded: None,
        clause: if clause.contains(trigger) { clause } else { clause.cover(trigger) },
        sentence: ix,
        repeat: sentence.repeat,
    }
}

/// The narrowest attribution whose content holds the trigger.
fn asserted_by(context: &Context<'_>, trigger: Span) -> Option<QuoteIx> {
    let quotes = context.known.quotes.iter().enumerate();
    let holding = quotes.filter_map(|(ix, it)| {
        it.content.iter().find(|content| content.contains(trigger)).map(|content| (content.len(), ix))
    });
    holding.min().map(|(_, ix)| QuoteIx::from(ix))
}

/// Every attribution by somebody is an act of saying.
fn statements(context: &Context<'_>, acts: &[Act]) -> Vec<Act> {
    let known = context.known;
    let mut found: Vec<Act> = Vec::new();
    // Triggers are words of one sentence, so what overlaps a cue begins not far before it.
    let near = |cue: Span| {
        let at = acts.partition_point(|it| it.trigger.start() + TRIGGER_BYTES_MAX < cue.start());
        acts[at..].iter().take_while(move |it| it.trigger.start() < cue.end())
    };
    for quote in &known.quotes {
        let said =
            matches!(quote.form, QuoteForm::Statement | QuoteForm::Question | QuoteForm::Demand | QuoteForm::Narrated);
        let Some(cue) = quote.cue.first().copied().filter(|_| said && !quote.speakers.is_empty()) else { continue };
        let overlaps = |it: &Act| it.trigger.overlaps(cue);
        if found.iter().rev().take(CUES_BACK_MAX).any(overlaps) || near(cue).any(overlaps) {
            continue;
        }
        let sentence = known.sentences.get(quote.sentence.ix());
        let content = quote.content.first().copied();
        found.push(Act {
            kind: rapporteur_lexicon::Act::Other.as_str(),
            mode: Some("statement"),
            trigger: cue,
            actors: quote.speakers.clone(),
            recipients: Vec::new(),
            actor_spans: quote.source.clone(),
            recipient_spans: quote.addressee.into_iter().collect(),
            place: quote.place.filter(|it| arguments::mentions_in(known, *it).any(|it| it.usage == MentionUse::Place)),
            time: quote.date,
            topic: content,
            realis: Realis::Happened,
            positive: true,
            asserted_by: quote.nested_in,
            coded: None,
            clause: sentence.map_or(cue, |it| it.span),
            sentence: quote.sentence,
            repeat: quote.repeat,
        });
    }
    found
}

/// No trigger is longer: a light verb and its noun stand at most 40 bytes apart.
const TRIGGER_BYTES_MAX: u32 = 400;
/// So many cues before a quote's are looked at to see whether two quotes share one.
const CUES_BACK_MAX: usize = 16;
