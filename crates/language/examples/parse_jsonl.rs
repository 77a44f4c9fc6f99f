//! Parses JSON lines of `{"id": …, "text": …}` from standard input and prints what the pipeline found, one JSON
//! line a text, in the format of eval/language/spacy_reference.py (offsets in code points).
//!
//! ```sh
//! cargo run --release -p rapporteur-language --example parse_jsonl -- MODEL [avx512|avx2|portable] [int16] < texts.jsonl
//! ```

use std::io::{BufRead, BufWriter, Write};
use std::path::Path;

use rapporteur_language::{Doc, EntityTag, Kernel, Options, Pipeline, Precision};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = Path::new(args.first().ok_or("give a model folder or wheel")?);
    let mut options = Options::default();
    for arg in &args[1..] {
        match arg.as_str() {
            "int16" => options.precision = Precision::Int16,
            name => {
                let known = [Kernel::Avx512, Kernel::Avx2, Kernel::Portable].into_iter().find(|it| it.as_str() == name);
                options.kernel = Some(known.ok_or("a kernel is avx512, avx2 or portable")?);
            }
        }
    }
    let is_wheel = path.extension().is_some_and(|it| it == "whl");
    let load = if is_wheel { Pipeline::from_wheel } else { Pipeline::from_folder };
    let pipeline = load(path, &options)?;
    let mut scratch = pipeline.scratch();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let item: Value = serde_json::from_str(&line?)?;
        let text = item["text"].as_str().ok_or("a line has no text")?;
        let doc = pipeline.parse(text, &mut scratch);
        serde_json::to_writer(&mut out, &record(&item["id"], text, &doc))?;
        writeln!(out)?;
    }
    Ok(())
}

fn record(id: &Value, text: &str, doc: &Doc) -> Value {
    let (mut byte, mut point) = (0, 0);
    let mut code_point = |to: u32| {
        point += text[byte..to as usize].chars().count();
        byte = to as usize;
        point
    };
    let tokens: Vec<Value> = doc
        .tokens
        .iter()
        .enumerate()
        .map(|(at, token)| {
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
        })
        .collect();
    let entities: Vec<Value> =
        doc.entities.iter().map(|it| json!([it.start_token, it.end_token, it.label.as_str()])).collect();
    let sentences: Vec<Value> = doc.sentences.iter().map(|it| json!([it.start, it.end])).collect();
    let chunks: Vec<Value> = doc.noun_chunks().map(|it| json!([it.start, it.end])).collect();
    json!({ "id": id, "tokens": tokens, "sentences": sentences, "entities": entities, "noun_chunks": chunks })
}
