//! Lists for people and for programs: one struct, shown as a table, JSON rows, CSV or Markdown.

use std::io::IsTerminal;

use rapporteur::Error;
use serde::Serialize;
use serde_json::Value;

use crate::options::ListForm;
use crate::output;

/// A column and how wide it may grow on a terminal; the ones with no bound share what is left.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) width_max: Option<usize>,
    pub(crate) is_number: bool,
}

/// A column of words that may be long.
pub(crate) const fn long(name: &'static str) -> Column {
    Column { name, width_max: None, is_number: false }
}

/// A column of short words.
pub(crate) const fn short(name: &'static str, width_max: usize) -> Column {
    Column { name, width_max: Some(width_max), is_number: false }
}

/// A column of numbers.
pub(crate) const fn number(name: &'static str) -> Column {
    Column { name, width_max: Some(9), is_number: true }
}

/// A list with all that is shown of it.
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<String>>,
    /// The rows for programs; their number need not be that of `rows`.
    pub(crate) json: Vec<Value>,
    /// How long the list is, of which this may be a part.
    pub(crate) n_all: usize,
    /// What is said where there is nothing.
    pub(crate) empty: &'static str,
}

impl Table {
    pub(crate) fn new(columns: Vec<Column>, empty: &'static str) -> Table {
        Table { columns, rows: Vec::new(), json: Vec::new(), n_all: 0, empty }
    }

    pub(crate) fn push(&mut self, row: &impl Serialize, cells: Vec<String>) {
        self.json.push(serde_json::to_value(row).unwrap_or_default());
        self.rows.push(cells);
        self.n_all = self.n_all.max(self.rows.len());
    }

    /// Prints the list in the form asked for.
    pub(crate) fn show(&self, form: Option<ListForm>) -> Result<(), Error> {
        // A file that holds a part of the list does not look like one.
        if self.rows.len() < self.n_all && !is_for_people(form) {
            let of = n_all(self.n_all);
            output::say(&format!("{} of {of} rows; --limit and --offset give others", self.rows.len()));
        }
        match form.unwrap_or_else(default_form) {
            ListForm::Jsonl => output::rows(&self.json),
            ListForm::Csv => output::text(&self.csv()),
            ListForm::Md => output::text(&self.markdown()),
            ListForm::Terminal => output::text(&self.terminal(width())),
        }
    }

    fn csv(&self) -> String {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        // Writing into memory cannot fail, nor can rows of one length.
        let _ = writer.write_record(self.columns.iter().map(|it| it.name));
        for row in &self.rows {
            let _ = writer.write_record(row);
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    fn markdown(&self) -> String {
        // What Markdown and HTML would take for markup is words here.
        let cell = |it: &str| {
            plain(it).chars().fold(String::new(), |mut out, c| {
                if matches!(c, '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#') {
                    out.push('\\');
                }
                out.push(c);
                out
            })
        };
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut out = line(self.columns.iter().map(|it| it.name.to_owned()).collect());
        out += &line(self.columns.iter().map(|it| if it.is_number { "---:" } else { "---" }.to_owned()).collect());
        self.rows.iter().for_each(|row| out += &line(row.iter().map(|it| cell(it)).collect()));
        out
    }

    fn terminal(&self, width: usize) -> String {
        if self.rows.is_empty() {
            return format!("{}\n", self.empty);
        }
        let rows: Vec<Vec<String>> = self.rows.iter().map(|row| row.iter().map(|it| plain(it)).collect()).collect();
        let widths = self.widths(&rows, width);
        let mut out = String::new();
        let heads: Vec<String> = self.columns.iter().map(|it| it.name.to_owned()).collect();
        self.line(&mut out, &heads, &widths, true);
        rows.iter().for_each(|row| self.line(&mut out, row, &widths, false));
        if self.rows.len() < self.n_all {
            let of = n_all(self.n_all);
            out += &format!("{DIM}{} of {of}; --limit and --offset show others{OFF}\n", self.rows.len());
        }
        out
    }

    /// A row, its long cells folded.
    fn line(&self, out: &mut String, cells: &[String], widths: &[usize], is_head: bool) {
        let folded: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, width)| fold(cell, *width)).collect();
        let n_lines = folded.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..n_lines {
            let mut line = String::new();
            for ((part, width), column) in folded.iter().zip(widths).zip(&self.columns) {
                let words = part.get(at).map_or("", String::as_str);
                let gap = " ".repeat(width.saturating_sub(words.chars().count()));
                if column.is_number {
                    line += &format!("{gap}{words}  ");
                } else {
                    line += &format!("{words}{gap}  ");
                }
            }
            let line = line.trim_end();
            *out += &if is_head { format!("{BOLD}{line}{OFF}\n") } else { format!("{line}\n") };
        }
    }

