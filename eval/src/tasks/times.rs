//! TimeBank and AQUAINT: TIMEX3.

use super::{Answer, Context, Task, words};
use crate::predictions::times;
use crate::{Outcome, corpora, measures};

const PINNED: &[&str] = &["value.F1", "relaxed.F1", "strict.F1", "type.F1", "relaxed.P", "relaxed.R"];

pub(super) const TIMEBANK: Task = Task {
    name: "times-timebank",
    what: "TimeBank: temporal expressions",
    corpus: &["eval/times/timebank.jsonl"],
    pinned: PINNED,
    on_request: false,
    run: |context| run(context, TIMEBANK.corpus[0]),
};

pub(super) const AQUAINT: Task = Task {
    name: "times-aquaint",
    what: "AQUAINT: temporal expressions",
    corpus: &["eval/times/aquaint.jsonl"],
    pinned: PINNED,
    on_request: false,
    run: |context| run(context, AQUAINT.corpus[0]),
};

fn run(context: &Context<'_>, file: &str) -> Outcome<Answer> {
    let corpus = corpora::times(&context.path(file))?;
    let predicted = context.each(&corpus.inputs, times);
    let (scores, missed) = measures::times(&corpus.gold, &predicted);
    let mut misses: Vec<String> = Vec::new();
    for (document, row, had) in missed {
        let (input, time) = (&corpus.inputs[document], &corpus.gold[document][row]);
        let had = had.map_or_else(
            || "nothing".to_owned(),
            |it| format!("[{}] {} {}", words(input, it.at), it.kind, it.value.as_deref().unwrap_or("-")),
        );
        let value = time.value.as_deref().unwrap_or("-");
        misses.push(format!("{}: [{}] {} {value}, had {had}", input.id, words(input, time.at), time.kind));
    }
    for (document, predicted) in predicted.iter().enumerate() {
        let gold = &corpus.gold[document];
        for made_up in predicted.iter().filter(|it| !gold.iter().any(|time| measures::touch(time.at, it.at))) {
            let input = &corpus.inputs[document];
            let value = made_up.value.as_deref().unwrap_or("-");
            misses.push(format!("{}: made up [{}] {} {value}", input.id, words(input, made_up.at), made_up.kind));
        }
    }
    Ok(Answer { scores, misses })
}
