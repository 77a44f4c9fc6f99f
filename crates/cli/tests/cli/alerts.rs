//! Alerts that leave the program: as a feed that a feed reader can read, and as signed messages that arrive, once.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};

use rapporteur_fetch::webhook::signature;
use serde_json::Value;

use crate::{root, rows, run, stdout};

const FERRY: &str = "examples/lake-ferry-talks/reports";
const SECRET: &str = "a secret of more than sixteen characters";

/// A message as it arrived: the lines of its head, and its body.
type Message = (Vec<String>, Vec<u8>);

/// A program that takes messages: answers `503` to the first, as `status` says to the others.
struct Receiver {
    url: String,
    came: Arc<Mutex<Vec<Message>>>,
    status: Arc<Mutex<&'static str>>,
}

impl Receiver {
    fn new() -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}/hook", listener.local_addr().expect("its address"));
        let it = Receiver { url, came: Arc::default(), status: Arc::new(Mutex::new("204 No Content")) };
        let (came, status) = (Arc::clone(&it.came), Arc::clone(&it.status));
        std::thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                let mut stream = BufReader::new(stream);
                let (mut head, mut line) = (Vec::new(), String::new());
                while stream.read_line(&mut line).is_ok_and(|n| n > 2) {
                    head.push(line.trim_end().to_owned());
                    line.clear();
                }
                let n = value(&head, "content-length").parse().unwrap_or(0);
                let mut body = vec![0; n];
                let _ = stream.read_exact(&mut body);
                let mut came = came.lock().expect("not poisoned");
                came.push((head, body));
                let answer = if came.len() == 1 { "503 Busy" } else { *status.lock().expect("not poisoned") };
                let _ = write!(stream.get_mut(), "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
        });
        it
    }

    /// The messages so far, each with a signature that is ours.
    fn checked(&self) -> Vec<(String, Value)> {
        let came = self.came.lock().expect("not poisoned").clone();
        came.iter()
            .map(|(head, body)| {
                let signed = value(head, "x-rapporteur-signature");
                let seconds = signed.split(['=', ',']).nth(1).and_then(|it| it.parse().ok()).expect("a time");
                assert_eq!(signed, signature(SECRET.as_bytes(), seconds, body));
                (value(head, "x-rapporteur-delivery"), serde_json::from_slice(body).expect("JSON"))
            })
            .collect()
    }
}

fn value(head: &[String], name: &str) -> String {
    let found = head.iter().find_map(|it| {
        let (own, value) = it.split_once(':')?;
        own.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    });
    found.unwrap_or_default()
}

/// A desk on which something happened: the reports of the example came in two parts.
fn desk(dir: &Path) -> String {
    let folder = dir.join("desk").to_string_lossy().into_owned();
    stdout(&["desk", "init", &folder]);
    let mut files: Vec<String> = std::fs::read_dir(root().join(FERRY))
        .expect("the example")
        .flatten()
        .map(|it| it.path().to_string_lossy().into_owned())
        .collect();
    files.sort();
    for part in files.chunks(3) {
        let mut args = vec!["add", "-q", "--desk", &folder];
        args.extend(part.iter().map(String::as_str));
        stdout(&args);
    }
    folder
}

fn secret(dir: &Path) -> String {
    let path = dir.join("secret.txt");
    std::fs::write(&path, format!("{SECRET}\n")).expect("written");
    path.to_string_lossy().into_owned()
}

#[test]
fn alerts_are_sent_once_each_and_signed() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (at, secret) = (desk(dir.path()), secret(dir.path()));
    let there = rows(&["alerts", "--desk", &at, "--format", "jsonl"]);
    assert!(2 < there.len(), "{there:?}");
    let receiver = Receiver::new();
    let args = ["alerts", "--webhook", &receiver.url, "--secret-file", &secret, "--allow-address", "127.0.0.1"];
    let send = |more: &[&str]| run(&[&args[..], &["--desk", &at], more].concat());

    // The first one is refused once, and tried again as the same message.
    let done = send(&["--room", "http://127.0.0.1:8480/"]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(
        (done.status.code(), done.stdout),
        (Some(0), format!("{} alerts sent.\n", there.len()).into_bytes()),
        "{said}"
    );
    let came = receiver.checked();
    assert_eq!((came.len(), &came[0]), (there.len() + 1, &came[1]));
    for (row, (_, message)) in there.iter().zip(&came[1..]) {
        for name in ["seq", "at", "kind", "story", "subject", "row"] {
            assert_eq!(message[name], row[name], "{name}");
        }
        let id = message["id"].as_str().expect("an id");
        assert!(id.starts_with("urn:rapporteur:") && id.ends_with(&format!(":event:{}", row["seq"])), "{id}");
        assert!(message["url"].as_str().is_some_and(|it| it.starts_with("http://127.0.0.1:8480/")), "{message}");
        assert!(message["what"].as_str().is_some_and(|it| !it.is_empty()));
    }
    assert_eq!(send(&[]).stdout, b"0 alerts sent.\n");

    // To another receiver, who takes none: what was not taken waits, and is the same message when it comes.
    let other = Receiver::new();
    *other.status.lock().expect("not poisoned") = "404 Not Found";
    let args = ["alerts", "--webhook", &other.url, "--secret-file", &secret, "--allow-address", "127.0.0.1"];
    let done = run(&[&args[..], &["--desk", &at]].concat());
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.code() == Some(1) && said.contains("the server answers 404"), "{said}");
    *other.status.lock().expect("not poisoned") = "200 OK";
    let last = there[there.len() - 2]["seq"].to_string();
    assert_eq!(stdout(&[&args[..], &["--desk", &at, "--after", &last]].concat()), "1 alerts sent.\n");
    let came = other.checked();
    assert_eq!((came.len(), &came[0]), (3, &came[1]));

    for (args, wanted) in [
        (&["alerts", "--webhook", "https://desk.example/"][..], "openssl rand -hex 32"),
        (&["alerts", "--webhook", "https://desk.example/", "--secret-file", &secret, "--format", "csv"], "prints none"),
        (&["alerts", "-o", "x.txt"], "--format atom"),
    ] {
        let failed = run(&[args, &["--desk", &at]].concat());
        let said = String::from_utf8_lossy(&failed.stderr).into_owned();
        assert!(failed.status.code() == Some(2) && said.contains(wanted), "{said}");
    }
}

