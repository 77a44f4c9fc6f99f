//! A report's text cut wherever an annotation begins or ends. Annotations may nest and cross; each piece knows all that
//! stand over it.
//!
//! The cost is that of the text and its marks: one sweep, with at most [`OPEN_MAX`] marks standing open.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;

use rapporteur_model::{Article, Span};

use super::super::shown;

/// Marks that stand over one piece; further ones can be led to, but do not colour it. Attributions of attributions and
/// what stands in them stay far below (9 at most in the reports this was tried on).
const OPEN_MAX: usize = 24;

/// A list beside the text. The letter begins the names of its entries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Layer {
    Quotes,
    Actors,
    Times,
    Figures,
    Acts,
    Positions,
    /// Words that entries of other lists lead to: an addressee, a topic.
    Words,
}

impl Layer {
    /// Its name in the page: class of its marks, first letter of its keys.
    pub(super) const fn letter(self) -> &'static str {
        match self {
            Layer::Quotes => "q",
            Layer::Actors => "a",
            Layer::Times => "t",
            Layer::Figures => "f",
            Layer::Acts => "e",
            Layer::Positions => "p",
            Layer::Words => "w",
        }
    }
}

/// An entry of a list: its layer and its index, as in the rows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(pub(super) Layer, pub(super) usize);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.letter(), self.1)
    }
}

/// What the words are to their entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Content,
    Quoted,
    Position,
    Source,
    Cue,
    Act,
    Figure,
    Time,
    /// A mention of an actor as such.
    Mention,
    /// A place that stands for its government.
    Metonym,
    /// A place as a place.
    Place,
    /// A mention of nobody known.
    Nobody,
    /// Words that something leads to.
    Words,
}

impl Part {
    /// Class of its pieces.
    const fn class(self) -> &'static str {
        match self {
            Part::Content => "qk",
            Part::Quoted => "qk qq",
            Part::Source => "qs",
            Part::Cue => "qc",
            Part::Position => "p",
            Part::Act => "e",
            Part::Figure => "f",
            Part::Time => "t",
            Part::Mention => "a",
            Part::Metonym => "a mt",
            Part::Place => "a pl",
            Part::Nobody => "a nb",
            Part::Words => "w",
        }
    }

    /// Parts of one rank colour the same: of those over a piece only the innermost shows.
    const fn rank(self) -> usize {
        match self {
            Part::Content | Part::Quoted | Part::Source | Part::Cue => 0,
            Part::Position => 1,
            Part::Act => 2,
            Part::Figure => 3,
            Part::Time => 4,
            Part::Mention | Part::Metonym | Part::Place | Part::Nobody => 5,
            Part::Words => 6,
        }
    }

    /// The small sign before its words.
    fn sign(self, n: usize) -> String {
        match self {
            Part::Content => format!("⌜{n}"),
            Part::Source => format!("{n}s"),
            Part::Cue => format!("{n}c"),
            Part::Position => format!("⌜P{n}"),
            Part::Act => format!("E{n}"),
            Part::Figure => format!("F{n}"),
            Part::Time => format!("T{n}"),
            Part::Mention | Part::Metonym | Part::Place => format!("A{n}"),
            Part::Nobody => "A?".to_owned(),
            Part::Quoted | Part::Words => String::new(),
        }
    }
}

/// An annotation over words of the report.
struct Mark {
    /// What of it stands in blocks.
    span: Span,
    part: Part,
    key: Key,
    /// Name of the place where it begins; empty for one that nothing leads to.
    id: String,
    /// What it says, for people.
    label: String,
}

/// A small sign where a mark begins or ends.
pub(super) struct Sign {
    /// Empty where it ends.
    pub(super) id: String,
    /// Name of its entry; empty when it has none.
    pub(super) href: String,
    pub(super) layer: &'static str,
    pub(super) key: String,
    /// Empty for words that are only led to.
    pub(super) text: String,
    /// Whether it is a link itself, and stands on the screen too: the words between are to be read, or lead elsewhere.
    pub(super) is_link: bool,
    pub(super) label: String,
}

/// A run of words under the same marks.
pub(super) struct Piece<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) opens: Vec<Sign>,
    pub(super) closes: Vec<Sign>,
    /// Empty for words without marks.
    pub(super) class: String,
    /// Keys of the marks over it, innermost first.
    pub(super) keys: String,
    /// Name of the entry that the words themselves lead to; empty when they lead to none.
    pub(super) href: String,
    pub(super) title: String,
}

