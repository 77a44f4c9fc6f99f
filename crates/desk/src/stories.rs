//! What is on a desk, as lists: stories, reports, facts, entries of ledgers, actors; and the account of a story.

use rapporteur::Collection;
use rapporteur_model::row::ClaimRow;
use rapporteur_model::{Account, Annotated, Claim, ReportIx, Story};
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::Serialize;

use crate::decide;
use crate::error::{Error, Kind};
use crate::filter::{Filter, Page, Rows, Where};
use crate::weigh::Weighed;
use crate::{Desk, overlay, records};

/// A story as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoryCard {
    /// Its id, for good: one it had before it became part of another leads here too.
    pub id: String,
    /// What a person called it, else the headline of its account, else a report's title.
    pub title: String,
    /// Stories of one affair over days or weeks have the same.
    pub storyline: String,
    /// The earliest day its reports state.
    pub first_day: Option<String>,
    /// The latest.
    pub last_day: Option<String>,
    /// Its reports.
    pub n_reports: usize,
    /// Independent origins among them.
    pub n_origins: usize,
    /// Its facts.
    pub n_facts: usize,
    /// Raised by every change.
    pub version: i64,
    /// When it changed last, UTC.
    pub changed_at: String,
    /// Number of the latest event of the story; beyond what you saw last, there is something new.
    pub latest_event: i64,
}

/// A report as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportCard {
    /// Its id, for good.
    pub id: String,
    /// Its title, when known.
    pub title: Option<String>,
    /// Its outlet, when known.
    pub outlet: Option<String>,
    /// The day it states.
    pub day: Option<String>,
    /// Its language, a BCP 47 tag.
    pub lang: Option<String>,
    /// Its story's id.
    pub story: String,
    /// Where it was found.
    pub location: String,
    /// The report it is a new version of.
    pub version_of: Option<String>,
    /// SHA-256 of its original.
    pub original: String,
    /// When it was added, UTC.
    pub added_at: String,
    /// Why it is in its story, in words.
    pub because: Vec<String>,
}

/// A fact with what a desk knows of it beside its row.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactRow {
    /// The row of `rapporteur weigh`; its id lasts. Offsets are code points.
    #[serde(flatten)]
    pub row: ClaimRow,
    /// When it happened or is to happen, TIMEX3 value, as stated.
    pub date: Option<String>,
    /// The first day a report tells it on.
    pub told_on: Option<String>,
    /// `happened`, `scheduled`, …; of acts alone.
    pub realis: Option<String>,
    /// Where, as a report names it.
    pub place: Option<String>,
    /// Whether a person said that it is wrong.
    pub is_wrong: bool,
}

/// A ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ledger {
    /// Who stands where on what.
    Positions,
    /// What is stated for which day.
    Schedule,
    /// Measures with the values stated for them.
    Figures,
    /// Who left an office and who came.
    Offices,
    /// What was said, with every printing.
    Quotes,
    /// Plans and drafts that are on the table, with their versions and who is for or against them.
    Proposals,
}

impl Ledger {
    /// Name in rows, and of the form that writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Ledger::Positions => "positions",
            Ledger::Schedule => "schedule",
            Ledger::Figures => "figures",
            Ledger::Offices => "offices",
            Ledger::Quotes => "quotes",
            Ledger::Proposals => "proposals",
        }
    }
}

/// An entry of a ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct LedgerRow {
    /// The row of `rapporteur export --to LEDGER`; its claim is the fact's id.
    pub row: serde_json::Value,
}

/// Somebody or something that is named on the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActorCard {
    /// ISO 3166-1 alpha-3 for a state, `org:…`, `person:…`, `place:…`.
    pub id: String,
    /// Fullest name seen.
    pub name: String,
    /// `person`, `state`, `organisation`, `place`, …
    pub kind: String,
    /// Reports that name it.
    pub n_reports: usize,
    /// Facts it has a part in.
    pub n_facts: usize,
}

/// The account of a story with all it is made from.
pub struct StoryAccount {
    /// The story as lists show it.
    pub card: StoryCard,
    /// The account.
    pub account: Account,
    /// Its claims; their ids are those of the facts.
    pub claims: Vec<Claim>,
    /// The story's reports, how they depend on each other, and the story: what every form of the account is written from.
    pub collection: Collection,
}

