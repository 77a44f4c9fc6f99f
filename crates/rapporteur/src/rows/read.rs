//! Rows of `rapporteur read`.

use std::collections::BTreeMap;

use rapporteur_model::row::{AnchorRow, BlockRow, CitedRow, EvidenceRow, ProblemRow, ReadRow, SCHEMA};
use rapporteur_model::{Article, Evidenced, Problem};
use rapporteur_text::{Offsets, Unit};

use super::range;

/// One report as a row.
pub fn read_row(article: &Article, unit: Unit) -> ReadRow {
    let report = &article.report;
    let offsets = Offsets::new(&report.text, unit);
    let meta = &article.metadata;
    let blocks = article.blocks.iter().map(|block| {
        let (start, end) = range(&offsets, block.span);
        let repeat_of = block.repeat_of.map(|it| range(&offsets, it));
        BlockRow { start, end, role: block.role.as_str().to_owned(), repeat_of }
    });
    let body: Vec<&str> = article
        .blocks
        .iter()
        .filter(|block| block.role.is_body() && block.repeat_of.is_none())
        .map(|block| block.span.of(&report.text))
        .collect();
    let mut evidence = BTreeMap::new();
    let mut note = |field: &str, it: &Option<Evidenced<String>>| {
        if let Some(it) = it {
            evidence.insert(field.to_owned(), evidence_rows(&offsets, it));
        }
    };
    note("title", &meta.title);
    note("date_published", &meta.date_published);
    note("date_modified", &meta.date_modified);
    note("outlet", &meta.outlet);
    note("dateline", &meta.dateline);
    note("language", &meta.language);
    note("section", &meta.section);
    note("url", &meta.url);
    if !meta.authors.is_empty() {
        let rows = meta.authors.iter().flat_map(|it| evidence_rows(&offsets, it)).collect();
        evidence.insert("authors".to_owned(), rows);
    }
    let value = |it: &Option<Evidenced<String>>| it.as_ref().map(|it| it.value.clone());
    ReadRow {
        schema: SCHEMA,
        offsets: unit.as_str().to_owned(),
        id: report.id.clone(),
        raw_sha256: report.raw_sha256.clone(),
        location: report.location.clone(),
        media: report.media.as_str().to_owned(),
        text: report.text.clone(),
        body: body.join("\n"),
        blocks: blocks.collect(),
        title: value(&meta.title),
        date_published: value(&meta.date_published),
        date_modified: value(&meta.date_modified),
        outlet: value(&meta.outlet),
        authors: meta.authors.iter().map(|it| it.value.clone()).collect(),
        dateline: value(&meta.dateline),
        language: value(&meta.language),
        section: value(&meta.section),
        url: value(&meta.url),
        anchor: meta.anchor.as_ref().map(|it| AnchorRow {
            day: it.day.clone(),
            how: it.how.clone(),
            confidence: it.confidence,
        }),
        cited: article
            .cited
            .iter()
            .map(|it| CitedRow {
                name: it.name.clone(),
                kind: it.kind.as_str().to_owned(),
                span: range(&offsets, it.span),
            })
            .collect(),
        evidence,
        problems: report.problems.iter().chain(&article.problems).map(|it| problem_row(it, &offsets)).collect(),
    }
}

/// A problem as a row.
pub fn problem_row(problem: &Problem, offsets: &Offsets<'_>) -> ProblemRow {
    ProblemRow {
        code: problem.code.to_owned(),
        message: problem.message.clone(),
        span: problem.span.map(|it| range(offsets, it)),
    }
}

fn evidence_rows(offsets: &Offsets<'_>, it: &Evidenced<String>) -> Vec<EvidenceRow> {
    if it.spans.is_empty() {
        return vec![EvidenceRow { start: None, end: None, how: it.how.clone() }];
    }
    let row = |span: &rapporteur_model::Span| {
        let (start, end) = range(offsets, *span);
        EvidenceRow { start: Some(start), end: Some(end), how: it.how.clone() }
    };
    it.spans.iter().map(row).collect()
}
