//! Laws of reading: every character leads back to its bytes, whatever the bytes are; nothing panics; time is linear.

#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "a test may look at files and at the environment")]

use crate::{Limits, Source, read};
use proptest::prelude::*;
use rapporteur_model::{Report, Span};
use std::io::Read as _;
use std::path::PathBuf;

/// Runs are in order and cover the text; verbatim runs are the same bytes; blocks are in order, on character borders
/// and cover all that is not white space.
pub(crate) fn check_report(report: &Report, raw: &[u8]) {
    let text = report.text.as_str();
    let runs = &report.raw_map.runs;
    assert_eq!(runs.is_empty(), text.is_empty());
    assert!(runs.first().is_none_or(|it| it.text_start == 0));
    for (ix, run) in runs.iter().enumerate() {
        let end = runs.get(ix + 1).map_or(text.len(), |it| it.text_start as usize);
        let start = run.text_start as usize;
        assert!(start < end, "{} run {ix}", report.location);
        let (raw_start, raw_end) = (run.raw_start as usize, (run.raw_start + run.raw_len) as usize);
        assert!(raw_end <= raw.len(), "{} run {ix}", report.location);
        if run.verbatim {
            assert_eq!(&text.as_bytes()[start..end], &raw[raw_start..raw_end], "{} run {ix}", report.location);
        }
    }
    let mut at = 0;
    for block in &report.blocks {
        let (start, end) = (block.span.start() as usize, block.span.end() as usize);
        assert!(at <= start && start < end && text.is_char_boundary(start) && text.is_char_boundary(end));
        assert!(text[at..start].chars().all(char::is_whitespace), "{}: {:?}", report.location, &text[at..start]);
        assert!(block.link_bytes <= block.span.len());
        at = end;
    }
    assert!(text[at..].chars().all(char::is_whitespace));
    // Spans of all kinds lead back: each to bytes that hold what each of their parts leads back to.
    let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).step_by(97).collect();
    for pair in borders.windows(2) {
        let whole = report.raw_map.to_raw(Span::at(pair[0], pair[1]), text.len());
        let first = report.raw_map.to_raw(Span::at(pair[0], pair[0] + 1), text.len());
        if let (Some(whole), Some(first)) = (whole, first) {
            assert!(whole.start <= first.start && first.end <= whole.end);
        }
    }
}

fn check(location: &str, bytes: &[u8]) {
    for report in read(&Source { location, bytes }, &Limits::default()).reports {
        check_report(&report, bytes);
    }
}

#[test]
fn all_pages_of_the_evaluation_folder() {
    let root = std::env::var("RAPPORTEUR_EVAL")
        .map_or_else(|_| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from);
    let mut todo = vec![root.join("eval/html"), root.join("reports")];
    let mut n_pages = 0;
    while let Some(folder) = todo.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|it| it.path()) {
            if path.is_dir() {
                todo.push(path);
                continue;
            }
            let name = path.to_string_lossy().into_owned();
            let mut bytes = std::fs::read(&path).expect("a file that was listed");
            if name.ends_with(".gz") {
                let mut unpacked = Vec::new();
                flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut unpacked).expect("gzip");
                bytes = unpacked;
            }
            check(&name, &bytes);
            n_pages += 1;
        }
    }
    eprintln!("{n_pages} files checked");
}

#[test]
fn hostile_bytes() {
    let limits = Limits::default();
    let n = 100_000;
    let pieces: &[&[u8]] = &[
        b"<div>", b"<b>", b"</p>", b"\0", b"\xFF\xFE", b"\xC3", b"{\"text\":", b"[", b"[{", b"\"", b"&#", b"<!",
        b"<p \"", b"<a href='", b"<td>", b"<li>x", b"# ", b"**", b"![", b"[a](", b"> ", b"- ", b"\n", b"\r\n\r\n",
        b"---\n", b"{\"a\":{", b"\x1B$B", b"&notin", b"<title>", b"<svg>", b"</br>",
    ];
    for piece in pieces {
        let bytes = piece.repeat(n / piece.len());
        for head in [&b""[..], b"<html>", b"# x\n\n", b"{\"text\": \"", b"<meta charset=gbk>"] {
            let bytes = [head, &bytes].concat();
            for location in ["a.html", "a.md"] {
                for report in read(&Source { location, bytes: &bytes }, &limits).reports {
                    check_report(&report, &bytes);
                }
            }
        }
    }
}

