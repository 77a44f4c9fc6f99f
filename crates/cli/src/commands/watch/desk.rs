//! Arrivals onto a desk, through all stages, as `add` puts them there; what the watch remembers lies on the desk too.
//!
//! Reports that came within a short time are one batch, as they are with `add`. The order is what makes a killed watch safe:
//! reports first, then the line that tells them, then, at the end of the pass, the state. Whatever is not in the state is
//! asked for again, and what the desk has already is there already.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use rapporteur::{Error, Part, Rapporteur, containers::Document};
use rapporteur_desk::{AddedReport, BATCH_REPORTS_MAX, Desk};
use rapporteur_fetch::Fetcher;
use rapporteur_fetch::watch::{Arrival, Kind, NotKept, State};

use super::{Ended, Place};
use crate::commands::desk::add::told;
use crate::commands::desk::alerts::Receiver;
use crate::output;
use crate::table::plain;

/// The name under which the desk keeps what the watch remembers.
const MEMORY: &str = "watch";
/// So long a report waits for others to be added with.
const WAIT_MAX: Duration = Duration::from_secs(20);

/// A desk that arrivals go onto.
pub(super) struct OnDesk {
    desk: Desk,
    rapporteur: Rapporteur,
    receiver: Option<Receiver>,
    is_rows: bool,
    waiting: Vec<Part>,
    /// Of feeds that wait: the entries that are wanted. The others were had as pages, or are on the desk.
    entries: BTreeMap<String, BTreeSet<u32>>,
    since: Option<Instant>,
    counted: Counted,
    /// Why nothing could be told any more.
    failed: Option<Error>,
    // Held as long as the watch runs.
    _lock: File,
}

/// What came of a pass.
#[derive(Default)]
struct Counted {
    n_new: usize,
    n_versions: usize,
    n_known: usize,
    n_problems: usize,
    stories: BTreeSet<String>,
}

impl OnDesk {
    pub(super) fn open(
        folder: &Path,
        is_rows: bool,
        receiver: Option<Receiver>,
        open: impl FnOnce() -> Result<Rapporteur, Error>,
    ) -> Result<OnDesk, Error> {
        // Before the language model is loaded, which takes longer than to see that there is no desk.
        let desk = Desk::open(folder)?;
        let path = folder.join("watching");
        let failed = |e: std::io::Error| Error::output(format!("cannot write {}: {e}", path.display()));
        let mut lock = File::options().create(true).write(true).truncate(false).open(&path).map_err(failed)?;
        if lock.try_lock().is_err() {
            let who = std::fs::read_to_string(&path).unwrap_or_default();
            return Err(Error::output(format!(
                "another watch{} brings reports onto the desk in {}; stop it first, or give it these sources too",
                if who.is_empty() { String::new() } else { format!(" ({who})") },
                folder.display()
            )));
        }
        // For that message alone, so it need not succeed.
        let _ = lock.set_len(0).and_then(|()| write!(lock, "process {}", std::process::id()));
        Ok(OnDesk {
            desk,
            rapporteur: open()?,
            receiver,
            is_rows,
            waiting: Vec::new(),
            entries: BTreeMap::new(),
            since: None,
            counted: Counted::default(),
            failed: None,
            _lock: lock,
        })
    }

    /// Adds what waits.
    fn flush(&mut self) -> Result<(), Error> {
        self.since = None;
        let (parts, entries) = (std::mem::take(&mut self.waiting), std::mem::take(&mut self.entries));
        if parts.is_empty() {
            return Ok(());
        }
        let (mut failed, is_rows) = (None, self.is_rows);
        let mut tell = |batch: &[AddedReport]| {
            // A report is told when it is on the disk for good, and not before.
            let told = if is_rows { output::rows(batch) } else { output::text(&lines(batch)) };
            failed = failed.take().or(told.err());
        };
        let wanted = |it: &rapporteur_model::Article| is_wanted(&entries, &it.report.location);
        let added = self.desk.add_some(&self.rapporteur, parts, &wanted, &mut tell)?;
        self.failed = self.failed.take().or(failed);
        let counted = &mut self.counted;
        counted.n_new += added.reports.len();
        counted.n_versions += added.reports.iter().filter(|it| it.version_of.is_some()).count();
        counted.n_known += added.n_known;
        counted.n_problems += output::problems(&added.problems, []);
        counted.stories.extend(added.stories);
        Ok(())
    }
}

impl Place for OnDesk {
    fn state(&mut self) -> Result<State, Error> {
        // What waited when a pass failed is in no state, and will come again.
        (self.waiting, self.entries, self.since) = (Vec::new(), BTreeMap::new(), None);
        let Some(text) = self.desk.remembered(MEMORY)? else { return Ok(State::default()) };
        serde_json::from_str(&text)
            .map_err(|e| Error::input(format!("what the watch remembers on the desk is damaged: {e}")))
    }

    fn keep(&mut self, arrival: &Arrival<'_>) -> Result<(), NotKept> {
        let parts = &mut self.waiting;
        match arrival.kind {
            Kind::File => rapporteur::read_parts(arrival.location, arrival.bytes, |it| parts.push(it)),
            Kind::Page | Kind::Feed => {
                let Arrival { location, final_location, media_type, bytes, .. } = *arrival;
                let document = Document::fetched(location, final_location, media_type, bytes.to_vec());
                parts.push(rapporteur::read_document(document));
            }
        }
        if arrival.kind == Kind::Feed {
            let wanted = arrival.entries.iter().copied().collect();
            self.entries.insert(arrival.location.to_owned(), wanted);
        }
        let is_old = self.since.get_or_insert_with(Instant::now).elapsed() > WAIT_MAX;
        let n_reports: usize = self.waiting.iter().map(|it| it.articles.len()).sum();
        if is_old || BATCH_REPORTS_MAX <= n_reports {
            self.flush().map_err(|e| NotKept(e.to_string()))?;
        }
        Ok(())
    }

    fn end_pass(&mut self, state: &State, fetcher: &Fetcher) -> Result<Ended, Error> {
        self.flush()?;
        let text = serde_json::to_string(state).map_err(|e| Error::output(format!("cannot write the state: {e}")))?;
        self.desk.remember(MEMORY, &text)?;
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let Counted { n_new, n_versions, n_known, mut n_problems, stories } = std::mem::take(&mut self.counted);
        let mut words = format!("; on the desk {}", told(n_new, n_versions, n_known, stories.len()));
        if let Some(receiver) = &self.receiver {
            let sent = receiver.send(&self.desk, fetcher)?;
            words += &format!("; {} alerts sent", sent.n_sent);
            n_problems += usize::from(sent.undelivered.is_some());
            sent.undelivered.iter().for_each(|it| output::say(it));
        }
        Ok(Ended { n_problems, words })
    }
}

fn is_wanted(entries: &BTreeMap<String, BTreeSet<u32>>, location: &str) -> bool {
    let Some((feed, number)) = location.rsplit_once('#') else { return true };
    entries.get(feed).is_none_or(|wanted| number.parse().is_ok_and(|it| wanted.contains(&it)))
}

/// Lines on what was added.
fn lines(batch: &[AddedReport]) -> String {
    let line = |it: &AddedReport| {
        let what = match &it.version_of {
            Some(id) => format!("version of {}: ", plain(id)),
            None => "new     ".to_owned(),
        };
        format!("{what}report {} in {}, from {}\n", plain(&it.id), plain(&it.story), plain(&it.location))
    };
    batch.iter().map(line).collect()
}
