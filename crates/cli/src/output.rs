//! Writing results to standard output or a file, and problems to standard error, a line each.

use std::io::Write;
use std::path::Path;

use rapporteur::Error;
use rapporteur_model::{Article, Problem};
use serde_json::to_writer;

/// What a command has to say at its end.
pub(crate) struct Done {
    /// Problems that were told on the way.
    pub(crate) n_problems: usize,
}

/// Rows on standard output, a line each.
pub(crate) fn rows<T: serde::Serialize>(rows: impl IntoIterator<Item = T>) -> Result<(), Error> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for row in rows {
        let written = to_writer(&mut out, &row).map_err(std::io::Error::from).and_then(|()| out.write_all(b"\n"));
        if let Err(e) = written {
            return broken_pipe(e);
        }
    }
    out.flush().or_else(broken_pipe_io).map_err(|e| Error::output(format!("cannot write to standard output: {e}")))
}

/// Text on standard output, colours only where they are wanted.
pub(crate) fn text(text: &str) -> Result<(), Error> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .or_else(broken_pipe_io)
        .map_err(|e| Error::output(format!("cannot write to standard output: {e}")))
}

/// Text into a file, or on standard output where none is named.
pub(crate) fn file_or_text(path: Option<&Path>, text: &str) -> Result<(), Error> {
    path.map_or_else(|| self::text(text), |path| file(path, text))
}

/// Bytes for another program, unchanged: into a file, or on standard output where none is named.
pub(crate) fn file_or_bytes(path: Option<&Path>, bytes: &[u8]) -> Result<(), Error> {
    if let Some(path) = path {
        return file(path, bytes);
    }
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .or_else(broken_pipe_io)
        .map_err(|e| Error::output(format!("cannot write to standard output: {e}")))
}

/// Text or bytes into a file, in one step: a reader never sees half of it.
pub(crate) fn file(path: &Path, text: impl AsRef<[u8]>) -> Result<(), Error> {
    let failed = |e: std::io::Error| Error::output(format!("cannot write {}: {e}", path.display()));
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    std::fs::write(&part, text).map_err(failed)?;
    std::fs::rename(&part, path).map_err(failed)
}

/// Somebody who stops reading early (`| head`) is no error.
fn broken_pipe_io(e: std::io::Error) -> std::io::Result<()> {
    if e.kind() == std::io::ErrorKind::BrokenPipe { Ok(()) } else { Err(e) }
}

/// An error, unless it is only that.
pub(crate) fn broken_pipe(e: std::io::Error) -> Result<(), Error> {
    broken_pipe_io(e).map_err(|e| Error::output(format!("cannot write to standard output: {e}")))
}

/// Tells the problems, a line each; returns how many.
pub(crate) fn problems<'a>(outside: &[(String, Problem)], articles: impl IntoIterator<Item = &'a Article>) -> usize {
    let mut n = 0;
    for (place, problem) in outside {
        say_problem(place, problem);
        n += 1;
    }
    for article in articles {
        for problem in article.report.problems.iter().chain(&article.problems) {
            say_problem(&article.report.location, problem);
            n += 1;
        }
    }
    n
}

fn say_problem(place: &str, problem: &Problem) {
    say(&format!("{place}: {} [{}]", problem.message, problem.code));
}

/// A line on standard error.
pub(crate) fn say(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "rapporteur: {line}");
}

/// An error with its causes on standard error.
pub(crate) fn say_error(error: &dyn std::error::Error) {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(it) = cause {
        line = format!("{line}: {it}");
        cause = it.source();
    }
    say(&line);
}