/// The marks of one report.
pub(super) struct Marks<'a> {
    pub(super) number: usize,
    article: &'a Article,
    list: Vec<Mark>,
    /// How many places an entry has by now.
    n_places: BTreeMap<Key, usize>,
    /// Words that are only led to, each once.
    words: BTreeMap<Span, String>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(number: usize, article: &'a Article) -> Marks<'a> {
        Marks { number, article, list: Vec::new(), n_places: BTreeMap::new(), words: BTreeMap::new() }
    }

    /// Name of an entry.
    pub(super) fn entry(&self, key: Key) -> String {
        format!("r{}{key}", self.number)
    }

    /// Marks words; gives the name of the place, empty when they stand in no block.
    pub(super) fn add(&mut self, key: Key, part: Part, span: Span, label: String) -> String {
        let Some(span) = self.in_blocks(span) else { return String::new() };
        let mut id = String::new();
        if part != Part::Quoted {
            let n = self.n_places.entry(key).or_default();
            id = format!("r{}{key}-{n}", self.number);
            *n += 1;
        }
        self.list.push(Mark { span, part, key, id: id.clone(), label });
        id
    }

    /// The place of words that are only led to.
    pub(super) fn words(&mut self, span: Span) -> String {
        if let Some(id) = self.words.get(&span) {
            return id.clone();
        }
        let id = self.add(Key(Layer::Words, self.words.len()), Part::Words, span, String::new());
        self.words.insert(span, id.clone());
        id
    }

    /// What of a span stands in blocks: from its first word in one to its last.
    fn in_blocks(&self, span: Span) -> Option<Span> {
        let text = self.article.text();
        text.get(span.range()).filter(|it| !it.is_empty())?;
        // Blocks are in order and do not overlap.
        let blocks = &self.article.blocks;
        let first = blocks.get(blocks.partition_point(|it| it.span.end() <= span.start()))?.span;
        let last = blocks[..blocks.partition_point(|it| it.span.start() < span.end())].last()?.span;
        let (start, end) = (span.start().max(first.start()), span.end().min(last.end()));
        (start < end).then(|| Span::new(start, end))
    }

    /// A cut through the blocks, which must come in order.
    pub(super) fn cut(mut self) -> Cut<'a> {
        // Of marks that begin together the longest opens first.
        self.list.sort_by_key(|it| (it.span.start(), Reverse(it.span.end()), it.part, it.key));
        Cut { number: self.number, text: self.article.text(), list: self.list, next: 0, open: Vec::new() }
    }
}

/// A walk over the blocks of a report; each mark is opened once.
pub(super) struct Cut<'a> {
    number: usize,
    text: &'a str,
    list: Vec<Mark>,
    /// First mark that is not opened yet.
    next: usize,
    /// Marks that stand open, in the order they were opened.
    open: Vec<usize>,
}

impl<'a> Cut<'a> {
    /// The block cut wherever a mark begins or ends.
    pub(super) fn pieces(&mut self, block: Span) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut at = block.start();
        while at < block.end() {
            let opens = self.open_at(at);
            let next_start = self.list.get(self.next).map_or(block.end(), |it| it.span.start());
            let next_end = self.open.iter().map(|ix| self.list[*ix].span.end()).min().unwrap_or(block.end());
            let end = block.end().min(next_start).min(next_end);
            let piece = self.piece(Span::new(at, end), opens);
            pieces.push(piece);
            at = end;
        }
        pieces
    }

    /// Opens the marks that begin at or before `at`, after those that end there are closed.
    fn open_at(&mut self, at: u32) -> Vec<Sign> {
        let list = &self.list;
        self.open.retain(|ix| at < list[*ix].span.end());
        let mut signs = Vec::new();
        while let Some(mark) = self.list.get(self.next).filter(|it| it.span.start() <= at) {
            if !mark.id.is_empty() {
                signs.push(self.opening(mark));
            }
            if self.open.len() < OPEN_MAX {
                self.open.push(self.next);
            }
            self.next += 1;
        }
        signs
    }

    fn opening(&self, mark: &Mark) -> Sign {
        let is_link = matches!(mark.key.0, Layer::Quotes | Layer::Positions);
        Sign {
            id: mark.id.clone(),
            href: self.href(mark),
            layer: mark.key.0.letter(),
            key: mark.key.to_string(),
            text: mark.part.sign(mark.key.1),
            is_link,
            label: if is_link { mark.label.clone() } else { String::new() },
        }
    }

    /// The closing sign of a mark whose words run on; the others are short enough to be seen whole.
    fn closing(mark: &Mark) -> Option<Sign> {
        let text = match mark.part {
            Part::Content => format!("{}⌟", mark.key.1),
            Part::Position => format!("P{}⌟", mark.key.1),
            _ => return None,
        };
        let layer = mark.key.0.letter();
        Some(Sign {
            text,
            layer,
            is_link: false,
            id: String::new(),
            href: String::new(),
            key: String::new(),
            label: String::new(),
        })
    }

    fn href(&self, mark: &Mark) -> String {
        if mark.key.0 == Layer::Words { String::new() } else { format!("r{}{}", self.number, mark.key) }
    }

    fn piece(&self, span: Span, opens: Vec<Sign>) -> Piece<'a> {
        let mut over: Vec<&Mark> = self.open.iter().map(|ix| &self.list[*ix]).collect();
        // Innermost first, as brackets close.
        let ending = over.iter().rev().filter(|it| it.span.end() == span.end());
        let closes = ending.filter_map(|it| Cut::closing(it)).collect();
        over.sort_by_key(|it| (it.span.len(), Reverse(it.part)));

        let (mut class, mut keys, mut title) = (String::new(), String::new(), String::new());
        let mut href = String::new();
        let (mut seen, mut ranks, mut n_contents) = (Vec::new(), [false; 7], 0);
        for mark in &over {
            n_contents += usize::from(mark.part == Part::Content);
            if !seen.contains(&mark.key) {
                seen.push(mark.key);
                let _ = write!(keys, "{}{}", if keys.is_empty() { "" } else { " " }, mark.key);
            }
            let rank = mark.part.rank();
            if std::mem::replace(&mut ranks[rank], true) {
                continue;
            }
            let _ = write!(class, " {}", mark.part.class());
            if !mark.label.is_empty() {
                let _ = write!(title, "{}{}", if title.is_empty() { "" } else { "\n" }, mark.label);
            }
            // A content or a position runs over whole sentences: its words are to be read, its signs to be followed.
            if href.is_empty() && !matches!(mark.part, Part::Content | Part::Quoted | Part::Position | Part::Words) {
                href = self.href(mark);
            }
        }
        match n_contents {
            0 | 1 => {}
            2 => class.push_str(" d2"),
            _ => class.push_str(" d3"),
        }
        Piece { text: shown(span.of(self.text)), opens, closes, class, keys, href, title }
    }
}
