//! Stage 7: the account in words, every sentence cited.
//!
//! ```text
//! claims -> sentences (grammar over records, or the reports' own words retold) -> plan (what fits) -> Account -> a form
//! ```
//!
//! Nothing stands in quotation marks that is not verbatim in a report, and a sentence without a citation cannot be built
//! ([`CitedSentence::new`](rapporteur_model::CitedSentence::new)). What cannot be said well is left out.

mod acts;
mod agenda;
mod asof;
mod cards;
mod dangling;
mod dates;
mod differences;
mod editor;
mod english;
mod formats;
mod headline;
pub mod ical;
mod introduce;
mod lede;
mod matter;
mod names;
mod occasion;
mod openings;
mod plan;
mod printings;
mod pronouns;
mod retell;
mod said;
mod shorten;
mod single;
mod speakers;
mod speech;
mod standing;
mod statements;
mod tolls;
mod victims;
mod view;
mod voiced;
mod witness;
mod words;

use rapporteur_model::{Account, Annotated, CitedSentence, Claim, Content, English, Ledgers, Relations, Story, Style};

pub use formats::{
    ACCOUNT_CSS, ACCOUNT_JS, EXPORTS, Export, FORMATS, File, Format, Page, Write, account_html, changes_feed,
    claim_rows,
};
use view::View;

/// How the brief is written.
#[derive(Debug, Clone)]
pub struct WriteOptions {
    /// The most words of the brief.
    pub words_max: usize,
    /// How it is laid out.
    pub style: Style,
    /// The English of our own words.
    pub english: English,
}

impl Default for WriteOptions {
    fn default() -> Self {
        WriteOptions { words_max: 350, style: Style::Prose, english: English::British }
    }
}

/// Writes the account of one story from its claims, which are sorted by weight, and its ledgers.
pub fn write(
    story: &Story,
    claims: &[Claim],
    ledgers: Ledgers,
    reports: &[Annotated],
    relations: &Relations,
    options: &WriteOptions,
) -> Account {
    let view = View::new(&story.reports, claims, reports, relations);
    let (headline, mut sections) = plan::brief(&view, options);
    let house = |it: CitedSentence| {
        let told = english::house(it.text(), options.english);
        it.reworded(told)
    };
    for section in &mut sections {
        section.sentences = std::mem::take(&mut section.sentences).into_iter().map(house).collect();
    }
    Account {
        story: story.id.clone(),
        headline: headline.map(house),
        sections,
        reports: cards::reports(&view),
        origins: cards::origins(&view),
        coverage: cards::coverage(&view),
        ledgers,
        style: options.style,
        english: options.english,
    }
}

/// Words of a report in quotation marks; words that have double marks of their own would stand in unpaired ones.
fn in_marks(words: &str) -> String {
    if words.contains(['"', '“', '”']) { words.to_owned() } else { format!("“{words}”") }
}

/// The claim as one plain sentence, names in full. Where none can be made, the words of a report: of a statement after the
/// speaker's name, else in quotation marks.
pub fn sentence(claim: &Claim, reports: &[Annotated]) -> String {
    let relations = Relations::default();
    let claims = std::slice::from_ref(claim);
    let view = View::new(&claim.reports, claims, reports, &relations);
    let mut names = names::Names::full(&view);
    let made = match &claim.content {
        Content::Act(act) => acts::entry(&view, act, &mut names),
        Content::Statement(statement) => statements::sentence(&view, statement, &mut names),
        Content::Figure(figure) => {
            figure.clause.and_then(|it| retell::sentence(&view, it, figure.printed_at.map(|it| it.span)))
        }
    };
    made.unwrap_or_else(|| {
        let words = claim.support.first().map_or_else(String::new, |it| view.line(*it));
        match &claim.content {
            Content::Statement(statement) if !statement.speakers.is_empty() => {
                let speakers: Vec<String> = statement.speakers.iter().map(|it| it.name.clone()).collect();
                format!("{}: {}", view::join(&speakers), in_marks(&view.content_line(claim)))
            }
            _ => in_marks(&words),
        }
    })
}
