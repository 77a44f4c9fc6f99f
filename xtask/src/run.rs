//! Starting other programs, and where things are.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// `cargo` in the repository's root.
pub(crate) fn cargo<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments);
    command
}

/// Runs to the end with its output on our terminal. The error says what was run.
pub(crate) fn run(mut command: Command) -> Result<(), String> {
    let shown = show(&command);
    println!("$ {shown}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}` failed ({status})")),
        Err(why) => Err(format!("cannot start `{shown}`: {why}")),
    }
}

/// Like [`run`], and keeps the lines of standard output that `keep` picks.
pub(crate) fn run_keeping(mut command: Command, keep: fn(&str) -> bool) -> (Vec<String>, Result<(), String>) {
    let shown = show(&command);
    println!("$ {shown}");
    let mut kept = Vec::new();
    let mut child = match command.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(why) => return (kept, Err(format!("cannot start `{shown}`: {why}"))),
    };
    if let Some(stdout) = child.stdout.take() {
        let mut reader = BufReader::new(stdout);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|n| n > 0) {
            let mut out = std::io::stdout().lock();
            // A closed terminal is no reason to stop the tests.
            let _ = out.write_all(&bytes).and_then(|()| out.flush());
            let line = String::from_utf8_lossy(&bytes);
            if keep(line.trim_end()) {
                kept.push(line.trim_end().to_owned());
            }
            bytes.clear();
        }
    }
    let outcome = match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}` failed ({status})")),
        Err(why) => Err(format!("lost `{shown}`: {why}")),
    };
    (kept, outcome)
}

/// Standard output of a program that succeeds, else `None`.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let mut shown: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    if let Some(first) = shown.first_mut()
        && let Some(name) = Path::new(first.as_str()).file_name()
    {
        *first = name.to_string_lossy().into_owned();
    }
    shown.join(" ")
}

/// The evaluation folder: `RAPPORTEUR_EVAL`, else `../shared` beside the repository; `None` when it is not there.
pub(crate) fn evaluation_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("RAPPORTEUR_EVAL").map_or_else(|| root().join("../shared"), PathBuf::from);
    folder.join("eval").is_dir().then_some(folder)
}

/// A Chromium that can be driven, for the test of the page: the browser and its driver.
pub(crate) fn browser() -> Option<PathBuf> {
    on_path("chromedriver")?;
    on_path("chromium")
}

/// A Python 3, for peers and reference scorers.
pub(crate) fn python() -> Option<PathBuf> {
    on_path("python3")
}

/// A program on the search path.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
