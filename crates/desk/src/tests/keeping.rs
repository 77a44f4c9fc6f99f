//! Migrations, checks, backups, what is derived made anew.

use rusqlite::Connection;

use super::*;
use crate::{Kind, schema};

/// Desks as each version made them, from the first on, written down when they were: all must open in this one.
const EARLIER: &[&str] = &[include_str!("v1.sql")];

#[test]
fn a_desk_of_every_earlier_version_opens() {
    for (at, sql) in EARLIER.iter().enumerate() {
        let version = at as i64 + 1;
        let dir = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir_all(dir.path().join("originals")).expect("made");
        {
            let db = Connection::open(dir.path().join(crate::DATABASE)).expect("a database");
            db.execute_batch(sql).expect("the desk of its time");
            db.pragma_update(None, "user_version", version).expect("set");
        }
        let desk = Desk::open(dir.path()).expect("an older desk opens");
        let had: i64 = desk.db.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version");
        assert_eq!(had as usize, schema::VERSION);
        assert_eq!(desk.story("story-a").expect("its story").title, "The old granary");
        assert_eq!(desk.decisions().expect("its decision").len(), 1);
        let shape = |db: &Connection| -> Vec<String> {
            let mut asked =
                db.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").expect("asked");
            asked.query_map([], |row| row.get(0)).expect("rows").map(|it| it.expect("a row")).collect()
        };
        assert_eq!(shape(&desk.db), shape(&super::desk().desk.db), "a migrated desk has the tables of a new one");
    }
}

#[test]
fn a_desk_of_a_newer_version_is_left_alone() {
    let it = desk();
    it.desk.db.pragma_update(None, "user_version", 99).expect("set");
    let error = Desk::open(&it.folder()).map(|_| ()).expect_err("too new");
    assert_eq!(error.kind(), Kind::Newer);
    assert!(error.to_string().contains("newer version") && error.to_string().contains("99"), "{error}");
}

#[test]
fn damage_is_found_and_named() {
    let mut it = desk();
    it.add("a.txt", &text(1, 0));
    it.add("b.txt", &text(10, 0));
    let find = |it: &Temporary| -> Vec<String> {
        let found = it.desk.check().expect("checked");
        found.into_iter().filter(|it| it.level > Level::Note).map(|it| it.message).collect()
    };
    assert!(find(&it).is_empty());
    let hash: String =
        it.desk.db.query_row("SELECT original FROM report WHERE id = 'a'", [], |row| row.get(0)).expect("a hash");
    std::fs::write(it.desk.originals().path(&hash), "no longer what it was").expect("damaged");
    assert!(find(&it)[0].contains("is damaged"), "{:?}", find(&it));
    std::fs::remove_file(it.desk.originals().path(&hash)).expect("removed");
    assert!(find(&it)[0].contains("is missing"));
    it.desk.db.execute("DELETE FROM report_text WHERE rowid = 2", []).expect("deleted");
    it.desk.db.execute("UPDATE story SET n_reports = 7 WHERE ix = 1", []).expect("changed");
    it.desk.db.execute("UPDATE record SET packed = x'0102' WHERE report = 2", []).expect("changed");
    let found = Desk::open(&it.folder()).expect("opens").check().expect("checked");
    let told: Vec<&str> = found.iter().map(|it| it.message.as_str()).collect();
    for wanted in ["full text does not know: b", "count their reports wrong", "record of b"] {
        assert!(told.iter().any(|it| it.contains(wanted)), "{wanted}: {told:?}");
    }
}

#[test]
fn a_page_that_was_damaged_on_the_disk_gives_an_error_not_a_panic() {
    let mut it = desk();
    for n in 0..40 {
        it.add(&format!("{n}.txt"), &text(n, 0));
    }
    it.desk.compact().expect("compacted");
    let file = it.folder().join(crate::DATABASE);
    let folder = it.folder();
    let Temporary { dir, desk } = it;
    drop(desk);
    let bytes = std::fs::read(&file).expect("read");
    for page in [1, 3, 9, 20] {
        let mut damaged = bytes.clone();
        let at = (page * 4096).min(damaged.len() - 4096);
        damaged[at..at + 4096].fill(0xA5);
        std::fs::write(&file, &damaged).expect("written");
        if let Ok(desk) = Desk::open(&folder) {
            let is_found = match desk.check() {
                Ok(found) => found.iter().any(|it| it.level == Level::Error),
                Err(error) => error.kind() == Kind::Damaged,
            };
            assert!(is_found, "page {page}");
        }
    }
    drop(dir);
}

