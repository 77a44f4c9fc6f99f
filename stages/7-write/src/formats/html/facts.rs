//! The matrix: a row a claim, a column a report, columns of one origin side by side.

use rapporteur_model::{Claim, Nature, ReportIx, Verdict};

use super::lights::{Chip, Lights, chip, colour};
use crate::formats::Page;

/// Reports that have a column: more can be seen by nobody, and a story of six hundred would have a million cells.
const COLUMNS_MAX: usize = 40;
/// Facts that have a row, the weightiest.
const ROWS_MAX: usize = 600;

/// The matrix of facts.
pub(super) struct Matrix {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<FactRow>,
    /// What reports name in passing ("the war in the north"): told of, but hardly a statement.
    pub(super) passing: Vec<FactRow>,
    /// What is left out of a very large one; empty where nothing is.
    pub(super) left_out: String,
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

pub(super) fn matrix(page: &Page<'_>, lights: &mut Lights) -> Matrix {
    let mut columns: Vec<ReportIx> = page.account.origins.iter().flat_map(|it| it.reports.iter().copied()).collect();
    let mut left_out = Vec::new();
    for (n_max, n, what, part) in
        [(COLUMNS_MAX, columns.len(), "reports", "column"), (ROWS_MAX, page.claims.len(), "facts", "row")]
    {
        if n_max < n {
            left_out.push(format!("{n_max} of {n} {what} have a {part}"));
        }
    }
    columns.truncate(COLUMNS_MAX);
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
    let (passing, rows) = page.claims.iter().take(ROWS_MAX).map(row).partition(|it| is_passing(&it.text));
    let column = |it: &ReportIx| Column { number: page.number(*it), colour: colour(page, *it), name: page.name(*it) };
    Matrix { columns: columns.iter().map(column).collect(), rows, passing, left_out: left_out.join(", ") }
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
