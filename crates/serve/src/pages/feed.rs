//! What happened on the desk as an Atom feed (RFC 4287).

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::words::{self, EventView};
use crate::app::App;
use crate::guard::form::Asked;
use crate::problem::Problem;

const ENTRIES_MAX: usize = 100;

#[derive(Template)]
#[template(path = "feed.xml", escape = "html")]
struct Feed {
    base: String,
    updated: String,
    entries: Vec<EventView>,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/feed.atom", get(feed))
}

/// All events, or with `?alerts=1` those somebody who follows a matter wants to be told at once.
async fn feed(State(app): State<App>, headers: HeaderMap, Asked(asked): Asked) -> Result<Response, Problem> {
    let only_alerts = asked.get("alerts").is_some();
    let entries = app
        .read(move |desk| {
            let mut found = Vec::new();
            let mut before = None;
            while found.len() < ENTRIES_MAX {
                let events = desk.latest_events(before, 500)?;
                let Some(last) = events.last() else { break };
                before = Some(last.seq);
                for event in events {
                    let story = event.story.clone();
                    let mut view = words::event(event);
                    if only_alerts && !view.is_alert || ENTRIES_MAX <= found.len() {
                        continue;
                    }
                    if view.about.is_empty()
                        && let Ok(card) = desk.story(&story)
                    {
                        view.about = card.title;
                    }
                    found.push(view);
                }
            }
            Ok(found)
        })
        .await?;
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or("localhost");
    let updated = entries.first().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |it| it.at.clone());
    let feed = Feed { base: format!("http://{host}"), updated, entries };
    let text = feed.render().map_err(|_| Problem::fault())?;
    let text = rapporteur_text::shown(&text).into_owned();
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}