#[test]
fn a_backup_is_a_desk() {
    let mut it = desk();
    it.add("a.txt", &text(1, 0));
    let copy = it.dir.path().join("copy");
    it.desk.backup(&copy).expect("copied");
    let copied = Desk::open(&copy).expect("opens");
    assert_eq!(copied.report("a").expect("there").text(), text(1, 0));
    assert!(copied.check().expect("checked").is_empty());
    let file = it.dir.path().join("copy.tar");
    it.desk.backup(&file).expect("copied");
    assert!(it.desk.backup(&file).is_err(), "nothing is written over");
    let unpacked = it.dir.path().join("unpacked");
    tar::Archive::new(std::fs::File::open(&file).expect("there")).unpack(&unpacked).expect("a tar file");
    assert!(Desk::open(&unpacked).expect("opens").check().expect("checked").is_empty());
}

#[test]
fn compacting_keeps_what_is_young_and_all_that_is_known() {
    let mut it = desk();
    it.add("a.txt", &text(1, 0));
    let hash = crate::originals::sha256(b"half");
    it.desk.originals().keep(&hash, b"half").expect("kept");
    assert_eq!(it.desk.compact().expect("compacted").n_files_removed, 0, "it may be somebody's who is at work");
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
    let file = std::fs::File::options().write(true).open(it.desk.originals().path(&hash)).expect("opened");
    file.set_modified(old).expect("set");
    assert_eq!(it.desk.compact().expect("compacted").n_files_removed, 1);
    it.is_whole();
}

#[test]
fn everything_derived_is_made_anew() {
    let Some(engine) = engine() else { return };
    let mut it = desk();
    it.desk.add(&engine, &[examples("harbour-explosion-inquiry")], &Silent, &mut |_| {}).expect("added");
    let of = |it: &Temporary| {
        let rows = it.desk.facts(&Filter::default(), Page::ALL).expect("facts").rows;
        serde_json::to_string(&rows).expect("JSON")
    };
    let before = of(&it);
    let stories = it.stories();
    for table in ["record", "print", "term", "report_actor"] {
        if table != "record" {
            it.desk.db.execute(&format!("DELETE FROM {table}"), []).expect("emptied");
        }
    }
    it.desk.db.execute("UPDATE report SET engine = 'another'", []).expect("set");
    let mut again = Desk::open(&it.folder()).expect("opens");
    let error = again.report("06-bollard-and-bight").expect_err("of another engine");
    assert_eq!(error.kind(), Kind::Stale);
    let done = again.rebuild(&engine, false, &Silent).expect("made anew");
    assert!(done.n_reports > 5 && done.left.is_empty(), "{done:?}");
    assert!(done.changes.is_empty(), "the same engine finds the same: {:?}", done.changes);
    it.desk = again;
    assert_eq!(of(&it), before);
    assert_eq!(it.stories(), stories);
    it.is_whole();
    assert_eq!(it.desk.rebuild(&engine, false, &Silent).expect("nothing to do").n_reports, 0);
}

#[test]
fn an_account_does_not_depend_on_the_order_reports_came_in() {
    let Some(engine) = engine() else { return };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(examples("lake-ferry-talks")).expect("there").flatten().map(|it| it.path()).collect();
    files.sort();
    let told = |files: &[PathBuf], at_once: bool| {
        let mut it = desk();
        if at_once {
            it.desk.add(&engine, files, &Silent, &mut |_| {}).expect("added");
        } else {
            for file in files {
                it.desk.add(&engine, std::slice::from_ref(file), &Silent, &mut |_| {}).expect("added");
            }
        }
        let stories = it.desk.stories(&Filter::default(), Page::ALL).expect("stories").rows;
        assert_eq!(stories.len(), 1, "{stories:?}");
        let told = it.desk.account(&stories[0].id).expect("an account");
        // The names of facts come from when they were first told; what is told does not.
        let both = (told.account, told.claims);
        rapporteur::render(&both, &told.collection, "markdown").expect("a form")
    };
    let mut turned = files.clone();
    turned.reverse();
    let dated: Vec<PathBuf> = files.iter().take(6).cloned().collect();
    let mut dated_turned = dated.clone();
    dated_turned.reverse();
    assert_eq!(told(&dated, false), told(&dated_turned, false));
    assert_eq!(told(&files, true), told(&turned, true));
}