impl Desk {
    /// Stories, the latest day first, then most reports.
    pub fn stories(&self, filter: &Filter, page: Page) -> Result<Rows<StoryCard>, Error> {
        let wanted = filter.of_stories(&self.db)?;
        let sql = format!(
            "SELECT {STORY_COLUMNS} FROM story WHERE {} ORDER BY last_day DESC, n_reports DESC, id",
            wanted.sql()
        );
        let count = format!("SELECT 1 FROM story WHERE {}", wanted.sql());
        self.list(&sql, &count, &wanted, page, story_card)
    }

    /// A story; its id may be one it had before it became part of another.
    pub fn story(&self, id: &str) -> Result<StoryCard, Error> {
        let ix = story_ix(&self.db, id)?;
        let sql = format!("SELECT {STORY_COLUMNS} FROM story WHERE ix = ?1");
        Ok(self.db.prepare_cached(&sql)?.query_row([ix], story_card)?)
    }

    /// Reports, the latest day first.
    pub fn reports(&self, filter: &Filter, page: Page) -> Result<Rows<ReportCard>, Error> {
        let wanted = filter.of_reports(&self.db)?;
        let sql = format!(
            "SELECT {REPORT_COLUMNS} FROM report JOIN story ON story.ix = report.story WHERE {}
             ORDER BY report.day DESC, report.id",
            wanted.sql()
        );
        let count = format!("SELECT 1 FROM report WHERE {}", wanted.sql());
        self.list(&sql, &count, &wanted, page, report_card)
    }

    /// A report as lists show it.
    pub fn report_card(&self, id: &str) -> Result<ReportCard, Error> {
        let sql =
            format!("SELECT {REPORT_COLUMNS} FROM report JOIN story ON story.ix = report.story WHERE report.id = ?1");
        let found = self.db.prepare_cached(&sql)?.query_row([id], report_card).optional()?;
        found.ok_or_else(|| Error::not_found("report", id, "`rapporteur search` finds reports"))
    }

    /// Facts, those told first on the latest day first; within a story by weight.
    pub fn facts(&self, filter: &Filter, page: Page) -> Result<Rows<FactRow>, Error> {
        let wanted = filter.of_facts(&self.db)?;
        let order = if filter.story.is_some() { "place" } else { "told_on DESC, story, place" };
        let sql = format!("SELECT {FACT_COLUMNS} FROM fact WHERE {} ORDER BY {order}", wanted.sql());
        let count = format!("SELECT 1 FROM fact WHERE {}", wanted.sql());
        self.list(&sql, &count, &wanted, page, fact_row)
    }

    /// A fact, a wrong one too.
    pub fn fact(&self, id: &str) -> Result<FactRow, Error> {
        let sql = format!("SELECT {FACT_COLUMNS} FROM fact WHERE id = ?1");
        let found = self.db.prepare_cached(&sql)?.query_row([id], fact_row).optional()?;
        found.ok_or_else(|| Error::not_found("fact", id, "`rapporteur search --facts` finds facts"))
    }

    /// Entries of a ledger: the schedule by day, the others the latest day first.
    pub fn ledger(&self, ledger: Ledger, filter: &Filter, page: Page) -> Result<Rows<LedgerRow>, Error> {
        let mut wanted = filter.of_entries(&self.db)?;
        wanted.and("entry.ledger = ?", [rusqlite::types::Value::Text(ledger.as_str().to_owned())]);
        let from = "entry LEFT JOIN fact ON fact.ix = entry.fact";
        let order = match ledger {
            Ledger::Schedule => "entry.day, entry.story, entry.place",
            _ => "entry.day DESC, entry.story, entry.place",
        };
        let sql = format!("SELECT entry.row FROM {from} WHERE {} ORDER BY {order}", wanted.sql());
        let count = format!("SELECT 1 FROM {from} WHERE {}", wanted.sql());
        self.list(&sql, &count, &wanted, page, |row| {
            let text: String = row.get(0)?;
            Ok(LedgerRow { row: serde_json::from_str(&text).unwrap_or_default() })
        })
    }

