//! Where words matched, and the stretch of text to show.

use rapporteur_model::{Article, Span};
use rusqlite::Connection;
use serde::Serialize;

use super::searched_text;
use crate::error::Error;

/// A stretch of a report around what matched. Offsets are code points of the report's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Snippet {
    /// Report id.
    pub report: String,
    /// The stretch.
    pub span: (u32, u32),
    /// Its words, as they stand in the report.
    pub text: String,
    /// What matched, in the report's text.
    pub marks: Vec<(u32, u32)>,
}

/// Snippets of one report, at most.
const SNIPPETS_MAX: usize = 2;
/// Bytes of text before the first and after the last mark of a snippet.
const AROUND: usize = 80;
/// Bytes from the first to the last mark of a snippet.
const MARKED_MAX: u32 = 160;

/// A small index in memory, with the desk's tokenizer, for the texts of one answer.
pub(crate) struct Marker {
    db: Connection,
}

impl Marker {
    pub(crate) fn new() -> Result<Marker, Error> {
        let db = Connection::open_in_memory()?;
        db.execute_batch(
            "CREATE VIRTUAL TABLE report_text USING fts5 (title, text, outlet, tokenize = 'unicode61 remove_diacritics 2');
             CREATE VIRTUAL TABLE fact_text USING fts5 (fact, actor, tokenize = 'unicode61 remove_diacritics 2');",
        )?;
        Ok(Marker { db })
    }

    /// The places that match in column `at` of each text; `columns` are those of one text after those of the other, `n` of
    /// each, since a query may ask for words in several.
    ///
    /// All texts are indexed and asked in one step that is taken back: one by one, making and clearing the index costs ten
    /// times as much as finding the places.
    fn marks(&self, table: &str, columns: &[&str], n: usize, at: usize, fts: &str) -> Result<Vec<Vec<Span>>, Error> {
        let texts = || columns.iter().skip(at).step_by(n);
        let mut found = vec![Vec::new(); columns.len() / n];
        // Two characters that no text has.
        let mut free =
            ('\u{1}'..='\u{1f}').chain('\u{e000}'..='\u{e0ff}').filter(|it| !texts().any(|text| text.contains(*it)));
        let (Some(open), Some(close)) = (free.next(), free.next()) else {
            // A text that has them all is left without marks, and takes none from the others.
            if n < columns.len() {
                for (place, alone) in columns.chunks(n).enumerate() {
                    found[place] = self.marks(table, alone, n, at, fts)?.pop().unwrap_or_default();
                }
            }
            return Ok(found);
        };
        // Taken back when it is dropped, whatever comes of it.
        let step = self.db.unchecked_transaction()?;
        let mut insert = step.prepare_cached(&format!("INSERT INTO {table} VALUES ({})", vec!["?"; n].join(", ")))?;
        for text in columns.chunks(n) {
            insert.execute(rusqlite::params_from_iter(text))?;
        }
        let sql = format!("SELECT rowid, highlight({table}, {at}, ?2, ?3) FROM {table} WHERE {table} MATCH ?1");
        let mut asked = step.prepare_cached(&sql)?;
        let mut rows = asked.query([fts, &open.to_string(), &close.to_string()])?;
        while let Some(row) = rows.next()? {
            let (ix, marked): (i64, String) = (row.get(0)?, row.get(1)?);
            let Some(spans) = usize::try_from(ix - 1).ok().and_then(|it| found.get_mut(it)) else { continue };
            let (mut start, mut n_marks) = (0, 0);
            for (place, c) in marked.char_indices() {
                if c == open {
                    start = place - n_marks;
                    n_marks += open.len_utf8();
                } else if c == close {
                    spans.push(Span::at(start, place - n_marks));
                    n_marks += close.len_utf8();
                }
            }
        }
        Ok(found)
    }
}

/// Of each report the stretches with most of what matched.
pub(crate) fn of_reports(marker: &Marker, fts: &str, articles: &[Article]) -> Result<Vec<Vec<Snippet>>, Error> {
    let mut columns: Vec<String> = Vec::with_capacity(3 * articles.len());
    for article in articles {
        let meta = &article.metadata;
        let value = |it: &'_ Option<rapporteur_model::Evidenced<String>>| {
            it.as_ref().map(|it| it.value.clone()).unwrap_or_default()
        };
        columns.extend([value(&meta.title), searched_text(article), value(&meta.outlet)]);
    }
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let marks = marker.marks("report_text", &columns, 3, 1, fts)?;
    Ok(articles.iter().zip(marks).map(|(article, marks)| stretches(article, &marks)).collect())
}

fn stretches(article: &Article, marks: &[Span]) -> Vec<Snippet> {
    let text = article.report.text.as_str();
    if marks.is_empty() {
        return Vec::new();
    }
    // Marks that stand together make one stretch.
    let mut groups: Vec<&[Span]> = Vec::new();
    let mut first = 0;
    for at in 1..=marks.len() {
        let is_apart = at == marks.len()
            || marks[first].start() + MARKED_MAX < marks[at].end()
            || text[marks[at - 1].end() as usize..marks[at].start() as usize].contains('\n');
        if is_apart {
            groups.push(&marks[first..at]);
            first = at;
        }
    }
    // Most different words first; of equals the first in the text.
    let n_different = |group: &[Span]| {
        let mut words: Vec<String> = group.iter().map(|it| it.of(text).to_lowercase()).collect();
        words.sort_unstable();
        words.dedup();
        words.len()
    };
    groups.sort_by_key(|it| (usize::MAX - n_different(it), it[0].start()));
    groups.truncate(SNIPPETS_MAX);
    groups.sort_by_key(|it| it[0].start());
    let points = |at: u32| text.get(..at as usize).map_or(0, |it| it.chars().count() as u32);
    let both = |it: Span| (points(it.start()), points(it.end()));
    let snippet = |group: &&[Span]| {
        let span = stretch(text, group[0].start() as usize, group[group.len() - 1].end() as usize);
        let marks = group.iter().map(|it| both(*it)).collect();
        Snippet { report: article.report.id.clone(), span: both(span), text: span.of(text).to_owned(), marks }
    };
    groups.iter().map(snippet).collect()
}

/// From a word's beginning some way before `start` to a word's end some way after `end`, within the line.
fn stretch(text: &str, start: usize, end: usize) -> Span {
    let line_start = text[..start].rfind('\n').map_or(0, |it| it + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |it| end + it);
    let border = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    let from = border(start.saturating_sub(AROUND).max(line_start));
    let from = if from == line_start {
        from
    } else {
        text[from..start].find(char::is_whitespace).map_or(start, |it| from + it)
    };
    let from = from + (text[from..start].len() - text[from..start].trim_start().len());
    let to = border((end + AROUND).min(line_end));
    let to = if to == line_end { to } else { text[end..to].rfind(char::is_whitespace).map_or(end, |it| end + it) };
    Span::at(from, to)
}

/// What matched in the sentence of each fact, in its code points. `facts` are their sentences, each with the names of who acts
/// or speaks behind it.
pub(crate) fn of_facts(marker: &Marker, fts: &str, facts: &[&str]) -> Result<Vec<Vec<(u32, u32)>>, Error> {
    let marks = marker.marks("fact_text", facts, 2, 0, fts)?;
    let in_points = |(fact, marks): (&&str, Vec<Span>)| {
        let points = |at: u32| fact.get(..at as usize).map_or(0, |it| it.chars().count() as u32);
        marks.into_iter().map(|it| (points(it.start()), points(it.end()))).collect()
    };
    Ok(facts.iter().step_by(2).zip(marks).map(in_points).collect())
}
