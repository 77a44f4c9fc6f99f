//! Killed at any instant: nothing lost that was acknowledged, nothing doubled, the desk whole.
//!
//! The tests run themselves as another program, and kill it: one that adds, decides, compacts and remembers as a watch does, and
//! one that brings desks of the first version up to date. `RAPPORTEUR_KILLS=1000 cargo test -p rapporteur-desk killed` does so
//! as often.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::Command;
use std::time::Duration;

use rapporteur_testkit::kills;

use super::*;
use crate::{Decision, What, records};

const FOLDER: &str = "RAPPORTEUR_CRASH_DESK";
const RECORDS: &str = "RAPPORTEUR_CRASH_RECORDS";
const ROUND: &str = "RAPPORTEUR_CRASH_ROUND";
const MIGRATED: &str = "RAPPORTEUR_CRASH_MIGRATED";
const FIRST: &str = "RAPPORTEUR_CRASH_FIRST";
const KILLS: usize = 20;
/// Reports that there are in all; when all are there, the desk is made anew.
const REPORTS: usize = 240;

/// What is added under a number: stories of four reports.
fn report(n: usize) -> (String, String) {
    (format!("{n}.txt"), text(n / 4, n % 4))
}

/// The other program: does nothing unless it is asked to.
#[test]
fn child() {
    let (Some(folder), Some(round)) = (std::env::var_os(FOLDER), std::env::var(ROUND).ok()) else { return };
    let round: usize = round.parse().expect("a number");
    let made: BTreeMap<String, Vec<u8>> =
        records::unpack(&std::fs::read(std::env::var_os(RECORDS).expect("set")).expect("there"), "all").expect("whole");
    let annotate = |articles: Vec<Article>| -> Vec<Annotated> {
        let made = |article: Article| match made.get(&article.report.text) {
            Some(packed) => {
                let record: Annotated = records::unpack(packed, "one").expect("whole");
                Annotated { article, annotations: record.annotations }
            }
            None => Annotated { article, annotations: Default::default() },
        };
        articles.into_iter().map(made).collect()
    };
    let folder = Path::new(&folder);
    let mut desk = Desk::open(folder).or_else(|_| Desk::init(folder)).expect("a desk");
    let say = |line: String| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "\n{line}").and_then(|()| out.flush()).expect("written");
    };
    let n_there = desk.reports(&Filter::default(), Page::ALL).expect("counted").n_all;
    // What it remembers is never ahead of what is there: as a watch, it keeps its state after what the state tells of.
    if let Some(seen) = desk.remembered("seen").expect("asked") {
        assert!(seen.parse::<usize>().expect("a number") <= n_there, "{seen} remembered, {n_there} there");
    }
    // From a little before what is there, so that much is sent again, as a program would that was killed.
    for first in (n_there.saturating_sub(6)..REPORTS).step_by(3) {
        let mut parts = Vec::new();
        for n in first..first + 3 {
            let (name, text) = report(n);
            rapporteur::read_parts(&name, text.as_bytes(), |part| parts.push(part));
        }
        let added = desk.add_annotated(&annotate, parts).expect("added");
        added.reports.iter().for_each(|it| say(format!("ack {}", it.id)));
        if (first + round).is_multiple_of(5) {
            let what = What::Rename { report: "0".to_owned(), title: format!("Title {round}") };
            let decision =
                Decision { id: 0, when: String::new(), who: String::new(), why: String::new(), what, undone_by: None };
            say(format!("decided {}", desk.decide(decision).expect("decided").id));
        }
        if (first + round).is_multiple_of(2) {
            // What is sent again was seen before.
            let before = desk.remembered("seen").expect("asked").map_or(0, |it| it.parse().expect("a number"));
            let seen = before.max(first + 3);
            desk.remember("seen", &seen.to_string()).expect("remembered");
            say(format!("seen {seen}"));
        }
        if (first + round).is_multiple_of(11) {
            desk.compact().expect("compacted");
        }
    }
}

