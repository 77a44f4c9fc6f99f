//! The desk in a real browser; see [`rapporteur_testkit::browser`] for where these tests run.
//!
//! With a language model at hand (`RAPPORTEUR_MODEL`) the desk has facts; without one its reports are bare, and what is about
//! facts is left out, loudly.

use std::path::{Path, PathBuf};
use std::sync::mpsc;

use rapporteur::{Rapporteur, Settings, Silent, models};
use rapporteur_desk::Desk;
use rapporteur_model::{Annotated, Article};
use rapporteur_serve::{Options, Setup};
use rapporteur_testkit::browser::Browser;
use serde_json::{Value, json};

/// Would run, or break out.
const EVIL: &str = "\"><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">\u{202e}";

fn settings() -> Option<Settings> {
    std::env::var_os("RAPPORTEUR_MODEL").map(|_| Settings { store: models::Store::from_env(), ..Settings::default() })
}

/// A desk with an example, and one report that would like to be more than text.
#[expect(clippy::print_stderr, reason = "a test that leaves something out says so")]
fn desk(folder: &Path) -> bool {
    let mut desk = Desk::init(folder).expect("a desk");
    let example = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/lake-ferry-talks/reports");
    let evil = json!({ "title": format!("Pier {EVIL}"), "outlet": EVIL, "author": EVIL, "url": EVIL,
        "text": format!("The pier {EVIL} was shut on Monday. “{EVIL}”, said the warden Ada {EVIL} Holm.") });
    let evil = evil.to_string();
    match settings() {
        Some(settings) => {
            let engine = Rapporteur::open(&settings, &mut |_| ()).expect("the language model");
            desk.add(&engine, &[example], &Silent, &mut |_| ()).expect("added");
            desk.add_bytes(&engine, "evil.json", evil.as_bytes()).expect("added");
            true
        }
        None => {
            eprintln!("without facts: no language model (RAPPORTEUR_MODEL)");
            let bare = |articles: Vec<Article>| -> Vec<Annotated> {
                articles.into_iter().map(|article| Annotated { article, annotations: Default::default() }).collect()
            };
            let mut parts = Vec::new();
            for file in std::fs::read_dir(example).expect("the example").flatten() {
                let bytes = std::fs::read(file.path()).expect("can be read");
                let name = file.file_name().to_string_lossy().into_owned();
                rapporteur::read_parts(&name, &bytes, |it| parts.push(it));
            }
            rapporteur::read_parts("evil.json", evil.as_bytes(), |it| parts.push(it));
            desk.add_annotated(&bare, parts).expect("added");
            false
        }
    }
}

/// Serves the desk; gives its address.
fn start(folder: PathBuf) -> String {
    let setup =
        Setup { desk: folder, settings: settings().unwrap_or_default(), who: "ada".to_owned(), ..Setup::default() };
    let listen = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    let options = Options { setup, listen, json_log: false, is_quiet: true };
    let (told, address) = mpsc::channel();
    std::thread::spawn(move || rapporteur_serve::serve(options, |it| told.send(it.address).expect("heard")));
    format!("http://{}", address.recv().expect("listens"))
}

/// What axe-core finds, where it is at hand: `npm pack axe-core` unpacked to `target/axe-core`, or `RAPPORTEUR_AXE`.
#[expect(clippy::print_stderr, reason = "a test that leaves something out says so")]
fn axe() -> Option<String> {
    let path = std::env::var_os("RAPPORTEUR_AXE").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/axe-core/package/axe.min.js"),
        PathBuf::from,
    );
    let found = std::fs::read_to_string(&path).ok();
    if found.is_none() {
        assert!(std::env::var_os("RAPPORTEUR_AXE").is_none(), "no axe-core at {}", path.display());
        eprintln!("accessibility not checked: no axe-core at {}", path.display());
    }
    found
}

/// The first address of a list page.
fn first(browser: &Browser, begins: &str) -> String {
    let script = format!(
        "const it = [...document.querySelectorAll('main a[href]')].find(it => it.getAttribute('href').startsWith({begins:?}));\
         return it ? it.getAttribute('href').split('#')[0] : ''"
    );
    browser.script(&script).as_str().unwrap_or("").to_owned()
}

