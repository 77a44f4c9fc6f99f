//! Text as a page can show it, so that a report cannot hide what it says or turn around what stands beside it.

use std::borrow::Cow;

/// Text, or a whole page, with what cannot be seen made visible. HTML and XML have no way to write most control characters,
/// so their pictures (U+2400 on) stand for them. Characters that turn the order of what follows (UAX #9: embeddings,
/// overrides, isolates) stand as their number, `[U+202E]`. Line breaks and tabs stay.
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for it in text.chars() {
        match it as u32 {
            _ if is_plain(it) => out.push(it),
            code @ 0..=0x1F => out.push(char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER)),
            0x7F => out.push('\u{2421}'),
            code @ (0x202A..=0x202E | 0x2066..=0x2069) => out.push_str(&format!("[U+{code:04X}]")),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
    out.into()
}

fn is_plain(it: char) -> bool {
    match it {
        '\n' | '\t' => true,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}' => false,
        _ => !it.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn what_cannot_be_seen_is_shown() {
        assert_eq!(shown("plain, é, שלום\n\tand so on"), "plain, é, שלום\n\tand so on");
        assert_eq!(shown("a\u{0}b\u{7f}c\u{9b}d\u{202e}e\u{2069}"), "a␀b␡c\u{FFFD}d[U+202E]e[U+2069]");
    }
}
