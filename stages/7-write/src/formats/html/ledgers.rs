//! Quotations, positions, figures and dates as tables.

use rapporteur_model::{ActContent, Anchor, Claim, Content, ReportIx, ScheduleEntry, Stance, StatementContent};

use super::extent::Extent;
use super::lights::{Chip, Lights, chip, chips};
use crate::dates;
use crate::formats::Page;
use crate::view::one_line;

/// What somebody said, in all its printings.
pub(super) struct QuoteView {
    pub(super) id: usize,
    pub(super) speaker: String,
    /// Whether it is the first of the speaker's, who is named once.
    pub(super) opens: bool,
    pub(super) note: String,
    pub(super) wordings: Vec<Wording>,
}

/// One report's printing of it.
pub(super) struct Wording {
    pub(super) text: String,
    pub(super) is_quoted: bool,
    pub(super) note: &'static str,
    pub(super) chip: Chip,
}

pub(super) fn quotes(page: &Page<'_>, lights: &mut Lights, extent: &Extent) -> Vec<QuoteView> {
    let mut found = Vec::new();
    // In a part those of its facts; in a file all, also of facts that have no row.
    let of_part = if extent.parts.is_empty() { 0..page.claims.len() } else { extent.facts.clone() };
    for claim in &page.claims[of_part] {
        let Content::Statement(content) = &claim.content else { continue };
        let cited = claim.places();
        let names: Vec<String> = content.speakers.iter().map(|it| it.name.clone()).collect();
        let speaker = if names.is_empty() { "speaker not stated".to_owned() } else { crate::view::join(&names) };
        let note = match content.date.as_deref().and_then(|it| dates::adverbial(it, page.year())) {
            Some(it) => page.worded(&format!("said {it}")),
            None => String::new(),
        };
        found.push(QuoteView {
            id: lights.add(&cited),
            speaker,
            opens: false,
            note,
            wordings: wordings(page, claim, content, &cited),
        });
    }
    // What one speaker said stands together, the speakers as they come.
    let mut speakers: Vec<String> = Vec::new();
    for it in &mut found {
        it.opens = !speakers.contains(&it.speaker);
        if it.opens {
            speakers.push(it.speaker.clone());
        }
    }
    found.sort_by_key(|it| speakers.iter().position(|name| *name == it.speaker));
    found
}

/// The printings: the fullest first, each word for word.
fn wordings(page: &Page<'_>, claim: &Claim, content: &StatementContent, cited: &[Anchor]) -> Vec<Wording> {
    let is_fullest = |at: &Anchor| content.content.iter().any(|it| it.report == at.report && it.span.overlaps(at.span));
    let earliest = earliest(page, &claim.reports);
    let mut list: Vec<Wording> = Vec::new();
    let mut order: Vec<&Anchor> = cited.iter().collect();
    order.sort_by_key(|it| (!is_fullest(it), **it));
    let mut told = Vec::new();
    for at in order {
        let is_quoted = page.is_quoted(at);
        let is_first = !told.contains(&at.report);
        told.push(at.report);
        // One printing alone is the fullest of none.
        let note = match (1 < cited.len() && is_fullest(at), is_first && Some(at.report) == earliest) {
            (true, true) => "fullest, earliest",
            (true, false) => "fullest",
            (false, true) => "earliest",
            (false, false) => "",
        };
        let text = one_line(at.span.of(page.reports[at.report.ix()].text()));
        // The marks around all of it are outside of the words.
        let is_whole = page.is_all_quoted(at) && !text.contains(['“', '”', '"', '‘', '«', '»']);
        let text = if is_whole { format!("“{text}”") } else { text };
        list.push(Wording { text, is_quoted, note, chip: chip(page, at) });
    }
    list
}

/// The report with the earliest stated day, when all state one and no other has the same.
fn earliest(page: &Page<'_>, reports: &[ReportIx]) -> Option<ReportIx> {
    let day = |it: &ReportIx| {
        let card = page.account.reports.iter().find(|card| card.report == *it)?;
        Some((card.date.clone()?.get(..10)?.to_owned(), *it))
    };
    let mut days: Vec<(String, ReportIx)> = reports.iter().map(day).collect::<Option<_>>()?;
    days.sort();
    match days.as_slice() {
        [one, two, ..] if one.0 == two.0 => None,
        [one, _, ..] => Some(one.1),
        _ => None,
    }
}

/// Who stands where on what.
pub(super) struct PositionView<'a> {
    pub(super) id: usize,
    pub(super) actor: &'a str,
    pub(super) issue: String,
    pub(super) side: &'static str,
    pub(super) note: String,
    pub(super) n_origins: usize,
    pub(super) chips: Vec<Chip>,
}

pub(super) fn positions<'a>(page: &Page<'a>, lights: &mut Lights, extent: &Extent) -> Vec<PositionView<'a>> {
    let view = |it: &'a rapporteur_model::PositionEntry| PositionView {
        id: lights.add(&it.support),
        actor: &it.actor.name,
        issue: words(page, it),
        side: side(it.stance),
        note: it.also.map_or_else(String::new, |it| format!("elsewhere in these reports: {}", side(it))),
        n_origins: it.origins.len(),
        chips: chips(page, &it.support),
    };
    page.account.ledgers.positions.iter().take(extent.list_max).map(view).collect()
}

/// A plan or proposal.
pub(super) struct ProposalView<'a> {
    pub(super) id: usize,
    pub(super) name: &'a str,
    pub(super) by: &'a str,
    pub(super) versions: Vec<VersionView<'a>>,
    /// "for: A, B; against: C".
    pub(super) sides: String,
    pub(super) n_origins: usize,
    pub(super) chips: Vec<Chip>,
}

