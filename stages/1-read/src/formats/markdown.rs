//! Markdown: marks of form are left out of the text, the words keep their places.
//!
//! Only what news in Markdown has: headings, emphasis, links, pictures, quotations, lists, a front matter.

use crate::ReadOutcome;
use crate::formats::{Format, Input};
use crate::raw_map::MappedText;
use crate::report::one;
use rapporteur_model::{Block, BlockKind, Declared, Media, Span};

pub(crate) const FORMAT: Format = Format { name: "markdown", extensions: &["md", "markdown"], is_like, read };

// Pasted text has dashes and stars too; only a front matter or a heading with a mark at the very start are sure signs.
fn is_like(text: &str) -> bool {
    let first = text.lines().next().unwrap_or("");
    front_matter(text).is_some() || (first.starts_with("# ") && text.contains("\n\n"))
}

fn read(input: Input<'_>) -> ReadOutcome {
    let source = input.decoded.text.as_str();
    let mut out = Out { mapped: MappedText::with_capacity(source.len()), blocks: Vec::new(), link_bytes: 0 };
    let start = source.len() - source.trim_start().len();
    let (declared, mut at) = match front_matter(&source[start..]) {
        Some((declared, len)) => (declared, start + len),
        None => (Vec::new(), 0),
    };
    let mut paragraph: Vec<(usize, &str)> = Vec::new();
    let mut kind = BlockKind::Paragraph;
    for line in source[at..].split_inclusive('\n') {
        let words = line.trim_end();
        let (line_kind, skip) = line_kind(words);
        let is_blank = words[skip..].trim().is_empty();
        let starts_block = is_blank
            || line_kind != BlockKind::Paragraph
            || !matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::BlockQuote);
        if starts_block && !(line_kind == BlockKind::BlockQuote && kind == BlockKind::BlockQuote && !is_blank) {
            out.block(&paragraph, kind);
            paragraph.clear();
            kind = line_kind;
        }
        if !is_blank {
            if paragraph.is_empty() {
                kind = line_kind;
            }
            paragraph.push((at + skip, &words[skip..]));
        }
        at += line.len();
    }
    out.block(&paragraph, kind);
    let mut report = one(input, Media::Markdown, out.mapped.text, out.mapped.map, out.blocks);
    report.declared = declared;
    ReadOutcome::of(report)
}

// What a line begins, and the bytes of its mark.
fn line_kind(line: &str) -> (BlockKind, usize) {
    let indent = line.len() - line.trim_start().len();
    let rest = &line[indent..];
    let level = rest.bytes().take_while(|it| *it == b'#').count();
    if (1..=6).contains(&level) && rest[level..].starts_with(' ') {
        return (BlockKind::Heading(level as u8), indent + level + 1);
    }
    if let Some(quoted) = rest.strip_prefix('>') {
        let skip = indent + 1 + usize::from(quoted.starts_with(' '));
        return (BlockKind::BlockQuote, skip);
    }
    if !rest.is_empty() && rest.len() > 2 && rest.bytes().all(|it| matches!(it, b'-' | b'*' | b'_' | b' ' | b'=')) {
        return (BlockKind::Paragraph, line.len());
    }
    if ["- ", "* ", "+ "].iter().any(|it| rest.starts_with(it)) {
        return (BlockKind::ListItem, indent + 2);
    }
    (BlockKind::Paragraph, indent)
}

struct Out {
    mapped: MappedText,
    blocks: Vec<Block>,
    link_bytes: usize,
}

impl Out {
    fn block(&mut self, lines: &[(usize, &str)], kind: BlockKind) {
        if lines.is_empty() {
            return;
        }
        let before = self.mapped.text.len();
        if before != 0 {
            self.mapped.push_whole("\n\n", 0..0);
        }
        let start = self.mapped.text.len();
        self.link_bytes = 0;
        for (ix, (at, line)) in lines.iter().enumerate() {
            if ix != 0 {
                self.mapped.push_whole(" ", at - 1..*at);
            }
            self.inline(*at, line);
        }
        let end = start + self.mapped.text[start..].trim_end().len();
        if end == start {
            self.mapped.truncate(before);
            return;
        }
        let link_bytes = self.link_bytes.min(end - start) as u32;
        self.blocks.push(Block { span: Span::at(start, end), kind, link_bytes, path: String::new() });
    }

