//! Links in documents: a relative link leads to a file or folder of the repository, and a heading that is there.

use super::Rule;
use super::tree::{Finding, Tree};

pub(super) const RULE: Rule = Rule { name: "links", check };

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts(&[".md"]) {
        for (line, target) in links(text) {
            if let Some(message) = dead(tree, path, &target) {
                findings.push(Finding::new(path, line, message));
            }
        }
    }
    findings
}

/// Why a link is dead; `None` when it is alive or leads outside.
fn dead(tree: &Tree, path: &str, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (file, heading) = target.split_once('#').unwrap_or((target, ""));
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let file = if file.is_empty() { path.to_owned() } else { join(folder, file)? };
    if !tree.has(&file) {
        return Some(format!("dead link: {target}"));
    }
    if !heading.is_empty() && file.ends_with(".md") {
        let text = tree.text(&file).unwrap_or("");
        if !headings(text).iter().any(|it| it == heading) {
            return Some(format!("dead link: {target}: no such heading in {file}"));
        }
    }
    None
}

/// `folder` and a relative path as one path; `None` when it leads out of the repository, which is not ours to check.
fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Targets of `[words](target)` and `[name]: target`, with their line; code is left out.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (ix, line) in prose(text) {
        let mut rest = line.as_str();
        while let Some(at) = rest.find("](") {
            rest = &rest[at + 2..];
            let Some(end) = rest.find(')') else { break };
            let target = rest[..end].split_whitespace().next().unwrap_or("");
            if !target.is_empty() {
                found.push((ix, target.trim_matches(['<', '>']).to_owned()));
            }
            rest = &rest[end..];
        }
        if line.starts_with('[')
            && let Some((_, target)) = line.split_once("]: ")
        {
            found.push((ix, target.split_whitespace().next().unwrap_or("").to_owned()));
        }
    }
    found
}

/// Lines outside code fences, with spans of code blanked out.
fn prose(text: &str) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    let mut in_code = false;
    for (ix, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if !in_code {
            let parts: Vec<&str> = line.split('`').collect();
            let kept: Vec<&str> =
                parts.iter().enumerate().map(|(n, part)| if n % 2 == 1 { "" } else { *part }).collect();
            lines.push((ix + 1, kept.concat()));
        }
    }
    lines
}

/// Headings as link targets: small letters, spaces as hyphens, marks left out.
fn headings(text: &str) -> Vec<String> {
    let mut in_code = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        let title = line.trim_start_matches('#');
        if in_code || title.len() == line.len() || !title.starts_with(' ') {
            continue;
        }
        let kept = title.trim().chars().filter(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_'));
        found.push(kept.map(|it| if it == ' ' { '-' } else { it }).flat_map(char::to_lowercase).collect());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dead_links_are_found_with_their_line() {
        let text = "# Title\nsee [a](b.md), [c](docs/d.md#one-two)\n```\n[not](a-link.md)\n```\n`[nor](this.md)` [out](https://example.test/x)\n";
        let tree = Tree::made_of(&[("a.md", text), ("docs/d.md", "## One, two\n")]);
        let found = check(&tree);
        assert_eq!(found, [Finding::new("a.md", 2, "dead link: b.md")]);
    }

    #[test]
    fn a_missing_heading_is_a_dead_link() {
        let tree = Tree::made_of(&[("docs/a.md", "[up](../b.md#gone) [self](#here)\n# Here\n"), ("b.md", "# There\n")]);
        assert_eq!(check(&tree).len(), 1);
    }
}
