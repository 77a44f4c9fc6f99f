//! Distinct words and what depends on nothing but the word, remembered between texts.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use rmpv::ValueRef;

use crate::Error;
use crate::chars::{is_alpha, is_digit, is_space, is_upper, lower};
use crate::ruler::Ruler;
use crate::symbols::{rows, string_id};
use crate::tokenizer::{Chunk, Piece, Tokenizer, chunks};
use crate::vectors::Vectors;
use crate::weights::{field, text, unpack};

const NORMS_FILE: &str = "vocab/lookups.bin";
/// Words kept between texts; beyond this everything is forgotten before the next text.
const WORDS_MAX: usize = 60_000;
/// Bytes of their text kept between texts.
const ARENA_BYTES_MAX: usize = 8 << 20;
/// Longest chunk whose cutting is remembered.
const CHUNK_BYTES_MAX: usize = 256;
/// An embedding that is not in the cache.
pub(crate) const NO_SLOT: u32 = u32::MAX;

/// Norms: how odd spellings are to be read ("'cause" is "because").
pub(crate) struct Norms {
    listed: HashMap<u64, Box<str>>,
    base: HashMap<&'static str, &'static str>,
}

impl Norms {
    pub(crate) fn read(bytes: &[u8]) -> Result<Norms, Error> {
        let root = unpack(NORMS_FILE, bytes)?;
        let Some(ValueRef::Map(table)) = field(&root, "lexeme_norm") else {
            return Err(Error::damaged(NORMS_FILE, "it has no table `lexeme_norm`"));
        };
        let listed = table
            .iter()
            .map(|(key, norm)| Some((key.as_u64()?, Box::from(text(norm)?))))
            .collect::<Option<_>>()
            .ok_or_else(|| Error::damaged(NORMS_FILE, "a row of `lexeme_norm` is not a number and a string"))?;
        Ok(Norms { listed, base: rows(include_str!("../data/norms.tsv")).collect() })
    }

    fn of<'a>(&'a self, word: &str, lower: &'a str) -> &'a str {
        match self.listed.get(&string_id(word)) {
            Some(norm) => norm,
            None => self.base.get(word).copied().unwrap_or(lower),
        }
    }
}

/// A stretch of the arena.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stretch {
    start: u32,
    len: u32,
}

/// A distinct pair of string and norm.
pub(crate) struct Word {
    pub(crate) text: Stretch,
    pub(crate) lower: Stretch,
    pub(crate) norm: Stretch,
    /// Ids of norm, prefix, suffix and shape: what the encoders see.
    pub(crate) ids: [u64; 4],
    pub(crate) is_space: bool,
    /// Whether a special case that spans tokens may begin here.
    begins_sequence: bool,
    /// Which two-token rules allow this word in the second place.
    pub(crate) second_of: u64,
    /// Row of the static vector.
    pub(crate) vector: Option<u32>,
    /// Places in the embedding caches: shared encoder without and with a blank after, entity encoder.
    pub(crate) slots: [u32; 3],
}

/// A token before it is analysed.
#[derive(Clone, Copy)]
pub(crate) struct RawToken {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) word: u32,
    pub(crate) space_after: bool,
}

/// What a word's features are computed from.
#[derive(Clone, Copy)]
pub(crate) struct Lexicon<'a> {
    pub(crate) tokenizer: &'a Tokenizer,
    pub(crate) norms: &'a Norms,
    pub(crate) ruler: &'a Ruler,
    pub(crate) vectors: Option<&'a Vectors>,
}

/// Distinct words and the chunks they came from.
#[derive(Default)]
pub(crate) struct Words {
    arena: String,
    words: Vec<Word>,
    plain: HashTable<u32>,
    /// Words of special cases by token number.
    special: Vec<u32>,
    chunks: HashTable<(Stretch, u32, u32)>,
    /// Byte length and word of every piece of the remembered chunks.
    pieces: Vec<(u32, u32)>,
    hasher: DefaultHashBuilder,
}

impl Words {
    /// Whether so much is remembered that it should all be forgotten.
    pub(crate) fn is_full(&self) -> bool {
        self.words.len() > WORDS_MAX || self.arena.len() > ARENA_BYTES_MAX || self.chunks.len() > 2 * WORDS_MAX
    }

    pub(crate) fn word(&self, word: u32) -> &Word {
        &self.words[word as usize]
    }

