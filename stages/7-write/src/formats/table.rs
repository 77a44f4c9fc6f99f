//! The claims of all stories as a table: a row a claim. What the CSV and the Parquet form have in common.
//!
//! A cell with several values has them parted by `|`; a `|` or a backslash inside a value has a backslash before it.

use rapporteur_model::{Claim, Content};

use super::Page;
use super::run::{plain, report};

/// One claim and the page it is from.
pub(super) struct Row<'a> {
    page: &'a Page<'a>,
    claim: &'a Claim,
}

/// One column.
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) of: Of,
}

/// What a column holds, and how it is made.
pub(super) enum Of {
    Text(fn(&Row<'_>) -> String),
    Count(fn(&Row<'_>) -> usize),
}

/// The columns, in order.
pub(super) const COLUMNS: &[Column] = &[
    Column { name: "story", of: Of::Text(|it| it.page.account.story.clone()) },
    Column { name: "claim", of: Of::Text(|it| it.claim.id.clone()) },
    Column { name: "kind", of: Of::Text(|it| kind(it.claim).to_owned()) },
    Column { name: "sentence", of: Of::Text(|it| plain(&crate::sentence(it.claim, it.page.reports))) },
    Column { name: "verdict", of: Of::Text(|it| it.claim.verdict.as_str().to_owned()) },
    Column { name: "reports", of: Of::Count(|it| it.claim.reports.len()) },
    Column { name: "origins", of: Of::Count(|it| it.claim.origins.len()) },
    Column { name: "said_by", of: Of::Text(said_by) },
    Column { name: "words", of: Of::Text(words) },
    Column { name: "variants", of: Of::Text(variants) },
];

/// A row a claim: stories in their order, claims by weight.
pub(super) fn rows<'a>(pages: &'a [Page<'a>]) -> Vec<Row<'a>> {
    pages.iter().flat_map(|page| page.claims.iter().map(move |claim| Row { page, claim })).collect()
}

/// What sort of claim it is.
pub(super) fn kind(claim: &Claim) -> &'static str {
    match claim.content {
        Content::Act(_) => "act",
        Content::Statement(_) => "statement",
        Content::Figure(_) => "figure",
    }
}

/// The ids of the reports that say so.
fn said_by(row: &Row<'_>) -> String {
    joined(row.claim.reports.iter().map(|it| report(row.page, *it).id().to_owned()))
}

/// The first words that say so, in the report's own wording.
fn words(row: &Row<'_>) -> String {
    let first = row.claim.support.first();
    first.map_or_else(String::new, |it| plain(it.span.of(report(row.page, it.report).text())))
}

/// `number: 14 (report)` for each wording or value that differs.
fn variants(row: &Row<'_>) -> String {
    joined(row.claim.variants.iter().map(|it| {
        let id = report(row.page, it.anchor.report).id();
        format!("{}: {} ({id})", it.nature.as_str(), plain(&it.value))
    }))
}

fn joined(values: impl Iterator<Item = String>) -> String {
    values.map(|it| it.replace('\\', "\\\\").replace('|', "\\|")).collect::<Vec<_>>().join("|")
}
