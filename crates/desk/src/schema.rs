//! The tables, as steps that only go forward.
//!
//! A step is never changed once a version with it was released; a change is a new step at the end. `user_version` holds how
//! many were done. What is derived can be made again from `original`, `sighting` and `decision`; those three are what
//! must never be lost.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Error, Kind};

/// The steps, in order.
pub(crate) const STEPS: &[&str] = &[include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// The version a desk has after all steps.
pub(crate) const VERSION: usize = STEPS.len();

/// Brings a desk's tables to this program's version. Each step is whole or not there.
pub(crate) fn migrate(db: &mut Connection) -> Result<(), Error> {
    if version(db)? == VERSION {
        return Ok(());
    }
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Somebody else may have done it while we waited for the lock.
    let had = version(&step)?;
    if VERSION < had {
        return Err(newer(had));
    }
    for sql in &STEPS[had..] {
        step.execute_batch(sql)?;
    }
    step.pragma_update(None, "user_version", VERSION as i64)?;
    step.commit()?;
    Ok(())
}

/// How many steps were done; an error when that is more than this program knows.
pub(crate) fn check_version(db: &Connection) -> Result<usize, Error> {
    let had = version(db)?;
    if VERSION < had { Err(newer(had)) } else { Ok(had) }
}

fn version(db: &Connection) -> Result<usize, Error> {
    let had: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(had).unwrap_or(0))
}

fn newer(had: usize) -> Error {
    Error::new(
        Kind::Newer,
        format!(
            "the desk was made by a newer version of rapporteur (tables of version {had}, this program knows {VERSION}); \
             use that version, nothing was changed"
        ),
    )
}
