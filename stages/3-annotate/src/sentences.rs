//! Sentences: the prose blocks, parsed one by one, so that no sentence runs over the border of a block.
//!
//! A heading or caption never glues to the paragraph after it. Line breaks inside a block are shown to the parser as
//! spaces, so a sentence cut by a hard line break stays one sentence and every byte keeps its place.

use rapporteur_model::{Annotations, Article, ArticleBlock, BlockIx};

use crate::Engine;

/// Parses the prose of the article.
pub(crate) fn parse(article: &Article, engine: &mut dyn Engine) -> Annotations {
    let mut known = Annotations::default();
    let mut flat = String::new();
    for (ix, block) in article.blocks.iter().enumerate().filter(|(_, block)| block.role.is_prose()) {
        let first = known.sentences.len();
        flatten(block.span.of(article.text()), &mut flat);
        // "RIGA, Latvia (AP) — Ministers met": the place is no part of the sentence.
        let after = after_dateline(article, block);
        if 0 < after {
            engine.parse(&flat[..after], block.span.start(), &mut known);
        }
        engine.parse(&flat[after..], block.span.start() + after as u32, &mut known);
        for sentence in &mut known.sentences[first..] {
            sentence.block = BlockIx::from(ix);
            sentence.repeat = block.repeat_of.is_some();
        }
    }
    known
}

/// The bytes of the dateline at the start of a block with its dash and the blank after it; 0 where there is none, or
/// nothing after it.
fn after_dateline(article: &Article, block: &ArticleBlock) -> usize {
    const DASHES: [&str; 5] = [" — ", " – ", " -- ", " - ", "— "];
    const DATELINE_BYTES_MAX: usize = 80;
    let text = block.span.of(article.text());
    let mut spans = article.metadata.dateline.iter().flat_map(|it| &it.spans);
    let Some(place) = spans.find(|it| it.start() == block.span.start()) else { return 0 };
    let rest = text.get(place.len() as usize..).unwrap_or("");
    let dash = DASHES.iter().filter_map(|dash| rest.find(dash).map(|at| place.len() as usize + at + dash.len())).min();
    dash.filter(|it| *it < text.len() && *it < DATELINE_BYTES_MAX).unwrap_or(0)
}

/// The text with each kind of white space as a space of the same length in bytes.
fn flatten(text: &str, into: &mut String) {
    into.clear();
    into.reserve(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' => into.push(' '),
            _ => into.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flattening_keeps_every_byte_in_place() {
        let mut flat = String::new();
        flatten("He said that\nKyiv’s\tpriorities", &mut flat);
        assert_eq!(flat, "He said that Kyiv’s priorities");
    }
}
