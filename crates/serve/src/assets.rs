//! The one style, the one script and the one picture; their names change with what they hold, so they are kept for good.

use std::sync::OnceLock;

use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::App;
use crate::guard::secret::digest;
use crate::problem::Problem;

/// A file that pages load.
pub(crate) struct Asset {
    /// Its name, made of what it holds.
    pub(crate) name: String,
    media_type: &'static str,
    text: String,
}

/// All assets.
pub(crate) struct Assets {
    pub(crate) css: Asset,
    pub(crate) js: Asset,
    pub(crate) icon: Asset,
}

/// The assets, made when the first page is.
pub(crate) fn assets() -> &'static Assets {
    static ASSETS: OnceLock<Assets> = OnceLock::new();
    ASSETS.get_or_init(|| {
        let asset = |extension: &str, media_type, text: String| {
            let name = format!("{}.{extension}", &digest(&text)[..16]);
            Asset { name, media_type, text }
        };
        let css = [rapporteur::ACCOUNT_CSS, include_str!("../assets/serve.css")].join("\n");
        let js = [rapporteur::ACCOUNT_JS, include_str!("../assets/serve.js")].join("\n");
        Assets {
            css: asset("css", "text/css; charset=utf-8", css),
            js: asset("js", "text/javascript; charset=utf-8", js),
            icon: asset("svg", "image/svg+xml", include_str!("../assets/icon.svg").to_owned()),
        }
    })
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/assets/{name}", get(file))
}

async fn file(Path(name): Path<String>) -> Result<Response, Problem> {
    let Assets { css, js, icon } = assets();
    let Some(asset) = [css, js, icon].into_iter().find(|it| it.name == name) else {
        return Err(Problem::not_found("the program has another version of this file", "load the page anew"));
    };
    let headers =
        [(header::CONTENT_TYPE, asset.media_type), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.text.as_str()).into_response())
}
