//! Stage 7: the account in words, every sentence cited.

mod formats;

use rapporteur_model::{Account, Annotated, Claim, Coverage, Relations, Story};

pub use formats::{FORMATS, Format, Page};

/// How the brief is written.
#[derive(Debug, Clone)]
pub struct WriteOptions {
    /// The most words of the brief.
    pub words_max: usize,
    /// Its style.
    pub style: Style,
}

impl Default for WriteOptions {
    fn default() -> Self {
        WriteOptions { words_max: 350, style: Style::Prose }
    }
}

/// Style of the brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// Running sentences.
    #[default]
    Prose,
    /// A point a sentence.
    Bullets,
}

/// Writes the account of one story.
pub fn write(
    story: &Story,
    _claims: &[Claim],
    _reports: &[Annotated],
    _relations: &Relations,
    _options: &WriteOptions,
) -> Account {
    Account { story: story.id.clone(), headline: None, sections: vec![], reports: vec![], origins: vec![], coverage: Coverage::default() }
}

/// The claim as one plain sentence.
pub fn sentence(_claim: &Claim, _reports: &[Annotated]) -> String {
    String::new()
}
