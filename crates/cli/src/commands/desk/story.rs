//! `rapporteur story`, `compare` and `lineage`: one story of a desk.

use std::collections::BTreeMap;

use rapporteur::{Error, lineage_page, render, rows};
use rapporteur_desk::StoryAccount;
use serde::Serialize;

use super::{NOTHING, filter, to_read};
use crate::commands::brief::form;
use crate::options::{Compare, Lineage, StoryOf};
use crate::output::{self, Done};
use crate::table::{Table, is_for_people, long, short};

pub(crate) fn run(asked: &StoryOf) -> Result<Done, Error> {
    let desk = to_read(&asked.desk)?;
    if matches!(asked.format.as_deref(), Some("jsonl" | "rows")) {
        let filter =
            rapporteur_desk::Filter { story: Some(asked.story.clone()), with_wrong: true, ..Default::default() };
        output::rows(desk.facts(&filter, rapporteur_desk::Page::ALL)?.rows)?;
        return Ok(NOTHING);
    }
    let format = form(asked.format.as_deref(), asked.output.as_deref())?;
    let told = desk.account(&asked.story)?;
    let both = (told.account, told.claims);
    let mut text = render(&both, &told.collection, format)?;
    if format == "terminal" {
        text = format!("{} · {}\n{text}", told.card.id, crate::table::plain(&told.card.title));
    }
    output::file_or_text(asked.output.as_deref(), &text)?;
    Ok(NOTHING)
}

/// One fact with what each origin makes of it.
#[derive(Serialize)]
struct CompareRow {
    story: String,
    fact_id: String,
    fact: String,
    verdict: String,
    independent_origins: u32,
    /// By origin: `says`, `differs`, `silent`.
    origins: BTreeMap<String, &'static str>,
    /// By origin: what it says otherwise.
    differs: BTreeMap<String, Vec<String>>,
}

pub(crate) fn compare(asked: &Compare) -> Result<Done, Error> {
    let desk = to_read(&asked.desk)?;
    let (filter, page) = filter(&asked.filters, Some(&asked.story));
    let facts = desk.facts(&filter, page)?;
    let told = desk.account(&asked.story)?;
    // Which origin each report is of, by letter and name.
    let mut origin_of: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for origin in &told.account.origins {
        for report in &origin.reports {
            origin_of.insert(told.collection.reports[report.ix()].id(), (&origin.letter, &origin.name));
        }
    }
    let letters: Vec<String> = told.account.origins.iter().map(|it| it.letter.clone()).collect();
    let mut columns = vec![long("fact"), short("verdict", 17)];
    // Names of columns live as long as the program; origins of a story are few.
    columns.extend(letters.iter().map(|it| short(leak(it), 3)));
    columns.push(long("otherwise"));
    let mut table = Table::new(columns, "No fact.");
    table.n_all = facts.n_all;
    for fact in &facts.rows {
        let row = compare_row(&told, fact, &origin_of);
        let sign = |letter: &String| {
            let name = told.account.origins.iter().find(|it| it.letter == *letter).map_or("", |it| it.name.as_str());
            match row.origins.get(&format!("{letter} {name}")).copied() {
                Some("says") => "●",
                Some("differs") => "≠",
                _ => "·",
            }
            .to_owned()
        };
        let otherwise: Vec<String> = row
            .differs
            .iter()
            .map(|(origin, values)| format!("{}: {}", origin.split(' ').next().unwrap_or(""), values.join(" / ")))
            .collect();
        let mut cells = vec![row.fact.clone(), row.verdict.clone()];
        cells.extend(letters.iter().map(sign));
        cells.push(otherwise.join("; "));
        table.push(&row, cells);
    }
    table.show(asked.form.format)?;
    if is_for_people(asked.form.format) {
        let key: Vec<String> =
            told.account.origins.iter().map(|it| format!("{} {}", it.letter, crate::table::plain(&it.name))).collect();
        output::text(&format!("\n● says so   ≠ says otherwise   · says nothing      {}\n", key.join(" · ")))?;
    }
    Ok(NOTHING)
}

fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn compare_row(
    told: &StoryAccount,
    fact: &rapporteur_desk::FactRow,
    origin_of: &BTreeMap<&str, (&str, &str)>,
) -> CompareRow {
    let name = |(letter, name): &(&str, &str)| format!("{letter} {name}");
    let mut origins: BTreeMap<String, &'static str> =
        told.account.origins.iter().map(|it| (format!("{} {}", it.letter, it.name), "silent")).collect();
    for report in &fact.row.reports {
        if let Some(origin) = origin_of.get(report.as_str()) {
            origins.insert(name(origin), "says");
        }
    }
    let mut differs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for variant in &fact.row.variants {
        if let Some(origin) = origin_of.get(variant.report.as_str()) {
            origins.insert(name(origin), "differs");
            let values = differs.entry(name(origin)).or_default();
            if !values.contains(&variant.value) {
                values.push(variant.value.clone());
            }
        }
    }
    CompareRow {
        story: fact.row.story.clone(),
        fact_id: fact.row.id.clone(),
        fact: fact.row.fact.clone(),
        verdict: fact.row.verdict.clone(),
        independent_origins: fact.row.independent_origins,
        origins,
        differs,
    }
}

pub(crate) fn lineage(asked: &Lineage) -> Result<Done, Error> {
    let told = to_read(&asked.desk)?.account(&asked.story)?;
    let (reports, relations) = (&told.collection.reports, &told.collection.relations);
    if asked.html {
        output::file_or_text(asked.page.output.as_deref(), &lineage_page(&told.collection))?;
        return Ok(NOTHING);
    }
    let pairs = rows::relation_rows(reports, relations, rapporteur::Unit::Char);
    let origins = rows::origin_rows(reports, relations);
    let columns = vec![
        short("report", 30),
        short("comes", 11),
        short("from", 30),
        short("how", 14),
        short("shared", 6),
        long("because"),
    ];
    let mut table = Table::new(columns, "No two reports of the story share a text.");
    for row in &pairs {
        let (one, other, word) = match row.direction.as_str() {
            "b-from-a" => (&row.b, &row.a, "from"),
            "a-from-b" => (&row.a, &row.b, "from"),
            _ => (&row.a, &row.b, "with"),
        };
        let shared = format!("{:.0} %", row.containment_a.max(row.containment_b) * 100.0);
        let cells =
            vec![one.clone(), word.to_owned(), other.clone(), row.relation.clone(), shared, row.because.join("; ")];
        table.push(row, cells);
    }
    table.json.extend(origins.iter().map(|it| serde_json::to_value(it).unwrap_or_default()));
    table.show(asked.form.format)?;
    if is_for_people(asked.form.format) {
        let mut out = format!("\n{} independent origins\n", origins.len());
        for origin in &origins {
            out += &format!("  {}: {}\n", crate::table::plain(&origin.origin), origin.reports.join(", "));
        }
        output::text(&out)?;
    }
    Ok(NOTHING)
}
