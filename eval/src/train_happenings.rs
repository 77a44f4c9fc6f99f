//! `rapporteur-eval train happenings [--write]`: learns which pairs of mentions are one happening, from the topics of ECB+
//! with odd numbers. Prints how sharp it is on the other half; `--write` keeps the table.

use std::path::PathBuf;

use rapporteur::stages::happenings::{FEATURE_NAMES, Features, happenings_from, pairs};
use rapporteur_eval::measures::{Chains, conll};
use rapporteur_eval::system::System;
use rapporteur_eval::tasks::events::{Topic, chains_of, topics};
use rapporteur_eval::{Outcome, corpora};

/// Runs the training.
pub(crate) fn run(arguments: &[String], system: &dyn System) -> Outcome<()> {
    let folder = corpora::folder().ok_or("there is no evaluation folder: set RAPPORTEUR_EVAL (see eval/README.md)")?;
    let corpus = corpora::events(&folder.join("eval/events/ecbplus.jsonl"))?;
    let own = topics(system, corpus.clone(), true);
    let mut gold = Chains::new();
    own.iter().for_each(|it| it.gold_chains(&mut gold));
    for least in [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5] {
        let mut chains = Chains::new();
        for topic in &own {
            let lists: Vec<Vec<(usize, usize)>> = happenings_from(&topic.reports, least)
                .into_iter()
                .map(|it| it.into_iter().map(|(report, act)| (report.ix(), act)).collect())
                .collect();
            chains_of(topic, &lists, &mut chains);
        }
        let score = conll(&gold, &chains).get("conll.F1").unwrap_or(0.0);
        println!("the table as it stands, on the half it is learned from, least {least}: CoNLL {score:.4}");
    }
    let learned: Vec<(Features, bool)> = own.iter().flat_map(examples).collect();
    let held_out: Vec<(Features, bool)> = topics(system, corpus, false).iter().flat_map(examples).collect();
    let weights = fit(&learned);
    for (name, examples) in [("learned from", &learned), ("held out", &held_out)] {
        let right = examples.iter().filter(|it| (0.0 < odds(&weights, &it.0)) == it.1).count();
        let n_one = examples.iter().filter(|it| it.1).count();
        println!(
            "{name}: {} pairs, {n_one} of one happening, {:.3} right",
            examples.len(),
            right as f64 / examples.len().max(1) as f64
        );
    }
    if arguments.iter().any(|it| it == "--write") {
        let mut table = "# Which pairs of mentions of acts are one happening: weight of each feature.\n\
            # Learned from the topics of ECB+ with odd numbers.\n\
            # Made by: cargo xtask train happenings --write\n"
            .to_owned();
        for (name, weight) in FEATURE_NAMES.iter().zip(&weights) {
            table += &format!("{name}\t{weight:.4}\n");
        }
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../stages/6-weigh/data/happenings.tsv");
        std::fs::write(&path, table).map_err(|why| format!("{}: {why}", path.display()))?;
        println!("written: stages/6-weigh/data/happenings.tsv");
    }
    Ok(())
}

/// Pairs of a topic's mentions, where the corpus looked, with whether its gold has them in one chain.
fn examples(topic: &Topic) -> Vec<(Features, bool)> {
    let mut gold = Chains::new();
    topic.gold_chains(&mut gold);
    let (places, pairs) = pairs(&topic.reports);
    let label = |ix: usize| {
        let (report, act) = places[ix];
        topic.mention(report.ix(), &topic.reports[report.ix()].annotations.acts[act])
    };
    let labels: Vec<Option<String>> = (0..places.len()).map(label).collect();
    pairs
        .into_iter()
        .filter_map(|(a, b, features)| {
            let (a, b) = (labels[a].as_ref()?, labels[b].as_ref()?);
            let one = gold.get(a).zip(gold.get(b)).is_some_and(|(a, b)| a == b);
            (a != b).then_some((features, one))
        })
        .collect()
}

pub(crate) fn odds(weights: &[f64], features: &[f64]) -> f64 {
    features.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// Logistic regression with a penalty on all weights but the first, by Newton's steps.
pub(crate) fn fit<const N: usize>(examples: &[([f64; N], bool)]) -> Vec<f64> {
    fit_near(examples, &[0.0; N])
}

/// The same where weights are held near some that are known, instead of near nothing.
pub(crate) fn fit_near<const N: usize>(examples: &[([f64; N], bool)], known: &[f64]) -> Vec<f64> {
    let n = N;
    let mut weights = known.to_vec();
    for _ in 0..30 {
        let apart = weights.iter().zip(known).map(|(it, known)| it - known);
        let mut slope: Vec<f64> = apart.enumerate().map(|(ix, it)| if ix == 0 { 0.0 } else { it }).collect();
        let mut curve = vec![vec![0.0; n]; n];
        for (ix, row) in curve.iter_mut().enumerate() {
            row[ix] = 1.0;
        }
        for (features, one) in examples {
            let p = 1.0 / (1.0 + (-odds(&weights, features)).exp());
            let miss = p - f64::from(u8::from(*one));
            for a in 0..n {
                slope[a] += miss * features[a];
                for b in 0..n {
                    curve[a][b] += p * (1.0 - p) * features[a] * features[b];
                }
            }
        }
        let step = solve(curve, slope);
        weights.iter_mut().zip(&step).for_each(|(weight, step)| *weight -= step);
        if step.iter().all(|it| it.abs() < 1e-8) {
            break;
        }
    }
    weights
}

/// Gauss's elimination with the largest pivot.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for at in 0..n {
        let pivot = (at..n).max_by(|a, b| matrix[*a][at].abs().total_cmp(&matrix[*b][at].abs())).unwrap_or(at);
        matrix.swap(at, pivot);
        right.swap(at, pivot);
        for row in at + 1..n {
            let factor = matrix[row][at] / matrix[at][at];
            let above = matrix[at].clone();
            matrix[row].iter_mut().zip(&above).skip(at).for_each(|(it, above)| *it -= factor * above);
            right[row] -= factor * right[at];
        }
    }
    for at in (0..n).rev() {
        let sum: f64 = (at + 1..n).map(|it| matrix[at][it] * right[it]).sum();
        right[at] = (right[at] - sum) / matrix[at][at];
    }
    right
}
