//! What a sentence of a brief claims, in weighed words, and the places of the reports that tell most of it.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{Anchor, ReportIx, Role, Sentence, Span, TokenIx};
use rapporteur_text::fold;

use crate::story::View;

/// Two words mean the same from so many first letters on, when that is most of the shorter one: "resigned", "resignation".
const STEM_MIN: usize = 5;
/// Sentences with fewer words of content say nothing that can be checked.
const TERMS_MIN: usize = 2;

/// A sentence of a brief.
pub(super) struct Claimed {
    pub(super) report: ReportIx,
    pub(super) span: Span,
    /// Its tokens.
    pub(super) tokens: std::ops::Range<usize>,
    /// Its words of content, each with its place; of a name one term.
    pub(super) terms: Vec<(String, Span)>,
    /// The stretches that can be told at places of their own: clauses with a subject each, parts between semicolons.
    parts: Vec<Span>,
    /// Words that describe somebody named beside them, with whom: "EU foreign policy chief" with the chief.
    titles: Vec<(Span, String)>,
    /// Words in marks that stand in a report letter for letter.
    pub(super) verbatim: Vec<Span>,
}

/// A place of a report, one sentence or two in a row.
struct Window {
    place: Anchor,
    terms: BTreeSet<String>,
}

/// All places of the reports.
pub(super) struct Windows {
    list: Vec<Window>,
    n_sentences: BTreeMap<String, f32>,
    n: f32,
}

/// How much of a claimed sentence a place tells.
pub(super) struct Fit {
    pub(super) place: Anchor,
    /// Share of the sentence's weight, 0 to 1.
    pub(super) share: f32,
    /// Its words of content.
    pub(super) terms: BTreeSet<String>,
}

impl Claimed {
    /// `None` for headings, labels and lines that say nothing.
    pub(super) fn new(view: &View<'_>, report: ReportIx, sentence: &Sentence) -> Option<Claimed> {
        let anchor = Anchor::new(report, sentence.span);
        let tokens = view.tokens(anchor);
        let known = &view.report(report).annotations;
        let pronoun = |at: Span| tokens.clone().any(|it| known.tokens[it].pos == "PRON" && known.tokens[it].span == at);
        let terms: Vec<(String, Span)> = terms(view, anchor)
            .into_iter()
            .filter(|(_, at)| !pronoun(*at) || is_meant_here(view, report, *at))
            .collect();
        let verb = tokens.clone().any(|it| matches!(known.tokens[it].pos, "VERB" | "AUX"));
        let named = tokens.clone().any(|it| known.tokens[it].pos == "PROPN");
        let says = terms.len() >= TERMS_MIN && (verb || named && terms.len() > 3);
        let parts = parts(view, report, sentence.span, &tokens);
        let titles = titles(view, report, &tokens);
        let verbatim = Vec::new();
        says.then_some(Claimed { report, span: sentence.span, tokens, terms, parts, titles, verbatim })
    }

    /// Whether some words describe somebody who is named beside them.
    pub(super) fn describes(&self, at: Span) -> bool {
        self.titles.iter().any(|it| it.0.overlaps(at))
    }

    /// Whether a word stands in marks that are verbatim.
    fn is_verbatim(&self, at: Span) -> bool {
        self.verbatim.iter().any(|it| it.contains(at))
    }

    /// The words that none of the places has, in text order, neighbours as one stretch.
    pub(super) fn missing(&self, places: &[&Fit]) -> Vec<Span> {
        let mut found: Vec<Span> = Vec::new();
        for (term, at) in &self.terms {
            if self.is_verbatim(*at) || places.iter().any(|it| has(&it.terms, term)) {
                continue;
            }
            match found.last_mut() {
                Some(last) if at.start() <= last.end() + 2 => *last = last.cover(*at),
                _ => found.push(*at),
            }
        }
        found
    }

