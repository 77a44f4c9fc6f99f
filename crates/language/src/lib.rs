//! The English language pipeline: tokens, tags, parse, lemmas, entities.
//!
//! Runs the released weights of spaCy's `en_core_web_sm` 3.8.0 and `en_core_web_md` 3.7.1 without Python, and
//! says of every token what spaCy 3.8 says: bounds, tag, part of speech, morphology, lemma, norm, head,
//! dependency, sentence, entity. It knows nothing of news and depends on no other crate of this project.
//!
//! # The way of a text
//!
//! 1. `tokenizer`: the text is cut at white space, the chunks by affix patterns and special cases.
//! 2. `words`: equal tokens become one word; its norm, prefix, suffix and shape are hashed once.
//! 3. `encoder`: hash embeddings, mixed, then four layers that look one token to either side. The embedding and
//!    its share in the first layer are remembered per word.
//! 4. The tagger: one linear layer. `transition::parser`: arcs and sentence breaks, a move at a time;
//!    `transition::projectivity`: the finished tree.
//! 5. `ruler`: parts of speech and morphology by rule; `lemmatizer`: lemmas by table and rule.
//! 6. `transition::entities`: named entities, from an encoder of their own, inside the sentences of step 4.
//! 7. `doc`: everything into one [`Doc`], which points into the text by bytes.
//!
//! ```no_run
//! use rapporteur_language::{Dep, Options, Pipeline};
//!
//! # fn main() -> Result<(), rapporteur_language::Error> {
//! let pipeline = Pipeline::from_folder("models/en_core_web_sm".as_ref(), &Options::default())?;
//! let mut scratch = pipeline.scratch(); // one for each thread
//! let text = "The mayor said she would stay until May 3.";
//! let doc = pipeline.parse(text, &mut scratch);
//! for (at, token) in doc.tokens.iter().enumerate() {
//!     if token.dep == Dep::NSUBJ {
//!         println!("{} is the subject of {}", doc.text_of(at, text), doc.lemma(doc.head(at)));
//!     }
//! }
//! for entity in &doc.entities {
//!     println!("{}..{} {}", entity.start_token, entity.end_token, entity.label);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What holds
//!
//! * A [`Pipeline`] is never changed by use and is `Send + Sync`; a [`Scratch`] belongs to one thread at a time.
//! * The same text gives the same [`Doc`], whatever the scratch has seen before and whichever thread runs it.
//! * No text makes it panic, and time grows in line with the text. Texts are read up to [`TEXT_BYTES_MAX`].
//! * A text is one sequence, as in spaCy: parsing its paragraphs one by one gives slightly other results near the cuts.
//! * `unsafe` code stands in `kernel::avx2` and `kernel::avx512` only.

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
pub use kernel::{Kernel, Precision};
pub use labels::{Dep, EntityLabel, Pos, Tag};
pub use pipeline::{Options, Pipeline, Scratch, TEXT_BYTES_MAX};

#[cfg(test)]
mod tests;
