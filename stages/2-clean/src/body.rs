//! Which blocks of a page are the article's own text.
//!
//! First the element that holds it: paragraphs vote for the elements above them. Then, inside it, what is no running
//! text is left out by its classes, its links and its words.

use crate::plain;
use crate::words::{ends_sentence, n_words};
use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Block, BlockKind, Report};
use std::collections::BTreeMap;

/// For each block of the report, whether it is body.
pub(crate) fn find(report: &Report, lexicon: &Lexicon) -> Vec<bool> {
    let text = report.text.as_str();
    let facts: Vec<Facts> = report.blocks.iter().map(|it| Facts::of(text, it)).collect();
    let Some(container) = container(report, &facts) else { return vec![false; report.blocks.len()] };
    report
        .blocks
        .iter()
        .zip(&facts)
        .map(|(block, fact)| match below(&fact.path, &container) {
            Some(rest) => is_kept(text, block, fact, rest, lexicon),
            None => false,
        })
        .collect()
}

struct Facts {
    path: String,
    n_words: usize,
    link_share: f32,
    is_sentence: bool,
    is_bad: bool,
}

impl Facts {
    fn of(text: &str, block: &Block) -> Facts {
        let line = block.span.of(text);
        let path = block.path.to_ascii_lowercase();
        Facts {
            n_words: n_words(line),
            link_share: block.link_bytes as f32 / block.span.len().max(1) as f32,
            is_sentence: ends_sentence(line),
            is_bad: has_any(&path, BAD),
            path,
        }
    }

    // How much the block says that it is running text.
    fn weight(&self, block: &Block) -> f32 {
        if self.n_words < 4 || 0.5 < self.link_share || matches!(block.kind, BlockKind::Other | BlockKind::Caption | BlockKind::Stamp) {
            return 0.0;
        }
        let sentence = if self.is_sentence { 1.0 } else { 0.3 };
        let bad = if self.is_bad { 0.2 } else { 1.0 };
        self.n_words.min(80) as f32 * sentence * bad * (1.0 - self.link_share)
    }
}

/// Words of classes and ids that hold no running text.
const BAD: &[&str] = &[
    "comment", "footer", "sidebar", "related", "share", "social", "promo", "newsletter", "subscribe", "cookie", "consent", "advert", "recirc", "recommend",
    "trending", "popular", "most-read", "mostread", "breadcrumb", "disclaimer", "copyright", "widget", "paywall", "modal", "popup", "login", "signup",
    "sign-up", "menu", "toolbar", "author-bio", "authorbio", "author-info", "about-author", "read-more", "readmore", "more-stories", "disqus", "outbrain", "taboola",
    " nav", " aside", "teaser", "gallery", "carousel", "tags", "taglist", "navigation",
];

/// Words of classes and ids of the element that holds the article.
const GOOD: &[&str] = &[
    "articlebody", "article-body", "article_body", "article__body", "articletext", "article-text", "article-content", "article__content", "article_content",
    "entry-content", "post-content", "post-body", "story-body", "storybody", "story-content", "story__content", "content-body", "content__body", "body-copy",
    "main-content", "td-post-content", "rich-text", "richtext", "story-text", "body-text", "news-text", "article-main", "wysiwyg",
];

pub(crate) fn has_any(path: &str, words: &[&str]) -> bool {
    words.iter().any(|it| path.contains(it))
}

/// The way down to the element that holds the article.
fn container(report: &Report, facts: &[Facts]) -> Option<String> {
    let mut scores: BTreeMap<&str, f32> = BTreeMap::new();
    for (block, fact) in report.blocks.iter().zip(facts) {
        let weight = fact.weight(block);
        if weight == 0.0 {
            continue;
        }
        // Each paragraph votes for the elements above it, the nearer the more.
        let mut share = 1.0;
        let mut rest = fact.path.as_str();
        // The block's own element does not hold the article.
        let mut is_own = true;
        for _ in 0..6 {
            let next = rest.rfind(' ').map(|at| &rest[..at]);
            if !is_own || next.is_none() {
                *scores.entry(rest).or_default() += weight * share;
                share *= 0.7;
            }
            is_own = false;
            let Some(next) = next else { break };
            rest = next;
        }
    }
    let with_names = scores.iter().map(|(path, score)| {
        let own = path.rsplit(' ').next().unwrap_or(path);
        let factor = match () {
            () if has_any(own, GOOD) => 1.5,
            () if own.starts_with("article") || own.starts_with("main") => 1.2,
            () if has_any(own, BAD) => 0.3,
            () => 1.0,
        };
        (path, score * factor)
    });
    // The highest; of equal ones the first by name.
    let mut best: Option<(&str, f32)> = None;
    for (path, score) in with_names {
        if best.is_none_or(|(_, old)| old < score) {
            best = Some((path, score));
        }
    }
    best.map(|(path, _)| path.to_owned())
}

/// What of `path` lies below `container`.
fn below<'a>(path: &'a str, container: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(container)?;
    (rest.is_empty() || rest.starts_with(' ')).then_some(rest)
}

fn is_kept(text: &str, block: &Block, fact: &Facts, rest: &str, lexicon: &Lexicon) -> bool {
    if has_any(rest, BAD) || matches!(block.kind, BlockKind::Other | BlockKind::Caption | BlockKind::Stamp | BlockKind::Heading(1)) {
        return false;
    }
    if has_any(rest, &["caption", "credit", "byline", "dateline", " figure", "image", "photo", "author", "timestamp", "meta", "headline"]) {
        return false;
    }
    if 0.6 < fact.link_share && (fact.n_words < 25) {
        return false;
    }
    let found = plain::by_words(block.span.of(text), lexicon);
    found.is_none()
}
