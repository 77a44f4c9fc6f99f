//! The records that pass between stages: plain data, no algorithms, no input or output.
//!
//! A report goes through seven stages, and each stage adds one record:
//!
//! ```text
//! bytes -> Report -> Article -> Annotations -> Relations -> Story -> Claim -> Account
//!          1-read    2-clean    3-annotate     4-relate     5-group  6-weigh  7-write
//! ```
//!
//! Nothing is ever changed in place. Cleaning labels blocks, annotation points into the text, weighing points to
//! annotations, and the account points to all of them. The one coordinate is the byte: a [`Span`] is a byte range of
//! one report's text, an [`Anchor`] is a span in a named report.
//!
//! Inside a run, reports, actors and records are small integers ([`ReportIx`], [`ActorIx`], …); outside, a report is
//! named by its id and the hash of its bytes. What other programs see is in [`row`]: flat JSON, versioned.

mod account;
mod annotations;
mod article;
mod check;
mod claim;
mod fixed;
mod ledger;
mod marked;
mod problem;
mod relations;
mod report;
pub mod row;
mod span;
mod story;

pub use account::*;
pub use annotations::*;
pub use article::*;
pub use check::*;
pub use claim::*;
pub use fixed::Fixed;
pub use ledger::*;
pub use problem::*;
pub use relations::*;
pub use report::*;
pub use span::*;
pub use story::*;

use serde::{Deserialize, Serialize};

/// A report with all that one-report stages know of it. The unit that stages 4 to 7 work on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Annotated {
    /// The report with labelled blocks and metadata.
    pub article: Article,
    /// What was found in it.
    pub annotations: Annotations,
}

impl Annotated {
    /// The report's text.
    pub fn text(&self) -> &str {
        &self.article.report.text
    }

    /// The report's id, as given or made from its hash.
    pub fn id(&self) -> &str {
        &self.article.report.id
    }
}
