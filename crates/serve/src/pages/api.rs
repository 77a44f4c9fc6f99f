//! The API for people: what there is to ask, from its own description; and whether the program lives.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;

use super::{Frame, shown};
use crate::app::App;
use crate::guard::Visit;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    frame: Frame,
    about: String,
    operations: Vec<Operation>,
}

struct Operation {
    method: String,
    path: String,
    about: String,
    parameters: Vec<Parameter>,
    /// The row of its answer, by its name in the description.
    answer: String,
    /// The row it takes.
    body: String,
    /// Whether it can be tried by following a link.
    can_try: bool,
}

struct Parameter {
    name: String,
    what: String,
    about: String,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/api", get(page)).route("/healthz", get(health)).route("/metrics", get(metrics))
}

async fn page(visit: Visit) -> Result<Response, Problem> {
    let document = crate::api::description();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for method in ["get", "post"] {
            if let Some(it) = item.get(method) {
                operations.push(operation(method, path, it));
            }
        }
    }
    let about = text(&document["info"]["description"]);
    shown(&ApiPage { frame: Frame::new(&visit, "For programs", ""), about, operations })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("").to_owned()
}

fn operation(method: &str, path: &str, it: &Value) -> Operation {
    let name = |schema: &Value| text(&schema["$ref"]).rsplit('/').next().unwrap_or("").to_owned();
    let parameters: Vec<Parameter> = it["parameters"].as_array().into_iter().flatten().map(parameter).collect();
    let ok = if method == "post" && it["responses"].get("201").is_some() { "201" } else { "200" };
    Operation {
        method: method.to_uppercase(),
        can_try: method == "get" && !path.contains('{') && !parameters.iter().any(|it| it.name == "q"),
        path: path.to_owned(),
        about: text(&it["summary"]),
        answer: name(&it["responses"][ok]["content"]["application/json"]["schema"]),
        body: name(&it["requestBody"]["content"]["application/json"]["schema"]),
        parameters,
    }
}

fn parameter(it: &Value) -> Parameter {
    let schema = &it["schema"];
    let what = match (schema["enum"].as_array(), schema["format"].as_str()) {
        (Some(values), _) => values.iter().map(text).collect::<Vec<_>>().join(", "),
        (None, Some("date")) => "a day, 2031-05-12".to_owned(),
        _ => text(&schema["type"]),
    };
    Parameter { name: text(&it["name"]), what, about: text(&it["description"]) }
}

/// Whether the desk can be read: for who watches over the program.
async fn health(State(app): State<App>) -> Result<Response, Problem> {
    app.read(|desk| desk.revision()).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "ok\n").into_response())
}

async fn metrics(State(app): State<App>) -> Result<Response, Problem> {
    let (size, revision) = app.read(|desk| Ok((desk.size()?, desk.revision()?))).await?;
    let text = app.metrics.text(size, revision);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}
