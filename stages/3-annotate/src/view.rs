//! What the features look at: every word's lemma, tag and label as small numbers, and the marks around it.

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotations, Span, TokenIx};

use crate::marks::{self, Marked};
use crate::{Context, Tree};

/// Marks a token outside quotation marks.
pub(crate) const OUTSIDE: u32 = u32::MAX;

/// One report, ready for questions that are asked often.
pub(crate) struct View<'a> {
    pub(crate) text: &'a str,
    pub(crate) known: &'a Annotations,
    pub(crate) tree: &'a Tree,
    columns: &'a Columns,
}

/// What is found once of a report's words and marks, before the first extractor runs.
pub(crate) struct Columns {
    /// Marked stretches in text order.
    pub(crate) marked: Vec<Marked>,
    /// For every token: its stretch, or [`OUTSIDE`].
    pub(crate) marked_of: Vec<u32>,
    /// For every token: its sentence.
    pub(crate) sentence_of: Vec<u32>,
    /// Hash of every token's lemma.
    pub(crate) lemma: Vec<u32>,
    /// Hash of every token's tag.
    pub(crate) tag: Vec<u32>,
    /// Hash of every token's label.
    pub(crate) dep: Vec<u32>,
    /// Kind of name every token stands in, 0 for none.
    pub(crate) name: Vec<u8>,
    /// For every verb and noun: class and strength of saying it has in the lexicon, 0 for none.
    pub(crate) saying: Vec<u8>,
    /// For every word of a phrase of saying in the lexicon: where its source stands (1 after, 2 before, 3 nowhere), else 0.
    pub(crate) phrase: Vec<u8>,
}

