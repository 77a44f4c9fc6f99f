//! Line repair: which lines of a text without markup are one paragraph. The text is never changed; a block covers the
//! line break inside a sentence, as in
//!
//! ```text
//! On Sunday the two ministers said that
//! Lake Verra’s ferries would run again.
//! ```

use crate::Piece;
use crate::words::{breaks_off, ends_sentence, n_words, starts_small};
use rapporteur_model::{BlockKind, Report, Role, Span};

/// The report's blocks, one piece each.
pub(crate) fn blocks_as_they_are(report: &Report) -> Vec<Piece> {
    report.blocks.iter().map(|it| Piece { span: it.span, role: Role::Body, how: "" }).collect()
}

/// The report's lines, those that one sentence or one wrapped paragraph runs over put together.
pub(crate) fn repair(report: &Report) -> Vec<Piece> {
    let text = report.text.as_str();
    let width = wrap_width(report);
    let mut pieces: Vec<Piece> = Vec::new();
    // The last line of the piece being built.
    let mut last: Option<(Span, BlockKind)> = None;
    for block in &report.blocks {
        let goes_on = last.is_some_and(|(before, kind)| {
            let gap = &text[before.end() as usize..block.span.start() as usize];
            goes_on(before.of(text), kind, gap, block.span.of(text), block.kind, width)
        });
        match pieces.last_mut() {
            Some(piece) if goes_on => piece.span = piece.span.cover(block.span),
            _ => pieces.push(Piece { span: block.span, role: Role::Body, how: "" }),
        }
        // A wrapped bullet goes on as a bullet.
        let kind = match last {
            Some((_, kind)) if goes_on => kind,
            _ => block.kind,
        };
        last = Some((block.span, kind));
    }
    pieces
}

fn goes_on(before: &str, before_kind: BlockKind, gap: &str, line: &str, kind: BlockKind, width: Option<usize>) -> bool {
    let n_breaks = gap.matches('\n').count().max(gap.matches('\r').count());
    if kind == BlockKind::ListItem || 2 < n_breaks || is_label(line) {
        return false;
    }
    let has_blank = 1 < n_breaks;
    // A wrapped line is full: the next line's first word had no room on it.
    if let Some(width) = width
        && !has_blank
    {
        let first = line.split_whitespace().next().unwrap_or("");
        let room = before.chars().count() + 1 + first.chars().count();
        // An indented line begins a paragraph.
        let is_indented = gap.chars().rev().take_while(|it| *it != '\n').any(|it| it == ' ' || it == '\t')
            && before_kind != BlockKind::ListItem;
        if width < room && !is_indented {
            return true;
        }
    }
    if ends_sentence(before) || before_kind == BlockKind::ListItem {
        return false;
    }
    // A sentence is cut where its last word wants another, or where the next line goes on in small letters.
    let is_sentence_start = 6 <= n_words(before);
    is_sentence_start
        && (breaks_off(before) && !is_headline_like(before) || starts_small(line) && !before.ends_with(':'))
}

// "The Life and Times Of" in capitals is a heading that ends so, not a sentence.
fn is_headline_like(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let n_capital = words.iter().filter(|it| it.starts_with(char::is_uppercase)).count();
    words.len() * 7 < n_capital * 10
}

// A stamp or label never goes on from the line before.
fn is_label(line: &str) -> bool {
    let lower = line.get(..12).unwrap_or(line).to_lowercase();
    ["updated", "published", "photo", "source:", "source(", "read also", "©", "copyright", "by "]
        .iter()
        .any(|it| lower.starts_with(it))
}

/// The column at which the text's lines are wrapped; `None` when its lines are paragraphs.
fn wrap_width(report: &Report) -> Option<usize> {
    // Mail and wire copy wrap between these.
    const WIDTH_MIN: usize = 40;
    const WIDTH_MAX: usize = 120;
    let text = report.text.as_str();
    let lens: Vec<usize> = report.blocks.iter().map(|it| it.span.of(text).chars().count()).collect();
    let width = *lens.iter().max()?;
    if !(WIDTH_MIN..=WIDTH_MAX).contains(&width) || lens.len() < 4 {
        return None;
    }
    // Pairs of lines with no blank line between: in wrapped text most first lines are full and most do not end a sentence.
    let (mut n_pairs, mut n_full, mut n_open) = (0, 0, 0);
    for (ix, pair) in report.blocks.windows(2).enumerate() {
        let gap = &text[pair[0].span.end() as usize..pair[1].span.start() as usize];
        if 1 < gap.matches('\n').count() {
            continue;
        }
        n_pairs += 1;
        let first = pair[1].span.of(text).split_whitespace().next().unwrap_or("").chars().count();
        n_full += usize::from(width < lens[ix] + 1 + first + 6);
        n_open += usize::from(!ends_sentence(pair[0].span.of(text)));
    }
    let is_wrapped = 3 <= n_pairs && n_pairs * 5 <= n_full * 10 && n_pairs * 5 <= n_open * 10;
    // A ragged edge: a word of middling length may stand out over the usual column.
    is_wrapped.then_some(width.saturating_sub(4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::Block;

    // Lines in, pieces out, a line break inside a piece shown as "/".
    fn check(text: &str, expected: &[&str]) {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let words = line.trim();
            if !words.is_empty() {
                let start = at + (line.len() - line.trim_start().len());
                let kind = if words.starts_with("• ") { BlockKind::ListItem } else { BlockKind::Paragraph };
                blocks.push(Block { span: Span::at(start, start + words.len()), kind, ..Block::default() });
            }
            at += line.len();
        }
        let report = Report { text: text.to_owned(), blocks, ..Report::default() };
        let found: Vec<String> = repair(&report)
            .iter()
            .map(|it| {
                it.span.of(text).split('\n').map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("/")
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_sentence_cut_by_a_line_break() {
        check(
            "On Sunday, after the meeting on the lake, Minister Orlo said that\nVerra’s ferries would run again in spring.\nThe second paragraph stands alone.",
            &[
                "On Sunday, after the meeting on the lake, Minister Orlo said that/Verra’s ferries would run again in spring.",
                "The second paragraph stands alone.",
            ],
        );
        check(
            "The ferry company told its passengers on Monday that it\n\nwould repay all of their tickets.",
            &["The ferry company told its passengers on Monday that it/would repay all of their tickets."],
        );
    }

    #[test]
    fn headings_stamps_and_bullets_stay_alone() {
        check(
            "Ferries to run again on Lake Verra\nThe two ministers agreed on Sunday.\n• A first point\n• A second point\nUpdated 2031.02.03 21:11\nEurope",
            &[
                "Ferries to run again on Lake Verra", "The two ministers agreed on Sunday.", "• A first point",
                "• A second point", "Updated 2031.02.03 21:11", "Europe",
            ],
        );
    }

    #[test]
    fn wrapped_lines() {
        check(
            "VERRA, Feb 3 - The two ministers who met on the lake on Sunday agreed\n\
             to let the ferries run again in spring, ending a quarrel of two years\n\
             over tolls, fish and the price of diesel.\n\
             \n\
             Minister Orlo called it a good day for both shores, though the tolls\n\
             for lorries are still to be settled by a commission of six that meets\n\
             in March.\n",
            &[
                "VERRA, Feb 3 - The two ministers who met on the lake on Sunday agreed/to let the ferries run again in spring, ending a quarrel of two years/over tolls, fish and the price of diesel.",
                "Minister Orlo called it a good day for both shores, though the tolls/for lorries are still to be settled by a commission of six that meets/in March.",
            ],
        );
    }
}
