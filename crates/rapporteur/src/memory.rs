//! What is known from before a run, from files: the names stories had, and an analyst's decisions.
//!
//! A decision is a line of JSON, added at the end of the file and never changed:
//!
//! ```text
//! {"do": "merge", "reports": ["a", "b"], "who": "Ines", "when": "2031-03-05", "why": "one ferry, two spellings"}
//! {"do": "split", "reports": ["c"], "who": "Ines", "when": "2031-03-06", "why": "another ferry"}
//! {"do": "undo", "line": 1, "who": "Ines", "when": "2031-03-07", "why": "they were two after all"}
//! ```
//!
//! `merge` makes the whole stories of the reports one, `split` takes the reports out of theirs into one of their own, `undo`
//! takes back an earlier line. What is not there in a run does nothing in it and waits for the next.

use std::path::Path;

use rapporteur_group::{Decision, Memory, Verdict};
use serde::Deserialize;

use crate::Error;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    r#do: Do,
    #[serde(default)]
    reports: Vec<String>,
    line: Option<usize>,
    #[serde(default)]
    who: String,
    #[serde(default)]
    when: String,
    #[serde(default)]
    why: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Do {
    Merge,
    Split,
    Undo,
}

/// A row of an earlier `rapporteur group`; what else it holds is not read.
#[derive(Deserialize)]
struct Earlier {
    id: String,
    story: String,
}

/// Reads both files; the error names the file and the line.
pub(crate) fn open(decisions: Option<&Path>, stories: Option<&Path>) -> Result<Memory, Error> {
    let mut memory = Memory::default();
    if let Some(path) = decisions {
        memory.decisions = read_decisions(&text(path)?).map_err(|why| wrong(path, &why))?;
    }
    if let Some(path) = stories {
        for (number, line) in lines(&text(path)?) {
            let row: Earlier =
                serde_json::from_str(line).map_err(|why| wrong(path, &format!("line {number}: {why}")))?;
            memory.stories.insert(row.id, row.story);
        }
    }
    Ok(memory)
}

fn text(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|why| Error::usage(format!("cannot read {}: {why}", path.display())))
}

fn wrong(path: &Path, why: &str) -> Error {
    Error::usage(format!("{}: {why}", path.display()))
}

/// Lines that hold something, with their numbers from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    lines.map(|(ix, line)| (ix + 1, line.trim())).filter(|(_, line)| !line.is_empty())
}

fn read_decisions(text: &str) -> Result<Vec<Decision>, String> {
    let mut found: Vec<(usize, Decision)> = Vec::new();
    for (number, line) in lines(text) {
        let row: Row = serde_json::from_str(line).map_err(|why| format!("line {number}: {why}"))?;
        let verdict = match row.r#do {
            Do::Merge => Verdict::Merge,
            Do::Split => Verdict::Split,
            Do::Undo => {
                let n_before = found.len();
                found.retain(|it| Some(it.0) != row.line);
                if found.len() == n_before {
                    return Err(format!("line {number}: there is no such decision to undo"));
                }
                continue;
            }
        };
        let n_min = if verdict == Verdict::Merge { 2 } else { 1 };
        if row.reports.len() < n_min {
            return Err(format!("line {number}: it names too few reports"));
        }
        let Row { reports, who, when, why, .. } = row;
        found.push((number, Decision { verdict, reports, who, when, why }));
    }
    Ok(found.into_iter().map(|it| it.1).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_read_and_undone() {
        let merge =
            r#"{"do": "merge", "reports": ["a", "b"], "who": "Ines", "when": "2031-03-05", "why": "one ferry"}"#;
        let split = r#"{"do": "split", "reports": ["c"]}"#;
        let found = read_decisions(&format!("{merge}\n\n{split}\n")).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].verdict, found[0].why.as_str()), (Verdict::Merge, "one ferry"));
        let undone = read_decisions(&format!("{merge}\n{split}\n{{\"do\": \"undo\", \"line\": 1}}")).unwrap();
        assert_eq!(undone, found[1..]);
    }

    #[test]
    fn what_is_wrong_is_named_by_line() {
        let fails = |text: &str| read_decisions(text).unwrap_err();
        assert!(fails("\n{\"do\": \"join\"}").starts_with("line 2: "));
        assert!(fails(r#"{"do": "merge", "reports": ["a"]}"#).contains("too few"));
        assert!(fails(r#"{"do": "undo", "line": 7}"#).contains("no such decision"));
    }
}