#[test]
fn killed_at_any_instant() {
    let n_kills = kills::n_kills(KILLS);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let made = dir.path().join("records");
    std::fs::write(&made, records::pack(&annotated()).expect("packed")).expect("written");
    let (mut acknowledged, mut decided) = (BTreeSet::new(), BTreeSet::new());
    let (mut folder, mut n_desks) = (dir.path().join("desk"), 0);
    let mut random = kills::Random::of_process();
    let (mut n_lost, mut n_killed, mut n_seen) = (0, 0, 0);
    for round in 0..n_kills {
        let envs = [(FOLDER, folder.as_os_str()), (RECORDS, made.as_os_str())];
        let (lines, was_killed) =
            run_and_kill("child", &envs, round, Duration::from_micros(2_000 + random.below(400_000)));
        n_killed += usize::from(was_killed);
        for line in lines {
            if let Some(id) = line.strip_prefix("ack ") {
                assert!(acknowledged.insert(id.to_owned()), "{id} was acknowledged twice as new");
            } else if let Some(id) = line.strip_prefix("decided ") {
                decided.insert(id.to_owned());
            } else if let Some(n) = line.strip_prefix("seen ") {
                n_seen = n.parse().expect("a number");
            }
        }
        // Killed before there was a desk: the next one makes it.
        let Ok(desk) = Desk::open(&folder) else {
            assert!(acknowledged.is_empty(), "a desk that was acknowledged cannot be opened");
            let _ = std::fs::remove_dir_all(&folder);
            continue;
        };
        let bad: Vec<_> = desk.check().expect("checked").into_iter().filter(|it| it.level > Level::Note).collect();
        assert!(bad.is_empty(), "round {round}: {bad:#?}");
        let there = desk.reports(&Filter::default(), Page::ALL).expect("listed").rows;
        let ids: BTreeSet<String> = there.iter().map(|it| it.id.clone()).collect();
        n_lost += acknowledged.difference(&ids).count();
        let kept: BTreeSet<String> = desk.decisions().expect("listed").iter().map(|it| it.id.to_string()).collect();
        n_lost += decided.difference(&kept).count();
        let seen = desk.remembered("seen").expect("asked").map_or(0, |it| it.parse().expect("a number"));
        assert!(
            n_seen <= seen && seen <= there.len(),
            "round {round}: {n_seen} told, {seen} remembered, {} there",
            there.len()
        );
        assert_eq!(n_lost, 0, "round {round}: acknowledged and lost");
        let mut locations: Vec<&str> = there.iter().map(|it| it.location.as_str()).collect();
        locations.sort_unstable();
        let n = locations.len();
        locations.dedup();
        assert_eq!(n, locations.len(), "round {round}: a report is there twice");
        if n == REPORTS {
            n_desks += 1;
            folder = dir.path().join(format!("desk-{n_desks}"));
            acknowledged.clear();
            decided.clear();
            n_seen = 0;
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{n_kills} rounds, {n_killed} killed at work, {n_desks} desks filled: 0 lost, 0 doubled, all whole")
        .expect("said");
    assert!(n_kills < 10 || n_killed * 2 > n_kills, "the program was done before it was killed");
}

/// The other program that brings desks of the first version up to date, one after the other.
#[test]
fn child_that_migrates() {
    let (Some(folder), Some(first)) = (std::env::var_os(MIGRATED), std::env::var_os(FIRST)) else { return };
    let bytes = std::fs::read(first).expect("a desk of the first version");
    for n in 0.. {
        let at = Path::new(&folder).join(format!("{n}"));
        std::fs::create_dir_all(at.join("originals")).expect("made");
        // Whole or not there, so that what is found later was damaged by migrating or not at all.
        std::fs::write(at.join("part"), &bytes).expect("written");
        std::fs::rename(at.join("part"), at.join(crate::DATABASE)).expect("renamed");
        let desk = Desk::open(&at).expect("an older desk opens");
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nmigrated {n} {}", desk.identity().expect("a new desk has one")).expect("said");
        out.flush().expect("said");
    }
}

#[test]
fn killed_while_a_desk_is_brought_up_to_date() {
    let n_kills = kills::n_kills(KILLS);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let first = dir.path().join("first.sqlite");
    {
        let db = rusqlite::Connection::open(&first).expect("a database");
        db.execute_batch(include_str!("v1.sql")).expect("the desk of its time");
        // Reports enough that a step takes its time.
        db.execute_batch(
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3000)
             INSERT INTO event (at, kind, story, subject, row)
             SELECT '2031-05-01T00:00:00Z', 'story-changed', 'story-a', 'a', 'null' FROM n;
             WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3000)
             INSERT INTO report (id, content, original, ordinal, location, base_id, n_words, story, because, engine, added_at)
             SELECT 'a' || n, 'c' || n, original, n, location, base_id, n_words, story, because, engine, added_at
             FROM report, n WHERE report.id = 'a';",
        )
        .expect("filled");
        db.pragma_update(None, "user_version", 1).expect("set");
    }
    let mut random = kills::Random::of_process();
    let (mut n_migrated, mut n_cut) = (0, 0);
    for round in 0..n_kills {
        let folder = dir.path().join(format!("round-{round}"));
        let envs = [(MIGRATED, folder.as_os_str()), (FIRST, first.as_os_str())];
        let (lines, was_killed) =
            run_and_kill("child_that_migrates", &envs, round, Duration::from_micros(8_000 + random.below(120_000)));
        assert!(was_killed, "it goes on until it is killed");
        let told: BTreeMap<&str, &str> =
            lines.iter().filter_map(|it| it.strip_prefix("migrated ")?.split_once(' ')).collect();
        let there = std::fs::read_dir(&folder).map_or(0, |it| it.flatten().count());
        for n in 0..there {
            let at = folder.join(n.to_string());
            if !at.join(crate::DATABASE).is_file() {
                continue;
            }
            // Of the one it was killed at: all of the steps are done, or none, and then they are done now.
            let db = rusqlite::Connection::open(at.join(crate::DATABASE)).expect("a database");
            let had: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version");
            assert!(had == 1 || had == crate::schema::VERSION as i64, "round {round}: left at version {had}");
            drop(db);
            n_cut += usize::from(had == 1);
            n_migrated += 1;
            let desk = Desk::open(&at).expect("opens");
            let identity = desk.identity().expect("it has one");
            let id = n.to_string();
            assert!(
                told.get(id.as_str()).is_none_or(|it| *it == identity),
                "round {round}: told one identity, has another"
            );
            assert_eq!(desk.story("story-a").expect("its story").title, "The old granary");
            assert_eq!(desk.decisions().expect("its decision").len(), 1);
            assert_eq!(desk.revision().expect("its events"), 3001);
            let sound: String = desk.db.query_row("PRAGMA quick_check", [], |row| row.get(0)).expect("looked at");
            assert_eq!(sound, "ok", "round {round}");
        }
        let _ = std::fs::remove_dir_all(&folder);
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{n_kills} kills, {n_migrated} desks migrated, {n_cut} of them cut off and done again: all whole")
        .expect("said");
}

/// Runs a test of this file as another program and kills it after `time`. Returns the lines it said, and whether it was still
/// at work.
fn run_and_kill(name: &str, envs: &[(&str, &std::ffi::OsStr)], round: usize, time: Duration) -> (Vec<String>, bool) {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args([&format!("tests::crash::{name}"), "--exact", "--nocapture", "--test-threads=1"])
        .envs(envs.iter().copied())
        .env(ROUND, round.to_string());
    let ran = kills::run_and_kill(&mut command, Some(time));
    (ran.lines, ran.was_killed)
}

/// The records of all reports by text, packed, where there is a language model; else none, and facts are left out.
fn annotated() -> BTreeMap<String, Vec<u8>> {
    let Some(engine) = engine() else { return BTreeMap::new() };
    let mut parts = Vec::new();
    for (name, text) in (0..REPORTS).map(report) {
        rapporteur::read_parts(&name, text.as_bytes(), |part| parts.push(part));
    }
    let articles = parts.into_iter().flat_map(|it| it.articles).collect();
    let reports = crate::add::annotate(&engine)(articles);
    reports.iter().map(|it| (it.text().to_owned(), records::pack(it).expect("packed"))).collect()
}
