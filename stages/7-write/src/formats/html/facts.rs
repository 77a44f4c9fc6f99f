//! The matrix: a row a claim, a column a report, columns of one origin side by side.

use rapporteur_model::{Claim, Nature, ReportIx, Verdict};

use super::extent::{Extent, FactsPart};
use super::lights::{Chip, Lights, chip, colour};
use crate::formats::Page;

/// The matrix of facts.
pub(super) struct Matrix {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<FactRow>,
    /// What reports name in passing ("the war in the north"): told of, but hardly a statement.
    pub(super) passing: Vec<FactRow>,
    /// What is left out of a very large one; empty where nothing is.
    pub(super) left_out: String,
    /// All facts of the story.
    pub(super) n_facts: usize,
    /// The parts the facts are shown in; none where all are here.
    pub(super) parts: Vec<FactsPart>,
}

/// A report at the head of the matrix.
pub(super) struct Column {
    pub(super) number: usize,
    pub(super) colour: usize,
    pub(super) name: String,
}

/// A claim with what each report says of it.
pub(super) struct FactRow {
    pub(super) id: usize,
    /// The claim's id.
    pub(super) claim: String,
    pub(super) text: String,
    pub(super) verdict: &'static str,
    pub(super) label: &'static str,
    pub(super) n_origins: usize,
    pub(super) cells: Vec<Cell>,
}

/// What a report says of a claim; without a chip it is silent.
pub(super) struct Cell {
    pub(super) sign: &'static str,
    pub(super) says: &'static str,
    pub(super) chip: Option<Chip>,
}

pub(super) fn matrix(page: &Page<'_>, lights: &mut Lights, extent: &Extent) -> Matrix {
    let mut columns: Vec<ReportIx> = page.account.origins.iter().flat_map(|it| it.reports.iter().copied()).collect();
    let mut left_out = Vec::new();
    if extent.columns_max < columns.len() {
        left_out.push(format!("{} of {} reports have a column", extent.columns_max, columns.len()));
    }
    columns.truncate(extent.columns_max);
    let n_facts = page.claims.len();
    let here = extent.facts.start.min(n_facts)..extent.facts.end.min(n_facts);
    if extent.parts.is_empty() && here.len() < n_facts {
        left_out.push(format!("{} of {n_facts} facts have a row", here.len()));
    }
    let row = |claim: &Claim| {
        let cited = claim.places();
        FactRow {
            id: lights.add(&cited),
            claim: claim.id.clone(),
            text: page.sentence(claim),
            verdict: claim.verdict.as_str(),
            label: label(claim.verdict),
            n_origins: claim.origins.len(),
            cells: columns.iter().map(|it| cell(page, claim, *it)).collect(),
        }
    };
    let (passing, rows) = page.claims[here].iter().map(row).partition(|it| is_passing(&it.text));
    let column = |it: &ReportIx| Column { number: page.number(*it), colour: colour(page, *it), name: page.name(*it) };
    let part = |it: &FactsPart| FactsPart { number: it.number, name: it.name.clone(), is_here: it.is_here };
    Matrix {
        columns: columns.iter().map(column).collect(),
        rows,
        passing,
        left_out: left_out.join(", "),
        n_facts,
        parts: extent.parts.iter().map(part).collect(),
    }
}

/// A few words of a report that no sentence could be made of.
fn is_passing(text: &str) -> bool {
    const WORDS_MAX: usize = 6;
    text.starts_with('“') && text.split_whitespace().count() <= WORDS_MAX
}

/// The verdict in a reader's words.
const fn label(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agree => "agree",
        Verdict::AgreeWording => "agree, other words",
        Verdict::DifferCompatible => "differ, both can be true",
        Verdict::Conflict => "conflict",
        Verdict::RewriteDrift => "changed in a rewrite",
        Verdict::Single => "one origin",
    }
}

fn cell(page: &Page<'_>, claim: &Claim, report: ReportIx) -> Cell {
    let variant = claim.variants.iter().find(|it| it.anchor.report == report);
    let support = claim.support.iter().find(|it| it.report == report);
    match (variant, support) {
        (Some(it), _) if Nature::OF_MATTER.contains(&it.nature) => {
            Cell { sign: "▲", says: "differs", chip: Some(chip(page, &it.anchor)) }
        }
        (Some(it), _) => Cell { sign: "◐", says: "says so in other words", chip: Some(chip(page, &it.anchor)) },
        (None, Some(it)) => Cell { sign: "●", says: "says so", chip: Some(chip(page, it)) },
        (None, None) => Cell { sign: "·", says: "silent", chip: None },
    }
}
