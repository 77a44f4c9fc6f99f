//! The patterns that cut prefixes, suffixes and infixes off, and short cuts that give the same answer.
//!
//! The short cuts are proven for the patterns of the released English models only, so they are used
//! only if the patterns are those, by their hash. Besides time, they save the regex engine from long input.

use std::ops::Range;

use fancy_regex::Regex;

use super::url;
use crate::chars::{border_after, border_before};
use crate::hash::hash64;

/// Hash of the prefix, suffix and infix patterns of en_core_web_sm 3.8.0 and en_core_web_md 3.7.1.
const RELEASED: u64 = 0xae7e_dcbd_c528_c67f;
/// Longest look at the start of a chunk. The longest prefix that is not a run of dots has 4 bytes.
const HEAD_BYTES: usize = 24;
/// Longest look at the end of a chunk. The longest suffix with its look-behind has far fewer bytes.
const TAIL_BYTES: usize = 28;
/// Pieces longer than this are searched for infixes by windows.
const WINDOWED_BYTES: usize = 256;

pub(crate) struct Affixes {
    prefix: Regex,
    suffix: Regex,
    infix: Regex,
    url: Url,
    released: bool,
}

enum Url {
    Plain(regex::Regex),
    LookAround(Regex),
}

impl Affixes {
    pub(crate) fn new(prefix: &str, suffix: &str, infix: &str, url: &str) -> Result<Affixes, String> {
        let compile = |name: &str, pattern: &str| {
            Regex::new(pattern).map_err(|error| format!("its {name} pattern cannot be compiled ({error})"))
        };
        let released = hash64([prefix, suffix, infix].join("\n").as_bytes()) == RELEASED;
        let url = match url::without_look_around(url) {
            Some(plain) => regex::RegexBuilder::new(&plain)
                .size_limit(64 << 20)
                .build()
                .map(Url::Plain)
                .map_err(|error| format!("its url pattern cannot be compiled ({error})"))?,
            None => Url::LookAround(compile("url", &url::python_word_class(url))?),
        };
        Ok(Affixes {
            prefix: compile("prefix", prefix)?,
            suffix: compile("suffix", suffix)?,
            infix: compile("infix", infix)?,
            url,
            released,
        })
    }

    /// Bytes of the prefix of `s`, 0 if it has none.
    pub(crate) fn prefix(&self, s: &str) -> usize {
        if !self.released {
            return found(&self.prefix, s).map_or(0, |it| it.end);
        }
        match s.as_bytes() {
            [] => 0,
            [b'.', b'.', ..] => s.bytes().take_while(|&byte| byte == b'.').count(),
            [first, ..] if first.is_ascii_alphanumeric() => {
                // "US$", "C$" and "A$" are prefixes; nothing else begins with a letter or digit.
                match s.as_bytes() {
                    [b'U', b'S', b'$', ..] => 3,
                    [b'C' | b'A', b'$', ..] => 2,
                    _ => 0,
                }
            }
            _ => found(&self.prefix, &s[..border_before(s, HEAD_BYTES)]).map_or(0, |it| it.end),
        }
    }

    /// Bytes of the suffix of `s`, 0 if it has none.
    pub(crate) fn suffix(&self, s: &str) -> usize {
        if !self.released {
            return found(&self.suffix, s).map_or(0, |it| it.len());
        }
        match s.as_bytes() {
            [] => 0,
            [.., b',' | b':' | b';' | b'!' | b'?' | b'(' | b')' | b'[' | b']' | b'{' | b'}'] => 1,
            [.., b'<' | b'>' | b'_' | b'#' | b'*' | b'&' | b'\'' | b'"' | b'`'] => 1,
            [.., b'0'..=b'9'] => 0,
            [.., b'a'..=b'z' | b'0'..=b'9', b'.'] | [.., b'A'..=b'Z', b'A'..=b'Z', b'.'] => 1,
            [.., b'\'', b's' | b'S'] => 2,
            [.., last] if last.is_ascii_alphabetic() => {
                let quote = "’s".len();
                if s.ends_with("’s") || s.ends_with("’S") {
                    return quote;
                }
                // A unit after a number is a suffix: "50mph". No unit has more letters than this.
                let bytes = s.as_bytes();
                if bytes[bytes.len().saturating_sub(6)..].iter().all(|byte| byte.is_ascii() && !byte.is_ascii_digit()) {
                    return 0;
                }
                self.suffix_by_pattern(s)
            }
            _ => self.suffix_by_pattern(s),
        }
    }

