//! Stage 3: texts in; sentences, times, actors, attributions, figures, acts and positions out.

use std::path::PathBuf;

use rapporteur::models::Store;
use rapporteur::{Collection, Rapporteur, Silent, rows};
use rapporteur_language::Options;

use crate::brief::open;
use crate::clock::Clock;
use crate::material::Material;
use crate::{Outcome, Workload};

pub(crate) const WORKLOAD: Workload =
    Workload { name: "annotate", what: "words read, parsed and annotated per CPU-second, one thread", measure, smoke };

/// How often the texts are annotated, so that the clock has something to measure.
const ROUNDS: usize = 3;

/// The texts as files of a folder that goes when this does.
struct Folder(PathBuf);

impl Folder {
    fn of(material: &Material) -> Outcome<Folder> {
        let folder = Folder(std::env::temp_dir().join(format!("rapporteur-bench-annotate-{}", std::process::id())));
        std::fs::create_dir_all(&folder.0).map_err(|why| format!("cannot make {}: {why}", folder.0.display()))?;
        for (n, text) in material.texts.iter().enumerate() {
            let path = folder.0.join(format!("{n:05}.txt"));
            std::fs::write(&path, text).map_err(|why| format!("cannot write {}: {why}", path.display()))?;
        }
        Ok(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn annotate(rapporteur: &Rapporteur, folder: &Folder) -> Outcome<Collection> {
    rapporteur.annotate(std::slice::from_ref(&folder.0), &Silent).map_err(|why| why.to_string())
}

/// The whole stage, and the language engine alone in the same run: what is over is the reading and the extractors.
fn measure(material: &Material) -> Outcome<Vec<String>> {
    let (rapporteur, folder) = (open(1)?, Folder::of(material)?);
    annotate(&rapporteur, &folder)?;
    let n_words = material.n_words() * ROUNDS;
    let clock = Clock::start();
    for _ in 0..ROUNDS {
        // A parse that is remembered would be measured as none.
        rapporteur.forget();
        annotate(&rapporteur, &folder)?;
    }
    let whole = clock.seconds();
    let pipeline =
        Store::from_env().load(&Options::default(), &mut |line| eprintln!("{line}")).map_err(|why| why.to_string())?;
    let mut scratch = pipeline.scratch();
    let clock = Clock::start();
    for text in (0..ROUNDS).flat_map(|_| &material.texts) {
        pipeline.parse(text, &mut scratch);
    }
    let parsing = clock.seconds();
    let rate = |seconds: f64| n_words as f64 / seconds;
    Ok(vec![
        format!("ours: {n_words} words, {:.0} words/CPU-s", rate(whole)),
        format!(
            "of it the language engine: {:.0} words/CPU-s alone, {:.0} % of the time",
            rate(parsing),
            100.0 * parsing / whole
        ),
    ])
}

/// One thread and three.
fn smoke(material: &Material) -> Outcome<String> {
    let folder = Folder::of(material)?;
    let told = |threads: usize| -> Outcome<String> {
        let collection = annotate(&open(threads)?, &folder)?;
        let rows = collection.reports.iter().map(|it| rows::annotate_row(it, rapporteur::Unit::Char, false));
        rows.map(|it| serde_json::to_string(&it).map_err(|why| why.to_string())).collect()
    };
    if told(1)? != told(3)? {
        return Err("threads show in the rows".to_owned());
    }
    Ok(format!("{} texts, one thread and three", material.texts.len()))
}
