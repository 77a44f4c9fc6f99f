//! `rapporteur-eval [TASK…]`: runs tasks and prints ours, floor and peers. Started by `cargo xtask eval`.

// A program for the terminal: it prints, and its status is its answer.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

mod train;
mod train_disputes;
mod train_happenings;
mod train_paraphrase;

use std::time::Instant;

use rapporteur_eval::floors::{self, Floors};
use rapporteur_eval::ours::Ours;
use rapporteur_eval::peers::{self, Peer};
use rapporteur_eval::results::{self, Row};
use rapporteur_eval::tasks::{Context, TASKS, Task};
use rapporteur_eval::{Outcome, corpora};

#[derive(Default)]
struct Options {
    names: Vec<String>,
    verbose: bool,
    pin: bool,
    may_lower: bool,
    write: bool,
    peers: bool,
}

fn main() {
    if let Err(why) = run() {
        eprintln!("error: {why}");
        std::process::exit(1);
    }
}

fn run() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, rest @ ..] = arguments.as_slice()
        && first == "train"
    {
        return train::run(rest, &Ours::open().map_err(|why| why.to_string())?);
    }
    if let [first, rest @ ..] = arguments.as_slice()
        && first == "lineage-rows"
    {
        return lineage_rows(rest);
    }
    if arguments.first().is_some_and(|it| it == "copy-rows") {
        return copy_rows();
    }
    let mut options = Options::default();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--verbose" => options.verbose = true,
            "--pin" => options.pin = true,
            "--allow-regression" => options.may_lower = true,
            "--write" => options.write = true,
            "--peers" => options.peers = true,
            // Scores below their floor always fail; the option is for those who say so.
            "--check" => {}
            "--help" | "-h" => {
                help();
                return Ok(());
            }
            _ if argument.starts_with('-') => return Err(format!("unknown option {argument}; see --help")),
            // A stage stands for the tasks that measure it.
            "weigh" => options.names.extend(["ukraine", "conflicts"].map(str::to_owned)),
            "write" => options.names.push("verify".to_owned()),
            _ => options.names.push(argument),
        }
    }
    let tasks = tasks(&options.names)?;
    let folder = corpora::folder().ok_or("there is no evaluation folder: set RAPPORTEUR_EVAL (see eval/README.md)")?;
    let known = results::peers()?;
    let text = std::fs::read_to_string(floors::path()).unwrap_or_default();
    let mut floors = Floors::parse(&text)?;
    let ours = Ours::open().map_err(|why| why.to_string())?;
    let context = Context::new(folder, &ours);
    let others = if options.peers { others() } else { Vec::new() };

    let (mut rows, mut below) = (Vec::new(), Vec::new());
    for task in tasks {
        let paths: Vec<_> = task.corpus.iter().map(|it| context.path(it)).collect();
        if let Some(missing) = paths.iter().find(|it| !it.exists()) {
            println!("\n{}: left out, {} is not there", task.name, missing.display());
            continue;
        }
        let corpus_sha = corpora::sha256(&paths)?;
        let start = Instant::now();
        let answer = (task.run)(&context)?;
        let row = Row { task, corpus_sha, scores: answer.scores };
        if options.verbose {
            for miss in &answer.misses {
                println!("{}: {miss}", task.name);
            }
        }
        print!("{}", results::terminal(&row, &floors, &known));
        println!(
            "  ({:.1} s; {} misses{})",
            start.elapsed().as_secs_f64(),
            answer.misses.len(),
            if options.verbose { "" } else { ", --verbose shows them" }
        );
        for (name, ours, floor) in floors.below(task.name, &row.corpus_sha, &row.scores) {
            below.push(format!("{} {name}: {ours} is below the floor {floor}", task.name));
        }
        if options.pin {
            floors.pin(task, &row.corpus_sha, &row.scores, options.may_lower);
        }
        if peers::can_answer(task.name) && !others.is_empty() {
            print!("{}", beside(&row, &others, &context)?);
        }
        rows.push(row);
    }
    if options.pin {
        write(&floors::path(), &floors.print())?;
    }
    if options.write {
        write(&results::path(), &results::page(&rows, &floors, &known))?;
    }
    if below.is_empty() || options.may_lower { Ok(()) } else { Err(below.join("\nerror: ")) }
}

