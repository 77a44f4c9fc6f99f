//! Stage 3: what is said in one report, as layers that point into its text.

use serde::{Deserialize, Serialize};

use crate::{ActorIx, BlockIx, FigureIx, Fixed, QuoteIx, SentenceIx, Span, TimeIx, TokenIx};

/// Everything found in one report: one list a layer, each in text order. An id is an index into its list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Annotations {
    /// Words and marks of the prose blocks.
    pub tokens: Vec<Token>,
    /// Lemmas of all tokens, one after the other; tokens point in.
    pub lemmas: String,
    /// Sentences.
    pub sentences: Vec<Sentence>,
    /// Names as the entity model gives them, before the lexicon has spoken.
    pub entities: Vec<Entity>,
    /// Mentions of actors and places.
    pub mentions: Vec<Mention>,
    /// Whom the mentions mean, in this report.
    pub actors: Vec<Actor>,
    /// Temporal expressions.
    pub times: Vec<Time>,
    /// Figures.
    pub figures: Vec<Figure>,
    /// Attributions: who said what.
    pub quotes: Vec<Quote>,
    /// What happened, was planned, demanded or denied.
    pub acts: Vec<Act>,
    /// Who stands where on what.
    pub positions: Vec<Position>,
}

impl Annotations {
    /// The lemma of a token.
    pub fn lemma(&self, token: TokenIx) -> &str {
        self.tokens.get(token.ix()).map_or("", |it| it.lemma.of(&self.lemmas))
    }

    /// What a token hangs on in the parse, nearest first, the token itself left out.
    pub fn ancestors(&self, token: TokenIx) -> impl Iterator<Item = TokenIx> + '_ {
        let mut at = token;
        // Heads form a tree; should they not, a walk still ends.
        let mut left = 256;
        std::iter::from_fn(move || {
            let head = self.tokens.get(at.ix())?.head;
            if head == at || left == 0 {
                return None;
            }
            left -= 1;
            at = head;
            Some(head)
        })
    }

    /// Whether a token is `top` or hangs on it in the parse.
    pub fn is_below(&self, token: TokenIx, top: TokenIx) -> bool {
        token == top || self.ancestors(token).any(|it| it == top)
    }

    /// The sentence that covers byte `offset`, if any.
    pub fn sentence_at(&self, offset: u32) -> Option<SentenceIx> {
        let ix = self.sentences.partition_point(|it| it.span.end() <= offset);
        self.sentences.get(ix).filter(|it| it.span.contains_offset(offset)).map(|_| SentenceIx::from(ix))
    }

    /// The sentence's tokens.
    pub fn tokens_of(&self, sentence: SentenceIx) -> &[Token] {
        self.sentences.get(sentence.ix()).map_or(&[], |it| &self.tokens[it.tokens.0.ix()..it.tokens.1.ix()])
    }

    /// All layers as spans, for tools that need no more: highlighting, exports, evaluation.
    pub fn anchored(&self) -> impl Iterator<Item = (Layer, Span)> {
        let sentences = self.sentences.iter().map(|it| (Layer::Sentence, it.span));
        let mentions = self.mentions.iter().map(|it| (Layer::Mention, it.span));
        let times = self.times.iter().map(|it| (Layer::Time, it.span));
        let figures = self.figures.iter().map(|it| (Layer::Figure, it.span));
        let sources = self.quotes.iter().flat_map(|it| it.source.iter().map(|span| (Layer::Source, *span)));
        let cues = self.quotes.iter().flat_map(|it| it.cue.iter().map(|span| (Layer::Cue, *span)));
        let contents = self.quotes.iter().flat_map(|it| it.content.iter().map(|span| (Layer::Content, *span)));
        let acts = self.acts.iter().map(|it| (Layer::Act, it.trigger));
        let positions = self.positions.iter().map(|it| (Layer::Position, it.span));
        sentences
            .chain(mentions)
            .chain(times)
            .chain(figures)
            .chain(sources)
            .chain(cues)
            .chain(contents)
            .chain(acts)
            .chain(positions)
    }
}

