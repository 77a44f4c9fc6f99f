//! What programs around a desk remember from one run to the next: what a watch has seen, which alerts were sent. It lies on
//! the desk, so it is copied, moved and killed with it.

use rusqlite::{OptionalExtension, params};

use crate::error::Error;
use crate::{Desk, now};

impl Desk {
    /// What was kept under a name.
    pub fn remembered(&self, name: &str) -> Result<Option<String>, Error> {
        let mut asked = self.db.prepare_cached("SELECT value FROM memory WHERE name = ?1")?;
        Ok(asked.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Keeps words under a name, in place of what was there. When this returns they are on the disk.
    pub fn remember(&self, name: &str, value: &str) -> Result<(), Error> {
        let step = self.begin()?;
        step.prepare_cached(
            "INSERT INTO memory (name, value, kept_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value, kept_at = excluded.kept_at",
        )?
        .execute(params![name, value, now()])?;
        Ok(step.commit()?)
    }

    /// What tells this desk from others, for good; a copy has the same.
    pub fn identity(&self) -> Result<String, Error> {
        Ok(self.db.query_row("SELECT value FROM meta WHERE key = 'identity'", [], |row| row.get(0))?)
    }
}
