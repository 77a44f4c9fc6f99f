//! A desk as a person uses it: made, filled, asked, corrected, copied; killed, and whole.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::{root, rows, run, stdout};

const FERRY: &str = "examples/lake-ferry-talks/reports";
const HARBOUR: &str = "examples/harbour-explosion-inquiry/reports";

fn desk(dir: &Path) -> String {
    let folder = dir.join("desk").to_string_lossy().into_owned();
    stdout(&["desk", "init", &folder]);
    folder
}

#[test]
fn a_collection_is_made_asked_and_corrected() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let at = desk(dir.path());
    let of = |args: &[&str]| -> Vec<Value> { rows(&[args, &["--desk", &at, "--format", "jsonl"]].concat()) };

    // One after the other: a report without a day is placed beside those it is added with.
    let added = rows(&["add", "-q", "--rows", FERRY, "--desk", &at]);
    assert_eq!((added.len(), rows(&["add", "-q", "--rows", HARBOUR, "--desk", &at]).len()), (7, 7));
    assert!(stdout(&["add", FERRY, "--desk", &at]).starts_with("0 new reports, 7 there already"));
    let stories = of(&["stories"]);
    assert!(stories.len() >= 2, "{stories:?}");
    let story = added[0]["story"].as_str().expect("an id").to_owned();

    // The account of the story is that of the same reports as files.
    let text = stdout(&["story", &story, "--desk", &at, "--format", "md"]);
    let n_reports = stories.iter().find(|it| it["id"] == story.as_str()).map(|it| it["n_reports"].clone());
    if n_reports == Some(7.into()) {
        assert_eq!(text, stdout(&["brief", "-q", FERRY, "--format", "md", "--main"]));
    }

    // Every list has rows, and every row with words names a report that has them.
    for list in [
        &["facts"][..],
        &["quotes"],
        &["positions"],
        &["figures"],
        &["agenda"],
        &["offices"],
        &["proposals"],
        &["compare", &story],
    ] {
        assert!(!of(list).is_empty(), "{list:?} is empty");
        for form in ["terminal", "csv", "md"] {
            let told = stdout(&[list, &["--desk", &at, "--format", form, "--limit", "3"]].concat());
            assert!(told.lines().count() > 1, "{list:?} {form}: {told}");
        }
    }
    let agreed = of(&["facts", "--origins-min", "2"]);
    assert!(!agreed.is_empty() && agreed.iter().all(|it| it["independent_origins"].as_u64() >= Some(2)));
    let hits = of(&["search", "\"transport ministers\""]);
    assert!(hits.iter().any(|it| it["snippets"][0]["marks"][0].is_array()), "{hits:?}");
    assert!(!of(&["search", "--facts", "ferries"]).is_empty());
    for bad in
        [&["search", "\"open"][..], &["search", "author:x"], &["facts", "--kind", "news"], &["story", "story-none"]]
    {
        let failed = run(&[bad, &["--desk", &at]].concat());
        assert_eq!(failed.status.code(), Some(2), "{bad:?}");
        assert!(!failed.stderr.is_empty());
    }

    // A fact is said to be wrong, and the account is without it; taken back, it is there again.
    let fact = of(&["facts", &story]).remove(0)["id"].as_str().expect("an id").to_owned();
    let n_facts = of(&["facts", &story]).len();
    stdout(&["decide", "wrong", &fact, "--why", "withdrawn", "--who", "Ines", "--desk", &at]);
    assert_eq!(of(&["facts", &story]).len(), n_facts - 1);
    assert_eq!(of(&["decisions"])[0]["why"], "withdrawn");
    stdout(&["decide", "undo", "1", "--desk", &at]);
    assert_eq!(of(&["facts", &story]).len(), n_facts);

    let told = of(&["since", "2031-09-04"]);
    assert!(told.iter().any(|it| it["change"] == "new"), "{told:?}");

    assert!(stdout(&["desk", "check", "--desk", &at]).ends_with("The desk is whole.\n"));
    let copy = dir.path().join("copy.tar");
    stdout(&["desk", "backup", &copy.to_string_lossy(), "--desk", &at]);
    assert!(copy.metadata().is_ok_and(|it| it.len() > 10_000));
}

#[test]
fn without_a_desk_it_says_how_to_make_one() {
    let failed = run(&["stories", "--desk", "/nowhere/at/all"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("desk init"));
}

/// The program itself, killed while it adds. The crate of the desk does the same far more often with a program that only adds.
#[test]
fn an_add_that_is_killed_loses_nothing_it_told() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let at = desk(dir.path());
    let reports = dir.path().join("reports");
    std::fs::create_dir_all(&reports).expect("made");
    let text = std::fs::read_to_string(root().join(FERRY).join("01-tarn-wire.txt")).expect("an example");
    for n in 0..300 {
        std::fs::write(reports.join(format!("{n:03}.txt")), text.replace("Ommer", &format!("Ommer{}", n / 3)))
            .expect("written");
    }
    let mut told: BTreeSet<String> = BTreeSet::new();
    for round in 0..4_u64 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .args(["add", "-q", "--rows", "--threads", "1", "--desk", &at])
            .arg(&reports)
            .current_dir(root())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        // Not before something was acknowledged; then at once, or a little later.
        let mut line = String::new();
        while out.read_line(&mut line).is_ok_and(|n| n > 0) && line.ends_with('\n') {
            let row: Value = serde_json::from_str(&line).expect("a row");
            assert!(told.insert(row["id"].as_str().expect("an id").to_owned()), "told twice as new: {line}");
            line.clear();
            std::thread::sleep(Duration::from_micros(round * 700));
            if told.len() % 50 == 49 {
                // By its own number.
                let _ = child.kill();
            }
        }
        let _ = child.wait();
    }
    let checked = run(&["desk", "check", "--desk", &at]);
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stdout));
    rows(&["add", "-q", "--rows", "--desk", &at, &reports.to_string_lossy()]).iter().for_each(|row| {
        assert!(told.insert(row["id"].as_str().expect("an id").to_owned()), "told before, and new again: {row}");
    });
    let n_files: BTreeSet<String> = (0..300).map(|n| text.replace("Ommer", &format!("Ommer{}", n / 3))).collect();
    assert_eq!(told.len(), n_files.len(), "of one text there is one report");
}
