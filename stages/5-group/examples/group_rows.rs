//! Groups JSON rows and prints `{"id", "story"}` rows for the scorer; the time goes to standard error.
//! `cargo run --release -p rapporteur-group --example group_rows -- ROWS.jsonl [--because]`
// An example is a small program: it may read files and print.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)]

mod rows;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotated, Relations};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which rows?")?;
    let reports: Vec<Annotated> = rows::load(&path)?.into_iter().map(|it| it.report).collect();
    let lexicon = Lexicon::shared();
    memory();
    let start = cpu_seconds();
    let stories = rapporteur_group::group(&reports, &Relations::default(), lexicon);
    eprintln!(
        "{} reports, {} stories, {:.0} reports/CPU-s",
        reports.len(),
        stories.len(),
        reports.len() as f64 / (cpu_seconds() - start)
    );
    memory();
    for story in &stories {
        for (report, because) in story.reports.iter().zip(&story.because) {
            println!(
                "{}",
                serde_json::json!({"id": reports[report.ix()].id(), "story": story.id, "line": story.storyline, "because": because})
            );
        }
    }
    Ok(())
}

/// Seconds that this process has worked, where Linux tells.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|it| it.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e9
}

/// The most memory held so far, and now.
fn memory() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|it| it.starts_with("VmHWM") || it.starts_with("VmRSS")).for_each(|it| eprintln!("{it}"));
}
