//! Stage 2: a report whose blocks are labelled and whose metadata has evidence.

use serde::{Deserialize, Serialize};

use crate::{Fixed, Problem, Report, Span};

/// A report whose blocks are labelled. Nothing is deleted: cleaning is an opinion kept beside the text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The report, unchanged.
    pub report: Report,
    /// In text order, not overlapping, covering all that is not white space. Lines that one sentence runs over are one
    /// block here even where the report's own blocks part them.
    pub blocks: Vec<ArticleBlock>,
    /// Title, dates, outlet and so on, each with its evidence.
    pub metadata: Metadata,
    /// Agencies, outlets and documents the report says it draws on.
    pub cited: Vec<CitedSource>,
    /// What was odd in this stage.
    pub problems: Vec<Problem>,
}

impl Article {
    /// The report's text.
    pub fn text(&self) -> &str {
        &self.report.text
    }
}

/// A block with its role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleBlock {
    /// Its text.
    pub span: Span,
    /// What it is for.
    pub role: Role,
    /// The earlier words it repeats, when it is a repeat; the role stays what it would be without.
    pub repeat_of: Option<Span>,
    /// Which rule or feature decided, for people.
    #[serde(deserialize_with = "crate::fixed::one")]
    pub how: Fixed,
}

/// What a block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// The title of the report as printed in the text.
    Headline,
    /// The summary under the headline.
    Standfirst,
    /// A point of a bulleted summary.
    KeyPoint,
    /// Who wrote it.
    Byline,
    /// Where (and when) it was written, standing alone: "BRUSSELS".
    Dateline,
    /// Running text of the article.
    Body,
    /// A heading inside the article.
    Subheading,
    /// A quotation pulled out of the body.
    PullQuote,
    /// Words under a picture.
    Caption,
    /// Who made the picture.
    Credit,
    /// A stamp of time: "Updated 2025.12.01 21:11 GMT+8", a live blog's "14:05".
    Stamp,
    /// Where the report comes from: "Source(s): Reuters".
    SourceLine,
    /// A correction or editor's note.
    Correction,
    /// "Read also", related stories, promotion.
    Related,
    /// Subscription, login, cookie and paywall notices.
    Subscription,
    /// Menus, breadcrumbs, sharing buttons, section names.
    Navigation,
    /// An advertisement or its label.
    Advertisement,
    /// A reader's comment.
    Comment,
    /// Copyright and legal lines.
    Legal,
    /// Furniture of no closer kind.
    Furniture,
}

impl Role {
    /// All roles, in the order above.
    pub const ALL: [Role; 20] = [
        Role::Headline,
        Role::Standfirst,
        Role::KeyPoint,
        Role::Byline,
        Role::Dateline,
        Role::Body,
        Role::Subheading,
        Role::PullQuote,
        Role::Caption,
        Role::Credit,
        Role::Stamp,
        Role::SourceLine,
        Role::Correction,
        Role::Related,
        Role::Subscription,
        Role::Navigation,
        Role::Advertisement,
        Role::Comment,
        Role::Legal,
        Role::Furniture,
    ];

    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Headline => "headline",
            Role::Standfirst => "standfirst",
            Role::KeyPoint => "key-point",
            Role::Byline => "byline",
            Role::Dateline => "dateline",
            Role::Body => "body",
            Role::Subheading => "subheading",
            Role::PullQuote => "pull-quote",
            Role::Caption => "caption",
            Role::Credit => "credit",
            Role::Stamp => "stamp",
            Role::SourceLine => "source-line",
            Role::Correction => "correction",
            Role::Related => "related",
            Role::Subscription => "subscription",
            Role::Navigation => "navigation",
            Role::Advertisement => "advertisement",
            Role::Comment => "comment",
            Role::Legal => "legal",
            Role::Furniture => "furniture",
        }
    }

    /// Whether the English stages read it: the reporter's own words about the news.
    pub const fn is_prose(self) -> bool {
        matches!(
            self,
            Role::Headline
                | Role::Standfirst
                | Role::KeyPoint
                | Role::Body
                | Role::Subheading
                | Role::PullQuote
                | Role::Correction
        )
    }

    /// Whether it belongs to the article's own running text (what extraction benchmarks call the body).
    pub const fn is_body(self) -> bool {
        matches!(self, Role::Body | Role::KeyPoint | Role::Subheading | Role::PullQuote)
    }

    /// Whether it is page furniture: nothing a reader of the article would miss.
    pub const fn is_furniture(self) -> bool {
        matches!(
            self,
            Role::Related
                | Role::Subscription
                | Role::Navigation
                | Role::Advertisement
                | Role::Comment
                | Role::Legal
                | Role::Furniture
        )
    }
}

