//! The plan of the brief: which claims are told, in which part, in which order, within the words allowed.

use std::collections::BTreeSet;

use rapporteur_model::{
    ActContent, Anchor, CitedSentence, Claim, ClaimIx, Content, Realis, Section, SectionKind, StatementContent,
    Verdict,
};

use crate::names::Names;
use crate::view::View;
use crate::{WriteOptions, acts, dates, differences, retell, statements};

/// Sentences that share so much of their words say the same thing.
const SAME_SENTENCE: f32 = 0.6;

/// The share of the words that each part may use at most, in percent.
const SHARES: [(SectionKind, usize); 6] = [
    (SectionKind::Happened, 38),
    (SectionKind::Said, 34),
    (SectionKind::Differ, 22),
    (SectionKind::Single, 18),
    (SectionKind::Drift, 20),
    (SectionKind::Next, 20),
];

/// The brief as it grows.
struct Draft<'a> {
    view: &'a View<'a>,
    names: Names,
    told: Vec<BTreeSet<String>>,
    cited: BTreeSet<Anchor>,
    words_left: usize,
    words_max: usize,
}

/// The headline and the parts of the brief.
pub(crate) fn brief(view: &View<'_>, options: &WriteOptions) -> (Option<CitedSentence>, Vec<Section>) {
    let mut draft = Draft {
        view,
        names: Names::new(),
        told: Vec::new(),
        cited: BTreeSet::new(),
        words_left: options.words_max,
        words_max: options.words_max,
    };
    let headline = headline(view);
    // Parts claim their sentences in the order of their worth; they are printed in the order of reading.
    let happened = draft.happened();
    let said = draft.said();
    let differ = draft.differ();
    let next = draft.next();
    let drift = draft.drift();
    let single = draft.single();
    let parts = [
        (SectionKind::Happened, happened),
        (SectionKind::Said, said),
        (SectionKind::Differ, differ),
        (SectionKind::Single, single),
        (SectionKind::Drift, drift),
        (SectionKind::Next, next),
    ];
    let sections = parts.into_iter().filter(|(_, list)| !list.is_empty());
    (headline, sections.map(|(kind, sentences)| Section { kind, sentences }).collect())
}

/// The title of the report that most of the others are like, from an origin's root rather than from a rewrite.
fn headline(view: &View<'_>) -> Option<CitedSentence> {
    let mut candidates: Vec<(f32, CitedSentence)> = Vec::new();
    let all: Vec<BTreeSet<String>> = view.claims.iter().take(12).map(|claim| {
        let mut words = BTreeSet::new();
        for anchor in claim.support.iter().take(4) {
            words.extend(stems(&view.line(*anchor)));
        }
        words
    }).collect();
    for ix in view.story {
        let report = view.report(*ix);
        let Some(title) = &report.article.metadata.title else {
            continue;
        };
        let Some(span) = title.spans.first() else {
            continue;
        };
        let text = crate::view::one_line(&title.value);
        let n_words = text.split(' ').count();
        if !(4..=22).contains(&n_words) || text.ends_with('?') {
            continue;
        }
        let words = stems(&text);
        let liked: f32 = all.iter().map(|it| words.intersection(it).count() as f32 / words.len().max(1) as f32).sum();
        let live = text.to_lowercase();
        let penalty = if live.contains("live") || live.contains("as it happened") || live.contains("video") { 0.5 } else { 1.0 };
        if let Some(made) = CitedSentence::new(text, vec![Anchor::new(*ix, *span)]) {
            candidates.push((liked * penalty, made));
        }
    }
    candidates.into_iter().reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|(_, made)| made)
}

