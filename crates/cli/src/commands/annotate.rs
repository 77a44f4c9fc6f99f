//! `rapporteur annotate`: all that is found in each report.

use rapporteur::{Error, rows};

use super::{desk, done};
use crate::options::{Annotate, Common};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(options: &Annotate, common: &Common) -> Result<Done, Error> {
    let collection = desk(common)?.annotate(&options.paths, &Bar::new(common.quiet))?;
    output::rows(collection.reports.iter().map(|it| rows::annotate_row(it, common.unit(), options.tokens)))?;
    Ok(done(&collection))
}
