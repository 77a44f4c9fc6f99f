//! A page as text in reading order, with blocks. One pass over the tokens and a stack of open elements: the tree
//! itself is never built, because what a block needs of it is the way down to it.

use crate::html::declared::Finds;
use crate::html::elements::{self, Flow};
use crate::html::entities;
use crate::html::tokens::{Token, attributes, tokens};
use crate::limits::Limits;
use crate::raw_map::MappedText;
use rapporteur_model::{Block, BlockKind, Problem, RawMap, Span};

/// What a page holds for a reader, and what it declares.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) map: RawMap,
    pub(crate) blocks: Vec<Block>,
    pub(crate) declared: Vec<rapporteur_model::Declared>,
    pub(crate) problems: Vec<Problem>,
}

// The way down to a block in at most so many bytes; what is nested deeper adds nothing more.
const PATH_BYTES_MAX: usize = 1024;
// Class and id words of one element.
const NAME_BYTES_MAX: usize = 120;

/// Renders `html`.
pub(crate) fn render(html: &str, limits: &Limits) -> Page {
    let mut builder = Builder::new(html, limits);
    for token in tokens(html) {
        if limits.report_bytes_max < builder.out.text.len() {
            let message =
                format!("the page has more than {} bytes of text; the rest is left out", limits.report_bytes_max);
            builder.problems.push(Problem::new("report-too-long", message));
            break;
        }
        match token {
            Token::Text { start, text, is_raw } => builder.text(start, text, is_raw),
            Token::Start { name, attributes, attributes_start } => builder.start(name, attributes, attributes_start),
            Token::End { name } => builder.end(name),
        }
    }
    builder.finish()
}

#[derive(Debug)]
struct Open<'a> {
    name: Name<'a>,
    flow: Flow,
    is_hidden: bool,
    is_link: bool,
    // Length of the path without this element.
    path_before: usize,
}

/// An element name in lower case; nearly all pages write it so.
#[derive(Debug, Clone)]
enum Name<'a> {
    AsWritten(&'a str),
    Lowered(String),
}

impl<'a> Name<'a> {
    fn new(name: &'a str) -> Name<'a> {
        if name.bytes().any(|it| it.is_ascii_uppercase()) {
            Name::Lowered(name.to_ascii_lowercase())
        } else {
            Name::AsWritten(name)
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Name::AsWritten(name) => name,
            Name::Lowered(name) => name,
        }
    }
}

struct Builder<'a> {
    html: &'a str,
    elements_open_max: usize,
    out: MappedText,
    blocks: Vec<Block>,
    problems: Vec<Problem>,
    finds: Finds<'a>,
    stack: Vec<Open<'a>>,
    // Start tags that came when the stack was full and whose end tags are still to come.
    n_not_opened: usize,
    n_hidden: usize,
    n_links: usize,
    n_pre: usize,
    path: String,
    // The block being written: where it starts, the way down to its first character, cut back to what holds for all
    // of it.
    block_start: usize,
    block_path: String,
    path_cut: usize,
    block_kind: BlockKind,
    block_link_bytes: u32,
    // White space that has been read and may be a space: its place.
    space: Option<(usize, usize)>,
    n_breaks: usize,
    cell: Option<usize>,
}

