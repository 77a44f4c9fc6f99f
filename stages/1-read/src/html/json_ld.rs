//! JSON-LD: schema.org's description of the article, as flat declarations.
//!
//! Left alone on purpose: ratings, images, videos, breadcrumbs' addresses.

use crate::json::{self, Json};

// Deeper graphs are not read.
const DEPTH_MAX: usize = 24;

/// Name, value, place.
type Property = (String, String, Option<(usize, usize)>);
type Found = Vec<Property>;

/// Name, value and place of each property that says something about the article.
pub(crate) fn read(html: &str, start: usize, end: usize) -> Found {
    let mut found = Vec::new();
    let source = &html[..end];
    // Some wrap it in a comment or CDATA: it begins with the first bracket.
    let Some(at) = source[start..].find(['{', '[']) else { return found };
    if let Ok((value, _)) = json::parse(source, start + at, DEPTH_MAX) {
        visit(source, &value, DEPTH_MAX, &mut found);
    }
    found
}

fn visit(source: &str, value: &Json, depth: usize, found: &mut Found) {
    if depth == 0 {
        return;
    }
    match value {
        Json::Array(values) => values.iter().for_each(|it| visit(source, it, depth - 1, found)),
        Json::Object(fields) => {
            let kind = value.get(source, "@type").map(|it| type_name(source, it)).unwrap_or_default();
            match () {
                () if is_article(&kind) => article(source, value, "jsonld", found),
                () if kind == "WebPage" || kind == "ItemPage" => article(source, value, "jsonld-page", found),
                () if kind.ends_with("Organization") || kind == "WebSite" => {
                    names(source, value.get(source, "name"), "jsonld-site:name", found);
                }
                () => {}
            }
            for (name, inner) in fields {
                // Articles inside lists of links are other articles.
                if matches!(
                    name.of(source),
                    "@graph" | "mainEntity" | "mainEntityOfPage" | "isPartOf" | "liveBlogUpdate"
                ) {
                    visit(source, inner, depth - 1, found);
                }
            }
        }
        _ => {}
    }
}

fn type_name(source: &str, value: &Json) -> String {
    match value {
        Json::Array(values) => {
            let names: Vec<String> = values.iter().filter_map(|it| it.as_text(source)).collect();
            names.iter().find(|it| is_article(it)).or(names.first()).cloned().unwrap_or_default()
        }
        other => other.as_text(source).unwrap_or_default(),
    }
}

fn is_article(kind: &str) -> bool {
    let kind = kind.rsplit('/').next().unwrap_or(kind);
    kind.ends_with("Article")
        || kind.ends_with("BlogPosting")
        || matches!(kind, "Report" | "Review" | "LiveBlogPosting" | "CreativeWork")
}

fn article(source: &str, value: &Json, prefix: &str, found: &mut Found) {
    for key in [
        "headline", "datePublished", "dateCreated", "dateModified", "articleSection", "articleBody", "inLanguage",
        "url", "dateline", "description",
    ] {
        texts(source, value.get(source, key), &format!("{prefix}:{key}"), found);
    }
    for key in ["author", "creator", "publisher", "isBasedOn", "copyrightHolder"] {
        names(source, value.get(source, key), &format!("{prefix}:{key}"), found);
    }
}

fn texts(source: &str, value: Option<&Json>, name: &str, found: &mut Found) {
    match value {
        Some(Json::Array(values)) => values.iter().for_each(|it| texts(source, Some(it), name, found)),
        Some(it) => {
            if let (Some(text), Some(span)) = (it.as_text(source), it.span()) {
                let text = crate::html::entities::decode(&text);
                found.push((name.to_owned(), text, Some((span.start() as usize, span.end() as usize))));
            }
        }
        None => {}
    }
}

// A person or organisation is a name or an object with a name.
fn names(source: &str, value: Option<&Json>, name: &str, found: &mut Found) {
    match value {
        Some(Json::Array(values)) => values.iter().for_each(|it| names(source, Some(it), name, found)),
        Some(it @ Json::Object(_)) => {
            let kind = it.get(source, "@type").map(|it| type_name(source, it)).unwrap_or_default();
            let name = if kind == "Organization" || kind == "NewsMediaOrganization" {
                format!("{name}.organization")
            } else {
                name.to_owned()
            };
            texts(source, it.get(source, "name"), &name, found);
        }
        other => texts(source, other, name, found),
    }
}
