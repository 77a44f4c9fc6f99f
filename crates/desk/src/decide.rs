//! What people decide. A decision is a record: who, when, why, what; it is never changed, and undoing it is another.
//!
//! Decisions name reports, actors and words, not rows of a database, so they hold when everything is derived anew, and can
//! be taken to another desk.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur::stages;
use rapporteur_model::row::SupportRow;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::events::{self, EventKind};
use crate::place::{self, How, touch};
use crate::{Desk, now, record};

/// A decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decision {
    /// Its number on this desk; 0 before it was made.
    #[serde(default)]
    pub id: i64,
    /// When it was made, UTC; empty for now.
    #[serde(default)]
    pub when: String,
    /// Who decided.
    #[serde(default)]
    pub who: String,
    /// Why, in words for people.
    #[serde(default)]
    pub why: String,
    /// What.
    #[serde(flatten)]
    pub what: What,
    /// The decision that took it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<i64>,
}

/// What is decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum What {
    /// The whole stories of these reports are one.
    Merge {
        /// Report ids, of two stories or more.
        #[cfg_attr(feature = "schema", schemars(length(min = 2)))]
        reports: Vec<String>,
    },
    /// These reports leave their stories and are one of their own, which joins no other by itself.
    Split {
        /// Report ids.
        #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
        reports: Vec<String>,
    },
    /// The story of this report has another title.
    Rename {
        /// A report of the story.
        report: String,
        /// The title; empty for the one it had by itself.
        title: String,
    },
    /// A fact is wrong: it is shown as such and counts nowhere.
    Wrong {
        /// The fact's id.
        fact: String,
        /// The fact, for people.
        #[serde(default)]
        text: String,
        /// Its kind.
        #[serde(default)]
        kind: String,
        /// The words that tell it, by which it is known again.
        #[serde(default)]
        support: Vec<SupportRow>,
    },
    /// Names that mean one: they are called as the first.
    SameSpeaker {
        /// Actor ids.
        #[cfg_attr(feature = "schema", schemars(length(min = 2)))]
        actors: Vec<String>,
    },
    /// Who is named as the speaker of some words is not: the speaker is unknown.
    NotSpeaker {
        /// Report id.
        report: String,
        /// The words, in code points of the report's text.
        span: (u32, u32),
        /// The actor it is not; any where none is named.
        #[serde(default)]
        actor: Option<String>,
    },
    /// A report is the original of those it shares a text with.
    Original {
        /// Report id.
        report: String,
    },
    /// Takes a decision back.
    Undo {
        /// Its number.
        decision: i64,
    },
}

impl What {
    /// Its name in rows.
    pub fn as_str(&self) -> &'static str {
        match self {
            What::Merge { .. } => "merge",
            What::Split { .. } => "split",
            What::Rename { .. } => "rename",
            What::Wrong { .. } => "wrong",
            What::SameSpeaker { .. } => "same-speaker",
            What::NotSpeaker { .. } => "not-speaker",
            What::Original { .. } => "original",
            What::Undo { .. } => "undo",
        }
    }

    /// The decision as grouping knows it, when it is about which reports belong together.
    pub(crate) fn of_stories(&self, decision: &Decision) -> Option<stages::Decision> {
        let (verdict, reports) = match self {
            What::Merge { reports } => (stages::Verdict::Merge, reports),
            What::Split { reports } => (stages::Verdict::Split, reports),
            _ => return None,
        };
        let Decision { who, when, why, .. } = decision.clone();
        let when = when.get(..10).unwrap_or(&when).to_owned();
        Some(stages::Decision { verdict, reports: reports.clone(), who, when, why })
    }

    /// The reports it names.
    fn reports(&self) -> Vec<&str> {
        match self {
            What::Merge { reports } | What::Split { reports } => reports.iter().map(String::as_str).collect(),
            What::Rename { report, .. } | What::NotSpeaker { report, .. } | What::Original { report } => vec![report],
            What::Wrong { support, .. } => support.iter().map(|it| it.report.as_str()).collect(),
            What::SameSpeaker { .. } | What::Undo { .. } => Vec::new(),
        }
    }
}

/// The decisions that hold, in the order they were made.
pub(crate) fn in_force(db: &Connection) -> Result<Vec<Decision>, Error> {
    let all = all(db)?;
    Ok(all.into_iter().filter(|it| it.undone_by.is_none() && !matches!(it.what, What::Undo { .. })).collect())
}

