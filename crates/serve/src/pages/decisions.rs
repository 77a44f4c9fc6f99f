//! Decisions: what people decided, taking it back, and the forms that decide.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use rapporteur_desk::{Decision, Filter, Page, What};

use super::{Frame, encoded, go, own_path, shown, time_words, words};
use crate::app::{App, Failed};
use crate::guard::Visit;
use crate::guard::form::{Fields, Form};
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "decisions.html")]
struct DecisionsPage {
    frame: Frame,
    decisions: Vec<DecisionView>,
}

struct DecisionView {
    id: i64,
    what: String,
    about: Vec<Link>,
    who: String,
    why: String,
    at: String,
    when: String,
    undone_by: Option<i64>,
    can_undo: bool,
}

struct Link {
    name: String,
    to: String,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/decisions", get(page).post(decide))
}

async fn page(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let decisions = app.read(|desk| desk.decisions()).await?;
    let may_write = visit.may_write();
    let decisions = decisions.into_iter().rev().map(|it| view(it, may_write)).collect();
    shown(&DecisionsPage { frame: Frame::new(&visit, "Decisions", "decisions"), decisions })
}

fn view(it: Decision, may_write: bool) -> DecisionView {
    let report = |id: &String| Link { name: id.clone(), to: format!("/reports/{}", encoded(id)) };
    let about = match &it.what {
        What::Merge { reports } | What::Split { reports } => reports.iter().map(report).collect(),
        What::Rename { report: id, title } => {
            let name = if title.is_empty() { "its own title again".to_owned() } else { format!("“{title}”") };
            vec![Link { name, to: format!("/reports/{}", encoded(id)) }]
        }
        What::Wrong { fact, text, .. } => vec![Link { name: text.clone(), to: format!("/facts/{}", encoded(fact)) }],
        What::SameSpeaker { actors } => {
            actors.iter().map(|it| Link { name: it.clone(), to: format!("/actors/{}", encoded(it)) }).collect()
        }
        What::NotSpeaker { report, span, .. } => {
            vec![Link { name: report.clone(), to: super::fact::place(report, *span) }]
        }
        What::Original { report: id } => vec![report(id)],
        What::Undo { decision } => vec![Link { name: format!("decision {decision}"), to: format!("#d{decision}") }],
    };
    DecisionView {
        id: it.id,
        what: words::decision(it.what.as_str()).to_owned(),
        about,
        can_undo: may_write && it.undone_by.is_none() && !matches!(it.what, What::Undo { .. }),
        who: it.who,
        why: it.why,
        when: time_words(&it.when),
        at: it.when,
        undone_by: it.undone_by,
    }
}

/// What a form decides. Forms name stories; decisions name reports, which last longer.
enum Wanted {
    Whole(What),
    Merge(String, String),
    Rename(String, String),
}

fn wanted(form: &Fields) -> Result<Wanted, Problem> {
    let need = |name: &str| form.need(name).map(str::to_owned);
    Ok(Wanted::Whole(match form.need("do")? {
        "merge" => return Ok(Wanted::Merge(need("story")?, need("with")?)),
        "rename" => return Ok(Wanted::Rename(need("story")?, form.get("title").unwrap_or("").to_owned())),
        "split" => {
            let reports = form.all("report");
            if reports.is_empty() {
                return Err(Problem::asked("no report was chosen", "tick the reports that leave the story"));
            }
            What::Split { reports }
        }
        "wrong" => What::Wrong { fact: need("fact")?, text: String::new(), kind: String::new(), support: Vec::new() },
        "same-speaker" => {
            let actors = vec![need("actor")?, need("other")?];
            if actors[0] == actors[1] {
                return Err(Problem::asked("both are the same name already", "choose two that are not"));
            }
            What::SameSpeaker { actors }
        }
        "not-speaker" => {
            let at = form.need("at")?;
            let span = at.split_once('-').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
            let Some(span) = span else {
                return Err(Problem::asked(format!("'{at}' is no place in a text"), "write it as 120-160"));
            };
            What::NotSpeaker { report: need("report")?, span, actor: form.get("actor").map(str::to_owned) }
        }
        "original" => What::Original { report: need("report")? },
        "undo" => match form.need("decision")?.parse() {
            Ok(decision) => What::Undo { decision },
            Err(_) => return Err(Problem::asked("a decision has a number", "choose one of the list")),
        },
        other => {
            return Err(Problem::asked(format!("'{other}' is nothing that can be decided"), "use a form of the desk"));
        }
    }))
}

async fn decide(State(app): State<App>, visit: Visit, Form(form): Form) -> Result<Response, Problem> {
    let wanted = wanted(&form)?;
    let (who, why) = (visit.name.clone(), form.get("why").unwrap_or("").to_owned());
    let back = own_path(form.get("back"));
    app.write(move |desk, _| {
        let a_report = |desk: &rapporteur_desk::Desk, story: &str| -> Result<String, Failed> {
            let filter = Filter { story: Some(story.to_owned()), ..Filter::default() };
            let found = desk.reports(&filter, Page { offset: 0, n_max: 1 })?.rows;
            found
                .into_iter()
                .next()
                .map(|it| it.id)
                .ok_or_else(|| Failed::NotFound(format!("story '{story}' has no report")))
        };
        let what = match wanted {
            Wanted::Whole(what) => what,
            Wanted::Merge(one, other) => {
                let reports = vec![a_report(desk, &one)?, a_report(desk, &other)?];
                if reports[0] == reports[1] {
                    return Err(Failed::Asked("both are the same story already".to_owned()));
                }
                What::Merge { reports }
            }
            Wanted::Rename(story, title) => What::Rename { report: a_report(desk, &story)?, title },
        };
        Ok(desk.decide(Decision { id: 0, when: String::new(), who, why, what, undone_by: None })?)
    })
    .await?;
    Ok(go(&back))
}
