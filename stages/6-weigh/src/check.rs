//! A brief checked against reports: every sentence aligned to the sentences of the reports, then its quotations, figures,
//! days, names, negations and doubts set against theirs.
//!
//! The brief is annotated like a report, so that a quotation, a sum or a day means the same on both sides. Words are
//! weighed by how few sentences of the reports have them (inverse document frequency); names and pronouns count as whom
//! they mean. Nothing is taken on trust: a citation says where to look first, not that it is so.

mod facts;
mod quoted;
mod reports;
mod verbs;
mod windows;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Anchor, Annotated, CheckVerdict, Checked, Relations, ReportIx, Sentence, Span, Story};

use crate::story::View;
use quoted::{Plain, Quoted};
use windows::{Claimed, Fit, Windows};

// The numbers here were set by hand on the planted faults of every second open story and are reported on the others.

/// From this share of a sentence's weight on, one place of a report tells it.
const TOLD_MIN: f32 = 0.66;
/// Below this share no report says anything of the kind.
const NEAR_MIN: f32 = 0.4;
/// Places that tell so much of what the best tells are looked at for facts too.
const BESIDE_BEST: f32 = 0.75;
/// So many places are looked at.
const PLACES_MAX: usize = 12;

/// Checks the sentences of `all[brief]` against the other reports. `cited` has the reports that each sentence cites, in
/// text order of the sentences' first bytes; sentences without an entry cite none.
pub fn check(all: &[Annotated], brief: ReportIx, cited: &[(u32, Vec<ReportIx>)], lexicon: &Lexicon) -> Vec<Checked> {
    let story = Story { reports: (0..all.len()).map(ReportIx::from).collect(), ..Story::default() };
    let relations = Relations::default();
    let view = View::new(&story, all, &relations, lexicon);
    let windows = Windows::new(&view, brief);
    let plain = quoted::plain_reports(&view, brief);
    let cites = cited.iter().any(|it| !it.1.is_empty());
    let mut found = Vec::new();
    for sentence in &whole_sentences(&all[brief.ix()]) {
        let Some(claimed) = Claimed::new(&view, brief, sentence) else { continue };
        let at = cited.iter().filter(|it| sentence.span.contains(Span::new(it.0, it.0)));
        let mut reports: Vec<ReportIx> = at.flat_map(|it| it.1.iter().copied()).collect();
        reports.sort_unstable();
        reports.dedup();
        let mut checked = one(&view, &windows, &plain, claimed, &reports);
        if cites && reports.is_empty() && checked.verdict == CheckVerdict::Supported {
            checked.verdict = CheckVerdict::Uncited;
            checked.because = format!("{}, but the sentence cites nothing", checked.because);
        }
        checked.cited = reports;
        found.push(checked);
    }
    found
}

/// The sentences of a brief, those that a quotation holds together as one: "She said: “We left. We are back.”"
fn whole_sentences(brief: &Annotated) -> Vec<Sentence> {
    const JOINED_MAX: usize = 8;
    let text = brief.text();
    let mut found: Vec<Sentence> = Vec::new();
    let mut n_joined = 0;
    for sentence in &brief.annotations.sentences {
        let is_open = |it: &Sentence| {
            let words = it.span.of(text);
            let n = |c: char| words.matches(c).count();
            n('”') < n('“') || n('"') % 2 == 1
        };
        match found.last_mut().filter(|it| it.block == sentence.block && n_joined < JOINED_MAX && is_open(it)) {
            Some(last) => {
                last.span = last.span.cover(sentence.span);
                last.tokens.1 = sentence.tokens.1;
                n_joined += 1;
            }
            None => {
                found.push(*sentence);
                n_joined = 0;
            }
        }
    }
    found
}

