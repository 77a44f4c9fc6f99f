//! What a site asks of programs (robots.txt, RFC 9309), and how far apart it wants to be asked (`Crawl-delay`, which is
//! older than the RFC and not in it).
//!
//! Our own: the crates for it have not been kept up, or bring a regular expression for each rule; this is one page.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::settings::CRAWL_DELAY_MAX;

/// What of a robots.txt concerns this program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Robots {
    rules: Vec<Rule>,
    /// Milliseconds between two requests, where it says so.
    pub delay_ms: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Rule {
    allow: bool,
    pattern: String,
}

/// Rules that are kept; a file with more asks for more than anybody writes by hand.
const RULES_MAX: usize = 10_000;

impl Robots {
    /// Nothing may be asked.
    pub fn nothing() -> Robots {
        Robots { rules: vec![Rule { allow: false, pattern: "/".to_owned() }], delay_ms: None }
    }

    /// Takes out of `text` the groups that name `agent` (our name without the version), or else those for all (`*`).
    pub fn of(text: &str, agent: &str) -> Robots {
        let mut ours: Option<Robots> = None;
        let mut all = Robots::default();
        // Several lines of names may stand above the rules of one group.
        let (mut in_names, mut for_us, mut for_all) = (false, false, false);
        for line in text.trim_start_matches('\u{FEFF}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !in_names {
                    (in_names, for_us, for_all) = (true, false, false);
                }
                // A version behind the name does not count.
                let name = value.split(['/', ' ']).next().unwrap_or_default();
                for_us |= name.eq_ignore_ascii_case(agent);
                for_all |= name == "*";
                if for_us {
                    ours.get_or_insert_default();
                }
                continue;
            }
            let known = matches!(key.as_str(), "allow" | "disallow" | "crawl-delay");
            // Lines that are no rules (Sitemap and others) stand outside of groups and end none.
            if !known {
                continue;
            }
            in_names = false;
            if for_us {
                ours.get_or_insert_default().line(&key, value);
            }
            if for_all {
                all.line(&key, value);
            }
        }
        ours.unwrap_or(all)
    }

    fn line(&mut self, key: &str, value: &str) {
        match key {
            "crawl-delay" => {
                let delay = value.parse::<f64>().ok().and_then(|it| Duration::try_from_secs_f64(it).ok());
                self.delay_ms = delay.map(|it| crate::clock::millis(it.min(CRAWL_DELAY_MAX))).or(self.delay_ms);
            }
            // An empty rule matches nothing.
            _ if value.is_empty() || RULES_MAX <= self.rules.len() => {}
            _ => self.rules.push(Rule { allow: key == "allow", pattern: normal(value) }),
        }
    }

    /// Whether `path` (with its query) may be asked: the longest rule that matches decides, of two as long the one that
    /// allows.
    pub fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        if path == "/robots.txt" {
            return true;
        }
        let matching = self.rules.iter().filter(|it| is_match(&it.pattern, &path));
        matching.max_by_key(|it| (it.pattern.len(), it.allow)).is_none_or(|it| it.allow)
    }
}

/// `*` is any number of characters, a `$` at the end is the end. Each part is looked for behind the last, once: the time is
/// that of reading path and pattern.
fn is_match(pattern: &str, path: &str) -> bool {
    let (pattern, is_to_end) = pattern.strip_suffix('$').map_or((pattern, false), |it| (it, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let last = if is_to_end { parts.pop() } else { None };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    match last {
        Some(last) => rest.ends_with(last),
        None => !is_to_end || rest.is_empty(),
    }
}

/// One spelling for all: what need not be escaped is bare, all else is escaped in capitals (RFC 9309, 2.2.2).
fn normal(text: &str) -> String {
    use std::fmt::Write;
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).and_then(|it| std::str::from_utf8(it).ok());
        let escaped = hex.filter(|_| byte == b'%').and_then(|it| u8::from_str_radix(it, 16).ok());
        at += if escaped.is_some() { 3 } else { 1 };
        let value = escaped.unwrap_or(byte);
        let is_bare = match escaped {
            Some(it) => it.is_ascii_alphanumeric() || b"-._~".contains(&it),
            None => byte.is_ascii_graphic(),
        };
        if is_bare {
            out.push(char::from(value));
        } else {
            let _ = write!(out, "%{value:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(text: &str, path: &str) -> bool {
        Robots::of(text, "rapporteur").allows(path)
    }

    #[test]
    fn the_longest_rule_decides() {
        let text = "User-agent: *\nDisallow: /news/\nAllow: /news/open/\nDisallow: /*.pdf$\nAllow: /a\nDisallow: /a\n";
        let cases = [
            ("/", true),
            ("/news/1", false),
            ("/news/open/1", true),
            ("/x/y.pdf", false),
            ("/x/y.pdf?page=2", true),
            ("/a", true),
            ("/robots.txt", true),
        ];
        for (path, expected) in cases {
            assert_eq!(allows(text, path), expected, "{path}");
        }
    }

    #[test]
    fn our_own_group_goes_before_the_one_for_all() {
        let text = "\u{FEFF}user-agent: * # all\ndisallow: /\n\nUser-Agent: other\nUSER-AGENT: Rapporteur/2.0\nSitemap: x\nDisallow: /x\nCrawl-delay: 7.5\n";
        assert!(allows(text, "/y") && !allows(text, "/x1"));
        assert_eq!(Robots::of(text, "rapporteur").delay_ms, Some(7500));
        // The same name twice is one group.
        let twice =
            "User-agent: rapporteur\nDisallow: /a\nUser-agent: *\nDisallow: /\nUser-agent: rapporteur\nDisallow: /b";
        assert!(!allows(twice, "/a") && !allows(twice, "/b") && allows(twice, "/c"));
        // A name with nothing under it may ask all.
        assert!(allows("User-agent: *\nDisallow: /\nUser-agent: rapporteur\n", "/a"));
    }

    #[test]
    fn spellings_of_one_path_are_one() {
        let text = "User-agent: *\nDisallow: /caf\u{e9}\nDisallow: /%7Ejoe/\nDisallow: /a%2fb\n";
        assert!(!allows(text, "/caf%c3%a9/1") && !allows(text, "/~joe/x") && !allows(text, "/a%2Fb"));
        assert!(allows(text, "/a/b"));
    }

    #[test]
    fn odd_files_are_read_as_far_as_they_go() {
        assert!(allows("", "/a") && allows("<html>no robots here</html>", "/a") && allows("Disallow: /", "/a"));
        assert!(allows("User-agent: *\nDisallow:\n", "/a"));
        let huge = format!(
            "User-agent: *\nCrawl-delay: 1e30\nCrawl-delay: -1\nCrawl-delay: 900\n{}",
            "Disallow: /*a*a*a*a*b$\n".repeat(50_000)
        );
        let robots = Robots::of(&huge, "rapporteur");
        assert_eq!((robots.rules.len(), robots.delay_ms), (RULES_MAX, Some(60_000)));
        assert!(robots.allows(&"/a".repeat(2000)));
        assert!(!Robots::nothing().allows("/") && Robots::nothing().allows("/robots.txt"));
    }
}