#[test]
fn every_page_holds_and_nothing_in_it_runs() {
    let dir = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::find(dir.path()) else { return };
    let has_facts = desk(&dir.path().join("desk"));
    let base = start(dir.path().join("desk"));
    let axe = axe();

    browser.open(&format!("{base}/search?q=pier"));
    let evil = first(&browser, "/reports/");
    browser.open(&format!("{base}{evil}"));
    let evil_story = first(&browser, "/stories/");
    browser.open(&format!("{base}/search?q=ferry"));
    let report = first(&browser, "/reports/");
    browser.open(&format!("{base}{report}"));
    let story = first(&browser, "/stories/");
    let mut pages: Vec<String> = [
        "/", "/stories", "/agenda?all=1", "/actors", "/activity", "/decisions", "/search", "/search?q=ferry",
        "/search?q=ferry&in=facts", "/search?q=pier", "/api", "/nothing",
    ]
    .map(str::to_owned)
    .into();
    pages.extend([evil, evil_story, report, story.clone()]);
    if has_facts {
        browser.open(&format!("{base}{story}"));
        pages.push(first(&browser, "/facts/"));
        browser.open(&format!("{base}/actors"));
        pages.push(first(&browser, "/actors/"));
    }
    let mut serious: Vec<String> = Vec::new();
    for page in &pages {
        assert!(!page.is_empty(), "a page that others lead to is missing: {pages:?}");
        browser.open(&format!("{base}{page}"));
        let state = browser.script(
            "return [document.title === 'taken', document.querySelectorAll('img, iframe, object, [onerror], [style]').length,\
             document.querySelectorAll('script').length, document.querySelectorAll('h1').length]",
        );
        assert_eq!(state, json!([false, 0, 1, 1]), "{page}");
        let complaints: Vec<String> = browser.complaints().into_iter().filter(|it| !it.contains("404")).collect();
        assert!(complaints.is_empty(), "{page}: {complaints:?}");
        let Some(axe) = &axe else { continue };
        for scheme in ["light", "dark"] {
            browser.prefer(scheme);
            let found = browser.script(&format!(
                "document.body.classList.remove('tabs');{axe};return axe.run().then(it => it.violations.filter(it => ['serious', 'critical'].includes(it.impact))\
                 .map(it => it.id + ': ' + it.nodes.slice(0, 3).map(it => it.html.slice(0, 160)).join(' | ')))"
            ));
            let Some(list) = found.as_array() else { panic!("{page}: axe-core did not run: {found}") };
            serious.extend(list.iter().filter_map(Value::as_str).map(|it| format!("{page} {scheme}: {it}")));
        }
    }
    assert!(serious.is_empty(), "{}", serious.join("\n"));
}

#[test]
fn keys_walk_open_and_decide() {
    let dir = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::find(dir.path()) else { return };
    desk(&dir.path().join("desk"));
    let base = start(dir.path().join("desk"));

    browser.open(&format!("{base}/stories"));
    browser.key("j");
    assert_eq!(browser.script("return document.querySelectorAll('.row.on').length"), json!(1));
    let first = browser.script("return document.querySelector('.row.on').dataset.to");
    browser.key("j");
    browser.key("k");
    assert_eq!(browser.script("return document.querySelector('.row.on').dataset.to"), first);
    browser.key("?");
    assert_eq!(browser.script("return document.getElementById('help').open"), json!(true));
    browser.key("\u{e00c}"); // Escape
    browser.key("/");
    assert_eq!(browser.script("return document.activeElement.id"), json!("find"));
    browser.key("\u{e00c}");
    browser.key("o");
    assert!(browser.waits_for(&format!("return location.pathname === {first}")), "o does not open the row");

    // d leads to the reports that do not belong here; m to the other story.
    browser.key("d");
    assert!(browser.waits_for("return !!document.activeElement.closest('#divide')"));
    browser.key("\u{e00c}");
    browser.script("document.activeElement.blur()");
    browser.key("m");
    assert!(browser.waits_for("return document.activeElement.id === 'm-with'"));

    // A decision by its form, and taken back.
    browser.script("const it = document.getElementById('r-title'); it.value = ''; it.focus()");
    browser.write("Ferries");
    browser.key("\u{e007}"); // Enter
    assert!(browser.waits_for("return document.title.startsWith('Ferries')"), "the story has its name");
    browser.script("document.activeElement.blur()");
    browser.key("u");
    assert!(browser.waits_for("return location.pathname === '/decisions'"));
    browser.key("u");
    browser.key("\u{e007}");
    assert!(browser.waits_for("return !!document.querySelector('.undone')"), "the decision is taken back");

    // What somebody else does shows itself.
    browser.open(&format!("{base}/stories"));
    let other = ureq::Agent::config_builder().proxy(None).build();
    let other: ureq::Agent = other.into();
    let report = browser.script("return fetch('/api/v1/reports').then(it => it.json()).then(it => it.rows[0].id)");
    let sent = other
        .post(format!("{base}/api/v1/decisions"))
        .header("content-type", "application/json")
        .send(json!({ "do": "rename", "report": report, "title": "Renamed elsewhere" }).to_string());
    assert_eq!(sent.expect("decided").status().as_u16(), 201);
    assert!(browser.waits_for("return !document.getElementById('live').hidden"), "live pages do not hear of it");
}
