//! Adding reports: read, see what is new, keep the originals, annotate, and then in one transaction all that is derived.
//!
//! The same report again is "there already": the same bytes, or the same words under the same title, outlet, date and
//! address out of another file (a feed fetched twice). Other words from the same place are a new version, kept beside
//! the old one.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use rapporteur::containers::Document;
use rapporteur::{Part, Progress, Rapporteur, Reading, Silent, hex, stages};
use rapporteur_model::{Annotated, Article, Media, Problem};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::events::{self, EventKind};
use crate::originals::sha256;
use crate::records::{self, ENGINE};
use crate::{Desk, now, place};

/// Reports of one batch, which is one transaction: what is lost when the program is killed in between, and not more.
pub const BATCH_REPORTS_MAX: usize = 64;

/// A report is found by so many words, those that say most of it.
pub(crate) const TERMS_MAX: usize = 24;
/// Of a report's fingerprints those are kept whose hash leaves no rest by this: a copy of any length shares some, and a
/// desk of a hundred thousand reports stays small. Both reports keep or leave the same.
const PRINTS_KEPT: u64 = 4;

/// What came of adding.
#[derive(Debug, Clone, Default)]
pub struct Added {
    /// Reports that are new on the desk, in the order they came.
    pub reports: Vec<AddedReport>,
    /// Reports that were there already.
    pub n_known: usize,
    /// Ids of the stories that are new or have changed, sorted.
    pub stories: BTreeSet<String>,
    /// What went wrong on the way, with its place; reports' own problems among it.
    pub problems: Vec<(String, Problem)>,
}

/// A report that is new on the desk.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddedReport {
    /// Its id on the desk, for good.
    pub id: String,
    /// Where it was found.
    pub location: String,
    /// The story it was put in.
    pub story: String,
    /// The id of the report it is a new version of.
    pub version_of: Option<String>,
}

/// What makes records of cleaned reports: the engine, or in tests and measurements something quicker.
pub type Annotate<'a> = &'a (dyn Fn(Vec<Article>) -> Vec<Annotated> + Sync);

/// Which articles of what was read are to be added.
pub type Wanted<'a> = &'a dyn Fn(&Article) -> bool;

/// The engine, as what makes records.
pub(crate) fn annotate(rapporteur: &Rapporteur) -> impl Fn(Vec<Article>) -> Vec<Annotated> + Sync {
    |articles| rapporteur.annotate_articles(Reading { articles, problems: Vec::new() }, &Silent).reports
}

/// A report that is new, on its way in.
struct Fresh {
    article: Article,
    content: String,
    original: usize,
    ordinal: usize,
}

/// A document that brought something, or was seen somewhere else before.
struct Source {
    document: Document,
    hash: String,
}

impl Desk {
    /// Adds the reports behind `paths`. `batch` is told what is on the disk for good, batch by batch: at once, so that a
    /// program that stops later knows what it need not send again.
    pub fn add(
        &mut self,
        rapporteur: &Rapporteur,
        paths: &[PathBuf],
        progress: &dyn Progress,
        batch: &mut (dyn FnMut(&[AddedReport]) + Send),
    ) -> Result<Added, Error> {
        let mut added = Added::default();
        let annotate = annotate(rapporteur);
        let mut waiting: Vec<Part> = Vec::new();
        let mut failed = None;
        // Reading goes ahead on threads of its own; batches are worked on here, on the threads of the engine.
        let mut take = |part: Part, ()| {
            added.problems.extend(part.problems.iter().cloned());
            waiting.push(part);
            let n_reports: usize = waiting.iter().map(|it| it.articles.len()).sum();
            if n_reports < BATCH_REPORTS_MAX {
                return ControlFlow::Continue(());
            }
            match self.add_parts(&annotate, std::mem::take(&mut waiting), &|_| true, &mut added, batch) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        };
        rapporteur.install(|| rapporteur::read_each(paths, progress, |_| (), &mut take))?;
        if let Some(error) = failed {
            return Err(error);
        }
        self.add_parts(&annotate, waiting, &|_| true, &mut added, batch)?;
        self.weigh_all(&mut added.stories)?;
        Ok(added)
    }

    /// Adds what is in memory: a page that was fetched, a text that was pasted. Archives are unpacked.
    pub fn add_bytes(&mut self, rapporteur: &Rapporteur, location: &str, bytes: &[u8]) -> Result<Added, Error> {
        let mut parts = Vec::new();
        rapporteur::read_parts(location, bytes, |part| parts.push(part));
        self.add_read(rapporteur, parts)
    }

    /// Adds documents that were read already, for callers that set what a server said of them.
    pub fn add_read(&mut self, rapporteur: &Rapporteur, parts: Vec<Part>) -> Result<Added, Error> {
        self.add_annotated(&annotate(rapporteur), parts)
    }

