//! What each command prints for the stories in `examples/`.

use crate::{root, rows, run, run_with, stdout};

const FERRY: &str = "examples/lake-ferry-talks/reports";
const HARBOUR: &str = "examples/harbour-explosion-inquiry/reports";

#[test]
fn every_sentence_of_the_brief_is_cited_and_every_quotation_is_verbatim() {
    for story in [FERRY, HARBOUR] {
        let account: serde_json::Value =
            serde_json::from_str(&stdout(&["brief", story, "--format", "json", "--main"])).expect("JSON");
        let texts: Vec<String> = rows(&["read", story])
            .iter()
            .map(|it| it["text"].as_str().expect("text").split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        let sections = account["sections"].as_array().expect("sections");
        assert!(!sections.is_empty());
        let mut seen = std::collections::BTreeSet::new();
        for sentence in sections.iter().flat_map(|it| it["sentences"].as_array().expect("sentences")) {
            let text = sentence["text"].as_str().expect("text");
            assert!(seen.insert(text.to_owned()), "twice: {text}");
            let citations = sentence["citations"].as_array().expect("citations");
            assert!(!citations.is_empty(), "uncited: {text}");
            for marked in quoted(text) {
                let words = marked.trim_end_matches(['.', ',', '…']);
                assert!(texts.iter().any(|it| it.contains(words)), "not verbatim: {marked}\nin: {text}");
            }
        }
    }
}

/// What stands inside curly double marks.
fn quoted(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, tail)) = rest.split_once('“') {
        let Some((inside, after)) = tail.split_once('”') else { break };
        found.push(inside);
        rest = after;
    }
    found
}

#[test]
fn a_wire_its_repost_and_its_rewrite_are_one_origin() {
    let rows = rows(&["relate", FERRY]);
    let origin = rows
        .iter()
        .filter_map(|it| it["reports"].as_array())
        .find(|it| it.iter().any(|id| id.as_str().is_some_and(|id| id.starts_with("01"))))
        .expect("an origin with the wire");
    for start in ["02", "03"] {
        assert!(origin.iter().any(|id| id.as_str().is_some_and(|id| id.starts_with(start))), "{start} in {origin:?}");
    }
    for start in ["06", "07"] {
        assert!(!origin.iter().any(|id| id.as_str().is_some_and(|id| id.starts_with(start))), "{start} in {origin:?}");
    }
}

#[test]
fn one_story_stays_one_story_and_two_stay_two() {
    let stories = |paths: &[&str]| {
        let mut args = vec!["group"];
        args.extend(paths);
        let found: std::collections::BTreeSet<String> =
            rows(&args).iter().map(|it| it["story"].as_str().expect("story").to_owned()).collect();
        found.len()
    };
    assert_eq!(stories(&[FERRY]), 1);
    assert_eq!(stories(&[FERRY, HARBOUR]), 2);
}

#[test]
fn neither_threads_nor_order_show() {
    let one = stdout(&["brief", FERRY, HARBOUR, "--format", "json", "--threads", "1"]);
    let two = stdout(&["brief", HARBOUR, FERRY, "--format", "json", "--threads", "2"]);
    assert!(one == two, "the account depends on threads or order");
    let one = stdout(&["annotate", FERRY, "--threads", "1"]);
    let three = stdout(&["annotate", FERRY, "--threads", "3"]);
    assert!(one == three, "the annotation depends on threads");
    let one = stdout(&["group", FERRY, HARBOUR, "--threads", "1"]);
    for threads in ["2", "5", "8"] {
        let many = stdout(&["group", HARBOUR, FERRY, "--threads", threads]);
        assert!(one == many, "stories depend on threads or order: {threads}");
    }
}

#[test]
fn offsets_count_in_the_unit_asked_for() {
    for (unit, len) in [("char", 1), ("byte", 3), ("utf16", 1)] {
        let output = run_with(&["read", "-", "--offsets", unit], "“Yes,” she said in the old town hall.".as_bytes());
        let row: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a row");
        assert_eq!(row["offsets"], unit);
        let end = row["blocks"][0]["end"].as_u64().expect("end");
        let all = match unit {
            "byte" => row["text"].as_str().expect("text").len() as u64,
            _ => row["text"].as_str().expect("text").chars().count() as u64,
        };
        assert_eq!(end, all, "{unit}: a quote mark counts {len}");
    }
}

