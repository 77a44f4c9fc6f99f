//! Whether two things stand in one slot: where one report has "14 May" the other has "15 May" for the same fact.
//!
//! What the two sentences share, the words around both places, the verbs and nouns that they hang on and how, weighed by a
//! learned table for each nature (`cargo xtask train disputes`, logistic regression on conflicts planted in open stories
//! against all that the same stories tell side by side unplanted).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Anchor, Annotated, Nature, Relations, ReportIx, Span, Story};

use super::{Dispute, Line, Pair};
use crate::learned;
use crate::rarity::Rarity;
use crate::story::View;

/// What two places are judged by, in the order of the table.
pub const FEATURE_NAMES: [&str; 21] = [
    "always", "contained", "shared", "of-best", "over-same", "verb-same", "role-same", "near", "near-shared", "clause",
    "clause-shared", "word-before", "word-after", "both-main", "alone", "known-one", "known-both", "exact", "apart",
    "degree", "told-same",
];

/// Number of features of two places.
pub const N_FEATURES: usize = FEATURE_NAMES.len();

/// The features of two places.
pub type Features = [f64; N_FEATURES];

/// The natures that have a table, in its order.
pub const NATURES: [Nature; 6] =
    [Nature::Number, Nature::Date, Nature::Person, Nature::Place, Nature::Certainty, Nature::Attribution];

/// Two places that may contradict each other.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// In what.
    pub nature: Nature,
    /// The words of either report.
    pub places: [Anchor; 2],
    /// What they are judged by.
    pub features: Features,
}

/// All that the sentences of a story's reports tell differently, whether of one fact or not: what the table is learned from.
pub fn candidates(story: &Story, reports: &[Annotated], relations: &Relations, lexicon: &Lexicon) -> Vec<Candidate> {
    let view = View::new(story, reports, relations, lexicon);
    let rarity = Rarity::new(&view);
    let mut found = Vec::new();
    let lines = super::align::lines(&view);
    let pairs = super::align::pairs(&lines, &rarity);
    super::each_pair(&view, &rarity, (&lines, &pairs), |pair, disputes| {
        for (dispute, features) in disputes {
            let places = [Anchor::new(pair.a.report, dispute.at[0]), Anchor::new(pair.b.report, dispute.at[1])];
            found.push(Candidate { nature: dispute.nature, places, features });
        }
    });
    found
}

/// The words around a place and what it hangs on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slot {
    /// The verb or noun it hangs on.
    pub(crate) over: Option<usize>,
    /// The verb over it.
    pub(crate) verb: Option<usize>,
    /// Subject, object, or the preposition before it.
    pub(crate) role: String,
}

impl Slot {
    /// The verb to show a dispute by.
    pub(crate) fn shown(&self, view: &View<'_>, report: ReportIx) -> Option<usize> {
        let tokens = &view.report(report).annotations.tokens;
        self.over.filter(|it| matches!(tokens[*it].pos, "VERB" | "NOUN")).or(self.verb)
    }
}

/// What a nature knows of its two places beyond what all have.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hints {
    /// In how many of the two reports the other's word stands elsewhere.
    pub(crate) n_known: f64,
    /// 0 to 1: a sign that both are of one thing (the same unit, title, words in marks).
    pub(crate) exact: f64,
    /// 0 to 1: a sign that they are not (two places, two titles, a verb that says little).
    pub(crate) apart: f64,
    /// 0 to 1: how much of what goes with them is the same.
    pub(crate) degree: f64,
    /// Whether no table need be asked.
    pub(crate) is_plain: bool,
}

static TABLE: LazyLock<Vec<Features>> = LazyLock::new(|| {
    let lines = || include_str!("../../data/disputes.tsv").lines();
    let of = |nature: &Nature| {
        let own = lines().filter_map(|it| it.strip_prefix(nature.as_str())?.strip_prefix('\t'));
        learned::weights(own, &FEATURE_NAMES)
    };
    NATURES.iter().map(of).collect()
});

