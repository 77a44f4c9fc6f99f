//! What a browser has seen: the number of the desk's latest event when it looked, kept in a cookie of its own.
//!
//! `SEQ` is the number up to which everything was seen; `/STORY:SEQ` what was opened since.

use axum::Router;
use axum::extract::State;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::Response;
use axum::routing::post;

use super::{encoded, go, own_path};
use crate::app::App;
use crate::guard::form::{Form, cookie};
use crate::problem::Problem;

const COOKIE: &str = "rapporteur_looked";
/// Opened stories that are remembered; a cookie holds 4,096 bytes.
const OPENED_MAX: usize = 30;

/// What was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Looked {
    /// Everything up to this event; `None` on the first visit.
    all: Option<i64>,
    opened: Vec<(String, i64)>,
}

impl Looked {
    /// As the browser remembers it.
    pub(crate) fn of(headers: &HeaderMap) -> Looked {
        let Some(text) = cookie(headers, COOKIE) else { return Looked::default() };
        let mut parts = text.split('/');
        let all = parts.next().and_then(|it| it.parse().ok());
        let one = |it: &str| {
            let (story, seq) = it.rsplit_once(':')?;
            Some((decoded(story)?, seq.parse().ok()?))
        };
        Looked { all, opened: parts.filter_map(one).take(OPENED_MAX).collect() }
    }

    /// Whether this browser has been here before.
    pub(crate) fn is_known(&self) -> bool {
        self.all.is_some()
    }

    /// Up to which event a story was seen; on the first visit nothing is called new.
    pub(crate) fn seen(&self, story: &str) -> i64 {
        let opened = self.opened.iter().find(|it| it.0 == story).map_or(0, |it| it.1);
        self.all.unwrap_or(i64::MAX).max(opened)
    }

    /// Remembers that a story was opened when `latest` was the latest event.
    pub(crate) fn open(&mut self, story: &str, latest: i64) {
        self.all.get_or_insert(latest);
        self.opened.retain(|it| it.0 != story);
        // A story with a long name stays new until all is marked as seen.
        if encoded(story).len() < 100 {
            self.opened.insert(0, (story.to_owned(), latest));
        }
        self.opened.truncate(OPENED_MAX);
    }

    /// Remembers that all was seen.
    pub(crate) fn all(latest: i64) -> Looked {
        Looked { all: Some(latest), opened: Vec::new() }
    }

    /// As a header that makes the browser remember it.
    pub(crate) fn keep(&self, response: &mut Response) {
        let mut text = self.all.unwrap_or(0).to_string();
        for (story, seq) in &self.opened {
            text.push_str(&format!("/{}:{seq}", encoded(story)));
        }
        let cookie = format!("{COOKIE}={text}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}

/// A name that was percent-encoded.
fn decoded(text: &str) -> Option<String> {
    // What a form sends, but for the plus sign, which the encoding does not leave.
    form_urlencoded::parse(format!("x={text}").as_bytes()).next().map(|it| it.1.into_owned())
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/seen", post(seen))
}

/// "I have seen it all."
async fn seen(State(app): State<App>, Form(form): Form) -> Result<Response, Problem> {
    let latest = app.read(|desk| desk.revision()).await?;
    let mut response = go(&own_path(form.get("back")));
    Looked::all(latest).keep(&mut response);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_remembered() {
        let mut looked = Looked::default();
        assert_eq!(looked.seen("s-1"), i64::MAX, "on the first visit nothing is new");
        looked.open("s-1", 7);
        looked.open("s-2#ü/1:2", 9);
        let mut response = go("/");
        looked.keep(&mut response);
        let kept = response.headers()[header::SET_COOKIE].to_str().expect("text").split(';').next().expect("a cookie");
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(kept).expect("text"));
        let again = Looked::of(&headers);
        assert_eq!(again, looked);
        assert_eq!((again.seen("s-1"), again.seen("s-2#ü/1:2"), again.seen("s-3")), (7, 9, 7));
    }
}
