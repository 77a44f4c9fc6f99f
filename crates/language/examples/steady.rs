//! Is memory steady? Parses texts over and over, each time with other digits in one word of eight, so that the
//! caches keep meeting strings they have not seen, and prints the memory now and then.
//!
//! ```sh
//! cargo run --release -p rapporteur-language --example steady -- MODEL TEXTS.jsonl MEGABYTES [SECONDS] [threads=N] [int16] [kernel]
//! ```
//!
//! It stops after so many megabytes of text or so many seconds, whichever comes first.

mod common;

use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use common::{peak_mb, resident_mb, say, set_option};
use rapporteur_language::Options;

/// Lines printed in a whole run.
const REPORTS: usize = 40;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [model, texts, megabytes, more @ ..] = &args[..] else {
        return Err("give a model, a file of texts and a number of megabytes".into());
    };
    let (mut options, mut n_threads, mut seconds) = (Options::default(), 1, f64::INFINITY);
    for arg in more {
        if let Some(n) = arg.strip_prefix("threads=") {
            n_threads = n.parse()?;
        } else if !set_option(&mut options, arg) {
            seconds = arg.parse().map_err(|_| format!("what is {arg}?"))?;
        }
    }
    let bytes_wanted = megabytes.parse::<usize>()? * 1_000_000;
    let texts = common::texts(texts)?;
    let pipeline = common::load(model, &options)?;
    say(&format!("before: {:.0} MB resident, with model and texts", resident_mb()));
    let (n_bytes, n_tokens, next) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let reports = Mutex::new(0);
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                let mut scratch = pipeline.scratch();
                let mut text = String::new();
                while started.elapsed().as_secs_f64() < seconds && n_bytes.load(Ordering::Relaxed) < bytes_wanted {
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    vary(&texts[turn % texts.len()], turn / texts.len(), &mut text);
                    n_tokens.fetch_add(pipeline.parse(&text, &mut scratch).tokens.len(), Ordering::Relaxed);
                    let bytes = n_bytes.fetch_add(text.len(), Ordering::Relaxed) + text.len();
                    let done = (bytes as f64 / bytes_wanted as f64).max(started.elapsed().as_secs_f64() / seconds);
                    let mut n_reports = reports.lock().unwrap_or_else(|broken| broken.into_inner());
                    if done * REPORTS as f64 >= *n_reports as f64 {
                        *n_reports = (done * REPORTS as f64) as usize + 1;
                        report(bytes, n_tokens.load(Ordering::Relaxed), &started);
                    }
                }
            });
        }
    });
    report(n_bytes.into_inner(), n_tokens.into_inner(), &started);
    Ok(())
}

fn report(n_bytes: usize, n_tokens: usize, started: &Instant) {
    say(&format!(
        "{:6.0} s {:7.1} MB of text {n_tokens:10} tokens: {:.1} MB resident, peak {:.1} MB",
        started.elapsed().as_secs_f64(),
        n_bytes as f64 / 1e6,
        resident_mb(),
        peak_mb(),
    ));
}

/// The text with the number of the round inside one word of eight, another one each round.
fn vary(text: &str, round: usize, out: &mut String) {
    out.clear();
    for (nth, piece) in text.split_inclusive(' ').enumerate() {
        let inside = piece.char_indices().nth(2).map(|(at, _)| at);
        match inside.filter(|_| round > 0 && (nth + round).is_multiple_of(8)) {
            Some(at) => {
                let _ = write!(out, "{}{round}{}", &piece[..at], &piece[at..]);
            }
            None => out.push_str(piece),
        }
    }
}
