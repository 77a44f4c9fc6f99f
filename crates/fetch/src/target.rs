//! An address (URL) that may be asked: judged before anything is sent.

use std::net::IpAddr;
use std::time::Duration;

use url::{Host, Url};

use crate::address::{is_allowed, why_not_global, why_not_public};
use crate::resolve::Resolver;
use crate::settings::{ADDRESSES_MAX, Settings, URL_BYTES_MAX};

/// Which part of the network an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    /// The open network.
    Global,
    /// A network that the user allowed by name.
    Allowed,
}

/// Why an address is not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Bar {
    /// It must not be.
    Refused(String),
    /// It could not be found out whether it may.
    Failed(String),
}

/// A checked address with what to connect to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) url: Url,
    /// Its host as the URL standard writes it, for the resolver and the pace.
    pub(crate) host: String,
    pub(crate) addresses: Vec<IpAddr>,
    pub(crate) zone: Zone,
}

impl Target {
    /// Checks an address as written. `from` is the part of the network that led here; `None` where the user did.
    pub(crate) fn of(
        written: &str,
        from: Option<Zone>,
        settings: &Settings,
        resolver: &dyn Resolver,
    ) -> Result<Target, Bar> {
        if URL_BYTES_MAX < written.len() {
            return Err(Bar::Refused(format!("the address is longer than {URL_BYTES_MAX} bytes")));
        }
        let url = Url::parse(written).map_err(|e| Bar::Refused(format!("is no web address: {e}")))?;
        Target::of_url(url, from, settings, resolver)
    }

    pub(crate) fn of_url(
        mut url: Url,
        from: Option<Zone>,
        settings: &Settings,
        resolver: &dyn Resolver,
    ) -> Result<Target, Bar> {
        let refused = |why: String| Err(Bar::Refused(why));
        if !matches!(url.scheme(), "http" | "https") {
            return refused(format!("'{}:' is not asked; only http and https are", url.scheme()));
        }
        if URL_BYTES_MAX < url.as_str().len() {
            return refused(format!("the address is longer than {URL_BYTES_MAX} bytes"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refused("the address has a user name or password in it; take it out".to_owned());
        }
        url.set_fragment(None);
        let (Some(host), Some(port)) = (url.host().map(|it| it.to_owned()), url.port_or_known_default()) else {
            return refused("the address names no host".to_owned());
        };
        let (name, addresses) = match &host {
            Host::Ipv4(it) => (it.to_string(), vec![IpAddr::V4(*it)]),
            Host::Ipv6(it) => (it.to_string(), vec![IpAddr::V6(*it)]),
            Host::Domain(name) => (name.clone(), addresses(name, settings, resolver)?),
        };
        // One bad address among good ones refuses all: which of them is connected to is chance.
        let mut zone = Zone::Global;
        for address in &addresses {
            let Some(why) = why_not_global(*address) else { continue };
            if !is_allowed(*address, &settings.allow) {
                let shown = if matches!(host, Host::Domain(_)) { format!("{name} is at {address}") } else { name };
                return refused(format!("{shown}: {why}, and no address of the open network"));
            }
            zone = Zone::Allowed;
        }
        if zone == Zone::Allowed && from == Some(Zone::Global) {
            return refused(format!("{name} is inside an allowed network, and a page of the open network led there"));
        }
        if zone == Zone::Global && !settings.ports.contains(&port) {
            let known: Vec<String> = settings.ports.iter().map(u16::to_string).collect();
            return refused(format!("port {port} is not asked; {} are", known.join(", ")));
        }
        Ok(Target { url, host: name, addresses, zone })
    }
}

/// The addresses of a name. A name of a private network is looked up only where the user allowed addresses at all.
fn addresses(name: &str, settings: &Settings, resolver: &dyn Resolver) -> Result<Vec<IpAddr>, Bar> {
    let private = why_not_public(name);
    if let Some(why) = private
        && settings.allow.is_empty()
    {
        return Err(Bar::Refused(format!("{name}: {why}")));
    }
    let found = look_up(name, settings.connect_time, resolver)?;
    if let Some(why) = private
        && !found.iter().all(|it| is_allowed(*it, &settings.allow))
    {
        return Err(Bar::Refused(format!("{name}: {why}, and not all its addresses are allowed")));
    }
    Ok(found)
}

fn look_up(name: &str, time: Duration, resolver: &dyn Resolver) -> Result<Vec<IpAddr>, Bar> {
    let mut found =
        resolver.resolve(name, time).map_err(|e| Bar::Failed(format!("the name {name} is not found: {e}")))?;
    if found.is_empty() {
        return Err(Bar::Failed(format!("the name {name} has no address")));
    }
    // As the system gave them, each once.
    let mut seen = Vec::new();
    found.retain(|it| {
        let is_new = !seen.contains(it);
        seen.push(*it);
        is_new
    });
    if ADDRESSES_MAX < found.len() {
        return Err(Bar::Refused(format!("the name {name} has more than {ADDRESSES_MAX} addresses")));
    }
    Ok(found)
}

/// Where a redirect leads. From a page asked for in secret (https) never to one asked for in the open.
pub(crate) fn next_hop(at: &Url, location: &str) -> Result<Url, String> {
    let next = at.join(location.trim()).map_err(|e| format!("is sent on to {:?}: {e}", short(location)))?;
    if at.scheme() == "https" && next.scheme() == "http" {
        return Err(format!("is sent on from https to http ({}), where anybody can change it", short(next.as_str())));
    }
    Ok(next)
}

/// The beginning of a text of others, for a message.
pub(crate) fn short(text: &str) -> String {
    const CHARS_MAX: usize = 120;
    let clean = text.chars().map(|it| if it.is_control() { '\u{FFFD}' } else { it });
    let mut out: String = clean.take(CHARS_MAX).collect();
    if text.chars().nth(CHARS_MAX).is_some() {
        out.push('…');
    }
    out
}
