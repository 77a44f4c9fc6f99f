//! Which blocks of a page are the article's own text.
//!
//! First the element that holds it: paragraphs vote for the element they stand in, and elements above it are taken as
//! long as they bring much more. Then, inside it, what is no running text is left out by the names of its elements, its links and its words.

mod element_words;

use crate::plain;
use crate::words::{ends_sentence, n_words};
use element_words::{GOOD, Names, NamesOfPaths, STRONG, has_good_name};
use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Block, BlockKind, Report, Role};
use rapporteur_text::{hash_folded, hash_run, words};
use std::collections::{BTreeMap, BTreeSet};

/// For each block of the report, whether it is body.
pub(crate) fn find(report: &Report, lexicon: &Lexicon) -> Vec<bool> {
    // A page that keeps its article in an element named "related" loses it at the first reading.
    const WORDS_MIN: usize = 40;
    let first = find_with(report, lexicon, Names::of(STRONG));
    let n_kept: usize = report
        .blocks
        .iter()
        .zip(&first)
        .filter(|(_, kept)| **kept)
        .map(|(it, _)| n_words(it.span.of(&report.text)))
        .sum();
    if WORDS_MIN <= n_kept {
        return first;
    }
    let second = find_with(report, lexicon, Names::default());
    if second.contains(&true) { second } else { first }
}

fn find_with(report: &Report, lexicon: &Lexicon, strong: Names) -> Vec<bool> {
    let text = report.text.as_str();
    let stated = stated_body(report);
    let mut paths = NamesOfPaths::default();
    let mut facts: Vec<Facts> =
        report.blocks.iter().map(|it| Facts::of(text, it, stated.as_ref(), &mut paths)).collect();
    let aside = telling_names(report, &facts, Names::ASIDE, strong);
    let embed_aside = aside.without(Names::of(&["social", "share", "sharing", "widget"]));
    let not_text = telling_names(report, &facts, Names::NOT_TEXT, Names::default());
    for (block, fact) in report.blocks.iter().zip(&mut facts) {
        // A post that is quoted is the article's, though it stands in a "social" element.
        let names = if block.path.contains("blockquote") { embed_aside } else { aside };
        fact.is_aside = !fact.names.and(names).is_empty() || is_notice(block.span.of(text));
    }
    let Some(container) = container(report, &facts) else { return vec![false; report.blocks.len()] };
    let labels = repeated_labels(report);
    let mut kept: Vec<bool> = report
        .blocks
        .iter()
        .zip(&facts)
        .map(|(block, fact)| {
            below(&block.path, &container).is_some()
                && is_kept(text, block, fact, not_text, lexicon)
                && !labels.contains(block.span.of(text))
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
    // The telling names of the elements above it.
    names: Names,
    // Whether the page's own description of the article has these words; `None` when it has no such text.
    is_stated: Option<bool>,
}

impl Facts {
    fn of<'a>(text: &str, block: &'a Block, stated: Option<&BTreeSet<u64>>, paths: &mut NamesOfPaths<'a>) -> Facts {
        let line = block.span.of(text);
        let n_words = n_words(line);
        Facts {
            n_words,
            link_share: block.link_bytes as f32 / block.span.len().max(1) as f32,
            is_sentence: ends_sentence(line),
            is_aside: false,
            names: paths.names(below_body(&block.path)),
            is_stated: stated.filter(|_| 6 <= n_words).map(|it| is_stated(line, it)),
        }
    }

    /// How many words of running text the block holds.
    fn prose(&self, block: &Block) -> f32 {
        let is_text =
            !matches!(block.kind, BlockKind::Other | BlockKind::Caption | BlockKind::Stamp | BlockKind::Heading(_));
        if self.n_words < 6 || 0.5 < self.link_share || !is_text {
            return 0.0;
        }
        let sentence = if self.is_sentence { 1.0 } else { 0.4 };
        let stated = match self.is_stated {
            Some(true) => 2.0,
            Some(false) => 0.5,
            None => 1.0,
        };
        let list = if block.kind == BlockKind::ListItem { 0.25 } else { 1.0 };
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

/// Those of `names` that tell something on this page. A name that a good part of the running text stands under
/// ("widget" on a page made of widgets) tells nothing; `strong` names always do.
fn telling_names(report: &Report, facts: &[Facts], names: Names, strong: Names) -> Names {
    const SHARE_MAX: f32 = 0.35;
    let mut sums = [0.0_f32; 128];
    let mut total = 0.0;
    for (block, fact) in report.blocks.iter().zip(facts) {
        let prose = fact.prose(block);
        if prose == 0.0 {
            continue;
        }
        total += prose;
        for name in fact.names.and(names).iter() {
            sums[name.index()] += prose;
        }
    }
    let is_telling = |it: &Names| sums[it.index()] <= total * SHARE_MAX || !it.and(strong).is_empty();
    names.iter().filter(is_telling).fold(Names::default(), Names::with)
}

/// Without the `body` element, whose classes are of the page as a whole.
fn below_body(path: &str) -> &str {
    match path.strip_prefix("body") {
        Some(rest) => rest.split_once(' ').map_or("", |(_, rest)| rest),
        None => path,
    }
}

/// A cookie or privacy notice, by its words.
fn is_notice(line: &str) -> bool {
    let n_cookies = line.match_indices("ookie").count();
    1 < n_cookies
        || n_cookies == 1
            && ["website", "browser", "consent", "privacy", "this site"].iter().any(|it| line.contains(it))
}

/// The way down, cut after each element.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices(' ').map(|(at, _)| &path[..at]).chain([path])
}

/// What the running text of one element says for it, and for those above it.
struct Vote<'a> {
    holder: &'a str,
    direct: f32,
    climbing: f32,
}

/// The way down to the element that holds the article: the one with most paragraphs directly in it, then those above
/// it as long as they bring much more.
fn container(report: &Report, facts: &[Facts]) -> Option<String> {
    let mut direct: BTreeMap<&str, f32> = BTreeMap::new();
    let mut all: BTreeMap<&str, f32> = BTreeMap::new();
    let mut votes: Vec<Vote<'_>> = Vec::new();
    for (block, fact) in report.blocks.iter().zip(facts) {
        let prose = if fact.is_aside { 0.0 } else { fact.prose(block) };
        if prose == 0.0 {
            continue;
        }
        let holder = holder(&block.path);
        // Text that is in no paragraph is often a teaser; it does not make an element part of the article.
        let own = &block.path[holder.len()..];
        let climbing = if own.trim_start().starts_with(['p', 'h', 'b']) { prose } else { prose * 0.4 };
        match votes.last_mut() {
            // Paragraphs of one element stand together.
            Some(last) if last.holder == holder => {
                last.direct += prose;
                last.climbing += climbing;
            }
            _ => votes.push(Vote { holder, direct: prose, climbing }),
        }
    }
    for vote in &votes {
        *direct.entry(vote.holder).or_default() += vote.direct;
        for prefix in prefixes(vote.holder) {
            *all.entry(prefix).or_default() += vote.climbing;
        }
    }
    let total: f32 = direct.values().sum();
    let mut best: Option<(&str, f32)> = None;
    for (path, prose) in &direct {
        let score = prose * if is_well_named(path) { 1.3 } else { 1.0 };
        // Of equal ones the first on the page would be better; the first by name is at least always the same.
        if best.is_none_or(|(_, old)| old < score) {
            best = Some((path, score));
        }
    }
    let (mut current, _) = best?;
    // An element that is named as the article's and holds enough of the page is the article's.
    const WORDS_MIN: f32 = 120.0;
    const GAIN_MIN: f32 = 0.2;
    const ARTICLE_GAIN_MIN: f32 = 0.3;
    let above: Vec<&str> = prefixes(current).collect();
    for path in above.into_iter().rev().skip(1) {
        let held = all.get(current).copied().unwrap_or(0.0);
        let is_article = is_well_named(current) && WORDS_MIN <= held && total * 0.4 <= held;
        let gain_min = if is_article { ARTICLE_GAIN_MIN } else { GAIN_MIN };
        if held * (1.0 + gain_min) < all.get(path).copied().unwrap_or(0.0) {
            current = path;
        }
    }
    Some(current.to_owned())
}

// The element a paragraph stands in: its own element and inline ones left out.
fn holder(path: &str) -> &str {
    let mut rest = path;
    while let Some((above, own)) = rest.rsplit_once(' ') {
        let tag = &own[..own.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(own.len())];
        rest = above;
        if !matches!(tag, "span" | "em" | "strong" | "b" | "i" | "font" | "a" | "u" | "small") {
            break;
        }
    }
    rest
}

fn is_well_named(path: &str) -> bool {
    let element = path.rsplit(' ').next().unwrap_or(path);
    has_good_name(element, GOOD) || element.starts_with("article")
}

/// What of `path` lies below `container`.
fn below<'a>(path: &'a str, container: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(container)?;
    (rest.is_empty() || rest.starts_with(' ')).then_some(rest)
}

