//! A brief as a file: Markdown of ours, of a person or of a language model, with or without citations, or our own JSON.
//! What is left is its running text, a line a paragraph, and for each place of it the reports that are cited there.

use rapporteur_model::{Article, ArticleBlock, Report, ReportIx, Role, Span};
use serde_json::Value;

/// The running text of a brief.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct BriefFile {
    /// Without marks of Markdown, citations and lists of sources.
    pub(crate) text: String,
    /// What is cited, as written, after the byte where it stands.
    pub(crate) cited: Vec<(u32, String)>,
    /// The brief's own list of reports: the number and the id it stands for.
    pub(crate) list: Vec<(String, String)>,
}

impl BriefFile {
    pub(crate) fn read(bytes: &[u8]) -> BriefFile {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches('\u{feff}');
        match serde_json::from_str::<Value>(text) {
            Ok(value) if value.is_object() || value.is_array() => of_json(&value),
            _ => of_markdown(text),
        }
    }

    /// The brief as an article whose every line is running text.
    pub(crate) fn article(&self, id: &str) -> Article {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let end = at + line.trim_end().len();
            if at < end {
                let (span, role) = (Span::at(at, end), Role::Body);
                blocks.push(ArticleBlock { span, role, repeat_of: None, how: "brief" });
            }
            at += line.len();
        }
        let report = Report { id: id.to_owned(), text: self.text.clone(), ..Report::default() };
        Article { report, blocks, ..Article::default() }
    }

    /// The reports that a citation means: by the number in the brief's own list, by id (with a sentence number after it),
    /// else by the number among the reports in order of their ids. None when it means something else.
    pub(crate) fn reports_of(&self, cited: &str, ids: &[String]) -> Vec<ReportIx> {
        let by_id = |id: &str| ids.iter().position(|it| it == id).map(ReportIx::from);
        if let Some(id) = cited.strip_prefix('=') {
            return by_id(id).into_iter().collect();
        }
        let listed = self.list.iter().find(|it| it.0 == cited).map(|it| it.1.as_str());
        let before = cited.rsplit_once(['.', ':']).map(|it| it.0);
        let nth =
            || cited.parse::<usize>().ok().filter(|it| (1..=ids.len()).contains(it)).map(|it| ReportIx::from(it - 1));
        let found = listed.and_then(by_id).or_else(|| by_id(cited)).or_else(|| before.and_then(by_id));
        found.or_else(|| if self.list.is_empty() { nth() } else { None }).into_iter().collect()
    }

    fn paragraph(&mut self, words: &str) {
        let words = words.trim();
        if !words.is_empty() {
            inline(self, words);
            self.text.push('\n');
        }
    }
}

/// `rapporteur brief --format json`: sentences with the ids of the reports they cite.
fn of_json(value: &Value) -> BriefFile {
    let mut file = BriefFile::default();
    let mut sentence = |it: &Value| {
        let Some(text) = it["text"].as_str() else { return };
        file.text.push_str(&text.replace('\n', " "));
        for citation in it["citations"].as_array().into_iter().flatten() {
            if let Some(id) = citation["report"].as_str() {
                file.cited.push((file.text.len() as u32, format!("={id}")));
            }
        }
        file.text.push('\n');
    };
    let accounts = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
    for account in accounts {
        sentence(&account["headline"]);
        for section in account["sections"].as_array().into_iter().flatten() {
            section["sentences"].as_array().into_iter().flatten().for_each(&mut sentence);
        }
    }
    file
}

fn of_markdown(text: &str) -> BriefFile {
    let mut file = BriefFile::default();
    let mut in_list_of_reports = false;
    let mut fenced = false;
    let mut open = String::new();
    let mut table = Table::default();
    for line in text.lines() {
        let trimmed = line.trim();
        if !trimmed.starts_with('|') {
            table = Table::default();
        }
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
            continue;
        }
        let heading = trimmed.starts_with('#').then(|| trimmed.trim_matches(['#', ' ']));
        if let Some(heading) = heading {
            let plain = heading.to_lowercase();
            let plain = plain.trim_matches(['*', '_', ':', ' ']);
            in_list_of_reports = matches!(plain, "reports" | "sources" | "references" | "notes" | "bibliography");
        }
        let footnote = trimmed.starts_with("[^") && trimmed.contains("]:");
        if fenced || footnote || is_coverage(trimmed) {
            continue;
        }
        if in_list_of_reports {
            if heading.is_none() {
                listed(&mut file, trimmed);
            }
            continue;
        }
        let (starts, words) = without_marker(trimmed);
        if trimmed.is_empty() || starts || heading.is_some() || trimmed.starts_with('|') {
            file.paragraph(&std::mem::take(&mut open));
        }
        match heading {
            Some(heading) if trimmed.starts_with("##") && is_label(heading) => {}
            Some(heading) => file.paragraph(heading),
            None if trimmed.starts_with('|') => {
                for cell in table.sentences(trimmed) {
                    file.paragraph(&cell);
                }
            }
            // Lines of one paragraph are one.
            None => {
                if !open.is_empty() {
                    open.push(' ');
                }
                open.push_str(words);
            }
        }
    }
    file.paragraph(&open);
    file
}

