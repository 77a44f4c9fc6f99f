//! Messages to a server of the user's, signed, so that it can tell ours from anybody's.
//!
//! The header `X-Rapporteur-Signature` holds `t=SECONDS,v1=HEX`: the time of this try, and HMAC-SHA256 over `SECONDS.BODY`
//! with the shared secret. Who receives it computes the same, compares without stopping at the first difference, and drops
//! what is older than a few minutes, so that a message that was listened to cannot be played again. `X-Rapporteur-Delivery`
//! is the same for each try of one body: what came twice can be known by it.

use std::time::Duration;

use hmac::{Hmac, Mac};
use reqwest::StatusCode;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use sha2::{Digest, Sha256};

use crate::fetcher::{Fetcher, Request};
use crate::hosts::retry_after;
use crate::settings::{POST_PAUSE, POST_TRIES};
use crate::target::Bar;

/// The header with the signature.
pub const SIGNATURE: &str = "x-rapporteur-signature";
/// The header that is the same for all tries of one body.
pub const DELIVERY: &str = "x-rapporteur-delivery";

/// A message that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not delivered after {tries} tries: {reason}")]
pub struct Undelivered {
    /// How often it was tried.
    pub tries: u32,
    /// Why not, the last time, in words.
    pub reason: String,
}

/// The signature of `body` at a moment: what stands in the header. For those who receive messages, too.
pub fn signature(secret: &[u8], seconds: u64, body: &[u8]) -> String {
    // HMAC takes keys of any length, so there is no error to be had.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return String::new() };
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    format!("t={seconds},v1={}", hex(&mac.finalize().into_bytes()))
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, it| {
        let _ = write!(out, "{it:02x}");
        out
    })
}

impl Fetcher {
    /// Sends `body` (JSON) to `url`. Tries again where the server cannot be reached or says that it cannot now (408, 425,
    /// 429, 5xx), with pauses that double, or as long as it says. Follows no redirect: whom a message is for is not for
    /// others to say. The same addresses are barred as everywhere. Returns the number of tries.
    ///
    /// Blocks for all pauses together: about half a minute with the bounds as they are.
    pub fn post_signed(&self, url: &str, body: &[u8], secret: &[u8]) -> Result<u32, Undelivered> {
        let delivery = hex(&Sha256::digest(body));
        let mut pause = POST_PAUSE;
        let mut tries = 0;
        loop {
            tries += 1;
            let (reason, asked) = match self.post_once(url, body, secret, &delivery) {
                Ok(()) => return Ok(tries),
                Err(Tried::ForGood(reason)) => return Err(Undelivered { tries, reason }),
                Err(Tried::ForNow(reason, asked)) => (reason, asked),
            };
            if POST_TRIES <= tries {
                return Err(Undelivered { tries, reason });
            }
            self.clock.sleep(asked.unwrap_or(pause).min(self.settings.wait_max));
            pause *= 2;
        }
    }

    fn post_once(&self, url: &str, body: &[u8], secret: &[u8], delivery: &str) -> Result<(), Tried> {
        let from_bar = |it| match it {
            Bar::Refused(why) => Tried::ForGood(why),
            Bar::Failed(why) => Tried::ForNow(why, None),
        };
        let target = self.target(url).map_err(from_bar)?;
        let signed = signature(secret, self.clock.now() / 1000, body);
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in [(SIGNATURE, signed.as_str()), (DELIVERY, delivery)] {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        let time = self.settings.total_time;
        let answer = self.exchange(&target, &Request::post(body, headers), time).map_err(from_bar)?;
        let status = answer.status;
        if status.is_success() {
            return Ok(());
        }
        let reason = format!("the server answers {status}");
        let for_now = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_EARLY, StatusCode::TOO_MANY_REQUESTS];
        if status.is_server_error() || for_now.contains(&status) {
            let asked = answer.text(&header::RETRY_AFTER).and_then(|it| retry_after(&it, self.clock.now()));
            return Err(Tried::ForNow(reason, asked));
        }
        Err(Tried::ForGood(reason))
    }
}

enum Tried {
    ForGood(String),
    ForNow(String, Option<Duration>),
}
