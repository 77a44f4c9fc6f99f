//! PolNeAR: who said what in US news on an election.

use super::{Answer, Context, Task, words};
use crate::predictions::{Quote, quotes};
use crate::system::Input;
use crate::{Outcome, corpora, measures};

pub(super) const DEV: Task = Task {
    name: "quotes-dev",
    what: "PolNeAR, development part: every attribution",
    corpus: &["eval/quotes/polnear_dev.jsonl"],
    pinned: &[
        "joint.F1", "joint.P", "joint.R", "content.overlap.F1", "content.exact.F1", "source.overlap.F1",
        "source.exact.F1", "cue.overlap.F1", "direct.R",
    ],
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
    let (mut scores, missed) = measures::quotes(&corpus.gold, &predicted);
    let direct: Vec<(usize, usize)> = direct(&corpus.inputs, &corpus.gold);
    scores.add_share("direct.R", direct.iter().filter(|it| !missed.contains(it)).count(), direct.len());
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

/// The attributions with a source whose content is all in quotation marks, as (document, row).
fn direct(inputs: &[Input], gold: &[Vec<Quote>]) -> Vec<(usize, usize)> {
    const MARKS: &[char] = &['"', '“', '”', '\'', '‘', '’', '«', '»'];
    let is_direct = |input: &Input, quote: &Quote| {
        let is_marked = |at: &crate::Points| {
            let words = words(input, *at);
            let words = words.trim();
            words.starts_with(MARKS) && words.trim_end_matches(['.', ',', ';', ':', '?', '!']).ends_with(MARKS)
        };
        !quote.source.is_empty() && !quote.content.is_empty() && quote.content.iter().all(is_marked)
    };
    let of_document = |(document, (input, rows)): (usize, (&Input, &Vec<Quote>))| {
        let rows = rows.iter().enumerate().filter(|(_, it)| is_direct(input, it));
        rows.map(|(row, _)| (document, row)).collect::<Vec<_>>()
    };
    inputs.iter().zip(gold).enumerate().flat_map(of_document).collect()
}
