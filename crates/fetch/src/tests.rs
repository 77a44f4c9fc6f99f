//! Servers of the tests' own, on this machine, that do what no decent server does; a clock that costs no time.

mod addresses;
mod hostile;
mod manners;
mod messages;
mod watching;

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::clock::{Clock, millis};
use crate::resolve::Resolver;
use crate::{Fetcher, IpNet, Outcome, Settings};

/// A moment in 2031, and all waiting at once.
#[derive(Debug)]
pub(crate) struct Hands {
    now: AtomicU64,
    pub(crate) slept: Mutex<Vec<u64>>,
}

impl Default for Hands {
    fn default() -> Hands {
        Hands { now: AtomicU64::new(1_936_333_800_000), slept: Mutex::default() }
    }
}

impl Hands {
    pub(crate) fn pass(&self, time: Duration) {
        self.now.fetch_add(millis(time), Ordering::SeqCst);
    }

    pub(crate) fn slept(&self) -> Vec<u64> {
        std::mem::take(&mut self.slept.lock().unwrap())
    }
}

impl Clock for Hands {
    fn now(&self) -> u64 {
        self.now.load(Ordering::SeqCst)
    }

    fn sleep(&self, time: Duration) {
        self.pass(time);
        self.slept.lock().unwrap().push(millis(time));
    }
}

/// Names with their answers, one after the other; the last one stays.
#[derive(Debug, Default)]
pub(crate) struct Names {
    answers: Mutex<BTreeMap<String, Vec<Vec<IpAddr>>>>,
    pub(crate) asked: Mutex<Vec<String>>,
}

impl Names {
    pub(crate) fn of(names: &[(&str, &[&[&str]])]) -> Arc<Names> {
        let parse = |it: &&[&str]| it.iter().map(|it| it.parse().unwrap()).collect();
        let answers = names.iter().map(|(name, all)| ((*name).to_owned(), all.iter().map(parse).collect())).collect();
        Arc::new(Names { answers: Mutex::new(answers), asked: Mutex::default() })
    }
}

impl Resolver for Arc<Names> {
    fn resolve(&self, name: &str, _: Duration) -> io::Result<Vec<IpAddr>> {
        self.asked.lock().unwrap().push(name.to_owned());
        let mut answers = self.answers.lock().unwrap();
        let Some(left) = answers.get_mut(name) else { return Err(io::Error::other("no such name")) };
        Ok(if 1 < left.len() { left.remove(0) } else { left[0].clone() })
    }
}

/// A server that answers each request as a function says; ends with the test.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    /// Request lines and headers, as they came.
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
    stopped: Arc<AtomicBool>,
}

impl Server {
    /// `answer` gets the path and the stream; what it writes is the answer. A broken pipe is the client's leaving.
    pub(crate) fn new(answer: impl Fn(&str, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Server {
        Server::at(IpAddr::V4(Ipv4Addr::LOCALHOST), answer)
    }

    pub(crate) fn at(
        ip: IpAddr,
        answer: impl Fn(&str, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind((ip, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (asked, stopped) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (kept, is_over, answer) = (asked.clone(), stopped.clone(), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if is_over.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(mut stream) = stream else { continue };
                let (kept, answer) = (kept.clone(), answer.clone());
                std::thread::spawn(move || {
                    let Some(head) = head_of(&mut stream) else { return };
                    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                    kept.lock().unwrap().push(head);
                    let _ = answer(&path, &mut stream);
                });
            }
        });
        Server { address, asked, stopped }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The paths that were asked for, in order, without robots.txt.
    pub(crate) fn paths(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        let paths = asked.iter().filter_map(|it| it.split(' ').nth(1)).filter(|it| *it != "/robots.txt");
        paths.map(str::to_owned).collect()
    }

    pub(crate) fn last(&self) -> String {
        self.asked.lock().unwrap().last().cloned().unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

/// The request up to the empty line, and the body that its length says.
fn head_of(stream: &mut TcpStream) -> Option<String> {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let text = String::from_utf8_lossy(&head).into_owned();
    let said = text.lines().find_map(|it| it.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; said.unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    Some(text + &String::from_utf8_lossy(&body))
}

/// `200` with these header lines and this body.
pub(crate) fn ok(stream: &mut TcpStream, headers: &str, body: &[u8]) -> io::Result<()> {
    status(stream, "200 OK", headers, body)
}

pub(crate) fn status(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) -> io::Result<()> {
    let lines: String = headers.lines().map(|it| format!("{it}\r\n")).collect();
    write!(stream, "HTTP/1.1 {status}\r\n{lines}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
    stream.write_all(body)
}

pub(crate) fn not_found(stream: &mut TcpStream) -> io::Result<()> {
    status(stream, "404 Not Found", "", b"")
}

pub(crate) fn loopback() -> Vec<IpNet> {
    vec!["127.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()]
}

/// Bounds that a test can reach in no time.
pub(crate) fn tight() -> Settings {
    Settings {
        allow: loopback(),
        body_bytes_max: 200_000,
        total_time: Duration::from_secs(10),
        connect_time: Duration::from_secs(5),
        idle_time: Duration::from_secs(5),
        gap: Duration::ZERO,
        ..Settings::default()
    }
}

pub(crate) fn fetcher(settings: Settings, names: &Arc<Names>) -> (Fetcher, Arc<Hands>) {
    let hands = Arc::new(Hands::default());
    (Fetcher::with(settings, Box::new(names.clone()), hands.clone()).unwrap(), hands)
}

/// Asks without robots.txt.
pub(crate) fn ask(fetcher: &Fetcher, url: &str) -> Outcome {
    fetcher.ask(&crate::Ask { url, known: Default::default(), from: None, robots: false, media: &[] })
}

#[track_caller]
pub(crate) fn refused(outcome: Outcome) -> String {
    match outcome {
        Outcome::Refused(why) => why,
        other => panic!("not refused: {other:?}"),
    }
}

#[track_caller]
pub(crate) fn failed(outcome: Outcome) -> String {
    match outcome {
        Outcome::Failed { reason, .. } => reason,
        other => panic!("did not fail: {other:?}"),
    }
}

#[track_caller]
pub(crate) fn body(outcome: Outcome) -> crate::Body {
    match outcome {
        Outcome::Body(body) => *body,
        other => panic!("no body: {other:?}"),
    }
}
