//! Pronouns and demonstratives in retold words: whom and what they mean must be said in the same sentence.

use rapporteur_model::{Anchor, MentionKind, Span};

use crate::view::View;

/// Whether a pronoun in the sentence may mean somebody outside of it.
pub(crate) fn loose_pronoun(view: &View<'_>, anchor: Anchor, cuts: &[Span]) -> bool {
    let report = view.report(anchor.report);
    let known = &report.annotations;
    let text = report.text();
    let quoted: Vec<Span> = known.quotes.iter().flat_map(|it| it.quoted.iter().copied()).collect();
    let mut noun_before = false;
    let inside = view.tokens(anchor);
    for token in &known.tokens[inside.clone()] {
        let person = matches!(
            token.span.of(text).to_lowercase().as_str(),
            "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself"
        );
        let group = matches!(token.span.of(text).to_lowercase().as_str(), "they" | "them" | "their" | "its");
        if quoted.iter().chain(cuts).any(|it| it.contains(token.span)) {
            continue;
        }
        // "under those sanctions", "welcomed this step": which? "This week" and "this year" count from the day.
        const TIMES: [&str; 14] = [
            "week", "month", "year", "morning", "afternoon", "evening", "night", "weekend", "summer", "winter",
            "spring", "autumn", "fall", "time",
        ];
        let points = token.dep == "det"
            && matches!(token.span.of(text).to_lowercase().as_str(), "this" | "that" | "these" | "those")
            && known.tokens.get(token.head.ix()).is_some_and(|noun| {
                let says_which = known.tokens[inside.clone()]
                    .iter()
                    .any(|it| it.head == token.head && matches!(it.dep, "relcl" | "acl" | "prep"));
                noun.pos == "NOUN" && !says_which && !TIMES.contains(&noun.lemma.of(&known.lemmas))
            });
        if points {
            return true;
        }
        // "is opposed to this": what "this" is stands elsewhere.
        let pointer = token.pos == "PRON" && matches!(token.tag, "DT") && token.dep != "det" && !noun_before
            || token.tag == "DT" && matches!(token.dep, "pobj" | "dobj") && token.head.ix() != 0;
        if pointer && matches!(token.span.of(text).to_lowercase().as_str(), "this" | "that" | "these" | "those") {
            let with_of = known
                .tokens
                .iter()
                .any(|it| known.tokens[it.head.ix()].span == token.span && matches!(it.dep, "prep" | "relcl" | "acl"));
            if !with_of {
                return true;
            }
        }
        if person || group {
            let mention = known.mentions.iter().find(|it| it.span == token.span);
            let actor = mention.filter(|it| it.score >= 0.6).and_then(|it| it.actor);
            let named = actor.is_some_and(|actor| {
                known.mentions.iter().any(|it| {
                    it.actor == Some(actor)
                        && it.kind != MentionKind::Pronominal
                        && (it.span.start() < token.span.start() || is_top_subject(known, it.span))
                        && anchor.span.contains(it.span)
                        && !cuts.iter().any(|cut| cut.overlaps(it.span))
                })
            });
            if !named && (person || !noun_before) {
                return true;
            }
        }
        noun_before |= matches!(token.pos, "NOUN" | "PROPN");
    }
    false
}

/// Whether a mention is the subject of its sentence: "When she left, Eva Novak said …".
fn is_top_subject(known: &rapporteur_model::Annotations, mention: Span) -> bool {
    let first = known.tokens.partition_point(|it| it.span.end() <= mention.start());
    known.tokens[first..]
        .iter()
        .take_while(|it| it.span.start() < mention.end())
        .any(|it| it.dep.starts_with("nsubj") && known.tokens.get(it.head.ix()).is_some_and(|head| head.dep == "ROOT"))
}
