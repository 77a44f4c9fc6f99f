//! Sentences about the reports themselves: "002 against 001: dozen became several". What they compare must stand in the
//! reports that they name.

use rapporteur_model::{Anchor, CheckVerdict, Checked, ReportIx};
use rapporteur_text::fold;

use super::windows::Claimed;
use crate::story::View;

/// Words of such sentences that are no report's.
const OF_COMPARISON: [&str; 23] = [
    "became", "become", "leave", "add", "print", "stand", "parent", "quotation", "mark", "place", "without", "rewrite",
    "against", "same", "figure", "state", "open", "date", "differ", "wording", "leaf", "name", "number",
];

/// The verdict on a sentence that names reports by their ids; `None` for all others.
pub(super) fn about_reports(view: &View<'_>, claimed: &Claimed) -> Option<Checked> {
    let text = view.report(claimed.report).text();
    let words: Vec<&str> =
        claimed.span.of(text).split(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '(' | ')')).collect();
    let named: Vec<ReportIx> = view
        .story
        .reports
        .iter()
        .copied()
        .filter(|it| *it != claimed.report && words.contains(&view.report(*it).id()))
        .collect();
    if named.len() < 2 {
        return None;
    }
    let texts: Vec<String> = named.iter().map(|it| fold(view.report(*it).text())).collect();
    let known = &view.report(claimed.report).annotations;
    let missing: Vec<_> = claimed
        .tokens
        .clone()
        .filter(|it| matches!(known.tokens[*it].pos, "NOUN" | "PROPN" | "VERB" | "ADJ" | "NUM"))
        .map(|it| known.tokens[it].span)
        .filter(|it| {
            let word = fold(it.of(text));
            let id = named.iter().any(|ix| view.report(*ix).id() == it.of(text));
            !id && !OF_COMPARISON.iter().any(|own| word.starts_with(own)) && !texts.iter().any(|it| it.contains(&word))
        })
        .collect();
    let support =
        named.iter().filter_map(|it| Some(Anchor::new(*it, view.report(*it).annotations.sentences.first()?.span)));
    let (verdict, because) = if missing.is_empty() {
        (CheckVerdict::Supported, "the reports it names have these words".to_owned())
    } else {
        let words: Vec<&str> = missing.iter().map(|it| it.of(text)).collect();
        (CheckVerdict::Partly, format!("neither report has “{}”", words.join("”, “")))
    };
    let support = if missing.is_empty() { support.collect() } else { Vec::new() };
    Some(Checked { sentence: claimed.span, verdict, because, support, missing, cited: Vec::new() })
}
