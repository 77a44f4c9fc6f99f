//! The claims as comma-separated values, RFC 4180: a row a claim, the first row has the names of the columns.
//!
//! Lines end with carriage return and line feed, as the standard has it. Cells are the reports' words as they stand, so one
//! may begin with `=`: import it as text into a spreadsheet that computes what looks like a formula.

use super::table::{COLUMNS, Of, rows};
use super::{Export, Page, Write};

pub(crate) const EXPORT: Export = Export {
    name: "csv",
    extension: "csv",
    media_type: "text/csv",
    about: "a row a claim, for spreadsheets (RFC 4180)",
    write: Write::Text(write),
};

fn write(pages: &[Page<'_>]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory cannot fail, nor can rows of one length.
    let _ = writer.write_record(COLUMNS.iter().map(|it| it.name));
    for row in rows(pages) {
        let _ = writer.write_record(COLUMNS.iter().map(|it| match it.of {
            Of::Text(of) => of(&row),
            Of::Count(of) => of(&row).to_string(),
        }));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
