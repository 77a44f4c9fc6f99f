//! The ledgers, the agenda and what changed, as files for other programs.

use serde_json::Value;

use crate::{rows, run, stdout};

const HARBOUR: &str = "examples/harbour-explosion-inquiry/reports";

/// The texts of the example's reports by id.
fn texts() -> std::collections::BTreeMap<String, Vec<char>> {
    let text = |row: &Value| row["text"].as_str().unwrap_or_default().chars().collect();
    rows(&["read", "-q", HARBOUR])
        .iter()
        .map(|it| (it["id"].as_str().unwrap_or_default().to_owned(), text(it)))
        .collect()
}

/// Every `{"report", "span", "text"}` inside a row.
fn supports<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(map) if map.contains_key("span") && map.contains_key("report") => found.push(value),
        Value::Object(map) => map.values().for_each(|it| supports(it, found)),
        Value::Array(list) => list.iter().for_each(|it| supports(it, found)),
        _ => {}
    }
}

#[test]
fn every_entry_of_a_ledger_has_words_of_a_report() {
    let texts = texts();
    for ledger in ["positions", "schedule", "figures", "offices", "quotes"] {
        let rows = rows(&["export", "-q", "--to", ledger, HARBOUR]);
        assert!(!rows.is_empty(), "{ledger} is empty");
        for row in &rows {
            let mut found = Vec::new();
            supports(row, &mut found);
            assert!(!found.is_empty(), "{ledger}: an entry without words: {row}");
            for it in found {
                let text = &texts[it["report"].as_str().unwrap_or_default()];
                let at = |n: usize| it["span"][n].as_u64().unwrap_or(0) as usize;
                let words: String = text[at(0)..at(1)].iter().collect();
                let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!(Some(folded.as_str()), it["text"].as_str(), "{ledger}");
            }
        }
    }
}

#[test]
fn offices_say_who_left_and_when() {
    let rows = rows(&["export", "-q", "--to", "offices", HARBOUR]);
    let left = rows.iter().find(|it| it["name"] == "Ruben Ashcombe").expect("the minister who resigned");
    assert_eq!(left["change"], "leaves");
}

#[test]
fn the_agenda_is_a_calendar_with_days_and_steady_ids() {
    let text = stdout(&["export", "-q", "--to", "ics", HARBOUR]);
    assert_eq!(text, stdout(&["export", "-q", "--to", "ics", "--threads", "3", HARBOUR]), "two runs differ");
    // Unfolded, a line is a name, parameters and a value.
    let unfolded = text.replace("\r\n ", "");
    let values = |name: &str| -> Vec<&str> { unfolded.lines().filter_map(|it| it.strip_prefix(name)).collect() };
    let mut ids = values("UID:");
    let n = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert!(n > 0);
    assert_eq!((values("BEGIN:VEVENT").len(), ids.len()), (n, n), "a UID is missing or stands twice");
    assert_eq!(values("DTSTAMP:").len(), n);
    for start in values("DTSTART;VALUE=DATE:") {
        assert!(start.len() == 8 && start.bytes().all(|it| it.is_ascii_digit()), "a clock time nobody stated: {start}");
    }
    for status in values("STATUS:") {
        assert!(["CONFIRMED", "TENTATIVE", "CANCELLED"].contains(&status), "{status}");
    }
    // RFC 5545 asks for lines of at most 75 bytes.
    assert!(text.lines().all(|it| it.len() <= 75));
}

#[test]
fn a_calendar_program_reads_the_agenda() {
    let text = stdout(&["export", "-q", "--to", "ics", HARBOUR]);
    let read: icalendar::Calendar = text.parse().expect("a calendar as RFC 5545 has it");
    let held = rows(&["export", "-q", "--to", "schedule", HARBOUR]);
    let facts: Vec<&str> = held.iter().filter_map(|it| it["fact"].as_str()).collect();
    let events: Vec<_> = read.components.iter().filter_map(|it| it.as_event()).collect();
    assert!(!events.is_empty());
    for event in events {
        use icalendar::Component as _;
        let summary = event.get_summary().unwrap_or_default();
        assert!(facts.iter().any(|it| it.trim_end_matches('.') == summary.trim_end_matches('.')), "{summary}");
        assert!(event.get_start().is_some(), "{summary} has no day");
    }
}

