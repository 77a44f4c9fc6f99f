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
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|it| it.starts_with("VmHWM") || it.starts_with("VmRSS")).for_each(|it| eprintln!("{it}"));
    let start = std::time::Instant::now();
    let stories = rapporteur_group::group(&reports, &Relations::default(), lexicon);
    eprintln!(
        "{} reports, {} stories, {:.0} reports/s",
        reports.len(),
        stories.len(),
        reports.len() as f64 / start.elapsed().as_secs_f64()
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|it| it.starts_with("VmHWM") || it.starts_with("VmRSS")).for_each(|it| eprintln!("{it}"));
    for story in &stories {
        for (report, because) in story.reports.iter().zip(&story.because) {
            println!("{}", serde_json::json!({"id": reports[report.ix()].id(), "story": story.id, "because": because}));
        }
    }
    Ok(())
}
