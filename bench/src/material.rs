//! The texts and pages to work on.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::Outcome;

/// Words that the texts hold at most; enough for a figure, few enough to wait for a slow peer.
const WORDS_MAX: usize = 60_000;

/// What the workloads work on.
pub(crate) struct Material {
    /// Where it comes from, for people.
    pub whence: String,
    pub texts: Vec<String>,
    pub pages: Vec<PathBuf>,
    /// Folders with the reports of a story each.
    pub stories: Vec<PathBuf>,
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

impl Material {
    pub(crate) fn find() -> Outcome<Material> {
        let mut stories: Vec<PathBuf> = files(&root().join("examples"))?
            .into_iter()
            .map(|it| it.join("reports"))
            .filter(|it| it.is_dir())
            .collect();
        stories.sort();
        let given = std::env::var_os("RAPPORTEUR_EVAL").map(PathBuf::from).filter(|it| it.join("eval").is_dir());
        if let Some(folder) = given {
            let pages = files(&folder.join("eval/html/aeb/html"))?;
            let texts = texts_of(&folder.join("eval/stories/newscluster.jsonl"))?;
            let whence = "the evaluation folder".to_owned();
            return Ok(Material { whence, texts, pages, stories });
        }
        let (mut texts, mut pages) = (Vec::new(), Vec::new());
        for path in stories.iter().flat_map(|it| files(it).unwrap_or_default()) {
            match path.extension().and_then(|it| it.to_str()) {
                Some("html") => pages.push(path),
                Some("txt" | "md") => texts.extend(std::fs::read_to_string(&path)),
                _ => {}
            }
        }
        Ok(Material { whence: "examples/, few: a sign of life, no measure".to_owned(), texts, pages, stories })
    }

    pub(crate) fn n_words(&self) -> usize {
        self.texts.iter().map(|it| it.split_whitespace().count()).sum()
    }

    /// Each page's path and bytes, unpacked.
    pub(crate) fn page_bytes(&self) -> Outcome<Vec<(String, Vec<u8>)>> {
        let read = |path: &PathBuf| {
            let bytes = std::fs::read(path).map_err(|why| format!("cannot read {}: {why}", path.display()))?;
            Ok((path.to_string_lossy().into_owned(), unpacked(bytes)))
        };
        self.pages.iter().map(read).collect()
    }
}

/// Bytes of a gzip file unpacked; other bytes as they are.
fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return bytes;
    }
    let mut out = Vec::new();
    // A page that is cut is a page all the same.
    let _ = flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut out);
    out
}

/// What lies in a folder, in order of name.
pub(crate) fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|why| format!("cannot list {}: {why}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|it| it.path()).collect();
    paths.sort();
    Ok(paths)
}

fn texts_of(path: &Path) -> Outcome<Vec<String>> {
    let rows = std::fs::read_to_string(path).map_err(|why| format!("cannot read {}: {why}", path.display()))?;
    let mut n_words = 0;
    let texts =
        rows.lines().filter_map(|it| serde_json::from_str::<Value>(it).ok()?["text"].as_str().map(str::to_owned));
    let enough = |text: &String| {
        n_words += text.split_whitespace().count();
        n_words <= WORDS_MAX
    };
    Ok(texts.take_while(enough).collect())
}
