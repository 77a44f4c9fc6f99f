//! One question to one server, with everything bounded: which addresses, how long, how much, how often.
//!
//! The client is asynchronous inside and plain outside. Plain, because a watch asks one page after the other and its caller
//! has other threads for other work; asynchronous, because only so can a silence in the middle of a body, a server that sends
//! a byte a minute and the time of all of it together be bounded each on its own.

mod manners;

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::body::{Bounds, Intake, Spoilt};
use crate::clock::{self, Clock};
use crate::hosts::Hosts;
use crate::resolve::{self, Pinned, Resolver};
use crate::settings::Settings;
use crate::target::{Bar, Target, Zone, next_hop, short};

/// What is known of a page from last time; the server answers "not modified" where it still holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conditional {
    /// Its `ETag`, as the server wrote it.
    pub etag: Option<String>,
    /// Its `Last-Modified`, as the server wrote it.
    pub last_modified: Option<String>,
}

/// A question.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// The address as written.
    pub url: &'a str,
    /// What is known from last time.
    pub known: Conditional,
    /// The part of the network that led here; `None` where a person did.
    pub from: Option<Zone>,
    /// Whether robots.txt is heeded.
    pub robots: bool,
    /// Media types that are wanted, by their beginnings (`text/`); all where there are none. Servers that give no type, or
    /// only say that it is bytes, are believed.
    pub media: &'a [&'a str],
}

/// A body and what its server said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The body, unpacked, otherwise as it came.
    pub bytes: Vec<u8>,
    /// The address that gave it, behind all redirects.
    pub final_url: String,
    /// The `Content-Type`, as the server wrote it; empty where it wrote none.
    pub media_type: String,
    /// For the next question.
    pub known: Conditional,
    /// The addresses that were asked on the way, the first one first, the final one left out.
    pub redirects: Vec<String>,
    /// Which part of the network it came from.
    pub zone: Zone,
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The page is as it was.
    NotModified,
    /// The page.
    Body(Box<Body>),
    /// It is not asked for, or not taken; asking again changes nothing. The reason in words.
    Refused(String),
    /// It could not be had this time.
    Failed {
        /// The reason in words.
        reason: String,
        /// How long to leave it alone, where that is known.
        retry_after: Option<Duration>,
    },
}

/// Why no fetcher could be made.
#[derive(Debug, thiserror::Error)]
#[error("cannot make connections: {0}")]
pub struct NoFetcher(String);

/// Asks servers. One at a time: a second caller waits.
///
/// Not to be called from inside an asynchronous program's own threads; give it a thread of its own there.
pub struct Fetcher {
    pub(crate) settings: Settings,
    resolver: Box<dyn Resolver>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) line: Mutex<Line>,
    hosts: Mutex<Hosts>,
}

/// The one connection that is open at a time.
pub(crate) struct Line {
    client: reqwest::Client,
    pinned: Pinned,
    runtime: tokio::runtime::Runtime,
}

/// An answer's head, and its body where it was wanted.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// What a request is, beside its address.
pub(crate) struct Request<'a> {
    pub(crate) post: Option<&'a [u8]>,
    pub(crate) headers: HeaderMap,
    media: &'a [&'a str],
    /// Bytes of the body; with `cut`, the rest is left out, else it is a reason to refuse.
    bytes_max: usize,
    cut: bool,
}

impl<'a> Request<'a> {
    pub(crate) fn post(body: &'a [u8], headers: HeaderMap) -> Request<'a> {
        // What a webhook answers beyond its status is read by nobody.
        Request { post: Some(body), headers, media: &[], bytes_max: 4096, cut: true }
    }
}

impl Fetcher {
    /// With the machine's own clock and name servers.
    pub fn new(settings: Settings) -> Result<Fetcher, NoFetcher> {
        Fetcher::with(settings, Box::new(resolve::System), Arc::new(clock::System))
    }

