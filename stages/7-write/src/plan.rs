//! The plan of the brief: which claims are told, in which part, in which order, within the words allowed.

use std::collections::BTreeSet;

use rapporteur_model::{
    ActContent, Anchor, CitedSentence, ClaimIx, Content, Party, QuoteKind, Realis, ReportIx, Section, SectionKind,
    StatementContent, Style, Verdict,
};

use crate::agenda::{is_coming, looks_ahead};
use crate::names::Names;
use crate::view::View;
use crate::witness::shown;
use crate::words::{Needle, Said, sentences, stems};
use crate::{WriteOptions, acts, dates, differences, retell, statements, victims};

/// So many places of a claim are tried for the words that tell it.
const RETOLD_MAX: usize = 10;

/// How much a title of a day before the last counts.
const OLDER_TITLE: f32 = 0.85;

/// So many of the weightiest claims may open a brief in which nothing is shared.
const LONE_OPENERS: usize = 12;

/// Sentences that share so much of their words say the same thing.
const SAME_SENTENCE: f32 = 0.5;

/// The share of the words that each part may use at most, in percent.
const SHARES: [(SectionKind, usize); 6] = [
    (SectionKind::Happened, 36),
    (SectionKind::Said, 32),
    (SectionKind::Differ, 18),
    (SectionKind::Single, 22),
    (SectionKind::Drift, 14),
    (SectionKind::Next, 16),
];

/// The brief as it grows.
pub(crate) struct Draft<'a> {
    pub(crate) view: &'a View<'a>,
    names: Names,
    pub(crate) told: Vec<BTreeSet<String>>,
    /// All sentences of running text, with their content words.
    pub(crate) sentences: Vec<Said>,
    cited: BTreeSet<Anchor>,
    words_left: usize,
    words_max: usize,
}

/// An act in words.
struct Worded {
    text: String,
    /// Whether our own grammar can word it.
    by_grammar: bool,
}

/// The headline and the parts of the brief.
pub(crate) fn brief(view: &View<'_>, options: &WriteOptions) -> (Option<CitedSentence>, Vec<Section>) {
    let mut draft = Draft {
        view,
        names: if options.style == Style::Prose { Names::new() } else { Names::apart() },
        told: Vec::new(),
        sentences: sentences(view),
        cited: BTreeSet::new(),
        words_left: options.words_max,
        words_max: options.words_max,
    };
    let headline = title_made(&draft).or_else(|| title_taken(&draft));
    // Parts claim their sentences in the order of their worth; they are printed in the order of reading.
    let happened = draft.happened();
    // What the headline tells, nobody need say again.
    draft.told.extend(headline.as_ref().map(|it| stems(it.text())));
    let said = draft.said();
    let next = draft.next();
    let differ = draft.differ();
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
    let ordered = |mut list: Vec<CitedSentence>| {
        if options.style == Style::Bullets {
            // Most origins first; of equals the one that comes first in prose.
            list.sort_by_key(|it| std::cmp::Reverse(draft.n_origins(it.citations())));
        }
        list
    };
    let sections = parts.into_iter().filter(|(_, list)| !list.is_empty());
    (headline, sections.map(|(kind, list)| Section { kind, sentences: ordered(list) }).collect())
}

/// A title of our own, when the weightiest claims have one that our grammar can word and two origins share.
fn title_made(draft: &Draft<'_>) -> Option<CitedSentence> {
    let view = draft.view;
    view.claims.iter().take(4).enumerate().find_map(|(ix, claim)| {
        let Content::Act(act) = &claim.content else {
            return None;
        };
        let text = acts::title(view, act).filter(|_| claim.origins.len() > 1)?;
        let mut made = CitedSentence::new(&text, draft.citations(claim, &text))?;
        made.claim = Some(ClaimIx::from(ix));
        Some(made)
    })
}

