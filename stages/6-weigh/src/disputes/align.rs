//! Sentences of different reports that tell one fact.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rapporteur_model::{Anchor, ReportIx, Role, Span};

use crate::rarity::Rarity;
use crate::story::View;

/// So much of the rarer words of the sentence with fewer stands in the other, and of the words of both in both. Wide: what
/// they have in common is weighed again with each thing that they tell differently (`slots`).
const CONTAINED_MIN: f32 = 0.3;
const SHARED_MIN: f32 = 0.1;
/// A partner is left out when another sentence of its report is a better one by so much.
const OF_BEST: f32 = 0.7;
/// Words in more sentences than this open no pair: their lists would make the work quadratic.
const OPENING_MAX: usize = 60;
/// Content words that a sentence needs.
pub(super) const TERMS_MIN: usize = 3;

/// A sentence of running text.
pub(crate) struct Line {
    pub(crate) report: ReportIx,
    pub(crate) span: Span,
    pub(crate) tokens: Range<usize>,
    pub(crate) terms: BTreeSet<String>,
    /// The sentences before and after it too.
    pub(crate) around: Span,
}

/// The sentences of all reports, in text order.
pub(crate) fn lines(view: &View<'_>) -> Vec<Line> {
    let mut found = Vec::new();
    for report in &view.story.reports {
        let annotated = view.report(*report);
        let sentences = &annotated.annotations.sentences;
        for (ix, sentence) in sentences.iter().enumerate() {
            let role = annotated.article.blocks.get(sentence.block.ix()).map(|it| it.role);
            if sentence.repeat || !matches!(role, Some(Role::Body | Role::Standfirst | Role::KeyPoint)) {
                continue;
            }
            let own = &annotated.annotations.tokens[sentence.tokens.0.ix()..sentence.tokens.1.ix()];
            // A dateline or a label tells nothing, whatever day stands in it.
            if !own.iter().any(|it| matches!(it.pos, "VERB" | "AUX")) {
                continue;
            }
            let terms = telling(view, Anchor::new(*report, sentence.span));
            if TERMS_MIN <= terms.len() {
                let before = sentences[ix.saturating_sub(1)].span;
                let after = sentences[(ix + 1).min(sentences.len() - 1)].span;
                let tokens = sentence.tokens.0.ix()..sentence.tokens.1.ix();
                let around = before.cover(after).cover(sentence.span);
                found.push(Line { report: *report, span: sentence.span, tokens, terms, around });
            }
        }
    }
    found
}

/// Two sentences that may tell one fact.
pub(super) struct Match {
    pub(super) a: usize,
    pub(super) b: usize,
    /// How much of the rarer words of the one with fewer the other has.
    pub(super) contained: f32,
    /// How much of the rarer words of both both have.
    pub(super) shared: f32,
    /// How near it comes to the best match of either in the report of the other: 1 is the best.
    pub(super) of_best: f32,
}

/// Pairs of different reports that have words in common, with how many of those that open a pair.
pub(super) fn opened(all: &[(ReportIx, &BTreeSet<String>)]) -> BTreeMap<(usize, usize), usize> {
    let mut by_term: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (ix, (_, terms)) in all.iter().enumerate() {
        for term in *terms {
            by_term.entry(term).or_default().push(ix);
        }
    }
    let mut n_both: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for list in by_term.values().filter(|it| it.len() <= OPENING_MAX) {
        for (at, b) in list.iter().enumerate() {
            for a in list[..at].iter().filter(|a| all[**a].0 != all[*b].0) {
                *n_both.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    n_both
}

/// The words of a place that tell which fact it is: its content words without numbers in digits.
pub(super) fn telling(view: &View<'_>, at: Anchor) -> BTreeSet<String> {
    view.terms(at).into_iter().filter(|it| !it.starts_with(|c: char| c.is_ascii_digit())).collect()
}

/// Pairs of sentences that may tell one fact, in text order.
pub(super) fn pairs(lines: &[Line], rarity: &Rarity) -> Vec<Match> {
    let weight = |it: &Line| it.terms.iter().map(|it| rarity.of(it)).sum::<f32>();
    let weights: Vec<f32> = lines.iter().map(weight).collect();
    let mut found: Vec<Match> = Vec::new();
    let all: Vec<(ReportIx, &BTreeSet<String>)> = lines.iter().map(|it| (it.report, &it.terms)).collect();
    for (a, b) in opened(&all).into_keys() {
        let both: f32 = lines[a].terms.intersection(&lines[b].terms).map(|it| rarity.of(it)).sum();
        let contained = both / weights[a].min(weights[b]).max(0.1);
        let shared = both / (weights[a] + weights[b] - both).max(0.1);
        if CONTAINED_MIN <= contained && SHARED_MIN <= shared {
            found.push(Match { a, b, contained, shared, of_best: 0.0 });
        }
    }
    // The best partner of a sentence in each other report.
    let mut best: BTreeMap<(usize, ReportIx), f32> = BTreeMap::new();
    for it in &found {
        for key in [(it.a, lines[it.b].report), (it.b, lines[it.a].report)] {
            let slot = best.entry(key).or_insert(0.0);
            *slot = slot.max(it.contained + it.shared);
        }
    }
    for it in &mut found {
        let least = best[&(it.a, lines[it.b].report)].min(best[&(it.b, lines[it.a].report)]);
        it.of_best = (it.contained + it.shared) / least.max(0.1);
    }
    found.retain(|it| OF_BEST <= it.of_best);
    found
}
