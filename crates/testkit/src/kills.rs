//! Programs that are killed at work, to see what they leave behind.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

/// How often programs are killed: as often as `RAPPORTEUR_KILLS` says, else `otherwise`.
pub fn n_kills(otherwise: usize) -> usize {
    std::env::var("RAPPORTEUR_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(otherwise)
}

/// Numbers that differ from run to run: xorshift from the number of the process.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// A generator of this process.
    pub fn of_process() -> Random {
        Random(u64::from(std::process::id()) | 1)
    }

    /// A number below a bound that is not 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    /// A time from `least` to `most`.
    pub fn time(&mut self, least: Duration, most: Duration) -> Duration {
        let span = most.saturating_sub(least).as_micros() as u64;
        least + Duration::from_micros(self.below(span + 1))
    }
}

/// What a program said before it ended.
#[derive(Debug)]
pub struct Ran {
    /// Whole lines of its standard output; one that was cut off by the kill was not said.
    pub lines: Vec<String>,
    /// Whether it was still at work when it was killed.
    pub was_killed: bool,
}

/// Runs a program and kills it after `time`, by its own number; without a time it is left to its end. What it says of its
/// troubles is not kept.
///
/// # Panics
/// When it cannot be started.
pub fn run_and_kill(command: &mut Command, time: Option<Duration>) -> Ran {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let out = child.stdout.take().expect("piped");
    let reader = std::thread::spawn(move || {
        let (mut lines, mut line) = (Vec::new(), String::new());
        let mut out = BufReader::new(out);
        while out.read_line(&mut line).is_ok_and(|n| n > 0) && line.ends_with('\n') {
            lines.push(line.trim().to_owned());
            line.clear();
        }
        lines
    });
    let mut was_killed = false;
    if let Some(time) = time {
        std::thread::sleep(time);
        was_killed = child.try_wait().expect("asked").is_none();
        // It may be done already.
        let _ = child.kill();
    }
    let _ = child.wait();
    Ran { lines: reader.join().expect("read"), was_killed }
}
