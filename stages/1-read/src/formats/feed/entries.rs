//! What a feed has: its entries, where each leads, and whether it holds the report or only its beginning.
//!
//! Whether a text is all of a report, no feed says. Taken for all of it is a text of the element that is meant for it
//! (`content:encoded`, Atom's `content`, JSON Feed's `content_html`) from 1,000 characters on, or of one that is meant for a
//! summary from 2,500 on, when it does not end as a beginning does (`…`, `[...]`, `Read more`). Set by thought, not by trying:
//! a wrong "all" loses the rest of a page, a wrong "beginning" costs one request, so doubt goes for the beginning.

use crate::formats::feed::{content, is_feed};
use crate::html::page;
use crate::json::{self, Json};
use crate::limits::Limits;
use crate::report::{Content, sha256};
use crate::xml::{self, Element};
use crate::{encoding, html};

/// One entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// Its number in the feed, from 1; reports of the feed have it behind the `#` of their location.
    pub number: u32,
    /// What the feed calls it: its own id, else its address, else its title.
    pub id: String,
    /// Where it leads, as written; may be relative to the feed.
    pub url: Option<String>,
    /// How much of the report it holds.
    pub holds: Holds,
    /// SHA-256 of its title, date of change and text: another one, another version.
    pub sha256: String,
}

/// How much of a report an entry holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// No text.
    Nothing,
    /// A summary or a beginning.
    Beginning,
    /// All of it, as far as can be told.
    All,
}

const ALL_CHARS_MIN: usize = 1000;
const ALL_CHARS_MIN_SUMMARY: usize = 2500;
/// How a text ends that goes on elsewhere, in small letters.
const ENDS_OF_BEGINNINGS: &[&str] =
    &["…", "...", "[…]", "[...]", "(…)", "read more", "continue reading", "full story", "read the full story", "→", "»"];

/// The entries of a feed (RSS, Atom, RDF, JSON Feed) in its order, without those that have neither address nor text.
/// `None` when `bytes` are no feed. `said` is the encoding that a server named.
pub fn feed_entries(bytes: &[u8], said: Option<&str>, limits: &Limits) -> Option<Vec<FeedEntry>> {
    let bytes = &bytes[..bytes.len().min(limits.file_bytes_max)];
    let decoded = encoding::decode(bytes, said);
    let text = decoded.text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    let mut entries = match () {
        () if is_feed(text) => of_xml(text, limits)?,
        () if text.starts_with('{') => of_json(text, limits)?,
        () => return None,
    };
    entries.retain(|it| it.url.is_some() || it.holds != Holds::Nothing);
    Some(entries)
}

fn of_xml(source: &str, limits: &Limits) -> Option<Vec<FeedEntry>> {
    let root = xml::parse(source, limits).0?;
    let feed = root.child("channel").unwrap_or(&root);
    let is_item = |it: &&Element<'_>| matches!(it.local(), "item" | "entry");
    let inside = feed.children.iter().filter(is_item);
    let beside = root.children.iter().filter(is_item).filter(|_| !std::ptr::eq(feed, &root));
    let items = inside.chain(beside).take(limits.reports_max);
    Some(items.zip(1..).map(|(item, number)| of_item(source, item, number, limits)).collect())
}

fn of_item(source: &str, item: &Element<'_>, number: u32, limits: &Limits) -> FeedEntry {
    let value = |names: &[&str]| {
        let plain = |it: &&Element<'_>| !it.name.starts_with("media:") && !it.name.starts_with("itunes:");
        names.iter().flat_map(|name| item.all(name)).filter(plain).find_map(|it| it.value().map(decoded))
    };
    let is_own = |it: &&Element<'_>| it.attribute("rel").is_none_or(|rel| rel == "alternate");
    let link = item.all("link").filter(is_own).find_map(|it| match it.attribute("href") {
        Some(href) => Some(href),
        None => it.value().map(decoded),
    });
    let own = value(&["guid", "id"]);
    // A `guid` is an address unless it says otherwise (RSS 2.0).
    let permanent = item.child("guid").filter(|it| it.attribute("isPermaLink").is_none_or(|it| it == "true"));
    let url = link.or_else(|| permanent.and(own.clone()).filter(|it| it.starts_with("http")));
    let whole = ["encoded", "content"].iter().flat_map(|it| item.all(it));
    let has_whole = whole.filter(|it| !it.name.starts_with("media:")).any(|it| it.value().is_some() || !it.children.is_empty());
    let text = content(source, item).map(|it| plain_text(it, limits)).unwrap_or_default();
    entry(number, own, url, value(&["title"]), value(&["updated", "modified", "pubDate", "date"]), &text, has_whole)
}

