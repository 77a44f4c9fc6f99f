//! Tests of the whole pipeline. Those that need a model look for one where the program keeps it, and say so if
//! there is none.

mod damaged;
mod hostile;
mod parity;

use std::path::{Path, PathBuf};

use crate::{Error, Options, Pipeline};

/// The model at `RAPPORTEUR_MODEL` (folder or wheel), else the first in the user's data folder.
fn model(options: &Options) -> Option<Pipeline> {
    let Some(path) = model_path() else {
        skipped("no language model; set RAPPORTEUR_MODEL to a folder or wheel of en_core_web_sm 3.8.0");
        return None;
    };
    Some(load(&path, options).unwrap())
}

fn load(path: &Path, options: &Options) -> Result<Pipeline, Error> {
    if path.is_file() { Pipeline::from_wheel(path, options) } else { Pipeline::from_folder(path, options) }
}

fn model_path() -> Option<PathBuf> {
    let var = |name: &str| std::env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
    if let Some(given) = var("RAPPORTEUR_MODEL") {
        return Some(given);
    }
    let data = var("XDG_DATA_HOME").or_else(|| Some(var("HOME")?.join(".local").join("share")))?;
    let models = var("RAPPORTEUR_DATA").unwrap_or_else(|| data.join("rapporteur")).join("models");
    let mut found: Vec<PathBuf> = std::fs::read_dir(models).ok()?.flatten().map(|it| it.path()).collect();
    found.retain(|it| it.file_name().is_some_and(|name| name.to_string_lossy().contains("en_core_web_sm")));
    found.sort();
    found.pop()
}

#[allow(clippy::print_stderr, reason = "a test that could not run has to say so")]
fn skipped(why: &str) {
    eprintln!("SKIPPED: {why}");
}

#[test]
fn a_pipeline_is_shared_and_a_scratch_is_sent() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>() {}
    shared::<Pipeline>();
    sent::<crate::Scratch>();
}

#[test]
fn the_story_reads_as_it_should() {
    use crate::{Dep, EntityLabel, Pos, Tag};
    let Some(pipeline) = model(&Options::default()) else { return };
    let text = "The mayor of Hartle Cove didn't resign. She told reporters she would stay until May 3.";
    let doc = pipeline.parse(text, &mut pipeline.scratch());
    let find = |word: &str| (0..doc.tokens.len()).find(|&it| doc.text_of(it, text) == word).unwrap();
    let (mayor, resign, told) = (find("mayor"), find("resign"), find("told"));
    assert_eq!((doc.head(mayor), doc.tokens[mayor].dep), (resign, Dep::NSUBJ));
    assert_eq!((doc.tokens[told].tag, doc.tokens[told].pos, doc.lemma(told)), (Tag::VBD, Pos::VERB, "tell"));
    assert_eq!((doc.norm(find("n't")), doc.lemma(find("n't"))), ("not", "not"));
    assert_eq!(doc.subtree(mayor), 0..5);
    assert_eq!(doc.sentences.len(), 2);
    assert_eq!(doc.sentence_of(told), 1);
    assert!(doc.children(told).any(|it| doc.text_of(it, text) == "reporters"));
    let chunks: Vec<_> = doc.noun_chunks().collect();
    assert_eq!(chunks[0], 0..2);
    let last = doc.entities.last().unwrap();
    assert_eq!((last.label, doc.text_of(last.start_token as usize, text)), (EntityLabel::DATE, "May"));
}
