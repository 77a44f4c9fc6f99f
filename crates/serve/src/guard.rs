//! The door: every request comes in and every answer goes out here, whatever it is.
//!
//! In: the host that was asked for, how often this client asks, who it is, what it may do, where a form comes from. Out:
//! errors as a page or as `application/problem+json`, the headers that keep a page to itself, one line of the log.

pub(crate) mod form;
pub(crate) mod limits;
pub(crate) mod secret;
pub(crate) mod session;

use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath, Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::pages;
use crate::problem::Problem;
use crate::tokens::Role;
use form::cookie;

/// An answer takes no longer, but for adding, which may be many reports.
const ANSWER_SECONDS: u64 = 30;
const ADDING_SECONDS: u64 = 600;

/// The cookie of a session.
pub(crate) const SESSION: &str = "rapporteur_session";
/// The cookie that tells browsers apart: forms are bound to it, and nothing else is known by it.
pub(crate) const BROWSER: &str = "rapporteur_browser";

/// One request: who asks, and what its answer needs.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    /// Marks our own script and style in the page.
    pub(crate) nonce: String,
    /// What a form must bring back.
    pub(crate) csrf: String,
    /// Who it is; empty where nobody signed in and none need.
    pub(crate) name: String,
    /// What it may do; `None` before signing in.
    pub(crate) role: Option<Role>,
    /// Whether signing out means something.
    pub(crate) has_session: bool,
    /// The request's number in the log.
    pub(crate) id: String,
    /// The path and query that were asked for.
    pub(crate) asked: String,
}

impl Visit {
    /// Whether reports may be added and decisions made.
    pub(crate) fn may_write(&self) -> bool {
        self.role == Some(Role::Analyst)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visit, Problem> {
        parts.extensions.get::<Visit>().cloned().ok_or_else(Problem::fault)
    }
}

/// Lets a request in, and its answer out.
pub(crate) async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let (Ok(nonce), Ok(id), Ok(fresh)) = (secret::random_word(), secret::random_word(), secret::random_word()) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let id = id[..16].to_owned();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let is_api = path == "/api/openapi.json" || path.starts_with("/api/v1");
    let route = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
    let known =
        cookie(request.headers(), BROWSER).filter(|it| it.len() == 64 && it.bytes().all(|c| c.is_ascii_hexdigit()));
    let is_new = known.is_none();
    let browser = known.unwrap_or(fresh);
    let mut visit = Visit {
        nonce: nonce[..32].to_owned(),
        csrf: app.key.mark(&browser),
        name: String::new(),
        role: None,
        has_session: false,
        id: id.clone(),
        asked: request.uri().path_and_query().map_or("/", |it| it.as_str()).to_owned(),
    };
    let admitted = admit(&app, &request, is_api, &mut visit);
    let mut response = match admitted {
        Err(refused) => refused,
        Ok(()) => {
            request.extensions_mut().insert(visit.clone());
            let seconds = if method == Method::POST { ADDING_SECONDS } else { ANSWER_SECONDS };
            match tokio::time::timeout(Duration::from_secs(seconds), next.run(request)).await {
                Ok(response) => response,
                Err(_) => Problem::slow(seconds).into_response(),
            }
        }
    };
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        let problem = response.extensions_mut().remove::<Problem>().unwrap_or_else(|| Problem::of_status(status));
        let allow = response.headers_mut().remove(header::ALLOW);
        let extra: Vec<(HeaderName, HeaderValue)> = [header::WWW_AUTHENTICATE, header::RETRY_AFTER]
            .into_iter()
            .filter_map(|it| Some((it.clone(), response.headers_mut().remove(it)?)))
            .chain(allow.map(|it| (header::ALLOW, it)))
            .collect();
        response = if is_api { problem.json(&id) } else { pages::error::page(&visit, &problem) };
        response.headers_mut().extend(extra);
        if status.is_server_error() {
            tracing::error!(request = %id, status = status.as_u16(), route = %route, "{}", problem.for_log());
        }
    }
    if method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    if is_new && !is_api && !path.starts_with("/assets/") {
        let value = format!("{BROWSER}={browser}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    keep_to_itself(response.headers_mut(), &visit.nonce, &id);
    let took = started.elapsed();
    app.metrics.answered(&route, response.status().as_u16(), took);
    // Paths hold ids, which are made of titles: the log has the route, and no word of a report.
    tracing::info!(
        request = %id, method = %method, route = %route, status = response.status().as_u16(),
        ms = took.as_millis() as u64, who = %visit.name, "answered"
    );
    response
}

/// Who may come in; tells `visit` who it is.
#[expect(clippy::result_large_err, reason = "once a request, and refusing is an answer")]
fn admit(app: &App, request: &Request, is_api: bool, visit: &mut Visit) -> Result<(), Response> {
    let (headers, path) = (request.headers(), request.uri().path());
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).or(request.uri().host()).unwrap_or("");
    if app.is_loopback && !is_this_machine(host) {
        return Err(Problem::wrong_host().into_response());
    }
    let client =
        request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from([127, 0, 0, 1]), |it| it.0.ip());
    let rate = if client.is_loopback() { limits::LOCAL } else { limits::REMOTE };
    if let Err(seconds) = app.limiter.take(rate, client) {
        return Err(Problem::too_many(seconds));
    }
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !is_safe && !is_same_origin(headers, host) {
        return Err(Problem::other_origin().into_response());
    }
    let Some(tokens) = &app.tokens else {
        (visit.name, visit.role) = (app.who.clone(), Some(Role::Analyst));
        return Ok(());
    };
    let bearer = headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok()).and_then(bearer);
    let session = cookie(headers, SESSION);
    let token = match (bearer, &session) {
        (Some(shown), _) => tokens.find(shown),
        // A browser sends its cookie whoever makes it ask: what changes the desk needs a form of ours, or a header.
        (None, Some(cookie)) if is_safe || !is_api => app.sessions.token(cookie).and_then(|it| tokens.by_id(&it)),
        _ => None,
    };
    visit.has_session = bearer.is_none() && token.is_some();
    if let Some(token) = token {
        (visit.name, visit.role) = (token.name, Some(token.role));
    }
    let is_public = path == "/login" || path == "/healthz" || path.starts_with("/assets/");
    if is_public {
        return Ok(());
    }
    if path != "/login" && bearer.is_some() && !is_api && !is_safe {
        return Err(Problem::form_wanted().into_response());
    }
    match visit.role {
        None if is_api || path == "/metrics" => Err(Problem::sign_in()),
        None if is_safe => Err(pages::login::to_login(&visit.asked)),
        None => Err(Problem::sign_in()),
        Some(Role::Reader) if !is_safe && !matches!(path, "/logout" | "/seen" | "/api/v1/verify") => {
            Err(Problem::readers_only().into_response())
        }
        Some(_) => Ok(()),
    }
}

