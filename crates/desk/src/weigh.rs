//! Weighing the stories that changed: their facts, their ledgers, and what that means for who follows them.
//!
//! An account on a desk is that of the story's reports and of the decisions about them, and of nothing else: whatever else
//! came in, and in whatever order, the same reports give the same account.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur::{Collection, EXPORTS, Exported, WriteOptions, rows, since};
use rapporteur_model::row::ClaimRow;
use rapporteur_model::{Account, Annotated, Claim, Content, Party, Relations, ReportIx, Story};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use crate::add::note_actor;
use crate::decide::{self, Decision, What, reports_of};
use crate::error::Error;
use crate::events::{self, EventKind};
use crate::originals::sha256;
use crate::{Desk, records};

/// Stories weighed in one transaction: others that want to write wait no longer than that.
const STORIES_AT_ONCE: usize = 64;

/// The unit in which a desk keeps offsets: code points.
pub(crate) const UNIT: rapporteur::Unit = rapporteur::Unit::Char;

/// The ledgers, by the names of the forms that write them.
pub(crate) const LEDGERS: [&str; 6] = ["positions", "schedule", "figures", "offices", "quotes", "proposals"];

/// A story as it was weighed, without its reports' records.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct Weighed {
    /// Its reports, in the order all indices count in.
    pub(crate) reports: Vec<String>,
    pub(crate) because: Vec<Vec<String>>,
    pub(crate) line: String,
    pub(crate) relations: Relations,
    pub(crate) claims: Vec<Claim>,
    /// Claims that a person said are wrong: kept, and no part of the account.
    pub(crate) wrong: Vec<Claim>,
    pub(crate) account: Account,
}

