//! Which reports belong together.

use super::{Answer, Context, Task};
use crate::{Outcome, corpora, measures};

const PINNED: &[&str] = &["bcubed.F1", "bcubed.P", "bcubed.R", "pairwise.F1"];

pub(super) const NEWSCLUSTER: Task = Task {
    name: "stories-newscluster",
    what: "380 articles, 69 events, up to ten outlets each",
    corpus: &["eval/stories/newscluster.jsonl"],
    pinned: PINNED,
    on_request: false,
    run: |context| run(context, "newscluster"),
};

pub(super) const WIKINEWS: Task = Task {
    name: "stories-wikinews",
    what: "335 articles, 105 events, two of them catch-alls",
    corpus: &["eval/stories/wikinews_big.jsonl"],
    pinned: PINNED,
    on_request: false,
    run: |context| run(context, "wikinews_big"),
};

pub(super) const BASIL: Task = Task {
    name: "stories-basil",
    what: "300 articles, 100 events from three outlets each",
    corpus: &["eval/stories/basil.jsonl"],
    pinned: PINNED,
    on_request: false,
    run: |context| run(context, "basil"),
};

fn run(context: &Context<'_>, name: &str) -> Outcome<Answer> {
    let corpus = corpora::stories(&context.path(&format!("eval/stories/{name}.jsonl")))?;
    let reports = context.annotate(name, &corpus.inputs);
    let relations = context.system.relate(&reports);
    let mut labels = vec![None; corpus.inputs.len()];
    for story in context.system.group(&reports, &relations) {
        for report in &story.reports {
            if let Some(label) = labels.get_mut(report.ix()) {
                *label = Some(story.id.clone());
            }
        }
    }
    let mut scores = measures::stories(&corpus.gold, &labels);
    add_without_catch_alls(&mut scores, &corpus.gold, &labels);
    let mut misses = Vec::new();
    let title = |ix: usize| corpus.inputs[ix].title.as_deref().unwrap_or("");
    for a in 0..labels.len() {
        for b in a + 1..labels.len() {
            let (same, said) = (corpus.gold[a] == corpus.gold[b], labels[a].is_some() && labels[a] == labels[b]);
            if same != said {
                let what = if same { "parted" } else { "joined" };
                misses.push(format!("{what}: [{}] and [{}]", title(a), title(b)));
            }
        }
    }
    Ok(Answer { scores, misses })
}

/// Two labels of `wikinews_big` gather what has no event of its own: nobody can join their articles but by chance.
const CATCH_ALLS: [&str; 2] = ["wikinews_big-7", "wikinews_big-10"];

fn add_without_catch_alls(scores: &mut measures::Scores, gold: &[String], labels: &[Option<String>]) {
    let kept: Vec<usize> = (0..gold.len()).filter(|it| !CATCH_ALLS.contains(&gold[*it].as_str())).collect();
    if kept.len() == gold.len() {
        return;
    }
    let gold: Vec<String> = kept.iter().map(|it| gold[*it].clone()).collect();
    let labels: Vec<Option<String>> = kept.iter().map(|it| labels[*it].clone()).collect();
    let without = measures::stories(&gold, &labels);
    for name in ["bcubed.F1", "pairwise.F1"] {
        if let Some(value) = without.get(name) {
            scores.add(format!("{name} without catch-alls"), value);
        }
    }
}
