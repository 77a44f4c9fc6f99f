//! One pass over feeds, pages and folders: what is new or changed is handed on, once.
//!
//! What is remembered between passes is [`State`], a plain record for the caller to keep. A thing is remembered as had only
//! when the sink has taken it, so a program that is killed asks again and loses nothing; a sink that is handed a thing twice
//! knows it by place and hash.
//!
//! Left alone on purpose: what a feed's entries are ([`Reader`] tells), what becomes of what arrives, and waiting for the
//! next pass.

mod feeds;
mod folders;
mod state;

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::Fetcher;
use crate::webhook::hex;

pub use folders::FILE_BYTES_MAX;
pub use state::{
    FileState, PAGE_AGE_MAX, PAGE_TRIES, PAGES_KEPT, PageState, REVISITS, SEEN_MAX, Seen, SourceState, State,
};

/// What is watched.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A feed or a page, by its address.
    Web(String),
    /// A folder with all below it, or a file.
    Folder(PathBuf),
}

/// One entry of a feed, as far as a watch must know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the feed, from 1.
    pub number: u32,
    /// What the feed calls it.
    pub id: String,
    /// Where it leads, as written.
    pub url: Option<String>,
    /// Whether the feed holds all of its text, so that nobody need ask for the page.
    pub is_whole: bool,
    /// Whether the feed holds any of its text.
    pub has_text: bool,
    /// Another one, another version.
    pub sha256: String,
}

/// What the caller knows and this crate does not.
pub trait Reader {
    /// The entries of a feed, in its order; `None` when the bytes are none.
    fn entries(&self, media_type: &str, bytes: &[u8]) -> Option<Vec<Entry>>;
    /// The report files of a folder (or the file itself), sorted, and what could not be looked into.
    fn files(&self, folder: &Path) -> (Vec<PathBuf>, Vec<String>);
}

/// What kind of thing arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A feed, for the entries that are named.
    Feed,
    /// A page.
    Page,
    /// A file.
    File,
}

impl Kind {
    /// Name in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Feed => "feed",
            Kind::Page => "page",
            Kind::File => "file",
        }
    }
}

/// Something new, or something known in another version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its address or path: the same for all versions.
    pub location: &'a str,
    /// Where it was in truth, behind redirects; the same as `location` for a file.
    pub final_location: &'a str,
    /// The bytes, unpacked.
    pub bytes: &'a [u8],
    /// What the server called them; empty for a file.
    pub media_type: &'a str,
    /// When, in milliseconds since 1970.
    pub fetched_at: u64,
    /// SHA-256 of the bytes.
    pub sha256: &'a str,
    /// SHA-256 of what was at this location before; `None` at the first time.
    pub version_of: Option<&'a str>,
    /// The feed that led to a page.
    pub feed: Option<&'a str>,
    /// For a feed: the numbers of its entries that are new or changed and have text, and are not (yet) had as pages.
    pub entries: &'a [u32],
}

/// What came of a pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Things handed on.
    pub n_arrivals: usize,
    /// Of these, other versions of known ones.
    pub n_versions: usize,
    /// Things that were asked for or looked at and are as they were.
    pub n_unchanged: usize,
    /// What was not had, and why: place and reason.
    pub problems: Vec<(String, String)>,
}

/// How far a pass goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    /// Ask for all known pages again, whether or not it is time.
    pub recheck: bool,
    /// Heed robots.txt for the sources themselves; for what they lead to it always is.
    pub robots_for_sources: bool,
    /// Pages that are asked for in one pass, so that it ends; the rest comes with the next.
    pub pages_max: usize,
}

impl Default for Pass {
    fn default() -> Pass {
        Pass { recheck: false, robots_for_sources: true, pages_max: PAGES_MAX }
    }
}

/// Pages of one pass. At two seconds a page, half an hour's work.
pub const PAGES_MAX: usize = 1000;

/// The sink could not keep what arrived; the pass ends, and it will arrive again.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotKept(pub String);

/// Takes what arrives. When it returns well, the thing is kept.
pub type Sink<'a> = dyn FnMut(&Arrival<'_>) -> Result<(), NotKept> + 'a;

/// One pass over `sources`, in their order; then the pages whose time has come.
pub fn watch_once(
    state: &mut State,
    sources: &[Source],
    pass: &Pass,
    fetcher: &Fetcher,
    reader: &dyn Reader,
    sink: &mut Sink<'_>,
) -> Result<Summary, NotKept> {
    fetcher.remember(std::mem::take(&mut state.hosts));
    let mut round = Round { state, pass, fetcher, reader, sink, summary: Summary::default(), n_pages: 0 };
    let done = round.run(sources);
    let summary = std::mem::take(&mut round.summary);
    state.hosts = fetcher.hosts();
    done.map(|()| summary)
}

struct Round<'a, 'b> {
    state: &'a mut State,
    pass: &'a Pass,
    fetcher: &'a Fetcher,
    reader: &'a dyn Reader,
    sink: &'a mut Sink<'b>,
    summary: Summary,
    n_pages: usize,
}

impl Round<'_, '_> {
    fn run(&mut self, sources: &[Source]) -> Result<(), NotKept> {
        for source in sources {
            match source {
                Source::Web(url) => self.web(url)?,
                Source::Folder(path) => self.folder(path)?,
            }
        }
        self.due_pages()?;
        self.state.forget(self.now());
        Ok(())
    }

    fn now(&self) -> u64 {
        self.fetcher.clock().now()
    }

    fn problem(&mut self, place: &str, reason: impl Into<String>) {
        self.summary.problems.push((place.to_owned(), reason.into()));
    }

    fn hand_on(&mut self, arrival: &Arrival<'_>) -> Result<(), NotKept> {
        (self.sink)(arrival)?;
        self.summary.n_arrivals += 1;
        self.summary.n_versions += usize::from(arrival.version_of.is_some());
        Ok(())
    }
}

fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
