//! `rapporteur-bench [WORKLOAD…] [--smoke]`: how fast, beside other programs. Started by `cargo xtask bench`.

// A program for the terminal: it prints, and its status is its answer.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

mod annotate;
mod brief;
mod clock;
mod collection;
mod language;
mod material;
mod pages;
mod peers;
mod relate;
mod warc;

use material::Material;

/// What went wrong, in words.
type Outcome<T> = Result<T, String>;

/// One kind of work. Help and `--smoke` walk the table.
struct Workload {
    name: &'static str,
    what: &'static str,
    /// Measures ours and the peers that are installed; a line each.
    measure: fn(&Material) -> Outcome<Vec<String>>,
    /// Checks that the work gives the same output by every way there is; says what was compared.
    smoke: fn(&Material) -> Outcome<String>,
}

const WORKLOADS: &[Workload] = &[
    language::WORKLOAD,
    annotate::WORKLOAD,
    relate::RELATE,
    relate::GROUP,
    pages::WORKLOAD,
    warc::WORKLOAD,
    brief::WORKLOAD,
];

fn main() {
    if let Err(why) = run() {
        eprintln!("error: {why}");
        std::process::exit(1);
    }
}

fn run() -> Outcome<()> {
    if let [first, n_reports] = std::env::args().skip(1).collect::<Vec<_>>().as_slice()
        && first == "relate-rows"
    {
        let n_reports = n_reports.parse().map_err(|_| "relate-rows takes the number of reports".to_owned())?;
        relate::rows(&Material::find()?, n_reports);
        return Ok(());
    }
    let (options, names): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|it| it.starts_with('-'));
    let is_smoke = options.iter().any(|it| it == "--smoke");
    // Reading is measured on pages and on web archives.
    let means = |name: &str, it: &Workload| it.name == name || name == "read" && matches!(it.name, "pages" | "warc");
    let is_unknown = names.iter().any(|name| WORKLOADS.iter().all(|it| !means(name, it)));
    if is_unknown || options.iter().any(|it| it != "--smoke") {
        for workload in WORKLOADS {
            println!("  {:<10} {}", workload.name, workload.what);
        }
        return Err("usage: cargo xtask bench [WORKLOAD…] [--smoke]".to_owned());
    }
    let material = Material::find()?;
    println!("texts: {}", material.whence);
    for workload in WORKLOADS.iter().filter(|it| names.is_empty() || names.iter().any(|name| means(name, it))) {
        if is_smoke {
            println!("{}: same output: {}", workload.name, (workload.smoke)(&material)?);
            continue;
        }
        println!("\n{}: {}", workload.name, workload.what);
        for line in (workload.measure)(&material)? {
            println!("  {line}");
        }
    }
    Ok(())
}
