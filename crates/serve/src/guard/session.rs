//! Who is signed in, in memory alone: a restart signs everybody out.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::secret::digest;

/// A session ends so long after signing in.
pub(crate) const SESSION_HOURS: u64 = 12;
/// Sessions at the same time; the oldest goes first.
const SESSIONS_MAX: usize = 10_000;

/// Sessions by the digest of their cookie, each with the id of the token it was opened with.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<BTreeMap<String, (Instant, String)>>);

impl Sessions {
    /// Opens a session for a token; gives the cookie.
    pub(crate) fn open(&self, token: &str) -> Result<String, crate::Error> {
        let cookie = super::secret::random_word()?;
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, it| it.0.elapsed() < Duration::from_secs(SESSION_HOURS * 3600));
        if SESSIONS_MAX <= all.len()
            && let Some(oldest) = all.iter().min_by_key(|it| it.1.0).map(|it| it.0.clone())
        {
            all.remove(&oldest);
        }
        all.insert(digest(&cookie), (Instant::now(), token.to_owned()));
        Ok(cookie)
    }

    /// The id of the token that a session was opened with.
    pub(crate) fn token(&self, cookie: &str) -> Option<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (opened, token) = all.get(&digest(cookie))?;
        (opened.elapsed() < Duration::from_secs(SESSION_HOURS * 3600)).then(|| token.clone())
    }

    /// Ends a session.
    pub(crate) fn close(&self, cookie: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&digest(cookie));
    }
}