/// The title of the report that the weightiest claims are most like.
fn title_taken(draft: &Draft<'_>) -> Option<CitedSentence> {
    let view = draft.view;
    let mut candidates: Vec<(f32, CitedSentence)> = Vec::new();
    let all: Vec<BTreeSet<String>> = view
        .claims
        .iter()
        .take(12)
        .map(|claim| {
            let mut words = BTreeSet::new();
            for anchor in claim.support.iter().take(4) {
                words.extend(stems(&view.line(*anchor)));
            }
            words
        })
        .collect();
    for ix in view.story {
        let report = view.report(*ix);
        let Some(title) = &report.article.metadata.title else {
            continue;
        };
        let text = crate::view::one_line(&title.value);
        // A title declared beside the text is borne out by the report's own sentence that says the same.
        let needle = Needle::new(&text);
        let said = || {
            let own = draft.sentences.iter().filter(|it| it.0.report == *ix);
            let scored = own.map(|it| (needle.in_other(&it.1, &view.line(it.0)), it.0.span));
            scored.reduce(|a, b| if b.0 > a.0 { b } else { a }).filter(|it| it.0 >= 0.5).map(|it| it.1)
        };
        let Some(span) = title.spans.first().copied().or_else(said) else {
            continue;
        };
        let n_words = text.split(' ').count();
        if !(4..=22).contains(&n_words) || text.ends_with('?') {
            continue;
        }
        let words = stems(&text);
        let liked: f32 = all.iter().map(|it| words.intersection(it).count() as f32 / words.len().max(1) as f32).sum();
        // The last word on a matter is in the later reports.
        let day = report.article.metadata.date_published.as_ref().and_then(|it| it.value.get(..10));
        let is_older = day.zip(view.as_of.as_deref()).is_some_and(|(day, as_of)| day < as_of);
        let liked = if is_older { liked * OLDER_TITLE } else { liked };
        // A count goes stale first of all.
        let has_number = text.bytes().any(|it| it.is_ascii_digit());
        let liked = if is_older && has_number { liked * OLDER_TITLE } else { liked };
        let live = text.to_lowercase();
        let penalty =
            if live.contains("live") || live.contains("as it happened") || live.contains("video") { 0.5 } else { 1.0 };
        if let Some(made) = CitedSentence::new(text, vec![Anchor::new(*ix, span)]) {
            candidates.push((liked * penalty, made));
        }
    }
    candidates.into_iter().reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|(_, made)| made)
}

