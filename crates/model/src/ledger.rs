//! Stage 6: the ledgers of a story, what people keep on paper beside the news: who stands where, what is set for when, which
//! figures are stated, who came and went, what is on the table.

use serde::{Deserialize, Serialize};

use crate::{Anchor, Basis, ClaimIx, OriginIx, Party, Realis, Stance};

/// The ledgers of one story. Every entry has words of a report behind it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Ledgers {
    /// Who stands where on what, by actor, then issue.
    pub positions: Vec<PositionEntry>,
    /// What happened or is to happen on a stated day, in order of the days.
    pub schedule: Vec<ScheduleEntry>,
    /// Figures with the values stated for each, most weight first.
    pub figures: Vec<FigureEntry>,
    /// Who left and who came, in order of the days; entries without a day last.
    pub offices: Vec<OfficeEntry>,
    /// Plans and proposals with their versions, most origins first.
    #[serde(default)]
    pub proposals: Vec<ProposalEntry>,
}

/// Something that is on the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposalEntry {
    /// What most reports call it.
    pub name: String,
    /// Whose it is, when a report says so.
    pub by: Option<Party>,
    /// Versions that reports tell apart by a word or a number of points, in the order they are first named.
    pub versions: Vec<ProposalVersion>,
    /// Who takes a side on it, by name.
    pub stances: Vec<ProposalStance>,
    /// Where it is named: never empty, sorted.
    pub support: Vec<Anchor>,
    /// Independent origins that name it, sorted.
    pub origins: Vec<OriginIx>,
}

/// A version of a proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposalVersion {
    /// What tells it from others, in small letters: `revised`, `28-point`.
    pub words: String,
    /// Where: never empty, sorted.
    pub support: Vec<Anchor>,
    /// Independent origins, sorted.
    pub origins: Vec<OriginIx>,
}

/// A side that somebody takes on a proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposalStance {
    /// Who.
    pub actor: Party,
    /// Which side.
    pub stance: Stance,
    /// The words that say so: never empty, sorted.
    pub support: Vec<Anchor>,
}

/// One side that somebody takes on one matter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PositionEntry {
    /// Who.
    pub actor: Party,
    /// On what, in a report's own words.
    pub issue: String,
    /// Which side.
    pub stance: Stance,
    /// How it is known, the surest way of those there are.
    pub basis: Basis,
    /// The first day a report states it on, `YYYY-MM-DD`; the day of the report, not of the saying.
    pub told_on: Option<String>,
    /// The words that say so: never empty, sorted.
    pub support: Vec<Anchor>,
    /// Independent origins that say so, sorted.
    pub origins: Vec<OriginIx>,
    /// Set when the same actor takes another side on the same matter elsewhere in the story.
    pub also: Option<Stance>,
}

/// What is stated for a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScheduleEntry {
    /// TIMEX3 value: a day, a week, a month or a year.
    pub date: String,
    /// How far it has come, by the latest report that says so.
    pub status: ScheduleStatus,
    /// The claim that tells it.
    pub claim: ClaimIx,
    /// What each report says of it, by day of the report.
    pub history: Vec<Stated>,
    /// Independent origins that say so, sorted.
    pub origins: Vec<OriginIx>,
}

/// What one report says of an entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stated {
    /// The words.
    pub at: Anchor,
    /// The day of the report, when it is stated.
    pub told_on: Option<String>,
    /// Done, planned, denied.
    pub realis: Realis,
    /// The day it names, when it names one.
    pub date: Option<String>,
}

/// How far something with a date has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ScheduleStatus {
    /// Reports tell it as done.
    Held,
    /// It is set for the day.
    Scheduled,
    /// It is expected.
    Expected,
    /// It was set for one day and is now set for another.
    Moved,
    /// It is called off, refused or denied.
    CalledOff,
    /// It is asked for or proposed.
    Asked,
}

impl ScheduleStatus {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            ScheduleStatus::Held => "held",
            ScheduleStatus::Scheduled => "scheduled",
            ScheduleStatus::Expected => "expected",
            ScheduleStatus::Moved => "moved",
            ScheduleStatus::CalledOff => "called-off",
            ScheduleStatus::Asked => "asked",
        }
    }

    /// Whether it lies ahead of the reports.
    pub const fn is_ahead(self) -> bool {
        !matches!(self, ScheduleStatus::Held | ScheduleStatus::CalledOff)
    }
}

/// A figure with the values that are stated for it. Values are never added up: they may count the same things.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureEntry {
    /// The claim that states it.
    pub claim: ClaimIx,
    /// What is measured, in the reports' words.
    pub concept: String,
    /// Standard unit; for money the ISO 4217 code.
    pub unit: String,
    /// The values, each with who states it, most origins first.
    pub values: Vec<StatedValue>,
    /// Who gives, for pledges and payments.
    pub giver: Option<Party>,
    /// Who gets.
    pub recipient: Option<Party>,
    /// How far a pledge or payment has come.
    pub status: Option<String>,
}

/// A value as it is printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatedValue {
    /// As printed.
    pub printed: String,
    /// Where: never empty, sorted.
    pub support: Vec<Anchor>,
    /// Independent origins, sorted.
    pub origins: Vec<OriginIx>,
}

/// Somebody leaves or takes an office.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficeEntry {
    /// Who, when it is said.
    pub who: Option<Party>,
    /// The office, as a report words it.
    pub office: Option<String>,
    /// Whether they leave it; else they take it.
    pub leaves: bool,
    /// The day, when it is stated.
    pub date: Option<String>,
    /// The claim that tells it.
    pub claim: ClaimIx,
    /// Independent origins that say so, sorted.
    pub origins: Vec<OriginIx>,
}
