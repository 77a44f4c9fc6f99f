//! Things that a sentence names as known and the brief has not told of: "the hotel", where the sentence before it in the
//! report was the first to say which.

use rapporteur_model::{ActorKind, Anchor, CitedSentence, MentionKind};

use crate::plan::Draft;
use crate::words::stems;

/// Sentences of the report, before the one that is told, that may have said which thing is meant.
const BEFORE: usize = 4;

/// Bodies that a name must go before.
const BODIES: [&str; 11] = [
    "company", "firm", "agency", "group", "organisation", "organization", "ministry", "department", "newspaper",
    "network", "band",
];

/// Nouns that need no telling which: there is one, or the sentence is about whichever.
const KNOWN: [&str; 64] = [
    "world", "country", "government", "public", "press", "media", "people", "president", "police", "army", "military",
    "parliament", "congress", "senate", "state", "nation", "region", "area", "city", "town", "capital", "north",
    "south", "east", "west", "coast", "sea", "sky", "sun", "internet", "web", "economy", "market", "law", "court",
    "day", "night", "morning", "afternoon", "evening", "week", "weekend", "month", "year", "time", "past", "future",
    "end", "beginning", "start", "middle", "rest", "side", "way", "number", "majority", "opposition", "authority",
    "news", "same", "election", "situation", "case", "fact",
];

impl Draft<'_> {
    /// Whether words point, with "the", to a thing that the report has told of just before, that this
    /// sentence does not say which it is, and that neither the brief nor the story's openings know.
    pub(crate) fn dangles(&self, made: &CitedSentence) -> bool {
        // Words of two reports side by side are quoted as they stand.
        if made.text().contains("; left open: “") || made.text().contains(") against “") {
            return false;
        }
        let Some(at) = made.citations().first().copied() else { return false };
        let Some(sentence) = self.view.sentence(at) else { return false };
        let report = self.view.report(sentence.report);
        let known = &report.annotations;
        let text = report.text();
        let inside = self.view.tokens(sentence);
        let told: Vec<String> = stems(&self.told_text).into_iter().collect();
        let mut met: Vec<&str> = Vec::new();
        let mut body_before = false;
        for ix in inside.clone() {
            let token = &known.tokens[ix];
            let lemma = token.lemma.of(&known.lemmas);
            let is_noun = token.pos == "NOUN";
            if is_noun && self.is_pointed_at(sentence, &inside, ix) && made.text().contains(token.span.of(text)) {
                let stem = stems(lemma).into_iter().next().unwrap_or_default();
                // "the company's rocket": whose?
                let needs_name = BODIES.contains(&lemma) && !body_before && !self.told_text.contains(lemma);
                if needs_name && token.dep == "poss" {
                    return true;
                }
                let is_told = met.contains(&lemma)
                    || stem.is_empty()
                    || KNOWN.contains(&lemma)
                    || told.contains(&stem)
                    || self.is_in_headline(&stem)
                    || self.told_text.is_empty() && self.matter.has(&stem);
                if !is_told && self.was_told_before(sentence, lemma) {
                    return true;
                }
            }
            if is_noun {
                met.push(lemma);
            }
            body_before |= known.mentions.iter().any(|it| {
                let actor = it.actor.and_then(|it| known.actors.get(it.ix()));
                it.span.contains(token.span)
                    && it.kind == MentionKind::Named
                    && actor.is_some_and(|it| matches!(it.kind, ActorKind::Organisation | ActorKind::State))
            });
        }
        false
    }

    /// "the hotel": with "the", no name or noun on it and nothing behind it that says which.
    fn is_pointed_at(&self, sentence: Anchor, inside: &std::ops::Range<usize>, ix: usize) -> bool {
        let report = self.view.report(sentence.report);
        let known = &report.annotations;
        let token = &known.tokens[ix];
        let below = || inside.clone().map(|it| (it, &known.tokens[it])).filter(|it| it.0 != ix && it.1.head.ix() == ix);
        let points = |it: &str| matches!(it.to_lowercase().as_str(), "the" | "that" | "this" | "those" | "these");
        let has_the = below().any(|(_, it)| it.dep == "det" && points(it.span.of(report.text())));
        let says_which = below().any(|(at, it)| {
            matches!(it.dep, "compound" | "poss" | "nummod" | "nmod") && at < ix
                || matches!(it.dep, "prep" | "relcl" | "appos") && ix < at
                || it.dep == "acl" && it.tag != "VB" && ix < at
                || matches!(it.tag, "JJS" | "RBS")
        });
        has_the && !says_which && token.dep != "compound"
    }

    /// Whether one of the report's sentences shortly before has the noun.
    fn was_told_before(&self, sentence: Anchor, lemma: &str) -> bool {
        let known = &self.view.report(sentence.report).annotations;
        let Some(own) = known.sentence_at(sentence.span.start()) else { return false };
        let before = &known.sentences[own.ix().saturating_sub(BEFORE)..own.ix()];
        before.iter().any(|it| {
            let tokens = &known.tokens[it.tokens.0.ix()..it.tokens.1.ix()];
            tokens
                .iter()
                .any(|it| matches!(it.pos, "NOUN" | "PROPN") && it.lemma.of(&known.lemmas).eq_ignore_ascii_case(lemma))
        })
    }
}