    pub(crate) fn word_mut(&mut self, word: u32) -> &mut Word {
        &mut self.words[word as usize]
    }

    pub(crate) fn get(&self, it: Stretch) -> &str {
        &self.arena[it.start as usize..(it.start + it.len) as usize]
    }

    /// Stores a string that lives as long as the words do.
    pub(crate) fn store(&mut self, text: &str) -> Stretch {
        store(&mut self.arena, text)
    }

    /// Cuts a text into tokens.
    pub(crate) fn tokenize(&mut self, lexicon: Lexicon<'_>, text: &str, tokens: &mut Vec<RawToken>) {
        tokens.clear();
        let mut any_sequence = false;
        for chunk in chunks(text) {
            let first = tokens.len();
            self.chunk(lexicon, text, chunk, tokens);
            any_sequence |= tokens[first..].iter().any(|it| self.word(it.word).begins_sequence);
            if let Some(last) = tokens.last_mut().filter(|_| chunk.space_after) {
                last.space_after = true;
            }
        }
        if any_sequence {
            self.apply_sequences(lexicon, text, tokens);
        }
    }

    fn chunk(&mut self, lexicon: Lexicon<'_>, text: &str, chunk: Chunk, tokens: &mut Vec<RawToken>) {
        let source = &text[chunk.start..chunk.end];
        let hash = self.hasher.hash_one(source);
        let known = self.chunks.find(hash, |it| slice(&self.arena, it.0) == source).copied();
        let mut at = chunk.start as u32;
        let mut push = |len: u32, word: u32| {
            tokens.push(RawToken { start: at, end: at + len, word, space_after: false });
            at += len;
        };
        if let Some((_, first, last)) = known {
            for &(len, word) in &self.pieces[first as usize..last as usize] {
                push(len, word);
            }
            return;
        }
        let remember = source.len() <= CHUNK_BYTES_MAX;
        let first = self.pieces.len() as u32;
        lexicon.tokenizer.split(source, |piece| {
            let word = self.piece(lexicon, piece);
            let len = piece.text().len() as u32;
            push(len, word);
            if remember {
                self.pieces.push((len, word));
            }
        });
        if remember {
            let last = self.pieces.len() as u32;
            let key = store(&mut self.arena, source);
            let (arena, hasher) = (&self.arena, &self.hasher);
            self.chunks.insert_unique(hash, (key, first, last), |it| hasher.hash_one(slice(arena, it.0)));
        }
    }

    fn piece(&mut self, lexicon: Lexicon<'_>, piece: Piece<'_>) -> u32 {
        match piece {
            Piece::Plain(text) => self.plain(lexicon, text),
            Piece::Special(token) => match &token.norm {
                None => self.plain(lexicon, &token.text),
                Some(norm) => {
                    if self.special.is_empty() {
                        self.special.resize(lexicon.tokenizer.n_special_tokens(), u32::MAX);
                    }
                    let index = token.index as usize;
                    if self.special[index] == u32::MAX {
                        self.special[index] = self.add(lexicon, &token.text, Some(norm));
                    }
                    self.special[index]
                }
            },
        }
    }

    fn plain(&mut self, lexicon: Lexicon<'_>, text: &str) -> u32 {
        let hash = self.hasher.hash_one(text);
        let known = self.plain.find(hash, |&it| slice(&self.arena, self.words[it as usize].text) == text);
        if let Some(&word) = known {
            return word;
        }
        let word = self.add(lexicon, text, None);
        let (arena, words, hasher) = (&self.arena, &self.words, &self.hasher);
        self.plain.insert_unique(hash, word, |&it| hasher.hash_one(slice(arena, words[it as usize].text)));
        word
    }

    fn add(&mut self, lexicon: Lexicon<'_>, text: &str, norm: Option<&str>) -> u32 {
        let lower = lower(text);
        let norm = norm.unwrap_or_else(|| lexicon.norms.of(text, &lower));
        let is_space = text.chars().all(is_space);
        let ids = [string_id(norm), string_id(prefix(text)), string_id(suffix(text)), string_id(&shape(text))];
        let text_at = store(&mut self.arena, text);
        let lower_at = if lower == text { text_at } else { store(&mut self.arena, &lower) };
        let norm_at = if norm == lower { lower_at } else { store(&mut self.arena, norm) };
        self.words.push(Word {
            text: text_at,
            lower: lower_at,
            norm: norm_at,
            ids,
            is_space,
            begins_sequence: !lexicon.tokenizer.sequences_from(text).is_empty(),
            second_of: lexicon.ruler.second_of(&lower, is_space),
            vector: lexicon.vectors.and_then(|it| it.row(string_id(text))),
            slots: [NO_SLOT; 3],
        });
        (self.words.len() - 1) as u32
    }

