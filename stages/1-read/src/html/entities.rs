//! Character references: `&amp;`, `&#8217;`, `&rsquo;`, and `&copy` without its semicolon.

use html5gum::{Token, Tokenizer};

// The longest name in the standard's table is `&CounterClockwiseContourIntegral;`.
const REFERENCE_BYTES_MAX: usize = 40;

// What nine in ten references of news pages are, so that the tokenizer need not be asked.
const COMMON: &[(&str, &str)] = &[
    ("&amp;", "&"),
    ("&nbsp;", "\u{A0}"),
    ("&quot;", "\""),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&apos;", "'"),
    ("&rsquo;", "’"),
    ("&lsquo;", "‘"),
    ("&rdquo;", "”"),
    ("&ldquo;", "“"),
    ("&ndash;", "–"),
    ("&mdash;", "—"),
    ("&hellip;", "…"),
    ("&copy;", "©"),
];

/// The reference at the start of `rest` (which begins with `&`): its characters and its length. `None` when it is
/// only an ampersand.
pub(crate) fn reference(rest: &str, in_attribute: bool) -> Option<(String, usize)> {
    if let Some((name, value)) = COMMON.iter().find(|(name, _)| rest.starts_with(name)) {
        return Some(((*value).to_owned(), name.len()));
    }
    let bytes = rest.as_bytes();
    if !bytes.get(1).is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'#') {
        return None;
    }
    let len = 1 + bytes[1..]
        .iter()
        .take(REFERENCE_BYTES_MAX)
        .position(|it| !it.is_ascii_alphanumeric() && *it != b'#')
        .unwrap_or(bytes.len().min(1 + REFERENCE_BYTES_MAX) - 1);
    let has_end = bytes.get(len) == Some(&b';');
    let len = len + usize::from(has_end);
    // In an address `?a=1&copy=2` is no copyright sign; the standard has the same exception.
    if in_attribute && !has_end && bytes[1] != b'#' {
        return None;
    }
    let decoded = standard(&rest[..len])?;
    // `&notit` is `¬it`: what follows the name stands there unchanged and does not belong to the reference.
    let kept = decoded.bytes().rev().zip(rest[..len].bytes().rev()).take_while(|(a, b)| a == b && a.is_ascii()).count();
    let kept = kept.min(len - 2);
    let value = decoded[..decoded.len() - kept].to_owned();
    (!value.is_empty()).then_some((value, len - kept))
}

// The table of 2,231 names is html5gum's; a reference alone is a small document.
fn standard(reference: &str) -> Option<String> {
    for token in Tokenizer::new(reference).flatten() {
        if let Token::String(text) = token {
            let text = String::from_utf8_lossy(&text).into_owned();
            return (text != reference).then_some(text);
        }
    }
    None
}

/// `text` with its references decoded, as attribute values need it.
pub(crate) fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'&', &text.as_bytes()[at..]) {
        out.push_str(&text[at..at + found]);
        at += found;
        match reference(&text[at..], true) {
            Some((value, len)) => {
                out.push_str(&value);
                at += len;
            }
            None => {
                out.push('&');
                at += 1;
            }
        }
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rest: &str, expected: Option<(&str, usize)>) {
        let found = reference(rest, false);
        assert_eq!(found.as_ref().map(|(value, len)| (value.as_str(), *len)), expected, "{rest}");
    }

    #[test]
    fn references() {
        check("&amp;b", Some(("&", 5)));
        check("&#8217;s", Some(("’", 7)));
        check("&#x2019;s", Some(("’", 8)));
        check("&#39;s", Some(("'", 5)));
        check("&Eacute;lys", Some(("É", 8)));
        check("&notit;", Some(("¬", 4)));
        check("&copy 2025", Some(("©", 5)));
        check("&#146;", Some(("’", 6)));
        check("& b", None);
        check("&b", None);
        check("&nosuch;", None);
        check("&", None);
        assert_eq!(decode("?a=1&copy=2&amp;b=3"), "?a=1&copy=2&b=3");
    }
}
