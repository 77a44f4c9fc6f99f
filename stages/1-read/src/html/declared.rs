//! What a page declares of itself: title, meta elements, JSON-LD, marked-up dates and names, the canonical address.

use crate::html::entities;
use crate::html::json_ld;
use crate::html::tokens::{Attribute, attributes};
use crate::report::one_line;
use rapporteur_model::Declared;

/// What a start tag said that the text needs.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen {
    pub(crate) is_hidden: bool,
}

/// Collects declarations while the page is read.
#[derive(Debug)]
pub(crate) struct Finds<'a> {
    html: &'a str,
    found: Vec<Declared>,
    // An element whose text is a value, and its text so far.
    capture: Option<Capture>,
}

#[derive(Debug)]
struct Capture {
    name: String,
    element: String,
    value: String,
    start: usize,
    end: usize,
}

// A page with more declarations than this is not a news page.
const DECLARED_MAX: usize = 2000;
// The text of one marked-up name or date.
const VALUE_BYTES_MAX: usize = 1000;

impl<'a> Finds<'a> {
    pub(crate) fn new(html: &'a str) -> Finds<'a> {
        Finds { html, found: Vec::new(), capture: None }
    }

    fn add(&mut self, name: impl Into<String>, value: String, raw: Option<(usize, usize)>) {
        let value = one_line(&value);
        if !value.is_empty() && self.found.len() < DECLARED_MAX {
            let raw = raw.map(|(start, end)| (start as u32, end as u32));
            self.found.push(Declared { name: name.into(), value, raw });
        }
    }

    fn add_attribute(&mut self, name: impl Into<String>, it: Attribute<'_>) {
        self.add(name, entities::decode(it.value), Some((it.start, it.start + it.value.len())));
    }

    pub(crate) fn start(&mut self, name: &str, part: &'a str, part_start: usize) -> Seen {
        let mut seen = Seen::default();
        match name {
            "title" => self.capture("title", "title", part_start),
            "br" => {
                if let Some(capture) = &mut self.capture {
                    capture.value.push(' ');
                }
            }
            _ => {}
        }
        if part.is_empty() {
            return seen;
        }
        let (mut key, mut content, mut datetime, mut itemprop, mut rel, mut href, mut is_ld) =
            (None, None, None, None, None, None, false);
        let mut class = "";
        let mut is_pubdate = false;
        for it in attributes(part, part_start) {
            match it.name {
                "hidden" => seen.is_hidden |= !it.value.eq_ignore_ascii_case("until-found"),
                "style" => seen.is_hidden |= is_display_none(it.value),
                "aria-hidden" => seen.is_hidden |= it.value == "true" && matches!(name, "span" | "i"),
                "type" if name == "script" => is_ld = it.value.to_ascii_lowercase().contains("ld+json"),
                "name" | "property" | "http-equiv" if name == "meta" => key = Some(it),
                "content" => content = Some(it),
                "datetime" => datetime = Some(it),
                "itemprop" => itemprop = Some(it),
                "rel" => rel = Some(it),
                "href" => href = Some(it),
                "class" => class = it.value,
                "pubdate" => is_pubdate = true,
                "lang" | "xml:lang" if name == "html" => self.add_attribute("html:lang", it),
                _ => {}
            }
        }
        match name {
            "meta" => {
                if let (Some(key), Some(content)) = (key, content) {
                    let key = key.value.trim().to_ascii_lowercase();
                    let name = if key.contains(':') { key } else { format!("meta:{key}") };
                    self.add_attribute(name, content);
                }
            }
            "link" => {
                if let (Some(rel), Some(href)) = (rel, href)
                    && rel.value.eq_ignore_ascii_case("canonical")
                {
                    self.add_attribute("link:canonical", href);
                }
            }
            "time" => {
                if let Some(datetime) = datetime {
                    let name = if is_pubdate { "time:pubdate".to_owned() } else { with_class("time:datetime", class) };
                    self.add_attribute(name, datetime);
                } else if self.capture.is_none() {
                    self.capture(&with_class("time:text", class), name, part_start);
                }
            }
            "script" if is_ld => self.capture("json-ld", "script", part_start),
            _ => {}
        }
        if let Some(itemprop) = itemprop {
            for word in itemprop.value.split_ascii_whitespace() {
                let Some(known) = ITEMPROPS.iter().find(|it| it.eq_ignore_ascii_case(word)) else { continue };
                let key = format!("itemprop:{known}");
                match content.or(datetime) {
                    Some(value) => self.add_attribute(key, value),
                    None if self.capture.is_none() && !matches!(name, "meta" | "link" | "time") => {
                        self.capture(&key, name, part_start);
                    }
                    None => {}
                }
            }
        } else if let Some(rel) = rel
            && name == "a"
            && rel.value.split_ascii_whitespace().any(|it| it == "author")
            && self.capture.is_none()
        {
            self.capture("rel:author", "a", part_start);
        }
        seen
    }

    fn capture(&mut self, name: &str, element: &str, at: usize) {
        self.capture = Some(Capture {
            name: name.to_owned(),
            element: element.to_owned(),
            value: String::new(),
            start: at,
            end: at,
        });
    }

    pub(crate) fn text(&mut self, start: usize, text: &'a str) {
        let Some(capture) = &mut self.capture else { return };
        let is_ld = capture.name == "json-ld";
        if is_ld {
            capture.start = start;
            capture.end = start + text.len();
            return;
        }
        if capture.value.len() < VALUE_BYTES_MAX {
            if capture.value.is_empty() {
                capture.start = start;
            }
            capture.end = start + text.len();
            // Parts of a value ("By", "Jane Doe") may stand in elements of their own.
            capture.value.push_str(&entities::decode(text));
        }
    }

    pub(crate) fn end(&mut self, name: &str) {
        if self.capture.as_ref().is_none_or(|it| it.element != name) {
            return;
        }
        let Some(capture) = self.capture.take() else { return };
        if capture.name == "json-ld" {
            for (name, value, raw) in json_ld::read(self.html, capture.start, capture.end) {
                self.add(name, value, raw);
            }
            return;
        }
        self.add(capture.name, capture.value, Some((capture.start, capture.end)));
    }

    pub(crate) fn finish(mut self) -> Vec<Declared> {
        self.trackback();
        self.found
    }

    /// The date in the RDF that blogs keep in a comment for TrackBack (its specification of 2004, "autodiscovery").
    fn trackback(&mut self) {
        let html = self.html;
        let Some(rdf) = memchr::memmem::find(html.as_bytes(), b"<rdf:Description") else { return };
        // The attributes of one element of RDF.
        const REACH_BYTES: usize = 2000;
        const KEY: &str = "dc:date=\"";
        let (from, to) = (rdf.saturating_sub(REACH_BYTES), html.len().min(rdf + REACH_BYTES));
        let Some(at) = memchr::memmem::find(&html.as_bytes()[from..to], KEY.as_bytes()) else { return };
        let start = from + at + KEY.len();
        let Some(value) = html.get(start..).and_then(|it| it.split('"').next()).filter(|it| it.len() < 40) else {
            return;
        };
        self.add("trackback:date", value.to_owned(), Some((start, start + value.len())));
    }
}

const ITEMPROPS: &[&str] = &[
    "headline", "datePublished", "dateCreated", "dateModified", "author", "creator", "publisher", "articleSection",
    "name",
];

fn with_class(name: &str, class: &str) -> String {
    let class: String = class.split_ascii_whitespace().take(4).collect::<Vec<_>>().join(".");
    if class.is_empty() || 80 < class.len() { name.to_owned() } else { format!("{name}.{class}") }
}

fn is_display_none(style: &str) -> bool {
    let Some(at) = memchr::memmem::find(style.as_bytes(), b"display") else { return false };
    style[at + 7..].trim_start().strip_prefix(':').is_some_and(|it| it.trim_start().starts_with("none"))
}
