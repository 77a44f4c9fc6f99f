//! Who bears a sentence out: the places that are cited for it.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{
    Anchor, CitedSentence, Claim, ClaimIx, Content, Nature, OriginIx, Party, ReportIx, Variant, Verdict,
};

use crate::plan::Draft;
use crate::words::{Needle, marked, plain, stems};

/// A sentence in which weighing found the same act bears it out with this share of the words. Readers found that with half of
/// them, one place in ten says less than the sentence.
const WITNESS_MIN: f32 = 0.68;
/// A sentence of another origin with this share of the words is a further voice, though not one to cite.
pub(crate) const VOICE_MIN: f32 = 0.5;
/// A sentence of another origin with this share of the words tells enough of it that it is not one origin's alone.
const ELSEWHERE_MIN: f32 = 0.34;

/// The place whose words are shown.
pub(crate) fn shown(claim: &Claim) -> Option<Anchor> {
    match &claim.content {
        Content::Act(act) => act.clause,
        Content::Figure(figure) => figure.clause,
        Content::Statement(statement) => {
            statement.content.iter().copied().reduce(|a, b| Anchor::new(a.report, a.span.cover(b.span)))
        }
    }
}

/// Whether a text names somebody, in any form the reports use, as whole words.
pub(crate) fn names(text: &str, party: &Party) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|it| !it.is_alphanumeric());
    party.forms.iter().any(|form| {
        text.match_indices(form.as_str())
            .any(|(at, _)| edge(text[..at].chars().next_back()) && edge(text[at + form.len()..].chars().next()))
    })
}

