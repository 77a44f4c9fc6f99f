//! Who the source of an attribution is: the actor its words mean, or a new one for "a senior official", "a study".

use rapporteur_model::{
    Actor, ActorIx, ActorKind, Mention, MentionKind, MentionUse, Quote, QuoteForm, QuoteKind, Span,
};

use super::super::actors::cast::slug;
use crate::view::View;

/// What naming the speakers adds to the layers of actors and mentions.
#[derive(Default)]
pub(crate) struct Added {
    pub(crate) actors: Vec<Actor>,
    pub(crate) mentions: Vec<Mention>,
}

/// Fills in the speakers, then the first persons inside their words.
pub(crate) fn name(view: &View<'_>, quotes: &mut [Quote]) -> Added {
    let mut added = Added::default();
    for quote in quotes.iter_mut() {
        quote.speakers = speakers(view, quote, &mut added);
    }
    first_persons(view, quotes, &mut added);
    added
}

fn speakers(view: &View<'_>, quote: &Quote, added: &mut Added) -> Vec<ActorIx> {
    let Some(source) = quote.source.first().copied() else { return Vec::new() };
    let first = view.token_at(source.start());
    let last = view.token_at(source.end().saturating_sub(1)).min(view.n().saturating_sub(1));
    if first > last {
        return Vec::new();
    }
    let Some(head) = (first..=last).find(|it| {
        let above = view.head(*it);
        (above < first || above > last || above == *it) && !view.is_punct(*it)
    }) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut heads = vec![head];
    // "Kallas and Rutte": each of them.
    let mut at = head;
    while let Some(next) = view.child(at, &["conj"]).filter(|it| *it <= last && heads.len() < 8) {
        heads.push(next);
        at = next;
    }
    for (nth, head) in heads.iter().enumerate() {
        for actor in meant_by(view, *head, source) {
            if !found.contains(&actor) {
                found.push(actor);
            }
        }
        if found.is_empty() && nth == 0 {
            // The name may stand in apposition: "the victim's brother, Jan Novak".
            // "the former governor, a Republican" says what he is, not who.
            let is_kind = |it: usize| view.children(it).any(|it| matches!(view.word(it), "a" | "an"));
            if let Some(beside) = view.child(*head, &["appos"]).filter(|it| *it <= last && !is_kind(*it)) {
                found.extend(meant_by(view, beside, source));
            }
        }
    }
    if found.is_empty()
        && matches!(view.tag_of(head), "WP" | "WDT")
        && let Some(noun) = antecedent(view, head)
    {
        // "the ministry, which said": who the relative stands for.
        found.extend(meant_by(view, noun, view.span(noun)));
        if found.is_empty() && matches!(view.pos_of(noun), "NOUN" | "PROPN") {
            let phrase = super::forms::phrase(view, noun);
            found.extend(described(view, quote, noun, view.cover(phrase.0, phrase.1), added));
        }
        return found;
    }
    if found.is_empty()
        && matches!(view.pos_of(head), "NOUN" | "PROPN" | "ADJ" | "NUM" | "DET")
        && view.dep_of(head) != "poss"
    {
        found.extend(described(view, quote, head, source, added));
    }
    found
}

/// The noun a relative pronoun stands for.
fn antecedent(view: &View<'_>, relative: usize) -> Option<usize> {
    let mut at = relative;
    for _ in 0..4 {
        at = view.head(at);
        if matches!(view.dep_of(at), "relcl" | "acl") {
            let noun = view.head(at);
            return (noun < relative).then_some(noun);
        }
    }
    None
}

/// The actors of the mentions whose words include the head of the source.
fn meant_by(view: &View<'_>, head: usize, source: Span) -> Vec<ActorIx> {
    let at = view.span(head);
    let from = view.known.mentions.partition_point(|it| it.span.start() + 200 < at.start());
    let around = view.known.mentions[from..]
        .iter()
        .take_while(|it| it.span.start() <= at.start())
        // "Israelis say" is what people there say, not their state.
        .filter(|it| it.span.contains(at) && !matches!(it.usage, MentionUse::Place | MentionUse::Demonym));
    // Names and pronouns before descriptions; a modifier in the source is not who speaks.
    let mut best: Vec<&Mention> = Vec::new();
    for it in around.filter(|it| it.actor.is_some()) {
        let is_source_word = it.kind != MentionKind::Nominal || it.span.overlaps(source);
        if is_source_word && it.usage != MentionUse::Modifier && (best.is_empty() || best[0].span == it.span) {
            best.push(it);
        }
    }
    best.iter().filter_map(|it| it.actor).collect()
}

