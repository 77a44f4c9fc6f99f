//! Sentences and clauses of different reports that tell the same, whatever they tell: "the plan favours the north" says who is
//! better off, and is no happening of any type, statement or figure.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rapporteur_model::{ActContent, Anchor, Claim, Content, ReportIx, Span, TokenIx};

use crate::paraphrase::{Judged, SENTENCES, Words, features};
use crate::rarity::Rarity;
use crate::salience::weight;
use crate::story::View;
use crate::verdict::{Difference, tally, verdict};

use super::align::{Line, TERMS_MIN, opened, telling};
use super::verbs::{Told, told_of};

/// So much of the rarer words of the unit with fewer stands in the other, that they are compared at all.
const CONTAINED_MIN: f32 = 0.3;
/// Content words that two units have in common.
const BOTH_MIN: usize = 2;
/// A clause of more of its sentence than this is the sentence.
const CLAUSE_MAX: f32 = 0.8;
/// Units as likely the same are one fact.
const LIKELY_MIN: f64 = 0.7;
/// Of words that a claim has so much of, it tells already.
const KNOWN_MIN: f32 = 0.6;

/// A sentence or a clause of one, the smallest that tells a fact.
pub(crate) struct Unit {
    report: ReportIx,
    span: Span,
    /// The verb, or what else is on top.
    top: usize,
    /// The sentence, as a place in the list of lines.
    line: usize,
    terms: BTreeSet<String>,
}

impl Unit {
    pub(crate) fn anchor(&self) -> Anchor {
        Anchor::new(self.report, self.span)
    }
}

/// The sentences with their clauses, and the pairs that may tell the same.
pub(crate) fn told(view: &View<'_>, rarity: &Rarity, lines: &[Line]) -> (Vec<Unit>, Vec<Judged>) {
    let units = units(view, lines);
    let words: Vec<Words> = units.iter().map(|it| Words::new(view, it.report, &[it.span], false)).collect();
    let pairs = features(&words, near(&units, rarity), rarity);
    (units, pairs)
}

/// Each sentence, and each clause in one that has words enough: with the noun that it tells something of.
fn units(view: &View<'_>, lines: &[Line]) -> Vec<Unit> {
    const CLAUSES: [&str; 6] = ["relcl", "acl", "advcl", "ccomp", "conj", "parataxis"];
    let mut found = Vec::new();
    for (ix, line) in lines.iter().enumerate() {
        let known = &view.report(line.report).annotations;
        let root = line.tokens.clone().find(|it| known.tokens[*it].dep == "ROOT").unwrap_or(line.tokens.start);
        found.push(Unit { report: line.report, span: line.span, top: root, line: ix, terms: line.terms.clone() });
        for verb in line.tokens.clone().filter(|it| matches!(known.tokens[*it].pos, "VERB" | "AUX")) {
            let token = &known.tokens[verb];
            let child = |dep: &str| {
                line.tokens
                    .clone()
                    .any(|it| it != verb && known.tokens[it].head.ix() == verb && known.tokens[it].dep.starts_with(dep))
            };
            // "the push to end the war" tells nothing yet.
            let is_infinitive = token.tag == "VB"
                && line.tokens.clone().any(|it| known.tokens[it].head.ix() == verb && known.tokens[it].tag == "TO");
            if !CLAUSES.contains(&token.dep) || is_infinitive || token.dep == "conj" && !child("nsubj") {
                continue;
            }
            let below = |top: usize| {
                let own = line.tokens.clone();
                own.filter(move |it| *it == top || known.is_below(TokenIx::from(*it), TokenIx::from(top)))
            };
            let mut span = below(verb).map(|it| known.tokens[it].span).reduce(Span::cover).unwrap_or(token.span);
            if matches!(token.dep, "relcl" | "acl") {
                // "a plan, tilted to one side": from the noun's own words on.
                let noun = token.head.ix();
                let first = below(noun).next().unwrap_or(noun);
                span = span.cover(known.tokens[first].span);
            }
            let terms = telling(view, Anchor::new(line.report, span));
            if TERMS_MIN <= terms.len() && (span.len() as f32) < CLAUSE_MAX * line.span.len() as f32 {
                found.push(Unit { report: line.report, span, top: verb, line: ix, terms });
            }
        }
    }
    found
}

