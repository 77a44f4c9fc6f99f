//! Which articles are copies of others: mined pairs of three corpora, by how much they share, and 200 of them as read and
//! labelled by us (`eval/copies-labels.tsv`, ids and labels only).

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, Context, Task};
use crate::measures::{Counts, Scores};
use crate::{Outcome, corpora};

pub(super) const TASK: Task = Task {
    name: "copies",
    what: "pairs that share a fifth of the shorter one or more, in 1,015 articles; 200 of them labelled by reading",
    corpus: &[
        "eval/copies/natural_pairs.jsonl", "eval/stories/newscluster.jsonl", "eval/stories/wikinews_big.jsonl",
        "eval/stories/basil.jsonl",
    ],
    pinned: &["labelled.F1", "labelled.P", "labelled.R"],
    on_request: false,
    run,
};

/// Bands that count as copies; pairs of the band `shared` have some words in common and count neither way.
const COPIES: [&str; 3] = ["exact", "near", "partial"];

/// The labels of pairs that were read: by corpus and ids in order. `none` is no lineage; `unsure` counts neither way.
fn labels() -> BTreeMap<(String, String, String), String> {
    let row = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [corpus, a, b, label] = fields[..] else { return None };
        let (a, b) = ordered(a, b);
        Some(((corpus.to_owned(), a, b), label.to_owned()))
    };
    include_str!("../../copies-labels.tsv").lines().filter(|it| !it.starts_with('#')).filter_map(row).collect()
}

fn ordered(a: &str, b: &str) -> (String, String) {
    if a <= b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}

fn run(context: &Context<'_>) -> Outcome<Answer> {
    let labels = labels();
    let (mut pairs, mut labelled) = (Counts::default(), Counts::default());
    let mut bands: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut misses = Vec::new();
    for (name, mined) in corpora::copies(&context.path(TASK.corpus[0]))? {
        let corpus = corpora::stories(&context.path(&format!("eval/stories/{name}.jsonl")))?;
        let reports = context.annotate(&name, &corpus.inputs);
        let id = |ix: usize| corpus.inputs.get(ix).map_or("", |it| it.id.as_str());
        let relations = context.system.relate(&reports);
        let found: BTreeSet<(String, String)> = relations
            .pairs
            .iter()
            .filter(|it| it.kind.is_lineage())
            .map(|it| ordered(id(it.a.ix()), id(it.b.ix())))
            .collect();
        for ((_, a, b), label) in labels.iter().filter(|((of, ..), _)| *of == name) {
            let (hit, is_copy) = (found.contains(&(a.clone(), b.clone())), COPIES.contains(&label.as_str()));
            if label == "unsure" {
                continue;
            }
            labelled.n_gold += usize::from(is_copy);
            labelled.n_predicted += usize::from(hit);
            labelled.hit += usize::from(hit && is_copy);
            if hit != is_copy {
                misses.push(format!("labelled {label}, {}: {name} {a} {b}", if hit { "found" } else { "not found" }));
            }
        }
        let mut known = BTreeSet::new();
        for corpora::MinedPair { a, b, band } in &mined {
            let pair = ordered(a, b);
            let hit = found.contains(&pair);
            if let Some(band) = COPIES.iter().find(|it| *it == band) {
                let counts = bands.entry(band).or_default();
                counts.0 += usize::from(hit);
                counts.1 += 1;
                pairs.hit += usize::from(hit);
                pairs.n_gold += 1;
                if !hit {
                    misses.push(format!("{name} {band}: {a} {b}"));
                }
            }
            known.insert((pair, COPIES.contains(&band.as_str())));
        }
        for pair in &found {
            let is_copy = known.contains(&(pair.clone(), true));
            if is_copy || !known.contains(&(pair.clone(), false)) {
                pairs.n_predicted += 1;
                if !is_copy {
                    misses.push(format!("{name} made up: {} {}", pair.0, pair.1));
                }
            }
        }
    }
    let mut scores = Scores::default();
    scores.add_prf("labelled", labelled);
    scores.add_prf("pair", pairs);
    for (band, (hit, n)) in bands {
        scores.add_share(format!("{band}.R"), hit, n);
    }
    Ok(Answer { scores, misses })
}

/// The articles and the labelled pairs, as `eval/peers/minhash.py` reads them.
pub fn rows(context_folder: &std::path::Path) -> Outcome<Vec<serde_json::Value>> {
    let mut rows = Vec::new();
    let (mut copies, mut others) = (Vec::new(), Vec::new());
    let labels = labels();
    for name in ["newscluster", "wikinews_big", "basil"] {
        let corpus = corpora::stories(&context_folder.join(format!("eval/stories/{name}.jsonl")))?;
        let first = rows.len();
        let place: BTreeMap<&str, usize> =
            corpus.inputs.iter().enumerate().map(|(at, it)| (it.id.as_str(), first + at)).collect();
        for ((_, a, b), label) in labels.iter().filter(|((of, ..), _)| of == name) {
            let (Some(one), Some(other)) = (place.get(a.as_str()), place.get(b.as_str())) else { continue };
            let pair = [*one.min(other), *one.max(other)];
            match label.as_str() {
                "unsure" => {}
                "none" => others.push(pair),
                _ => copies.push(pair),
            }
        }
        rows.extend(corpus.inputs.iter().map(|it| serde_json::json!({"text": String::from_utf8_lossy(&it.bytes)})));
    }
    rows.push(serde_json::json!({"copies": copies, "none": others}));
    Ok(rows)
}
