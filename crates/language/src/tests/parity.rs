//! Is the output spaCy's, token by token? The texts stand in tests-data/parity.txt; what spaCy 3.8.18 says of
//! them stands in parity.expected.jsonl. To make it anew after a change of the texts, or for another model:
//!
//! ```sh
//! python eval/language/spacy_reference.py MODEL_FOLDER --parity crates/language/tests-data/parity.txt \
//!     > crates/language/tests-data/parity.expected.jsonl
//! ```

use serde_json::{Value, json};

use super::{model, skipped};
use crate::{Doc, EntityTag, Kernel, Options, Pipeline, Precision};

const TEXTS: &str = include_str!("../../tests-data/parity.txt");
const EXPECTED: &str = include_str!("../../tests-data/parity.expected.jsonl");

fn texts() -> impl Iterator<Item = &'static str> {
    TEXTS.strip_suffix('\n').unwrap_or(TEXTS).split("\n%%%%\n")
}

#[test]
fn every_token_is_as_spacy_has_it() {
    for kernel in [Kernel::Portable, Kernel::Avx2, Kernel::Avx512].into_iter().filter(|it| it.is_available()) {
        let Some(pipeline) = model(&Options { kernel: Some(kernel), ..Options::default() }) else { return };
        if !pipeline.name().starts_with("core_web_sm") || pipeline.version() != "3.8.0" {
            return skipped("the expected output is that of en_core_web_sm 3.8.0");
        }
        let mut scratch = pipeline.scratch();
        let mut n_tokens = 0;
        let mut expected = EXPECTED.lines();
        for (number, text) in texts().enumerate() {
            let want: Value = serde_json::from_str(expected.next().unwrap()).unwrap();
            let have = record(text, &pipeline.parse(text, &mut scratch));
            let pairs = want["tokens"].as_array().unwrap().iter().zip(have["tokens"].as_array().unwrap());
            for (want, have) in pairs {
                assert_eq!(want, have, "text {} with the {} kernel", number + 1, kernel.as_str());
            }
            for layer in ["sentences", "entities", "noun_chunks"] {
                assert_eq!(want[layer], have[layer], "{layer} of text {}", number + 1);
            }
            assert_eq!(want["tokens"].as_array().unwrap().len(), have["tokens"].as_array().unwrap().len());
            n_tokens += have["tokens"].as_array().unwrap().len();
        }
        assert!(expected.next().is_none() && n_tokens >= 3_000, "{n_tokens} tokens");
    }
}

#[test]
fn neither_history_nor_thread_shows() {
    for precision in [Precision::Exact, Precision::Int16] {
        let Some(pipeline) = model(&Options { precision, ..Options::default() }) else { return };
        history_does_not_show(&pipeline);
    }
}

fn history_does_not_show(pipeline: &Pipeline) {
    let texts: Vec<&str> = texts().collect();
    let fresh: Vec<Doc> = texts.iter().map(|text| pipeline.parse(text, &mut pipeline.scratch())).collect();
    let run = |order: Vec<usize>| {
        let mut scratch = pipeline.scratch();
        let mut docs: Vec<(usize, Doc)> =
            order.into_iter().map(|it| (it, pipeline.parse(texts[it], &mut scratch))).collect();
        docs.sort_by_key(|it| it.0);
        docs.into_iter().map(|it| it.1).collect::<Vec<_>>()
    };
    let n = texts.len();
    std::thread::scope(|scope| {
        let backwards = scope.spawn(|| run((0..n).rev().collect()));
        let again = scope.spawn(|| run((0..n).map(|it| (it * 7) % n).collect()));
        assert!(backwards.join().unwrap() == fresh);
        let again = again.join().unwrap();
        assert!(n.is_multiple_of(7) || again == fresh);
    });
}

/// The format of spacy_reference.py: offsets in code points.
fn record(text: &str, doc: &Doc) -> Value {
    let code_point = |at: u32| text[..at as usize].chars().count();
    let token = |(at, token): (usize, &crate::Token)| {
        let entity = match token.ent {
            EntityTag::Outside => "O".to_string(),
            EntityTag::Begin(label) => format!("B-{label}"),
            EntityTag::Inside(label) => format!("I-{label}"),
        };
        json!([
            code_point(token.start),
            code_point(token.end),
            token.tag.as_str(),
            token.pos.as_str(),
            doc.lemma(at),
            token.head,
            token.dep.as_str(),
            entity,
            doc.morph(at),
            doc.norm(at),
            u8::from(token.space_after),
        ])
    };
    let tokens: Vec<Value> = doc.tokens.iter().enumerate().map(token).collect();
    let entities: Vec<Value> =
        doc.entities.iter().map(|it| json!([it.start_token, it.end_token, it.label.as_str()])).collect();
    let sentences: Vec<Value> = doc.sentences.iter().map(|it| json!([it.start, it.end])).collect();
    let chunks: Vec<Value> = doc.noun_chunks().map(|it| json!([it.start, it.end])).collect();
    json!({ "tokens": tokens, "sentences": sentences, "entities": entities, "noun_chunks": chunks })
}