    fn widths(&self, rows: &[Vec<String>], width: usize) -> Vec<usize> {
        let longest = |at: usize| {
            let cells = rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
            cells.max(self.columns[at].name.chars().count())
        };
        let mut widths: Vec<usize> = (0..self.columns.len())
            .map(|at| longest(at).min(self.columns[at].width_max.unwrap_or(usize::MAX)))
            .collect();
        let bound: usize =
            widths.iter().zip(&self.columns).filter(|it| it.1.width_max.is_some()).map(|it| it.0 + 2).sum();
        let n_long = self.columns.iter().filter(|it| it.width_max.is_none()).count();
        if let Some(each) = width.saturating_sub(bound).checked_div(n_long) {
            let each = each.saturating_sub(2).max(LONG_MIN);
            for (it, column) in widths.iter_mut().zip(&self.columns) {
                if column.width_max.is_none() {
                    *it = (*it).min(each);
                }
            }
        }
        widths
    }
}

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const OFF: &str = "\x1b[0m";
/// However narrow the terminal, long cells have so much.
const LONG_MIN: usize = 24;

/// How many there are: a desk counts up to ten thousand.
pub(crate) fn n_all(n: usize) -> String {
    if n > 10_000 { "more than 10,000".to_owned() } else { n.to_string() }
}

fn default_form() -> ListForm {
    if std::io::stdout().is_terminal() { ListForm::Terminal } else { ListForm::Jsonl }
}

/// Whether the form for people is asked for, or is what there is.
pub(crate) fn is_for_people(form: Option<ListForm>) -> bool {
    form.unwrap_or_else(default_form) == ListForm::Terminal
}

fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |it| usize::from(it.0.0)).clamp(40, 240)
}

/// Words of reports on one line, without what would steer a terminal or turn the direction of writing.
pub(crate) fn plain(text: &str) -> String {
    let is_harmless = |c: &char| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let spaced: String = spaced.chars().filter(is_harmless).collect();
    spaced.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Folds words at spaces; a word that is too long for a line is cut.
fn fold(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let mut rest: Vec<char> = word.chars().collect();
        if used > 0 && used + 1 + rest.len() > width {
            lines.push(String::new());
            used = 0;
        } else if used > 0 {
            lines.last_mut().into_iter().for_each(|it| it.push(' '));
            used += 1;
        }
        while rest.len() > width - used {
            let part: String = rest.drain(..width - used).collect();
            lines.last_mut().into_iter().for_each(|it| it.push_str(&part));
            lines.push(String::new());
            used = 0;
        }
        used += rest.len();
        let word: String = rest.into_iter().collect();
        lines.last_mut().into_iter().for_each(|it| it.push_str(&word));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(vec![short("id", 8), number("n"), long("what")], "Nothing.");
        table.push(&1, vec!["a".to_owned(), "12".to_owned(), "The ferry left | \x1b[31mat noon".to_owned()]);
        table
    }

    #[test]
    fn each_form_keeps_what_the_words_mean() {
        let table = table();
        assert!(table.terminal(60).contains("The ferry left | [31mat noon"), "{}", table.terminal(60));
        assert!(table.markdown().contains("left \\| \\[31mat noon"), "{}", table.markdown());
        assert_eq!(table.csv().lines().count(), 2);
        assert_eq!(Table::new(vec![], "Nothing.").terminal(60), "Nothing.\n");
    }

    #[test]
    fn long_cells_are_folded_and_nothing_is_lost() {
        assert_eq!(fold("the ferry left", 9), ["the ferry", "left"]);
        assert_eq!(fold("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(fold("", 3), [""]);
    }
}
