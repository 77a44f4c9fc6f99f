//! Disks that are full, or that cannot be written to: a clear error, and everything there as it was.

use std::collections::BTreeMap;

use super::*;
use crate::{Error, Kind};

/// All files of the desk but the database with its log, which readers open to write.
fn originals(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.join("originals")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("listed").flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => drop(found.insert(path.clone(), std::fs::read(&path).expect("read"))),
            }
        }
    }
    found
}

fn try_to_add(it: &mut Temporary, from: usize, to: usize) -> Result<Added, Error> {
    let mut parts = Vec::new();
    for n in from..to {
        rapporteur::read_parts(&format!("{n}.txt"), text(n / 4, n % 4).as_bytes(), |part| parts.push(part));
    }
    it.desk.add_annotated(&bare, parts)
}

/// The database may take no more pages: to SQLite that is a full disk, at every page it asks for.
#[test]
fn a_full_disk_keeps_what_was_acknowledged_and_goes_on_when_there_is_room() {
    let mut it = desk();
    try_to_add(&mut it, 0, 8).expect("there is room");
    let before = originals(&it.folder());
    let n_pages: i64 = it.desk.db.pragma_query_value(None, "page_count", |row| row.get(0)).expect("counted");
    let mut n_full = 0;
    for more in [0, 1, 2, 4, 8, 16, 32] {
        it.desk.db.pragma_update(None, "max_page_count", n_pages + more).expect("set");
        match try_to_add(&mut it, 8, 40) {
            Ok(_) => break,
            Err(error) => {
                n_full += 1;
                assert_eq!(error.kind(), Kind::Full, "{error}");
                let told = error.to_string();
                assert!(told.contains("the disk is full") && told.contains("make room"), "{told}");
            }
        }
        assert_eq!(
            it.desk.reports(&Filter::default(), Page::ALL).expect("listed").n_all,
            8,
            "a step is whole or not there"
        );
        it.is_whole();
        assert!(before.iter().all(|(path, bytes)| std::fs::read(path).is_ok_and(|it| it == *bytes)));
    }
    assert!(4 < n_full, "it was never full");
    it.desk.db.pragma_update(None, "max_page_count", 1_i64 << 30).expect("set");
    let added = try_to_add(&mut it, 0, 40).expect("there is room again");
    assert_eq!(added.n_known + added.reports.len(), 40);
    assert_eq!(it.desk.reports(&Filter::default(), Page::ALL).expect("listed").n_all, 40);
    it.is_whole();
}

/// As a disk that is mounted to be read: nothing in it can be written, made or removed. Who may do everything (root) can still
/// write, and is told nothing.
#[cfg(unix)]
#[test]
fn a_read_only_folder_can_be_read_and_says_why_it_is_not_written() {
    use std::os::unix::fs::PermissionsExt;
    fn set(path: &Path, folder_mode: u32, file_mode: u32) {
        let is_folder = path.is_dir();
        if is_folder && folder_mode & 0o200 == 0 {
            std::fs::read_dir(path).expect("listed").flatten().for_each(|it| set(&it.path(), folder_mode, file_mode));
        }
        let mode = if is_folder { folder_mode } else { file_mode };
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("set");
        if is_folder && folder_mode & 0o200 != 0 {
            std::fs::read_dir(path).expect("listed").flatten().for_each(|it| set(&it.path(), folder_mode, file_mode));
        }
    }
    let mut it = desk();
    it.add("a.txt", &text(1, 0));
    it.desk.compact().expect("compacted");
    let folder = it.folder();
    let before = originals(&folder);
    let Temporary { dir, desk } = it;
    drop(desk);
    set(&folder, 0o555, 0o444);
    let may_write_anyway = std::fs::write(folder.join("probe"), "x").is_ok();
    if !may_write_anyway {
        let error = match Desk::open(&folder) {
            Ok(desk) => Temporary { dir: tempfile::tempdir().expect("a folder"), desk }
                .desk
                .add_annotated(&bare, parts_of("b.txt"))
                .map(|_| ())
                .expect_err("it cannot be written"),
            Err(error) => error,
        };
        assert_eq!(error.kind(), Kind::ReadOnly, "{error}");
        assert!(error.to_string().contains("read-only") || error.to_string().contains("cannot"), "{error}");
        let reader = Desk::open_to_read(&folder).expect("it can be read");
        assert_eq!(reader.report("a").expect("there").text(), text(1, 0));
        assert_eq!(originals(&folder), before);
    }
    set(&folder, 0o755, 0o644);
    let desk = Desk::open(&folder).expect("opens");
    assert!(desk.check().expect("checked").iter().all(|it| it.level == Level::Note));
    drop(dir);
}

#[cfg(unix)]
fn parts_of(location: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    rapporteur::read_parts(location, text(2, 0).as_bytes(), |part| parts.push(part));
    parts
}

/// A database of a newer version, or none at all where one should be: nothing is touched, and what to do is said.
#[test]
fn what_cannot_be_opened_is_left_as_it_is() {
    let mut it = desk();
    it.add("a.txt", &text(1, 0));
    it.desk.compact().expect("compacted");
    it.desk.db.pragma_update(None, "user_version", 99).expect("set");
    let folder = it.folder();
    let before = originals(&folder);
    let Temporary { dir, desk } = it;
    drop(desk);
    let database = std::fs::read(folder.join(crate::DATABASE)).expect("read");
    for open in [Desk::open, Desk::open_to_read] {
        let error = open(&folder).map(|_| ()).expect_err("too new");
        assert!(error.kind() == Kind::Newer && error.to_string().contains("nothing was changed"), "{error}");
    }
    assert_eq!(std::fs::read(folder.join(crate::DATABASE)).expect("read"), database);
    std::fs::write(folder.join(crate::DATABASE), "no database at all, but more than a head of a file. ".repeat(200))
        .expect("written");
    let error = Desk::open(&folder).map(|_| ()).expect_err("no database");
    let told = error.to_string();
    assert!(error.kind() == Kind::Damaged && told.contains("originals are safe") && told.contains("backup"), "{told}");
    assert_eq!(originals(&folder), before);
    drop(dir);
}
