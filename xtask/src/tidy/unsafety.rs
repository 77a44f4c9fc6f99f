//! `unsafe` stands in the listed kernel modules and nowhere else. The lint alone can be allowed away; this cannot.

use super::Rule;
use super::tree::{Finding, Tree};

pub(super) const RULE: Rule = Rule { name: "unsafe", check };

fn check(tree: &Tree) -> Vec<Finding> {
    let listed = tree.exceptions("unsafe");
    // In two halves so that this line does not trip over itself.
    let word = ["un", "safe"].concat();
    let forms: Vec<String> =
        [" {", " fn", " impl", " extern", " trait"].iter().map(|after| format!("{word}{after}")).collect();
    let mut findings = Vec::new();
    for (path, text) in tree.texts(&[".rs"]) {
        if listed.iter().any(|it| it.path == path) {
            continue;
        }
        for (ix, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            if forms.iter().any(|form| code.contains(form)) {
                findings.push(Finding::new(path, ix + 1, "only kernels listed in xtask/tidy.toml may say so"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_outside_the_kernels_is_found() {
        let text = ["fn f() { un", "safe { g() } }\n// un", "safe { in words }\n"].concat();
        let row = "[[unsafe]]\npath = \"b.rs\"\nreason = \"intrinsics\"\n";
        let found = check(&Tree::made_of(&[("a.rs", &text), ("b.rs", &text), ("xtask/tidy.toml", row)]));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].path.as_str(), found[0].line), ("a.rs", 1));
    }
}
