//! The plan of the brief: which claims are told, in which part, in which order, within the words allowed.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use rapporteur_model::{
    ActContent, Anchor, CitedSentence, ClaimIx, Content, Realis, ReportIx, Role, Section, SectionKind, Style, Verdict,
};

use crate::agenda::{is_coming, looks_ahead};
use crate::editor::{is_garbled, is_torn};
use crate::headline::{title_made, title_taken};
use crate::matter::Matter;
use crate::names::Names;
use crate::said::Sentences;
use crate::standing::outside_brackets;
use crate::view::View;
use crate::witness::shown;
use crate::words::{names_of, stems, what_is_said};
use crate::{WriteOptions, acts, dates, differences, retell, victims};

/// So many places of a claim are tried for the words that tell it.
const RETOLD_MAX: usize = 10;

/// So many of the weightiest claims may open a brief in which nothing is shared.
const LONE_OPENERS: usize = 12;

/// Verbs of somebody saying something.
const SAYING: [&str; 12] =
    ["say", "tell", "add", "write", "warn", "insist", "stress", "argue", "explain", "note", "urge", "call"];

/// Sentences on what happened.
const HAPPENED_MAX: usize = 7;

/// Sentences that share so much of their words say the same thing.
const SAME_SENTENCE: f32 = 0.45;

/// The share of the words that each part may use at most, in percent.
const SHARES: [(SectionKind, usize); 6] = [
    (SectionKind::Happened, 36),
    (SectionKind::Said, 32),
    (SectionKind::Differ, 26),
    (SectionKind::Single, 22),
    (SectionKind::Drift, 14),
    (SectionKind::Next, 22),
];

/// The brief as it grows.
pub(crate) struct Draft<'a> {
    pub(crate) view: &'a View<'a>,
    pub(crate) names: Names,
    pub(crate) told: Vec<BTreeSet<String>>,
    /// All that is told so far, to know who has been named.
    pub(crate) told_text: String,
    /// What the headline tells.
    headline: BTreeSet<String>,
    /// Whether the opening may say no more than the headline, where nothing else can open the brief.
    repeats_headline: bool,
    /// All sentences of running text, by their words.
    pub(crate) sentences: Sentences,
    /// What the story is about.
    pub(crate) matter: Matter,
    /// Claims in words with who bears them out, by claim and words: the parts of the brief try the same ones.
    pub(crate) made: RefCell<HashMap<(usize, String), Option<CitedSentence>>>,
    cited: BTreeSet<Anchor>,
    pub(crate) words_left: usize,
    words_max: usize,
}

/// An act in words.
pub(crate) struct Worded {
    pub(crate) text: String,
    /// Whether our own grammar can word it.
    pub(crate) by_grammar: bool,
}