/// A version with where it is named.
pub(super) struct VersionView<'a> {
    pub(super) words: &'a str,
    pub(super) chips: Vec<Chip>,
}

pub(super) fn proposals<'a>(page: &Page<'a>, lights: &mut Lights) -> Vec<ProposalView<'a>> {
    let view = |it: &'a rapporteur_model::ProposalEntry| ProposalView {
        id: lights.add(&it.support),
        name: &it.name,
        by: it.by.as_ref().map_or("not stated", |it| &it.name),
        versions: it
            .versions
            .iter()
            .map(|it| VersionView { words: &it.words, chips: chips(page, &it.support) })
            .collect(),
        sides: sides(&it.stances),
        n_origins: it.origins.len(),
        chips: chips(page, &it.support),
    };
    page.account.ledgers.proposals.iter().map(view).collect()
}

/// Who is for, against and reserved.
fn sides(stances: &[rapporteur_model::ProposalStance]) -> String {
    let of = |stance: Stance| {
        let names: Vec<&str> =
            stances.iter().filter(|it| it.stance == stance).map(|it| it.actor.name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{}: {}", side(stance), names.join(", ")))
    };
    [Stance::Support, Stance::Oppose, Stance::Neutral].into_iter().filter_map(of).collect::<Vec<_>>().join("; ")
}

const fn side(stance: Stance) -> &'static str {
    match stance {
        Stance::Support => "for",
        Stance::Oppose => "against",
        Stance::Neutral => "reserved",
    }
}

/// The words that take the position, in full where they are few.
fn words(page: &Page<'_>, entry: &rapporteur_model::PositionEntry) -> String {
    const SHOWN_CHARS: usize = 150;
    let full = entry.support.iter().map(|it| one_line(it.span.of(page.reports[it.report.ix()].text())));
    full.min_by_key(String::len).filter(|it| it.chars().count() <= SHOWN_CHARS).unwrap_or_else(|| entry.issue.clone())
}

/// A measure with its values.
pub(super) struct FigureView {
    pub(super) id: usize,
    pub(super) text: String,
    pub(super) values: Vec<ValueView>,
    pub(super) note: String,
}

/// A value as printed.
pub(super) struct ValueView {
    pub(super) printed: String,
    pub(super) chips: Vec<Chip>,
}

pub(super) fn figures(page: &Page<'_>, lights: &mut Lights, extent: &Extent) -> Vec<FigureView> {
    let mut found = Vec::new();
    for entry in page.account.ledgers.figures.iter().take(extent.list_max) {
        let Some(claim) = page.claims.get(entry.claim.ix()) else { continue };
        let cited: Vec<Anchor> = entry.values.iter().flat_map(|it| it.support.iter().copied()).collect();
        let mut note = Vec::new();
        note.extend(entry.giver.as_ref().map(|it| format!("from {}", it.name)));
        note.extend(entry.recipient.as_ref().map(|it| format!("to {}", it.name)));
        note.extend(entry.status.clone());
        if entry.values.len() > 1 {
            note.push("printed in several ways; not to be added up".to_owned());
        }
        let value = |it: &rapporteur_model::StatedValue| ValueView {
            printed: it.printed.clone(),
            chips: chips(page, &it.support),
        };
        found.push(FigureView {
            id: lights.add(&cited),
            text: page.sentence(claim),
            values: entry.values.iter().map(value).collect(),
            note: note.join(" · "),
        });
    }
    found
}

/// Something with a day.
pub(super) struct DatedView {
    pub(super) id: usize,
    pub(super) date: String,
    pub(super) value: String,
    pub(super) status: &'static str,
    pub(super) is_ahead: bool,
    pub(super) word: String,
    pub(super) text: String,
    pub(super) note: String,
    pub(super) chips: Vec<Chip>,
}

pub(super) fn dated(page: &Page<'_>, lights: &mut Lights, extent: &Extent) -> Vec<DatedView> {
    // A happening and what only some tell of it may read the same: one row, with the places of all.
    let mut rows: Vec<(&ScheduleEntry, &ActContent, String, Vec<Anchor>)> = Vec::new();
    for entry in page.account.ledgers.schedule.iter().take(extent.list_max) {
        let Some(claim) = page.claims.get(entry.claim.ix()) else { continue };
        let Content::Act(act) = &claim.content else { continue };
        let text = page.sentence(claim);
        let cited = entry.history.iter().map(|it| it.at);
        let same = |it: &&mut (&ScheduleEntry, &ActContent, String, Vec<Anchor>)| {
            it.0.date == entry.date && it.0.status == entry.status && it.2 == text
        };
        match rows.iter_mut().find(same) {
            Some(row) => row.3.extend(cited),
            None => rows.push((entry, act, text, cited.collect())),
        }
    }
    let mut found = Vec::new();
    for (entry, act, text, mut cited) in rows {
        cited.sort_unstable();
        cited.dedup();
        let words = |it: &str| dates::words(it, page.year()).map(|it| page.worded(&it));
        let mut days: Vec<String> = entry.history.iter().filter_map(|it| words(it.date.as_deref()?)).collect();
        days.sort();
        days.dedup();
        let date = words(&entry.date).unwrap_or_else(|| entry.date.clone());
        let others: Vec<String> = days.into_iter().filter(|it| *it != date).collect();
        found.push(DatedView {
            id: lights.add(&cited),
            value: entry.date.clone(),
            status: entry.status.as_str(),
            is_ahead: entry.status.is_ahead(),
            word: act.trigger.clone(),
            text,
            note: if others.is_empty() { String::new() } else { format!("also given: {}", others.join(", ")) },
            chips: chips(page, &cited),
            date,
        });
    }
    found
}
