//! An HTTP answer as an archive keeps it (RFC 9110, RFC 9112): its head, and its body without chunks and packing.

use std::io::Read;

use rapporteur_model::Problem;

use super::Document;
use crate::containers::{Parts, gzip};
use crate::limits::Limits;

// A longer head is damage.
const HEAD_BYTES_MAX: usize = 64 << 10;

/// What a content type promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::containers) enum Kind {
    Html,
    /// Text, JSON, a feed: its content says which.
    Text,
    /// Nothing is said.
    Unsaid,
    /// No report; what it is, in the plural.
    Other(&'static str),
}

pub(in crate::containers) fn kind_of(content_type: &str) -> Kind {
    let essence = essence(content_type);
    let (family, form) = essence.split_once('/').unwrap_or((&essence, ""));
    match (family, form) {
        ("", _) => Kind::Unsaid,
        ("text", "html") | ("application", "xhtml+xml") => Kind::Html,
        ("text", "css") => Kind::Other("style sheets"),
        (_, form) if form.contains("javascript") || form.contains("ecmascript") => Kind::Other("scripts"),
        ("text", "plain" | "markdown" | "xml" | "json") => Kind::Text,
        ("application", "json" | "xml") => Kind::Text,
        ("application", form) if form.ends_with("+json") || form.ends_with("+xml") => Kind::Text,
        ("image", _) => Kind::Other("pictures"),
        ("video" | "audio", _) => Kind::Other("sounds and films"),
        ("font", _) => Kind::Other("fonts"),
        ("application", form) if form.contains("font") => Kind::Other("fonts"),
        ("application", "pdf") => Kind::Other("PDFs"),
        _ => Kind::Other("files of other kinds"),
    }
}

fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

/// The encoding that a content type names.
pub(in crate::containers) fn charset(content_type: &str) -> Option<String> {
    let small = content_type.to_ascii_lowercase();
    let rest = &small[small.find("charset=")? + 8..];
    let label = rest.trim_start_matches(['"', '\'', ' ']);
    let label = label.split(['"', '\'', ';', ' ', ',']).next()?;
    (!label.is_empty()).then(|| label.to_owned())
}

/// Bytes of a head with the blank line that ends it.
pub(super) fn head_len(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match bytes.get(at + 1..) {
        Some([b'\n', ..]) => Some(at + 2),
        Some([b'\r', b'\n', ..]) => Some(at + 3),
        _ => None,
    })
}

/// Names and values of a head, without its first line. A value may go on in lines that begin with white space.
pub(super) fn fields(head: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = memchr::memchr(b'\n', head).map_or(&[][..], |at| &head[at + 1..]);
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let ends = memchr::memchr_iter(b'\n', rest);
            let mut ends = ends.filter(|at| !matches!(rest.get(at + 1), Some(b' ' | b'\t')));
            let end = ends.next().map_or(rest.len(), |at| at + 1);
            let (line, after) = rest.split_at(end);
            rest = after;
            if let Some(colon) = memchr::memchr(b':', line) {
                return Some((line[..colon].trim_ascii(), line[colon + 1..].trim_ascii()));
            }
        }
    })
}

#[derive(Debug, Default)]
struct Answer {
    status: u16,
    content_type: String,
    is_chunked: bool,
    /// In the order they were applied.
    packings: Vec<String>,
    len: usize,
}

/// The head of an answer; `None` where there is none.
fn answer(block: &[u8]) -> Option<Answer> {
    let start = &block[..block.len().min(HEAD_BYTES_MAX)];
    if !start.starts_with(b"HTTP/") && !start.starts_with(b"ICY ") {
        return None;
    }
    // An answer without a body may lack the blank line.
    let len = head_len(start).unwrap_or(start.len());
    let line = &start[..memchr::memchr(b'\n', start).unwrap_or(start.len())];
    let status = line.split(|it| *it == b' ').nth(1).and_then(|it| std::str::from_utf8(it.trim_ascii()).ok());
    let mut answer = Answer { status: status?.parse().ok()?, len, ..Answer::default() };
    for (name, value) in fields(&start[..len]) {
        let value = || String::from_utf8_lossy(value).to_ascii_lowercase();
        let list = |it: String| it.split(',').map(|it| it.trim().to_owned()).collect::<Vec<_>>();
        match () {
            () if name.eq_ignore_ascii_case(b"content-type") => answer.content_type = value(),
            () if name.eq_ignore_ascii_case(b"transfer-encoding") => answer.is_chunked |= value().contains("chunked"),
            () if name.eq_ignore_ascii_case(b"content-encoding") => answer.packings.extend(list(value())),
            () => {}
        }
    }
    Some(answer)
}

/// Why the answer is no report, in the plural; `start` is as much of it as holds its head.
pub(super) fn unwanted(start: &[u8], payload_type: &str, uri: &str) -> Option<String> {
    let Some(answer) = answer(start) else { return Some("answers without a head".to_owned()) };
    if !(200..300).contains(&answer.status) {
        return Some(format!("answers of status {}", answer.status));
    }
    if uri.split("://").nth(1).is_some_and(|it| it.ends_with("/robots.txt")) {
        return Some("notes for crawlers (robots.txt)".to_owned());
    }
    let said = if answer.content_type.is_empty() { payload_type } else { &answer.content_type };
    let body = start.get(answer.len..).unwrap_or(&[]).trim_ascii_start();
    match kind_of(said) {
        Kind::Other(what) => Some(what.to_owned()),
        _ if body.is_empty() => Some("empty answers".to_owned()),
        Kind::Unsaid if !body.starts_with(b"<") && answer.packings.is_empty() && !answer.is_chunked => {
            Some("files of other kinds".to_owned())
        }
        _ => None,
    }
}

