//! `cargo xtask tidy`: the house rules as code, and as a test of this crate.
//!
//! A rule is a function from the tree to findings; [`RULES`] lists them all. Exceptions stand in `xtask/tidy.toml`,
//! each with its reason.

mod arrows;
mod cases;
mod layout;
mod length;
mod licences;
mod links;
mod tree;
mod unsafety;
mod words;

use crate::Outcome;
use tree::{Finding, Tree};

struct Rule {
    name: &'static str,
    check: fn(&Tree) -> Vec<Finding>,
}

const RULES: &[Rule] =
    &[arrows::RULE, layout::RULE, length::RULE, words::RULE, links::RULE, licences::RULE, unsafety::RULE, cases::RULE];

pub(crate) fn run(_: &[String]) -> Outcome {
    let tree = Tree::of_repository()?;
    let findings = findings(&tree);
    for line in &findings {
        println!("{line}");
    }
    if !findings.is_empty() {
        return Err(format!("{} findings", findings.len()));
    }
    println!("tidy: {} rules hold in {} files", RULES.len(), tree.n_files());
    Ok(())
}

/// All findings as `path:line: rule: message`, in the order of the rules.
fn findings(tree: &Tree) -> Vec<String> {
    let mut lines = Vec::new();
    for rule in RULES {
        let mut found = (rule.check)(tree);
        found.sort();
        lines.extend(found.iter().map(|it| format!("{}:{}: {}: {}", it.path, it.line, rule.name, it.message)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_tidy() {
        let tree = Tree::of_repository().unwrap();
        let findings = findings(&tree);
        assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
    }

    #[test]
    fn rules_have_different_names() {
        let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RULES.len());
    }
}
