//! Ours, floor and peers side by side: on the terminal, and as the page RESULTS.md.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::floors::Floors;
use crate::measures::Scores;
use crate::tasks::Task;

/// A figure of another program.
#[derive(Debug, Clone, PartialEq)]
pub struct Peer {
    /// The task it belongs to.
    pub task: String,
    /// The measure it stands beside.
    pub measure: String,
    /// Its figure.
    pub value: f64,
    /// Which program.
    pub name: String,
    /// `run` by us on this corpus, `published`, or `elsewhere`: on another corpus, which the note names.
    pub source: String,
    /// What differs, when something does.
    pub note: String,
}

/// A task's result.
#[derive(Clone)]
pub struct Row<'a> {
    /// The task.
    pub task: &'a Task,
    /// Hash of its corpus.
    pub corpus_sha: String,
    /// What was reached.
    pub scores: Scores,
}

/// Where the page is kept.
pub fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("RESULTS.md")
}

/// The peers of peers.toml.
pub fn peers() -> Outcome<Vec<Peer>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers.toml");
    let text = std::fs::read_to_string(&path).map_err(|why| format!("cannot read {}: {why}", path.display()))?;
    let table: toml::Table = text.parse().map_err(|why| format!("peers.toml: {why}"))?;
    let rows = table.get("peer").and_then(|it| it.as_array()).into_iter().flatten();
    let peer = |row: &toml::Value| {
        let field = |name: &str| row.get(name).and_then(|it| it.as_str()).unwrap_or("").to_owned();
        let value = row.get("value").and_then(|it| it.as_float());
        let value = value.ok_or_else(|| format!("peers.toml: {} has no figure", field("name")))?;
        let [task, measure, name, source, note] = ["task", "as", "name", "source", "note"].map(field);
        Ok(Peer { task, measure, value, name, source, note })
    };
    rows.map(peer).collect()
}

/// A task as a table for the terminal.
pub fn terminal(row: &Row<'_>, floors: &Floors, peers: &[Peer]) -> String {
    let mut text = format!("\n{}: {}\n", row.task.name, row.task.what);
    let _ = writeln!(text, "  {:<28}{:>8}{:>8}  peer", "", "ours", "floor");
    for (name, value) in &row.scores.0 {
        let floor = floor(row, floors, name).map_or_else(String::new, |it| figure(name, it));
        let peers: Vec<String> = of(row.task, name, peers)
            .map(|it| {
                format!(
                    "{} {}{}",
                    figure(name, it.value),
                    it.name,
                    if it.source == "run" { String::new() } else { format!(" ({})", it.source) }
                )
            })
            .collect();
        let line = format!("  {name:<28}{:>8}{floor:>8}  {}", figure(name, *value), peers.join(", "));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// Programs side by side on one task, a column each; empty where a program does not look for a field.
pub fn columns(columns: &[(String, Scores)]) -> String {
    let mut text = format!("  {:<16}", "side by side");
    for (name, _) in columns {
        let _ = write!(text, "{name:>20}");
    }
    text.push('\n');
    for (measure, _) in columns.first().map_or(&[][..], |it| &it.1.0) {
        let _ = write!(text, "  {measure:<16}");
        for (_, scores) in columns {
            let value = scores.get(measure).map_or_else(String::new, |it| figure(measure, it));
            let _ = write!(text, "{value:>20}");
        }
        text.push('\n');
    }
    text
}

/// All tasks as a page.
pub fn page(rows: &[Row<'_>], floors: &Floors, peers: &[Peer]) -> String {
    let mut text = String::from(
        "# Results\n\nMade by `cargo xtask eval --write`. Figures with a floor are pinned: a change that lowers one does not pass.\n\
         Peers marked *run* were run by us on the same corpus; *published* figures are their authors'; those from *elsewhere* are of another corpus.\n\
         Spans count in code points; what each measure is, stands in `eval/src/measures/`.\n",
    );
    for row in rows {
        let _ = write!(text, "\n## {}\n\n{}. Corpus {}.\n\n", row.task.name, row.task.what, row.corpus_sha);
        text.push_str("| measure | ours | floor | peers |\n|---|---|---|---|\n");
        for (name, value) in &row.scores.0 {
            let floor = floor(row, floors, name).map_or_else(String::new, |it| figure(name, it));
            let peers: Vec<String> = of(row.task, name, peers)
                .map(|it| {
                    let note = if it.note.is_empty() { String::new() } else { format!("; {}", it.note) };
                    format!("{} {} ({}{note})", figure(name, it.value), it.name, it.source)
                })
                .collect();
            let _ = writeln!(text, "| {name} | {} | {floor} | {} |", figure(name, *value), peers.join("<br>"));
        }
    }
    text
}

fn floor(row: &Row<'_>, floors: &Floors, measure: &str) -> Option<f64> {
    floors.0.get(row.task.name).filter(|it| it.corpus_sha == row.corpus_sha)?.values.get(measure).copied()
}

fn of<'a>(task: &'a Task, measure: &'a str, peers: &'a [Peer]) -> impl Iterator<Item = &'a Peer> {
    peers.iter().filter(move |it| it.task == task.name && it.measure == measure)
}

/// Shares with three places and no nought before the point; counts (`n`, `n_false`) as they are.
fn figure(name: &str, value: f64) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    if last == "n" || last.starts_with("n_") {
        return format!("{value:.0}");
    }
    let text = format!("{value:.3}");
    text.strip_prefix('0').map_or_else(|| text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::TASKS;

    #[test]
    fn every_peer_stands_beside_something_we_pin() {
        for peer in peers().unwrap() {
            let task = TASKS.iter().find(|it| it.name == peer.task).unwrap_or_else(|| panic!("no task {}", peer.task));
            assert!(task.pinned.contains(&peer.measure.as_str()), "{}: {}", peer.task, peer.measure);
            assert!(matches!(peer.source.as_str(), "run" | "published" | "elsewhere"), "{}", peer.name);
        }
    }

    #[test]
    fn programs_stand_side_by_side() {
        let (mut ours, mut theirs) = (Scores::default(), Scores::default());
        ours.add("title", 0.5);
        ours.add("authors", 1.0);
        theirs.add("title", 0.25);
        let text = columns(&[("ours".to_owned(), ours), ("peer 1.0".to_owned(), theirs)]);
        let lines: Vec<Vec<&str>> = text.lines().map(|it| it.split_whitespace().collect()).collect();
        assert_eq!(lines[1], ["title", ".500", ".250"]);
        assert_eq!(lines[2], ["authors", "1.000"]);
    }

    #[test]
    fn figures_are_short() {
        assert_eq!([0.4071, 1.0, 0.0].map(|it| figure("joint.F1", it)), [".407", "1.000", ".000"]);
        assert_eq!([figure("n_gold", 69.0), figure("quotes.n_false", 1.0)], ["69", "1"]);
    }
}
