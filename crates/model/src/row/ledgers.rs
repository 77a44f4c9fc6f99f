//! Rows of `rapporteur export --to positions|schedule|figures|offices|proposals|quotes`.

use serde::{Deserialize, Serialize};

use super::SupportRow;

row! {
    /// One side that somebody takes on one matter.
    PositionLedgerRow {
        /// Version of the row format.
        schema: u32,
        /// Unit of all offsets.
        offsets: String,
        /// Story id.
        story: String,
        /// Actor id.
        actor: String,
        /// Full name.
        name: String,
        /// On what, in a report's words.
        issue: String,
        /// `support`, `oppose` or `neutral`.
        stance: String,
        /// `quoted`, `attributed` or `reported`: the surest of those there are.
        basis: String,
        /// First day a report tells it on.
        told_on: Option<String>,
        /// Set when the actor takes another side on the same matter elsewhere in the story.
        also: Option<String>,
        /// The words.
        support: Vec<SupportRow>,
        /// How many independent origins say so.
        independent_origins: u32,
    }
}

row! {
    /// Something that is stated for a day.
    ScheduleLedgerRow {
        /// Version of the row format.
        schema: u32,
        /// Unit of all offsets.
        offsets: String,
        /// Story id.
        story: String,
        /// Claim id inside the story.
        claim: String,
        /// TIMEX3 value.
        date: String,
        /// `held`, `scheduled`, `expected`, `moved`, `called-off` or `asked`, by the latest report that says so.
        status: String,
        /// The sentence.
        fact: String,
        /// What each report says, by day of the report.
        history: Vec<StatedRow>,
        /// How many independent origins say so.
        independent_origins: u32,
    }
}

row! {
    /// What one report says of something with a day.
    StatedRow {
        /// The words.
        at: SupportRow,
        /// Day of the report.
        told_on: Option<String>,
        /// `happened`, `scheduled`, `denied`, …
        realis: String,
        /// The day it names, TIMEX3 value.
        date: Option<String>,
    }
}

row! {
    /// A measure with the values stated for it, which are never added up.
    FigureLedgerRow {
        /// Version of the row format.
        schema: u32,
        /// Unit of all offsets.
        offsets: String,
        /// Story id.
        story: String,
        /// Claim id inside the story.
        claim: String,
        /// What is measured, in the reports' words.
        concept: String,
        /// Standard unit, or ISO 4217 code.
        unit: String,
        /// Values, most origins first.
        values: Vec<StatedValueRow>,
        /// Who gives.
        giver: Option<String>,
        /// Who gets.
        recipient: Option<String>,
        /// How far a pledge or payment has come.
        status: Option<String>,
    }
}

row! {
    /// A value as printed.
    StatedValueRow {
        /// As printed.
        printed: String,
        /// Where.
        support: Vec<SupportRow>,
        /// How many independent origins print it so.
        independent_origins: u32,
    }
}

row! {
    /// Somebody leaves or takes an office.
    OfficeLedgerRow {
        /// Version of the row format.
        schema: u32,
        /// Unit of all offsets.
        offsets: String,
        /// Story id.
        story: String,
        /// Claim id inside the story.
        claim: String,
        /// Who.
        name: Option<String>,
        /// The office, as a report words it.
        office: Option<String>,
        /// `leaves` or `takes`.
        change: String,
        /// TIMEX3 value, when a report states one.
        date: Option<String>,
        /// The words.
        support: Vec<SupportRow>,
        /// How many independent origins say so.
        independent_origins: u32,
    }
}

row! {
    /// What somebody said, with all its printings.
    QuoteLedgerRow {
        /// Version of the row format.
        schema: u32,
        /// Unit of all offsets.
        offsets: String,
        /// Story id.
        story: String,
        /// Claim id inside the story.
        claim: String,
        /// Who, full names; empty when no report says.
        speakers: Vec<String>,
        /// When it was said, TIMEX3 value, when a report states it.
        date: Option<String>,
        /// The printings, the fullest first.
        wordings: Vec<WordingRow>,
        /// How many independent origins print it.
        independent_origins: u32,
    }
}

row! {
    /// One report's printing of what somebody said.
    WordingRow {
        /// The words.
        at: SupportRow,
        /// Whether the report has them, or part of them, in quotation marks.
        quoted: bool,
    }
}

row! {
    /// Something that is on the table.
    ProposalLedgerRow {
        /// Version of the row format.
        schema: u32,
        /// Unit of all offsets.
        offsets: String,
        /// Story id.
        story: String,
        /// What most reports call it.
        name: String,
        /// Whose it is, when a report says so.
        by: Option<String>,
        /// Versions that reports tell apart.
        versions: Vec<ProposalVersionRow>,
        /// Who takes a side on it.
        stances: Vec<ProposalStanceRow>,
        /// Where it is named.
        support: Vec<SupportRow>,
        /// How many independent origins name it.
        independent_origins: u32,
    }
}

row! {
    /// A version of a proposal.
    ProposalVersionRow {
        /// What tells it from others: `revised`, `28-point`.
        words: String,
        /// Where.
        support: Vec<SupportRow>,
        /// How many independent origins.
        independent_origins: u32,
    }
}

row! {
    /// A side that somebody takes on a proposal.
    ProposalStanceRow {
        /// Full name.
        name: String,
        /// `support`, `oppose` or `neutral`.
        stance: String,
        /// The words.
        support: Vec<SupportRow>,
    }
}
