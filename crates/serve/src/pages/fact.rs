//! One fact: the words that bear it out, what differs, and the forms that set it right. Its address lasts.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use rapporteur_desk::{Desk, Error, FactRow};
use rapporteur_model::row::SupportRow;

use super::{Frame, day_words, encoded, shown, words};
use crate::app::App;
use crate::guard::Visit;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "fact.html")]
struct FactPage {
    frame: Frame,
    id: String,
    path: String,
    fact: String,
    story: String,
    story_title: String,
    kind: String,
    verdict: String,
    origins: Vec<String>,
    date: Option<String>,
    place: Option<String>,
    told_on: Option<String>,
    realis: Option<String>,
    is_wrong: bool,
    support: Vec<WordsView>,
    variants: Vec<VariantView>,
    silent: Vec<ReportLink>,
    /// Whether somebody may not be the one who said it.
    is_statement: bool,
}

/// Words of a report, with a link to where they stand.
struct WordsView {
    text: String,
    report: String,
    name: String,
    to: String,
    /// The place as forms bring it back: `120-160`.
    span: String,
}

struct VariantView {
    value: String,
    nature: String,
    name: String,
    to: String,
}

struct ReportLink {
    name: String,
    to: String,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/facts/{id}", get(page))
}

/// The address of words in a report.
pub(crate) fn place(report: &str, span: (u32, u32)) -> String {
    format!("/reports/{}?at={}-{}#at", encoded(report), span.0, span.1)
}

async fn page(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Result<Response, Problem> {
    let page = app
        .read(move |desk| {
            let fact = desk.fact(&id)?;
            let story = desk.story(&fact.row.story)?;
            view(desk, &visit, fact, story.title)
        })
        .await?;
    shown(&page)
}

fn view(desk: &Desk, visit: &Visit, fact: FactRow, story_title: String) -> Result<FactPage, Error> {
    let FactRow { row, date, told_on, realis, place: spot, is_wrong } = fact;
    let name = |report: &str| -> Result<String, Error> {
        let card = desk.report_card(report)?;
        Ok(match (card.outlet, card.title) {
            (Some(outlet), Some(title)) => format!("{outlet}: {title}"),
            (one, other) => one.or(other).unwrap_or(card.id),
        })
    };
    let mut support = Vec::new();
    for it in &row.support {
        let SupportRow { report, span, text } = it.clone();
        let (name, to) = (name(&report)?, place(&report, span));
        support.push(WordsView { text, name, to, span: format!("{}-{}", span.0, span.1), report });
    }
    let mut variants = Vec::new();
    for it in &row.variants {
        let (name, to) = (name(&it.report)?, place(&it.report, it.span));
        variants.push(VariantView { value: it.value.clone(), nature: it.nature.clone(), name, to });
    }
    let mut silent = Vec::new();
    for it in &row.silent {
        silent.push(ReportLink { name: name(it)?, to: format!("/reports/{}", encoded(it)) });
    }
    Ok(FactPage {
        frame: Frame::new(visit, &row.fact, "stories"),
        path: format!("/facts/{}", encoded(&row.id)),
        story: format!("/stories/{}", encoded(&row.story)),
        verdict: words::verdict(&row.verdict).to_owned(),
        is_statement: row.kind == "statement",
        kind: row.kind,
        id: row.id,
        fact: row.fact,
        story_title,
        origins: row.origins,
        date,
        place: spot,
        told_on: told_on.map(|it| day_words(&it)),
        realis,
        is_wrong,
        support,
        variants,
        silent,
    })
}
