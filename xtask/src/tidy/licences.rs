//! Licence files are there, and every manifest takes licence, edition and lints from the workspace.

use super::Rule;
use super::tree::{Finding, Tree};

pub(super) const RULE: Rule = Rule { name: "licences", check };

const FILES: &[(&str, &str)] = &[("LICENSE-APACHE", "Apache License"), ("LICENSE-MIT", "MIT License")];
const SHARED: &[&str] = &["version", "edition", "rust-version", "license", "publish"];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, title) in FILES {
        let text = tree.text(path).unwrap_or("");
        if !text.lines().take(3).any(|line| line.contains(title)) {
            findings.push(Finding::new(path, 1, format!("is not the text of the {title}")));
        }
    }
    let root: toml::Table = tree.text("Cargo.toml").and_then(|text| text.parse().ok()).unwrap_or_default();
    let licence = root.get("workspace").and_then(|it| it.get("package")?.get("license")?.as_str());
    if licence != Some("Apache-2.0 OR MIT") {
        findings.push(Finding::new(
            "Cargo.toml",
            1,
            format!("the licence is {licence:?}, the files say Apache-2.0 OR MIT"),
        ));
    }
    for (folder, table) in tree.manifests() {
        let path = format!("{folder}/Cargo.toml");
        for name in SHARED {
            let value = table.get("package").and_then(|it| it.get(name)?.get("workspace")?.as_bool());
            if value != Some(true) {
                findings.push(Finding::new(&path, 1, format!("say `{name}.workspace = true`")));
            }
        }
        if table.get("lints").and_then(|it| it.get("workspace")?.as_bool()) != Some(true) {
            findings.push(Finding::new(&path, 1, "say `[lints] workspace = true`"));
        }
    }
    findings
}
