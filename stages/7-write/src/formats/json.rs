//! The account as JSON, offsets in code points.

use rapporteur_model::row::{AccountRow, OriginCardRow, ReportCardRow, SCHEMA, SectionRow, SentenceRow};
use rapporteur_model::{Anchor, CitedSentence};
use rapporteur_text::Unit;

use super::{Format, Page};

pub(crate) const FORMAT: Format = Format { name: "json", extension: "json", media_type: "application/json", write };

fn write(page: &Page<'_>) -> String {
    let row = row(page, Unit::Char);
    serde_json::to_string_pretty(&row).unwrap_or_default() + "\n"
}

/// The account as a row.
fn row(page: &Page<'_>, unit: Unit) -> AccountRow {
    let account = page.account;
    let id = |ix: rapporteur_model::ReportIx| page.reports[ix.ix()].id().to_owned();
    let support = |it: &Anchor| page.support(it, unit);
    let sentence = |it: &CitedSentence| SentenceRow {
        text: it.text().to_owned(),
        citations: it.citations().iter().map(support).collect(),
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
    }
}
