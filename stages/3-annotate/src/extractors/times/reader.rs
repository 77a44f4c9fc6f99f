//! The atoms of a block together with what the parse says of them.

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Entity, Token};

use super::atoms::Atoms;

/// A block to read expressions from.
pub(crate) struct Reader<'a> {
    /// Its atoms.
    pub(crate) atoms: Atoms<'a>,
    /// All tokens of the report.
    pub(crate) tokens: &'a [Token],
    /// General knowledge: holidays, zones.
    pub(crate) lexicon: &'a Lexicon,
    /// All names of the report.
    pub(crate) entities: &'a [Entity],
}

impl<'a> std::ops::Deref for Reader<'a> {
    type Target = Atoms<'a>;

    fn deref(&self) -> &Atoms<'a> {
        &self.atoms
    }
}

impl<'a> Reader<'a> {
    /// The token of an atom.
    pub(crate) fn token(&self, ix: usize) -> Option<&'a Token> {
        self.tokens.get(self.atoms.get(ix)?.token?.ix())
    }

    /// The Penn tag of an atom's token; empty where nothing is parsed.
    pub(crate) fn tag(&self, ix: usize) -> &'static str {
        self.token(ix).map_or("", |it| it.tag)
    }

    /// Whether the atom's token is a noun or name, or nothing is known of it.
    pub(crate) fn noun(&self, ix: usize) -> bool {
        matches!(self.tag(ix), "" | "NN" | "NNS" | "NNP" | "NNPS" | "CD")
    }

    /// The entity model's label over an atom; empty when it has none.
    pub(crate) fn label(&self, ix: usize) -> &'static str {
        let Some(token) = self.atoms.get(ix).and_then(|it| it.token) else { return "" };
        let at = self.entities.partition_point(|it| it.tokens.1 <= token);
        self.entities.get(at).filter(|it| it.tokens.0 <= token).map_or("", |it| it.label)
    }
}
