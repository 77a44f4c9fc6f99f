//! Stage 5: reports that belong together.

use serde::{Deserialize, Serialize};

use crate::ReportIx;

/// Reports of one happening.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Stable name: what most of its reports' story was called before, else made from the id of its earliest report.
    pub id: String,
    /// Its reports, sorted.
    pub reports: Vec<ReportIx>,
    /// Why each report is here, in the order of `reports`, in words.
    pub because: Vec<Vec<String>>,
    /// Name of the storyline: stories of one affair over days or weeks have the same. Each story is in one.
    pub storyline: String,
}
