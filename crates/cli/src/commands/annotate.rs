//! `rapporteur annotate`: all that is found in each report, as rows or as a page.

use rapporteur::{Error, annotated_page, rows};
use rapporteur_model::Article;

use super::{done, open};
use crate::options::{Annotate, Common};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(options: &Annotate, common: &Common) -> Result<Done, Error> {
    let wanted = |it: &Article| options.id.as_ref().is_none_or(|id| it.report.id == *id);
    let collection = open(common)?.annotate_wanted(&options.paths, wanted, &Bar::new(common.quiet))?;
    match &options.id {
        Some(id) if collection.reports.is_empty() => return Err(super::no_such(id)),
        _ if options.html => output::file_or_text(options.page.output.as_deref(), &annotated_page(&collection))?,
        _ => output::rows(collection.reports.iter().map(|it| rows::annotate_row(it, common.unit(), options.tokens)))?,
    }
    Ok(done(&collection))
}
