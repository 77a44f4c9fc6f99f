//! `rapporteur verify`: a brief checked against the reports, sentence by sentence.

use std::fmt::Write;
use std::io::{IsTerminal, Read};

use rapporteur::{Error, rows};
use rapporteur_model::CheckVerdict;
use rapporteur_model::row::CheckRow;

use super::{done, open};
use crate::options::{Common, Verify};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(verify: &Verify, common: &Common) -> Result<Done, Error> {
    let for_people = match verify.format.as_deref() {
        None => std::io::stdout().is_terminal(),
        Some("rows" | "jsonl") => false,
        Some("terminal" | "text") => true,
        Some(other) => return Err(Error::usage(format!("no form '{other}'; there are rows and terminal"))),
    };
    let brief = bytes(verify)?;
    let rapporteur = open(common)?;
    let (collection, checked) = rapporteur.verify(&brief, &verify.paths, &Bar::new(common.quiet))?;
    if collection.reports.len() < 2 {
        return Err(Error::input("there is no report to check the brief against".to_owned()));
    }
    if checked.is_empty() {
        return Err(Error::input(format!("{} has no sentence that can be checked", verify.brief.display())));
    }
    let told = rows::check_rows(&collection.reports, &checked, common.unit());
    if for_people {
        output::text(&page(&told))?
    } else {
        output::rows(told)?
    }
    let n_open = checked.iter().filter(|it| it.verdict != CheckVerdict::Supported).count();
    Ok(Done { n_problems: done(&collection).n_problems + n_open })
}

fn bytes(verify: &Verify) -> Result<Vec<u8>, Error> {
    let failed = |e: std::io::Error| Error::input(format!("cannot read {}: {e}", verify.brief.display()));
    if verify.brief.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(BRIEF_BYTES_MAX).read_to_end(&mut bytes).map_err(failed)?;
        return Ok(bytes);
    }
    let file = std::fs::File::open(&verify.brief).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(BRIEF_BYTES_MAX).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// A brief is no longer.
const BRIEF_BYTES_MAX: u64 = 16 << 20;

/// Each sentence under its verdict, with what the reports say; then the tally.
fn page(rows: &[CheckRow]) -> String {
    let mut out = String::new();
    for row in rows {
        let _ = writeln!(out, "{:<12} {}", row.verdict, row.sentence);
        if row.verdict != "supported" {
            let _ = writeln!(out, "{:<12} {}", "", row.because);
        }
        for place in row.support.iter().take(2).filter(|_| row.verdict != "supported") {
            let _ = writeln!(out, "{:<12}   {} {}-{}: {}", "", place.report, place.span.0, place.span.1, place.text);
        }
    }
    let n_supported = rows.iter().filter(|it| it.verdict == "supported").count();
    let _ = writeln!(out, "\n{n_supported} of {} sentences are borne out.", rows.len());
    out
}
