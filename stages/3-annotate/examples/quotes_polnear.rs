//! Prints what is found in PolNeAR's articles, one row each, spans in characters and as PolNeAR marks them:
//!
//! ```text
//! cargo run --release -p rapporteur-annotate --example quotes_polnear -- polnear_dev.jsonl > found.jsonl
//! python3 score.py quotes polnear_dev.jsonl found.jsonl
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods, reason = "a program for the terminal")]

#[path = "support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use rapporteur_annotate::{annotate, parse};
use rapporteur_lexicon::Lexicon;
use rapporteur_model::Span;
use serde_json::json;

fn main() {
    let path = std::env::args().nth(1).expect("usage: quotes_polnear FILE.jsonl");
    let mut engine = support::ModelEngine::of_environment();
    let (mut all, mut parsing, mut n_words) = (Duration::ZERO, Duration::ZERO, 0);
    Lexicon::shared();
    for row in support::rows(&path) {
        let start = Instant::now();
        parse(&row.article, &mut engine);
        let middle = Instant::now();
        let known = annotate(&row.article, &mut engine, Lexicon::shared());
        parsing += middle - start;
        all += middle.elapsed();
        let text = row.article.text();
        n_words += text.split_whitespace().count();
        let mut chars = vec![0; text.len() + 1];
        for (n, (at, _)) in text.char_indices().chain([(text.len(), ' ')]).enumerate() {
            chars[at] = n;
        }
        let spans = |spans: &[Span]| {
            spans.iter().map(|it| [chars[it.start() as usize], chars[it.end() as usize]]).collect::<Vec<_>>()
        };
        let quotes = known.quotes.iter().map(|it| {
            json!({"kind": it.kind.as_str(), "form": it.form.as_str(), "score": it.score,
                "source": spans(&it.source), "cue": spans(&it.cue), "content": spans(&it.marked_content(text))})
        });
        println!("{}", json!({"id": row.id, "quotes": quotes.collect::<Vec<_>>()}));
    }
    let rate = |time: Duration| n_words as f64 / time.as_secs_f64();
    eprintln!(
        "{n_words} words; words per second: all {:.0}, parsing {:.0}, extractors {:.0}",
        rate(all),
        rate(parsing),
        rate(all.saturating_sub(parsing))
    );
}
