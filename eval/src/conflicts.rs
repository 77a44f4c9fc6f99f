//! Planted conflicts: two real reports of a story tell one fact alike, and in one of them the fact is changed.
//!
//! Sentences of two reports that are of no lineage tell one fact when they share enough of their rarer words and no long
//! run of them. Half of the changes make them contradict each other (another number, day, person, place, status, speaker,
//! a "not"), half are what outlets do every day. The maker knows words and annotations, not how claims are aligned.

mod edits;
mod harmless;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{Annotated, Nature, Relations, Role, Span, TokenIx};

use crate::chance::Chance;
use crate::system::Input;
use words::fold;

pub use edits::CONFLICTS;
pub use harmless::HARMLESS;
pub use words::Pool;

/// Rarer words of the shorter sentence that the other must have, and of both that both must have.
const CONTAINED_MIN: f64 = 0.5;
const SHARED_MIN: f64 = 0.25;
/// A run of words that two sentences share is no longer than this: what is copied is the business of lineages.
const RUN_MAX: usize = 9;
/// Words of a sentence.
const WORDS: std::ops::RangeInclusive<usize> = 8..=45;

/// A sentence of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which report of the story.
    pub report: usize,
    /// Its bytes.
    pub span: Span,
}

/// Two sentences that tell one fact: the second may be edited.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// The sentence that stays.
    pub kept: Place,
    /// The sentence to edit.
    pub edited: Place,
}

/// A sentence as an edit sees it.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// Its report.
    pub report: &'a Annotated,
    /// Its bytes.
    pub span: Span,
}

/// What an edit makes.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// Stretches of the sentence and what stands there now.
    pub changes: Vec<(Span, String)>,
    /// Days by which the edited report is told earlier.
    pub days_before: i32,
}

/// One kind of edit.
pub struct Kind {
    /// Its name in the scores.
    pub name: &'static str,
    /// Natures that are right for it; empty for harmless ones.
    pub natures: &'static [Nature],
    /// Makes it, where both sentences have what it takes.
    pub make: fn(Side<'_>, Side<'_>, &Pool, &mut Chance) -> Option<Edit>,
}

/// A planted difference.
pub struct Planted {
    /// What was done.
    pub kind: &'static Kind,
    /// The sentence that stayed.
    pub kept: Place,
    /// The edited sentence, as it stands now.
    pub text: String,
    /// As it stood.
    pub original: String,
}

/// The pairs of a story by the report to edit; reports of one lineage are no pairs.
pub fn pairs(reports: &[Annotated], relations: &Relations) -> BTreeMap<usize, Vec<Pair>> {
    let sentences: Vec<Place> = reports.iter().enumerate().flat_map(|(ix, it)| sentences(ix, it)).collect();
    let bags: Vec<BTreeSet<String>> = sentences.iter().map(|it| bag(&reports[it.report], it.span)).collect();
    let mut n_of: BTreeMap<&str, f64> = BTreeMap::new();
    for word in bags.iter().flatten() {
        *n_of.entry(word).or_default() += 1.0;
    }
    let n = bags.len() as f64;
    let weight = |word: &String| (n / n_of[word.as_str()]).ln().max(0.1);
    let sum = |it: &mut dyn Iterator<Item = &String>| it.map(weight).sum::<f64>();
    let sums: Vec<f64> = bags.iter().map(|it| sum(&mut it.iter())).collect();
    let mut found: BTreeMap<usize, Vec<Pair>> = BTreeMap::new();
    for (x, kept) in sentences.iter().enumerate() {
        for (y, edited) in sentences.iter().enumerate() {
            let (a, b) = (kept.report.min(edited.report), kept.report.max(edited.report));
            if a == b || are_one_line(relations, a, b) {
                continue;
            }
            let both = sum(&mut bags[x].intersection(&bags[y]));
            if both < CONTAINED_MIN * sums[x].min(sums[y]) || both < SHARED_MIN * (sums[x] + sums[y] - both) {
                continue;
            }
            if run(reports[kept.report].text(), kept.span, reports[edited.report].text(), edited.span) <= RUN_MAX {
                found.entry(edited.report).or_default().push(Pair { kept: *kept, edited: *edited });
            }
        }
    }
    found
}

/// Whether one of two reports is known to come from the other, or both from a third.
pub fn are_one_line(relations: &Relations, a: usize, b: usize) -> bool {
    relations.pairs.iter().any(|it| it.a.ix() == a.min(b) && it.b.ix() == a.max(b) && it.kind.is_lineage())
}

