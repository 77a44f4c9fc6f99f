//! What this stage needs of a language engine.

use rapporteur_model::Annotations;

/// A language engine: tokens, tags, parse, lemmas, sentence borders and names of one stretch of text.
pub trait Engine {
    /// Parses `text`, which stands at byte `at` of the report, and appends to `into`: tokens (spans moved by `at`, heads
    /// as indexes into `into.tokens`), lemmas, sentences (block and repeat are filled in by the caller) and entities.
    ///
    /// `text` has its line breaks replaced by spaces of the same length, so byte positions hold.
    fn parse(&mut self, text: &str, at: u32, into: &mut Annotations);
}
