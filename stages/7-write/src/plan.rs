//! The plan of the brief: which claims are told, in which part, in which order, within the words allowed.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{
    ActContent, Anchor, CitedSentence, Claim, ClaimIx, Content, Direction, Nature, Party, Realis, RelationKind,
    ReportIx, Role, Section, SectionKind, StatementContent, Verdict,
};

use crate::names::Names;
use crate::view::View;
use crate::{WriteOptions, acts, dates, differences, retell, statements};

/// Sentences that share so much of their words say the same thing.
const SAME_SENTENCE: f32 = 0.5;

/// A sentence with this share of the words bears a sentence out.
const WITNESS_MIN: f32 = 0.5;

/// Sentences of a report's opening.
const OPENING_SENTENCES: usize = 4;

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
struct Draft<'a> {
    view: &'a View<'a>,
    names: Names,
    told: Vec<BTreeSet<String>>,
    /// All sentences of running text, with their content words.
    sentences: Vec<(Anchor, BTreeSet<String>)>,
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
        sentences: sentences(view),
        cited: BTreeSet::new(),
        words_left: options.words_max,
        words_max: options.words_max,
    };
    let headline = title_made(&draft).or_else(|| title_taken(view));
    // Parts claim their sentences in the order of their worth; they are printed in the order of reading.
    let happened = draft.happened();
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
    let sections = parts.into_iter().filter(|(_, list)| !list.is_empty());
    (headline, sections.map(|(kind, sentences)| Section { kind, sentences }).collect())
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
fn title_taken(view: &View<'_>) -> Option<CitedSentence> {
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
        let penalty =
            if live.contains("live") || live.contains("as it happened") || live.contains("video") { 0.5 } else { 1.0 };
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
        let citations = self.citations(claim, &text);
        let mut made = CitedSentence::new(text, citations)?;
        made.claim = Some(ClaimIx::from(ix));
        made.verdict = Some(claim.verdict);
        let n_origins = self.n_origins(made.citations());
        if claim.verdict == Verdict::RewriteDrift {
            made.note = Some("differs in a rewrite".to_owned());
        } else if n_origins < 2 && self.view.origins().len() > 1 {
            made.note = Some("one origin".to_owned());
        }
        Some(made)
    }

    /// How many voices stand behind some places.
    fn n_origins(&self, list: &[Anchor]) -> usize {
        list.iter().map(|it| self.view.origin(it.report)).collect::<BTreeSet<_>>().len()
    }

    /// One place a report: the one that shares most with the sentence, and enough to bear it out. For a sentence of our own
    /// grammar that is two of its people (or the one it is about) in the sentence around; for retold words two words in
    /// five. A place that gives another date, number or certainty is no support.
    fn citations(&self, claim: &Claim, text: &str) -> Vec<Anchor> {
        let Some(shown) = shown(claim) else {
            return Vec::new();
        };
        // A statement is borne out by its words, not by its speaker's name.
        let words = match &claim.content {
            Content::Statement(_) => stems(&self.view.line(shown)),
            _ => stems(text),
        };
        let parties: Vec<String> = match &claim.content {
            Content::Act(act) => {
                let people = act.actors.iter().chain(&act.recipients).filter(|it| text.contains(&it.short));
                people.map(|it| it.short.to_lowercase()).collect()
            }
            _ => Vec::new(),
        };
        let own_grammar = matches!(claim.content, Content::Act(_)) && parties.len() > 1 && text.split(' ').count() < 26;
        let mut best: BTreeMap<ReportIx, (usize, Anchor)> = BTreeMap::new();
        best.insert(shown.report, (usize::MAX, shown));
        for anchor in &claim.support {
            let against = |it: &rapporteur_model::Variant| {
                it.anchor.report == anchor.report
                    && (it.anchor.span == anchor.span || anchor.span.contains(it.anchor.span))
                    && matches!(it.nature, Nature::Date | Nature::Number | Nature::Place | Nature::Certainty)
            };
            if claim.variants.iter().any(against) {
                continue;
            }
            let around = self.around(*anchor);
            let n_shared = stems(&around).intersection(&words).count();
            let n_people = parties.iter().filter(|it| around.to_lowercase().contains(it.as_str())).count();
            let enough = (own_grammar && n_people >= 2) || n_shared * 2 >= words.len();
            if !enough {
                continue;
            }
            let slot = best.entry(anchor.report).or_insert((n_shared, *anchor));
            if n_shared > slot.0 {
                *slot = (n_shared, *anchor);
            }
        }
        // Other reports may tell it in a sentence that no record of ours has met: the words decide.
        let disputes = |report: ReportIx| {
            claim.variants.iter().any(|it| {
                it.anchor.report == report
                    && matches!(it.nature, Nature::Date | Nature::Number | Nature::Place | Nature::Certainty)
            })
        };
        for (report, (score, place)) in self.witnesses(shown, &words) {
            if score >= WITNESS_MIN && !best.contains_key(&report) && !disputes(report) {
                best.insert(report, (0, place));
            }
        }
        best.values().map(|it| it.1).collect()
    }

    /// For each other report, the sentence that has most of the words, with the share it has. A sentence that gives other
    /// numbers is no witness.
    fn witnesses(&self, shown: Anchor, words: &BTreeSet<String>) -> BTreeMap<ReportIx, (f32, Anchor)> {
        let line = self.view.line(shown);
        let numbers = digits(&line);
        // Names alone make no witness: a page on the same people shares them all.
        let plain = plain_stems(&line);
        let mut best: BTreeMap<ReportIx, (f32, Anchor)> = BTreeMap::new();
        if words.len() < 4 {
            return best;
        }
        for (place, others) in self.sentences.iter().filter(|it| it.0.report != shown.report) {
            let share = others.intersection(words).count() as f32 / words.len() as f32;
            let better = best.get(&place.report).is_none_or(|it| share > it.0);
            if share < 0.3 || !better {
                continue;
            }
            let other_numbers = digits(&self.view.line(*place));
            let against = !numbers.is_empty() && !other_numbers.is_empty() && numbers.is_disjoint(&other_numbers);
            let told = plain.intersection(others).count() * 5 >= plain.len() * 2;
            if !against && told {
                best.insert(place.report, (share, *place));
            }
        }
        best
    }

    /// Whether a report of another origin tells much the same: then it is not one origin's alone.
    fn told_elsewhere(&self, shown: Anchor, words: &BTreeSet<String>) -> bool {
        let own = self.view.origin(shown.report);
        self.witnesses(shown, words)
            .into_iter()
            .any(|(report, (score, _))| score >= 0.34 && self.view.origin(report) != own)
    }

    /// The sentence around a place.
    fn around(&self, anchor: Anchor) -> String {
        let known = &self.view.report(anchor.report).annotations;
        let sentence = known.sentence_at(anchor.span.start()).map(|it| known.sentences[it.ix()].span);
        self.view.line(Anchor::new(anchor.report, sentence.unwrap_or(anchor.span)))
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
        for ix in 0..self.view.claims.len() {
            let claim = &self.view.claims[ix];
            // Figures in conflict are told where reports differ, not as what happened.
            let disputed = claim.verdict == Verdict::Conflict && matches!(claim.content, Content::Figure(_));
            if disputed || list.len() >= 7 {
                continue;
            }
            let text = match &claim.content {
                Content::Act(act) => self.act(act),
                Content::Figure(figure) => figure.clause.and_then(|it| retell::sentence(self.view, it)),
                Content::Statement(_) => None,
            };
            let made = text.and_then(|it| self.cite(ix, it));
            // What looked shared and is one origin's own words goes to its own part of the brief.
            let shared = |it: &CitedSentence| self.view.origins().len() < 2 || self.n_origins(it.citations()) > 1;
            if let Some(made) = made.filter(|it| shared(it) || list.is_empty()) {
                let text = made.text().to_owned();
                if self.take(made, &mut allowance, &mut list) {
                    self.introduce(ix, &text);
                }
            }
        }
        list
    }

    /// The news itself: the opening sentence that most other reports open with too, in its own words. Reporters put what
    /// matters first; where their openings agree, that is the event.
    fn lede(&self) -> Option<CitedSentence> {
        let view = self.view;
        // The first sentences of running text of each report.
        let openings: Vec<(ReportIx, Vec<(Anchor, BTreeSet<String>)>)> = view
            .story
            .iter()
            .map(|ix| {
                let report = view.report(*ix);
                let body = |it: &&rapporteur_model::Sentence| {
                    let role = report.article.blocks.get(it.block.ix()).map(|it| it.role);
                    matches!(role, Some(Role::Body | Role::Standfirst)) && !it.repeat
                };
                let first = report.annotations.sentences.iter().filter(body).take(OPENING_SENTENCES);
                let list = first.map(|it| Anchor::new(*ix, it.span));
                (*ix, list.map(|it| (it, stems(&view.line(it)))).collect())
            })
            .collect();
        let mut best: Option<(usize, f32, CitedSentence)> = None;
        for (ix, list) in &openings {
            // A dateline alone, or a label, is no opening.
            let Some((anchor, words)) = list.iter().take(2).find(|it| retell::sentence(view, it.0).is_some()) else {
                continue;
            };
            let rewrite = view.relations.pairs.iter().any(|it| {
                let child = match it.direction {
                    Direction::AFromB => it.a,
                    Direction::BFromA => it.b,
                    Direction::Unknown => return false,
                };
                child == *ix && it.kind == RelationKind::Rewrite
            });
            let Some(text) = retell::sentence(view, *anchor).filter(|_| !rewrite && words.len() >= 4) else {
                continue;
            };
            let mut citations = vec![*anchor];
            let mut liked = 0.0;
            for (_, others) in openings.iter().filter(|it| it.0 != *ix) {
                let share = |it: &BTreeSet<String>| it.intersection(words).count() as f32 / words.len() as f32;
                let closest = others.iter().map(|it| (share(&it.1), it.0)).reduce(|a, b| if b.0 > a.0 { b } else { a });
                if let Some((score, place)) = closest.filter(|it| it.0 >= 0.45) {
                    citations.push(place);
                    liked += score;
                }
            }
            let n_origins = self.n_origins(&citations);
            let Some(mut made) = CitedSentence::new(text, citations) else {
                continue;
            };
            if n_origins < 2 && view.origins().len() > 1 {
                continue;
            }
            made.verdict = None;
            if best.as_ref().is_none_or(|it| (n_origins, liked) > (it.0, it.1)) {
                best = Some((n_origins, liked, made));
            }
        }
        best.map(|it| it.2)
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
    fn act(&mut self, act: &ActContent) -> Option<String> {
        if !matches!(act.realis, Some(Realis::Happened | Realis::Ongoing | Realis::Scheduled | Realis::Expected)) {
            return None;
        }
        let said_only = !act.asserted_by.is_empty();
        let mut trial = self.names.clone();
        match acts::grammar(self.view, act, &mut trial).filter(|_| !said_only) {
            Some(made) => Some(made),
            None => acts::sentence(self.view, act, &mut trial).filter(|it| {
                // The whole sentence may carry who says so; without it, it would be told as a fact.
                let lower = it.to_lowercase();
                let says = ["said", "says", "according to", "reported", "told", "announced", "confirmed", "stated"];
                !said_only || says.iter().any(|word| lower.contains(word))
            }),
        }
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
                if claim.verdict != Verdict::Single || claim.origins.len() != 1 {
                    continue;
                }
                let text = match &claim.content {
                    Content::Act(act) if act.asserted_by.is_empty() => self.act(act),
                    Content::Figure(figure) => figure.clause.and_then(|it| retell::sentence(self.view, it)),
                    _ => None,
                };
                let Some(mut made) = text.and_then(|it| self.cite(ix, it)) else {
                    continue;
                };
                if shown(claim).is_none_or(|it| self.told_elsewhere(it, &stems(made.text()))) {
                    continue;
                }
                if self.n_origins(made.citations()) > 1 || made.text().split(' ').count() > n_words_max {
                    continue;
                }
                let told_by = shown(claim).map(|it| it.report);
                made.note = told_by.or(made.citations().first().map(|it| it.report)).map(|it| self.view.label(it));
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

    /// What is next: what is set for a day after the reports' own, in order of the days, two entries a day.
    fn next(&mut self) -> Vec<CitedSentence> {
        let mut allowance = self.allowance(SectionKind::Next);
        let mut list = Vec::new();
        // The agenda may name again, in its own short form, what the brief has told: it is compared with itself only.
        let told = std::mem::take(&mut self.told);
        let mut n_of_day: BTreeMap<String, usize> = BTreeMap::new();
        for (date, ix) in self.coming() {
            let Some(day) = dates::words(&date, self.view.year()) else {
                continue;
            };
            if n_of_day.get(&date).copied().unwrap_or(0) >= 2 {
                continue;
            }
            let claim = &self.view.claims[ix];
            // A sentence in a report's own words must itself name the day it is listed under.
            let own_words = shown(claim).is_some_and(|at| {
                self.view.times(at).any(|it| it.value.as_deref().is_some_and(|it| it.starts_with(date.as_str())))
            });
            let parties = match &claim.content {
                Content::Act(act) => act.actors.iter().chain(&act.recipients).collect::<Vec<_>>(),
                Content::Statement(statement) => statement.speakers.iter().collect(),
                Content::Figure(_) => Vec::new(),
            };
            let mut short = Names::new();
            parties.into_iter().for_each(|it| short.introduce(it));
            let text = match &claim.content {
                Content::Act(act) => {
                    let dateless = ActContent { date: None, ..act.clone() };
                    acts::grammar(self.view, &dateless, &mut short)
                        .or_else(|| if own_words { acts::sentence(self.view, act, &mut short) } else { None })
                }
                Content::Statement(statement) => statements::sentence(self.view, statement, &mut short),
                Content::Figure(figure) => figure.clause.and_then(|it| retell::sentence(self.view, it)),
            };
            let made = text.and_then(|text| self.cite(ix, format!("{day}: {text}")));
            if made.is_some_and(|made| self.take(made, &mut allowance, &mut list)) {
                *n_of_day.entry(date).or_default() += 1;
            }
        }
        self.told.splice(0..0, told);
        list
    }

    /// Claims with a day to come, by day and weight: planned acts first, then whatever else names that day.
    fn coming(&self) -> Vec<(String, usize)> {
        let as_of = self.view.as_of.as_deref();
        let mut found: Vec<(String, u8, usize)> = Vec::new();
        for (ix, claim) in self.view.claims.iter().enumerate() {
            if let Content::Act(act) = &claim.content {
                let planned = matches!(act.realis, Some(Realis::Scheduled | Realis::Expected)) && act.positive;
                if let Some(date) = act.date.as_ref().filter(|it| planned && dates::is_coming(it, as_of)) {
                    found.push((date.get(..10).unwrap_or(date).to_owned(), 0, ix));
                    continue;
                }
            }
            let Some(at) = shown(claim).filter(|it| looks_ahead(&self.view.line(*it))) else {
                continue;
            };
            let named = self.view.times(at).filter_map(|it| it.value.as_deref()).find(|it| dates::is_coming(it, as_of));
            if let Some(date) = named {
                found.push((date.get(..10).unwrap_or(date).to_owned(), 1, ix));
            }
        }
        found.sort();
        found.into_iter().map(|(date, _, ix)| (date, ix)).collect()
    }
}

/// Whether words speak of what is to come: a date in the future alone does not.
fn looks_ahead(text: &str) -> bool {
    let words = [
        "will", "would", "shall", "expected", "due", "scheduled", "planned", "plans", "set", "to be", "opens", "begins",
    ];
    let lower = format!(" {} ", text.to_lowercase());
    words.iter().any(|it| lower.contains(&format!(" {it} ")))
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
        Content::Statement(statement) => {
            statement.content.iter().copied().reduce(|a, b| Anchor::new(a.report, a.span.cover(b.span)))
        }
    }
}

