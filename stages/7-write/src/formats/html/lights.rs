//! What lights up what: every row of the page has a number, and the words it cites in the reports carry that number.

use std::collections::BTreeMap;

use rapporteur_model::{Anchor, ReportIx, Span};

use super::N_COLOURS;
use crate::formats::Page;
use crate::view::one_line;

/// The rows of the page with the words they cite.
#[derive(Default)]
pub(super) struct Lights {
    rows: Vec<Vec<Anchor>>,
}

impl Lights {
    /// A row's number, from 0.
    pub(super) fn add(&mut self, cited: &[Anchor]) -> usize {
        self.rows.push(cited.to_vec());
        self.rows.len() - 1
    }

    /// Cited spans of each report with the rows that cite them.
    pub(super) fn by_report(&self) -> BTreeMap<ReportIx, Vec<(Span, usize)>> {
        let mut cited: BTreeMap<ReportIx, Vec<(Span, usize)>> = BTreeMap::new();
        for (row, list) in self.rows.iter().enumerate() {
            list.iter().for_each(|it| cited.entry(it.report).or_default().push((it.span, row)));
        }
        cited
    }
}

/// A citation as a link.
pub(super) struct Chip {
    pub(super) colour: usize,
    pub(super) target: String,
    pub(super) label: String,
    pub(super) title: String,
}

/// A chip a citation; of several in one report the first.
pub(super) fn chips(page: &Page<'_>, cited: &[Anchor]) -> Vec<Chip> {
    let mut last = None;
    let first = |it: &&Anchor| last.replace(it.report) != Some(it.report);
    cited.iter().filter(first).map(|it| chip(page, it)).collect()
}

pub(super) fn chip(page: &Page<'_>, it: &Anchor) -> Chip {
    const SHOWN_CHARS: usize = 160;
    let words = one_line(it.span.of(page.reports[it.report.ix()].text()));
    let shown: String = words.chars().take(SHOWN_CHARS).collect();
    let more = if shown.len() < words.len() { " …" } else { "" };
    Chip {
        colour: colour(page, it.report),
        target: anchor_id(page, it),
        label: page.number(it.report).to_string(),
        title: format!("{}: {shown}{more}", page.name(it.report)),
    }
}

/// The colour of a report's origin.
pub(super) fn colour(page: &Page<'_>, report: ReportIx) -> usize {
    page.account.origins.iter().position(|it| it.reports.contains(&report)).unwrap_or(0) % N_COLOURS
}

/// The id of the place in the page where the cited words begin.
pub(super) fn anchor_id(page: &Page<'_>, anchor: &Anchor) -> String {
    format!("r{}-{}-{}", page.number(anchor.report), anchor.span.start(), anchor.span.end())
}
