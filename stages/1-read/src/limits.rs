//! Named limits. Reaching one is a problem that is told, never a silence.

use rapporteur_model::REPORT_BYTES_MAX;

/// What is the most that is read of one file. Every limit that is reached stands in a report's or a file's problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document before anything is taken out: a page, a text, a feed; JSON may be longer. More is cut off:
    /// `file-too-long`.
    pub document_bytes_max: usize,
    /// Bytes of a report's text. More is cut off: `report-too-long`.
    pub report_bytes_max: usize,
    /// Bytes of one file with many reports; places in it are 32 bits. More is cut off: `file-too-long`.
    pub file_bytes_max: usize,
    /// Open elements of a page at one time, as browsers have it. Deeper ones are read as text of their parent: `nesting-too-deep`.
    pub elements_open_max: usize,
    /// Levels of JSON objects and arrays. Deeper rows are left out: `json-row-unreadable`.
    pub json_depth_max: usize,
    /// Open elements of an XML file at one time. Deeper ones are read as text of their parent: `nesting-too-deep`.
    pub xml_depth_max: usize,
    /// Elements of one XML file. The rest is left out: `xml-too-many-elements`.
    pub xml_elements_max: usize,
    /// Reports of one file. The rest is left out: `too-many-reports`.
    pub reports_max: usize,
    /// Bytes that a gzip file, or a member of an archive, may unpack to as one document. More is cut off: `file-too-long`.
    pub unpacked_bytes_max: u64,
    /// Packed bytes unpack to at most so many times as many, beyond `unpack_free_bytes`. The rest is left out:
    /// `packed-too-small`. Deflate reaches 1,032; pages with long templates reach 40.
    pub unpack_ratio_max: u64,
    /// Unpacked bytes before the ratio is asked for.
    pub unpack_free_bytes: u64,
    /// Members of one ZIP or tar. The rest is left out: `archive-too-many`.
    pub archive_entries_max: usize,
    /// Bytes that come out of one file's ZIP and tar archives altogether. The rest is left out: `archive-too-long`.
    pub archive_bytes_max: u64,
    /// Bytes of a ZIP inside another archive or from standard input, which is held in memory.
    pub archive_member_bytes_max: u64,
    /// Archives that are opened in one another. Deeper ones are left out: `archive-too-deep`.
    pub archive_depth_max: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            document_bytes_max: 64 << 20,
            report_bytes_max: REPORT_BYTES_MAX,
            file_bytes_max: 1 << 30,
            elements_open_max: 512,
            json_depth_max: 128,
            xml_depth_max: 128,
            xml_elements_max: 2_000_000,
            reports_max: 5_000_000,
            unpacked_bytes_max: 256 << 20,
            unpack_ratio_max: 200,
            unpack_free_bytes: 64 << 20,
            archive_entries_max: 1_000_000,
            archive_bytes_max: 64 << 30,
            archive_member_bytes_max: 1 << 30,
            archive_depth_max: 2,
        }
    }
}