#[test]
fn a_long_report_is_cut_and_says_so() {
    let limits = Limits { report_bytes_max: 1000, ..Limits::default() };
    for bytes in ["é word ".repeat(1000), format!("<html>{}", "<p>é word</p>".repeat(1000))] {
        let outcome = read(&Source { location: "a", bytes: bytes.as_bytes() }, &limits);
        let report = &outcome.reports[0];
        assert!(report.text.len() <= 1000);
        assert!(report.problems.iter().any(|it| it.code == "report-too-long"));
        check_report(report, bytes.as_bytes());
    }
}

#[test]
fn a_long_page_is_cut_before_it_is_read_and_rows_are_not() {
    let limits = Limits { document_bytes_max: 100, ..Limits::default() };
    let words = "word ".repeat(100);
    let outcome = read(&Source { location: "a", bytes: words.as_bytes() }, &limits);
    assert_eq!((outcome.reports[0].text.len(), outcome.problems[0].code), (100, "file-too-long"));
    let row = format!("\u{FEFF}{{\"text\": \"{words}\"}}");
    let outcome = read(&Source { location: "a", bytes: row.as_bytes() }, &limits);
    assert_eq!((outcome.reports[0].text.len(), outcome.problems.len()), (500, 0));
}

// Markup with words, broken in many ways.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé €😀]{0,8}",
        Just("<p>".to_owned()),
        Just("</p>".to_owned()),
        Just("<div class='a b'>".to_owned()),
        Just("</div>".to_owned()),
        Just("<a href=x>".to_owned()),
        Just("</a>".to_owned()),
        Just("<table><tr><td>".to_owned()),
        Just("<td>".to_owned()),
        Just("</table>".to_owned()),
        Just("<ul><li>".to_owned()),
        Just("<br>".to_owned()),
        Just("<pre>\n x\n\n y".to_owned()),
        Just("&amp;".to_owned()),
        Just("&nbsp;".to_owned()),
        Just("&#x41;".to_owned()),
        Just("&copy".to_owned()),
        Just("<!-- x -->".to_owned()),
        Just("<script>a<b</script>".to_owned()),
        Just("<svg><p>".to_owned()),
        Just("</svg>".to_owned()),
        Just("\r\n\t ".to_owned()),
        "[<>&\"'=/!-]{1,4}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|it| it.concat())
}

proptest! {
    #[test]
    fn any_markup(html in markup()) {
        check("a.html", html.as_bytes());
        check("a.html", format!("<html>{html}").as_bytes());
        check("a.md", html.as_bytes());
    }

    #[test]
    fn any_markup_in_json(html in markup()) {
        let quoted: String = html.chars().flat_map(|it| match it {
            '"' | '\\' => vec!['\\', it],
            '\n' => vec!['\\', 'n'],
            '\r' => vec!['\\', 'r'],
            '\t' => vec!['\\', 't'],
            'é' => "\\u00e9".chars().collect(),
            '😀' => "\\ud83d\\ude00".chars().collect(),
            other => vec![other],
        }).collect();
        check("a.jsonl", format!("{{\"id\": 1, \"html\": \"{quoted}\"}}\n{{\"text\": \"{quoted}\"}}").as_bytes());
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check("a", &bytes);
        check("a", &[b"<html><meta charset=shift_jis><p>", &bytes[..]].concat());
    }
}
