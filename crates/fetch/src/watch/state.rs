//! What a watch remembers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fetcher::Conditional;
use crate::hosts::Hosts;
use crate::target::Zone;

/// Entries of one feed that are remembered beyond those it still shows.
pub const SEEN_MAX: usize = 2000;
/// A page is looked at again so long after it came: corrections come soon or never.
pub const REVISITS: &[u64] = &[HOUR, 6 * HOUR, 24 * HOUR, 3 * 24 * HOUR, 7 * 24 * HOUR];
/// A page that could not be had is tried so often.
pub const PAGE_TRIES: u32 = 5;
/// Pages that were not asked for so long are forgotten, once there are [`PAGES_KEPT`].
pub const PAGE_AGE_MAX: u64 = 90 * 24 * HOUR;
/// Pages that are remembered whatever their age.
pub const PAGES_KEPT: usize = 100_000;

const HOUR: u64 = 3_600_000;

/// All that is remembered between passes. Times are milliseconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The sources, by their address.
    pub sources: BTreeMap<String, SourceState>,
    /// Pages that feeds led to, by their address.
    pub pages: BTreeMap<String, PageState>,
    /// Files, by their path.
    pub files: BTreeMap<String, FileState>,
    /// What is remembered of hosts.
    pub hosts: Hosts,
}

/// A feed, or a page that is watched itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourceState {
    /// For the next question.
    pub known: Conditional,
    /// SHA-256 of what was handed on last from here.
    pub sha256: Option<String>,
    /// Entries that were dealt with: id, and the hash of the version.
    pub seen: BTreeMap<String, Seen>,
    /// Failures in a row.
    pub n_failures: u32,
    /// Not asked before this.
    pub not_before: u64,
}

/// An entry that was dealt with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seen {
    /// Of its version.
    pub sha256: String,
    /// The last time the feed showed it.
    pub at: u64,
}

/// A page that a feed led to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageState {
    /// The feed that led here.
    pub feed: String,
    /// Whether that feed lies on the open network: then so must the page.
    pub is_from_open: bool,
    /// For the next question.
    pub known: Conditional,
    /// SHA-256 of the version that was handed on last.
    pub sha256: Option<String>,
    /// When it first came; 0 before that.
    pub first_at: u64,
    /// When it is asked for next; `None` when it is not any more.
    pub due: Option<u64>,
    /// How often it was looked at again.
    pub n_revisits: u32,
    /// Failures in a row.
    pub n_failures: u32,
    /// When it was last asked for.
    pub asked_at: u64,
}

/// A file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileState {
    /// Its length in bytes.
    pub size: u64,
    /// When it was changed, in nanoseconds since 1970, as the file system says.
    pub changed: u64,
    /// SHA-256 of what was handed on last.
    pub sha256: String,
}

impl State {
    /// Lets go of pages nobody will ask for again, oldest first.
    pub(super) fn forget(&mut self, now: u64) {
        if self.pages.len() <= PAGES_KEPT {
            return;
        }
        self.pages.retain(|_, it| it.due.is_some() || now.saturating_sub(it.asked_at) < PAGE_AGE_MAX);
    }
}

impl SourceState {
    /// Lets go of entries that the feed showed longest ago.
    pub(super) fn forget(&mut self, now: u64) {
        let mut old: Vec<(u64, String)> =
            self.seen.iter().filter(|(_, it)| it.at < now).map(|(id, it)| (it.at, id.clone())).collect();
        old.sort();
        let n = old.len().saturating_sub(SEEN_MAX);
        for (_, id) in old.into_iter().take(n) {
            self.seen.remove(&id);
        }
    }
}

impl PageState {
    /// The part of the network that led here.
    pub(super) fn from(&self) -> Zone {
        if self.is_from_open { Zone::Global } else { Zone::Allowed }
    }

    /// When to look again, counted from the first time.
    pub(super) fn plan(&mut self, now: u64) {
        // Times that went by while nobody watched are not made up for.
        while let Some(after) = REVISITS.get(self.n_revisits as usize) {
            let due = self.first_at.saturating_add(*after);
            if now < due {
                self.due = Some(due);
                return;
            }
            self.n_revisits += 1;
        }
        self.due = None;
    }
}
