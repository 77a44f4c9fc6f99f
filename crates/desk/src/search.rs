//! Finding reports and facts by words, with the exact places of what matched.
//!
//! SQLite's FTS5 does the looking and the ranking (BM25). Where words matched in a report is found by the same tokenizer over
//! the same text, so what is marked is what matched; the places are spans of the report, for citing.

mod query;
mod snippet;

use std::collections::BTreeMap;

use rapporteur_model::Article;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;

use crate::error::Error;
use crate::filter::{Filter, Page, Where};
use crate::stories::{COUNTED_MAX, FACT_COLUMNS, FactRow, REPORT_COLUMNS, ReportCard, fact_row, report_card};
use crate::{Desk, Rows};
use query::Query;
pub(crate) use snippet::Marker;
pub use snippet::Snippet;

/// Facets are counted over so many of the hits; [`Facets::n_counted`] says over how many.
const FACETS_MAX: usize = 2_000;
/// Rows that are passed over for a hit that is counted, where that is quicker than to look it up.
const SCANNED_MAX: i64 = 20;
/// Of so many hits, those added last, the rank is worked out; where a word is in more, it hardly tells one from the other, and
/// those added earlier come behind.
const RANKED_MAX: usize = 3_000;
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
        let wanted = filter.of_reports(&self.db)?;
        let matched = self.matched("report", &query, REPORT_RANK, &wanted)?;
        let mut asked = self.db.prepare_cached(&format!(
            "SELECT {REPORT_COLUMNS} FROM report JOIN story ON story.ix = report.story WHERE report.ix = ?1"
        ))?;
        let (mut reports, mut articles) = (Vec::new(), Vec::new());
        for ix in best(&matched, page) {
            reports.push(asked.query_row([ix], report_card)?);
            articles.push(self.article(ix)?);
        }
        let snippets = self.with_marker(|it| snippet::of_reports(it, &query.fts, &articles))?;
        let hits = reports.into_iter().zip(snippets).map(|(report, snippets)| ReportHit { report, snippets }).collect();
        let facets = self.facets(&matched, "SELECT ix, outlet, day, story FROM report", &["outlet", "day", "story"])?;
        Ok(Found { hits: Rows { rows: hits, n_all: matched.len().min(COUNTED_MAX + 1) }, facets })
    }

    /// Facts by words: of their sentences, and `actor:` for who acts or speaks.
    pub fn search_facts(&self, query: &str, filter: &Filter, page: Page) -> Result<Found<FactHit>, Error> {
        let query = Query::parse(query, &["fact", "actor"])?;
        let wanted = filter.of_facts(&self.db)?;
        let matched = self.matched("fact", &query, FACT_RANK, &wanted)?;
        // The names as they were indexed: a query may have matched by them.
        let mut asked = self.db.prepare_cached(&format!(
            "SELECT {FACT_COLUMNS}, (SELECT group_concat(name, ' · ') FROM fact_actor JOIN actor ON actor.ix = fact_actor.actor
                                     WHERE fact_actor.fact = fact.ix)
             FROM fact WHERE fact.ix = ?1"
        ))?;
        let (mut facts, mut names) = (Vec::new(), Vec::new());
        for ix in best(&matched, page) {
            let (fact, named) = asked
                .query_row([ix], |row| Ok((fact_row(row)?, row.get::<_, Option<String>>(6)?.unwrap_or_default())))?;
            facts.push(fact);
            names.push(named);
        }
        let columns: Vec<&str> =
            facts.iter().zip(&names).flat_map(|(fact, names)| [fact.row.fact.as_str(), names]).collect();
        let marks = self.with_marker(|it| snippet::of_facts(it, &query.fts, &columns))?;
        let hits = facts.into_iter().zip(marks).map(|(fact, marks)| FactHit { fact, marks }).collect();
        let facets = self.facets(
            &matched,
            "SELECT ix, kind, verdict, told_on, story FROM fact",
            &["kind", "verdict", "day", "story"],
        )?;
        Ok(Found { hits: Rows { rows: hits, n_all: matched.len().min(COUNTED_MAX + 1) }, facets })
    }

    /// Numbers of the reports or facts that match, with their rank, in the order they were added. Nothing else of them is
    /// looked at: a word that every report has would otherwise read the whole desk.
    fn matched(&self, table: &str, query: &Query, rank: &str, wanted: &Where) -> Result<Vec<Hit>, Error> {
        let text = format!("{table}_text");
        let narrowed = match wanted.is_all() {
            true => String::new(),
            false => format!(" AND rowid IN (SELECT {table}.ix FROM {table} WHERE {})", wanted.sql()),
        };
        let sql = format!("SELECT rowid FROM {text} WHERE {text} MATCH ?{narrowed}");
        let mut values = vec![Value::Text(query.fts.clone())];
        values.extend(wanted.values());
        let mut asked = self.db.prepare_cached(&sql)?;
        let hit = |ix| Hit { ix, rank: f64::INFINITY };
        let found = asked.query_map(params_from_iter(&values), |row| row.get(0).map(hit))?;
        let mut hits: Vec<Hit> = found.collect::<Result<_, _>>()?;
        hits.sort_unstable_by_key(|it| it.ix);
        // To rank is the dearest part by far.
        let first = hits.len().saturating_sub(RANKED_MAX);
        let Some(from) = hits.get(first).map(|it| it.ix) else { return Ok(hits) };
        values.push(Value::Integer(from));
        let sql = format!(
            "SELECT rowid, rank FROM {text} WHERE {text} MATCH ? AND rank MATCH '{rank}'{narrowed} AND ? <= rowid"
        );
        let mut asked = self.db.prepare_cached(&sql)?;
        let found = asked.query_map(params_from_iter(&values), |row| Ok(Hit { ix: row.get(0)?, rank: row.get(1)? }))?;
        let mut ranked: Vec<Hit> = found.collect::<Result<_, _>>()?;
        ranked.sort_unstable_by_key(|it| it.ix);
        hits.truncate(first);
        hits.extend(ranked);
        Ok(hits)
    }

    /// What the hits are, by the columns of `sql`: the number, then those with the `names`, of which the last is the number of
    /// the story.
    fn facets(&self, matched: &[Hit], sql: &str, names: &[&str]) -> Result<Facets, Error> {
        let mut counts: Vec<BTreeMap<Option<String>, usize>> = vec![BTreeMap::new(); names.len()];
        let mut stories: BTreeMap<i64, usize> = BTreeMap::new();
        let mut count = |row: &Row<'_>| -> rusqlite::Result<()> {
            for (at, counted) in counts.iter_mut().enumerate().take(names.len() - 1) {
                *counted.entry(row.get(1 + at)?).or_default() += 1;
            }
            *stories.entry(row.get(names.len())?).or_default() += 1;
            Ok(())
        };
        let hits = &matched[..matched.len().min(FACETS_MAX)];
        if let [first, .., last] = hits
            && (last.ix - first.ix) < SCANNED_MAX * hits.len() as i64
        {
            // To pass over rows in their order costs a fortieth of looking each up.
            let mut asked = self.db.prepare_cached(&format!("{sql} WHERE ix BETWEEN ?1 AND ?2 ORDER BY ix"))?;
            let mut rows = asked.query([first.ix, last.ix])?;
            let mut next = hits.iter().peekable();
            while let Some(row) = rows.next()? {
                let ix: i64 = row.get(0)?;
                while next.next_if(|it| it.ix < ix).is_some() {}
                if next.next_if(|it| it.ix == ix).is_some() {
                    count(row)?;
                }
            }
        } else {
            let mut asked = self.db.prepare_cached(&format!("{sql} WHERE ix = ?1"))?;
            for hit in hits {
                let mut rows = asked.query([hit.ix])?;
                if let Some(row) = rows.next()? {
                    count(row)?;
                }
            }
        }
        // The names of few stories are told, so those of the others are not asked for.
        let mut stories: Vec<(i64, usize)> = stories.into_iter().collect();
        stories.sort_by_key(|(ix, n)| (usize::MAX - n, *ix));
        let mut of_story = self.db.prepare_cached("SELECT id FROM story WHERE ix = ?1")?;
        if let Some(counted) = counts.last_mut() {
            for (ix, n) in stories.into_iter().take(VALUES_MAX) {
                counted.insert(Some(of_story.query_row([ix], |row| row.get(0))?), n);
            }
        }
        let mut facets = Facets { n_counted: hits.len(), ..Facets::default() };
        for (name, counted) in names.iter().zip(counts) {
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

/// A report or fact that matches.
#[derive(Clone, Copy)]
struct Hit {
    ix: i64,
    /// The lower the better; infinite where it was not worked out.
    rank: f64,
}

/// The part of the hits that is asked for, the best first; of equals that which was added last.
fn best(matched: &[Hit], page: Page) -> Vec<i64> {
    let by_rank = |a: &Hit, b: &Hit| a.rank.total_cmp(&b.rank).then(b.ix.cmp(&a.ix));
    let mut hits = matched.to_vec();
    // Only as far as is asked for need they stand in order.
    let end = page.offset.saturating_add(page.n_max);
    if end < hits.len() {
        hits.select_nth_unstable_by(end, by_rank);
        hits.truncate(end);
    }
    hits.sort_unstable_by(by_rank);
    hits.into_iter().skip(page.offset).map(|it| it.ix).collect()
}

/// The text that is searched: furniture is blanked, byte for byte, so that places in it are places in the report.
pub(crate) fn searched_text(article: &Article) -> String {
    let text = article.report.text.as_str();
    let mut bytes = text.as_bytes().to_vec();
    for block in article.blocks.iter().filter(|it| it.role.is_furniture()) {
        if let Some(part) = bytes.get_mut(block.span.range()) {
            part.fill(b' ');
        }
    }
    // Spans stand on character borders; should one not, the text is searched whole.
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
