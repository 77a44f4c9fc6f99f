//! The brief as Markdown: numbered citations lead to the list of reports, and below it to the exact words.

use std::collections::BTreeMap;
use std::fmt::Write;

use rapporteur_model::{Anchor, CitedSentence, ReportIx, Style};
use rapporteur_text::{Offsets, Unit};

use super::fact_rows::{self, HEADS, Told, UNKNOWN};
use super::{Format, Page};
use crate::view::one_line;

pub(crate) const FORMAT: Format = Format { name: "markdown", extension: "md", media_type: "text/markdown", write };

/// Quoted evidence longer than this is cut in the middle of the list, with an ellipsis.
const EVIDENCE_CHARS_MAX: usize = 240;

fn write(page: &Page<'_>) -> String {
    let mut out = String::new();
    let account = page.account;
    let mut notes = Notes { page, text: String::new(), n: 0, offsets: BTreeMap::new() };
    if let Some(headline) = &account.headline {
        let n = notes.add_title(headline);
        let numbers = page.numbers(headline.citations());
        let _ = writeln!(out, "# {} [{numbers}][^{n}]\n", escape(headline.text()));
    }
    let _ = writeln!(out, "*{}*", page.summary());
    if account.style == Style::Table {
        table(page, &mut out, &mut notes);
    } else {
        for section in &account.sections {
            let _ = writeln!(out, "\n## {}\n", section.kind.title());
            for sentence in &section.sentences {
                let note = sentence.note.as_ref().map_or_else(String::new, |it| format!(" *({})*", escape(it)));
                let numbers = page.numbers(sentence.citations());
                let n = notes.add(sentence.citations());
                let _ = writeln!(out, "- {} [{numbers}]{note}[^{n}]", escape(sentence.text()));
            }
        }
    }
    let _ = writeln!(out, "\n## Reports\n");
    for card in &account.reports {
        let mut facts = vec![format!("origin {}", page.letter(card.report))];
        facts.push(card.outlet.clone().unwrap_or_else(|| "outlet not stated".to_owned()));
        facts.push(card.date.clone().unwrap_or_else(|| "date not stated".to_owned()));
        facts.extend(card.lineage.clone());
        let id = page.reports[card.report.ix()].id();
        let _ = writeln!(
            out,
            "{}. {} (`{id}`): {}",
            page.number(card.report),
            escape(&page.name(card.report)),
            escape(&facts.join("; "))
        );
    }
    if !account.coverage.left_out.is_empty() {
        let _ = writeln!(out, "\nLeft out: {}.", escape(&account.coverage.left_out.join("; ")));
    }
    let _ = writeln!(out, "Agreement between reports is not proof.\n\n{}", notes.text);
    out
}

/// A row a fact; an empty brief has no table.
fn table(page: &Page<'_>, out: &mut String, notes: &mut Notes<'_>) {
    let rows = fact_rows::rows(page);
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n| {} |\n|{}", HEADS.join(" | "), " --- |".repeat(HEADS.len()));
    for row in rows {
        let mut told = |it: &Told| {
            let n = notes.add(&it.citations);
            format!("{} [{}][^{n}]", escape(&one_line(&it.text)), page.numbers(&it.citations))
        };
        let what = told(&row.what);
        let differ: Vec<String> = row.differ.iter().map(told).collect();
        let differ = if differ.is_empty() { UNKNOWN.to_owned() } else { differ.join("<br>") };
        let when = row.when.as_deref().unwrap_or(UNKNOWN);
        let _ = writeln!(out, "| {what} | {} | {} | {when} | {differ} |", escape(&one_line(&row.who)), row.n_origins);
    }
}

/// The words behind each sentence, as footnotes.
struct Notes<'a> {
    page: &'a Page<'a>,
    text: String,
    n: usize,
    offsets: BTreeMap<ReportIx, Offsets<'a>>,
}

impl Notes<'_> {
    /// The note of a headline: a report's title, where it is one, stands beside the text in many files.
    fn add_title(&mut self, headline: &CitedSentence) -> usize {
        let title = |it: &Anchor| {
            let report = &self.page.reports[it.report.ix()];
            let title = report.article.metadata.title.as_ref()?;
            let words = one_line(&title.value);
            let is_one = title.spans.is_empty() && words.starts_with(headline.text());
            is_one.then(|| format!("{} `{}:title`: {}", self.page.number(it.report), report.id(), escape(&words)))
        };
        match headline.citations() {
            [one] if title(one).is_some() => {
                let words = title(one).unwrap_or_default();
                self.n += 1;
                let _ = writeln!(self.text, "[^{}]: {words}", self.n);
                self.n
            }
            all => self.add(all),
        }
    }

    /// The number of a new note.
    fn add(&mut self, citations: &[Anchor]) -> usize {
        self.n += 1;
        let page = self.page;
        let words: Vec<String> = citations
            .iter()
            .map(|it| {
                let text = page.reports[it.report.ix()].text();
                let offsets = self.offsets.entry(it.report).or_insert_with(|| Offsets::new(text, Unit::Char));
                evidence(page, offsets, it)
            })
            .collect();
        let _ = writeln!(self.text, "[^{}]: {}", self.n, words.join(" · "));
        self.n
    }
}

/// `1 `id:start-end`: words`; offsets count characters, as in rows.
fn evidence(page: &Page<'_>, offsets: &Offsets<'_>, it: &Anchor) -> String {
    let words = one_line(it.span.of(page.reports[it.report.ix()].text()));
    let words = match words.char_indices().nth(EVIDENCE_CHARS_MAX) {
        Some((cut, _)) => format!("{}…", &words[..cut]),
        None => words,
    };
    let [start, end] = [it.span.start(), it.span.end()].map(|at| offsets.at(at));
    let id = page.reports[it.report.ix()].id();
    format!("{} `{id}:{start}-{end}`: {}", page.number(it.report), escape(&words))
}

/// What reports say is not markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        // A line break would end the list entry or the row.
        out.push(if matches!(c, '\n' | '\r') { ' ' } else { c });
    }
    out
}
