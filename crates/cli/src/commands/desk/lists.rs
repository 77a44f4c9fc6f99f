//! The lists of a desk: stories, facts, ledgers, actors, alerts.

use rapporteur::Error;
use rapporteur_desk::{FactRow, Kind, Ledger};
use serde_json::Value;

use super::{NOTHING, filter, n_origins, to_read};
use crate::options::{ActorOf, List};
use crate::output::{self, Done};
use crate::table::{Table, is_for_people, long, number, short};

pub(crate) fn stories(asked: &List) -> Result<Done, Error> {
    let desk = to_read(&asked.desk)?;
    let (filter, page) = filter(&asked.filters, asked.story.as_deref());
    let found = desk.stories(&filter, page)?;
    let columns = vec![
        short("story", 32),
        short("from", 10),
        short("to", 10),
        number("reports"),
        n_origins(),
        number("facts"),
        long("title"),
    ];
    let mut table = Table::new(columns, "No story. `rapporteur add PATH…` adds reports.");
    table.n_all = found.n_all;
    for row in &found.rows {
        let day = |it: &Option<String>| it.clone().unwrap_or_default();
        table.push(
            row,
            vec![
                row.id.clone(),
                day(&row.first_day),
                day(&row.last_day),
                row.n_reports.to_string(),
                row.n_origins.to_string(),
                row.n_facts.to_string(),
                row.title.clone(),
            ],
        );
    }
    table.show(asked.form.format)?;
    Ok(NOTHING)
}

pub(crate) fn facts(asked: &List) -> Result<Done, Error> {
    let desk = to_read(&asked.desk)?;
    let (filter, page) = filter(&asked.filters, asked.story.as_deref());
    let found = desk.facts(&filter, page)?;
    let mut table = facts_table(&found.rows);
    table.n_all = found.n_all;
    table.show(asked.form.format)?;
    Ok(NOTHING)
}

pub(super) fn facts_table(rows: &[FactRow]) -> Table {
    let columns = vec![
        short("fact id", 16),
        short("kind", 9),
        short("verdict", 17),
        n_origins(),
        short("told on", 10),
        long("fact"),
    ];
    let mut table = Table::new(columns, "No fact.");
    for row in rows {
        let wrong = if row.is_wrong { " (said to be wrong)" } else { "" };
        table.push(
            row,
            vec![
                row.row.id.clone(),
                row.row.kind.clone(),
                row.row.verdict.clone(),
                row.row.independent_origins.to_string(),
                row.told_on.clone().unwrap_or_default(),
                format!("{}{wrong}", row.row.fact),
            ],
        );
    }
    table
}

/// A field of a row as words; lists with commas between.
fn words(row: &Value, key: &str) -> String {
    match row.get(key) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(it)) => it.clone(),
        Some(Value::Array(list)) => {
            let parts: Vec<String> = list.iter().map(|it| it.as_str().unwrap_or_default().to_owned()).collect();
            parts.join(", ")
        }
        Some(other) => other.to_string(),
    }
}

/// The words of the first place in a list of places.
fn first(row: &Value, list: &str, inner: &[&str]) -> Value {
    let mut at = row.get(list).and_then(|it| it.get(0)).cloned().unwrap_or_default();
    for key in inner {
        at = at.get(key).cloned().unwrap_or_default();
    }
    at
}

type Cells = fn(&Value) -> Vec<String>;

fn ledger(asked: &List, ledger: Ledger, mut table: Table, cells: Cells) -> Result<Done, Error> {
    let desk = to_read(&asked.desk)?;
    let (filter, page) = filter(&asked.filters, asked.story.as_deref());
    let found = desk.ledger(ledger, &filter, page)?;
    table.n_all = found.n_all;
    for row in &found.rows {
        table.push(&row.row, cells(&row.row));
    }
    table.show(asked.form.format)?;
    Ok(NOTHING)
}

pub(crate) fn quotes(asked: &List) -> Result<Done, Error> {
    let columns =
        vec![short("who", 24), short("date", 12), n_origins(), number("printings"), long("words"), short("report", 24)];
    ledger(asked, Ledger::Quotes, Table::new(columns, "No quotation."), |row| {
        let at = first(row, "wordings", &["at"]);
        let is_quoted = first(row, "wordings", &["quoted"]) == Value::Bool(true);
        let said = words(&at, "text");
        let said = if is_quoted && !said.contains(['"', '“', '”']) { format!("“{said}”") } else { said };
        let who = words(row, "speakers");
        vec![
            if who.is_empty() { "not stated".to_owned() } else { who },
            words(row, "date"),
            words(row, "independent_origins"),
            row.get("wordings").and_then(Value::as_array).map_or(0, Vec::len).to_string(),
            said,
            words(&at, "report"),
        ]
    })
}

