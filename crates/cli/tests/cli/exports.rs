//! Forms for other programs, as a user asks for them.

use serde_json::Value;

use crate::{run, stdout};

const FERRY: &str = "examples/lake-ferry-talks/reports";

#[test]
fn each_form_holds_all_stories_and_is_the_same_again() {
    for form in rapporteur::EXPORTS.iter().filter(|it| matches!(it.write, rapporteur::Write::Text(_))) {
        let args = ["export", "-q", "examples", "--to", form.name];
        let made = stdout(&args);
        assert_eq!(made, stdout(&[&args[..], &["--threads", "1"]].concat()), "{}", form.name);
        let holds = |words: &str| assert!(made.contains(words), "{} has no {words}", form.name);
        // A report of each story; both state no address, so that all forms call them by their ids. A ledger has the reports
        // that it has an entry of: at least one of each story.
        if form.name == "proposals" {
            // Only one of the two matters has a plan on the table.
            assert!(made.contains("plan to bring the ferries back"), "{made}");
        } else if ["positions", "schedule", "figures", "offices", "quotes", "ics"].contains(&form.name) {
            let has = |list: &[&str]| assert!(list.iter().any(|it| made.contains(it)), "{} lacks a story", form.name);
            has(&["tarn-wire", "Aldane", "panlake"]);
            has(&["coastline-press", "Ashcombe", "bollard"]);
        } else {
            holds("04-eastshore-secondhand");
            holds("03-saffrey-harbour-mail");
        }
        match form.extension {
            "json" | "jsonld" => drop(serde_json::from_str::<Value>(&made).unwrap()),
            "jsonl" => made.lines().for_each(|it| drop(serde_json::from_str::<Value>(it).unwrap())),
            _ => {}
        }
    }
}

#[test]
fn parquet_is_bytes_in_a_file_or_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("claims.parquet");
    assert_eq!(stdout(&["export", "-q", FERRY, "--to", "parquet", "-o", file.to_str().unwrap()]), "");
    let written = std::fs::read(file).unwrap();
    let piped = run(&["export", "-q", FERRY, "--to", "parquet"]).stdout;
    assert!(piped == written && written.starts_with(b"PAR1") && written.ends_with(b"PAR1"));
}

#[test]
fn brat_is_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("new");
    stdout(&["export", "-q", FERRY, "--to", "brat", "-o", into.to_str().unwrap()]);
    let n_files = std::fs::read_dir(&into).unwrap().count();
    assert_eq!(n_files, 1 + 2 * 7);
    let marks = std::fs::read_to_string(into.join("01-tarn-wire.ann")).unwrap();
    assert!(marks.starts_with("T1\t"));
}

#[test]
fn what_cannot_be_written_is_said_before_reading() {
    let said = |args: &[&str]| {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(said(&["export", "no-such-folder", "--to", "brat"]).contains("-o FOLDER"));
    assert!(said(&["export", "no-such-folder", "--to", "brat", "-o", "README.md"]).contains("README.md is no folder"));
    // The forms are listed from the tables.
    let unknown = said(&["export", FERRY, "--to", "excel"]);
    let help = stdout(&["export", "--help"]);
    for name in rapporteur::EXPORTS.iter().map(|it| it.name).chain(rapporteur::FORMATS.iter().map(|it| it.name)) {
        assert!(unknown.contains(name) && help.contains(name), "{name}");
    }
}
