//! RE3D: persons, organisations, places and nationalities in reports on a war.

use super::{Answer, Context, Task, words};
use crate::measures::{Counts, Scores, touch};
use crate::predictions::mentions;
use crate::{Outcome, Points, corpora};

pub(super) const TASK: Task = Task {
    name: "actors",
    what: "RE3D: spans of actors and places, names and descriptions",
    corpus: &["eval/actors/re3d.jsonl"],
    pinned: &["overlap.F1", "exact.F1"],
    on_request: false,
    run,
};

fn run(context: &Context<'_>) -> Outcome<Answer> {
    let corpus = corpora::actors(&context.path(TASK.corpus[0]))?;
    let predicted = context.each(&corpus.inputs, |report, edge| {
        let mut spans: Vec<Points> = mentions(report, edge).iter().filter(|it| it.named).map(|it| it.at).collect();
        spans.sort_unstable();
        spans.dedup();
        spans
    });
    let (mut exact, mut overlap) = (Counts::default(), Counts::default());
    let mut misses = Vec::new();
    for ((input, gold), predicted) in corpus.inputs.iter().zip(&corpus.gold).zip(&predicted) {
        exact.hit += gold.iter().filter(|it| predicted.contains(it)).count();
        let mut used = vec![false; predicted.len()];
        for at in gold {
            let free = || predicted.iter().enumerate().filter(|(ix, _)| !used[*ix]);
            let same = free().find(|(_, it)| *it == at);
            match same.or_else(|| free().find(|(_, it)| touch(**it, *at))).map(|(ix, _)| ix) {
                Some(ix) => {
                    used[ix] = true;
                    overlap.hit += 1;
                }
                None => misses.push(format!("{}: [{}]", input.id, words(input, *at))),
            }
        }
        let made_up = predicted.iter().zip(&used).filter(|(_, used)| !**used);
        misses.extend(made_up.map(|(at, _)| format!("{}: made up [{}]", input.id, words(input, *at))));
        for counts in [&mut exact, &mut overlap] {
            counts.n_gold += gold.len();
            counts.n_predicted += predicted.len();
        }
    }
    let mut scores = Scores::default();
    scores.add_prf("exact", exact);
    scores.add_prf("overlap", overlap);
    Ok(Answer { scores, misses })
}
