//! How the program behaves towards servers: it asks seldom, says who it is, and does as they say.

use super::*;
use crate::Conditional;
use std::sync::atomic::AtomicUsize;

const SECOND: u64 = 1000;

#[test]
fn it_says_who_it_is_and_what_it_knows() {
    let server = Server::new(|path, stream| match path {
        "/robots.txt" => not_found(stream),
        _ => ok(stream, "ETag: \"a1\"\nLast-Modified: Mon, 12 May 2031 06:00:00 GMT\nContent-Type: text/html", b"x"),
    });
    let (fetcher, _) = fetcher(tight(), &Names::of(&[]));
    let first = body(fetcher.get(&server.url("/a#part"), &Conditional::default()));
    assert_eq!((first.media_type.as_str(), first.final_url.as_str()), ("text/html", server.url("/a").as_str()));
    let asked = server.last().to_ascii_lowercase();
    assert!(asked.contains(concat!("user-agent: rapporteur/", env!("CARGO_PKG_VERSION"), "\r\n")), "{asked}");
    assert!(!asked.contains("if-none-match") && !asked.contains("cookie") && !asked.contains("referer"), "{asked}");
    body(fetcher.get(&server.url("/a"), &first.known));
    let asked = server.last();
    assert!(asked.contains("if-none-match: \"a1\"\r\n"), "{asked}");
    assert!(asked.contains("if-modified-since: Mon, 12 May 2031 06:00:00 GMT\r\n"), "{asked}");
    // What cannot stand in a header is left out.
    let odd = Conditional { etag: Some("a\r\nX-Bad: 1".to_owned()), last_modified: None };
    body(fetcher.get(&server.url("/a"), &odd));
    assert!(!server.last().to_ascii_lowercase().contains("x-bad"));
}

#[test]
fn a_page_that_did_not_change_is_not_sent_again() {
    let server = Server::new(|path, stream| match path {
        "/robots.txt" => not_found(stream),
        _ => status(stream, "304 Not Modified", "", b""),
    });
    let (fetcher, _) = fetcher(tight(), &Names::of(&[]));
    assert_eq!(fetcher.get(&server.url("/a"), &Conditional::default()), Outcome::NotModified);
}

#[test]
fn redirects_are_followed_and_told() {
    let server = Server::new(|path, stream| match path {
        "/a" => status(stream, "301 Moved Permanently", "Location: b", b""),
        "/b" => status(stream, "302 Found", "Location: /c?d=e#f", b""),
        "/c?d=e" => ok(stream, "", b"here"),
        _ => not_found(stream),
    });
    let (fetcher, _) = fetcher(tight(), &Names::of(&[]));
    let found = body(ask(&fetcher, &server.url("/a")));
    assert_eq!((found.bytes.as_slice(), found.final_url), (&b"here"[..], server.url("/c?d=e")));
    assert_eq!(found.redirects, [server.url("/a"), server.url("/b")]);
}

#[test]
fn a_host_is_asked_no_faster_than_its_pace() {
    let server = Server::new(|path, stream| match path {
        "/robots.txt" => ok(stream, "", b"User-agent: *\nCrawl-delay: 10"),
        _ => ok(stream, "", b"x"),
    });
    let settings = Settings { gap: Duration::from_secs(2), ..tight() };
    let (fetcher, hands) = fetcher(settings, &Names::of(&[]));
    body(ask(&fetcher, &server.url("/a")));
    body(ask(&fetcher, &server.url("/b")));
    assert_eq!(hands.slept(), [2 * SECOND]);
    hands.pass(Duration::from_secs(60));
    // robots.txt is a request too, and says how far apart they are to be.
    body(fetcher.get(&server.url("/c"), &Conditional::default()));
    body(fetcher.get(&server.url("/d"), &Conditional::default()));
    assert_eq!(hands.slept(), [10 * SECOND, 10 * SECOND]);
    // The next run of the program knows it still.
    let kept = serde_json::to_string(&fetcher.hosts()).unwrap();
    let (next, hands) = super::fetcher(Settings { gap: Duration::from_secs(2), ..tight() }, &Names::of(&[]));
    hands.pass(Duration::from_secs(82));
    next.remember(serde_json::from_str(&kept).unwrap());
    body(next.get(&server.url("/e"), &Conditional::default()));
    assert_eq!(hands.slept(), [10 * SECOND]);
    let n_robots = server.asked.lock().unwrap().iter().filter(|it| it.starts_with("GET /robots.txt ")).count();
    assert_eq!(n_robots, 1);
}

