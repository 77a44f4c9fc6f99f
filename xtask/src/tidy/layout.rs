//! Folders and papers: stages are numbered in order, a crate's folder bears its name, tests live in src/, decisions are
//! complete.

use super::Rule;
use super::tree::{Finding, Tree};

pub(super) const RULE: Rule = Rule { name: "layout", check };

const PAPERS: &[&str] = &["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "STYLE.md", "CHANGELOG.md"];
/// What a decision record answers, as headings.
const DECISION: &[&str] = &["## Question", "## Answer", "## Why", "## Cost"];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for paper in PAPERS.iter().filter(|it| !tree.has(it)) {
        findings.push(Finding::new(paper, 1, "is missing"));
    }
    stages(tree, &mut findings);
    tests_folders(tree, &mut findings);
    decisions(tree, &mut findings);
    findings
}

fn stages(tree: &Tree, findings: &mut Vec<Finding>) {
    let mut n_stages = 0;
    for (folder, table) in tree.manifests() {
        let path = format!("{folder}/Cargo.toml");
        let package = table.get("package").and_then(|it| it.get("name")).and_then(|it| it.as_str()).unwrap_or("");
        let name = folder.rsplit('/').next().unwrap_or(folder);
        let wanted = match folder.strip_prefix("stages/") {
            Some(stage) => {
                n_stages += 1;
                let (number, name) = stage.split_once('-').unwrap_or(("", stage));
                if number.parse() != Ok(n_stages) {
                    findings.push(Finding::new(
                        &path,
                        1,
                        format!("stage folders are numbered; this one should be {n_stages}-{name}"),
                    ));
                }
                format!("rapporteur-{name}")
            }
            None if matches!(name, "xtask" | "rapporteur") => name.to_owned(),
            None => format!("rapporteur-{name}"),
        };
        if package != wanted {
            findings.push(Finding::new(
                &path,
                1,
                format!("the package is called {package:?}; its folder says {wanted:?}"),
            ));
        }
    }
}

fn tests_folders(tree: &Tree, findings: &mut Vec<Finding>) {
    let allowed = tree.exceptions("tests");
    let rust = tree.texts(&[".rs"]).map(|(path, _)| path).filter(|path| !path.contains("/src/"));
    for path in rust.filter(|path| path.contains("/tests/")) {
        if !allowed.iter().any(|it| path.starts_with(&format!("{}/", it.path))) {
            let message = "a tests/ folder links one more program for each file: put the test into src/, or list the folder in xtask/tidy.toml";
            findings.push(Finding::new(path, 1, message));
        }
    }
}

fn decisions(tree: &Tree, findings: &mut Vec<Finding>) {
    let mut n_decisions = 0;
    for (path, text) in tree.texts(&[".md"]).filter(|(path, _)| path.starts_with("docs/decisions/")) {
        n_decisions += 1;
        let name = path.trim_start_matches("docs/decisions/");
        if !name.starts_with(&format!("{n_decisions:04}-")) {
            findings.push(Finding::new(
                path,
                1,
                format!("decisions are numbered without gaps; this one should be {n_decisions:04}"),
            ));
        }
        for heading in DECISION.iter().filter(|heading| !text.lines().any(|line| line.trim_end() == **heading)) {
            findings.push(Finding::new(path, 1, format!("has no section `{heading}`")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_in_the_stages_is_found() {
        let manifest = |name: &str| format!("[package]\nname = \"rapporteur-{name}\"\n");
        let (read, clean) = (manifest("read"), manifest("clean"));
        let mut found = Vec::new();
        stages(
            &Tree::made_of(&[("stages/1-read/Cargo.toml", &read), ("stages/2-clean/Cargo.toml", &clean)]),
            &mut found,
        );
        assert_eq!(found, []);
        stages(
            &Tree::made_of(&[("stages/1-read/Cargo.toml", &read), ("stages/3-clean/Cargo.toml", &clean)]),
            &mut found,
        );
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_decision_without_its_cost_is_found() {
        let mut found = Vec::new();
        let text = "# 1\n## Question\n## Answer\n## Why\n";
        decisions(&Tree::made_of(&[("docs/decisions/0001-x.md", text)]), &mut found);
        assert_eq!(found.len(), 1);
    }
}
