//! Adding: once each, whatever is killed, versions kept, stories grown.

use super::*;
use crate::Kind;

#[test]
fn the_same_again_is_there_already() {
    let mut it = desk();
    let first = it.add("a.txt", &text(1, 0));
    assert_eq!((first.reports.len(), first.n_known), (1, 0));
    let again = it.add("a.txt", &text(1, 0));
    assert_eq!((again.reports.len(), again.n_known), (0, 1));
    // Nor does another name make it another report; where it was seen is noted.
    let elsewhere = it.add("b/c.txt", &text(1, 0));
    assert_eq!((elsewhere.reports.len(), elsewhere.n_known), (0, 1));
    let seen: i64 = it.desk.db.query_row("SELECT count(*) FROM sighting", [], |row| row.get(0)).expect("a count");
    assert_eq!(seen, 2);
    it.is_whole();
}

#[test]
fn other_words_at_the_same_place_are_a_new_version() {
    let mut it = desk();
    let first = it.add("page.txt", &text(1, 0)).reports;
    let second = it.add("page.txt", &text(1, 1)).reports;
    assert_eq!(second[0].version_of.as_deref(), Some(first[0].id.as_str()));
    assert_ne!(first[0].id, second[0].id);
    assert_eq!(it.desk.report(&first[0].id).expect("kept").text(), text(1, 0));
    assert_eq!(it.desk.report(&second[0].id).expect("kept").text(), text(1, 1));
    it.is_whole();
}

#[test]
fn ids_are_for_good_and_originals_lead_back() {
    let mut it = desk();
    let one = it.add("x/001.txt", &text(1, 0)).reports.remove(0);
    let other = it.add("y/001.txt", &text(9, 0)).reports.remove(0);
    assert_eq!(one.id, "001");
    assert!(other.id.starts_with("001~") && other.id.len() == 12, "{}", other.id);
    let (location, bytes) = it.desk.original(&other.id).expect("is kept");
    assert_eq!((location.as_str(), bytes), ("y/001.txt", text(9, 0).into_bytes()));
}

#[test]
fn a_file_of_many_reports_is_one_original() {
    let mut it = desk();
    let row = |n: usize| serde_json::json!({ "id": format!("r{n}"), "text": text(n, 0) }).to_string();
    let lines: Vec<String> = (0..150).map(row).collect();
    let added = it.add("many.jsonl", &lines.join("\n"));
    assert_eq!(added.reports.len(), 150);
    // The file grows by a row: the others are there already.
    let grown = it.add("many.jsonl", &(lines.join("\n") + "\n" + &row(150)));
    assert_eq!((grown.reports.len(), grown.n_known), (1, 150));
    assert!(grown.reports[0].version_of.is_none());
    it.is_whole();
}

#[test]
fn a_story_grows_and_others_are_not_touched() {
    let mut it = desk();
    for matter in [1, 10, 19] {
        it.add(&format!("{matter}-0.txt"), &text(matter, 0));
    }
    let before = it.desk.stories(&Filter::default(), Page::ALL).expect("stories").rows;
    assert_eq!(before.len(), 3);
    let added = it.add("10-1.txt", &text(10, 1));
    assert_eq!(added.stories.len(), 1, "{:?}", added.stories);
    for story in it.desk.stories(&Filter::default(), Page::ALL).expect("stories").rows {
        let was = before.iter().find(|it| it.id == story.id).expect("no story is new");
        let is_touched = added.stories.contains(&story.id);
        assert_eq!(story.n_reports, was.n_reports + usize::from(is_touched));
        assert_eq!(story.version == was.version, !is_touched);
    }
    it.is_whole();
}

#[test]
fn one_by_one_and_all_at_once_find_the_same_stories() {
    let texts: Vec<(String, String)> = (0..24).map(|n| (format!("{n}.txt"), text(n % 6 * 9, n / 6))).collect();
    let mut one_by_one = desk();
    texts.iter().for_each(|(name, text)| {
        one_by_one.add(name, text);
    });
    let mut at_once = desk();
    let mut parts = Vec::new();
    for (name, text) in &texts {
        rapporteur::read_parts(name, text.as_bytes(), |part| parts.push(part));
    }
    at_once.add_parts(parts);
    let sizes = |it: &Temporary| it.stories().into_iter().map(|it| it.1).collect::<Vec<_>>();
    assert_eq!(sizes(&one_by_one), [4; 6]);
    assert_eq!(sizes(&at_once), [4; 6]);
}

#[test]
fn somebody_else_reads_while_one_writes_and_a_second_writer_is_told() {
    let mut it = desk();
    it.add("a.txt", &text(1, 0));
    let reader = Desk::open_to_read(&it.folder()).expect("opened");
    let other = Desk::open(&it.folder()).expect("opened");
    let step = it.desk.begin().expect("the lock");
    assert_eq!(reader.stories(&Filter::default(), Page::ALL).expect("read").n_all, 1);
    other.db.busy_timeout(std::time::Duration::from_millis(50)).expect("set");
    let error = other.begin().map(|_| ()).expect_err("the lock is held");
    assert_eq!(error.kind(), Kind::Busy);
    assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
    drop(step);
    let error = reader.begin().map(|_| ()).expect_err("it only reads");
    assert_eq!(error.kind(), Kind::ReadOnly);
}

#[test]
fn what_is_not_committed_was_never_there() {
    let mut it = desk();
    it.add("a.txt", &text(1, 0));
    // Killed between the original and the row: the original lies there, and nothing else.
    let hash = crate::originals::sha256(text(2, 0).as_bytes());
    it.desk.originals().keep(&hash, text(2, 0).as_bytes()).expect("kept");
    it.is_whole();
    let added = it.add("b.txt", &text(2, 0));
    assert_eq!(added.reports.len(), 1);
    it.is_whole();
}

#[test]
fn folders_that_are_no_desk_say_so() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let error = Desk::open(dir.path()).map(|_| ()).expect_err("no desk there");
    assert!(error.to_string().contains("desk init"), "{error}");
    std::fs::write(dir.path().join("letter.txt"), "x").expect("written");
    let error = Desk::init(dir.path()).map(|_| ()).expect_err("it holds other things");
    assert!(error.to_string().contains("holds other things"), "{error}");
    let error = Desk::init(&desk_at(dir.path())).map(|_| ()).expect_err("there is one");
    assert!(error.to_string().contains("already"), "{error}");
}

fn desk_at(dir: &Path) -> PathBuf {
    let folder = dir.join("desk");
    Desk::init(&folder).expect("a new desk");
    folder
}
