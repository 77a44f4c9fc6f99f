//! Stage 1: one input document as text, with the way back to its bytes.

use serde::{Deserialize, Serialize};

use crate::{Problem, Span};

/// The longest report that is read, in bytes of text. The rest is left out and reported as `report-too-long`.
pub const REPORT_BYTES_MAX: usize = 16 << 20;

/// One input document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Name outside the run: the id given with the report, else the file's stem, else the hash's first 16 digits. Unique in a run.
    pub id: String,
    /// SHA-256 of the raw bytes, 64 hexadecimal digits.
    pub raw_sha256: String,
    /// Where it was found: a path as the user gave it, `-` for standard input, with `#row` or `!member` inside a container.
    pub location: String,
    /// What the bytes were.
    pub media: Media,
    /// Encoding label the bytes were decoded with (`UTF-8`, `windows-1252`).
    pub encoding: String,
    /// Every visible character in reading order. Set once, by stage 1, never changed.
    pub text: String,
    /// The way from `text` back to the raw bytes.
    pub raw_map: RawMap,
    /// The document's own blocks in text order, not overlapping; they cover all of the text that is not white space.
    pub blocks: Vec<Block>,
    /// Metadata that the container or the markup declares.
    pub declared: Vec<Declared>,
    /// What was lost or odd on the way.
    pub problems: Vec<Problem>,
}

/// What kind of document the bytes were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Media {
    /// Plain or pasted text.
    #[default]
    Plain,
    /// Markdown.
    Markdown,
    /// HTML or XHTML.
    Html,
    /// A row or object of JSON that carried text or HTML.
    Json,
    /// An entry of RSS, Atom or JSON Feed, or an agency's news item (NewsML-G2). A record of a web archive is what its
    /// payload is.
    Feed,
}

impl Media {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Media::Plain => "plain",
            Media::Markdown => "markdown",
            Media::Html => "html",
            Media::Json => "json",
            Media::Feed => "feed",
        }
    }
}

/// The way from text back to raw bytes, as runs: a plain report is one run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawMap {
    /// In text order; they cover the whole text. Text that stands nowhere in the raw bytes (a line break put in between
    /// two blocks) is a run with an empty raw range.
    pub runs: Vec<RawRun>,
}

/// One stretch of text and the raw bytes it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawRun {
    /// First byte of the run in the text.
    pub text_start: u32,
    /// First raw byte.
    pub raw_start: u32,
    /// Length in raw bytes.
    pub raw_len: u32,
    /// Whether text and raw bytes are the same byte for byte, so that a part of the run maps to a part of the raw bytes.
    /// Otherwise (an entity, folded white space, another encoding) the run is led back as a whole.
    pub verbatim: bool,
}

impl RawMap {
    /// The map of a text that is its raw bytes, from `raw_start` on.
    pub fn identity(len: usize, raw_start: usize) -> RawMap {
        RawMap {
            runs: vec![RawRun { text_start: 0, raw_start: raw_start as u32, raw_len: len as u32, verbatim: true }],
        }
    }

    /// The raw bytes that `span` of the text came from: the smallest range that covers all its runs.
    /// `None` when the span stands nowhere in the raw bytes. `text_len` is the text's length in bytes.
    pub fn to_raw(&self, span: Span, text_len: usize) -> Option<std::ops::Range<usize>> {
        let mut found: Option<std::ops::Range<usize>> = None;
        let first = self.runs.partition_point(|run| run.text_start <= span.start()).saturating_sub(1);
        for (ix, run) in self.runs.iter().enumerate().skip(first) {
            if run.text_start >= span.end().max(span.start() + 1) {
                break;
            }
            let text_end = self.runs.get(ix + 1).map_or(text_len as u32, |next| next.text_start);
            if text_end <= span.start() || run.raw_len == 0 {
                continue;
            }
            let (from, to) = if run.verbatim {
                let from = span.start().max(run.text_start) - run.text_start;
                let to = span.end().min(text_end) - run.text_start;
                (run.raw_start + from, run.raw_start + to)
            } else {
                (run.raw_start, run.raw_start + run.raw_len)
            };
            let (from, to) = (from as usize, to as usize);
            found = Some(match found {
                None => from..to,
                Some(old) => old.start.min(from)..old.end.max(to),
            });
        }
        found
    }

    /// The text that came from `raw`: the smallest span that covers every run which has a byte of it. `None` when those
    /// bytes gave no text (a tag, a script). `text_len` is the text's length in bytes.
    ///
    /// Of a verbatim run only the shared part counts, so the span stands on character borders where `raw` does; any other
    /// run counts as a whole. Looks at every run: text need not stand in the order of the raw bytes.
    pub fn to_text(&self, raw: std::ops::Range<usize>, text_len: usize) -> Option<Span> {
        let mut found: Option<Span> = None;
        for (ix, run) in self.runs.iter().enumerate() {
            let (start, end) = (run.raw_start as usize, (run.raw_start + run.raw_len) as usize);
            let (from, to) = (raw.start.max(start), raw.end.min(end));
            if to <= from {
                continue;
            }
            let text_start = run.text_start as usize;
            let span = if run.verbatim {
                Span::at(text_start + (from - start), text_start + (to - start))
            } else {
                let text_end = self.runs.get(ix + 1).map_or(text_len, |next| next.text_start as usize);
                Span::at(text_start, text_end)
            };
            found = Some(found.map_or(span, |old| old.cover(span)));
        }
        found
    }
}

