//! Which articles are copies of others: mined pairs of three corpora, by how much they share.

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, Context, Task};
use crate::measures::{Counts, Scores};
use crate::{Outcome, corpora};

pub(super) const TASK: Task = Task {
    name: "copies",
    what: "pairs that share a fifth of the shorter one or more, in 1,015 articles (mined, not read)",
    corpus: &[
        "eval/copies/natural_pairs.jsonl", "eval/stories/newscluster.jsonl", "eval/stories/wikinews_big.jsonl",
        "eval/stories/basil.jsonl",
    ],
    pinned: &["pair.F1", "pair.P", "pair.R"],
    on_request: false,
    run,
};

/// Bands that count as copies; pairs of the band `shared` have some words in common and count neither way.
const COPIES: [&str; 3] = ["exact", "near", "partial"];

fn run(context: &Context<'_>) -> Outcome<Answer> {
    let mut pairs = Counts::default();
    let mut bands: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut misses = Vec::new();
    for (name, mined) in corpora::copies(&context.path(TASK.corpus[0]))? {
        let corpus = corpora::stories(&context.path(&format!("eval/stories/{name}.jsonl")))?;
        let reports = context.annotate(&name, &corpus.inputs);
        let id = |ix: usize| corpus.inputs.get(ix).map_or("", |it| it.id.as_str());
        let ordered =
            |a: &str, b: &str| if a <= b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) };
        let relations = context.system.relate(&reports);
        let found: BTreeSet<(String, String)> = relations
            .pairs
            .iter()
            .filter(|it| it.kind.is_lineage())
            .map(|it| ordered(id(it.a.ix()), id(it.b.ix())))
            .collect();
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
    scores.add_prf("pair", pairs);
    for (band, (hit, n)) in bands {
        scores.add_share(format!("{band}.R"), hit, n);
    }
    Ok(Answer { scores, misses })
}
