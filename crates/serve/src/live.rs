//! Live pages: what happens on the desk, as server-sent events, whoever wrote it.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;
use tokio::sync::OwnedSemaphorePermit;

use crate::app::App;
use crate::guard::form::Asked;
use crate::problem::Problem;

/// Other programs write to the desk too; so often it is looked whether they did.
const LOOK_OUT: Duration = Duration::from_secs(1);
/// Events that are sent at once to a page that has missed some.
const MISSED_MAX: usize = 200;

/// Looks for what other programs wrote, as long as the program runs.
pub(crate) async fn look_out(app: App) {
    loop {
        tokio::time::sleep(LOOK_OUT).await;
        match app.read(|desk| desk.revision()).await {
            Ok(latest) => {
                app.latest.send_if_modified(|it| *it < latest && std::mem::replace(it, latest) != latest);
            }
            Err(error) => tracing::warn!("the desk cannot be read: {error}"),
        }
    }
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/events", get(events))
}

/// Where a stream stands.
struct Follower {
    app: App,
    latest: tokio::sync::watch::Receiver<i64>,
    after: i64,
    waiting: std::collections::VecDeque<Event>,
    _permit: OwnedSemaphorePermit,
}

async fn events(State(app): State<App>, headers: HeaderMap, Asked(asked): Asked) -> Result<Response, Problem> {
    asked.only(&["after"])?;
    let Ok(permit) = app.streams.clone().try_acquire_owned() else {
        return Err(Problem::asked(
            "too many live pages are open",
            "close some, or load pages anew to see what is new",
        ));
    };
    let last = headers.get("last-event-id").and_then(|it| it.to_str().ok()).or(asked.get("after"));
    let latest = app.latest.subscribe();
    let now = *latest.borrow();
    let after = last.and_then(|it| it.parse().ok()).unwrap_or(now);
    let follower = Follower { app, latest, after, waiting: Default::default(), _permit: permit };
    let told = stream::unfold(follower, next);
    Ok(Sse::new(told).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response())
}

/// The next event, when there is one; nothing more when the program ends or the desk cannot be read.
async fn next(mut at: Follower) -> Option<(Result<Event, Infallible>, Follower)> {
    loop {
        if let Some(event) = at.waiting.pop_front() {
            return Some((Ok(event), at));
        }
        let latest = *at.latest.borrow_and_update();
        if latest == i64::MAX {
            return None;
        }
        if latest <= at.after {
            at.latest.changed().await.ok()?;
            continue;
        }
        let after = at.after;
        let events = at.app.read(move |desk| desk.events(after, &[], MISSED_MAX)).await.ok()?;
        at.after = events.last().map_or(latest, |it| it.seq);
        for event in events {
            // What it is about has a page; its words stay there.
            let row = serde_json::json!({
                "seq": event.seq, "at": event.at, "kind": event.kind, "story": event.story, "subject": event.subject,
            });
            at.waiting.push_back(Event::default().id(event.seq.to_string()).event("desk").data(row.to_string()));
        }
    }
}