/// Sentences of running text.
fn sentences(ix: usize, report: &Annotated) -> Vec<Place> {
    let text = report.text();
    let known = &report.annotations;
    let body = known.sentences.iter().filter(|it| {
        let role = report.article.blocks.get(it.block.ix()).map(|it| it.role);
        role == Some(Role::Body) && !it.repeat && WORDS.contains(&it.span.of(text).split_whitespace().count())
    });
    body.map(|it| Place { report: ix, span: it.span }).collect()
}

fn bag(report: &Annotated, span: Span) -> BTreeSet<String> {
    let known = &report.annotations;
    let tokens = known.tokens.iter().enumerate().filter(|(_, it)| span.contains(it.span));
    let content = tokens.filter(|(_, it)| matches!(it.pos, "NOUN" | "PROPN" | "VERB" | "ADJ" | "NUM"));
    content.map(|(ix, _)| fold(known.lemma(TokenIx::from(ix)))).filter(|it| 1 < it.len()).collect()
}

/// Whether two sentences tell the same of what stands at a place of either: the clauses around the places, without what
/// hangs on them as a clause of its own, share half of the words of the shorter one. What only one of them tells of a name
/// or a number is no fact of both, and another one there would contradict nothing.
fn tell_alike(a: Side<'_>, at: Span, b: Side<'_>, other: Span) -> bool {
    let (x, y) = (clause(a, at), clause(b, other));
    let both = x.intersection(&y).count();
    2 <= both && x.len().min(y.len()) <= 2 * both
}

/// The content words of the clause around a place, without the place.
fn clause(side: Side<'_>, at: Span) -> BTreeSet<String> {
    const OWN: [&str; 8] = ["ccomp", "relcl", "advcl", "conj", "parataxis", "acl", "csubj", "ROOT"];
    let known = &side.report.annotations;
    let tokens = &known.tokens;
    let inside: Vec<usize> = (0..tokens.len()).filter(|it| side.span.contains(tokens[*it].span)).collect();
    // The verb over a token: where the way up leaves the clause.
    let top = |mut ix: usize| {
        for _ in 0..12 {
            let up = tokens[ix].head.ix();
            if up == ix || matches!(tokens[ix].pos, "VERB" | "AUX") && OWN.contains(&tokens[ix].dep) {
                break;
            }
            ix = up;
        }
        ix
    };
    let Some(own) = inside.iter().copied().find(|it| at.contains(tokens[*it].span)).map(top) else {
        return BTreeSet::new();
    };
    let near = inside.into_iter().filter(|it| !at.overlaps(tokens[*it].span) && top(*it) == own);
    let content = near.filter(|it| matches!(tokens[*it].pos, "NOUN" | "PROPN" | "VERB" | "ADJ" | "NUM"));
    content.map(|it| fold(known.lemma(TokenIx::from(it)))).filter(|it| 1 < it.len()).collect()
}

/// The longest run of words that two sentences share.
fn run(a: &str, a_span: Span, b: &str, b_span: Span) -> usize {
    let words = |text: &str, span: Span| span.of(text).split_whitespace().map(fold).collect::<Vec<String>>();
    let (a, b) = (words(a, a_span), words(b, b_span));
    let mut best = 0;
    let mut above = vec![0; b.len() + 1];
    for x in &a {
        let mut row = vec![0; b.len() + 1];
        for (at, y) in b.iter().enumerate() {
            if x == y {
                row[at + 1] = above[at] + 1;
                best = best.max(row[at + 1]);
            }
        }
        above = row;
    }
    best
}

/// The edited sentence, and the input with it; nothing where the sentence does not stand once in the input.
pub fn apply(input: &Input, report: &Annotated, place: Span, edit: &Edit) -> Option<(Input, String)> {
    let original = place.of(report.text());
    let text = std::str::from_utf8(&input.bytes).ok()?;
    if text.matches(original).count() != 1 {
        return None;
    }
    let mut changes = edit.changes.clone();
    changes.sort();
    let (mut now, mut from) = (String::new(), place.start());
    for (span, new) in changes {
        if span.start() < from {
            return None;
        }
        now.push_str(Span::new(from, span.start()).of(report.text()));
        now.push_str(&new);
        from = span.end();
    }
    now.push_str(Span::new(from, place.end()).of(report.text()));
    let mut made = Input { bytes: text.replacen(original, &now, 1).into_bytes(), ..input.clone() };
    if edit.days_before != 0 {
        made.date = Some(words::days_before(input.date.as_deref()?, edit.days_before)?);
    }
    (now != original).then_some((made, now))
}
