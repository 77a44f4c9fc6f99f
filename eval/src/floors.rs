//! Floors: the lowest score a change may have.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::measures::Scores;
use crate::tasks::Task;

/// The floors of one task.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Floor {
    /// Hash of the corpus they were measured on.
    pub corpus_sha: String,
    /// By measure.
    pub values: BTreeMap<String, f64>,
}

/// All floors, by task.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Floors(pub BTreeMap<String, Floor>);

/// Where they are kept.
pub fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("floors.toml")
}

impl Floors {
    /// From text.
    pub fn parse(text: &str) -> Outcome<Floors> {
        let table: toml::Table = text.parse().map_err(|why| format!("floors.toml: {why}"))?;
        let mut floors = Floors::default();
        for (task, rows) in &table {
            let mut floor = Floor::default();
            for (name, value) in rows.as_table().ok_or_else(|| format!("floors.toml: {task} is not a table"))? {
                match value {
                    toml::Value::String(sha) if name == "corpus_sha" => floor.corpus_sha.clone_from(sha),
                    toml::Value::Float(value) => drop(floor.values.insert(name.clone(), *value)),
                    _ => return Err(format!("floors.toml: {task}.{name} is neither a hash nor a number with a point")),
                }
            }
            floors.0.insert(task.clone(), floor);
        }
        Ok(floors)
    }

    /// As text.
    pub fn print(&self) -> String {
        let mut text = String::from(
            "# The lowest score a change may have. `cargo xtask eval --pin` raises floors and never lowers one;\n\
             # --allow-regression lowers, and asks for a line in CHANGELOG.md.\n",
        );
        for (task, floor) in &self.0 {
            let _ = writeln!(text, "\n[{task}]\ncorpus_sha = {:?}", floor.corpus_sha);
            for (name, value) in &floor.values {
                let _ = writeln!(text, "{name:?} = {value:?}");
            }
        }
        text
    }

    /// Measures that are below their floor: name, ours, floor. A floor of another corpus binds nobody.
    pub fn below(&self, task: &str, corpus_sha: &str, scores: &Scores) -> Vec<(String, f64, f64)> {
        let Some(floor) = self.0.get(task).filter(|it| it.corpus_sha == corpus_sha) else { return Vec::new() };
        let ours = |name: &str| scores.get(name).unwrap_or(0.0);
        let below = floor.values.iter().filter(|(name, value)| ours(name) < **value);
        below.map(|(name, value)| (name.clone(), ours(name), *value)).collect()
    }

    /// Raises floors to what was reached; lowers them only when told to.
    pub fn pin(&mut self, task: &Task, corpus_sha: &str, scores: &Scores, may_lower: bool) {
        let floor = self.0.entry(task.name.to_owned()).or_default();
        if floor.corpus_sha != corpus_sha {
            *floor = Floor { corpus_sha: corpus_sha.to_owned(), values: BTreeMap::new() };
        }
        for name in task.pinned {
            let Some(ours) = scores.get(name) else { continue };
            let old = floor.values.get(*name).copied().unwrap_or(0.0);
            if ours >= old || may_lower {
                floor.values.insert((*name).to_owned(), ours);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::TASKS;

    fn scores(value: f64) -> Scores {
        let mut scores = Scores::default();
        for task in TASKS {
            scores.0.extend(task.pinned.iter().map(|name| ((*name).to_owned(), value)));
        }
        scores
    }

    #[test]
    fn floors_only_rise() {
        let (task, mut floors) = (&TASKS[0], Floors::default());
        floors.pin(task, "a", &scores(0.5), false);
        floors.pin(task, "a", &scores(0.4), false);
        assert_eq!(floors.below(task.name, "a", &scores(0.5)), []);
        assert_eq!(floors.below(task.name, "a", &scores(0.4)).len(), task.pinned.len());
        // Another corpus is another measure.
        assert_eq!(floors.below(task.name, "b", &scores(0.4)), []);
        floors.pin(task, "a", &scores(0.4), true);
        assert_eq!(floors.below(task.name, "a", &scores(0.4)), []);
    }

    #[test]
    fn floors_are_read_as_they_are_written() {
        let mut floors = Floors::default();
        for task in TASKS {
            floors.pin(task, "abc", &scores(0.1234), false);
        }
        assert_eq!(Floors::parse(&floors.print()), Ok(floors));
    }

    #[test]
    fn the_kept_floors_are_of_tasks_and_measures_that_are_there() {
        let floors = Floors::parse(&std::fs::read_to_string(path()).unwrap()).unwrap();
        for (name, floor) in &floors.0 {
            let task = TASKS.iter().find(|it| it.name == name).unwrap_or_else(|| panic!("no task {name}"));
            assert!(floor.values.keys().all(|it| task.pinned.contains(&it.as_str())), "{name}");
        }
    }
}