impl Desk {
    /// Weighs all stories that changed since they were weighed last, those that a program left behind when it was killed
    /// among them. Adds the names of these to `stories`.
    pub(crate) fn weigh_all(&mut self, stories: &mut BTreeSet<String>) -> Result<(), Error> {
        loop {
            let waiting: Vec<(i64, String)> = {
                let mut asked =
                    self.db.prepare_cached("SELECT ix, id FROM story WHERE weighed <> version ORDER BY ix LIMIT ?1")?;
                let rows = asked.query_map([STORIES_AT_ONCE as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
                rows.collect::<Result<_, _>>()?
            };
            if waiting.is_empty() {
                return Ok(());
            }
            let step = self.begin()?;
            let decisions = decide::in_force(&step)?;
            for (ix, id) in waiting {
                // Another program may have weighed it, or made it part of another, while we waited.
                let is_waiting =
                    step.prepare_cached("SELECT 1 FROM story WHERE ix = ?1 AND weighed <> version")?.exists([ix])?;
                if is_waiting {
                    let (collection, weighed) = self.weigh_now(&step, ix, &decisions)?;
                    write(&step, ix, &id, &collection, &weighed)?;
                }
                stories.insert(id);
            }
            step.commit()?;
        }
    }

    /// Weighs a story from its records.
    pub(crate) fn weigh_now(
        &self,
        db: &Connection,
        story: i64,
        decisions: &[Decision],
    ) -> Result<(Collection, Weighed), Error> {
        let (id, line): (String, String) = db
            .prepare_cached("SELECT id, line FROM story WHERE ix = ?1")?
            .query_row([story], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut collection = Collection::default();
        let mut because = Vec::new();
        for ix in reports_of(db, story)? {
            collection.reports.push(Annotated::clone(&*crate::record(db, &self.recent, ix)?));
            let told: String =
                db.prepare_cached("SELECT because FROM report WHERE ix = ?1")?.query_row([ix], |row| row.get(0))?;
            because.push(serde_json::from_str(&told).unwrap_or_default());
        }
        crate::overlay::records(&mut collection.reports, decisions);
        rapporteur::relate(&mut collection);
        crate::overlay::relations(&mut collection.relations, &collection.reports, decisions);
        let story_now = Story {
            id,
            reports: (0..collection.reports.len()).map(ReportIx::from).collect(),
            because: because.clone(),
            storyline: line.clone(),
        };
        let mut claims = rapporteur::weigh(&collection, &story_now);
        name_claims(db, story, &story_now, &mut claims, &collection)?;
        let rows = rows::claim_rows(&story_now, &claims, &collection.reports, &collection.relations, UNIT);
        let said_wrong = wrong_ones(&rows, decisions);
        let (wrong, claims): (Vec<Claim>, Vec<Claim>) =
            claims.into_iter().partition(|it| said_wrong.contains(it.id.as_str()));
        let mut account = rapporteur::account(&collection, &story_now, &claims, &WriteOptions::default());
        if !wrong.is_empty() {
            let facts = if wrong.len() == 1 { "fact" } else { "facts" };
            account.coverage.left_out.push(format!("{} {facts} that a person said to be wrong", wrong.len()));
        }
        let weighed = Weighed {
            reports: collection.reports.iter().map(|it| it.id().to_owned()).collect(),
            because,
            line,
            relations: collection.relations.clone(),
            claims,
            wrong,
            account,
        };
        collection.stories = vec![story_now];
        Ok((collection, weighed))
    }
}

/// Gives claims names that last: that of the fact they were before, where the same words bear both out, else one made
/// from the words.
fn name_claims(
    db: &Connection,
    story: i64,
    now: &Story,
    claims: &mut [Claim],
    collection: &Collection,
) -> Result<(), Error> {
    let rows = rows::claim_rows(now, claims, &collection.reports, &collection.relations, UNIT);
    let old = old_rows(db, story)?;
    // Facts can only be the same by a report that both have.
    let mut by_report: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, row) in old.iter().enumerate() {
        row.support.iter().for_each(|it| by_report.entry(&it.report).or_default().push(at));
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut named: Vec<Option<String>> = vec![None; claims.len()];
    // The weightiest facts choose first; the same words exactly go before words that overlap.
    for exactly in [true, false] {
        for (at, row) in rows.iter().enumerate().filter(|it| !it.1.support.is_empty()) {
            if named[at].is_some() {
                continue;
            }
            let mut near: Vec<usize> =
                row.support.iter().filter_map(|it| by_report.get(it.report.as_str())).flatten().copied().collect();
            near.sort_unstable();
            near.dedup();
            let same = near.into_iter().map(|it| &old[it]).find(|it| {
                !taken.contains(&it.id)
                    && since::is_same(it, row)
                    && (!exactly || it.support.iter().any(|one| row.support.contains(one)))
            });
            if let Some(same) = same {
                taken.insert(same.id.clone());
                named[at] = Some(same.id.clone());
            }
        }
    }
    let mut is_there = db.prepare_cached("SELECT 1 FROM fact WHERE id = ?1")?;
    for ((claim, row), named) in claims.iter_mut().zip(&rows).zip(named) {
        claim.id = match named {
            Some(name) => name,
            None => {
                let first = row.support.first();
                let place = first.map(|it| format!("{} {} {} {}", row.kind, it.report, it.span.0, it.span.1));
                let digits = sha256(place.unwrap_or_else(|| format!("{} {}", now.id, row.fact)).as_bytes());
                let first = format!("f-{}", &digits[..12]);
                let (mut name, mut n) = (first.clone(), 2);
                while taken.contains(&name) || is_there.exists([&name])? {
                    name = format!("{first}.{n}");
                    n += 1;
                }
                taken.insert(name.clone());
                name
            }
        };
    }
    Ok(())
}

/// The facts as they were weighed last.
fn old_rows(db: &Connection, story: i64) -> Result<Vec<ClaimRow>, Error> {
    let mut asked = db.prepare_cached("SELECT row FROM fact WHERE story = ?1 ORDER BY place, ix")?;
    let rows = asked.query_map([story], |row| row.get::<_, String>(0))?;
    let mut found = Vec::new();
    for row in rows {
        found.extend(serde_json::from_str::<ClaimRow>(&row?));
    }
    Ok(found)
}

/// Writes a weighed story down in place of what was there, and notes what that changes.
fn write(step: &Connection, ix: i64, id: &str, collection: &Collection, weighed: &Weighed) -> Result<(), Error> {
    let now = &collection.stories[0];
    let all: Vec<Claim> = weighed.claims.iter().chain(&weighed.wrong).cloned().collect();
    let claim_rows = rows::claim_rows(now, &all, &collection.reports, &collection.relations, UNIT);
    let had: bool =
        step.prepare_cached("SELECT 0 < weighed FROM story WHERE ix = ?1")?.query_row([ix], |row| row.get(0))?;
    let old = old_rows(step, ix)?;
    let old_entries = entries(step, ix)?;
    forget(step, ix)?;
    let mut fact_ix: BTreeMap<&str, i64> = BTreeMap::new();
    for (place, (claim, row)) in all.iter().zip(&claim_rows).enumerate() {
        let fact = insert_fact(step, ix, place, claim, row, collection, weighed.claims.len() <= place)?;
        fact_ix.insert(&row.id, fact);
    }
    let both = [(weighed.account.clone(), weighed.claims.clone())];
    let mut new_entries: Vec<(String, Value)> = Vec::new();
    for ledger in LEDGERS {
        let Some(form) = EXPORTS.iter().find(|it| it.name == ledger) else { continue };
        let Exported::Text(text) = rapporteur::export(&both, collection, form) else { continue };
        for (place, line) in text.lines().enumerate() {
            let row: Value = serde_json::from_str(line).unwrap_or_default();
            let told = |key: &str| row.get(key).and_then(Value::as_str);
            let fact = told("claim").and_then(|it| fact_ix.get(it));
            step.prepare_cached(
                "INSERT INTO entry (story, place, ledger, fact, actor, day, n_origins, row) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                ix,
                place as i64,
                ledger,
                fact,
                told("actor"),
                told("told_on").or_else(|| told("date")),
                row.get("independent_origins").and_then(Value::as_i64).unwrap_or(0),
                line
            ])?;
            new_entries.push((ledger.to_owned(), row));
        }
    }
    let headline = weighed.account.headline.as_ref().map(|it| it.text().to_owned());
    step.prepare_cached(
        "UPDATE story SET weighed = version, n_origins = ?2, n_facts = ?3, title = coalesce(?4, title) WHERE ix = ?1",
    )?
    .execute(params![ix, weighed.account.coverage.n_origins as i64, claim_rows.len() as i64, headline])?;
    step.prepare_cached(
        "INSERT OR REPLACE INTO weighed (story, version, packed) SELECT ix, version, ?2 FROM story WHERE ix = ?1",
    )?
    .execute(params![ix, records::pack(weighed)?])?;
    // What is new altogether is told by the story's own event, not fact by fact.
    if had {
        events::note(step, EventKind::StoryChanged, id, id, &Value::Null)?;
        note_changes(step, id, &old, &claim_rows)?;
        note_entries(step, id, &old_entries, &new_entries)?;
    }
    Ok(())
}

/// Takes a story's facts and ledgers out of all tables.
pub(crate) fn forget(step: &Connection, story: i64) -> Result<(), Error> {
    for sql in [
        "DELETE FROM entry WHERE story = ?1",
        "DELETE FROM fact_actor WHERE fact IN (SELECT ix FROM fact WHERE story = ?1)",
        "DELETE FROM fact_report WHERE fact IN (SELECT ix FROM fact WHERE story = ?1)",
        "DELETE FROM fact_text WHERE rowid IN (SELECT ix FROM fact WHERE story = ?1)",
        "DELETE FROM fact WHERE story = ?1",
    ] {
        step.prepare_cached(sql)?.execute([story])?;
    }
    Ok(())
}

/// The ids of the facts that a person said are wrong: by the id, else (everything was derived anew, or the decision comes from
/// another desk) the weightiest fact that the same words bear out.
fn wrong_ones<'a>(rows: &'a [ClaimRow], decisions: &[Decision]) -> BTreeSet<&'a str> {
    let find = |decision: &Decision| {
        let What::Wrong { fact, kind, support, .. } = &decision.what else { return None };
        let was = ClaimRow { kind: kind.clone(), support: support.clone(), ..ClaimRow::default() };
        let by_id = rows.iter().find(|it| it.id == *fact);
        let has_words = |it: &&ClaimRow| it.kind == *kind && it.support.iter().any(|one| support.contains(one));
        let by_words = || rows.iter().find(has_words).or_else(|| rows.iter().find(|it| since::is_same(&was, it)));
        by_id.or_else(by_words).map(|it| it.id.as_str())
    };
    decisions.iter().filter_map(find).collect()
}

