//! The page of an error: what is wrong, what to do, a way out.

use askama::Template;
use axum::response::{IntoResponse, Response};

use super::Frame;
use crate::guard::Visit;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    frame: Frame,
    problem: &'a Problem,
    request: &'a str,
}

/// A problem as a page.
pub(crate) fn page(visit: &Visit, problem: &Problem) -> Response {
    let page = ErrorPage { frame: Frame::new(visit, problem.title, ""), problem, request: &visit.id };
    let mut response = super::shown(&page).unwrap_or_else(|_| problem.title.into_response());
    *response.status_mut() = problem.status;
    response
}