impl Draft<'_> {
    /// A claim as a cited sentence: one place for each report that says so.
    pub(crate) fn cite(&self, ix: usize, text: String) -> Option<CitedSentence> {
        let key = (ix, text);
        let known = self.made.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let made = self.cite_printing(ix, &self.view.claims[ix], &key.1);
            self.made.borrow_mut().insert(key, made.clone());
            made
        })
    }

    /// A sentence in the words of one printing of the claim, with its places.
    pub(crate) fn cite_printing(&self, ix: usize, printing: &Claim, text: &str) -> Option<CitedSentence> {
        CitedSentence::new(text, self.citations(printing, text)).and_then(|it| self.labelled(ix, it))
    }

    /// The sentence with its claim, verdict and a note on who says so.
    pub(crate) fn labelled(&self, ix: usize, mut made: CitedSentence) -> Option<CitedSentence> {
        let claim = &self.view.claims[ix];
        made.claim = Some(ClaimIx::from(ix));
        made.verdict = Some(claim.verdict);
        let n_origins = self.n_origins(made.citations());
        if claim.verdict == Verdict::RewriteDrift {
            made.note = Some("differs in a rewrite".to_owned());
        } else if n_origins < 2
            && (claim.origins.len() < 2 || matches!(claim.content, Content::Statement(_)))
            && self.view.origins().len() > 1
            && !self.has_voices(&made)
            && !self.prints_its_words(claim, &made)
        {
            // Who prints a speaker's statement in other words need not bear this sentence out.
            made.note = Some("one origin".to_owned());
        }
        Some(made)
    }

    /// Whether another origin prints words that the sentence has in marks: "difficult but productive".
    fn prints_its_words(&self, claim: &Claim, made: &CitedSentence) -> bool {
        const WORDS_MIN: usize = 3;
        let own: BTreeSet<OriginIx> = made.citations().iter().filter_map(|it| self.view.origin(it.report)).collect();
        let marked = marked(made.text());
        let words: Vec<Vec<&str>> = marked.iter().map(|it| it.split(' ').collect()).collect();
        let others = claim.support.iter().filter(|it| self.view.origin(it.report).is_some_and(|it| !own.contains(&it)));
        others.into_iter().any(|at| {
            let line = plain(&self.view.line(*at));
            words.iter().flat_map(|it| it.windows(WORDS_MIN)).any(|it| line.contains(&it.join(" ")))
        })
    }

    /// Whether another origin tells so much of a sentence that it is not one origin's alone.
    pub(crate) fn has_voices(&self, made: &CitedSentence) -> bool {
        let own = made.citations().first().map(|it| self.view.origin(it.report));
        own.is_some_and(|own| self.voices(made).iter().any(|it| *it != own))
    }

    /// The origins that tell about as much of a sentence as the first that is cited.
    fn voices(&self, made: &CitedSentence) -> BTreeSet<Option<OriginIx>> {
        let Some(at) = made.citations().first() else { return BTreeSet::new() };
        // By the same measure that finds whom to cite: who gives another number, or denies it, is no voice for it.
        let found = self.witnesses(*at, &Needle::new(made.text()));
        found.iter().filter(|it| VOICE_MIN <= it.1.0).map(|it| self.view.origin(*it.0)).collect()
    }

    /// How many origins tell about as much of a sentence, those that are not near enough to be cited with them.
    pub(crate) fn n_voices(&self, made: &CitedSentence) -> usize {
        let mut voices = self.voices(made);
        voices.extend(made.citations().iter().map(|it| self.view.origin(it.report)));
        voices.len()
    }

    /// How many voices stand behind some places.
    pub(crate) fn n_origins(&self, list: &[Anchor]) -> usize {
        list.iter().map(|it| self.view.origin(it.report)).collect::<BTreeSet<_>>().len()
    }

    /// One place a report: the one that shares most with the sentence, and enough to bear it out. For a sentence of our own
    /// grammar that is two of its parties in the sentence around; for retold words [`Needle::enough`] of them. A place that
    /// gives another date, number, place or certainty is no support.
    pub(crate) fn citations(&self, claim: &Claim, text: &str) -> Vec<Anchor> {
        shown(claim).map_or_else(Vec::new, |it| self.citations_of(claim, text, it))
    }

    /// The same, for the words of one of the claim's places.
    pub(crate) fn citations_of(&self, claim: &Claim, text: &str, shown: Anchor) -> Vec<Anchor> {
        // A statement is borne out by its words, not by its speaker's name.
        let needle = match &claim.content {
            // Of a long quotation the sentence that is told.
            Content::Statement(_) => match text.split_once(" said: “") {
                Some((_, quoted)) => Needle::new(quoted.trim_end_matches(['”', '.'])),
                None => Needle::new(&self.view.content_line(claim)),
            },
            _ => Needle::new(text),
        };
        let words = stems(text);
        let parties: Vec<&Party> = match &claim.content {
            Content::Act(act) => {
                act.actors.iter().chain(&act.recipients).filter(|it| text.contains(&it.short)).collect()
            }
            _ => Vec::new(),
        };
        // Words that stand in the report one after the other are retold, not made by our grammar.
        let source = self.view.said(self.view.sentence(shown).unwrap_or(shown)).line.to_lowercase();
        let opening: Vec<&str> = text.split(' ').skip(1).take(3).collect();
        let retold = source.contains(&opening.join(" ").to_lowercase());
        let own_grammar =
            matches!(claim.content, Content::Act(_)) && parties.len() > 1 && text.split(' ').count() < 26 && !retold;
        let mut best: BTreeMap<ReportIx, (usize, Anchor)> = BTreeMap::new();
        best.insert(shown.report, (usize::MAX, shown));
        let against =
            |it: &&Variant| matches!(it.nature, Nature::Date | Nature::Number | Nature::Place | Nature::Certainty);
        let against: Vec<Anchor> = claim.variants.iter().filter(against).map(|it| it.anchor).collect();
        for anchor in &claim.support {
            if against.iter().any(|it| it.report == anchor.report && anchor.span.contains(it.span)) {
                continue;
            }
            let around = self.view.said(self.view.sentence(*anchor).unwrap_or(*anchor));
            let n_shared = around.words.intersection(&words).count();
            let n_parties = parties.iter().filter(|it| names(&around.line, it)).count();
            // Weighing has found the same act there; of figures and words it is the sentence alone that shows it.
            let least = if matches!(claim.content, Content::Act(_)) { WITNESS_MIN } else { needle.enough() };
            let enough = (own_grammar && n_parties >= 2) || needle.in_other(&around) >= least;
            if !enough {
                continue;
            }
            let slot = best.entry(anchor.report).or_insert((n_shared, *anchor));
            if n_shared > slot.0 {
                *slot = (n_shared, *anchor);
            }
        }
        // Other reports may tell it in a sentence that no record of ours has met: the words decide.
        let disputes = |report: ReportIx| against.iter().any(|it| it.report == report);
        // Words of somebody are borne out only where they are that one's.
        let theirs = |place: Anchor| match &claim.content {
            Content::Statement(it) => it.speakers.iter().all(|who| names(&self.view.line(place), who)),
            _ => true,
        };
        for (report, (score, place)) in self.witnesses(shown, &needle) {
            if !theirs(place) {
                continue;
            }
            if score >= needle.enough() && !best.contains_key(&report) && !disputes(report) {
                best.insert(report, (0, place));
            }
        }
        // What stands in marks must stand in each place that is cited, word for word.
        let marked = marked(text);
        best.retain(|report, it| *report == shown.report || self.holds(it.1, &marked));
        best.values().map(|it| self.widened(claim, it.1)).collect()
    }

    /// Whether the paragraph of a place has words that are told in marks.
    pub(crate) fn holds(&self, at: Anchor, marked: &[String]) -> bool {
        if marked.is_empty() {
            return true;
        }
        let report = self.view.report(at.report);
        let block = report.article.blocks.iter().find(|it| it.span.contains(at.span));
        let whole = plain(block.map_or(at.span, |it| it.span).of(report.text()));
        marked.iter().all(|it| whole.contains(it.as_str()))
    }

    /// The sentence around a place: what is told may be more than the words that made the record. Words of somebody go with
    /// who says them, where the report has both in one paragraph.
    fn widened(&self, claim: &Claim, at: Anchor) -> Anchor {
        if matches!(claim.content, Content::Statement(_)) {
            self.with_speaker(at)
        } else {
            self.view.sentence(at).unwrap_or(at)
        }
    }

    fn with_speaker(&self, at: Anchor) -> Anchor {
        let report = self.view.report(at.report);
        let quote = report.annotations.quotes.iter().find(|it| it.content.iter().any(|it| it.overlaps(at.span)));
        let Some(quote) = quote.filter(|it| !it.source.is_empty()) else { return at };
        let whole = quote.cue.iter().chain(&quote.source).fold(at.span, |whole, it| whole.cover(*it));
        let block = report.article.blocks.iter().find(|it| it.span.contains(at.span));
        if block.is_some_and(|it| it.span.contains(whole)) { Anchor::new(at.report, whole) } else { at }
    }

    /// For each other report, the sentence that bears it out best, with how well it does.
    pub(crate) fn witnesses(&self, shown: Anchor, needle: &Needle) -> BTreeMap<ReportIx, (f32, Anchor)> {
        let mut best: BTreeMap<ReportIx, (f32, Anchor)> = BTreeMap::new();
        for (sentence, score) in self.sentences.bearing(needle) {
            let at = sentence.at;
            if at.report != shown.report && best.get(&at.report).is_none_or(|it| score > it.0) {
                best.insert(at.report, (score, at));
            }
        }
        best
    }

    /// Whether the sentence of a place bears out a claim that several origins share.
    pub(crate) fn shared(&self, shown: Anchor) -> bool {
        let Some(sentence) = self.view.sentence(shown) else {
            return false;
        };
        let mut others =
            self.view.claims.iter().filter(|it| it.origins.len() > 1 && matches!(it.content, Content::Act(_)));
        others.any(|it| it.support.iter().any(|it| it.report == shown.report && it.span.overlaps(sentence.span)))
    }

    /// Whether a report of another origin tells much the same: then it is not one origin's alone.
    pub(crate) fn told_elsewhere(&self, shown: Anchor, words: &BTreeSet<String>) -> bool {
        let own = self.view.origin(shown.report);
        let n_min = (words.len() as f32 * ELSEWHERE_MIN).ceil().max(2.0) as usize;
        self.sentences.sharing(words, n_min).any(|it| self.view.origin(it.at.report) != own)
    }
}
