//! Rapporteur: many reports of one happening in, one account out, every sentence bound to the words that say so.
//!
//! The pipeline, top to bottom:
//!
//! ```text
//! paths -> gather -> read -> clean -> annotate -> relate -> group -> weigh -> write -> account
//! ```
//!
//! ```no_run
//! use rapporteur::{Rapporteur, Settings};
//!
//! let rapporteur = Rapporteur::open(&Settings::default(), &mut |line| eprintln!("{line}"))?;
//! let collection = rapporteur.annotate(&["reports/".into()], &rapporteur::Silent)?;
//! for account in rapporteur.accounts(&collection, &Default::default()) {
//!     println!("{}", rapporteur::render(&account, &collection, "markdown")?);
//! }
//! # Ok::<(), rapporteur::Error>(())
//! ```

mod anchor;
mod brief_file;
mod engine;
mod error;
pub mod input;
mod knowledge;
#[cfg(test)]
mod laws;
mod memory;
pub mod models;
#[cfg(test)]
mod orders;
mod progress;
mod reading;
pub mod rows;
pub mod since;
mod view;

use std::ops::ControlFlow;
use std::path::PathBuf;

use rapporteur_language::{Options, Pipeline};
use rapporteur_model::{
    Account, Annotated, Annotations, Article, Checked, Claim, Problem, Relations, Report, ReportIx, Story,
};
use rayon::prelude::*;

pub use error::Error;
pub use knowledge::Knowledge;
pub use progress::{Progress, Silent};
pub use rapporteur_lexicon::Lexicon;
pub use rapporteur_model::{English, Style};
pub use rapporteur_read::{FeedEntry, Holds, Limits, containers, feed_entries};
pub use rapporteur_text::Unit;
pub use rapporteur_write::{
    ACCOUNT_CSS, ACCOUNT_JS, EXPORTS, Export, FORMATS, File, Format, Write, WriteOptions, changes_feed, ical,
};
pub use reading::{BATCH_BYTES_MAX, BATCH_DOCUMENTS_MAX, Part, read_each};
pub use view::{annotated_page, lineage_page, reading_page, stories_page};

/// How to run.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Where the language model is.
    pub store: models::Store,
    /// How the language model computes.
    pub language: Options,
    /// Threads; 0 for one a core. The result is the same for any number.
    pub threads: usize,
    /// A file of the user's whose ids the actors get; see [`Knowledge`].
    pub knowledge: Option<PathBuf>,
    /// A file with what an analyst decided on which reports belong together: a JSON row a merge, split or undo.
    pub decisions: Option<PathBuf>,
    /// What grouping printed in an earlier run; stories keep the names they had there.
    pub stories: Option<PathBuf>,
}

/// Reports read and cleaned, with what went wrong on the way.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The articles, sorted by id.
    pub articles: Vec<Article>,
    /// What went wrong outside of a report, with its place.
    pub problems: Vec<(String, Problem)>,
}

/// Reports with everything known of them: the input of the stages that see the whole run.
#[derive(Debug, Clone, Default)]
pub struct Collection {
    /// The reports, sorted by id.
    pub reports: Vec<Annotated>,
    /// What went wrong outside of a report, with its place.
    pub problems: Vec<(String, Problem)>,
    /// How the reports depend on each other.
    pub relations: Relations,
    /// Which belong together.
    pub stories: Vec<Story>,
}

/// The program as a library: the language model, the lexicon and the threads, ready to work.
pub struct Rapporteur {
    pipeline: Pipeline,
    lexicon: &'static Lexicon,
    pool: rayon::ThreadPool,
    knowledge: Option<Knowledge>,
    memory: rapporteur_group::Memory,
    rooms: engine::Rooms,
}

impl Rapporteur {
    /// Finds (or fetches) and loads the language model. `say` is told what is being done when that takes time.
    pub fn open(settings: &Settings, say: &mut dyn FnMut(&str)) -> Result<Rapporteur, Error> {
        let knowledge = settings.knowledge.as_deref().map(Knowledge::open).transpose()?;
        let memory = memory::open(settings.decisions.as_deref(), settings.stories.as_deref())?;
        let pipeline = settings.store.load(&settings.language, say)?;
        let (pool, rooms) = (pool(settings.threads)?, engine::Rooms::new());
        Ok(Rapporteur { pipeline, lexicon: Lexicon::shared(), pool, knowledge, memory, rooms })
    }

