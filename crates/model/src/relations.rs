//! Stage 4: which report comes from which.

use serde::{Deserialize, Serialize};

use crate::{OriginIx, ReportIx, Span};

/// How the reports of a run depend on each other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Relations {
    /// Pairs that are related, `a < b`, sorted.
    pub pairs: Vec<Relation>,
    /// The independent origins, sorted by their first report.
    pub origins: Vec<Origin>,
    /// The origin of each report, by report index. Reports of one origin are one voice.
    pub origin_of: Vec<OriginIx>,
    /// Sources outside the collection that reports draw on.
    pub external: Vec<ExternalSource>,
}

/// A related pair of reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// The report with the smaller index.
    pub a: ReportIx,
    /// The other.
    pub b: ReportIx,
    /// How they are related.
    pub kind: RelationKind,
    /// Which comes from which.
    pub direction: Direction,
    /// Share of `a`'s shingles that stand in `b`, 0 to 1.
    pub containment_a: f32,
    /// Share of `b`'s shingles that stand in `a`.
    pub containment_b: f32,
    /// Matching passages, in the order of `a`.
    pub passages: Vec<Passage>,
    /// What the derived report lost, added or changed.
    pub drift: Vec<Drift>,
    /// The reasons, in words.
    pub because: Vec<String>,
}

impl Relation {
    /// Which comes from which: the derived report, then its parent. `None` when the direction is not known.
    pub const fn derived_and_parent(&self) -> Option<(ReportIx, ReportIx)> {
        match self.direction {
            Direction::AFromB => Some((self.a, self.b)),
            Direction::BFromA => Some((self.b, self.a)),
            Direction::Unknown => None,
        }
    }
}

/// How two reports are related.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RelationKind {
    /// The same words.
    Identical,
    /// Nearly the same words.
    NearCopy,
    /// One is a part of the other.
    Excerpt,
    /// Two states of one page.
    Version,
    /// One tells the other again in other words.
    Rewrite,
    /// One says that it retells the other.
    SecondHand,
    /// One is the other with credit.
    Republication,
    /// Both come from one report that is not here.
    SharedWire,
    /// They quote the same words of a speaker; no derivation.
    SharedQuote,
    /// One names the other as a source of a part.
    Cites,
}

impl RelationKind {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            RelationKind::Identical => "identical",
            RelationKind::NearCopy => "near-copy",
            RelationKind::Excerpt => "excerpt",
            RelationKind::Version => "version",
            RelationKind::Rewrite => "rewrite",
            RelationKind::SecondHand => "second-hand",
            RelationKind::Republication => "republication",
            RelationKind::SharedWire => "shared-wire",
            RelationKind::SharedQuote => "shared-quote",
            RelationKind::Cites => "cites",
        }
    }

    /// Whether the two reports are one voice.
    pub const fn is_lineage(self) -> bool {
        !matches!(self, RelationKind::SharedQuote | RelationKind::Cites)
    }
}

/// Which of a pair comes from which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Direction {
    /// `a` comes from `b`.
    AFromB,
    /// `b` comes from `a`.
    BFromA,
    /// Not known, or from a common parent.
    Unknown,
}

impl Direction {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Direction::AFromB => "a-from-b",
            Direction::BFromA => "b-from-a",
            Direction::Unknown => "unknown",
        }
    }
}

/// Words that two reports share.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// In `a`.
    pub a: Span,
    /// In `b`.
    pub b: Span,
    /// How they match.
    pub how: PassageKind,
}

/// How a passage matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PassageKind {
    /// The same words but for case, marks and spelling.
    Verbatim,
    /// The same with small edits.
    Edited,
    /// The same fact in other words.
    Rewritten,
    /// The same quotation of a speaker.
    Quotation,
}

impl PassageKind {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            PassageKind::Verbatim => "verbatim",
            PassageKind::Edited => "edited",
            PassageKind::Rewritten => "rewritten",
            PassageKind::Quotation => "quotation",
        }
    }
}

/// One thing a derived report changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// What sort of change.
    pub kind: DriftKind,
    /// In `a`, when it stands there.
    pub a: Option<Span>,
    /// In `b`, when it stands there.
    pub b: Option<Span>,
    /// The change in words.
    pub what: String,
}

/// What sort of change a rewrite made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DriftKind {
    /// The derived report lost it.
    Lost,
    /// The derived report added it.
    Added,
    /// A number changed.
    Number,
    /// A date changed.
    Date,
    /// A name or the people who took part changed.
    Name,
    /// Expected became certain, or the reverse.
    Certainty,
    /// Who says so changed or vanished.
    Attribution,
    /// Quotation marks came or went.
    Marks,
}

impl DriftKind {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            DriftKind::Lost => "lost",
            DriftKind::Added => "added",
            DriftKind::Number => "number",
            DriftKind::Date => "date",
            DriftKind::Name => "name",
            DriftKind::Certainty => "certainty",
            DriftKind::Attribution => "attribution",
            DriftKind::Marks => "marks",
        }
    }
}

/// An independent origin: reports of one lineage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The reports, sorted.
    pub reports: Vec<ReportIx>,
    /// The earliest known of them; not necessarily the original.
    pub root: ReportIx,
    /// Name to show: an outside parent ("Reuters"), else the root's outlet or id.
    pub name: String,
    /// Why they are one, in words.
    pub because: Vec<String>,
}

/// A source outside the collection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExternalSource {
    /// Its name.
    pub name: String,
    /// Reports that come from it as a whole.
    pub children: Vec<ReportIx>,
    /// Reports that draw on it for a part, with the words that say so.
    pub cited_by: Vec<(ReportIx, Span)>,
}
