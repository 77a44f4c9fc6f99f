//! Other programs as systems under test: a Python script of ours runs one over the pages, and its answers become
//! records, so that they are measured by the same lines of code as ours.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rapporteur_model::{Article, ArticleBlock, Evidenced, RawMap, Role, Span};
use serde_json::Value;

use crate::Outcome;
use crate::corpora::string;
use crate::system::{Input, System};

/// Programs that the script knows, by the name of their package, each with the fields it looks for.
pub const PEERS: &[(&str, &[&str])] = &[
    ("trafilatura", &["title", "authors", "date", "body"]),
    ("newspaper4k", &["title", "authors", "date", "body"]),
    ("htmldate", &["date"]),
];

/// Tasks that a program which reads pages can answer.
pub fn can_answer(task: &str) -> bool {
    // Pages without their markup are no pages to them.
    task.starts_with("pages-") && task != "pages-pasted"
}

/// One program.
pub struct Peer {
    name: &'static str,
    fields: &'static [&'static str],
    version: String,
    python: PathBuf,
}

impl Peer {
    /// Finds a program in the Python that has the peers (`RAPPORTEUR_PEERS_PYTHON`); the error says how to get it.
    pub fn open((name, fields): (&'static str, &'static [&'static str])) -> Outcome<Peer> {
        let python = std::env::var_os("RAPPORTEUR_PEERS_PYTHON").map(PathBuf::from);
        let python = python.ok_or("no Python with the peers: run cargo xtask peers")?;
        let mut peer = Peer { name, fields, version: String::new(), python };
        let (first, _) = peer.answers(&[])?;
        peer.version = string(&first, "version");
        Ok(peer)
    }

    /// Name and version.
    pub fn title(&self) -> String {
        format!("{} {}", self.name, self.version)
    }

    /// Whether it looks for the field of a measure (`date.F1`). What it does not look for is no miss of its.
    pub fn looks_for(&self, measure: &str) -> bool {
        self.fields.iter().any(|it| measure.split('.').next() == Some(it))
    }

    /// What the script prints: the line about the program, and one a page.
    fn answers(&self, paths: &[PathBuf]) -> Outcome<(Value, Vec<Value>)> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/pages.py");
        let failed = |why: &dyn std::fmt::Display| format!("{} cannot be asked: {why}", self.name);
        let mut command = Command::new(&self.python);
        // It looks at one page at a time; what it grumbles about single pages is of no interest here.
        command.arg(script).arg(self.name).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|why| failed(&why))?;
        let list: String = paths.iter().map(|it| format!("{}\n", it.display())).collect();
        let stdin = child.stdin.take();
        // From another thread: it prints while it reads, and neither may wait for the other.
        let writer = std::thread::spawn(move || stdin.map_or(Ok(()), |mut it| it.write_all(list.as_bytes())));
        let output = child.wait_with_output().map_err(|why| failed(&why))?;
        let written = writer.join();
        let said = String::from_utf8_lossy(&output.stdout);
        let rows: Result<Vec<Value>, _> = said.lines().map(serde_json::from_str).collect();
        let mut rows = rows.map_err(|why| failed(&why))?;
        if !output.status.success() || rows.len() != paths.len() + 1 || !matches!(written, Ok(Ok(()))) {
            return Err(failed(&"it is not installed, or it stopped half way; cargo xtask peers installs it"));
        }
        let first = rows.remove(0);
        Ok((first, rows))
    }

    fn read_all(&self, inputs: &[Input]) -> Outcome<Vec<Article>> {
        let folder = std::env::temp_dir().join(format!("rapporteur-peers-{}", std::process::id()));
        let failed = |why: std::io::Error| format!("cannot write {}: {why}", folder.display());
        std::fs::create_dir_all(&folder).map_err(failed)?;
        let mut paths = Vec::new();
        for (ix, input) in inputs.iter().enumerate() {
            let path = folder.join(format!("{ix:06}.html"));
            std::fs::write(&path, &input.bytes).map_err(failed)?;
            paths.push(path);
        }
        let answers = self.answers(&paths);
        let _ = std::fs::remove_dir_all(&folder);
        Ok(inputs.iter().zip(answers?.1).map(|(input, row)| article(&input.id, &row)).collect())
    }
}

/// An answer as a record: its body is the text, all of it running text.
fn article(id: &str, row: &Value) -> Article {
    let mut article = Article::default();
    let said = |name: &str| row[name].as_str().map(|it| Evidenced::declared(it.to_owned(), name));
    article.metadata.title = said("title");
    article.metadata.date_published = said("date");
    let authors = row["authors"].as_array().into_iter().flatten().filter_map(Value::as_str);
    article.metadata.authors = authors.map(|it| Evidenced::declared(it.to_owned(), "authors")).collect();
    id.clone_into(&mut article.report.id);
    article.report.text = string(row, "body");
    if !article.report.text.is_empty() {
        let span = Span::at(0, article.report.text.len());
        article.report.raw_map = RawMap::identity(article.report.text.len(), 0);
        article.blocks.push(ArticleBlock { span, role: Role::Body, repeat_of: None, how: "peer" });
    }
    article
}

impl System for Peer {
    fn read(&self, inputs: &[Input]) -> Vec<Article> {
        self.read_all(inputs).unwrap_or_else(|why| {
            eprintln!("{why}");
            vec![Article::default(); inputs.len()]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_becomes_a_record() {
        let row = serde_json::json!({"title": "Pier shut", "authors": ["Mara Quill"], "body": "One.\nTwo."});
        let found = article("a", &row);
        assert_eq!(crate::predictions::body(&found), "One.\nTwo.");
        assert_eq!(found.metadata.title.map(|it| it.value).as_deref(), Some("Pier shut"));
        assert_eq!(found.metadata.authors.len(), 1);
        assert!(found.metadata.date_published.is_none(), "what is not said is not known");
        assert!(article("b", &serde_json::json!({})).blocks.is_empty());
    }

    #[test]
    fn only_tasks_of_pages_are_asked() {
        let asked: Vec<&str> = crate::tasks::TASKS.iter().map(|it| it.name).filter(|it| can_answer(it)).collect();
        assert_eq!(asked, ["pages-body", "pages-fields", "pages-dates"]);
    }
}