    /// Actors whose name or id has `text` in it, whatever its case; those in most reports first.
    pub fn actors(&self, text: &str, page: Page) -> Result<Rows<ActorCard>, Error> {
        let mut wanted = Where::default();
        let text = rusqlite::types::Value::Text(text.to_owned());
        wanted.and("(instr(lower(name), lower(?)) > 0 OR id = ?)", [text.clone(), text]);
        let sql = format!("SELECT {ACTOR_COLUMNS} FROM actor WHERE {} ORDER BY 4 DESC, 5 DESC, id", wanted.sql());
        let count = format!("SELECT 1 FROM actor WHERE {}", wanted.sql());
        self.list(&sql, &count, &wanted, page, actor_card)
    }

    /// An actor, by id or by its name as the desk has it.
    pub fn actor(&self, name: &str) -> Result<ActorCard, Error> {
        let (ix, _) = actor_id(&self.db, name)?;
        let sql = format!("SELECT {ACTOR_COLUMNS} FROM actor WHERE ix = ?1");
        Ok(self.db.prepare_cached(&sql)?.query_row([ix], actor_card)?)
    }

    /// The account of a story. Weighed in memory where nobody has since it changed.
    pub fn account(&self, id: &str) -> Result<StoryAccount, Error> {
        let card = self.story(id)?;
        let ix = story_ix(&self.db, id)?;
        let packed: Option<Vec<u8>> = self
            .db
            .prepare_cached(
                "SELECT packed FROM weighed JOIN story ON ix = story WHERE story = ?1 AND weighed.version = story.version",
            )?
            .query_row([ix], |row| row.get(0))
            .optional()?;
        let decisions = decide::in_force(&self.db)?;
        let Some(packed) = packed else {
            let (collection, weighed) = self.weigh_now(&self.db, ix, &decisions)?;
            return Ok(StoryAccount { card, account: weighed.account, claims: weighed.claims, collection });
        };
        let weighed: Weighed = records::unpack(&packed, &format!("story {id}"))?;
        let mut reports = Vec::with_capacity(weighed.reports.len());
        for report in &weighed.reports {
            reports.push(Annotated::clone(&*self.report(report)?));
        }
        overlay::records(&mut reports, &decisions);
        let story = Story {
            id: card.id.clone(),
            reports: (0..reports.len()).map(ReportIx::from).collect(),
            because: weighed.because,
            storyline: weighed.line,
        };
        let collection =
            Collection { reports, problems: Vec::new(), relations: weighed.relations, stories: vec![story] };
        Ok(StoryAccount { card, account: weighed.account, claims: weighed.claims, collection })
    }

