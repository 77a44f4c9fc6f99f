//! Character classes as Python's `str` methods see them, which is how the models were trained.

use std::sync::LazyLock;

/// A sorted list of inclusive ranges, with a bit map for the first 256 characters.
struct Class {
    latin: [bool; 256],
    ranges: Vec<(u32, u32)>,
}

impl Class {
    fn new(table: &str) -> Class {
        let hex = |digits: &str| u32::from_str_radix(digits, 16).ok();
        let ranges: Vec<(u32, u32)> =
            crate::symbols::rows(table).filter_map(|(first, last)| Some((hex(first)?, hex(last)?))).collect();
        let mut latin = [false; 256];
        for (code, flag) in (0..).zip(latin.iter_mut()) {
            *flag = ranges.iter().any(|&(first, last)| first <= code && code <= last);
        }
        Class { latin, ranges }
    }

    fn contains(&self, c: char) -> bool {
        let code = c as u32;
        if code < 256 {
            return self.latin[code as usize];
        }
        let idx = self.ranges.partition_point(|&(_, last)| last < code);
        self.ranges.get(idx).is_some_and(|&(first, _)| first <= code)
    }
}

static ALPHA: LazyLock<Class> = LazyLock::new(|| Class::new(include_str!("../data/alpha.tsv")));
static DIGIT: LazyLock<Class> = LazyLock::new(|| Class::new(include_str!("../data/digit.tsv")));

static CASED_LATER: LazyLock<Class> = LazyLock::new(|| Class::new(include_str!("../data/cased-later.tsv")));

/// `str.isspace` of one character: Unicode white space and the four separators U+001C to U+001F.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// `str.isalpha` of one character.
pub(crate) fn is_alpha(c: char) -> bool {
    ALPHA.contains(c)
}

/// `str.isdigit` of one character: also superscripts and circled digits.
pub(crate) fn is_digit(c: char) -> bool {
    DIGIT.contains(c)
}

/// `str.isupper` of one character.
pub(crate) fn is_upper(c: char) -> bool {
    c.is_uppercase() && !CASED_LATER.contains(c)
}

/// `str.lower`: full lowercasing, but letters that are too new for the reference stay as they are.
pub(crate) fn lower(s: &str) -> String {
    if s.is_ascii() {
        return s.to_ascii_lowercase();
    }
    let mut lower = String::with_capacity(s.len());
    let mut rest = s;
    while let Some((at, c)) = rest.char_indices().find(|&(_, c)| CASED_LATER.contains(c)) {
        lower.push_str(&rest[..at].to_lowercase());
        lower.push(c);
        rest = &rest[at + c.len_utf8()..];
    }
    lower.push_str(&rest.to_lowercase());
    lower
}

/// The last character border at or before `at`.
pub(crate) fn border_before(s: &str, at: usize) -> usize {
    let mut at = at.min(s.len());
    while !s.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first character border at or after `at`.
pub(crate) fn border_after(s: &str, at: usize) -> usize {
    let mut at = at.min(s.len());
    while !s.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_newer_than_the_reference_have_no_case() {
        assert_eq!(lower("ÉA\u{10d50}B ΣΑΣ"), "éa\u{10d50}b σας");
        assert!(is_upper('É') && !is_upper('\u{10d50}') && !is_upper('é'));
    }

    #[test]
    fn classes_follow_python_not_rust() {
        assert!(is_space('\u{1c}') && is_space('\u{85}') && !is_space('\u{200b}'));
        assert!(is_digit('²') && is_digit('①') && !is_digit('½'));
        assert!(is_alpha('ª') && is_alpha('日') && !is_alpha('Ⅷ') && !is_alpha('²'));
    }
}
