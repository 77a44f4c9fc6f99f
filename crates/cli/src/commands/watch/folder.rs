//! Arrivals as files: each version under its hash, a log of what came from where, and what the watch remembers.
//!
//! The order is what makes a killed watch safe: the file, then its line in the log, then the state. Whatever is missing is
//! asked for again, and what the log has already is not written twice.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use rapporteur::Error;
use rapporteur_fetch::Fetcher;
use rapporteur_fetch::clock::stamp;
use rapporteur_fetch::watch::{Arrival, NotKept, State};
use serde::{Deserialize, Serialize};

use super::{Ended, Place, line};
use crate::output;

/// A line of `arrivals.jsonl`.
#[derive(Debug, Serialize, Deserialize)]
struct Row {
    /// `feed`, `page` or `file`.
    kind: String,
    /// Address or path, the same for all versions.
    location: String,
    /// Behind redirects, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    final_location: Option<String>,
    /// When, UTC.
    fetched_at: String,
    /// The file in the folder.
    file: String,
    bytes: usize,
    sha256: String,
    /// The hash of what was here before.
    version_of: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    media_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    feed: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    entries: Vec<u32>,
}

/// Where the reports lie: apart from the log and the state, so that the folder can be given to any other command.
const REPORTS: &str = "reports";

/// A folder that arrivals go into.
pub(super) struct Folder {
    path: PathBuf,
    log: File,
    /// What the log has last of each location: hash and entries.
    last: BTreeMap<String, (String, Vec<u32>)>,
    /// Why nothing could be told any more.
    failed: Option<Error>,
    // Held as long as the watch runs.
    _lock: File,
}

impl Folder {
    pub(super) fn open(path: &Path) -> Result<Folder, Error> {
        let failed = |what: &str, e: &dyn std::fmt::Display| {
            Error::output(format!(
                "cannot {what} {}: {e}; give a folder that can be written with --into",
                path.display()
            ))
        };
        fs::create_dir_all(path.join(REPORTS)).map_err(|e| failed("make", &e))?;
        let lock = File::create(path.join(".lock")).map_err(|e| failed("write in", &e))?;
        if lock.try_lock().is_err() {
            return Err(Error::output(format!("another watch is at work in {}; stop it first", path.display())));
        }
        let log_path = path.join("arrivals.jsonl");
        let old = fs::read(&log_path).or_else(|e| match e.kind() {
            std::io::ErrorKind::NotFound => Ok(Vec::new()),
            _ => Err(e),
        });
        let old = old.map_err(|e| failed("read the log in", &e))?;
        // A line that was cut off when the last run was killed is taken out: what it told is not in the state either.
        let whole = old.iter().rposition(|it| *it == b'\n').map_or(0, |at| at + 1);
        let mut last = BTreeMap::new();
        for (at, line) in old[..whole].split(|it| *it == b'\n').enumerate().filter(|it| !it.1.is_empty()) {
            let row: Row = serde_json::from_slice(line)
                .map_err(|e| Error::input(format!("{} line {}: {e}", log_path.display(), at + 1)))?;
            last.insert(row.location, (row.sha256, row.entries));
        }
        let log = File::options().create(true).append(true).open(&log_path).map_err(|e| failed("write in", &e))?;
        log.set_len(whole as u64).map_err(|e| failed("write in", &e))?;
        Ok(Folder { path: path.to_owned(), log, last, failed: None, _lock: lock })
    }

    fn write(&mut self, arrival: &Arrival<'_>) -> std::io::Result<()> {
        let name = format!("{REPORTS}/{}.{}", arrival.sha256, ending(arrival));
        let file = self.path.join(&name);
        if !file.exists() {
            let part = self.path.join(".part");
            let mut out = File::create(&part)?;
            out.write_all(arrival.bytes)?;
            out.sync_all()?;
            fs::rename(&part, &file)?;
        }
        let is_moved = arrival.final_location != arrival.location;
        let row = Row {
            kind: arrival.kind.as_str().to_owned(),
            location: arrival.location.to_owned(),
            final_location: is_moved.then(|| arrival.final_location.to_owned()),
            fetched_at: stamp(arrival.fetched_at),
            file: name,
            bytes: arrival.bytes.len(),
            sha256: arrival.sha256.to_owned(),
            version_of: arrival.version_of.map(str::to_owned),
            media_type: arrival.media_type.to_owned(),
            feed: arrival.feed.map(str::to_owned),
            entries: arrival.entries.to_vec(),
        };
        let mut line = serde_json::to_vec(&row)?;
        line.push(b'\n');
        self.log.write_all(&line)?;
        self.log.sync_data()
    }
}

impl Folder {
    /// A line on what arrived. That it cannot be written is no reason to lose what comes after it.
    fn tell(&mut self, arrival: &Arrival<'_>) {
        self.failed = self.failed.take().or_else(|| output::text(&line(arrival)).err());
    }
}

impl Place for Folder {
    fn state(&mut self) -> Result<State, Error> {
        let path = self.path.join("state.json");
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(State::default()),
            Err(e) => return Err(Error::input(format!("cannot read {}: {e}", path.display()))),
        };
        serde_json::from_slice(&bytes).map_err(|e| {
            Error::input(format!(
                "{} is damaged: {e}; without it (move it away) all is asked for again",
                path.display()
            ))
        })
    }

    fn keep(&mut self, arrival: &Arrival<'_>) -> Result<(), NotKept> {
        // Kept in a run that was killed before it could remember so.
        let here = (arrival.sha256.to_owned(), arrival.entries.to_vec());
        if self.last.get(arrival.location) == Some(&here) {
            self.tell(arrival);
            return Ok(());
        }
        self.write(arrival).map_err(|e| NotKept(format!("cannot write in {}: {e}", self.path.display())))?;
        self.last.insert(arrival.location.to_owned(), here);
        self.tell(arrival);
        Ok(())
    }

    fn end_pass(&mut self, state: &State, _: &Fetcher) -> Result<Ended, Error> {
        let bytes = serde_json::to_vec(state).map_err(|e| Error::output(format!("cannot write the state: {e}")))?;
        output::file(&self.path.join("state.json"), bytes)?;
        self.failed.take().map_or(Ok(Ended { n_problems: 0, words: String::new() }), Err)
    }
}

/// The ending that says what the file is, so that other commands take it from the folder.
fn ending(arrival: &Arrival<'_>) -> String {
    let media = arrival.media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let by_media = match media.as_str() {
        "text/html" | "application/xhtml+xml" => Some("html"),
        "application/json" | "application/feed+json" | "application/ld+json" => Some("json"),
        "text/plain" => Some("txt"),
        "text/markdown" => Some("md"),
        it if it.ends_with("xml") => Some("xml"),
        _ => None,
    };
    let name =
        arrival.final_location.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let own = name
        .rsplit_once('.')
        .map(|it| it.1)
        .filter(|it| it.len() <= 8 && it.bytes().all(|it| it.is_ascii_alphanumeric()));
    let is_packed = own == Some("gz");
    let own = if is_packed { name.rsplit('.').nth(1).map(|it| format!("{it}.gz")) } else { own.map(str::to_owned) };
    let own = own.filter(|it| it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'.'));
    by_media.map(str::to_owned).or(own).unwrap_or_else(|| "html".to_owned()).to_ascii_lowercase()
}
