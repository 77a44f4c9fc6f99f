//! What is remembered of each host: when it may be asked again, how often it failed, what its robots.txt says. A plain
//! record, so that a program which ends after each pass is as polite as one that stays.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::clock::millis;
use crate::robots::Robots;
use crate::settings::{HOSTS_MAX, Settings};

/// All hosts that were asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hosts {
    hosts: BTreeMap<String, Host>,
    /// By scheme, host and port, as RFC 9309 has it.
    robots: BTreeMap<String, KeptRobots>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Host {
    asked_at: u64,
    /// Asked before this, it was asked too soon.
    next: u64,
    /// Failures in a row.
    n_failures: u32,
    /// Left alone until this, after failures or because it said so.
    not_before: u64,
    delay_ms: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct KeptRobots {
    robots: Robots,
    until: u64,
    /// Why it could not be had, where it could not.
    missing: Option<String>,
}

impl Hosts {
    /// How long to wait before `host` is asked, and why where that is more than its pace.
    pub(crate) fn wait(&self, host: &str, now: u64) -> (Duration, Option<String>) {
        let Some(host) = self.hosts.get(host) else { return (Duration::ZERO, None) };
        let why = (now < host.not_before).then(|| match host.n_failures {
            0 => "it asked to be left alone".to_owned(),
            n => format!("it failed {n} times in a row"),
        });
        (Duration::from_millis(host.next.max(host.not_before).saturating_sub(now)), why)
    }

    /// It was asked just now.
    pub(crate) fn asked(&mut self, name: &str, now: u64, settings: &Settings) {
        if HOSTS_MAX <= self.hosts.len() && !self.hosts.contains_key(name) {
            let oldest = self.hosts.iter().min_by_key(|(_, it)| it.asked_at).map(|(name, _)| name.clone());
            oldest.map(|it| self.hosts.remove(&it));
        }
        let host = self.hosts.entry(name.to_owned()).or_default();
        host.asked_at = now;
        host.next = now.saturating_add(millis(settings.gap).max(host.delay_ms));
    }

    /// It answered as it should.
    pub(crate) fn went_well(&mut self, name: &str) {
        if let Some(host) = self.hosts.get_mut(name) {
            (host.n_failures, host.not_before) = (0, 0);
        }
    }

    /// It did not answer, or said that it cannot; `retry_after` is how long it wants to be left alone. Returns the pause.
    pub(crate) fn failed(
        &mut self,
        name: &str,
        now: u64,
        retry_after: Option<Duration>,
        settings: &Settings,
    ) -> Duration {
        let host = self.hosts.entry(name.to_owned()).or_default();
        host.n_failures = host.n_failures.saturating_add(1);
        let pause = retry_after.unwrap_or_else(|| back_off(host.n_failures, settings)).min(settings.back_off_max);
        host.not_before = now.saturating_add(millis(pause));
        pause
    }

    pub(crate) fn robots(&self, origin: &str, now: u64) -> Option<(&Robots, Option<&str>)> {
        let kept = self.robots.get(origin).filter(|it| now < it.until)?;
        Some((&kept.robots, kept.missing.as_deref()))
    }

    pub(crate) fn keep_robots(
        &mut self,
        origin: String,
        host: &str,
        robots: Robots,
        until: u64,
        missing: Option<String>,
    ) {
        if HOSTS_MAX <= self.robots.len() && !self.robots.contains_key(&origin) {
            let oldest = self.robots.iter().min_by_key(|(_, it)| it.until).map(|(name, _)| name.clone());
            oldest.map(|it| self.robots.remove(&it));
        }
        let host = self.hosts.entry(host.to_owned()).or_default();
        host.delay_ms = robots.delay_ms.unwrap_or(0);
        host.next = host.next.max(host.asked_at.saturating_add(host.delay_ms));
        self.robots.insert(origin, KeptRobots { robots, until, missing });
    }
}

/// The pause after so many failures in a row: doubled each time, up to the most.
pub(crate) fn back_off(n_failures: u32, settings: &Settings) -> Duration {
    let factor = 1u32.checked_shl(n_failures.saturating_sub(1)).unwrap_or(u32::MAX);
    settings.back_off_first.checked_mul(factor).unwrap_or(settings.back_off_max).min(settings.back_off_max)
}

/// What a `Retry-After` header asks for (RFC 9110, 10.2.3): seconds, or a moment.
pub(crate) fn retry_after(value: &str, now: u64) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = jiff::fmt::rfc2822::parse(value).ok()?.timestamp().as_millisecond();
    Some(Duration::from_millis(u64::try_from(moment).unwrap_or(0).saturating_sub(now)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_end() {
        let settings = Settings::default();
        let seconds = |n| back_off(n, &settings).as_secs();
        assert_eq!([1, 2, 3, 11].map(seconds), [60, 120, 240, 61_440]);
        assert_eq!([12, 31, 32, 33, 64, u32::MAX].map(seconds), [86_400; 6]);
    }

    #[test]
    fn a_server_says_when_to_come_back() {
        // 2031-05-12 06:30 UTC.
        let now = 1_936_333_800_000;
        assert_eq!(retry_after(" 120 ", now), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Mon, 12 May 2031 06:31:00 GMT", now), Some(Duration::from_secs(60)));
        assert_eq!(retry_after("Mon, 12 May 2031 06:29:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("soon", now), None);
        assert_eq!(retry_after("-5", now), None);
        assert!(retry_after("18446744073709551615", now).is_some());
    }

    #[test]
    fn memory_of_hosts_is_bounded() {
        let settings = Settings::default();
        let mut hosts = Hosts::default();
        for n in 0..HOSTS_MAX as u64 + 5 {
            hosts.asked(&format!("h{n}"), n, &settings);
            hosts.keep_robots(format!("http://h{n}"), &format!("h{n}"), Robots::default(), n, None);
        }
        assert_eq!((hosts.hosts.len(), hosts.robots.len()), (HOSTS_MAX, HOSTS_MAX));
        assert!(!hosts.hosts.contains_key("h0"));
    }
}
