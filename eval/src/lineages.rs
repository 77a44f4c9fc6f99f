//! Lineages made on purpose: open articles, children of them by seeded edits, and invented articles that only look alike.
//!
//! The texts are read from the evaluation folder when the task runs; what is kept here is the seed and the rules, so the
//! same collection comes out everywhere. A child is furnished, trimmed, reordered, edited, respelled, paraphrased in a part
//! of its sentences, or two of these in a row by way of a report between. A distractor has sentences of many articles whose
//! names, figures and most other words are those of three others: the words of real news, and no report's text.

mod distractors;
mod recipes;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rapporteur_model::{DriftKind, RelationKind};

use crate::chance::Chance;
use crate::system::Input;
use crate::{Outcome, corpora};

/// The collections of articles that have parents.
const CORPORA: [&str; 3] = ["newscluster", "wikinews_big", "basil"];
/// Articles with fewer words are no parents: a trim would leave nothing to compare.
const PARENT_WORDS_MIN: usize = 150;

/// What a corpus calls its outlets.
const SHORT_NAMES: [(&str, &str); 3] = [("nyt", "The New York Times"), ("fox", "Fox News"), ("hpo", "HuffPost")];

/// A change of one fact in a child.
#[derive(Debug, Clone)]
pub struct Edit {
    /// What changed.
    pub kind: DriftKind,
    /// Some words around it as they stand in the child.
    pub context: String,
    /// Where in the context the new word is: bytes.
    pub at: (usize, usize),
}

/// A child with its parent.
#[derive(Debug, Clone)]
pub struct Planted {
    /// Index of the parent in the inputs.
    pub parent: usize,
    /// Index of the child.
    pub child: usize,
    /// What was done.
    pub recipe: &'static str,
    /// Kinds that say rightly what was done.
    pub kinds: Vec<RelationKind>,
    /// Whether the two hold a sign of which came first.
    pub has_direction: bool,
    /// Facts that were changed.
    pub edits: Vec<Edit>,
}

/// A collection with what was planted in it.
#[derive(Debug, Clone, Default)]
pub struct Planting {
    /// All reports, in order of id.
    pub inputs: Vec<Input>,
    /// Children.
    pub planted: Vec<Planted>,
    /// For each input the article it was made from, itself for an article; nothing for a distractor.
    pub root: Vec<Option<usize>>,
    /// Pairs of articles that share text by nature, smaller index first.
    pub natural: BTreeSet<(usize, usize)>,
}

impl Planting {
    /// Whether a pair that was not planted may be related all the same: of one article, or of two that share text.
    pub fn is_neutral(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.root[one], self.root[other]) else { return false };
        one == other || self.natural.contains(&(one.min(other), one.max(other)))
    }

    /// Whether an input is an article as it came.
    pub fn is_article(&self, at: usize) -> bool {
        self.root[at] == Some(at)
    }
}

/// The collection with so many pairs and distractors. `folder` is the evaluation folder.
pub fn plant(folder: &Path, n_pairs: usize, n_distractors: usize, seed: u64) -> Outcome<Planting> {
    let mut chance = Chance(seed);
    let mut planting = Planting::default();
    let mut place: BTreeMap<String, usize> = BTreeMap::new();
    for name in CORPORA {
        for mut input in corpora::stories(&folder.join(format!("eval/stories/{name}.jsonl")))?.inputs {
            place.insert(format!("{name} {}", input.id), planting.inputs.len());
            // Who publishes and when is told by the recipes alone.
            input.url = None;
            let full = SHORT_NAMES.iter().find(|it| input.outlet.as_deref() == Some(it.0));
            if let Some((_, outlet)) = full {
                input.outlet = Some((*outlet).to_owned());
            }
            input.id = format!("a{:05}", planting.inputs.len());
            planting.root.push(Some(planting.inputs.len()));
            planting.inputs.push(input);
        }
    }
    for (name, mined) in corpora::copies(&folder.join("eval/copies/natural_pairs.jsonl"))? {
        for pair in mined {
            let ends = (place.get(&format!("{name} {}", pair.a)), place.get(&format!("{name} {}", pair.b)));
            if let (Some(one), Some(other)) = ends {
                planting.natural.insert((*one.min(other), *one.max(other)));
            }
        }
    }
    let articles = planting.inputs.clone();
    let mut parents: Vec<usize> = (0..articles.len())
        .filter(|it| String::from_utf8_lossy(&articles[*it].bytes).split_whitespace().count() >= PARENT_WORDS_MIN)
        .collect();
    chance.shuffle(&mut parents);
    let mut turn = 0;
    while planting.planted.len() < n_pairs && !parents.is_empty() {
        let article = parents[turn % parents.len()];
        recipes::child(&mut planting, article, article, turn, &mut chance);
        turn += 1;
    }
    let pool = distractors::Pool::of(&articles);
    for at in 0..n_distractors {
        planting.root.push(None);
        planting.inputs.push(pool.distractor(format!("d{at:05}"), &mut chance));
    }
    Ok(planting)
}
