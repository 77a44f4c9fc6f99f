//! The language pipeline as the engine of stage 3.
//!
//! Agencies are printed word for word by many, and some pages print each paragraph twice. A parse depends on the text alone, so
//! a stretch of text that was parsed a short while ago is not parsed again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rapporteur_annotate::Engine;
use rapporteur_language::{Doc, Pipeline, Scratch};
use rapporteur_model::{Annotations, Entity, Sentence, Span, Token, TokenIx};

/// Buffers that no thread works with at the moment. What they have learned of words and texts is of use to the next.
pub(crate) struct Rooms {
    idle: Mutex<Vec<Room>>,
}

/// The buffers of one thread, and the parses it may need again. None of it is part of the result.
struct Room {
    scratch: Scratch,
    memo: Memo<Doc>,
}

impl Rooms {
    pub(crate) fn new() -> Rooms {
        Rooms { idle: Mutex::new(Vec::new()) }
    }

    fn take(&self, pipeline: &Pipeline) -> Room {
        // A thread that panicked has not left half a room: rooms are pushed and popped whole.
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(|| Room { scratch: pipeline.scratch(), memo: Memo::default() })
    }

    pub(crate) fn clear(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn give_back(&self, room: Room) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(room);
    }
}

/// Parses of texts seen lately. Two generations: when the younger is full, the older is forgotten.
struct Memo<Parse> {
    young: HashMap<Box<str>, Arc<Parse>>,
    old: HashMap<Box<str>, Arc<Parse>>,
    young_bytes: usize,
}

/// Texts of a generation take at most so many bytes together; their parses take some fifteen times that.
const MEMO_BYTES_MAX: usize = 512 << 10;
/// A longer text is hardly met twice.
const MEMO_TEXT_BYTES_MAX: usize = 16 << 10;

impl<Parse> Default for Memo<Parse> {
    fn default() -> Memo<Parse> {
        Memo { young: HashMap::new(), old: HashMap::new(), young_bytes: 0 }
    }
}

impl<Parse> Memo<Parse> {
    /// The parse of a text, remembered or new.
    fn parse(&mut self, text: &str, parse: impl FnOnce() -> Parse) -> Arc<Parse> {
        if let Some(known) = self.young.get(text) {
            return known.clone();
        }
        let doc = self.old.remove(text).unwrap_or_else(|| Arc::new(parse()));
        if text.len() <= MEMO_TEXT_BYTES_MAX {
            if MEMO_BYTES_MAX < self.young_bytes + text.len() {
                self.old = std::mem::take(&mut self.young);
                self.young_bytes = 0;
            }
            self.young_bytes += text.len();
            self.young.insert(text.into(), doc.clone());
        }
        doc
    }
}

/// A pipeline with the buffers of one thread.
pub(crate) struct PipelineEngine<'a> {
    pipeline: &'a Pipeline,
    rooms: &'a Rooms,
    /// There until the engine is dropped.
    room: Option<Room>,
}

impl<'a> PipelineEngine<'a> {
    pub(crate) fn new(pipeline: &'a Pipeline, rooms: &'a Rooms) -> PipelineEngine<'a> {
        PipelineEngine { pipeline, rooms, room: Some(rooms.take(pipeline)) }
    }

    fn doc(&mut self, text: &str) -> Arc<Doc> {
        let Room { scratch, memo } = self.room.get_or_insert_with(|| self.rooms.take(self.pipeline));
        memo.parse(text, || self.pipeline.parse(text, scratch))
    }
}

impl Drop for PipelineEngine<'_> {
    fn drop(&mut self) {
        // A panic may have left the buffers in the middle of a text.
        if let Some(room) = self.room.take()
            && !std::thread::panicking()
        {
            self.rooms.give_back(room);
        }
    }
}

impl Engine for PipelineEngine<'_> {
    fn parse(&mut self, text: &str, at: u32, into: &mut Annotations) {
        let doc = self.doc(text);
        let first = into.tokens.len() as u32;
        for (ix, token) in doc.tokens.iter().enumerate() {
            let lemma = doc.lemma(ix);
            let start = into.lemmas.len();
            into.lemmas.push_str(lemma);
            into.tokens.push(Token {
                span: Span::new(token.start, token.end).shift(at),
                lemma: Span::at(start, into.lemmas.len()),
                head: TokenIx(token.head + first),
                tag: token.tag.as_str(),
                pos: token.pos.as_str(),
                dep: token.dep.as_str(),
            });
        }
        let span = |start: u32, end: u32, into: &Annotations| {
            let (start, end) = ((start + first) as usize, (end + first) as usize);
            into.tokens[start].span.cover(into.tokens[end - 1].span)
        };
        for range in &doc.sentences {
            let sentence = Sentence {
                span: span(range.start, range.end, into),
                tokens: (TokenIx(range.start + first), TokenIx(range.end + first)),
                block: Default::default(),
                repeat: false,
            };
            into.sentences.push(sentence);
        }
        for entity in &doc.entities {
            let found = Entity {
                span: span(entity.start_token, entity.end_token, into),
                tokens: (TokenIx(entity.start_token + first), TokenIx(entity.end_token + first)),
                label: entity.label.as_str(),
            };
            into.entities.push(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_parsed_once_as_long_as_it_is_remembered() {
        let mut memo = Memo::<u32>::default();
        let first = memo.parse("Ferries stay in port.", || 0);
        let again = memo.parse("Ferries stay in port.", || panic!("parsed twice"));
        assert!(Arc::ptr_eq(&first, &again));
        // So much other text that the one before is in the older generation, and comes back from there.
        let other = "x".repeat(MEMO_TEXT_BYTES_MAX);
        let n_full = MEMO_BYTES_MAX / MEMO_TEXT_BYTES_MAX;
        for n in 0..=n_full {
            memo.parse(&other[n..], || 0);
        }
        assert!(memo.young_bytes <= MEMO_BYTES_MAX && !memo.old.is_empty());
        memo.parse("Ferries stay in port.", || panic!("forgotten too early"));
        for n in 0..3 * n_full {
            memo.parse(&other[n..], || 0);
        }
        assert!(!memo.young.contains_key("Ferries stay in port.") && !memo.old.contains_key("Ferries stay in port."));
    }

    #[test]
    fn a_very_long_text_is_not_remembered() {
        let mut memo = Memo::<u32>::default();
        memo.parse(&"x".repeat(MEMO_TEXT_BYTES_MAX + 1), || 0);
        assert!(memo.young.is_empty());
    }
}
