//! `rapporteur watch`: feeds, pages and folders, once or again and again; what is new goes onto a desk, or into a folder.

mod desk;
mod folder;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rapporteur::{Error, Holds, Limits, feed_entries, input};
use rapporteur_fetch::watch::{Arrival, Entry, NotKept, Pass, Reader, Source, State, Summary, watch_once};
use rapporteur_fetch::{Fetcher, IpNet, Settings, canonical, opml};

use super::desk::alerts::Receiver;
use crate::options::{Common, Watch};
use crate::output::{self, Done};

/// Where arrivals go: a desk, or a folder.
pub(super) trait Place {
    /// What an earlier run, or the last pass that went well, left.
    fn state(&mut self) -> Result<State, Error>;
    /// Takes what arrived. It may wait for others until the end of the pass.
    fn keep(&mut self, arrival: &Arrival<'_>) -> Result<(), NotKept>;
    /// Keeps what waits, and then what was learnt in the pass: when it returns, a loss of power loses neither.
    fn end_pass(&mut self, state: &State, fetcher: &Fetcher) -> Result<Ended, Error>;
}

/// What a place has to say at the end of a pass.
pub(super) struct Ended {
    /// Problems that were told.
    n_problems: usize,
    /// Words behind those on the pass itself.
    words: String,
}

pub(crate) fn run(asked: &Watch, common: &Common) -> Result<Done, Error> {
    let mut settings = Settings::default();
    for text in &asked.allow_address {
        settings.allow.push(network(text)?);
    }
    let every = asked.every.as_deref().map(duration).transpose()?;
    let fetcher = Fetcher::new(settings).map_err(|e| Error::output(e.to_string()))?;
    let mut place = place(asked, common)?;
    let mut state = place.state()?;
    loop {
        let n_problems = match one_pass(asked, common, &fetcher, &mut *place, &mut state) {
            Ok(n_problems) => n_problems,
            // A watch that goes on for weeks outlives a full disk and a desk at which somebody else is busy.
            Err(error) if every.is_some() => {
                output::say_error(&error);
                state = place.state()?;
                1
            }
            Err(error) => return Err(error),
        };
        match every {
            Some(every) => std::thread::sleep(every),
            None => return Ok(Done { n_problems }),
        }
    }
}

fn place(asked: &Watch, common: &Common) -> Result<Box<dyn Place>, Error> {
    let receiver = Receiver::of(&asked.send, 0, false)?;
    if let Some(into) = &asked.into {
        if receiver.is_some() {
            let told = "alerts are of a desk, and --into makes none; give --desk DIR with --webhook";
            return Err(Error::usage(told.to_owned()));
        }
        return Ok(Box::new(folder::Folder::open(into)?));
    }
    let named = asked.desk.clone().or_else(|| std::env::var_os("RAPPORTEUR_DESK").map(PathBuf::from));
    let folder = super::desk::folder(named.as_deref()).map_err(|_| {
        Error::usage(
            "there is no desk here that arrivals could go onto; name one with --desk DIR, make one with `rapporteur desk \
             init`, or have them written into a folder with --into FOLDER"
                .to_owned(),
        )
    })?;
    Ok(Box::new(desk::OnDesk::open(&folder, asked.rows, receiver, || super::open(common))?))
}

/// One pass. Returns how many problems were told.
fn one_pass(
    asked: &Watch,
    common: &Common,
    fetcher: &Fetcher,
    place: &mut dyn Place,
    state: &mut State,
) -> Result<usize, Error> {
    let pass = Pass { recheck: asked.recheck, robots_for_sources: !asked.ignore_robots_for_sources, ..Pass::default() };
    let (sources, mut problems) = sources(&asked.sources)?;
    let done = watch_once(state, &sources, &pass, fetcher, &Reports, &mut |arrival| place.keep(arrival));
    let summary = done.map_err(|e| Error::output(e.to_string()))?;
    let ended = place.end_pass(state, fetcher)?;
    problems.extend(summary.problems.iter().cloned());
    for (place, reason) in &problems {
        output::say(&format!("{place}: {reason}{}", way_out(place, reason, &sources)));
    }
    if !common.quiet {
        output::say(&format!("{}{}", told(&summary, problems.len()), ended.words));
    }
    Ok(problems.len() + ended.n_problems)
}

/// What to do about a source that lies in the user's own network. Where a feed or a redirect leads there, there is no way.
fn way_out(place: &str, reason: &str, sources: &[Source]) -> &'static str {
    let is_named =
        sources.iter().any(|it| matches!(it, Source::Web(url) if canonical(None, url).as_deref() == Some(place)));
    match is_named && reason.contains("no address of the open network") {
        true => "; a server of your own can be watched with --allow-address and its address",
        false => "",
    }
}

