//! Roles for pages: the body is found first (`body`), then each block is named by its element, its classes, its words.

use crate::words::{ends_sentence, n_words, trim_marks};
use crate::{Piece, body, dates, names, plain};
use aho_corasick::AhoCorasick;
use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Block, BlockKind, Report, Role};
use std::sync::LazyLock;

pub(crate) fn label(report: &Report, lexicon: &Lexicon) -> Vec<Piece> {
    let text = report.text.as_str();
    let in_body = body::find(report, lexicon);
    let title = headline(report, &in_body);
    let first_body = in_body.iter().position(|it| *it).unwrap_or(report.blocks.len());
    let last_body = in_body.iter().rposition(|it| *it).unwrap_or(report.blocks.len());
    let mut names: (&str, PathNames) = ("", PathNames::default());
    let mut pieces: Vec<Piece> = report
        .blocks
        .iter()
        .enumerate()
        .map(|(ix, block)| {
            let (role, how) = match () {
                () if Some(ix) == title => (Role::Headline, "page-title"),
                () if in_body[ix] => in_article(block),
                () => {
                    // Most blocks outside of the body say what they are in words; their names are not looked at.
                    if let Some(found) = plain::by_words(block.span.of(text), lexicon) {
                        return Piece { span: block.span, role: found.0, how: found.1 };
                    }
                    if names.0 != block.path {
                        names = (&block.path, PathNames::of(&block.path));
                    }
                    let place = match () {
                        () if title.is_some_and(|it| it < ix) && ix <= first_body => Place::Head,
                        () if last_body < ix => Place::Below,
                        () => Place::Elsewhere,
                    };
                    outside(text, block, names.1, place, lexicon)
                }
            };
            Piece { span: block.span, role, how }
        })
        .collect();
    stamps_by_the_title(text, &mut pieces, title.unwrap_or(first_body), lexicon);
    pieces
}

/// A short line with a whole date close to the title is when the report was published, whatever the page calls the
/// element and whatever words of its language stand before.
fn stamps_by_the_title(text: &str, pieces: &mut [Piece], title: usize, lexicon: &Lexicon) {
    const ABOVE: usize = 4;
    const BELOW: usize = 8;
    const WORDS_MAX: usize = 12;
    // Without the date.
    const OTHER_WORDS_MAX: usize = 5;
    let from = title.saturating_sub(ABOVE).min(pieces.len());
    let to = (title + BELOW).min(pieces.len());
    for piece in &mut pieces[from..to] {
        let line = piece.span.of(text);
        if !matches!(piece.role, Role::Furniture | Role::Body) || WORDS_MAX < n_words(line) || ends_sentence(line) {
            continue;
        }
        let Some((_, date)) = dates::find(line, lexicon) else { continue };
        let n_other = n_words(&line[..date.start() as usize]) + n_words(&line[date.end() as usize..]);
        if n_other <= OTHER_WORDS_MAX {
            (piece.role, piece.how) = (Role::Stamp, "date-by-the-title");
        }
    }
}

/// The block that prints the title: the one most like what the page declares, else the first `h1`.
fn headline(report: &Report, in_body: &[bool]) -> Option<usize> {
    let text = report.text.as_str();
    let titles: Vec<String> = report
        .declared
        .iter()
        .filter(|it| {
            matches!(
                it.name.as_str(),
                "og:title" | "jsonld:headline" | "title" | "json:title" | "twitter:title" | "itemprop:headline"
            )
        })
        .map(|it| rapporteur_text::fold(trim_marks(&it.value)))
        .collect();
    let first_body = in_body.iter().position(|it| *it).unwrap_or(in_body.len());
    let mut best: Option<(u32, usize)> = None;
    for (ix, block) in report.blocks.iter().enumerate() {
        let line = block.span.of(text);
        if 300 < line.len() || n_words(line) < 2 {
            continue;
        }
        let level = match block.kind {
            BlockKind::Heading(1) => 4,
            BlockKind::Heading(2) => 2,
            BlockKind::Heading(_) => 1,
            _ => 0,
        };
        let trimmed = trim_marks(line);
        let first = trimmed.bytes().next().unwrap_or_default().to_ascii_lowercase();
        // What begins with another letter is no beginning of a title.
        if level < 4 && first.is_ascii() && !titles.iter().any(|it| it.as_bytes().first() == Some(&first)) {
            continue;
        }
        let words = rapporteur_text::fold(trimmed);
        let is_title = titles.contains(&words);
        let is_part =
            titles.iter().any(|it| it.starts_with(&words) && it.len() < words.len() * 3) && 4 <= n_words(line);
        let score = 10 * u32::from(is_title) + 6 * u32::from(is_part) + level + u32::from(ix <= first_body);
        let enough = is_title || (is_part && 0 < level) || level == 4;
        if enough && best.is_none_or(|(old, _)| old < score) {
            best = Some((score, ix));
        }
    }
    best.map(|(_, ix)| ix)
}

fn in_article(block: &Block) -> (Role, &'static str) {
    match block.kind {
        BlockKind::Heading(_) => (Role::Subheading, "heading"),
        _ => (Role::Body, "in-article"),
    }
}