/// A kind of annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Layer {
    /// A sentence.
    Sentence,
    /// A mention of an actor or place.
    Mention,
    /// A temporal expression.
    Time,
    /// A figure.
    Figure,
    /// The source of an attribution.
    Source,
    /// The cue of an attribution.
    Cue,
    /// The content of an attribution.
    Content,
    /// The trigger of an act.
    Act,
    /// A position.
    Position,
}

/// A word or mark with its place in the parse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its bytes in the report's text.
    pub span: Span,
    /// Its lemma, as a span into [`Annotations::lemmas`].
    pub lemma: Span,
    /// Its head in the dependency tree; itself for a root.
    pub head: TokenIx,
    /// Penn Treebank tag (`VBD`).
    #[serde(deserialize_with = "crate::fixed::one")]
    pub tag: Fixed,
    /// Universal part of speech (`VERB`).
    #[serde(deserialize_with = "crate::fixed::one")]
    pub pos: Fixed,
    /// Dependency label, ClearNLP style (`nsubj`).
    #[serde(deserialize_with = "crate::fixed::one")]
    pub dep: Fixed,
}

/// A sentence. It never runs over the border of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// From its first word to its last mark.
    pub span: Span,
    /// Its tokens, half open.
    pub tokens: (TokenIx, TokenIx),
    /// The block it stands in.
    pub block: BlockIx,
    /// Whether its block repeats earlier words of the same report.
    pub repeat: bool,
}

/// A name as the entity model gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Its bytes.
    pub span: Span,
    /// Its tokens, half open.
    pub tokens: (TokenIx, TokenIx),
    /// OntoNotes label (`PERSON`, `GPE`).
    #[serde(deserialize_with = "crate::fixed::one")]
    pub label: Fixed,
}

/// A place in the text that means an actor or a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Its bytes: for names the shortest form, without titles.
    pub span: Span,
    /// How it refers.
    pub kind: MentionKind,
    /// What it stands for here: "Moscow" is a place in "in Moscow" and a government in "Moscow rejects".
    pub usage: MentionUse,
    /// Whom it means; `None` when that is not known.
    pub actor: Option<ActorIx>,
    /// 0 to 1: how sure the link to the actor is.
    pub score: f32,
    /// Why: `name`, `lexicon`, `entity-model`, `pronoun-subject`, `office`, `first-person`.
    #[serde(deserialize_with = "crate::fixed::one")]
    pub how: Fixed,
    /// Whether it stands in a repeat.
    pub repeat: bool,
}

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MentionKind {
    /// A name.
    Named,
    /// A description: "the EU's top diplomat".
    Nominal,
    /// A pronoun.
    Pronominal,
}

impl MentionKind {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            MentionKind::Named => "named",
            MentionKind::Nominal => "nominal",
            MentionKind::Pronominal => "pronominal",
        }
    }
}

/// What a mention stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MentionUse {
    /// The actor by name or description.
    Actor,
    /// A modifier of another noun: "US officials".
    Modifier,
    /// A people or nationality word: "Ukrainian".
    Demonym,
    /// A city or building that acts: "the Kremlin said".
    Metonym,
    /// A place as a place: "in Moscow".
    Place,
}

impl MentionUse {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            MentionUse::Actor => "actor",
            MentionUse::Modifier => "modifier",
            MentionUse::Demonym => "demonym",
            MentionUse::Metonym => "metonym",
            MentionUse::Place => "place",
        }
    }
}

/// Somebody or something that can act or be a place, within one report.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Actor {
    /// Stable name: ISO 3166-1 alpha-3 for a state (`UKR`), `org:eu` for a known organisation, `place:geneva`,
    /// `person:kaja-kallas` made from the fullest name otherwise.
    pub id: String,
    /// Fullest name seen.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Other forms seen, in order of first appearance, without repeats.
    pub aliases: Vec<String>,
    /// Offices said of it.
    pub offices: Vec<Office>,
    /// Sex as far as names, titles and pronouns show it.
    pub sex: Option<Sex>,
    /// State or organisation it belongs to, when the text says so.
    pub affiliation: Option<ActorIx>,
    /// Its id in the knowledge base of the user's, when one was given and means it.
    pub knowledge: Option<String>,
}

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum ActorKind {
    /// A person with a name.
    Person,
    /// A state or its government.
    State,
    /// An organisation, party, company, agency.
    Organisation,
    /// A place that is no state.
    Place,
    /// Several people without names: "US officials".
    #[default]
    Group,
    /// A study, plan, statement that "says".
    Document,
    /// One person without a name: "a senior official".
    Unnamed,
}