fn is_kept(text: &str, block: &Block, fact: &Facts, not_text: Names, lexicon: &Lexicon) -> bool {
    if fact.is_stated == Some(true) && !fact.is_aside && fact.link_share < 0.6 {
        return true;
    }
    let line = block.span.of(text);
    if line.starts_with("http") && !line.contains(' ') {
        return false;
    }
    let is_embed = block.path.contains("blockquote");
    let is_text = !matches!(block.kind, BlockKind::Other | BlockKind::Caption | BlockKind::Heading(1));
    if fact.is_aside
        || !is_text
        || (block.kind == BlockKind::Stamp && !is_embed)
        || !fact.names.and(not_text).is_empty() && !is_embed
    {
        return false;
    }
    if 0.6 < fact.link_share && fact.n_words < 25 && !is_embed {
        return false;
    }
    let Some((role, _)) = plain::by_words(line, lexicon) else { return true };
    match block.kind {
        // "Football" is a menu word and a heading.
        BlockKind::Heading(_) => {
            matches!(role, Role::Navigation | Role::Stamp | Role::Byline | Role::Caption | Role::Credit)
        }
        _ => is_embed && matches!(role, Role::Stamp | Role::Credit | Role::Navigation),
    }
}

/// Short lines that stand many times on the page: "Article content", "Advertisement 4".
fn repeated_labels(report: &Report) -> BTreeSet<&str> {
    const TIMES_MIN: usize = 3;
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for block in &report.blocks {
        let line = block.span.of(&report.text);
        if line.len() <= 60 && n_words(line) <= 3 && block.kind == BlockKind::Paragraph {
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
        if is_heading || facts[ix].n_words <= 3 {
            kept[ix] = false;
        }
    }
}