/// A source that cannot be watched, and why.
type Complaint = (String, String);

/// The sources behind what was given. Lists are read anew in each pass: who adds a feed need not stop the watch.
fn sources(given: &[String]) -> Result<(Vec<Source>, Vec<Complaint>), Error> {
    let (mut sources, mut seen, mut problems) = (Vec::new(), BTreeSet::new(), Vec::new());
    let mut add = |source: Source| {
        if seen.insert(source.clone()) {
            sources.push(source);
        }
    };
    for text in given {
        if text.contains("://") {
            add(Source::Web(text.clone()));
            continue;
        }
        let path = PathBuf::from(text);
        if path.is_file() {
            let bytes = std::fs::read(&path).map_err(|e| Error::input(format!("cannot read {text}: {e}")))?;
            if opml::is_opml(&bytes) {
                let list = opml::read(&bytes);
                problems.extend(list.problems.into_iter().map(|it| (text.clone(), it)));
                list.feeds.into_iter().for_each(|it| add(Source::Web(it)));
                continue;
            }
        } else if !path.exists() {
            let told = "give an address that begins with http:// or https://, a folder, or an OPML file";
            return Err(Error::input(format!("{text} is not there; {told}")));
        }
        add(Source::Folder(path));
    }
    Ok((sources, problems))
}

/// What the library knows of feeds and folders.
struct Reports;

impl Reader for Reports {
    fn entries(&self, media_type: &str, bytes: &[u8]) -> Option<Vec<Entry>> {
        let charset = media_type.split("charset=").nth(1).map(|it| it.trim_matches(['"', '\'', ' ']));
        let charset = charset.and_then(|it| it.split([';', '"']).next());
        let found = feed_entries(bytes, charset, &Limits::default())?;
        let entry = |it: rapporteur::FeedEntry| Entry {
            number: it.number,
            id: it.id,
            url: it.url,
            is_whole: it.holds == Holds::All,
            has_text: it.holds != Holds::Nothing,
            sha256: it.sha256,
        };
        Some(found.into_iter().map(entry).collect())
    }

    fn files(&self, folder: &Path) -> (Vec<PathBuf>, Vec<String>) {
        // A folder without reports is no error here: they may come.
        let Ok(found) = input::gather(&[folder.to_owned()]) else {
            let missing = if folder.exists() { vec![] } else { vec!["is not there any more".to_owned()] };
            return (Vec::new(), missing);
        };
        let problems = found.problems.into_iter().map(|(place, it)| format!("{place} {}", it.message)).collect();
        let files = found.inputs.into_iter().filter_map(|it| match it {
            input::Input::File(path) => Some(path),
            input::Input::Stdin(_) => None,
        });
        (files.collect(), problems)
    }
}

/// A line on what arrived.
fn line(arrival: &Arrival<'_>) -> String {
    let what = match arrival.version_of {
        Some(_) => "changed",
        None => "new    ",
    };
    let entries = match arrival.entries {
        [] => String::new(),
        [_] => " (1 entry)".to_owned(),
        many => format!(" ({} entries)", many.len()),
    };
    let (kind, place, short) = (arrival.kind.as_str(), arrival.location, &arrival.sha256[..12]);
    format!("{what} {kind} {place}{entries}, {} bytes, {short}\n", arrival.bytes.len())
}

fn told(summary: &Summary, n_problems: usize) -> String {
    let Summary { n_arrivals, n_versions, n_unchanged, .. } = summary;
    let new = n_arrivals - n_versions;
    format!("{new} new, {n_versions} changed, {n_unchanged} as they were, {n_problems} not had")
}

pub(super) fn network(text: &str) -> Result<IpNet, Error> {
    let one = text.parse::<std::net::IpAddr>().map(IpNet::from);
    text.parse::<IpNet>().or(one).map_err(|_| {
        Error::usage(format!(
            "--allow-address takes an address or a network, as in 127.0.0.1 or 192.168.1.0/24, not '{text}'"
        ))
    })
}

/// `90s`, `10m`, `2h`, `1d`.
fn duration(text: &str) -> Result<Duration, Error> {
    let bad = || Error::usage(format!("--every takes a time as 90s, 10m, 2h or 1d (30 s at least), not '{text}'"));
    let (number, unit) = text.split_at(text.trim_end_matches(|it: char| it.is_ascii_alphabetic()).len());
    let factor = match unit {
        "s" | "" => 1,
        "m" | "min" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err(bad()),
    };
    let seconds = number.parse::<u64>().ok().and_then(|it| it.checked_mul(factor)).ok_or_else(bad)?;
    // Faster is no watch but a load on others.
    if seconds < 30 { Err(bad()) } else { Ok(Duration::from_secs(seconds)) }
}
