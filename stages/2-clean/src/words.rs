//! Small questions about a line of text.

/// Words that a sentence cannot end with: a line that ends so goes on in the next.
const OPEN_ENDS: &[&str] = &[
    "a", "about", "after", "against", "an", "and", "as", "at", "because", "before", "between", "but", "by", "for",
    "from", "if", "in", "into", "is", "its", "of", "on", "or", "than", "that", "the", "their", "to", "under", "was",
    "were", "when", "where", "which", "while", "who", "whose", "will", "with", "would", "has", "have", "had", "are",
    "be", "been", "his", "her", "our", "not", "said",
];

/// Whether the line ends as sentences do, quotation marks and brackets aside.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '“']);
    line.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
}

/// Whether the line breaks off: its last word wants another.
pub(crate) fn breaks_off(line: &str) -> bool {
    let line = line.trim_end();
    if line.ends_with([',', '—', '–']) {
        return true;
    }
    let last = line.rsplit(|it: char| it.is_whitespace()).next().unwrap_or("");
    OPEN_ENDS.contains(&last.to_lowercase().as_str())
}

/// Whether the first letter is a small one.
pub(crate) fn starts_small(line: &str) -> bool {
    line.trim_start_matches(['"', '\'', '“', '‘', '«', '(']).chars().next().is_some_and(char::is_lowercase)
}

/// Words; of scripts that put no spaces between them, two characters count as one.
pub(crate) fn n_words(line: &str) -> usize {
    let (mut n_spaced, mut n_unspaced, mut is_counted) = (0, 0, false);
    let mut rest = line;
    loop {
        // Nearly all of the text is ASCII, looked at byte by byte.
        let n_ascii = rest.bytes().position(|it| !it.is_ascii()).unwrap_or(rest.len());
        for byte in &rest.as_bytes()[..n_ascii] {
            if byte.is_ascii_alphanumeric() {
                n_spaced += usize::from(!is_counted);
                is_counted = true;
            } else if matches!(byte, b' ' | b'\t'..=b'\r') {
                is_counted = false;
            }
        }
        let mut chars = rest[n_ascii..].chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        n_unspaced +=
            usize::from(matches!(c, '\u{E00}'..='\u{E7F}' | '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}'));
        if c.is_alphanumeric() {
            n_spaced += usize::from(!is_counted);
            is_counted = true;
        } else if c.is_whitespace() {
            is_counted = false;
        }
    }
    n_spaced.max(n_unspaced / 2)
}

/// Whether it has letters and all of them are capitals.
pub(crate) fn is_all_capitals(line: &str) -> bool {
    line.contains(char::is_uppercase) && !line.contains(char::is_lowercase)
}

/// A line that reads like news: a sentence of some length.
pub(crate) fn is_prose(line: &str) -> bool {
    let n = n_words(line);
    (8 <= n && ends_sentence(line)) || (25 <= n && line.contains(". ")) || 40 <= n
}

/// The words between first and last letter or digit.
pub(crate) fn trim_marks(line: &str) -> &str {
    line.trim_matches(|it: char| !it.is_alphanumeric())
}
