//! One story: its account as it stands now, what is new in it, and the forms that set it right.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use rapporteur_desk::{Filter, Page, StoryAccount, StoryCard};
use rapporteur_model::Content;

use super::looked::Looked;
use super::words::{self, EventView};
use super::{Frame, encoded, go, shown};
use crate::app::App;
use crate::guard::Visit;
use crate::guard::form::Asked;
use crate::problem::Problem;

const EVENTS_MAX: usize = 20;
/// Other stories that a story can be merged with from its page; the others by their id.
const OTHERS_MAX: usize = 60;

#[derive(Template)]
#[template(path = "story.html")]
struct StoryPage {
    frame: Frame,
    id: String,
    path: String,
    title: String,
    /// The account, made and escaped where accounts are made.
    account: String,
    new: Vec<EventView>,
    reports: Vec<Choice>,
    others: Vec<Choice>,
    actors: Vec<Choice>,
    siblings: Vec<Choice>,
}

/// Something to choose in a form.
struct Choice {
    value: String,
    name: String,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/stories/{id}", get(page)).route("/stories/{id}/{form}", get(as_form))
}

async fn page(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    // Parts are numbered from 1; whatever else stands there is the first.
    let part = asked.get("facts").and_then(|it| it.parse::<usize>().ok()).map_or(0, |it| it.saturating_sub(1));
    let mut looked = Looked::of(&headers);
    let seen = looked.clone();
    let name = id.clone();
    let may_write = visit.may_write();
    let (told, account, new, others, latest) = app
        .read(move |desk| {
            let told = desk.account(&name)?;
            let account = rapporteur::account_html(&told.account, &told.claims, &told.collection, part);
            let new = desk.events_of(&name, seen.seen(&told.card.id), EVENTS_MAX)?;
            let others = match may_write {
                true => desk.stories(&Filter::default(), Page { offset: 0, n_max: OTHERS_MAX })?.rows,
                false => Vec::new(),
            };
            Ok((told, account, new, others, desk.revision()?))
        })
        .await?;
    if told.card.id != id {
        // It became part of another; that one's address lasts.
        return Ok(go(&format!("/stories/{}", encoded(&told.card.id))));
    }
    let choice = |it: StoryCard| Choice { value: it.id, name: it.title };
    let siblings = others.iter().filter(|it| it.id != id && it.storyline == told.card.storyline).cloned().map(choice);
    let page = StoryPage {
        frame: Frame::new(&visit, &told.card.title, "stories"),
        path: format!("/stories/{}", encoded(&id)),
        account,
        new: new.into_iter().map(words::event).collect(),
        reports: reports(&told),
        actors: actors(&told),
        siblings: siblings.collect(),
        others: others.into_iter().filter(|it| it.id != id).map(choice).collect(),
        title: told.card.title,
        id,
    };
    let mut response = shown(&page)?;
    looked.open(&page.id, latest);
    looked.keep(&mut response);
    Ok(response)
}

fn reports(told: &StoryAccount) -> Vec<Choice> {
    let all = &told.collection.reports;
    let choice = |it: &rapporteur_model::ReportCard| {
        let id = all.get(it.report.ix()).map_or("", |it| it.id()).to_owned();
        Choice { name: it.title.clone().unwrap_or_else(|| id.clone()), value: id }
    };
    told.account.reports.iter().map(choice).collect()
}

/// Who acts and speaks in the story, by name.
fn actors(told: &StoryAccount) -> Vec<Choice> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for claim in &told.claims {
        let of = match &claim.content {
            Content::Act(act) => act.actors.iter().chain(&act.recipients).collect(),
            Content::Statement(it) => it.speakers.iter().collect(),
            Content::Figure(_) => Vec::new(),
        };
        for it in of {
            names.entry(it.id.clone()).or_insert_with(|| it.name.clone());
        }
    }
    let mut found: Vec<Choice> = names.into_iter().map(|(value, name)| Choice { value, name }).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.value.cmp(&b.value)));
    found
}

/// The account in another form, as a file: `account.md`, `account.html`, `account.json`.
async fn as_form(State(app): State<App>, Path((id, form)): Path<(String, String)>) -> Result<Response, Problem> {
    let Some(format) = rapporteur::FORMATS.iter().find(|it| form == format!("account.{}", it.extension)) else {
        let names: Vec<String> = rapporteur::FORMATS.iter().map(|it| format!("account.{}", it.extension)).collect();
        return Err(Problem::not_found(format!("a story has no '{form}'"), &format!("there are {}", names.join(", "))));
    };
    let text = app
        .read(move |desk| {
            let told = desk.account(&id)?;
            let account = (told.account, told.claims);
            Ok(rapporteur::render(&account, &told.collection, format.name)?)
        })
        .await?;
    Ok(super::download(&form, text.into_bytes()))
}
