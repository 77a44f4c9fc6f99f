//! What is stated for which day, over all stories; and the same as a calendar to subscribe to.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rapporteur_desk::{Filter, Ledger, Page};
use rapporteur_model::row::ScheduleLedgerRow;

use super::actor::typed;
use super::fact::place;
use super::{Frame, Pager, day_words, encoded, ics, shown};
use crate::app::App;
use crate::guard::Visit;
use crate::guard::form::Asked;
use crate::problem::Problem;

/// Entries of the calendar: the latest days.
const ICS_ROWS_MAX: usize = 2_000;

#[derive(Template)]
#[template(path = "agenda.html")]
struct AgendaPage {
    frame: Frame,
    from: String,
    days: Vec<DayView>,
    pager: Pager,
    is_all: bool,
}

/// A day with what is stated for it.
struct DayView {
    value: String,
    name: String,
    entries: Vec<Dated>,
}

/// Something with a day.
pub(crate) struct Dated {
    pub(crate) value: String,
    pub(crate) date: String,
    pub(crate) status: String,
    pub(crate) text: String,
    /// "also given: 14 May 2031".
    pub(crate) note: String,
    pub(crate) n_origins: u32,
    pub(crate) to: String,
    pub(crate) at: String,
}

impl Dated {
    pub(crate) fn new(row: ScheduleLedgerRow) -> Dated {
        let mut others: Vec<String> = row.history.iter().filter_map(|it| it.date.clone()).collect();
        others.sort();
        let date = day_words(&row.date);
        let mut others: Vec<String> = others.iter().map(|it| day_words(it)).filter(|it| *it != date).collect();
        others.dedup();
        Dated {
            date,
            note: if others.is_empty() { String::new() } else { format!("also given: {}", others.join(", ")) },
            n_origins: row.independent_origins,
            to: format!("/facts/{}", encoded(&row.claim)),
            at: row.history.last().map_or_else(String::new, |it| place(&it.at.report, it.at.span)),
            status: row.status,
            text: row.fact,
            value: row.date,
        }
    }
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/agenda", get(page)).route("/agenda.ics", get(calendar))
}

async fn page(State(app): State<App>, visit: Visit, Asked(asked): Asked) -> Result<Response, Problem> {
    let offset = Pager::offset(&asked)?;
    let is_all = asked.get("all").is_some();
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let since = asked.get("since").map(str::to_owned);
    let from = match (&since, is_all) {
        (Some(day), _) => Some(day.clone()),
        (None, true) => None,
        (None, false) => Some(today.clone()),
    };
    let filter = Filter { from: from.clone(), ..Filter::default() };
    let part = Page { offset, n_max: Pager::ROWS };
    let found = app.read(move |desk| desk.ledger(Ledger::Schedule, &filter, part)).await?;
    let path = match (since, is_all) {
        (Some(day), _) => format!("/agenda?since={}", encoded(&day)),
        (None, true) => "/agenda?all=1".to_owned(),
        (None, false) => "/agenda".to_owned(),
    };
    let pager = Pager::new(&path, offset, found.rows.len(), found.n_all);
    let mut days: Vec<DayView> = Vec::new();
    for row in typed::<ScheduleLedgerRow>(found.rows) {
        let entry = Dated::new(row);
        match days.last_mut() {
            // A day with an hour is that day too.
            Some(day) if day.name == entry.date => day.entries.push(entry),
            _ => days.push(DayView { value: entry.value.clone(), name: entry.date.clone(), entries: vec![entry] }),
        }
    }
    let frame = Frame::new(&visit, "Agenda", "agenda");
    shown(&AgendaPage { frame, from: from.unwrap_or_default(), days, pager, is_all })
}

/// The calendar: what lies ahead in the reports, or was called off; days only.
async fn calendar(State(app): State<App>) -> Result<Response, Problem> {
    let rows = app
        .read(|desk| desk.ledger(Ledger::Schedule, &Filter::default(), Page { offset: 0, n_max: ICS_ROWS_MAX }))
        .await?;
    let text = ics::calendar(&typed(rows.rows));
    Ok(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
}
