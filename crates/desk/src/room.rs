//! What a room to work in asks beside lists: what is new in a story, what a report bears out, how busy the days were, and
//! several answers of one moment.

use rusqlite::OptionalExtension;
use serde::Serialize;

use crate::error::Error;
use crate::events::{EVENT_COLUMNS, Event, event};
use crate::stories::{FACT_COLUMNS, FactRow, fact_row, story_ix};
use crate::{Desk, ENGINE};

/// How much is on a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Size {
    /// Stories.
    pub n_stories: usize,
    /// Reports.
    pub n_reports: usize,
    /// Facts.
    pub n_facts: usize,
    /// Decisions, those taken back among them.
    pub n_decisions: usize,
}

/// A day with what reports state it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Busy {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// Reports that state it as their day.
    pub n_reports: usize,
    /// Stories they belong to.
    pub n_stories: usize,
}

impl Desk {
    /// Several questions answered from one moment of the desk, whatever is written meanwhile. Not for what writes.
    pub fn at_once<T>(&self, ask: impl FnOnce(&Desk) -> Result<T, Error>) -> Result<T, Error> {
        self.db.execute_batch("BEGIN DEFERRED")?;
        let answer = ask(self);
        // Nothing was written; ending it either way gives the moment back.
        self.db.execute_batch("ROLLBACK")?;
        answer
    }

    /// A word that is another one whenever an answer of the desk may be another one: [`Desk::revision`], the stories that
    /// wait to be weighed, and the engine.
    pub fn stamp(&self) -> Result<String, Error> {
        let n_waiting: i64 = self
            .db
            .prepare_cached("SELECT count(*) FROM story WHERE weighed <> version")?
            .query_row([], |row| row.get(0))?;
        Ok(format!("{}-{}-{n_waiting}", ENGINE, self.revision()?))
    }

    /// How much there is.
    pub fn size(&self) -> Result<Size, Error> {
        let sql = "SELECT (SELECT count(*) FROM story), (SELECT count(*) FROM report), \
                   (SELECT coalesce(sum(n_facts), 0) FROM story), (SELECT count(*) FROM decision)";
        let size = self.db.prepare_cached(sql)?.query_row([], |row| {
            let at = |ix| Ok::<_, rusqlite::Error>(row.get::<_, i64>(ix)? as usize);
            Ok(Size { n_stories: at(0)?, n_reports: at(1)?, n_facts: at(2)?, n_decisions: at(3)? })
        })?;
        Ok(size)
    }

    /// What happened to a story after the event numbered `after`, the latest first, at most `n_max`.
    pub fn events_of(&self, story: &str, after: i64, n_max: usize) -> Result<Vec<Event>, Error> {
        let ix = story_ix(&self.db, story)?;
        self.told(
            "WHERE ?1 < seq AND story = (SELECT id FROM story WHERE ix = ?2) ORDER BY seq DESC LIMIT ?3",
            [after, ix, n_max as i64],
        )
    }

    /// The latest events, the latest first, before the one numbered `before`.
    pub fn latest_events(&self, before: Option<i64>, n_max: usize) -> Result<Vec<Event>, Error> {
        let before = before.unwrap_or(i64::MAX);
        self.told("WHERE seq < ?1 AND ?2 = ?2 ORDER BY seq DESC LIMIT ?3", [before, 0, n_max as i64])
    }

    fn told(&self, wanted: &str, values: [i64; 3]) -> Result<Vec<Event>, Error> {
        let mut asked = self.db.prepare_cached(&format!("SELECT {EVENT_COLUMNS} FROM event {wanted}"))?;
        let rows = asked.query_map(values, event)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Facts that a report bears out or differs on, in the order of the story.
    pub fn facts_in(&self, report: &str, n_max: usize) -> Result<Vec<FactRow>, Error> {
        let sql = format!(
            "SELECT {FACT_COLUMNS} FROM fact WHERE ix IN
               (SELECT fact FROM fact_report JOIN report ON report = report.ix WHERE report.id = ?1)
             ORDER BY place LIMIT ?2"
        );
        let mut asked = self.db.prepare_cached(&sql)?;
        let rows = asked.query_map(rusqlite::params![report, n_max as i64], fact_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The days that reports state, the latest `n_max`, the earliest of them first.
    pub fn busy_days(&self, n_max: usize) -> Result<Vec<Busy>, Error> {
        let mut asked = self.db.prepare_cached(
            "SELECT day, count(*), count(DISTINCT story) FROM report WHERE day IS NOT NULL
             GROUP BY day ORDER BY day DESC LIMIT ?1",
        )?;
        let rows = asked.query_map([n_max as i64], |row| {
            Ok(Busy {
                day: row.get(0)?,
                n_reports: row.get::<_, i64>(1)? as usize,
                n_stories: row.get::<_, i64>(2)? as usize,
            })
        })?;
        let mut days: Vec<Busy> = rows.collect::<Result<_, _>>()?;
        days.reverse();
        Ok(days)
    }

    /// The name and the id of an actor, by its id.
    pub fn name_of(&self, actor: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT name FROM actor WHERE id = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([actor], |row| row.get(0)).optional()?)
    }
}
