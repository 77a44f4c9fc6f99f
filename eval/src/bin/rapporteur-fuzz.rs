//! `rapporteur-fuzz [--minutes N] [--from NUMBER] [--only NUMBER] [--giants BYTES]`: hostile input for as long as wanted.
//! Started by `cargo xtask fuzz`.
//!
//! Inputs are numbered; a finding is cut small and kept in the folder named by `RAPPORTEUR_FUZZ` (else `target/fuzz`)
//! as the input and a text beside it. The number at work is written there too, so that one that ends the program
//! (memory, stack) is known.

// A program for the terminal: it prints, and its status is its answer.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rapporteur_eval::hostile::{Finding, Seeds, check, giants, input, smaller};
use rapporteur_eval::{Outcome, corpora};

/// Bytes of most inputs; one in [`LARGE_EVERY`] may have [`LARGE_BYTES`].
const BYTES_MAX: usize = 60_000;
const LARGE_BYTES: usize = 1_000_000;
const LARGE_EVERY: u64 = 40;

/// Inputs that are tried to make a finding smaller.
const TRIES_MAX: usize = 600;

/// Findings after which it is time to mend some.
const FINDINGS_MAX: usize = 20;

fn main() {
    // A panic is a finding; its words come with it.
    std::panic::set_hook(Box::new(|_| {}));
    match run() {
        Ok(0) => {}
        Ok(n) => {
            eprintln!("{n} findings");
            std::process::exit(1);
        }
        Err(why) => {
            eprintln!("error: {why}");
            std::process::exit(2);
        }
    }
}

fn run() -> Outcome<usize> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str| -> Outcome<Option<u64>> {
        let Some(at) = arguments.iter().position(|it| it == name) else { return Ok(None) };
        let value = arguments.get(at + 1).and_then(|it| it.parse().ok());
        value.map(Some).ok_or_else(|| format!("{name} needs a number"))
    };
    let folder = std::env::var_os("RAPPORTEUR_FUZZ").map_or_else(|| PathBuf::from("target/fuzz"), PathBuf::from);
    std::fs::create_dir_all(&folder).map_err(|why| format!("cannot make {}: {why}", folder.display()))?;
    if let Some(n_bytes) = number("--giants")? {
        return Ok(measure_giants(n_bytes as usize, &folder));
    }
    let pages: Vec<PathBuf> =
        corpora::folder().map(|it| it.join("eval/html")).filter(|it| it.is_dir()).into_iter().collect();
    let seeds = Seeds::load(&pages)?;
    println!("{} seeds; findings go to {}", seeds.n(), folder.display());
    if let Some(only) = number("--only")? {
        let (location, bytes) = make(&seeds, only);
        return Ok(look(&folder, &only.to_string(), location, &bytes));
    }
    let end = Instant::now() + Duration::from_secs(60 * number("--minutes")?.unwrap_or(1));
    let mut at = number("--from")?.unwrap_or(0);
    let (first, mut n_bytes, mut n_findings, mut slowest) = (at, 0, 0, (0.0, 0));
    let running = folder.join("running");
    while Instant::now() < end && n_findings < FINDINGS_MAX {
        let _ = std::fs::write(&running, at.to_string());
        let (location, bytes) = make(&seeds, at);
        n_bytes += bytes.len();
        match check(location, &bytes, 1.0) {
            Ok(seconds) if seconds > slowest.0 => slowest = (seconds, at),
            Ok(_) => {}
            Err(_) => n_findings += look(&folder, &at.to_string(), location, &bytes),
        }
        at += 1;
    }
    let _ = std::fs::remove_file(&running);
    println!(
        "{} inputs ({first} to {at}), {:.0} MB; slowest {:.3} s (number {})",
        at - first,
        n_bytes as f64 / 1e6,
        slowest.0,
        slowest.1
    );
    Ok(n_findings)
}

fn make(seeds: &Seeds, number: u64) -> (&'static str, Vec<u8>) {
    input(seeds, number, if number.is_multiple_of(LARGE_EVERY) { LARGE_BYTES } else { BYTES_MAX })
}

/// Looks at one input again and keeps what it shows, as small as can be; 1 when it shows something.
fn look(folder: &Path, name: &str, location: &str, bytes: &[u8]) -> usize {
    let Err(found) = check(location, bytes, 1.0) else {
        println!("{name}: nothing wrong");
        return 0;
    };
    // Something slow stays slow only while it is long.
    let tries = if matches!(found, Finding::Slow(_)) { 30 } else { TRIES_MAX };
    let small = smaller(location, bytes, &found, tries);
    let path = folder.join(format!("{}-{name}.input", found.kind()));
    let told = format!("{found}\nunder the name {location}; {} bytes of {}\n", small.len(), bytes.len());
    let kept = std::fs::write(&path, &small).and_then(|()| std::fs::write(path.with_extension("txt"), &told));
    match kept {
        Ok(()) => println!("{name}: {found} ({} bytes of {}) -> {}", small.len(), bytes.len(), path.display()),
        Err(why) => println!("{name}: {found}; cannot be kept: {why}"),
    }
    1
}

/// Every giant with its time.
fn measure_giants(n_bytes: usize, folder: &Path) -> usize {
    let mut n_findings = 0;
    for giant in giants(n_bytes) {
        let mb = giant.bytes.len() as f64 / 1e6;
        match check(giant.location, &giant.bytes, 1.0) {
            Ok(seconds) => println!("{seconds:8.3} s {:7.3} s/MB  {} ({mb:.1} MB)", seconds / mb, giant.name),
            Err(found) => {
                n_findings += 1;
                println!("FINDING {found} {}", giant.name);
                let path = folder.join(format!("giant-{}.input", giant.name.replace(' ', "-")));
                // For one to look at; the giant is made again at any length.
                let _ = std::fs::write(path, &giant.bytes[..giant.bytes.len().min(1000)]);
            }
        }
    }
    n_findings
}
