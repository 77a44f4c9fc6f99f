//! Measures speed and memory: parses JSON lines of `{"text": …}` and prints words a CPU-second.
//!
//! ```sh
//! cargo run --release -p rapporteur-language --example throughput -- MODEL TEXTS.jsonl [avx512|avx2|portable] [int16] [N threads]
//! ```
//!
//! Words are what white space separates. The first pass fills the caches and is reported apart.

use std::path::Path;
use std::time::Instant;

use rapporteur_language::{Kernel, Options, Pipeline, Precision};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [model, texts, more @ ..] = &args[..] else { return Err("give a model and a file of texts".into()) };
    let (mut options, mut n_threads) = (Options::default(), 1);
    for arg in more {
        let kernel = [Kernel::Avx512, Kernel::Avx2, Kernel::Portable].into_iter().find(|it| it.as_str() == arg);
        match (kernel, arg.parse()) {
            (Some(kernel), _) => options.kernel = Some(kernel),
            (None, Ok(n)) => n_threads = n,
            (None, Err(_)) if arg == "int16" => options.precision = Precision::Int16,
            _ => return Err(format!("what is {arg}?").into()),
        }
    }
    let texts: Vec<String> = std::fs::read_to_string(texts)?
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).map(|it| it["text"].as_str().unwrap_or("").to_string())
        })
        .collect::<Result<_, _>>()?;
    let n_words: usize = texts.iter().map(|it| it.split_whitespace().count()).sum();
    let before_mb = peak_mb();
    let (cpu, wall) = (cpu_seconds(), Instant::now());
    let path = Path::new(model);
    let load =
        if path.extension().is_some_and(|it| it == "whl") { Pipeline::from_wheel } else { Pipeline::from_folder };
    let pipeline = load(path, &options)?;
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

#[allow(clippy::print_stdout, reason = "printing is what this example does")]
fn say(line: &str) {
    println!("{line}");
}

/// CPU time of this process so far; 0 where there is no /proc.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let of_main: f64 = stat.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0.0);
    // schedstat is exact but of one thread; stat counts all threads in ticks of 10 ms.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: f64 = after_name.split(' ').skip(11).take(2).filter_map(|it| it.parse::<f64>().ok()).sum();
    (ticks / 100.0).max(of_main / 1e9)
}

/// Peak resident memory in megabytes; 0 where there is no /proc.
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}
