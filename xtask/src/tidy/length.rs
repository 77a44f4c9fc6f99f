//! Files that can be read in one go.

use super::Rule;
use super::tree::{Finding, Tree};

pub(super) const RULE: Rule = Rule { name: "length", check };

/// Lines of a source file, tests included. More needs a reason in xtask/tidy.toml.
const LINES_MAX: usize = 500;
const SOURCES: &[&str] = &[".rs", ".py", ".js", ".css", ".sh"];

fn check(tree: &Tree) -> Vec<Finding> {
    let exceptions = tree.exceptions("long");
    let mut findings = Vec::new();
    for (path, text) in tree.texts(SOURCES) {
        let n_lines = text.lines().count();
        let exception = exceptions.iter().find(|it| it.path == path);
        let lines_max = exception.map_or(LINES_MAX, |it| it.lines_max.max(LINES_MAX));
        if n_lines > lines_max {
            findings.push(Finding::new(
                path,
                lines_max + 1,
                format!("{n_lines} lines, at most {lines_max}: split it, or give a reason in xtask/tidy.toml"),
            ));
        } else if exception.is_some() && n_lines <= LINES_MAX {
            findings.push(Finding::new("xtask/tidy.toml", 1, format!("{path} is short again; take its row out")));
        }
    }
    for exception in exceptions.iter().filter(|it| !tree.has(&it.path)) {
        findings.push(Finding::new("xtask/tidy.toml", 1, format!("{} is gone; take its row out", exception.path)));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_needs_a_reason() {
        let long = "line\n".repeat(LINES_MAX + 1);
        assert_eq!(check(&Tree::made_of(&[("a.rs", &long)])).len(), 1);
        let reason = "[[long]]\npath = \"a.rs\"\nlines_max = 600\nreason = \"a table of words\"\n";
        assert_eq!(check(&Tree::made_of(&[("a.rs", &long), ("xtask/tidy.toml", reason)])), []);
        // A reason that is not needed any more is one finding, a file that is gone another.
        assert_eq!(check(&Tree::made_of(&[("a.rs", "short\n"), ("xtask/tidy.toml", reason)])).len(), 1);
        assert_eq!(check(&Tree::made_of(&[("xtask/tidy.toml", reason)])).len(), 1);
    }
}
