//! Passes over feeds, pages and folders.

use super::*;
use crate::watch::{Arrival, Entry, NotKept, Pass, Reader, Source, State, Summary, watch_once};
use std::path::{Path, PathBuf};

/// A feed of the tests' own: `FEED`, then a line an entry: id, address, `whole` or not, version.
struct Lines;

impl Reader for Lines {
    fn entries(&self, _: &str, bytes: &[u8]) -> Option<Vec<Entry>> {
        let text = std::str::from_utf8(bytes).ok()?.strip_prefix("FEED\n")?;
        let entry = |(line, number): (&str, u32)| {
            let words: Vec<&str> = line.split(' ').collect();
            Entry {
                number,
                id: words[0].to_owned(),
                url: Some(words[1].to_owned()).filter(|it| it != "-"),
                is_whole: words[2] == "whole",
                has_text: words[2] != "bare",
                sha256: words[3].to_owned(),
            }
        };
        Some(text.lines().zip(1..).map(entry).collect())
    }

    fn files(&self, folder: &Path) -> (Vec<PathBuf>, Vec<String>) {
        let Ok(found) = std::fs::read_dir(folder) else { return (Vec::new(), vec!["cannot be listed".to_owned()]) };
        let mut files: Vec<PathBuf> = found.map(|it| it.unwrap().path()).collect();
        files.sort();
        (files, Vec::new())
    }
}

/// What arrived: kind, place, bytes, whether it is another version, entries.
type Came = (String, String, String, bool, Vec<u32>);

struct Desk {
    fetcher: Fetcher,
    hands: Arc<Hands>,
    state: State,
    pass: Pass,
}

impl Desk {
    fn new() -> Desk {
        let (fetcher, hands) = fetcher(tight(), &Names::of(&[]));
        Desk { fetcher, hands, state: State::default(), pass: Pass::default() }
    }

    fn pass(&mut self, sources: &[Source]) -> (Vec<Came>, Summary) {
        let mut came = Vec::new();
        let mut sink = |it: &Arrival<'_>| {
            let place = it.location.rsplit('/').next().unwrap().to_owned();
            let text = String::from_utf8_lossy(it.bytes).into_owned();
            came.push((it.kind.as_str().to_owned(), place, text, it.version_of.is_some(), it.entries.to_vec()));
            Ok(())
        };
        // Through the form it is kept in, as a program does that ends after each pass.
        let kept = serde_json::to_string(&self.state).unwrap();
        self.state = serde_json::from_str(&kept).unwrap();
        let summary = watch_once(&mut self.state, sources, &self.pass, &self.fetcher, &Lines, &mut sink).unwrap();
        assert_eq!(summary.n_arrivals, came.len());
        (came, summary)
    }
}

fn page(place: &str, text: &str, is_version: bool) -> Came {
    ("page".to_owned(), place.to_owned(), text.to_owned(), is_version, vec![])
}

/// A site whose pages the test changes.
fn site(pages: &[(&str, &str)]) -> (Server, Arc<Mutex<BTreeMap<String, String>>>) {
    let of = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
    let pages = Arc::new(Mutex::new(pages.iter().map(of).collect::<BTreeMap<_, _>>()));
    let shown = pages.clone();
    let server = Server::new(move |path, stream| {
        let text = shown.lock().unwrap().get(path).cloned();
        match text {
            Some(text) => ok(stream, "Content-Type: text/html", text.as_bytes()),
            None => not_found(stream),
        }
    });
    (server, pages)
}

#[test]
fn a_feed_leads_to_its_pages_once() {
    let (server, pages) = site(&[
        ("/feed", "FEED\n1 /a part v1\n2 b.html bare v1\n3 /c whole v1\n4 - part v1\n"),
        ("/a", "A1"),
        ("/b.html", "B1"),
    ]);
    let sources = [Source::Web(server.url("/feed#x"))];
    let mut desk = Desk::new();
    let (came, summary) = desk.pass(&sources);
    let feed = pages.lock().unwrap()["/feed"].clone();
    let of_feed = |entries: &[u32], is_version| {
        ("feed".to_owned(), "feed".to_owned(), feed.clone(), is_version, entries.to_vec())
    };
    assert_eq!(came, [page("a", "A1", false), page("b.html", "B1", false), of_feed(&[3, 4], false)]);
    assert_eq!(summary.problems, []);
    assert!(!server.paths().contains(&"/c".to_owned()), "the feed has all of it");
    // Nothing new: the feed alone is asked for.
    let n = server.paths().len();
    let (came, summary) = desk.pass(&sources);
    assert_eq!((came, summary.n_unchanged, server.paths().len()), (vec![], 4, n + 1));
    // An entry in another version: its page is asked for at once. A new one comes too.
    pages.lock().unwrap().insert("/feed".to_owned(), "FEED\n5 /d part v1\n1 /a part v2\n2 b.html bare v1\n".to_owned());
    pages.lock().unwrap().extend([("/a".to_owned(), "A2".to_owned()), ("/d".to_owned(), "D1".to_owned())]);
    assert_eq!(desk.pass(&sources).0, [page("d", "D1", false), page("a", "A2", true)]);
}

#[test]
fn pages_are_looked_at_again_less_and_less() {
    let (server, pages) = site(&[("/feed", "FEED\n1 /a bare v1\n"), ("/a", "A1")]);
    let sources = [Source::Web(server.url("/feed"))];
    let mut desk = Desk::new();
    assert_eq!(desk.pass(&sources).0.len(), 1);
    let n_asked = || server.paths().iter().filter(|it| *it == "/a").count();
    // Every half hour for ten days.
    let mut versions = 0;
    for n in 0..480 {
        desk.hands.pass(Duration::from_secs(1800));
        if n == 30 {
            pages.lock().unwrap().insert("/a".to_owned(), "A2".to_owned());
        }
        versions += desk.pass(&sources).0.len();
    }
    assert_eq!((n_asked(), versions), (6, 1));
    // Whoever wants to know now, may.
    desk.pass.recheck = true;
    pages.lock().unwrap().insert("/a".to_owned(), "A3".to_owned());
    assert_eq!(desk.pass(&sources).0, [page("a", "A3", true)]);
}

