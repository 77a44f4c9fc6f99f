//! Feeds: RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom (RFC 4287). Each item with a text is a report. JSON Feed is read as JSON.
//!
//! Left alone on purpose: enclosures, comments, what is behind a link.

use crate::ReadOutcome;
use crate::formats::{Format, Input};
use crate::report::{Content, ID_CHARS_MAX, id_of_address, of_content, one_line};
use crate::xml::{self, Element};
use rapporteur_model::{Declared, Media, Problem};

pub(crate) const FORMAT: Format =
    Format { name: "feed", extensions: &["rss", "atom", "rdf"], is_like: |text| is_feed(text), read };

fn is_feed(text: &str) -> bool {
    // `<feed` and the like alone are words of many other files; HTML has none of these names.
    text.starts_with('<') && matches!(xml::root_name(text), Some("rss" | "feed" | "RDF"))
}

fn read(input: Input<'_>) -> ReadOutcome {
    let source = input.decoded.text.as_str();
    let (root, problems) = xml::parse(source, input.limits);
    let mut outcome = ReadOutcome { reports: Vec::new(), problems };
    let Some(root) = root else { return outcome };
    // RSS 1.0 has its items beside the channel, others inside.
    let feed = root.child("channel").unwrap_or(&root);
    let is_item = |it: &&Element<'_>| matches!(it.local(), "item" | "entry");
    let inside = feed.children.iter().filter(is_item);
    let beside = root.children.iter().filter(is_item).filter(|_| !std::ptr::eq(feed, &root));
    let (mut n, mut n_empty) = (0, 0);
    for item in inside.chain(beside) {
        n += 1;
        if input.limits.reports_max <= outcome.reports.len() {
            let message = format!("holds more than {} reports; the rest is left out", input.limits.reports_max);
            outcome.problems.push(Problem::new("too-many-reports", message));
            break;
        }
        let Some(content) = content(source, item) else {
            n_empty += 1;
            continue;
        };
        let mut report = of_content(input, content, Media::Feed);
        report.location = format!("{}#{n}", input.location);
        let declared = declared(input, feed, item);
        report.id = id(item, &declared).unwrap_or_else(|| input.id_of_file(&report.raw_sha256, Some(n)));
        report.declared.splice(0..0, declared);
        outcome.reports.push(report);
    }
    if 0 < n_empty {
        let message = format!("{n_empty} of {n} items have no text; left out");
        outcome.problems.push(Problem::new("feed-items-without-text", message));
    }
    if n == 0 {
        outcome.problems.push(Problem::new("feed-empty", "is a feed without items"));
    }
    outcome
}

/// The fullest text: the whole article where the feed carries it, else its summary.
fn content(source: &str, item: &Element<'_>) -> Option<Content> {
    ["encoded", "content", "description", "summary"].iter().find_map(|name| {
        // `media:content` is a picture, `media:description` its caption.
        item.all(name).filter(|it| !it.name.starts_with("media:")).find_map(|it| {
            let kind = it.attribute("type").unwrap_or_default();
            let is_markup = kind == "xhtml" || kind.ends_with("/xml") || kind.ends_with("+xml");
            let content = match () {
                () if is_markup || !it.children.is_empty() => Content { mapped: it.as_html(source), is_html: true },
                // Atom says what is HTML; RSS never does, and nearly all of it is.
                () if kind == "text" || kind == "text/plain" => Content { mapped: it.text.clone(), is_html: false },
                () => {
                    let is_html = kind == "html" || kind == "text/html" || has_marks(&it.text.text);
                    Content { mapped: it.text.clone(), is_html }
                }
            };
            let has_text = content.mapped.text.chars().any(char::is_alphanumeric);
            has_text.then_some(content)
        })
    })
}

// A tag or a reference: `<p>`, `<br/>`, `&#8217;`.
fn has_marks(text: &str) -> bool {
    let has_tag = text.match_indices('<').any(|(at, _)| {
        text[at + 1..].starts_with(|it: char| it.is_ascii_alphabetic() || it == '/') && text[at..].contains('>')
    });
    let has_reference =
        text.match_indices('&').any(|(at, _)| crate::html::entities::reference(&text[at..], true).is_some());
    has_tag || has_reference
}

