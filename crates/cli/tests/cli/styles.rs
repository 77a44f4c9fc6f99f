//! Prose, bullets and a table are one account: cited everywhere, borne out by the reports, the same for other programs.

use crate::{run_with, stdout};

const STORIES: [&str; 2] = ["examples/lake-ferry-talks/reports", "examples/harbour-explosion-inquiry/reports"];

#[test]
fn every_point_and_row_is_cited_and_borne_out() {
    for story in STORIES {
        for style in ["prose", "bullets", "table"] {
            let made = stdout(&["brief", "-q", "--main", "--style", style, "--format", "md", story]);
            let mut lines = made.lines().filter(|it| it.starts_with("- ") || it.starts_with("| ") && it.contains("[^"));
            assert!(lines.clone().count() > 5, "{style}: {made}");
            assert!(lines.all(|it| it.contains("][^")), "{style}: a line without a citation");
            let checked = run_with(&["verify", "-q", "-", story], made.as_bytes());
            for row in String::from_utf8_lossy(&checked.stdout).lines() {
                let row: serde_json::Value = serde_json::from_str(row).expect("a row");
                assert_eq!(row["verdict"], "supported", "{style}: {row}");
            }
        }
    }
}

#[test]
fn points_come_by_origins() {
    let origins: std::collections::BTreeMap<String, String> = {
        let made = stdout(&["brief", "-q", "--main", "--format", "json", STORIES[0]]);
        let account: serde_json::Value = serde_json::from_str(&made).expect("JSON");
        let cards = account["reports"].as_array().expect("reports").clone();
        let of = |(at, it): (usize, &serde_json::Value)| {
            ((at + 1).to_string(), it["origin"].as_str().unwrap_or_default().to_owned())
        };
        cards.iter().enumerate().map(of).collect()
    };
    let made = stdout(&["brief", "-q", "--main", "--style", "bullets", "--format", "md", STORIES[0]]);
    let mut last = usize::MAX;
    let mut n = 0;
    for line in made.lines() {
        if line.starts_with("## ") {
            last = usize::MAX;
        }
        let Some(cited) = line.strip_prefix("- ").and_then(|it| it.rsplit_once("[^")).map(|it| it.0) else { continue };
        let numbers = cited.rsplit_once('[').map_or("", |it| it.1).split(']').next().unwrap_or_default();
        let all: std::collections::BTreeSet<&String> = numbers.split(", ").filter_map(|it| origins.get(it)).collect();
        assert!(!all.is_empty() && all.len() <= last, "{line}");
        last = all.len();
        n += 1;
    }
    assert!(n > 5);
}

#[test]
fn other_programs_read_one_account() {
    let of = |style: &str| rows_of(&stdout(&["brief", "-q", "--style", style, "--format", "json", STORIES[0]]));
    assert_eq!(of("prose"), of("table"));
    assert_eq!(of("prose"), of("bullets"));
}

fn rows_of(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON")
}
