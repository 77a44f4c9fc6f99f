//! The English pipeline against spaCy, same model, same texts.

use rapporteur::models::Store;
use rapporteur_language::{Kernel, Options, Pipeline};

use crate::clock::Clock;
use crate::material::Material;
use crate::{Outcome, Workload, peers};

pub(crate) const WORKLOAD: Workload =
    Workload { name: "language", what: "words parsed per CPU-second, one thread", measure, smoke };

fn open(kernel: Option<Kernel>) -> Outcome<Pipeline> {
    let options = Options { kernel, ..Options::default() };
    Store::from_env().load(&options, &mut |line| eprintln!("{line}")).map_err(|why| why.to_string())
}

fn measure(material: &Material) -> Outcome<Vec<String>> {
    let pipeline = open(None)?;
    let mut scratch = pipeline.scratch();
    pipeline.parse(material.texts.first().map_or("", String::as_str), &mut scratch);
    let clock = Clock::start();
    let n_tokens: usize = material.texts.iter().map(|it| pipeline.parse(it, &mut scratch).tokens.len()).sum();
    let ours = material.n_words() as f64 / clock.seconds();
    let kernel = pipeline.kernel().as_str();
    let mut lines =
        vec![format!("ours ({kernel}): {} words, {n_tokens} tokens, {ours:.0} words/CPU-s", material.n_words())];

    let (Some(python), Some(model)) = (peers::python(), peers::model()) else {
        lines.push("spaCy: not installed (cargo xtask peers spacy)".to_owned());
        return Ok(lines);
    };
    let folder = std::env::temp_dir().join(format!("rapporteur-bench-{}.jsonl", std::process::id()));
    let rows: Vec<String> = material.texts.iter().map(|it| serde_json::json!({"text": it}).to_string()).collect();
    std::fs::write(&folder, rows.join("\n")).map_err(|why| format!("cannot write {}: {why}", folder.display()))?;
    let (model, texts) = (model.to_string_lossy().into_owned(), folder.to_string_lossy().into_owned());
    for way in ["best", "default"] {
        let line = peers::last_line(&python, "eval/language/spacy_speed.py", &[&model, &texts, way], "")?;
        let ratio = peers::number_before(&line, "words/CPU-s").map_or(f64::NAN, |theirs| ours / theirs);
        lines.push(format!("{line}; ours is {ratio:.1} times as fast"));
    }
    let _ = std::fs::remove_file(folder);
    Ok(lines)
}

/// The kernel of this machine and the portable one.
fn smoke(material: &Material) -> Outcome<String> {
    let (fast, portable) = (open(None)?, open(Some(Kernel::Portable))?);
    let (mut a, mut b) = (fast.scratch(), portable.scratch());
    let texts: Vec<&String> = material.texts.iter().take(5).collect();
    for text in &texts {
        let (fast, portable) = (fast.parse(text, &mut a), portable.parse(text, &mut b));
        if format!("{:?}", fast.tokens) != format!("{:?}", portable.tokens) {
            return Err(format!("the kernels differ on: {}", text.chars().take(60).collect::<String>()));
        }
    }
    Ok(format!("{} texts, kernel {} and portable", texts.len(), fast.kernel().as_str()))
}
