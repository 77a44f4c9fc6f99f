//! The files of the repository, as rules see them, and the list of exceptions.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::run;

/// Something that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    pub path: String,
    pub line: usize,
    pub message: String,
}

impl Finding {
    pub(crate) fn new(path: &str, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, message: message.into() }
    }
}

/// An exception from a rule.
#[derive(Debug, Clone)]
pub(crate) struct Exception {
    pub path: String,
    pub lines_max: usize,
}

/// The repository: paths with `/`, relative to the root, and the text of each file that is text.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, Option<String>>,
    exceptions: BTreeMap<String, Vec<Exception>>,
}

impl Tree {
    /// What git tracks or would track; without git, everything but build results.
    pub(crate) fn of_repository() -> Result<Tree, String> {
        let root = run::root();
        let mut git = Command::new("git");
        git.current_dir(root).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        let paths: Vec<String> = match run::output(&mut git) {
            Some(listed) if !listed.is_empty() => listed.split('\0').map(str::to_owned).collect(),
            _ => {
                let mut paths = Vec::new();
                walk(root, "", &mut paths);
                paths
            }
        };
        let mut tree = Tree::default();
        for path in paths {
            let file = root.join(&path);
            if file.is_file() {
                let text = std::fs::read(&file).ok().and_then(|bytes| String::from_utf8(bytes).ok());
                tree.files.insert(path, text.filter(|it| !it.contains('\0')));
            }
        }
        let exceptions = tree.text("xtask/tidy.toml").unwrap_or("").to_owned();
        tree.exceptions = read_exceptions(&exceptions)?;
        Ok(tree)
    }

    /// A made-up tree, for tests of rules.
    #[cfg(test)]
    pub(crate) fn made_of(files: &[(&str, &str)]) -> Tree {
        let files: BTreeMap<String, Option<String>> =
            files.iter().map(|(path, text)| ((*path).to_owned(), Some((*text).to_owned()))).collect();
        let exceptions = files.get("xtask/tidy.toml").cloned().flatten().unwrap_or_default();
        Tree { files, exceptions: read_exceptions(&exceptions).unwrap() }
    }

    pub(crate) fn n_files(&self) -> usize {
        self.files.len()
    }

    /// All paths, sorted.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The text of a file; `None` when it is not there or not text.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// Text files whose name ends in one of `endings`.
    pub(crate) fn texts<'a>(&'a self, endings: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        let named = self.files.iter().filter(|(path, _)| endings.iter().any(|it| path.ends_with(it)));
        named.filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    /// Whether there is a file or folder of this name.
    pub(crate) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let folder = format!("{path}/");
        path.is_empty()
            || self.files.contains_key(path)
            || self.files.range(folder.clone()..).next().is_some_and(|(it, _)| it.starts_with(&folder))
    }

    /// The exceptions of one kind (`long`, `unsafe`, `tests`).
    pub(crate) fn exceptions(&self, kind: &str) -> &[Exception] {
        self.exceptions.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Every package of the workspace: folder and manifest.
    pub(crate) fn manifests(&self) -> Vec<(&str, toml::Table)> {
        let manifests = self.texts(&["/Cargo.toml"]).filter(|(path, _)| {
            ["stages/", "crates/", "eval/", "bench/", "xtask/", "fuzz/"].iter().any(|it| path.starts_with(it))
        });
        manifests.filter_map(|(path, text)| Some((path.trim_end_matches("/Cargo.toml"), text.parse().ok()?))).collect()
    }
}

fn walk(root: &Path, folder: &str, paths: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(root.join(folder)) else { return };
    for entry in entries.filter_map(|it| it.ok()) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        if entry.path().is_dir() {
            if !matches!(name.as_str(), "target" | ".git" | ".venv") {
                walk(root, &path, paths);
            }
        } else {
            paths.push(path);
        }
    }
}

fn read_exceptions(text: &str) -> Result<BTreeMap<String, Vec<Exception>>, String> {
    let table: toml::Table = text.parse().map_err(|why| format!("xtask/tidy.toml: {why}"))?;
    let mut exceptions = BTreeMap::new();
    for (kind, rows) in &table {
        let mut list = Vec::new();
        for row in rows.as_array().ok_or_else(|| format!("xtask/tidy.toml: {kind} is not a list"))? {
            let field = |name: &str| row.get(name).and_then(|it| it.as_str()).map(str::to_owned);
            let path = field("path").ok_or_else(|| format!("xtask/tidy.toml: a row of {kind} has no path"))?;
            if field("reason").is_none_or(|it| it.trim().len() < 8) {
                return Err(format!("xtask/tidy.toml: {path} has no reason"));
            }
            let lines_max = row.get("lines_max").and_then(|it| it.as_integer()).unwrap_or(0) as usize;
            list.push(Exception { path, lines_max });
        }
        exceptions.insert(kind.clone(), list);
    }
    Ok(exceptions)
}
