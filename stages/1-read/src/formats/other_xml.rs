//! XML of other kinds. What has paragraphs is read as if it were HTML (NITF and many houses' own forms do); a site map,
//! a drawing or a table of settings is no report, and that is said.

use crate::ReadOutcome;
use crate::formats::{Format, Input, html};
use crate::xml;
use rapporteur_model::Problem;

pub(crate) const FORMAT: Format = Format { name: "xml", extensions: &["xml"], is_like, read };

fn is_like(text: &str) -> bool {
    text.starts_with("<?xml") || text.starts_with("<!DOCTYPE") || text.starts_with("<nitf")
}

fn read(input: Input<'_>) -> ReadOutcome {
    let text = input.decoded.text.as_str();
    if ["<p>", "<p ", ":p>"].iter().any(|it| text.contains(it)) {
        return (html::FORMAT.read)(input);
    }
    let name = xml::root_name(text).unwrap_or("?");
    let message = format!("is XML of a kind that is not read ('{name}'); left out");
    ReadOutcome { reports: Vec::new(), problems: vec![Problem::new("xml-unknown", message)] }
}
