//! `rapporteur read`: reports with block roles and metadata, as rows or as a page, or the raw bytes behind a span.

use std::io::Write as _;
use std::ops::ControlFlow;

use rapporteur::{Error, Part, pool, read, read_each, reading_page, rows};
use rapporteur_model::{Article, Problem, Span};

use super::no_such;
use crate::options::{Common, Read};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(options: &Read, common: &Common) -> Result<Done, Error> {
    match &options.at {
        None if options.html => print_page(options, common),
        Some(at) => show_raw(options, common, at),
        None => print_rows(options, common),
    }
}

/// Writes the page for people. It is one document, so all reports are held.
fn print_page(options: &Read, common: &Common) -> Result<Done, Error> {
    let mut reading = pool(common.threads)?.install(|| read(&options.paths, &Bar::new(common.quiet)))?;
    if let Some(id) = &options.id {
        reading.articles.retain(|it| options.wants(it));
        if reading.articles.is_empty() {
            return Err(no_such(id));
        }
    }
    output::file_or_text(options.page.output.as_deref(), &reading_page(&reading))?;
    Ok(Done { n_problems: output::problems(&reading.problems, &reading.articles) })
}

/// Prints rows as they are made: many reports need no more memory than few.
fn print_rows(options: &Read, common: &Common) -> Result<Done, Error> {
    let row_of = |it: &Article| serde_json::to_vec(&rows::read_row(it, common.unit()));
    let show = |part: &Part| part.articles.iter().filter(|it| options.wants(it)).map(row_of).collect::<Vec<_>>();
    let bar = Bar::new(common.quiet);
    // Not locked: the rows are written by a thread of the pool.
    let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout());
    let (mut n_rows, mut n_problems, mut failed) = (0, 0, None);
    // Before the first row problems wait: when there is none, the error at the end tells them.
    let mut waiting: Vec<(String, Problem)> = Vec::new();
    let each = |part: Part, rows: Vec<serde_json::Result<Vec<u8>>>| {
        for row in rows {
            let written = row.map_err(std::io::Error::from).and_then(|row| {
                out.write_all(&row)?;
                out.write_all(b"\n")
            });
            if let Err(e) = written {
                failed = Some(e);
                return ControlFlow::Break(());
            }
            n_rows += 1;
        }
        if options.id.is_none() || 0 < n_rows {
            waiting.extend(part.problems);
            let wanted: Vec<&Article> = part.articles.iter().filter(|it| options.wants(it)).collect();
            if 0 < n_rows {
                n_problems += bar.while_hidden(|| output::problems(&waiting, wanted));
                waiting.clear();
            }
        }
        if options.id.is_some() && 0 < n_rows { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    pool(common.threads)?.install(|| read_each(&options.paths, &bar, show, each))?;
    n_problems += output::problems(&waiting, []);
    if let Some(e) = failed.or_else(|| out.flush().err()) {
        output::broken_pipe(e)?;
    }
    match &options.id {
        Some(id) if n_rows == 0 => Err(no_such(id)),
        _ => Ok(Done { n_problems }),
    }
}

impl Read {
    /// Whether the report is the one that was asked for, or none was.
    fn wants(&self, article: &Article) -> bool {
        self.id.as_ref().is_none_or(|id| article.report.id == *id)
    }
}

/// Prints the raw bytes behind `START-END` of one report's text.
fn show_raw(options: &Read, common: &Common, at: &str) -> Result<Done, Error> {
    let mut found: Option<(Article, Part)> = None;
    let mut n = 0;
    let each = |mut part: Part, ()| {
        let wanted = part.articles.iter().position(|it| options.wants(it));
        if let Some(ix) = wanted {
            n += part.articles.len();
            found = Some((part.articles.swap_remove(ix), part));
        }
        let is_enough = if options.id.is_some() { found.is_some() } else { 1 < n };
        if is_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    pool(common.threads)?.install(|| read_each(&options.paths, &Bar::new(common.quiet), |_| (), each))?;
    if options.id.is_none() && 1 < n {
        return Err(Error::usage("--at looks into one report, and there are several; name one with --id".to_owned()));
    }
    let Some((article, part)) = found else { return Err(no_such(options.id.as_deref().unwrap_or_default())) };
    output::text(&raw_at(common, at, &article, &part)?)?;
    Ok(Done { n_problems: output::problems(&part.problems, [&article]) })
}

fn raw_at(common: &Common, at: &str, article: &Article, part: &Part) -> Result<String, Error> {
    let bad = || Error::usage(format!("--at takes START-END, as in 120-164, not '{at}'"));
    let (start, end) = at.split_once('-').ok_or_else(bad)?;
    let (start, end): (u32, u32) = (start.parse().map_err(|_| bad())?, end.parse().map_err(|_| bad())?);
    let text = &article.report.text;
    let span = rows::span_of(text, common.unit(), start, end);
    let span = span.ok_or_else(|| Error::usage(format!("{at} lies outside of the text")))?;
    let raw = article.report.raw_map.to_raw(span, text.len());
    let words = Span::of(span, text);
    let document = &part.document;
    Ok(match raw.and_then(|it| document.bytes.get(it.clone()).map(|raw| (it, raw))) {
        Some((range, raw)) => {
            let (from, to, raw) = (range.start, range.end, String::from_utf8_lossy(raw));
            // Of an archive the bytes are counted in the document as it was unpacked.
            format!("text  {at}: {words}\nbytes {from}-{to}: {raw}\nof    {}\n", document.location)
        }
        None => format!("text  {at}: {words}\nbytes: these words stand nowhere in the raw bytes\n"),
    })
}
