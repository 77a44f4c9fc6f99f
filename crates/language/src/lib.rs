//! The English language pipeline: tokens, tags, parse, lemmas, entities.
#![warn(clippy::doc_markdown)]

mod chars;
mod doc;
mod encoder;
mod error;
mod hash;
mod kernel;
mod labels;
mod lemmatizer;
mod pipeline;
mod ruler;
mod source;
mod symbols;
mod tokenizer;
mod transition;
mod vectors;
mod weights;
mod words;

pub use doc::{Doc, Entity, EntityTag, MorphId, Token};
pub use error::Error;
pub use kernel::Kernel;
pub use labels::{Dep, EntityLabel, Pos, Tag};
pub use pipeline::{Options, Pipeline, Precision, Scratch, TEXT_BYTES_MAX};

#[cfg(test)]
mod tests;