/// The headline and the parts of the brief.
pub(crate) fn brief(view: &View<'_>, options: &WriteOptions) -> (Option<CitedSentence>, Vec<Section>) {
    let sentences = Sentences::new(view);
    let mut draft = Draft {
        view,
        names: if options.style == Style::Prose { Names::new(view) } else { Names::apart(view) },
        told: Vec::new(),
        told_text: String::new(),
        headline: BTreeSet::new(),
        repeats_headline: false,
        matter: Matter::new(view, &sentences),
        sentences,
        made: RefCell::default(),
        cited: BTreeSet::new(),
        words_left: options.words_max,
        words_max: options.words_max,
    };
    let headline = title_made(&draft).or_else(|| title_taken(&draft));
    draft.headline = headline.as_ref().map_or_else(BTreeSet::new, |it| stems(it.text()));
    // Parts claim their sentences in the order of their worth; they are printed in the order of reading.
    let happened = draft.happened();
    if happened.is_empty() {
        draft.told.push(draft.headline.clone());
    }
    let mut said = draft.said();
    let next = draft.next();
    let differ = draft.differ();
    let drift = draft.drift();
    // Words that are left go to more voices first, then to what one origin alone tells, then to voices again.
    let half = draft.words_left / 2;
    draft.say_more(&mut said, half);
    let single = draft.single();
    let rest = draft.words_left;
    draft.say_more(&mut said, rest);
    let said = said.list;
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

impl Draft<'_> {
    /// Words that a part may still use.
    pub(crate) fn allowance(&self, part: SectionKind) -> usize {
        let share = SHARES.iter().find(|it| it.0 == part).map_or(0, |it| it.1);
        (self.words_max * share / 100).min(self.words_left)
    }

    /// The stems of the headline.
    pub(crate) const fn headline(&self) -> &BTreeSet<String> {
        &self.headline
    }

    /// Whether the headline has a stem.
    pub(crate) fn is_in_headline(&self, stem: &str) -> bool {
        self.headline.contains(stem)
    }

    /// Takes a sentence when it says something new and fits; counts its words.
    pub(crate) fn take(&mut self, made: CitedSentence, allowance: &mut usize, into: &mut Vec<CitedSentence>) -> bool {
        let Some(made) = self.introduced(made).filter(|it| !victims::is_stale(it.text(), self.view.claims)) else {
            return false;
        };
        let n_words = made.text().split(' ').count();
        if n_words > *allowance
            || self.dangles(&made)
            || self.is_of_unknown_day(&made)
            || self.is_told_before_its_day(&made)
            || self.quotes_old_day(&made)
            || self.tells_a_quotation(&made)
            || self.is_thin_quotation(&made)
            || is_torn(made.text())
            || is_garbled(made.text())
            || self.is_overtaken(&made)
            || self.is_overtaken_toll(&made)
            || made.citations().iter().all(|it| self.view.is_of_another_time(it.report))
        {
            return false;
        }
        // Which reports say so makes no two sentences alike.
        let words = stems(&outside_brackets(what_is_said(made.text())));
        let known = |it: &BTreeSet<String>| {
            let smaller = it.len().min(words.len()).max(1);
            it.intersection(&words).count() as f32 / smaller as f32 >= SAME_SENTENCE
        };
        if words.is_empty() || self.told.iter().any(known) || says_again(&self.told_text, made.text()) {
            return false;
        }
        // The opening may say in full what the headline says; after that nobody need say it again.
        let opens = self.told_text.is_empty();
        let says_more = self.repeats_headline || self.headline.is_empty();
        if opens && !says_more && words.difference(&self.headline).count() < 2 {
            return false;
        }
        self.told.push(words);
        if opens && !self.headline.is_empty() {
            self.told.push(self.headline.clone());
        }
        self.told_text.push_str(made.text());
        self.told_text.push(' ');
        self.cited.extend(made.citations().iter().copied());
        *allowance -= n_words;
        self.words_left = self.words_left.saturating_sub(n_words);
        into.push(made);
        true
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
            // What another denies, doubts or counts otherwise is not told in its words, and a rewrite is not told at all: what it
            // changed would stand as a fact.
            if self.view.is_rewrite(at.report)
                || self.view.is_of_another_time(at.report)
                || claim.variants.iter().any(|it| it.anchor.report == at.report)
            {
                continue;
            }
            let keep = if Some(at) == first { keep_of(claim) } else { Some(at.span) };
            let Some(text) = self.view.sentence(at).and_then(|it| retell::sentence(self.view, it, keep)) else {
                continue;
            };
            let Some(made) = CitedSentence::new(&text, self.citations_of(claim, &text, at)) else { continue };
            let rank = (self.n_voices(&made), text.split(' ').count());
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
        if title_made(self).is_none() {
            // An opening that gives a count which others have overtaken is not taken; the next may be.
            self.ledes().into_iter().any(|it| {
                let it = self.as_of_its_day(it);
                self.take(it, &mut allowance, &mut list)
            });
        }
        // What one origin alone tells opens the brief only when nothing is shared.
        for (ix, alone) in
            (0..self.view.claims.len()).map(|it| (it, false)).chain((0..LONE_OPENERS).map(|it| (it, true)))
        {
            let Some(claim) = self.view.claims.get(ix) else { continue };
            // Figures in conflict are told where reports differ, not as what happened.
            let disputed = claim.verdict == Verdict::Conflict && matches!(claim.content, Content::Figure(_));
            if disputed || list.len() >= HAPPENED_MAX || alone && !list.is_empty() {
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
                // What others count otherwise is told as the report tells it, of what and where.
                Content::Figure(_) => {
                    let sure = victims::is_main(claim, self.view.claims);
                    let plain = || self.counted(ix).filter(|_| sure);
                    // A report's sentence says of what and where.
                    let counts_victims = matches!(&claim.content, Content::Figure(it) if it.deed.is_some());
                    let retold = self.retold(ix).filter(|_| !counts_victims || self.is_of_now(claim));
                    let short = |it: &CitedSentence| it.text().split(' ').count() <= victims::SHORT_WORDS;
                    match retold {
                        Some(made) if short(&made) && 1 < self.n_origins(made.citations()) => Some(made),
                        made => plain().or(made).or_else(|| self.counted(ix)),
                    }
                }
                Content::Statement(_) => None,
            };
            // Of one origin's reports, what several print comes before what one has.
            let of_many = |it: &CitedSentence| {
                1 < self.view.origins().len() || list.is_empty() || 1 < it.citations().len().min(self.view.story.len())
            };
            let made = made.filter(|it| of_many(it) || alone);
            // What looked shared and is one origin's own words goes to its own part of the brief.
            // A measure, or a sentence, that weighing found in several needs no more; an act's words are told by one alone.
            // Both must be of the matter, and high up where somebody tells them.
            let of_several = 1 < claim.origins.len()
                && shown(claim).is_some_and(|it| self.matter.touches(self.view, it))
                && (3 <= claim.origins.len() || 2 <= self.n_near_top(&claim.support))
                && match &claim.content {
                    Content::Figure(_) => true,
                    // What somebody says has its own part.
                    Content::Act(act) => {
                        act.kind == "OTHER" && act.actors.is_empty() && !SAYING.contains(&act.trigger.as_str())
                            || !is_placed(act)
                    }
                    Content::Statement(_) => false,
                };
            let shared = |it: &CitedSentence| {
                self.view.origins().len() < 2 || of_several || self.n_origins(it.citations()) > 1 || self.has_voices(it)
            };
            // "will head to Russia, as Washington pushes": the sentence is about what is to come.
            let ahead = |it: &CitedSentence| looks_ahead(it.text());
            // Deaths, meetings and resignations are news, whatever words tell them.
            let counts = match &claim.content {
                Content::Figure(figure) => figure.deed.is_some(),
                Content::Act(act) => !act.mode.is_empty(),
                Content::Statement(_) => false,
            };
            let is_news = |it: &CitedSentence| counts && 1 < claim.origins.len().max(self.n_origins(it.citations()));
            let beside = |it: &CitedSentence| !is_news(it) && !list.is_empty() && self.is_beside_the_news(it);
            if let Some(made) = made.filter(|it| (shared(it) || alone) && !ahead(it) && !beside(it)) {
                let made = self.as_of_its_day(made);
                let text = made.text().to_owned();
                if self.take(made, &mut allowance, &mut list) {
                    self.introduce(ix, &text);
                }
            }
        }
        if list.is_empty() {
            self.repeats_headline = true;
            self.ledes().into_iter().any(|it| {
                let it = self.as_of_its_day(it);
                self.take(it, &mut allowance, &mut list)
            });
        }
        for made in self.shared_sentences() {
            if HAPPENED_MAX <= list.len() {
                break;
            }
            // What somebody says has its own part.
            if !looks_ahead(made.text()) && !self.is_persons_word(&made) && !self.is_beside_the_news(&made) {
                let made = self.as_of_its_day(made);
                self.take(made, &mut allowance, &mut list);
            }
        }
        if title_made(self).is_some() {
            self.happenings_first(&mut list);
        }
        list
    }

    /// Whether a sentence tells what a person says; what a body announces is what happened.
    fn is_persons_word(&self, made: &CitedSentence) -> bool {
        made.citations().first().and_then(|it| self.view.sentence(*it)).is_some_and(|at| {
            let known = &self.view.report(at.report).annotations;
            known.quotes.iter().filter(|it| it.cue.iter().any(|cue| at.span.contains(*cue))).any(|quote| {
                let mut speakers = quote.speakers.iter().filter_map(|it| known.actors.get(it.ix()));
                speakers.any(|it| it.kind == rapporteur_model::ActorKind::Person)
            })
        })
    }

    /// An act that the reports state: not what only somebody says, not what may be.
    pub(crate) fn act(&self, act: &ActContent) -> Option<Worded> {
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
        // That two met, on no day and nowhere, is told in the report's own words, which may say more.
        let grammar = acts::grammar(self.view, act, &mut trial).filter(|_| is_placed(act));
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

    /// Whether the sentence at a place is about the story.
    pub(crate) fn is_of_matter(&self, at: Anchor) -> bool {
        self.matter.holds(&self.sentences, at)
    }

    /// Whether a report states a day before the last that any states.
    pub(crate) fn is_of_earlier_day(&self, report: ReportIx) -> bool {
        let day = self.view.report(report).article.metadata.date_published.as_ref().and_then(|it| it.value.get(..10));
        day.zip(self.view.as_of.as_deref()).is_some_and(|(day, as_of)| day < as_of)
    }

    /// Whether a place stands in a summary above the text, which leaves out articles and names as a headline does.
    pub(crate) fn is_summary(&self, at: Anchor) -> bool {
        let blocks = &self.view.report(at.report).article.blocks;
        blocks.iter().any(|it| matches!(it.role, Role::Standfirst | Role::KeyPoint) && it.span.contains(at.span))
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

    /// Meetings, deaths and resignations first, then what else several tell; not past a sentence that names the same people or
    /// places, for it names them in full.
    fn happenings_first(&self, list: &mut [CitedSentence]) {
        let is_happening = |it: &CitedSentence| {
            let claim = it.claim.and_then(|it| self.view.claims.get(it.ix())).map(|it| &it.content);
            matches!(claim, Some(Content::Act(act)) if !act.mode.is_empty() && act.mode != "statement")
                || matches!(claim, Some(Content::Figure(_)))
        };
        let share_names = |a: &CitedSentence, b: &CitedSentence| !names_of(a.text()).is_disjoint(&names_of(b.text()));
        for ix in 1..list.len() {
            let mut at = ix;
            while 0 < at
                && is_happening(&list[at])
                && !is_happening(&list[at - 1])
                && !share_names(&list[at], &list[at - 1])
            {
                list.swap(at - 1, at);
                at -= 1;
            }
        }
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

/// Whether a meeting is told with a day or a place.
fn is_placed(act: &ActContent) -> bool {
    act.mode != "meeting" || act.date.is_some() || act.place.is_some()
}

/// Whether words in marks, six of them in a row, stand in what is told: another printing of one speech.
fn says_again(told: &str, text: &str) -> bool {
    const RUN: usize = 6;
    let Some((_, quoted)) = text.split_once(" said: “") else { return false };
    let plain = |it: &str| -> Vec<String> {
        let words = it.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|it| !it.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (told, quoted) = (format!(" {} ", plain(told).join(" ")), plain(quoted));
    quoted.windows(RUN).any(|it| told.contains(&format!(" {} ", it.join(" "))))
}

/// The first place of each report.
pub(crate) fn one_a_report(places: &[Anchor]) -> Vec<Anchor> {
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