/// An actor of its own for a speaker without a name.
fn described(view: &View<'_>, quote: &Quote, head: usize, source: Span, added: &mut Added) -> Option<ActorIx> {
    let written = source.of(view.text).split_whitespace().collect::<Vec<_>>().join(" ");
    if view.pos_of(head) == "DET"
        && !matches!(view.lemma_of(head).to_lowercase().as_str(), "some" | "many" | "several" | "few" | "all" | "most")
    {
        return None;
    }
    let (kind, prefix) = if quote.form == QuoteForm::Document {
        (ActorKind::Document, "document")
    } else if matches!(view.tag_of(head), "NNS" | "NNPS") || matches!(view.pos_of(head), "DET" | "ADJ" | "NUM") {
        (ActorKind::Group, "group")
    } else {
        (ActorKind::Unnamed, "unnamed")
    };
    let id = format!("{prefix}:{}", slug(&written));
    if id.ends_with(':') {
        return None;
    }
    let n_known = view.known.actors.len();
    let at = match view
        .known
        .actors
        .iter()
        .position(|it| it.id == id)
        .or_else(|| added.actors.iter().position(|it| it.id == id).map(|it| it + n_known))
    {
        Some(at) => at,
        None => {
            let affiliation = body_in(view, source);
            added.actors.push(Actor { id, name: written, kind, affiliation, ..Actor::default() });
            n_known + added.actors.len() - 1
        }
    };
    let actor = ActorIx::from(at);
    // A people that is mentioned there already is not mentioned twice.
    let is_people = |it: &&Mention| it.usage == MentionUse::Demonym && source.contains(it.span);
    if !view.known.mentions.iter().filter(is_people).any(|it| it.span.contains(view.span(head))) {
        added.mentions.push(Mention {
            span: source,
            kind: MentionKind::Nominal,
            usage: MentionUse::Actor,
            actor: Some(actor),
            score: 0.6,
            how: "source",
            repeat: quote.repeat,
        });
    }
    Some(actor)
}

/// The state or body somebody belongs to; an aide's is that of the person served.
fn body_of(view: &View<'_>, speaker: ActorIx) -> Option<ActorIx> {
    let affiliation = |it: ActorIx| view.known.actors.get(it.ix()).and_then(|it| it.affiliation);
    let body = affiliation(speaker)?;
    let is_person = view.known.actors.get(body.ix()).is_some_and(|it| it.kind == ActorKind::Person);
    if is_person { affiliation(body) } else { Some(body) }
}

/// The state or body named inside a description: "US officials".
fn body_in(view: &View<'_>, source: Span) -> Option<ActorIx> {
    let from = view.known.mentions.partition_point(|it| it.span.start() < source.start());
    let inside = view.known.mentions[from..].iter().take_while(|it| it.span.end() <= source.end());
    let is_body = |it: &ActorIx| {
        view.known.actors.get(it.ix()).is_some_and(|it| matches!(it.kind, ActorKind::State | ActorKind::Organisation))
    };
    inside.filter(|it| it.usage != MentionUse::Place).filter_map(|it| it.actor).find(is_body)
}

/// "I", "we" inside marks mean who speaks them.
fn first_persons(view: &View<'_>, quotes: &[Quote], added: &mut Added) {
    for quote in quotes.iter().filter(|it| it.kind != QuoteKind::Indirect) {
        let [speaker] = quote.speakers[..] else { continue };
        for span in &quote.quoted {
            let (from, to) = (view.token_at(span.start()), view.token_at(span.end()));
            for ix in from..to.min(view.n()) {
                let is_first = view.pos_of(ix) == "PRON"
                    && ["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"]
                        .iter()
                        .any(|it| it.eq_ignore_ascii_case(view.word(ix)));
                let span = view.span(ix);
                if is_first && !added.mentions.iter().rev().take(40).any(|it| it.span == span) {
                    // "we" is the body that is spoken for, when the report says which.
                    let is_plural = view.word(ix).to_lowercase().starts_with(['w', 'o', 'u']);
                    let body = body_of(view, speaker).filter(|_| is_plural && !is_call(view, ix));
                    let score = if is_plural { 0.6 } else { 0.95 };
                    added.mentions.push(Mention {
                        span,
                        kind: MentionKind::Pronominal,
                        usage: MentionUse::Actor,
                        actor: Some(body.unwrap_or(speaker)),
                        score,
                        how: "first-person",
                        repeat: quote.repeat,
                    });
                }
            }
        }
    }
}

/// "We should not forget", "we must not": a call on everybody, of whom only who speaks is sure to be meant.
fn is_call(view: &View<'_>, ix: usize) -> bool {
    let verb = view.head(ix);
    view.dep_of(ix) == "nsubj"
        && view.children(verb).any(|it| view.tag_of(it) == "MD" && matches!(view.lemma_of(it), "should" | "must"))
}
