//! Problems: what went wrong with bad input, kept as data.

use serde::{Deserialize, Serialize};

use crate::{Fixed, Span};

/// One thing that could not be kept or understood. Bad input is ordinary: what can be kept is kept, what is lost is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable code in kebab case, for programs: `report-too-long`, `bad-utf8`, `json-row-unreadable`.
    #[serde(deserialize_with = "crate::fixed::one")]
    pub code: Fixed,
    /// Where in the report's text, when it is about a place.
    pub span: Option<Span>,
    /// A sentence for people: what is wrong, where, what was done.
    pub message: String,
}

impl Problem {
    /// A problem of the whole report.
    pub fn new(code: &'static str, message: impl Into<String>) -> Problem {
        Problem { code, span: None, message: message.into() }
    }
}
