//! Lists of feeds as feed readers exchange them (OPML 1.0 and 2.0): `<outline xmlUrl="…"/>`, folders in folders.
//!
//! Nothing is expanded but the references of XML itself, so a small file stays small; and nothing is fetched from what it
//! names.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::fetcher::canonical;

/// Longest list, in bytes.
pub const OPML_BYTES_MAX: usize = 8 << 20;
/// Most feeds of one list.
pub const FEEDS_MAX: usize = 10_000;

/// What a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opml {
    /// Addresses of feeds, in the order of the list, each once.
    pub feeds: Vec<String>,
    /// What is wrong with it, in words; the rest was read.
    pub problems: Vec<String>,
}

/// Whether bytes look like such a list.
pub fn is_opml(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(2048)];
    let text = decode(head);
    let Some(at) = text.find("<opml") else { return false };
    // Behind a declaration, comments and a document type, not inside of something else.
    !text[..at].contains("<html") && !text[..at].contains("<rss") && !text[..at].contains("<feed")
}

/// Reads a list. Never fails: what comes before damage is kept, and a problem says where it is.
pub fn read(bytes: &[u8]) -> Opml {
    let mut opml = Opml::default();
    if OPML_BYTES_MAX < bytes.len() {
        opml.problems.push(format!("is longer than {OPML_BYTES_MAX} bytes; only the beginning is read"));
    }
    let text = decode(&bytes[..bytes.len().min(OPML_BYTES_MAX)]);
    let mut reader = Reader::from_str(&text);
    // People's lists are written by many programs; an end that fits no start costs nothing here.
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut seen = std::collections::BTreeSet::new();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(it) | Event::Empty(it)) if it.local_name().as_ref().eq_ignore_ascii_case("outline") => {
                let Some(written) = address(&it) else { continue };
                match canonical(None, &written) {
                    None => {
                        opml.problems.push(format!("{:?} is no web address; left out", crate::target::short(&written)))
                    }
                    Some(url) if FEEDS_MAX <= opml.feeds.len() && !seen.contains(&url) => {
                        opml.problems.push(format!("holds more than {FEEDS_MAX} feeds; the rest is left out"));
                        break;
                    }
                    Some(url) => {
                        if seen.insert(url.clone()) {
                            opml.feeds.push(url);
                        }
                    }
                }
            }
            Ok(_) => {}
            Err(e) => {
                let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(text.len());
                let line = 1 + text.as_bytes()[..at].iter().filter(|it| **it == b'\n').count();
                opml.problems.push(format!("is broken XML near line {line}: {e}; what comes before is kept"));
                break;
            }
        }
    }
    if opml.feeds.is_empty() && opml.problems.is_empty() {
        opml.problems.push("names no feed: no outline has an xmlUrl".to_owned());
    }
    opml
}

/// The `xmlUrl` of an outline, in any case. An address with an entity of the list's own stays as it is written, and is
/// then no address.
fn address(outline: &BytesStart<'_>) -> Option<String> {
    let mut attributes = outline.attributes();
    let attributes = attributes.with_checks(false).filter_map(Result::ok);
    let mut found = attributes.filter(|it| it.key.local_name().as_ref().eq_ignore_ascii_case("xmlUrl"));
    let written = found.next()?.value.into_owned();
    let value = quick_xml::escape::unescape(&written).map_or_else(|_| written.clone(), |it| it.into_owned());
    Some(value.trim().to_owned()).filter(|it| !it.is_empty())
}

/// UTF-8 or UTF-16 as the mark says; else what the declaration says; bytes that are neither are shown as such.
fn decode(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let said = head.split("encoding=").nth(1).and_then(|it| it.split(['"', '\'']).nth(1));
    let said = said.and_then(|it| encoding_rs::Encoding::for_label(it.as_bytes())).unwrap_or(encoding_rs::UTF_8);
    said.decode(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_in_folders_are_found() {
        let text = r#"<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Lakes"><outline text="Post" type="rss" xmlUrl="https://post.example/feed?a=b&amp;c=d" htmlUrl="https://post.example/"/>
<OUTLINE XMLURL=" HTTPS://Tarn.example/atom "></OUTLINE></outline>
<outline text="again" xmlUrl="https://post.example/feed?a=b&#38;c=d#x"/><outline text="a note"/>
<outline xmlUrl="feed.xml"/><outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="javascript:alert(1)"/></body></opml>"#;
        let found = read(text.as_bytes());
        assert_eq!(found.feeds, ["https://post.example/feed?a=b&c=d", "https://tarn.example/atom"]);
        assert_eq!(found.problems.len(), 3, "{:?}", found.problems);
        assert!(is_opml(text.as_bytes()) && !is_opml(b"<html><opml>") && !is_opml(b"<rss/>"));
    }

    #[test]
    fn entities_expand_to_nothing() {
        let mut text = "<!DOCTYPE opml [<!ENTITY a \"https://bomb.example/\">".to_owned();
        for n in 1..40 {
            text += &format!("<!ENTITY a{n} \"&a{0};&a{0};&a{0};\">", n - 1);
        }
        text += "<!ENTITY file SYSTEM \"file:///etc/passwd\"><!ENTITY % far SYSTEM \"http://127.0.0.1/x.dtd\"> %far;]>";
        text += "<opml><body><outline xmlUrl=\"&a39;\"/><outline xmlUrl=\"&file;\"/><outline xmlUrl=\"https://post.example/&a;\"/>\
                 <outline xmlUrl=\"https://post.example/ok\"/></body></opml>";
        let found = read(text.as_bytes());
        assert!(found.feeds.contains(&"https://post.example/ok".to_owned()), "{found:?}");
        assert!(!found.feeds.iter().any(|it| it.contains("bomb") || it.contains("passwd")), "{found:?}");
        assert_eq!(found.problems.len(), 2, "{found:?}");
        assert!(found.problems[0].contains("&a39;"));
    }

    #[test]
    fn damage_keeps_what_came_before() {
        let found =
            read(b"<opml><body><outline xmlUrl='https://a.example/'/>\n<outline xmlUrl='https://b.example/' <<");
        assert_eq!(found.feeds, ["https://a.example/"]);
        assert!(found.problems[0].contains("near line 2"), "{:?}", found.problems);
        let deep = format!("<opml>{}", "<outline>".repeat(200_000));
        assert!(read(deep.as_bytes()).feeds.is_empty());
        let many: String = (0..FEEDS_MAX + 5).map(|it| format!("<outline xmlUrl='https://p.example/{it}'/>")).collect();
        let found = read(format!("<opml>{many}</opml>").as_bytes());
        assert_eq!((found.feeds.len(), found.problems.len()), (FEEDS_MAX, 1));
        assert!(read(b"").problems[0].contains("names no feed"));
        let wide: Vec<u8> = "\u{feff}<opml><outline xmlUrl='https://w.example/'/></opml>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&wide).feeds, ["https://w.example/"]);
        assert!(is_opml(&wide));
    }
}
