//! RE3D: persons, organisations, places and nationalities in reports on a war.
//!
//! The corpus marks names, descriptions and pronouns alike, and names within names. All that we find is measured against
//! all that it marks; `names` is the same for names alone, which is all that an entity model looks for
//! (`peers/spans.py` measures one on both).

use super::{Answer, Context, Task, words};
use crate::measures::{Counts, Scores, touch};
use crate::predictions::{Mention, mentions};
use crate::system::Input;
use crate::{Outcome, Points, corpora};

pub(super) const TASK: Task = Task {
    name: "actors",
    what: "RE3D: spans of actors and places, names and descriptions",
    corpus: &["eval/actors/re3d.jsonl"],
    pinned: &["overlap.F1", "exact.F1", "names.overlap.F1", "names.exact.F1"],
    on_request: false,
    run,
};

/// Words that a capital makes no name: they open a sentence.
const SMALL: &[&str] = &[
    "i", "we", "you", "he", "she", "it", "they", "our", "his", "her", "its", "their", "the", "a", "an", "this", "that",
    "these", "those", "some", "many", "one", "another", "my", "all", "both", "me", "us", "him", "them",
];

fn run(context: &Context<'_>) -> Outcome<Answer> {
    let corpus = corpora::actors(&context.path(TASK.corpus[0]))?;
    let found = context.each(&corpus.inputs, mentions);
    let spans = |keep: fn(&Mention) -> bool| -> Vec<Vec<Points>> { found.iter().map(|it| sorted(it, keep)).collect() };
    let gold: Vec<Vec<Points>> = corpus.gold.iter().map(|it| it.iter().map(|it| it.0).collect()).collect();
    let mut scores = Scores::default();
    let mut misses = Vec::new();
    let all = spans(|_| true);
    let (exact, overlap) = count(&corpus.inputs, &gold, &all, &mut misses);
    scores.add_prf("exact", exact);
    scores.add_prf("overlap", overlap);
    let named = |(input, marked): (&Input, &Vec<Points>)| -> Vec<Points> {
        marked.iter().copied().filter(|at| is_name(&words(input, *at))).collect()
    };
    let names: Vec<Vec<Points>> = corpus.inputs.iter().zip(&gold).map(named).collect();
    let (exact, overlap) = count(&corpus.inputs, &names, &spans(|it| it.named), &mut Vec::new());
    scores.add_prf("names.exact", exact);
    scores.add_prf("names.overlap", overlap);
    for kind in ["Person", "Organisation", "Location", "Nationality"] {
        let of_kind = |(at, of): &(Points, String)| (of == kind).then_some(*at);
        let (mut n_found, mut n_gold) = (0, 0);
        for (marked, found) in corpus.gold.iter().zip(&all) {
            let marked: Vec<Points> = marked.iter().filter_map(of_kind).collect();
            n_gold += marked.len();
            n_found += marked.iter().filter(|at| found.contains(at)).count();
        }
        scores.add_share(format!("exact.R.{}", kind.to_lowercase()), n_found, n_gold);
    }
    Ok(Answer { scores, misses })
}

fn sorted(found: &[Mention], keep: fn(&Mention) -> bool) -> Vec<Points> {
    let mut spans: Vec<Points> = found.iter().filter(|it| keep(it)).map(|it| it.at).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// A capitalised word, the first not counted when it is a small word that opens a sentence.
fn is_name(words: &str) -> bool {
    words.split_whitespace().enumerate().any(|(ix, word)| {
        word.starts_with(char::is_uppercase) && (ix > 0 || !SMALL.contains(&word.to_lowercase().as_str()))
    })
}

/// Exact and overlapping: a found span answers for one marked span.
fn count(inputs: &[Input], gold: &[Vec<Points>], found: &[Vec<Points>], misses: &mut Vec<String>) -> (Counts, Counts) {
    let (mut exact, mut overlap) = (Counts::default(), Counts::default());
    for ((input, gold), predicted) in inputs.iter().zip(gold).zip(found) {
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
    (exact, overlap)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn a_capital_at_the_start_alone_is_no_name() {
        for name in ["Oslo", "the Storting", "The Hague", "3rd Battalion"] {
            assert!(is_name(name), "{name}");
        }
        for other in ["We", "The hospital", "the town", "Their allies"] {
            assert!(!is_name(other), "{other}");
        }
    }
}
