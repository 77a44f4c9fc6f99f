//! Who may know whom. Above all: no stage knows a stage; they meet only in the records of `model`.

use super::Rule;
use super::tree::{Finding, Tree};

pub(super) const RULE: Rule = Rule { name: "arrows", check };

/// A package (or, for the stages, all of them) and the packages of this workspace it may depend on.
/// A new arrow is a change of design: it needs a row here and a page in docs/decisions/.
const ARROWS: &[(&str, &[&str])] = &[
    ("rapporteur-model", &[]),
    ("rapporteur-language", &[]),
    ("rapporteur-text", &["rapporteur-model"]),
    ("rapporteur-lexicon", &["rapporteur-model", "rapporteur-text"]),
    ("rapporteur-testkit", &["rapporteur-model"]),
    // The network, and no news; nobody but the command and what serves it knows of it.
    ("rapporteur-fetch", &[]),
    // Annotating needs the parse; no other stage does.
    ("rapporteur-annotate", &["rapporteur-model", "rapporteur-text", "rapporteur-lexicon", "rapporteur-language"]),
    ("rapporteur", &["*stages", "rapporteur-model", "rapporteur-text", "rapporteur-lexicon", "rapporteur-language"]),
    ("rapporteur-desk", &["rapporteur", "rapporteur-model"]),
    ("rapporteur-serve", &["rapporteur", "rapporteur-desk", "rapporteur-model", "rapporteur-text"]),
    (
        "rapporteur-cli",
        &[
            "rapporteur", "rapporteur-desk", "rapporteur-fetch", "rapporteur-serve", "rapporteur-model",
            "rapporteur-language",
        ],
    ),
    ("rapporteur-eval", &["rapporteur", "rapporteur-model", "rapporteur-language"]),
    ("rapporteur-bench", &["rapporteur", "rapporteur-model", "rapporteur-language", "rapporteur-eval"]),
    ("xtask", &[]),
];
/// What any other stage may know.
const STAGE: &[&str] = &["rapporteur-model", "rapporteur-text", "rapporteur-lexicon"];
/// Tests of a stage may build cases.
const FOR_TESTS: &str = "rapporteur-testkit";

fn check(tree: &Tree) -> Vec<Finding> {
    let manifests = tree.manifests();
    let name_of = |table: &toml::Table| table.get("package")?.get("name")?.as_str().map(str::to_owned);
    let packages: Vec<(String, &str)> =
        manifests.iter().filter_map(|(folder, table)| Some((name_of(table)?, *folder))).collect();
    let is_stage = |name: &str| packages.iter().any(|(it, folder)| it == name && folder.starts_with("stages/"));

    let mut findings = Vec::new();
    for (folder, table) in &manifests {
        let path = format!("{folder}/Cargo.toml");
        let text = tree.text(&path).unwrap_or("");
        let Some(name) = name_of(table) else {
            findings.push(Finding::new(&path, 1, "the package has no name"));
            continue;
        };
        let Some(allowed) = ARROWS
            .iter()
            .find(|(it, _)| *it == name)
            .map(|(_, allowed)| *allowed)
            .or_else(|| is_stage(&name).then_some(STAGE))
        else {
            findings.push(Finding::new(&path, 1, format!("{name} is not in the table of arrows")));
            continue;
        };
        for (section, dependency, value) in dependencies(table) {
            let line = 1 + text.lines().position(|it| it.trim_start().starts_with(&dependency)).unwrap_or(0);
            if value.get("workspace").is_none() {
                let message =
                    format!("{dependency}: say `{dependency}.workspace = true`; versions and paths stand in the root");
                findings.push(Finding::new(&path, line, message));
            }
            if !packages.iter().any(|(it, _)| *it == dependency) {
                continue;
            }
            let known = allowed.contains(&dependency.as_str())
                || (allowed.contains(&"*stages") && is_stage(&dependency))
                || (section == "dev-dependencies" && dependency == FOR_TESTS);
            if !known {
                let why = if is_stage(&name) && is_stage(&dependency) {
                    "no stage knows a stage; they meet in the records of rapporteur-model"
                } else {
                    "there is no such arrow in ARCHITECTURE.md"
                };
                findings.push(Finding::new(&path, line, format!("{name} depends on {dependency}: {why}")));
            }
        }
    }
    findings
}

fn dependencies(table: &toml::Table) -> Vec<(&'static str, String, &toml::Value)> {
    let mut found = Vec::new();
    for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let mut tables: Vec<&toml::Table> = table.get(section).and_then(|it| it.as_table()).into_iter().collect();
        let targets = table.get("target").and_then(|it| it.as_table()).into_iter().flatten();
        tables.extend(targets.filter_map(|(_, target)| target.get(section)?.as_table()));
        for rows in tables {
            found.extend(rows.iter().map(|(name, value)| (section, name.clone(), value)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(dependencies: &str) -> Tree {
        let read = format!("[package]\nname = \"rapporteur-read\"\n{dependencies}");
        let clean = "[package]\nname = \"rapporteur-clean\"\n".to_owned();
        Tree::made_of(&[("stages/1-read/Cargo.toml", &read), ("stages/2-clean/Cargo.toml", &clean)])
    }

    #[test]
    fn a_stage_that_knows_a_stage_is_found() {
        let found = check(&tree("[dependencies]\nrapporteur-clean.workspace = true\n"));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].path.as_str(), found[0].line), ("stages/1-read/Cargo.toml", 4));
        assert!(found[0].message.contains("no stage knows a stage"));
        // Not in tests either.
        assert_eq!(check(&tree("[dev-dependencies]\nrapporteur-clean.workspace = true\n")).len(), 1);
    }

    #[test]
    fn outside_packages_are_named_in_the_root() {
        assert_eq!(check(&tree("[dependencies]\nmemchr.workspace = true\n")), []);
        assert_eq!(check(&tree("[dependencies]\nmemchr = \"2\"\n")).len(), 1);
    }
}