    /// The main verb of a clause that stands at none of the places, in no form: "Novak wept" where he only spoke. Common
    /// verbs, verbs of saying and words in marks aside; of longer sentences the rest decides.
    pub(super) fn untold_verb(&self, view: &View<'_>, places: &[&Fit]) -> Option<Span> {
        if SHORT_TERMS_MAX < self.terms.len() {
            return None;
        }
        let known = &view.report(self.report).annotations;
        let main = |it: &usize| {
            let token = &known.tokens[*it];
            token.pos == "VERB" && matches!(token.dep, "ROOT" | "ccomp" | "conj") && token.tag != "VBG"
        };
        self.tokens.clone().filter(main).find_map(|verb| {
            let span = known.tokens[verb].span;
            let (term, _) = self.terms.iter().find(|it| it.1 == span)?;
            let common = COMMON_VERBS.contains(&term.as_str());
            let told = self.is_verbatim(span) || places.iter().any(|it| has(&it.terms, term));
            (!common && !told).then_some(span)
        })
    }

    /// Whether a clause of the sentence is told at none of the places, though the rest is.
    pub(super) fn has_untold_clause(&self, view: &View<'_>, places: &[&Fit]) -> bool {
        let known = &view.report(self.report).annotations;
        self.tokens.clone().any(|verb| {
            let token = &known.tokens[verb];
            let opens = matches!(token.dep, "conj" | "advcl" | "relcl" | "ccomp" | "acl" | "xcomp" | "parataxis")
                && matches!(token.pos, "VERB" | "AUX");
            if !opens {
                return false;
            }
            let below = below(view, self.report, &self.tokens, verb);
            let terms: Vec<&String> = self
                .terms
                .iter()
                .filter(|(_, at)| !self.is_verbatim(*at))
                .filter(|(_, at)| below.iter().any(|it| known.tokens[*it].span.overlaps(*at)))
                .map(|(term, _)| term)
                .collect();
            let told = |it: &&Fit| terms.iter().filter(|term| has(&it.terms, term)).count();
            let best = places.iter().map(told).max().unwrap_or(0);
            CLAUSE_TERMS_MIN <= terms.len() && (best as f32) < CLAUSE_TOLD_MIN * terms.len() as f32
        })
    }
}

/// Whether a pronoun's person is named before it in its own paragraph.
pub(super) fn is_meant_here(view: &View<'_>, report: ReportIx, pronoun: Span) -> bool {
    let annotated = view.report(report);
    let known = &annotated.annotations;
    let Some(actor) = known.mentions.iter().find(|it| it.span.overlaps(pronoun)).and_then(|it| it.actor) else {
        return false;
    };
    let block = annotated.article.blocks.iter().find(|it| it.span.contains(pronoun));
    block.is_some_and(|block| {
        known.mentions.iter().any(|it| {
            it.actor == Some(actor)
                && it.kind != rapporteur_model::MentionKind::Pronominal
                && block.span.contains(it.span)
        })
    })
}

/// Sentences of so few words of content hang on each of them.
const SHORT_TERMS_MAX: usize = 6;
/// Verbs that rewording puts in and takes out.
const COMMON_VERBS: [&str; 24] = [
    "hold", "lead", "meet", "happen", "start", "begin", "continue", "include", "show", "remain", "follow", "become",
    "set", "expect", "need", "plan", "try", "help", "keep", "let", "put", "bring", "find", "work",
];

