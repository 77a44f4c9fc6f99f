//! Who is named: all actors, and one with what it did, said, stands for and is about to do.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use rapporteur_desk::{ActorCard, Filter, Ledger, LedgerRow, Page};
use rapporteur_model::row::{PositionLedgerRow, QuoteLedgerRow, ScheduleLedgerRow};

use super::agenda::Dated;
use super::fact::place;
use super::looked::Looked;
use super::stories::StoryLine;
use super::{Frame, Pager, day_words, encoded, shown, words};
use crate::app::App;
use crate::guard::Visit;
use crate::guard::form::Asked;
use crate::problem::Problem;

const ROWS_MAX: usize = 60;

#[derive(Template)]
#[template(path = "actors.html")]
struct ActorsPage {
    frame: Frame,
    actors: Vec<ActorLine>,
    pager: Pager,
    asked: String,
}

struct ActorLine {
    card: ActorCard,
    to: String,
}

#[derive(Template)]
#[template(path = "actor.html")]
struct ActorPage {
    frame: Frame,
    card: ActorCard,
    search: String,
    positions: Vec<Position>,
    quotes: Vec<Quote>,
    dated: Vec<Dated>,
    facts: Vec<FactLine>,
    stories: Vec<StoryLine>,
    n_facts: usize,
}

struct Position {
    side: &'static str,
    issue: String,
    told_on: String,
    n_origins: u32,
    is_changed: bool,
    to: String,
}

struct Quote {
    text: String,
    is_quoted: bool,
    date: Option<String>,
    n_origins: u32,
    at: String,
    to: String,
}

struct FactLine {
    text: String,
    verdict: String,
    told_on: Option<String>,
    to: String,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/actors", get(list)).route("/actors/{id}", get(page))
}

async fn list(State(app): State<App>, visit: Visit, Asked(asked): Asked) -> Result<Response, Problem> {
    let offset = Pager::offset(&asked)?;
    let text = asked.get("name").unwrap_or("").to_owned();
    let path = if text.is_empty() { "/actors".to_owned() } else { format!("/actors?name={}", encoded(&text)) };
    let name = text.clone();
    let found = app.read(move |desk| desk.actors(&name, Page { offset, n_max: Pager::ROWS })).await?;
    let pager = Pager::new(&path, offset, found.rows.len(), found.n_all);
    let line = |card: ActorCard| ActorLine { to: format!("/actors/{}", encoded(&card.id)), card };
    let actors = found.rows.into_iter().map(line).collect();
    shown(&ActorsPage { frame: Frame::new(&visit, "Actors", "actors"), actors, pager, asked: text })
}

/// The typed rows of a ledger; one that cannot be read so is left out.
pub(crate) fn typed<T: serde::de::DeserializeOwned>(rows: Vec<LedgerRow>) -> Vec<T> {
    rows.into_iter().filter_map(|it| serde_json::from_value(it.row).ok()).collect()
}

async fn page(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Result<Response, Problem> {
    let page = app
        .read(move |desk| {
            let card = desk.actor(&id)?;
            let filter = Filter { actor: Some(card.id.clone()), ..Filter::default() };
            let part = Page { offset: 0, n_max: ROWS_MAX };
            let positions: Vec<PositionLedgerRow> = typed(desk.ledger(Ledger::Positions, &filter, part)?.rows);
            let quotes: Vec<QuoteLedgerRow> = typed(desk.ledger(Ledger::Quotes, &filter, part)?.rows);
            let dated: Vec<ScheduleLedgerRow> = typed(desk.ledger(Ledger::Schedule, &filter, part)?.rows);
            let facts = desk.facts(&filter, part)?;
            let stories = desk.stories(&filter, part)?.rows;
            let nothing_new = Looked::default();
            Ok(ActorPage {
                frame: Frame::new(&visit, &card.name, "actors"),
                search: format!(
                    "/search?in=facts&q={}",
                    encoded(&format!("actor:\"{}\"", card.name.replace('"', " ")))
                ),
                positions: positions.into_iter().filter(|it| it.actor == card.id).map(position).collect(),
                quotes: quotes.into_iter().filter_map(quote).collect(),
                dated: dated.into_iter().map(Dated::new).collect(),
                n_facts: facts.n_all,
                facts: facts
                    .rows
                    .into_iter()
                    .map(|it| FactLine {
                        to: format!("/facts/{}", encoded(&it.row.id)),
                        verdict: words::verdict(&it.row.verdict).to_owned(),
                        told_on: it.told_on.map(|it| day_words(&it)),
                        text: it.row.fact,
                    })
                    .collect(),
                stories: stories.into_iter().map(|it| StoryLine::new(it, &nothing_new)).collect(),
                card,
            })
        })
        .await?;
    shown(&page)
}

fn position(it: PositionLedgerRow) -> Position {
    let side = match it.stance.as_str() {
        "support" => "for",
        "oppose" => "against",
        _ => "reserved",
    };
    Position {
        side,
        issue: it.issue,
        told_on: it.told_on.as_deref().map_or_else(String::new, day_words),
        n_origins: it.independent_origins,
        is_changed: it.also.is_some(),
        to: it.support.first().map_or_else(String::new, |it| place(&it.report, it.span)),
    }
}

fn quote(it: QuoteLedgerRow) -> Option<Quote> {
    let wording = it.wordings.first()?;
    Some(Quote {
        text: wording.at.text.clone(),
        is_quoted: wording.quoted,
        date: it.date.as_deref().map(day_words),
        n_origins: it.independent_origins,
        at: place(&wording.at.report, wording.at.span),
        to: format!("/facts/{}", encoded(&it.claim)),
    })
}