impl Draft<'_> {
    /// Words that a part may still use.
    fn allowance(&self, part: SectionKind) -> usize {
        let share = SHARES.iter().find(|it| it.0 == part).map_or(0, |it| it.1);
        (self.words_max * share / 100).min(self.words_left)
    }

    /// Takes a sentence when it says something new and fits; counts its words.
    fn take(&mut self, made: CitedSentence, allowance: &mut usize, into: &mut Vec<CitedSentence>) -> bool {
        let n_words = made.text().split(' ').count();
        if n_words > *allowance {
            return false;
        }
        let words = stems(made.text());
        let known = |it: &BTreeSet<String>| {
            let smaller = it.len().min(words.len()).max(1);
            it.intersection(&words).count() as f32 / smaller as f32 >= SAME_SENTENCE
        };
        if words.is_empty() || self.told.iter().any(known) {
            return false;
        }
        self.told.push(words);
        self.cited.extend(made.citations().iter().copied());
        *allowance -= n_words;
        self.words_left = self.words_left.saturating_sub(n_words);
        into.push(made);
        true
    }

    /// A claim as a cited sentence: one place for each report that says so.
    fn cite(&self, ix: usize, text: String) -> Option<CitedSentence> {
        let claim = &self.view.claims[ix];
        let mut made = CitedSentence::new(text, one_a_report(claim, shown(claim)))?;
        made.claim = Some(ClaimIx::from(ix));
        made.verdict = Some(claim.verdict);
        if claim.verdict == Verdict::RewriteDrift {
            made.note = Some("differs in a rewrite".to_owned());
        } else if claim.origins.len() < 2 && self.view.origins().len() > 1 {
            made.note = Some("one origin".to_owned());
        }
        Some(made)
    }

    /// What happened: acts and figures, most weight first.
    fn happened(&mut self) -> Vec<CitedSentence> {
        let mut allowance = self.allowance(SectionKind::Happened);
        let mut list = Vec::new();
        for ix in 0..self.view.claims.len() {
            let claim = &self.view.claims[ix];
            let strong = claim.origins.len() > 1 || self.view.origins().len() < 2 || list.len() < 2;
            if !strong || list.len() >= 7 {
                continue;
            }
            let text = match &claim.content {
                Content::Act(act) => self.act(act),
                Content::Figure(figure) => figure.clause.and_then(|it| retell::sentence(self.view, it)),
                Content::Statement(_) => None,
            };
            if let Some(made) = text.and_then(|it| self.cite(ix, it)) {
                self.take(made, &mut allowance, &mut list);
            }
        }
        list
    }

    /// An act that the reports state: not what only somebody says, not what may be.
    fn act(&mut self, act: &ActContent) -> Option<String> {
        if !matches!(act.realis, Some(Realis::Happened | Realis::Ongoing | Realis::Scheduled | Realis::Expected)) {
            return None;
        }
        let said_only = !act.asserted_by.is_empty();
        let mut names = std::mem::replace(&mut self.names, Names::new());
        let made = match acts::grammar(self.view, act, &mut names) {
            Some(made) => Some(made),
            None if said_only => None,
            None => acts::sentence(self.view, act, &mut names),
        };
        self.names = names;
        if made.is_some() {
            act.actors.iter().chain(&act.recipients).for_each(|it| self.names.introduce(it));
        }
        made
    }

    /// Who said what: at most two a speaker.
    fn said(&mut self) -> Vec<CitedSentence> {
        let mut allowance = self.allowance(SectionKind::Said);
        let mut list = Vec::new();
        let mut speakers: Vec<String> = Vec::new();
        for round in 1..=2 {
            for ix in 0..self.view.claims.len() {
                let Content::Statement(statement) = &self.view.claims[ix].content else {
                    continue;
                };
                let who = key(statement);
                if speakers.iter().filter(|it| **it == who).count() >= round || list.len() >= 9 {
                    continue;
                }
                if let Some(text) = self.statement(statement) {
                    if let Some(made) = self.cite(ix, text) {
                        if self.take(made, &mut allowance, &mut list) {
                            statement.speakers.iter().for_each(|it| self.names.introduce(it));
                            speakers.push(who);
                        }
                    }
                }
            }
        }
        list
    }

    /// The statement with names as they stand now; the names are introduced only when it is taken.
    fn statement(&mut self, statement: &StatementContent) -> Option<String> {
        let mut trial = self.names.clone();
        statements::sentence(self.view, statement, &mut trial)
    }

    /// Where reports differ: conflicts before what can all be true.
    fn differ(&mut self) -> Vec<CitedSentence> {
        let mut allowance = self.allowance(SectionKind::Differ);
        let mut list = Vec::new();
        for wanted in [Verdict::Conflict, Verdict::DifferCompatible] {
            for ix in 0..self.view.claims.len() {
                let claim = &self.view.claims[ix];
                if claim.verdict != wanted {
                    continue;
                }
                for mut made in differences::sentences(self.view, claim) {
                    made.claim = Some(ClaimIx::from(ix));
                    self.take(made, &mut allowance, &mut list);
                }
            }
        }
        list
    }

    /// What only one origin says: weighty claims not told yet.
    fn single(&mut self) -> Vec<CitedSentence> {
        if self.view.origins().len() < 2 {
            return Vec::new();
        }
        let mut allowance = self.allowance(SectionKind::Single);
        let mut list = Vec::new();
        for ix in 0..self.view.claims.len() {
            let claim = &self.view.claims[ix];
            if claim.origins.len() != 1 || list.len() >= 4 {
                continue;
            }
            let text = match &claim.content {
                Content::Act(act) if act.asserted_by.is_empty() => self.act(act),
                Content::Figure(figure) => figure.clause.and_then(|it| retell::sentence(self.view, it)),
                _ => None,
            };
            if let Some(mut made) = text.and_then(|it| self.cite(ix, it)) {
                made.note = claim.reports.first().map(|it| self.view.label(*it));
                self.take(made, &mut allowance, &mut list);
            }
        }
        list
    }

    fn drift(&mut self) -> Vec<CitedSentence> {
        let mut allowance = self.allowance(SectionKind::Drift);
        let mut list = Vec::new();
        for made in differences::drift(self.view) {
            if list.len() < 5 {
                self.take(made, &mut allowance, &mut list);
            }
        }
        list
    }

    /// What is next: dated acts to come, in order of their days.
    fn next(&mut self) -> Vec<CitedSentence> {
        let mut allowance = self.allowance(SectionKind::Next);
        let as_of = self.view.as_of.as_deref();
        let mut coming: Vec<(String, usize)> = Vec::new();
        for (ix, claim) in self.view.claims.iter().enumerate() {
            if let Content::Act(act) = &claim.content {
                let planned = matches!(act.realis, Some(Realis::Scheduled | Realis::Expected)) && act.positive;
                if let Some(date) = act.date.as_ref().filter(|it| planned && dates::is_coming(it, as_of)) {
                    coming.push((date.get(..10).unwrap_or(date).to_owned(), ix));
                }
            }
        }
        coming.sort();
        let mut list = Vec::new();
        // The agenda may name again, in its own short form, what the brief has told: it is compared with itself only.
        let told = std::mem::take(&mut self.told);
        for (date, ix) in coming {
            let Content::Act(act) = &self.view.claims[ix].content else {
                continue;
            };
            let Some(day) = dates::words(&date, self.view.year()) else {
                continue;
            };
            let dateless = ActContent { date: None, ..act.clone() };
            let mut short = Names::new();
            act.actors.iter().chain(&act.recipients).for_each(|it| short.introduce(it));
            let made = acts::grammar(self.view, &dateless, &mut short)
                .or_else(|| acts::sentence(self.view, &dateless, &mut short))
                .and_then(|text| self.cite(ix, format!("{day}: {text}")));
            if let Some(made) = made {
                self.take(made, &mut allowance, &mut list);
            }
        }
        self.told.splice(0..0, told);
        list
    }
}

