//! Stage 2: labels blocks and finds metadata; deletes nothing.
//!
//! One function: a [`Report`] in, an [`Article`] out, with the report inside it unchanged. Every block has a role and
//! the rule that gave it; every piece of metadata says where it stands, or is absent.
//!
//! Left alone on purpose: dates in running text are never the report's date; what a report is about is stage 3's.

mod body;
mod cited;
mod dates;
mod lines;
mod metadata;
mod names;
mod page;
mod plain;
mod repeats;
mod words;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Article, ArticleBlock, Media, Report, Role, Span};

pub use plain::training;

/// A block on its way to a role.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    pub(crate) role: Role,
    pub(crate) how: &'static str,
}

/// Labels the blocks of `report` and finds its metadata.
pub fn clean(report: Report, lexicon: &Lexicon) -> Article {
    let has_dom = report.blocks.iter().any(|it| !it.path.is_empty());
    let pieces = if has_dom {
        page::label(&report, lexicon)
    } else {
        let pieces = match report.media {
            Media::Markdown | Media::Html => lines::blocks_as_they_are(&report),
            _ => lines::repair(&report),
        };
        plain::label(&report, pieces, lexicon)
    };
    let metadata = metadata::find(&report, &pieces, lexicon);
    let repeats = repeats::find(&report.text, &pieces);
    // What is printed twice is cited once.
    let once: Vec<Piece> =
        pieces.iter().zip(&repeats).filter(|(_, repeat)| repeat.is_none()).map(|(it, _)| it.clone()).collect();
    let cited = cited::find(&report, &once, lexicon);
    let blocks = pieces
        .into_iter()
        .zip(repeats)
        .map(|(it, repeat_of)| ArticleBlock { span: it.span, role: it.role, repeat_of, how: it.how })
        .collect();
    Article { report, blocks, metadata, cited, problems: Vec::new() }
}
