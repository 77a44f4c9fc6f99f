//! Is the desk whole? Every finding says what is wrong, where, and what to do.

use std::collections::BTreeSet;

use rusqlite::Connection;
use serde::Serialize;

use crate::decide;
use crate::error::Error;
use crate::{Desk, ENGINE};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing is lost; for information.
    Note,
    /// What is derived is out of step and can be made anew.
    Warning,
    /// Something that cannot be made anew is damaged or missing.
    Error,
}

/// One thing that a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// What is wrong and where.
    pub message: String,
    /// What to do.
    pub todo: String,
}

/// Of one kind so many are told one by one.
const TOLD_MAX: usize = 20;

const REBUILD: &str = "run `rapporteur desk rebuild`";
const BACKUP: &str = "take it from a backup";

impl Desk {
    /// Looks at everything: the database's pages, every original's bytes, that all tables are in step, that decisions name what
    /// is there. Nothing found worse than [`Level::Note`] means the desk is whole.
    pub fn check(&self) -> Result<Vec<Finding>, Error> {
        let mut findings = Vec::new();
        let mut say = |level: Level, message: String, todo: &str| {
            findings.push(Finding { level, message, todo: todo.to_owned() });
        };
        for line in texts(&self.db, "PRAGMA integrity_check(20)")?.into_iter().filter(|it| it != "ok") {
            say(
                Level::Error,
                format!("desk.sqlite is damaged: {line}"),
                "go back to a backup; originals/ is safe beside it",
            );
        }
        if findings_of(&self.db, "PRAGMA foreign_key_check")? > 0 {
            say(Level::Error, "rows of desk.sqlite name rows that are not there".to_owned(), REBUILD);
        }
        self.check_originals(&mut say)?;
        self.check_step(&mut say)?;
        self.check_decisions(&mut say)?;
        findings.sort_by_key(|it| std::cmp::Reverse(it.level));
        Ok(findings)
    }

    fn check_originals(&self, say: &mut impl FnMut(Level, String, &str)) -> Result<(), Error> {
        let originals = self.originals();
        let known: BTreeSet<String> = texts(&self.db, "SELECT hash FROM original ORDER BY hash")?.into_iter().collect();
        for hash in &known {
            if !originals.is_whole(hash)? {
                let path = originals.path(hash);
                let what = if path.exists() { "is damaged: its bytes have another hash" } else { "is missing" };
                say(Level::Error, format!("the original {} {what}", path.display()), BACKUP);
            }
        }
        let (there, others) = originals.list()?;
        let n_alone = there.iter().filter(|it| !known.contains(*it)).count();
        if n_alone > 0 {
            let told =
                format!("{n_alone} originals belong to no report: a program was stopped before it acknowledged them");
            say(Level::Note, told, "add them again, or `rapporteur desk compact` clears them away");
        }
        if !others.is_empty() {
            let told =
                format!("{} files in originals/ are no originals, such as {}", others.len(), others[0].display());
            say(Level::Note, told, "`rapporteur desk compact` clears half-written ones away");
        }
        Ok(())
    }

