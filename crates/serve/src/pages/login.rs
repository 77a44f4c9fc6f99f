//! Signing in with a token, and out.

use std::net::{IpAddr, SocketAddr};

use askama::Template;
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::Response;
use axum::routing::{get, post};

use super::{Frame, encoded, go, own_path, shown};
use crate::app::App;
use crate::guard::form::{Asked, Form, cookie};
use crate::guard::session::SESSION_HOURS;
use crate::guard::{SESSION, Visit, limits};
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    frame: Frame,
    to: String,
    /// Set when a token was shown that is not known.
    is_wrong: bool,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/login", get(page).post(sign_in)).route("/logout", post(sign_out))
}

/// To the page for signing in, which leads back.
pub(crate) fn to_login(asked: &str) -> Response {
    go(&format!("/login?to={}", encoded(asked)))
}

async fn page(visit: Visit, Asked(asked): Asked) -> Result<Response, Problem> {
    shown(&LoginPage { frame: Frame::new(&visit, "Sign in", ""), to: own_path(asked.get("to")), is_wrong: false })
}

async fn sign_in(State(app): State<App>, visit: Visit, request: Request) -> Result<Response, Problem> {
    let client =
        request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from([127, 0, 0, 1]), |it| it.0.ip());
    let Form(form) = <Form as axum::extract::FromRequest<App>>::from_request(request, &app).await?;
    let to = own_path(form.get("to"));
    let Some(tokens) = &app.tokens else { return Ok(go(&to)) };
    if let Err(seconds) = app.limiter.take(limits::SIGN_IN, client) {
        return Ok(Problem::too_many(seconds));
    }
    let Some(token) = tokens.find(form.get("token").unwrap_or("")) else {
        tracing::warn!(request = %visit.id, "somebody tried to sign in with a token that is not known");
        let frame = Frame::new(&visit, "Sign in", "");
        let mut response = shown(&LoginPage { frame, to, is_wrong: true })?;
        *response.status_mut() = axum::http::StatusCode::OK;
        return Ok(response);
    };
    let session = app.sessions.open(&token.id).map_err(|_| Problem::fault())?;
    let mut response = go(&to);
    set(&mut response, &session, SESSION_HOURS * 3600);
    Ok(response)
}

async fn sign_out(State(app): State<App>, headers: HeaderMap, _form: Form) -> Response {
    if let Some(session) = cookie(&headers, SESSION) {
        app.sessions.close(&session);
    }
    let mut response = go("/login");
    set(&mut response, "", 0);
    response
}

fn set(response: &mut Response, session: &str, seconds: u64) {
    // No `Secure`: whoever puts the desk behind TLS does so with a program in front, which can add it.
    let cookie = format!("{SESSION}={session}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
