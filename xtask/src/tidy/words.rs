//! Words and paths that have no business in a project others check out: one machine's folders, hosts of registries,
//! names of whoever wrote it where.

use super::Rule;
use super::tree::{Finding, Tree};

pub(super) const RULE: Rule = Rule { name: "words", check };

/// Banned, in two halves so that this file does not trip over itself.
const BANNED: &[(&str, &str, &str)] = &[
    ("/ro", "ot/", "a path of one machine"),
    ("/wo", "rk/", "a path of one machine"),
    ("/Us", "ers/", "a path of one machine"),
    ("crates", ".io/api", "the host of a registry: use its client"),
    ("static", ".crates", "the host of a registry: use its client"),
    ("index", ".crates", "the host of a registry: use its client"),
    ("pypi", ".org", "the host of a registry: use its client"),
    ("python", "hosted", "the host of a registry: use its client"),
    ("npmjs", ".org", "the host of a registry: use its client"),
    ("deb.", "debian.org", "the host of a registry: use its client"),
    ("CE", "O", "say who: an office by its full name"),
    ("sub", "agent", "how the work was shared out is no part of the project"),
];
/// Written by tools, not by people.
const LEFT_OUT: &[&str] = &["Cargo.lock", "package-lock.json"];

fn check(tree: &Tree) -> Vec<Finding> {
    let banned: Vec<(String, &str)> = BANNED.iter().map(|(a, b, why)| (format!("{a}{b}"), *why)).collect();
    let mut findings = Vec::new();
    for path in tree.paths().filter(|path| !LEFT_OUT.iter().any(|it| path.ends_with(it))) {
        let Some(text) = tree.text(path) else { continue };
        for (word, why) in &banned {
            if !text.contains(word.as_str()) {
                continue;
            }
            for (ix, line) in text.lines().enumerate() {
                if stands_alone(line, word) {
                    findings.push(Finding::new(path, ix + 1, format!("{word:?}: {why}")));
                }
            }
        }
    }
    findings
}

/// Whether `word` stands in `line` with no letter or digit glued to its letters: a URL that has the folder in its middle
/// is no path of a machine, and an abbreviation inside a longer one is another word.
fn stands_alone(line: &str, word: &str) -> bool {
    let glued = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '_');
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let ends_in_word = word.chars().next_back().is_some_and(char::is_alphanumeric);
        !(glued(before) || ends_in_word && glued(after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_one_machine_is_found() {
        let path = format!("{}{}", "/ro", "ot/data");
        let tree = Tree::made_of(&[("a.md", &format!("one\nsee {path}\n")), ("b.md", "see ../data\n")]);
        let found = check(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].path.as_str(), found[0].line), ("a.md", 2));
    }

    #[test]
    fn a_word_inside_another_is_another_word() {
        let word = format!("{}{}", "CE", "O");
        assert!(stands_alone(&format!("the {word} said"), &word));
        assert!(!stands_alone(&format!("{word}S"), &word));
        let folder = format!("{}{}", "/wo", "rk/");
        assert!(!stands_alone(&format!("https://example.test{folder}"), &folder));
        assert!(stands_alone(&format!("cd {folder}x"), &folder));
    }
}
