//! HTML tokens as places in the page. Text is handed out as it stands: one slice, nothing copied, so that every
//! character keeps its place.
//!
//! The states are those of the standard that change what a reader sees; the states for parse errors are left out.

use memchr::{memchr, memmem};

/// One token. All are places in the page's text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Token<'a> {
    /// Characters between tags, references not yet decoded. `is_raw` where references mean nothing (script, style).
    Text { start: usize, text: &'a str, is_raw: bool },
    /// `<name attributes>`; `attributes` is the part between.
    Start { name: &'a str, attributes: &'a str, attributes_start: usize },
    /// `</name>`.
    End { name: &'a str },
}

/// Tokens of `page`.
pub(crate) fn tokens(page: &str) -> Tokens<'_> {
    Tokens { page, at: 0, raw_until: None, pending: None }
}

#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    page: &'a str,
    at: usize,
    // Inside script and the like: the element that ends it.
    raw_until: Option<&'a str>,
    pending: Option<Token<'a>>,
}

// Elements whose content is characters only. `title` and `textarea` know references.
const RAW_TEXT: &[&str] = &["script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "title", "textarea"];

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(token) = self.pending.take() {
            return Some(token);
        }
        if let Some(name) = self.raw_until.take() {
            let start = self.at;
            let end = raw_text_end(self.page, start, name);
            self.at = end;
            if start < end {
                let is_raw = !name.eq_ignore_ascii_case("title") && !name.eq_ignore_ascii_case("textarea");
                return Some(Token::Text { start, text: &self.page[start..end], is_raw });
            }
        }
        let start = self.at;
        loop {
            let Some(found) = memchr(b'<', &self.page.as_bytes()[self.at..]) else {
                self.at = self.page.len();
                return self.text(start, self.at);
            };
            let open = self.at + found;
            let Some((token, after)) = self.markup(open) else {
                // A bare "<" is a character.
                self.at = open + 1;
                continue;
            };
            self.at = after;
            let text = self.text(start, open);
            match (text, token) {
                (None, None) => return self.next_after_comment(),
                (Some(text), None) => return Some(text),
                (None, token) => return token,
                (text, token) => {
                    self.pending = token;
                    return text;
                }
            }
        }
    }
}

impl<'a> Tokens<'a> {
    fn text(&self, start: usize, end: usize) -> Option<Token<'a>> {
        (start < end).then(|| Token::Text { start, text: &self.page[start..end], is_raw: false })
    }

    // A page may be one comment after another: a loop, not recursion.
    fn next_after_comment(&mut self) -> Option<Token<'a>> {
        loop {
            if self.page.as_bytes().get(self.at) != Some(&b'<') {
                return self.next();
            }
            match self.markup(self.at) {
                Some((None, after)) => self.at = after,
                Some((token, after)) => {
                    self.at = after;
                    return token;
                }
                None => return self.next(),
            }
        }
    }

    /// What begins with the "<" at `open`: a tag, or a comment (no token), and the byte after it.
    fn markup(&mut self, open: usize) -> Option<(Option<Token<'a>>, usize)> {
        let (page, bytes) = (self.page, self.page.as_bytes());
        match bytes.get(open + 1)? {
            b'!' => Some((None, declaration_end(page, open))),
            b'?' => Some((None, memchr(b'>', &bytes[open..]).map_or(page.len(), |it| open + it + 1))),
            b'/' => match bytes.get(open + 2)? {
                it if it.is_ascii_alphabetic() => {
                    let name_end = name_end(page, open + 2);
                    let after = tag_end(page, name_end);
                    Some((Some(Token::End { name: &page[open + 2..name_end] }), after))
                }
                b'>' => Some((None, open + 3)),
                _ => Some((None, memchr(b'>', &bytes[open..]).map_or(page.len(), |it| open + it + 1))),
            },
            it if it.is_ascii_alphabetic() => {
                let name_end = name_end(page, open + 1);
                let after = tag_end(page, name_end);
                let name = &page[open + 1..name_end];
                let is_closed = bytes[after - 1] == b'>';
                let attributes_end = if is_closed { after - 1 } else { after };
                let attributes = &page[name_end..attributes_end.max(name_end)];
                if !is_closed {
                    // The page ends inside the tag: the standard drops it.
                    return Some((None, page.len()));
                }
                if RAW_TEXT.iter().any(|it| name.eq_ignore_ascii_case(it)) {
                    self.raw_until = Some(name);
                }
                Some((Some(Token::Start { name, attributes, attributes_start: name_end }), after))
            }
            _ => None,
        }
    }
}

fn name_end(page: &str, start: usize) -> usize {
    let is_end = |it: &u8| it.is_ascii_whitespace() || *it == b'/' || *it == b'>';
    page.as_bytes()[start..].iter().position(is_end).map_or(page.len(), |it| start + it)
}

// One past the ">" that ends the tag; one inside quotation marks does not.
fn tag_end(page: &str, start: usize) -> usize {
    let bytes = page.as_bytes();
    let mut at = start;
    // A quotation mark opens a value only after "=".
    let mut after_equals = false;
    while let Some(it) = bytes.get(at) {
        match it {
            b'>' => return at + 1,
            b'"' | b'\'' if after_equals => {
                let Some(len) = memchr(*it, &bytes[at + 1..]) else { return page.len() };
                at += len + 2;
                after_equals = false;
                continue;
            }
            b'=' => after_equals = true,
            it if it.is_ascii_whitespace() => {}
            _ => after_equals = false,
        }
        at += 1;
    }
    page.len()
}

