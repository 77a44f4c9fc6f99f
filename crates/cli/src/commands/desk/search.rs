//! `rapporteur search`: reports and facts by words.

use rapporteur::Error;
use rapporteur_desk::{Facets, Snippet};

use super::{NOTHING, filter, to_read};
use crate::options::Search;
use crate::output::{self, Done};
use crate::table::{Table, is_for_people, long, plain, short};

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const OFF: &str = "\x1b[0m";

pub(crate) fn run(asked: &Search) -> Result<Done, Error> {
    let desk = to_read(&asked.desk)?;
    let (filter, page) = filter(&asked.filters, None);
    let query = query(&asked.query);
    let for_people = is_for_people(asked.form.format);
    let facets;
    if asked.facts {
        let found = desk.search_facts(&query, &filter, page)?;
        let rows: Vec<_> = found.hits.rows.iter().map(|it| it.fact.clone()).collect();
        let mut table = super::lists::facts_table(&rows);
        table.json = found.hits.rows.iter().map(|it| serde_json::to_value(it).unwrap_or_default()).collect();
        table.n_all = found.hits.n_all;
        table.empty = "No fact has these words.";
        table.show(asked.form.format)?;
        facets = found.facets;
    } else {
        let found = desk.search(&query, &filter, page)?;
        if for_people {
            output::text(&hits(&found.hits.rows, found.hits.n_all))?;
        } else {
            let columns =
                vec![short("report", 30), short("day", 10), short("outlet", 24), long("title"), long("words")];
            let mut table = Table::new(columns, "No report has these words.");
            for hit in &found.hits.rows {
                let card = &hit.report;
                let words: Vec<&str> = hit.snippets.iter().map(|it| it.text.as_str()).collect();
                let cell = |it: &Option<String>| it.clone().unwrap_or_default();
                table.push(
                    hit,
                    vec![card.id.clone(), cell(&card.day), cell(&card.outlet), cell(&card.title), words.join(" … ")],
                );
            }
            table.n_all = found.hits.n_all;
            table.show(asked.form.format)?;
        }
        facets = found.facets;
    }
    if asked.facets && for_people {
        output::text(&counted(&facets))?;
    } else if asked.facets {
        output::rows([facets])?;
    }
    Ok(NOTHING)
}

/// The words of a command line as one query. A shell takes the marks round a phrase away; what is one argument with spaces
/// in it, and has no sign of a query in it, was a phrase.
fn query(words: &[String]) -> String {
    let is_phrase = |it: &String| it.contains(char::is_whitespace) && words.len() > 1 && !it.contains(['"', ':', '*']);
    let word = |it: &String| if is_phrase(it) { format!("\"{it}\"") } else { it.clone() };
    words.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn hits(rows: &[rapporteur_desk::ReportHit], n_all: usize) -> String {
    if rows.is_empty() {
        return "No report has these words.\n".to_owned();
    }
    let mut out = String::new();
    for hit in rows {
        let card = &hit.report;
        let about: Vec<String> =
            [card.outlet.clone(), card.day.clone(), Some(card.story.clone())].into_iter().flatten().collect();
        let title = card.title.clone().unwrap_or_else(|| card.id.clone());
        out += &format!("{BOLD}{}{OFF}  {DIM}{} · {}{OFF}\n", plain(&title), card.id, plain(&about.join(" · ")));
        for snippet in &hit.snippets {
            out += &format!("    … {} …\n", marked(snippet));
        }
    }
    if rows.len() < n_all {
        out +=
            &format!("{DIM}{} of {}; --limit and --offset show others{OFF}\n", rows.len(), crate::table::n_all(n_all));
    }
    out
}

/// The words of a snippet with what matched in bold.
fn marked(snippet: &Snippet) -> String {
    let text: Vec<char> = snippet.text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default().iter().collect::<String>();
    let spaced = |it: String| {
        let (first, last) = (it.starts_with(char::is_whitespace), it.ends_with(char::is_whitespace));
        let words = plain(&it);
        format!("{}{words}{}", if first { " " } else { "" }, if last && !words.is_empty() { " " } else { "" })
    };
    for (from, to) in &snippet.marks {
        let (from, to) = ((from - snippet.span.0) as usize, (to - snippet.span.0) as usize);
        out += &format!("{}{BOLD}{}{OFF}", spaced(part(at, from)), plain(&part(from, to)));
        at = to;
    }
    out + &spaced(part(at, text.len()))
}

fn counted(facets: &Facets) -> String {
    let mut out = format!("\n{DIM}of {} hits{OFF}\n", facets.n_counted);
    for (name, values) in &facets.by {
        let values: Vec<String> = values
            .iter()
            .take(8)
            .map(|it| format!("{} {}", plain(it.value.as_deref().unwrap_or("not stated")), it.n))
            .collect();
        out += &format!("  {name}: {}\n", values.join(" · "));
    }
    out
}
