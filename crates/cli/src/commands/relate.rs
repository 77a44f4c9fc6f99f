//! `rapporteur relate`: which report comes from which, and the independent origins, as rows or as a page.

use rapporteur::{Error, lineage_page, rows};

use super::{done, open};
use crate::options::{Common, Relate};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(options: &Relate, common: &Common) -> Result<Done, Error> {
    let rapporteur = open(common)?;
    let mut collection = rapporteur.annotate(&options.paths, &Bar::new(common.quiet))?;
    rapporteur.relate(&mut collection);
    if options.html {
        output::file_or_text(options.page.output.as_deref(), &lineage_page(&collection))?;
        return Ok(done(&collection));
    }
    output::rows(rows::relation_rows(&collection.reports, &collection.relations, common.unit()))?;
    output::rows(rows::origin_rows(&collection.reports, &collection.relations))?;
    Ok(done(&collection))
}
