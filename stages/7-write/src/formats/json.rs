//! The account as JSON, offsets in code points.

use rapporteur_model::row::{
    AccountRow, ClaimRow, OriginCardRow, ReportCardRow, SCHEMA, SectionRow, SentenceRow, VariantRow,
};
use rapporteur_model::{Anchor, Annotated, CitedSentence, Claim, OriginIx, Relations, ReportIx};
use rapporteur_text::Unit;

use super::{Format, Page, support};

pub(crate) const FORMAT: Format = Format { name: "json", extension: "json", media_type: "application/json", write };

fn write(page: &Page<'_>) -> String {
    let row = row(page, Unit::Char);
    serde_json::to_string_pretty(&row).unwrap_or_default() + "\n"
}

/// The account as a row.
fn row(page: &Page<'_>, unit: Unit) -> AccountRow {
    let account = page.account;
    let id = |ix: rapporteur_model::ReportIx| page.reports[ix.ix()].id().to_owned();
    let place = |it: &Anchor| page.support(it, unit);
    let sentence = |it: &CitedSentence| SentenceRow {
        text: it.text().to_owned(),
        citations: it.citations().iter().map(place).collect(),
        claim: it.claim.and_then(|ix| page.claims.get(ix.ix())).map(|it| it.id.clone()),
        verdict: it.verdict.map(|it| it.as_str().to_owned()),
        note: it.note.clone(),
    };
    AccountRow {
        schema: SCHEMA,
        offsets: unit.as_str().to_owned(),
        story: account.story.clone(),
        headline: account.headline.as_ref().map(sentence),
        sections: account
            .sections
            .iter()
            .map(|it| SectionRow {
                kind: it.kind.as_str().to_owned(),
                title: it.kind.title().to_owned(),
                sentences: it.sentences.iter().map(sentence).collect(),
            })
            .collect(),
        reports: account
            .reports
            .iter()
            .map(|it| ReportCardRow {
                id: id(it.report),
                title: it.title.clone(),
                outlet: it.outlet.clone(),
                date: it.date.clone(),
                origin: page.letter(it.report).to_owned(),
                lineage: it.lineage.clone(),
            })
            .collect(),
        origins: account
            .origins
            .iter()
            .map(|it| OriginCardRow {
                letter: it.letter.clone(),
                name: it.name.clone(),
                reports: it.reports.iter().map(|ix| id(*ix)).collect(),
            })
            .collect(),
        left_out: account.coverage.left_out.clone(),
        as_of: account.coverage.as_of.clone(),
        english: account.english.as_str().to_owned(),
        claims: claim_rows(&account.story, page.claims, page.reports, page.relations, unit),
        ledgers: super::ledgers::all(page),
    }
}

/// The claims of one story as rows.
pub fn claim_rows(
    story: &str,
    claims: &[Claim],
    reports: &[Annotated],
    relations: &Relations,
    unit: Unit,
) -> Vec<ClaimRow> {
    let id = |ix: ReportIx| reports.get(ix.ix()).map_or_else(String::new, |it| it.id().to_owned());
    let origin = |ix: &OriginIx| relations.origins.get(ix.ix()).map_or_else(String::new, |it| it.name.clone());
    let row = |claim: &Claim| ClaimRow {
        schema: SCHEMA,
        offsets: unit.as_str().to_owned(),
        story: story.to_owned(),
        id: claim.id.clone(),
        kind: super::table::kind(claim).to_owned(),
        fact: crate::sentence(claim, reports),
        verdict: claim.verdict.as_str().to_owned(),
        support: claim.support.iter().map(|it| support(reports, it, unit)).collect(),
        variants: claim
            .variants
            .iter()
            .map(|it| VariantRow {
                report: id(it.anchor.report),
                span: support(reports, &it.anchor, unit).span,
                value: it.value.clone(),
                nature: it.nature.as_str().to_owned(),
            })
            .collect(),
        reports: claim.reports.iter().map(|it| id(*it)).collect(),
        origins: claim.origins.iter().map(origin).collect(),
        independent_origins: claim.origins.len() as u32,
        silent: claim.silent.iter().map(|it| id(*it)).collect(),
    };
    claims.iter().map(row).collect()
}
