//! Watching a site on this machine: what arrives in a folder or on a desk, what is said, and what a killed run leaves.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Output;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::{rows, run, stdout};

const FEED: &str = r#"<rss version="2.0"><channel><title>Kalvik Post</title>
<item><title>Ferry</title><link>/ferry.html</link><guid isPermaLink="false">k1</guid><description>The ferry ran…</description></item>
<item><title>Router</title><link>http://192.168.1.1/admin</link><guid isPermaLink="false">k2</guid><description>A link that leads inside.</description></item>
</channel></rss>"#;

pub(crate) type Pages = Arc<Mutex<BTreeMap<String, String>>>;

/// A site for as long as the test runs; its address and its pages.
pub(crate) fn site() -> (String, Pages) {
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

/// A feed that has all of its reports itself.
pub(crate) fn whole(entries: &[(&str, &str)]) -> String {
    let item = |(id, text): &(&str, &str)| {
        let text = text.repeat(1200 / text.len() + 1);
        format!(
            "<item><title>About {id}</title><guid isPermaLink=\"false\">{id}</guid><content:encoded>{text}</content:encoded></item>"
        )
    };
    let items: String = entries.iter().map(item).collect();
    format!(
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Orsany Courier</title>{items}</channel></rss>"
    )
}

#[test]
fn arrivals_go_onto_a_desk_with_their_versions() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let at = dir.path().join("desk").to_string_lossy().into_owned();
    stdout(&["desk", "init", &at]);
    let (site, pages) = site();
    let put = |path: &str, text: String| pages.lock().expect("not poisoned").insert(path.to_owned(), text);
    put("/whole.xml", whole(&[("harbour-fee", "The harbour fee of Orsany rises to forty crowns. ")]));
    let (feed, other) = (format!("{site}/feed.xml"), format!("{site}/whole.xml"));
    let watch = |more: &[&str]| {
        let args = ["watch", &feed, &other, "--once", "--desk", &at, "--allow-address", "127.0.0.1"];
        let done = run(&[&args[..], more].concat());
        (String::from_utf8_lossy(&done.stdout).into_owned(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let (out, said) = watch(&[]);
    assert!(out.contains("new     report ferry in story-") && out.contains("report harbour-fee in"), "{out}{said}");
    // The entry that leads inside has words of its own, so the feed arrives for it, and for it alone.
    assert!(out.contains("report k2 in") && !out.contains("report k1 in"), "{out}{said}");
    assert!(said.contains("on the desk 3 new reports, 0 there already; 3 stories changed"), "{said}");

    // A second run knows what the first has seen: nothing is asked for again, and nothing is there twice.
    let (out, said) = watch(&[]);
    assert!(out.is_empty() && said.contains("0 new, 0 changed"), "{out}{said}");

    // The page has other words; the feed has a newer entry before the one it corrects.
    put("/ferry.html", "<title>Ferry</title><p>The ferry to Kalvik ran again on Tuesday.".to_owned());
    put(
        "/whole.xml",
        whole(&[
            ("lighthouse", "The lighthouse of Tesk is dark since Sunday. "),
            ("harbour-fee", "The harbour fee of Orsany rises to forty-two crowns. "),
        ]),
    );
    let told: Vec<Value> =
        watch(&["--recheck", "--rows"]).0.lines().map(|it| serde_json::from_str(it).expect("a row")).collect();
    let of = |id: &str| told.iter().find(|it| it["id"].as_str().is_some_and(|it| it.starts_with(id))).expect("is told");
    assert_eq!(
        (told.len(), &of("ferry")["version_of"], &of("harbour-fee")["version_of"]),
        (3, &"ferry".into(), &"harbour-fee".into())
    );
    assert!(of("lighthouse")["version_of"].is_null());
    let hits = rows(&["search", "ferry OR fee", "--desk", &at, "--format", "jsonl"]);
    assert_eq!(hits.len(), 4, "{hits:#?}");
    assert!(stdout(&["desk", "check", "--desk", &at]).ends_with("The desk is whole.\n"));
}

#[test]
fn where_arrivals_go_is_said() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let at = dir.path().join("desk").to_string_lossy().into_owned();
    let said = |args: &[&str]| {
        let done = run(args);
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        String::from_utf8_lossy(&done.stderr).into_owned()
    };
    let inbox = dir.path().to_string_lossy().into_owned();
    assert!(said(&["watch", &inbox, "--once"]).contains("--desk DIR, make one with `rapporteur desk init`"));
    assert!(said(&["watch", &inbox, "--once", "--desk", &at]).contains("there is no desk in"));
    assert!(said(&["watch", &inbox, "--once", "--desk", &at, "--into", &at]).contains("cannot be used with"));
    let hook = ["watch", &inbox, "--once", "--into", &at, "--webhook", "http://127.0.0.1/hook"];
    assert!(said(&hook).contains("openssl rand -hex 32"));
}
