//! The API for programs, under `/api/v1`: the rows of the command line, paged, with ETags, described by the code itself.

mod describe;
mod read;
mod write;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rapporteur_desk::{Filter, Page};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::guard::form::FORM_BYTES_MAX;
use crate::guard::secret::digest;
use crate::problem::Problem;

/// Rows of a page, when nothing is said, and at most.
pub(crate) const ROWS: u32 = 100;
pub(crate) const ROWS_MAX: u32 = 500;

/// Part of a list.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "ListOf{T}")]
pub(crate) struct List<T> {
    /// The rows.
    pub(crate) rows: Vec<T>,
    /// How many there are in all.
    pub(crate) n_all: usize,
    /// What to give as `cursor` for the rows after these; null when there are none.
    pub(crate) next: Option<String>,
}

impl<T> List<T> {
    pub(crate) fn new(found: rapporteur_desk::Rows<T>, page: Page) -> List<T> {
        let end = page.offset + found.rows.len();
        let next = (end < found.n_all && !found.rows.is_empty()).then(|| end.to_string());
        List { rows: found.rows, n_all: found.n_all, next }
    }
}

/// What lists of stories, facts and ledgers are narrowed by.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filters {
    /// Only of this story.
    story: Option<String>,
    /// Only with this actor: its id, or its name where that means one.
    actor: Option<String>,
    /// Only of this outlet.
    outlet: Option<String>,
    /// Only what this independent origin tells.
    origin: Option<String>,
    /// Only at this place, as a report names it.
    place: Option<String>,
    /// Only from this day on.
    from: Option<String>,
    /// Only up to this day.
    to: Option<String>,
    /// Only facts of this kind.
    kind: Option<String>,
    /// Only acts that happened, are scheduled, denied, …
    realis: Option<String>,
    /// Only facts on which reports agree, conflict, …
    verdict: Option<String>,
    /// Only what so many independent origins tell.
    origins_min: Option<u32>,
    /// Facts too that a person said are wrong.
    with_wrong: Option<bool>,
    /// The most rows.
    limit: Option<u32>,
    /// Where to go on: `next` of the page before.
    cursor: Option<String>,
}

impl Filters {
    fn filter(self) -> Result<(Filter, Page), Problem> {
        let page = page(self.limit, self.cursor.as_deref())?;
        let filter = Filter {
            story: given("story", self.story)?,
            actor: given("actor", self.actor)?,
            outlet: given("outlet", self.outlet)?,
            origin: given("origin", self.origin)?,
            place: given("place", self.place)?,
            from: given("from", self.from)?,
            to: given("to", self.to)?,
            kind: given("kind", self.kind)?,
            realis: given("realis", self.realis)?,
            verdict: given("verdict", self.verdict)?,
            origins_min: self.origins_min,
            with_wrong: self.with_wrong.unwrap_or(false),
        };
        Ok((filter, page))
    }
}

/// What lists of reports are narrowed by.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportFilters {
    /// Only of this story.
    story: Option<String>,
    /// Only with this actor: its id, or its name where that means one.
    actor: Option<String>,
    /// Only of this outlet.
    outlet: Option<String>,
    /// Only from this day on.
    from: Option<String>,
    /// Only up to this day.
    to: Option<String>,
    /// The most rows.
    limit: Option<u32>,
    /// Where to go on: `next` of the page before.
    cursor: Option<String>,
}

impl ReportFilters {
    fn filter(self) -> Result<(Filter, Page), Problem> {
        let ReportFilters { story, actor, outlet, from, to, limit, cursor } = self;
        Filters { story, actor, outlet, from, to, limit, cursor, ..Filters::default() }.filter()
    }
}

/// A value that was given, which must not be empty.
fn given(name: &str, value: Option<String>) -> Result<Option<String>, Problem> {
    match value {
        Some(it) if it.is_empty() => {
            Err(Problem::asked(format!("'{name}' is empty"), "give it a value, or leave it out"))
        }
        other => Ok(other),
    }
}

fn page(limit: Option<u32>, cursor: Option<&str>) -> Result<Page, Problem> {
    let n_max = limit.unwrap_or(ROWS);
    if !(1..=ROWS_MAX).contains(&n_max) {
        return Err(Problem::asked(format!("a limit of {n_max} rows"), &format!("give 1 to {ROWS_MAX}")));
    }
    let offset = match cursor {
        None => 0,
        Some(it) if !it.is_empty() && it.len() <= 9 && it.bytes().all(|c| c.is_ascii_digit()) => {
            it.parse().unwrap_or(0)
        }
        Some(it) => {
            return Err(Problem::asked(
                format!("'{it}' is no cursor"),
                "give `next` of the page before, or leave it out",
            ));
        }
    };
    Ok(Page { offset, n_max: n_max as usize })
}

/// The query of an address, as a struct; what is not known is said to be.
pub(crate) struct Ask<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Ask<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Ask<T>, Problem> {
        match Query::<T>::try_from_uri(&parts.uri) {
            Ok(Query(it)) => Ok(Ask(it)),
            Err(error) => Err(Problem::asked(error.body_text(), "look up the parameters at /api")),
        }
    }
}