/// A block of the document as its own markup or line breaks give it, before anybody says what it is for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Its text.
    pub span: Span,
    /// What the markup says it is.
    pub kind: BlockKind,
    /// Bytes of the block's text that stand inside links.
    pub link_bytes: u32,
    /// Names of the enclosing elements, outermost first, with class and id words (`div.article-body`), for HTML; empty otherwise.
    pub path: String,
}

/// What the markup (or the shape of a line) says a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum BlockKind {
    /// Running text.
    #[default]
    Paragraph,
    /// A heading of level 1 to 6; 0 when the level is unknown.
    Heading(u8),
    /// An item of a list or a bulleted line.
    ListItem,
    /// A caption of a picture or table.
    Caption,
    /// A block quotation.
    BlockQuote,
    /// A row of a table.
    TableRow,
    /// Preformatted text.
    Preformatted,
    /// A time or byline element.
    Stamp,
    /// Anything else (buttons, forms, menus).
    Other,
}

impl BlockKind {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            BlockKind::Paragraph => "paragraph",
            BlockKind::Heading(_) => "heading",
            BlockKind::ListItem => "list-item",
            BlockKind::Caption => "caption",
            BlockKind::BlockQuote => "block-quote",
            BlockKind::TableRow => "table-row",
            BlockKind::Preformatted => "preformatted",
            BlockKind::Stamp => "stamp",
            BlockKind::Other => "other",
        }
    }
}

/// One piece of metadata that the container declares: a JSON field, a `meta` element, a JSON-LD property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// Where it was declared: `json:title`, `og:title`, `jsonld:datePublished`, `meta:author`, `time:datetime`, `html:lang`, `title`.
    pub name: String,
    /// Its value as written, entities decoded.
    pub value: String,
    /// The raw bytes of the value, when known.
    pub raw: Option<(u32, u32)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_leads_back_to_the_same_bytes() {
        let map = RawMap::identity(10, 3);
        assert_eq!(map.to_raw(Span::new(2, 5), 10), Some(5..8));
        assert_eq!(map.to_raw(Span::new(0, 10), 10), Some(3..13));
    }

    #[test]
    fn an_escape_is_led_back_whole() {
        // raw "a&amp;b", text "a&b"
        let run = |text_start, raw_start, raw_len, verbatim| RawRun { text_start, raw_start, raw_len, verbatim };
        let map = RawMap { runs: vec![run(0, 0, 1, true), run(1, 1, 5, false), run(2, 6, 1, true)] };
        assert_eq!(map.to_raw(Span::new(1, 2), 3), Some(1..6));
        assert_eq!(map.to_raw(Span::new(0, 3), 3), Some(0..7));
        assert_eq!(map.to_raw(Span::new(2, 3), 3), Some(6..7));
        // And back: any byte of the escape is the whole character.
        assert_eq!(map.to_text(3..4, 3), Some(Span::new(1, 2)));
        assert_eq!(map.to_text(0..7, 3), Some(Span::new(0, 3)));
        assert_eq!(map.to_text(5..7, 3), Some(Span::new(1, 3)));
    }

    #[test]
    fn text_that_stands_nowhere_has_no_bytes() {
        let run = |text_start, raw_start, raw_len, verbatim| RawRun { text_start, raw_start, raw_len, verbatim };
        let map = RawMap { runs: vec![run(0, 0, 1, true), run(1, 1, 0, false), run(2, 4, 1, true)] };
        assert_eq!(map.to_raw(Span::new(1, 2), 3), None);
        // Nor have bytes between two runs (a tag) any text; a stretch over them has what stands on both sides.
        assert_eq!(map.to_text(1..4, 3), None);
        assert_eq!(map.to_text(4..4, 3), None);
        assert_eq!(map.to_text(0..5, 3), Some(Span::new(0, 3)));
    }

    #[test]
    fn text_in_another_order_than_its_bytes_is_found() {
        let run = |text_start, raw_start, raw_len| RawRun { text_start, raw_start, raw_len, verbatim: true };
        let map = RawMap { runs: vec![run(0, 20, 4), run(4, 2, 3)] };
        assert_eq!(map.to_text(3..5, 7), Some(Span::new(5, 7)));
        assert_eq!(map.to_text(21..22, 7), Some(Span::new(1, 2)));
        assert_eq!(map.to_text(8..20, 7), None);
    }
}
