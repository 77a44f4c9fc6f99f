//! Which story a new report belongs to, found in its neighbourhood alone.
//!
//! A report's neighbours are found by an index in the database: fingerprints of its wording, and the words that say most of
//! it, within some weeks. With the stories of its neighbours it makes a region, small however large the desk. There the same
//! stages run as in a run over files, but from the stories there are: a story grows and may join another, and never falls
//! apart by itself. Stories outside of the region are not touched.
//!
//! So the order in which reports come may show: what a run over all reports at once would part or join otherwise,
//! [`Desk::regroup`](crate::Desk::regroup) does.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rapporteur::{Lexicon, stages};
use rapporteur_model::{Annotated, ReportIx, Story};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::add::{TERMS_MAX, index_day, kept_prints};
use crate::decide::{self, What};
use crate::error::Error;
use crate::events::{self, EventKind};
use crate::records::Recent;
use crate::{now, record};

/// Stands for the story of a report within the transaction that adds it.
pub(crate) const NO_STORY: i64 = 0;
/// The day of reports that state none, in the index.
pub(crate) const NO_DAY: i32 = -1_000_000;

/// Neighbours are looked for so many days before and after; grouping itself hardly joins what is further apart.
const WINDOW_DAYS: i32 = 21;
/// Of the reports with a word, or a fingerprint, so many are met, the latest first: what more have says little.
const MET_MAX: i64 = 64;
/// Neighbours of a report that make its region, the nearest.
const NEIGHBOURS_MAX: usize = 12;
/// Neighbours share so many of their strongest words or fingerprints...
const SHARED_MIN: u32 = 2;
/// ...and are alike by them so much: the cosine as far as the strongest words make it up. Stage 5 looks at pairs from half of
/// that on over all words.
const ALIKE_MIN: f64 = 0.05;
/// A fingerprint that only one other report has weighs so much beside words; one that many have, as a notice under every
/// article of an outlet gives, next to nothing.
const PRINT_WEIGHT: f64 = 0.1;
/// Of a story no more reports are looked at than this: the neighbours, and others evenly over the rest. Their likenesses
/// stand for the average.
const MEMBERS_MAX: usize = 24;

/// Of a region no more stories are taken in when it has so many reports: a batch costs no more than that, whatever comes.
const REGION_MAX: usize = 800;

/// Why reports are placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum How {
    /// They are new.
    Add,
    /// A person decided on stories: the decision's effect alone, on the stories of its reports.
    Decide(stages::Decision),
    /// Their stories are found anew, as if nothing were known but names and decisions.
    Anew,
}

/// A report of the region.
struct Member {
    ix: i64,
    /// Its story so far.
    story: Option<i64>,
    record: Arc<Annotated>,
}

/// Places `reports` in stories, old or new. Returns the ids of the stories that changed.
pub(crate) fn place(
    step: &Transaction<'_>,
    recent: &RefCell<Recent>,
    reports: &[(i64, Arc<Annotated>)],
    how: How,
) -> Result<BTreeSet<String>, Error> {
    if reports.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut region: Vec<Member> = match &how {
        How::Add => {
            let new: BTreeSet<i64> = reports.iter().map(|it| it.0).collect();
            let mut near: BTreeMap<i64, (f64, BTreeSet<i64>)> = BTreeMap::new();
            for (_, record) in reports {
                for (report, story, alike) in neighbours(step, record, &new)? {
                    let found = near.entry(story).or_default();
                    found.0 = found.0.max(alike);
                    found.1.insert(report);
                }
            }
            // The stories with the nearest neighbours first; of equal ones that which was there first.
            let mut near: Vec<(i64, (f64, BTreeSet<i64>))> = near.into_iter().collect();
            near.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
            let mut region = Vec::new();
            for (story, (_, neighbours)) in near {
                if REGION_MAX <= region.len() {
                    break;
                }
                for ix in members(step, story, &neighbours)? {
                    region.push(Member { ix, story: Some(story), record: record(step, recent, ix)? });
                }
            }
            region.extend(reports.iter().map(|(ix, it)| Member { ix: *ix, story: None, record: Arc::clone(it) }));
            region
        }
        How::Decide(_) | How::Anew => {
            let mut region = Vec::new();
            for (ix, it) in reports {
                region.push(Member { ix: *ix, story: Some(story_of(step, *ix)?), record: Arc::clone(it) });
            }
            region
        }
    };
    // Stages sort for themselves; the order here only numbers the reports.
    region.sort_by(|a, b| a.record.id().cmp(b.record.id()));
    let records: Vec<Annotated> = region.iter().map(|it| Annotated::clone(&it.record)).collect();
    // What reports that have their stories are to each other is settled, unless stories are found anew.
    let is_settled = |it: ReportIx| region[it.ix()].story.is_some() && how != How::Anew;
    let relations =
        stages::relate_pairs(&records, Lexicon::shared(), |one, other| !is_settled(one) || !is_settled(other));
    let memory = memory(step, &region, &how)?;
    let groups = stages::group_knowing(&records, &relations, Lexicon::shared(), &memory);
    settle(step, &region, &groups)
}

