//! `rapporteur export`: the accounts as a file for other programs.

use rapporteur::Error;

use crate::options::{Brief, Common, Export};
use crate::output::Done;

pub(crate) fn run(export: &Export, common: &Common) -> Result<Done, Error> {
    let brief = Brief {
        paths: export.paths.clone(),
        format: Some(export.to.clone()),
        output: export.output.clone(),
        words: 350,
        main: false,
    };
    super::brief::run(&brief, common)
}
