//! A small reader for tests and examples: one line, one block. Stages 1 and 2 do this for real.
#![allow(dead_code)]

use rapporteur_model::{Annotated, ArticleBlock, CitedKind, CitedSource, Evidenced, Role, Span};

/// A report of the text alone. A line "Source: X" or "Source(s): X" is a source line, "writes X" in the first lines a
/// second-hand report, "an X analysis" an analysis.
pub(crate) fn report(id: &str, text: &str) -> Annotated {
    let mut report = Annotated::default();
    report.article.report.id = id.to_owned();
    report.article.report.text = text.to_owned();
    let mut start = 0;
    let mut is_first = true;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if !bare.is_empty() {
            let from = start + line.find(bare).unwrap_or(0);
            let span = Span::at(from, from + bare.len());
            let role = role(bare, is_first);
            is_first = false;
            report.article.blocks.push(ArticleBlock { span, role, repeat_of: None, how: "test" });
        }
        start += line.len();
    }
    for (cue, end, kind) in [
        ("Source: ", "\n", CitedKind::Republished),
        ("Source(s): ", "\n", CitedKind::Agency),
        ("(Reuters", ")", CitedKind::Agency),
        ("writes ", ".", CitedKind::Retold),
        (" according to an ", " analysis", CitedKind::Analysis),
        ("data from the US-based ", ".", CitedKind::Analysis),
    ] {
        for (at, _) in text.match_indices(cue) {
            let from = if cue.starts_with('(') { at + 1 } else { at + cue.len() };
            let Some(len) = text[from..].find(end) else { continue };
            if len > 0 && len < 40 {
                let name = text[from..from + len].trim().to_owned();
                report.article.cited.push(CitedSource { name, kind, span: Span::at(from, from + len) });
            }
        }
    }
    report
}

fn role(line: &str, is_first: bool) -> Role {
    let n_words = line.split_whitespace().count();
    if line.contains("Source: ") || line.starts_with("Source(s):") {
        Role::SourceLine
    } else if line.contains("Photograph:") || line.contains("/Reuters") {
        Role::Caption
    } else if ["Advertisement", "Copyright", "RELATED", "Read also", "You did not", "Updated "]
        .iter()
        .any(|it| line.starts_with(it))
    {
        Role::Furniture
    } else if is_first && n_words < 20 {
        Role::Headline
    } else if n_words < 6 {
        Role::Furniture
    } else {
        Role::Body
    }
}

/// With an outlet.
pub(crate) fn from_outlet(mut report: Annotated, outlet: &str) -> Annotated {
    report.article.metadata.outlet = Some(Evidenced::declared(outlet.to_owned(), "test"));
    report
}

/// With a date of publication.
pub(crate) fn dated(mut report: Annotated, date: &str) -> Annotated {
    report.article.metadata.date_published = Some(Evidenced::declared(date.to_owned(), "test"));
    report
}
