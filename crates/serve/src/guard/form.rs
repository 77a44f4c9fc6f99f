//! Fields of forms and queries, read by hand: a name may come several times, and what is not known is said to be.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{self, HeaderMap};
use axum::http::request::Parts;

use super::Visit;
use super::secret::is_same;
use crate::problem::Problem;

/// Bytes of a pasted report or of any other form.
pub(crate) const FORM_BYTES_MAX: usize = 8 << 20;

/// Named values, in the order they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads what a browser sends.
    pub(crate) fn parse(text: &[u8]) -> Fields {
        Fields(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The value of a name, where there is one that is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|it| it.0 == name).map(|it| it.1.trim()).filter(|it| !it.is_empty())
    }

    /// The value of a name as it came, white space and all.
    pub(crate) fn raw(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// The value of a name; an error that names it where there is none.
    pub(crate) fn need(&self, name: &str) -> Result<&str, Problem> {
        self.get(name)
            .ok_or_else(|| Problem::asked(format!("'{name}' is missing"), "fill it in and send the form again"))
    }

    /// All values of a name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|it| it.0 == name && !it.1.trim().is_empty()).map(|it| it.1.trim().to_owned()).collect()
    }

    /// An error where there is a name that is not known, or one twice.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Problem> {
        for (at, (name, _)) in self.0.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                let told = format!("there is no parameter '{name}' here");
                return Err(Problem::asked(told, &format!("leave it out; there are {}", known.join(", "))));
            }
            if self.0[..at].iter().any(|it| it.0 == *name) {
                return Err(Problem::asked(format!("'{name}' is given twice"), "give it once"));
            }
        }
        Ok(())
    }
}

/// The query of an address.
pub(crate) struct Asked(pub(crate) Fields);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked, Problem> {
        Ok(Asked(Fields::parse(parts.uri.query().unwrap_or("").as_bytes())))
    }
}

/// A form of one of our own pages: what it brings back shows that it is.
pub(crate) struct Form(pub(crate) Fields);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Form, Problem> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, state).await?;
        let media = parts.headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or("");
        if !media.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
            return Err(Problem::media("application/x-www-form-urlencoded"));
        }
        let Ok(bytes) = to_bytes(body, FORM_BYTES_MAX).await else { return Err(Problem::large(FORM_BYTES_MAX)) };
        let fields = Fields::parse(&bytes);
        if !is_same(fields.raw("csrf").unwrap_or(""), &visit.csrf) {
            return Err(Problem::old_form());
        }
        Ok(Form(fields))
    }
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut pairs = all.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    pairs.find(|it| it.0 == name).map(|it| it.1.to_owned())
}
