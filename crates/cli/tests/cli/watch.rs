//! Watching a site on this machine: what arrives, what is said, and what a killed run leaves.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Output;
use std::sync::{Arc, Mutex};

use crate::run;

const FEED: &str = r#"<rss version="2.0"><channel><title>Kalvik Post</title>
<item><title>Ferry</title><link>/ferry.html</link><guid isPermaLink="false">k1</guid><description>The ferry ran…</description></item>
<item><title>Router</title><link>http://192.168.1.1/admin</link><guid isPermaLink="false">k2</guid><description>A link that leads inside.</description></item>
</channel></rss>"#;

type Pages = Arc<Mutex<BTreeMap<String, String>>>;

/// A site for as long as the test runs; its address and its pages.
fn site() -> (String, Pages) {
    let pages: Pages = Arc::default();
    let put =
        |path: &str, text: &str| pages.lock().expect("as the test made it").insert(path.to_owned(), text.to_owned());
    put("/feed.xml", FEED);
    put("/ferry.html", "<title>Ferry</title><p>The ferry to Kalvik ran again on Monday.");
    let listener = TcpListener::bind("127.0.0.1:0").expect("as the test made it");
    let address = format!("http://{}", listener.local_addr().expect("as the test made it"));
    let shown = pages.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().filter_map(Result::ok) {
            let mut head = [0; 4096];
            let n = stream.read(&mut head).unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..n]).into_owned();
            let found =
                shown.lock().expect("as the test made it").get(head.split(' ').nth(1).unwrap_or_default()).cloned();
            let (status, text) = found.map_or(("404 Not Found", String::new()), |it| ("200 OK", it));
            let n = text.len();
            let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {n}\r\nConnection: close\r\n\r\n{text}");
        }
    });
    (address, pages)
}

fn watch(source: &str, into: &Path, more: &[&str]) -> (Output, String, String) {
    let into = into.to_str().expect("as the test made it");
    let args = [&["watch", source, "--once", "--into", into, "--allow-address", "127.0.0.1"], more].concat();
    let done = run(&args);
    let text = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
    let (out, said) = (text(&done.stdout), text(&done.stderr));
    (done, out, said)
}

fn log(into: &Path) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(into.join("arrivals.jsonl")).expect("as the test made it");
    text.lines().map(|it| serde_json::from_str(it).expect("as the test made it")).collect()
}

#[test]
fn what_is_new_or_changed_is_kept_with_its_versions() {
    let dir = tempfile::tempdir().expect("as the test made it");
    let (site, pages) = site();
    let feed = format!("{site}/feed.xml");
    let (done, out, said) = watch(&feed, dir.path(), &[]);
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(
        out.contains("new     page ") && out.contains("/ferry.html") && out.contains("/feed.xml (1 entry)"),
        "{out}"
    );
    assert!(said.contains("http://192.168.1.1/admin: 192.168.1.1: a private network"), "{said}");
    let rows = log(dir.path());
    let file = dir.path().join(rows[0]["file"].as_str().expect("as the test made it"));
    assert_eq!(
        std::fs::read_to_string(file).expect("as the test made it"),
        pages.lock().expect("as the test made it")["/ferry.html"]
    );
    // Nothing is new; then the page has other words.
    let (_, out, _) = watch(&feed, dir.path(), &["--recheck"]);
    assert_eq!(out, "");
    let corrected = "<title>Ferry</title><p>The ferry to Kalvik ran again on Tuesday.";
    pages.lock().expect("as the test made it").insert("/ferry.html".to_owned(), corrected.to_owned());
    let (_, out, said) = watch(&feed, dir.path(), &["--recheck"]);
    assert!(out.starts_with("changed page ") && said.contains("0 new, 1 changed"), "{out}{said}");
    let now = log(dir.path());
    assert_eq!((now.len(), &now[2]["version_of"]), (3, &rows[0]["sha256"]));
    // Both versions are reports that other commands read.
    let read = run(&["read", "-q", dir.path().join("reports").to_str().expect("as the test made it")]);
    let read = String::from_utf8_lossy(&read.stdout).into_owned();
    assert!(read.contains("again on Monday") && read.contains("again on Tuesday"), "{read}");
}

#[test]
fn a_killed_watch_loses_and_doubles_nothing() {
    let dir = tempfile::tempdir().expect("as the test made it");
    let (site, _) = site();
    let feed = format!("{site}/feed.xml");
    watch(&feed, dir.path(), &[]);
    let whole = std::fs::read(dir.path().join("arrivals.jsonl")).expect("as the test made it");
    let n = log(dir.path()).len();
    // Killed before it could remember; in the middle of a line; before the first line.
    for kept in [whole.len(), whole.len() - 7, 0] {
        std::fs::write(dir.path().join("arrivals.jsonl"), &whole[..kept]).expect("as the test made it");
        std::fs::remove_file(dir.path().join("state.json")).expect("as the test made it");
        watch(&feed, dir.path(), &[]);
        let mut places: Vec<String> = log(dir.path()).iter().map(|it| it["location"].to_string()).collect();
        assert_eq!(places.len(), n);
        places.sort();
        places.dedup();
        assert_eq!(places.len(), n, "{places:?}");
    }
}

#[test]
fn what_cannot_be_watched_is_said() {
    let dir = tempfile::tempdir().expect("as the test made it");
    let (site, _) = site();
    let into = dir.path().join("into");
    let into = into.to_str().expect("as the test made it");
    let said = |args: &[&str]| {
        let done = run(args);
        (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let (code, text) = said(&["watch", &site, "--once", "--into", into]);
    assert_eq!(code, Some(1));
    assert!(text.contains("this machine itself (127.0.0.0/8), and no address of the open network"), "{text}");
    let (code, text) = said(&["watch", "nowhere.opml", "--once", "--into", into]);
    assert!(code == Some(2) && text.contains("nowhere.opml is not there; give an address"), "{text}");
    let (code, text) = said(&["watch", &site, "--every", "1s", "--into", into]);
    assert!(code == Some(2) && text.contains("30 s at least"), "{text}");
    let (code, text) = said(&["watch", &site, "--once", "--into", into, "--allow-address", "home"]);
    assert!(code == Some(2) && text.contains("192.168.1.0/24"), "{text}");
    let (code, _) = said(&["watch", &site, "--into", into]);
    assert_eq!(code, Some(2));
}