impl ActorKind {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            ActorKind::Person => "person",
            ActorKind::State => "state",
            ActorKind::Organisation => "organisation",
            ActorKind::Place => "place",
            ActorKind::Group => "group",
            ActorKind::Document => "document",
            ActorKind::Unnamed => "unnamed",
        }
    }
}

/// Grammatical and social sex, for pronouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sex {
    /// She.
    Female,
    /// He.
    Male,
}

/// An office or description said of an actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// As written: "EU foreign policy chief".
    pub title: String,
    /// Where.
    pub span: Span,
}

/// A temporal expression, TIMEX3.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// Its words.
    pub span: Span,
    /// Kind.
    pub kind: TimeKind,
    /// TIMEX3 value (`2025-12-02TAF`, `P4Y`); `None` when it cannot be said without guessing.
    pub value: Option<String>,
    /// TIMEX3 modifier: `APPROX`, `START`, `MID`, `END`, `LESS_THAN`, `MORE_THAN`.
    #[serde(deserialize_with = "crate::fixed::maybe")]
    pub modifier: Option<Fixed>,
    /// The day it was counted from, `YYYY-MM-DD`.
    pub anchor: Option<String>,
    /// How it was resolved: `stated`, `weekday-future`, `weekday-past`, `relative`, `unresolved`.
    #[serde(deserialize_with = "crate::fixed::one")]
    pub how: Fixed,
    /// Whether it stands in a repeat.
    pub repeat: bool,
}

/// Kind of a temporal expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TimeKind {
    /// A day, month, year, season.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

impl TimeKind {
    /// TIMEX3 name.
    pub const fn as_str(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }
}

/// A number with what it measures.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Figure {
    /// Number, unit and modifier words.
    pub span: Span,
    /// The number, scale words multiplied in; the lower end of a range.
    pub value: Option<f64>,
    /// The upper end of a range.
    pub value_max: Option<f64>,
    /// Unit as written (`sq km`), or the thing counted (`soldiers`); empty when there is none.
    pub unit: String,
    /// The unit's standard name (`square kilometre`, `percentage`, `japanese yen`), or the counted noun's lemma.
    pub normalized_unit: String,
    /// What kind of figure.
    pub kind: FigureKind,
    /// Exact, about, below, above, risen, fallen.
    pub change: Change,
    /// What is measured, in the report's own words.
    pub concept: Option<Span>,
    /// ISO 4217 code, for money whose currency is certain.
    #[serde(deserialize_with = "crate::fixed::maybe")]
    pub currency: Option<Fixed>,
    /// Who gives.
    pub giver: Option<ActorIx>,
    /// Who gets.
    pub recipient: Option<ActorIx>,
    /// What for.
    pub purpose: Option<Span>,
    /// How far a payment has come.
    pub status: Option<PledgeStatus>,
    /// Whether it comes on top of earlier sums: "another €250m".
    pub additional: bool,
    /// "the most since", "second-largest".
    pub comparison: Option<Span>,
    /// The attribution that states it.
    pub stated_by: Option<QuoteIx>,
    /// The figure it prints in another unit: "701 sq km (270 sq miles)".
    pub conversion_of: Option<FigureIx>,
    /// Whether it stands in a repeat.
    pub repeat: bool,
}

/// What kind of figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum FigureKind {
    /// A sum of money.
    Money,
    /// A count of things.
    #[default]
    Count,
    /// A count of people, casualties among them.
    People,
    /// Per cent or percentage points.
    Percent,
    /// A physical measure.
    Measure,
    /// A length of time.
    Duration,
    /// An age.
    Age,
    /// A rank.
    Ordinal,
}

