//! Which blocks of a page are the article's own text.
//!
//! First the element that holds it: the one with most running text inside, least left outside, and little else. Then,
//! inside it, what is no running text is left out by the names of its elements, its links and its words.

mod element_words;

use crate::plain;
use crate::words::{ends_sentence, n_words};
use element_words::{ASIDE, GOOD, NOT_TEXT, has_good_name, has_word};
use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Block, BlockKind, Report, Role};
use rapporteur_text::{hash_folded, hash_run, words};
use std::collections::{BTreeMap, BTreeSet};

/// For each block of the report, whether it is body.
pub(crate) fn find(report: &Report, lexicon: &Lexicon) -> Vec<bool> {
    let text = report.text.as_str();
    let stated = stated_body(report);
    let mut facts: Vec<Facts> = report.blocks.iter().map(|it| Facts::of(text, it, stated.as_ref())).collect();
    let held = held_words(report, &facts);
    for (block, fact) in report.blocks.iter().zip(&mut facts) {
        fact.is_aside = is_in(block, ASIDE, &held);
    }
    let Some(container) = container(report, &facts) else { return vec![false; report.blocks.len()] };
    let labels = repeated_labels(report);
    let mut kept: Vec<bool> = report
        .blocks
        .iter()
        .zip(&facts)
        .map(|(block, fact)| {
            below(&block.path, &container).is_some() && is_kept(text, block, fact, &held, lexicon) && !labels.contains(block.span.of(text))
        })
        .collect();
    drop_loose_end(report, &facts, &mut kept);
    kept
}

struct Facts {
    n_words: usize,
    link_share: f32,
    is_sentence: bool,
    is_aside: bool,
    // Whether the page's own description of the article has these words; `None` when it has no such text.
    is_stated: Option<bool>,
}

impl Facts {
    fn of(text: &str, block: &Block, stated: Option<&BTreeSet<u64>>) -> Facts {
        let line = block.span.of(text);
        let n_words = n_words(line);
        Facts {
            n_words,
            link_share: block.link_bytes as f32 / block.span.len().max(1) as f32,
            is_sentence: ends_sentence(line),
            is_aside: false,
            is_stated: stated.filter(|_| 6 <= n_words).map(|it| is_stated(line, it)),
        }
    }

    /// How many words of running text the block holds.
    fn prose(&self, block: &Block) -> f32 {
        let is_text = !matches!(block.kind, BlockKind::Other | BlockKind::Caption | BlockKind::Stamp | BlockKind::Heading(_));
        if self.n_words < 6 || 0.5 < self.link_share || !is_text {
            return 0.0;
        }
        let sentence = if self.is_sentence { 1.0 } else { 0.4 };
        let stated = match self.is_stated {
            Some(true) => 2.0,
            Some(false) => 0.5,
            None => 1.0,
        };
        let list = if block.kind == BlockKind::ListItem { 0.6 } else { 1.0 };
        self.n_words.min(100) as f32 * sentence * stated * list * (1.0 - self.link_share)
    }
}

// Runs of four words of the text that JSON-LD gives as the article's.
fn stated_body(report: &Report) -> Option<BTreeSet<u64>> {
    const WORDS_MIN: usize = 60;
    let stated = report.declared.iter().filter(|it| it.name == "jsonld:articleBody").max_by_key(|it| it.value.len())?;
    let hashes: Vec<u64> = words(&stated.value).map(|it| hash_folded(it.text)).collect();
    (WORDS_MIN <= hashes.len()).then(|| hashes.windows(4).map(hash_run).collect())
}

fn is_stated(line: &str, stated: &BTreeSet<u64>) -> bool {
    let hashes: Vec<u64> = words(line).map(|it| hash_folded(it.text)).collect();
    let n_runs = hashes.len().saturating_sub(3);
    0 < n_runs && n_runs <= 2 * hashes.windows(4).filter(|it| stated.contains(&hash_run(it))).count()
}

/// The elements that hold a good part of the page's running text: whatever they are called, they are no sidebar.
struct Held<'a> {
    main: BTreeSet<&'a str>,
}

fn held_words<'a>(report: &'a Report, facts: &[Facts]) -> Held<'a> {
    const SHARE_MIN: f32 = 0.35;
    let mut sums: BTreeMap<&str, f32> = BTreeMap::new();
    let mut total = 0.0;
    for (block, fact) in report.blocks.iter().zip(facts) {
        let prose = fact.prose(block);
        if prose == 0.0 {
            continue;
        }
        total += prose;
        for prefix in prefixes(&block.path) {
            *sums.entry(prefix).or_default() += prose;
        }
    }
    Held { main: sums.into_iter().filter(|(_, sum)| total * SHARE_MIN <= *sum).map(|(prefix, _)| prefix).collect() }
}

