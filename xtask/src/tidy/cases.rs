//! Every extractor in the table has a file of marked news, and every such file an extractor.

use super::Rule;
use super::tree::{Finding, Tree};

pub(super) const RULE: Rule = Rule { name: "cases", check };

const STAGE: &str = "stages/3-annotate";

fn check(tree: &Tree) -> Vec<Finding> {
    let table = tree.texts(&[".rs"]).filter(|(path, _)| path.starts_with(STAGE)).find_map(|(path, text)| {
        // The table itself, not the macro that reads it.
        let (line, _) = text.lines().enumerate().find(|(_, line)| line.trim_end() == "extractors! {")?;
        Some((path, text, line))
    });
    let Some((path, text, first)) = table else { return Vec::new() };
    let mut findings = Vec::new();
    let mut names = Vec::new();
    for (ix, line) in text.lines().enumerate().skip(first + 1) {
        let code = line.split("//").next().unwrap_or("");
        if code.trim_start().starts_with('}') {
            break;
        }
        for name in code.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            if !tree.has(&format!("{STAGE}/cases/{name}.txt")) {
                findings.push(Finding::new(path, ix + 1, format!("{name} has no {STAGE}/cases/{name}.txt")));
            }
            names.push(name.to_owned());
        }
    }
    let prefix = format!("{STAGE}/cases/");
    for case in tree.paths().filter(|it| it.starts_with(&prefix) && it.ends_with(".txt")) {
        let name = case.trim_start_matches(&prefix).trim_end_matches(".txt");
        // "quotes-speakers" is a second file of "quotes".
        let extractor = name.split_once('-').map_or(name, |it| it.0);
        if !names.iter().any(|it| it == extractor) {
            findings.push(Finding::new(case, 1, "no extractor of this name is in the table"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extractor_without_cases_is_found() {
        let table = "extractors! {\n    figures,\n    times, // days\n}\n";
        let tree = Tree::made_of(&[
            ("stages/3-annotate/src/extractors.rs", table),
            ("stages/3-annotate/cases/figures.txt", ""),
            ("stages/3-annotate/cases/old.txt", ""),
        ]);
        let lines: Vec<usize> = check(&tree).iter().map(|it| it.line).collect();
        assert_eq!(lines, [3, 1]);
    }
}
