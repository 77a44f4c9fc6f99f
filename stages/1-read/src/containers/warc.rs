//! Web archives: WARC (ISO 28500; WARC 0.18 to 1.1) and its forerunner ARC (Internet Archive, version 1 and 2).
//!
//! A record with a page, a feed or text in it is a document; pictures, scripts and redirections are counted and said in
//! one line. Records are numbered from 1, all of them, as other programs number them. Damage costs a record: the
//! reader goes on at the next line that begins one.
//!
//! Left alone on purpose: digests, records that continue others, the requests.

mod arc;
pub(super) mod http;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rapporteur_model::{Declared, Problem};

use super::window::Window;
use super::{Document, Give, Item, Parts, tell};
use crate::limits::Limits;
use crate::report::id_of_address;

pub(super) use arc::read_arc;

// A longer head than this is damage.
const HEAD_BYTES_MAX: usize = 64 << 10;
// A record that is left out is looked at all the same, to see whether its length is right, when it is at most so long.
const LOOK_BYTES_MAX: u64 = 1 << 20;
// Bytes after a record that say whether the next begins where it should: four for its end, and the next one's mark.
const AFTER_BYTES: usize = 16;
// Memory that is kept from record to record.
const WINDOW_BYTES_MAX: usize = 4 << 20;

/// Gives the documents of a WARC.
pub(super) fn read(location: &str, stream: &mut dyn Parts, limits: &Limits, give: &mut Give<'_>) -> ControlFlow<()> {
    let mut records = Records::new(location, stream, limits);
    while records.next(give)? {
        records.n += 1;
        let Some(head) = records.head() else {
            records.tell("warc-damaged", "has a head without an end; left out", give)?;
            records.window.skip(1);
            continue;
        };
        let Some(len) = head.len else {
            records.tell("warc-damaged", "does not say its length; left out", give)?;
            continue;
        };
        records.record(&head, len, give)?;
    }
    records.finish(give)
}

/// What a record's head says.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    len: Option<u64>,
    content_type: String,
    payload_type: String,
    uri: String,
    date: String,
}

impl Head {
    fn parse(bytes: &[u8]) -> Head {
        let mut head = Head::default();
        for (name, value) in http::fields(bytes) {
            let slot = match () {
                () if name.eq_ignore_ascii_case(b"content-length") => {
                    head.len = std::str::from_utf8(value).ok().and_then(|it| it.parse().ok());
                    continue;
                }
                () if name.eq_ignore_ascii_case(b"warc-type") => &mut head.kind,
                () if name.eq_ignore_ascii_case(b"content-type") => &mut head.content_type,
                () if name.eq_ignore_ascii_case(b"warc-identified-payload-type") => &mut head.payload_type,
                () if name.eq_ignore_ascii_case(b"warc-target-uri") => &mut head.uri,
                () if name.eq_ignore_ascii_case(b"warc-date") => &mut head.date,
                () => continue,
            };
            *slot = String::from_utf8_lossy(value).into_owned();
        }
        head.kind.make_ascii_lowercase();
        // Some writers put the address between angle brackets, as the ids are.
        let uri = head.uri.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
        if let Some(uri) = uri {
            head.uri = uri.to_owned();
        }
        head
    }
}

/// Where one stands in an archive.
struct Records<'a> {
    location: &'a str,
    limits: &'a Limits,
    window: Window<'a>,
    n: usize,
    // What was left out, and how often.
    skipped: BTreeMap<String, usize>,
}

/// The bytes of a record that are there.
struct Extent {
    bytes: usize,
    /// What is wrong with its length.
    problem: Option<String>,
}

