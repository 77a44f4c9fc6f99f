//! Output forms of an account. To add one: its file, and its word in one of the two lists below.
//!
//! A [`Format`] is for people and shows one story; an [`Export`] is for other programs and holds all stories of a run in one
//! valid file.

use rapporteur_model::row::SupportRow;
use rapporteur_model::{Account, Anchor, Annotated, CitedSentence, Claim, Relations, ReportIx};
use rapporteur_text::{Offsets, Unit};

use crate::view::one_line;

/// All that a form may show.
pub struct Page<'a> {
    /// The account.
    pub account: &'a Account,
    /// The claims it is made from.
    pub claims: &'a [Claim],
    /// All reports of the run.
    pub reports: &'a [Annotated],
    /// How they depend on each other.
    pub relations: &'a Relations,
}

impl Page<'_> {
    /// The number a report is cited by, from 1.
    pub(crate) fn number(&self, report: ReportIx) -> usize {
        self.account.reports.iter().position(|it| it.report == report).map_or(0, |it| it + 1)
    }

    /// A place as a row has it.
    pub(crate) fn support(&self, at: &Anchor, unit: Unit) -> SupportRow {
        support(self.reports, at, unit)
    }

    /// Whether the report has the words of a place, or some of them, in quotation marks.
    pub(crate) fn is_quoted(&self, at: &Anchor) -> bool {
        let quotes = &self.reports[at.report.ix()].annotations.quotes;
        quotes.iter().flat_map(|it| &it.quoted).any(|it| it.overlaps(at.span))
    }

    /// Whether all words at a place stand between one pair of quotation marks in its report.
    pub(crate) fn is_all_quoted(&self, at: &Anchor) -> bool {
        let quotes = &self.reports[at.report.ix()].annotations.quotes;
        quotes.iter().flat_map(|it| &it.quoted).any(|it| it.contains(at.span))
    }

    /// The letter of a report's origin.
    pub(crate) fn letter(&self, report: ReportIx) -> &str {
        let card = self.account.origins.iter().find(|it| it.reports.contains(&report));
        card.map_or("?", |it| it.letter.as_str())
    }

    /// The numbers of the reports a sentence cites: `1, 3`.
    pub(crate) fn numbers(&self, citations: &[Anchor]) -> String {
        let mut found: Vec<usize> = citations.iter().map(|it| self.number(it.report)).collect();
        found.sort_unstable();
        found.dedup();
        found.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
    }

    /// What a report is called in lists: title, else id.
    pub(crate) fn name(&self, report: ReportIx) -> String {
        let card = self.account.reports.iter().find(|it| it.report == report);
        let title = card.and_then(|it| it.title.clone());
        title.unwrap_or_else(|| self.reports[report.ix()].id().to_owned())
    }

    /// The claim a sentence tells.
    pub(crate) fn claim_of(&self, sentence: &CitedSentence) -> Option<&Claim> {
        self.claims.get(sentence.claim?.ix())
    }

    /// A claim as one plain sentence, in the English of the account.
    pub(crate) fn sentence(&self, claim: &Claim) -> String {
        self.worded(&crate::sentence(claim, self.reports))
    }

    /// Words of ours in the English of the account.
    pub(crate) fn worded(&self, text: &str) -> String {
        crate::english::house(text, self.account.english)
    }

    /// The year the account is told in, for leaving it out of dates.
    pub(crate) fn year(&self) -> Option<&str> {
        self.account.coverage.as_of.as_deref().and_then(|it| it.get(..4))
    }

    /// One line on how many reports and origins there are.
    pub(crate) fn summary(&self) -> String {
        let coverage = &self.account.coverage;
        let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        let as_of = coverage.as_of.as_ref().map_or_else(String::new, |it| format!(", as of {it}"));
        format!(
            "{} from {}{as_of}",
            plural(coverage.n_reports, "report"),
            plural(coverage.n_origins, "independent origin")
        )
    }
}

/// A place as a row has it.
pub(crate) fn support(reports: &[Annotated], at: &Anchor, unit: Unit) -> SupportRow {
    let report = &reports[at.report.ix()];
    let offsets = Offsets::new(report.text(), unit);
    SupportRow {
        report: report.id().to_owned(),
        span: (offsets.at(at.span.start()), offsets.at(at.span.end())),
        text: one_line(at.span.of(report.text())),
    }
}

/// One output form.
pub struct Format {
    /// Name on the command line.
    pub name: &'static str,
    /// File extension.
    pub extension: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// Writes the page.
    pub write: fn(&Page<'_>) -> String,
}

mod fact_rows;
mod html;
pub use html::{ACCOUNT_CSS, ACCOUNT_JS, account_html};
mod ics;
mod json;
mod ledgers;
mod markdown;
mod terminal;

/// All forms for people, and the account's own JSON.
pub const FORMATS: &[Format] = &[terminal::FORMAT, markdown::FORMAT, html::FORMAT, json::FORMAT];

/// One form for other programs: all stories of a run together.
pub struct Export {
    /// Name on the command line.
    pub name: &'static str,
    /// File extension; empty where the form is a folder.
    pub extension: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// What it holds, and its standard, for help texts.
    pub about: &'static str,
    /// Writes the stories.
    pub write: Write,
}

/// How a form for other programs is written, which says also where it can go.
#[derive(Clone, Copy)]
pub enum Write {
    /// Text: a file, or standard output.
    Text(fn(&[Page<'_>]) -> String),
    /// Bytes that are no text: a file or a pipe, no terminal.
    Bytes(fn(&[Page<'_>]) -> Vec<u8>),
    /// Several files: a folder.
    Folder(fn(&[Page<'_>]) -> Vec<File>),
}

/// One file of a form that is a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, without any folder; different from all others.
    pub name: String,
    /// What it holds.
    pub text: String,
}

mod annotations;
mod brat;
mod claims;
mod csv;
mod feed;
mod ftm;
mod graphml;
mod parquet;
mod prov;
mod run;
mod stix;
mod table;

pub use feed::changes_feed;
pub use json::claim_rows;

/// All forms for other programs.
pub const EXPORTS: &[Export] = &[
    csv::EXPORT,
    parquet::EXPORT,
    ledgers::POSITIONS,
    ledgers::SCHEDULE,
    ledgers::FIGURES,
    ledgers::OFFICES,
    ledgers::PROPOSALS,
    ledgers::QUOTES,
    ics::EXPORT,
    annotations::EXPORT,
    prov::EXPORT,
    claims::EXPORT,
    stix::EXPORT,
    ftm::EXPORT,
    graphml::EXPORT,
    brat::EXPORT,
];

#[cfg(test)]
mod tests;