    /// The language pipeline.
    pub fn pipeline(&self) -> &Pipeline {
        &self.pipeline
    }

    /// Forgets what texts so far have taught: words and parses that are kept for those to come. Results are the same with and
    /// without; a measurement that goes over one text twice forgets in between.
    pub fn forget(&self) {
        self.rooms.clear();
    }

    /// Runs something on the threads of this engine.
    pub fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }

    /// Reads, cleans and annotates the reports behind `paths`.
    pub fn annotate(&self, paths: &[PathBuf], progress: &dyn Progress) -> Result<Collection, Error> {
        self.annotate_wanted(paths, |_| true, progress)
    }

    /// The same of those reports alone that are `wanted`. Their anchor days are what they are among all.
    pub fn annotate_wanted(
        &self,
        paths: &[PathBuf],
        wanted: impl Fn(&Article) -> bool,
        progress: &dyn Progress,
    ) -> Result<Collection, Error> {
        let mut reading = self.pool.install(|| read(paths, progress))?;
        anchor::share(&mut reading.articles);
        reading.articles.retain(wanted);
        Ok(self.annotate_articles(reading, progress))
    }

    /// Annotates reports that are in memory already.
    pub fn annotate_articles(&self, mut reading: Reading, progress: &dyn Progress) -> Collection {
        anchor::share(&mut reading.articles);
        progress.start("annotating", reading.articles.len());
        let annotations: Vec<Annotations> = self.pool.install(|| {
            reading
                .articles
                .par_iter()
                .map_init(
                    || engine::PipelineEngine::new(&self.pipeline, &self.rooms),
                    |engine, article| {
                        let found = self.annotate_one(article, engine);
                        progress.step();
                        found
                    },
                )
                .collect()
        });
        progress.done();
        let both = reading.articles.into_iter().zip(annotations);
        let reports = both.map(|(article, annotations)| Annotated { article, annotations }).collect();
        Collection { reports, problems: reading.problems, ..Collection::default() }
    }

    /// Reports in other languages are kept, marked, and left out of the English stages.
    fn annotate_one(&self, article: &Article, engine: &mut engine::PipelineEngine<'_>) -> Annotations {
        let language = article.metadata.language.as_ref().map_or("en", |it| it.value.as_str());
        if !language.starts_with("en") {
            return Annotations::default();
        }
        let mut found = rapporteur_annotate::annotate(article, engine, self.lexicon);
        if let Some(knowledge) = &self.knowledge {
            knowledge.link(&mut found);
        }
        found
    }

    /// Finds how the reports depend on each other.
    pub fn relate(&self, collection: &mut Collection) {
        collection.relations = rapporteur_relate::relate(&collection.reports, self.lexicon);
    }

    /// Finds which reports belong together; needs [`Rapporteur::relate`] first.
    pub fn group(&self, collection: &mut Collection) {
        let (reports, relations) = (&collection.reports, &collection.relations);
        collection.stories = rapporteur_group::group_knowing(reports, relations, self.lexicon, &self.memory);
    }

    /// Weighs the claims of one story.
    pub fn weigh(&self, collection: &Collection, story: &Story) -> Vec<Claim> {
        rapporteur_weigh::weigh(story, &collection.reports, &collection.relations, self.lexicon)
    }

    /// See [`weigh_before`].
    pub fn weigh_before(&self, collection: &Collection, story: &Story, day: &str) -> (Story, Vec<Claim>) {
        weigh_before(collection, story, day)
    }

    /// Reads, cleans, annotates, relates and groups: all that the accounts are made from.
    pub fn collect(&self, paths: &[PathBuf], progress: &dyn Progress) -> Result<Collection, Error> {
        let mut collection = self.annotate(paths, progress)?;
        self.relate(&mut collection);
        self.group(&mut collection);
        Ok(collection)
    }

    /// Checks a brief, sentence by sentence, against the reports behind `paths`: our own (Markdown or JSON), a person's or a
    /// language model's, with or without citations. The brief is the last of the reports that come back.
    pub fn verify(
        &self,
        brief: &[u8],
        paths: &[PathBuf],
        progress: &dyn Progress,
    ) -> Result<(Collection, Vec<Checked>), Error> {
        let reading = self.pool.install(|| read(paths, progress))?;
        Ok(self.verify_articles(brief, reading, progress))
    }

    /// The same against reports that are in memory already.
    pub fn verify_articles(
        &self,
        brief: &[u8],
        mut reading: Reading,
        progress: &dyn Progress,
    ) -> (Collection, Vec<Checked>) {
        let file = brief_file::BriefFile::read(brief);
        let reports: Vec<String> = reading.articles.iter().map(|it| it.report.id.clone()).collect();
        reading.articles.push(file.article(BRIEF_ID));
        let collection = self.annotate_articles(reading, progress);
        let cited: Vec<(u32, Vec<ReportIx>)> =
            file.cited.iter().map(|(at, words)| (*at, file.reports_of(words, &reports))).collect();
        let checked = rapporteur_weigh::check(&collection.reports, ReportIx::from(reports.len()), &cited, self.lexicon);
        (collection, checked)
    }

    /// The same against reports that were annotated before. The brief is the last of the reports that come back.
    pub fn verify_annotated(&self, brief: &[u8], mut reports: Vec<Annotated>) -> (Vec<Annotated>, Vec<Checked>) {
        let file = brief_file::BriefFile::read(brief);
        let ids: Vec<String> = reports.iter().map(|it| it.article.report.id.clone()).collect();
        let reading = Reading { articles: vec![file.article(BRIEF_ID)], problems: Vec::new() };
        reports.extend(self.annotate_articles(reading, &Silent).reports);
        let cited: Vec<(u32, Vec<ReportIx>)> =
            file.cited.iter().map(|(at, words)| (*at, file.reports_of(words, &ids))).collect();
        let checked = rapporteur_weigh::check(&reports, ReportIx::from(ids.len()), &cited, self.lexicon);
        (reports, checked)
    }

    /// The accounts of all stories, most reports first, with the claims they are made from.
    pub fn accounts(&self, collection: &Collection, options: &WriteOptions) -> Vec<(Account, Vec<Claim>)> {
        let mut stories: Vec<&Story> = collection.stories.iter().collect();
        stories.sort_by(|a, b| b.reports.len().cmp(&a.reports.len()).then_with(|| a.id.cmp(&b.id)));
        let account = |story: &Story| {
            let claims = self.weigh(collection, story);
            (account(collection, story, &claims, options), claims)
        };
        stories.into_iter().map(account).collect()
    }
}

