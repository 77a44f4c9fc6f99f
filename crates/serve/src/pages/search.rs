//! Finding reports and facts by words: snippets that lead to the exact words, facets that narrow.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use rapporteur_desk::{Facets, FactHit, Filter, Page, ReportHit, Snippet};

use super::fact::place;
use super::{Frame, Pager, day_words, encoded, shown, words};
use crate::app::App;
use crate::guard::Visit;
use crate::guard::form::{Asked, Fields};
use crate::problem::Problem;

/// What narrows a search, by the name of its parameter.
const FILTERS: [&str; 6] = ["outlet", "day", "story", "kind", "verdict", "actor"];
/// Values of a facet that are shown.
const VALUES_MAX: usize = 8;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    is_facts: bool,
    reports: Vec<ReportView>,
    facts: Vec<FactView>,
    facets: Vec<FacetView>,
    chosen: Vec<ChosenView>,
    pager: Option<Pager>,
    /// What is wrong with the query, and what to do.
    complaint: String,
    to_reports: String,
    to_facts: String,
}

struct ReportView {
    title: String,
    meta: String,
    to: String,
    snippets: Vec<SnippetView>,
}

struct SnippetView {
    to: String,
    pieces: Vec<Piece>,
}

/// A run of words that matched, or did not.
struct Piece {
    text: String,
    is_hit: bool,
}

struct FactView {
    pieces: Vec<Piece>,
    meta: String,
    to: String,
    at: String,
}

struct FacetView {
    name: String,
    values: Vec<FacetValue>,
}

struct FacetValue {
    name: String,
    n: usize,
    to: String,
}

/// A filter that is set, with the address without it.
struct ChosenView {
    name: &'static str,
    value: String,
    to: String,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/search", get(page))
}

async fn page(State(app): State<App>, visit: Visit, Asked(asked): Asked) -> Result<Response, Problem> {
    let q = asked.get("q").unwrap_or("").to_owned();
    let is_facts = asked.get("in") == Some("facts");
    let mut frame =
        Frame::new(&visit, if q.is_empty() { "Search".to_owned() } else { format!("{q} – search") }, "search");
    frame.q = q.clone();
    let chosen = FILTERS.iter().filter_map(|name| {
        let value = asked.get(name)?.to_owned();
        Some(ChosenView { name, value, to: address(&asked, is_facts, &[name], None) })
    });
    let mut page = SearchPage {
        frame,
        is_facts,
        reports: Vec::new(),
        facts: Vec::new(),
        facets: Vec::new(),
        chosen: chosen.collect(),
        pager: None,
        complaint: String::new(),
        to_reports: address(&asked, false, &["kind", "verdict"], None),
        to_facts: address(&asked, true, &[], None),
    };
    if q.is_empty() {
        // Words are still to come; what narrows the search waits in the form.
        return shown(&page);
    }
    let offset = Pager::offset(&asked)?;
    let part = Page { offset, n_max: Pager::ROWS / 2 };
    let text = |name: &str| asked.get(name).map(str::to_owned);
    let filter = Filter {
        story: text("story"),
        outlet: text("outlet"),
        from: text("day"),
        to: text("day"),
        kind: text("kind").filter(|_| is_facts),
        verdict: text("verdict").filter(|_| is_facts),
        actor: text("actor"),
        ..Filter::default()
    };
    let found = app
        .read(move |desk| {
            Ok(if is_facts {
                let found = desk.search_facts(&q, &filter, part)?;
                let facts: Vec<FactView> = found.hits.rows.into_iter().map(fact).collect();
                (Vec::new(), facts, found.hits.n_all, names(desk, &found.facets))
            } else {
                let found = desk.search(&q, &filter, part)?;
                let reports: Vec<ReportView> = found.hits.rows.into_iter().map(report).collect();
                (reports, Vec::new(), found.hits.n_all, names(desk, &found.facets))
            })
        })
        .await;
    let (reports, facts, n_all, facets) = match found {
        Ok(found) => found,
        Err(failed) => {
            let problem = Problem::from(failed);
            if problem.status.is_server_error() {
                return Err(problem);
            }
            page.complaint = format!("{}; {}", problem.detail, problem.todo);
            return shown(&page);
        }
    };
    let n_shown = reports.len() + facts.len();
    page.pager = Some(Pager::new(&address(&asked, is_facts, &[], None), offset, n_shown, n_all));
    page.facets = facets
        .into_iter()
        .filter(|it| asked.get(&it.0).is_none() && !it.1.is_empty())
        .map(|(name, values)| FacetView {
            values: values
                .into_iter()
                .map(|(value, shown, n)| FacetValue {
                    name: shown,
                    n,
                    to: address(&asked, is_facts, &[], Some((&name, &value))),
                })
                .collect(),
            name,
        })
        .collect();
    (page.reports, page.facts) = (reports, facts);
    shown(&page)
}

