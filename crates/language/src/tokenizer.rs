//! From text to tokens: chunks between white space, cut by affix patterns and special cases.

mod affixes;
mod url;

use hashbrown::HashMap;
use rmpv::ValueRef;

use crate::Error;
use crate::chars::is_space;
use crate::weights::{field, text, unpack};
use affixes::Affixes;

const FILE: &str = "tokenizer";
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// A token of a special case.
pub(crate) struct SpecialToken {
    pub(crate) text: Box<str>,
    pub(crate) norm: Option<Box<str>>,
    /// Its number among all tokens of special cases.
    pub(crate) index: u32,
}

/// A piece of a chunk.
#[derive(Clone, Copy)]
pub(crate) enum Piece<'t> {
    Plain(&'t str),
    Special(&'t SpecialToken),
}

impl<'t> Piece<'t> {
    pub(crate) fn text(self) -> &'t str {
        match self {
            Piece::Plain(text) => text,
            Piece::Special(token) => &token.text,
        }
    }
}

/// The rules of the tokenizer.
pub(crate) struct Tokenizer {
    affixes: Affixes,
    specials: HashMap<Box<str>, Vec<SpecialToken>>,
    special_bytes_max: usize,
    n_special_tokens: usize,
    /// Special cases that the affix patterns would cut, as the tokens they would be cut into.
    sequences: Vec<Vec<Box<str>>>,
    sequences_by_first: HashMap<Box<str>, Vec<u32>>,
}

impl Tokenizer {
    pub(crate) fn read(bytes: &[u8]) -> Result<Tokenizer, Error> {
        let root = unpack(FILE, bytes)?;
        let pattern = |key: &str| {
            field(&root, key).and_then(text).ok_or_else(|| Error::damaged(FILE, format!("it has no pattern `{key}`")))
        };
        let affixes = Affixes::new(
            pattern("prefix_search")?,
            pattern("suffix_search")?,
            pattern("infix_finditer")?,
            pattern("url_match")?,
        )
        .map_err(|problem| Error::unsupported(FILE, problem))?;
        if field(&root, "token_match").is_some_and(|it| *it != ValueRef::Nil) {
            return Err(Error::unsupported(FILE, "it has a `token_match` pattern"));
        }
        let Some(ValueRef::Map(exceptions)) = field(&root, "exceptions") else {
            return Err(Error::damaged(FILE, "it has no map `exceptions`"));
        };
        let mut n_special_tokens = 0;
        let mut specials = HashMap::new();
        for (key, tokens) in exceptions {
            let special = text(key).and_then(|key| Some((key, read_special(tokens, &mut n_special_tokens)?)));
            let Some((key, tokens)) = special else {
                return Err(Error::damaged(FILE, "a special case is not a list of tokens"));
            };
            // Bounds are counted off the source text, so a case that changed the text would break them.
            if tokens.iter().map(|it| &*it.text).collect::<String>() != key || key.is_empty() {
                return Err(Error::unsupported(FILE, format!("the special case {key:?} changes the text")));
            }
            specials.insert(Box::from(key), tokens);
        }
        let special_bytes_max = specials.keys().map(|key| str::len(key)).max().unwrap_or(0);
        let mut tokenizer = Tokenizer {
            affixes,
            specials,
            special_bytes_max,
            n_special_tokens: n_special_tokens as usize,
            sequences: Vec::new(),
            sequences_by_first: HashMap::new(),
        };
        tokenizer.find_sequences();
        Ok(tokenizer)
    }

    /// How many tokens all special cases have.
    pub(crate) fn n_special_tokens(&self) -> usize {
        self.n_special_tokens
    }

    /// The tokens of a special case.
    pub(crate) fn special(&self, text: &str) -> Option<&[SpecialToken]> {
        // The bound keeps a look-up from hashing a long chunk again and again.
        if text.len() > self.special_bytes_max { None } else { self.specials.get(text).map(Vec::as_slice) }
    }

    /// Numbers of the sequences that begin with this token.
    pub(crate) fn sequences_from(&self, first: &str) -> &[u32] {
        self.sequences_by_first.get(first).map_or(&[], Vec::as_slice)
    }

