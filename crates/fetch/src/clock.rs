//! The time and waiting for it, handed in, so that a test of a day's watch takes no day.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What tells the time and lets it pass.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970 began, UTC.
    fn now(&self) -> u64;
    /// Returns when so much time has passed.
    fn sleep(&self, time: Duration);
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Clock for System {
    fn now(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, millis)
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// A stretch of time in milliseconds.
pub fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// A moment as people and programs read it: `2031-05-12T06:30:00Z`.
pub fn stamp(millis: u64) -> String {
    let second = i64::try_from(millis / 1000).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(second).map_or_else(|_| "after all time".to_owned(), |it| it.to_string())
}