/// A name in a path.
pub(crate) struct Named(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Named, Problem> {
        match axum::extract::Path::<String>::from_request_parts(parts, state).await {
            Ok(it) => Ok(Named(it.0)),
            Err(error) => Err(Problem::asked(error.body_text(), "percent-encode the id as UTF-8")),
        }
    }
}

/// No query at all.
pub(crate) struct Plain;

impl<S: Send + Sync> FromRequestParts<S> for Plain {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Plain, Problem> {
        match parts.uri.query() {
            None | Some("") => Ok(Plain),
            Some(_) => Err(Problem::asked("there are no parameters here", "leave out what follows the ?")),
        }
    }
}

/// A body in JSON.
pub(crate) struct Sent<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Sent<T>, Problem> {
        let media = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or("");
        if media.split(';').next().map(|it| it.trim().to_ascii_lowercase()).as_deref() != Some("application/json") {
            return Err(Problem::media("application/json"));
        }
        let Ok(bytes) = to_bytes(request.into_body(), FORM_BYTES_MAX).await else {
            return Err(Problem::large(FORM_BYTES_MAX));
        };
        let read = serde_json::from_slice(&bytes).and_then(|it| serde_json::from_value(whole_numbers(it)));
        match read {
            Ok(it) => Ok(Sent(it)),
            Err(error) => {
                Err(Problem::asked(format!("the body cannot be read: {error}"), "look up its fields at /api"))
            }
        }
    }
}

/// JSON Schema takes 3.0 for an integer (draft 2020-12, "integer"), and some programs write all their numbers so.
fn whole_numbers(value: Value) -> Value {
    // Up to here every whole number is exact as a float.
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(it) => match it.as_f64().filter(|n| it.is_f64() && n.fract() == 0.0 && n.abs() < EXACT_MAX) {
            Some(whole) if 0.0 <= whole => Value::from(whole as u64),
            Some(whole) => Value::from(whole as i64),
            None => Value::Number(it),
        },
        Value::Array(list) => list.into_iter().map(whole_numbers).collect(),
        Value::Object(map) => map.into_iter().map(|(key, it)| (key, whole_numbers(it))).collect(),
        other => other,
    }
}

/// An answer in JSON.
pub(crate) fn json(status: StatusCode, row: &impl Serialize) -> Response {
    let body = serde_json::to_vec(row).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// The handlers with their description.
pub(crate) fn described() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(describe::base())
        .routes(routes!(read::desk))
        .routes(routes!(read::stories))
        .routes(routes!(read::story))
        .routes(routes!(read::lineage))
        .routes(routes!(read::facts))
        .routes(routes!(read::fact))
        .routes(routes!(read::quotes))
        .routes(routes!(read::positions))
        .routes(routes!(read::figures))
        .routes(routes!(read::agenda))
        .routes(routes!(read::offices))
        .routes(routes!(read::proposals))
        .routes(routes!(read::reports, write::add))
        .routes(routes!(read::report))
        .routes(routes!(read::actors))
        .routes(routes!(read::actor))
        .routes(routes!(read::search))
        .routes(routes!(read::search_facts))
        .routes(routes!(read::events))
        .routes(routes!(read::decisions, write::decide))
        .routes(routes!(write::verify))
}

pub(crate) fn routes() -> Router<App> {
    let (router, _) = described().split_for_parts();
    router.route("/api/openapi.json", get(document))
}

/// With ETags, which need the state.
pub(crate) fn with_tags(router: Router<App>, app: App) -> Router<App> {
    router.layer(from_fn_with_state(app, tag))
}

async fn document() -> Response {
    json(StatusCode::OK, describe::document())
}

pub(crate) use describe::document as description;

/// Gives every answer a tag that is another one when the answer may be, and says "not modified" to who has it.
async fn tag(State(app): State<App>, request: Request, next: Next) -> Result<Response, Problem> {
    if *request.method() != Method::GET {
        return Ok(next.run(request).await);
    }
    let asked = request.uri().path_and_query().map_or("", |it| it.as_str()).to_owned();
    // The stamp is of before the answer: at worst a client asks once more than it need.
    let stamp = app.read(|desk| desk.stamp()).await?;
    let tag = format!("\"{}\"", &digest(&format!("{stamp} {} {asked}", env!("CARGO_PKG_VERSION")))[..24]);
    let has = request.headers().get(header::IF_NONE_MATCH).and_then(|it| it.to_str().ok()).unwrap_or("");
    let is_same = has.split(',').any(|it| it.trim().trim_start_matches("W/") == tag);
    let mut response = if is_same { StatusCode::NOT_MODIFIED.into_response() } else { next.run(request).await };
    if (response.status().is_success() || is_same)
        && let Ok(value) = HeaderValue::from_str(&tag)
    {
        response.headers_mut().insert(header::ETAG, value);
    }
    Ok(response)
}
