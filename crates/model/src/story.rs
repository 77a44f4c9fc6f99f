//! Stage 5: reports that belong together.

use crate::ReportIx;

/// Reports of one happening.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Story {
    /// Stable name, made from the ids of its reports' earliest member.
    pub id: String,
    /// Its reports, sorted.
    pub reports: Vec<ReportIx>,
    /// Why each report is here, in the order of `reports`, in words.
    pub because: Vec<Vec<String>>,
}
