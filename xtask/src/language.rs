//! `cargo xtask eval language`: our parse against spaCy's, token by token, over every text of the evaluation folder.
//!
//! spaCy comes from the Python index into target/venv. Both sides read the same lines `{"id", "text"}` with the same
//! model; the scripts in eval/language/ say what is compared.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::{Outcome, peers, run};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let folder = run::evaluation_folder().ok_or("there is no evaluation folder: set RAPPORTEUR_EVAL")?;
    let size = value_of(arguments, "--size").unwrap_or("sm");
    let limit = match value_of(arguments, "--texts") {
        Some(n) => n.parse().map_err(|_| format!("--texts {n}: not a number"))?,
        None => usize::MAX,
    };
    let python = peers::install(&["spacy==3.8.18"])?;
    let scratch = run::root().join("target/eval-language");
    std::fs::create_dir_all(&scratch).map_err(|why| format!("cannot make {}: {why}", scratch.display()))?;

    let texts = scratch.join("texts.jsonl");
    let n_texts = gather(&folder, &texts, limit)?;
    run::run(run::cargo(["build", "--quiet", "--release", "-p", "rapporteur-language", "--example", "parse_jsonl"]))?;
    let model = model_folder(size, &python)?;

    let nothing = scratch.join("nothing.jsonl");
    std::fs::write(&nothing, "").map_err(|why| why.to_string())?;
    let folder = run::root().join("eval/language");
    let mut theirs =
        Side::new("spacy", vec![python.clone(), folder.join("spacy_reference.py"), model.clone()], &scratch);
    let mut ours = Side::new("ours", vec![run::root().join("target/release/examples/parse_jsonl"), model], &scratch);
    // A kernel or a precision to try: `avx2`, `portable`, `int16`.
    let ways = arguments.iter().filter(|it| matches!(it.as_str(), "avx512" | "avx2" | "portable" | "int16"));
    ours.words.extend(ways.map(PathBuf::from));
    println!("{n_texts} texts; spaCy reads them now, which takes minutes");
    theirs.read(&python, &texts, &nothing)?;
    ours.read(&python, &texts, &nothing)?;
    if theirs.n_rows()? != n_texts || ours.n_rows()? != n_texts {
        return Err(format!("{n_texts} texts went in; out came {} and {}", theirs.n_rows()?, ours.n_rows()?));
    }
    println!(
        "CPU seconds without loading, one thread; spaCy text by text: spaCy {:.1}, ours {:.1}, ratio {:.1}",
        theirs.seconds,
        ours.seconds,
        theirs.seconds / ours.seconds.max(1e-9)
    );
    let mut command = Command::new(&python);
    command.arg(folder.join("compare.py")).args([&theirs.rows, &ours.rows]);
    run::run(command)
}

/// A program that reads the texts and writes a row each.
struct Side {
    words: Vec<PathBuf>,
    rows: PathBuf,
    seconds: f64,
}

impl Side {
    fn new(name: &str, words: Vec<PathBuf>, scratch: &Path) -> Side {
        Side { words, rows: scratch.join(format!("{name}.jsonl")), seconds: 0.0 }
    }

    /// Reads the texts; the time that reading nothing takes is not counted.
    fn read(&mut self, python: &Path, texts: &Path, nothing: &Path) -> Outcome {
        let loading = seconds(python, &self.words, nothing, &self.rows)?;
        self.seconds = seconds(python, &self.words, texts, &self.rows)? - loading;
        Ok(())
    }

    fn n_rows(&self) -> Result<usize, String> {
        let rows = std::fs::read(&self.rows).map_err(|why| format!("cannot read {}: {why}", self.rows.display()))?;
        Ok(rows.iter().filter(|it| **it == b'\n').count())
    }
}

fn value_of<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    arguments.iter().position(|it| it == name).and_then(|ix| arguments.get(ix + 1)).map(String::as_str)
}