/// The token of an `Authorization` header.
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whether the host that was asked for is this machine by a name of its own. A page of somebody else's whose name was made
/// to lead here (DNS rebinding) asks for another.
fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(tail) => tail.split(']').next().unwrap_or(""),
        None => host.rsplit_once(':').map_or(host, |it| it.0),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

/// Whether a request that changes something comes from our own page, or from no page at all.
fn is_same_origin(headers: &HeaderMap, host: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|it| it.to_str().unwrap_or("?"));
    if text("sec-fetch-site").is_some_and(|it| !matches!(it, "same-origin" | "none")) {
        return false;
    }
    match text("origin") {
        None => true,
        Some(origin) => origin.split_once("://").is_some_and(|(_, it)| it.eq_ignore_ascii_case(host)),
    }
}

/// Nothing runs in a page but our script, nothing is loaded from elsewhere, nobody frames it.
fn keep_to_itself(headers: &mut HeaderMap, nonce: &str, id: &str) {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in
        [(header::CONTENT_SECURITY_POLICY, policy.as_str()), (HeaderName::from_static("x-request-id"), id)]
    {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_lead_in() {
        for host in ["localhost", "LOCALHOST:8480", "127.0.0.1:8480", "127.9.9.9", "[::1]:8480", "[::1]"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in [
            "", "desk.example", "localhost.example:8480", "127.0.0.1.example", "10.0.0.1", "[2001:db8::1]", "[::1",
            ":8480",
        ] {
            assert!(host == "[::1" || !is_this_machine(host), "{host}");
        }
    }

    #[test]
    fn a_form_of_another_page_is_known() {
        let headers = |list: &[(&'static str, &'static str)]| -> HeaderMap {
            list.iter().map(|it| (HeaderName::from_static(it.0), HeaderValue::from_static(it.1))).collect()
        };
        assert!(is_same_origin(&headers(&[]), "localhost:1"));
        assert!(is_same_origin(&headers(&[("origin", "http://localhost:1")]), "localhost:1"));
        for list in [
            &[("origin", "http://localhost:2")][..],
            &[("origin", "null")],
            &[("origin", "http://evil.example")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "http://localhost:1")],
        ] {
            assert!(!is_same_origin(&headers(list), "localhost:1"), "{list:?}");
        }
    }
}