/// The account of a story from its claims. Needs no language model, as [`weigh`] needs none: records that were stored do.
pub fn account(collection: &Collection, story: &Story, claims: &[Claim], options: &WriteOptions) -> Account {
    let (reports, relations) = (&collection.reports, &collection.relations);
    let ledgers = rapporteur_weigh::ledgers(story, claims, reports, relations, Lexicon::shared());
    rapporteur_write::write(story, claims, ledgers, reports, relations, options)
}

/// Weighs the claims of one story.
pub fn weigh(collection: &Collection, story: &Story) -> Vec<Claim> {
    rapporteur_weigh::weigh(story, &collection.reports, &collection.relations, Lexicon::shared())
}

/// The story and its claims as they stood before a day: without the reports that state that day or a later one. A report
/// without a day cannot be called later.
pub fn weigh_before(collection: &Collection, story: &Story, day: &str) -> (Story, Vec<Claim>) {
    let is_before =
        |it: &&ReportIx| since::stated_day(&collection.reports[it.ix()]).is_none_or(|stated| stated.as_str() < day);
    let mut old = story.clone();
    old.reports.retain(|it| is_before(&it));
    old.because.truncate(old.reports.len());
    let claims = weigh(collection, &old);
    (old, claims)
}

/// Finds how the reports of a collection depend on each other.
pub fn relate(collection: &mut Collection) {
    collection.relations = rapporteur_relate::relate(&collection.reports, Lexicon::shared());
}

/// Reads and cleans one document, which may hold several reports. Ids are as they stand in it.
pub fn read_document(document: containers::Document) -> Part {
    reading::part_of(containers::Item::Document(document), &Limits::default())
}

/// The id of the brief among the reports it is checked against; no report's own id begins with a colon.
const BRIEF_ID: &str = ":brief";

