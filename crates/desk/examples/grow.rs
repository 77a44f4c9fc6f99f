//! How a desk bears growth: adds invented reports and prints what each thousand costs.
//!
//! `cargo run --release -p rapporteur-desk --example grow -- 10000 [all|bare] [DIR]`: with `all`, every stage runs on every
//! report (needs the language model); without, records are bare, so that what is measured is storing, relating, grouping and
//! weighing. With a folder, the desk is made there and stays.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::time::{Duration, Instant};

use rapporteur::{Rapporteur, Settings, Silent, models};
use rapporteur_desk::{Desk, Filter, Page};

/// Reports of one story.
const TOLD: usize = 6;
/// Words of a report, about.
const WORDS: usize = 500;

fn main() {
    let mut args = std::env::args().skip(1);
    let n_reports: usize = args.next().and_then(|it| it.parse().ok()).unwrap_or(2_000);
    let is_all = args.next().is_some_and(|it| it == "all");
    let kept = args.next().map(std::path::PathBuf::from);
    let settings = Settings { store: models::Store::from_env(), threads: 1, ..Settings::default() };
    let engine = Rapporteur::open(&settings, &mut |line| println!("{line}")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let folder = kept.unwrap_or_else(|| dir.path().join("desk"));
    let mut desk = Desk::init(&folder).unwrap();
    println!("reports  seconds/1000  of it annotating  cpu-reports/s  MB on disk  stories  MB in memory");
    let step = 1_000.min(n_reports);
    let mut reports = Words::default();
    for first in (0..n_reports).step_by(step) {
        let annotating = std::sync::Mutex::new(Duration::ZERO);
        let annotate = |articles: Vec<rapporteur_model::Article>| {
            let begun = cpu();
            let reading = rapporteur::Reading { articles, problems: Vec::new() };
            let made = if is_all {
                engine.annotate_articles(reading, &Silent).reports
            } else {
                let bare = |article| rapporteur_model::Annotated { article, annotations: Default::default() };
                reading.articles.into_iter().map(bare).collect()
            };
            *annotating.lock().unwrap() += cpu() - begun;
            made
        };
        let begun = cpu();
        let mut parts = Vec::new();
        let mut making = Duration::ZERO;
        for n in first..first + step {
            let at = cpu();
            let text = reports.report(n);
            making += cpu() - at;
            rapporteur::read_parts(&format!("{n}.json"), text.as_bytes(), |part| parts.push(part));
            if parts.len() == 64 {
                desk.add_annotated(&annotate, std::mem::take(&mut parts)).unwrap();
            }
        }
        desk.add_annotated(&annotate, parts).unwrap();
        let took = cpu() - begun - making;
        let stories = desk.stories(&Filter::default(), Page { offset: 0, n_max: 1 }).unwrap().n_all;
        println!(
            "{:7}  {:12.2}  {:16.2}  {:13.0}  {:10.0}  {:7}  {:12.0}",
            first + step,
            took.as_secs_f64() * 1000.0 / step as f64,
            annotating.lock().unwrap().as_secs_f64() * 1000.0 / step as f64,
            step as f64 / took.as_secs_f64(),
            disk(&folder) as f64 / 1e6,
            stories,
            memory() as f64 / 1e6,
        );
    }
    for query in ["bramir", "\"told the\" harb*", "monday", "title:shakes OR orchestra"] {
        let mut times: Vec<Duration> = (0..20)
            .map(|_| {
                let begun = Instant::now();
                desk.search(query, &Filter::default(), Page { offset: 0, n_max: 20 }).unwrap();
                begun.elapsed()
            })
            .collect();
        times.sort();
        println!("search {query}: median {:.1} ms, slowest {:.1} ms", ms(times[10]), ms(times[19]));
    }
    let rows = desk.stories(&Filter::default(), Page { offset: 0, n_max: 50 }).unwrap().rows;
    let mut times: Vec<Duration> = rows
        .iter()
        .map(|story| {
            let begun = Instant::now();
            desk.account(&story.id).unwrap();
            begun.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "account: median {:.1} ms, slowest of 50 {:.1} ms",
        ms(times[times.len() / 2]),
        ms(times[times.len() - 1])
    );
    let bad: Vec<_> = desk.check().unwrap().into_iter().filter(|it| it.level > rapporteur_desk::Level::Note).collect();
    println!("check: {}", if bad.is_empty() { "whole".to_owned() } else { format!("{bad:#?}") });
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Time of the processor that this process took, all threads; wall clock where the system does not tell.
fn cpu() -> Duration {
    static BEGUN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let Ok(stat) = std::fs::read_to_string("/proc/self/stat") else { return BEGUN.elapsed() };
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|it| it.parse::<u64>().ok()).unwrap_or(0);
    // User and system time, in hundredths of a second.
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}

fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|it| it.starts_with("VmRSS:")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|it| it.parse::<u64>().ok()).unwrap_or(0) * 1000
}