/// What is known of the stories of a region.
fn memory(step: &Connection, region: &[Member], how: &How) -> Result<stages::Memory, Error> {
    let mut memory = stages::Memory { is_kept: *how != How::Anew, ..stages::Memory::default() };
    // Stories are told apart by number; their names are for people.
    for member in region {
        if let Some(story) = member.story {
            memory.stories.insert(member.record.id().to_owned(), story.to_string());
        }
    }
    let decisions = decide::in_force(step)?;
    let of_stories = decisions.iter().filter_map(|it| it.what.of_stories(it));
    match how {
        // What was decided on reports that are there is done already; what is said of a report that comes now is to be done.
        How::Add => {
            let new: BTreeSet<&str> = region.iter().filter(|it| it.story.is_none()).map(|it| it.record.id()).collect();
            memory.decisions = of_stories.filter(|it| it.reports.iter().any(|id| new.contains(id.as_str()))).collect();
        }
        How::Decide(decision) => memory.decisions = vec![decision.clone()],
        How::Anew => memory.decisions = of_stories.collect(),
    }
    if matches!(how, How::Add) {
        let set_apart: BTreeSet<&str> = decisions
            .iter()
            .filter_map(|it| if let What::Split { reports } = &it.what { Some(reports) } else { None })
            .flatten()
            .map(String::as_str)
            .collect();
        let mut asked = step.prepare_cached("SELECT story FROM report WHERE id = ?1")?;
        for id in set_apart {
            let story: Option<i64> = asked.query_row([id], |row| row.get(0)).optional()?;
            memory.apart.extend(story.map(|it| it.to_string()));
        }
    } else {
        // All stories of the region are asked about; none may join another but by the decision.
        memory.apart = memory.stories.values().cloned().collect();
    }
    Ok(memory)
}