impl<'a> Records<'a> {
    fn new(location: &'a str, stream: &'a mut dyn Parts, limits: &'a Limits) -> Records<'a> {
        Records { location, limits, window: Window::new(stream), n: 0, skipped: BTreeMap::new() }
    }

    fn place(&self) -> String {
        format!("{}#{}", self.location, self.n)
    }

    fn tell(&self, code: &'static str, message: &str, give: &mut Give<'_>) -> ControlFlow<()> {
        tell(&self.place(), code, format!("record {} {message}", self.n), give)
    }

    /// Goes to the next record; `false` at the end.
    fn next(&mut self, give: &mut Give<'_>) -> ControlFlow<(), bool> {
        self.window.shrink(WINDOW_BYTES_MAX);
        loop {
            let bytes = self.window.look(AFTER_BYTES);
            let n_blank = bytes.iter().take_while(|it| it.is_ascii_whitespace()).count();
            if bytes.is_empty() {
                let Some(problem) = self.window.go_on() else { return ControlFlow::Continue(false) };
                let message = format!("after record {}: {}", self.n, problem.message);
                tell(self.location, problem.code, message, give)?;
            } else if 0 < n_blank {
                self.window.skip(n_blank as u64);
            } else if is_record(bytes) {
                return ControlFlow::Continue(true);
            } else {
                let n = self.resume();
                let message = format!("{n} bytes after record {} belong to no record; left out", self.n);
                tell(self.location, "warc-damaged", message, give)?;
            }
        }
    }

    /// Skips to the next line that begins a record; the bytes skipped.
    fn resume(&mut self) -> usize {
        let mut n = 0;
        loop {
            let bytes = self.window.bytes();
            let (at, is_found) = match next_record(bytes) {
                Some(at) => (at, true),
                // The mark may be cut by the window's border.
                None => (bytes.len().saturating_sub(AFTER_BYTES), false),
            };
            self.window.skip(at as u64);
            n += at;
            if is_found {
                return n;
            }
            if !self.window.more() {
                let rest = self.window.bytes().len();
                self.window.skip(rest as u64);
                return n + rest;
            }
        }
    }

    /// Reads the head and leaves it behind.
    fn head(&mut self) -> Option<Head> {
        let len = loop {
            let bytes = self.window.bytes();
            match http::head_len(&bytes[..bytes.len().min(HEAD_BYTES_MAX)]) {
                Some(len) => break len,
                None if HEAD_BYTES_MAX <= bytes.len() => return None,
                None => {
                    if !self.window.more() {
                        return None;
                    }
                }
            }
        };
        let head = Head::parse(&self.window.bytes()[..len]);
        self.window.skip(len as u64);
        Some(head)
    }

    /// How much of a block of `len` bytes is there, at most `bytes_max`. A length that does not lead to the next
    /// record is wrong; a record that begins inside ends this one.
    fn extent(&mut self, len: u64, bytes_max: u64) -> Extent {
        let wanted = len.min(bytes_max) as usize;
        let bytes = self.window.look(wanted + AFTER_BYTES);
        let is_there = wanted <= bytes.len();
        let after = bytes.get(wanted..).unwrap_or(&[]);
        if is_there && (wanted as u64) < len && next_record(bytes).is_none() {
            return Extent { bytes: wanted, problem: None };
        }
        let after = after.trim_ascii_start();
        // A mark that is cut by the end of the look still begins like one.
        let is_in_step = after.is_empty() || is_record(after) || RECORD_MARK.starts_with(after);
        if is_there && is_in_step {
            return Extent { bytes: wanted, problem: None };
        }
        if let Some(at) = next_record(bytes).filter(|at| *at < wanted) {
            let block = bytes[..at].trim_ascii_end().len();
            return Extent {
                bytes: block,
                problem: Some(format!("says it has {len} bytes, and the next begins after {block}; it ends there")),
            };
        }
        let there = bytes.len().min(wanted);
        let problem =
            (there < wanted).then(|| format!("says it has {len} bytes, and {there} are there; they are kept"));
        Extent { bytes: there, problem }
    }

    fn record(&mut self, head: &Head, len: u64, give: &mut Give<'_>) -> ControlFlow<()> {
        let skipped = match head.kind.as_str() {
            "response" if is_http(head) => None,
            // Damaged or sloppy: the record does not say of what protocol, its first bytes do.
            "response" if head.content_type.is_empty() && self.window.look(5).starts_with(b"HTTP/") => None,
            "response" => Some("answers of other protocols"),
            // Notes of the crawler itself, as wget writes them.
            "resource" if head.uri.starts_with("metadata:") => Some(""),
            "resource" | "conversion" => match http::kind_of(&head.content_type) {
                http::Kind::Other(what) => Some(what),
                _ => None,
            },
            // The archive's own book-keeping.
            "warcinfo" | "request" | "metadata" | "revisit" => Some(""),
            "continuation" => Some("pieces of longer records"),
            _ => Some("records of an unknown kind"),
        };
        // The head of an answer may tell that its body is not wanted.
        let skipped = match skipped {
            None if head.kind == "response" => {
                let start = self.window.look(len.min(HEAD_BYTES_MAX as u64) as usize);
                http::unwanted(start, &head.payload_type, &head.uri)
            }
            other => other.map(str::to_owned),
        };
        if let Some(what) = skipped {
            if !what.is_empty() {
                *self.skipped.entry(what).or_default() += 1;
            }
            return self.skip(len, give);
        }
        let bytes_max = (self.limits.document_bytes_max + HEAD_BYTES_MAX) as u64;
        let extent = self.extent(len, bytes_max);
        let block = &self.window.bytes()[..extent.bytes];
        let mut document = if head.kind == "response" {
            http::document(block, &head.payload_type, self.limits)
        } else {
            let (kind, charset) = (http::kind_of(&head.content_type), http::charset(&head.content_type));
            Document { bytes: block.to_vec(), charset, is_html: kind == http::Kind::Html, ..Document::default() }
        };
        let is_over = bytes_max < len && extent.problem.is_none();
        let message = match &extent.problem {
            Some(problem) => Some(format!("record {} {problem}", self.n)),
            None if is_over => Some(format!("record {} has {len} bytes; the first {} are read", self.n, extent.bytes)),
            None => None,
        };
        document.problems.extend(message.map(|it| Problem::new("warc-record-cut", it)));
        let consumed = if is_over { len } else { extent.bytes as u64 };
        self.window.skip(consumed);
        self.give(document, &head.uri, &head.date, give)
    }

    /// Leaves a block behind.
    fn skip(&mut self, len: u64, give: &mut Give<'_>) -> ControlFlow<()> {
        if LOOK_BYTES_MAX < len {
            let n = self.window.skip(len);
            if n < len {
                self.tell("warc-record-cut", &format!("says it has {len} bytes, and {n} are there"), give)?;
            }
            return ControlFlow::Continue(());
        }
        let extent = self.extent(len, LOOK_BYTES_MAX);
        if let Some(problem) = extent.problem {
            self.tell("warc-record-cut", &problem, give)?;
        }
        self.window.skip(extent.bytes as u64);
        ControlFlow::Continue(())
    }

    /// Names a document and hands it on.
    fn give(&mut self, mut document: Document, uri: &str, date: &str, give: &mut Give<'_>) -> ControlFlow<()> {
        document.location = self.place();
        document.id = id_of_address(uri);
        let mut declare = |name: &str, value: &str| {
            if !value.is_empty() {
                document.declared.push(Declared { name: name.to_owned(), value: value.to_owned(), raw: None });
            }
        };
        declare("warc:target-uri", uri);
        // The day of the crawl, which is not the day of publication.
        declare("warc:date", date);
        give(Item::Document(document))
    }

    /// Says what was left out.
    fn finish(self, give: &mut Give<'_>) -> ControlFlow<()> {
        if self.skipped.is_empty() {
            return ControlFlow::Continue(());
        }
        let n: usize = self.skipped.values().sum();
        let mut parts: Vec<(String, usize)> = self.skipped.into_iter().collect();
        // Most first; of equals, the word that sorts first.
        parts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let list: Vec<String> = parts.iter().map(|(what, n)| format!("{what}: {n}")).collect();
        let message = format!("{n} of {} records left out as no reports; {}", self.n, list.join(", "));
        tell(self.location, "warc-records-skipped", message, give)
    }
}

fn is_http(head: &Head) -> bool {
    let kind = head.content_type.to_ascii_lowercase();
    kind.starts_with("application/http") || kind.is_empty() && head.uri.starts_with("http")
}

const RECORD_MARK: &[u8] = b"WARC/";

fn is_record(bytes: &[u8]) -> bool {
    bytes.starts_with(RECORD_MARK) && bytes.get(5).is_some_and(u8::is_ascii_digit)
}

/// Where the next record begins in `bytes`: a line of its own, `WARC/` and a version.
fn next_record(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, b"\nWARC/").map(|it| it + 1).find(|at| {
        let rest = &bytes[*at..];
        let end = memchr::memchr2(b'\r', b'\n', &rest[..rest.len().min(AFTER_BYTES)]);
        is_record(rest) && end.is_some_and(|end| rest[5..end].iter().all(|it| it.is_ascii_digit() || *it == b'.'))
    })
}
