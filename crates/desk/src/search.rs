//! Finding reports and facts by words, with the exact places of what matched.
//!
//! SQLite's FTS5 does the looking and the ranking (BM25). Where words matched in a report is found by the same tokenizer over
//! the same text, so what is marked is what matched; the places are spans of the report, for citing.

mod query;
mod snippet;

use std::collections::BTreeMap;

use rapporteur_model::Annotated;
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::Serialize;

use crate::error::Error;
use crate::filter::{Filter, Page};
use crate::stories::{FACT_COLUMNS, FactRow, REPORT_COLUMNS, ReportCard, fact_row, report_card};
use crate::{Desk, Rows};
use query::Query;
pub(crate) use snippet::Marker;
pub use snippet::Snippet;

/// Facets are counted over so many of the hits; [`Facets::n_counted`] says over how many.
const FACETS_MAX: usize = 2_000;
/// Of a facet so many values are told, the most frequent.
const VALUES_MAX: usize = 20;
/// A word of the title counts as four of the text, one of the outlet as two.
const REPORT_RANK: &str = "bm25(4.0, 1.0, 2.0)";
/// The name of who acts or speaks counts as two words of the fact.
const FACT_RANK: &str = "bm25(1.0, 2.0)";

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found<T> {
    /// The hits, the best first.
    pub hits: Rows<T>,
    /// What they are, counted.
    pub facets: Facets,
}

/// How many hits there are of each kind, outlet, day, story.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Facets {
    /// How many hits were counted: all, or the first that were added where there are very many.
    pub n_counted: usize,
    /// By name: `outlet`, `day`, `story` of reports; `kind`, `verdict`, `day`, `story` of facts.
    pub by: BTreeMap<String, Vec<Facet>>,
}

/// One value with its count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Facet {
    /// The value, as a filter takes it; `None` where it is not known.
    pub value: Option<String>,
    /// How many hits have it.
    pub n: usize,
}

/// A report that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportHit {
    /// The report.
    #[serde(flatten)]
    pub report: ReportCard,
    /// Where in its text, the stretches with most of what was looked for; none where only the title or outlet matched.
    pub snippets: Vec<Snippet>,
}

/// A fact that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactHit {
    /// The fact, with the words that bear it out.
    #[serde(flatten)]
    pub fact: FactRow,
    /// What matched in the fact's sentence, in its code points.
    pub marks: Vec<(u32, u32)>,
}

impl Desk {
    /// Reports by words: `ferry captain`, `"set out at noon"`, `title:ferry`, `outlet:courier`, `harb*`, `ferry OR boat`,
    /// `-inquiry`.
    pub fn search(&self, query: &str, filter: &Filter, page: Page) -> Result<Found<ReportHit>, Error> {
        let query = Query::parse(query, &["title", "text", "outlet"])?;
        let mut wanted = filter.of_reports(&self.db)?;
        wanted.and("report_text MATCH ?", [Value::Text(query.fts.clone())]);
        let from = "report_text JOIN report ON report.ix = report_text.rowid JOIN story ON story.ix = report.story";
        let ranked = format!("{} AND report_text.rank MATCH '{REPORT_RANK}'", wanted.sql());
        let columns = format!(
            "SELECT {REPORT_COLUMNS}, report.ix FROM {from} WHERE {ranked} ORDER BY report_text.rank, report.id"
        );
        let count = format!("SELECT 1 FROM {from} WHERE {}", wanted.sql());
        let found =
            self.list(&columns, &count, &wanted, page, |row| Ok((report_card(row)?, row.get::<_, i64>(11)?)))?;
        let mut hits = Vec::with_capacity(found.rows.len());
        for (report, ix) in found.rows {
            let record = self.record(ix)?;
            let snippets = self.with_marker(|it| snippet::of_report(it, &query.fts, &record))?;
            hits.push(ReportHit { report, snippets });
        }
        let facets = self.facets(
            from,
            &wanted.sql(),
            wanted.values(),
            found.n_all,
            &[("outlet", "report.outlet"), ("day", "report.day"), ("story", "story.id")],
        )?;
        Ok(Found { hits: Rows { rows: hits, n_all: found.n_all }, facets })
    }