    /// With a clock and name servers of the caller's.
    pub fn with(settings: Settings, resolver: Box<dyn Resolver>, clock: Arc<dyn Clock>) -> Result<Fetcher, NoFetcher> {
        // Whoever installed one before us chose for the whole program.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let pinned = Pinned::default();
        let failed = |e: &dyn std::fmt::Display| NoFetcher(e.to_string());
        let client = reqwest::Client::builder()
            .user_agent(&settings.user_agent)
            // Nothing of the environment: a proxy would resolve names itself.
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .http1_only()
            .dns_resolver(pinned.clone())
            .connect_timeout(settings.connect_time)
            .read_timeout(settings.idle_time)
            // A connection is for one request: what is connected to was looked at just before.
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|e| failed(&e))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| failed(&e))?;
        let line = Mutex::new(Line { client, pinned, runtime });
        Ok(Fetcher { settings, resolver, clock, line, hosts: Mutex::default() })
    }

    /// The bounds in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The clock in use.
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// What is remembered of hosts, to be kept for the next run.
    pub fn hosts(&self) -> Hosts {
        self.book().clone()
    }

    /// Takes up what an earlier run remembered of hosts.
    pub fn remember(&self, hosts: Hosts) {
        *self.book() = hosts;
    }

    pub(crate) fn book(&self) -> MutexGuard<'_, Hosts> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for a page that a person named, robots.txt heeded.
    pub fn get(&self, url: &str, known: &Conditional) -> Outcome {
        self.ask(&Ask { url, known: known.clone(), from: None, robots: true, media: &[] })
    }

    /// Asks.
    pub fn ask(&self, ask: &Ask<'_>) -> Outcome {
        self.follow(ask).unwrap_or_else(|it| it)
    }

    /// `Err` is an outcome, too: the way out of every step.
    fn follow(&self, ask: &Ask<'_>) -> Result<Outcome, Outcome> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(ACCEPT));
        for (name, value) in
            [(header::IF_NONE_MATCH, &ask.known.etag), (header::IF_MODIFIED_SINCE, &ask.known.last_modified)]
        {
            if let Some(value) = value.as_ref().and_then(|it| HeaderValue::from_str(it).ok()) {
                headers.insert(name, value);
            }
        }
        let bytes_max = self.settings.body_bytes_max;
        let request = Request { post: None, headers, media: ask.media, bytes_max, cut: false };
        let mut left = self.settings.total_time;
        let mut target = self.timed(&mut left, |_| Target::of(ask.url, ask.from, &self.settings, &*self.resolver))?;
        let mut redirects = Vec::new();
        loop {
            if ask.robots {
                self.heed_robots(&target)?;
            }
            self.keep_pace(&target.host)?;
            let answer = self.timed(&mut left, |time| self.exchange(&target, &request, time))?;
            let answer = self.judged(&target, answer)?;
            if answer.status == StatusCode::NOT_MODIFIED {
                return Ok(Outcome::NotModified);
            }
            if !answer.status.is_redirection() {
                return Ok(Outcome::Body(Box::new(answer.into_body(&target, redirects))));
            }
            redirects.push(target.url.to_string());
            let location = answer.text(&header::LOCATION).ok_or_else(|| failed("is sent on to nowhere".to_owned()))?;
            let next = next_hop(&target.url, &location).map_err(Outcome::Refused)?;
            if redirects.iter().any(|it| *it == next.as_str()) {
                return Err(Outcome::Refused(format!("is sent round in a circle, to {}", short(next.as_str()))));
            }
            if self.settings.redirects_max < redirects.len() {
                return Err(Outcome::Refused(format!("is sent on more than {} times", self.settings.redirects_max)));
            }
            // The part of the network that leads on is where the page asked for lies, not where the last hop did: the way
            // out of an allowed network is no way back in.
            let from = Some(target.zone.min(ask.from.unwrap_or(Zone::Allowed)));
            let sent = |it: Bar| it.with(&format!("is sent on to {}, which is not asked: ", short(location.trim())));
            let next = |_| Target::of_url(next, from, &self.settings, &*self.resolver).map_err(sent);
            target = self.timed(&mut left, next)?;
        }
    }

    /// Does one step and takes its time off what is left.
    fn timed<T>(&self, left: &mut Duration, step: impl FnOnce(Duration) -> Result<T, Bar>) -> Result<T, Outcome> {
        if left.is_zero() {
            let seconds = self.settings.total_time.as_secs_f64();
            return Err(failed(format!("takes longer than {seconds} seconds in all")));
        }
        let started = Instant::now();
        let done = step(*left);
        *left = left.saturating_sub(started.elapsed());
        done.map_err(Outcome::from)
    }

    /// A request and its answer: nothing is decided here but what is bounded.
    pub(crate) fn exchange(&self, target: &Target, request: &Request<'_>, time: Duration) -> Result<Answer, Bar> {
        let line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        line.pinned.pin(&target.host, &target.addresses);
        let work = self.exchange_now(&line.client, target, request);
        let done = line.runtime.block_on(async { tokio::time::timeout(time, work).await });
        let done = done.unwrap_or_else(|_| {
            Err(Bar::Failed(format!("the answer takes longer than {} seconds", time.as_secs_f64())))
        });
        drop(line);
        if matches!(done, Err(Bar::Failed(_))) && request.post.is_none() {
            self.book().failed(&target.host, self.clock.now(), None, &self.settings);
        }
        done
    }

    async fn exchange_now(
        &self,
        client: &reqwest::Client,
        target: &Target,
        request: &Request<'_>,
    ) -> Result<Answer, Bar> {
        let refused = |why: String| Err(Bar::Refused(why));
        let unreached = |e: reqwest::Error| Bar::Failed(words(e));
        let mut asked = match request.post {
            Some(body) => client.post(target.url.clone()).body(body.to_vec()),
            None => client.get(target.url.clone()).header(header::ACCEPT_ENCODING, "gzip, br, deflate"),
        };
        asked = asked.headers(request.headers.clone());
        let mut answer = asked.send().await.map_err(unreached)?;
        // The client was told where to connect to; this holds it to it.
        let reached = answer.remote_addr().map(|it| it.ip().to_canonical());
        if reached.is_some_and(|it| !target.addresses.iter().map(IpAddr::to_canonical).any(|known| known == it)) {
            return refused("the connection leads to an address that was not checked".to_owned());
        }
        let headers = answer.headers().clone();
        let header_bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        if self.settings.header_bytes_max < header_bytes {
            return refused(format!("the answer's header is longer than {} bytes", self.settings.header_bytes_max));
        }
        let status = answer.status();
        let mut answered = Answer { status, headers, body: Vec::new() };
        // Bodies of redirects and errors are read by nobody.
        if !status.is_success() || request.post.is_some() {
            return Ok(answered);
        }
        let media = answered.text(&header::CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
        let is_vague = media.is_empty() || media.starts_with("application/octet-stream");
        if !request.media.is_empty() && !is_vague && !request.media.iter().any(|it| media.starts_with(it)) {
            return refused(format!("is '{}', which is no text", short(&media)));
        }
        let said: usize = answered.text(&header::CONTENT_LENGTH).and_then(|it| it.parse().ok()).unwrap_or(0);
        if request.bytes_max < said && !request.cut {
            return refused(format!("the body is {said} bytes long; at most {} are taken", request.bytes_max));
        }
        let bounds = Bounds { bytes_max: request.bytes_max, ratio_max: self.settings.ratio_max };
        let encoding = answered.text(&header::CONTENT_ENCODING).unwrap_or_default();
        let mut intake = Intake::new(&encoding, bounds).map_err(Bar::Refused)?;
        loop {
            let taken = match answer.chunk().await.map_err(unreached)? {
                Some(piece) => intake.take(&piece),
                None => break,
            };
            match taken {
                Ok(()) => {}
                Err(Spoilt::TooLong) if request.cut => {
                    answered.body = intake.so_far();
                    return Ok(answered);
                }
                Err(it @ Spoilt::Damaged(_)) => return Err(Bar::Failed(it.words(bounds))),
                Err(it) => return refused(it.words(bounds)),
            }
        }
        answered.body = intake.finish().map_err(|it| Bar::Failed(it.words(bounds)))?;
        Ok(answered)
    }

    /// A checked address for a message of our own.
    pub(crate) fn target(&self, url: &str) -> Result<Target, Bar> {
        Target::of(url, None, &self.settings, &*self.resolver)
    }
}

