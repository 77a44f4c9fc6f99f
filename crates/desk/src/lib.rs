//! A desk: a collection of reports that stays, grows, is searched and corrected. One folder, one machine, no server.
//!
//! ```text
//! ferry-desk/
//!   desk.sqlite          reports, stories, facts, decisions, events, full text
//!   originals/ab/cdef…   the bytes as they came, by SHA-256, written before anything that is derived from them
//! ```
//!
//! ```no_run
//! use rapporteur::{Rapporteur, Settings, Silent};
//! use rapporteur_desk::{Desk, Filter, Page};
//!
//! let mut desk = Desk::init("ferry-desk".as_ref())?;
//! let rapporteur = Rapporteur::open(&Settings::default(), &mut |line| eprintln!("{line}"))?;
//! let added = desk.add(&rapporteur, &["reports/".into()], &Silent, &mut |_| {})?;
//! println!("{} new, {} there already", added.reports.len(), added.n_known);
//! for story in desk.stories(&Filter::default(), Page::default())?.rows {
//!     println!("{}: {} reports, {} origins", story.title, story.n_reports, story.n_origins);
//!     let told = desk.account(&story.id)?;
//!     println!("{} sentences", told.account.sections.iter().map(|it| it.sentences.len()).sum::<usize>());
//! }
//! # Ok::<(), rapporteur_desk::Error>(())
//! ```
//!
//! One program writes at a time, any number read meanwhile (SQLite's write-ahead log). A batch of reports is one
//! transaction: what was acknowledged is there after a crash, and nothing is there twice. Everything but originals, where
//! they were found, and decisions is derived and can be made again ([`Desk::rebuild`]).
//!
//! A [`Desk`] is one connection: give each thread its own ([`Desk::open_to_read`] is cheap).

mod add;
mod check;
mod decide;
mod error;
mod events;
mod filter;
mod keep;
mod memory;
mod originals;
mod overlay;
mod place;
mod records;
mod room;
mod schema;
mod search;
mod stories;
mod weigh;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rapporteur_model::{Annotated, Article};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};

#[doc(hidden)]
pub use add::Annotate;
pub use add::{Added, AddedReport, BATCH_REPORTS_MAX, Wanted};
pub use check::{Finding, Level};
pub use decide::{Decision, What};
pub use error::{Error, Kind};
pub use events::{Event, EventKind};
pub use filter::{Filter, Page, Rows};
pub use keep::{Compacted, Rebuilt};
pub use records::ENGINE;
pub use room::{Busy, Size};
pub use search::{Facet, Facets, FactHit, Found, ReportHit, Snippet};
pub use stories::{ActorCard, FactRow, Ledger, LedgerRow, ReportCard, StoryAccount, StoryCard};

use originals::Originals;
use records::Recent;

#[cfg(test)]
mod tests;

/// Name of the database in the folder.
pub const DATABASE: &str = "desk.sqlite";

/// So long a program waits for another that writes.
const BUSY_WAIT: Duration = Duration::from_secs(20);

/// Bytes of records that are kept in memory.
const RECENT_BYTES_MAX: usize = 256 << 20;

/// A desk, opened.
pub struct Desk {
    folder: PathBuf,
    db: Connection,
    recent: RefCell<Recent>,
    is_reader: bool,
    marker: RefCell<Option<search::Marker>>,
}

impl Desk {
    /// Makes a desk in a folder, which is made if it is not there. A folder that holds other things is left alone.
    pub fn init(folder: &Path) -> Result<Desk, Error> {
        let database = folder.join(DATABASE);
        if database.exists() {
            let told = format!("there is a desk in {} already; nothing was changed", folder.display());
            return Err(Error::new(Kind::NoDesk, told));
        }
        let is_empty = |it: std::fs::ReadDir| it.flatten().all(|it| it.file_name() == "originals");
        if std::fs::read_dir(folder).is_ok_and(|it| !is_empty(it)) {
            let told = format!("{} holds other things; give a new or empty folder for the desk", folder.display());
            return Err(Error::new(Kind::NoDesk, told));
        }
        let originals = Originals::of(folder);
        let made = std::fs::create_dir_all(originals.folder());
        made.map_err(|e| Error::file("make folder", originals.folder(), e))?;
        let db = Connection::open(&database)?;
        Desk::ready(folder, db, false)
    }

