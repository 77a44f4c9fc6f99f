//! Desks on a real disk. Most tests store records without annotations, made by reading and cleaning alone; those of facts run
//! the whole engine, and leave themselves out where no language model is at hand (`RAPPORTEUR_MODEL`).

mod adding;
mod crash;
mod deciding;
mod finding;
mod keeping;
mod trouble;

use std::path::{Path, PathBuf};

use rapporteur::{Part, Rapporteur, Settings, Silent, models};
use rapporteur_model::{Annotated, Article};

use crate::{Added, Desk, Filter, Level, Page};

/// A desk in a folder that goes when it is dropped.
struct Temporary {
    dir: tempfile::TempDir,
    desk: Desk,
}

fn desk() -> Temporary {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let desk = Desk::init(&dir.path().join("desk")).expect("a new desk");
    Temporary { dir, desk }
}

impl Temporary {
    fn folder(&self) -> PathBuf {
        self.dir.path().join("desk")
    }

    /// Adds a text that was found at `location`, without annotating it.
    fn add(&mut self, location: &str, text: &str) -> Added {
        let mut parts = Vec::new();
        rapporteur::read_parts(location, text.as_bytes(), |part| parts.push(part));
        self.add_parts(parts)
    }

    fn add_parts(&mut self, parts: Vec<Part>) -> Added {
        self.desk.add_annotated(&bare, parts).expect("can be added")
    }

    fn is_whole(&self) {
        let found = self.desk.check().expect("can be checked");
        let bad: Vec<_> = found.into_iter().filter(|it| it.level > Level::Note).collect();
        assert!(bad.is_empty(), "{bad:#?}");
    }

    fn stories(&self) -> Vec<(String, usize)> {
        let rows = self.desk.stories(&Filter::default(), Page::ALL).expect("stories").rows;
        let mut rows: Vec<_> = rows.into_iter().map(|it| (it.id, it.n_reports)).collect();
        rows.sort();
        rows
    }
}

/// Records without annotations.
fn bare(articles: Vec<Article>) -> Vec<Annotated> {
    articles.into_iter().map(|article| Annotated { article, annotations: Default::default() }).collect()
}

/// The engine, where there is a language model.
fn engine() -> Option<Rapporteur> {
    std::env::var_os("RAPPORTEUR_MODEL")?;
    let settings = Settings { store: models::Store::from_env(), threads: 1, ..Settings::default() };
    Some(Rapporteur::open(&settings, &mut |_| {}).expect("the model that is named can be opened"))
}

fn examples(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name).join("reports")
}

/// A text about one of many invented matters. Those of one matter share its names and most of its words; different matters
/// share nothing but the frame.
fn text(matter: usize, telling: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "bra", "ket", "mol", "sur", "ven", "tas", "gor", "lin", "pex", "dru", "han", "wil", "zor", "fen", "cal", "mir",
    ];
    const EXTRAS: [&str; 5] = ["ministers", "divers", "farmers", "clerks", "pilots"];
    // The n-th word of a matter: four syllables chosen by a number that has all digits of both.
    let word = |n: usize| -> String {
        let mut number = (matter + 1) * 7919 + n * 104_729;
        (0..4)
            .map(|_| {
                number = number * 31 % 1_000_003;
                SYLLABLES[number % 16]
            })
            .collect()
    };
    let name = |n: usize| {
        let word = word(n);
        word[..1].to_uppercase() + &word[1..]
    };
    let extra = EXTRAS[telling % 5];
    let number = 10 + matter * 7 % 83;
    format!(
        "{0} {1} {2} near {3}, {extra} say\n\nThe {1} of {0} {2} on Monday and {number} {4} came to the {5}. Nobody in {3} had \
         foreseen that the {1} {2} beside the {6}.\n\nNumber {telling} by the {extra}: {number} {7} stood at the {1} of {0} \
         when it {2}, and the {8} of {9} was {10}.\n",
        name(0),
        word(1),
        word(2),
        name(3),
        word(4),
        word(5),
        word(6),
        word(7),
        word(8),
        name(9),
        word(10),
    )
}
