//! One report: its text with the words that facts rest on marked, what is known of it, and its original as a file.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use rapporteur_desk::{FactRow, ReportCard};
use rapporteur_model::{Annotated, Role, Span};
use rapporteur_text::Unit;

use super::{Frame, day_words, download, encoded, shown};
use crate::app::App;
use crate::guard::Visit;
use crate::guard::form::Asked;
use crate::problem::Problem;

/// Facts of one report that are marked and listed.
const FACTS_MAX: usize = 500;

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    frame: Frame,
    id: String,
    path: String,
    title: String,
    meta: Vec<String>,
    story: String,
    story_title: String,
    because: Vec<String>,
    version_of: Option<String>,
    blocks: Vec<BlockView>,
    facts: Vec<FactLink>,
    problems: Vec<String>,
}

struct BlockView {
    class: &'static str,
    label: &'static str,
    pieces: Vec<Piece>,
}

/// A run of words: of nothing, of facts, of what the address asks for.
struct Piece {
    text: String,
    /// Facts that rest on it, for the reader who points at it.
    facts: String,
    /// Leads to the first of them.
    to: String,
    is_asked: bool,
    /// Whether the place that is asked for begins here.
    is_first: bool,
}

struct FactLink {
    text: String,
    to: String,
    /// To its words in this report.
    at: Option<String>,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/reports/{id}", get(page)).route("/reports/{id}/original", get(original))
}

async fn page(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let wanted = match asked.get("at") {
        None => None,
        Some(at) => Some(range(at)?),
    };
    let (card, report, facts, story) = app
        .read(move |desk| {
            let card = desk.report_card(&id)?;
            let (report, facts, story) = (desk.report(&id)?, desk.facts_in(&id, FACTS_MAX)?, desk.story(&card.story)?);
            Ok((card, report, facts, story))
        })
        .await?;
    let title = card.title.clone().unwrap_or_else(|| card.id.clone());
    let asked = wanted.and_then(|(start, end)| rapporteur::rows::span_of(report.text(), Unit::Char, start, end));
    shown(&ReportPage {
        frame: Frame::new(&visit, &title, "stories"),
        path: format!("/reports/{}", encoded(&card.id)),
        meta: meta(&card),
        story: format!("/stories/{}", encoded(&story.id)),
        story_title: story.title,
        because: card.because.clone(),
        version_of: card.version_of.as_ref().map(|it| format!("/reports/{}", encoded(it))),
        blocks: blocks(&report, &marks(&card.id, &report, &facts), asked),
        facts: facts.iter().map(|it| fact_link(&card.id, it)).collect(),
        problems: report
            .article
            .problems
            .iter()
            .chain(&report.article.report.problems)
            .map(|it| it.message.clone())
            .collect(),
        id: card.id,
        title,
    })
}

/// `120-160`: code points of the text.
fn range(at: &str) -> Result<(u32, u32), Problem> {
    let both = at.split_once('-').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    both.ok_or_else(|| Problem::asked(format!("'{at}' is no place in a text"), "write it as 120-160, in code points"))
}

fn meta(card: &ReportCard) -> Vec<String> {
    let mut found = vec![
        card.outlet.clone().unwrap_or_else(|| "outlet not stated".to_owned()),
        card.day.as_deref().map_or_else(|| "day not stated".to_owned(), day_words),
    ];
    found.extend(card.lang.as_ref().map(|it| format!("language {it}")));
    found.push(format!("added {}", super::time_words(&card.added_at)));
    found.push(card.location.clone());
    found
}

fn fact_link(report: &str, it: &FactRow) -> FactLink {
    let at = it.row.support.iter().find(|it| it.report == report).map(|it| super::fact::place(report, it.span));
    FactLink { text: it.row.fact.clone(), to: format!("/facts/{}", encoded(&it.row.id)), at }
}

/// Words of the report with the fact that rests on them.
struct Mark<'a> {
    span: Span,
    fact: &'a FactRow,
}

fn marks<'a>(id: &str, report: &Annotated, facts: &'a [FactRow]) -> Vec<Mark<'a>> {
    let mut found = Vec::new();
    for fact in facts {
        let support = fact.row.support.iter().map(|it| (&it.report, it.span));
        let variants = fact.row.variants.iter().map(|it| (&it.report, it.span));
        for (_, (start, end)) in support.chain(variants).filter(|it| it.0 == id) {
            let span = rapporteur::rows::span_of(report.text(), Unit::Char, start, end);
            found.extend(span.map(|span| Mark { span, fact }));
        }
    }
    found
}

/// The blocks, cut where marks begin and end.
fn blocks(report: &Annotated, marks: &[Mark<'_>], asked: Option<Span>) -> Vec<BlockView> {
    let text = report.text();
    let mut found = Vec::new();
    let mut is_first = true;
    for block in &report.article.blocks {
        let mut cuts = vec![block.span.start(), block.span.end()];
        for span in marks.iter().map(|it| it.span).chain(asked) {
            cuts.extend([span.start(), span.end()].into_iter().filter(|it| block.span.contains_offset(*it)));
        }
        cuts.sort_unstable();
        cuts.dedup();
        let mut pieces = Vec::new();
        for cut in cuts.windows(2) {
            let span = Span::new(cut[0], cut[1]);
            let over: Vec<&Mark<'_>> = marks.iter().filter(|it| it.span.contains(span)).collect();
            let is_asked = asked.is_some_and(|it| it.contains(span));
            pieces.push(Piece {
                text: span.of(text).to_owned(),
                facts: over.iter().map(|it| it.fact.row.fact.as_str()).collect::<Vec<_>>().join(" · "),
                to: over.first().map_or_else(String::new, |it| format!("/facts/{}", encoded(&it.fact.row.id))),
                is_asked,
                is_first: is_asked && std::mem::take(&mut is_first),
            });
        }
        let (class, label) = match block.role {
            _ if block.repeat_of.is_some() => ("f", "printed again"),
            it if it.is_furniture() => ("f", it.as_str()),
            Role::Headline => ("h", ""),
            Role::Standfirst | Role::Subheading => ("b", ""),
            Role::Body | Role::PullQuote | Role::KeyPoint | Role::Correction => ("", ""),
            it => ("f", it.as_str()),
        };
        found.push(BlockView { class, label, pieces });
    }
    found
}

async fn original(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let (location, bytes) = app.read(move |desk| desk.original(&id)).await?;
    let name = location.rsplit(['/', '\\']).next().filter(|it| !it.is_empty()).unwrap_or("original");
    Ok(download(name, bytes))
}