/// Where a block outside of the body stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between the title and the body.
    Head,
    /// After all of the body.
    Below,
    Elsewhere,
}

fn outside(text: &str, block: &Block, names: PathNames, place: Place, lexicon: &Lexicon) -> (Role, &'static str) {
    let is_head = place == Place::Head;
    let line = block.span.of(text);
    let has = |kind: Kind| names.has(kind);
    match () {
        () if block.kind == BlockKind::Caption || has(Kind::Caption) => (Role::Caption, "caption-element"),
        () if has(Kind::Credit) => (Role::Credit, "credit-class"),
        // Who wrote a comment is no author.
        () if place == Place::Below && has(Kind::Comment) => (Role::Comment, "comment-class"),
        () if has(Kind::Byline) && n_words(line) <= 40 => (Role::Byline, "byline-class"),
        () if is_head && n_words(line) <= 20 && is_byline(text, block) => (Role::Byline, "byline"),
        () if is_head && has(Kind::Standfirst) && 4 <= n_words(line) => (Role::Standfirst, "standfirst-class"),
        () if has(Kind::Date) && n_words(line) <= 14 && dates::find(line, lexicon).is_some() => {
            (Role::Stamp, "date-class")
        }
        () if has(Kind::Comment) => (Role::Comment, "comment-class"),
        () if has(Kind::Menu) => (Role::Navigation, "menu-class"),
        () if has(Kind::Related) => (Role::Related, "related-class"),
        () if has(Kind::Notice) => (Role::Subscription, "notice-class"),
        () if block.link_bytes * 2 > block.span.len() && ends_sentence(line) => (Role::Related, "links"),
        () if block.link_bytes * 2 > block.span.len() => (Role::Navigation, "links"),
        () => (Role::Furniture, "outside-article"),
    }
}

/// What the names of elements, classes and ids say a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Caption,
    Credit,
    Byline,
    Standfirst,
    Date,
    // From here on the whole way down counts, before it only the last two elements, where a block's own names stand.
    Comment,
    Menu,
    Related,
    Notice,
}

const PATH_WORDS: &[(&str, Kind)] = &[
    ("caption", Kind::Caption),
    ("credit", Kind::Credit),
    ("byline", Kind::Byline),
    ("author", Kind::Byline),
    ("writer", Kind::Byline),
    ("contributor", Kind::Byline),
    ("standfirst", Kind::Standfirst),
    ("subtitle", Kind::Standfirst),
    ("sub-title", Kind::Standfirst),
    ("subhead", Kind::Standfirst),
    ("dek", Kind::Standfirst),
    ("deck", Kind::Standfirst),
    ("summary", Kind::Standfirst),
    ("lead", Kind::Standfirst),
    ("excerpt", Kind::Standfirst),
    ("description", Kind::Standfirst),
    ("intro", Kind::Standfirst),
    ("date", Kind::Date),
    ("time", Kind::Date),
    ("stamp", Kind::Date),
    ("publish", Kind::Date),
    ("meta", Kind::Date),
    ("comment", Kind::Comment),
    (" nav", Kind::Menu),
    ("menu", Kind::Menu),
    ("breadcrumb", Kind::Menu),
    ("related", Kind::Related),
    ("recommend", Kind::Related),
    ("popular", Kind::Related),
    ("newsletter", Kind::Notice),
    ("subscri", Kind::Notice),
    ("cookie", Kind::Notice),
];

#[expect(clippy::expect_used, reason = "the words are constants, and every test of a page uses them")]
static PATH_MATCHER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true);
    builder.build(PATH_WORDS.iter().map(|it| it.0)).expect("few and short words")
});

/// A bit for each [`Kind`].
#[derive(Debug, Clone, Copy, Default)]
struct PathNames(u16);

impl PathNames {
    fn of(path: &str) -> PathNames {
        let leaf_start = path.len() - leaf(path).len();
        // The classes of `body` are of the page as a whole: "comments-open".
        let whole_start = if path.starts_with("body") { path.find(' ').unwrap_or(path.len()) } else { 0 };
        let mut names = PathNames::default();
        for found in PATH_MATCHER.find_overlapping_iter(path) {
            let kind = PATH_WORDS[found.pattern().as_usize()].1;
            if leaf_start <= found.start() || whole_start <= found.start() && Kind::Comment as u16 <= kind as u16 {
                names.0 |= 1 << kind as u16;
            }
        }
        names
    }

    fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u16) != 0
    }
}

fn is_byline(text: &str, block: &Block) -> bool {
    let line = block.span.of(text);
    line.len() < 200
        && line.to_lowercase().starts_with("by ")
        && !names::in_byline(text, block.span, true, Lexicon::shared()).is_empty()
}

/// The last two elements of the way down, where a block's own classes stand.
pub(crate) fn leaf(path: &str) -> &str {
    let mut cuts = path.rmatch_indices(' ').map(|(at, _)| at);
    cuts.nth(1).map_or(path, |at| &path[at..])
}
