//! The program itself, killed at any instant while it fills a desk: nothing lost that it told, nothing doubled, the desk whole.
//! `RAPPORTEUR_KILLS=1000` has it killed as often. The crate of the desk does the same with programs that do nothing else.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use rapporteur_testkit::kills::{Random, n_kills, run_and_kill};
use serde_json::Value;

use crate::watch::{site, whole};
use crate::{root, rows, run, stdout};

/// Reports that there are to add; when all are there, the next desk is filled.
const REPORTS: usize = 160;

/// What report number `n` says.
fn text(n: usize) -> String {
    format!("The ferry to Kalvik number {n} ran on Monday. Captain Dario Venn said: “We ran {n} times.”\n")
}

fn fill(folder: &Path) -> String {
    std::fs::create_dir_all(folder).expect("made");
    for n in 0..REPORTS {
        std::fs::write(folder.join(format!("{n:03}.txt")), text(n)).expect("written");
    }
    folder.to_string_lossy().into_owned()
}

/// Runs the program with these arguments onto a desk, again and again, and kills it at some instant; the last time it is left
/// to its end.
fn kill_at_work(dir: &Path, args: &[&str]) {
    let n_kills = n_kills(4);
    let mut random = Random::of_process();
    let (mut n_desks, mut n_killed, mut told, mut at) = (0, 0, BTreeSet::new(), String::new());
    let command = |at: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command.args(args).args(["--quiet", "--rows", "--threads", "1", "--desk", at]).current_dir(root());
        command
    };
    // Machines differ: how long it takes when nobody kills it says within what time to kill it.
    let first = dir.join("first").to_string_lossy().into_owned();
    stdout(&["desk", "init", &first]);
    let begun = Instant::now();
    assert_eq!(run_and_kill(&mut command(&first), None).lines.len(), REPORTS);
    let whole = begun.elapsed();
    for round in 0..=n_kills {
        if at.is_empty() {
            at = dir.join(format!("desk-{n_desks}")).to_string_lossy().into_owned();
            stdout(&["desk", "init", &at]);
            told.clear();
        }
        let time = random.time(whole / 8, whole * 7 / 8);
        let ran = run_and_kill(&mut command(&at), (round < n_kills).then_some(time));
        n_killed += usize::from(ran.was_killed);
        for line in ran.lines {
            let row: Value = serde_json::from_str(&line).expect("a row");
            assert!(told.insert(row["id"].as_str().expect("an id").to_owned()), "told twice as new: {line}");
        }
        let checked = run(&["desk", "check", "--desk", &at]);
        assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stdout));
        let found = rows(&["search", "ferry", "--desk", &at, "--format", "jsonl", "--limit", "500"]);
        let there: BTreeSet<String> = found.iter().map(|it| it["id"].as_str().expect("an id").to_owned()).collect();
        assert!(told.is_subset(&there), "told and not there: {:?}", told.difference(&there));
        assert!(there.len() <= REPORTS && (round < n_kills || there.len() == REPORTS), "{} are there", there.len());
        if there.len() == REPORTS {
            n_desks += 1;
            at.clear();
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{n_kills} rounds, {n_killed} killed at work, {n_desks} desks filled: 0 lost, 0 doubled")
        .expect("said");
    assert!(n_kills < 10 || n_killed * 2 > n_kills, "the program was done before it was killed");
}

#[test]
fn an_add_that_is_killed_loses_and_doubles_nothing() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let inbox = fill(&dir.path().join("inbox"));
    kill_at_work(dir.path(), &["add", &inbox]);
}

/// Reports in a folder, which are not asked for at a measured pace, so that the kill falls into the adding.
#[test]
fn a_watch_of_a_folder_that_is_killed_loses_and_doubles_nothing() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let inbox = fill(&dir.path().join("inbox"));
    kill_at_work(dir.path(), &["watch", &inbox, "--once"]);
}

/// The same over HTTP. A feed that has its reports whole comes at one request, so that here too most kills fall into adding and
/// remembering, and some into asking.
#[test]
fn a_watch_of_a_feed_that_is_killed_loses_and_doubles_nothing() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (site, pages) = site();
    let entries: Vec<(String, String)> = (0..REPORTS).map(|n| (format!("ferry-{n:03}"), text(n))).collect();
    let entries: Vec<(&str, &str)> = entries.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    pages.lock().expect("not poisoned").insert("/whole.xml".to_owned(), whole(&entries));
    let feed = format!("{site}/whole.xml");
    kill_at_work(dir.path(), &["watch", &feed, "--once", "--allow-address", "127.0.0.1"]);
}
