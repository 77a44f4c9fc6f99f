//! The ledgers of a story: positions, dates, figures, offices, proposals. Each entry is folded from what the reports say, with their
//! words; nothing is added up, and a day or a speaker that no report states stays unknown.

mod figures;
mod offices;
mod positions;
mod proposals;
mod schedule;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Anchor, Annotated, Claim, Ledgers, OriginIx, Relations, ReportIx, Story};

use crate::story::View;

/// The ledgers of one story, from its claims as [`weigh`](crate::weigh()) sorts them.
pub fn ledgers(
    story: &Story,
    claims: &[Claim],
    reports: &[Annotated],
    relations: &Relations,
    lexicon: &Lexicon,
) -> Ledgers {
    let view = View::new(story, reports, relations, lexicon);
    Ledgers {
        positions: positions::entries(&view),
        schedule: schedule::entries(&view, claims),
        figures: figures::entries(&view, claims),
        offices: offices::entries(&view, claims),
        proposals: proposals::entries(&view),
    }
}

/// The day a report states as its own, `YYYY-MM-DD`; a day that was worked out from other reports is none.
fn stated_day(view: &View<'_>, report: ReportIx) -> Option<String> {
    let meta = &view.report(report).article.metadata;
    let stated = meta.date_modified.as_ref().or(meta.date_published.as_ref())?;
    stated.value.get(..10).map(str::to_owned)
}

/// The independent origins of some words, sorted.
fn origins(view: &View<'_>, support: &[Anchor]) -> Vec<OriginIx> {
    let mut found: Vec<OriginIx> = support.iter().map(|it| view.origin(it.report)).collect();
    found.sort_unstable();
    found.dedup();
    found
}