/// Invented reports of two voices on one plan.
const PLANS: [(&str, &str); 2] = [
    (
        "one.txt",
        "Envoys of Velmark read out a plan for the lake\n\nTARN — Velmark's 12-point plan for the lake was put before the \
         envoys on 4 May 2031. The plan asks for two new piers. Orsany said it opposes the plan.\n",
    ),
    (
        "two.txt",
        "Lake talks go on\n\nPANLAKE — Velmark handed over a revised plan for the lake on 6 May 2031, an envoy told this \
         paper. The revised plan has no piers, and fishermen in the harbour were still reading it in the evening.\n",
    ),
];

#[test]
fn a_proposal_has_its_author_and_its_versions() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in PLANS {
        std::fs::write(dir.path().join(name), text).expect("can be written");
    }
    let folder = dir.path().to_string_lossy().into_owned();
    let found = rows(&["export", "-q", "--to", "proposals", &folder]);
    let versions: Vec<&str> = found
        .iter()
        .filter_map(|it| it["versions"].as_array())
        .flatten()
        .filter_map(|it| it["words"].as_str())
        .collect();
    assert!(versions.contains(&"12-point") && versions.contains(&"revised"), "{found:?}");
    assert!(found.iter().all(|it| it["support"].as_array().is_some_and(|it| !it.is_empty())), "{found:?}");
}

#[test]
fn since_a_day_tells_what_later_reports_changed() {
    let told = rows(&["since", "-q", "2031-09-04", HARBOUR]);
    let of = |change: &str| told.iter().filter(|it| it["change"] == change).count();
    assert!(of("new") > 0);
    // Reports of 2 and 3 September are no news, and the rewrite without a date cannot be called new.
    for row in told.iter().filter(|it| it["change"] == "new") {
        let mut found = Vec::new();
        supports(row, &mut found);
        assert!(!found.is_empty(), "{row}");
    }
    assert!(rows(&["since", "-q", "2031-12-01", HARBOUR]).is_empty(), "nothing is later than the last report");
}

#[test]
fn since_an_account_knows_its_own_facts_again() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let file = dir.path().join("account.jsonl");
    let file_name = file.to_string_lossy().into_owned();
    std::fs::write(&file, stdout(&["weigh", "-q", HARBOUR])).expect("can be written");
    assert!(rows(&["since", "-q", &file_name, HARBOUR]).is_empty(), "the same reports changed something");

    let first = "examples/harbour-explosion-inquiry/reports/01-02-coastline-press.jsonl";
    let dropped = rows(&["since", "-q", &file_name, first]);
    assert!(dropped.iter().any(|it| it["change"] == "dropped"), "reports that are gone drop their facts");

    std::fs::write(&file, "no row\n").expect("can be written");
    let failed = run(&["since", "-q", &file_name, HARBOUR]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("line 1"), "the error says where");
}

#[test]
fn the_account_as_json_holds_claims_and_ledgers_and_reads_back() {
    let text = stdout(&["brief", "-q", "--main", "--format", "json", HARBOUR]);
    let account: rapporteur_model::row::AccountRow = serde_json::from_str(&text).expect("an account");
    assert_eq!(serde_json::to_string_pretty(&account).expect("JSON") + "\n", text, "something is lost on the way");
    let values: Value = serde_json::from_str(&text).expect("JSON");
    let of_main =
        |rows: Vec<Value>| -> Vec<Value> { rows.into_iter().filter(|it| it["story"] == values["story"]).collect() };
    for ledger in ["positions", "schedule", "figures", "offices", "quotes"] {
        assert_eq!(Value::from(of_main(rows(&["export", "-q", "--to", ledger, HARBOUR]))), values["ledgers"][ledger]);
    }
    assert_eq!(Value::from(of_main(rows(&["weigh", "-q", HARBOUR]))), values["claims"]);

    // An account is an earlier account to `since`, as the rows of `weigh` are.
    let dir = tempfile::tempdir().expect("a temporary folder");
    let file = dir.path().join("account.json").to_string_lossy().into_owned();
    std::fs::write(&file, stdout(&["brief", "-q", "--format", "json", HARBOUR])).expect("can be written");
    assert!(rows(&["since", "-q", &file, HARBOUR]).is_empty(), "the same reports changed something");
    let feed = stdout(&["since", "-q", "2031-09-04", "--format", "rss", HARBOUR]);
    assert!(feed.starts_with("<?xml") && feed.contains("<guid isPermaLink=\"false\">urn:uuid:"));
    // Our own reader of feeds finds an item a change.
    let read = crate::run_with(&["read", "-q", "-"], feed.as_bytes());
    let n_items = String::from_utf8_lossy(&read.stdout).lines().count();
    assert_eq!(n_items, feed.matches("<item>").count());
}
