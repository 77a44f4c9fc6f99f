//! What lists are narrowed by, one way for all of them.

use rusqlite::Connection;
use rusqlite::types::Value;
use serde::Serialize;

use crate::error::Error;
use crate::stories::{actor_id, story_ix};

/// What to list. What is `None` does not narrow. Days are `YYYY-MM-DD`, both ends included.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Of this story: its id, also one it had before.
    pub story: Option<String>,
    /// With this actor: its id, or its name as the desk has it.
    pub actor: Option<String>,
    /// Of this outlet, whatever its case.
    pub outlet: Option<String>,
    /// Told by this independent origin, by name.
    pub origin: Option<String>,
    /// At this place, as a report names it; whatever its case, parts count.
    pub place: Option<String>,
    /// From this day on: of reports their stated day, of facts the first day a report tells them on, of ledgers the day they
    /// are about.
    pub from: Option<String>,
    /// Up to this day.
    pub to: Option<String>,
    /// Of this kind: of facts `act`, `statement`, `figure`.
    pub kind: Option<String>,
    /// `happened`, `scheduled`, `denied`, …
    pub realis: Option<String>,
    /// `agree`, `conflict`, `single`, …
    pub verdict: Option<String>,
    /// Told by so many independent origins at least.
    pub origins_min: Option<u32>,
    /// Facts too that a person said are wrong.
    pub with_wrong: bool,
}

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// So many rows are passed over.
    pub offset: usize,
    /// The most rows.
    pub n_max: usize,
}

impl Default for Page {
    fn default() -> Self {
        Page { offset: 0, n_max: 100 }
    }
}

impl Page {
    /// All there is.
    pub const ALL: Page = Page { offset: 0, n_max: i64::MAX as usize };
}

/// A part of a list, and how long the list is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rows<T> {
    /// The rows of the page.
    pub rows: Vec<T>,
    /// How many there are in all; 10,001 stands for more than ten thousand.
    pub n_all: usize,
}

/// A condition of SQL that grows, with its values.
#[derive(Default)]
pub(crate) struct Where {
    parts: Vec<String>,
    values: Vec<Value>,
}

impl Where {
    /// Adds a condition; each `?` in it stands for the next of `values`.
    pub(crate) fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.parts.push(sql.to_owned());
        self.values.extend(values);
    }

    /// The same where there is a value.
    pub(crate) fn when(&mut self, sql: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.and(sql, [Value::Text(value.to_owned())]);
        }
    }

    /// Whether it narrows nothing.
    pub(crate) fn is_all(&self) -> bool {
        self.parts.is_empty()
    }

    pub(crate) fn sql(&self) -> String {
        if self.parts.is_empty() { "1".to_owned() } else { self.parts.join(" AND ") }
    }

    pub(crate) fn values(&self) -> Vec<Value> {
        self.values.clone()
    }
}

impl Filter {
    /// Says what cannot be read before anything is looked for.
    fn check(&self) -> Result<(), Error> {
        for day in [&self.from, &self.to].into_iter().flatten() {
            if day.parse::<jiff::civil::Date>().is_err() || day.len() != 10 {
                return Err(Error::asked(format!("'{day}' is no day; write it as 2031-05-12")));
            }
        }
        one_of("kind", self.kind.as_deref(), &["act", "statement", "figure"])?;
        one_of(
            "realis",
            self.realis.as_deref(),
            &[
                "happened", "ongoing", "scheduled", "expected", "proposed", "demanded", "denied", "hypothetical",
                "general",
            ],
        )?;
        one_of(
            "verdict",
            self.verdict.as_deref(),
            &["agree", "agree-wording", "differ-compatible", "conflict", "rewrite-drift", "single"],
        )
    }

    /// For rows of `fact`.
    pub(crate) fn of_facts(&self, db: &Connection) -> Result<Where, Error> {
        self.check()?;
        let mut found = Where::default();
        if let Some(story) = &self.story {
            found.and("fact.story = ?", [Value::Integer(story_ix(db, story)?)]);
        }
        if let Some(actor) = &self.actor {
            let sql = "fact.ix IN (SELECT fact FROM fact_actor WHERE actor = ?)";
            found.and(sql, [Value::Integer(actor_id(db, actor)?.0)]);
        }
        found.when(
            "fact.ix IN (SELECT fact FROM fact_report JOIN report ON report = report.ix WHERE outlet = ? COLLATE NOCASE)",
            self.outlet.as_deref(),
        );
        found.when(
            "EXISTS (SELECT 1 FROM json_each(fact.row, '$.origins') WHERE value = ? COLLATE NOCASE)",
            self.origin.as_deref(),
        );
        found.when("instr(lower(fact.spot), lower(?)) > 0", self.place.as_deref());
        found.when("? <= fact.told_on", self.from.as_deref());
        found.when("fact.told_on <= ?", self.to.as_deref());
        found.when("fact.kind = ?", self.kind.as_deref());
        found.when("fact.realis = ?", self.realis.as_deref());
        found.when("fact.verdict = ?", self.verdict.as_deref());
        if let Some(n) = self.origins_min {
            found.and("? <= fact.n_origins", [Value::Integer(i64::from(n))]);
        }
        if !self.with_wrong {
            found.and("fact.is_wrong = 0", []);
        }
        Ok(found)
    }