fn insert_fact(
    step: &Connection,
    story: i64,
    place: usize,
    claim: &Claim,
    row: &ClaimRow,
    collection: &Collection,
    is_wrong: bool,
) -> Result<i64, Error> {
    let (date, realis, spot, parties) = match &claim.content {
        Content::Act(act) => {
            let parties: Vec<(&str, &Party)> = (act.actors.iter().map(|it| ("actor", it)))
                .chain(act.recipients.iter().map(|it| ("recipient", it)))
                .chain(act.asserted_by.iter().map(|it| ("source", it)))
                .collect();
            (act.date.as_deref(), act.realis.map(|it| it.as_str()), act.place.as_deref(), parties)
        }
        Content::Statement(it) => {
            (it.date.as_deref(), None, None, it.speakers.iter().map(|it| ("speaker", it)).collect())
        }
        Content::Figure(it) => (None, None, None, it.stated_by.iter().map(|it| ("source", it)).collect()),
    };
    let told_on = claim.reports.iter().filter_map(|it| since::stated_day(&collection.reports[it.ix()])).min();
    step.prepare_cached(
        "INSERT INTO fact (id, story, place, kind, verdict, realis, n_origins, date, told_on, spot, fact, is_wrong, row)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        row.id,
        story,
        place as i64,
        row.kind,
        row.verdict,
        realis,
        row.independent_origins,
        date,
        told_on,
        spot,
        row.fact,
        is_wrong,
        serde_json::to_string(row).unwrap_or_default()
    ])?;
    let fact = step.last_insert_rowid();
    let mut names: Vec<&str> = Vec::new();
    for (role, party) in parties.into_iter().filter(|it| !it.1.id.is_empty()) {
        let kind = if party.is_person {
            "person"
        } else if party.is_state {
            "state"
        } else {
            "organisation"
        };
        let actor = note_actor(step, &party.id, &party.name, kind)?;
        step.prepare_cached("INSERT OR IGNORE INTO fact_actor (actor, fact, role) VALUES (?1, ?2, ?3)")?
            .execute(params![actor, fact, role])?;
        names.push(&party.name);
    }
    let mut of = step.prepare_cached("SELECT ix FROM report WHERE id = ?1")?;
    for report in &row.reports {
        if let Some(report) = of.query_row([report], |row| row.get::<_, i64>(0)).optional()? {
            step.prepare_cached("INSERT OR IGNORE INTO fact_report (report, fact) VALUES (?1, ?2)")?
                .execute([report, fact])?;
        }
    }
    step.prepare_cached("INSERT INTO fact_text (rowid, fact, actor) VALUES (?1, ?2, ?3)")?.execute(params![
        fact,
        row.fact,
        names.join(" · ")
    ])?;
    Ok(fact)
}