    /// The token texts of a sequence.
    pub(crate) fn sequence(&self, number: u32) -> &[Box<str>] {
        self.sequences.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// Cuts a chunk (a run without white space, or a run of white space) into pieces.
    pub(crate) fn split<'t>(&'t self, chunk: &'t str, mut emit: impl FnMut(Piece<'t>)) {
        self.split_with(chunk, true, &mut emit);
    }

    fn split_with<'t>(&'t self, chunk: &'t str, with_specials: bool, emit: &mut impl FnMut(Piece<'t>)) {
        let special = |text: &str| if with_specials { self.special(text) } else { None };
        if let Some(tokens) = special(chunk) {
            tokens.iter().for_each(|it| emit(Piece::Special(it)));
            return;
        }
        let mut s = chunk;
        let mut suffixes: Vec<&str> = Vec::new();
        let mut last = usize::MAX;
        while !s.is_empty() && s.len() != last {
            if special(s).is_some() {
                break;
            }
            last = s.len();
            let prefix = self.affixes.prefix(s);
            let rest = &s[prefix..];
            if prefix > 0 && special(rest).is_some() {
                emit(Piece::Plain(&s[..prefix]));
                s = rest;
                break;
            }
            // The suffix is looked for without the prefix, but the special case before it with the prefix.
            let suffix = self.affixes.suffix(rest);
            let before = &s[..s.len() - suffix];
            if suffix > 0 && special(before).is_some() {
                suffixes.push(&s[before.len()..]);
                s = before;
                break;
            }
            if suffix > 0 {
                suffixes.push(&s[before.len()..]);
            }
            if prefix > 0 {
                emit(Piece::Plain(&s[..prefix]));
            }
            s = &s[prefix..s.len() - suffix];
        }
        if !s.is_empty() {
            match special(s) {
                Some(tokens) => tokens.iter().for_each(|it| emit(Piece::Special(it))),
                None if self.affixes.is_url(s) => emit(Piece::Plain(s)),
                None => self.split_infixes(s, emit),
            }
        }
        suffixes.into_iter().rev().for_each(|it| emit(Piece::Plain(it)));
    }

    fn split_infixes<'t>(&self, s: &'t str, emit: &mut impl FnMut(Piece<'t>)) {
        let mut start = 0;
        self.affixes.each_infix(s, |infix| {
            // A match at the very start stays with what follows it.
            if infix.start == 0 {
                return;
            }
            if infix.start != start {
                emit(Piece::Plain(&s[start..infix.start]));
            }
            if !infix.is_empty() {
                emit(Piece::Plain(&s[infix.clone()]));
            }
            start = infix.end;
        });
        if start < s.len() {
            emit(Piece::Plain(&s[start..]));
        }
    }

    fn find_sequences(&mut self) {
        let mut keys: Vec<&str> = self.specials.keys().map(|key| &**key).collect();
        keys.sort_unstable();
        let mut sequences = Vec::new();
        for key in keys {
            if !self.affixes.touches(key) && !key.contains(' ') {
                continue;
            }
            let mut texts: Vec<Box<str>> = Vec::new();
            for chunk in chunks(key) {
                self.split_with(&key[chunk.start..chunk.end], false, &mut |piece| texts.push(piece.text().into()));
            }
            sequences.push(texts);
        }
        for (number, texts) in (0..).zip(&sequences) {
            if let Some(first) = texts.first() {
                self.sequences_by_first.entry(first.clone()).or_default().push(number);
            }
        }
        self.sequences = sequences;
    }
}

fn read_special(tokens: &ValueRef<'_>, n_special_tokens: &mut u32) -> Option<Vec<SpecialToken>> {
    let ValueRef::Array(tokens) = tokens else { return None };
    let read = |token: &ValueRef<'_>| {
        let ValueRef::Map(attrs) = token else { return None };
        let attr = |id: u64| attrs.iter().find(|(key, _)| key.as_u64() == Some(id)).and_then(|(_, value)| text(value));
        let index = *n_special_tokens;
        *n_special_tokens += 1;
        Some(SpecialToken { text: attr(ORTH)?.into(), norm: attr(NORM).map(Box::from), index })
    };
    tokens.iter().map(read).collect()
}

/// A chunk's place in the text, and whether a blank that belongs to its last token follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) space_after: bool,
}

/// Cuts a text at every change between white space and other characters. One blank after a chunk belongs to
/// it; all other white space is a chunk of its own.
pub(crate) fn chunks(text: &str) -> impl Iterator<Item = Chunk> {
    let mut chars = text.char_indices();
    let mut in_space = text.chars().next().is_some_and(is_space);
    let mut start = 0;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        for (i, c) in chars.by_ref() {
            let space = if c.is_ascii() { matches!(c, '\t'..='\r' | '\x1c'..=' ') } else { is_space(c) };
            if space == in_space {
                continue;
            }
            let chunk = Chunk { start, end: i, space_after: c == ' ' };
            in_space = !in_space;
            start = if c == ' ' { i + 1 } else { i };
            // A blank chunk that was consumed by the token before it is empty.
            if chunk.start < i {
                return Some(chunk);
            }
        }
        done = true;
        let space_after = text.ends_with(' ') && !in_space;
        (start < text.len()).then_some(Chunk { start, end: text.len(), space_after })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, bool)> {
        chunks(text).map(|it| (&text[it.start..it.end], it.space_after)).collect()
    }

    #[test]
    fn one_blank_belongs_to_the_word_before() {
        assert_eq!(cut("a b"), [("a", true), ("b", false)]);
        assert_eq!(cut("a  b"), [("a", true), (" ", false), ("b", false)]);
        assert_eq!(cut(" a"), [(" ", false), ("a", false)]);
        assert_eq!(cut("a "), [("a", true)]);
        assert_eq!(cut("a\n b"), [("a", false), ("\n ", false), ("b", false)]);
        assert_eq!(cut(""), []);
        assert_eq!(cut("  "), [("  ", false)]);
    }
}
