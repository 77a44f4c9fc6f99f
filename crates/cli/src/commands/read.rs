//! `rapporteur read`: reports with block roles and metadata, as rows or as a page, or the raw bytes behind a span.

use rapporteur::{Error, input, pool, read, reading_page, rows};
use rapporteur_model::{Article, Span};

use crate::options::{Common, Read};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(options: &Read, common: &Common) -> Result<Done, Error> {
    let reading = pool(common.threads)?.install(|| read(&options.paths, &Bar::new(common.quiet)))?;
    match &options.at {
        None if options.html => match &options.output {
            Some(path) => output::file(path, &reading_page(&reading))?,
            None => output::text(&reading_page(&reading))?,
        },
        Some(at) => output::text(&raw_at(options, common, at, &reading.articles)?)?,
        None => output::rows(reading.articles.iter().map(|it| rows::read_row(it, common.unit())))?,
    }
    Ok(Done { n_problems: output::problems(&reading.problems, &reading.articles) })
}

/// The raw bytes behind `START-END` of the one report's text.
fn raw_at(options: &Read, common: &Common, at: &str, articles: &[Article]) -> Result<String, Error> {
    let [article] = articles else {
        return Err(Error::usage(format!("--at looks into one report, and there are {}", articles.len())));
    };
    let bad = || Error::usage(format!("--at takes START-END, as in 120-164, not '{at}'"));
    let (start, end) = at.split_once('-').ok_or_else(bad)?;
    let (start, end): (u32, u32) = (start.parse().map_err(|_| bad())?, end.parse().map_err(|_| bad())?);
    let text = &article.report.text;
    let span = rows::span_of(text, common.unit(), start, end);
    let span = span.ok_or_else(|| Error::usage(format!("{at} lies outside of the text")))?;
    let raw = article.report.raw_map.to_raw(span, text.len());
    let inputs = input::gather(&options.paths)?.inputs;
    let bytes = inputs.first().map(|it| it.bytes(&mut Vec::new())).unwrap_or_default();
    let words = Span::of(span, text);
    Ok(match raw.and_then(|it| bytes.get(it.clone()).map(|raw| (it, raw))) {
        Some((range, raw)) => {
            format!("text  {at}: {words}\nbytes {}-{}: {}\n", range.start, range.end, String::from_utf8_lossy(raw))
        }
        None => format!("text  {at}: {words}\nbytes: these words stand nowhere in the raw bytes\n"),
    })
}