fn declaration_end(page: &str, open: usize) -> usize {
    let rest = &page[open..];
    let found = |needle: &str, from: usize| {
        memmem::find(&rest.as_bytes()[from.min(rest.len())..], needle.as_bytes())
            .map_or(page.len(), |it| open + from + it + needle.len())
    };
    if rest.starts_with("<!-->") {
        return open + 5;
    }
    match () {
        () if rest.starts_with("<!--") => {
            let end = found("-->", 4);
            // Looked for only before the other, so that many comments do not each read the whole page.
            memmem::find(&page.as_bytes()[open + 4..end], b"--!>").map_or(end, |it| open + 4 + it + 4)
        }
        () if rest.starts_with("<![CDATA[") => found("]]>", 9),
        () => found(">", 2),
    }
}

// Where the text of a script, style, title … element ends: before `</name`.
fn raw_text_end(page: &str, start: usize, name: &str) -> usize {
    let bytes = page.as_bytes();
    let mut at = start;
    while let Some(found) = memmem::find(&bytes[at..], b"</") {
        let open = at + found;
        let name_start = open + 2;
        let is_name =
            bytes.get(name_start..name_start + name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()));
        let is_whole =
            bytes.get(name_start + name.len()).is_none_or(|it| it.is_ascii_whitespace() || *it == b'/' || *it == b'>');
        if is_name && is_whole {
            return open;
        }
        at = name_start;
    }
    page.len()
}

/// One attribute: name as written, value with references not decoded, and where the value stands in the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: &'a str,
    pub(crate) start: usize,
}

/// The attributes of a start tag.
pub(crate) fn attributes(part: &str, start: usize) -> Attributes<'_> {
    Attributes { part, at: 0, start }
}

#[derive(Debug)]
pub(crate) struct Attributes<'a> {
    part: &'a str,
    at: usize,
    start: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let bytes = self.part.as_bytes();
        while bytes.get(self.at).is_some_and(|it| it.is_ascii_whitespace() || *it == b'/') {
            self.at += 1;
        }
        let name_start = self.at;
        bytes.get(name_start)?;
        // An "=" at the start belongs to the name, says the standard.
        self.at += 1;
        while bytes.get(self.at).is_some_and(|it| !it.is_ascii_whitespace() && *it != b'/' && *it != b'=') {
            self.at += 1;
        }
        // The first byte may have been the first of several of one character.
        while !self.part.is_char_boundary(self.at) {
            self.at += 1;
        }
        let name = &self.part[name_start..self.at];
        let mut at = self.at;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        if bytes.get(at) != Some(&b'=') {
            return Some(Attribute { name, value: "", start: self.start + self.at });
        }
        at += 1;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let (from, to, after) = match bytes.get(at) {
            Some(mark @ (b'"' | b'\'')) => {
                let len = memchr(*mark, &bytes[at + 1..]).unwrap_or(bytes.len() - at - 1);
                (at + 1, at + 1 + len, (at + len + 2).min(bytes.len()))
            }
            _ => {
                let len = bytes[at..].iter().position(u8::is_ascii_whitespace).unwrap_or(bytes.len() - at);
                (at, at + len, at + len)
            }
        };
        self.at = after;
        Some(Attribute { name, value: &self.part[from..to], start: self.start + from })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &str) {
        let mut found = String::new();
        for token in tokens(page) {
            match token {
                Token::Text { start, text, .. } => {
                    assert_eq!(&page[start..start + text.len()], text);
                    found += &format!("[{text}]");
                }
                Token::Start { name, attributes: part, attributes_start } => {
                    found += &format!("<{name}");
                    for it in attributes(part, attributes_start) {
                        assert_eq!(&page[it.start..it.start + it.value.len()], it.value);
                        found += &format!(" {}={}", it.name, it.value);
                    }
                    found += ">";
                }
                Token::End { name } => found += &format!("</{name}>"),
            }
        }
        assert_eq!(found, expected, "{page}");
    }

    #[test]
    fn tags_and_text() {
        check("<p class=a id='b c'>Hi</p >", "<p class=a id=b c>[Hi]</p>");
        check("a < b <c d>", "[a < b ]<c d=>");
        check("<a href=/x/ title=\"1 > 0\">", "<a href=/x/ title=1 > 0>");
        check("<br/><img src=x />", "<br><img src=x>");
        check("<!DOCTYPE html><!-- <p> --><!-- --><b>", "<b>");
        check("<!-->x<!--y", "[x]");
        check("</><p", "");
        check("x<é", "[x<é]");
    }

    #[test]
    fn raw_text() {
        check("<script>if (a < b) '</p>'</script>x", "<script>[if (a < b) '</p>']</script>[x]");
        check("<title>A <b> &amp; c</title>", "<title>[A <b> &amp; c]</title>");
        check("<style></style>", "<style></style>");
        check("<script>never ends", "<script>[never ends]");
        check("<SCRIPT></scriptx></Script>", "<SCRIPT>[</scriptx>]</Script>");
    }

    #[test]
    fn many_comments_are_no_recursion() {
        assert_eq!(tokens(&"<!---->".repeat(200_000)).count(), 0);
        assert_eq!(tokens(&"<!---->x".repeat(200_000)).count(), 200_000);
    }
}
