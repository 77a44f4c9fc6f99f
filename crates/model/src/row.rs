//! The rows other programs read: flat JSON, one record a line.
//!
//! Every row carries `schema` ([`SCHEMA`]) and `offsets` (`char` for code points, `byte` or `utf16`): the unit of every
//! `start`, `end` and `[start, end]` pair in it. Ranges are half open and count in the report's `text`. A field that is
//! not known is absent or null, never guessed. The shape is pinned by `schema/rows.json`; a change to it is a change of
//! [`SCHEMA`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Version of the row format.
pub const SCHEMA: u32 = 1;

/// A half-open range `[start, end]` in the row's unit.
pub type Range = (u32, u32);

macro_rules! row {
    ($(#[$doc:meta])* $name:ident { $($(#[$field:meta])* $at:ident : $ty:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct $name { $($(#[$field])* pub $at: $ty,)* }
    };
}

mod account;
mod ledgers;
mod since;

pub use account::*;
pub use ledgers::*;
pub use since::*;

row! {
    /// `rapporteur read`: one report with its block roles and metadata.
    ReadRow {
        /// Version of the row format.
        schema: u32,
        /// Unit of all offsets: `char`, `byte` or `utf16`.
        offsets: String,
        /// The report's id: as given, else the file's stem.
        id: String,
        /// SHA-256 of the raw bytes.
        raw_sha256: String,
        /// Where it was found.
        location: String,
        /// `plain`, `markdown`, `html`, `json`, `feed` or `warc`.
        media: String,
        /// Every visible character in reading order.
        text: String,
        /// The article's own text: the blocks of body roles, a line each.
        body: String,
        /// The blocks with their roles.
        blocks: Vec<BlockRow>,
        /// The title.
        title: Option<String>,
        /// ISO 8601 day or instant of publication, as stated.
        date_published: Option<String>,
        /// ISO 8601 day or instant of the last change, as stated.
        date_modified: Option<String>,
        /// The publisher, as named.
        outlet: Option<String>,
        /// Persons who wrote it.
        authors: Vec<String>,
        /// Place of the dateline.
        dateline: Option<String>,
        /// BCP 47 tag.
        language: Option<String>,
        /// Section or category.
        section: Option<String>,
        /// The page's own address.
        url: Option<String>,
        /// The day relative times are counted from. Not the publication date.
        anchor: Option<AnchorRow>,
        /// Agencies, outlets and documents it draws on.
        cited: Vec<CitedRow>,
        /// For each metadata field, the words that say so.
        evidence: BTreeMap<String, Vec<EvidenceRow>>,
        /// What was lost or odd.
        problems: Vec<ProblemRow>,
    }
}

row! {
    /// A block with its role.
    BlockRow {
        /// Start.
        start: u32,
        /// End.
        end: u32,
        /// Its role, see the manual's table of roles.
        role: String,
        /// The earlier range it repeats.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        repeat_of: Option<Range>,
    }
}

row! {
    /// The day relative times are counted from.
    AnchorRow {
        /// `YYYY-MM-DD`.
        day: String,
        /// Why this day.
        how: String,
        /// 0 to 1.
        confidence: f32,
    }
}

row! {
    /// A source a report draws on.
    CitedRow {
        /// Its name.
        name: String,
        /// `republished`, `agency`, `retold`, `told-to`, `analysis` or `picture`.
        kind: String,
        /// The words that say so.
        span: Range,
    }
}

row! {
    /// The words that say a metadata value.
    EvidenceRow {
        /// Start; absent when the value was declared outside the text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u32>,
        /// End.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        end: Option<u32>,
        /// How it was found.
        how: String,
    }
}

row! {
    /// One thing that could not be kept or understood.
    ProblemRow {
        /// Stable code in kebab case.
        code: String,
        /// For people.
        message: String,
        /// Where, when it is about a place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        span: Option<Range>,
    }
}

/// `[start, end, tag, pos, lemma, head, dep, ent]`: a token; `head` is the index of its head token, `ent` is `B-ORG`, `I-ORG` or `O`.
pub type TokenRow = (u32, u32, String, String, String, u32, String, String);

row! {
    /// `rapporteur parse`: the language engine alone over one text.
    ParseRow {
        /// Version of the row format.
        schema: u32,
        /// Unit of all offsets.
        offsets: String,
        /// The row's id.
        id: String,
        /// The text.
        text: String,
        /// Tokens.
        tokens: Vec<TokenRow>,
        /// Sentences.
        sentences: Vec<Range>,
        /// Entities as `[start, end, label]`.
        entities: Vec<(u32, u32, String)>,
    }
}

row! {
    /// `rapporteur annotate`: a report with everything found in it.
    AnnotateRow {
        /// The report.
        #[serde(flatten)]
        report: ReadRow,
        /// Sentences.
        sentences: Vec<Range>,
        /// Tokens, with `--tokens`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tokens: Option<Vec<TokenRow>>,
        /// Mentions of actors and places.
        mentions: Vec<MentionRow>,
        /// Whom they mean.
        actors: Vec<ActorRow>,
        /// Attributions.
        quotes: Vec<QuoteRow>,
        /// Temporal expressions.
        times: Vec<TimeRow>,
        /// Figures.
        figures: Vec<FigureRow>,
        /// Acts.
        acts: Vec<ActRow>,
        /// Positions.
        positions: Vec<PositionRow>,
    }
}

row! {
    /// A mention of an actor or a place.
    MentionRow {
        /// Start.
        start: u32,
        /// End.
        end: u32,
        /// `named`, `nominal` or `pronominal`.
        kind: String,
        /// Kind of the actor: `person`, `state`, `organisation`, `place`, `group`, `document`, `unnamed`.
        #[serde(rename = "type")]
        class: String,
        /// `actor`, `modifier`, `demonym`, `metonym` or `place`.
        #[serde(rename = "use")]
        usage: String,
        /// Actor id; null when not known.
        actor: Option<String>,
        /// 0 to 1.
        score: f32,
        /// Why.
        how: String,
        /// Whether it stands in a repeated block.
        #[serde(default, skip_serializing_if = "is_false")]
        repeat: bool,
    }
}

row! {
    /// Somebody or something in one report.
    ActorRow {
        /// ISO 3166-1 alpha-3 for a state, `org:…`, `person:…`, `place:…`.
        id: String,
        /// Fullest name.
        name: String,
        /// What it is.
        #[serde(rename = "type")]
        class: String,
        /// Other forms.
        aliases: Vec<String>,
        /// Offices said of it.
        offices: Vec<OfficeRow>,
        /// Actor id of the state or organisation it belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        affiliation: Option<String>,
        /// Id in the knowledge base that was given (`--knowledge`).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        knowledge: Option<String>,
    }
}

row! {
    /// An office said of an actor.
    OfficeRow {
        /// As written.
        title: String,
        /// Start.
        start: u32,
        /// End.
        end: u32,
        /// The day the report that says so is told on, `YYYY-MM-DD`; null when it is not known.
        date: Option<String>,
    }
}

row! {
    /// An attribution.
    QuoteRow {
        /// `direct`, `mixed` or `indirect`.
        kind: String,
        /// `statement`, `question`, `non-statement`, `demand`, `narrated`, `document` or `attitude`.
        form: String,
        /// The words for the speaker.
        source: Vec<Range>,
        /// The words of saying.
        cue: Vec<Range>,
        /// What was said.
        content: Vec<Range>,
        /// Its parts in quotation marks, marks excluded.
        quoted: Vec<Range>,
        /// Actor id of the speaker; null when not known or several.
        speaker: Option<String>,
        /// Name of the speaker, likewise.
        speaker_name: Option<String>,
        /// Actor ids of all speakers.
        speakers: Vec<String>,
        /// Who was told.
        addressee: Option<Range>,
        /// When it was said, TIMEX3 value.
        date: Option<String>,
        /// Where or on what occasion.
        place: Option<Range>,
        /// Index of the attribution it stands in.
        nested_in: Option<u32>,
        /// 0 to 1.
        score: f32,
        /// Whether it stands in a repeated block.
        #[serde(default, skip_serializing_if = "is_false")]
        repeat: bool,
    }
}

row! {
    /// A temporal expression.
    TimeRow {
        /// Start.
        start: u32,
        /// End.
        end: u32,
        /// `DATE`, `TIME`, `DURATION` or `SET`.
        #[serde(rename = "type")]
        class: String,
        /// TIMEX3 value; null when unresolved.
        value: Option<String>,
        /// TIMEX3 modifier.
        #[serde(rename = "mod", default, skip_serializing_if = "Option::is_none")]
        modifier: Option<String>,
        /// The day it was counted from.
        anchor: Option<String>,
        /// How it was resolved.
        how: String,
        /// Whether it stands in a repeated block.
        #[serde(default, skip_serializing_if = "is_false")]
        repeat: bool,
    }
}

row! {
    /// A figure.
    FigureRow {
        /// Start.
        start: u32,
        /// End.
        end: u32,
        /// The number; the lower end of a range.
        value: Option<f64>,
        /// The upper end of a range.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value_max: Option<f64>,
        /// Unit as written.
        unit: String,
        /// Standard unit.
        normalized_unit: String,
        /// `money`, `count`, `people`, `percent`, `measure`, `duration`, `age` or `ordinal`.
        kind: String,
        /// `= ~ < > up down`.
        change: String,
        /// What is measured, in the report's words.
        concept: Option<String>,
        /// ISO 4217.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        currency: Option<String>,
        /// Actor id of who gives.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        giver: Option<String>,
        /// Actor id of who gets.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recipient: Option<String>,
        /// What for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<String>,
        /// `proposed`, `pledged`, `agreed`, `delivered` or `blocked`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<String>,
        /// Whether it adds to earlier sums.
        #[serde(default, skip_serializing_if = "is_false")]
        additional: bool,
        /// "the most since", "second-largest", in the report's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comparison: Option<String>,
        /// Index of the attribution that states it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stated_by: Option<u32>,
        /// Index of the figure that it prints in another unit: "701 sq km (270 sq miles)".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conversion_of: Option<u32>,
        /// What that figure comes to in this unit, reckoned from it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conversion_exact: Option<f64>,
        /// Whether it stands in a repeated block.
        #[serde(default, skip_serializing_if = "is_false")]
        repeat: bool,
    }
}

row! {
    /// An act.
    ActRow {
        /// PLOVER type.
        #[serde(rename = "type")]
        class: String,
        /// Finer type.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mode: Option<String>,
        /// The word that evokes it.
        trigger: Range,
        /// Actor ids.
        actors: Vec<String>,
        /// Actor ids.
        recipients: Vec<String>,
        /// Where, in the report's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        /// When, TIMEX3 value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<String>,
        /// About what, in the report's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        topic: Option<String>,
        /// `happened`, `ongoing`, `scheduled`, `expected`, `proposed`, `demanded`, `denied`, `hypothetical` or `general`.
        realis: String,
        /// `positive` or `negative`.
        polarity: String,
        /// The sentence it stands in.
        sentence: Range,
        /// Index of the attribution that asserts it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asserted_by: Option<u32>,
        /// The act as a coder of political events would enter it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        coded: Option<CodedEventRow>,
        /// Whether it stands in a repeated block.
        #[serde(default, skip_serializing_if = "is_false")]
        repeat: bool,
    }
}

row! {
    /// An act as an event of PLOVER or CAMEO.
    CodedEventRow {
        /// PLOVER type, the mood counted in.
        #[serde(rename = "type")]
        class: String,
        /// CAMEO codes of who acts.
        sources: Vec<String>,
        /// CAMEO codes of towards whom; empty when all act on each other.
        targets: Vec<String>,
    }
}

row! {
    /// A position.
    PositionRow {
        /// Actor id.
        actor: String,
        /// On what.
        issue: String,
        /// `support`, `oppose` or `neutral`.
        stance: String,
        /// The words that say so.
        span: Range,
        /// `quoted`, `attributed` or `reported`.
        basis: String,
    }
}

row! {
    /// `rapporteur relate`: a related pair.
    RelationRow {
        /// Version of the row format.
        schema: u32,
        /// Unit of all offsets.
        offsets: String,
        /// Report id.
        a: String,
        /// Report id.
        b: String,
        /// `identical`, `near-copy`, `excerpt`, `version`, `rewrite`, `second-hand`, `republication`, `shared-wire`, `shared-quote` or `cites`.
        relation: String,
        /// `a-from-b`, `b-from-a` or `unknown`.
        direction: String,
        /// Share of `a` that stands in `b`.
        containment_a: f32,
        /// Share of `b` that stands in `a`.
        containment_b: f32,
        /// Matching passages.
        passages: Vec<PassageRow>,
        /// What the derived report changed.
        drift: Vec<DriftRow>,
        /// Why, in words.
        because: Vec<String>,
    }
}

row! {
    /// Words that two reports share.
    PassageRow {
        /// In `a`.
        a: Range,
        /// In `b`.
        b: Range,
        /// `verbatim`, `edited`, `rewritten` or `quotation`.
        how: String,
    }
}

row! {
    /// One thing a derived report changed.
    DriftRow {
        /// `lost`, `added`, `number`, `date`, `name`, `certainty`, `attribution` or `marks`.
        kind: String,
        /// In `a`.
        a: Option<Range>,
        /// In `b`.
        b: Option<Range>,
        /// In words.
        what: String,
    }
}

row! {
    /// `rapporteur relate`, after the pairs: one independent origin.
    OriginRow {
        /// Version of the row format.
        schema: u32,
        /// Name of the origin: an outside parent, else the root report's id.
        origin: String,
        /// Its earliest known report.
        root: String,
        /// Its reports.
        reports: Vec<String>,
        /// Why they are one voice.
        because: Vec<String>,
    }
}

row! {
    /// `rapporteur group`: which story a report belongs to.
    GroupRow {
        /// Version of the row format.
        schema: u32,
        /// Report id.
        id: String,
        /// Story id.
        story: String,
        /// Name of the storyline: stories of one affair over days or weeks have the same.
        storyline: String,
        /// Why, in words.
        because: Vec<String>,
    }
}

row! {
    /// `rapporteur weigh`: one claim weighed over the reports of a story.
    ClaimRow {
        /// Version of the row format.
        schema: u32,
        /// Unit of all offsets.
        offsets: String,
        /// Story id.
        story: String,
        /// Claim id inside the story.
        id: String,
        /// `act`, `statement` or `figure`.
        kind: String,
        /// The claim as a sentence.
        fact: String,
        /// `agree`, `agree-wording`, `differ-compatible`, `conflict`, `rewrite-drift` or `single`.
        verdict: String,
        /// Who says so.
        support: Vec<SupportRow>,
        /// Values and wordings that differ.
        variants: Vec<VariantRow>,
        /// Reports that say so.
        reports: Vec<String>,
        /// Names of the independent origins that say so.
        origins: Vec<String>,
        /// How many they are.
        independent_origins: u32,
        /// Reports that say nothing of it.
        silent: Vec<String>,
    }
}

row! {
    /// `rapporteur verify`: one sentence of a brief with what the reports make of it.
    CheckRow {
        /// Version of the row format.
        schema: u32,
        /// Unit of all offsets.
        offsets: String,
        /// The sentence, without its citations.
        sentence: String,
        /// Ids of the reports it cites.
        citations: Vec<String>,
        /// `supported`, `partly`, `unsupported`, `contradicted`, `misquoted` or `uncited`.
        verdict: String,
        /// Why, in words.
        because: String,
        /// What bears it out, or what it goes against.
        support: Vec<SupportRow>,
        /// Words of the sentence that no report bears out.
        missing: Vec<String>,
    }
}

row! {
    /// A place that supports a claim or a sentence.
    SupportRow {
        /// Report id.
        report: String,
        /// Where.
        span: Range,
        /// The words.
        text: String,
    }
}

row! {
    /// A value or wording that differs.
    VariantRow {
        /// Report id.
        report: String,
        /// Where.
        span: Range,
        /// The value or wording.
        value: String,
        /// `number`, `date`, `place`, `person`, `participants`, `certainty`, `attribution`, `quote-wording`, `emphasis`, `term`, `spelling` or `wording`.
        nature: String,
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

/// All row types as one JSON Schema, for the golden file and the manual.
#[cfg(feature = "schema")]
pub mod schema {
    use super::*;

    /// Any row the program prints.
    #[derive(schemars::JsonSchema)]
    #[schemars(untagged)]
    pub enum Row {
        /// `rapporteur read`.
        Read(ReadRow),
        /// `rapporteur parse`.
        Parse(ParseRow),
        /// `rapporteur annotate`.
        Annotate(AnnotateRow),
        /// `rapporteur relate`, pairs.
        Relation(RelationRow),
        /// `rapporteur relate`, origins.
        Origin(OriginRow),
        /// `rapporteur group`.
        Group(GroupRow),
        /// `rapporteur weigh`.
        Claim(ClaimRow),
        /// `rapporteur verify`.
        Check(CheckRow),
        /// `rapporteur brief --format json`.
        Account(AccountRow),
        /// `rapporteur since`.
        Since(SinceRow),
        /// `rapporteur export --to positions`.
        PositionLedger(PositionLedgerRow),
        /// `rapporteur export --to schedule`.
        ScheduleLedger(ScheduleLedgerRow),
        /// `rapporteur export --to figures`.
        FigureLedger(FigureLedgerRow),
        /// `rapporteur export --to offices`.
        OfficeLedger(OfficeLedgerRow),
        /// `rapporteur export --to quotes`.
        QuoteLedger(QuoteLedgerRow),
        /// `rapporteur export --to proposals`.
        ProposalLedger(ProposalLedgerRow),
    }

    /// The schema as indented JSON with a final line break.
    pub fn json() -> String {
        let schema = schemars::schema_for!(Row);
        serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
    }

    #[cfg(test)]
    mod tests {
        /// A change here is a change of the contract: raise `SCHEMA` and say so in CHANGELOG. `UPDATE_GOLDEN=1` rewrites.
        #[test]
        fn the_row_format_is_pinned() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/rows.json");
            let now = super::json();
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                std::fs::write(path, &now).expect("the golden file can be written");
            }
            let golden = std::fs::read_to_string(path).unwrap_or_default();
            assert!(golden == now, "the row format differs from {path}");
        }
    }
}