    fn check_step(&self, say: &mut impl FnMut(Level, String, &str)) -> Result<(), Error> {
        let laws: [(Level, &str, &str); 11] = [
            (
                Level::Error,
                "reports without an original",
                "SELECT id FROM report WHERE original NOT IN (SELECT hash FROM original)",
            ),
            (
                Level::Error,
                "originals seen nowhere",
                "SELECT hash FROM original WHERE hash NOT IN (SELECT original FROM sighting)",
            ),
            (Level::Warning, "reports in no story", "SELECT id FROM report WHERE story NOT IN (SELECT ix FROM story)"),
            (
                Level::Warning,
                "stories without reports",
                "SELECT id FROM story WHERE ix NOT IN (SELECT story FROM report)",
            ),
            (
                Level::Warning,
                "stories that count their reports wrong",
                "SELECT id FROM story WHERE n_reports <> (SELECT count(*) FROM report WHERE report.story = story.ix)",
            ),
            (
                Level::Warning,
                "reports without a record",
                "SELECT id FROM report WHERE ix NOT IN (SELECT report FROM record)",
            ),
            (
                Level::Warning,
                "reports that full text does not know",
                "SELECT id FROM report WHERE ix NOT IN (SELECT id FROM report_text_docsize)",
            ),
            (
                Level::Warning,
                "texts that no report has",
                "SELECT id FROM report_text_docsize WHERE id NOT IN (SELECT ix FROM report)",
            ),
            (
                Level::Warning,
                "facts that full text does not know",
                "SELECT id FROM fact WHERE ix NOT IN (SELECT id FROM fact_text_docsize)",
            ),
            (
                Level::Warning,
                "texts that no fact has",
                "SELECT id FROM fact_text_docsize WHERE id NOT IN (SELECT ix FROM fact)",
            ),
            (
                Level::Warning,
                "reports with the words of another",
                "SELECT a.id FROM report AS a JOIN report AS b ON a.content = b.content AND a.ix < b.ix",
            ),
        ];
        for (level, what, sql) in laws {
            let found = texts(&self.db, sql)?;
            if !found.is_empty() {
                let some = found.iter().take(TOLD_MAX).cloned().collect::<Vec<_>>().join(", ");
                let todo = if level == Level::Error { "go back to a backup" } else { REBUILD };
                say(level, format!("{} {what}: {some}", found.len()), todo);
            }
        }
        let n_stale = findings_of(&self.db, &format!("SELECT 1 FROM report WHERE engine <> '{ENGINE}'"))?;
        if n_stale > 0 {
            say(Level::Warning, format!("{n_stale} reports were read by another engine than {ENGINE}"), REBUILD);
        }
        let n_waiting = findings_of(&self.db, "SELECT 1 FROM story WHERE weighed <> version")?;
        if n_waiting > 0 {
            let told = format!("{n_waiting} stories wait to be weighed: a program was stopped before it did");
            say(Level::Note, told, "the next `rapporteur add` does it, or a look at the story");
        }
        let mut asked = self.db.prepare("SELECT report.ix, id FROM report WHERE engine = ?1 ORDER BY ix")?;
        let mut rows = asked.query([ENGINE])?;
        let mut n_told = 0;
        while let Some(row) = rows.next()? {
            let (ix, id): (i64, String) = (row.get(0)?, row.get(1)?);
            match self.record(ix) {
                Ok(record) if record.id() == id => {}
                Ok(_) => say(Level::Warning, format!("the record of report {id} is that of another"), REBUILD),
                Err(error) if n_told < TOLD_MAX => {
                    n_told += 1;
                    say(Level::Warning, error.to_string(), REBUILD);
                }
                Err(_) => {}
            }
        }
        Ok(())
    }

    fn check_decisions(&self, say: &mut impl FnMut(Level, String, &str)) -> Result<(), Error> {
        for decision in decide::in_force(&self.db)? {
            let missing = decide::missing(&self.db, &decision.what)?;
            if !missing.is_empty() {
                let told = format!("decision {} names what is not here: {}", decision.id, missing.join(", "));
                say(Level::Note, told, "it waits for them; `rapporteur decide undo` takes it back");
            }
        }
        Ok(())
    }
}

fn texts(db: &Connection, sql: &str) -> Result<Vec<String>, Error> {
    let mut asked = db.prepare(sql)?;
    let mut rows = asked.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(match row.get_ref(0)? {
            rusqlite::types::ValueRef::Integer(n) => n.to_string(),
            other => other.as_str().unwrap_or("?").to_owned(),
        });
    }
    Ok(found)
}

fn findings_of(db: &Connection, sql: &str) -> Result<usize, Error> {
    let mut asked = db.prepare(sql)?;
    let mut rows = asked.query([])?;
    let mut n = 0;
    while rows.next()?.is_some() {
        n += 1;
    }
    Ok(n)
}