pub(crate) fn positions(asked: &List) -> Result<Done, Error> {
    let columns = vec![
        short("who", 24),
        short("stance", 8),
        long("issue"),
        short("told on", 10),
        n_origins(),
        short("also", 8),
        long("words"),
    ];
    ledger(asked, Ledger::Positions, Table::new(columns, "No position."), |row| {
        vec![
            words(row, "name"),
            words(row, "stance"),
            words(row, "issue"),
            words(row, "told_on"),
            words(row, "independent_origins"),
            words(row, "also"),
            words(&first(row, "support", &[]), "text"),
        ]
    })
}

pub(crate) fn figures(asked: &List) -> Result<Done, Error> {
    let columns = vec![long("what"), short("unit", 18), long("values, by independent origins"), short("fact id", 16)];
    ledger(asked, Ledger::Figures, Table::new(columns, "No figure."), |row| {
        let values = row.get("values").and_then(Value::as_array).cloned().unwrap_or_default();
        let value = |it: &Value| format!("{} ({})", words(it, "printed"), words(it, "independent_origins"));
        let values: Vec<String> = values.iter().map(value).collect();
        vec![words(row, "concept"), words(row, "unit"), values.join("; "), words(row, "claim")]
    })
}

pub(crate) fn agenda(asked: &List) -> Result<Done, Error> {
    let columns = vec![short("date", 16), short("status", 10), n_origins(), long("what"), short("fact id", 16)];
    ledger(asked, Ledger::Schedule, Table::new(columns, "Nothing is stated for a day."), |row| {
        vec![
            words(row, "date"),
            words(row, "status"),
            words(row, "independent_origins"),
            words(row, "fact"),
            words(row, "claim"),
        ]
    })
}

pub(crate) fn offices(asked: &List) -> Result<Done, Error> {
    let columns =
        vec![long("who"), short("change", 8), long("office"), short("date", 12), n_origins(), short("fact id", 16)];
    ledger(asked, Ledger::Offices, Table::new(columns, "No office changed hands."), |row| {
        vec![
            words(row, "name"),
            words(row, "change"),
            words(row, "office"),
            words(row, "date"),
            words(row, "independent_origins"),
            words(row, "claim"),
        ]
    })
}

pub(crate) fn proposals(asked: &List) -> Result<Done, Error> {
    let columns =
        vec![long("what"), short("whose", 24), n_origins(), long("versions"), long("who is for or against it")];
    ledger(asked, Ledger::Proposals, Table::new(columns, "No proposal."), |row| {
        let list = |key: &str| row.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let versions: Vec<String> = list("versions").iter().map(|it| words(it, "words")).collect();
        let side = |it: &Value| format!("{} ({})", words(it, "name"), words(it, "stance"));
        let sides: Vec<String> = list("stances").iter().map(side).collect();
        vec![
            words(row, "name"),
            words(row, "by"),
            words(row, "independent_origins"),
            versions.join("; "),
            sides.join("; "),
        ]
    })
}

pub(crate) fn actor(asked: &ActorOf) -> Result<Done, Error> {
    let desk = to_read(&asked.desk)?;
    let (mut filter, page) = filter(&asked.filters, None);
    let card = match desk.actor(&asked.actor) {
        Ok(card) => card,
        // Several may be meant: they are listed, for the next try.
        Err(error) if error.kind() == Kind::Asked => {
            let found = desk.actors(&asked.actor, page)?;
            let mut table = Table::new(
                vec![short("id", 40), long("name"), short("kind", 14), number("reports"), number("facts")],
                "Nobody.",
            );
            table.n_all = found.n_all;
            for row in &found.rows {
                let counts = [row.n_reports.to_string(), row.n_facts.to_string()];
                let [reports, facts] = counts;
                table.push(row, vec![row.id.clone(), row.name.clone(), row.kind.clone(), reports, facts]);
            }
            table.show(asked.form.format)?;
            return Ok(NOTHING);
        }
        Err(error) => return Err(error.into()),
    };
    filter.actor = Some(card.id.clone());
    let facts = desk.facts(&filter, page)?;
    if is_for_people(asked.form.format) {
        let head = format!(
            "{} ({}, {}): in {} reports, {} facts\n\n",
            crate::table::plain(&card.name),
            card.id,
            card.kind,
            card.n_reports,
            card.n_facts
        );
        output::text(&head)?;
    }
    let mut table = facts_table(&facts.rows);
    table.n_all = facts.n_all;
    table.show(asked.form.format)?;
    Ok(NOTHING)
}