    /// Special cases that the affix patterns cut apart are looked for again in the finished tokens.
    fn apply_sequences(&mut self, lexicon: Lexicon<'_>, text: &str, tokens: &mut Vec<RawToken>) {
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for start in 0..tokens.len() {
            let first = self.word(tokens[start].word);
            if !first.begins_sequence {
                continue;
            }
            for &number in lexicon.tokenizer.sequences_from(self.get(first.text)) {
                let texts = lexicon.tokenizer.sequence(number);
                let Some(there) = tokens.get(start..start + texts.len()) else { continue };
                if there.iter().zip(texts).all(|(it, text)| self.get(self.word(it.word).text) == &**text) {
                    spans.push((start, start + texts.len()));
                }
            }
        }
        if spans.is_empty() {
            return;
        }
        // Longest first, then leftmost.
        spans.sort_by_key(|&(start, end)| (usize::MAX - (end - start), start));
        let mut marked = vec![false; tokens.len()];
        let mut accepted = Vec::new();
        for (start, end) in spans {
            if !marked[start] && !marked[end - 1] {
                accepted.push((start, end));
            }
            marked[start..end].fill(true);
        }
        accepted.sort_unstable();
        let old = std::mem::take(tokens);
        let mut done = 0;
        for (start, end) in accepted {
            tokens.extend_from_slice(&old[done..start]);
            done = end;
            let (from, to) = (old[start].start, old[end - 1].end);
            let Some(special) = lexicon.tokenizer.special(&text[from as usize..to as usize]) else {
                tokens.extend_from_slice(&old[start..end]);
                continue;
            };
            let mut at = from;
            for token in special {
                let len = token.text.len() as u32;
                let word = self.piece(lexicon, Piece::Special(token));
                tokens.push(RawToken { start: at, end: at + len, word, space_after: false });
                at += len;
            }
            if let Some(last) = tokens.last_mut() {
                last.space_after = old[end - 1].space_after;
            }
        }
        tokens.extend_from_slice(&old[done..]);
    }
}

fn slice(arena: &str, it: Stretch) -> &str {
    &arena[it.start as usize..(it.start + it.len) as usize]
}

fn store(arena: &mut String, text: &str) -> Stretch {
    let start = arena.len() as u32;
    arena.push_str(text);
    Stretch { start, len: text.len() as u32 }
}

/// The first character.
fn prefix(text: &str) -> &str {
    let len = text.chars().next().map_or(0, char::len_utf8);
    &text[..len]
}

/// The last three characters.
fn suffix(text: &str) -> &str {
    let start = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &text[start..]
}

/// Letters as `x` and `X`, digits as `d`, at most four of a kind in a row.
fn shape(text: &str) -> String {
    if text.len() >= 100 && text.chars().count() >= 100 {
        return "LONG".to_string();
    }
    let mut shape = String::new();
    let (mut last, mut run) = (None, 0);
    for c in text.chars() {
        let class = match c {
            'a'..='z' => 'x',
            'A'..='Z' => 'X',
            '0'..='9' => 'd',
            _ if c.is_ascii() => c,
            _ if is_alpha(c) => {
                if is_upper(c) {
                    'X'
                } else {
                    'x'
                }
            }
            _ if is_digit(c) => 'd',
            _ => c,
        };
        run = if last == Some(class) { run + 1 } else { 1 };
        last = Some(class);
        if run <= 4 {
            shape.push(class);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_stop_runs_at_four() {
        assert_eq!(shape("Brexiteers"), "Xxxxx");
        assert_eq!(shape("C3PO-20000"), "XdXX-dddd");
        assert_eq!(shape("Éß²"), "Xxd");
        assert_eq!(shape(&"x".repeat(100)), "LONG");
        assert_eq!((prefix("écu"), suffix("écu"), suffix("naïve")), ("é", "écu", "ïve"));
    }
}
