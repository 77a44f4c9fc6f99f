//! Records as the rows other programs read; offsets are converted here and nowhere else.

mod annotate;
mod read;
mod run;

pub use annotate::{annotate_row, parse_row};
pub use read::{problem_row, read_row};
pub use run::{check_rows, claim_rows, group_rows, origin_rows, relation_rows};

use rapporteur_model::Span;
use rapporteur_model::row::Range;
use rapporteur_text::Offsets;

/// A span in the row's unit.
fn range(offsets: &Offsets<'_>, span: Span) -> Range {
    (offsets.at(span.start()), offsets.at(span.end()))
}

/// Spans in the row's unit.
fn ranges(offsets: &Offsets<'_>, spans: &[Span]) -> Vec<Range> {
    spans.iter().map(|it| range(offsets, *it)).collect()
}

/// Words on one line: the line breaks of the report become spaces.
fn line(span: Span, text: &str) -> String {
    span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A range in the row's unit as a span of the text; `None` when it lies outside.
pub fn span_of(text: &str, unit: rapporteur_text::Unit, start: u32, end: u32) -> Option<Span> {
    let offsets = Offsets::new(text, unit);
    let (from, to) = (offsets.byte_of(start), offsets.byte_of(end));
    let fits = start <= end && offsets.at(from) == start && offsets.at(to) == end;
    fits.then(|| Span::new(from, to))
}