#[test]
fn raw_bytes_stand_behind_every_span() {
    let path = root().join(FERRY).join("06-haldry-lantern.html");
    let raw = std::fs::read_to_string(&path).expect("the example");
    let row = &rows(&["read", "examples/lake-ferry-talks/reports/06-haldry-lantern.html", "--offsets", "byte"])[0];
    let text = row["text"].as_str().expect("text");
    let at = text.find("Sorrend").expect("a name in the page");
    let span = format!("{at}-{}", at + "Sorrend".len());
    let said = stdout(&[
        "read",
        "examples/lake-ferry-talks/reports/06-haldry-lantern.html",
        "--offsets",
        "byte",
        "--at",
        &span,
    ]);
    let bytes = said.lines().nth(1).expect("a second line");
    assert!(bytes.contains("Sorrend"), "{said}");
    let range = bytes.trim_start_matches("bytes ").split(':').next().expect("a range");
    let (from, to) = range.split_once('-').expect("from and to");
    assert_eq!(&raw[from.parse().expect("from")..to.parse().expect("to")], "Sorrend");
}

#[test]
fn help_teaches_and_bad_calls_say_what_to_do() {
    let help = stdout(&["--help"]);
    for word in ["brief", "relate", "weigh", "Examples:", "Exit status"] {
        assert!(help.contains(word), "{word} in the help");
    }
    let output = run(&["brief", "no/such/folder"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("no/such/folder is not there") && said.contains("give files"), "{said}");
    let output = run(&["brief", FERRY, "--format", "pdf"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && said.contains("terminal, markdown, html and json"), "{said}");
}

#[test]
fn a_missing_model_is_a_clear_error() {
    let output = run(&["parse", "README.md", "--model", "/no/model/here"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("/no/model/here") && said.contains("model folder"), "{said}");
}

#[test]
fn parse_gives_heads_and_names() {
    let output = run_with(&["parse", "-"], b"Ministers of Norway met in Oslo on Monday.");
    let row: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a row");
    let tokens = row["tokens"].as_array().expect("tokens");
    let met = tokens.iter().position(|it| it[4] == "meet").expect("the verb");
    assert_eq!(tokens[0][5].as_u64(), Some(met as u64), "Ministers depends on met");
    assert_eq!(row["entities"].as_array().expect("entities").len(), 3);
}

/// The output in the README is what the command prints. `UPDATE_GOLDEN=1` writes it anew.
#[test]
fn the_readme_shows_what_the_command_prints() {
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).expect("the README");
    let (begin, end) = ("<!-- output:begin -->\n", "<!-- output:end -->");
    let (before, rest) = readme.split_once(begin).expect("a place for the output");
    let (shown, after) = rest.split_once(end).expect("an end of the output");
    let now = format!("```text\n{}```\n", stdout(&["brief", FERRY, "--quiet"]));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, format!("{before}{begin}{now}{end}{after}")).expect("the README can be written");
        return;
    }
    assert!(shown == now, "README.md shows another account than the command prints; UPDATE_GOLDEN=1 writes it anew");
}

#[test]
fn one_report_of_an_archive_leads_to_its_bytes() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let html = "<html><h1>Talks</h1><p>The ministers met &amp; talked.</p></html>";
    let record = |name: &str| {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/{name}.html\r\n\
             Content-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let file = dir.path().join("pages.warc");
    std::fs::write(&file, record("lake") + &record("ferry")).expect("can be written");
    let file = file.to_str().expect("a path");
    let rows = run(&["read", file]);
    let rows = String::from_utf8_lossy(&rows.stdout).into_owned();
    assert!(rows.contains("\"id\":\"lake\"") && rows.contains("\"url\":\"https://post.example/ferry.html\""), "{rows}");
    let output = run(&["read", file, "--id", "ferry", "--at", "7-30"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let at = html.find("The ministers").expect("it is there");
    let expected = format!("bytes {at}-{}: The ministers met &amp; tal\nof    {file}#2\n", at + 27);
    assert!(said.ends_with(&expected), "{said}");
    let several = run(&["read", file, "--at", "0-3"]);
    assert_eq!(several.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&several.stderr).contains("--id"));
    let nobody = run(&["read", file, "--id", "nobody"]);
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("no report is called 'nobody'"));
}

#[test]
fn read_gives_a_page_that_shows_every_role_and_field() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("read.html");
    let printed = stdout(&["read", FERRY, "--html"]);
    stdout(&["read", FERRY, "--html", "-o", path.to_str().expect("a path")]);
    assert_eq!(std::fs::read_to_string(&path).expect("the page"), printed);
    for row in rows(&["read", FERRY]) {
        assert!(printed.contains(&format!("<bdi>{}</bdi>", row["id"].as_str().expect("an id"))), "{}", row["id"]);
        for block in row["blocks"].as_array().expect("blocks") {
            let role = block["role"].as_str().expect("a role");
            assert!(printed.contains(&format!("<section class=\"g {role}")), "{role} is not on the page");
        }
    }
    assert!(!printed.contains("<script") && !printed.contains("http-equiv=\"refresh\"") && !printed.contains("src="));
    for bad in [&["read", FERRY, "--html", "--at", "1-2"][..], &["read", FERRY, "-o", "rows.json"]] {
        assert_eq!(run(bad).status.code(), Some(2), "{bad:?}");
    }
}
