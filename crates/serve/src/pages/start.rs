//! The first page: what is on the desk, what happened last, a box to paste a report into, an example one click away.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use rapporteur_desk::{Added, Desk, Filter, Page, Size};

use super::looked::Looked;
use super::stories::StoryLine;
use super::words::EventView;
use super::{Frame, encoded, go, shown};
use crate::alerts;
use crate::app::App;
use crate::ask::Given;
use crate::guard::Visit;
use crate::guard::form::Form;
use crate::problem::Problem;

const STORIES: usize = 8;
const EVENTS: usize = 12;

/// The reports of the example that ships with the program: invented, like its places.
const EXAMPLE: &[(&str, &str)] = &include!("example.in");

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    frame: Frame,
    size: Size,
    stories: Vec<StoryLine>,
    events: Vec<EventView>,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(page)).route("/add", post(add)).route("/example", post(example))
}

async fn page(State(app): State<App>, visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let looked = Looked::of(&headers);
    let seen = looked.clone();
    let (size, stories, events, latest) = app
        .read(move |desk| {
            let cards = desk.stories(&Filter::default(), Page { offset: 0, n_max: STORIES })?.rows;
            let stories = cards.into_iter().map(|it| StoryLine::new(it, &seen)).collect();
            Ok((desk.size()?, stories, latest_events(desk)?, desk.revision()?))
        })
        .await?;
    let mut response = shown(&StartPage { frame: Frame::new(&visit, "Desk", "start"), size, stories, events })?;
    if !looked.is_known() {
        Looked::all(latest).keep(&mut response);
    }
    Ok(response)
}

/// The latest events with words to them; the titles of stories are theirs of today.
fn latest_events(desk: &Desk) -> Result<Vec<EventView>, rapporteur_desk::Error> {
    Ok(desk.latest_events(None, EVENTS)?.into_iter().map(|it| alerts::seen(desk, it)).collect())
}

/// A report that was pasted.
async fn add(State(app): State<App>, Form(form): Form) -> Result<Response, Problem> {
    let text = form.raw("text").unwrap_or("").trim().to_owned();
    if text.is_empty() {
        return Err(Problem::asked("there is no text in the box", "paste a report into the box and send it again"));
    }
    let known = |name: &str| form.get(name).map(str::to_owned);
    let given = Given { text, outlet: known("outlet"), date: known("date"), ..Given::default() };
    let added = app.write(move |desk, app| given.add(desk, app)).await?;
    Ok(go(&landing(&added)))
}

/// Where adding leads: to the story, when it is one; to the report that was there already; to all stories.
fn landing(added: &Added) -> String {
    match &added.reports[..] {
        [only] => format!("/stories/{}#reports", encoded(&only.story)),
        _ => "/stories".to_owned(),
    }
}

async fn example(State(app): State<App>, _form: Form) -> Result<Response, Problem> {
    let added = app
        .write(|desk, app| {
            let engine = app.engine()?;
            let mut parts = Vec::new();
            for (name, text) in EXAMPLE {
                rapporteur::read_parts(&format!("example/{name}"), text.as_bytes(), |part| parts.push(part));
            }
            Ok(desk.add_read(engine, parts)?)
        })
        .await?;
    Ok(go(&match added.stories.first() {
        Some(story) => format!("/stories/{}", encoded(story)),
        None => "/stories".to_owned(),
    }))
}
