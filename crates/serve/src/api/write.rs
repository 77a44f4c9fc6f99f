//! What can be done: adding a report, deciding, and checking a text, which changes nothing.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use rapporteur_desk::{AddedReport, Decision, What};
use rapporteur_model::row::{CheckRow, ProblemRow};
use serde::{Deserialize, Serialize};

use super::{Plain, Sent, json};
use crate::app::App;
use crate::ask::{self, Given};
use crate::guard::Visit;
use crate::pages::encoded;
use crate::problem::Problem;

type Answer = Result<Response, Problem>;

/// A report to add.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReport {
    /// Its text, title first; or the whole page.
    #[schemars(length(max = 1_000_000), regex(pattern = r"\S"))]
    text: String,
    /// Its title.
    #[serde(default)]
    title: Option<String>,
    /// Who published it.
    #[serde(default)]
    outlet: Option<String>,
    /// The day it was published.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    date: Option<String>,
    /// Its address.
    #[serde(default)]
    url: Option<String>,
}

/// What came of adding.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct AddedRows {
    /// Reports that are new.
    reports: Vec<AddedReport>,
    /// Reports that were there already.
    n_known: usize,
    /// Stories that are new or have changed.
    stories: Vec<String>,
    /// What was lost or odd.
    problems: Vec<ProblemRow>,
}

/// A decision to make.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
pub(crate) struct NewDecision {
    /// Why, in words for people.
    #[serde(default)]
    why: String,
    /// Who decides; where tokens are needed, it is whose token it is.
    #[serde(default)]
    who: String,
    /// What.
    #[serde(flatten)]
    what: What,
}

/// A text to check.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewText {
    /// The text: Markdown or plain, with or without citations.
    #[schemars(length(max = 100_000), regex(pattern = r"\S"))]
    text: String,
    /// Only against the reports of this story.
    #[serde(default)]
    story: Option<String>,
}

/// What reports make of a text.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct CheckRows {
    /// Its sentences.
    rows: Vec<CheckRow>,
    /// Ids of the reports it was checked against.
    reports: Vec<String>,
}

/// Adds a report; it is read, put into its story and weighed before the answer comes.
#[utoipa::path(post, path = "/api/v1/reports", tag = "reports",
    request_body(content = ref("#/components/schemas/NewReport"), content_type = "application/json"),
    responses(
        (status = 201, description = "It is on the desk.", body = ref("#/components/schemas/AddedRows")),
        (status = 200, description = "It was there already.", body = ref("#/components/schemas/AddedRows"))))]
pub(crate) async fn add(State(app): State<App>, _: Plain, Sent(new): Sent<NewReport>) -> Answer {
    if new.text.trim().is_empty() || 1_000_000 < new.text.chars().count() {
        return Err(Problem::asked(
            "'text' is empty, or longer than a million characters",
            "send the text of one report",
        ));
    }
    let NewReport { text, title, outlet, date, url } = new;
    let given = Given { text, title, outlet, date, url };
    let added = app.write(move |desk, app| given.add(desk, app)).await?;
    let location = added.reports.first().map(|it| format!("/api/v1/reports/{}", encoded(&it.id)));
    let problems = added.problems.into_iter().map(|(_, it)| ProblemRow {
        code: it.code.to_owned(),
        message: it.message,
        span: None,
    });
    let status = if added.reports.is_empty() { StatusCode::OK } else { StatusCode::CREATED };
    let row = AddedRows {
        reports: added.reports,
        n_known: added.n_known,
        stories: added.stories.into_iter().collect(),
        problems: problems.collect(),
    };
    let mut response = json(status, &row);
    if let Some(value) = location.and_then(|it| HeaderValue::from_str(&it).ok()) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    Ok(response)
}

/// Makes a decision, with its effect.
#[utoipa::path(post, path = "/api/v1/decisions", tag = "decisions",
    request_body(content = ref("#/components/schemas/NewDecision"), content_type = "application/json"),
    responses((status = 201, description = "The decision as it is kept.", body = ref("#/components/schemas/Decision"))))]
pub(crate) async fn decide(State(app): State<App>, visit: Visit, _: Plain, Sent(new): Sent<NewDecision>) -> Answer {
    let NewDecision { why, who, what } = new;
    let who = if app.tokens.is_none() && !who.is_empty() { who } else { visit.name };
    let decision = Decision { id: 0, when: String::new(), who, why, what, undone_by: None };
    let kept = app.write(move |desk, _| Ok(desk.decide(decision)?)).await?;
    Ok(json(StatusCode::CREATED, &kept))
}

/// Checks a text, sentence by sentence, against reports of the desk: those of a story, or those that have most of its words.
#[utoipa::path(post, path = "/api/v1/verify", tag = "search",
    request_body(content = ref("#/components/schemas/NewText"), content_type = "application/json"),
    responses((status = 200, description = "Its sentences.", body = ref("#/components/schemas/CheckRows"))))]
pub(crate) async fn verify(State(app): State<App>, _: Plain, Sent(new): Sent<NewText>) -> Answer {
    let NewText { text, story } = new;
    if text.trim().is_empty() || 100_000 < text.chars().count() {
        return Err(Problem::asked("'text' is empty, or longer than 100,000 characters", "send a text of a few pages"));
    }
    let (wanted, of) = (text.clone(), story.clone());
    let reports = app.read(move |desk| ask::reports_for(desk, &wanted, of.as_deref())).await?;
    let ids = reports.iter().map(|it| it.id().to_owned()).collect();
    let rows = app.work(move |app| ask::verify(&text, reports, app)).await?;
    Ok(json(StatusCode::OK, &CheckRows { rows, reports: ids }))
}
