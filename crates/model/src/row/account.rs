//! The row of `rapporteur brief --format json`.

use serde::{Deserialize, Serialize};

use super::{
    ClaimRow, FigureLedgerRow, OfficeLedgerRow, PositionLedgerRow, ProposalLedgerRow, QuoteLedgerRow,
    ScheduleLedgerRow, SupportRow,
};

row! {
    /// `rapporteur brief --format json`: the account of one story.
    AccountRow {
        /// Version of the row format.
        schema: u32,
        /// Unit of all offsets.
        offsets: String,
        /// Story id.
        story: String,
        /// The headline.
        headline: Option<SentenceRow>,
        /// The parts of the brief.
        sections: Vec<SectionRow>,
        /// The reports with their lineage.
        reports: Vec<ReportCardRow>,
        /// The origins.
        origins: Vec<OriginCardRow>,
        /// Lines on what was left out.
        left_out: Vec<String>,
        /// The latest date a report states.
        as_of: Option<String>,
        /// `british` or `american`: the English of our own words.
        #[serde(default)]
        english: String,
        /// The claims the account is made from, most weight first, as `rapporteur weigh` prints them.
        #[serde(default)]
        claims: Vec<ClaimRow>,
        /// The ledgers of the story.
        #[serde(default)]
        ledgers: LedgersRow,
    }
}

row! {
    /// The ledgers of a story, each as `rapporteur export` writes it.
    LedgersRow {
        /// Who stands where on what.
        positions: Vec<PositionLedgerRow>,
        /// What is stated for which day.
        schedule: Vec<ScheduleLedgerRow>,
        /// Measures with the values stated for them.
        figures: Vec<FigureLedgerRow>,
        /// Who left an office and who came.
        offices: Vec<OfficeLedgerRow>,
        /// What was said, with every printing.
        quotes: Vec<QuoteLedgerRow>,
        /// Plans and proposals with their versions.
        #[serde(default)]
        proposals: Vec<ProposalLedgerRow>,
    }
}

row! {
    /// A part of the brief.
    SectionRow {
        /// `happened`, `said`, `figures`, `differ`, `single`, `drift` or `next`.
        kind: String,
        /// Heading.
        title: String,
        /// Sentences.
        sentences: Vec<SentenceRow>,
    }
}

row! {
    /// A sentence with its citations: never none.
    SentenceRow {
        /// The sentence.
        text: String,
        /// Where it is said.
        citations: Vec<SupportRow>,
        /// The claim it tells.
        claim: Option<String>,
        /// How the reports stand to it.
        verdict: Option<String>,
        /// A short remark.
        note: Option<String>,
    }
}

row! {
    /// A report as the account lists it.
    ReportCardRow {
        /// Report id.
        id: String,
        /// Title.
        title: Option<String>,
        /// Outlet.
        outlet: Option<String>,
        /// Date.
        date: Option<String>,
        /// Letter of its origin.
        origin: String,
        /// How it comes from others.
        lineage: Option<String>,
    }
}

row! {
    /// An origin as the account shows it.
    OriginCardRow {
        /// Letter.
        letter: String,
        /// Name.
        name: String,
        /// Report ids.
        reports: Vec<String>,
    }
}