/// A value with the words that say so. A field that is not known is `None`, never guessed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Evidenced<T> {
    /// The value.
    pub value: T,
    /// Where the text says so; empty when it was declared in the container or markup, not in the text.
    pub spans: Vec<Span>,
    /// How it was found: `json:date`, `og:title`, `first-line`, `stamp-line`.
    pub how: String,
}

impl<T> Evidenced<T> {
    /// A value with one span.
    pub fn at(value: T, span: Span, how: impl Into<String>) -> Evidenced<T> {
        Evidenced { value, spans: vec![span], how: how.into() }
    }

    /// A value that the container declares.
    pub fn declared(value: T, how: impl Into<String>) -> Evidenced<T> {
        Evidenced { value, spans: Vec::new(), how: how.into() }
    }
}

/// What is known of the report as a publication.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// The title.
    pub title: Option<Evidenced<String>>,
    /// When it was published: ISO 8601, a day or an instant with its zone as stated (`2025-12-01T21:11+08:00`).
    pub date_published: Option<Evidenced<String>>,
    /// When it was last changed, likewise.
    pub date_modified: Option<Evidenced<String>>,
    /// The publisher, as named.
    pub outlet: Option<Evidenced<String>>,
    /// Persons who wrote it.
    pub authors: Vec<Evidenced<String>>,
    /// Place of the dateline.
    pub dateline: Option<Evidenced<String>>,
    /// BCP 47 tag of the language.
    pub language: Option<Evidenced<String>>,
    /// Section or category.
    pub section: Option<Evidenced<String>>,
    /// The page's own address.
    pub url: Option<Evidenced<String>>,
    /// The day that relative times ("Monday") are counted from. Never passed off as the publication date.
    pub anchor: Option<AnchorDate>,
}

/// The day that relative times are counted from, as `YYYY-MM-DD`, with the reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnchorDate {
    /// The day.
    pub day: String,
    /// Why this day: `published`, `modified`, `stated-in-text`, `given`.
    pub how: String,
    /// 0 to 1; 1 when it is the stated publication date.
    pub confidence: f32,
}

/// An agency, outlet or document that a report draws on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CitedSource {
    /// Name as the lexicon knows it, else as written.
    pub name: String,
    /// How it is drawn on.
    pub kind: CitedKind,
    /// The words that say so.
    pub span: Span,
}

/// How a report draws on a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CitedKind {
    /// The whole report is taken over: "Source: The Guardian".
    Republished,
    /// A credit to an agency for the text: "Source(s): Reuters", "(Reuters) -".
    Agency,
    /// The report retells another: "writes the BBC".
    Retold,
    /// A statement or interview given to another: "told the Financial Times".
    ToldTo,
    /// Data or an analysis of somebody: "according to an AFP analysis".
    Analysis,
    /// A picture credit.
    Picture,
}

impl CitedKind {
    /// Name in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            CitedKind::Republished => "republished",
            CitedKind::Agency => "agency",
            CitedKind::Retold => "retold",
            CitedKind::ToldTo => "told-to",
            CitedKind::Analysis => "analysis",
            CitedKind::Picture => "picture",
        }
    }
}
