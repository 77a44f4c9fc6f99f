//! Rows of the commands that see the whole run: relate, group, weigh.

use rapporteur_model::row::{
    CheckRow, ClaimRow, DriftRow, GroupRow, OriginRow, PassageRow, RelationRow, SCHEMA, SupportRow,
};
use rapporteur_model::{Annotated, Checked, Claim, Relations, ReportIx, Story};
use rapporteur_text::{Offsets, Unit};

use super::{line, range};

fn id(reports: &[Annotated], ix: ReportIx) -> String {
    reports.get(ix.ix()).map_or_else(String::new, |it| it.id().to_owned())
}

fn ids(reports: &[Annotated], list: &[ReportIx]) -> Vec<String> {
    list.iter().map(|it| id(reports, *it)).collect()
}

/// A place with its words.
fn support(reports: &[Annotated], at: rapporteur_model::Anchor, unit: Unit) -> SupportRow {
    let text = reports[at.report.ix()].text();
    SupportRow {
        report: id(reports, at.report),
        span: range(&Offsets::new(text, unit), at.span),
        text: line(at.span, text),
    }
}

/// The sentences of a brief, which is the last of the reports, with what the others make of them.
pub fn check_rows(reports: &[Annotated], checked: &[Checked], unit: Unit) -> Vec<CheckRow> {
    let Some(brief) = reports.last() else { return Vec::new() };
    let row = |it: &Checked| CheckRow {
        schema: SCHEMA,
        offsets: unit.as_str().to_owned(),
        sentence: line(it.sentence, brief.text()),
        citations: ids(reports, &it.cited),
        verdict: it.verdict.as_str().to_owned(),
        because: it.because.clone(),
        support: it.support.iter().map(|at| support(reports, *at, unit)).collect(),
        missing: it.missing.iter().map(|at| line(*at, brief.text())).collect(),
    };
    checked.iter().map(row).collect()
}

/// The related pairs.
pub fn relation_rows(reports: &[Annotated], relations: &Relations, unit: Unit) -> Vec<RelationRow> {
    let row = |it: &rapporteur_model::Relation| {
        let a = Offsets::new(reports[it.a.ix()].text(), unit);
        let b = Offsets::new(reports[it.b.ix()].text(), unit);
        RelationRow {
            schema: SCHEMA,
            offsets: unit.as_str().to_owned(),
            a: id(reports, it.a),
            b: id(reports, it.b),
            relation: it.kind.as_str().to_owned(),
            direction: it.direction.as_str().to_owned(),
            containment_a: it.containment_a,
            containment_b: it.containment_b,
            passages: it
                .passages
                .iter()
                .map(|it| PassageRow { a: range(&a, it.a), b: range(&b, it.b), how: it.how.as_str().to_owned() })
                .collect(),
            drift: it
                .drift
                .iter()
                .map(|it| DriftRow {
                    kind: it.kind.as_str().to_owned(),
                    a: it.a.map(|span| range(&a, span)),
                    b: it.b.map(|span| range(&b, span)),
                    what: it.what.clone(),
                })
                .collect(),
            because: it.because.clone(),
        }
    };
    relations.pairs.iter().map(row).collect()
}

/// The independent origins.
pub fn origin_rows(reports: &[Annotated], relations: &Relations) -> Vec<OriginRow> {
    let row = |it: &rapporteur_model::Origin| OriginRow {
        schema: SCHEMA,
        origin: it.name.clone(),
        root: id(reports, it.root),
        reports: ids(reports, &it.reports),
        because: it.because.clone(),
    };
    relations.origins.iter().map(row).collect()
}

/// The story of each report, sorted by report.
pub fn group_rows(reports: &[Annotated], stories: &[Story]) -> Vec<GroupRow> {
    let mut rows: Vec<GroupRow> = stories
        .iter()
        .flat_map(|story| {
            story.reports.iter().enumerate().map(|(ix, report)| GroupRow {
                schema: SCHEMA,
                id: id(reports, *report),
                story: story.id.clone(),
                storyline: story.storyline.clone(),
                because: story.because.get(ix).cloned().unwrap_or_default(),
            })
        })
        .collect();
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    rows
}

/// The claims of one story.
pub fn claim_rows(
    story: &Story,
    claims: &[Claim],
    reports: &[Annotated],
    relations: &Relations,
    unit: Unit,
) -> Vec<ClaimRow> {
    rapporteur_write::claim_rows(&story.id, claims, reports, relations, unit)
}
