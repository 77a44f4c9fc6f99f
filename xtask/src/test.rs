//! `cargo xtask test`: all a user needs to see green.

use crate::{Outcome, run, tidy};

pub(crate) fn run(_: &[String]) -> Outcome {
    // First, because it takes a second and a broken rule is quickly mended.
    tidy::run(&[])?;

    // The schema feature brings the test that pins the row format.
    let mut command = run::cargo(["test", "--workspace", "--no-fail-fast", "--features", "rapporteur-model/schema"]);
    match run::browser() {
        // With the variable set, the test of the page fails rather than leave itself out.
        Some(browser) => {
            println!("browser test: with {}", browser.file_name().unwrap_or_default().to_string_lossy());
            command.env("RAPPORTEUR_BROWSER", browser);
        }
        None => println!("browser test: left out, no chromium and chromedriver on the search path"),
    }
    match model() {
        // Without the variable the marked cases of the extractors pass themselves over.
        Some(model) => {
            println!("language model: at hand");
            command.env("RAPPORTEUR_MODEL", model);
        }
        None => println!("language model: none, and none could be fetched; tests of the annotations are left out"),
    }
    let is_kept = |line: &str| line.starts_with("test result:") || line.ends_with("... FAILED");
    let (lines, outcome) = run::run_keeping(command, is_kept);
    let (closing_lines, failed_tests): (Vec<String>, Vec<String>) =
        lines.into_iter().partition(|line| line.starts_with("test result:"));

    // The runner's own closing lines once more, together: with many crates they are far apart above.
    println!();
    for line in &failed_tests {
        println!("{line}");
    }
    for line in &closing_lines {
        println!("{line}");
    }
    let [passed, failed, ignored] =
        ["passed", "failed", "ignored"].map(|word| closing_lines.iter().map(|line| count(line, word)).sum::<usize>());
    println!("all crates: {passed} passed; {failed} failed; {ignored} ignored; tidy ok");
    outcome
}

/// The language model as the program finds or fetches it.
fn model() -> Option<String> {
    let program = ["run", "--quiet", "--package", "rapporteur-cli", "--"];
    run::output(&mut run::cargo(program.into_iter().chain(["model", "get"])))?;
    let path = run::output(&mut run::cargo(program.into_iter().chain(["model", "path"])))?;
    Some(path.trim_end().to_owned())
}

/// The number before `word` in a closing line: "test result: ok. 12 passed; 0 failed; …".
fn count(line: &str, word: &str) -> usize {
    let words: Vec<&str> = line.split([' ', ';']).filter(|it| !it.is_empty()).collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        let line = "test result: ok. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!([count(line, "passed"), count(line, "failed"), count(line, "ignored")], [12, 3, 1]);
        assert_eq!(count("nothing", "passed"), 0);
    }
}
