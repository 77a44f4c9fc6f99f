//! The ledgers as JSON Lines, a row an entry, offsets in code points.

use rapporteur_model::row::{
    FigureLedgerRow, LedgersRow, OfficeLedgerRow, PositionLedgerRow, ProposalLedgerRow, ProposalStanceRow,
    ProposalVersionRow, QuoteLedgerRow, SCHEMA, ScheduleLedgerRow, StatedRow, StatedValueRow, WordingRow,
};
use rapporteur_model::{Anchor, Claim, ClaimIx, Content};
use rapporteur_text::Unit;
use serde::Serialize;

use super::{Export, Page, Write};

const MEDIA_TYPE: &str = "application/jsonl";

pub(super) const POSITIONS: Export =
    export("positions", "who stands where on what, as JSON Lines", |pages| lines(pages.iter().flat_map(positions)));
pub(super) const SCHEDULE: Export =
    export("schedule", "what is stated for which day, as JSON Lines", |pages| lines(pages.iter().flat_map(schedule)));
pub(super) const FIGURES: Export =
    export("figures", "measures with the values stated for them, as JSON Lines", |pages| {
        lines(pages.iter().flat_map(figures))
    });
pub(super) const OFFICES: Export =
    export("offices", "who left an office and who came, as JSON Lines", |pages| lines(pages.iter().flat_map(offices)));
pub(super) const PROPOSALS: Export =
    export("proposals", "plans and proposals with their versions, as JSON Lines", |pages| {
        lines(pages.iter().flat_map(proposals))
    });
pub(super) const QUOTES: Export =
    export("quotes", "what was said, with every printing, as JSON Lines", |pages| lines(pages.iter().flat_map(quotes)));

/// A ledger's form: the rows of all stories, one after the other.
const fn export(name: &'static str, about: &'static str, write: fn(&[Page<'_>]) -> String) -> Export {
    Export { name, extension: "jsonl", media_type: MEDIA_TYPE, about, write: Write::Text(write) }
}

const UNIT: Unit = Unit::Char;

fn lines<T: Serialize>(rows: impl IntoIterator<Item = T>) -> String {
    rows.into_iter().map(|it| serde_json::to_string(&it).unwrap_or_default() + "\n").collect()
}

fn unit() -> String {
    UNIT.as_str().to_owned()
}

fn claim<'a>(page: &Page<'a>, ix: ClaimIx) -> Option<&'a Claim> {
    page.claims.get(ix.ix())
}

/// All ledgers of a story.
pub(super) fn all(page: &Page<'_>) -> LedgersRow {
    LedgersRow {
        positions: positions(page),
        schedule: schedule(page),
        figures: figures(page),
        offices: offices(page),
        quotes: quotes(page),
        proposals: proposals(page),
    }
}

fn positions(page: &Page<'_>) -> Vec<PositionLedgerRow> {
    Vec::from_iter(page.account.ledgers.positions.iter().map(|it| PositionLedgerRow {
        schema: SCHEMA,
        offsets: unit(),
        story: page.account.story.clone(),
        actor: it.actor.id.clone(),
        name: it.actor.name.clone(),
        issue: it.issue.clone(),
        stance: it.stance.as_str().to_owned(),
        basis: it.basis.as_str().to_owned(),
        told_on: it.told_on.clone(),
        also: it.also.map(|it| it.as_str().to_owned()),
        support: it.support.iter().map(|at| page.support(at, UNIT)).collect(),
        independent_origins: it.origins.len() as u32,
    }))
}

fn schedule(page: &Page<'_>) -> Vec<ScheduleLedgerRow> {
    Vec::from_iter(page.account.ledgers.schedule.iter().filter_map(|it| {
        let claim = claim(page, it.claim)?;
        Some(ScheduleLedgerRow {
            schema: SCHEMA,
            offsets: unit(),
            story: page.account.story.clone(),
            claim: claim.id.clone(),
            date: it.date.clone(),
            status: it.status.as_str().to_owned(),
            fact: crate::sentence(claim, page.reports),
            history: it
                .history
                .iter()
                .map(|it| StatedRow {
                    at: page.support(&it.at, UNIT),
                    told_on: it.told_on.clone(),
                    realis: it.realis.as_str().to_owned(),
                    date: it.date.clone(),
                })
                .collect(),
            independent_origins: it.origins.len() as u32,
        })
    }))
}

