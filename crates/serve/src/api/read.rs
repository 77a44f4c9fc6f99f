//! What can be asked.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use rapporteur::rows;
use rapporteur_desk::{
    ActorCard, Decision, Desk, Error, Event, EventKind, Facets, Filter, Ledger, Page, ReportCard, Size, StoryCard,
};
use rapporteur_model::row::{AccountRow, AnnotateRow, OriginRow, RelationRow};
use rapporteur_text::Unit;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::{Ask, Filters, List, Named, Plain, ReportFilters, given, json, page};
use crate::app::App;
use crate::ask;
use crate::problem::Problem;

type Answer = Result<Response, Problem>;

/// How much is on the desk, and the number of its latest event.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct DeskRow {
    /// How much there is.
    #[serde(flatten)]
    size: Size,
    /// Number of the latest event.
    revision: i64,
    /// The engine that made the records.
    engine: String,
}

/// A story with its account.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct StoryRow {
    /// The story as lists have it.
    story: StoryCard,
    /// The account, the row of `rapporteur brief --format json`.
    account: AccountRow,
}

/// How the reports of a story depend on each other.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct LineageRow {
    /// The pairs, rows of `rapporteur relate`.
    relations: Vec<RelationRow>,
    /// The independent origins.
    origins: Vec<OriginRow>,
}

/// A report with everything found in it.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct ReportRow {
    /// The report as lists have it.
    card: ReportCard,
    /// The row of `rapporteur annotate`.
    report: AnnotateRow,
}

/// What was found.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "FoundOf{T}")]
pub(crate) struct FoundRows<T> {
    /// The rows.
    rows: Vec<T>,
    /// How many there are in all.
    n_all: usize,
    /// What to give as `cursor` for the rows after these; null when there are none.
    next: Option<String>,
    /// What they are, counted.
    facets: Facets,
    /// Set when the query could not be read as it stands: why, and what was done.
    note: Option<String>,
}

/// What happened.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct EventRows {
    /// The events, the earliest first.
    rows: Vec<Event>,
    /// What to give as `after` next time.
    latest: i64,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Unitary {
    /// Unit of all offsets in the row.
    offsets: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ActorFilters {
    /// Part of a name, whatever its case.
    name: Option<String>,
    /// The most rows.
    limit: Option<u32>,
    /// Where to go on: `next` of the page before.
    cursor: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Words {
    /// The words: `ferry captain`, `"set out at noon"`, `harb*`, `ferry OR boat`, `-inquiry`, `title:ferry`.
    q: String,
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

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct After {
    /// Only events after the one of this number.
    after: Option<i64>,
    /// Only those somebody who follows a matter wants to be told at once.
    alerts: Option<bool>,
    /// The most rows.
    limit: Option<u32>,
}

/// How much is on the desk.
#[utoipa::path(get, path = "/api/v1/desk", tag = "desk",
    responses((status = 200, description = "How much there is.", body = ref("#/components/schemas/DeskRow"))))]
pub(crate) async fn desk(State(app): State<App>, _: Plain) -> Answer {
    let row = app
        .read(|desk| {
            let engine = rapporteur_desk::ENGINE.to_owned();
            Ok(DeskRow { size: desk.size()?, revision: desk.revision()?, engine })
        })
        .await?;
    Ok(json(StatusCode::OK, &row))
}

/// Stories, the latest day first.
#[utoipa::path(get, path = "/api/v1/stories", tag = "stories", params(Filters),
    responses((status = 200, description = "Stories.", body = ref("#/components/schemas/ListOfStoryCard"))))]
pub(crate) async fn stories(State(app): State<App>, Ask(asked): Ask<Filters>) -> Answer {
    listed(app, asked, |desk, filter, page| desk.stories(filter, page)).await
}

/// A story with its account.
#[utoipa::path(get, path = "/api/v1/stories/{id}", tag = "stories",
    params(("id" = String, Path, description = "Its id, also one it had before it became part of another.")),
    responses((status = 200, description = "The story.", body = ref("#/components/schemas/StoryRow"))))]
