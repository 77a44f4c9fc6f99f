//! Stages 4 and 5: which report comes from which, and which belong together, in collections of growing size.

use std::collections::BTreeSet;
use std::path::Path;

use rapporteur::models::Store;
use rapporteur::stages::{group, relate};
use rapporteur::{Lexicon, Rapporteur, Settings, Silent};

use rapporteur_eval::chance::Chance;

use crate::clock::Clock;
use crate::collection::{Made, exponent, made, memory};
use crate::material::Material;
use crate::{Outcome, Workload};

pub(crate) const RELATE: Workload =
    Workload { name: "relate", what: "reports related per CPU-second, one thread", measure: relates, smoke };
pub(crate) const GROUP: Workload =
    Workload { name: "group", what: "reports grouped per CPU-second, one thread", measure: groups, smoke };

/// Sizes of the collections; `RAPPORTEUR_BENCH_REPORTS` sets the largest, `RAPPORTEUR_BENCH_ONLY` one and no other (a
/// million takes half an hour).
fn sizes() -> Vec<usize> {
    if let Some(only) = std::env::var("RAPPORTEUR_BENCH_ONLY").ok().and_then(|it| it.parse().ok()) {
        return vec![only];
    }
    let most = std::env::var("RAPPORTEUR_BENCH_REPORTS").ok().and_then(|it| it.parse().ok()).unwrap_or(100_000);
    [1_000, 10_000, 30_000, 100_000, 300_000, 1_000_000].into_iter().filter(|it| *it <= most).collect()
}

fn row(n_reports: usize, seconds: f64, bytes: usize, right: &str) -> String {
    let rate = n_reports as f64 / seconds;
    format!(
        "{n_reports} reports: {seconds:.2} s, {rate:.0} reports/CPU-s, {} bytes a report, {right}",
        bytes / n_reports
    )
}

/// A run is long: what it found so far is told as it goes.
fn tell_last(lines: &[String]) {
    lines.last().into_iter().for_each(|it| eprintln!("{it}"));
}

/// What a step costs and what it gives: CPU seconds and the bytes it held at most beyond what was there before.
fn cost<T>(step: impl FnOnce() -> T) -> (T, f64, usize) {
    let before = memory().1;
    // The highest mark counts from here on where the system lets us say so.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let clock = Clock::start();
    let answer = step();
    (answer, clock.seconds(), memory().0.saturating_sub(before))
}

/// Prints a made collection with copies for other programs (`eval/peers/minhash.py --speed`): a text a line, then the copies.
pub(crate) fn rows(material: &Material, n_reports: usize) {
    let made = made(material, n_reports, true);
    for report in &made.reports {
        println!("{}", serde_json::json!({"text": report.text()}));
    }
    println!("{}", serde_json::json!({"copies": made.copies, "none": []}));
}

fn relates(material: &Material) -> Outcome<Vec<String>> {
    let mut lines = Vec::new();
    let only = std::env::var("RAPPORTEUR_BENCH_COPIES").ok();
    for (has_copies, what) in [(false, "without copies"), (true, "with copies")] {
        if only.as_deref().is_some_and(|it| (it == "1") != has_copies) {
            continue;
        }
        let mut points = Vec::new();
        for n_reports in sizes() {
            let made = made(material, n_reports, has_copies);
            let (relations, seconds, bytes) = cost(|| relate(&made.reports, Lexicon::shared()));
            let found: BTreeSet<(usize, usize)> =
                relations.pairs.iter().filter(|it| it.kind.is_lineage()).map(|it| (it.a.ix(), it.b.ix())).collect();
            let n_found = made.copies.iter().filter(|it| found.contains(it)).count();
            let right = format!("{n_found} of {} copies found, {} pairs in all", made.copies.len(), found.len());
            lines.push(format!("{what}, {}", row(n_reports, seconds, bytes, &right)));
            tell_last(&lines);
            points.push((n_reports as f64, seconds));
        }
        lines.push(format!("{what}: time grows as size to the power of {:.2}", exponent(&points)));
    }
    Ok(lines)
}

