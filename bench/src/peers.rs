//! Peers: Python programs in target/venv, when `cargo xtask peers` has put them there.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::material::root;

/// The Python that has the peers.
pub(crate) fn python() -> Option<PathBuf> {
    std::env::var_os("RAPPORTEUR_PEERS_PYTHON").map(PathBuf::from)
}

/// The English model as a folder that spaCy loads.
pub(crate) fn model() -> Option<PathBuf> {
    std::env::var_os("RAPPORTEUR_PEERS_MODEL").map(PathBuf::from)
}

/// Whether a package is installed there.
pub(crate) fn has(python: &Path, module: &str) -> bool {
    let code = format!("import importlib.util, sys; sys.exit(importlib.util.find_spec({module:?}) is None)");
    Command::new(python).args(["-c", &code]).status().is_ok_and(|it| it.success())
}

/// Runs a script of ours with one thread for arithmetic; its last line.
pub(crate) fn last_line(python: &Path, script: &str, arguments: &[&str], input: &str) -> Outcome<String> {
    let mut command = Command::new(python);
    command.arg(root().join(script)).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|why| format!("cannot start {}: {why}", python.display()))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes()).map_err(|why| format!("{script}: {why}"))?;
    }
    let output = child.wait_with_output().map_err(|why| format!("{script}: {why}"))?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let line = said.lines().next_back().filter(|_| output.status.success());
    line.map(str::to_owned).ok_or_else(|| format!("{script} failed"))
}

/// A line that sets a peer beside `ours`, which is in `unit` per CPU-second; when it is not installed, one that says so.
pub(crate) fn beside(name: &str, script: &str, input: &str, unit: &str, ours: f64) -> Outcome<String> {
    let Some(python) = python().filter(|it| has(it, name)) else {
        return Ok(format!("{name}: not installed (cargo xtask peers {name})"));
    };
    let line = last_line(&python, script, &[name], input)?;
    let number = |unit: &str| number_before(&line, unit).unwrap_or(f64::NAN);
    let theirs = number(unit) / number("CPU-s");
    Ok(format!("{name}: {theirs:.0} {unit}/CPU-s; ours is {:.2} times as fast", ours / theirs))
}

/// The number before `unit` in a line: "60 words, 41 CPU-s".
pub(crate) fn number_before(line: &str, unit: &str) -> Option<f64> {
    let words: Vec<&str> = line.split_whitespace().map(|it| it.trim_end_matches(',')).collect();
    words.windows(2).find(|pair| pair[1] == unit).and_then(|pair| pair[0].parse().ok())
}
