//! NewsML-G2 (IPTC): news items of text, alone or in a message.
//!
//! Left alone on purpose: pictures and packages, subjects, urgency, rights.

use crate::ReadOutcome;
use crate::formats::feed::raw_of;
use crate::formats::{Format, Input, html};
use crate::report::{Content, of_content, one_line};
use crate::xml::{self, Element};
use rapporteur_model::{Declared, Media, Problem};

pub(crate) const FORMAT: Format = Format {
    name: "newsml",
    extensions: &["newsml", "nml"],
    is_like: |text| text.starts_with('<') && matches!(xml::root_name(text), Some("newsItem" | "newsMessage")),
    read,
};

fn read(input: Input<'_>) -> ReadOutcome {
    let source = input.decoded.text.as_str();
    let (root, problems) = xml::parse(source, input.limits);
    let mut outcome = ReadOutcome { reports: Vec::new(), problems };
    let Some(root) = root else { return outcome };
    let items: Vec<&Element<'_>> = match root.local() {
        "newsItem" => vec![&root],
        _ => root.all("itemSet").flat_map(|it| it.all("newsItem")).collect(),
    };
    let mut n_empty = 0;
    for (ix, item) in items.iter().enumerate().take(input.limits.reports_max) {
        let Some(content) = content(source, item) else {
            n_empty += 1;
            continue;
        };
        let mut report = of_content(input, content, Media::Feed);
        let is_only = items.len() == 1;
        report.location = if is_only { input.location.to_owned() } else { format!("{}#{}", input.location, ix + 1) };
        let own = item.attribute("guid").filter(|it| !it.is_empty());
        report.id = own.unwrap_or_else(|| input.id_of_file(&report.raw_sha256, (!is_only).then_some(ix + 1)));
        let status = item.path(&["itemMeta", "pubStatus"]).and_then(|it| it.attribute("qcode")).unwrap_or_default();
        if status.ends_with(":canceled") || status.ends_with(":withheld") {
            let message = format!("its provider has taken it back ('{status}'); read all the same");
            report.problems.push(Problem::new("newsml-taken-back", message));
        }
        report.declared.splice(0..0, declared(input, item));
        outcome.reports.push(report);
    }
    if 0 < n_empty {
        let message = format!("{n_empty} of {} news items have no text; left out", items.len());
        outcome.problems.push(Problem::new("newsml-items-without-text", message));
    }
    outcome
}

/// `contentSet` holds one content, perhaps in several forms: marked up before plain.
fn content(source: &str, item: &Element<'_>) -> Option<Content> {
    let set = item.child("contentSet")?;
    let marked_up = set.all("inlineXML").map(|it| Content { mapped: it.as_html(source), is_html: true });
    let plain = set.all("inlineData").map(|it| {
        let is_html =
            it.attribute("contenttype").is_some_and(|it| it.contains("html")) || html::has_markup(&it.text.text);
        Content { mapped: it.text.clone(), is_html }
    });
    marked_up.chain(plain).find(|it| it.mapped.text.chars().any(char::is_alphanumeric))
}

fn declared(input: Input<'_>, item: &Element<'_>) -> Vec<Declared> {
    let mut found = Vec::new();
    let mut push = |name: &str, element: Option<&Element<'_>>| {
        let Some(element) = element else { return };
        let attribute = || ["literal", "tag"].iter().find_map(|it| element.attribute(it));
        let value = element.value().map(str::to_owned).or_else(attribute).unwrap_or_default();
        let value = one_line(&value);
        if !value.is_empty() {
            found.push(Declared { name: name.to_owned(), value, raw: raw_of(input, element) });
        }
    };
    // A concept has its name inside, or as a literal, or only as a code that says nothing here.
    fn named<'a, 'b>(it: &'b Element<'a>) -> &'b Element<'a> {
        it.child("name").unwrap_or(it)
    }
    if let Some(meta) = item.child("contentMeta") {
        push("newsml:headline", meta.child("headline"));
        push("newsml:created", meta.child("contentCreated"));
        push("newsml:updated", meta.child("contentModified"));
        meta.all("creator")
            .filter(|it| it.child("name").is_some())
            .for_each(|it| push("newsml:author", Some(named(it))));
        push("newsml:author", meta.child("by"));
        push("newsml:located", meta.child("located").map(named));
        push("newsml:language", meta.child("language"));
        push("newsml:description", meta.child("description"));
    }
    if let Some(meta) = item.child("itemMeta") {
        push("newsml:headline", meta.child("title"));
        push("newsml:created", meta.child("firstCreated"));
        push("newsml:updated", meta.child("versionCreated"));
        push("newsml:created", meta.child("versionCreated"));
        push("newsml:provider", meta.child("provider").map(named));
        push("newsml:section", meta.path(&["service", "name"]));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::{Limits, Source, read};
    use rapporteur_model::Span;

    #[test]
    fn a_news_item() {
        let text = r#"<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:newsml:tarn.example:1" version="2">
<itemMeta><provider qcode="nprov:tarn"><name>Tarn Wire</name></provider><versionCreated>2031-02-03T09:00:00Z</versionCreated>
<pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><contentCreated>2031-02-03T08:00:00Z</contentCreated><located qcode="x:1"><name>Verra</name></located>
<by>By Ana Ilves</by><headline xml:lang="en">Lake talks resume</headline><language tag="en-GB"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>The ministers met &amp; talked.</p></body></html></inlineXML></contentSet>
</newsItem><newsItem guid="2"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta><contentSet><inlineData contenttype="text/plain">Withdrawn words.</inlineData></contentSet></newsItem>
<newsItem guid="3"><contentSet><remoteContent href="a.jpg"/></contentSet></newsItem></itemSet></newsMessage>"#;
        let outcome = read(&Source { location: "in.xml", bytes: text.as_bytes() }, &Limits::default());
        let [first, second] = &outcome.reports[..] else { panic!("{outcome:?}") };
        assert_eq!(
            (first.id.as_str(), first.text.as_str()),
            ("urn:newsml:tarn.example:1", "The ministers met & talked.")
        );
        let at = first.text.find('&').unwrap();
        assert_eq!(&text[first.raw_map.to_raw(Span::at(at, at + 1), first.text.len()).unwrap()], "&amp;");
        let declared: Vec<(&str, &str)> =
            first.declared.iter().map(|it| (it.name.as_str(), it.value.as_str())).collect();
        for expected in [
            ("newsml:headline", "Lake talks resume"),
            ("newsml:created", "2031-02-03T08:00:00Z"),
            ("newsml:author", "By Ana Ilves"),
            ("newsml:located", "Verra"),
            ("newsml:language", "en-GB"),
            ("newsml:provider", "Tarn Wire"),
            ("newsml:updated", "2031-02-03T09:00:00Z"),
        ] {
            assert!(declared.contains(&expected), "{expected:?} is not in {declared:?}");
        }
        assert_eq!(second.problems[0].code, "newsml-taken-back");
        assert_eq!(outcome.problems[0].message, "1 of 3 news items have no text; left out");
    }
}
