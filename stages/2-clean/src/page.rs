//! Roles for pages: the body is found first (`body`), then each block is named by its element, its classes, its words.

use crate::words::{ends_sentence, n_words, trim_marks};
use crate::{Piece, body, dates, names, plain};
use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Block, BlockKind, Report, Role};

pub(crate) fn label(report: &Report, lexicon: &Lexicon) -> Vec<Piece> {
    let text = report.text.as_str();
    let in_body = body::find(report, lexicon);
    let title = headline(report, &in_body);
    let first_body = in_body.iter().position(|it| *it).unwrap_or(report.blocks.len());
    report
        .blocks
        .iter()
        .enumerate()
        .map(|(ix, block)| {
            let (role, how) = match () {
                () if Some(ix) == title => (Role::Headline, "page-title"),
                () if in_body[ix] => in_article(block),
                () => outside(text, block, title.is_some_and(|it| it < ix) && ix <= first_body, lexicon),
            };
            Piece { span: block.span, role, how }
        })
        .collect()
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
        let words = rapporteur_text::fold(trim_marks(line));
        let is_title = titles.contains(&words);
        let is_part =
            titles.iter().any(|it| it.starts_with(&words) && it.len() < words.len() * 3) && 4 <= n_words(line);
        let level = match block.kind {
            BlockKind::Heading(1) => 4,
            BlockKind::Heading(2) => 2,
            BlockKind::Heading(_) => 1,
            _ => 0,
        };
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

fn outside(text: &str, block: &Block, is_head: bool, lexicon: &Lexicon) -> (Role, &'static str) {
    let line = block.span.of(text);
    let path = block.path.to_lowercase();
    let leaf = leaf(&path);
    let has = |words: &[&str]| words.iter().any(|it| leaf.contains(it));
    if let Some(found) = plain::by_words(line, lexicon) {
        return found;
    }
    match () {
        () if block.kind == BlockKind::Caption || has(&["caption"]) => (Role::Caption, "caption-element"),
        () if has(&["credit"]) => (Role::Credit, "credit-class"),
        () if n_words(line) <= 40 && has(&["byline", "author", "writer", "contributor"]) => {
            (Role::Byline, "byline-class")
        }
        () if is_head && n_words(line) <= 20 && is_byline(text, block) => (Role::Byline, "byline"),
        () if is_head
            && has(&[
                "standfirst", "subtitle", "sub-title", "subhead", "dek", "deck", "summary", "lead", "excerpt",
                "description", "intro",
            ])
            && 4 <= n_words(line) =>
        {
            (Role::Standfirst, "standfirst-class")
        }
        () if n_words(line) <= 14
            && dates::find(line, lexicon).is_some()
            && has(&["date", "time", "stamp", "publish", "meta", "update"]) =>
        {
            (Role::Stamp, "date-class")
        }
        () if path.contains("comment") => (Role::Comment, "comment-class"),
        () if path.contains(" nav") || path.contains("menu") || path.contains("breadcrumb") => {
            (Role::Navigation, "menu-class")
        }
        () if path.contains("related") || path.contains("recommend") || path.contains("popular") => {
            (Role::Related, "related-class")
        }
        () if path.contains("newsletter") || path.contains("subscri") || path.contains("cookie") => {
            (Role::Subscription, "notice-class")
        }
        () if block.link_bytes * 2 > block.span.len() && ends_sentence(line) => (Role::Related, "links"),
        () if block.link_bytes * 2 > block.span.len() => (Role::Navigation, "links"),
        () => (Role::Furniture, "outside-article"),
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
