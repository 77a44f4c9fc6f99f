//! Finding reports: files, folders, globs, standard input.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rapporteur_model::Problem;
use rapporteur_read::Limits;
use rapporteur_read::containers::{self, Give, Item, Stream};

use crate::Error;

/// Files deeper than this below a given folder are left out, and said to be.
pub const FOLDER_DEPTH_MAX: usize = 64;

/// Bytes of standard input that are read; the rest is left out, and said to be.
pub const STDIN_BYTES_MAX: u64 = 1 << 30;

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input, already read; shared, because it may be long.
    Stdin(Arc<Vec<u8>>),
}

impl Input {
    /// Where it is, as the user gave it.
    pub fn location(&self) -> String {
        match self {
            Input::File(path) => path.to_string_lossy().replace('\\', "/"),
            Input::Stdin(_) => "-".to_owned(),
        }
    }

    /// Its length in bytes where it holds one document and is no archive of many. A file that cannot be looked into
    /// counts as one document: reading it tells why.
    pub fn is_one_document(&self, limits: &Limits) -> Option<u64> {
        // Enough of a gzip file to see what is packed in it.
        const HEAD_BYTES: u64 = 4096;
        let (head, bytes) = match self {
            Input::Stdin(bytes) => (bytes.iter().take(HEAD_BYTES as usize).copied().collect(), bytes.len() as u64),
            Input::File(path) => {
                let mut head = Vec::new();
                let Ok(file) = fs::File::open(path) else { return Some(0) };
                let bytes = file.metadata().map_or(0, |it| it.len());
                let Ok(_) = file.take(HEAD_BYTES).read_to_end(&mut head) else { return Some(0) };
                (head, bytes)
            }
        };
        containers::is_one_document(&head, limits).then_some(bytes)
    }

    /// Gives its documents one by one: a file of one gives one, an archive many.
    pub fn documents(&self, limits: &Limits, give: &mut Give<'_>) -> ControlFlow<()> {
        let location = self.location();
        match self {
            Input::Stdin(bytes) => containers::unpack_bytes(&location, bytes, limits, give),
            Input::File(path) => match fs::File::open(path) {
                Ok(mut file) => containers::unpack(&location, Stream::Seekable(&mut file), limits, give),
                Err(e) => {
                    let problem = Problem::new("file-unreadable", format!("cannot be read: {e}"));
                    give(Item::Problem(location, problem))
                }
            },
        }
    }
}

/// What the given paths lead to.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// What to read, sorted, each once.
    pub inputs: Vec<Input>,
    /// What was left out, with its place.
    pub problems: Vec<(String, Problem)>,
}

/// Finds the files behind `paths`: a file is taken whatever its name; a folder gives all files in it whose name says
/// report; a pattern with `*`, `?` or `[` gives what it matches; `-` is standard input.
pub fn gather(paths: &[PathBuf]) -> Result<Gathered, Error> {
    let mut files = BTreeSet::new();
    let mut gathered = Gathered::default();
    let mut stdin = None;
    for path in paths {
        let text = path.to_string_lossy();
        if text == "-" {
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().take(STDIN_BYTES_MAX + 1).read_to_end(&mut bytes);
            read.map_err(|e| Error::input(format!("cannot read standard input: {e}")))?;
            if STDIN_BYTES_MAX < bytes.len() as u64 {
                bytes.truncate(STDIN_BYTES_MAX as usize);
                let message = format!("is longer than {STDIN_BYTES_MAX} bytes; the rest is left out");
                gathered.problems.push(("-".to_owned(), Problem::new("file-too-long", message)));
            }
            stdin = Some(Arc::new(bytes));
        } else if path.is_dir() {
            walk(path, 0, &mut files, &mut gathered.problems);
        } else if path.exists() {
            files.insert(path.clone());
        } else if text.contains(['*', '?', '[']) {
            // As in a shell: a star does not stand for the dot of a hidden file.
            let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
            let found = glob::glob_with(&text, options)
                .map_err(|e| Error::usage(format!("pattern {text} cannot be read: {e}")))?;
            let before = files.len();
            for path in found.filter_map(Result::ok) {
                if path.is_dir() {
                    walk(&path, 0, &mut files, &mut gathered.problems);
                } else {
                    files.insert(path);
                }
            }
            if files.len() == before {
                let problem = Problem::new("nothing-matches", "matches no file");
                gathered.problems.push((text.into_owned(), problem));
            }
        } else {
            gathered.problems.push((text.into_owned(), Problem::new("file-missing", "is not there")));
        }
    }
    gathered.inputs = files.into_iter().map(Input::File).collect();
    gathered.inputs.extend(stdin.map(Input::Stdin));
    if gathered.inputs.is_empty() {
        let first = gathered.problems.first().map(|(place, problem)| format!(": {place} {}", problem.message));
        let tried = first.unwrap_or_default();
        return Err(Error::input(format!(
            "no reports to read{tried}; give files, folders, patterns, or - for standard input"
        )));
    }
    Ok(gathered)
}

/// Takes the folder's report files, in order of name. Hidden files and links that lead back up are left out.
fn walk(folder: &Path, depth: usize, files: &mut BTreeSet<PathBuf>, problems: &mut Vec<(String, Problem)>) {
    let place = || folder.to_string_lossy().into_owned();
    if depth > FOLDER_DEPTH_MAX {
        let message = format!("is deeper than {FOLDER_DEPTH_MAX} folders; left out");
        problems.push((place(), Problem::new("folder-too-deep", message)));
        return;
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) => {
            problems.push((place(), Problem::new("folder-unreadable", format!("cannot be listed: {e}"))));
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|it| it.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        // Following a link to a folder could go round in circles; a link to a file is fine.
        let is_link = path.symlink_metadata().is_ok_and(|it| it.file_type().is_symlink());
        if path.is_dir() {
            if !is_link {
                walk(&path, depth + 1, files, problems);
            }
        } else if rapporteur_read::is_report_name(&name) {
            files.insert(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_reports_in_order_each_once() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for name in ["b.txt", "a.html", ".hidden.txt", "picture.png"] {
            fs::write(dir.path().join(name), "x").expect("can be written");
        }
        let paths = [dir.path().to_owned(), dir.path().join("a.html"), dir.path().join("*.txt")];
        let names: Vec<String> =
            gather(&paths).expect("there are reports").inputs.iter().map(Input::location).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(names[0].ends_with("a.html") && names[1].ends_with("b.txt"));
    }

    #[test]
    fn nothing_to_read_says_what_was_tried() {
        let error = gather(&["/nowhere/to/be/found".into()]).expect_err("nothing there").to_string();
        assert!(error.contains("/nowhere/to/be/found is not there") && error.contains("give files"), "{error}");
    }
}