    /// The same, but only for the articles that are `wanted`: of a feed those entries that are new. `batch` is told as in
    /// [`Desk::add`].
    pub fn add_some(
        &mut self,
        rapporteur: &Rapporteur,
        parts: Vec<Part>,
        wanted: Wanted<'_>,
        batch: &mut (dyn FnMut(&[AddedReport]) + Send),
    ) -> Result<Added, Error> {
        self.add_wanted(&annotate(rapporteur), parts, wanted, batch)
    }

    /// The same for callers that make the records themselves: tests and measurements.
    #[doc(hidden)]
    pub fn add_annotated(&mut self, annotate: Annotate<'_>, parts: Vec<Part>) -> Result<Added, Error> {
        self.add_wanted(annotate, parts, &|_| true, &mut |_| {})
    }

    fn add_wanted(
        &mut self,
        annotate: Annotate<'_>,
        parts: Vec<Part>,
        wanted: Wanted<'_>,
        batch: &mut (dyn FnMut(&[AddedReport]) + Send),
    ) -> Result<Added, Error> {
        let mut added = Added::default();
        let (mut waiting, mut n_waiting) = (Vec::new(), 0);
        for part in parts {
            added.problems.extend(part.problems.iter().cloned());
            n_waiting += part.articles.len();
            waiting.push(part);
            if BATCH_REPORTS_MAX <= n_waiting {
                n_waiting = 0;
                self.add_parts(annotate, std::mem::take(&mut waiting), wanted, &mut added, batch)?;
            }
        }
        self.add_parts(annotate, waiting, wanted, &mut added, batch)?;
        self.weigh_all(&mut added.stories)?;
        Ok(added)
    }

    fn add_parts(
        &mut self,
        annotate: Annotate<'_>,
        parts: Vec<Part>,
        wanted: Wanted<'_>,
        added: &mut Added,
        batch: &mut (dyn FnMut(&[AddedReport]) + Send),
    ) -> Result<(), Error> {
        // A document of many reports may be longer than a batch; a transaction is not.
        let (mut sources, mut fresh) = (Vec::new(), Vec::new());
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for part in parts.into_iter().filter(|it| !it.articles.is_empty()) {
            let hash = sha256(&part.document.bytes);
            for (ordinal, article) in part.articles.into_iter().enumerate().filter(|it| wanted(&it.1)) {
                let content = content(&article);
                if !seen.insert(content.clone()) || is_known(&self.db, &content)? {
                    added.n_known += 1;
                    continue;
                }
                let problems = article.report.problems.iter().chain(&article.problems);
                added.problems.extend(problems.map(|it| (article.report.location.clone(), it.clone())));
                fresh.push(Fresh { article, content, original: sources.len(), ordinal });
            }
            sources.push(Source { document: part.document, hash });
        }
        let originals = self.originals();
        for (at, source) in sources.iter().enumerate() {
            if fresh.iter().any(|it| it.original == at) {
                originals.keep(&source.hash, &source.document.bytes)?;
            }
        }
        let mut fresh = fresh.into_iter().peekable();
        while fresh.peek().is_some() {
            let some: Vec<Fresh> = fresh.by_ref().take(BATCH_REPORTS_MAX).collect();
            self.add_batch(annotate, &sources, some, added, batch)?;
        }
        self.note_sightings(&sources)
    }

    fn add_batch(
        &mut self,
        annotate: Annotate<'_>,
        sources: &[Source],
        fresh: Vec<Fresh>,
        added: &mut Added,
        batch: &mut (dyn FnMut(&[AddedReport]) + Send),
    ) -> Result<(), Error> {
        let (articles, keys): (Vec<Article>, Vec<(String, usize, usize)>) =
            fresh.into_iter().map(|it| (it.article, (it.content, it.original, it.ordinal))).unzip();
        let records = annotate(articles);
        let step = self.begin()?;
        let mut new: Vec<(i64, Arc<Annotated>)> = Vec::new();
        let mut told: Vec<AddedReport> = Vec::new();
        for (mut record, (content, source, ordinal)) in records.into_iter().zip(keys) {
            // Somebody else may have added it while it was annotated.
            if is_known(&step, &content)? {
                added.n_known += 1;
                continue;
            }
            let source = &sources[source];
            note_original(&step, source)?;
            let (ix, version_of) = insert(&step, &mut record, &content, &source.hash, ordinal)?;
            told.push(AddedReport {
                id: record.id().to_owned(),
                location: record.article.report.location.clone(),
                story: String::new(),
                version_of,
            });
            new.push((ix, Arc::new(record)));
        }
        let stories = place::place(&step, &self.recent, &new, place::How::Add)?;
        for (it, (ix, _)) in told.iter_mut().zip(&new) {
            it.story = step
                .prepare_cached("SELECT story.id FROM report JOIN story ON story.ix = story WHERE report.ix = ?1")?
                .query_row([ix], |row| row.get(0))?;
            events::note(&step, EventKind::ReportAdded, &it.story, &it.id, it)?;
        }
        step.commit()?;
        added.stories.extend(stories);
        batch(&told);
        added.reports.extend(told);
        Ok(())
    }