pub(crate) async fn story(State(app): State<App>, Named(id): Named, _: Plain) -> Answer {
    let row = app
        .read(move |desk| {
            let told = desk.account(&id)?;
            let text = rapporteur::render(&(told.account, told.claims), &told.collection, "json")?;
            Ok(StoryRow { story: told.card, account: serde_json::from_str(&text).unwrap_or_default() })
        })
        .await?;
    Ok(json(StatusCode::OK, &row))
}

/// Which report of a story comes from which.
#[utoipa::path(get, path = "/api/v1/stories/{id}/lineage", tag = "stories",
    params(("id" = String, Path, description = "Id of the story.")),
    responses((status = 200, description = "The pairs and the origins.", body = ref("#/components/schemas/LineageRow"))))]
pub(crate) async fn lineage(State(app): State<App>, Named(id): Named, _: Plain) -> Answer {
    let row = app
        .read(move |desk| {
            let it = desk.account(&id)?.collection;
            let relations = rows::relation_rows(&it.reports, &it.relations, Unit::Char);
            Ok(LineageRow { relations, origins: rows::origin_rows(&it.reports, &it.relations) })
        })
        .await?;
    Ok(json(StatusCode::OK, &row))
}

/// Facts, those told first on the latest day first; within a story by weight.
#[utoipa::path(get, path = "/api/v1/facts", tag = "facts", params(Filters),
    responses((status = 200, description = "Facts.", body = ref("#/components/schemas/ListOfFactRow"))))]
pub(crate) async fn facts(State(app): State<App>, Ask(asked): Ask<Filters>) -> Answer {
    listed(app, asked, |desk, filter, page| desk.facts(filter, page)).await
}

/// A fact, a wrong one too.
#[utoipa::path(get, path = "/api/v1/facts/{id}", tag = "facts",
    params(("id" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The fact.", body = ref("#/components/schemas/FactRow"))))]
pub(crate) async fn fact(State(app): State<App>, Named(id): Named, _: Plain) -> Answer {
    let row = app.read(move |desk| desk.fact(&id)).await?;
    Ok(json(StatusCode::OK, &row))
}

/// What was said, with every printing.
#[utoipa::path(get, path = "/api/v1/quotes", tag = "ledgers", params(Filters),
    responses((status = 200, description = "Quotes.", body = ref("#/components/schemas/ListOfQuoteLedgerRow"))))]
pub(crate) async fn quotes(State(app): State<App>, Ask(asked): Ask<Filters>) -> Answer {
    listed(app, asked, |desk, filter, page| desk.ledger(Ledger::Quotes, filter, page)).await
}

/// Who stands where on what.
#[utoipa::path(get, path = "/api/v1/positions", tag = "ledgers", params(Filters),
    responses((status = 200, description = "Positions.", body = ref("#/components/schemas/ListOfPositionLedgerRow"))))]
pub(crate) async fn positions(State(app): State<App>, Ask(asked): Ask<Filters>) -> Answer {
    listed(app, asked, |desk, filter, page| desk.ledger(Ledger::Positions, filter, page)).await
}

/// Measures with the values stated for them, which are never added up.
#[utoipa::path(get, path = "/api/v1/figures", tag = "ledgers", params(Filters),
    responses((status = 200, description = "Figures.", body = ref("#/components/schemas/ListOfFigureLedgerRow"))))]
pub(crate) async fn figures(State(app): State<App>, Ask(asked): Ask<Filters>) -> Answer {
    listed(app, asked, |desk, filter, page| desk.ledger(Ledger::Figures, filter, page)).await
}

/// What is stated for which day.
#[utoipa::path(get, path = "/api/v1/agenda", tag = "ledgers", params(Filters),
    responses((status = 200, description = "Dated facts.", body = ref("#/components/schemas/ListOfScheduleLedgerRow"))))]
pub(crate) async fn agenda(State(app): State<App>, Ask(asked): Ask<Filters>) -> Answer {
    listed(app, asked, |desk, filter, page| desk.ledger(Ledger::Schedule, filter, page)).await
}