/// Where a sentence falls apart: at semicolons, and where a joined verb has a subject of its own.
fn parts(view: &View<'_>, report: ReportIx, sentence: Span, tokens: &std::ops::Range<usize>) -> Vec<Span> {
    let known = &view.report(report).annotations;
    let text = view.report(report).text();
    let mut cuts: Vec<u32> = Vec::new();
    for ix in tokens.clone() {
        let token = &known.tokens[ix];
        if token.span.of(text) == ";" {
            cuts.push(token.span.start());
        }
        let joined =
            matches!(token.dep, "conj" | "ccomp" | "advcl" | "parataxis") && matches!(token.pos, "VERB" | "AUX");
        let own = tokens.clone().any(|it| {
            let child = &known.tokens[it];
            it != ix && child.head.ix() == ix && matches!(child.dep, "nsubj" | "nsubjpass" | "expl")
        });
        if joined && own {
            let below = below(view, report, tokens, ix);
            let first = below.first().map_or(token.span.start(), |it| known.tokens[*it].span.start());
            cuts.push(first);
            // What follows the clause belongs to the one before it.
            let last = below.last().map_or(token.span.end(), |it| known.tokens[*it].span.end());
            if last + 2 < sentence.end() {
                cuts.push(last);
            }
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut parts = Vec::new();
    let mut from = sentence.start();
    for cut in cuts.into_iter().chain([sentence.end()]) {
        if from < cut {
            parts.push(Span::new(from, cut));
            from = cut;
        }
    }
    parts
}

/// Words before a person's name or in apposition to it, with whom they describe.
fn titles(view: &View<'_>, report: ReportIx, tokens: &std::ops::Range<usize>) -> Vec<(Span, String)> {
    let known = &view.report(report).annotations;
    let mut found = Vec::new();
    for mention in known.mentions.iter().filter(|it| it.kind == rapporteur_model::MentionKind::Named) {
        let inside: Vec<usize> = tokens.clone().filter(|it| mention.span.contains(known.tokens[*it].span)).collect();
        let who = mention.actor.and_then(|it| view.cast.of(report, it)).filter(|it| view.cast.is_named(*it));
        let (Some(who), Some(head)) =
            (who, inside.iter().copied().find(|it| !inside.contains(&known.tokens[*it].head.ix())))
        else {
            continue;
        };
        let id = view.cast.member(who).party.id.clone();
        for ix in tokens.clone().filter(|it| !inside.contains(it)) {
            let token = &known.tokens[ix];
            let before = token.head.ix() == head && matches!(token.dep, "compound" | "amod" | "nmod" | "poss");
            let beside = token.head.ix() == head && token.dep == "appos"
                || known.tokens[head].head.ix() == ix && known.tokens[head].dep == "appos";
            if before || beside {
                found.extend(
                    below(view, report, tokens, ix)
                        .into_iter()
                        .filter(|it| !inside.contains(it))
                        .map(|it| (known.tokens[it].span, id.clone())),
                );
            }
        }
    }
    found
}

/// Clauses of fewer words are not judged for themselves.
const CLAUSE_TERMS_MIN: usize = 3;
/// This share of a clause's words must stand at one place.
const CLAUSE_TOLD_MIN: f32 = 0.5;

/// The tokens below a token, itself included.
pub(super) fn below(view: &View<'_>, report: ReportIx, within: &std::ops::Range<usize>, top: usize) -> Vec<usize> {
    let known = &view.report(report).annotations;
    within.clone().filter(|it| known.is_below(TokenIx::from(*it), TokenIx::from(top))).collect()
}

impl Windows {
    pub(super) fn new(view: &View<'_>, brief: ReportIx) -> Windows {
        let mut windows = Windows { list: Vec::new(), n_sentences: BTreeMap::new(), n: 1.0 };
        for report in view.story.reports.iter().copied().filter(|it| *it != brief) {
            let annotated = view.report(report);
            let told = |it: &&Sentence| {
                let role = annotated.article.blocks.get(it.block.ix()).map(|it| it.role);
                role.is_some_and(Role::is_prose)
            };
            let mut before: Option<(Span, BTreeSet<String>)> = None;
            for sentence in annotated.annotations.sentences.iter().filter(told) {
                let own: BTreeSet<String> =
                    terms(view, Anchor::new(report, sentence.span)).into_iter().map(|it| it.0).collect();
                for term in &own {
                    *windows.n_sentences.entry(term.clone()).or_default() += 1.0;
                }
                windows.n += 1.0;
                if let Some((span, earlier)) = &before {
                    let place = Anchor::new(report, span.cover(sentence.span));
                    windows.list.push(Window { place, terms: earlier.union(&own).cloned().collect() });
                }
                windows.list.push(Window { place: Anchor::new(report, sentence.span), terms: own.clone() });
                before = Some((sentence.span, own));
            }
        }
        windows
    }

    /// How much a word tells: the fewer sentences have it, the more.
    fn weight(&self, term: &str) -> f32 {
        (self.n / (1.0 + self.n_sentences.get(term).copied().unwrap_or(0.0))).ln().clamp(0.4, WEIGHT_MAX)
    }

    /// The places that tell most of a sentence, best first; of equals those cited, the shorter, the first. With the share
    /// of its weight that is told when each part is looked for by itself.
    pub(super) fn fits(&self, claimed: &Claimed, cited: &[ReportIx]) -> (Vec<Fit>, f32) {
        let whole = self.fits_of(claimed, claimed.span, cited);
        let mut share = whole.first().map_or(0.0, |it| it.share);
        let mut found = whole;
        if claimed.parts.len() > 1 {
            let (mut told, mut all) = (0.0, 0.0);
            for part in &claimed.parts {
                let weight: f32 = self.weights(claimed, *part).iter().map(|it| it.1).sum();
                let best = self.fits_of(claimed, *part, cited);
                told += weight * best.first().map_or(0.0, |it| it.share);
                all += weight;
                found.extend(best.into_iter().filter(|it| PART_TOLD_MIN <= it.share).take(PLACES_OF_PART));
            }
            share = share.max(told / f32::max(all, 0.1));
        }
        let mut places: Vec<Anchor> = Vec::new();
        found.retain(|it| {
            let new = !places.contains(&it.place);
            places.push(it.place);
            new
        });
        (found, share)
    }

    /// The words of a part with their weights; verbatim words are told already, and so are titles that a report gives.
    fn weights<'c>(&self, claimed: &'c Claimed, part: Span) -> Vec<(&'c String, f32)> {
        let here = claimed.terms.iter().filter(|it| part.overlaps(it.1) && !claimed.is_verbatim(it.1));
        here.filter(|(term, at)| {
            let of = claimed.titles.iter().filter(|it| it.0 == *at);
            !of.into_iter().any(|(_, who)| self.list.iter().any(|it| it.terms.contains(who) && has(&it.terms, term)))
        })
        .map(|(term, _)| (term, self.weight(term)))
        .collect()
    }

    fn fits_of(&self, claimed: &Claimed, part: Span, cited: &[ReportIx]) -> Vec<Fit> {
        let weights = self.weights(claimed, part);
        let all: f32 = weights.iter().map(|it| it.1).sum::<f32>().max(0.1);
        let mut found: Vec<(f32, bool, u32, usize)> = Vec::new();
        for (ix, window) in self.list.iter().enumerate() {
            let told: f32 = weights.iter().filter(|(it, _)| has(&window.terms, it)).map(|it| it.1).sum();
            let share = if weights.is_empty() { 0.0 } else { told / all };
            if share >= 0.2 {
                found.push((share, !cited.contains(&window.place.report), window.place.span.len(), ix));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2, a.3).cmp(&(b.1, b.2, b.3))));
        found.truncate(PLACES_KEPT);
        let fit = |it: (f32, bool, u32, usize)| {
            let window = &self.list[it.3];
            Fit { place: window.place, share: it.0, terms: window.terms.clone() }
        };
        found.into_iter().map(fit).collect()
    }

    /// The place of a sentence, as a fit that tells all.
    pub(super) fn fit_at(&self, at: Anchor) -> Option<Fit> {
        let of = |it: &&Window| it.place.report == at.report && it.place.span.overlaps(at.span);
        let window = self.list.iter().filter(of).min_by_key(|it| it.place.span.len())?;
        Some(Fit { place: window.place, share: 1.0, terms: window.terms.clone() })
    }
}

