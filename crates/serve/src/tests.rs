//! The router as a program asks it, on a desk in a temporary folder. Records are made without the language model, so these
//! tests run anywhere; what needs facts runs the engine where one is at hand, in `tests/`.

mod api;
mod hostile;
mod pages;
mod security;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use rapporteur_desk::Desk;
use rapporteur_model::{Annotated, Article};
use serde_json::Value;
use tower::ServiceExt;

use crate::{App, Setup};

/// A desk with a router before it.
pub(crate) struct Room {
    dir: tempfile::TempDir,
    app: App,
    router: Router,
}

/// An answer.
pub(crate) struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or("")
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    /// The value of a cookie that it sets.
    fn cookie(&self, name: &str) -> Option<String> {
        let all = self.headers.get_all(header::SET_COOKIE).iter().filter_map(|it| it.to_str().ok());
        let mut pairs = all.filter_map(|it| it.split(';').next()?.split_once('='));
        pairs.find(|it| it.0 == name).map(|it| it.1.to_owned())
    }

    /// What a form of the page must bring back.
    fn csrf(&self) -> String {
        let (_, tail) = self.text.split_once("name=\"csrf\" value=\"").expect("a form");
        tail.split('"').next().expect("a value").to_owned()
    }
}

impl Room {
    fn new(tokens: bool) -> Room {
        let dir = tempfile::tempdir().expect("a folder");
        drop(Desk::init(&dir.path().join("desk")).expect("a desk"));
        let path = dir.path().join("tokens");
        if tokens {
            crate::tokens::add(&path, "first", crate::tokens::Role::Analyst).expect("a token");
        }
        let setup = Setup {
            desk: dir.path().join("desk"),
            tokens: tokens.then_some(path),
            is_loopback: true,
            who: "ada".to_owned(),
            ..Setup::default()
        };
        let app = App::open(setup).expect("opens");
        Room { dir, router: crate::router(app.clone()), app }
    }

    /// A desk with three reports of two matters.
    async fn filled() -> Room {
        let room = Room::new(false);
        room.add("one.json", &report("Quarry at Tolm floods", "Tolm Courier", "2031-05-12", QUARRY)).await;
        room.add("two.json", &report("Tolm quarry under water", "Lake Post", "2031-05-12", QUARRY)).await;
        room.add("three.json", &report("Choir wins at Brisk", "Brisk Times", "2031-05-14", CHOIR)).await;
        room
    }

    /// Adds a report without annotating it.
    async fn add(&self, location: &str, text: &str) {
        let (location, text) = (location.to_owned(), text.to_owned());
        let done = self.app.write(move |desk, _| {
            let mut parts = Vec::new();
            rapporteur::read_parts(&location, text.as_bytes(), |part| parts.push(part));
            Ok(desk.add_annotated(&bare, parts)?)
        });
        let added = done.await.expect("can be added");
        assert_eq!(added.reports.len(), 1, "{added:?}");
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(request("GET", path, headers, Body::empty())).await
    }

    async fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.ask(request("POST", path, headers, Body::from(body.to_owned()))).await
    }

    /// Fills in a form of a page and sends it, as a browser does.
    async fn send(&self, page: &str, path: &str, fields: &str) -> Answer {
        let form = self.get(page).await;
        let cookie = format!("rapporteur_browser={}", form.cookie("rapporteur_browser").expect("a cookie"));
        let body = format!("csrf={}&{fields}", form.csrf());
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("cookie", &cookie),
            ("origin", "http://127.0.0.1:8480"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.post(path, &headers, &body).await
    }

    async fn ids(&self, list: &str) -> Vec<String> {
        let rows = self.get(&format!("/api/v1/{list}")).await.json();
        let rows = rows["rows"].as_array().expect("rows").clone();
        rows.iter().map(|it| it["id"].as_str().expect("an id").to_owned()).collect()
    }
}

fn request(method: &str, path: &str, headers: &[(&str, &str)], body: Body) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|it| it.0 == "host") {
        request = request.header("host", "127.0.0.1:8480");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body).expect("a request")
}

fn report(title: &str, outlet: &str, date: &str, text: &str) -> String {
    serde_json::json!({ "title": title, "outlet": outlet, "date": date, "text": text }).to_string()
}

/// Records without annotations.
fn bare(articles: Vec<Article>) -> Vec<Annotated> {
    articles.into_iter().map(|article| Annotated { article, annotations: Default::default() }).collect()
}

const QUARRY: &str = "The old slate quarry at Tolm filled with water on Monday after a wall broke above the lower terrace. \
    Wardens closed the road to the quarry and told walkers to keep off the terrace until the wall was mended.";
const CHOIR: &str = "A choir of bakers from Brisk sang its way to first place at the valley festival on Wednesday evening. \
    Its leader said the prize money would buy the hall a new stove before winter came.";
