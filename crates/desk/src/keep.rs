//! Keeping a desk: a copy of it, less room for it, and everything that is derived made anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rapporteur::{Progress, Rapporteur, Reading, Silent, since};
use rapporteur_model::row::{ClaimRow, SinceRow};
use rapporteur_model::{Annotated, Article};
use rusqlite::backup::Backup;
use rusqlite::{Connection, params};

use crate::add::{BATCH_REPORTS_MAX, Envelope, derive};
use crate::error::{Error, Kind};
use crate::place::{self, How, touch};
use crate::{DATABASE, Desk, ENGINE};

/// What compacting cleared away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Bytes of the database before.
    pub bytes_before: u64,
    /// And after.
    pub bytes_after: u64,
    /// Originals that belonged to no report, and half-written ones.
    pub n_files_removed: usize,
}

/// What making everything anew changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rebuilt {
    /// Reports that were read anew.
    pub n_reports: usize,
    /// Those of them in which something else was found than before.
    pub n_changed: usize,
    /// Reports whose original no longer gives them: they stay as they were, and are named here.
    pub left: Vec<String>,
    /// What became of the facts, story by story.
    pub changes: Vec<SinceRow>,
}

/// Pages of the database that are copied before others may write.
const PAGES_AT_ONCE: i32 = 4096;

