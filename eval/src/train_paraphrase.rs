//! `rapporteur-eval train statements|sentences [--write]`: learns which printings of one speaker's words are one statement, or
//! which sentences and clauses tell the same, from pairs labelled by reading (`eval/readings/statements.tsv`,
//! `sentences.tsv`). Prints what folds of stories that the table has not seen make of theirs; `--write` keeps the table.
//! `--candidates` prints the pairs of the stories instead, for labelling.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rapporteur::Lexicon;
use rapporteur::stages::paraphrase::{FEATURE_NAMES, Features, Pair, sentence_pairs, statement_pairs};
use rapporteur_eval::predictions::Edge;
use rapporteur_eval::system::{Input, System};
use rapporteur_eval::tasks::conflicts::whole;
use rapporteur_eval::{Outcome, Points, corpora};
use rapporteur_model::{Anchor, Annotated, Relations, Story};
use serde_json::json;

use crate::train::fold_of;
use crate::train_happenings::{fit, odds};

const FOLDS: u64 = 10;
/// Stories of more reports are no stories but catch-alls.
const REPORTS_MAX: usize = 14;

/// A labelled pair: the report and range of either place, and whether both say the same.
struct Label {
    places: [(String, Points); 2],
    same: bool,
}

/// A labelled pair as the program sees it.
struct Example {
    fold: u64,
    features: Features,
    same: bool,
}

/// What a table is of: its name, what finds its pairs, what it says at its head.
struct Matter {
    name: &'static str,
    pairs: fn(&Story, &[Annotated], &Relations, &Lexicon) -> Vec<Pair>,
    what: &'static str,
}

const MATTERS: [Matter; 2] = [
    Matter {
        name: "statements",
        pairs: statement_pairs,
        what: "Which printings of one speaker's words are one statement",
    },
    Matter {
        name: "sentences",
        pairs: sentence_pairs,
        what: "Which sentences and clauses of two reports tell the same",
    },
];

/// Runs the training of the table of a name.
pub(crate) fn run(arguments: &[String], system: &dyn System) -> Outcome<()> {
    let folder = corpora::folder().ok_or("there is no evaluation folder: set RAPPORTEUR_EVAL (see eval/README.md)")?;
    let matter = MATTERS.iter().find(|it| arguments.first().is_some_and(|name| name == it.name));
    let matter = matter.ok_or("usage: rapporteur-eval train statements|sentences [--write|--candidates]")?;
    if arguments.iter().any(|it| it == "--candidates") {
        return candidates(&folder, matter, system);
    }
    let labels = labels(matter)?;
    let mut examples: Vec<Example> = Vec::new();
    let (mut n_labels, mut n_same) = (0, 0);
    for (corpus, of_corpus) in &labels {
        let stories = corpora::stories(&folder.join(format!("eval/stories/{corpus}.jsonl")))?;
        for (story, own) in of_corpus {
            let both = stories.inputs.iter().zip(&stories.gold);
            let inputs: Vec<Input> = both.filter(|it| it.1 == story).map(|it| it.0.clone()).collect();
            n_labels += own.len();
            n_same += own.iter().filter(|it| it.same).count();
            let fold = fold_of(story, FOLDS);
            let found = examples_of(matter, system, &inputs, own);
            examples.extend(found.into_iter().map(|(features, same)| Example { fold, features, same }));
        }
    }
    let n = examples.iter().filter(|it| it.same).count();
    println!("{} of {n_labels} labelled pairs met, {n} of {n_same} of one statement", examples.len());
    let mut scored: Vec<(f64, bool)> = Vec::new();
    for fold in 0..FOLDS {
        let seen: Vec<(Features, bool)> =
            examples.iter().filter(|it| it.fold != fold).map(|it| (it.features, it.same)).collect();
        let weights = fit(&seen);
        let held_out = examples.iter().filter(|it| it.fold == fold);
        scored.extend(held_out.map(|it| (1.0 / (1.0 + (-odds(&weights, &it.features)).exp()), it.same)));
    }
    for least in [0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9] {
        let passed = scored.iter().filter(|it| least <= it.0).count();
        let right = scored.iter().filter(|it| it.1 && least <= it.0).count();
        println!(
            "held out, from {least}: P {:.3} R {:.3}",
            right as f64 / passed.max(1) as f64,
            right as f64 / n.max(1) as f64
        );
    }
    if arguments.iter().any(|it| it == "--write") {
        let mut table = format!(
            "# {}: weight of each feature.\n\
            # Learned from pairs of open stories labelled by reading (eval/readings/{}.tsv).\n\
            # Made by: cargo xtask train {} --write\n",
            matter.what, matter.name, matter.name
        );
        let all: Vec<(Features, bool)> = examples.iter().map(|it| (it.features, it.same)).collect();
        for (name, weight) in FEATURE_NAMES.iter().zip(fit(&all)) {
            table += &format!("{name}\t{weight:.4}\n");
        }
        let file = format!("stages/6-weigh/data/{}.tsv", matter.name);
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(&file);
        std::fs::write(&path, table).map_err(|why| format!("{}: {why}", path.display()))?;
        println!("written: {file}");
    }
    Ok(())
}

