//! Measures speed and memory: parses JSON lines of `{"text": …}` and prints words a CPU-second.
//!
//! ```sh
//! cargo run --release -p rapporteur-language --example throughput -- MODEL TEXTS.jsonl [avx512|avx2|portable] [int16] [N threads]
//! ```
//!
//! Words are what white space separates. The first pass fills the caches and is reported apart.

mod common;

use std::time::Instant;

use common::{cpu_seconds, peak_mb, say, set_option};
use rapporteur_language::Options;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [model, texts, more @ ..] = &args[..] else { return Err("give a model and a file of texts".into()) };
    let (mut options, mut n_threads) = (Options::default(), 1);
    for arg in more {
        if !set_option(&mut options, arg) {
            n_threads = arg.parse().map_err(|_| format!("what is {arg}?"))?;
        }
    }
    let texts = common::texts(texts)?;
    let n_words: usize = texts.iter().map(|it| it.split_whitespace().count()).sum();
    let before_mb = peak_mb();
    let (cpu, wall) = (cpu_seconds(), Instant::now());
    let pipeline = common::load(model, &options)?;
    say(&format!("loading: {:.3} s, CPU {:.3} s", wall.elapsed().as_secs_f64(), cpu_seconds() - cpu));
    say(&format!("{} {}, kernel {}", pipeline.name(), pipeline.version(), pipeline.kernel().as_str()));
    let mut scratches: Vec<_> = (0..n_threads).map(|_| pipeline.scratch()).collect();
    for pass in ["first pass", "second pass"] {
        let (cpu, wall) = (cpu_seconds(), Instant::now());
        let n_tokens: usize = std::thread::scope(|scope| {
            let (pipeline, texts) = (&pipeline, &texts);
            let workers: Vec<_> = scratches
                .iter_mut()
                .enumerate()
                .map(|(nth, scratch)| {
                    scope.spawn(move || {
                        let mine = texts.iter().skip(nth).step_by(n_threads);
                        mine.map(|text| pipeline.parse(text, scratch).tokens.len()).sum::<usize>()
                    })
                })
                .collect();
            workers.into_iter().map(|it| it.join().unwrap_or(0)).sum()
        });
        let (cpu, wall) = (cpu_seconds() - cpu, wall.elapsed().as_secs_f64());
        say(&format!(
            "{pass}: {n_words} words, {n_tokens} tokens, {:.0} words/CPU-s, {:.0} words/s with {n_threads} thread(s)",
            n_words as f64 / cpu,
            n_words as f64 / wall,
        ));
    }
    say(&format!("peak memory {:.0} MB ({before_mb:.0} MB of it before the model was loaded)", peak_mb()));
    Ok(())
}