fn figures(page: &Page<'_>) -> Vec<FigureLedgerRow> {
    Vec::from_iter(page.account.ledgers.figures.iter().filter_map(|it| {
        Some(FigureLedgerRow {
            schema: SCHEMA,
            offsets: unit(),
            story: page.account.story.clone(),
            claim: claim(page, it.claim)?.id.clone(),
            concept: it.concept.clone(),
            unit: it.unit.clone(),
            values: it
                .values
                .iter()
                .map(|it| StatedValueRow {
                    printed: it.printed.clone(),
                    support: it.support.iter().map(|at| page.support(at, UNIT)).collect(),
                    independent_origins: it.origins.len() as u32,
                })
                .collect(),
            giver: it.giver.as_ref().map(|it| it.name.clone()),
            recipient: it.recipient.as_ref().map(|it| it.name.clone()),
            status: it.status.clone(),
        })
    }))
}

fn offices(page: &Page<'_>) -> Vec<OfficeLedgerRow> {
    Vec::from_iter(page.account.ledgers.offices.iter().filter_map(|it| {
        let claim = claim(page, it.claim)?;
        Some(OfficeLedgerRow {
            schema: SCHEMA,
            offsets: unit(),
            support: claim.support.iter().map(|at| page.support(at, UNIT)).collect(),
            story: page.account.story.clone(),
            claim: claim.id.clone(),
            name: it.who.as_ref().map(|it| it.name.clone()),
            office: it.office.clone(),
            change: if it.leaves { "leaves" } else { "takes" }.to_owned(),
            date: it.date.clone(),
            independent_origins: it.origins.len() as u32,
        })
    }))
}

fn quotes(page: &Page<'_>) -> Vec<QuoteLedgerRow> {
    Vec::from_iter(page.claims.iter().filter_map(|claim| {
        let Content::Statement(content) = &claim.content else { return None };
        let fullest = content.content.first().map(|it| it.report);
        let mut cited = claim.places();
        cited.sort_by_key(|it| (Some(it.report) != fullest, *it));
        let wording = |it: &Anchor| WordingRow { at: page.support(it, UNIT), quoted: page.is_quoted(it) };
        Some(QuoteLedgerRow {
            schema: SCHEMA,
            offsets: unit(),
            story: page.account.story.clone(),
            claim: claim.id.clone(),
            speakers: content.speakers.iter().map(|it| it.name.clone()).collect(),
            date: content.date.clone(),
            wordings: cited.iter().map(wording).collect(),
            independent_origins: claim.origins.len() as u32,
        })
    }))
}

fn proposals(page: &Page<'_>) -> Vec<ProposalLedgerRow> {
    let places = |list: &[Anchor]| list.iter().map(|at| page.support(at, UNIT)).collect();
    Vec::from_iter(page.account.ledgers.proposals.iter().map(|it| ProposalLedgerRow {
        schema: SCHEMA,
        offsets: unit(),
        story: page.account.story.clone(),
        name: it.name.clone(),
        by: it.by.as_ref().map(|it| it.name.clone()),
        versions: Vec::from_iter(it.versions.iter().map(|it| ProposalVersionRow {
            words: it.words.clone(),
            support: places(&it.support),
            independent_origins: it.origins.len() as u32,
        })),
        stances: Vec::from_iter(it.stances.iter().map(|it| ProposalStanceRow {
            name: it.actor.name.clone(),
            stance: it.stance.as_str().to_owned(),
            support: places(&it.support),
        })),
        support: places(&it.support),
        independent_origins: it.origins.len() as u32,
    }))
}