/// Who left an office and who came.
#[utoipa::path(get, path = "/api/v1/offices", tag = "ledgers", params(Filters),
    responses((status = 200, description = "Offices.", body = ref("#/components/schemas/ListOfOfficeLedgerRow"))))]
pub(crate) async fn offices(State(app): State<App>, Ask(asked): Ask<Filters>) -> Answer {
    listed(app, asked, |desk, filter, page| desk.ledger(Ledger::Offices, filter, page)).await
}

/// Plans and drafts that are on the table, with their versions and who is for or against them.
#[utoipa::path(get, path = "/api/v1/proposals", tag = "ledgers", params(Filters),
    responses((status = 200, description = "Proposals.", body = ref("#/components/schemas/ListOfProposalLedgerRow"))))]
pub(crate) async fn proposals(State(app): State<App>, Ask(asked): Ask<Filters>) -> Answer {
    listed(app, asked, |desk, filter, page| desk.ledger(Ledger::Proposals, filter, page)).await
}

/// Reports, the latest day first.
#[utoipa::path(get, path = "/api/v1/reports", tag = "reports", params(ReportFilters),
    responses((status = 200, description = "Reports.", body = ref("#/components/schemas/ListOfReportCard"))))]
pub(crate) async fn reports(State(app): State<App>, Ask(asked): Ask<ReportFilters>) -> Answer {
    let (filter, page) = asked.filter()?;
    let found = app.read(move |desk| desk.reports(&filter, page)).await?;
    Ok(json(StatusCode::OK, &List::new(found, page)))
}

/// A report with its text and everything found in it.
#[utoipa::path(get, path = "/api/v1/reports/{id}", tag = "reports",
    params(("id" = String, Path, description = "Its id."), Unitary),
    responses((status = 200, description = "The report.", body = ref("#/components/schemas/ReportRow"))))]
pub(crate) async fn report(State(app): State<App>, Named(id): Named, Ask(asked): Ask<Unitary>) -> Answer {
    let unit = match asked.offsets.as_deref() {
        None | Some("char") => Unit::Char,
        Some("byte") => Unit::Byte,
        Some("utf16") => Unit::Utf16,
        Some(other) => {
            return Err(Problem::asked(format!("'{other}' is no unit of offsets"), "give char, byte or utf16"));
        }
    };
    let row = app
        .read(move |desk| {
            let report = desk.report(&id)?;
            Ok(ReportRow { card: desk.report_card(&id)?, report: rows::annotate_row(&report, unit, false) })
        })
        .await?;
    Ok(json(StatusCode::OK, &row))
}

/// Actors, those in most reports first.
#[utoipa::path(get, path = "/api/v1/actors", tag = "actors", params(ActorFilters),
    responses((status = 200, description = "Actors.", body = ref("#/components/schemas/ListOfActorCard"))))]
pub(crate) async fn actors(State(app): State<App>, Ask(asked): Ask<ActorFilters>) -> Answer {
    let page = page(asked.limit, asked.cursor.as_deref())?;
    let name = given("name", asked.name)?.unwrap_or_default();
    let found = app.read(move |desk| desk.actors(&name, page)).await?;
    Ok(json(StatusCode::OK, &List::<ActorCard>::new(found, page)))
}

/// An actor.
#[utoipa::path(get, path = "/api/v1/actors/{id}", tag = "actors",
    params(("id" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The actor.", body = ref("#/components/schemas/ActorCard"))))]
pub(crate) async fn actor(State(app): State<App>, Named(id): Named, _: Plain) -> Answer {
    let row = app
        .read(move |desk| {
            let card = desk.actor(&id)?;
            // A path is an id; names are for filters.
            Ok((card.id == id).then_some(card))
        })
        .await?;
    let Some(row) = row else {
        return Err(Problem::not_found("there is no actor of that id", "/api/v1/actors?name=… finds actors by name"));
    };
    Ok(json(StatusCode::OK, &row))
}

/// Reports by words, the best first, with the exact places of what matched.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(Words),
    responses((status = 200, description = "Reports.", body = ref("#/components/schemas/FoundOfReportHit"))))]
