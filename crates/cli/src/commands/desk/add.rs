//! `rapporteur add`: reports onto a desk.

use rapporteur::Error;

use super::to_write;
use crate::commands::open;
use crate::options::{Add, Common};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(asked: &Add, common: &Common) -> Result<Done, Error> {
    // Before the language model is loaded, which takes longer than to see that there is no desk.
    let mut desk = to_write(asked.desk.desk.as_deref())?;
    let rapporteur = open(common)?;
    let mut failed = None;
    let added = desk.add(&rapporteur, &asked.paths, &Bar::new(common.quiet), &mut |batch| {
        // A row is printed when its report is on the disk for good, and not before.
        if asked.rows && failed.is_none() {
            failed = output::rows(batch).err();
        }
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    let n_problems = output::problems(&added.problems, []);
    if !asked.rows && !common.quiet {
        let n_versions = added.reports.iter().filter(|it| it.version_of.is_some()).count();
        let told = told(added.reports.len(), n_versions, added.n_known, added.stories.len());
        output::text(&format!("{told}.\n"))?;
    }
    Ok(Done { n_problems })
}

/// What came of adding, in words.
pub(crate) fn told(n_new: usize, n_versions: usize, n_known: usize, n_stories: usize) -> String {
    let plural = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let versions = if n_versions > 0 { format!(" ({n_versions} of them new versions)") } else { String::new() };
    format!(
        "{}{versions}, {n_known} there already; {} changed",
        plural(n_new, "new report", "new reports"),
        plural(n_stories, "story", "stories"),
    )
}