impl Draft<'_> {
    /// Words that a part may still use.
    pub(crate) fn allowance(&self, part: SectionKind) -> usize {
        let share = SHARES.iter().find(|it| it.0 == part).map_or(0, |it| it.1);
        (self.words_max * share / 100).min(self.words_left)
    }

    /// Takes a sentence when it says something new and fits; counts its words.
    pub(crate) fn take(&mut self, made: CitedSentence, allowance: &mut usize, into: &mut Vec<CitedSentence>) -> bool {
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
    pub(crate) fn cite(&self, ix: usize, text: String) -> Option<CitedSentence> {
        let citations = self.citations(&self.view.claims[ix], &text);
        self.labelled(ix, CitedSentence::new(text, citations)?)
    }

    /// The sentence with its claim, verdict and a note on who says so.
    fn labelled(&self, ix: usize, mut made: CitedSentence) -> Option<CitedSentence> {
        let claim = &self.view.claims[ix];
        made.claim = Some(ClaimIx::from(ix));
        made.verdict = Some(claim.verdict);
        let n_origins = self.n_origins(made.citations());
        if claim.verdict == Verdict::RewriteDrift {
            made.note = Some("differs in a rewrite".to_owned());
        } else if n_origins < 2 && claim.origins.len() < 2 && self.view.origins().len() > 1 {
            made.note = Some("one origin".to_owned());
        }
        Some(made)
    }

    /// A claim in the words of the report that the most others bear out; of equals the shortest.
    fn retold(&self, ix: usize) -> Option<CitedSentence> {
        let claim = &self.view.claims[ix];
        let mut reports: Vec<ReportIx> = Vec::new();
        let mut best: Option<(usize, usize, CitedSentence)> = None;
        let first = shown(claim);
        for at in first.into_iter().chain(claim.support.iter().copied()) {
            if reports.iter().filter(|it| **it == at.report).count() >= 2 || reports.len() >= RETOLD_MAX {
                continue;
            }
            reports.push(at.report);
            // What another denies, doubts or counts otherwise is not told in its words.
            if claim.variants.iter().any(|it| it.anchor.report == at.report) {
                continue;
            }
            let keep = if Some(at) == first { keep_of(claim) } else { Some(at.span) };
            let Some(text) = self.view.sentence(at).and_then(|it| retell::sentence(self.view, it, keep)) else {
                continue;
            };
            let Some(made) = CitedSentence::new(&text, self.citations_of(claim, &text, at)) else { continue };
            let rank = (self.n_origins(made.citations()), text.split(' ').count());
            if best.as_ref().is_none_or(|it| it.0 < rank.0 || it.0 == rank.0 && rank.1 < it.1) {
                best = Some((rank.0, rank.1, made));
            }
        }
        let (_, _, made) = best?;
        self.labelled(ix, made)
    }

    /// What happened: acts and figures, most weight first.
    fn happened(&mut self) -> Vec<CitedSentence> {
        let mut allowance = self.allowance(SectionKind::Happened);
        let mut list = Vec::new();
        // Where our own grammar can word what most origins tell, the reports' openings need not be borrowed.
        if title_made(self).is_none()
            && let Some(made) = self.lede()
        {
            self.take(made, &mut allowance, &mut list);
        }
        // What one origin alone tells opens the brief only when nothing is shared.
        for (ix, alone) in
            (0..self.view.claims.len()).map(|it| (it, false)).chain((0..LONE_OPENERS).map(|it| (it, true)))
        {
            let Some(claim) = self.view.claims.get(ix) else { continue };
            // Figures in conflict are told where reports differ, not as what happened.
            let disputed = claim.verdict == Verdict::Conflict && matches!(claim.content, Content::Figure(_));
            if disputed || list.len() >= 7 || alone && !list.is_empty() {
                continue;
            }
            let made = match &claim.content {
                // What is to come has its own part.
                Content::Act(act) if is_coming(act) => None,
                Content::Act(act) => match self.act(act) {
                    Some(Worded { text, by_grammar: true }) => self.cite(ix, text),
                    Some(_) => self.retold(ix),
                    None => None,
                },
                Content::Figure(_) => match victims::sentence(claim).filter(|_| claim.origins.len() > 1) {
                    Some(text) => {
                        CitedSentence::new(text, one_a_report(&claim.support)).and_then(|made| self.labelled(ix, made))
                    }
                    None => self.retold(ix),
                },
                Content::Statement(_) => None,
            };
            // What looked shared and is one origin's own words goes to its own part of the brief.
            let shared = |it: &CitedSentence| self.view.origins().len() < 2 || self.n_origins(it.citations()) > 1;
            // "will head to Russia, as Washington pushes": the sentence is about what is to come.
            let ahead = |it: &CitedSentence| looks_ahead(it.text());
            if let Some(made) = made.filter(|it| (shared(it) || alone) && !ahead(it)) {
                let text = made.text().to_owned();
                if self.take(made, &mut allowance, &mut list) {
                    self.introduce(ix, &text);
                }
            }
        }
        list
    }

    /// Those of a claim's people whose full names stand in the sentence are known to the reader from here on.
    fn introduce(&mut self, ix: usize, text: &str) {
        let parties: Vec<&Party> = match &self.view.claims[ix].content {
            Content::Act(act) => act.actors.iter().chain(&act.recipients).collect(),
            Content::Statement(statement) => statement.speakers.iter().collect(),
            Content::Figure(figure) => figure.stated_by.iter().collect(),
        };
        for party in parties.into_iter().filter(|it| text.contains(&it.name)) {
            self.names.introduce(party);
        }
    }

    /// An act that the reports state: not what only somebody says, not what may be.
    fn act(&self, act: &ActContent) -> Option<Worded> {
        if !matches!(act.realis, Some(Realis::Happened | Realis::Ongoing | Realis::Scheduled | Realis::Expected)) {
            return None;
        }
        // What was planned for a day that is past by now is neither news nor agenda.
        let planned = matches!(act.realis, Some(Realis::Scheduled | Realis::Expected));
        let day = |it: &Option<String>| it.as_deref().and_then(dates::day);
        let is_past = day(&act.date).zip(day(&self.view.as_of)).is_some_and(|(day, today)| day < today);
        if planned && is_past {
            return None;
        }
        let said_only = !act.asserted_by.is_empty();
        let mut trial = self.names.clone();
        let grammar = acts::grammar(self.view, act, &mut trial);
        let by_grammar = grammar.is_some();
        let text = grammar.filter(|_| !said_only).or_else(|| {
            acts::sentence(self.view, act, &mut trial).filter(|it| {
                // The whole sentence may carry who says so; without it, it would be told as a fact.
                let lower = it.to_lowercase();
                let says = ["said", "says", "according to", "reported", "told", "announced", "confirmed", "stated"];
                !said_only || says.iter().any(|word| lower.contains(word))
            })
        });
        text.map(|text| Worded { text, by_grammar })
    }

    /// Who said what: at most two a speaker.
    fn said(&mut self) -> Vec<CitedSentence> {
        let mut allowance = self.allowance(SectionKind::Said);
        let mut list = Vec::new();
        let mut speakers: Vec<String> = Vec::new();
        // Retold words about a day to come are the agenda's; nothing is told twice.
        let ahead: BTreeSet<usize> = self.coming().into_iter().map(|it| it.1).collect();
        for round in 1..=2 {
            for ix in 0..self.view.claims.len() {
                let Content::Statement(statement) = &self.view.claims[ix].content else {
                    continue;
                };
                if statement.kind != QuoteKind::Direct && ahead.contains(&ix) {
                    continue;
                }
                let who = key(statement);
                if speakers.iter().filter(|it| **it == who).count() >= round || list.len() >= 9 {
                    continue;
                }
                if let Some(text) = self.statement(statement)
                    && let Some(made) = self.cite(ix, text)
                {
                    let text = made.text().to_owned();
                    if self.take(made, &mut allowance, &mut list) {
                        self.introduce(ix, &text);
                        speakers.push(who);
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
        // What the brief has told as a fact is named again here, with what others say: compared among themselves only.
        let told = std::mem::take(&mut self.told);
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
        self.told.splice(0..0, told);
        list
    }

    /// What only one origin says and the brief has not told: short sentences first, long ones in what room is left.
    fn single(&mut self) -> Vec<CitedSentence> {
        if self.view.origins().len() < 2 {
            return Vec::new();
        }
        let mut allowance = self.words_left;
        let mut list = Vec::new();
        for n_words_max in [30, 45] {
            for ix in 0..self.view.claims.len() {
                let claim = &self.view.claims[ix];
                if list.len() >= 7 {
                    break;
                }
                let one = !matches!(claim.verdict, Verdict::Conflict | Verdict::DifferCompatible);
                if !one || claim.origins.len() != 1 {
                    continue;
                }
                let text = match &claim.content {
                    Content::Act(act) if act.asserted_by.is_empty() => self.act(act).map(|it| it.text),
                    Content::Figure(figure) => figure
                        .clause
                        .and_then(|it| retell::sentence(self.view, it, figure.printed_at.map(|it| it.span))),
                    _ => None,
                };
                let Some(mut made) = text.and_then(|it| self.cite(ix, it)) else {
                    continue;
                };
                if shown(claim).is_none_or(|it| self.shared(it) || self.told_elsewhere(it, &stems(made.text()))) {
                    continue;
                }
                if self.n_origins(made.citations()) > 1 || made.text().split(' ').count() > n_words_max {
                    continue;
                }
                let told_by = shown(claim).map(|it| it.report);
                made.note = told_by.or(made.citations().first().map(|it| it.report)).and_then(|it| self.view.voice(it));
                let text = made.text().to_owned();
                if self.take(made, &mut allowance, &mut list) {
                    self.introduce(ix, &text);
                }
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
}

/// The first place of each report.
fn one_a_report(places: &[Anchor]) -> Vec<Anchor> {
    let mut found: Vec<Anchor> = Vec::new();
    for place in places {
        if !found.iter().any(|it| it.report == place.report) {
            found.push(*place);
        }
    }
    found
}

/// The words that must stay when a claim's sentence is shortened.
fn keep_of(claim: &rapporteur_model::Claim) -> Option<rapporteur_model::Span> {
    match &claim.content {
        Content::Act(act) => act.trigger_at.map(|it| it.span),
        Content::Figure(figure) => figure.printed_at.map(|it| it.span),
        Content::Statement(_) => None,
    }
}

/// The speakers of a statement as one key.
fn key(statement: &StatementContent) -> String {
    let ids: Vec<&str> = statement.speakers.iter().map(|it| it.id.as_str()).collect();
    ids.join("+")
}
