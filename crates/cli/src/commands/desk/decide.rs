//! `rapporteur decide` and `decisions`: what people say about what is on a desk.

use std::io::Read;
use std::path::Path;

use rapporteur::Error;
use rapporteur_desk::{Decision, Desk, Filter, Kind, Page, What};

use super::{NOTHING, folder, to_write};
use crate::options::{Decide, DecideWhat, Decisions, DecisionsDo};
use crate::output::{self, Done};
use crate::table::{Table, long, number, short};

pub(crate) fn run(asked: &Decide) -> Result<Done, Error> {
    let mut desk = to_write(asked.desk.as_deref())?;
    let what = match &asked.what {
        DecideWhat::Merge { ids } => What::Merge { reports: reports(&desk, ids)? },
        DecideWhat::Split { reports } => What::Split { reports: reports.clone() },
        DecideWhat::Rename { story, title } => {
            let report = reports(&desk, std::slice::from_ref(story))?.remove(0);
            What::Rename { report, title: title.clone() }
        }
        DecideWhat::Wrong { fact } => {
            What::Wrong { fact: fact.clone(), text: String::new(), kind: String::new(), support: Vec::new() }
        }
        DecideWhat::SameSpeaker { actors } => {
            let ids: Result<Vec<String>, rapporteur_desk::Error> =
                actors.iter().map(|it| desk.actor(it).map(|it| it.id)).collect();
            What::SameSpeaker { actors: ids? }
        }
        DecideWhat::NotSpeaker { report, span, actor } => {
            let both = span.split_once('-').and_then(|it| Some((it.0.parse().ok()?, it.1.parse().ok()?)));
            let Some(span) = both else {
                return Err(Error::usage(format!(
                    "'{span}' is no place; write it as START-END, in code points: 120-164"
                )));
            };
            let actor = actor.as_ref().map(|it| desk.actor(it).map(|it| it.id)).transpose()?;
            What::NotSpeaker { report: report.clone(), span, actor }
        }
        DecideWhat::Original { report } => What::Original { report: report.clone() },
        DecideWhat::Undo { decision } => What::Undo { decision: *decision },
    };
    // Whose account it is, where nobody says otherwise: the name a decision is made under is for people, no proof.
    let user = || std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default();
    let who = asked.who.clone().unwrap_or_else(user);
    let made =
        desk.decide(Decision { id: 0, when: String::new(), who, why: asked.why.clone(), what, undone_by: None })?;
    let what = told(&made);
    let back = match made.what {
        What::Undo { .. } => String::new(),
        _ => format!(" `rapporteur decide undo {}` takes it back.", made.id),
    };
    output::text(&format!("Decision {}: {}.{back}\n", made.id, crate::table::plain(what.trim_end_matches('.'))))?;
    Ok(NOTHING)
}

/// Reports for ids of reports or stories: a story is named by its first report, which other desks know too.
fn reports(desk: &Desk, ids: &[String]) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for id in ids {
        match desk.story(id) {
            Ok(story) => {
                let filter = Filter { story: Some(story.id), ..Filter::default() };
                let mut of_story: Vec<String> =
                    desk.reports(&filter, Page::ALL)?.rows.into_iter().map(|it| it.id).collect();
                of_story.sort();
                found.extend(of_story.into_iter().next());
            }
            Err(error) if error.kind() == Kind::NotFound => {
                desk.report_card(id).map_err(|_| {
                    Error::usage(format!(
                        "there is no story or report '{id}' on this desk; `rapporteur stories` lists them"
                    ))
                })?;
                found.push(id.clone());
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(found)
}

fn told(decision: &Decision) -> String {
    match &decision.what {
        What::Merge { reports } => format!("the stories of {} are one", reports.join(", ")),
        What::Split { reports } => format!("{} apart", reports.join(", ")),
        What::Rename { report, title } => format!("the story of {report} is called “{title}”"),
        What::Wrong { fact, text, .. } => format!("{fact} is wrong: {text}"),
        What::SameSpeaker { actors } => format!("{} are one", actors.join(", ")),
        What::NotSpeaker { report, span, actor } => {
            format!("{} does not speak in {report} {}-{}", actor.as_deref().unwrap_or("who is named"), span.0, span.1)
        }
        What::Original { report } => format!("{report} is the original"),
        What::Undo { decision } => format!("decision {decision} is taken back"),
    }
}

pub(crate) fn list(asked: &Decisions) -> Result<Done, Error> {
    match asked.what.as_ref().unwrap_or(&DecisionsDo::List) {
        DecisionsDo::Apply { file } => {
            let mut desk = to_write(asked.desk.as_deref())?;
            let new = desk.apply(&read(file)?)?;
            output::text(&format!("{} decisions taken over.\n", new.len()))?;
            Ok(NOTHING)
        }
        DecisionsDo::Export => {
            output::rows(Desk::open_to_read(&folder(asked.desk.as_deref())?)?.decisions()?)?;
            Ok(NOTHING)
        }
        DecisionsDo::List => {
            let desk = Desk::open_to_read(&folder(asked.desk.as_deref())?)?;
            let columns = vec![
                number("no"),
                short("when", 20),
                short("who", 16),
                long("what"),
                long("why"),
                short("undone by", 9),
            ];
            let mut table = Table::new(columns, "Nobody has decided anything yet.");
            for row in &desk.decisions()? {
                let undone = row.undone_by.map(|it| it.to_string()).unwrap_or_default();
                let cells =
                    vec![row.id.to_string(), row.when.clone(), row.who.clone(), told(row), row.why.clone(), undone];
                table.push(row, cells);
            }
            table.show(asked.form.format)?;
            Ok(NOTHING)
        }
    }
}

/// Rows of decisions; the error names the line.
fn read(file: &Path) -> Result<Vec<Decision>, Error> {
    let failed = |e: std::io::Error| Error::input(format!("cannot read {}: {e}", file.display()));
    let text = if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(failed)?;
        text
    } else {
        std::fs::read_to_string(file).map_err(failed)?
    };
    let lines = text.lines().enumerate().filter(|it| !it.1.trim().is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line)
                .map_err(|e| Error::input(format!("{} line {}: no decision: {e}", file.display(), at + 1)))
        })
        .collect()
}