/// The stages that see more than one report, for programs that bring their own records.
pub mod stages {
    pub use rapporteur_clean::training;
    pub use rapporteur_group::{Decision, Memory, Verdict, day, group, group_knowing, strongest_terms};
    pub use rapporteur_relate::{fingerprints, relate, relate_pairs};
    pub use rapporteur_weigh::{happenings, paraphrase, slots, weigh};
}

/// Threads to work on; 0 for one a core.
pub fn pool(threads: usize) -> Result<rayon::ThreadPool, Error> {
    let built = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(16 << 20).build();
    built.map_err(|e| Error::usage(format!("cannot start {threads} threads: {e}")))
}

/// Reads and cleans the reports behind `paths`, on the threads of the pool it is called in, and keeps them all.
/// [`read_each`] is the same in bounded memory.
pub fn read(paths: &[PathBuf], progress: &dyn Progress) -> Result<Reading, Error> {
    let mut reading = Reading::default();
    let keep = |part: Part, ()| {
        reading.articles.extend(part.articles);
        reading.problems.extend(part.problems);
        ControlFlow::Continue(())
    };
    read_each(paths, progress, |_| (), keep)?;
    // Ids are unique, and the order in which they were given does not depend on arrival.
    reading.articles.sort_by(|a, b| a.report.id.cmp(&b.report.id));
    Ok(reading)
}

/// Reads and cleans the reports in one file's bytes, packed or not.
pub fn read_bytes(location: &str, bytes: &[u8], problems: &mut Vec<(String, Problem)>) -> Vec<Article> {
    let mut articles = Vec::new();
    reading::of_bytes(location, bytes, |part| {
        articles.extend(part.articles);
        problems.extend(part.problems);
    });
    articles
}

/// Unpacks, reads and cleans bytes that are in memory, document by document.
pub fn read_parts(location: &str, bytes: &[u8], each: impl FnMut(Part)) {
    reading::of_bytes(location, bytes, each);
}

/// Cleans one report.
pub fn clean(report: Report) -> Article {
    rapporteur_clean::clean(report, Lexicon::shared())
}

/// Turns an account into one of the output forms for people, or JSON: the names in [`FORMATS`].
pub fn render(account: &(Account, Vec<Claim>), collection: &Collection, format: &str) -> Result<String, Error> {
    let known = rapporteur_write::FORMATS;
    let Some(format) = known.iter().find(|it| it.name == format) else {
        let names: Vec<&str> = known.iter().map(|it| it.name).collect();
        return Err(Error::usage(format!("no format '{format}'; there are {}", names.join(", "))));
    };
    Ok((format.write)(&page(account, collection)))
}

/// The account as the inside of a page of a desk, where its stories, reports and facts are links; see [`ACCOUNT_CSS`].
pub fn account_html(account: &Account, claims: &[Claim], collection: &Collection, part: usize) -> String {
    let (reports, relations) = (&collection.reports[..], &collection.relations);
    rapporteur_write::account_html(&rapporteur_write::Page { account, claims, reports, relations }, part)
}

/// What [`export`] makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exported {
    /// Text of one file.
    Text(String),
    /// Bytes of one file.
    Bytes(Vec<u8>),
    /// The files of a folder.
    Folder(Vec<File>),
}

/// Turns the accounts of all stories into one of the forms for other programs ([`EXPORTS`]).
pub fn export(accounts: &[(Account, Vec<Claim>)], collection: &Collection, form: &Export) -> Exported {
    let pages: Vec<rapporteur_write::Page<'_>> = accounts.iter().map(|it| page(it, collection)).collect();
    match form.write {
        Write::Text(write) => Exported::Text(write(&pages)),
        Write::Bytes(write) => Exported::Bytes(write(&pages)),
        Write::Folder(write) => Exported::Folder(write(&pages)),
    }
}

/// All that a form may show of an account.
fn page<'a>(account: &'a (Account, Vec<Claim>), collection: &'a Collection) -> rapporteur_write::Page<'a> {
    rapporteur_write::Page {
        account: &account.0,
        claims: &account.1,
        reports: &collection.reports,
        relations: &collection.relations,
    }
}

/// Bytes, of a hash mostly, as hexadecimal digits in small letters.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