/// Prints the articles of the labelled pairs for scripts that ask other programs (`peers/minhash.py`).
fn copy_rows() -> Outcome<()> {
    let folder = corpora::folder().ok_or("there is no evaluation folder: set RAPPORTEUR_EVAL (see eval/README.md)")?;
    for row in rapporteur_eval::tasks::copies::rows(&folder)? {
        println!("{row}");
    }
    Ok(())
}

/// Prints the planted collection for the same scripts: the tenth, or with `full` all.
fn lineage_rows(arguments: &[String]) -> Outcome<()> {
    let factor = if arguments.iter().any(|it| it == "full") { 10 } else { 1 };
    for row in rapporteur_eval::tasks::lineages::rows(200 * factor, 2_000 * factor)? {
        println!("{row}");
    }
    Ok(())
}

/// The programs we compare with that are installed; of the others it is said that they are not.
fn others() -> Vec<Peer> {
    let open = |it: &_| Peer::open(*it).inspect_err(|why| println!("{why}")).ok();
    peers::PEERS.iter().filter_map(open).collect()
}

/// The same task answered by the others, a column each.
fn beside(ours: &Row<'_>, others: &[Peer], context: &Context<'_>) -> Outcome<String> {
    let mut columns = vec![("ours".to_owned(), ours.scores.clone())];
    for peer in others {
        let theirs = Context::new(context.folder.clone(), peer);
        let mut scores = (ours.task.run)(&theirs)?.scores;
        scores.0.retain(|(measure, _)| peer.looks_for(measure));
        if !scores.0.is_empty() {
            columns.push((peer.title(), scores));
        }
    }
    Ok(results::columns(&columns))
}

fn write(path: &std::path::Path, text: &str) -> Outcome<()> {
    std::fs::write(path, text).map_err(|why| format!("cannot write {}: {why}", path.display()))
}

/// The named tasks, in the order of the table; without names all but those on request.
fn tasks(names: &[String]) -> Outcome<Vec<&'static Task>> {
    // A stage's word stands for all tasks that measure it.
    const STAGES: &[(&str, &[&str])] = &[
        ("read", &["read"]),
        ("clean", &["pages", "ukraine"]),
        ("quotes", &["quotes", "ukraine"]),
        ("said", &["quotes", "actors", "ukraine"]),
        ("when", &["times", "ukraine"]),
        ("relate", &["copies", "lineages", "ukraine"]),
        ("group", &["stories", "ukraine"]),
    ];
    let means = |name: &str, task: &Task| {
        let of_stage = STAGES.iter().find(|it| it.0 == name).map_or(&[][..], |it| it.1);
        let is_of_stage = of_stage.iter().any(|it| task.name == *it || task.name.starts_with(&format!("{it}-")));
        is_of_stage && !task.on_request
            || task.name == name
            || task.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('-') && !task.on_request)
    };
    if let Some(unknown) = names.iter().find(|name| !TASKS.iter().any(|task| means(name, task))) {
        help();
        return Err(format!("no task is called {unknown}"));
    }
    let chosen = |task: &&Task| {
        if names.is_empty() { !task.on_request } else { names.iter().any(|name| means(name, task)) }
    };
    Ok(TASKS.iter().filter(chosen).collect())
}

fn help() {
    println!("usage: cargo xtask eval [TASK…] [--verbose] [--pin [--allow-regression]] [--write] [--peers]\n");
    for task in TASKS {
        let when = if task.on_request { " (only when named)" } else { "" };
        println!("  {:<22} {}{when}", task.name, task.what);
    }
    println!(
        "\n  weigh                  ukraine and conflicts\n  write                  verify; what readers strike is in eval/README.md"
    );
}
