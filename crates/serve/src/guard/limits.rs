//! How much one client may ask: a bucket a client that fills steadily. Our own, because it is forty lines.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// A rate: so many at once, and so many a second in the long run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rate {
    name: &'static str,
    burst: f64,
    a_second: f64,
}

/// Requests of one machine of the network.
pub(crate) const REMOTE: Rate = Rate { name: "remote", burst: 200.0, a_second: 50.0 };
/// Requests of this machine, where programs ask and no network is in between.
pub(crate) const LOCAL: Rate = Rate { name: "local", burst: 4000.0, a_second: 2000.0 };
/// Attempts to sign in: a token has 256 bits, so this only keeps the log short.
pub(crate) const SIGN_IN: Rate = Rate { name: "sign-in", burst: 10.0, a_second: 0.2 };

/// Clients that are remembered; those whose bucket is full again are forgotten first.
const CLIENTS_MAX: usize = 10_000;

/// When a bucket was last looked at, and what was in it.
type Bucket = (Instant, f64);

/// The buckets, by the name of the rate and the client.
#[derive(Default)]
pub(crate) struct Limiter(Mutex<BTreeMap<(&'static str, IpAddr), Bucket>>);

impl Limiter {
    /// Takes one from a client's bucket. When it is empty, gives the seconds until there is one again.
    pub(crate) fn take(&self, rate: Rate, client: IpAddr) -> Result<(), u64> {
        self.take_at(rate, client, Instant::now())
    }

    fn take_at(&self, rate: Rate, client: IpAddr, now: Instant) -> Result<(), u64> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if CLIENTS_MAX <= all.len() && !all.contains_key(&(rate.name, client)) {
            // A minute fills any bucket but that of signing in.
            all.retain(|_, it| now.duration_since(it.0).as_secs() < 60);
            if CLIENTS_MAX <= all.len() {
                return Err(60);
            }
        }
        let bucket = all.entry((rate.name, client)).or_insert((now, rate.burst));
        let filled = bucket.1 + now.duration_since(bucket.0).as_secs_f64() * rate.a_second;
        *bucket = (now, filled.min(rate.burst));
        if bucket.1 < 1.0 {
            return Err(((1.0 - bucket.1) / rate.a_second).ceil() as u64);
        }
        bucket.1 -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_bucket_empties_and_fills() {
        let (limiter, now) = (Limiter::default(), Instant::now());
        let client = IpAddr::from([10, 0, 0, 1]);
        for _ in 0..10 {
            assert_eq!(limiter.take_at(SIGN_IN, client, now), Ok(()));
        }
        assert_eq!(limiter.take_at(SIGN_IN, client, now), Err(5));
        assert_eq!(
            limiter.take_at(SIGN_IN, IpAddr::from([10, 0, 0, 2]), now),
            Ok(()),
            "another client is not kept out"
        );
        assert_eq!(limiter.take_at(REMOTE, client, now), Ok(()), "nor from something else");
        assert_eq!(limiter.take_at(SIGN_IN, client, now + Duration::from_secs(6)), Ok(()));
    }
}
