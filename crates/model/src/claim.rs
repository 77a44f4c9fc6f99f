//! Stage 6: one checkable statement each, with who says so and who says otherwise.

use serde::{Deserialize, Serialize};

use crate::{Anchor, OriginIx, QuoteKind, Realis, ReportIx};

/// One checkable statement, weighed over the reports of a story. Agreement between reports, never truth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Stable name inside its story.
    pub id: String,
    /// What is claimed.
    pub content: Content,
    /// How the reports stand to it.
    pub verdict: Verdict,
    /// Who says so: never empty, sorted, repeats folded.
    pub support: Vec<Anchor>,
    /// Wordings and values that differ.
    pub variants: Vec<Variant>,
    /// Reports that say so, sorted.
    pub reports: Vec<ReportIx>,
    /// Independent origins that say so, sorted. Its length is the number to show.
    pub origins: Vec<OriginIx>,
    /// Reports that say nothing of it.
    pub silent: Vec<ReportIx>,
    /// For sorting: how much it matters, higher first.
    pub weight: f32,
}

impl Claim {
    /// All its places: those that say so and those that say otherwise, sorted, repeats folded.
    pub fn places(&self) -> Vec<Anchor> {
        let mut all: Vec<Anchor> =
            self.support.iter().copied().chain(self.variants.iter().map(|it| it.anchor)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// What is claimed, as a record from which a sentence can be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// Something happened or is to happen.
    Act(ActContent),
    /// Somebody said something.
    Statement(StatementContent),
    /// Something measures so much.
    Figure(FigureContent),
}

/// The content of a claim about an act.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ActContent {
    /// PLOVER type.
    pub kind: String,
    /// Finer type (`meeting`).
    pub mode: String,
    /// Lemma of the word that evokes it in the mention shown (`meet`, `resignation`).
    pub trigger: String,
    /// Who acts, full names.
    pub actors: Vec<Party>,
    /// Towards whom.
    pub recipients: Vec<Party>,
    /// Where.
    pub place: Option<String>,
    /// When, TIMEX3 value.
    pub date: Option<String>,
    /// Done, planned, demanded, denied.
    pub realis: Option<Realis>,
    /// False when negated.
    pub positive: bool,
    /// Who asserts it, when not the reports themselves.
    pub asserted_by: Vec<Party>,
    /// The best sentence or clause to show in the reports' own words.
    pub clause: Option<Anchor>,
    /// The word that evokes it there.
    pub trigger_at: Option<Anchor>,
}

/// The content of a claim that somebody said something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementContent {
    /// Who.
    pub speakers: Vec<Party>,
    /// The words of saying, lemma (`say`).
    pub cue: String,
    /// How printed in the fullest wording.
    pub kind: QuoteKind,
    /// The fullest wording's content, in order.
    pub content: Vec<Anchor>,
    /// Its parts inside marks.
    pub quoted: Vec<Anchor>,
    /// When it was said, TIMEX3 value.
    pub date: Option<String>,
    /// About what, in the reports' words.
    pub topic: Option<String>,
}

/// The content of a claim about a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureContent {
    /// What is measured, in the reports' words.
    pub concept: String,
    /// The value as most origins print it.
    pub printed: String,
    /// Where it is printed so.
    pub printed_at: Option<Anchor>,
    /// The number.
    pub value: Option<f64>,
    /// Standard unit.
    pub unit: String,
    /// What befell those counted: `die`, `hurt`, `arrest`, `flee`, `miss`, `trap`.
    pub deed: Option<String>,
    /// Who states it.
    pub stated_by: Vec<Party>,
    /// The clause to show.
    pub clause: Option<Anchor>,
}

/// Somebody in a claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Party {
    /// Actor id over the story.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Short form for the second mention.
    pub short: String,
    /// Office to give at first mention, as a report words it.
    pub office: Option<String>,
    /// The forms the reports use, the name among them, sorted.
    pub forms: Vec<String>,
    /// Whether it is one person with a name.
    pub is_person: bool,
    /// Whether it is a state or its government.
    pub is_state: bool,
}

/// How the reports stand to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Two origins or more say the same.
    Agree,
    /// The same in other words.
    AgreeWording,
    /// They differ, and all can be true.
    DifferCompatible,
    /// They cannot all be true.
    Conflict,
    /// Only a derived report differs from its parent.
    RewriteDrift,
    /// One origin only.
    Single,
}

impl Verdict {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Verdict::Agree => "agree",
            Verdict::AgreeWording => "agree-wording",
            Verdict::DifferCompatible => "differ-compatible",
            Verdict::Conflict => "conflict",
            Verdict::RewriteDrift => "rewrite-drift",
            Verdict::Single => "single",
        }
    }
}

/// A wording or value of a claim that differs from the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Where it stands.
    pub anchor: Anchor,
    /// The value or wording, as written.
    pub value: String,
    /// What differs.
    pub nature: Nature,
}

/// What differs between wordings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Nature {
    /// A number.
    Number,
    /// A date.
    Date,
    /// A place.
    Place,
    /// A person.
    Person,
    /// Who took part.
    Participants,
    /// Done, planned, denied; or how sure.
    Certainty,
    /// Who says so.
    Attribution,
    /// The words of one quotation.
    QuoteWording,
    /// What is stressed.
    Emphasis,
    /// A loaded or other term for the same.
    Term,
    /// Spelling.
    Spelling,
    /// Other words.
    Wording,
}

impl Nature {
    /// The natures that are a difference in the matter, not in words alone.
    pub const OF_MATTER: [Nature; 7] = [
        Nature::Number,
        Nature::Date,
        Nature::Place,
        Nature::Person,
        Nature::Participants,
        Nature::Certainty,
        Nature::Attribution,
    ];

    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Nature::Number => "number",
            Nature::Date => "date",
            Nature::Place => "place",
            Nature::Person => "person",
            Nature::Participants => "participants",
            Nature::Certainty => "certainty",
            Nature::Attribution => "attribution",
            Nature::QuoteWording => "quote-wording",
            Nature::Emphasis => "emphasis",
            Nature::Term => "term",
            Nature::Spelling => "spelling",
            Nature::Wording => "wording",
        }
    }
}