impl FigureKind {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            FigureKind::Money => "money",
            FigureKind::Count => "count",
            FigureKind::People => "people",
            FigureKind::Percent => "percent",
            FigureKind::Measure => "measure",
            FigureKind::Duration => "duration",
            FigureKind::Age => "age",
            FigureKind::Ordinal => "ordinal",
        }
    }
}

/// How the value is bounded or moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Change {
    /// Just this.
    #[default]
    Equal,
    /// About.
    About,
    /// Less than, at most.
    Less,
    /// More than, at least.
    More,
    /// It rose by or to this.
    Up,
    /// It fell by or to this.
    Down,
}

impl Change {
    /// Sign in output rows: `= ~ < > up down`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Change::Equal => "=",
            Change::About => "~",
            Change::Less => "<",
            Change::More => ">",
            Change::Up => "up",
            Change::Down => "down",
        }
    }
}

/// How far a payment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PledgeStatus {
    /// Somebody would like it.
    Proposed,
    /// Somebody said they would.
    Pledged,
    /// It was agreed.
    Agreed,
    /// It was paid.
    Delivered,
    /// Somebody stands in the way.
    Blocked,
}

impl PledgeStatus {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            PledgeStatus::Proposed => "proposed",
            PledgeStatus::Pledged => "pledged",
            PledgeStatus::Agreed => "agreed",
            PledgeStatus::Delivered => "delivered",
            PledgeStatus::Blocked => "blocked",
        }
    }
}

/// An attribution: source + cue + content, as in PARC 3.0 and PolNeAR.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// How the content is printed.
    pub kind: QuoteKind,
    /// What sort of saying.
    pub form: QuoteForm,
    /// The words for the speaker, as written: pronoun, name with title, description. Empty when there is none.
    pub source: Vec<Span>,
    /// The words of saying.
    pub cue: Vec<Span>,
    /// What was said. Direct: inside of the marks. Mixed: the clause with its marks. Indirect: the clause without "that".
    pub content: Vec<Span>,
    /// The parts of the content inside quotation marks, marks excluded.
    pub quoted: Vec<Span>,
    /// Whom the source means, one or several; empty when that is not known.
    pub speakers: Vec<ActorIx>,
    /// Who was told.
    pub addressee: Option<Span>,
    /// When it was said.
    pub date: Option<TimeIx>,
    /// Where or on what occasion it was said.
    pub place: Option<Span>,
    /// The attribution whose content this one stands in.
    pub nested_in: Option<QuoteIx>,
    /// The sentence of the cue.
    pub sentence: SentenceIx,
    /// 0 to 1: how sure the attribution is.
    pub score: f32,
    /// Whether it stands in a repeat: a span to show, not a voice to count.
    pub repeat: bool,
}

/// How the content of an attribution is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum QuoteKind {
    /// All of it inside quotation marks.
    Direct,
    /// A clause with a fragment inside marks.
    Mixed,
    /// No marks.
    Indirect,
}

impl QuoteKind {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Indirect => "indirect",
        }
    }
}

/// What sort of saying an attribution reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum QuoteForm {
    /// A statement.
    #[default]
    Statement,
    /// A question.
    Question,
    /// A thing expressly not said: "did not specify whether".
    NonStatement,
    /// A demand or request.
    Demand,
    /// Speech told as an act: "expressed optimism".
    Narrated,
    /// A document that says.
    Document,
    /// A thought, belief or fear, not known to be spoken.
    Attitude,
}

impl QuoteForm {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            QuoteForm::Statement => "statement",
            QuoteForm::Question => "question",
            QuoteForm::NonStatement => "non-statement",
            QuoteForm::Demand => "demand",
            QuoteForm::Narrated => "narrated",
            QuoteForm::Document => "document",
            QuoteForm::Attitude => "attitude",
        }
    }
}