fn groups(material: &Material) -> Outcome<Vec<String>> {
    let (mut lines, mut points) = (Vec::new(), Vec::new());
    for n_reports in sizes() {
        let made = made(material, n_reports, true);
        let relations = relate(&made.reports, Lexicon::shared());
        let (stories, seconds, bytes) = cost(|| group(&made.reports, &relations, Lexicon::shared()));
        let right =
            format!("{} stories found for {}, {} whole", stories.len(), made.n_stories(), made.n_whole(&stories));
        lines.push(row(n_reports, seconds, bytes, &right));
        tell_last(&lines);
        points.push((n_reports as f64, seconds));
    }
    lines.push(format!("time grows as size to the power of {:.2}", exponent(&points)));
    Ok(lines)
}

impl Made {
    fn n_stories(&self) -> usize {
        self.stories.iter().collect::<BTreeSet<_>>().len()
    }

    /// Stories whose reports are exactly those that were made of one.
    fn n_whole(&self, stories: &[rapporteur_model::Story]) -> usize {
        let mut sizes = vec![0usize; self.stories.iter().max().map_or(0, |it| it + 1)];
        self.stories.iter().for_each(|it| sizes[*it] += 1);
        let is_whole = |it: &&rapporteur_model::Story| {
            let first = it.reports.first().map_or(0, |it| self.stories[it.ix()]);
            it.reports.len() == sizes[first] && it.reports.iter().all(|it| self.stories[it.ix()] == first)
        };
        stories.iter().filter(is_whole).count()
    }
}

/// Relations and stories by ids, in order: what must be the same for any order of reports.
fn told(reports: &[rapporteur_model::Annotated]) -> Outcome<String> {
    let relations = relate(reports, Lexicon::shared());
    let id = |it: rapporteur_model::ReportIx| reports[it.ix()].id();
    let mut lines: Vec<String> = Vec::new();
    for pair in &relations.pairs {
        let mut ends = [id(pair.a), id(pair.b)];
        ends.sort_unstable();
        lines.push(format!("{ends:?} {} {:?} {}", pair.kind.as_str(), pair.because, pair.passages.len()));
    }
    for story in group(reports, &relations, Lexicon::shared()) {
        let mut rows: Vec<String> =
            story.reports.iter().zip(&story.because).map(|(it, why)| format!("{} {why:?}", id(*it))).collect();
        rows.sort();
        lines.push(format!("{} {rows:?}", story.id));
    }
    lines.sort();
    Ok(lines.join("\n"))
}

/// Twenty orders of one made collection; a real way through all stages with one to eight threads.
fn smoke(material: &Material) -> Outcome<String> {
    let mut made = made(material, 400, true);
    let wanted = told(&made.reports)?;
    let mut chance = Chance(11);
    for turn in 0..20 {
        chance.shuffle(&mut made.reports);
        if told(&made.reports)? != wanted {
            return Err(format!("order {turn} of the reports shows in relations or stories"));
        }
    }
    let Some(story) = material.stories.first() else { return Ok("400 reports in 20 orders".to_owned()) };
    let wanted = threaded(story, 1)?;
    for threads in 2..=THREADS_MAX {
        if threaded(story, threads)? != wanted {
            return Err(format!("{threads} threads show in relations or stories"));
        }
    }
    Ok(format!("400 reports in 20 orders, {} with 1 to {THREADS_MAX} threads", story.display()))
}

const THREADS_MAX: usize = 8;

/// Relations and stories of a folder as the program makes them with so many threads.
fn threaded(folder: &Path, threads: usize) -> Outcome<String> {
    let settings = Settings { store: Store::from_env(), threads, ..Settings::default() };
    let rapporteur = Rapporteur::open(&settings, &mut |line| eprintln!("{line}")).map_err(|why| why.to_string())?;
    let paths = [folder.to_path_buf()];
    let collection = rapporteur.collect(&paths, &Silent).map_err(|why| why.to_string())?;
    Ok(format!("{:?} {:?}", collection.relations, collection.stories))
}