impl Desk {
    /// Copies the desk, as it is at one moment, to `to`: a folder that is made, or one file when the name ends in `.tar`. The
    /// copy is a desk. Others may write meanwhile.
    pub fn backup(&self, to: &Path) -> Result<(), Error> {
        if to.exists() {
            let told = format!("{} is there already; give a new name for the backup", to.display());
            return Err(Error::asked(told));
        }
        let parent = to.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let failed = |what: &str, path: &Path| {
            let (what, path) = (what.to_owned(), path.to_owned());
            move |e| Error::file(&what, &path, e)
        };
        let part =
            tempfile::Builder::new().prefix(".backup-").tempdir_in(parent).map_err(failed("write to", parent))?;
        let copy = part.path().join(DATABASE);
        {
            let mut target = Connection::open(&copy)?;
            Backup::new(&self.db, &mut target)?.run_to_completion(PAGES_AT_ONCE, Duration::ZERO, None)?;
            target.execute_batch("PRAGMA journal_mode = DELETE")?;
        }
        // Originals are never changed, so those that the copy names are those of its moment.
        let copied = Connection::open(&copy)?;
        let mut asked = copied.prepare("SELECT hash FROM original ORDER BY hash")?;
        let hashes: Vec<String> = asked.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let originals = self.originals();
        if to.extension().is_some_and(|it| it == "tar") {
            let file = part.path().join("part.tar");
            let mut tar = tar::Builder::new(fs::File::create(&file).map_err(failed("write", &file))?);
            tar.append_path_with_name(&copy, DATABASE).map_err(failed("copy", &copy))?;
            for hash in &hashes {
                let (from, name) = (originals.path(hash), PathBuf::from("originals").join(&hash[..2]).join(&hash[2..]));
                tar.append_path_with_name(&from, name).map_err(failed("copy", &from))?;
            }
            let written = tar.into_inner().map_err(failed("write", &file))?;
            written.sync_all().map_err(failed("write", &file))?;
            return fs::rename(&file, to).map_err(failed("write", to));
        }
        let theirs = crate::Originals::of(part.path());
        fs::create_dir_all(theirs.folder()).map_err(failed("make folder", theirs.folder()))?;
        for hash in &hashes {
            let (from, path) = (originals.path(hash), theirs.path(hash));
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(failed("make folder", folder))?;
            }
            fs::copy(&from, &path).map_err(failed("copy", &from))?;
        }
        drop(asked);
        drop(copied);
        fs::rename(part.path(), to).map_err(failed("write", to))
    }

    /// Takes less room: clears away what no report needs, and writes the database anew without gaps.
    pub fn compact(&mut self) -> Result<Compacted, Error> {
        let size = |folder: &Path| fs::metadata(folder.join(DATABASE)).map_or(0, |it| it.len());
        let mut done = Compacted { bytes_before: size(&self.folder), ..Compacted::default() };
        let step = self.begin()?;
        step.execute_batch(
            "INSERT INTO report_text (report_text) VALUES ('optimize');
             INSERT INTO fact_text (fact_text) VALUES ('optimize');
             DELETE FROM actor WHERE ix NOT IN (SELECT actor FROM report_actor)
                                 AND ix NOT IN (SELECT actor FROM fact_actor);",
        )?;
        // While this holds the lock nobody acknowledges a report, so an original without one is of a program that was
        // stopped; one that is at work has its batch ahead of it, and keeps its originals anew when they are gone.
        let originals = self.originals();
        let (there, others) = originals.list()?;
        let mut is_known = step.prepare("SELECT 1 FROM original WHERE hash = ?1")?;
        let mut remove: Vec<PathBuf> = others;
        for hash in there {
            if !is_known.exists([&hash])? {
                remove.push(originals.path(&hash));
            }
        }
        drop(is_known);
        // One that is just being written is left alone.
        let is_old = |it: &PathBuf| {
            let age = fs::metadata(it).and_then(|it| it.modified()).ok().and_then(|it| it.elapsed().ok());
            age.is_some_and(|it| LEFT_ALONE < it)
        };
        for path in remove.into_iter().filter(is_old) {
            fs::remove_file(&path).map_err(|e| Error::file("remove", &path, e))?;
            done.n_files_removed += 1;
        }
        step.commit()?;
        self.db.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize;")?;
        done.bytes_after = size(&self.folder);
        Ok(done)
    }

    /// Reads the originals anew and makes everything that is derived from them again, batch by batch: of those reports that
    /// another engine read, or of `all`. Ids of reports and stories stay, decisions hold. Stopped in between, it goes on
    /// where it was.
    pub fn rebuild(&mut self, rapporteur: &Rapporteur, all: bool, progress: &dyn Progress) -> Result<Rebuilt, Error> {
        let mut done = Rebuilt::default();
        let sql = if all {
            "SELECT DISTINCT original FROM report ORDER BY original"
        } else {
            "SELECT DISTINCT original FROM report WHERE engine <> ?1 ORDER BY original"
        };
        let hashes: Vec<String> = {
            let mut asked = self.db.prepare(sql)?;
            let own: &[&str] = if all { &[] } else { &[ENGINE] };
            asked.query_map(rusqlite::params_from_iter(own), |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        let mut before: BTreeMap<i64, Vec<ClaimRow>> = BTreeMap::new();
        progress.start("reading anew", hashes.len());
        let mut waiting: Vec<Again> = Vec::new();
        for hash in hashes {
            self.read_again(&hash, &mut waiting, &mut done)?;
            progress.step();
            if BATCH_REPORTS_MAX <= waiting.len() {
                self.rebuild_batch(rapporteur, std::mem::take(&mut waiting), &mut before, &mut done)?;
            }
        }
        self.rebuild_batch(rapporteur, waiting, &mut before, &mut done)?;
        progress.done();
        self.weigh_all(&mut BTreeSet::new())?;
        for (story, old) in before {
            done.changes.extend(since::since(&old, &self.fact_rows(story)?));
        }
        Ok(done)
    }

    /// Finds all stories anew from all reports at once, as a run over files would: the order in which reports came shows no
    /// more. Names and decisions stay. Needs the room that a run over all reports needs. Returns the stories that changed.
    pub fn regroup(&mut self) -> Result<BTreeSet<String>, Error> {
        let step = self.begin()?;
        let all: Vec<i64> = {
            let mut asked = step.prepare("SELECT ix FROM report ORDER BY id")?;
            asked.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        let mut reports = Vec::with_capacity(all.len());
        for ix in all {
            reports.push((ix, crate::record(&step, &self.recent, ix)?));
        }
        let mut changed = place::place(&step, &self.recent, &reports, How::Anew)?;
        step.commit()?;
        self.weigh_all(&mut changed)?;
        Ok(changed)
    }

    /// The facts of a story as they were weighed last.
    pub(crate) fn fact_rows(&self, story: i64) -> Result<Vec<ClaimRow>, Error> {
        let mut asked = self.db.prepare_cached("SELECT row FROM fact WHERE story = ?1 ORDER BY place")?;
        let rows = asked.query_map([story], |row| row.get::<_, String>(0))?;
        let mut found = Vec::new();
        for row in rows {
            found.extend(serde_json::from_str::<ClaimRow>(&row?));
        }
        Ok(found)
    }

    fn read_again(&self, hash: &str, waiting: &mut Vec<Again>, done: &mut Rebuilt) -> Result<(), Error> {
        let bytes = self.originals().read(hash)?;
        let (location, envelope): (String, String) = self.db.query_row(
            "SELECT location, envelope FROM sighting WHERE original = ?1 ORDER BY seen_at, location LIMIT 1",
            [hash],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let envelope: Envelope = serde_json::from_str(&envelope).unwrap_or_default();
        let part = rapporteur::read_document(envelope.document(location, bytes));
        let mut articles: BTreeMap<i64, Article> =
            part.articles.into_iter().enumerate().map(|(at, it)| (at as i64, it)).collect();
        let mut asked =
            self.db.prepare("SELECT ix, id, ordinal, story FROM report WHERE original = ?1 ORDER BY ordinal")?;
        let rows = asked.query_map([hash], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
        })?;
        for row in rows {
            let (ix, id, ordinal, story) = row?;
            match articles.remove(&ordinal) {
                Some(mut article) => {
                    article.report.id = id;
                    // A day that came from the reports it was added with is no longer beside it.
                    if article.metadata.anchor.is_none() {
                        article.metadata.anchor = self.anchor(ix)?;
                    }
                    waiting.push(Again { ix, story, article });
                }
                None => done.left.push(id),
            }
        }
        Ok(())
    }

    /// The day that times in a report were counted from, where its record can still be read.
    fn anchor(&self, ix: i64) -> Result<Option<rapporteur_model::AnchorDate>, Error> {
        match self.record(ix) {
            Ok(record) => Ok(record.article.metadata.anchor.clone()),
            Err(error) if matches!(error.kind(), Kind::Stale | Kind::Damaged) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn rebuild_batch(
        &mut self,
        rapporteur: &Rapporteur,
        waiting: Vec<Again>,
        before: &mut BTreeMap<i64, Vec<ClaimRow>>,
        done: &mut Rebuilt,
    ) -> Result<(), Error> {
        if waiting.is_empty() {
            return Ok(());
        }
        let places: Vec<(i64, i64)> = waiting.iter().map(|it| (it.ix, it.story)).collect();
        let articles = waiting.into_iter().map(|it| it.article).collect();
        let collection = rapporteur.annotate_articles(Reading { articles, problems: Vec::new() }, &Silent);
        for (_, story) in &places {
            if !before.contains_key(story) {
                before.insert(*story, self.fact_rows(*story)?);
            }
        }
        let step = self.begin()?;
        // Neither has an index by report, which only this would need: one look through a whole batch instead.
        let numbers = serde_json::to_string(&places.iter().map(|it| it.0).collect::<Vec<_>>()).unwrap_or_default();
        for table in ["print", "term"] {
            let sql = format!("DELETE FROM {table} WHERE report IN (SELECT value FROM json_each(?1))");
            step.execute(&sql, [&numbers])?;
        }
        let mut changed = BTreeSet::new();
        for ((ix, story), record) in places.into_iter().zip(collection.reports) {
            let packed: Vec<u8> =
                step.query_row("SELECT packed FROM record WHERE report = ?1", [ix], |row| row.get(0))?;
            done.n_reports += 1;
            if packed != crate::records::pack(&record)? {
                done.n_changed += 1;
                changed.insert(story);
            }
            renew(&step, ix, &record)?;
            self.recent.borrow_mut().put(ix, Arc::new(record));
        }
        for story in changed {
            touch(&step, story)?;
        }
        Ok(step.commit()?)
    }
}

/// So old must a file be that nobody knows before it is cleared away.
const LEFT_ALONE: Duration = Duration::from_secs(3600);

/// A report that is read anew.
struct Again {
    ix: i64,
    story: i64,
    article: Article,
}

/// Writes what follows from a record in place of what was there.
fn renew(step: &Connection, ix: i64, record: &Annotated) -> Result<(), Error> {
    for sql in [
        "DELETE FROM record WHERE report = ?1",
        "DELETE FROM report_actor WHERE report = ?1",
        "DELETE FROM report_text WHERE rowid = ?1",
    ] {
        step.prepare_cached(sql)?.execute([ix])?;
    }
    derive(step, ix, record)?;
    let meta = &record.article.metadata;
    step.prepare_cached(
        "UPDATE report SET title = ?2, outlet = ?3, day = ?4, lang = ?5, n_words = ?6, engine = ?7 WHERE ix = ?1",
    )?
    .execute(params![
        ix,
        meta.title.as_ref().map(|it| &it.value),
        meta.outlet.as_ref().map(|it| &it.value),
        since::stated_day(record),
        meta.language.as_ref().map(|it| &it.value),
        record.annotations.tokens.len() as i64,
        ENGINE,
    ])?;
    Ok(())
}
