//! The language pipeline as the engine of stage 3.

use rapporteur_annotate::Engine;
use rapporteur_language::{Pipeline, Scratch};
use rapporteur_model::{Annotations, Entity, Sentence, Span, Token, TokenIx};

/// A pipeline with the buffers of one thread.
pub(crate) struct PipelineEngine<'a> {
    pipeline: &'a Pipeline,
    scratch: Scratch,
}

impl<'a> PipelineEngine<'a> {
    pub(crate) fn new(pipeline: &'a Pipeline) -> PipelineEngine<'a> {
        PipelineEngine { pipeline, scratch: pipeline.scratch() }
    }
}

impl Engine for PipelineEngine<'_> {
    fn parse(&mut self, text: &str, at: u32, into: &mut Annotations) {
        let doc = self.pipeline.parse(text, &mut self.scratch);
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