/// The neighbours of a report among those that have a story, with their stories and how alike they are.
fn neighbours(step: &Connection, record: &Annotated, new: &BTreeSet<i64>) -> Result<Vec<(i64, i64, f64)>, Error> {
    let mut met: BTreeMap<i64, (u32, f64)> = BTreeMap::new();
    let day = index_day(record);
    let (from, to) = if day == NO_DAY { (i32::MIN, i32::MAX) } else { (day - WINDOW_DAYS, day + WINDOW_DAYS) };
    let mut with_word = step.prepare_cached(
        "SELECT report, weight FROM term WHERE stem = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day DESC, report DESC LIMIT ?4",
    )?;
    let mut meet = |report: i64, weight: f64| {
        let found = met.entry(report).or_default();
        *found = (found.0 + 1, found.1 + weight);
    };
    for (stem, weight) in stages::strongest_terms(record, TERMS_MAX) {
        let stem = i64::from(stem);
        // Reports without a day are near every day.
        let spans: &[(i32, i32)] = if day == NO_DAY { &[(from, to)] } else { &[(from, to), (NO_DAY, NO_DAY)] };
        for (from, to) in spans {
            let mut rows = with_word.query(params![stem, from, to, MET_MAX])?;
            while let Some(row) = rows.next()? {
                meet(row.get(0)?, row.get::<_, f64>(1)? * f64::from(weight));
            }
        }
    }
    let mut with_print =
        step.prepare_cached("SELECT report FROM print WHERE hash = ?1 ORDER BY report DESC LIMIT ?2")?;
    for hash in kept_prints(record) {
        let found: Vec<i64> =
            with_print.query_map(params![hash as i64, MET_MAX], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let weight = PRINT_WEIGHT * 4.0 / (found.len() as f64 + 3.0);
        found.into_iter().for_each(|it| meet(it, weight));
    }
    let mut near: Vec<(i64, f64)> = met
        .into_iter()
        .filter(|(report, (n, alike))| SHARED_MIN <= *n && ALIKE_MIN <= *alike && !new.contains(report))
        .map(|(report, (_, alike))| (report, alike))
        .collect();
    // The nearest first; of equal ones the latest.
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    near.truncate(NEIGHBOURS_MAX);
    near.into_iter().map(|(report, alike)| Ok((report, story_of(step, report)?, alike))).collect()
}

fn story_of(step: &Connection, report: i64) -> Result<i64, Error> {
    Ok(step.prepare_cached("SELECT story FROM report WHERE ix = ?1")?.query_row([report], |row| row.get(0))?)
}

/// The reports of a story that are looked at.
fn members(step: &Connection, story: i64, neighbours: &BTreeSet<i64>) -> Result<Vec<i64>, Error> {
    let mut asked = step.prepare_cached("SELECT ix FROM report WHERE story = ?1 ORDER BY ix")?;
    let all: Vec<i64> = asked.query_map([story], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if all.len() <= MEMBERS_MAX {
        return Ok(all);
    }
    let half = MEMBERS_MAX / 2;
    let mut some: BTreeSet<i64> = neighbours.iter().rev().take(half).copied().collect();
    let rest: Vec<i64> = all.into_iter().filter(|it| !some.contains(it)).collect();
    let n_rest = MEMBERS_MAX - some.len();
    some.extend((0..n_rest).map(|at| rest[at * rest.len() / n_rest]));
    Ok(some.into_iter().collect())
}

/// Writes down which story each report of the region is in now.
fn settle(step: &Transaction<'_>, region: &[Member], groups: &[Story]) -> Result<BTreeSet<String>, Error> {
    // A story goes on in the group that has most of its reports; of equals in the first.
    let mut shares: BTreeMap<i64, BTreeMap<usize, usize>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        for story in group.reports.iter().filter_map(|it| region[it.ix()].story) {
            *shares.entry(story).or_default().entry(at).or_default() += 1;
        }
    }
    let mut goes_on: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
    for (story, share) in &shares {
        let best = share.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        if let Some((at, _)) = best {
            goes_on.entry(*at).or_default().push(*story);
        }
    }
    let mut lines: BTreeMap<&str, String> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        if let Some(story) = goes_on.get(&at).and_then(|it| it.first()) {
            let line: String = step.query_row("SELECT line FROM story WHERE ix = ?1", [story], |row| row.get(0))?;
            lines.entry(&group.storyline).or_insert(line);
        }
    }
    let mut changed: BTreeSet<i64> = BTreeSet::new();
    let mut gone: Vec<(i64, i64)> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let first = &region[group.reports[0].ix()];
        let stories = goes_on.get(&at).map_or(&[][..], Vec::as_slice);
        let into = match largest(step, stories)? {
            Some(into) => into,
            None => {
                let line = lines.get(group.storyline.as_str());
                let earliest = group
                    .reports
                    .iter()
                    .map(|it| &region[it.ix()].record)
                    .min_by_key(|it| (stages::day(it).unwrap_or(i32::MAX), it.id().to_owned()));
                let name = earliest.map_or(first.record.id(), |it| it.id());
                let into = new_story(step, name, line.map(String::as_str))?;
                if line.is_none() {
                    let line: String =
                        step.query_row("SELECT line FROM story WHERE ix = ?1", [into], |row| row.get(0))?;
                    lines.insert(&group.storyline, line);
                }
                into
            }
        };
        for (place, report) in group.reports.iter().enumerate() {
            let member = &region[report.ix()];
            if member.story == Some(into) {
                continue;
            }
            let because = group.because.get(place).cloned().unwrap_or_default();
            step.prepare_cached("UPDATE report SET story = ?1, because = ?2 WHERE ix = ?3")?.execute(params![
                into,
                serde_json::to_string(&because).unwrap_or_default(),
                member.ix
            ])?;
            changed.insert(into);
            changed.extend(member.story);
        }
        gone.extend(stories.iter().filter(|it| **it != into).map(|it| (*it, into)));
    }
    for (story, into) in gone {
        join(step, story, into)?;
        changed.remove(&story);
        changed.insert(into);
    }
    let mut names = BTreeSet::new();
    for story in changed {
        names.extend(touch(step, story)?);
    }
    Ok(names)
}