    /// Says where originals that are on the desk were seen again.
    fn note_sightings(&mut self, sources: &[Source]) -> Result<(), Error> {
        let is_new = |source: &&Source| -> Result<bool, Error> {
            let sql = "SELECT EXISTS (SELECT 1 FROM original WHERE hash = ?1)
                       AND NOT EXISTS (SELECT 1 FROM sighting WHERE original = ?1 AND location = ?2)";
            let mut asked = self.db.prepare_cached(sql)?;
            Ok(asked.query_row(params![source.hash, source.document.location], |row| row.get(0))?)
        };
        let mut new = Vec::new();
        for source in sources {
            if is_new(&source)? {
                new.push(source);
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        let step = self.begin()?;
        for source in new {
            note_original(&step, source)?;
        }
        Ok(step.commit()?)
    }
}

/// What a report says and who published it when, as one hash. Its id and its file are no part of it.
pub(crate) fn content(article: &Article) -> String {
    let meta = &article.metadata;
    let value =
        |it: &Option<rapporteur_model::Evidenced<String>>| it.as_ref().map_or("", |it| it.value.as_str()).to_owned();
    let mut hasher = Sha256::new();
    for part in [
        &article.report.text,
        &value(&meta.title),
        &value(&meta.outlet),
        &value(&meta.date_published),
        &value(&meta.url),
    ] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize())
}

fn is_known(db: &Connection, content: &str) -> Result<bool, Error> {
    Ok(db.prepare_cached("SELECT 1 FROM report WHERE content = ?1")?.exists([content])?)
}

/// What a container said of a document, for reading it again.
#[derive(serde::Serialize, serde::Deserialize, Default)]
pub(crate) struct Envelope {
    id: Option<String>,
    charset: Option<String>,
    #[serde(default)]
    is_html: bool,
    #[serde(default)]
    declared: Vec<rapporteur_model::Declared>,
}

impl Envelope {
    fn of(document: &Document) -> Envelope {
        let Document { id, charset, is_html, declared, .. } = document;
        Envelope { id: id.clone(), charset: charset.clone(), is_html: *is_html, declared: declared.clone() }
    }