    /// For rows of `entry`, with `fact` joined where there is one.
    pub(crate) fn of_entries(&self, db: &Connection) -> Result<Where, Error> {
        self.check()?;
        let mut found = Where::default();
        if let Some(story) = &self.story {
            found.and("entry.story = ?", [Value::Integer(story_ix(db, story)?)]);
        }
        if let Some(actor) = &self.actor {
            let (ix, id) = actor_id(db, actor)?;
            let sql = "(entry.actor = ? OR entry.fact IN (SELECT fact FROM fact_actor WHERE actor = ?))";
            found.and(sql, [Value::Text(id), Value::Integer(ix)]);
        }
        if let Some(outlet) = &self.outlet {
            found.and(
                "EXISTS (SELECT 1 FROM json_tree(entry.row) AS told JOIN report ON report.id = told.value
                         WHERE told.key = 'report' AND report.outlet = ? COLLATE NOCASE)",
                [Value::Text(outlet.clone())],
            );
        }
        found.when(
            "EXISTS (SELECT 1 FROM json_each(fact.row, '$.origins') WHERE value = ? COLLATE NOCASE)",
            self.origin.as_deref(),
        );
        found.when("instr(lower(fact.spot), lower(?)) > 0", self.place.as_deref());
        found.when("? <= substr(entry.day, 1, 10)", self.from.as_deref());
        found.when("substr(entry.day, 1, 10) <= ?", self.to.as_deref());
        found.when("fact.kind = ?", self.kind.as_deref());
        found.when("fact.realis = ?", self.realis.as_deref());
        found.when("fact.verdict = ?", self.verdict.as_deref());
        if let Some(n) = self.origins_min {
            found.and("? <= entry.n_origins", [Value::Integer(i64::from(n))]);
        }
        if !self.with_wrong {
            found.and("coalesce(fact.is_wrong, 0) = 0", []);
        }
        Ok(found)
    }

    /// For rows of `report`.
    pub(crate) fn of_reports(&self, db: &Connection) -> Result<Where, Error> {
        self.check()?;
        let mut found = Where::default();
        if let Some(story) = &self.story {
            found.and("report.story = ?", [Value::Integer(story_ix(db, story)?)]);
        }
        if let Some(actor) = &self.actor {
            let sql = "report.ix IN (SELECT report FROM report_actor WHERE actor = ?)";
            found.and(sql, [Value::Integer(actor_id(db, actor)?.0)]);
        }
        found.when("report.outlet = ? COLLATE NOCASE", self.outlet.as_deref());
        found.when("? <= report.day", self.from.as_deref());
        found.when("report.day <= ?", self.to.as_deref());
        self.refuse("reports", &[("origin", self.origin.is_some()), ("place", self.place.is_some())])?;
        Ok(found)
    }

    /// For rows of `story`.
    pub(crate) fn of_stories(&self, db: &Connection) -> Result<Where, Error> {
        self.check()?;
        let mut found = Where::default();
        if let Some(story) = &self.story {
            found.and("story.ix = ?", [Value::Integer(story_ix(db, story)?)]);
        }
        if let Some(actor) = &self.actor {
            let sql = "story.ix IN (SELECT story FROM report JOIN report_actor ON report = report.ix WHERE actor = ?)";
            found.and(sql, [Value::Integer(actor_id(db, actor)?.0)]);
        }
        found.when("story.ix IN (SELECT story FROM report WHERE outlet = ? COLLATE NOCASE)", self.outlet.as_deref());
        found.when("? <= story.last_day", self.from.as_deref());
        found.when("story.first_day <= ?", self.to.as_deref());
        if let Some(n) = self.origins_min {
            found.and("? <= story.n_origins", [Value::Integer(i64::from(n))]);
        }
        for (name, value) in [("kind", &self.kind), ("realis", &self.realis), ("verdict", &self.verdict)] {
            let sql = format!("story.ix IN (SELECT story FROM fact WHERE {name} = ?)");
            found.when(&sql, value.as_deref());
        }
        found
            .when("story.ix IN (SELECT story FROM fact WHERE instr(lower(spot), lower(?)) > 0)", self.place.as_deref());
        found.when(
            "story.ix IN (SELECT story FROM fact, json_each(fact.row, '$.origins') AS o WHERE o.value = ? COLLATE NOCASE)",
            self.origin.as_deref(),
        );
        Ok(found)
    }

    /// A filter that means nothing for a list is said to, not passed over.
    fn refuse(&self, what: &str, set: &[(&str, bool)]) -> Result<(), Error> {
        match set.iter().find(|it| it.1) {
            Some((name, _)) => Err(Error::asked(format!("{what} have no {name}; filter facts by it"))),
            None => Ok(()),
        }
    }
}

fn one_of(name: &str, value: Option<&str>, known: &[&str]) -> Result<(), Error> {
    match value {
        Some(value) if !known.contains(&value) => {
            Err(Error::asked(format!("no {name} '{value}'; there are {}", known.join(", "))))
        }
        _ => Ok(()),
    }
}
