//! `rapporteur group`: the story of each report.

use rapporteur::{Error, rows};

use super::{desk, done};
use crate::options::{Common, Paths};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(paths: &Paths, common: &Common) -> Result<Done, Error> {
    let collection = desk(common)?.collect(&paths.paths, &Bar::new(common.quiet))?;
    output::rows(rows::group_rows(&collection.reports, &collection.stories))?;
    Ok(done(&collection))
}
