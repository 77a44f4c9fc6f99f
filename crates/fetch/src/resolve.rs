//! Names to addresses, once. What was looked at is what is connected to: between the look and the connection nobody is
//! asked again, so an answer that changes (DNS rebinding) changes nothing.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// What finds the addresses of a name.
pub trait Resolver: Send + Sync {
    /// All addresses of `name`, in the order to try them. Returns within `time`.
    fn resolve(&self, name: &str, time: Duration) -> io::Result<Vec<IpAddr>>;
}

/// The machine's own way: its hosts file, its name servers.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Resolver for System {
    fn resolve(&self, name: &str, time: Duration) -> io::Result<Vec<IpAddr>> {
        let (sender, receiver) = mpsc::channel();
        let name = name.to_owned();
        // The system's call has no bound of its own and cannot be broken off; a thread left behind ends by itself.
        std::thread::Builder::new().name("look-up".to_owned()).spawn(move || {
            let found = (name.as_str(), 0).to_socket_addrs().map(|it| it.map(|it| it.ip()).collect());
            let _ = sender.send(found);
        })?;
        match receiver.recv_timeout(time) {
            Ok(found) => found,
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "the name servers do not answer in time")),
        }
    }
}

/// The addresses that were checked, for the client to connect to; it has no other way to find any.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pinned(Arc<Mutex<BTreeMap<String, Vec<SocketAddr>>>>);

impl Pinned {
    /// From now on `name` is at `addresses` and nowhere else, and no other name is anywhere.
    pub(crate) fn pin(&self, name: &str, addresses: &[IpAddr]) {
        let mut pinned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pinned.clear();
        // The client puts the port of the URL in the place of 0.
        pinned.insert(name.to_owned(), addresses.iter().map(|it| SocketAddr::new(*it, 0)).collect());
    }
}

impl Resolve for Pinned {
    fn resolve(&self, name: Name) -> Resolving {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name.as_str()).cloned();
        Box::pin(async move {
            match found {
                Some(addresses) => Ok(Box::new(addresses.into_iter()) as Addrs),
                None => Err(io::Error::other("no address of this name was checked").into()),
            }
        })
    }
}
