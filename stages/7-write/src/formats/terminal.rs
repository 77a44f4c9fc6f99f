//! The brief for a terminal: ANSI styles, which the command strips when the output is no terminal.

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
    for section in &account.sections {
        out += &format!("\n{BOLD}{}{OFF}\n", section.kind.title());
        for sentence in &section.sentences {
            let marks: Vec<String> = sentence
                .citations()
                .iter()
                .map(|it| it.report)
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .map(|it| format!("{}[{}]{OFF}", colour(page, it), page.number(it)))
                .collect();
            let note = sentence.note.as_ref().map_or_else(String::new, |it| format!(" {DIM}({it}){OFF}"));
            let tail = marks.len() * 4 + sentence.note.as_ref().map_or(0, |it| it.chars().count() + 3);
            out += &format!("  {} {}{note}\n", fold(sentence.text(), 2, WIDTH.saturating_sub(tail)), marks.join(""));
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

fn colour(page: &Page<'_>, report: rapporteur_model::ReportIx) -> &'static str {
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
