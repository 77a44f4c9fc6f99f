//! Feeds, and the pages they lead to.

use std::collections::BTreeSet;
use std::time::Duration;

use super::state::{PAGE_TRIES, PageState, Seen};
use super::{Arrival, Entry, Kind, NotKept, Round, sha256};
use crate::clock::millis;
use crate::fetcher::{Ask, Body, Outcome, canonical};
use crate::hosts::back_off;
use crate::target::Zone;

/// What a page behind a feed may be; pictures, sound and films are not asked for.
const TEXTS: &[&str] = &[
    "text/", "application/xhtml", "application/xml", "application/json", "application/ld+json",
    "application/feed+json", "application/rss", "application/atom", "application/rdf",
];

/// What came of asking for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Had {
    Yes,
    No,
}

impl Round<'_, '_> {
    pub(super) fn web(&mut self, written: &str) -> Result<(), NotKept> {
        let Some(url) = canonical(None, written) else {
            self.problem(written, "is no web address; give one that begins with http:// or https://");
            return Ok(());
        };
        let now = self.now();
        let state = self.state.sources.entry(url.clone()).or_default();
        if now < state.not_before {
            let (n, until) = (state.n_failures, crate::clock::stamp(state.not_before));
            self.problem(&url, format!("is left alone until {until}: it failed {n} times in a row"));
            return Ok(());
        }
        let known = state.known.clone();
        let ask = Ask { url: &url, known, from: None, robots: self.pass.robots_for_sources, media: &[] };
        let outcome = self.fetcher.ask(&ask);
        let now = self.now();
        let settings = self.fetcher.settings();
        let state = self.state.sources.entry(url.clone()).or_default();
        match outcome {
            Outcome::NotModified => {
                (state.n_failures, state.not_before) = (0, 0);
                self.summary.n_unchanged += 1;
                Ok(())
            }
            Outcome::Body(body) => {
                (state.n_failures, state.not_before) = (0, 0);
                match self.reader.entries(&body.media_type, &body.bytes) {
                    Some(entries) => self.feed(&url, &body, &entries),
                    None => self.watched_page(&url, &body),
                }
            }
            Outcome::Refused(reason) | Outcome::Failed { reason, retry_after: None } => {
                state.n_failures = state.n_failures.saturating_add(1);
                // The first failure may be chance, and the next pass may try at once.
                let pause =
                    if state.n_failures < 2 { Duration::ZERO } else { back_off(state.n_failures - 1, settings) };
                state.not_before = now.saturating_add(millis(pause));
                self.problem(&url, reason);
                Ok(())
            }
            // The host's own pause is kept with the host.
            Outcome::Failed { reason, retry_after: Some(_) } => {
                state.n_failures = state.n_failures.saturating_add(1);
                self.problem(&url, reason);
                Ok(())
            }
        }
    }

    /// A source that is no feed is a page, and each version of it arrives.
    fn watched_page(&mut self, url: &str, body: &Body) -> Result<(), NotKept> {
        let hash = sha256(&body.bytes);
        let before = self.state.sources.get(url).and_then(|it| it.sha256.clone());
        if before.as_ref() == Some(&hash) {
            self.summary.n_unchanged += 1;
        } else {
            let came = first(Kind::Page, url, body, &hash, self.now());
            self.hand_on(&Arrival { version_of: before.as_deref(), ..came })?;
        }
        let state = self.state.sources.entry(url.to_owned()).or_default();
        (state.sha256, state.known) = (Some(hash), body.known.clone());
        Ok(())
    }

    fn feed(&mut self, url: &str, body: &Body, entries: &[Entry]) -> Result<(), NotKept> {
        let now = self.now();
        let seen = self.state.sources.get(url).map(|it| it.seen.clone()).unwrap_or_default();
        // Of entries that the feed itself does not tell apart, the first counts.
        let mut keys = BTreeSet::new();
        let entries: Vec<&Entry> = entries.iter().filter(|it| keys.insert(key(it))).collect();
        let is_new = |it: &&&Entry| seen.get(&key(it)).is_none_or(|before| before.sha256 != it.sha256);
        let fresh: Vec<&Entry> = entries.iter().filter(is_new).copied().collect();
        self.summary.n_unchanged += entries.len() - fresh.len();
        // Pages first: an entry whose page is had need not be taken from the feed.
        let (mut done, mut from_feed) = (Vec::new(), Vec::new());
        let mut is_cut = false;
        for entry in fresh {
            let page = entry.url.as_ref().filter(|_| !entry.is_whole);
            let address = page.and_then(|it| canonical(Some(&body.final_url), it));
            if page.is_some() && address.is_none() && !entry.has_text {
                self.problem(url, format!("entry {} leads to no web address", entry.number));
            }
            let had = match address {
                Some(_) if self.pass.pages_max <= self.n_pages => {
                    is_cut = true;
                    continue;
                }
                Some(address) => {
                    let page = self.state.pages.entry(address.clone()).or_default();
                    if page.feed.is_empty() {
                        (page.feed, page.is_from_open) = (url.to_owned(), body.zone == Zone::Global);
                    }
                    self.page(&address)?
                }
                None => Had::No,
            };
            if had == Had::No && entry.has_text {
                from_feed.push(entry.number);
            }
            done.push(entry);
        }
        if !from_feed.is_empty() {
            let hash = sha256(&body.bytes);
            let before = self.state.sources.get(url).and_then(|it| it.sha256.clone()).filter(|it| *it != hash);
            let came = first(Kind::Feed, url, body, &hash, now);
            self.hand_on(&Arrival { version_of: before.as_deref(), entries: &from_feed, ..came })?;
            self.state.sources.entry(url.to_owned()).or_default().sha256 = Some(hash);
        }
        if is_cut {
            self.problem(
                url,
                format!("has more new pages than {} in one pass; the rest comes with the next", self.pass.pages_max),
            );
        }
        let state = self.state.sources.entry(url.to_owned()).or_default();
        for entry in entries.iter().filter(|it| seen.contains_key(&key(it))) {
            state.seen.entry(key(entry)).or_default().at = now;
        }
        for entry in done {
            state.seen.insert(key(entry), Seen { sha256: entry.sha256.clone(), at: now });
        }
        // A feed that was not worked through is asked for again as if it were new.
        state.known = if is_cut { Default::default() } else { body.known.clone() };
        state.forget(now);
        Ok(())
    }