    /// The document as it was read first.
    pub(crate) fn document(self, location: String, bytes: Vec<u8>) -> Document {
        let Envelope { id, charset, is_html, declared } = self;
        Document { location, bytes, id, charset, is_html, declared, problems: Vec::new() }
    }
}

fn note_original(step: &Transaction<'_>, source: &Source) -> Result<(), Error> {
    let at = now();
    step.prepare_cached("INSERT OR IGNORE INTO original (hash, n_bytes, added_at) VALUES (?1, ?2, ?3)")?
        .execute(params![source.hash, source.document.bytes.len() as i64, at])?;
    let envelope = serde_json::to_string(&Envelope::of(&source.document)).unwrap_or_default();
    step.prepare_cached(
        "INSERT OR IGNORE INTO sighting (original, location, envelope, seen_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![source.hash, source.document.location, envelope, at])?;
    Ok(())
}

/// Puts a report on the desk, in no story yet (the first of the table stands in until [`place`] has spoken, within the same
/// transaction). Returns its number, and which report it is a version of.
fn insert(
    step: &Transaction<'_>,
    record: &mut Annotated,
    content: &str,
    original: &str,
    ordinal: usize,
) -> Result<(i64, Option<String>), Error> {
    let base_id = base_id(&record.article.report.id).to_owned();
    let location = record.article.report.location.clone();
    // An entry of a feed has another number whenever there is a newer one, so it is looked for in all of the feed.
    let (from, to) = match location.rsplit_once('#') {
        Some((feed, _)) if record.article.report.media == Media::Feed => (format!("{feed}#"), format!("{feed}$")),
        _ => (location.clone(), location.clone() + "\0"),
    };
    let earlier: Option<(i64, String)> = step
        .prepare_cached(
            "SELECT ix, id FROM report WHERE ?1 <= location AND location < ?2 AND base_id = ?3 ORDER BY ix DESC LIMIT 1",
        )?
        .query_row([&from, &to, &base_id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    record.article.report.id = free_id(step, &base_id, content)?;
    let meta = &record.article.metadata;
    let day = rapporteur::since::stated_day(record);
    let n_words = record.annotations.tokens.len();
    step.prepare_cached(
        "INSERT INTO report (id, content, original, ordinal, location, base_id, version_of, title, outlet, day, lang,
                             n_words, story, because, engine, added_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, '[]', ?14, ?15)",
    )?
    .execute(params![
        record.id(),
        content,
        original,
        ordinal as i64,
        location,
        base_id,
        earlier.as_ref().map(|it| it.0),
        meta.title.as_ref().map(|it| &it.value),
        meta.outlet.as_ref().map(|it| &it.value),
        day,
        meta.language.as_ref().map(|it| &it.value),
        n_words as i64,
        place::NO_STORY,
        ENGINE,
        now(),
    ])?;
    let ix = step.last_insert_rowid();
    derive(step, ix, record)?;
    Ok((ix, earlier.map(|it| it.1)))
}

/// All that follows from the record of one report alone.
pub(crate) fn derive(step: &Connection, ix: i64, record: &Annotated) -> Result<(), Error> {
    step.prepare_cached("INSERT INTO record (report, packed) VALUES (?1, ?2)")?
        .execute(params![ix, records::pack(record)?])?;
    let mut print = step.prepare_cached("INSERT OR IGNORE INTO print (hash, report) VALUES (?1, ?2)")?;
    for hash in kept_prints(record) {
        print.execute(params![hash as i64, ix])?;
    }
    let day = index_day(record);
    let mut term =
        step.prepare_cached("INSERT OR IGNORE INTO term (stem, day, report, weight) VALUES (?1, ?2, ?3, ?4)")?;
    for (stem, weight) in stages::strongest_terms(record, TERMS_MAX) {
        term.execute(params![i64::from(stem), day, ix, f64::from(weight)])?;
    }
    let mut n_mentions = std::collections::BTreeMap::<&str, (usize, i64)>::new();
    for mention in record.annotations.mentions.iter().filter(|it| !it.repeat) {
        let Some(at) = mention.actor else { continue };
        let Some(actor) = record.annotations.actors.get(at.ix()) else { continue };
        n_mentions.entry(&actor.id).or_insert((at.ix(), 0)).1 += 1;
    }
    for (id, (at, n)) in n_mentions {
        let actor = &record.annotations.actors[at];
        let actor = note_actor(step, id, &actor.name, actor.kind.as_str())?;
        step.prepare_cached("INSERT OR IGNORE INTO report_actor (actor, report, n_mentions) VALUES (?1, ?2, ?3)")?
            .execute(params![actor, ix, n])?;
    }
    let meta = &record.article.metadata;
    let value =
        |it: &Option<rapporteur_model::Evidenced<String>>| it.as_ref().map(|it| it.value.clone()).unwrap_or_default();
    step.prepare_cached("INSERT INTO report_text (rowid, title, text, outlet) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![ix, value(&meta.title), crate::search::searched_text(&record.article), value(&meta.outlet)])?;
    Ok(())
}

/// The number of an actor; a longer name than the one known is taken.
pub(crate) fn note_actor(step: &Connection, id: &str, name: &str, kind: &str) -> Result<i64, Error> {
    step.prepare_cached(
        "INSERT INTO actor (id, name, kind) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE length(name) < length(excluded.name)",
    )?
    .execute([id, name, kind])?;
    Ok(step.prepare_cached("SELECT ix FROM actor WHERE id = ?1")?.query_row([id], |row| row.get(0))?)
}

pub(crate) fn kept_prints(record: &Annotated) -> Vec<u64> {
    stages::fingerprints(record).into_iter().filter(|it| it.is_multiple_of(PRINTS_KEPT)).collect()
}

/// The day a report is looked for near; one without a day stands at the beginning of time, and is found from there.
pub(crate) fn index_day(record: &Annotated) -> i32 {
    stages::day(record).unwrap_or(place::NO_DAY)
}

/// An id as the report has it: a run gives the second `a` the name `a~2`, which means nothing on a desk.
fn base_id(id: &str) -> &str {
    match id.rsplit_once('~') {
        Some((base, number)) if !base.is_empty() && number.bytes().all(|it| it.is_ascii_digit()) => base,
        _ => id,
    }
}

/// The id as it is where it is free, else with the first digits of the content's hash: it does not depend on what comes
/// later, so links to it hold.
fn free_id(step: &Connection, base: &str, content: &str) -> Result<String, Error> {
    let mut taken = step.prepare_cached("SELECT 1 FROM report WHERE id = ?1")?;
    let mut id = base.to_owned();
    let mut n_digits = 8;
    while taken.exists([&id])? {
        id = format!("{base}~{}", &content[..n_digits.min(content.len())]);
        n_digits += 8;
    }
    Ok(id)
}