fn disk(path: &std::path::Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(path) else { return std::fs::metadata(path).map_or(0, |it| it.len()) };
    entries
        .flatten()
        .map(|it| if it.path().is_dir() { disk(&it.path()) } else { it.metadata().map_or(0, |it| it.len()) })
        .sum()
}

/// Invented reports: stories of six reports with names of their own, words of everyday news between them.
#[derive(Default)]
struct Words {
    state: u64,
}

const SYLLABLES: [&str; 20] = [
    "bra", "ket", "mol", "sur", "ven", "tas", "gor", "lin", "pex", "dru", "han", "wil", "zor", "fen", "cal", "mir",
    "ost", "ula", "kor", "ade",
];
/// Words of news with the number of reports that have them, from which the invented reports take theirs.
const COUNTS: &str = include_str!("../../text/data/rarity.txt");
/// Words of a story beside its names: what its reports are about.
const TOPIC: usize = 40;

/// Words that some, but not very many reports have.
static VOCABULARY: std::sync::LazyLock<Vec<&str>> = std::sync::LazyLock::new(|| {
    let row = |line: &'static str| {
        let (word, count) = line.split_once('\t')?;
        let count: u32 = count.parse().ok()?;
        let is_word = word.len() > 3 && word.bytes().all(|it| it.is_ascii_lowercase());
        (is_word && (20..5_000).contains(&count)).then_some(word)
    };
    COUNTS.lines().filter_map(row).collect()
});

const SENTENCES: &[&str] = &[
    "The {a} {c} of {p} {v} the {a} {d} on {day}, {n} said.",
    "\"They {v} the {d} before anybody {v} the {a} {w},\" {n} told the {c}.",
    "At least {k} {d}s {v} the {w} near a {a} {c}.",
    "{n}, who {v} the {a} {c}, {v} {k} {d}s for the {w}.",
    "Nobody in {p} {v} the {a} {d} while the {c} {v} its {w}.",
    "The {c} and the {a} {d} {v} the {w} of {p} together.",
    "A {a} {d} {v} the {c}, and the {w} stayed {a}.",
    "On {day} a {d} from {p} {v} {k} {a} {c}s.",
    "{n} {v} the {a} {c} and the {d} whose {w} the {d} {v}.",
    "It was the {c} that {v} the {a} {d}, a {a} {d} said in {p}.",
];
const DAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

impl Words {
    fn next(&mut self, below: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.state >> 33) as usize) % below
    }

    fn word(&mut self, n: usize) -> String {
        (0..n).map(|_| SYLLABLES[self.next(SYLLABLES.len())]).collect()
    }

    fn report(&mut self, n: usize) -> String {
        let story = n / TOLD;
        // Names of the story come from its number, so that its reports share them.
        self.state = (story as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let capital = |it: String| it[..1].to_uppercase() + &it[1..];
        let names: Vec<String> =
            (0..4).map(|_| format!("{} {}", capital(self.word(2)), capital(self.word(3)))).collect();
        let places: Vec<String> = (0..3).map(|_| capital(self.word(3))).collect();
        let words: Vec<String> = (0..12).map(|_| self.word(3)).collect();
        let all = &*VOCABULARY;
        let own: Vec<&str> = (0..TOPIC).map(|_| all[self.next(all.len())]).collect();
        self.state = (n as u64 + 1).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        let mut text = String::new();
        let mut n_words = 0;
        while n_words < WORDS {
            let mut sentence = SENTENCES[self.next(SENTENCES.len())].to_owned();
            // One hole after the other, so that each is filled anew.
            while let Some(hole) = sentence.find('{') {
                let end = hole + sentence[hole..].find('}').unwrap_or(0) + 1;
                let word = match &sentence[hole..end] {
                    "{c}" | "{v}" => own[self.next(own.len())].to_owned(),
                    "{a}" | "{d}" => all[self.next(all.len())].to_owned(),
                    "{p}" => places[self.next(places.len())].clone(),
                    "{n}" => names[self.next(names.len())].clone(),
                    "{w}" => words[self.next(words.len())].clone(),
                    "{day}" => DAYS[self.next(DAYS.len())].to_owned(),
                    _ => (3 + self.next(90)).to_string(),
                };
                sentence.replace_range(hole..end, &word);
            }
            n_words += sentence.split(' ').count();
            text += &sentence;
            text += if self.next(3) == 0 { "\n\n" } else { " " };
        }
        // A hundred reports a day.
        let day = n / 100;
        let date = format!("{}-{:02}-{:02}", 2031 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
        let title = format!("{} {} shakes {}", words[0], own[0], places[0]);
        let outlet = format!("{} Post", capital(SYLLABLES[n % 20].to_owned()));
        format!(
            "{{\"id\": \"r{n}\", \"date\": \"{date}\", \"title\": \"{title}\", \"outlet\": \"{outlet}\", \"text\": \"{}\"}}",
            text.replace('"', "\\\"").replace('\n', "\\n")
        )
    }
}
