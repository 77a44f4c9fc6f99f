//! Sentences about the reports themselves: "Report 3 against report 1: dozen became several", "six hours (report 1) against
//! seven (North Post)". What they compare must stand in the reports that they name or cite.

use rapporteur_model::{Anchor, CheckVerdict, Checked, ReportIx};
use rapporteur_text::fold;

use super::windows::Claimed;
use crate::story::View;

/// Words of such sentences that are no report's.
const OF_COMPARISON: [&str; 28] = [
    "expect", "left", "report", "lost", "other", "became", "become", "leave", "add", "print", "stand", "parent",
    "quotation", "mark", "place", "without", "rewrite", "against", "same", "figure", "state", "open", "date", "differ",
    "wording", "leaf", "name", "number",
];

/// A report whose title has the words, with the title's place or, where that stands beside the text, the report's opening.
pub(super) fn has_title(view: &View<'_>, claimed: &Claimed) -> Option<(String, Anchor)> {
    const WORDS_MIN: usize = 3;
    let bare = |it: &str| {
        let words = fold(it);
        let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        format!(" {} ", words.join(" "))
    };
    let words = bare(claimed.span.of(view.report(claimed.report).text()));
    if words.split_whitespace().count() < WORDS_MIN {
        return None;
    }
    view.story.reports.iter().filter(|it| **it != claimed.report).find_map(|ix| {
        let report = view.report(*ix);
        let title = report.article.metadata.title.as_ref().filter(|it| bare(&it.value).contains(&words))?;
        let span = title.spans.first().copied().or_else(|| Some(report.annotations.sentences.first()?.span))?;
        Some((report.id().to_owned(), Anchor::new(*ix, span)))
    })
}

/// The verdict on a sentence that sets reports side by side; `None` for all others. `cited` are the reports it cites.
pub(super) fn about_reports(view: &View<'_>, claimed: &Claimed, cited: &[ReportIx]) -> Option<Checked> {
    let text = view.report(claimed.report).text();
    let words: Vec<&str> =
        claimed.span.of(text).split(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '(' | ')')).collect();
    let whole = claimed.span.of(text);
    let head = whole.split_once(':').map_or("", |it| it.0);
    let is_comparison = whole.contains(") against ") || head.contains(" against ") || whole.contains("); left open: ");
    let mut named: Vec<ReportIx> = view
        .story
        .reports
        .iter()
        .copied()
        .filter(|it| *it != claimed.report && words.contains(&view.report(*it).id()))
        .collect();
    if named.len() < 2 {
        if !is_comparison || cited.is_empty() {
            return None;
        }
        named = cited.to_vec();
        named.sort_unstable();
        named.dedup();
    }
    // What stands in brackets, and before the colon of "X against Y:", is what the brief calls the reports.
    let is_label = |at: rapporteur_model::Span| {
        let before = &text[claimed.span.start() as usize..at.start() as usize];
        before.matches('(').count() > before.matches(')').count()
            || head.contains(" against ") && before.len() < head.len()
    };
    // A day is the same day in whatever words.
    let is_day = |at: rapporteur_model::Span| {
        let times = |ix: ReportIx| &view.report(ix).annotations.times;
        let Some(own) = times(claimed.report).iter().find(|it| it.span.contains(at)) else { return false };
        own.value.is_some() && named.iter().any(|ix| times(*ix).iter().any(|it| same_day(&it.value, &own.value)))
    };
    let texts: Vec<String> = named.iter().map(|it| fold(view.report(*it).text())).collect();
    let known = &view.report(claimed.report).annotations;
    let missing: Vec<_> = claimed
        .tokens
        .clone()
        .filter(|it| matches!(known.tokens[*it].pos, "NOUN" | "PROPN" | "VERB" | "ADJ" | "NUM"))
        .map(|it| known.tokens[it].span)
        .filter(|it| !is_label(*it) && !is_day(*it))
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

/// Whether two TIMEX3 values name one day, whatever the hour.
fn same_day(one: &Option<String>, other: &Option<String>) -> bool {
    let day = |it: &Option<String>| it.as_deref().map(|it| it.split('T').next().unwrap_or(it).to_owned());
    one.is_some() && day(one) == day(other)
}