/// FNV-1a, 32 bits: small, and the same on every machine.
pub(crate) const fn hash(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let mut h = 0x811c_9dc5u32;
    let mut at = 0;
    while at < bytes.len() {
        h = (h ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    h
}

/// Class and strength as one number; nouns count apart from verbs.
fn saying(lexicon: &Lexicon, known: &Annotations, ix: usize) -> u8 {
    let lemma = known.lemma(TokenIx::from(ix));
    match known.tokens[ix].pos {
        "VERB" | "AUX" => lexicon.cue(lemma).map_or(0, |it| 1 + 3 * it.class as u8 + it.strength.min(2)),
        "NOUN" => lexicon.noun_cue(lemma).map_or(0, |it| 100 + it.class as u8),
        _ => 0,
    }
}

/// Marks the words of phrases of saying: "in the words of", "was quoted as saying".
fn phrases(lexicon: &Lexicon, text: &str, known: &Annotations) -> Vec<u8> {
    let words: Vec<&str> = known.tokens.iter().map(|it| it.span.of(text)).collect();
    let mut found = vec![0; words.len()];
    let mut at = 0;
    while at < words.len() {
        let Some((phrase, n_words)) = lexicon.phrase_cue_at(&words, at) else {
            at += 1;
            continue;
        };
        let end = (at + n_words.max(1)).min(words.len());
        found[at..end].fill(match phrase.source {
            "after" => 1,
            "before" => 2,
            _ => 3,
        });
        at = end;
    }
    found
}

impl std::ops::Deref for View<'_> {
    type Target = Columns;

    fn deref(&self) -> &Columns {
        self.columns
    }
}

impl Columns {
    fn new(context: &Context<'_>) -> Columns {
        let (text, known) = (context.text(), context.known);
        let mut marked = Vec::new();
        let mut last_block = None;
        for sentence in &known.sentences {
            if last_block != Some(sentence.block) {
                last_block = Some(sentence.block);
                if let Some(block) = context.article.blocks.get(sentence.block.ix()) {
                    marks::find(text, block.span, &mut marked);
                }
            }
        }
        let n = known.tokens.len();
        let mut marked_of = vec![OUTSIDE; n];
        let mut at = 0;
        for (ix, token) in known.tokens.iter().enumerate() {
            while at < marked.len() && marked[at].outer.end() <= token.span.start() {
                at += 1;
            }
            if at < marked.len() && marked[at].outer.overlaps(token.span) {
                marked_of[ix] = at as u32;
            }
        }
        let mut sentence_of = vec![0; n];
        for (ix, sentence) in known.sentences.iter().enumerate() {
            for slot in &mut sentence_of[sentence.tokens.0.ix()..sentence.tokens.1.ix()] {
                *slot = ix as u32;
            }
        }
        let mut name = vec![0; n];
        for entity in &known.entities {
            let kind = match entity.label {
                "PERSON" => 1,
                "ORG" | "NORP" => 2,
                "GPE" | "LOC" | "FAC" => 3,
                "DATE" | "TIME" => 4,
                _ => continue,
            };
            for slot in &mut name[entity.tokens.0.ix()..entity.tokens.1.ix()] {
                *slot = kind;
            }
        }
        Columns {
            marked,
            marked_of,
            sentence_of,
            lemma: (0..n).map(|ix| hash(known.lemma(TokenIx::from(ix)))).collect(),
            tag: known.tokens.iter().map(|it| hash(it.tag)).collect(),
            dep: known.tokens.iter().map(|it| hash(it.dep)).collect(),
            name,
            saying: (0..n).map(|ix| saying(context.lexicon, known, ix)).collect(),
            phrase: phrases(context.lexicon, text, known),
        }
    }
}

impl<'a> View<'a> {
    pub(crate) fn new(context: &Context<'a>) -> View<'a> {
        let columns = context.columns.get_or_init(|| Columns::new(context));
        View { text: context.text(), known: context.known, tree: context.tree, columns }
    }

    /// How many tokens.
    pub(crate) fn n(&self) -> usize {
        self.known.tokens.len()
    }

    pub(crate) fn span(&self, ix: usize) -> Span {
        self.known.tokens[ix].span
    }

    pub(crate) fn word(&self, ix: usize) -> &'a str {
        self.span(ix).of(self.text)
    }

    pub(crate) fn head(&self, ix: usize) -> usize {
        self.known.tokens[ix].head.ix()
    }

    pub(crate) fn pos_of(&self, ix: usize) -> &'static str {
        self.known.tokens[ix].pos
    }

    pub(crate) fn dep_of(&self, ix: usize) -> &'static str {
        self.known.tokens[ix].dep
    }

    pub(crate) fn tag_of(&self, ix: usize) -> &'static str {
        self.known.tokens[ix].tag
    }

    pub(crate) fn lemma_of(&self, ix: usize) -> &'a str {
        self.known.lemma(TokenIx::from(ix))
    }

    pub(crate) fn children(&self, ix: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.tree.children(TokenIx::from(ix)).iter().map(|it| it.ix())
    }

    pub(crate) fn child(&self, ix: usize, deps: &[&str]) -> Option<usize> {
        self.children(ix).find(|child| deps.contains(&self.dep_of(*child)))
    }

    /// First and last token of the subtree.
    pub(crate) fn edges(&self, ix: usize) -> (usize, usize) {
        let (first, last) = self.tree.edges(TokenIx::from(ix));
        (first.ix(), last.ix())
    }

    /// The sentence's tokens, half open.
    pub(crate) fn sentence(&self, ix: usize) -> (usize, usize) {
        self.known
            .sentences
            .get(self.sentence_of[ix] as usize)
            .map_or((ix, ix + 1), |it| (it.tokens.0.ix(), it.tokens.1.ix()))
    }

    pub(crate) fn block_of(&self, ix: usize) -> u32 {
        self.known.sentences.get(self.sentence_of[ix] as usize).map_or(0, |it| it.block.0)
    }

    pub(crate) fn is_mark(&self, ix: usize) -> bool {
        matches!(self.word(ix), "\"" | "“" | "”" | "''" | "``" | "‘" | "«" | "»")
            || (matches!(self.word(ix), "'" | "’") && self.known.tokens[ix].pos == "PUNCT")
    }

    pub(crate) fn is_punct(&self, ix: usize) -> bool {
        matches!(self.known.tokens[ix].pos, "PUNCT" | "SPACE")
    }

    /// First token that ends after byte `offset`.
    pub(crate) fn token_at(&self, offset: u32) -> usize {
        self.known.tokens.partition_point(|it| it.span.end() <= offset)
    }

    /// The bytes of tokens `first..=last`.
    pub(crate) fn cover(&self, first: usize, last: usize) -> Span {
        self.span(first).cover(self.span(last))
    }
}
