//! What the forms for other programs share: all stories of a run together, and names that hold outside of the run.

use std::collections::BTreeMap;

use rapporteur_model::{Annotated, CitedSentence, ExternalSource, Relation, ReportIx};
use rapporteur_text::{Offsets, Unit};
use serde_json::Value;
use uuid::Uuid;

use super::Page;
use crate::view::one_line;

/// The reports of all stories in their order, each once, with the page of the first story that has it.
pub(super) fn reports<'a>(pages: &'a [Page<'a>]) -> BTreeMap<ReportIx, &'a Page<'a>> {
    let mut found = BTreeMap::new();
    for page in pages {
        for card in &page.account.reports {
            found.entry(card.report).or_insert(page);
        }
    }
    found
}

/// A report of the run.
pub(super) fn report<'a>(page: &Page<'a>, ix: ReportIx) -> &'a Annotated {
    &page.reports[ix.ix()]
}

/// The counters of code points of all reports of the run, made once.
pub(super) fn code_points<'a>(pages: &[Page<'a>]) -> Vec<Offsets<'a>> {
    let all = pages.first().map_or(&[][..], |it| it.reports);
    all.iter().map(|it| Offsets::new(it.text(), Unit::Char)).collect()
}

/// The headline, which is sentence 0, and the sentences in reading order from 1.
pub(super) fn sentences<'a>(page: &Page<'a>) -> impl Iterator<Item = (usize, &'a CitedSentence)> {
    let account = page.account;
    let body = account.sections.iter().flat_map(|it| &it.sentences);
    account.headline.iter().map(|it| (0, it)).chain(body.enumerate().map(|(ix, it)| (ix + 1, it)))
}

/// The related pairs of which both reports are in a story, sorted.
pub(super) fn pairs<'a>(pages: &'a [Page<'a>]) -> impl Iterator<Item = &'a Relation> {
    let known = reports(pages);
    let all = pages.first().map_or(&[][..], |it| &it.relations.pairs);
    all.iter().filter(move |it| known.contains_key(&it.a) && known.contains_key(&it.b))
}

/// The sources outside of the run that a report of a story comes from or draws on.
pub(super) fn unseen<'a>(pages: &'a [Page<'a>]) -> impl Iterator<Item = &'a ExternalSource> {
    let known = reports(pages);
    let all = pages.first().map_or(&[][..], |it| &it.relations.external);
    all.iter().filter(move |it| {
        it.children.iter().chain(it.cited_by.iter().map(|(ix, _)| ix)).any(|ix| known.contains_key(ix))
    })
}

/// The address of the page a report was, when it states one that can stand in a link. What the report declares is not
/// believed: anything but a plain web address is none.
pub(super) fn address(report: &Annotated) -> Option<&str> {
    let url = report.article.metadata.url.as_ref()?.value.as_str();
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let barred = |c: char| c.is_control() || c.is_whitespace() || "<>\"{}|\\^`".contains(c);
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    (!host.is_empty() && !url.contains(barred) && percents_hold(url)).then_some(url)
}

/// Whether each % is followed by two hexadecimal digits, as RFC 3986 wants it.
fn percents_hold(url: &str) -> bool {
    url.split('%').skip(1).all(|it| it.len() > 1 && it.bytes().take(2).all(|it| it.is_ascii_hexdigit()))
}

/// `urn:rapporteur:report:ID`: a name made of `parts`, whatever stands in them.
pub(super) fn urn(parts: &[&str]) -> String {
    parts.iter().fold("urn:rapporteur".to_owned(), |urn, part| urn + ":" + &escaped(part, '%', "-._~"))
}

/// The name of a report of the run.
pub(super) fn report_urn(page: &Page<'_>, ix: ReportIx) -> String {
    urn(&["report", report(page, ix).id()])
}

/// Letters, digits and those of `kept` stay, each other byte is `mark` and two hexadecimal digits, so that different ids
/// stay different as long as `mark` is not in `kept`.
pub(super) fn escaped(id: &str, mark: char, kept: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || kept.as_bytes().contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push(mark);
            out.push_str(&format!("{byte:02X}"));
        }
    }
    out
}

/// A UUID of version 5 made of `parts`: the same parts, the same UUID, in every run.
pub(super) fn uuid(parts: &[&str]) -> Uuid {
    Uuid::new_v5(&Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:rapporteur"), urn(parts).as_bytes())
}

/// One line without control characters, which neither XML nor a spreadsheet may hold: U+FFFD in their place.
pub(super) fn plain(text: &str) -> String {
    let barred = |c: char| c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    one_line(text).chars().map(|c| if barred(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// A moment a report states for itself, as UTC.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    /// `2025-12-01T13:11:00.000Z`.
    pub(super) utc: String,
    /// What had to be filled in: `None` when date, hour and zone are stated.
    pub(super) filled: Option<&'static str>,
}

/// What a stated date is as a moment: midnight where it is a day, UTC where it has no zone, and `filled` says so.
pub(super) fn moment(stated: &str) -> Option<Moment> {
    let made = |at: jiff::Timestamp, filled| Moment { utc: at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(), filled };
    let found = if let Ok(at) = stated.parse::<jiff::Timestamp>() {
        made(at, None)
    } else {
        let filled = if stated.contains(['T', ' ']) { "zone-not-stated" } else { "hour-not-stated" };
        let local: jiff::civil::DateTime = stated.parse().ok()?;
        made(local.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp(), Some(filled))
    };
    // A year of four digits: others have none in the formats that ask for a moment.
    (found.utc.len() == 24 && !found.utc.starts_with('-')).then_some(found)
}

/// JSON as people can read it, with a line break at its end.
pub(super) fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// Adds a field that is known.
pub(super) fn put(object: &mut Value, name: &str, value: Option<impl Into<Value>>) {
    if let (Some(object), Some(value)) = (object.as_object_mut(), value) {
        object.insert(name.to_owned(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_says_what_was_filled_in() {
        let of = |it: &str| moment(it).map(|it| (it.utc, it.filled));
        assert_eq!(of("2025-12-01T21:11+08:00"), Some(("2025-12-01T13:11:00.000Z".into(), None)));
        assert_eq!(of("2025-12-01T21:11:05Z"), Some(("2025-12-01T21:11:05.000Z".into(), None)));
        assert_eq!(of("2025-12-01"), Some(("2025-12-01T00:00:00.000Z".into(), Some("hour-not-stated"))));
        assert_eq!(of("2025-12-01T21:11"), Some(("2025-12-01T21:11:00.000Z".into(), Some("zone-not-stated"))));
        assert_eq!(of("yesterday"), None);
        assert_eq!(of("-000004-12-01"), None);
    }

    #[test]
    fn different_ids_have_different_names() {
        assert_eq!(urn(&["report", "a:b c"]), "urn:rapporteur:report:a%3Ab%20c");
        assert_ne!(urn(&["a", "b:c"]), urn(&["a:b", "c"]));
        assert_ne!(escaped("a b", '_', "-."), escaped("a_20b", '_', "-."));
    }
}
