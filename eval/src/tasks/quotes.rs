//! PolNeAR: who said what in US news on an election.

use super::{Answer, Context, Task, words};
use crate::predictions::quotes;
use crate::{Outcome, corpora, measures};

pub(super) const DEV: Task = Task {
    name: "quotes-dev",
    what: "PolNeAR, development part: every attribution",
    corpus: &["eval/quotes/polnear_dev.jsonl"],
    pinned: &["joint.F1", "joint.P", "joint.R", "content.overlap.F1", "source.overlap.F1", "cue.overlap.F1"],
    on_request: false,
    run: |context| run(context, DEV.corpus[0]),
};

pub(super) const TRAIN: Task = Task {
    name: "quotes-train",
    what: "PolNeAR, training part",
    corpus: &["eval/quotes/polnear_train.jsonl"],
    pinned: &["joint.F1"],
    on_request: true,
    run: |context| run(context, TRAIN.corpus[0]),
};

fn run(context: &Context<'_>, file: &str) -> Outcome<Answer> {
    let corpus = corpora::quotes(&context.path(file))?;
    let predicted = context.each(&corpus.inputs, quotes);
    let (scores, missed) = measures::quotes(&corpus.gold, &predicted);
    let shown = |(document, row): (usize, usize)| {
        let (input, quote) = (&corpus.inputs[document], &corpus.gold[document][row]);
        let say =
            |spans: &[crate::Points]| spans.iter().map(|at| words(input, *at)).collect::<Vec<String>>().join(" … ");
        let content = measures::chars(&quote.content);
        let had = predicted[document]
            .iter()
            .find(|it| measures::overlap(&content, &measures::chars(&it.content)) > 0.0)
            .map_or_else(
                || "nothing".to_owned(),
                |it| format!("[{}] [{}] [{}]", say(&it.source), say(&it.cue), say(&it.content)),
            );
        let gold = format!("[{}] [{}] [{}]", say(&quote.source), say(&quote.cue), say(&quote.content));
        format!("{}: {gold}\n    had {had}", input.id)
    };
    Ok(Answer { misses: missed.into_iter().map(shown).collect(), scores })
}