fn of_json(source: &str, limits: &Limits) -> Option<Vec<FeedEntry>> {
    let (root, _) = json::parse(source, 0, limits.json_depth_max).ok()?;
    let text = |it: &Json, key: &str| it.get(source, key).and_then(|it| it.as_text(source)).filter(|it| !it.is_empty());
    if !text(&root, "version").is_some_and(|it| it.contains("jsonfeed.org")) {
        return None;
    }
    let Some(Json::Array(items)) = root.get(source, "items") else { return Some(Vec::new()) };
    let of_item = |(item, number): (&Json, u32)| {
        let html = text(item, "content_html").map(|it| page::render(&it, limits).text);
        let whole = html.or_else(|| text(item, "content_text"));
        let has_whole = whole.is_some();
        let words = whole.or_else(|| text(item, "summary")).unwrap_or_default();
        let url = text(item, "url").or_else(|| text(item, "external_url"));
        entry(number, text(item, "id"), url, text(item, "title"), text(item, "date_modified"), &words, has_whole)
    };
    Some(items.iter().take(limits.reports_max).zip(1..).map(of_item).collect())
}

fn entry(
    number: u32,
    own: Option<String>,
    url: Option<String>,
    title: Option<String>,
    changed: Option<String>,
    text: &str,
    has_whole: bool,
) -> FeedEntry {
    let parts = [title.as_deref(), changed.as_deref(), Some(text)];
    let all: String = parts.into_iter().flatten().flat_map(|it| [it, "\0"]).collect();
    let url = url.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    let id = own.or_else(|| url.clone()).or(title).unwrap_or_else(|| sha256(text.as_bytes()));
    FeedEntry { number, id, url, holds: holds(text, has_whole), sha256: sha256(all.as_bytes()) }
}

fn holds(text: &str, has_whole: bool) -> Holds {
    let text = text.trim();
    let n_chars = text.chars().filter(|it| !it.is_whitespace()).count();
    if !text.chars().any(char::is_alphanumeric) {
        return Holds::Nothing;
    }
    let end: String = text.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    let end = end.to_lowercase();
    let is_beginning = ENDS_OF_BEGINNINGS.iter().any(|it| end.trim_end_matches(['.', ' ']).ends_with(it) || end.ends_with(it));
    let min = if has_whole { ALL_CHARS_MIN } else { ALL_CHARS_MIN_SUMMARY };
    if min <= n_chars && !is_beginning { Holds::All } else { Holds::Beginning }
}

fn plain_text(content: Content, limits: &Limits) -> String {
    if content.is_html { page::render(&content.mapped.text, limits).text } else { content.mapped.text }
}

fn decoded(value: &str) -> String {
    html::entities::decode(value).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<FeedEntry> {
        feed_entries(text.as_bytes(), None, &Limits::default()).expect("a feed")
    }

    #[test]
    fn an_entry_is_where_it_leads_and_what_it_holds() {
        let words = "The ferry to Kalvik ran again on Monday. ".repeat(40);
        let text = format!(
            r#"<rss xmlns:content="c"><channel><link>https://post.example/</link>
<item><title>One</title><link> https://post.example/1?a=b&amp;c=d </link><guid isPermaLink="false">x1</guid><description>Short.</description>
<content:encoded><![CDATA[<p>{words}</p>]]></content:encoded></item>
<item><title>Two</title><guid>https://post.example/2</guid><description>{words}</description></item>
<item><title>Three</title><link>/3</link></item>
<item><title>Four</title></item>
<item><title>Five</title><link>/5</link><content:encoded><![CDATA[<p>{words} <a href="/5">Continue reading</a></p>]]></content:encoded></item>
</channel></rss>"#
        );
        let found = entries(&text);
        let short: Vec<_> = found.iter().map(|it| (it.number, it.id.as_str(), it.url.as_deref(), it.holds)).collect();
        assert_eq!(
            short,
            [
                (1, "x1", Some("https://post.example/1?a=b&c=d"), Holds::All),
                (2, "https://post.example/2", Some("https://post.example/2"), Holds::Beginning),
                (3, "/3", Some("/3"), Holds::Nothing),
                (5, "/5", Some("/5"), Holds::Beginning),
            ]
        );
        let changed = entries(&text.replace("Three", "Three, corrected"));
        assert_eq!(changed[0].sha256, found[0].sha256);
        assert_ne!(changed[2].sha256, found[2].sha256);
    }

    #[test]
    fn atom_and_json_feeds_are_feeds_and_pages_are_none() {
        let atom = r#"<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><link rel="edit" href="/e"/>
<link href="a.html"/><updated>2031-05-12T06:00:00Z</updated><summary>In short.</summary></entry></feed>"#;
        let [one] = &entries(atom)[..] else { panic!() };
        assert_eq!((one.id.as_str(), one.url.as_deref(), one.holds), ("tag:1", Some("a.html"), Holds::Beginning));
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "7", "url": "https://post.example/7", "content_html": "<p>x</p>"}, 5]}"#;
        let [one] = &entries(json)[..] else { panic!() };
        assert_eq!((one.id.as_str(), one.holds), ("7", Holds::Beginning));
        assert_eq!(entries("<rss><channel></channel></rss>"), []);
        for other in ["", "<!DOCTYPE html><p>Hello", "{\"text\": \"x\"}", "{", "words", "<opml><body/></opml>"] {
            assert_eq!(feed_entries(other.as_bytes(), None, &Limits::default()), None, "{other}");
        }
    }
}
