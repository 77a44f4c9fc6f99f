//! A collection that stays: the commands that work on a desk.

pub(crate) mod add;
pub(crate) mod alerts;
pub(crate) mod decide;
pub(crate) mod lists;
pub(crate) mod search;
pub(crate) mod story;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rapporteur::Error;
use rapporteur_desk::{Desk, Filter, Finding, Level, Page};

use super::open;
use crate::options::{Common, DeskDo, Filters, OfDesk};
use crate::output::{self, Done};
use crate::progress::Bar;
use crate::table::{Table, long, number, short};

/// The desk that is taken where none is named.
const DESK: &str = "desk";

const NOTHING: Done = Done { n_problems: 0 };

/// The folder of the desk that is meant.
pub(crate) fn folder(named: Option<&Path>) -> Result<PathBuf, Error> {
    match named {
        Some(folder) => Ok(folder.to_owned()),
        None if Path::new(DESK).join(rapporteur_desk::DATABASE).is_file() => Ok(PathBuf::from(DESK)),
        None => Err(Error::usage(
            "there is no desk here; name one with --desk DIR or RAPPORTEUR_DESK, or make one with `rapporteur desk init`"
                .to_owned(),
        )),
    }
}

pub(crate) fn to_read(of: &OfDesk) -> Result<Desk, Error> {
    Ok(Desk::open_to_read(&folder(of.desk.as_deref())?)?)
}

pub(crate) fn to_write(named: Option<&Path>) -> Result<Desk, Error> {
    Ok(Desk::open(&folder(named)?)?)
}

pub(crate) fn filter(filters: &Filters, story: Option<&str>) -> (Filter, Page) {
    let filter = Filter {
        story: story.map(str::to_owned),
        actor: filters.actor.clone(),
        outlet: filters.outlet.clone(),
        origin: filters.origin.clone(),
        place: filters.place.clone(),
        from: filters.from.clone(),
        to: filters.to.clone(),
        kind: filters.kind.clone(),
        realis: filters.realis.clone(),
        verdict: filters.verdict.clone(),
        origins_min: filters.origins_min,
        with_wrong: filters.with_wrong,
    };
    (filter, Page { offset: filters.offset, n_max: filters.limit })
}

pub(crate) fn run(asked: &DeskDo, common: &Common) -> Result<Done, Error> {
    match asked {
        DeskDo::Init { folder } => {
            let named = folder.clone().or_else(|| std::env::var_os("RAPPORTEUR_DESK").map(PathBuf::from));
            let folder = named.unwrap_or_else(|| PathBuf::from(DESK));
            Desk::init(&folder)?;
            let to_desk =
                if folder == Path::new(DESK) { String::new() } else { format!(" --desk {}", folder.display()) };
            output::text(&format!("A new desk in {}. Next: rapporteur add PATH…{to_desk}\n", folder.display()))?;
            Ok(NOTHING)
        }
        DeskDo::Check(of) => check(&to_write(of.desk.as_deref())?.check()?),
        DeskDo::Backup { to, desk } => {
            to_read(desk)?.backup(to)?;
            output::text(&format!("A copy of the desk is in {}; it is a desk itself.\n", to.display()))?;
            Ok(NOTHING)
        }
        DeskDo::Compact(of) => {
            let done = to_write(of.desk.as_deref())?.compact()?;
            let megabytes = |n: u64| format!("{:.1} MB", n as f64 / 1e6);
            let (before, after) = (megabytes(done.bytes_before), megabytes(done.bytes_after));
            output::text(&format!("{before} before, {after} now; {} files cleared away.\n", done.n_files_removed))?;
            Ok(NOTHING)
        }
        DeskDo::Rebuild { all, desk, form } => {
            let mut desk = to_write(desk.desk.as_deref())?;
            let done = desk.rebuild(&open(common)?, *all, &Bar::new(common.quiet))?;
            if !common.quiet {
                output::say(&format!("{} reports read anew, {} of them otherwise", done.n_reports, done.n_changed));
            }
            done.left
                .iter()
                .for_each(|id| output::say(&format!("{id}: its original no longer gives it; left as it was")));
            let mut table = Table::new(vec![short("change", 12), short("story", 30), long("fact")], "No fact changed.");
            for row in &done.changes {
                table.push(row, vec![row.change.clone(), row.story.clone(), row.fact.clone()]);
            }
            table.show(form.format)?;
            Ok(Done { n_problems: done.left.len() })
        }
        DeskDo::Regroup(of) => {
            let changed = to_write(of.desk.as_deref())?.regroup()?;
            changed.iter().for_each(|it| output::say(&format!("{it} has changed")));
            output::text(&format!("{} stories changed.\n", changed.len()))?;
            Ok(NOTHING)
        }
    }
}

fn check(findings: &[Finding]) -> Result<Done, Error> {
    let mut lines = String::new();
    let mut counted: BTreeMap<Level, usize> = BTreeMap::new();
    for finding in findings {
        *counted.entry(finding.level).or_default() += 1;
        let level = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        };
        lines += &format!("{level}: {}\n    {}\n", finding.message, finding.todo);
    }
    let n_bad = counted.iter().filter(|it| *it.0 > Level::Note).map(|it| it.1).sum();
    if n_bad == 0 {
        lines += "The desk is whole.\n";
    }
    output::text(&lines)?;
    Ok(Done { n_problems: n_bad })
}

/// Words of the head of a list of numbers.
pub(crate) fn n_origins() -> crate::table::Column {
    number("origins")
}
