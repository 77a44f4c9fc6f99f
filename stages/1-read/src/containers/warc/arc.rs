//! ARC, the older form: a line of an address, a day, a kind and a length, then the answer.

use std::ops::ControlFlow;

use super::{HEAD_BYTES_MAX, Parts, Records, http};
use crate::containers::{Give, tell};
use crate::limits::Limits;

/// Gives the documents of an ARC.
pub(crate) fn read_arc(
    location: &str,
    stream: &mut dyn Parts,
    limits: &Limits,
    give: &mut Give<'_>,
) -> ControlFlow<()> {
    let mut records = Records::new(location, stream, limits);
    loop {
        let bytes = records.window.look(1);
        let Some(first) = bytes.first() else {
            let Some(problem) = records.window.go_on() else { return records.finish(give) };
            let message = format!("after record {}: {}", records.n, problem.message);
            tell(location, problem.code, message, give)?;
            continue;
        };
        if first.is_ascii_whitespace() {
            records.window.skip(1);
            continue;
        }
        let line = line(&mut records);
        let line_len = line.len() as u64;
        match Line::parse(&line) {
            Some(line) => {
                records.n += 1;
                records.window.skip(line_len);
                record(&mut records, &line, give)?;
            }
            None => {
                let n = line_len + skip_to_record(&mut records, line_len);
                let message = format!("{n} bytes after record {} belong to no record; left out", records.n);
                tell(location, "warc-damaged", message, give)?;
            }
        }
    }
}

/// A record's first line.
struct Line {
    uri: String,
    date: String,
    kind: String,
    len: u64,
}

impl Line {
    /// From the right, because addresses hold spaces: version 1 has five fields, version 2 has ten.
    fn parse(line: &str) -> Option<Line> {
        let fields: Vec<&str> = line.trim_end().split(' ').collect();
        let len = fields.last()?.parse().ok()?;
        let is_day = |it: &&str| matches!(it.len(), 8 | 12 | 14) && it.bytes().all(|it| it.is_ascii_digit());
        let date_ix = [fields.len().checked_sub(3), fields.len().checked_sub(8)];
        let date_ix = date_ix.into_iter().flatten().find(|ix| fields.get(*ix).is_some_and(is_day))?;
        let uri = fields.get(..date_ix.checked_sub(1)?)?.join(" ");
        let is_uri = uri.contains("://") || uri.starts_with("dns:") || uri.starts_with("warcinfo:");
        let kind = (*fields.get(date_ix + 1)?).to_owned();
        is_uri.then(|| Line { uri, date: iso_day(fields[date_ix]), kind, len })
    }
}

/// `20140216050221` as `2014-02-16T05:02:21Z`.
fn iso_day(digits: &str) -> String {
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or("");
    let day = format!("{}-{}-{}", part(0, 4), part(4, 6), part(6, 8));
    match digits.len() {
        14 => format!("{day}T{}:{}:{}Z", part(8, 10), part(10, 12), part(12, 14)),
        12 => format!("{day}T{}:{}Z", part(8, 10), part(10, 12)),
        _ => day,
    }
}

/// The line one stands at, not left behind.
fn line(records: &mut Records<'_>) -> String {
    loop {
        let bytes = records.window.bytes();
        let end = memchr::memchr(b'\n', bytes);
        if let Some(end) = end.map(|it| it + 1).or((HEAD_BYTES_MAX <= bytes.len()).then_some(bytes.len())) {
            return latin(&bytes[..end]);
        }
        if !records.window.more() {
            return latin(records.window.bytes());
        }
    }
}

// One character a byte, so that the length stays.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|it| if it.is_ascii() { char::from(*it) } else { '?' }).collect()
}

/// Skips the line of `line_len` bytes and all others up to one that begins a record; the bytes after the first line.
fn skip_to_record(records: &mut Records<'_>, line_len: u64) -> u64 {
    records.window.skip(line_len);
    let mut n = 0;
    loop {
        let line = line(records);
        if line.is_empty() || Line::parse(&line).is_some() {
            return n;
        }
        records.window.skip(line.len() as u64);
        n += line.len() as u64;
    }
}

fn record(records: &mut Records<'_>, line: &Line, give: &mut Give<'_>) -> ControlFlow<()> {
    let bytes_max = records.limits.document_bytes_max as u64;
    let start = records.window.look(line.len.min(HEAD_BYTES_MAX as u64) as usize);
    let skipped = match () {
        // The archive's own first record.
        () if line.uri.starts_with("filedesc:") => Some(String::new()),
        () if !line.uri.starts_with("http") => Some("answers of other protocols".to_owned()),
        () => http::unwanted(start, &line.kind, &line.uri),
    };
    if let Some(what) = skipped {
        if !what.is_empty() {
            *records.skipped.entry(what).or_default() += 1;
        }
        let n = records.window.skip(line.len);
        if n < line.len {
            let message = format!("says it has {} bytes, and {n} are there", line.len);
            records.tell("warc-record-cut", &message, give)?;
        }
        return ControlFlow::Continue(());
    }
    let wanted = line.len.min(bytes_max) as usize;
    let block = records.window.look(wanted);
    let there = block.len();
    let mut document = http::document(block, &line.kind, records.limits);
    if (there as u64) < line.len {
        let message = format!("record {} says it has {} bytes, and {there} were read", records.n, line.len);
        document.problems.push(rapporteur_model::Problem::new("warc-record-cut", message));
    }
    records.window.skip(line.len);
    records.give(document, &line.uri, &line.date, give)
}