    /// Pages whose time has come: tried again after a failure, or looked at again for another version.
    pub(super) fn due_pages(&mut self) -> Result<(), NotKept> {
        let now = self.now();
        let is_due = |it: &PageState| match self.pass.recheck {
            true => it.asked_at < now && it.sha256.is_some(),
            false => it.due.is_some_and(|due| due <= now),
        };
        let mut due: Vec<(u64, String)> = self
            .state
            .pages
            .iter()
            .filter(|it| is_due(it.1))
            .map(|(url, it)| (it.due.unwrap_or(0), url.clone()))
            .collect();
        // Those that wait longest first; of equals, by address.
        due.sort();
        for (_, url) in due {
            if self.pass.pages_max <= self.n_pages {
                break;
            }
            self.page(&url)?;
        }
        Ok(())
    }

    fn page(&mut self, url: &str) -> Result<Had, NotKept> {
        self.n_pages += 1;
        let page = self.state.pages.get(url).cloned().unwrap_or_default();
        let (known, from) = (page.known.clone(), Some(page.from()));
        let outcome = self.fetcher.ask(&Ask { url, known, from, robots: true, media: TEXTS });
        let now = self.now();
        let settings = self.fetcher.settings();
        let mut next = PageState { asked_at: now, ..page.clone() };
        let mut had = Had::No;
        match outcome {
            Outcome::NotModified => {
                self.summary.n_unchanged += 1;
                next.n_failures = 0;
                next.plan(now);
                had = Had::Yes;
            }
            Outcome::Body(body) => {
                let hash = sha256(&body.bytes);
                if page.sha256.as_ref() == Some(&hash) {
                    self.summary.n_unchanged += 1;
                } else {
                    let (feed, version_of) = (Some(page.feed.as_str()), page.sha256.as_deref());
                    self.hand_on(&Arrival { feed, version_of, ..first(Kind::Page, url, &body, &hash, now) })?;
                }
                if page.sha256.is_none() {
                    next.first_at = now;
                }
                (next.sha256, next.known, next.n_failures) = (Some(hash), body.known, 0);
                next.plan(now);
                had = Had::Yes;
            }
            Outcome::Refused(reason) => {
                next.due = None;
                self.problem(url, reason);
            }
            Outcome::Failed { reason, retry_after } => {
                next.n_failures = next.n_failures.saturating_add(1);
                let pause = retry_after.unwrap_or_else(|| back_off(next.n_failures, settings));
                next.due = (next.n_failures < PAGE_TRIES).then(|| now.saturating_add(millis(pause)));
                let then =
                    next.due.map_or("not tried again".to_owned(), |it| format!("next try {}", crate::clock::stamp(it)));
                self.problem(url, format!("{reason}; {then}"));
            }
        }
        self.state.pages.insert(url.to_owned(), next);
        Ok(had)
    }
}

/// A page or feed as it came, at its first time.
fn first<'a>(kind: Kind, location: &'a str, body: &'a Body, sha256: &'a str, fetched_at: u64) -> Arrival<'a> {
    Arrival {
        kind,
        location,
        final_location: &body.final_url,
        bytes: &body.bytes,
        media_type: &body.media_type,
        fetched_at,
        sha256,
        version_of: None,
        feed: None,
        entries: &[],
    }
}

/// What tells an entry from others of its feed: some give all of them one id.
fn key(entry: &Entry) -> String {
    match &entry.url {
        Some(url) if *url != entry.id => format!("{} {url}", entry.id),
        _ => entry.id.clone(),
    }
}