/// The labels, by corpus and story. Places that are no statement teach nothing of which are one.
fn labels(matter: &Matter) -> Outcome<BTreeMap<String, BTreeMap<String, Vec<Label>>>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("readings/{}.tsv", matter.name));
    let text = std::fs::read_to_string(&path).map_err(|why| format!("{}: {why}", path.display()))?;
    let mut found: BTreeMap<String, BTreeMap<String, Vec<Label>>> = BTreeMap::new();
    for line in text.lines().filter(|it| !it.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [corpus, story, a, a_start, a_end, b, b_start, b_end, label] = cells[..] else {
            return Err(format!("{}: nine cells wanted: {line}", path.display()));
        };
        if label == "X" {
            continue;
        }
        let range = |start: &str, end: &str| {
            let number = |it: &str| it.parse::<usize>().map_err(|why| format!("{}: {it}: {why}", path.display()));
            Ok::<Points, String>((number(start)?, number(end)?))
        };
        let places = [(a.to_owned(), range(a_start, a_end)?), (b.to_owned(), range(b_start, b_end)?)];
        let of_corpus = found.entry(corpus.to_owned()).or_default();
        of_corpus.entry(story.to_owned()).or_default().push(Label { places, same: label == "S" });
    }
    Ok(found)
}

/// The labelled pairs of a story that the program finds too: its place and the labelled one have half of their words in
/// common.
fn examples_of(matter: &Matter, system: &dyn System, inputs: &[Input], labels: &[Label]) -> Vec<(Features, bool)> {
    let reports = system.annotate(inputs);
    let relations = system.relate(&reports);
    let edges: Vec<Edge> = inputs.iter().zip(&reports).map(|(input, it)| Edge::new(input, &it.article)).collect();
    let mut found = Vec::new();
    let mut used = vec![false; labels.len()];
    for pair in (matter.pairs)(&whole(&reports), &reports, &relations, Lexicon::shared()) {
        let places = pair.places.map(|it| {
            let report = it.report.ix();
            (inputs[report].id.clone(), edges[report].points(it.span).unwrap_or_default())
        });
        let meets = |x: &(String, Points), y: &(String, Points)| {
            let both = x.1.1.min(y.1.1).saturating_sub(x.1.0.max(y.1.0));
            x.0 == y.0 && x.1.1.max(y.1.1) - x.1.0.min(y.1.0) <= 2 * both
        };
        let is_pair = |it: &Label| {
            meets(&it.places[0], &places[0]) && meets(&it.places[1], &places[1])
                || meets(&it.places[0], &places[1]) && meets(&it.places[1], &places[0])
        };
        if let Some(ix) = labels.iter().enumerate().position(|(ix, it)| !used[ix] && is_pair(it)) {
            used[ix] = true;
            found.push((pair.features, labels[ix].same));
        }
    }
    found
}

/// Prints the pairs of all stories, a JSON row each: the places, the words, how likely the table as it stands holds them the
/// same.
fn candidates(folder: &Path, matter: &Matter, system: &dyn System) -> Outcome<()> {
    for corpus in ["basil", "newscluster", "wikinews_big"] {
        let stories = corpora::stories(&folder.join(format!("eval/stories/{corpus}.jsonl")))?;
        let mut by_story: BTreeMap<&str, Vec<Input>> = BTreeMap::new();
        for (input, story) in stories.inputs.iter().zip(&stories.gold) {
            by_story.entry(story).or_default().push(input.clone());
        }
        for (story, inputs) in by_story.iter().filter(|it| (2..=REPORTS_MAX).contains(&it.1.len())) {
            let reports = system.annotate(inputs);
            let relations = system.relate(&reports);
            let edges: Vec<Edge> =
                inputs.iter().zip(&reports).map(|(it, found)| Edge::new(it, &found.article)).collect();
            for pair in (matter.pairs)(&whole(&reports), &reports, &relations, Lexicon::shared()) {
                let place = |it: &Anchor| {
                    let report = it.report.ix();
                    let (start, end) = edges[report].points(it.span).unwrap_or_default();
                    json!([inputs[report].id, start, end, it.span.of(reports[report].text())])
                };
                let [a, b] = &pair.places;
                let row =
                    json!({"corpus": corpus, "story": story, "a": place(a), "b": place(b), "features": pair.features});
                println!("{row}");
            }
        }
    }
    Ok(())
}
