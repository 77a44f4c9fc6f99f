//! Places: spans, anchors and the small integers that name records inside a run.

use serde::{Deserialize, Serialize};

/// A half-open byte range `start..end` into one report's text.
///
/// Bytes, not characters: slicing is free, and the unit is converted once, at the edge. Both ends stand on character
/// borders of the text they were made for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(into = "(u32, u32)", from = "(u32, u32)")]
pub struct Span {
    // Invariant: start <= end.
    start: u32,
    end: u32,
}

const _: () = assert!(size_of::<Span>() == 8);
const _: () = assert!(size_of::<Anchor>() == 12);

impl Span {
    /// `start..end`. Ends given in the wrong order are put right, so a span is never inside out.
    pub const fn new(start: u32, end: u32) -> Span {
        if start <= end { Span { start, end } } else { Span { start: end, end: start } }
    }

    /// The same from `usize` offsets; reports are far smaller than 4 GiB (`REPORT_BYTES_MAX`).
    pub const fn at(start: usize, end: usize) -> Span {
        Span::new(start as u32, end as u32)
    }

    /// First byte.
    pub const fn start(self) -> u32 {
        self.start
    }

    /// One past the last byte.
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range for slicing.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words it points to; empty when it does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether `other` lies inside, ends included.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether byte `offset` lies inside.
    pub const fn contains_offset(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether they share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The bytes they share.
    pub fn intersect(self, other: Span) -> Option<Span> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Span { start, end })
    }

    /// The same span, `by` bytes further on.
    pub const fn shift(self, by: u32) -> Span {
        Span { start: self.start + by, end: self.end + by }
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Span::new(start, end)
    }
}

/// A span in a named report: the unit of citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Anchor {
    /// Which report of the run.
    pub report: ReportIx,
    /// Where in its text.
    pub span: Span,
}

impl Anchor {
    /// A span in a report.
    pub const fn new(report: ReportIx, span: Span) -> Anchor {
        Anchor { report, span }
    }
}

macro_rules! index {
    ($(#[$doc:meta] $name:ident),* $(,)?) => {$(
        #[$doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// As an index into the list it names.
            pub const fn ix(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(ix: usize) -> Self {
                $name(ix as u32)
            }
        }
    )*};
}

index! {
    /// A report of the run: index into the list of reports, which is sorted by id and hash, never by arrival.
    ReportIx,
    /// A block of an article.
    BlockIx,
    /// A token of a report.
    TokenIx,
    /// A sentence of a report.
    SentenceIx,
    /// A mention in a report.
    MentionIx,
    /// An actor of one report.
    ActorIx,
    /// A time in a report.
    TimeIx,
    /// A figure in a report.
    FigureIx,
    /// An attribution in a report.
    QuoteIx,
    /// An act in a report.
    ActIx,
    /// An origin of the run.
    OriginIx,
    /// A claim of a story.
    ClaimIx,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn span_is_never_inside_out() {
        assert_eq!(Span::new(9, 3), Span::new(3, 9));
        assert_eq!(format!("{:?}", Span::new(3, 9)), "3..9");
    }

    #[test]
    fn span_arithmetic() {
        let a = Span::new(2, 6);
        assert!(a.contains(Span::new(2, 6)) && !a.contains(Span::new(2, 7)));
        assert!(a.overlaps(Span::new(5, 9)) && !a.overlaps(Span::new(6, 9)));
        assert_eq!(a.cover(Span::new(8, 9)), Span::new(2, 9));
        assert_eq!(a.intersect(Span::new(4, 9)), Some(Span::new(4, 6)));
        assert_eq!(a.intersect(Span::new(6, 9)), None);
        assert_eq!(Span::new(0, 2).of("é"), "é");
        assert_eq!(Span::new(0, 1).of("é"), "");
    }
}