    fn suffix_by_pattern(&self, s: &str) -> usize {
        let n_dots = s.bytes().rev().take_while(|&byte| byte == b'.').count();
        let start = border_before(s, s.len().saturating_sub(TAIL_BYTES + n_dots));
        found(&self.suffix, &s[start..]).map_or(0, |it| it.len())
    }

    /// Whether `s`, which holds no white space, is a URL.
    pub(crate) fn is_url(&self, s: &str) -> bool {
        // Every URL has a dot before its top-level domain or inside its address.
        s.contains('.')
            && match &self.url {
                Url::Plain(url) => url.is_match(s),
                Url::LookAround(url) => url.is_match(s).unwrap_or(false),
            }
    }

    /// Calls `emit` for every infix from left to right.
    pub(crate) fn each_infix(&self, s: &str, mut emit: impl FnMut(Range<usize>)) {
        let search = |s: &str, emit: &mut dyn FnMut(Range<usize>)| {
            // An engine that gives up finds nothing more: the rest stays one token.
            self.infix.find_iter(s).map_while(Result::ok).for_each(|it| emit(it.range()));
        };
        if !self.released {
            return search(s, &mut emit);
        }
        let n = s.len();
        let may_begin = |(at, byte): (usize, u8)| match byte {
            b'+' | b'-' | b'*' | b'^' | b',' | b'~' | b':' | b'<' | b'>' | b'=' | b'/' => true,
            b'.' => at + 1 < n,
            _ => !byte.is_ascii(),
        };
        if n <= WINDOWED_BYTES {
            if s.bytes().enumerate().any(|(at, byte)| may_begin((at, byte))) {
                search(s, &mut emit);
            }
            return;
        }
        let mut at = 0;
        while at < n {
            let Some(skip) = s.as_bytes()[at..].iter().enumerate().position(|(i, &byte)| may_begin((at + i, byte)))
            else {
                return;
            };
            at += skip;
            let infix = self.infix_at(s, at);
            match infix {
                Some(infix) => {
                    at = infix.end;
                    emit(infix);
                }
                None => at = border_after(s, at + 1),
            }
        }
    }

    /// The infix that begins at `at`, looking at the characters around it only.
    fn infix_at(&self, s: &str, at: usize) -> Option<Range<usize>> {
        let n_dots = s[at..].bytes().take_while(|&byte| byte == b'.').count();
        if n_dots > 1 {
            return Some(at..at + n_dots);
        }
        let start = border_before(s, at.saturating_sub(1));
        // The longest infix has three hyphens or two long dashes; one more character is looked ahead to.
        let window = &s[start..border_before(s, at + 16)];
        let infix = self.infix.find_from_pos(window, at - start).ok()??;
        (infix.start() + start == at).then(|| at..infix.end() + start)
    }

    /// Whether any pattern matches somewhere in `s`.
    pub(crate) fn touches(&self, s: &str) -> bool {
        let has_infix = || {
            let mut has = false;
            self.each_infix(s, |_| has = true);
            has
        };
        0 < self.prefix(s) || 0 < self.suffix(s) || has_infix()
    }
}

fn found(pattern: &Regex, s: &str) -> Option<Range<usize>> {
    pattern.find(s).ok().flatten().map(|it| it.range())
}
