//! Putting a report together: the steps all formats share.

use crate::formats::{Input, stem};
use crate::raw_map::join;
use rapporteur_model::{Block, Media, Problem, RawMap, Report};
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
    report.id = match stem(input.location) {
        "" | "-" => report.raw_sha256[..16].to_owned(),
        stem => stem.to_owned(),
    };
    cut_long(&mut report, input.limits.report_bytes_max);
    report
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
