//! Stage 7: the account in words. A sentence without a citation cannot be built.

use serde::{Deserialize, Serialize};

use crate::{Anchor, ClaimIx, Ledgers, OriginIx, ReportIx, Verdict};

/// The account of one story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// The story's id.
    pub story: String,
    /// The headline, cited like any sentence. `None` when nothing can be said.
    pub headline: Option<CitedSentence>,
    /// The brief, in reading order.
    pub sections: Vec<Section>,
    /// The reports, sorted, with their lineage.
    pub reports: Vec<ReportCard>,
    /// The origins, with the letter each is shown by.
    pub origins: Vec<OriginCard>,
    /// What was read and what was left out.
    pub coverage: Coverage,
    /// Positions, dates, figures and offices over the story.
    pub ledgers: Ledgers,
    /// How the brief is laid out.
    pub style: Style,
    /// The English of our own words.
    pub english: English,
}

/// How a brief is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Style {
    /// Sentences in reading order, a name in full once and then short.
    #[default]
    Prose,
    /// A point a sentence, in each part the most supported first; every point stands alone, with names in full.
    Bullets,
    /// A row a fact: what, who says so, how many origins, when, where accounts differ.
    Table,
}

impl Style {
    /// All there are, in the order in which help texts list them.
    pub const ALL: [Style; 3] = [Style::Prose, Style::Bullets, Style::Table];

    /// Name on the command line and in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Style::Prose => "prose",
            Style::Bullets => "bullets",
            Style::Table => "table",
        }
    }
}

/// The English of words that are neither quoted nor a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Serialize, Deserialize)]
pub enum English {
    /// "30 November", "organise", "per cent", "Mr".
    #[default]
    British,
    /// "November 30", "organize", "percent", "Mr.".
    American,
}

impl English {
    /// Both.
    pub const ALL: [English; 2] = [English::British, English::American];

    /// Name on the command line and in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            English::British => "british",
            English::American => "american",
        }
    }
}

/// A part of the brief.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Which part.
    pub kind: SectionKind,
    /// Its sentences, in reading order; an empty section is left out.
    pub sentences: Vec<CitedSentence>,
}

/// Which part of the brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SectionKind {
    /// What happened.
    Happened,
    /// Who said what.
    Said,
    /// Figures and pledges.
    Figures,
    /// Where reports differ.
    Differ,
    /// What only one origin says.
    Single,
    /// What a rewrite changed.
    Drift,
    /// What is next.
    Next,
}

impl SectionKind {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            SectionKind::Happened => "happened",
            SectionKind::Said => "said",
            SectionKind::Figures => "figures",
            SectionKind::Differ => "differ",
            SectionKind::Single => "single",
            SectionKind::Drift => "drift",
            SectionKind::Next => "next",
        }
    }

    /// Heading in the brief.
    pub const fn title(self) -> &'static str {
        match self {
            SectionKind::Happened => "What happened",
            SectionKind::Said => "Who said what",
            SectionKind::Figures => "Figures",
            SectionKind::Differ => "Where reports differ",
            SectionKind::Single => "Only one origin says",
            SectionKind::Drift => "What a rewrite changed",
            SectionKind::Next => "What is next",
        }
    }
}

/// A sentence with the places that say so. There is no other way to put words into an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "StoredSentence")]
pub struct CitedSentence {
    text: String,
    citations: Vec<Anchor>,
    /// The claim it tells, when it tells one.
    pub claim: Option<ClaimIx>,
    /// How the reports stand to it, when that is to be shown.
    pub verdict: Option<Verdict>,
    /// A short remark beside it: "one origin", "number differs".
    pub note: Option<String>,
}

/// A cited sentence as it was stored. It comes back through the one door there is, so a damaged record gives no bare words.
#[derive(Deserialize)]
struct StoredSentence {
    text: String,
    citations: Vec<Anchor>,
    claim: Option<ClaimIx>,
    verdict: Option<Verdict>,
    note: Option<String>,
}

impl TryFrom<StoredSentence> for CitedSentence {
    type Error = &'static str;

    fn try_from(it: StoredSentence) -> Result<CitedSentence, &'static str> {
        let made = CitedSentence::new(it.text, it.citations).ok_or("a sentence without words or citations")?;
        Ok(CitedSentence { claim: it.claim, verdict: it.verdict, note: it.note, ..made })
    }
}

impl CitedSentence {
    /// `None` when there is nothing to say or nothing to cite.
    pub fn new(text: impl Into<String>, mut citations: Vec<Anchor>) -> Option<CitedSentence> {
        let text = text.into();
        if citations.is_empty() || text.trim().is_empty() {
            return None;
        }
        citations.sort_unstable();
        citations.dedup();
        Some(CitedSentence { text, citations, claim: None, verdict: None, note: None })
    }

    /// The same sentence in other words, with its citations; unchanged when there is nothing to say.
    pub fn reworded(mut self, text: String) -> CitedSentence {
        if !text.trim().is_empty() {
            self.text = text;
        }
        self
    }

    /// The sentence.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it is said: never empty, sorted.
    pub fn citations(&self) -> &[Anchor] {
        &self.citations
    }
}

/// A report as the account lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportCard {
    /// Which.
    pub report: ReportIx,
    /// Its title, when known.
    pub title: Option<String>,
    /// Its outlet, when known.
    pub outlet: Option<String>,
    /// Its date, when known.
    pub date: Option<String>,
    /// Its origin.
    pub origin: OriginIx,
    /// How it comes from others, in words: "rewrite of 001".
    pub lineage: Option<String>,
}

/// An origin as the account shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OriginCard {
    /// Letter: A, B, …, Z, AA.
    pub letter: String,
    /// Name to show.
    pub name: String,
    /// Its reports.
    pub reports: Vec<ReportIx>,
}

/// What was read and what was left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// Reports of the story.
    pub n_reports: usize,
    /// Independent origins among them.
    pub n_origins: usize,
    /// What was left out and why, a line each.
    pub left_out: Vec<String>,
    /// The latest date stated by a report; the account is as of then.
    pub as_of: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;

    #[test]
    fn a_sentence_without_a_citation_cannot_be_built() {
        assert_eq!(CitedSentence::new("Something happened.", vec![]), None);
        let anchor = Anchor::new(ReportIx(0), Span::new(0, 4));
        assert!(CitedSentence::new("Something happened.", vec![anchor]).is_some());
        assert_eq!(CitedSentence::new("  ", vec![anchor]), None);
    }
}