/// Every text of the folder as `{"id", "text"}`, in path order. Returns how many.
fn gather(folder: &Path, into: &Path, limit: usize) -> Result<usize, String> {
    let file = File::create(into).map_err(|why| format!("cannot write {}: {why}", into.display()))?;
    let mut out = BufWriter::new(file);
    let mut n_texts = 0;
    let mut files = Vec::new();
    files_under(&folder.join("reports"), &mut files);
    files_under(&folder.join("eval"), &mut files);
    for path in files {
        let extension = path.extension().and_then(|it| it.to_str()).unwrap_or("");
        if !matches!(extension, "txt" | "jsonl") {
            continue;
        }
        let Ok(content) = std::fs::read_to_string(&path) else { continue };
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        let texts: Vec<String> = match extension {
            "txt" => vec![content],
            _ => content
                .lines()
                .filter_map(|line| serde_json::from_str::<Value>(line).ok()?.get("text")?.as_str().map(str::to_owned))
                .collect(),
        };
        for (ix, text) in texts.iter().enumerate().take(limit - n_texts) {
            writeln!(out, "{}", json!({"id": format!("{name}#{ix}"), "text": text})).map_err(|why| why.to_string())?;
            n_texts += 1;
        }
    }
    out.flush().map_err(|why| why.to_string())?;
    Ok(n_texts)
}

fn files_under(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|it| it.ok()).map(|it| it.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files_under(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// The model as a folder that spaCy can load; a wheel is unpacked below target/.
pub(crate) fn model_folder(size: &str, python: &Path) -> Result<PathBuf, String> {
    run::run(run::cargo(["build", "--quiet", "--release", "-p", "rapporteur-cli"]))?;
    let mut command = Command::new(run::root().join("target/release/rapporteur"));
    command.args(["model", "path", "--size", size]);
    let path = run::output(&mut command).map(|it| PathBuf::from(it.trim()));
    let path = path.filter(|it| it.exists()).ok_or("the model is not here: `rapporteur model get` fetches it")?;
    let folder = if path.is_dir() {
        path
    } else {
        let unpacked = run::root().join(format!("target/model-{size}"));
        let mut command = Command::new(python);
        command.args(["-m", "zipfile", "-e"]).arg(&path).arg(&unpacked);
        run::run(command)?;
        unpacked
    };
    let mut files = Vec::new();
    files_under(&folder, &mut files);
    let config = files.into_iter().find(|it| it.ends_with("config.cfg")).ok_or("no config.cfg in the model")?;
    Ok(config.parent().map(Path::to_owned).unwrap_or(folder))
}

/// CPU seconds of a program that reads `input` and writes `output`, its children included.
fn seconds(python: &Path, words: &[PathBuf], input: &Path, output: &Path) -> Result<f64, String> {
    const TIMED: &str = "import resource, subprocess, sys\n\
        done = subprocess.run(sys.argv[1:]).returncode\n\
        used = resource.getrusage(resource.RUSAGE_CHILDREN)\n\
        print(used.ru_utime + used.ru_stime, file=sys.stderr)\n\
        sys.exit(done)";
    let open = |path: &Path| File::open(path).map_err(|why| format!("cannot open {}: {why}", path.display()));
    let out = File::create(output).map_err(|why| format!("cannot write {}: {why}", output.display()))?;
    let mut command = Command::new(python);
    command.arg("-c").arg(TIMED).args(words).stdin(open(input)?).stdout(out).stderr(Stdio::piped());
    for name in ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"] {
        command.env(name, "1");
    }
    let done = command.output().map_err(|why| format!("cannot start {}: {why}", python.display()))?;
    let said = String::from_utf8_lossy(&done.stderr);
    if !done.status.success() {
        return Err(format!("{} failed:\n{said}", words[0].display()));
    }
    said.lines().next_back().and_then(|line| line.parse().ok()).ok_or_else(|| format!("no time in {said:?}"))
}
