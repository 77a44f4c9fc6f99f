//! `rapporteur weigh`: the claims of each story, with who says so and who says otherwise.

use rapporteur::{Error, rows};

use super::{done, open};
use crate::options::{Common, Paths};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(paths: &Paths, common: &Common) -> Result<Done, Error> {
    let rapporteur = open(common)?;
    let collection = rapporteur.collect(&paths.paths, &Bar::new(common.quiet))?;
    let (reports, relations) = (&collection.reports, &collection.relations);
    for story in &collection.stories {
        let claims = rapporteur.weigh(&collection, story);
        output::rows(rows::claim_rows(story, &claims, reports, relations, common.unit()))?;
    }
    Ok(done(&collection))
}
