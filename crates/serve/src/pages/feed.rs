//! What happened on the desk as an Atom feed (RFC 4287).

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::alerts;
use crate::app::App;
use crate::guard::form::Asked;
use crate::problem::Problem;

const ENTRIES_MAX: usize = 100;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/feed.atom", get(feed)).route("/alerts.atom", get(only_alerts))
}

/// All events, or with `?alerts=1` those somebody who follows a matter wants to be told at once.
async fn feed(State(app): State<App>, headers: HeaderMap, Asked(asked): Asked) -> Result<Response, Problem> {
    answer(&app, &headers, asked.get("alerts").is_some()).await
}

async fn only_alerts(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    answer(&app, &headers, true).await
}

async fn answer(app: &App, headers: &HeaderMap, only_alerts: bool) -> Result<Response, Problem> {
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or("localhost");
    let room = format!("http://{host}");
    let text = app
        .read(move |desk| {
            let events = alerts::latest(desk, only_alerts, 0, ENTRIES_MAX)?;
            alerts::atom(desk, events, only_alerts, Some(&room))
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}
