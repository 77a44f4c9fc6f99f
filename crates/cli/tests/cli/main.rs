//! The command as a user calls it, on the stories in `examples/`.
//!
//! The language model is fetched by the first of these tests that needs it, as on a user's machine.

mod access;
mod alerts;
mod briefs;
mod browser;
mod commands;
mod desk;
mod disputes;
mod exports;
mod hostile;
mod kills;
mod ledgers;
mod styles;
mod watch;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// The repository's root.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs `rapporteur` in the repository's root with `input` on standard input.
fn run_with(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(args)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    // The command may be done before it has read everything.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("the command ends")
}

/// Runs `rapporteur` in the repository's root.
fn run(args: &[&str]) -> Output {
    run_with(args, b"")
}

/// What a run that must succeed prints.
fn stdout(args: &[&str]) -> String {
    let output = run(args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code().is_some_and(|it| it < 2), "{args:?}: {:?}\n{said}", output.status);
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

/// The rows a run prints.
fn rows(args: &[&str]) -> Vec<serde_json::Value> {
    stdout(args).lines().map(|it| serde_json::from_str(it).expect("a row is JSON")).collect()
}