/// Feeds and pages first, then whatever there is: servers that choose by it exist.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, text/html, application/xhtml+xml, \
                      application/xml;q=0.9, text/*;q=0.8, */*;q=0.5";

/// Statuses that lead on to another address.
const FOLLOWED: &[StatusCode] = &[
    StatusCode::MOVED_PERMANENTLY,
    StatusCode::FOUND,
    StatusCode::SEE_OTHER,
    StatusCode::TEMPORARY_REDIRECT,
    StatusCode::PERMANENT_REDIRECT,
];

fn failed(reason: String) -> Outcome {
    Outcome::Failed { reason, retry_after: None }
}

impl Outcome {
    /// The reason of a refusal or failure; empty for others.
    pub fn reason(self) -> String {
        match self {
            Outcome::Refused(reason) | Outcome::Failed { reason, .. } => reason,
            Outcome::NotModified | Outcome::Body(_) => String::new(),
        }
    }
}

impl From<Bar> for Outcome {
    fn from(bar: Bar) -> Outcome {
        match bar {
            Bar::Refused(reason) => Outcome::Refused(reason),
            Bar::Failed(reason) => failed(reason),
        }
    }
}

impl Bar {
    fn with(self, before: &str) -> Bar {
        match self {
            Bar::Refused(why) => Bar::Refused(format!("{before}{why}")),
            Bar::Failed(why) => Bar::Failed(format!("{before}{why}")),
        }
    }
}

