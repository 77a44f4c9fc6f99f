//! The pages, a file each: a struct with all that is shown, and a handler that fills it.

mod activity;
mod actor;
mod agenda;
mod api;
mod decisions;
pub(crate) mod error;
mod fact;
mod feed;
pub(crate) mod ics;
pub(crate) mod login;
mod looked;
mod report;
mod search;
mod start;
mod stories;
mod story;
pub(crate) mod words;

use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::app::App;
use crate::assets::assets;
use crate::guard::Visit;
use crate::problem::Problem;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(start::routes())
        .merge(stories::routes())
        .merge(story::routes())
        .merge(fact::routes())
        .merge(report::routes())
        .merge(actor::routes())
        .merge(agenda::routes())
        .merge(search::routes())
        .merge(decisions::routes())
        .merge(activity::routes())
        .merge(feed::routes())
        .merge(login::routes())
        .merge(looked::routes())
        .merge(api::routes())
}

/// What stands around every page.
pub(crate) struct Frame {
    title: String,
    nonce: String,
    csrf: String,
    css: &'static str,
    js: &'static str,
    icon: &'static str,
    /// Which of the places in the bar this is; empty for none.
    at: &'static str,
    /// What stands in the box that searches.
    q: String,
    /// Whether the places can be seen at all: not before signing in.
    is_inside: bool,
    may_write: bool,
    name: String,
    has_session: bool,
}

impl Frame {
    pub(crate) fn new(visit: &Visit, title: impl Into<String>, at: &'static str) -> Frame {
        let assets = assets();
        Frame {
            title: title.into(),
            nonce: visit.nonce.clone(),
            csrf: visit.csrf.clone(),
            css: &assets.css.name,
            js: &assets.js.name,
            icon: &assets.icon.name,
            at,
            q: String::new(),
            is_inside: visit.role.is_some(),
            may_write: visit.may_write(),
            name: visit.name.clone(),
            has_session: visit.has_session,
        }
    }
}

/// A page as an answer. What cannot be seen in it, from whatever field, is made visible here, once for all.
pub(crate) fn shown(page: &impl askama::Template) -> Result<Response, Problem> {
    let text = page.render().map_err(|_| Problem::fault())?;
    Ok(Html(rapporteur_text::shown(&text).into_owned()).into_response())
}

/// To another page, after something was done.
pub(crate) fn go(to: &str) -> Response {
    Redirect::to(to).into_response()
}

/// A path of this desk that came from a form; anything else leads to the start.
pub(crate) fn own_path(path: Option<&str>) -> String {
    let is_own = |it: &&str| {
        it.starts_with('/')
            && !it.starts_with("//")
            && !it.contains('\\')
            && it.bytes().all(|c| (0x21..0x7f).contains(&c))
    };
    path.filter(is_own).unwrap_or("/").to_owned()
}

/// An answer that a browser saves as a file and does not show.
pub(crate) fn download(name: &str, bytes: Vec<u8>) -> Response {
    let safe: String = name
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_') { it } else { '_' })
        .collect();
    let disposition = format!("attachment; filename=\"{safe}\"");
    ([(header::CONTENT_TYPE, "application/octet-stream".to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}

/// A part of an address, percent-encoded.
pub(crate) fn encoded(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// `1 report`, `2 reports`.
pub(crate) fn plural(n: usize, word: &str) -> String {
    let many = match word.strip_suffix('y') {
        Some(stem) if n != 1 => format!("{stem}ies"),
        _ if n != 1 => format!("{word}s"),
        _ => word.to_owned(),
    };
    format!("{n} {many}")
}

/// `12 May 2031` of `2031-05-12…`; what is no day stays as it is.
pub(crate) fn day_words(day: &str) -> String {
    if let Some(it) = day.get(..10).and_then(|it| it.parse::<jiff::civil::Date>().ok()) {
        return it.strftime("%-d %B %Y").to_string();
    }
    // A month alone.
    match format!("{day}-01").parse::<jiff::civil::Date>() {
        Ok(it) if day.len() == 7 => it.strftime("%B %Y").to_string(),
        _ => day.to_owned(),
    }
}

/// `12 May 2031, 09:30 UTC` of `2031-05-12T09:30:00Z`.
pub(crate) fn time_words(at: &str) -> String {
    match (at.get(..10), at.get(11..16)) {
        (Some(day), Some(time)) => format!("{}, {time} UTC", day_words(day)),
        _ => at.to_owned(),
    }
}

/// Links to the pages before and after this one of a list.
pub(crate) struct Pager {
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) told: String,
}

impl Pager {
    /// Rows of a page of a list.
    pub(crate) const ROWS: usize = 50;

    /// `path` with its query, to which the place is added.
    pub(crate) fn new(path: &str, offset: usize, n_shown: usize, n_all: usize) -> Pager {
        let sign = if path.contains('?') { '&' } else { '?' };
        let to = |offset: usize| format!("{path}{sign}from={offset}");
        Pager {
            before: (0 < offset).then(|| to(offset.saturating_sub(Pager::ROWS))),
            after: (offset + n_shown < n_all).then(|| to(offset + n_shown)),
            told: match n_shown {
                0 => format!("none of {n_all}"),
                _ => format!("{} to {} of {n_all}", offset + 1, offset + n_shown),
            },
        }
    }

    /// Where a page begins, as its address says.
    pub(crate) fn offset(asked: &crate::guard::form::Fields) -> Result<usize, Problem> {
        match asked.get("from") {
            None => Ok(0),
            Some(it) => match it.parse::<u32>() {
                Ok(it) => Ok(it as usize),
                Err(_) => {
                    Err(Problem::asked(format!("'{it}' is no place in a list"), "give a number, 0 for the beginning"))
                }
            },
        }
    }
}
