//! Plain and pasted text: the text is the bytes; each line that is not blank is a block.

use crate::ReadOutcome;
use crate::formats::{Format, Input};
use crate::report::one;
use rapporteur_model::{Block, BlockKind, Media, Span};

pub(crate) const FORMAT: Format = Format { name: "plain", extensions: &["txt", "text"], is_like: |_| false, read };

fn read(input: Input<'_>) -> ReadOutcome {
    let text = input.decoded.text.clone();
    let blocks = line_blocks(&text);
    let map = rapporteur_model::RawMap::identity(text.len(), 0);
    let map = if text.is_empty() { rapporteur_model::RawMap::default() } else { map };
    ReadOutcome::of(one(input, Media::Plain, text, map, blocks))
}

/// A block for each line with a character on it, without the white space round it.
pub(crate) fn line_blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{C}']) {
        let words = line.trim();
        if !words.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            let kind = if is_bullet(words) { BlockKind::ListItem } else { BlockKind::Paragraph };
            blocks.push(Block { span: Span::at(start, start + words.len()), kind, ..Block::default() });
        }
        at += line.len();
    }
    blocks
}

// A bullet and a space before words. A dash may also begin a quotation, as in French; stage 2 looks at its neighbours.
fn is_bullet(line: &str) -> bool {
    let mut chars = line.chars();
    let first = chars.next();
    matches!(first, Some('•' | '‣' | '▪' | '●' | '◦' | '■' | '·' | '*' | '-' | '–'))
        && chars.next().is_some_and(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_blocks() {
        let text = " Talks resume \r\n\n• One point\n\u{a0}\n- two\n-- no\n";
        let blocks = line_blocks(text);
        let found: Vec<(&str, BlockKind)> = blocks.iter().map(|it| (it.span.of(text), it.kind)).collect();
        assert_eq!(
            found,
            [
                ("Talks resume", BlockKind::Paragraph),
                ("• One point", BlockKind::ListItem),
                ("- two", BlockKind::ListItem),
                ("-- no", BlockKind::Paragraph),
            ]
        );
    }
}
