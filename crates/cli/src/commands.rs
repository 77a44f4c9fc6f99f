//! The commands, a file each.

pub(crate) mod annotate;
pub(crate) mod brief;
pub(crate) mod desk;
pub(crate) mod export;
pub(crate) mod group;
pub(crate) mod model;
pub(crate) mod parse;
pub(crate) mod read;
pub(crate) mod relate;
pub(crate) mod serve;
pub(crate) mod since;
pub(crate) mod verify;
pub(crate) mod watch;
pub(crate) mod weigh;

use rapporteur::{Collection, Error, Rapporteur};

use crate::options::Common;
use crate::output;

/// Opens the program, telling what takes time.
fn open(common: &Common) -> Result<Rapporteur, Error> {
    Rapporteur::open(&common.settings(), &mut |line| {
        if !common.quiet {
            output::say(line);
        }
    })
}

/// Tells the problems of a collection.
fn done(collection: &Collection) -> output::Done {
    let articles = collection.reports.iter().map(|it| &it.article);
    output::Done { n_problems: output::problems(&collection.problems, articles) }
}

fn no_such(id: &str) -> Error {
    Error::input(format!("no report is called '{id}'; `rapporteur read` prints the ids"))
}