/// All sentences of running text.
fn sentences(view: &View<'_>) -> Vec<(Anchor, BTreeSet<String>)> {
    let mut found = Vec::new();
    for ix in view.story {
        let report = view.report(*ix);
        for sentence in report.annotations.sentences.iter().filter(|it| !it.repeat) {
            let role = report.article.blocks.get(sentence.block.ix()).map(|it| it.role);
            if matches!(role, Some(Role::Body | Role::Standfirst | Role::KeyPoint)) {
                let anchor = Anchor::new(*ix, sentence.span);
                found.push((anchor, stems(&view.line(anchor))));
            }
        }
    }
    found
}

/// The numbers of a text, in digits and in words.
fn digits(text: &str) -> BTreeSet<String> {
    const WORDS: [&str; 30] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
        "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "dozen", "dozens",
    ];
    let words =
        text.split(|c: char| !c.is_alphanumeric() && c != '.' && c != ',').map(|it| it.trim_matches(['.', ',']));
    let lower = words.map(str::to_lowercase);
    lower.filter(|it| it.starts_with(|c: char| c.is_ascii_digit()) || WORDS.contains(&it.as_str())).collect()
}

/// Content words that are no names: those in small letters.
fn plain_stems(text: &str) -> BTreeSet<String> {
    let small = text.split(' ').filter(|it| it.starts_with(char::is_lowercase));
    stems(&small.collect::<Vec<_>>().join(" "))
}

/// Content words cut to six letters, to see whether two sentences say the same.
fn stems(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|it| it.chars().count() > 3);
    words
        .map(|it| it.to_lowercase().chars().take(6).collect())
        .filter(|it: &String| !COMMON.contains(&it.as_str()))
        .collect()
}

const COMMON: [&str; 22] = [
    "with", "that", "this", "have", "from", "said", "were", "will", "been", "they", "their", "which", "would", "after",
    "about", "also", "into", "than", "expect", "there", "when", "what",
];