/// What became of facts that were there before.
fn note_changes(step: &Connection, story: &str, old: &[ClaimRow], new: &[ClaimRow]) -> Result<(), Error> {
    let before: BTreeMap<&str, &ClaimRow> = old.iter().map(|it| (it.id.as_str(), it)).collect();
    for row in new {
        let Some(was) = before.get(row.id.as_str()) else { continue };
        if was.independent_origins < 2 && 2 <= row.independent_origins {
            events::note(step, EventKind::SecondOrigin, story, &row.id, row)?;
        }
        if was.verdict != "conflict" && row.verdict == "conflict" {
            events::note(step, EventKind::Conflict, story, &row.id, row)?;
        }
        let values = |it: &ClaimRow| -> BTreeSet<String> {
            it.variants.iter().filter(|it| it.nature == "number").map(|it| it.value.clone()).collect()
        };
        if row.kind == "figure" && !values(row).is_subset(&values(was)) {
            events::note(step, EventKind::FigureRevised, story, &row.id, row)?;
        }
    }
    Ok(())
}

fn entries(step: &Connection, story: i64) -> Result<Vec<(String, Value)>, Error> {
    let mut asked = step.prepare_cached(
        "SELECT ledger, row FROM entry WHERE story = ?1 AND ledger IN ('positions', 'schedule') ORDER BY ledger, place",
    )?;
    let rows = asked.query_map([story], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let mut found = Vec::new();
    for row in rows {
        let (ledger, row) = row?;
        found.push((ledger, serde_json::from_str(&row).unwrap_or_default()));
    }
    Ok(found)
}

/// What became of entries of ledgers that were there before.
fn note_entries(step: &Connection, story: &str, old: &[(String, Value)], new: &[(String, Value)]) -> Result<(), Error> {
    let told = |it: &Value, key: &str| it.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
    let of = |list: &[(String, Value)], ledger: &str| -> Vec<Value> {
        list.iter().filter(|it| it.0 == ledger).map(|it| it.1.clone()).collect()
    };
    let schedule: BTreeMap<String, Value> =
        of(old, "schedule").into_iter().map(|it| (told(&it, "claim"), it)).collect();
    for row in of(new, "schedule") {
        let Some(was) = schedule.get(&told(&row, "claim")) else { continue };
        let (status, had) = (told(&row, "status"), told(was, "status"));
        let is_moved = told(&row, "date") != told(was, "date") && status != "held";
        if is_moved || status != had && matches!(status.as_str(), "moved" | "called-off") {
            events::note(step, EventKind::ScheduleMoved, story, &told(&row, "claim"), &row)?;
        }
    }
    // One side before, another side beside it now.
    let key = |it: &Value| (told(it, "actor"), told(it, "issue"), told(it, "stance"));
    let before: BTreeMap<_, Value> = of(old, "positions").into_iter().map(|it| (key(&it), it)).collect();
    for row in of(new, "positions") {
        let turned = row.get("also").is_some_and(|it| !it.is_null());
        let known = before.get(&key(&row));
        let had = known.is_some_and(|it| it.get("also").is_some_and(|it| !it.is_null()));
        let was_there = before.keys().any(|it| it.0 == told(&row, "actor"));
        if turned && !had && was_there {
            events::note(step, EventKind::PositionChanged, story, &told(&row, "actor"), &row)?;
        }
    }
    Ok(())
}