/// The speakers of a statement as one key.
fn key(statement: &StatementContent) -> String {
    let ids: Vec<&str> = statement.speakers.iter().map(|it| it.id.as_str()).collect();
    ids.join("+")
}

/// The place whose words are shown.
fn shown(claim: &Claim) -> Option<Anchor> {
    match &claim.content {
        Content::Act(act) => act.clause,
        Content::Figure(figure) => figure.clause,
        Content::Statement(statement) => statement.content.first().copied(),
    }
}

/// The support with one place a report: the shown one for its own report, else the first.
fn one_a_report(claim: &Claim, shown: Option<Anchor>) -> Vec<Anchor> {
    let mut list: Vec<Anchor> = Vec::new();
    for anchor in shown.into_iter().chain(claim.support.iter().copied()) {
        if !list.iter().any(|it| it.report == anchor.report) {
            list.push(anchor);
        }
    }
    list
}

/// Content words cut to six letters, to see whether two sentences say the same.
fn stems(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|it| it.chars().count() > 3);
    words.map(|it| it.to_lowercase().chars().take(6).collect()).filter(|it: &String| !COMMON.contains(&it.as_str())).collect()
}

const COMMON: [&str; 22] = [
    "with", "that", "this", "have", "from", "said", "were", "will", "been", "they", "their", "which", "would", "after",
    "about", "also", "into", "than", "expect", "there", "when", "what",
];
