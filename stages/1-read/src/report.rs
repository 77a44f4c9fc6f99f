//! Putting a report together: the steps all formats share.

use crate::formats::{Input, plain};
use crate::html::page;
use crate::raw_map::{MappedText, join};
use rapporteur_model::{Block, Declared, Media, Problem, RawMap, Report};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The one report of a file. `map` leads to the decoded text; the way to the file's bytes is added here.
pub(crate) fn one(input: Input<'_>, media: Media, text: String, map: RawMap, blocks: Vec<Block>) -> Report {
    let raw_map = join(&map, text.len(), &input.decoded.map, input.decoded.text.len());
    let mut report = Report {
        id: String::new(),
        raw_sha256: sha256(input.raw),
        location: input.location.to_owned(),
        media,
        encoding: input.decoded.encoding.to_owned(),
        text,
        raw_map,
        blocks,
        declared: Vec::new(),
        problems: input.decoded.problems.clone(),
    };
    report.id = input.id_of_file(&report.raw_sha256, None);
    cut_long(&mut report, input.limits.report_bytes_max);
    report
}

/// The text of one report among many in a file: a field of a row, an item of a feed. Its map leads to the decoded file.
pub(crate) struct Content {
    pub(crate) mapped: MappedText,
    /// Whether it is HTML, and not yet text.
    pub(crate) is_html: bool,
}

/// A report of such a text, without name and place.
pub(crate) fn of_content(input: Input<'_>, content: Content, media: Media) -> Report {
    let Content { mapped, is_html } = content;
    let mut report = Report { media, encoding: input.decoded.encoding.to_owned(), ..Report::default() };
    report.raw_sha256 = sha256(mapped.text.as_bytes());
    let to_raw = |map: &RawMap, len| join(map, len, &input.decoded.map, input.decoded.text.len());
    if is_html {
        let page = page::render(&mapped.text, input.limits);
        let middle = join(&page.map, page.text.len(), &mapped.map, mapped.text.len());
        report.raw_map = to_raw(&middle, page.text.len());
        report.text = page.text;
        report.blocks = page.blocks;
        report.problems = page.problems;
        // A place in the page is no place in the file.
        report.declared = page.declared.into_iter().map(|it| Declared { raw: None, ..it }).collect();
    } else {
        report.raw_map = to_raw(&mapped.map, mapped.text.len());
        report.blocks = plain::line_blocks(&mapped.text);
        report.text = mapped.text;
    }
    cut_long(&mut report, input.limits.report_bytes_max);
    report
}

// A longer name is no name.
pub(crate) const ID_CHARS_MAX: usize = 100;

/// A name from an address: its last part without the ending (`lake-talks` of `https://x.example/news/lake-talks.html`),
/// the host where there is none.
pub(crate) fn id_of_address(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |it| it.1);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let is_index = |it: &str| matches!(it, "index" | "default" | "article" | "story" | "");
    let stem = |it: &str| {
        let (stem, ending) = it.rsplit_once('.').unwrap_or((it, ""));
        if (2..=5).contains(&ending.len()) && !stem.is_empty() { stem.to_owned() } else { it.to_owned() }
    };
    let last = path.rsplit('/').map(stem).find(|it| !is_index(it));
    let id = last.unwrap_or_else(|| host.trim_start_matches("www.").to_owned());
    let id: String = id.chars().filter(|it| !it.is_control() && !it.is_whitespace()).take(ID_CHARS_MAX).collect();
    (!id.is_empty()).then_some(id)
}

/// White space folded.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// SHA-256 as 64 hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Cuts a text that is over the limit, on a character border, and says so.
pub(crate) fn cut_long(report: &mut Report, bytes_max: usize) {
    if report.text.len() <= bytes_max {
        return;
    }
    let message = format!("the text is {} bytes; the first {bytes_max} are kept", report.text.len());
    if !report.problems.iter().any(|it| it.code == "report-too-long") {
        report.problems.push(Problem::new("report-too-long", message));
    }
    let mut len = bytes_max;
    while !report.text.is_char_boundary(len) {
        len -= 1;
    }
    report.text.truncate(len);
    let runs = &mut report.raw_map.runs;
    while runs.last().is_some_and(|run| len <= run.text_start as usize) {
        runs.pop();
    }
    if let Some(last) = runs.last_mut()
        && last.verbatim
    {
        last.raw_len = last.raw_len.min(len as u32 - last.text_start);
    }
    report.blocks.retain(|it| (it.span.start() as usize) < len);
    if let Some(last) = report.blocks.last_mut() {
        let end = (last.span.end() as usize).min(len);
        let trimmed = report.text[..end].trim_end().len();
        last.span = rapporteur_model::Span::at(last.span.start() as usize, trimmed.max(last.span.start() as usize));
    }
}
