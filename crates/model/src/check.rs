//! A brief checked against reports, sentence by sentence.

use crate::{Anchor, ReportIx, Span};

/// What a check makes of one sentence of a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckVerdict {
    /// A report says it.
    Supported,
    /// A report says most of it; what no report says is marked.
    Partly,
    /// No report says it.
    Unsupported,
    /// A report says otherwise.
    Contradicted,
    /// Words in marks that stand in no report, or are somebody else's.
    Misquoted,
    /// A report says it, but the sentence names none while others in the brief do.
    Uncited,
}

impl CheckVerdict {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            CheckVerdict::Supported => "supported",
            CheckVerdict::Partly => "partly",
            CheckVerdict::Unsupported => "unsupported",
            CheckVerdict::Contradicted => "contradicted",
            CheckVerdict::Misquoted => "misquoted",
            CheckVerdict::Uncited => "uncited",
        }
    }
}

/// One sentence of a brief with what the reports make of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The sentence, in the brief's text.
    pub sentence: Span,
    /// What the reports make of it.
    pub verdict: CheckVerdict,
    /// Why, in words.
    pub because: String,
    /// The words of the reports that come nearest: what bears it out, or what it goes against.
    pub support: Vec<Anchor>,
    /// Words of the sentence, in the brief's text, that no report bears out.
    pub missing: Vec<Span>,
    /// The reports that the sentence cites.
    pub cited: Vec<ReportIx>,
}