    /// Facts by words: of their sentences, and `actor:` for who acts or speaks.
    pub fn search_facts(&self, query: &str, filter: &Filter, page: Page) -> Result<Found<FactHit>, Error> {
        let query = Query::parse(query, &["fact", "actor"])?;
        let mut wanted = filter.of_facts(&self.db)?;
        wanted.and("fact_text MATCH ?", [Value::Text(query.fts.clone())]);
        let from = "fact_text JOIN fact ON fact.ix = fact_text.rowid JOIN story ON story.ix = fact.story";
        let ranked = format!("{} AND fact_text.rank MATCH '{FACT_RANK}'", wanted.sql());
        // The names as they were indexed: a query may have matched by them.
        let names = "(SELECT group_concat(name, ' · ') FROM fact_actor JOIN actor ON actor.ix = fact_actor.actor WHERE fact_actor.fact = fact.ix)";
        let columns =
            format!("SELECT {FACT_COLUMNS}, {names} FROM {from} WHERE {ranked} ORDER BY fact_text.rank, fact.id");
        let count = format!("SELECT 1 FROM {from} WHERE {}", wanted.sql());
        let found = self.list(&columns, &count, &wanted, page, |row| {
            Ok((fact_row(row)?, row.get::<_, Option<String>>(6)?.unwrap_or_default()))
        })?;
        let mut hits = Vec::with_capacity(found.rows.len());
        for (fact, names) in found.rows {
            let marks = self.with_marker(|it| snippet::of_fact(it, &query.fts, &fact.row.fact, &names))?;
            hits.push(FactHit { fact, marks });
        }
        let facets = self.facets(
            from,
            &wanted.sql(),
            wanted.values(),
            found.n_all,
            &[("kind", "fact.kind"), ("verdict", "fact.verdict"), ("day", "fact.told_on"), ("story", "story.id")],
        )?;
        Ok(Found { hits: Rows { rows: hits, n_all: found.n_all }, facets })
    }

    fn facets(
        &self,
        from: &str,
        wanted: &str,
        values: Vec<Value>,
        n_all: usize,
        columns: &[(&str, &str)],
    ) -> Result<Facets, Error> {
        let mut facets = Facets { n_counted: n_all.min(FACETS_MAX), ..Facets::default() };
        let list: Vec<String> = columns.iter().enumerate().map(|(at, it)| format!("{} AS c{at}", it.1)).collect();
        let sql = format!("SELECT {} FROM {from} WHERE {wanted} LIMIT {FACETS_MAX}", list.join(", "));
        let mut counts: Vec<BTreeMap<Option<String>, usize>> = vec![BTreeMap::new(); columns.len()];
        let mut asked = self.db.prepare_cached(&sql)?;
        let mut rows = asked.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            for (at, counted) in counts.iter_mut().enumerate() {
                *counted.entry(row.get(at)?).or_default() += 1;
            }
        }
        for ((name, _), counted) in columns.iter().zip(counts) {
            let mut values: Vec<Facet> = counted.into_iter().map(|(value, n)| Facet { value, n }).collect();
            values.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.value.cmp(&b.value)));
            values.truncate(VALUES_MAX);
            facets.by.insert((*name).to_owned(), values);
        }
        Ok(facets)
    }

    fn with_marker<T>(&self, work: impl FnOnce(&Marker) -> Result<T, Error>) -> Result<T, Error> {
        let mut kept = self.marker.borrow_mut();
        let marker = match kept.take() {
            Some(it) => it,
            None => Marker::new()?,
        };
        let answer = work(&marker);
        *kept = Some(marker);
        answer
    }
}

/// The text that is searched: furniture is blanked, byte for byte, so that places in it are places in the report.
pub(crate) fn searched_text(record: &Annotated) -> String {
    let text = record.text();
    let mut bytes = text.as_bytes().to_vec();
    for block in record.article.blocks.iter().filter(|it| it.role.is_furniture()) {
        if let Some(part) = bytes.get_mut(block.span.range()) {
            part.fill(b' ');
        }
    }
    // Spans stand on character borders; should one not, the text is searched whole.
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
