//! The agenda as iCalendar (RFC 5545): what lies ahead or was called off, days only, never a guessed clock time.
//!
//! UIDs hold over runs: they are made of the story and of who does what, not of the day, so that a calendar program moves an
//! entry instead of adding a second. SEQUENCE counts the other days that reports gave for it. Written here and not by a
//! library: the one that is kept up brings a second calendar library with it.

use std::collections::BTreeMap;

use rapporteur_model::{Claim, Content, ScheduleEntry, ScheduleStatus};

use super::{Export, Page, Write};
use crate::dates;
use crate::ical::{line, text};
use crate::view::one_line;

pub(super) const EXPORT: Export = Export {
    name: "ics",
    extension: "ics",
    media_type: "text/calendar",
    about: "the agenda as iCalendar (RFC 5545), days only",
    write: Write::Text(write),
};

fn write(pages: &[Page<'_>]) -> String {
    let mut out = String::new();
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//Rapporteur//Agenda//EN");
    for page in pages {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for entry in &page.account.ledgers.schedule {
            let Some(claim) = page.claims.get(entry.claim.ix()) else { continue };
            if !(entry.status.is_ahead() || entry.status == ScheduleStatus::CalledOff) {
                continue;
            }
            let key = key(page, claim);
            let n = seen.entry(key.clone()).or_default();
            *n += 1;
            let uid = if *n == 1 { format!("{key}@rapporteur") } else { format!("{key}-{n}@rapporteur") };
            event(&mut out, page, entry, claim, &uid);
        }
    }
    line(&mut out, "END:VCALENDAR");
    out
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

/// One entry; nothing where no day is named.
fn event(out: &mut String, page: &Page<'_>, entry: &ScheduleEntry, claim: &Claim, uid: &str) {
    let Some((start, end)) = days(&entry.date) else { return };
    let mut others: Vec<&str> =
        entry.history.iter().filter_map(|it| it.date.as_deref()).filter(|it| *it != entry.date).collect();
    others.sort_unstable();
    others.dedup();
    let status = match entry.status {
        ScheduleStatus::Scheduled | ScheduleStatus::Moved | ScheduleStatus::Held => "CONFIRMED",
        ScheduleStatus::Expected | ScheduleStatus::Asked => "TENTATIVE",
        ScheduleStatus::CalledOff => "CANCELLED",
    };
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:{uid}"));
    line(out, &format!("DTSTAMP:{}", stamp(page)));
    line(out, &format!("DTSTART;VALUE=DATE:{start}"));
    line(out, &format!("DTEND;VALUE=DATE:{end}"));
    line(out, &format!("SUMMARY:{}", text(&crate::sentence(claim, page.reports))));
    line(out, &format!("DESCRIPTION:{}", text(&description(page, entry, &others))));
    if let Content::Act(act) = &claim.content
        && let Some(place) = &act.place
    {
        line(out, &format!("LOCATION:{}", text(place)));
    }
    line(out, &format!("STATUS:{status}"));
    line(out, &format!("SEQUENCE:{}", others.len()));
    line(out, "END:VEVENT");
}

/// The day and the one after it, as iCalendar writes days; the end of an entry is the first day it no longer takes.
fn days(value: &str) -> Option<(String, String)> {
    let (year, month, day) = dates::day(value)?;
    let date = jiff::civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let date = date.ok()?;
    let shown = |it: jiff::civil::Date| it.strftime("%Y%m%d").to_string();
    Some((shown(date), shown(date.tomorrow().ok()?)))
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
        lines.push(format!("[{}] {}", report.id(), one_line(it.at.span.of(report.text()))));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_where_the_next_begins() {
        assert_eq!(days("2031-12-31"), Some(("20311231".to_owned(), "20320101".to_owned())));
        assert_eq!(days("2031-W20"), None, "a week is no day");
    }
}
