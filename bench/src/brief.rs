//! All seven stages: a folder of reports in, the accounts out.

use std::path::PathBuf;

use rapporteur::models::Store;
use rapporteur::{Rapporteur, Settings, Silent};

use crate::clock::Clock;
use crate::material::{Material, files};
use crate::{Outcome, Workload};

pub(crate) const WORKLOAD: Workload =
    Workload { name: "brief", what: "reports to accounts per CPU-second, one thread", measure, smoke };

/// Times each story is told, so that the clock has something to measure.
const ROUNDS: usize = 20;

/// The program with so many threads; what it has to say goes to standard error.
pub(crate) fn open(threads: usize) -> Outcome<Rapporteur> {
    let settings = Settings { store: Store::from_env(), threads, ..Settings::default() };
    Rapporteur::open(&settings, &mut |line| eprintln!("{line}")).map_err(|why| why.to_string())
}

/// The accounts of some paths in every form, and the number of reports.
fn tell(rapporteur: &Rapporteur, paths: &[PathBuf]) -> Outcome<(String, usize)> {
    let collection = rapporteur.collect(paths, &Silent).map_err(|why| why.to_string())?;
    let mut text = String::new();
    for account in rapporteur.accounts(&collection, &Default::default()) {
        for format in ["markdown", "json"] {
            text += &rapporteur::render(&account, &collection, format).map_err(|why| why.to_string())?;
        }
    }
    Ok((text, collection.reports.len()))
}

fn measure(material: &Material) -> Outcome<Vec<String>> {
    let rapporteur = open(1)?;
    tell(&rapporteur, &material.stories[..1])?;
    let clock = Clock::start();
    let mut n_reports = 0;
    for _ in 0..ROUNDS {
        for story in &material.stories {
            // As a run of its own: nothing is known from the round before.
            rapporteur.forget();
            n_reports += tell(&rapporteur, std::slice::from_ref(story))?.1;
        }
    }
    let speed = n_reports as f64 / clock.seconds();
    Ok(vec![format!("ours: {n_reports} reports, {speed:.0} reports/CPU-s")])
}

/// One thread and three, files in order and against it.
fn smoke(material: &Material) -> Outcome<String> {
    let (one, three) = (open(1)?, open(3)?);
    let mut n_reports = 0;
    for story in &material.stories {
        let mut paths = files(story)?;
        let (wanted, n) = tell(&one, &paths)?;
        n_reports += n;
        paths.reverse();
        for rapporteur in [&one, &three] {
            if tell(rapporteur, &paths)?.0 != wanted {
                return Err(format!("{}: order of files or threads show in the account", story.display()));
            }
        }
    }
    Ok(format!("{n_reports} reports, one thread and three, files in both orders"))
}
