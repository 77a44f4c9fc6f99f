//! Atoms: words, numbers and marks of one block, finer than the parser's tokens.
//!
//! "mid-November", "5pm" and "€250m" are one token or three, as the tokenizer likes; patterns of times and figures need
//! them always apart. Each atom knows the token it stands in, so the parse can be asked about it.

use rapporteur_model::{Span, Token, TokenIx};

/// What an atom is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AtomKind {
    /// A run of letters.
    Word,
    /// Digits, with inner commas, points and colons: `1,200.5`, `21:11`.
    Number,
    /// Any other character.
    Mark(char),
}

/// A word, number or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Atom {
    /// Its bytes in the report's text.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: AtomKind,
    /// Whether white space (or the start of the block) stands before it.
    pub(crate) spaced: bool,
    /// The token that covers its first byte.
    pub(crate) token: Option<TokenIx>,
}

/// The atoms of one block, with their words in small letters.
pub(crate) struct Atoms<'a> {
    /// The report's text.
    pub(crate) text: &'a str,
    /// The block's text in small ASCII letters; same bytes.
    lower: String,
    /// Where the block starts.
    at: u32,
    /// In text order.
    pub(crate) list: Vec<Atom>,
}

impl<'a> Atoms<'a> {
    /// Cuts `block` of `text`; `tokens` are all tokens of the report (none for blocks that are not parsed).
    pub(crate) fn new(text: &'a str, block: Span, tokens: &[Token]) -> Atoms<'a> {
        let lower = block.of(text).to_ascii_lowercase();
        let at = block.start();
        let mut list = Vec::with_capacity(lower.len() / 4);
        let mut token = tokens.partition_point(|it| it.span.end() <= at);
        let mut chars = lower.char_indices().peekable();
        let mut spaced = true;
        while let Some((start, c)) = chars.next() {
            if c.is_whitespace() {
                spaced = true;
                continue;
            }
            let mut end = start + c.len_utf8();
            let kind = if c.is_alphabetic() {
                while let Some((from, c)) = chars.next_if(|(_, c)| c.is_alphabetic()) {
                    end = from + c.len_utf8();
                }
                AtomKind::Word
            } else if c.is_ascii_digit() {
                end = number_end(lower.as_bytes(), start);
                while chars.next_if(|(from, _)| *from < end).is_some() {}
                AtomKind::Number
            } else {
                AtomKind::Mark(c)
            };
            let span = Span::new(at + start as u32, at + end as u32);
            while tokens.get(token).is_some_and(|it| it.span.end() <= span.start()) {
                token += 1;
            }
            let covers = tokens.get(token).is_some_and(|it| it.span.start() <= span.start());
            list.push(Atom { span, kind, spaced, token: covers.then(|| TokenIx::from(token)) });
            spaced = false;
        }
        Atoms { text, lower, at, list }
    }

    /// The atom, if there is one.
    pub(crate) fn get(&self, ix: usize) -> Option<&Atom> {
        self.list.get(ix)
    }

    /// The atom's characters in small letters; empty past the end.
    pub(crate) fn lower(&self, ix: usize) -> &str {
        self.list.get(ix).map_or("", |it| self.lower_of(it.span))
    }

    /// A stretch of the block in small letters.
    pub(crate) fn lower_of(&self, span: Span) -> &str {
        self.lower.get((span.start() - self.at) as usize..(span.end() - self.at) as usize).unwrap_or("")
    }

    /// The atom's characters as written; empty past the end.
    pub(crate) fn raw(&self, ix: usize) -> &'a str {
        self.list.get(ix).map_or("", |it| it.span.of(self.text))
    }

    /// The word in small letters, empty when the atom is no word.
    pub(crate) fn word(&self, ix: usize) -> &str {
        match self.list.get(ix) {
            Some(Atom { kind: AtomKind::Word, span, .. }) => self.lower_of(*span),
            _ => "",
        }
    }

    /// Whether the atom is this mark.
    pub(crate) fn mark(&self, ix: usize, mark: char) -> bool {
        self.list.get(ix).is_some_and(|it| it.kind == AtomKind::Mark(mark))
    }

    /// Whether the atom is a hyphen or dash inside a compound.
    pub(crate) fn hyphen(&self, ix: usize) -> bool {
        self.list.get(ix).is_some_and(|it| matches!(it.kind, AtomKind::Mark('-' | '‐' | '‑')) && !it.spaced)
    }

    /// Whether the atom is an apostrophe glued to the word before it.
    pub(crate) fn apostrophe(&self, ix: usize) -> bool {
        self.list.get(ix).is_some_and(|it| matches!(it.kind, AtomKind::Mark('\'' | '’' | '`')) && !it.spaced)
    }

    /// Whether the atom is glued to the one before it.
    pub(crate) fn glued(&self, ix: usize) -> bool {
        self.list.get(ix).is_some_and(|it| !it.spaced)
    }

    /// Whether the word starts with a capital.
    pub(crate) fn capital(&self, ix: usize) -> bool {
        self.raw(ix).starts_with(char::is_uppercase)
    }

    /// The index after the words of `phrase`, if they stand at `ix`.
    pub(crate) fn phrase(&self, ix: usize, phrase: &[&str]) -> Option<usize> {
        phrase.iter().enumerate().all(|(step, word)| self.lower(ix + step) == *word).then_some(ix + phrase.len())
    }

    /// The bytes of the atoms `from..to`.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        match (self.list.get(from), self.list.get(to.saturating_sub(1))) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }
}

/// The end of the number that starts at `start`: digits, and marks between digits.
fn number_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while end < bytes.len() {
        let inner = matches!(bytes[end], b'.' | b',' | b':') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !bytes[end].is_ascii_digit() && !inner {
            break;
        }
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let atoms = Atoms::new(text, Span::at(0, text.len()), &[]);
        (0..atoms.list.len()).map(|ix| atoms.lower(ix).to_owned()).collect()
    }

    #[test]
    fn compounds_come_apart() {
        assert_eq!(
            words("mid-May, 5pm: €1,200.5m."),
            ["mid", "-", "may", ",", "5", "pm", ":", "€", "1,200.5", "m", "."]
        );
    }
}