fn one(view: &View<'_>, windows: &Windows, plain: &[Plain], mut claimed: Claimed, cited: &[ReportIx]) -> Checked {
    let sentence = claimed.span;
    let made = |verdict, because: String, support: Vec<Anchor>, missing: Vec<Span>| Checked {
        sentence,
        verdict,
        because,
        support,
        missing,
        cited: Vec::new(),
    };
    let mut quoted_at: Vec<Anchor> = Vec::new();
    match quoted::quoted(view, plain, &claimed) {
        Quoted::Misquoted(because, place, words) => {
            let near = || windows.fits(&claimed, cited).0.first().map(|it| it.place);
            let support = place.or_else(near).into_iter().collect();
            return made(CheckVerdict::Misquoted, because, support, vec![words]);
        }
        Quoted::Verbatim(found) => {
            for (words, places) in found {
                claimed.verbatim.push(words);
                quoted_at.extend(places);
            }
        }
    }
    if let Some(found) = reports::about_reports(view, &claimed, cited) {
        return found;
    }
    if let Some((id, place)) = reports::has_title(view, &claimed) {
        return made(CheckVerdict::Supported, format!("{id} has these words as its title"), vec![place], Vec::new());
    }
    let (mut fits, mut share) = windows.fits(&claimed, cited);
    let best_place = fits.first().map(|it| it.place);
    let near: Vec<Anchor> = best_place.into_iter().collect();
    if !quoted_at.is_empty() {
        // The words in marks are told where they stand; what is left must be told beside them.
        let own: Vec<Fit> = quoted_at.iter().take(PLACES_MAX).filter_map(|it| windows.fit_at(*it)).collect();
        let words: u32 = claimed.verbatim.iter().map(|it| it.len()).sum();
        let in_marks = words as f32 / claimed.span.len().max(1) as f32;
        share = share * (1.0 - in_marks) + in_marks;
        fits.splice(0..0, own);
    }
    if share < NEAR_MIN {
        let because = "no report says anything of the kind".to_owned();
        return made(CheckVerdict::Unsupported, because, near, vec![sentence]);
    }
    let best = fits.iter().map(|it| it.share).fold(0.0, f32::max);
    let places: Vec<&Fit> =
        fits.iter().filter(|it| best * BESIDE_BEST <= it.share || PART_MIN <= it.share).take(PLACES_MAX).collect();
    let told: Vec<Anchor> = places.iter().take(4).map(|it| it.place).collect();
    let findings: Vec<facts::Finding> =
        facts::findings(view, &claimed, &places).into_iter().chain(verbs::findings(view, &claimed, &places)).collect();
    // What a place says otherwise counts more than what none says.
    if let Some(it) = findings.iter().find(|it| it.rival.is_some()) {
        let place = it.rival.into_iter().collect();
        return made(CheckVerdict::Contradicted, it.because.clone(), place, vec![it.words]);
    }
    if !findings.is_empty() {
        let because = findings.iter().map(|it| it.because.clone()).collect::<Vec<_>>().join("; ");
        return made(CheckVerdict::Partly, because, told, findings.iter().map(|it| it.words).collect());
    }
    if let Some(verb) = claimed.untold_verb(view, &places) {
        let because = format!("no report says “{}” of them", verb.of(view.report(claimed.report).text()));
        return made(CheckVerdict::Partly, because, told, vec![verb]);
    }
    let missing = claimed.missing(&places);
    if share < TOLD_MIN || claimed.has_untold_clause(view, &places) {
        let words: Vec<&str> = missing.iter().map(|it| it.of(view.report(claimed.report).text())).collect();
        let because = match words[..] {
            [] => "no one place of a report says all of it".to_owned(),
            _ => format!("no report says “{}”", words.join("”, “")),
        };
        return made(CheckVerdict::Partly, because, told, missing);
    }
    let Some(place) = places.iter().find(|it| cited.contains(&it.place.report)).or(places.first()) else {
        return made(CheckVerdict::Unsupported, "no report says so".to_owned(), Vec::new(), vec![sentence]);
    };
    let own = cited.is_empty() || cited.contains(&place.place.report);
    let id = view.report(place.place.report).id();
    let because = if own { format!("{id} says so") } else { format!("{id} says so, which is not cited") };
    made(CheckVerdict::Supported, because, told, Vec::new())
}

/// Places that tell so much of one part of a sentence are looked at too.
const PART_MIN: f32 = 0.6;
