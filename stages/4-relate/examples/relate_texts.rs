//! Relates plain texts and prints what was found: a folder of `.txt` files, or a file of JSON rows with `id`, `text` and
//! maybe `outlet`, `date`. `cargo run --release -p rapporteur-relate --example relate_texts -- PATH [--brief]`
// An example is a small program: it may read files and print.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

mod plain;

use std::path::Path;
use std::time::Instant;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotated, Span};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = args.first().ok_or("which texts?")?;
    let is_brief = args.iter().any(|it| it == "--brief");
    let mut reports = load(Path::new(path))?;
    reports.sort_by(|one, other| one.id().cmp(other.id()));
    let lexicon = Lexicon::shared();
    let start = Instant::now();
    let relations = rapporteur_relate::relate(&reports, lexicon);
    let seconds = start.elapsed().as_secs_f64();
    let id = |ix: rapporteur_model::ReportIx| reports[ix.ix()].id();
    for pair in &relations.pairs {
        println!(
            "{}\t{}\t{}\t{}\t{:.3}\t{:.3}\t{}",
            id(pair.a),
            id(pair.b),
            pair.kind.as_str(),
            pair.direction.as_str(),
            pair.containment_a,
            pair.containment_b,
            pair.because.join("; ")
        );
        if is_brief {
            continue;
        }
        let words = |report: rapporteur_model::ReportIx, span: Option<Span>| {
            span.map_or("-".to_owned(), |it| it.of(reports[report.ix()].text()).replace('\n', " "))
        };
        for it in &pair.passages {
            println!("    {}\t{}\n        | {}", it.how.as_str(), words(pair.a, Some(it.a)), words(pair.b, Some(it.b)));
        }
        for it in &pair.drift {
            println!(
                "    DRIFT {}: {}\n        a {}\n        b {}",
                it.kind.as_str(),
                it.what,
                words(pair.a, it.a),
                words(pair.b, it.b)
            );
        }
    }
    for origin in relations.origins.iter().filter(|it| !is_brief || it.reports.len() > 1) {
        let members: Vec<&str> = origin.reports.iter().map(|it| id(*it)).collect();
        println!("origin {} root {} {:?} because {:?}", origin.name, id(origin.root), members, origin.because);
    }
    for source in &relations.external {
        let children: Vec<&str> = source.children.iter().map(|it| id(*it)).collect();
        let cited: Vec<&str> = source.cited_by.iter().map(|it| id(it.0)).collect();
        println!("external {} children {children:?} cited by {cited:?}", source.name);
    }
    println!(
        "{} reports, {} pairs, {} origins, {:.3} s, {:.0} reports/s",
        reports.len(),
        relations.pairs.len(),
        relations.origins.len(),
        seconds,
        reports.len() as f64 / seconds
    );
    Ok(())
}

fn load(path: &Path) -> Result<Vec<Annotated>, Box<dyn std::error::Error>> {
    let mut reports = Vec::new();
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            let file = entry?.path();
            let id = file.file_stem().and_then(|it| it.to_str()).unwrap_or("report").to_owned();
            reports.push(plain::report(&id, &std::fs::read_to_string(&file)?));
        }
        return Ok(reports);
    }
    for line in std::fs::read_to_string(path)?.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let field = |name: &str| row[name].as_str();
        let mut report = plain::report(field("id").unwrap_or("?"), field("text").unwrap_or(""));
        if let Some(outlet) = field("outlet") {
            report = plain::from_outlet(report, outlet);
        }
        if let Some(date) = field("date") {
            report = plain::dated(report, date);
        }
        reports.push(report);
    }
    Ok(reports)
}
