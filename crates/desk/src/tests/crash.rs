//! Killed at any instant: nothing lost that was acknowledged, nothing doubled, the desk whole.
//!
//! The test runs itself as another program that adds, decides and compacts, and kills it. `RAPPORTEUR_KILLS=1000 cargo test -p
//! rapporteur-desk killed` does so as often.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::*;
use crate::{Decision, What, records};

const FOLDER: &str = "RAPPORTEUR_CRASH_DESK";
const RECORDS: &str = "RAPPORTEUR_CRASH_RECORDS";
const ROUND: &str = "RAPPORTEUR_CRASH_ROUND";
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
        if (first + round).is_multiple_of(11) {
            desk.compact().expect("compacted");
        }
    }
}

#[test]
fn killed_at_any_instant() {
    let n_kills = std::env::var("RAPPORTEUR_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(KILLS);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let made = dir.path().join("records");
    std::fs::write(&made, records::pack(&annotated()).expect("packed")).expect("written");
    let (mut acknowledged, mut decided) = (BTreeSet::new(), BTreeSet::new());
    let (mut folder, mut n_desks) = (dir.path().join("desk"), 0);
    // Instants by a generator of our own, so that a run can be told from another: xorshift from the number of the process.
    let mut state = u64::from(std::process::id()) | 1;
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let (mut n_lost, mut n_killed) = (0, 0);
    for round in 0..n_kills {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["tests::crash::child", "--exact", "--nocapture", "--test-threads=1"])
            .envs([(FOLDER, folder.as_os_str()), (RECORDS, made.as_os_str())])
            .env(ROUND, round.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let out = child.stdout.take().expect("piped");
        let reader = std::thread::spawn(move || {
            let mut lines = Vec::new();
            let mut out = BufReader::new(out);
            let mut line = String::new();
            // A line that was cut off by the kill was not said.
            while out.read_line(&mut line).is_ok_and(|n| n > 0) && line.ends_with('\n') {
                lines.push(line.trim().to_owned());
                line.clear();
            }
            lines
        });
        std::thread::sleep(Duration::from_micros(2_000 + random(400_000)));
        n_killed += usize::from(child.try_wait().expect("asked").is_none());
        // By its own number; it may be done already.
        let _ = child.kill();
        let _ = child.wait();
        for line in reader.join().expect("read") {
            if let Some(id) = line.strip_prefix("ack ") {
                assert!(acknowledged.insert(id.to_owned()), "{id} was acknowledged twice as new");
            } else if let Some(id) = line.strip_prefix("decided ") {
                decided.insert(id.to_owned());
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
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{n_kills} rounds, {n_killed} killed at work, {n_desks} desks filled: 0 lost, 0 doubled, all whole")
        .expect("said");
    assert!(n_kills < 10 || n_killed * 2 > n_kills, "the program was done before it was killed");
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