/// Places that tell so much of one part are kept for it.
const PART_TOLD_MIN: f32 = 0.5;
/// So many of them.
const PLACES_OF_PART: usize = 4;
/// So many places are kept for a sentence.
const PLACES_KEPT: usize = 24;
/// No single word weighs more, so that one odd word does not decide.
const WEIGHT_MAX: f32 = 4.0;

/// Whether a place has a word, or another of the same stem.
pub(super) fn has(terms: &BTreeSet<String>, term: &str) -> bool {
    terms.contains(term) || terms.iter().any(|it| same_stem(it, term))
}

/// Whether two words begin alike for most of the shorter one.
pub(super) fn same_stem(a: &str, b: &str) -> bool {
    let letters = |it: &str| it.chars().all(char::is_alphabetic);
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let shorter = a.chars().count().min(b.chars().count());
    STEM_MIN <= common && shorter <= common + 2 && letters(a) && letters(b)
}

/// The words of content of a place, each with its span. Words of saying and the like say nothing of what is said; numbers
/// are digits, names and pronouns whom they mean.
fn terms(view: &View<'_>, anchor: Anchor) -> Vec<(String, Span)> {
    let known = &view.report(anchor.report).annotations;
    let mut found: Vec<(String, Span)> = Vec::new();
    for ix in view.tokens(anchor) {
        let token = &known.tokens[ix];
        // Days and sums are compared as what they are.
        let dated = known.times.iter().any(|it| it.span.overlaps(token.span) && it.value.is_some());
        let counted = token.pos == "NUM" && known.figures.iter().any(|it| it.span.overlaps(token.span));
        if dated || counted {
            continue;
        }
        for term in view.terms(Anchor::new(anchor.report, token.span)) {
            let lemma = fold(known.lemma(TokenIx::from(ix)));
            // Of verbs of saying only those that have something said after them.
            let says = token.pos == "VERB"
                && view.lexicon.cue(&lemma).is_some_and(|it| it.takes("that"))
                && known.tokens[ix.saturating_sub(CLAUSE_TOKENS)..known.tokens.len().min(ix + CLAUSE_TOKENS)]
                    .iter()
                    .any(|it| it.head.ix() == ix && matches!(it.dep, "ccomp" | "parataxis"));
            let says = says || known.quotes.iter().any(|it| it.cue.iter().any(|cue| cue.overlaps(token.span)));
            if says || EMPTY.contains(&term.as_str()) {
                continue;
            }
            let term = number(&term).unwrap_or(term);
            // "organised" and "organized" are one word.
            let term = view.lexicon.american_spelling(&term).map_or(term, str::to_owned);
            match found.last_mut() {
                // "Anna Lind": one term.
                Some((last, span)) if *last == term => *span = span.cover(token.span),
                _ => found.push((term, token.span)),
            }
        }
    }
    found
}

/// What is said stands at most so far from the verb.
const CLAUSE_TOKENS: usize = 40;

/// Words too common to tell anything.
const EMPTY: [&str; 26] = [
    "mr", "mrs", "ms", "dr", "year", "day", "people", "time", "way", "own", "now", "also", "one", "man", "accord",
    "use", "give", "know", "see", "want", "first", "part", "report", "call", "more", "much",
];

/// A number in words or with marks, in digits.
fn number(word: &str) -> Option<String> {
    const WORDS: [&str; 21] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ];
    if let Some(at) = WORDS.iter().position(|it| *it == word) {
        return Some(at.to_string());
    }
    let plain: String = word.chars().filter(|it| *it != ',').collect();
    (word.contains(',') && plain.chars().all(|it| it.is_ascii_digit())).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_stem_are_one() {
        assert!(same_stem("resign", "resignation"));
        assert!(same_stem("negotiate", "negotiator"));
        assert!(!same_stem("international", "interest"));
        assert!(!same_stem("part", "party"));
    }

    #[test]
    fn numbers_are_digits() {
        assert_eq!(number("seven").as_deref(), Some("7"));
        assert_eq!(number("12,000").as_deref(), Some("12000"));
        assert_eq!(number("bridge"), None);
    }
}
