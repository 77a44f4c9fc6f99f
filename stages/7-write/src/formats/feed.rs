//! What changed as a feed, RSS 2.0: an item a change.
//!
//! RSS and not Atom: Atom wants a time on every entry, and of many changes none is known. An item has a `pubDate` only when
//! every report behind it states its own day, hour and zone; it is the first of them. The id of an item is made of the story,
//! the place of the words and the change, so that the same change is the same item in every run.

use rapporteur_model::Annotated;
use rapporteur_model::row::SinceRow;

use super::run::{address, plain, uuid};

/// The changes as one feed, in the order of the rows.
pub fn changes_feed(rows: &[SinceRow], reports: &[Annotated]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\">\n<channel>\n");
    element(&mut out, "title", "Rapporteur: what changed");
    element(&mut out, "link", "urn:rapporteur:changes");
    element(
        &mut out,
        "description",
        "What reports changed in the facts of a story. Agreement between reports is not proof.",
    );
    element(&mut out, "generator", "Rapporteur");
    for row in rows {
        item(&mut out, row, reports);
    }
    out += "</channel>\n</rss>\n";
    out
}

fn item(out: &mut String, row: &SinceRow, reports: &[Annotated]) {
    let report = |id: &str| reports.iter().find(|it| it.id() == id);
    *out += "<item>\n";
    element(out, "title", &format!("{}: {}", heading(&row.change), plain(&row.fact)));
    if let Some(link) = row.support.iter().find_map(|it| address(report(&it.report)?)) {
        element(out, "link", link);
    }
    element(out, "description", &description(row));
    element(out, "category", &row.change);
    *out += &format!("<guid isPermaLink=\"false\">urn:uuid:{}</guid>\n", id(row, reports));
    if let Some(told) = published(row, reports) {
        element(out, "pubDate", &told);
    }
    *out += "</item>\n";
}

fn heading(change: &str) -> &str {
    match change {
        "contradicted" => "Contradicted",
        "revised" => "Revised",
        "new" => "New",
        "confirmed" => "Confirmed by a further origin",
        "dropped" => "Dropped",
        other => other,
    }
}

/// Story, first place of the words, change; of what can happen to one fact more than once, also how. The first place is that of
/// the report that states the earliest day, so that reports that come in later do not make it another item.
fn id(row: &SinceRow, reports: &[Annotated]) -> uuid::Uuid {
    let day = |id: &str| {
        let meta = &reports.iter().find(|it| it.id() == id)?.article.metadata;
        meta.date_published.as_ref().or(meta.date_modified.as_ref())?.value.get(..10)
    };
    let place = row.support.iter().min_by_key(|it| (day(&it.report).is_none(), day(&it.report), &it.report, it.span));
    let (report, span) = place.map_or(("", (0, 0)), |it| (it.report.as_str(), it.span));
    let place = format!("{}-{}", span.0, span.1);
    let how = match row.change.as_str() {
        "confirmed" => row.independent_origins.to_string(),
        "revised" | "contradicted" => row.because.clone(),
        _ => String::new(),
    };
    uuid(&["change", &row.story, &row.change, report, &place, &how])
}

/// Readers take a description for HTML, so words are escaped as HTML before they are escaped as XML.
fn description(row: &SinceRow) -> String {
    let mut lines = vec![plain(&row.because)];
    lines.extend(row.was.as_deref().map(|it| format!("Was: {}", plain(it))));
    lines.extend(row.support.iter().map(|it| {
        let (start, end) = it.span;
        format!("{} {start}-{end} ({}): {}", plain(&it.report), row.offsets, plain(&it.text))
    }));
    lines.iter().map(|it| format!("<p>{}</p>", escaped(it))).collect()
}

/// The first moment the reports behind a change state, when all of them state one; nothing dates what is gone.
fn published(row: &SinceRow, reports: &[Annotated]) -> Option<String> {
    let stated = |id: &str| -> Option<jiff::Timestamp> {
        let meta = &reports.iter().find(|it| it.id() == id)?.article.metadata;
        meta.date_published.as_ref().or(meta.date_modified.as_ref())?.value.parse().ok()
    };
    let moments: Vec<Option<jiff::Timestamp>> = row.support.iter().map(|it| stated(&it.report)).collect();
    let all: Option<Vec<jiff::Timestamp>> = moments.into_iter().collect();
    let first = all?.into_iter().min().filter(|_| row.change != "dropped")?;
    Some(first.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string())
}

fn element(out: &mut String, name: &str, words: &str) {
    *out += &format!("<{name}>{}</{name}>\n", escaped(words));
}

fn escaped(words: &str) -> String {
    quick_xml::escape::escape(words).into_owned()
}