/// What is as likely one slot of one fact is a dispute, and from the second value on one that both cannot have right.
/// Found on folds of the stories that may be looked at (`cargo xtask train disputes`). Verbs are planted far more often
/// than the others, so more is asked of them: what the stories tell unplanted makes a dispute over a verb in one story
/// of three.
pub(super) fn least(nature: Nature) -> (f64, f64) {
    match nature {
        Nature::Certainty => (0.5, 0.75),
        Nature::Attribution => (0.4, 0.6),
        _ => (0.2, 0.6),
    }
}

/// How likely two places are one slot, 0 to 1.
pub(super) fn likely(nature: Nature, features: &Features) -> f64 {
    let Some(row) = NATURES.iter().position(|it| *it == nature) else { return 0.0 };
    learned::likely(features, &TABLE[row])
}

/// More shared words than this say no more.
const MUCH: usize = 4;

/// The features of one of `n` disputes of a nature between two sentences.
pub(super) fn features(pair: &Pair<'_, '_>, it: &Dispute, n: usize) -> Features {
    let flag = |it: bool| f64::from(u8::from(it));
    let both = |a: Option<usize>, b: Option<usize>| a.zip(b);
    let over = both(it.slots[0].over, it.slots[1].over);
    let verb = both(it.slots[0].verb, it.slots[1].verb);
    let (near_a, near_b) = (pair.near(pair.a, it.at[0]), pair.near(pair.b, it.at[1]));
    let (clause_a, clause_b) = (clause(pair, pair.a, it.at[0]), clause(pair, pair.b, it.at[1]));
    let share = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
        let n = a.intersection(b).count().min(MUCH);
        (f64::from(pair.rarity.containment(a, b)), n as f64 / MUCH as f64)
    };
    let (near, n_near) = share(&near_a, &near_b);
    let (clause, n_clause) = share(&clause_a, &clause_b);
    let beside = |step: isize| {
        let word = |line: &Line, at: Span| beside(pair, line, at, step);
        let (x, y) = (word(pair.a, it.at[0]), word(pair.b, it.at[1]));
        x.is_some() && x == y
    };
    [
        1.0,
        f64::from(pair.contained),
        f64::from(pair.shared),
        f64::from(pair.of_best),
        flag(over.is_some_and(|(x, y)| pair.one_word(x, y))),
        flag(verb.is_some_and(|(x, y)| pair.one_word(x, y))),
        flag(!it.slots[0].role.is_empty() && it.slots[0].role == it.slots[1].role),
        near,
        n_near,
        clause,
        n_clause,
        flag(beside(-1)),
        flag(beside(1)),
        flag(verb.is_some_and(|(x, y)| pair.are_main(x, y))),
        1.0 / n.max(1) as f64,
        flag(it.hints.n_known == 1.0),
        flag(it.hints.n_known == 2.0),
        it.hints.exact,
        it.hints.apart,
        it.hints.degree,
        pair.told_same,
    ]
}

/// The word before or after a place.
fn beside(pair: &Pair<'_, '_>, line: &Line, at: Span, step: isize) -> Option<String> {
    let within = pair.view.tokens(Anchor::new(line.report, at));
    let ix = if step < 0 { within.start.checked_sub(1)? } else { within.end };
    let known = &pair.view.report(line.report).annotations;
    let token = known.tokens.get(ix).filter(|_| line.tokens.contains(&ix))?;
    (token.pos != "PUNCT").then(|| rapporteur_text::fold(pair.view.lemma(line.report, ix)))
}

/// The content words of the clause around a place, without the place and without clauses that hang on it.
fn clause(pair: &Pair<'_, '_>, line: &Line, at: Span) -> BTreeSet<String> {
    const OWN: [&str; 8] = ["ccomp", "relcl", "advcl", "conj", "parataxis", "acl", "csubj", "ROOT"];
    let tokens = &pair.view.report(line.report).annotations.tokens;
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
    let Some(own) = pair.view.tokens(Anchor::new(line.report, at)).next().map(top) else { return BTreeSet::new() };
    let near = line.tokens.clone().filter(|it| !at.overlaps(tokens[*it].span) && top(*it) == own);
    near.flat_map(|it| pair.view.terms(Anchor::new(line.report, tokens[it].span))).collect()
}
