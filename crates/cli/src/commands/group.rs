//! `rapporteur group`: the story of each report, as rows or as a page.

use rapporteur::{Error, rows, stories_page};

use super::{done, open};
use crate::options::{Common, Group};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(options: &Group, common: &Common) -> Result<Done, Error> {
    let collection = open(common)?.collect(&options.paths, &Bar::new(common.quiet))?;
    if options.html {
        output::file_or_text(options.page.output.as_deref(), &stories_page(&collection))?;
    } else {
        output::rows(rows::group_rows(&collection.reports, &collection.stories))?;
    }
    Ok(done(&collection))
}
