//! All stories, the latest first, with what is new since this browser looked.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use rapporteur_desk::{Filter, Page, StoryCard};

use super::looked::Looked;
use super::{Frame, Pager, day_words, encoded, plural, shown};
use crate::app::App;
use crate::guard::Visit;
use crate::guard::form::Asked;
use crate::problem::Problem;

/// A story as lists show it.
pub(crate) struct StoryLine {
    pub(crate) to: String,
    pub(crate) title: String,
    /// "7 reports, 3 origins".
    pub(crate) counts: String,
    /// "12 May 2031 to 14 May 2031".
    pub(crate) days: String,
    /// Whether something happened since this browser looked.
    pub(crate) is_new: bool,
}

impl StoryLine {
    pub(crate) fn new(card: StoryCard, looked: &Looked) -> StoryLine {
        let counts = [
            plural(card.n_reports, "report"),
            plural(card.n_origins, "independent origin"),
            plural(card.n_facts, "fact"),
        ];
        let days = match (&card.first_day, &card.last_day) {
            (Some(first), Some(last)) if first == last => day_words(first),
            (Some(first), Some(last)) => format!("{} to {}", day_words(first), day_words(last)),
            _ => "no day stated".to_owned(),
        };
        StoryLine {
            to: format!("/stories/{}", encoded(&card.id)),
            is_new: looked.seen(&card.id) < card.latest_event,
            counts: counts.join(", "),
            title: card.title,
            days,
        }
    }
}

#[derive(Template)]
#[template(path = "stories.html")]
struct StoriesPage {
    frame: Frame,
    stories: Vec<StoryLine>,
    pager: Pager,
    n_new: usize,
    is_filtered: bool,
    filter: Filter,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/stories", get(page))
}

async fn page(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let looked = Looked::of(&headers);
    let offset = Pager::offset(&asked)?;
    let text = |name: &str| asked.get(name).map(str::to_owned);
    let filter = Filter {
        actor: text("actor"),
        outlet: text("outlet"),
        from: text("since"),
        to: text("until"),
        verdict: text("verdict"),
        ..Filter::default()
    };
    let is_filtered = filter != Filter::default();
    let wanted = filter.clone();
    let (found, latest) = app
        .read(move |desk| Ok((desk.stories(&wanted, Page { offset, n_max: Pager::ROWS })?, desk.revision()?)))
        .await?;
    let mut query = Vec::new();
    for name in ["actor", "outlet", "since", "until", "verdict"] {
        query.extend(asked.get(name).map(|it| format!("{name}={}", encoded(it))));
    }
    let path = if query.is_empty() { "/stories".to_owned() } else { format!("/stories?{}", query.join("&")) };
    let pager = Pager::new(&path, offset, found.rows.len(), found.n_all);
    let stories: Vec<StoryLine> = found.rows.into_iter().map(|it| StoryLine::new(it, &looked)).collect();
    let n_new = stories.iter().filter(|it| it.is_new).count();
    let frame = Frame::new(&visit, "Stories", "stories");
    let mut response = shown(&StoriesPage { frame, stories, pager, n_new, is_filtered, filter })?;
    if !looked.is_known() {
        Looked::all(latest).keep(&mut response);
    }
    Ok(response)
}
