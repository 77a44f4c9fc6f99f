//! `rapporteur relate`: which report comes from which, and the independent origins.

use rapporteur::{Error, rows};

use super::{desk, done};
use crate::options::{Common, Paths};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(paths: &Paths, common: &Common) -> Result<Done, Error> {
    let desk = desk(common)?;
    let mut collection = desk.annotate(&paths.paths, &Bar::new(common.quiet))?;
    desk.relate(&mut collection);
    output::rows(rows::relation_rows(&collection.reports, &collection.relations, common.unit()))?;
    output::rows(rows::origin_rows(&collection.reports, &collection.relations))?;
    Ok(done(&collection))
}
