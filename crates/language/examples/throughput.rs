//! Measures speed and memory: parses JSON lines of `{"text": …}` and prints words a CPU-second.
//!
//! ```sh
//! cargo run --release -p rapporteur-language --example throughput -- MODEL TEXTS.jsonl [avx512|avx2|portable] [int16] [N threads]
//! ```
//!
//! Words are what white space separates. The first pass fills the caches; the fastest of four more is the warm one,
//! since other programs can only slow a pass down. Threads take the next text when they are done with one.

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use common::{cpu_seconds, peak_mb, say, set_option};
use rapporteur_language::{Options, Scratch};

/// Passes after the first.
const WARM_PASSES: usize = 4;

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
    let mut best = (0.0f64, 0.0f64);
    for pass in 0..=WARM_PASSES {
        let (cpu, wall) = (cpu_seconds(), Instant::now());
        let next = AtomicUsize::new(0);
        let n_tokens: usize = std::thread::scope(|scope| {
            let (pipeline, texts, next) = (&pipeline, &texts, &next);
            let work = |scratch: &mut Scratch| {
                let mine = std::iter::from_fn(|| texts.get(next.fetch_add(1, Ordering::Relaxed)));
                mine.map(|text| pipeline.parse(text, &mut *scratch).tokens.len()).sum::<usize>()
            };
            let workers: Vec<_> = scratches.iter_mut().map(|scratch| scope.spawn(move || work(scratch))).collect();
            workers.into_iter().map(|it| it.join().unwrap_or(0)).sum()
        });
        let (cpu, wall) = (n_words as f64 / (cpu_seconds() - cpu), n_words as f64 / wall.elapsed().as_secs_f64());
        if pass == 0 {
            say(&format!("cold: {n_words} words, {n_tokens} tokens, {cpu:.0} words/CPU-s, {wall:.0} words/s"));
        } else {
            best = (best.0.max(cpu), best.1.max(wall));
        }
    }
    say(&format!("warm: {:.0} words/CPU-s, {:.0} words/s with {n_threads} thread(s)", best.0, best.1));
    say(&format!("peak memory {:.0} MB ({before_mb:.0} MB of it before the model was loaded)", peak_mb()));
    Ok(())
}
