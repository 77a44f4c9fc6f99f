//! Web pages: running text, and title, authors, day.

use super::{Answer, Context, Task};
use crate::corpora::{Corpus, Page};
use crate::measures::{Counts, Scores};
use crate::system::Input;
use crate::{Outcome, corpora, measures, predictions};

pub(super) const BODY: Task = Task {
    name: "pages-body",
    what: "article-extraction benchmark: running text of 181 pages",
    corpus: &["eval/html/aeb"],
    pinned: &["body.F1", "body.P", "body.R", "body.exact"],
    on_request: false,
    run: |context| run(context, corpora::pages_body(&context.path(BODY.corpus[0]))?),
};

pub(super) const CHECKED: Task = Task {
    name: "pages-fields",
    what: "Fundus: title, authors, day and text of checked pages",
    corpus: &["eval/html/fundus"],
    pinned: &["title", "authors", "date.right", "body.F1"],
    on_request: false,
    run: |context| run(context, corpora::pages_checked(&context.path(CHECKED.corpus[0]))?),
};

pub(super) const DATED: Task = Task {
    name: "pages-dates",
    what: "htmldate's pages: day of publication",
    corpus: &["eval/html/dates"],
    pinned: &["date.right", "date.F1", "date.P"],
    on_request: false,
    run: |context| run(context, corpora::pages_dated(&context.path(DATED.corpus[0]))?),
};

/// The same pages as a reader pastes them. None of them is among those the table of whole pages is learned from.
pub(super) const PASTED: Task = Task {
    name: "pages-pasted",
    what: "Fundus: the pages' whole text without their markup, title and text found again",
    corpus: &["eval/html/fundus"],
    pinned: &["title", "body.F1", "body.P", "body.R"],
    on_request: false,
    run: |context| {
        let mut corpus = corpora::pages_checked(&context.path(PASTED.corpus[0]))?;
        let articles = context.system.read(&corpus.inputs);
        for ((input, gold), article) in corpus.inputs.iter_mut().zip(&mut corpus.gold).zip(articles) {
            *input = Input::text(input.id.clone(), &article.report.text);
            *gold = Page { title: gold.title.take(), body: gold.body.take(), ..Page::default() };
        }
        run(context, corpus)
    },
};

fn run(context: &Context<'_>, corpus: Corpus<Page>) -> Outcome<Answer> {
    let mut answer = Answer::default();
    let (mut titles, mut authors, mut n_dates, mut dates) = ((0, 0), (0, 0), (0, 0), Counts::default());
    let (mut gold_bodies, mut bodies, mut body_ids) = (Vec::new(), Vec::new(), Vec::new());
    let articles = context.system.read(&corpus.inputs);
    for ((input, gold), article) in corpus.inputs.iter().zip(&corpus.gold).zip(&articles) {
        let metadata = &article.metadata;
        let mut say = |field: &str, gold: &str, had: &str| {
            answer.misses.push(format!("{}: {field} [{gold}], had [{had}]", input.id));
        };
        if let Some(title) = &gold.title {
            let had = metadata.title.as_ref().map_or("", |it| &it.value);
            titles.1 += 1;
            if fold(title) == fold(had) { titles.0 += 1 } else { say("title", title, had) }
        }
        if let Some(names) = &gold.authors {
            let set = |names: &mut dyn Iterator<Item = &str>| {
                let mut names: Vec<String> = names.map(fold).collect();
                names.sort();
                names.dedup();
                names
            };
            let wanted = set(&mut names.iter().map(String::as_str));
            let had = set(&mut metadata.authors.iter().map(|it| it.value.as_str()));
            authors.1 += 1;
            if wanted == had { authors.0 += 1 } else { say("authors", &wanted.join("; "), &had.join("; ")) }
        }
        if let Some(date) = &gold.date {
            let had = metadata.date_published.as_ref().map_or("", |it| it.value.get(..10).unwrap_or(&it.value));
            n_dates.1 += 1;
            dates.n_gold += usize::from(!date.is_empty());
            dates.n_predicted += usize::from(!had.is_empty());
            if date == had {
                n_dates.0 += 1;
                dates.hit += usize::from(!date.is_empty());
            } else {
                say("date", date, had);
            }
        }
        if let Some(body) = &gold.body {
            gold_bodies.push(body.clone());
            bodies.push(predictions::body(article));
            body_ids.push(&input.id);
        }
    }
    let scores = &mut answer.scores;
    if !gold_bodies.is_empty() {
        let (body, pages) = measures::body(&gold_bodies, &bodies);
        for (name, value) in body.0 {
            scores.add(format!("body.{name}"), value);
        }
        let poor = body_ids.iter().zip(pages).filter(|(_, f1)| *f1 < 0.8);
        answer.misses.extend(poor.map(|(id, f1)| format!("{id}: body F1 {f1:.3}")));
    }
    add(scores, "title", titles);
    add(scores, "authors", authors);
    if dates.n_gold > 0 {
        add(scores, "date.right", n_dates);
        scores.add_prf("date", dates);
    }
    Ok(answer)
}

fn add(scores: &mut Scores, name: &str, (hit, n): (usize, usize)) {
    scores.add_share(name, hit, n);
}

/// Without case and odd white space, curly marks as straight ones.
fn fold(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|it| match it {
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            '–' | '—' => '-',
            _ => it,
        })
        .collect();
    text.to_lowercase().split_whitespace().collect::<Vec<&str>>().join(" ")
}
