//! The story's reports as weighing sees them: whose voice each is, and what words a span is made of.

use std::collections::BTreeSet;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{
    Anchor, Annotated, MentionKind, MentionUse, OriginIx, Relation, Relations, ReportIx, Role, SentenceIx, Span, Story,
    TokenIx,
};
use rapporteur_text::fold;

use crate::cast::Cast;

/// A story with its reports, their origins and its cast.
pub(crate) struct View<'a> {
    pub(crate) story: &'a Story,
    pub(crate) reports: &'a [Annotated],
    pub(crate) relations: &'a Relations,
    pub(crate) cast: Cast,
    pub(crate) lexicon: &'a Lexicon,
}

impl<'a> View<'a> {
    pub(crate) fn new(
        story: &'a Story,
        reports: &'a [Annotated],
        relations: &'a Relations,
        lexicon: &'a Lexicon,
    ) -> View<'a> {
        View { story, reports, relations, cast: Cast::new(story, reports), lexicon }
    }

    pub(crate) fn report(&self, ix: ReportIx) -> &'a Annotated {
        &self.reports[ix.ix()]
    }

    /// The origin of a report; a report without one stands for itself.
    pub(crate) fn origin(&self, ix: ReportIx) -> OriginIx {
        self.relations.origin_of.get(ix.ix()).copied().unwrap_or(OriginIx(u32::MAX - ix.0))
    }

    /// The lineage relation between two reports, if there is one.
    pub(crate) fn lineage(&self, a: ReportIx, b: ReportIx) -> Option<&'a Relation> {
        let (a, b) = (a.min(b), a.max(b));
        self.relations.pairs.iter().find(|it| it.a == a && it.b == b && it.kind.is_lineage())
    }

    /// The content words of a span: folded lemmas of nouns, verbs, adjectives and numbers, and for the words of a name or
    /// pronoun the one it means, whatever the report calls it ("Kiev" and "Ukraine's" are one).
    pub(crate) fn terms(&self, anchor: Anchor) -> BTreeSet<String> {
        let known = &self.report(anchor.report).annotations;
        let first = known.tokens.partition_point(|it| it.span.end() <= anchor.span.start());
        known.tokens[first..]
            .iter()
            .take_while(|it| it.span.start() < anchor.span.end())
            .filter(|it| matches!(it.pos, "NOUN" | "PROPN" | "VERB" | "ADJ" | "NUM" | "PRON"))
            .filter_map(|it| {
                let named = matches!(it.pos, "PROPN" | "PRON" | "ADJ").then(|| self.named_at(anchor.report, it.span));
                match named.flatten() {
                    Some(id) => Some(id.to_owned()),
                    None => (it.pos != "PRON").then(|| self.word(it.lemma.of(&known.lemmas))),
                }
            })
            .filter(|it| it.chars().any(char::is_alphanumeric) && !EMPTY.contains(&it.as_str()))
            .collect()
    }

    /// A word as words are compared: folded, in one spelling of English ("favour" and "favor" are one).
    fn word(&self, lemma: &str) -> String {
        let word = fold(lemma);
        self.lexicon.american_spelling(&word).map_or(word, str::to_owned)
    }

    /// Whom the name or pronoun at a place means, by the id over all reports; places that stand for nobody keep their words.
    fn named_at(&self, report: ReportIx, at: Span) -> Option<&str> {
        const MENTION_TOKENS_MAX: usize = 12;
        let mentions = &self.report(report).annotations.mentions;
        let after = mentions.partition_point(|it| it.span.start() <= at.start());
        let near = mentions[after.saturating_sub(MENTION_TOKENS_MAX)..after].iter().rev();
        let found = near.filter(|it| {
            it.span.contains(at)
                && it.kind != MentionKind::Nominal
                && it.usage != MentionUse::Place
                && PRONOUN_SCORE_MIN <= it.score
        });
        let member = found.filter_map(|it| self.cast.of(report, it.actor?)).next()?;
        self.cast.is_named(member).then(|| self.cast.member(member).party.id.as_str())
    }

    /// Whether a place stands in a headline or heading.
    pub(crate) fn in_headline(&self, anchor: Anchor) -> bool {
        let blocks = &self.report(anchor.report).article.blocks;
        let block = blocks.iter().find(|it| it.span.contains(anchor.span));
        block.is_some_and(|it| matches!(it.role, Role::Headline | Role::Subheading))
    }

    /// The day a report is told on, as far as it is known.
    pub(crate) fn told_on(&self, report: ReportIx) -> Option<&'a str> {
        self.report(report).article.metadata.anchor.as_ref().map(|it| it.day.as_str())
    }

    /// The sentence around a place.
    pub(crate) fn sentence(&self, anchor: Anchor) -> Option<(SentenceIx, Span)> {
        let known = &self.report(anchor.report).annotations;
        let ix = known.sentence_at(anchor.span.start())?;
        Some((ix, known.sentences[ix.ix()].span))
    }

    /// The tokens of a span.
    pub(crate) fn tokens(&self, anchor: Anchor) -> std::ops::Range<usize> {
        let tokens = &self.report(anchor.report).annotations.tokens;
        let first = tokens.partition_point(|it| it.span.end() <= anchor.span.start());
        let n = tokens[first..].iter().take_while(|it| it.span.start() < anchor.span.end()).count();
        first..first + n
    }

    /// The lemma of a token.
    pub(crate) fn lemma(&self, report: ReportIx, token: usize) -> &'a str {
        self.report(report).annotations.lemma(TokenIx::from(token))
    }
}

/// Mentions less sure than this stand for nobody here.
const PRONOUN_SCORE_MIN: f32 = 0.6;

/// Verbs and adjectives that say next to nothing about which fact it is.
const EMPTY: [&str; 18] = [
    "be", "have", "do", "say", "tell", "make", "take", "get", "go", "come", "new", "other", "many", "such", "last",
    "include", "add", "mr",
];

/// How much of the smaller set stands in the larger, 0 to 1.
pub(crate) fn containment(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f32 {
    let smaller = a.len().min(b.len());
    if smaller == 0 {
        return 0.0;
    }
    a.intersection(b).count() as f32 / smaller as f32
}

/// Share of the words of both that both have, 0 to 1.
pub(crate) fn jaccard(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f32 {
    let both = a.intersection(b).count();
    let all = a.len() + b.len() - both;
    if all == 0 { 0.0 } else { both as f32 / all as f32 }
}
