//! `rapporteur parse`: the language engine alone, over each text as one document.

use rapporteur::{Error, read, rows};

use super::open;
use crate::options::{Common, Paths};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(paths: &Paths, common: &Common) -> Result<Done, Error> {
    let rapporteur = open(common)?;
    let reading = read(&paths.paths, &Bar::new(common.quiet))?;
    let mut scratch = rapporteur.pipeline().scratch();
    let parsed = reading
        .articles
        .iter()
        .map(|it| rows::parse_row(&it.report.id, &it.report.text, rapporteur.pipeline(), &mut scratch, common.unit()));
    output::rows(parsed)?;
    Ok(Done { n_problems: output::problems(&reading.problems, &reading.articles) })
}
