//! How busy the days were, as a picture with a table behind it.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::{Frame, day_words, plural, shown};
use crate::app::App;
use crate::guard::Visit;
use crate::problem::Problem;

/// Days of the picture, those that reports state.
const DAYS_MAX: usize = 60;
/// From one day to the next.
const STEP: usize = 14;
const HEIGHT: usize = 120;

#[derive(Template)]
#[template(path = "activity.html")]
struct ActivityPage {
    frame: Frame,
    bars: Vec<Bar>,
    width: usize,
    most: usize,
    n_events: i64,
}

/// A day.
struct Bar {
    x: usize,
    y: usize,
    height: usize,
    name: String,
    value: String,
    n_reports: usize,
    n_stories: usize,
    title: String,
    to: String,
    /// Whether the name of the day stands below it.
    is_named: bool,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/activity", get(page))
}

async fn page(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let (days, n_events) = app.read(|desk| Ok((desk.busy_days(DAYS_MAX)?, desk.revision()?))).await?;
    let most = days.iter().map(|it| it.n_reports).max().unwrap_or(0);
    let n_days = days.len();
    let bar = |(at, it): (usize, rapporteur_desk::Busy)| {
        // A day with a report has a bar that can be seen.
        let height = (it.n_reports * HEIGHT / most.max(1)).max(2);
        let name = day_words(&it.day);
        Bar {
            x: at * STEP + 4,
            y: HEIGHT - height,
            height,
            title: format!("{name}: {}, {}", plural(it.n_reports, "report"), plural(it.n_stories, "story")),
            to: format!("/stories?since={}&until={}", it.day, it.day),
            n_reports: it.n_reports,
            n_stories: it.n_stories,
            is_named: at == 0 || at + 1 == n_days && 8 < n_days,
            value: it.day,
            name,
        }
    };
    let bars = days.into_iter().enumerate().map(bar).collect();
    let frame = Frame::new(&visit, "Activity", "activity");
    shown(&ActivityPage { frame, bars, width: (n_days * STEP + 8).max(240), most, n_events })
}
