//! The brief as rows, a fact each: what, who says so, how many origins, when, where accounts differ. What the forms for people
//! have in common when `--style table` is asked for.
//!
//! A sentence on where reports differ stands in the row of the fact it is about; only where the brief does not tell that fact
//! has it a row of its own. Every row has citations: it is made of sentences and claims, which have them.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, CitedSentence, Claim, Content, OriginIx, ReportIx, SectionKind};

use super::Page;
use crate::dates;
use crate::view::View;

/// The heads of the columns, in order.
pub(super) const HEADS: [&str; 5] = ["What", "Who says so", "Origins", "When", "Where accounts differ"];

/// What stands in a cell of which nothing is known.
pub(super) const UNKNOWN: &str = "–";

/// One fact.
pub(super) struct FactRow {
    /// The sentence.
    pub(super) what: Told,
    /// The reports that say so, by the names of their outlets.
    pub(super) who: String,
    /// How many independent origins say so.
    pub(super) n_origins: usize,
    /// The day, when it is stated.
    pub(super) when: Option<String>,
    /// Where accounts differ, a sentence each.
    pub(super) differ: Vec<Told>,
}

/// Words with the places that say so: never none, sorted.
pub(super) struct Told {
    pub(super) text: String,
    pub(super) citations: Vec<Anchor>,
}

impl Told {
    fn of(sentence: &CitedSentence) -> Told {
        Told { text: sentence.text().to_owned(), citations: sentence.citations().to_vec() }
    }
}

/// The rows, most origins first; of equals in reading order.
pub(super) fn rows(page: &Page<'_>) -> Vec<FactRow> {
    let story: Vec<ReportIx> = page.account.reports.iter().map(|it| it.report).collect();
    let view = View::new(&story, page.claims, page.reports, page.relations);
    let of = |kind: fn(SectionKind) -> bool| {
        let sections = page.account.sections.iter().filter(move |it| kind(it.kind));
        sections.flat_map(|it| it.sentences.iter().map(move |sentence| (it.kind, sentence)))
    };
    let mut rows = Vec::new();
    for (kind, sentence) in of(|it| it != SectionKind::Differ) {
        let mut row = row(page, &view, Told::of(sentence), page.claim_of(sentence));
        if kind == SectionKind::Drift {
            // It tells of two reports itself; neither says so.
            UNKNOWN.clone_into(&mut row.who);
        }
        rows.push((sentence.claim, row));
    }
    for (_, sentence) in of(|it| it == SectionKind::Differ) {
        let claim = page.claim_of(sentence);
        let told = rows.iter_mut().find(|it| claim.is_some() && it.0 == sentence.claim);
        if let Some((_, row)) = told {
            row.differ.push(Told::of(sentence));
        } else if let Some((text, claim)) = claim.and_then(|it| Some((whole(page, it)?, it))) {
            let mut row = row(page, &view, Told { text, citations: claim.support.clone() }, Some(claim));
            row.differ.push(Told::of(sentence));
            rows.push((sentence.claim, row));
        } else {
            // What cannot be said as a sentence of its own is told by the difference alone.
            rows.push((sentence.claim, row(page, &view, Told::of(sentence), claim)));
        }
    }
    rows.sort_by_key(|it| std::cmp::Reverse(it.1.n_origins));
    rows.into_iter().map(|it| it.1).collect()
}

/// The claim as a sentence, when one can be made that is more than words in marks.
fn whole(page: &Page<'_>, claim: &Claim) -> Option<String> {
    Some(page.sentence(claim)).filter(|it| !it.starts_with('“') && !claim.support.is_empty())
}

/// A row without differences.
fn row(page: &Page<'_>, view: &View<'_>, what: Told, claim: Option<&Claim>) -> FactRow {
    let reports: BTreeSet<ReportIx> = what.citations.iter().map(|it| it.report).collect();
    let reports: Vec<ReportIx> = reports.into_iter().collect();
    let origins: BTreeSet<Option<OriginIx>> = reports.iter().map(|it| view.origin(*it)).collect();
    FactRow {
        who: page.worded(&view.labels(&reports)),
        n_origins: origins.len(),
        when: claim.and_then(|it| stated(view, it)).map(|it| page.worded(&it)),
        what,
        differ: Vec::new(),
    }
}

/// The day a claim is about, in words.
fn stated(view: &View<'_>, claim: &Claim) -> Option<String> {
    let date = match &claim.content {
        Content::Act(act) => act.date.as_deref(),
        Content::Statement(statement) => statement.date.as_deref(),
        Content::Figure(_) => None,
    };
    date.and_then(|it| dates::words(it, view.year()))
}
