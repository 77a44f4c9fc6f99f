//! `rapporteur brief`: the account of the reports.

use std::path::Path;

use rapporteur::{English, Error, Style, WriteOptions, render};

use super::{done, open};
use crate::options::{Brief, Common};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(brief: &Brief, common: &Common) -> Result<Done, Error> {
    let format = form(brief.format.as_deref(), brief.output.as_deref())?;
    let rapporteur = open(common)?;
    let collection = rapporteur.collect(&brief.paths, &Bar::new(common.quiet))?;
    // Other programs read one account, however people have it laid out.
    let style = if format == "json" { Style::Prose } else { named(&Style::ALL, Style::as_str, &brief.style) };
    let english = named(&English::ALL, English::as_str, &brief.english);
    let options = WriteOptions { words_max: brief.words, style, english };
    let mut accounts = rapporteur.accounts(&collection, &options);
    if brief.main {
        accounts.truncate(1);
    }
    let n_alone = accounts.iter().filter(|it| it.0.coverage.n_reports < 2).count();
    if !common.quiet && accounts.len() > 1 && format != "json" {
        output::say(&format!("{} stories, {n_alone} of them with one report", accounts.len()));
    }
    let many = accounts.len() > 1;
    let mut told = Vec::new();
    for account in &accounts {
        told.push(render(account, &collection, format)?);
    }
    let text = match format {
        "json" if many => format!("[\n{}\n]\n", told.iter().map(|it| it.trim_end()).collect::<Vec<_>>().join(",\n")),
        "html" if many && brief.output.is_none() => {
            return Err(Error::usage(format!(
                "there are {} stories and a page shows one; add --main for the largest, or -o FILE to write a page each",
                accounts.len()
            )));
        }
        "html" if many => {
            // A page a story: account.html, account-2.html, …
            let first = brief.output.as_deref().unwrap_or(Path::new("account.html"));
            for (ix, page) in told.iter().enumerate() {
                output::file(&numbered(first, ix + 1), page)?;
            }
            return Ok(done(&collection));
        }
        _ => told.join("\n"),
    };
    output::file_or_text(brief.output.as_deref(), &text)?;
    Ok(done(&collection))
}

/// The value of a name the command line has checked.
pub(super) fn named<T: Copy + Default>(all: &[T], name_of: fn(T) -> &'static str, name: &str) -> T {
    all.iter().copied().find(|it| name_of(*it) == name).unwrap_or_default()
}

/// The form asked for: by name, else by the file's ending, else for the terminal.
pub(super) fn form<'a>(name: Option<&'a str>, output: Option<&Path>) -> Result<&'a str, Error> {
    let ending = output.and_then(Path::extension).and_then(|it| it.to_str());
    match (name, ending) {
        (Some("md"), _) | (None, Some("md" | "markdown")) => Ok("markdown"),
        (None, Some("html" | "htm")) => Ok("html"),
        (None, Some("json")) => Ok("json"),
        (None, _) => Ok(if output.is_some() { "markdown" } else { "terminal" }),
        (Some(name @ ("terminal" | "markdown" | "html" | "json")), _) => Ok(name),
        (Some(other), _) => Err(Error::usage(format!(
            "no form '{other}'; there are terminal, markdown, html and json, and `rapporteur export --help` lists more"
        ))),
    }
}

/// `account.html`, `account-2.html`, …
fn numbered(path: &Path, n: usize) -> std::path::PathBuf {
    if n < 2 {
        return path.to_owned();
    }
    let stem = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = path.extension().map(|it| format!(".{}", it.to_string_lossy())).unwrap_or_default();
    path.with_file_name(format!("{stem}-{n}{ending}"))
}
