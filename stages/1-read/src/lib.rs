//! Stage 1: bytes to a report, with the way back to the bytes.
//!
//! A file may be plain text, Markdown, an HTML page, JSON with one report or many, a feed, or a news item of an agency;
//! and any of them may lie in a [container](containers): gzip, a web archive, ZIP, tar. What it is, its content says; its
//! name is asked last. Reading never fails: what cannot be read is a [`Problem`], and the rest goes on.
//!
//! ```
//! use rapporteur_read::{Limits, Source, read};
//!
//! let source = Source { location: "talks.html", bytes: b"<title>Talks</title><p>The ministers met &amp; talked.</p>" };
//! let outcome = read(&source, &Limits::default());
//! let report = &outcome.reports[0];
//! assert_eq!(report.text, "The ministers met & talked.");
//! // Every span leads back to the bytes it came from.
//! let at = report.text.find('&').unwrap();
//! let raw = report.raw_map.to_raw(rapporteur_model::Span::at(at, at + 1), report.text.len()).unwrap();
//! assert_eq!(&source.bytes[raw], b"&amp;");
//! ```
//!
//! Left alone on purpose: what a block is for and when a report was published are questions of stage 2.

pub mod containers;
mod encoding;
mod formats;
mod html;
mod json;
#[cfg(test)]
mod laws;
mod limits;
mod raw_map;
mod report;
mod xml;

pub use containers::Document;
pub use formats::feed::entries::{FeedEntry, Holds, feed_entries};
pub use limits::Limits;
use rapporteur_model::{Problem, Report};

/// A file as the library found it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Path as the user gave it, `-` for standard input.
    pub location: &'a str,
    /// All of its bytes, unpacked.
    pub bytes: &'a [u8],
}

/// What came out of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadOutcome {
    /// In the order of the file. A file of one document gives one; an empty one gives one without text.
    pub reports: Vec<Report>,
    /// What is wrong with the file itself: rows that cannot be read, limits reached. Problems of a report are with it.
    pub problems: Vec<Problem>,
}

impl ReadOutcome {
    fn of(report: Report) -> ReadOutcome {
        ReadOutcome { reports: vec![report], problems: Vec::new() }
    }
}

/// Reads a file. Never fails: problems are data.
pub fn read(source: &Source<'_>, limits: &Limits) -> ReadOutcome {
    let about = Document { location: source.location.to_owned(), ..Document::default() };
    read_with(&about, source.bytes, limits)
}

/// Reads a document that came out of a container, with what the container says of it.
pub fn read_document(document: &Document, limits: &Limits) -> ReadOutcome {
    read_with(document, &document.bytes, limits)
}

fn read_with(about: &Document, mut bytes: &[u8], limits: &Limits) -> ReadOutcome {
    let location = about.location.as_str();
    let mut problems = Vec::new();
    let bytes_max = if may_hold_rows(bytes) { limits.file_bytes_max } else { limits.document_bytes_max };
    if bytes_max < bytes.len() {
        let message = format!("is {} bytes long; the first {bytes_max} are read", bytes.len());
        problems.push(Problem::new("file-too-long", message));
        bytes = &bytes[..bytes_max];
    }
    let decoded = encoding::decode(bytes, about.charset.as_deref());
    if is_binary(&decoded.text) {
        let message = "is no text: a picture, an archive, a PDF or another binary file; left out".to_owned();
        problems.push(Problem::new("not-text", message));
        return ReadOutcome { reports: Vec::new(), problems };
    }
    let format = formats::format_of(location, &decoded.text, about.is_html);
    let input = formats::Input { location, raw: bytes, decoded: &decoded, limits };
    let mut outcome = (format.read)(input);
    problems.append(&mut outcome.problems);
    outcome.problems = problems;
    if let [only] = &mut outcome.reports[..]
        && only.location == location
    {
        // What the page says of itself goes before what its container says of it.
        only.declared.extend(about.declared.iter().cloned());
        only.problems.splice(0..0, about.problems.iter().cloned());
        if let Some(id) = &about.id {
            only.id.clone_from(id);
        }
    } else {
        outcome.problems.extend(about.problems.iter().cloned());
    }
    outcome
}

/// Whether the first byte is that of JSON, which may hold many reports and so may be long. Marks of order and the zeros
/// of UTF-16 go before it.
fn may_hold_rows(bytes: &[u8]) -> bool {
    let first =
        bytes.iter().find(|it| !it.is_ascii_whitespace() && !matches!(it, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF));
    matches!(first, Some(b'{' | b'['))
}

/// Characters at the start that are looked at to tell text from anything else.
const SAMPLE_CHARS: usize = 4000;

/// Whether the start holds so many control characters and undecodable bytes that nobody wrote it to be read. A text with a
/// few of them is a damaged text, and read.
fn is_binary(text: &str) -> bool {
    let (mut n, mut n_odd) = (0, 0);
    for c in text.chars().take(SAMPLE_CHARS) {
        n += 1;
        n_odd += usize::from((c.is_control() && !c.is_whitespace()) || c == char::REPLACEMENT_CHARACTER);
    }
    text.starts_with("%PDF-") || (n >= 32 && n_odd * 8 > n)
}

/// Whether a file of this name is read when a folder is walked.
pub fn is_report_name(name: &str) -> bool {
    let known = formats::FORMATS.iter().flat_map(|it| it.extensions).chain(containers::EXTENSIONS);
    known.into_iter().any(|ext| formats::has_extension(name, ext))
}