impl Answer {
    pub(crate) fn text(&self, name: &HeaderName) -> Option<String> {
        // A header of other bytes than ASCII is read as far as it is text.
        self.headers.get(name).map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned())
    }

    fn into_body(self, target: &Target, redirects: Vec<String>) -> Body {
        let known = Conditional { etag: self.text(&header::ETAG), last_modified: self.text(&header::LAST_MODIFIED) };
        Body {
            media_type: self.text(&header::CONTENT_TYPE).unwrap_or_default(),
            final_url: target.url.to_string(),
            known,
            redirects,
            zone: target.zone,
            bytes: self.body,
        }
    }
}

/// The client's error and what is behind it, without the address, which the caller tells.
fn words(error: reqwest::Error) -> String {
    let what = match () {
        () if error.is_timeout() && error.is_connect() => return "the server cannot be reached in time".to_owned(),
        () if error.is_timeout() && (error.is_body() || error.is_decode()) => {
            return "the server falls silent in the middle of the body".to_owned();
        }
        () if error.is_timeout() => return "the server gives no answer in time".to_owned(),
        () if error.is_connect() => "the server cannot be reached",
        () if error.is_body() || error.is_decode() => "the body breaks off",
        () => "the answer cannot be read",
    };
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    format!("{what}: {}", short(&cause.to_string()))
}

/// An address as one that is kept: without fragment, as the URL standard writes it. `None` for what is none.
pub fn canonical(base: Option<&str>, written: &str) -> Option<String> {
    let written = written.trim();
    let mut url = match base {
        Some(base) => Url::parse(base).ok()?.join(written).ok()?,
        None => Url::parse(written).ok()?,
    };
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}