/// Something that happened, or is planned, demanded, denied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// PLOVER type, upper case (`CONSULT`).
    #[serde(deserialize_with = "crate::fixed::one")]
    pub kind: Fixed,
    /// Finer: `meeting`, `call`, `visit`, `travel`, `resignation`, `appointment`, `proposal`, `leak`, `vote`, `signing`, `pledge`, …
    #[serde(deserialize_with = "crate::fixed::maybe")]
    pub mode: Option<Fixed>,
    /// The word that evokes it.
    pub trigger: Span,
    /// Who acts; all parties of a meeting.
    pub actors: Vec<ActorIx>,
    /// Towards whom.
    pub recipients: Vec<ActorIx>,
    /// The words for the actors, in the same order as written.
    pub actor_spans: Vec<Span>,
    /// The words for the recipients.
    pub recipient_spans: Vec<Span>,
    /// Where.
    pub place: Option<Span>,
    /// When.
    pub time: Option<TimeIx>,
    /// About what, by what means.
    pub topic: Option<Span>,
    /// Whether it is done, planned, demanded, denied.
    pub realis: Realis,
    /// False when it is negated.
    pub positive: bool,
    /// The attribution that asserts it; `None` when the report does.
    pub asserted_by: Option<QuoteIx>,
    /// What a coder of political events would enter for it; `None` for acts that are not what the sentence tells.
    pub coded: Option<CodedEvent>,
    /// The clause that tells it, for citation.
    pub clause: Span,
    /// Its sentence.
    pub sentence: SentenceIx,
    /// Whether it stands in a repeat.
    pub repeat: bool,
}

/// An act as an event of PLOVER or CAMEO: the mood is part of the type (who promises aid, `AGREE`s; who will not give it,
/// `REJECT`s; who says that others must give it, `REQUEST`s) and both sides are codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodedEvent {
    /// PLOVER type.
    #[serde(deserialize_with = "crate::fixed::one")]
    pub kind: Fixed,
    /// CAMEO codes of who acts: the state's ISO code and a sector, `ISRMIL`; `IGO`, `NGO`, `IMG` for bodies of no state.
    pub sources: Vec<String>,
    /// Codes of towards whom; for an act of all parties on each other, empty.
    pub targets: Vec<String>,
}

/// Whether an act is done, planned, demanded, denied (after ERE realis and FactBank factuality).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Realis {
    /// It happened.
    Happened,
    /// It is going on.
    Ongoing,
    /// It is set for a time.
    Scheduled,
    /// It is expected or likely.
    Expected,
    /// It is proposed.
    Proposed,
    /// It is demanded or asked for.
    Demanded,
    /// It is said not to have happened or not to come.
    Denied,
    /// It may or might, or is supposed for argument.
    Hypothetical,
    /// It holds in general.
    General,
}

impl Realis {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Realis::Happened => "happened",
            Realis::Ongoing => "ongoing",
            Realis::Scheduled => "scheduled",
            Realis::Expected => "expected",
            Realis::Proposed => "proposed",
            Realis::Demanded => "demanded",
            Realis::Denied => "denied",
            Realis::Hypothetical => "hypothetical",
            Realis::General => "general",
        }
    }
}

/// Where an actor stands on an issue, as stated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Who.
    pub actor: ActorIx,
    /// On what, in a few of the report's own words.
    pub issue: String,
    /// Which side.
    pub stance: Stance,
    /// The words that say so.
    pub span: Span,
    /// How it is known.
    pub basis: Basis,
    /// Whether it stands in a repeat.
    pub repeat: bool,
}

/// Which side somebody takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stance {
    /// For it, wants it, demands it.
    Support,
    /// Against it, refuses it.
    Oppose,
    /// Neither, or with conditions.
    Neutral,
}

impl Stance {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Stance::Support => "support",
            Stance::Oppose => "oppose",
            Stance::Neutral => "neutral",
        }
    }
}

/// How a position is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Basis {
    /// In the actor's own words.
    Quoted,
    /// Attributed to the actor by the report.
    Attributed,
    /// Told by the report as its own.
    Reported,
}

impl Basis {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Basis::Quoted => "quoted",
            Basis::Attributed => "attributed",
            Basis::Reported => "reported",
        }
    }
}