#[test]
fn what_a_feed_cannot_lead_to_is_had_from_the_feed_and_tried_again() {
    let (server, pages) =
        site(&[("/feed", "FEED\n1 /a part v1\n2 http://10.0.0.1/x part v1\n3 javascript:x bare v1\n")]);
    let sources = [Source::Web(server.url("/feed"))];
    let mut desk = Desk::new();
    let (came, summary) = desk.pass(&sources);
    assert_eq!((came[0].0.as_str(), came[0].4.as_slice(), came.len()), ("feed", &[1, 2][..], 1));
    let told: Vec<&str> = summary.problems.iter().map(|it| it.1.as_str()).collect();
    assert!(told[0].contains("404") && told[0].contains("next try 2031-05-12T06:31:00Z"), "{told:?}");
    assert!(told[1].contains("private network") && told[2].contains("entry 3 leads to no web address"), "{told:?}");
    // Four more tries, each after a longer time, then no more.
    for _ in 0..60 {
        desk.hands.pass(Duration::from_secs(60));
        assert_eq!(desk.pass(&sources).0, []);
    }
    assert_eq!(server.paths().iter().filter(|it| *it == "/a").count(), 5);
    // When it is there in time, it arrives.
    let mut desk = Desk::new();
    desk.pass(&sources);
    pages.lock().unwrap().insert("/a".to_owned(), "A1".to_owned());
    desk.hands.pass(Duration::from_secs(61));
    assert_eq!(desk.pass(&sources).0, [page("a", "A1", false)]);
}

#[test]
fn a_page_of_its_own_arrives_in_each_version() {
    let (server, pages) = site(&[("/", "one")]);
    let sources = [Source::Web(server.url("")), Source::Web("not an address".to_owned())];
    let mut desk = Desk::new();
    let (came, summary) = desk.pass(&sources);
    assert_eq!(came, [page("", "one", false)]);
    assert!(summary.problems[0].1.contains("is no web address"));
    assert_eq!(desk.pass(&sources).0, []);
    pages.lock().unwrap().insert("/".to_owned(), "two".to_owned());
    assert_eq!(desk.pass(&sources).0, [page("", "two", true)]);
    pages.lock().unwrap().clear();
    for n in 0..3 {
        let (came, summary) = desk.pass(&sources[..1]);
        assert_eq!((came.len(), summary.problems.len()), (0, 1), "{n}");
    }
    assert!(desk.pass(&sources[..1]).1.problems[0].1.contains("is left alone until"));
}

#[test]
fn a_sink_that_fails_gets_it_again() {
    let (server, _) = site(&[("/feed", "FEED\n1 /a part v1\n2 /b part v1\n"), ("/a", "A"), ("/b", "B")]);
    let sources = [Source::Web(server.url("/feed"))];
    let mut desk = Desk::new();
    let mut n = 0;
    let mut sink = |_: &Arrival<'_>| {
        n += 1;
        if n == 2 { Err(NotKept("the disk is full".to_owned())) } else { Ok(()) }
    };
    let done = watch_once(&mut desk.state, &sources, &Pass::default(), &desk.fetcher, &Lines, &mut sink);
    assert_eq!(done.unwrap_err().to_string(), "the disk is full");
    // What was kept is not handed on again, the rest is.
    assert_eq!(desk.pass(&sources).0, [page("b", "B", false)]);
}

#[test]
fn a_pass_ends_and_the_next_goes_on() {
    let feed: String = (0..10).map(|it| format!("{it} /{it} bare v1\n")).collect();
    let mut all: Vec<(String, String)> = (0..10).map(|it| (format!("/{it}"), format!("page {it}"))).collect();
    all.push(("/feed".to_owned(), format!("FEED\n{feed}")));
    let all: Vec<(&str, &str)> = all.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let (server, _) = site(&all);
    let sources = [Source::Web(server.url("/feed"))];
    let mut desk = Desk::new();
    desk.pass.pages_max = 4;
    let n: Vec<usize> = (0..4).map(|_| desk.pass(&sources).0.len()).collect();
    assert_eq!(n, [4, 4, 2, 0]);
}

#[test]
fn files_arrive_when_their_bytes_change() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    write("a.txt", "one");
    write("b.txt", "two");
    let sources = [Source::Folder(dir.path().to_owned()), Source::Folder(dir.path().join("none"))];
    let mut desk = Desk::new();
    let file =
        |name: &str, text: &str, is_version| ("file".to_owned(), name.to_owned(), text.to_owned(), is_version, vec![]);
    let (came, summary) = desk.pass(&sources);
    assert_eq!(came, [file("a.txt", "one", false), file("b.txt", "two", false)]);
    assert_eq!(summary.problems.len(), 1);
    assert_eq!(desk.pass(&sources).0, []);
    // Touched, not changed; changed; new.
    let later = std::time::SystemTime::now() + Duration::from_secs(5);
    std::fs::File::options().append(true).open(dir.path().join("a.txt")).unwrap().set_modified(later).unwrap();
    write("b.txt", "two, corrected");
    write("c.txt", "three");
    assert_eq!(desk.pass(&sources).0, [file("b.txt", "two, corrected", true), file("c.txt", "three", false)]);
}