/// The story with most reports; of equals the one that was there first.
fn largest(step: &Connection, stories: &[i64]) -> Result<Option<i64>, Error> {
    let mut best: Option<(i64, i64)> = None;
    for story in stories {
        let n: i64 = step
            .prepare_cached("SELECT count(*) FROM report WHERE story = ?1")?
            .query_row([story], |row| row.get(0))?;
        if best.is_none_or(|(most, _)| most < n) {
            best = Some((n, *story));
        }
    }
    Ok(best.map(|it| it.1))
}

fn new_story(step: &Connection, report: &str, line: Option<&str>) -> Result<i64, Error> {
    let mut taken =
        step.prepare_cached("SELECT 1 FROM story WHERE id = ?1 UNION SELECT 1 FROM story_alias WHERE id = ?1")?;
    let first = format!("story-{report}");
    let (mut id, mut n) = (first.clone(), 2);
    while taken.exists([&id])? {
        id = format!("{first}.{n}");
        n += 1;
    }
    let line = line.map_or_else(|| format!("line-{}", id.trim_start_matches("story-")), str::to_owned);
    step.prepare_cached("INSERT INTO story (id, line, version, changed_at) VALUES (?1, ?2, 0, ?3)")?
        .execute(params![id, line, now()])?;
    let ix = step.last_insert_rowid();
    events::note(step, EventKind::StoryNew, &id, &id, &serde_json::Value::Null)?;
    Ok(ix)
}

/// Makes a story part of another; its name leads there from now on.
fn join(step: &Connection, story: i64, into: i64) -> Result<(), Error> {
    let name = |ix: i64| -> Result<String, Error> {
        Ok(step.query_row("SELECT id FROM story WHERE ix = ?1", [ix], |row| row.get(0))?)
    };
    let (had, has) = (name(story)?, name(into)?);
    step.execute("UPDATE report SET story = ?1 WHERE story = ?2", [into, story])?;
    step.execute("UPDATE story_alias SET story = ?1 WHERE story = ?2", [into, story])?;
    let renamed =
        "UPDATE story SET renamed = coalesce(renamed, (SELECT renamed FROM story WHERE ix = ?2)) WHERE ix = ?1";
    step.execute(renamed, [into, story])?;
    // Its facts move along until the story they are in now is weighed, which knows them again.
    step.execute("UPDATE fact SET story = ?1 WHERE story = ?2", [into, story])?;
    step.execute("DELETE FROM entry WHERE story = ?1", [story])?;
    step.execute("DELETE FROM weighed WHERE story = ?1", [story])?;
    step.execute("DELETE FROM story WHERE ix = ?1", [story])?;
    step.execute("INSERT INTO story_alias (id, story) VALUES (?1, ?2)", params![had, into])?;
    events::note(step, EventKind::StoryMerged, &has, &had, &serde_json::json!({ "story": has, "was": had }))
}

/// Counts a story anew after its reports changed; `None` when it has none left and is gone.
pub(crate) fn touch(step: &Connection, story: i64) -> Result<Option<String>, Error> {
    let n = step
        .prepare_cached(
            "UPDATE story SET version = version + 1, changed_at = ?2,
                    n_reports = (SELECT count(*) FROM report WHERE story = ?1),
                    first_day = (SELECT min(day) FROM report WHERE story = ?1),
                    last_day = (SELECT max(day) FROM report WHERE story = ?1),
                    title = coalesce(title, (SELECT title FROM report WHERE story = ?1 ORDER BY day IS NULL, day, id LIMIT 1))
             WHERE ix = ?1 RETURNING n_reports, id",
        )?
        .query_row(params![story, now()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    Ok(n.map(|it| it.1))
}