/// The way down, cut after each element.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices(' ').map(|(at, _)| &path[..at]).chain([path])
}

// Whether an element above the block is named so, those that hold much of the text aside.
fn is_in(block: &Block, names: &[&str], held: &Held<'_>) -> bool {
    let path = block.path.as_str();
    let mut start = 0;
    for prefix in prefixes(path) {
        let element = &path[start..prefix.len()];
        start = prefix.len();
        // Comments may be most of a page's text and are still comments.
        let is_main = held.main.contains(prefix) && !has_word(element, &["comments", "disqus", "replies"]);
        if !is_main && !element.trim_start().starts_with("body") && has_word(element, names) {
            return true;
        }
    }
    false
}

/// The way down to the element that holds the article.
fn container(report: &Report, facts: &[Facts]) -> Option<String> {
    // A word of the article left outside weighs as one inside; a word of links, labels and lists inside weighs less,
    // because most of those are left out later.
    const JUNK: f32 = 0.3;
    let mut inside: BTreeMap<&str, (f32, f32)> = BTreeMap::new();
    for (block, fact) in report.blocks.iter().zip(facts) {
        let prose = if fact.is_aside { 0.0 } else { fact.prose(block) };
        let junk = if prose == 0.0 { fact.n_words.min(40) as f32 } else { 0.0 };
        for prefix in prefixes(&block.path) {
            let sums = inside.entry(prefix).or_default();
            sums.0 += prose;
            sums.1 += junk;
        }
    }
    let mut best: Option<(&str, f32)> = None;
    for (path, (prose, junk)) in &inside {
        let element = path.rsplit(' ').next().unwrap_or(path);
        let factor = match () {
            () if has_good_name(element, GOOD) => 1.3,
            () if element.starts_with("article") || element.starts_with("main") => 1.1,
            () => 1.0,
        };
        let score = prose * factor - junk * JUNK;
        // Of equal ones the deepest; the map gives longer ways after shorter ones.
        if 0.0 < score && best.is_none_or(|(_, old)| old <= score) {
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

fn is_kept(text: &str, block: &Block, fact: &Facts, held: &Held<'_>, lexicon: &Lexicon) -> bool {
    if fact.is_stated == Some(true) && !fact.is_aside {
        return true;
    }
    let is_embed = block.path.contains("blockquote");
    let is_text = !matches!(block.kind, BlockKind::Other | BlockKind::Caption | BlockKind::Heading(1));
    if fact.is_aside || !is_text || (block.kind == BlockKind::Stamp && !is_embed) || is_in(block, NOT_TEXT, held) && !is_embed {
        return false;
    }
    if 0.6 < fact.link_share && fact.n_words < 25 && !is_embed {
        return false;
    }
    let Some((role, _)) = plain::by_words(block.span.of(text), lexicon) else { return true };
    match block.kind {
        // "Football" is a menu word and a heading.
        BlockKind::Heading(_) => matches!(role, Role::Navigation | Role::Stamp | Role::Byline | Role::Caption | Role::Credit),
        _ => is_embed && matches!(role, Role::Stamp | Role::Credit | Role::Navigation),
    }
}

/// Short lines that stand many times on the page: "Article content", "Advertisement 4".
fn repeated_labels(report: &Report) -> BTreeSet<&str> {
    const TIMES_MIN: usize = 3;
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for block in &report.blocks {
        let line = block.span.of(&report.text);
        if line.len() <= 60 {
            *seen.entry(line).or_default() += 1;
        }
    }
    seen.into_iter().filter(|(_, times)| TIMES_MIN <= *times).map(|(line, _)| line).collect()
}

/// Headings and loose words after the last sentence belong to what follows, not to the article.
fn drop_loose_end(report: &Report, facts: &[Facts], kept: &mut [bool]) {
    for ix in (0..kept.len()).rev().filter(|ix| kept[*ix]).collect::<Vec<_>>() {
        let is_heading = matches!(report.blocks[ix].kind, BlockKind::Heading(_));
        if !is_heading && (facts[ix].is_sentence || 8 <= facts[ix].n_words) {
            return;
        }
        if is_heading {
            kept[ix] = false;
        }
    }
}
