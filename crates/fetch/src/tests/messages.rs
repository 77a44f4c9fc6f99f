//! Signed messages.

use super::*;
use crate::webhook::signature;
use std::sync::atomic::AtomicUsize;

#[test]
fn the_signature_is_the_standards() {
    // Computed with Python's hmac module.
    assert_eq!(
        signature(b"Jefe", 1_936_333_800, b"{\"a\":1}"),
        "t=1936333800,v1=5df4f5af79bab5b5de2477f2236d75154fe626365441fe9a381f2310b964c69a"
    );
}

#[test]
fn a_message_is_tried_until_it_is_taken() {
    let n = Arc::new(AtomicUsize::new(0));
    let counted = n.clone();
    let server = Server::new(move |_, stream| match counted.fetch_add(1, Ordering::SeqCst) {
        0 => status(stream, "503 Busy", "", b""),
        1 => status(stream, "429 Too Many Requests", "Retry-After: 7", b""),
        2 => Ok(()),
        _ => status(stream, "202 Accepted", "", b""),
    });
    let (fetcher, hands) = fetcher(tight(), &Names::of(&[]));
    let body = br#"{"alert": "a second origin"}"#;
    assert_eq!(fetcher.post_signed(&server.url("/hook"), body, b"secret"), Ok(4));
    assert_eq!(hands.slept(), [2000, 7000, 8000]);
    let asked = server.asked.lock().unwrap().clone();
    let line = |at: usize, name: &str| {
        let found = asked[at].lines().find_map(|it| it.strip_prefix(name).map(str::to_owned));
        found.unwrap_or_else(|| panic!("no {name} in {}", asked[at]))
    };
    assert!(asked[3].starts_with("POST /hook ") && asked[3].ends_with("\r\n\r\n{\"alert\": \"a second origin\"}"));
    // Each try is signed with its own time and can be known for the same message.
    let times: Vec<u64> = (0..4)
        .map(|at| {
            let signed = line(at, "x-rapporteur-signature: ");
            let seconds = signed.split(['=', ',']).nth(1).unwrap().parse().unwrap();
            assert_eq!(signed, signature(b"secret", seconds, body));
            assert_ne!(signed, signature(b"other", seconds, body));
            seconds
        })
        .collect();
    assert_eq!(times.iter().map(|it| it - times[0]).collect::<Vec<_>>(), [0, 2, 9, 17]);
    assert!((1..4).all(|at| line(at, "x-rapporteur-delivery: ") == line(0, "x-rapporteur-delivery: ")));
}

#[test]
fn a_message_that_is_not_wanted_is_not_sent_again() {
    let server = Server::new(|path, stream| match path {
        "/moved" => status(stream, "307 Temporary Redirect", "Location: /hook", b""),
        "/busy" => status(stream, "500 Oh", "", b""),
        _ => not_found(stream),
    });
    let (fetcher, _) = fetcher(tight(), &Names::of(&[]));
    let post = |path: &str| fetcher.post_signed(&server.url(path), b"{}", b"secret").unwrap_err();
    assert_eq!((post("/none").tries, post("/moved").tries, post("/busy").tries), (1, 1, 5));
    assert!(post("/busy").to_string().contains("after 5 tries: the server answers 500"));
    assert!(!server.paths().contains(&"/hook".to_owned()));
}