pub(crate) async fn search(State(app): State<App>, Ask(asked): Ask<Words>) -> Answer {
    let (q, filter, page) = words(asked)?;
    let row = app
        .read(move |desk| {
            let (found, note) = ask::leniently(&q, |q| desk.search(q, &filter, page))?;
            Ok(found_rows(found.map(|it| (it.hits, it.facets)), note, page))
        })
        .await?;
    Ok(json(StatusCode::OK, &row))
}

/// Facts by words, the best first.
#[utoipa::path(get, path = "/api/v1/search/facts", tag = "search", params(Words),
    responses((status = 200, description = "Facts.", body = ref("#/components/schemas/FoundOfFactHit"))))]
pub(crate) async fn search_facts(State(app): State<App>, Ask(asked): Ask<Words>) -> Answer {
    let (q, filter, page) = words(asked)?;
    let row = app
        .read(move |desk| {
            let (found, note) = ask::leniently(&q, |q| desk.search_facts(q, &filter, page))?;
            Ok(found_rows(found.map(|it| (it.hits, it.facets)), note, page))
        })
        .await?;
    Ok(json(StatusCode::OK, &row))
}

/// What happened on the desk, the earliest first.
#[utoipa::path(get, path = "/api/v1/events", tag = "desk", params(After),
    responses((status = 200, description = "Events.", body = ref("#/components/schemas/EventRows"))))]
pub(crate) async fn events(State(app): State<App>, Ask(asked): Ask<After>) -> Answer {
    let page = page(asked.limit, None)?;
    let after = asked.after.unwrap_or(0);
    if after < 0 {
        return Err(Problem::asked(
            "no event has a number below 0",
            "give the number of the last event you know, or 0",
        ));
    }
    let wanted: Vec<EventKind> = match asked.alerts {
        Some(true) => EventKind::ALL.into_iter().filter(|it| it.is_alert()).collect(),
        _ => Vec::new(),
    };
    let row = app
        .read(move |desk| {
            let rows = desk.events(after, &wanted, page.n_max)?;
            Ok(EventRows { latest: rows.last().map_or(after, |it| it.seq), rows })
        })
        .await?;
    Ok(json(StatusCode::OK, &row))
}

/// All decisions, the earliest first, those taken back among them.
#[utoipa::path(get, path = "/api/v1/decisions", tag = "decisions",
    responses((status = 200, description = "Decisions.", body = ref("#/components/schemas/ListOfDecision"))))]
pub(crate) async fn decisions(State(app): State<App>, _: Plain) -> Answer {
    let rows: Vec<Decision> = app.read(|desk| desk.decisions()).await?;
    let n_all = rows.len();
    Ok(json(StatusCode::OK, &List { rows, n_all, next: None }))
}

async fn listed<T: Serialize + Send + 'static>(
    app: App,
    asked: Filters,
    list: impl FnOnce(&Desk, &Filter, Page) -> Result<rapporteur_desk::Rows<T>, Error> + Send + 'static,
) -> Answer {
    let (filter, page) = asked.filter()?;
    let found = app.read(move |desk| list(desk, &filter, page)).await?;
    Ok(json(StatusCode::OK, &List::new(found, page)))
}

fn words(asked: Words) -> Result<(String, Filter, Page), Problem> {
    let Words { q, story, actor, outlet, from, to, limit, cursor } = asked;
    let (filter, page) = ReportFilters { story, actor, outlet, from, to, limit, cursor }.filter()?;
    if q.trim().is_empty() || 500 < q.chars().count() {
        return Err(Problem::asked(
            "'q' is empty, or longer than 500 characters",
            "say what to look for in a few words",
        ));
    }
    Ok((q, filter, page))
}

fn found_rows<T>(found: Option<(rapporteur_desk::Rows<T>, Facets)>, note: Option<String>, page: Page) -> FoundRows<T> {
    let (hits, facets) = found.unwrap_or((rapporteur_desk::Rows { rows: Vec::new(), n_all: 0 }, Facets::default()));
    let List { rows, n_all, next } = List::new(hits, page);
    FoundRows { rows, n_all, next, facets, note }
}