    pub(crate) fn list<T>(
        &self,
        sql: &str,
        count: &str,
        wanted: &Where,
        page: Page,
        make: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Rows<T>, Error> {
        // Counting stops where nobody pages to: the cost of a list does not grow with the desk.
        let count = format!("SELECT count(*) FROM ({count} LIMIT {})", COUNTED_MAX + 1);
        let n_all: i64 =
            self.db.prepare_cached(&count)?.query_row(params_from_iter(wanted.values()), |row| row.get(0))?;
        let sql = format!("{sql} LIMIT {} OFFSET {}", page.n_max.min(i64::MAX as usize), page.offset);
        let mut asked = self.db.prepare_cached(&sql)?;
        let rows = asked.query_map(params_from_iter(wanted.values()), make)?.collect::<Result<_, _>>()?;
        Ok(Rows { rows, n_all: n_all as usize })
    }
}

/// Rows of a list are counted up to so many; one more means "more".
pub(crate) const COUNTED_MAX: usize = 10_000;

const STORY_COLUMNS: &str = "id, coalesce(renamed, title, id), line, first_day, last_day, n_reports, n_origins, n_facts, \
     version, changed_at, (SELECT coalesce(max(seq), 0) FROM event WHERE event.story = story.id)";

fn story_card(row: &Row<'_>) -> rusqlite::Result<StoryCard> {
    Ok(StoryCard {
        id: row.get(0)?,
        title: row.get(1)?,
        storyline: row.get(2)?,
        first_day: row.get(3)?,
        last_day: row.get(4)?,
        n_reports: row.get::<_, i64>(5)? as usize,
        n_origins: row.get::<_, i64>(6)? as usize,
        n_facts: row.get::<_, i64>(7)? as usize,
        version: row.get(8)?,
        changed_at: row.get(9)?,
        latest_event: row.get(10)?,
    })
}

pub(crate) const REPORT_COLUMNS: &str = "report.id, report.title, report.outlet, report.day, report.lang, story.id, report.location, \
     (SELECT earlier.id FROM report AS earlier WHERE earlier.ix = report.version_of), report.original, report.added_at, \
     report.because";

pub(crate) fn report_card(row: &Row<'_>) -> rusqlite::Result<ReportCard> {
    Ok(ReportCard {
        id: row.get(0)?,
        title: row.get(1)?,
        outlet: row.get(2)?,
        day: row.get(3)?,
        lang: row.get(4)?,
        story: row.get(5)?,
        location: row.get(6)?,
        version_of: row.get(7)?,
        original: row.get(8)?,
        added_at: row.get(9)?,
        because: serde_json::from_str(&row.get::<_, String>(10)?).unwrap_or_default(),
    })
}

pub(crate) const FACT_COLUMNS: &str = "fact.row, fact.date, fact.told_on, fact.realis, fact.spot, fact.is_wrong";

pub(crate) fn fact_row(row: &Row<'_>) -> rusqlite::Result<FactRow> {
    Ok(FactRow {
        row: serde_json::from_str(&row.get::<_, String>(0)?).unwrap_or_default(),
        date: row.get(1)?,
        told_on: row.get(2)?,
        realis: row.get(3)?,
        place: row.get(4)?,
        is_wrong: row.get(5)?,
    })
}

const ACTOR_COLUMNS: &str = "id, name, kind, (SELECT count(*) FROM report_actor WHERE actor = actor.ix), \
     (SELECT count(DISTINCT fact) FROM fact_actor WHERE actor = actor.ix)";

fn actor_card(row: &Row<'_>) -> rusqlite::Result<ActorCard> {
    Ok(ActorCard {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: row.get(2)?,
        n_reports: row.get::<_, i64>(3)? as usize,
        n_facts: row.get::<_, i64>(4)? as usize,
    })
}

/// The number of a story, by its id or one it had before.
pub(crate) fn story_ix(db: &Connection, id: &str) -> Result<i64, Error> {
    let sql = "SELECT ix FROM story WHERE id = ?1 UNION ALL SELECT story FROM story_alias WHERE id = ?1 LIMIT 1";
    let found = db.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
    found.ok_or_else(|| Error::not_found("story", id, "`rapporteur stories` lists them"))
}

/// The number and the id of an actor, by its id or its name.
pub(crate) fn actor_id(db: &Connection, name: &str) -> Result<(i64, String), Error> {
    let both = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?));
    let exact = db.prepare_cached("SELECT ix, id FROM actor WHERE id = ?1")?.query_row([name], both).optional()?;
    if let Some(found) = exact {
        return Ok(found);
    }
    // By name: the one of exactly that name, else the only one whose name has it in it.
    for sql in [
        "SELECT ix, id FROM actor WHERE name = ?1 COLLATE NOCASE ORDER BY id LIMIT 6",
        "SELECT ix, id FROM actor WHERE instr(lower(name), lower(?1)) > 0
         ORDER BY (SELECT count(*) FROM report_actor WHERE actor = actor.ix) DESC, id LIMIT 6",
    ] {
        let mut asked = db.prepare_cached(sql)?;
        let found: Vec<(i64, String)> = asked.query_map([name], both)?.collect::<Result<_, _>>()?;
        match found.len() {
            0 => {}
            1 => return Ok(found[0].clone()),
            _ => {
                let ids: Vec<&str> = found.iter().map(|it| it.1.as_str()).collect();
                let told = format!("'{name}' may be several; name one by its id: {}", ids.join(", "));
                return Err(Error::new(Kind::Several, told));
            }
        }
    }
    Err(Error::not_found("actor", name, "`rapporteur actor PART-OF-NAME` lists actors"))
}