/// A table of Markdown, row after row.
#[derive(Default)]
struct Table {
    /// For each column, whether it says who or when, and nothing that could be checked.
    is_aside: Vec<bool>,
}

impl Table {
    /// What the cells of the next row say.
    fn sentences(&mut self, line: &str) -> Vec<String> {
        const ASIDES: [&str; 13] = [
            "who says so", "who says", "who", "source", "sources", "origin", "origins", "report", "reports", "outlet",
            "when", "date", "verdict",
        ];
        let cells = cells(line);
        if self.is_aside.is_empty() {
            self.is_aside = cells.iter().map(|it| ASIDES.contains(&it.trim().to_lowercase().as_str())).collect();
            // A first row with such a column is the row of the heads.
            if self.is_aside.contains(&true) {
                return Vec::new();
            }
        }
        let wanted = cells.iter().enumerate().filter(|it| !self.is_aside.get(it.0).copied().unwrap_or(false));
        let parts = wanted.flat_map(|it| it.1.split("<br>")).filter(|it| it.split_whitespace().count() > 3);
        parts.map(str::to_owned).collect()
    }
}

/// The cells of a row, parted by `|`; one with a backslash before it is part of the cell.
fn cells(line: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut escaped = false;
    for c in line.trim().trim_start_matches('|').chars() {
        if c == '|' && !escaped {
            found.push(String::new());
        } else if let Some(cell) = found.last_mut() {
            cell.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    found
}

/// A heading that says what follows, not what happened: "Where reports differ", "Background".
fn is_label(heading: &str) -> bool {
    let words: Vec<&str> = heading.split_whitespace().collect();
    let named = words.iter().skip(1).any(|it| it.starts_with(char::is_uppercase));
    words.len() <= 5 && !named && !heading.contains(|it: char| it.is_ascii_digit())
}

/// Lines of our own about how many reports were read and what was left out: nothing in them is said by a report.
fn is_coverage(line: &str) -> bool {
    let plain = line.trim_matches(['*', '_', ' ']);
    plain.starts_with("Left out: ")
        || plain == "Agreement between reports is not proof."
        || plain.contains(" independent origin") && plain.starts_with(|it: char| it.is_ascii_digit())
}

/// "1. Title (`id`): …": what a number stands for.
fn listed(file: &mut BriefFile, line: &str) {
    let digits: String = line.chars().take_while(char::is_ascii_digit).collect();
    let id = line.split('`').nth(1);
    if let (false, Some(id)) = (digits.is_empty(), id) {
        file.list.push((digits, id.to_owned()));
    }
}

/// The words after a list marker or the marks of a quotation, and whether there was one.
fn without_marker(line: &str) -> (bool, &str) {
    let rest = line.trim_start_matches(['>', ' ']);
    for marker in ["- ", "* ", "+ ", "• ", "– "] {
        if let Some(rest) = rest.strip_prefix(marker) {
            return (true, rest.trim_start());
        }
    }
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let numbered =
        0 < digits && digits < 3 && rest[digits..].starts_with([')', '.']) && rest[digits + 1..].starts_with(' ');
    if numbered { (true, rest[digits + 1..].trim_start()) } else { (false, rest) }
}

/// Adds a paragraph's words without marks; what stands in square brackets and looks like a citation is one.
fn inline(file: &mut BriefFile, words: &str) {
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("*(").and_then(|it| it.split_once(")*")) {
            // A note of ours: "*(one origin)*".
            rest = after.1;
            continue;
        }
        match c {
            '[' => {
                let Some((inside, after)) = rest[1..].split_once(']') else { break };
                let link = after.strip_prefix('(').and_then(|it| it.split_once(')'));
                if let Some((_, after)) = link {
                    if is_citation(inside) {
                        cite(file, inside);
                    } else {
                        inline(file, inside);
                    }
                    rest = after;
                } else if is_citation(inside) {
                    cite(file, inside);
                    rest = after;
                    // "… in Oslo [1]; …": the blank before it goes with it.
                    if rest.starts_with([';', ',', '.', ':', '!', '?']) {
                        let end = file.text.trim_end_matches(' ').len();
                        file.text.truncate(end);
                    }
                } else {
                    file.text.push('[');
                    rest = &rest[1..];
                }
                continue;
            }
            '*' | '`' => {}
            '_' if !file.text.ends_with(char::is_alphanumeric) || !rest[1..].starts_with(char::is_alphanumeric) => {}
            '\\' => {
                if let Some(next) = rest[1..].chars().next() {
                    file.text.push(next);
                    rest = &rest[1 + next.len_utf8()..];
                    continue;
                }
            }
            c => file.text.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    if !rest.is_empty() && rest.starts_with('[') {
        file.text.push_str(rest);
    }
    let end = file.text.trim_end().len();
    file.text.truncate(end);
    for it in file.cited.iter_mut().rev().take_while(|it| it.0 as usize > end) {
        it.0 = end as u32;
    }
}

/// "1", "2, 7", "^3", "000.7 003.19", "a-report": numbers and ids, no words of a sentence.
fn is_citation(inside: &str) -> bool {
    let words: Vec<&str> = inside.split([' ', ',', ';']).filter(|it| !it.is_empty()).collect();
    let like = |it: &&str| it.contains(|c: char| c.is_ascii_digit()) || it.contains(['-', '_', '#']);
    !words.is_empty() && words.iter().all(like) && inside.len() < 200
}

fn cite(file: &mut BriefFile, inside: &str) {
    let blank = file.text.len() - file.text.trim_end().len();
    let at = (file.text.len() - blank) as u32;
    // A footnote of ours repeats what the brackets before it say.
    for word in inside.split([' ', ',', ';']).filter(|it| !it.is_empty() && !it.starts_with('^')) {
        file.cited.push((at, word.to_owned()));
    }
    if inside.starts_with('^') && file.list.is_empty() {
        file.cited.push((at, inside.trim_start_matches('^').to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_citations_are_no_words() {
        let file = BriefFile::read(
            b"# Ferry to stop\n\n- **Anna Lind** met the [king](https://x.example) in Oslo. [1, 2][^1]\n",
        );
        assert_eq!(file.text, "Ferry to stop\nAnna Lind met the king in Oslo.\n");
        let cited: Vec<&str> = file.cited.iter().map(|it| it.1.as_str()).collect();
        assert_eq!(cited, ["1", "2", "1"]);
        assert!(file.cited.iter().all(|it| file.text[..it.0 as usize].ends_with("Oslo.")));
    }

    #[test]
    fn the_list_of_reports_is_read_and_not_checked() {
        let text = "It rained. [1]\n\n## Reports\n\n1. Rain (`a-1`): origin A\n\nLeft out: x.\n";
        let file = BriefFile::read(text.as_bytes());
        assert_eq!(file.text, "It rained.\n");
        assert_eq!(file.list, [("1".to_owned(), "a-1".to_owned())]);
    }

    #[test]
    fn cells_that_say_who_and_when_are_not_checked() {
        let text = "| What | Who says so | When |\n| --- | --- | --- |\n\
            | The ferry \\| barge line opened. [1] | The Haldry Lantern and report 4 | 3 May |\n";
        assert_eq!(BriefFile::read(text.as_bytes()).text, "The ferry | barge line opened.\n");
        let plain = "| The ferry opened in May | nobody was hurt on it<br>it rained all the day |\n";
        assert_eq!(
            BriefFile::read(plain.as_bytes()).text,
            "The ferry opened in May\nnobody was hurt on it\nit rained all the day\n"
        );
    }

    #[test]
    fn lines_of_one_paragraph_are_one() {
        assert_eq!(BriefFile::read(b"It rained\nall day.\n\nThen not.").text, "It rained all day.\nThen not.\n");
    }

    #[test]
    fn brackets_of_a_quotation_stay() {
        assert_eq!(
            BriefFile::read("He said “they [the miners] won”.".as_bytes()).text,
            "He said “they [the miners] won”.\n"
        );
    }

    #[test]
    fn our_json_is_read() {
        let json = br#"{"headline":{"text":"Ferry to stop","citations":[{"report":"a"}]},"sections":[]}"#;
        let file = BriefFile::read(json);
        assert_eq!((file.text.as_str(), file.cited[0].1.as_str()), ("Ferry to stop\n", "=a"));
    }
}