    /// Opens a desk to read and write; brings an older one's tables to this version.
    pub fn open(folder: &Path) -> Result<Desk, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Desk::ready(folder, Desk::connect(folder, flags)?, false)
    }

    /// Opens a desk to read alone. Nothing is written, whatever is called; facts that are not weighed yet are weighed in
    /// memory each time. A desk of an older version must be opened to write once before.
    pub fn open_to_read(folder: &Path) -> Result<Desk, Error> {
        // A reader of a write-ahead log needs the shared memory beside it, so the file is opened to write where it can be.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = match Desk::connect(folder, flags) {
            Err(error) if error.kind() == Kind::ReadOnly => {
                Desk::connect(folder, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?
            }
            opened => opened?,
        };
        Desk::ready(folder, db, true)
    }

    fn connect(folder: &Path, flags: OpenFlags) -> Result<Connection, Error> {
        let database = folder.join(DATABASE);
        if !database.is_file() {
            let told = format!(
                "there is no desk in {}; `rapporteur desk init {}` makes one",
                folder.display(),
                folder.display()
            );
            return Err(Error::new(Kind::NoDesk, told));
        }
        Ok(Connection::open_with_flags(database, flags)?)
    }

    fn ready(folder: &Path, mut db: Connection, is_reader: bool) -> Result<Desk, Error> {
        db.busy_timeout(BUSY_WAIT)?;
        db.set_prepared_statement_cache_capacity(256);
        let had = schema::check_version(&db)?;
        if is_reader {
            if had < schema::VERSION {
                let told = "the desk was made by an older version; any command that writes brings it up to date, \
                            `rapporteur desk check` does no more than that";
                return Err(Error::new(Kind::Stale, told));
            }
            db.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456;")?;
        } else {
            // FULL: what is acknowledged survives a power cut too. A batch of reports touches some thousands of pages all over
            // the indices, most of them again with the next: carried over every 32 MB, each is written to its place once.
            db.execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA wal_autocheckpoint = 8192; PRAGMA journal_size_limit = 67108864;
                 PRAGMA cache_size = -131072; PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY;",
            )?;
            schema::migrate(&mut db)?;
        }
        Ok(Desk {
            folder: folder.to_owned(),
            db,
            recent: RefCell::new(Recent::new(RECENT_BYTES_MAX)),
            is_reader,
            marker: RefCell::new(None),
        })
    }

    /// The desk's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A number that is another one whenever something on the desk has changed: for caches and live pages.
    pub fn revision(&self) -> Result<i64, Error> {
        Ok(self.db.query_row("SELECT coalesce(max(seq), 0) FROM event", [], |row| row.get(0))?)
    }

    fn originals(&self) -> Originals {
        Originals::of(&self.folder)
    }

    /// The original bytes behind a report, and where it was found; its raw map leads into them.
    pub fn original(&self, report: &str) -> Result<(String, Vec<u8>), Error> {
        let found = self
            .db
            .prepare_cached("SELECT location, original FROM report WHERE id = ?1")?
            .query_row([report], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
        let Some((location, hash)) = found.optional()? else {
            return Err(Error::not_found("report", report, "`rapporteur search` finds reports"));
        };
        Ok((location, self.originals().read(&hash)?))
    }

    /// A report with all that was found in it, as stages 1 to 3 left it.
    pub fn report(&self, id: &str) -> Result<Arc<Annotated>, Error> {
        let ix: Option<i64> = self
            .db
            .prepare_cached("SELECT ix FROM report WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        match ix {
            Some(ix) => self.record(ix),
            None => Err(Error::not_found("report", id, "`rapporteur search` finds reports")),
        }
    }

    /// The record of a report.
    fn record(&self, report: i64) -> Result<Arc<Annotated>, Error> {
        record(&self.db, &self.recent, report)
    }

    /// The article of a report without what was found in it: where only its words are needed, at a tenth of the cost.
    fn article(&self, report: i64) -> Result<Article, Error> {
        if let Some(found) = self.recent.borrow_mut().get(report) {
            return Ok(found.article.clone());
        }
        let (packed, id) = packed(&self.db, report)?;
        records::unpack_article(&packed, &id)
    }

    /// Begins to write; says who writes when another does.
    fn begin(&self) -> Result<Transaction<'_>, Error> {
        if self.is_reader {
            return Err(Error::new(Kind::ReadOnly, "this desk was opened to read; nothing was written"));
        }
        let note = self.folder.join("writer");
        // Transactions never stand in one another: each public function begins one and ends it.
        match Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate) {
            Ok(step) => {
                // For the message of whoever waits in vain; of no other use, so it need not succeed.
                let _ = std::fs::write(note, format!("process {}", std::process::id()));
                Ok(step)
            }
            Err(error) => {
                let error = Error::from(error);
                if error.kind() != Kind::Busy {
                    return Err(error);
                }
                let who = std::fs::read_to_string(note).unwrap_or_else(|_| "another program".to_owned());
                let told = format!(
                    "{who} has been writing to the desk for {} seconds; run the command again when it is done",
                    BUSY_WAIT.as_secs()
                );
                Err(Error::new(Kind::Busy, told))
            }
        }
    }
}

/// The record of a report, from memory where it was read lately.
fn record(db: &Connection, recent: &RefCell<Recent>, report: i64) -> Result<Arc<Annotated>, Error> {
    if let Some(found) = recent.borrow_mut().get(report) {
        return Ok(found);
    }
    let (packed, id) = packed(db, report)?;
    let found = Arc::new(records::unpack::<Annotated>(&packed, &id)?);
    recent.borrow_mut().put(report, Arc::clone(&found));
    Ok(found)
}

/// The record of a report as it lies on the disk, and the report's id.
fn packed(db: &Connection, report: i64) -> Result<(Vec<u8>, String), Error> {
    let (packed, id, engine): (Vec<u8>, String, String) = db
        .prepare_cached("SELECT packed, id, engine FROM record JOIN report ON ix = report WHERE report = ?1")?
        .query_row([report], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    if engine != ENGINE {
        let told = format!(
            "report {id} was read by engine {engine}, this is {ENGINE}; `rapporteur desk rebuild` reads the originals anew"
        );
        return Err(Error::new(Kind::Stale, told));
    }
    Ok((packed, id))
}

/// Now, to the second: `2031-05-12T09:30:00Z`.
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}
