//! The brief for a terminal: ANSI styles, which the command strips when the output is no terminal.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, ReportIx, Style};

use super::fact_rows::{self, Told, UNKNOWN};
use super::{Format, Page};

pub(crate) const FORMAT: Format = Format { name: "terminal", extension: "txt", media_type: "text/plain", write };

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const OFF: &str = "\x1b[0m";
/// A colour an origin, as on the page.
const COLOURS: [&str; 6] = ["\x1b[34m", "\x1b[33m", "\x1b[32m", "\x1b[35m", "\x1b[36m", "\x1b[31m"];
/// Lines are folded here.
const WIDTH: usize = 96;

fn write(page: &Page<'_>) -> String {
    let mut out = String::new();
    let account = page.account;
    if let Some(headline) = &account.headline {
        out += &format!("{BOLD}{}{OFF}\n", fold(headline.text(), 0, headline.text().chars().count()));
    }
    out += &format!("{DIM}{}{OFF}\n", page.summary());
    if account.style == Style::Table {
        table(page, &mut out);
    }
    let (sections, bullet) = match account.style {
        Style::Table => (&[][..], ""),
        Style::Bullets => (&account.sections[..], "• "),
        Style::Prose => (&account.sections[..], ""),
    };
    for section in sections {
        out += &format!("\n{BOLD}{}{OFF}\n", section.kind.title());
        for sentence in &section.sentences {
            let marks = marks(page, sentence.citations());
            let note = sentence.note.as_ref().map_or_else(String::new, |it| format!(" {DIM}({it}){OFF}"));
            let tail = marks.len() * 4 + sentence.note.as_ref().map_or(0, |it| it.chars().count() + 3);
            let indent = 2 + bullet.chars().count();
            let text = fold(sentence.text(), indent, WIDTH.saturating_sub(tail));
            out += &format!("  {bullet}{text} {}{note}\n", marks.join(""));
        }
    }
    out += &format!("\n{BOLD}Reports{OFF}\n");
    for card in &account.reports {
        let facts: Vec<String> =
            [card.outlet.clone(), card.date.clone(), card.lineage.clone()].into_iter().flatten().collect();
        let facts = if facts.is_empty() { "date and outlet not stated".to_owned() } else { facts.join(" · ") };
        out += &format!(
            "  {}[{}]{OFF} {}\n      {DIM}{facts} · origin {}{OFF}\n",
            colour(page, card.report),
            page.number(card.report),
            page.name(card.report),
            page.letter(card.report)
        );
    }
    if !account.coverage.left_out.is_empty() {
        out += &format!("\n{DIM}Left out: {}.\n", account.coverage.left_out.join("; "));
        out += &format!("Agreement between reports is not proof.{OFF}\n");
    }
    out
}

/// The numbers of the reports that are cited, in the colours of their origins.
fn marks(page: &Page<'_>, citations: &[Anchor]) -> Vec<String> {
    let reports: BTreeSet<ReportIx> = citations.iter().map(|it| it.report).collect();
    reports.into_iter().map(|it| format!("{}[{}]{OFF}", colour(page, it), page.number(it))).collect()
}

/// The widths of the columns of a table, which with a blank between two come to [`WIDTH`].
const WIDTHS: [usize; 5] = [36, 17, 7, 11, 21];

/// A row a fact, its cells folded side by side.
fn table(page: &Page<'_>, out: &mut String) {
    let heads: Vec<Vec<String>> = fact_rows::HEADS.iter().map(|it| vec![(*it).to_owned()]).collect();
    *out += &format!("\n{BOLD}{}{OFF}\n", side_by_side(&heads).trim_end());
    *out += &format!("{}\n", WIDTHS.map(|it| "─".repeat(it)).join(" "));
    for row in fact_rows::rows(page) {
        let told = |it: &Told, width: usize| wrapped(&it.text, &format!("[{}]", page.numbers(&it.citations)), width);
        let mut differ: Vec<String> = row.differ.iter().flat_map(|it| told(it, WIDTHS[4])).collect();
        if differ.is_empty() {
            differ.push(UNKNOWN.to_owned());
        }
        let cells = [
            told(&row.what, WIDTHS[0]),
            wrapped(&row.who, "", WIDTHS[1]),
            vec![row.n_origins.to_string()],
            wrapped(row.when.as_deref().unwrap_or(UNKNOWN), "", WIDTHS[3]),
            differ,
        ];
        *out += &side_by_side(&cells);
        out.push('\n');
    }
}

/// Cells of several lines next to each other.
fn side_by_side(cells: &[Vec<String>]) -> String {
    let n_lines = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for at in 0..n_lines {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(WIDTHS) {
            let words = cell.get(at).map_or("", String::as_str);
            let blanks = (width + 1).saturating_sub(words.chars().count());
            line += words;
            line += &" ".repeat(blanks);
        }
        out += line.trim_end();
        out.push('\n');
    }
    out
}

/// Lines of at most `width` characters; a longer word is cut. The `tail` is one word, however many there are.
fn wrapped(text: &str, tail: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let words = text.split_whitespace().chain(std::iter::once(tail).filter(|it| !it.is_empty()));
    for word in words {
        let mut rest: Vec<char> = word.chars().collect();
        let fits = lines.last().is_some_and(|it| it.chars().count() + 1 + rest.len() <= width);
        match lines.last_mut() {
            Some(last) if fits => {
                last.push(' ');
                last.push_str(word);
            }
            _ => {
                while width < rest.len() {
                    let more = rest.split_off(width);
                    lines.push(rest.into_iter().collect());
                    rest = more;
                }
                lines.push(rest.into_iter().collect());
            }
        }
    }
    lines
}

fn colour(page: &Page<'_>, report: ReportIx) -> &'static str {
    let ix = page.account.origins.iter().position(|it| it.reports.contains(&report)).unwrap_or(0);
    COLOURS[ix % COLOURS.len()]
}

/// Folds a line at spaces; lines after the first are indented.
fn fold(text: &str, indent: usize, width_last: usize) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let n = word.chars().count();
        if width > 0 && width + 1 + n > WIDTH - indent {
            out += "\n";
            out += &" ".repeat(indent);
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out += word;
        width += n;
    }
    // The marks go on a line of their own only when they would stick out far.
    if width > width_last.max(20) && width_last < WIDTH / 2 {
        out += "\n";
        out += &" ".repeat(indent);
    }
    out
}
