//! Asking servers for pages and feeds, within bounds, and keeping watch over them.
//!
//! The only crate of the workspace that touches the network. It knows no news: what a feed's entries are is told to it by
//! its caller (see [`watch::Reader`]), and what it brings is handed on as bytes.
//!
//! ```no_run
//! use rapporteur_fetch::{Conditional, Fetcher, Outcome, Settings};
//!
//! let fetcher = Fetcher::new(Settings::default())?;
//! match fetcher.get("https://post.example/feed.xml", &Conditional::default()) {
//!     Outcome::Body(body) => println!("{} bytes of {}", body.bytes.len(), body.media_type),
//!     Outcome::NotModified => println!("as it was"),
//!     Outcome::Refused(why) | Outcome::Failed { reason: why, .. } => println!("not had: {why}"),
//! }
//! # Ok::<(), rapporteur_fetch::NoFetcher>(())
//! ```
//!
//! * [`address`](why_not_global): which addresses may be asked.
//! * [`settings`]: every bound, as a constant and a setting.
//! * [`Fetcher`]: one question, and what came of it.
//! * [`watch`]: one pass over folders and feeds.
//! * [`opml`]: lists of feeds. [`webhook`]: signed messages to others.

mod address;
mod body;
pub mod clock;
mod fetcher;
mod hosts;
pub mod opml;
mod resolve;
mod robots;
pub mod settings;
mod target;
#[cfg(test)]
mod tests;
pub mod watch;
pub mod webhook;

pub use address::{is_allowed, why_not_global, why_not_public};
pub use fetcher::{Ask, Body, Conditional, Fetcher, NoFetcher, Outcome, canonical};
pub use hosts::Hosts;
pub use ipnet::IpNet;
pub use resolve::{Resolver, System};
pub use robots::Robots;
pub use settings::Settings;
pub use target::Zone;