/// A value of a facet: as a filter takes it, as people call it, how many have it.
type Value = (String, String, usize);

/// Facets with a name for people to each value; what is not known cannot be asked for and is left out.
fn names(desk: &rapporteur_desk::Desk, facets: &Facets) -> Vec<(String, Vec<Value>)> {
    let mut found = Vec::new();
    for (facet, values) in &facets.by {
        let known = values.iter().filter_map(|it| Some((it.value.clone()?, it.n))).take(VALUES_MAX);
        let named = known.map(|(value, n)| {
            let shown = match facet.as_str() {
                "story" => desk.story(&value).map_or_else(|_| value.clone(), |it| it.title),
                "day" => day_words(&value),
                "verdict" => words::verdict(&value).to_owned(),
                _ => value.clone(),
            };
            (value, shown, n)
        });
        found.push((facet.clone(), named.collect()));
    }
    found
}

/// The address of this search without some of its filters, and with another one.
fn address(asked: &Fields, is_facts: bool, without: &[&str], with: Option<(&str, &str)>) -> String {
    let mut out = format!("/search?q={}", encoded(asked.get("q").unwrap_or("")));
    if is_facts {
        out.push_str("&in=facts");
    }
    for name in FILTERS.iter().filter(|it| !without.contains(it)) {
        if let Some(value) = asked.get(name) {
            out.push_str(&format!("&{name}={}", encoded(value)));
        }
    }
    if let Some((name, value)) = with {
        out.push_str(&format!("&{name}={}", encoded(value)));
    }
    out
}

fn report(hit: ReportHit) -> ReportView {
    let ReportHit { report, snippets } = hit;
    let mut meta: Vec<String> = report.outlet.into_iter().collect();
    meta.extend(report.day.as_deref().map(day_words));
    ReportView {
        title: report.title.unwrap_or_else(|| report.id.clone()),
        meta: meta.join(" · "),
        to: format!("/reports/{}", encoded(&report.id)),
        snippets: snippets.into_iter().map(snippet).collect(),
    }
}

fn snippet(it: Snippet) -> SnippetView {
    let whole = it.marks.first().zip(it.marks.last()).map_or(it.span, |(first, last)| (first.0, last.1));
    let marks: Vec<(u32, u32)> =
        it.marks.iter().map(|m| (m.0.saturating_sub(it.span.0), m.1.saturating_sub(it.span.0))).collect();
    SnippetView { to: place(&it.report, whole), pieces: pieces(&it.text, &marks) }
}

fn fact(hit: FactHit) -> FactView {
    let row = hit.fact.row;
    let mut meta = vec![row.kind.clone(), words::verdict(&row.verdict).to_owned()];
    // Of one origin the verdict says so.
    if row.verdict != "single" {
        meta.push(super::plural(row.independent_origins as usize, "origin"));
    }
    meta.extend(hit.fact.told_on.as_deref().map(day_words));
    FactView {
        pieces: pieces(&row.fact, &hit.marks),
        meta: meta.join(" · "),
        to: format!("/facts/{}", encoded(&row.id)),
        at: row.support.first().map_or_else(String::new, |it| place(&it.report, it.span)),
    }
}

/// A text cut at marks in its code points, which are in order.
fn pieces(text: &str, marks: &[(u32, u32)]) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    for (at, it) in text.chars().enumerate() {
        let is_hit = marks.iter().any(|mark| (mark.0 as usize) <= at && at < mark.1 as usize);
        match found.last_mut() {
            Some(last) if last.is_hit == is_hit => last.text.push(it),
            _ => found.push(Piece { text: it.to_string(), is_hit }),
        }
    }
    found
}
