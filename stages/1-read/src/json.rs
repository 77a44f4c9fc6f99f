//! JSON with places: each string knows where it stands, so a row's text leads back to the file's bytes.
//!
//! A little more is read than the standard allows, because pages write their JSON-LD by hand: line breaks inside
//! strings, a comma before a closing bracket.

use crate::raw_map::MappedText;
use rapporteur_model::Span;

/// A value. Strings and numbers are places; nothing is copied until it is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(Span),
    /// The place between the quotation marks.
    String(Span),
    Array(Vec<Json>),
    /// In the order written.
    Object(Vec<(Span, Json)>),
}

impl Json {
    /// The value of the first of `keys` that is there and not null. `source` is the text that was parsed.
    pub(crate) fn get(&self, source: &str, key: &str) -> Option<&Json> {
        let Json::Object(fields) = self else { return None };
        fields.iter().find(|(name, value)| name.of(source) == key && *value != Json::Null).map(|(_, value)| value)
    }

    /// A string's or number's characters.
    pub(crate) fn as_text(&self, source: &str) -> Option<String> {
        match self {
            Json::String(span) => Some(unescape(source, *span).text),
            Json::Number(span) => Some(span.of(source).to_owned()),
            _ => None,
        }
    }

    pub(crate) fn span(&self) -> Option<Span> {
        match self {
            Json::String(span) | Json::Number(span) => Some(*span),
            _ => None,
        }
    }
}

/// The characters a JSON string stands for, with the way back to the bytes of `source`.
pub(crate) fn unescape(source: &str, span: Span) -> MappedText {
    let mut out = MappedText::with_capacity(span.len() as usize);
    let (mut at, end) = (span.start() as usize, span.end() as usize);
    while at < end {
        let plain = memchr::memchr(b'\\', &source.as_bytes()[at..end]).unwrap_or(end - at);
        out.push_verbatim(&source[at..at + plain], at);
        at += plain;
        if at < end {
            let (c, len) = escape(&source[at..end]);
            out.push_whole(c.encode_utf8(&mut [0; 4]), at..at + len);
            at += len;
        }
    }
    out
}

// One escape at the start of `rest`: the character and the bytes it takes. A lone surrogate is U+FFFD.
fn escape(rest: &str) -> (char, usize) {
    let unit = |from: usize| rest.get(from..from + 4).and_then(|it| u32::from_str_radix(it, 16).ok());
    let Some(c) = rest[1..].chars().next() else { return ('\u{FFFD}', rest.len()) };
    let plain = match c {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{C}',
        'u' => {
            let Some(high) = unit(2) else { return ('\u{FFFD}', 2) };
            if let 0xD800..0xDC00 = high
                && rest.get(6..8) == Some("\\u")
                && let Some(low @ 0xDC00..0xE000) = unit(8)
            {
                let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                return (char::from_u32(code).unwrap_or('\u{FFFD}'), 12);
            }
            return (char::from_u32(high).unwrap_or('\u{FFFD}'), 6);
        }
        other => other,
    };
    (plain, 1 + c.len_utf8())
}

/// Reads one value at byte `at`; the value and the byte after it, or where and why it could not be read.
pub(crate) fn parse(source: &str, at: usize, depth_max: usize) -> Result<(Json, usize), (usize, &'static str)> {
    let mut parser = Parser { source, bytes: source.as_bytes(), at };
    let value = parser.value(depth_max)?;
    Ok((value, parser.at))
}

struct Parser<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
}

type Parsed<T> = Result<T, (usize, &'static str)>;

impl Parser<'_> {
    fn peek(&mut self) -> Option<u8> {
        while let Some(it) = self.bytes.get(self.at)
            && matches!(it, b' ' | b'\t' | b'\r' | b'\n')
        {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    fn value(&mut self, depth: usize) -> Parsed<Json> {
        if depth == 0 {
            return Err((self.at, "nested too deep"));
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Ok(Json::String(self.string()?)),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            // Python writes NaN for a missing number.
            Some(b'N') => self.word("NaN", Json::Null),
            Some(b'-' | b'0'..=b'9') => {
                let start = self.at;
                while self.bytes.get(self.at).is_some_and(|it| it.is_ascii_alphanumeric() || b"+-.".contains(it)) {
                    self.at += 1;
                }
                Ok(Json::Number(Span::at(start, self.at)))
            }
            Some(_) => Err((self.at, "not a value")),
            None => Err((self.at, "ends too early")),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Parsed<Json> {
        if !self.source[self.at..].starts_with(word) {
            return Err((self.at, "not a value"));
        }
        self.at += word.len();
        Ok(value)
    }

    fn string(&mut self) -> Parsed<Span> {
        self.at += 1;
        let start = self.at;
        loop {
            let Some(len) = memchr::memchr2(b'"', b'\\', &self.bytes[self.at..]) else {
                return Err((start, "string without an end"));
            };
            self.at += len;
            if self.bytes[self.at] == b'"' {
                let span = Span::at(start, self.at);
                self.at += 1;
                return Ok(span);
            }
            // The escaped character may be more than one byte long; its later bytes are neither mark.
            self.at = (self.at + 2).min(self.bytes.len());
        }
    }

    fn array(&mut self, depth: usize) -> Parsed<Json> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    return Ok(Json::Array(values));
                }
                Some(b',') => self.at += 1,
                _ => values.push(self.value(depth - 1)?),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Parsed<Json> {
        self.at += 1;
        let mut fields = Vec::new();
        loop {
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Json::Object(fields));
                }
                Some(b',') => self.at += 1,
                Some(b'"') => {
                    let name = self.string()?;
                    if self.peek() != Some(b':') {
                        return Err((self.at, "no colon after a name"));
                    }
                    self.at += 1;
                    fields.push((name, self.value(depth - 1)?));
                }
                Some(_) => return Err((self.at, "a name must stand in quotation marks")),
                None => return Err((self.at, "ends too early")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_lead_back() {
        let source = r#"{"text": "caf\u00e9 \"ok\" \ud83d\ude00\n", "n": [1, -2.5e3, null, true,]}"#;
        let (row, end) = parse(source, 0, 9).unwrap();
        assert_eq!(end, source.len());
        let text = unescape(source, row.get(source, "text").unwrap().span().unwrap());
        assert_eq!(text.text, "café \"ok\" 😀\n");
        let at = text.text.find("ok").unwrap();
        assert_eq!(&source[text.map.to_raw(Span::at(at, at + 2), text.text.len()).unwrap()], "ok");
        let at = text.text.find('é').unwrap();
        assert_eq!(&source[text.map.to_raw(Span::at(at, at + 2), text.text.len()).unwrap()], r"\u00e9");
    }

    #[test]
    fn bad_json_says_where() {
        assert_eq!(parse("{\"a\" 1}", 0, 9), Err((5, "no colon after a name")));
        assert_eq!(parse("[[[[[", 0, 3), Err((3, "nested too deep")));
        assert!(parse("\"\\", 0, 9).is_err());
        assert!(parse(&"[".repeat(1_000_000), 0, 100).is_err());
        assert_eq!(unescape(r"\ud800x\q\u12", Span::new(0, 13)).text, "\u{FFFD}xq\u{FFFD}12");
    }
}