/// Pairs of different reports with rarer words in common.
fn near(units: &[Unit], rarity: &Rarity) -> Vec<(usize, usize)> {
    let all: Vec<(ReportIx, &BTreeSet<String>)> = units.iter().map(|it| (it.report, &it.terms)).collect();
    let passes = |(a, b): &(usize, usize)| CONTAINED_MIN <= rarity.containment(&units[*a].terms, &units[*b].terms);
    opened(&all).into_iter().filter(|it| BOTH_MIN <= it.1).map(|it| it.0).filter(passes).collect()
}

/// The claims that sentences and clauses told alike make, where no claim of `known` has two of their places already.
pub(super) fn claims(view: &View<'_>, rarity: &Rarity, lines: &[Line], known: &[Claim]) -> Vec<Claim> {
    let (units, pairs) = told(view, rarity, lines);
    let mut pairs: Vec<(f64, usize, usize)> =
        pairs.into_iter().map(|((a, b), features)| (SENTENCES.likely(&features), a, b)).collect();
    pairs.retain(|it| LIKELY_MIN <= it.0);
    // Whole sentences before clauses of them, the likeliest first.
    let is_whole = |ix: usize| units[ix].span == lines[units[ix].line].span;
    pairs.sort_by_key(|(likely, a, b)| {
        let n_clauses = u8::from(!is_whole(*a)) + u8::from(!is_whole(*b));
        (n_clauses, Reverse((likely * 1e9) as u64), *a, *b)
    });
    // A unit joins a group when it is like one of the two that opened it; a report has one unit in a group, a sentence is
    // in one.
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (_, a, b) in &pairs {
        if taken.contains(&units[*a].line) || taken.contains(&units[*b].line) {
            continue;
        }
        let mut group = vec![*a, *b];
        for (_, x, y) in &pairs {
            let joins = match ([a, b].contains(&x), [a, b].contains(&y)) {
                (true, false) => *y,
                (false, true) => *x,
                _ => continue,
            };
            let one_a_report = group.iter().all(|it| units[*it].report != units[joins].report);
            if one_a_report && !taken.contains(&units[joins].line) {
                group.push(joins);
            }
        }
        taken.extend(group.iter().map(|it| units[*it].line));
        group.sort_unstable();
        groups.push(group);
    }
    groups.iter().filter(|it| !is_known(&units, it, known)).map(|it| claim(view, &units, it)).collect()
}

/// Whether a claim has the places of two of the units.
fn is_known(units: &[Unit], group: &[usize], known: &[Claim]) -> bool {
    known.iter().any(|claim| {
        let meets = |unit: &Unit| {
            claim.support.iter().any(|it| {
                let both = it.span.end().min(unit.span.end()).saturating_sub(it.span.start().max(unit.span.start()));
                it.report == unit.report && KNOWN_MIN * unit.span.len() as f32 <= both as f32
            })
        };
        2 <= group.iter().filter(|it| meets(&units[**it])).count()
    })
}

fn claim(view: &View<'_>, units: &[Unit], group: &[usize]) -> Claim {
    let places: Vec<Anchor> = group.iter().map(|it| units[*it].anchor()).collect();
    let first = &units[group[0]];
    let known = &view.report(first.report).annotations;
    let told = told_of(view, first.report, first.top);
    let tally = tally(view, places);
    let content = ActContent {
        kind: "OTHER".to_owned(),
        mode: String::new(),
        trigger: view.lemma(first.report, first.top).to_lowercase(),
        actors: Vec::new(),
        recipients: Vec::new(),
        place: None,
        date: None,
        realis: Some(told.realis()),
        positive: told != Told::NotDone,
        asserted_by: Vec::new(),
        clause: Some(first.anchor()),
        trigger_at: Some(Anchor::new(first.report, known.tokens[first.top].span)),
    };
    Claim {
        id: "l".to_owned(),
        content: Content::Act(content),
        verdict: verdict(view, &tally, Difference::Same, &[]),
        weight: weight(view, &tally.support),
        support: tally.support,
        variants: Vec::new(),
        reports: tally.reports,
        origins: tally.origins,
        silent: tally.silent,
    }
}
