//! The reports, with the words that are cited marked.

use rapporteur_model::{Anchor, ReportIx, Role, Span};

use super::extent::Extent;
use super::lights::{Lights, anchor_id, colour};
use crate::formats::Page;

/// A report with its words.
pub(super) struct ReportView<'a> {
    pub(super) number: usize,
    pub(super) id: &'a str,
    pub(super) colour: usize,
    pub(super) name: String,
    pub(super) facts: Vec<String>,
    pub(super) blocks: Vec<BlockView<'a>>,
    /// Paragraphs that nothing here cites and that are not shown.
    pub(super) n_folded: usize,
}

/// A block of a report.
pub(super) struct BlockView<'a> {
    pub(super) class: &'static str,
    pub(super) label: &'static str,
    pub(super) pieces: Vec<Piece<'a>>,
}

/// A run of words that the same rows cite.
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// Ids of the anchors that begin here.
    pub(super) ids: Vec<String>,
    /// Rows that cite it, for the script: ` 3 7 `.
    pub(super) cited_by: String,
}

impl Piece<'_> {
    pub(super) fn is_cited(&self) -> bool {
        !self.cited_by.is_empty()
    }
}

pub(super) fn views<'a>(page: &Page<'a>, lights: &Lights, extent: &Extent) -> Vec<ReportView<'a>> {
    let cited = lights.by_report();
    let view = |card: &'a rapporteur_model::ReportCard| {
        let mut facts: Vec<String> = Vec::new();
        facts.push(card.outlet.clone().unwrap_or_else(|| "outlet not stated".to_owned()));
        facts.push(card.date.clone().unwrap_or_else(|| "date not stated".to_owned()));
        facts.extend(card.lineage.clone());
        let mut blocks = blocks(page, card.report, cited.get(&card.report).map_or(&[], Vec::as_slice));
        let n_all = blocks.len();
        if extent.is_folded {
            blocks.retain(|it| it.pieces.iter().any(Piece::is_cited));
        }
        ReportView {
            number: page.number(card.report),
            id: page.reports[card.report.ix()].id(),
            colour: colour(page, card.report),
            name: page.name(card.report),
            facts,
            n_folded: n_all - blocks.len(),
            blocks,
        }
    };
    page.account.reports.iter().map(view).collect()
}

/// The report's blocks, cut where citations begin and end.
fn blocks<'a>(page: &Page<'a>, report: ReportIx, cited: &[(Span, usize)]) -> Vec<BlockView<'a>> {
    let article = &page.reports[report.ix()].article;
    let text: &'a str = page.reports[report.ix()].text();
    let mut opened: std::collections::BTreeSet<String> = Default::default();
    let mut found = Vec::new();
    for block in &article.blocks {
        let mut cuts: Vec<u32> = vec![block.span.start(), block.span.end()];
        for (span, _) in cited.iter().filter(|it| it.0.overlaps(block.span)) {
            cuts.extend([span.start(), span.end()].into_iter().filter(|it| block.span.contains_offset(*it)));
        }
        cuts.sort_unstable();
        cuts.dedup();
        let pieces = cuts
            .windows(2)
            .map(|it| {
                let piece = Span::new(it[0], it[1]);
                let over: Vec<&(Span, usize)> = cited.iter().filter(|it| it.0.contains(piece)).collect();
                let mut ids: Vec<String> = over.iter().map(|it| anchor_id(page, &Anchor::new(report, it.0))).collect();
                ids.sort();
                ids.dedup();
                ids.retain(|it| opened.insert(it.clone()));
                let mut by: Vec<usize> = over.iter().map(|it| it.1).collect();
                by.sort_unstable();
                by.dedup();
                let by: Vec<String> = by.iter().map(usize::to_string).collect();
                let cited_by = if by.is_empty() { String::new() } else { format!(" {} ", by.join(" ")) };
                Piece { text: piece.of(text), ids, cited_by }
            })
            .collect();
        let (class, label) = if block.repeat_of.is_some() {
            ("f", "printed again")
        } else if block.role.is_furniture() {
            ("f", block.role.as_str())
        } else {
            match block.role {
                Role::Headline => ("h", ""),
                Role::Standfirst | Role::Subheading => ("b", ""),
                Role::Body | Role::PullQuote | Role::KeyPoint | Role::Correction => ("", ""),
                role => ("f", role.as_str()),
            }
        };
        found.push(BlockView { class, label, pieces });
    }
    found
}
