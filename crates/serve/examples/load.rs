//! How a desk bears being asked: reports are added, and meanwhile pages are asked for at a steady rate; prints what was
//! answered and how long the slowest hundredth took.
//!
//! `cargo run --release -p rapporteur-serve --example load -- [REPORTS|DESK] [REQUESTS_A_SECOND] [SECONDS]`: 500, 100 and 10
//! when nothing is said. The reports before the start are added without the language model, so a large desk is made quickly;
//! or a desk is named, as the example `grow` of the desk makes one, and added to. Those during the run go through the API, with
//! every stage, one a second, where a language model is at hand.
//!
//! Of the words that are searched for, one in four is in nearly every report, the others in few.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use rapporteur::{Settings, models};
use rapporteur_desk::Desk;
use rapporteur_model::{Annotated, Article};
use rapporteur_serve::{Options, Setup};
use serde_json::Value;

/// Clients that ask at the same time.
const CLIENTS: usize = 8;
/// Reports of one story, about.
const TOLD: usize = 6;

/// Words that nearly every report of such a desk has.
const COMMON: [&str; 4] = ["the", "said", "monday", "said+the+on"];

type Times = Arc<Mutex<BTreeMap<&'static str, Vec<Duration>>>>;

fn main() {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap_or_else(|| "500".to_owned());
    let mut numbers = args.map(|it| it.parse::<usize>().unwrap());
    let rate = numbers.next().unwrap_or(100).max(1);
    let seconds = numbers.next().unwrap_or(10);
    let dir = tempfile::tempdir().unwrap();
    let (desk, n_reports) = match what.parse::<usize>() {
        Ok(n_reports) => {
            let desk = dir.path().join("desk");
            fill(&desk, n_reports);
            (desk, n_reports)
        }
        Err(_) => {
            let desk = std::path::PathBuf::from(what);
            let n_reports = Desk::open(&desk).unwrap().size().unwrap().n_reports;
            (desk, n_reports)
        }
    };

    let settings = Settings { store: models::Store::from_env(), ..Settings::default() };
    let setup = Setup { desk, settings, who: "load".to_owned(), ..Setup::default() };
    let options = Options { setup, listen: SocketAddr::from(([127, 0, 0, 1], 0)), json_log: false, is_quiet: true };
    let (told, address) = mpsc::channel();
    std::thread::spawn(move || rapporteur_serve::serve(options, |it| told.send(it.address).unwrap()).unwrap());
    let base = format!("http://{}", address.recv().unwrap());

    let agent = agent();
    let first = Instant::now();
    let page = agent.get(format!("{base}/")).call().unwrap().body_mut().read_to_string().unwrap();
    println!("first page: {} ms, {} bytes", first.elapsed().as_millis(), page.len());
    let list = |what: &str, name: &str| -> Vec<String> {
        let text =
            agent.get(format!("{base}/api/v1/{what}?limit=200")).call().unwrap().body_mut().read_to_string().unwrap();
        let rows: Value = serde_json::from_str(&text).unwrap();
        rows["rows"].as_array().unwrap().iter().map(|it| it[name].as_str().unwrap_or_default().to_owned()).collect()
    };
    let stories = Arc::new(list("stories", "id"));
    let reports = Arc::new(list("reports", "id"));
    let titles = list("stories", "title");
    let words = Arc::new(words(&titles));
    println!("{n_reports} reports in {} stories and more; {rate} requests a second for {seconds} s", stories.len());

    let (times, errors): (Times, _) = (Times::default(), Arc::new(Mutex::new(BTreeMap::<String, usize>::new())));
    let end = Instant::now() + Duration::from_secs(seconds as u64);
    let mut clients = Vec::new();
    for client in 0..CLIENTS {
        let (base, times, errors) = (base.clone(), Arc::clone(&times), Arc::clone(&errors));
        let (stories, reports, words) = (Arc::clone(&stories), Arc::clone(&reports), Arc::clone(&words));
        clients.push(std::thread::spawn(move || {
            let agent = self::agent();
            let pause = Duration::from_secs_f64(CLIENTS as f64 / rate as f64);
            let mut due = Instant::now() + pause.mul_f64(client as f64 / CLIENTS as f64);
            for n in (client..).step_by(CLIENTS) {
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
                if end < Instant::now() {
                    return;
                }
                let story = &stories[n * 7 % stories.len()];
                let (kind, path) = match n % 6 {
                    0 => ("story page", format!("/stories/{story}")),
                    1 if n / 6 % 4 == 0 => ("search common", format!("/search?q={}", COMMON[n / 24 % COMMON.len()])),
                    1 => ("search rare", format!("/search?q={}", words[n / 6 % words.len()])),
                    2 => ("fact query", format!("/api/v1/facts?story={story}")),
                    3 => ("report page", format!("/reports/{}", reports[n * 5 % reports.len()])),
                    4 => ("stories", "/stories".to_owned()),
                    _ => ("agenda", "/agenda?all=1".to_owned()),
                };
                // From when it was due, so that a slow answer counts for those it kept waiting.
                match agent.get(format!("{base}{path}")).call().and_then(|mut it| it.body_mut().read_to_string()) {
                    Ok(_) => times.lock().unwrap().entry(kind).or_default().push(due.elapsed()),
                    Err(error) => *errors.lock().unwrap().entry(format!("{kind}: {error}")).or_default() += 1,
                }
                due += pause;
            }
        }));
    }
    let mut n = n_reports;
    while Instant::now() < end {
        let due = Instant::now();
        let row =
            serde_json::json!({ "text": text(n / TOLD, n), "outlet": format!("Paper {}", n % 9), "date": day(n) });
        let sent = agent
            .post(format!("{base}/api/v1/reports"))
            .header("content-type", "application/json")
            .send(row.to_string());
        match sent {
            Ok(_) => times.lock().unwrap().entry("add").or_default().push(due.elapsed()),
            Err(error) => *errors.lock().unwrap().entry(format!("add: {error}")).or_default() += 1,
        }
        n += 1;
        std::thread::sleep(Duration::from_secs(1).saturating_sub(due.elapsed()));
    }
    clients.into_iter().for_each(|it| it.join().unwrap());
    println!("{:14} {:>8} {:>9} {:>9} {:>9}", "", "answers", "p50 ms", "p99 ms", "max ms");
    for (kind, list) in times.lock().unwrap().iter_mut() {
        list.sort();
        let at = |share: f64| list[((list.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
        println!("{kind:14} {:>8} {:>9.1} {:>9.1} {:>9.1}", list.len(), at(0.5), at(0.99), at(1.0));
    }
    for (error, n) in errors.lock().unwrap().iter() {
        println!("{n} × {error}");
    }
}

/// Words of titles, which few reports have.
fn words(titles: &[String]) -> Vec<String> {
    let is_word = |it: &&str| it.len() > 5 && it.bytes().all(|it| it.is_ascii_alphabetic());
    titles.iter().flat_map(|it| it.split(' ').filter(is_word)).map(str::to_owned).collect()
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().proxy(None).build().into()
}

fn fill(folder: &std::path::Path, n_reports: usize) {
    let mut desk = Desk::init(folder).unwrap();
    let bare = |articles: Vec<Article>| -> Vec<Annotated> {
        articles.into_iter().map(|article| Annotated { article, annotations: Default::default() }).collect()
    };
    for first in (0..n_reports).step_by(500) {
        let mut parts = Vec::new();
        for n in first..n_reports.min(first + 500) {
            let row =
                serde_json::json!({ "id": format!("r{n}"), "date": day(n), "text": text(n / TOLD, n) }).to_string();
            rapporteur::read_parts(&format!("r{n}.json"), row.as_bytes(), |it| parts.push(it));
        }
        desk.add_annotated(&bare, parts).unwrap();
    }
}

/// The day of a report: a hundred a day, as news comes. Reports without one would all be near each other, which no desk is.
fn day(n: usize) -> String {
    let day = n / 100;
    format!("{}-{:02}-{:02}", 2031 + day / 336, 1 + day / 28 % 12, 1 + day % 28)
}

/// The n-th word of a matter: syllables chosen by a number that has all digits of both.
fn word(matter: usize, n: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "bra", "ket", "mol", "sur", "ven", "tas", "gor", "lin", "pex", "dru", "han", "wil", "zor", "fen", "cal", "mir",
    ];
    let mut number = (matter + 1) * 7919 + n * 104_729;
    let mut next = || {
        number = number * 31 % 1_000_003;
        SYLLABLES[number % 16]
    };
    (0..4).map(|_| next()).collect()
}

/// A text of some two hundred words about one of many invented matters.
fn text(matter: usize, telling: usize) -> String {
    let name = |n: usize| {
        let word = word(matter, n);
        word[..1].to_uppercase() + &word[1..]
    };
    let mut out = format!("{} {} near {}\n\n", name(0), word(matter, 1), name(2));
    for n in 0..12 {
        let at = n * 5 + telling % 3;
        out.push_str(&format!(
            "The {} of {} said on Monday that {} {} had come to the {} beside {}. ",
            word(matter, at),
            name(at % 4),
            10 + (matter + n) % 80,
            word(matter, at + 1),
            word(matter, at + 2),
            name(5 + n % 4)
        ));
    }
    out + "\n"
}
