//! Records as the rows other programs read; offsets are converted here and nowhere else.

mod annotate;
mod read;
mod run;

pub use annotate::{annotate_row, parse_row};
pub use read::{problem_row, read_row};
pub use run::{claim_rows, group_rows, origin_rows, relation_rows};

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
