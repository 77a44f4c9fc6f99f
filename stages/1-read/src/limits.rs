//! Named limits. Reaching one is a problem that is told, never a silence.

use rapporteur_model::REPORT_BYTES_MAX;

/// What is the most that is read of one file. Every limit that is reached stands in a report's or a file's problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document (a page, a row's text) before anything is taken out. More is cut off: `report-too-long`.
    pub document_bytes_max: usize,
    /// Bytes of a report's text. More is cut off: `report-too-long`.
    pub report_bytes_max: usize,
    /// Bytes of one file with many reports; places in it are 32 bits. More is cut off: `file-too-long`.
    pub file_bytes_max: usize,
    /// Open elements of a page at one time, as browsers have it. Deeper ones are read as text of their parent: `nesting-too-deep`.
    pub elements_open_max: usize,
    /// Levels of JSON objects and arrays. Deeper rows are left out: `json-row-unreadable`.
    pub json_depth_max: usize,
    /// Reports of one file. The rest is left out: `too-many-reports`.
    pub reports_max: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            document_bytes_max: 64 << 20,
            report_bytes_max: REPORT_BYTES_MAX,
            file_bytes_max: u32::MAX as usize,
            elements_open_max: 512,
            json_depth_max: 128,
            reports_max: 5_000_000,
        }
    }
}
