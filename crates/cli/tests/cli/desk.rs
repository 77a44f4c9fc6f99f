//! A desk as a person uses it: made, filled, asked, corrected, copied; killed, and whole.

use std::path::Path;

use serde_json::Value;

use crate::{rows, run, stdout};

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
    let fact = of(&["facts", &story, "--limit", "1000"]).remove(0)["id"].as_str().expect("an id").to_owned();
    let n_facts = of(&["facts", &story, "--limit", "1000"]).len();
    stdout(&["decide", "wrong", &fact, "--why", "withdrawn", "--who", "Ines", "--desk", &at]);
    assert_eq!(of(&["facts", &story, "--limit", "1000"]).len(), n_facts - 1);
    assert_eq!(of(&["decisions"])[0]["why"], "withdrawn");
    stdout(&["decide", "undo", "1", "--desk", &at]);
    assert_eq!(of(&["facts", &story, "--limit", "1000"]).len(), n_facts);

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