/// An id of its own that is no address; else the last part of its address.
fn id(item: &Element<'_>, declared: &[Declared]) -> Option<String> {
    let own = item.child("guid").or_else(|| item.child("id")).and_then(Element::value);
    let own = own.filter(|it| !it.starts_with("http") && it.chars().count() <= ID_CHARS_MAX);
    let address = declared.iter().find(|it| it.name == "feed:url").map(|it| it.value.as_str());
    own.map(str::to_owned).or_else(|| id_of_address(address?))
}

fn declared(input: Input<'_>, feed: &Element<'_>, item: &Element<'_>) -> Vec<Declared> {
    let mut out = Out { input, found: Vec::new() };
    out.first("feed:headline", item, &["title"]);
    out.address(item);
    out.first("feed:published", item, &["pubDate", "published", "date", "issued", "created"]);
    out.first("feed:updated", item, &["updated", "modified"]);
    for name in ["creator", "author"] {
        for author in item.all(name) {
            out.author(author);
        }
    }
    if !out.has("feed:author") {
        // RFC 4287: an entry without an author has the feed's.
        feed.all("author").filter(|it| it.child("name").is_some()).for_each(|it| out.author(it));
    }
    for category in item.all("category") {
        match category.attribute("label").or_else(|| category.attribute("term")) {
            Some(value) => out.push("feed:section", &value, None),
            None => out.element("feed:section", category),
        }
    }
    if let Some(source) = item.child("source") {
        match source.child("title") {
            Some(title) => out.element("feed:source", title),
            None => out.element("feed:source", source),
        }
    }
    out.first("feed:title", feed, &["title"]);
    out.first("feed:language", feed, &["language"]);
    if let Some(language) = item.attribute("xml:lang").or_else(|| feed.attribute("xml:lang")) {
        out.push("feed:language", &language, None);
    }
    out.found
}

struct Out<'a> {
    input: Input<'a>,
    found: Vec<Declared>,
}

impl Out<'_> {
    fn push(&mut self, name: &str, value: &str, raw: Option<(u32, u32)>) {
        let value = one_line(&crate::html::entities::decode(value));
        if !value.is_empty() {
            self.found.push(Declared { name: name.to_owned(), value, raw });
        }
    }

    fn has(&self, name: &str) -> bool {
        self.found.iter().any(|it| it.name == name)
    }

    fn element(&mut self, name: &str, element: &Element<'_>) {
        if let Some(value) = element.value() {
            let raw = raw_of(self.input, element);
            self.push(name, value, raw);
        }
    }

    /// The first of `names` that has characters.
    fn first(&mut self, name: &str, parent: &Element<'_>, names: &[&str]) {
        let found = names.iter().flat_map(|it| parent.all(it)).find(|it| {
            // `media:title` is a picture's.
            it.value().is_some() && !it.name.starts_with("media:") && !it.name.starts_with("itunes:")
        });
        if let Some(found) = found {
            self.element(name, found);
        }
    }

    /// RSS has the address as characters, Atom as an attribute, and some feeds only as a permanent id.
    fn address(&mut self, item: &Element<'_>) {
        let is_own = |it: &&Element<'_>| it.attribute("rel").is_none_or(|rel| rel == "alternate");
        let link = item.all("link").filter(is_own);
        for link in link {
            match link.attribute("href") {
                Some(value) => self.push("feed:url", &value, None),
                None => self.element("feed:url", link),
            }
        }
        if let Some(id) = item.child("guid").filter(|it| it.value().is_some_and(|it| it.starts_with("http"))) {
            self.element("feed:url", id);
        }
    }

    /// `<author><name>Ana Ilves</name></author>`, `<dc:creator>Ana Ilves</dc:creator>`,
    /// `<author>ana@post.example (Ana Ilves)</author>`.
    fn author(&mut self, author: &Element<'_>) {
        if let Some(name) = author.child("name") {
            return self.element("feed:author", name);
        }
        let Some(value) = author.value() else { return };
        let raw = raw_of(self.input, author);
        let in_brackets = value.split_once('(').and_then(|(_, it)| it.split_once(')')).map(|it| it.0);
        match in_brackets.filter(|_| value.contains('@')) {
            Some(name) => self.push("feed:author", name, raw),
            None if value.contains('@') => {}
            None => self.push("feed:author", value, raw),
        }
    }
}

/// The bytes of the file that an element's characters came from.
pub(crate) fn raw_of(input: Input<'_>, element: &Element<'_>) -> Option<(u32, u32)> {
    let place = element.place()?;
    input.raw_of(rapporteur_model::Span::at(place.start, place.end))
}

pub(crate) mod entries;
#[cfg(test)]
mod tests;
