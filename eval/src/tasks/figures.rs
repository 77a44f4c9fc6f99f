//! NewsQuant: quantities in news sentences.

use super::{Answer, Context, Task, words};
use crate::predictions::figures;
use crate::{Outcome, corpora, measures};

pub(super) const TASK: Task = Task {
    name: "figures",
    what: "NewsQuant: quantities with unit and change",
    corpus: &["eval/figures/newsquant.jsonl"],
    pinned: &["value.F1", "value+unit.F1", "value+change.F1", "value.P", "value.R"],
    on_request: false,
    run,
};

fn run(context: &Context<'_>) -> Outcome<Answer> {
    let corpus = corpora::figures(&context.path(TASK.corpus[0]))?;
    let predicted = context.each(&corpus.inputs, figures);
    let (scores, missed) = measures::figures(&corpus.gold, &predicted);
    let shown = |(sentence, row): (usize, usize)| {
        let (input, gold) = (&corpus.inputs[sentence], &corpus.gold[sentence][row]);
        let had: Vec<String> = predicted[sentence]
            .iter()
            .map(|it| format!("[{}] {:?} {} {}", words(input, it.at), it.value, it.normalized_unit, it.change))
            .collect();
        let text = String::from_utf8_lossy(&input.bytes);
        let gold = format!("{} {} {}", gold.value, gold.normalized_unit, gold.change);
        format!("{}: {gold}, had {} in: {text}", input.id, had.join(", "))
    };
    Ok(Answer { misses: missed.into_iter().map(shown).collect(), scores })
}
