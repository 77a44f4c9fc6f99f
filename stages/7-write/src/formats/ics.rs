//! The agenda as iCalendar (RFC 5545): what lies ahead or was called off, days only, never a guessed clock time.
//!
//! UIDs hold over runs: they are made of the story and of who does what, not of the day, so that a calendar program moves an
//! entry instead of adding a second. SEQUENCE counts the other days that reports gave for it before.

use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use rapporteur_model::{Claim, Content, ScheduleEntry, ScheduleStatus};

use super::{Format, Page};
use crate::dates;

pub(crate) const FORMAT: Format = Format { name: "ics", extension: "ics", media_type: "text/calendar", write };

fn write(page: &Page<'_>) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0")).append_property(("PRODID", "-//Rapporteur//Agenda//EN"));
    let title = page.account.headline.as_ref().map_or("Agenda", |it| it.text());
    calendar.append_property(("X-WR-CALNAME", title));
    let mut seen = std::collections::BTreeMap::new();
    for entry in &page.account.ledgers.schedule {
        let Some(claim) = page.claims.get(entry.claim.ix()) else { continue };
        if !(entry.status.is_ahead() || entry.status == ScheduleStatus::CalledOff) {
            continue;
        }
        let key = key(page, claim);
        let n: &mut u32 = seen.entry(key.clone()).or_default();
        *n += 1;
        let uid = if *n == 1 { format!("{key}@rapporteur") } else { format!("{key}-{n}@rapporteur") };
        if let Some(event) = event(page, entry, claim, &uid) {
            calendar.push(event);
        }
    }
    calendar.to_string()
}

/// What an entry is called over runs.
fn key(page: &Page<'_>, claim: &Claim) -> String {
    let Content::Act(act) = &claim.content else { return claim.id.clone() };
    let mut parts: Vec<&str> = act.actors.iter().chain(&act.recipients).map(|it| it.id.as_str()).collect();
    parts.sort_unstable();
    let words =
        [&[page.account.story.as_str(), act.kind.as_str(), act.mode.as_str()], parts.as_slice()].concat().join(" ");
    // FNV-1a: a short name, no secret.
    let hash =
        words.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, it| (hash ^ u64::from(it)).wrapping_mul(0x100_0000_01B3));
    format!("{hash:016x}")
}

fn event(page: &Page<'_>, entry: &ScheduleEntry, claim: &Claim, uid: &str) -> Option<Event> {
    let (year, month, day) = dates::day(&entry.date)?;
    let start = format!("{year:04}{:02}{day:02}", month);
    let first =
        jiff::civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let end = first.tomorrow().ok()?.strftime("%Y%m%d").to_string();
    let mut others: Vec<&str> =
        entry.history.iter().filter_map(|it| it.date.as_deref()).filter(|it| *it != entry.date).collect();
    others.sort_unstable();
    others.dedup();
    let status = match entry.status {
        ScheduleStatus::Scheduled | ScheduleStatus::Moved | ScheduleStatus::Held => EventStatus::Confirmed,
        ScheduleStatus::Expected | ScheduleStatus::Asked => EventStatus::Tentative,
        ScheduleStatus::CalledOff => EventStatus::Cancelled,
    };
    let mut event = Event::new();
    event.uid(uid).summary(&crate::sentence(claim, page.reports)).status(status);
    event.description(&description(page, entry, &others));
    event.append_multi_property(icalendar::Property::new("DTSTART", start).add_parameter("VALUE", "DATE").done());
    event.append_multi_property(icalendar::Property::new("DTEND", end).add_parameter("VALUE", "DATE").done());
    event.add_property("DTSTAMP", stamp(page));
    event.add_property("SEQUENCE", others.len().to_string());
    if let Content::Act(act) = &claim.content
        && let Some(place) = &act.place
    {
        event.location(place);
    }
    Some(event.done())
}

/// The account's own day: the output must not depend on when the program runs.
fn stamp(page: &Page<'_>) -> String {
    let day = page.account.coverage.as_of.as_deref().and_then(dates::day);
    let (year, month, day) = day.unwrap_or((1970, 1, 1));
    format!("{year:04}{month:02}{day:02}T000000Z")
}

fn description(page: &Page<'_>, entry: &ScheduleEntry, others: &[&str]) -> String {
    let mut lines: Vec<String> = Vec::new();
    if !others.is_empty() {
        lines.push(format!("Also given for {}.", others.join(", ")));
    }
    for it in &entry.history {
        let report = &page.reports[it.at.report.ix()];
        lines.push(format!("[{}] {}", report.id(), crate::view::one_line(it.at.span.of(report.text()))));
    }
    lines.join("\n")
}
