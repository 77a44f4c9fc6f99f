//! What happened on a desk, in the order it happened: for alerts, for "new since you looked", for live pages.

use rusqlite::{Connection, params};
use serde::Serialize;

use crate::error::Error;
use crate::{Desk, now};

/// What sort of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// A report was added; the subject is its id.
    ReportAdded,
    /// A story is there for the first time.
    StoryNew,
    /// A story has further reports, or was decided on.
    StoryChanged,
    /// A story became part of another; the subject is the id it had.
    StoryMerged,
    /// A fact got its second independent origin; the subject is the fact.
    SecondOrigin,
    /// Reports now conflict on a fact.
    Conflict,
    /// A scheduled event moved or was called off; the subject is the fact.
    ScheduleMoved,
    /// An actor takes another side on the same matter; the subject is the actor.
    PositionChanged,
    /// A further value is stated for a figure; the subject is the fact.
    FigureRevised,
    /// A person decided something; the subject is the decision's number.
    Decided,
}

impl EventKind {
    /// All kinds.
    pub const ALL: [EventKind; 10] = [
        EventKind::ReportAdded,
        EventKind::StoryNew,
        EventKind::StoryChanged,
        EventKind::StoryMerged,
        EventKind::SecondOrigin,
        EventKind::Conflict,
        EventKind::ScheduleMoved,
        EventKind::PositionChanged,
        EventKind::FigureRevised,
        EventKind::Decided,
    ];

    /// Name in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            EventKind::ReportAdded => "report-added",
            EventKind::StoryNew => "story-new",
            EventKind::StoryChanged => "story-changed",
            EventKind::StoryMerged => "story-merged",
            EventKind::SecondOrigin => "second-origin",
            EventKind::Conflict => "conflict",
            EventKind::ScheduleMoved => "schedule-moved",
            EventKind::PositionChanged => "position-changed",
            EventKind::FigureRevised => "figure-revised",
            EventKind::Decided => "decided",
        }
    }

    /// Whether somebody who follows a matter wants to be told at once.
    pub const fn is_alert(self) -> bool {
        matches!(
            self,
            EventKind::SecondOrigin
                | EventKind::Conflict
                | EventKind::ScheduleMoved
                | EventKind::PositionChanged
                | EventKind::FigureRevised
        )
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// Its number: higher than that of all before, never used again.
    pub seq: i64,
    /// When, UTC.
    pub at: String,
    /// What sort: the name of an [`EventKind`].
    pub kind: String,
    /// The story it belongs to.
    pub story: String,
    /// What it is about: the id of a report, fact or actor, as the kind says.
    pub subject: String,
    /// The row of what it is about, with its words.
    pub row: serde_json::Value,
}

pub(crate) fn note(
    step: &Connection,
    kind: EventKind,
    story: &str,
    subject: &str,
    row: &impl Serialize,
) -> Result<(), Error> {
    let row = serde_json::to_string(row).unwrap_or_default();
    step.prepare_cached("INSERT INTO event (at, kind, story, subject, row) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![now(), kind.as_str(), story, subject, row])?;
    Ok(())
}

/// What [`event`] reads, in its order.
pub(crate) const EVENT_COLUMNS: &str = "seq, at, kind, story, subject, row";

/// An event from a row of [`EVENT_COLUMNS`].
pub(crate) fn event(row: &rusqlite::Row<'_>) -> rusqlite::Result<Event> {
    Ok(Event {
        seq: row.get(0)?,
        at: row.get(1)?,
        kind: row.get(2)?,
        story: row.get(3)?,
        subject: row.get(4)?,
        row: serde_json::from_str(&row.get::<_, String>(5)?).unwrap_or_default(),
    })
}

impl Desk {
    /// What happened after the event numbered `after`, the earliest first, at most `n_max`; of `kinds`, or of all where none
    /// is named. [`Desk::revision`] is the number of the latest.
    pub fn events(&self, after: i64, kinds: &[EventKind], n_max: usize) -> Result<Vec<Event>, Error> {
        let named: Vec<&str> = kinds.iter().map(|it| it.as_str()).collect();
        let named = serde_json::to_string(&named).unwrap_or_default();
        let mut asked = self.db.prepare_cached(&format!(
            "SELECT {EVENT_COLUMNS} FROM event
             WHERE ?1 < seq AND (?2 = '[]' OR kind IN (SELECT value FROM json_each(?2))) ORDER BY seq LIMIT ?3",
        ))?;
        let rows = asked.query_map(params![after, named, n_max as i64], event)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
