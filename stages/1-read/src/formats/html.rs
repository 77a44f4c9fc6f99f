//! HTML and XHTML pages.

use crate::ReadOutcome;
use crate::formats::{Format, Input};
use crate::html::page;
use crate::report::one;
use rapporteur_model::{Media, Span};

pub(crate) const FORMAT: Format =
    Format { name: "html", extensions: &["html", "htm", "xhtml", "shtml"], is_like, read };

// Signs that are not found at the start of a text that only speaks of tags.
fn is_like(text: &str) -> bool {
    let head: String = text.chars().take(1024).collect::<String>().to_ascii_lowercase();
    if !head.starts_with('<') {
        return false;
    }
    const STARTS: &[&str] = &[
        "<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<div", "<p>", "<p ", "<h1", "<article",
        "<main", "<section", "<table", "<script", "<style", "<link", "<span", "<ul", "<header",
    ];
    STARTS.iter().any(|it| head.starts_with(it))
        || (head.starts_with("<?xml") || head.starts_with("<!--"))
            && (head.contains("<html") || head.contains("<!doctype html"))
}

/// Whether text inside another format (a field of a JSON row) is HTML: it has tags that end.
pub(crate) fn has_markup(text: &str) -> bool {
    let text = text.trim_start();
    let Some(rest) = text.strip_prefix('<') else { return false };
    let name = &rest[..rest.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(rest.len())];
    let is_inline =
        matches!(name, "a" | "b" | "i" | "em" | "strong" | "small" | "img" | "br" | "blockquote" | "figure" | "ol");
    is_like(text) || is_inline && text.contains("</")
}

fn read(input: Input<'_>) -> ReadOutcome {
    let page = page::render(&input.decoded.text, input.limits);
    let mut report = one(input, Media::Html, page.text, page.map, page.blocks);
    report.declared = page.declared;
    for declared in &mut report.declared {
        declared.raw = declared.raw.and_then(|(start, end)| input.raw_of(Span::new(start, end)));
    }
    report.problems.extend(page.problems);
    ReadOutcome::of(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_fields() {
        assert!(has_markup("<p>One</p>\n<p>Two</p>\n"));
        assert!(has_markup("<em>Note</em> <i>x</i>"));
        assert!(!has_markup("<Name withheld> told us </p>"));
        assert!(!has_markup("a < b"));
    }
}
