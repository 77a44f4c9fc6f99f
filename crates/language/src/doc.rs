//! What the pipeline yields: tokens, sentences and entities, all pointing into the text by bytes.

use std::ops::Range;
use std::sync::Arc;

use crate::labels::{Dep, EntityLabel, Pos, Tag};

/// A part of a [`Doc`]'s string buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A number for a morphological analysis; [`Doc::morph`] spells it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MorphId(pub(crate) u16);

/// A token's place in a named entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityTag {
    /// In no entity.
    Outside,
    /// First token of an entity.
    Begin(EntityLabel),
    /// Later token of an entity.
    Inside(EntityLabel),
}

impl EntityTag {
    /// The entity's label, if the token is in one.
    pub const fn label(self) -> Option<EntityLabel> {
        match self {
            EntityTag::Outside => None,
            EntityTag::Begin(label) | EntityTag::Inside(label) => Some(label),
        }
    }
}

/// A word, a punctuation mark or a run of white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// The token this one depends on; the token itself if it is the root of its sentence.
    pub head: u32,
    /// First token of its subtree.
    pub left_edge: u32,
    /// Last token of its subtree.
    pub right_edge: u32,
    /// Fine-grained part of speech.
    pub tag: Tag,
    /// Coarse part of speech.
    pub pos: Pos,
    /// Relation to the head.
    pub dep: Dep,
    /// Place in a named entity.
    pub ent: EntityTag,
    /// Morphology; see [`Doc::morph`].
    pub morph: MorphId,
    /// Whether one blank follows that is no part of another token.
    pub space_after: bool,
    /// Whether a sentence begins here.
    pub sent_start: bool,
    pub(crate) lemma: Part,
    pub(crate) norm: Part,
}

/// A named entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Entity {
    /// Its first token.
    pub start_token: u32,
    /// One past its last token.
    pub end_token: u32,
    /// What kind of thing it names.
    pub label: EntityLabel,
}

/// An analysed text. It does not hold the text itself: keep it beside.
#[derive(Clone, Debug, PartialEq)]
pub struct Doc {
    /// In text order. Together with the blanks after them they cover the text.
    pub tokens: Vec<Token>,
    /// Token ranges, in text order, covering all tokens.
    pub sentences: Vec<Range<u32>>,
    /// In text order, not overlapping.
    pub entities: Vec<Entity>,
    pub(crate) strings: String,
    pub(crate) morphs: Arc<[Box<str>]>,
    /// Children of token `i`: `children[child_starts[i]..child_starts[i + 1]]`.
    pub(crate) child_starts: Vec<u32>,
    pub(crate) children: Vec<u32>,
}

impl Doc {
    /// The lemma of a token.
    ///
    /// # Panics
    /// If there is no such token; so do all methods that take a token's number.
    pub fn lemma(&self, token: usize) -> &str {
        self.part(self.tokens[token].lemma)
    }

    /// The normal form of a token: "'cause" gives "because", "colour" gives "color".
    pub fn norm(&self, token: usize) -> &str {
        self.part(self.tokens[token].norm)
    }

    /// The morphology of a token, as in "Number=Sing|Person=3"; empty if there is none.
    pub fn morph(&self, token: usize) -> &str {
        &self.morphs[usize::from(self.tokens[token].morph.0)]
    }

    /// The characters of a token, out of the text that was parsed.
    pub fn text_of<'t>(&self, token: usize, text: &'t str) -> &'t str {
        let Token { start, end, .. } = self.tokens[token];
        text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The head of a token; the token itself for a root.
    pub fn head(&self, token: usize) -> usize {
        self.tokens[token].head as usize
    }

    /// The tokens that depend on this one, in text order.
    pub fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator + '_ {
        let range = self.child_starts[token] as usize..self.child_starts[token + 1] as usize;
        self.children[range].iter().map(|&child| child as usize)
    }

    /// First and one past the last token of the subtree below a token. In a tree with crossing arcs the range may
    /// hold tokens of other subtrees too.
    pub fn subtree(&self, token: usize) -> Range<usize> {
        let Token { left_edge, right_edge, .. } = self.tokens[token];
        left_edge as usize..right_edge as usize + 1
    }

    /// First token of the subtree below a token.
    pub fn left_edge(&self, token: usize) -> usize {
        self.tokens[token].left_edge as usize
    }

    /// Last token of the subtree below a token.
    pub fn right_edge(&self, token: usize) -> usize {
        self.tokens[token].right_edge as usize
    }

    /// The number of the sentence a token is in.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.end as usize <= token)
    }

    /// The base noun phrases of the text, as token ranges in text order, not overlapping.
    ///
    /// "the tall man with a hat" has two: "the tall man" and "a hat".
    pub fn noun_chunks(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut last = None;
        (0..self.tokens.len()).filter_map(move |token| {
            let left_edge = self.left_edge(token);
            // A chunk may not begin inside the one before.
            if last.is_some_and(|last| left_edge <= last) || !self.heads_noun_chunk(token) {
                return None;
            }
            last = Some(token);
            Some(left_edge..token + 1)
        })
    }

    fn heads_noun_chunk(&self, token: usize) -> bool {
        if !matches!(self.tokens[token].pos, Pos::NOUN | Pos::PROPN | Pos::PRON) {
            return false;
        }
        let is_phrase = |token: usize| {
            matches!(
                self.tokens[token].dep,
                Dep::OPRD
                    | Dep::NSUBJ
                    | Dep::DOBJ
                    | Dep::NSUBJPASS
                    | Dep::PCOMP
                    | Dep::POBJ
                    | Dep::DATIVE
                    | Dep::APPOS
                    | Dep::ATTR
                    | Dep::ROOT
            )
        };
        if self.tokens[token].dep != Dep::CONJ {
            return is_phrase(token);
        }
        // A conjunct is a phrase if the first of its row is one.
        let mut head = self.head(token);
        while self.tokens[head].dep == Dep::CONJ && self.head(head) < head {
            head = self.head(head);
        }
        is_phrase(head)
    }

    fn part(&self, part: Part) -> &str {
        &self.strings[part.start as usize..part.end as usize]
    }
}
