//! What went wrong, for people and for programs: RFC 9457, and each with what to do.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rapporteur_desk::{Error as DeskError, Kind};
use serde::Serialize;

use crate::app::Failed;

/// A problem. Travels with the answer to the door, which knows whether a page or JSON is wanted.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    /// Stable name of the sort of problem.
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    /// What is wrong here.
    pub(crate) detail: String,
    /// What to do about it.
    pub(crate) todo: String,
}

/// A problem as programs see it: `application/problem+json`.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct ProblemRow {
    /// What sort of problem: a part of the description of the API.
    #[serde(rename = "type")]
    class: String,
    /// The sort in words.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What is wrong here.
    detail: String,
    /// What to do about it.
    todo: String,
    /// The number of the request in the log.
    request: String,
}

impl Problem {
    fn new(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        detail: impl Into<String>,
        todo: &str,
    ) -> Problem {
        Problem { status, code, title, detail: detail.into(), todo: todo.to_owned() }
    }

    /// What was asked cannot be read.
    pub(crate) fn asked(detail: impl Into<String>, todo: &str) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "asked", "This cannot be read", detail, todo)
    }

    /// There is nothing of that name.
    pub(crate) fn not_found(detail: impl Into<String>, todo: &str) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not-found", "There is no such thing", detail, todo)
    }

    pub(crate) fn fault() -> Problem {
        let todo = "go back; if it happens again, report it with the number of the request, which stands in the log";
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Problem::new(status, "fault", "A fault in the program", "this cannot be shown because of a fault", todo)
    }

    pub(crate) fn slow(seconds: u64) -> Problem {
        let detail = format!("no answer within {seconds} seconds");
        Problem::new(StatusCode::GATEWAY_TIMEOUT, "slow", "It takes too long", detail, "ask again later, or for less")
    }

    pub(crate) fn wrong_host() -> Problem {
        let detail = "this desk answers under the names of its own machine only";
        let todo = "open it as http://127.0.0.1 or http://localhost with the port that `rapporteur serve` printed";
        Problem::new(StatusCode::MISDIRECTED_REQUEST, "host", "Not under this name", detail, todo)
    }

    /// Too often; says when to come back.
    pub(crate) fn too_many(seconds: u64) -> Response {
        let seconds = seconds.max(1);
        let detail = "this machine asks more often than the desk answers";
        let todo = format!("wait {seconds} seconds and ask again");
        let status = StatusCode::TOO_MANY_REQUESTS;
        let mut response = Problem::new(status, "rate", "Too many requests", detail, &todo).into_response();
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        response
    }

    pub(crate) fn other_origin() -> Problem {
        let detail = "the form was sent from another page";
        let todo = "open the desk itself and fill in its own form; programs send no Origin header";
        Problem::new(StatusCode::FORBIDDEN, "origin", "From another page", detail, todo)
    }

    pub(crate) fn old_form() -> Problem {
        let detail =
            "the form was made before the program was started again, or by another browser; nothing was changed";
        let todo = "go back, load the page anew and send the form again; cookies must be allowed for this page";
        Problem::new(StatusCode::FORBIDDEN, "form", "An old form", detail, todo)
    }

    pub(crate) fn form_wanted() -> Problem {
        let todo = "send it to /api/v1; /api describes how";
        Problem::new(
            StatusCode::FORBIDDEN,
            "form",
            "A form is wanted",
            "tokens are for the API, pages take forms",
            todo,
        )
    }

    /// Nobody has signed in.
    pub(crate) fn sign_in() -> Response {
        let todo =
            "send the header Authorization: Bearer TOKEN; who runs the desk makes one with `rapporteur token add NAME`";
        let problem =
            Problem::new(StatusCode::UNAUTHORIZED, "token", "A token is needed", "no token that is known here", todo);
        let mut response = problem.into_response();
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"desk\""));
        response
    }

    pub(crate) fn readers_only() -> Problem {
        let todo = "ask for a token with the role of analyst: `rapporteur token add NAME --role analyst`";
        let detail = "this token is a reader's: nothing can be added or decided with it";
        Problem::new(StatusCode::FORBIDDEN, "role", "Not with this token", detail, todo)
    }

    pub(crate) fn media(wanted: &str) -> Problem {
        let todo = format!("send it as {wanted}");
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Problem::new(status, "media", "Not in this form", "the body is of another media type", &todo)
    }

    pub(crate) fn large(bytes_max: usize) -> Problem {
        let detail = format!("the body is larger than {bytes_max} bytes, or broke off");
        let todo = "send less at a time; `rapporteur add` takes files of any size";
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "large", "Too large", detail, todo)
    }

    /// What is to be said of an answer that brought no problem of its own.
    pub(crate) fn of_status(status: StatusCode) -> Problem {
        match status {
            StatusCode::NOT_FOUND => Problem::not_found(
                "there is nothing under this address",
                "begin at the stories, or at /api for programs",
            ),
            StatusCode::METHOD_NOT_ALLOWED => {
                let todo = "use one of the methods in the Allow header";
                Problem::new(status, "method", "Not with this method", "nothing answers to this method here", todo)
            }
            StatusCode::PAYLOAD_TOO_LARGE => Problem::large(crate::guard::form::FORM_BYTES_MAX),
            it if it.is_server_error() => Problem { status, ..Problem::fault() },
            _ => Problem { status, ..Problem::asked("the request cannot be read", "look up how to ask at /api") },
        }
    }

    /// As programs see it.
    pub(crate) fn json(&self, request: &str) -> Response {
        let row = ProblemRow {
            class: format!("/api#problem-{}", self.code),
            title: self.title.to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.clone(),
            todo: self.todo.clone(),
            request: request.to_owned(),
        };
        let body = serde_json::to_vec(&row).unwrap_or_default();
        (self.status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }

    /// What the log says: no words of reports, which a detail may quote.
    pub(crate) fn for_log(&self) -> &'static str {
        self.title
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Problem {
        let unavailable = StatusCode::SERVICE_UNAVAILABLE;
        let (detail, todo) = match error.to_string().split_once("; ") {
            Some((detail, todo)) => (detail.to_owned(), todo.to_owned()),
            None => (error.to_string(), String::new()),
        };
        let or = |other: &str| if todo.is_empty() { other.to_owned() } else { todo.clone() };
        match error.kind() {
            Kind::Asked => Problem::asked(detail, &or("ask otherwise; /api says what can be asked")),
            Kind::Several => Problem::new(
                StatusCode::CONFLICT,
                "several",
                "Several have this name",
                detail,
                &or("name one by its id"),
            ),
            Kind::NotFound => Problem::not_found(detail, &or("look for it in the search")),
            Kind::Busy => Problem::new(unavailable, "busy", "The desk is busy", detail, &or("try again in a moment")),
            Kind::Full | Kind::ReadOnly => {
                Problem::new(unavailable, "disk", "The desk cannot be written to", detail, &or("ask who runs the desk"))
            }
            Kind::Pipeline => Problem::asked(detail, &or("look whether the report can be read by itself")),
            Kind::NoDesk | Kind::Newer | Kind::Stale | Kind::Damaged | Kind::File => {
                let todo = or("ask who runs the desk; `rapporteur desk check` says more");
                Problem::new(unavailable, "desk", "The desk cannot be read", detail, &todo)
            }
        }
    }
}

impl From<Failed> for Problem {
    fn from(failed: Failed) -> Problem {
        let unavailable = StatusCode::SERVICE_UNAVAILABLE;
        match failed {
            Failed::Desk(error) => error.into(),
            Failed::Panicked => Problem::fault(),
            Failed::Stopped => {
                Problem::new(unavailable, "stopping", "Stopping", "the program is stopping", "start it again")
            }
            Failed::ReadOnly => {
                let detail = "the desk's disk or folder is read-only";
                let todo = "ask who runs the desk to make it writable and start the program again";
                Problem::new(unavailable, "disk", "The desk cannot be written to", detail, todo)
            }
            Failed::Engine(error) => {
                let todo = "run `rapporteur model get` once and start the program again";
                Problem::new(unavailable, "model", "The language model is missing", error, todo)
            }
            Failed::Asked(detail) => Problem::asked(detail, "change it and send it again"),
            Failed::NotFound(detail) => Problem::not_found(detail, "look for it in the search"),
        }
    }
}