#[test]
fn robots_are_heeded() {
    let server = Server::new(|path, stream| match path {
        "/robots.txt" => status(stream, "301 Moved", "Location: /real-robots.txt", b""),
        "/real-robots.txt" => ok(stream, "", b"User-agent: rapporteur\nDisallow: /closed\nAllow: /closed/but-this\n"),
        "/to-closed" => status(stream, "302 Found", "Location: /closed/x", b""),
        _ => ok(stream, "", b"x"),
    });
    let (fetcher, _) = fetcher(tight(), &Names::of(&[]));
    let get = |path: &str| fetcher.get(&server.url(path), &Conditional::default());
    body(get("/open"));
    body(get("/closed/but-this"));
    assert!(refused(get("/closed/x?y=z")).contains("/robots.txt does not allow it"));
    // Nor by a way round.
    assert!(refused(get("/to-closed")).contains("/robots.txt does not allow it"));
    assert!(server.paths().iter().all(|it| !it.starts_with("/closed/x")));
    body(ask(&fetcher, &server.url("/closed/x")));
}

#[test]
fn rules_that_cannot_be_had_forbid_for_an_hour() {
    let n = Arc::new(AtomicUsize::new(0));
    let counted = n.clone();
    let server = Server::new(move |path, stream| match path {
        "/robots.txt" if counted.fetch_add(1, Ordering::SeqCst) == 0 => status(stream, "500 Oh", "", b""),
        "/robots.txt" => ok(stream, "", &[b"User-agent: *\nDisallow: /b\n".to_vec(), vec![b'#'; 900_000]].concat()),
        _ => ok(stream, "", b"x"),
    });
    let (fetcher, hands) = fetcher(tight(), &Names::of(&[]));
    let get = |path: &str| fetcher.get(&server.url(path), &Conditional::default());
    assert!(failed(get("/a")).contains("robots.txt cannot be had: answers 500"));
    assert!(failed(get("/a")).contains("robots.txt cannot be had"));
    assert_eq!(n.load(Ordering::SeqCst), 1);
    hands.pass(Duration::from_secs(3601));
    // A file that is longer than is read holds as far as it was read.
    body(get("/a"));
    refused(get("/b"));
    // A day later it is asked for again.
    hands.pass(Duration::from_secs(24 * 3600));
    body(get("/a"));
    assert_eq!(n.load(Ordering::SeqCst), 3);
}

#[test]
fn a_host_that_fails_is_left_alone_longer_each_time() {
    let is_well = Arc::new(AtomicBool::new(false));
    let asked = is_well.clone();
    let server = Server::new(move |_, stream| match asked.load(Ordering::SeqCst) {
        true => ok(stream, "", b"x"),
        false => status(stream, "503 Busy", "", b""),
    });
    let (fetcher, hands) = fetcher(Settings { wait_max: Duration::ZERO, ..tight() }, &Names::of(&[]));
    let url = server.url("/a");
    for n in 0..4 {
        let Outcome::Failed { retry_after, reason } = ask(&fetcher, &url) else { panic!() };
        assert!(reason.contains("503"), "{reason}");
        assert_eq!(retry_after, Some(Duration::from_secs(60 << n)));
        // Meanwhile it is not asked.
        let asked = server.paths().len();
        let why = failed(ask(&fetcher, &url));
        assert!(why.contains(&format!("it failed {} times in a row", n + 1)) && why.contains("2031-05-"), "{why}");
        assert_eq!(server.paths().len(), asked);
        hands.pass(Duration::from_secs(60 << n));
    }
    is_well.store(true, Ordering::SeqCst);
    body(ask(&fetcher, &url));
    is_well.store(false, Ordering::SeqCst);
    let Outcome::Failed { retry_after, .. } = ask(&fetcher, &url) else { panic!() };
    assert_eq!(retry_after, Some(Duration::from_secs(60)), "a good answer ends the row");
}

#[test]
fn a_server_says_when_to_come_back() {
    let server = Server::new(|path, stream| {
        let after = match path {
            "/seconds" => "300",
            "/moment" => "Mon, 12 May 2031 07:00:00 GMT",
            "/never" => "99999999999",
            _ => "soon",
        };
        status(stream, "429 Too Many Requests", &format!("Retry-After: {after}"), b"")
    });
    let all = [("/seconds", 300), ("/moment", 0), ("/never", 86_400), ("/odd", 60)];
    for (path, expected) in all {
        let (fetcher, hands) = fetcher(tight(), &Names::of(&[]));
        let expected = if path == "/moment" { 1_936_335_600 - hands.now() / 1000 } else { expected };
        let Outcome::Failed { retry_after, .. } = ask(&fetcher, &server.url(path)) else { panic!("{path}") };
        assert_eq!(retry_after, Some(Duration::from_secs(expected)), "{path}");
    }
}