#[test]
fn a_watch_sends_what_its_pass_brought() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (at, inbox) = (dir.path().join("desk").to_string_lossy().into_owned(), dir.path().join("inbox"));
    std::fs::create_dir_all(&inbox).expect("made");
    stdout(&["desk", "init", &at]);
    let (receiver, secret) = (Receiver::new(), secret(dir.path()));
    let source = inbox.to_string_lossy().into_owned();
    let args = ["watch", &source, "--once", "--desk", &at, "--webhook", &receiver.url, "--secret-file", &secret];
    let mut files: Vec<_> = std::fs::read_dir(root().join(FERRY)).expect("the example").flatten().collect();
    files.sort_by_key(std::fs::DirEntry::file_name);
    for part in files.chunks(3) {
        for file in part {
            std::fs::copy(file.path(), inbox.join(file.file_name())).expect("copied");
        }
        let done = run(&[&args[..], &["--allow-address", "127.0.0.1"]].concat());
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(said.contains(" alerts sent"), "{said}");
    }
    let there = rows(&["alerts", "--desk", &at, "--format", "jsonl"]);
    let seqs: Vec<Value> = receiver.checked().iter().skip(1).map(|it| it.1["seq"].clone()).collect();
    assert_eq!(seqs, there.iter().map(|it| it["seq"].clone()).collect::<Vec<_>>());
}

/// What RFC 4287 asks of a feed, looked at with a parser of XML, and its entries as our own reader of feeds takes them.
#[test]
fn the_feed_is_one_that_readers_read() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let at = desk(dir.path());
    let there = rows(&["alerts", "--desk", &at, "--format", "jsonl"]);
    let file = dir.path().join("alerts.atom");
    let room = "http://127.0.0.1:8480";
    stdout(&["alerts", "--desk", &at, "-o", &file.to_string_lossy(), "--room", room]);
    let feed = std::fs::read_to_string(&file).expect("written");
    assert_eq!(feed, stdout(&["alerts", "--desk", &at, "--format", "atom", "--room", room]));
    let mut reader = quick_xml::Reader::from_str(&feed);
    let (mut path, mut seen): (Vec<String>, Vec<(String, String)>) = (Vec::new(), Vec::new());
    loop {
        use quick_xml::events::Event;
        match reader.read_event().expect("well-formed XML") {
            Event::Start(it) => {
                path.push(it.name().as_ref().to_owned());
                seen.push((path.join("/"), String::new()));
            }
            Event::End(_) => drop(path.pop()),
            // A reference, as of an apostrophe, parts a text in two.
            Event::Text(it) => {
                let here = path.join("/");
                seen.iter_mut().rev().find(|it| it.0 == here).into_iter().for_each(|own| own.1 += it.as_ref());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let all = |name: &str| -> Vec<&str> {
        seen.iter().filter(|it| it.0 == name && !it.1.trim().is_empty()).map(|it| it.1.trim()).collect()
    };
    for once in ["feed/id", "feed/title", "feed/updated", "feed/author/name"] {
        assert_eq!(all(once).len(), 1, "{once}");
    }
    let ids = all("feed/entry/id");
    assert_eq!(ids.len(), there.len());
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
    let updated = all("feed/entry/updated");
    assert_eq!((updated.len(), all("feed/entry/title").len()), (ids.len(), ids.len()));
    assert!(updated.is_sorted_by(|a, b| a >= b) && updated.iter().all(|it| it.len() == 20 && it.ends_with('Z')));
    let entries = rapporteur::feed_entries(feed.as_bytes(), None, &rapporteur::Limits::default()).expect("a feed");
    assert_eq!(entries.len(), there.len());
    assert!(entries.iter().all(|it| it.url.as_deref().is_some_and(|it| it.starts_with(room))), "{entries:?}");
    // Without a room there is nothing to link to, and without alerts nothing to tell; both are feeds.
    let bare = stdout(&["alerts", "--desk", &at, "--format", "atom", "--after", "1000000"]);
    assert!(!bare.contains("<link") && !bare.contains("<entry>") && bare.contains("<updated>1970-01-01T00:00:00Z"));
}
