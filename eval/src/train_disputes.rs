//! `rapporteur-eval train disputes [--write]`: learns which things that two sentences tell differently are one thing of one
//! fact, from conflicts planted in the stories that may be looked at. Prints what folds of stories that the table has not
//! seen find, and how much of what the stories say unplanted would be called a dispute; `--write` keeps the table.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rapporteur::Lexicon;
use rapporteur::stages::slots::{Candidate, FEATURE_NAMES, Features, NATURES, candidates};
use rapporteur_eval::system::System;
use rapporteur_eval::tasks::conflicts::{Rehearsal, rehearse, whole};
use rapporteur_eval::{Outcome, corpora};

use rapporteur_model::{Anchor, Nature};

use crate::train::fold_of;
use crate::train_happenings::{fit, fit_near, odds};

const FOLDS: u64 = 5;

/// One candidate with the fold of its story.
struct Example {
    fold: u64,
    nature: usize,
    features: Features,
    planted: bool,
    /// For reading: the sentences.
    shown: String,
}

/// Runs the training.
pub(crate) fn run(arguments: &[String], system: &dyn System) -> Outcome<()> {
    let folder = corpora::folder().ok_or("there is no evaluation folder: set RAPPORTEUR_EVAL (see eval/README.md)")?;
    let verbose = arguments.iter().any(|it| it == "--verbose");
    let mut examples: Vec<Example> = Vec::new();
    let mut n_planted: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    let mut n_stories = 0;
    rehearse(system, &folder, |it| {
        n_stories += usize::from(it.planted.is_empty());
        learn(it, &mut examples, &mut n_planted, verbose);
    })?;
    println!("{n_stories} stories, {} candidates", examples.len());
    for (kind, (had, all)) in &n_planted {
        println!("  {kind}: {had} of {all} planted ones are candidates");
    }
    let mut table =
        "# Which things that two sentences tell differently are one thing of one fact: weight of each feature.\n\
        # Learned from conflicts planted in the open half of the stories.\n\
        # Made by: cargo xtask train disputes --write\n"
            .to_owned();
    for (row, nature) in NATURES.iter().enumerate() {
        let own: Vec<&Example> = examples.iter().filter(|it| it.nature == row).collect();
        let of = |wanted: &dyn Fn(&Example) -> bool| -> Vec<(Features, bool)> {
            own.iter().filter(|it| wanted(it)).map(|it| (it.features, it.planted)).collect()
        };
        let mut scored: Vec<(f64, bool)> = Vec::new();
        let likely = |odds: f64| 1.0 / (1.0 + (-odds).exp());
        for fold in 0..FOLDS {
            let weights = weights(&examples, row, |it| it.fold != fold);
            for it in own.iter().filter(|it| verbose && it.fold == fold) {
                let p = likely(odds(&weights, &it.features));
                if it.planted != (0.3 <= p) {
                    println!(
                        "  {} {p:.2} {}: {}",
                        nature.as_str(),
                        if it.planted { "missed" } else { "false" },
                        it.shown
                    );
                }
            }
            scored.extend(
                of(&|it| it.fold == fold).iter().map(|(features, planted)| (odds(&weights, features), *planted)),
            );
        }
        let n = scored.iter().filter(|it| it.1).count();
        println!("{}: {n} planted, {} others", nature.as_str(), scored.len() - n);
        for least in [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] {
            let passes = |it: &(f64, bool)| least <= likely(it.0);
            let right = scored.iter().filter(|it| it.1 && passes(it)).count();
            let others = scored.iter().filter(|it| !it.1 && passes(it)).count();
            println!("  from {least}: {:.3} of the planted, {others} others", right as f64 / n.max(1) as f64);
        }
        for (name, weight) in FEATURE_NAMES.iter().zip(weights(&examples, row, |_| true)) {
            table += &format!("{}\t{name}\t{weight:.4}\n", nature.as_str());
        }
    }
    if arguments.iter().any(|it| it == "--write") {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../stages/6-weigh/data/disputes.tsv");
        std::fs::write(&path, table).map_err(|why| format!("{}: {why}", path.display()))?;
        println!("written: stages/6-weigh/data/disputes.tsv");
    }
    Ok(())
}

/// The weights of one nature. Numbers, days, people and places are few each and stand in sentences alike: what all four
/// teach is where the weights of each are held near.
fn weights(examples: &[Example], row: usize, wanted: impl Fn(&Example) -> bool) -> Vec<f64> {
    const ALIKE: usize = 4;
    let of = |natures: std::ops::Range<usize>| -> Vec<(Features, bool)> {
        let own = examples.iter().filter(|it| natures.contains(&it.nature) && wanted(it));
        own.map(|it| (it.features, it.planted)).collect()
    };
    let known = if row < ALIKE { fit(&of(0..ALIKE)) } else { vec![0.0; FEATURE_NAMES.len()] };
    fit_near(&of(row..row + 1), &known)
}

/// The candidates of a story: all of one as it stands, the planted ones of one with conflicts, and what touches a harmless
/// difference.
fn learn(
    it: &Rehearsal<'_>,
    examples: &mut Vec<Example>,
    n_planted: &mut BTreeMap<&'static str, (usize, usize)>,
    verbose: bool,
) {
    let fold = fold_of(it.story, FOLDS);
    let found = candidates(&whole(it.reports), it.reports, it.relations, Lexicon::shared());
    let row = |candidate: &Candidate| NATURES.iter().position(|it| *it == candidate.nature);
    if it.planted.is_empty() {
        for candidate in &found {
            let Some(nature) = row(candidate) else { continue };
            examples.push(Example {
                fold,
                nature,
                features: candidate.features,
                planted: false,
                shown: show(it, candidate),
            });
        }
        return;
    }
    for (kind, places, was) in it.planted {
        let touches = |candidate: &&Candidate| {
            let mut own = candidate.places;
            own.sort_by_key(|it| it.report != places[0].report);
            own.iter().zip(places).all(|(x, y)| x.report == y.report && y.span.contains(x.span))
        };
        let mut had = false;
        for candidate in found.iter().filter(touches) {
            let Some(nature) = row(candidate) else { continue };
            let harmless = kind.natures.is_empty();
            let edited = candidate.places.iter().find(|it| it.report == places[1].report);
            let words = edited.map_or("", |at| at.span.of(it.reports[at.report.ix()].text()));
            // What stood there before the edit is not what was planted.
            let planted = kind.natures.contains(&candidate.nature)
                && (candidate.nature == Nature::Certainty || !was.contains(words));
            if harmless || planted {
                examples.push(Example {
                    fold,
                    nature,
                    features: candidate.features,
                    planted,
                    shown: show(it, candidate),
                });
                had |= planted;
            }
        }
        let tally = n_planted.entry(kind.name).or_default();
        if verbose && !had && !kind.natures.is_empty() {
            let words = |at: &Anchor| at.span.of(it.reports[at.report.ix()].text()).replace('\n', " ");
            println!("no candidate, {}: {} | {}", kind.name, words(&places[1]), words(&places[0]));
        }
        tally.0 += usize::from(had);
        tally.1 += 1;
    }
}

/// Both places with their sentences, on one line.
fn show(it: &Rehearsal<'_>, candidate: &Candidate) -> String {
    let one = |at: &Anchor| {
        let report = &it.reports[at.report.ix()];
        let known = &report.annotations;
        let line = known.sentence_at(at.span.start()).map_or("", |ix| known.sentences[ix.ix()].span.of(report.text()));
        format!("[{}] {}", at.span.of(report.text()), line).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    candidate.places.iter().map(one).collect::<Vec<_>>().join(" | ")
}
