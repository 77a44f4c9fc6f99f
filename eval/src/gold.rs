//! Five real reports of one day, annotated by hand: every layer of the program against one gold.
//!
//! Rows with `core: true` must be found; others may be. A prediction that meets neither is false. Rows marked `disputed`
//! (two readers differed) are left out where no other reading is given.

mod agreements;
mod events;
mod lineage;
mod mentions;
mod metadata;
mod spans;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{Anchor, Annotated, Claim, Relations};
use serde_json::Value;

use crate::corpora::{rows, string};
use crate::predictions::Edge;
use crate::system::Input;
use crate::tasks::{Answer, Context, Task, words};
use crate::{Outcome, Points};

const FOLDER: &str = "gold/ukraine-2025-12-01";
const REPORTS: &str = "reports/ukraine-2025-12-01";

pub(crate) const TASK: Task = Task {
    name: "ukraine",
    what: "five real reports of one day, annotated by hand on every layer",
    corpus: &[FOLDER, REPORTS],
    pinned: &[
        "quotes.recall", "quotes.precision", "quotes.speaker", "quotes.source", "quotes.cue", "quotes.kind",
        "times.recall", "times.precision", "times.value", "figures.recall", "figures.precision", "figures.unit",
        "figures.money", "metadata.title", "metadata.date_published", "metadata.date_modified", "metadata.outlet",
        "metadata.authors", "metadata.dateline", "metadata.language", "metadata.cited.F1", "furniture.P",
        "furniture.R", "mentions.recall", "mentions.precision", "mentions.actor", "mentions.use", "coref.recall",
        "positions.recall", "events.recall", "events.found", "events.type", "events.participants", "events.status",
        "events.date", "lineage.edges", "lineage.kind", "lineage.direction", "lineage.external", "lineage.precision",
        "origins.pairs", "origins.count", "agreements.found", "agreements.verdict", "agreements.origins",
        "timeline.found", "timeline.date", "drift.found", "wordings.collated",
    ],
    on_request: false,
    run,
};

/// One of the five with what the program made of it.
struct Report<'a> {
    input: &'a Input,
    found: &'a Annotated,
    edge: Edge,
}

/// The program's work on the five.
struct Run<'a> {
    reports: Vec<Report<'a>>,
    relations: Relations,
    claims: Vec<Claim>,
}

impl Run<'_> {
    /// A report by its number in the gold (`001`).
    fn report(&self, id: &str) -> Option<(usize, &Report<'_>)> {
        self.reports.iter().enumerate().find(|(_, it)| it.input.id == id)
    }

    /// Where an anchor stands: index of the report and code points.
    fn place(&self, anchor: &Anchor) -> Option<(usize, Points)> {
        Some((anchor.report.ix(), self.reports.get(anchor.report.ix())?.edge.points(anchor.span)?))
    }

    /// The words at a place.
    fn words(&self, (report, at): (usize, Points)) -> String {
        self.reports.get(report).map_or_else(String::new, |it| words(it.input, at))
    }
}

/// A file of the gold, and the names by which its actors go.
struct Gold {
    files: BTreeMap<&'static str, Vec<Value>>,
    forms: BTreeMap<String, BTreeSet<String>>,
}

impl Gold {
    fn read(context: &Context<'_>) -> Outcome<Gold> {
        const FILES: [&str; 12] = [
            "actors", "agreements", "coref", "events", "figures", "lineage", "mentions", "positions", "quotes",
            "reports", "timeline", "times",
        ];
        let mut files = BTreeMap::new();
        for name in FILES {
            files.insert(name, rows(&context.path(&format!("{FOLDER}/{name}.jsonl")))?);
        }
        let mut forms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in &files["actors"] {
            let name = string(row, "canonical");
            let surface = row["surface_forms"].as_array().into_iter().flatten().map(|it| fold(&string(it, "text")));
            forms.entry(name.clone()).or_default().extend(surface.chain([fold(&name)]));
        }
        Ok(Gold { files, forms })
    }

    fn rows(&self, name: &str) -> &[Value] {
        self.files.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether the gold knows an actor of this name.
    fn is_actor(&self, canonical: &str) -> bool {
        self.forms.contains_key(canonical)
    }

    /// Whether somebody who goes by `names` is the gold's `canonical`.
    fn is_same(&self, names: &[String], canonical: &str) -> bool {
        let state = canonical.trim_start_matches("Government of ").trim_start_matches("the ");
        let known =
            |name: &str| self.forms.get(name).is_some_and(|forms| names.iter().any(|it| forms.contains(&fold(it))));
        known(canonical)
            || known(state)
            || names.iter().any(|it| [canonical, state].iter().any(|name| fold(it) == fold(name)))
    }
}

fn run(context: &Context<'_>) -> Outcome<Answer> {
    let gold = Gold::read(context)?;
    let mut inputs = Vec::new();
    for row in gold.rows("reports") {
        let id = string(row, "report");
        let path = context.path(&format!("{REPORTS}/{id}.txt"));
        let bytes = std::fs::read(&path).map_err(|why| format!("cannot read {}: {why}", path.display()))?;
        inputs.push(Input { id, bytes, ..Input::default() });
    }
    let found = context.system.annotate(&inputs);
    let relations = context.system.relate(&found);
    let stories = context.system.group(&found, &relations);
    let claims = stories.iter().flat_map(|story| context.system.weigh(&found, &relations, story)).collect();
    let both = inputs.iter().zip(&found);
    let reports = both.map(|(input, found)| Report { input, found, edge: Edge::new(input, &found.article) }).collect();
    let run = Run { reports, relations, claims };

    let mut answer = Answer::default();
    spans::quotes(&run, &gold, &mut answer);
    spans::times(&run, &gold, &mut answer);
    spans::figures(&run, &gold, &mut answer);
    metadata::metadata(&run, &gold, &mut answer);
    metadata::furniture(&run, &gold, &mut answer);
    mentions::mentions(&run, &gold, &mut answer);
    mentions::coref(&run, &gold, &mut answer);
    mentions::positions(&run, &gold, &mut answer);
    events::moments(&run, &gold, &mut answer);
    events::events(&run, &gold, &mut answer);
    lineage::lineage(&run, &gold, &mut answer);
    lineage::origins(&run, &gold, &mut answer);
    agreements::agreements(&run, &gold, &mut answer);
    agreements::drift(&run, &gold, &mut answer);
    agreements::wordings(&run, &gold, &mut answer);
    agreements::timeline(&run, &gold, &mut answer);
    answer.scores.add("n_stories", stories.len() as f64);
    Ok(answer)
}

/// Range of a gold span `{report, start, end}`.
fn points(span: &Value) -> Option<Points> {
    Some((span["start"].as_u64()? as usize, span["end"].as_u64()? as usize))
}

/// Ranges of a list of gold spans, or of one.
fn all_points(spans: &Value) -> Vec<Points> {
    spans.as_array().map_or_else(|| points(spans).into_iter().collect(), |it| it.iter().filter_map(points).collect())
}

fn flag(row: &Value, name: &str) -> bool {
    row[name].as_bool().unwrap_or(false)
}

fn fold(name: &str) -> String {
    let name = name.to_lowercase().replace('’', "'");
    name.strip_prefix("the ")
        .unwrap_or(&name)
        .trim_end_matches("'s")
        .split_whitespace()
        .collect::<Vec<&str>>()
        .join(" ")
}