/// The document in an answer.
pub(super) fn document(block: &[u8], payload_type: &str, limits: &Limits) -> Document {
    let answer = answer(block).unwrap_or_default();
    let said = if answer.content_type.is_empty() { payload_type } else { &answer.content_type };
    let mut problems = Vec::new();
    let body = block.get(answer.len..).unwrap_or(&[]);
    let mut bytes = if answer.is_chunked { without_chunks(body, &mut problems) } else { body.to_vec() };
    for packing in answer.packings.iter().rev() {
        bytes = unpacked(bytes, packing, limits, &mut problems);
    }
    Document {
        bytes,
        charset: charset(said),
        is_html: matches!(kind_of(said), Kind::Html | Kind::Unsaid),
        problems,
        ..Document::default()
    }
}

/// Takes out the lines between chunks. Many crawlers take them out and leave the field in the head; then the body does
/// not begin with one.
fn without_chunks(body: &[u8], problems: &mut Vec<Problem>) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let Some((len, head)) = chunk_head(rest) else {
            if !rest.trim_ascii().is_empty() && rest.len() < body.len() {
                let message =
                    format!("the chunks of the answer are broken after {} bytes; kept as they are", out.len());
                problems.push(Problem::new("http-chunks-broken", message));
            }
            out.extend(rest);
            return out;
        };
        if len == 0 {
            return out;
        }
        let chunk = rest.get(head..).unwrap_or(&[]);
        if chunk.len() < len {
            let message = format!("the last chunk of the answer has {} bytes of {len}", chunk.len());
            problems.push(Problem::new("http-chunks-broken", message));
            out.extend(chunk);
            return out;
        }
        out.extend(&chunk[..len]);
        rest = &chunk[len..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// Length of a chunk and of the line that says it.
fn chunk_head(bytes: &[u8]) -> Option<(usize, usize)> {
    const LINE_BYTES_MAX: usize = 1024;
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(LINE_BYTES_MAX)])?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let digits = line.split(';').next()?.trim();
    if digits.is_empty() || 8 < digits.len() || !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    Some((usize::from_str_radix(digits, 16).ok()?, end + 1))
}

/// Undoes a content encoding. A body that is not packed although its head says so was unpacked by the crawler.
fn unpacked(bytes: Vec<u8>, packing: &str, limits: &Limits, problems: &mut Vec<Problem>) -> Vec<u8> {
    let bytes_max = limits.document_bytes_max as u64;
    let mut out = Vec::new();
    let damage = match packing {
        "gzip" | "x-gzip" if bytes.starts_with(&gzip::MAGIC) => {
            let mut members = gzip::Members::new(&bytes[..], limits);
            // Reading from memory fails in no other way than by damage, which is told apart.
            let _ = (&mut members).take(bytes_max + 1).read_to_end(&mut out);
            members.go_on().map(|it| it.message)
        }
        "deflate" if !looks_like_text(&bytes) => {
            // With the two bytes of zlib round it by the standard, without by habit.
            let has_head =
                bytes.len() < 2 || (bytes[0] & 15 == 8 && (u16::from(bytes[0]) * 256 + u16::from(bytes[1])) % 31 == 0);
            let read = if has_head {
                flate2::read::ZlibDecoder::new(&bytes[..]).take(bytes_max + 1).read_to_end(&mut out)
            } else {
                flate2::read::DeflateDecoder::new(&bytes[..]).take(bytes_max + 1).read_to_end(&mut out)
            };
            read.err().map(|e| e.to_string())
        }
        "br" if !looks_like_text(&bytes) => {
            const BUFFER_BYTES: usize = 16 << 10;
            let reader = brotli_decompressor::Decompressor::new(&bytes[..], BUFFER_BYTES);
            reader.take(bytes_max + 1).read_to_end(&mut out).err().map(|e| e.to_string())
        }
        "gzip" | "x-gzip" | "deflate" | "br" | "identity" | "none" | "" | "utf-8" => return bytes,
        _ if looks_like_text(&bytes) => return bytes,
        other => Some(format!("a packing that is not read: {other}")),
    };
    if bytes_max < out.len() as u64 {
        out.truncate(bytes_max as usize);
        problems.push(Problem::new("report-too-long", format!("the answer unpacks to more than {bytes_max} bytes")));
    }
    if let Some(damage) = damage {
        let message =
            format!("the answer cannot be unpacked to its end ({damage}); kept the {} bytes before", out.len());
        problems.push(Problem::new("http-packing-broken", message));
    }
    out
}

// Packed bytes are not UTF-8 from the start.
fn looks_like_text(bytes: &[u8]) -> bool {
    const SAMPLE: usize = 64;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let n_odd = sample.iter().filter(|it| (**it < b' ' && !it.is_ascii_whitespace()) || 0x7F <= **it).count();
    n_odd * 8 < sample.len().max(1)
}