impl<'a> Builder<'a> {
    fn new(html: &'a str, limits: &Limits) -> Builder<'a> {
        Builder {
            html,
            elements_open_max: limits.elements_open_max,
            out: MappedText::with_capacity(html.len() / 8),
            blocks: Vec::new(),
            problems: Vec::new(),
            finds: Finds::new(html),
            stack: Vec::new(),
            n_not_opened: 0,
            n_hidden: 0,
            n_links: 0,
            n_pre: 0,
            path: String::new(),
            block_start: 0,
            block_path: String::new(),
            path_cut: usize::MAX,
            block_kind: BlockKind::Paragraph,
            block_link_bytes: 0,
            space: None,
            n_breaks: 0,
            cell: None,
        }
    }

    fn text(&mut self, start: usize, text: &'a str, is_raw: bool) {
        self.finds.text(start, text);
        if 0 < self.n_hidden || is_raw {
            return;
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            if is_space(bytes[at]) {
                let len = bytes[at..].iter().position(|it| !is_space(*it)).unwrap_or(text.len() - at);
                if 0 < self.n_pre {
                    self.preformatted_space(start + at, &text[at..at + len]);
                } else {
                    let from = self.space.map_or(start + at, |(from, _)| from);
                    self.space = Some((from, start + at + len));
                }
                at += len;
                continue;
            }
            if bytes[at] == b'&'
                && let Some((value, len)) = entities::reference(&text[at..], false)
            {
                self.before_characters();
                let from = self.out.text.len();
                self.out.push_whole(&value, start + at..start + at + len);
                self.count_link(from);
                at += len;
                continue;
            }
            let len =
                1 + bytes[at + 1..].iter().position(|it| is_space(*it) || *it == b'&').unwrap_or(text.len() - at - 1);
            self.before_characters();
            let from = self.out.text.len();
            self.out.push_verbatim(&text[at..at + len], start + at);
            self.count_link(from);
            at += len;
        }
    }

    fn count_link(&mut self, from: usize) {
        if 0 < self.n_links {
            self.block_link_bytes += (self.out.text.len() - from) as u32;
        }
    }

    fn preformatted_space(&mut self, start: usize, space: &'a str) {
        if self.block_is_empty() {
            return;
        }
        if space.contains("\n\n") || space.contains("\n\r\n") {
            self.end_block();
            return;
        }
        self.out.push_verbatim(space, start);
    }

    fn block_is_empty(&self) -> bool {
        self.block_start == self.out.text.len()
    }

    /// Writes what parts the next character from the one before: nothing, a space, a line break, a tab.
    fn before_characters(&mut self) {
        let space = self.space.take();
        let n_breaks = std::mem::take(&mut self.n_breaks);
        let cell = self.cell.take();
        if self.block_is_empty() {
            if !self.blocks.is_empty() && !self.out.text.ends_with("\n\n") {
                self.out.push_whole("\n\n", 0..0);
            }
            self.block_start = self.out.text.len();
            self.block_path.clear();
            self.block_path.push_str(&self.path);
            self.block_kind = self.kind();
            self.block_link_bytes = 0;
            self.path_cut = usize::MAX;
            return;
        }
        // An element that ended before these characters does not hold all of the block.
        self.block_path.truncate(self.path_cut);
        if let Some(at) = cell {
            return self.out.push_whole("\t", at..at);
        }
        if 0 < n_breaks {
            return self.out.push_whole("\n", 0..0);
        }
        let Some((from, to)) = space else { return };
        // One byte of the white space is a plain space more often than not: then the stretch goes on unbroken.
        let bytes = self.html.as_bytes();
        match () {
            () if bytes[from] == b' ' => self.out.push_verbatim(" ", from),
            () if bytes[to - 1] == b' ' => self.out.push_verbatim(" ", to - 1),
            // Between its parts may stand elements that nobody sees (a script); the first part says it.
            () => {
                let len = bytes[from..to].iter().position(|it| !is_space(*it)).unwrap_or(to - from);
                self.out.push_whole(" ", from..from + len);
            }
        }
    }

    fn kind(&self) -> BlockKind {
        // A paragraph inside a list item is the item; inside a quotation it is quoted; inside a page's `nav` it is a menu.
        self.stack.iter().rev().take(24).find_map(|open| elements::block_kind(open.name.as_str())).unwrap_or_default()
    }

    fn end_block(&mut self) {
        self.space = None;
        self.n_breaks = 0;
        self.cell = None;
        if self.block_is_empty() {
            return;
        }
        // Blocks of hard spaces only are there for their height.
        let trimmed = self.out.text[self.block_start..].trim_end().len();
        self.out.truncate(self.block_start + trimmed);
        if trimmed == 0 {
            return;
        }
        self.blocks.push(Block {
            span: Span::at(self.block_start, self.out.text.len()),
            kind: self.block_kind,
            // Hard spaces at the end of a link were cut off with those of the block.
            link_bytes: self.block_link_bytes.min(trimmed as u32),
            path: self.block_path.clone(),
        });
        self.block_start = self.out.text.len();
    }

    fn start(&mut self, name: &'a str, part: &'a str, part_start: usize) {
        let name = Name::new(name);
        let flow = elements::flow(name.as_str());
        self.close_implied(name.as_str(), flow);
        match name.as_str() {
            "br" => {
                self.n_breaks += 1;
                if 2 <= self.n_breaks {
                    self.end_block();
                }
                return;
            }
            "wbr" => return,
            _ => {}
        }
        if flow == Flow::Block {
            self.end_block();
        }
        if flow == Flow::Cell {
            self.cell = Some(part_start);
        }
        let seen = self.finds.start(name.as_str(), part, part_start);
        if elements::is_void(name.as_str()) {
            return;
        }
        if self.elements_open_max <= self.stack.len() {
            if self.n_not_opened == 0 && !self.problems.iter().any(|it| it.code == "nesting-too-deep") {
                let message = format!("more than {} elements are open at once", self.elements_open_max);
                self.problems.push(Problem::new("nesting-too-deep", message));
            }
            self.n_not_opened += 1;
            return;
        }
        let path_before = self.path.len();
        if self.path.len() < PATH_BYTES_MAX && !matches!(name.as_str(), "html") {
            push_path(&mut self.path, name.as_str(), part, part_start);
        }
        let is_hidden = flow == Flow::Hidden || seen.is_hidden && !matches!(name.as_str(), "html" | "body");
        self.n_hidden += usize::from(is_hidden);
        let is_link = name.as_str() == "a";
        self.n_links += usize::from(is_link);
        self.n_pre += usize::from(name.as_str() == "pre");
        self.stack.push(Open { name, flow, is_hidden, is_link, path_before });
    }

    fn close_implied(&mut self, name: &str, flow: Flow) {
        // A hidden part (a drawing, a template) has its own elements; its contents are not shown anyway.
        if self.n_not_opened != 0 || !elements::may_close(name, flow) {
            return;
        }
        let mut ix = self.stack.len();
        let mut found = None;
        while 0 < ix {
            ix -= 1;
            let (open, open_flow) = (self.stack[ix].name.as_str(), self.stack[ix].flow);
            if elements::closes(name, flow, open) {
                found = Some(ix);
                // An `h2` after an unclosed `p` in an unclosed `p`: go on.
                if open != "p" {
                    break;
                }
            } else if elements::stops_closing(name, open, open_flow) {
                break;
            }
        }
        if let Some(ix) = found {
            self.pop_to(ix);
        }
    }

    fn end(&mut self, name: &'a str) {
        let name = Name::new(name);
        let name = name.as_str();
        if name == "br" || (name == "p" && !self.stack.iter().any(|it| it.name.as_str() == "p")) {
            // `</br>` is a break, `</p>` without a start an empty paragraph.
            return if name == "br" { self.n_breaks += 1 } else { self.end_block() };
        }
        if 0 < self.n_not_opened {
            self.n_not_opened -= 1;
            if elements::flow(name) == Flow::Block {
                self.end_block();
            }
            return;
        }
        let is_inline = elements::flow(name) == Flow::Inline;
        for ix in (0..self.stack.len()).rev() {
            let open = &self.stack[ix];
            if open.name.as_str() == name {
                self.pop_to(ix);
                return;
            }
            // `<b><p>x</b>y</p>`: the end of an inline element does not end the block it was left open in, but a link
            // that ends is no link any more.
            if is_inline && open.flow != Flow::Inline || elements::is_barrier(open.name.as_str()) && !ends_barrier(name)
            {
                self.end_misnested(ix, name);
                return;
            }
        }
    }

    fn end_misnested(&mut self, below: usize, name: &str) {
        let found =
            self.stack[..below].iter_mut().rev().find(|it| it.name.as_str() == name && (it.is_link || it.is_hidden));
        let Some(open) = found else { return };
        self.n_links -= usize::from(std::mem::take(&mut open.is_link));
        if open.flow != Flow::Hidden {
            self.n_hidden -= usize::from(std::mem::take(&mut open.is_hidden));
        }
    }

    fn pop_to(&mut self, len: usize) {
        while len < self.stack.len() {
            let Some(open) = self.stack.pop() else { return };
            if matches!(open.flow, Flow::Block) {
                self.end_block();
            }
            self.n_hidden -= usize::from(open.is_hidden);
            self.n_links -= usize::from(open.is_link);
            self.n_pre -= usize::from(open.name.as_str() == "pre");
            self.finds.end(open.name.as_str());
            self.path.truncate(open.path_before);
            self.path_cut = self.path_cut.min(open.path_before);
        }
    }

    fn finish(mut self) -> Page {
        self.end_block();
        self.out.truncate(self.blocks.last().map_or(0, |it| it.span.end() as usize));
        Page {
            text: self.out.text,
            map: self.out.map,
            blocks: self.blocks,
            declared: self.finds.finish(),
            problems: self.problems,
        }
    }
}

// End tags of table parts reach through the cell they stand in.
fn ends_barrier(name: &str) -> bool {
    matches!(
        name,
        "table"
            | "tr"
            | "tbody"
            | "thead"
            | "tfoot"
            | "td"
            | "th"
            | "button"
            | "body"
            | "html"
            | "template"
            | "object"
            | "svg"
    )
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

/// ` tag.class#id@itemprop`: what people call the element, for rules and for reading.
fn push_path(path: &mut String, name: &str, part: &str, part_start: usize) {
    if !path.is_empty() {
        path.push(' ');
    }
    let start = path.len();
    path.push_str(name);
    if part.is_empty() {
        return;
    }
    for it in attributes(part, part_start) {
        let mark = match it.name {
            "class" | "data-component" | "data-testid" | "data-type" | "data-module" => '.',
            "id" => '#',
            "itemprop" | "role" | "rel" => '@',
            _ => continue,
        };
        for word in it.value.split_ascii_whitespace() {
            if NAME_BYTES_MAX < path.len() - start + word.len() {
                break;
            }
            path.push(mark);
            path.push_str(word);
        }
    }
}

#[cfg(test)]
mod tests;