    fn inline(&mut self, start: usize, line: &str) {
        let mut at = 0;
        while at < line.len() {
            let rest = &line[at..];
            if let Some((skip, words, len)) = link(rest) {
                let before = self.mapped.text.len();
                self.inline_marks(start + at + skip, words);
                self.link_bytes += self.mapped.text.len() - before;
                at += len;
                continue;
            }
            let len = 1 + line.as_bytes()[at + 1..]
                .iter()
                .position(|it| matches!(it, b'[' | b'!'))
                .unwrap_or(line.len() - at - 1);
            let len = (len..=rest.len()).find(|it| rest.is_char_boundary(*it)).unwrap_or(rest.len());
            self.inline_marks(start + at, &rest[..len]);
            at += len;
        }
    }

    // Words without the stars and backticks round them. A single star or underscore inside a word stays.
    fn inline_marks(&mut self, start: usize, words: &str) {
        let bytes = words.as_bytes();
        let mut at = 0;
        while at < words.len() {
            let is_mark = |it: u8| matches!(it, b'*' | b'_' | b'`' | b'\\');
            if is_mark(bytes[at]) {
                let len =
                    if bytes[at] == b'\\' { 1 } else { bytes[at..].iter().take_while(|it| **it == bytes[at]).count() };
                let joins = |it: Option<&u8>| it.is_some_and(|it| it.is_ascii_alphanumeric());
                let is_inside = joins(at.checked_sub(1).and_then(|it| bytes.get(it))) && joins(bytes.get(at + len));
                let is_alone = bytes.get(at + len).is_none_or(|it| *it == b' ')
                    && at.checked_sub(1).is_none_or(|it| bytes[it] == b' ');
                if is_inside && bytes[at] == b'_' || is_alone {
                    self.mapped.push_verbatim(&words[at..at + len], start + at);
                }
                at += len;
                continue;
            }
            let len = bytes[at..].iter().position(|it| is_mark(*it)).unwrap_or(words.len() - at);
            self.mapped.push_verbatim(&words[at..at + len], start + at);
            at += len;
        }
    }
}

/// `[words](address)` at the start of `rest`: bytes before the words, the words, length of all. A picture has no words.
fn link(rest: &str) -> Option<(usize, &str, usize)> {
    let is_picture = rest.starts_with("![");
    let skip = 1 + usize::from(is_picture);
    if !is_picture && !rest.starts_with('[') {
        return None;
    }
    // Longer link words or addresses are not looked for, so that a line of brackets costs no more than its length.
    const LINK_BYTES_MAX: usize = 2000;
    let window = &rest.as_bytes()[..rest.len().min(LINK_BYTES_MAX)];
    let close = memchr::memmem::find(window, b"](")?;
    if rest[skip..close].contains('[') {
        return None;
    }
    let end = close + memchr::memchr(b')', &window[close..])?;
    Some((skip, if is_picture { "" } else { &rest[skip..close] }, end + 1))
}

/// The fields between two lines of `---`, and the bytes they take.
fn front_matter(text: &str) -> Option<(Vec<Declared>, usize)> {
    let rest = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"))?;
    let end = rest.find("\n---")?;
    let after = text.len() - rest.len() + end + 4;
    let mut declared = Vec::new();
    for line in rest[..end].lines() {
        let (key, value) = line.split_once(':')?;
        let value = value.trim().trim_matches(['"', '\'']);
        let name = match key.trim().to_ascii_lowercase().as_str() {
            "title" => "json:title",
            "date" | "published" => "json:date",
            "author" | "authors" => "json:author",
            "outlet" | "source" | "sitename" => "json:outlet",
            "url" | "link" => "json:url",
            "lang" | "language" => "json:language",
            _ => continue,
        };
        if !value.is_empty() {
            let name = name.replace("json:", "front-matter:");
            declared.push(Declared { name, value: value.to_owned(), raw: None });
        }
    }
    Some((declared, after))
}

#[cfg(test)]
mod tests {
    use crate::{Limits, Source, read};
    use rapporteur_model::{BlockKind, Span};

    #[test]
    fn marks_are_left_out_and_words_keep_their_places() {
        let text = "---\ntitle: Lake talks\ndate: 2031-02-03\n---\n# Lake *talks*\n\nThe **ministers** of [both shores](http://x.example)\nmet. ![map](m.png)\n\n- one_two\n- three\n> said\n> so\n";
        let outcome = read(&Source { location: "a.md", bytes: text.as_bytes() }, &Limits::default());
        let report = &outcome.reports[0];
        assert_eq!(report.text, "Lake talks\n\nThe ministers of both shores met. \n\none_two\n\nthree\n\nsaid so");
        assert_eq!(report.blocks[0].kind, BlockKind::Heading(1));
        assert_eq!(report.blocks[1].link_bytes, 11);
        assert_eq!(report.declared[0].name, "front-matter:title");
        let at = report.text.find("shores").unwrap();
        assert_eq!(&text[report.raw_map.to_raw(Span::at(at, at + 6), report.text.len()).unwrap()], "shores");
    }
}
