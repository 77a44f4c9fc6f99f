//! Words with their spans: for comparing and counting, not for grammar (that is `crates/language`).

use rapporteur_model::Span;

/// One word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// Where it stands.
    pub span: Span,
    /// As written.
    pub text: &'a str,
}

/// Runs of letters and digits. An apostrophe between two letters belongs to the word ("Kyiv’s"); a hyphen parts words,
/// because outlets do not agree on hyphens.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// See [`words`].
#[derive(Debug, Clone)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let rest = &self.text[self.at..];
        let start = self.at + rest.find(is_word)?;
        let bytes = self.text.as_bytes();
        // Most words are ASCII from end to end; an apostrophe or another script goes on below.
        let mut end = start + bytes[start..].iter().take_while(|it| it.is_ascii_alphanumeric()).count();
        if bytes.get(end).is_none_or(|it| it.is_ascii() && *it != b'\'') && start < end {
            self.at = end;
            return Some(Word { span: Span::at(start, end), text: &self.text[start..end] });
        }
        let mut chars = self.text[end..].chars().peekable();
        while let Some(c) = chars.next() {
            let joins = matches!(c, '\'' | '’') && chars.peek().is_some_and(|next| next.is_alphabetic());
            if !is_word(c) && !is_mark(c) && !joins {
                break;
            }
            end += c.len_utf8();
        }
        self.at = end;
        Some(Word { span: Span::at(start, end), text: &self.text[start..end] })
    }
}

// The punctuation of news lies in one block without letters; its look-up in the tables of all scripts is slow.
fn is_word(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        '\u{2010}'..='\u{2064}' => false,
        _ => c.is_alphanumeric(),
    }
}

// Combining marks that decomposed text sets after its letters.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200D}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).map(|it| it.text).collect();
        assert_eq!(found, expected);
        assert!(words(text).all(|it| it.span.of(text) == it.text));
    }

    #[test]
    fn words_of_news() {
        check("US-Russia talks: Kyiv’s 'priorities'", &["US", "Russia", "talks", "Kyiv’s", "priorities"]);
        check("€250m, 140-billion-euro", &["250m", "140", "billion", "euro"]);
        check("", &[]);
        check("… — !", &[]);
        check("café Э́то", &["café", "Э́то"]);
    }
}
