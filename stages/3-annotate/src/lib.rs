//! Stage 3: what is said in one report.
//!
//! ```text
//! Article -> prose blocks -> Engine (tokens, parse, names) -> extractors, one layer each -> Annotations
//! ```
//!
//! The language engine is passed in as an [`Engine`], so this stage knows no model files and tests can bring a small
//! one. Extractors run in the order of [`extractors::EXTRACTORS`]; each reads the layers before it and returns records
//! of its own layer, so extractors cannot damage each other.

#[cfg(test)]
mod cases;
mod engine;
mod extractors;
mod marks;
mod mend;
mod sentences;
mod tree;
mod view;

use std::cell::OnceCell;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotations, Article};

pub use engine::Engine;
#[doc(hidden)]
pub use extractors::training;
pub use tree::Tree;
use view::Columns;

/// What an extractor may look at.
pub(crate) struct Context<'a> {
    /// The report with its block roles and metadata.
    pub(crate) article: &'a Article,
    /// The layers found so far.
    pub(crate) known: &'a Annotations,
    /// The parse as a tree: children and subtrees.
    pub(crate) tree: &'a Tree,
    /// What the first extractor that asks finds of the words, for all.
    pub(crate) columns: &'a OnceCell<Columns>,
    /// General knowledge.
    pub(crate) lexicon: &'a Lexicon,
}

impl<'a> Context<'a> {
    /// The report's text.
    pub(crate) fn text(&self) -> &'a str {
        &self.article.report.text
    }
}

/// Finds everything in one report.
///
/// `engine` parses the prose blocks; the result depends on nothing else but the arguments.
pub fn annotate(article: &Article, engine: &mut dyn Engine, lexicon: &Lexicon) -> Annotations {
    let mut known = parse(article, engine);
    mend::mend(&mut known, lexicon);
    let tree = Tree::new(&known);
    let columns = OnceCell::new();
    for extractor in extractors::EXTRACTORS {
        let context = Context { article, known: &known, tree: &tree, columns: &columns, lexicon };
        let found = extractor.run(&context);
        found.store(&mut known);
    }
    known
}

/// Sentences, words and names only.
pub fn parse(article: &Article, engine: &mut dyn Engine) -> Annotations {
    sentences::parse(article, engine)
}