fn all(db: &Connection) -> Result<Vec<Decision>, Error> {
    let mut asked = db.prepare_cached("SELECT id, made_at, who, why, what, undone_by FROM decision ORDER BY id")?;
    let rows = asked.query_map([], |row| {
        let what: String = row.get(4)?;
        Ok((
            Decision {
                id: row.get(0)?,
                when: row.get(1)?,
                who: row.get(2)?,
                why: row.get(3)?,
                what: What::Undo { decision: 0 },
                undone_by: row.get(5)?,
            },
            what,
        ))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (mut decision, what) = row?;
        decision.what = serde_json::from_str(&what).map_err(|e| {
            Error::new(crate::Kind::Damaged, format!("decision {} on this desk cannot be read: {e}", decision.id))
        })?;
        found.push(decision);
    }
    Ok(found)
}

impl Desk {
    /// All decisions, the earliest first, those that were taken back among them.
    pub fn decisions(&self) -> Result<Vec<Decision>, Error> {
        all(&self.db)
    }

    /// Makes a decision, with its effect, in one step; returns it as it is kept. An error when it names what is not there.
    pub fn decide(&mut self, decision: Decision) -> Result<Decision, Error> {
        self.decide_knowing(decision, false)
    }

    /// Takes over decisions of another desk, in their order. What names reports that are not here waits for them. Those that
    /// this desk has already are left out; returns those that are new.
    pub fn apply(&mut self, decisions: &[Decision]) -> Result<Vec<Decision>, Error> {
        let mut here: BTreeMap<i64, i64> = BTreeMap::new();
        let mut new = Vec::new();
        for theirs in decisions {
            let mut what = theirs.what.clone();
            if let What::Undo { decision } = &mut what {
                let Some(ours) = here.get(decision) else {
                    let told = format!("decision {} takes back {decision}, which is not among those given", theirs.id);
                    return Err(Error::asked(told));
                };
                *decision = *ours;
            }
            let same = |it: &&Decision| it.what == what && it.who == theirs.who && it.when == theirs.when;
            if let Some(ours) = self.decisions()?.iter().find(same) {
                here.insert(theirs.id, ours.id);
                continue;
            }
            let ours = self.decide_knowing(Decision { what, id: 0, undone_by: None, ..theirs.clone() }, true)?;
            here.insert(theirs.id, ours.id);
            new.push(ours);
        }
        Ok(new)
    }

    fn decide_knowing(&mut self, mut decision: Decision, may_wait: bool) -> Result<Decision, Error> {
        self.complete(&mut decision.what, may_wait)?;
        if decision.when.is_empty() {
            decision.when = now();
        }
        let step = self.begin()?;
        step.execute(
            "INSERT INTO decision (made_at, who, why, what) VALUES (?1, ?2, ?3, ?4)",
            params![
                decision.when,
                decision.who,
                decision.why,
                serde_json::to_string(&decision.what).unwrap_or_default()
            ],
        )?;
        decision.id = step.last_insert_rowid();
        let mut changed: BTreeSet<String> = BTreeSet::new();
        let undone = match &decision.what {
            What::Undo { decision: id } => {
                let there = all(&step)?.into_iter().find(|it| it.id == *id && it.undone_by.is_none());
                let Some(there) = there.filter(|it| !matches!(it.what, What::Undo { .. })) else {
                    return Err(Error::not_found(
                        "decision in force",
                        &id.to_string(),
                        "`rapporteur decisions` lists them",
                    ));
                };
                step.execute("UPDATE decision SET undone_by = ?1 WHERE id = ?2", [decision.id, *id])?;
                Some(there)
            }
            _ => None,
        };
        let acting = undone.as_ref().map_or(&decision.what, |it| &it.what);
        match acting {
            What::Merge { .. } | What::Split { .. } => {
                let how = match (&undone, decision.what.of_stories(&decision)) {
                    (None, Some(it)) => How::Decide(it),
                    _ => How::Anew,
                };
                let mut stories = stories_of(&step, &acting.reports())?;
                if undone.is_some() {
                    // What was set apart may belong to any story its reports came out of.
                    stories.extend(stories_before(&step, acting)?);
                }
                let mut reports = Vec::new();
                for story in &stories {
                    for ix in reports_of(&step, *story)? {
                        reports.push((ix, record(&step, &self.recent, ix)?));
                    }
                }
                changed.extend(place::place(&step, &self.recent, &reports, how)?);
            }
            What::Rename { report, title } => {
                for story in stories_of(&step, &[report.as_str()])? {
                    let title = if undone.is_some() || title.is_empty() { None } else { Some(title) };
                    step.execute("UPDATE story SET renamed = ?1 WHERE ix = ?2", params![title, story])?;
                    changed.extend(touch(&step, story)?);
                }
            }
            What::SameSpeaker { actors } => {
                for actor in actors {
                    for story in stories_with(&step, actor)? {
                        changed.extend(touch(&step, story)?);
                    }
                }
            }
            other => {
                for story in stories_of(&step, &other.reports())? {
                    changed.extend(touch(&step, story)?);
                }
            }
        }
        let story = changed.first().cloned().unwrap_or_default();
        events::note(&step, EventKind::Decided, &story, &decision.id.to_string(), &decision)?;
        step.commit()?;
        self.weigh_all(&mut changed)?;
        Ok(decision)
    }

    /// Looks whether what is named is there; fills in the words of a fact, by which it is known again.
    fn complete(&self, what: &mut What, may_wait: bool) -> Result<(), Error> {
        match what {
            What::Merge { reports } if reports.len() < 2 => {
                return Err(Error::asked("merging needs two reports or more, of different stories"));
            }
            What::Split { reports } if reports.is_empty() => {
                return Err(Error::asked("splitting needs the reports that leave"));
            }
            What::SameSpeaker { actors } if actors.len() < 2 => {
                return Err(Error::asked("it takes two actors to be the same"));
            }
            What::Wrong { fact, text, kind, support } if support.is_empty() => {
                let row = self.fact(fact)?.row;
                (*text, *kind, *support) = (row.fact, row.kind, row.support);
            }
            _ => {}
        }
        if may_wait {
            return Ok(());
        }
        let mut is_there = self.db.prepare_cached("SELECT 1 FROM report WHERE id = ?1")?;
        for report in what.reports() {
            if !is_there.exists([report])? {
                return Err(Error::not_found("report", report, "`rapporteur search` finds reports"));
            }
        }
        if let What::SameSpeaker { actors } = what {
            let mut is_there = self.db.prepare_cached("SELECT 1 FROM actor WHERE id = ?1")?;
            for actor in actors {
                if !is_there.exists([actor.as_str()])? {
                    return Err(Error::not_found("actor", actor, "`rapporteur actor NAME` finds actors"));
                }
            }
        }
        Ok(())
    }
}

pub(crate) fn reports_of(db: &Connection, story: i64) -> Result<Vec<i64>, Error> {
    let mut asked = db.prepare_cached("SELECT ix FROM report WHERE story = ?1 ORDER BY id")?;
    Ok(asked.query_map([story], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn stories_of(db: &Connection, reports: &[&str]) -> Result<BTreeSet<i64>, Error> {
    let mut asked = db.prepare_cached("SELECT story FROM report WHERE id = ?1")?;
    let mut found = BTreeSet::new();
    for report in reports {
        found.extend(asked.query_row([report], |row| row.get::<_, i64>(0)).optional()?);
    }
    Ok(found)
}

fn stories_with(db: &Connection, actor: &str) -> Result<Vec<i64>, Error> {
    let mut asked = db.prepare_cached(
        "SELECT DISTINCT story FROM report JOIN report_actor ON report = report.ix
         JOIN actor ON actor = actor.ix WHERE actor.id = ?1 ORDER BY story",
    )?;
    Ok(asked.query_map([actor], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The stories that reports were in before they were set apart, which the storyline remembers.
fn stories_before(db: &Connection, what: &What) -> Result<BTreeSet<i64>, Error> {
    let mut asked = db.prepare_cached(
        "SELECT ix FROM story WHERE line = (SELECT line FROM story JOIN report ON story = story.ix WHERE report.id = ?1)",
    )?;
    let mut found = BTreeSet::new();
    for report in what.reports() {
        for story in asked.query_map([report], |row| row.get::<_, i64>(0))? {
            found.insert(story?);
        }
    }
    Ok(found)
}

/// What a decision names that is not on the desk.
pub(crate) fn missing(db: &Connection, what: &What) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    let mut report = db.prepare_cached("SELECT 1 FROM report WHERE id = ?1")?;
    for id in what.reports() {
        if !report.exists([id])? {
            found.push(id.to_owned());
        }
    }
    if let What::SameSpeaker { actors } = what {
        let mut actor = db.prepare_cached("SELECT 1 FROM actor WHERE id = ?1")?;
        for id in actors {
            if !actor.exists([id])? {
                found.push(id.clone());
            }
        }
    }
    Ok(found)
}
