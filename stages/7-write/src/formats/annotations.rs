//! The citations as a W3C Web Annotation collection (Web Annotation Data Model, JSON-LD): one annotation for each place that
//! a sentence of the account cites.
//!
//! The body is the sentence; the target is the report's page where the report states its address, else
//! `urn:rapporteur:report:ID`. The place is told twice: by position, in code points of the report's text as we read it, and
//! by its very words with 32 characters before and after, which hold on the page itself. Annotations of several stories stand
//! in one collection; the id of each begins with its story.

use rapporteur_model::Anchor;
use rapporteur_text::Offsets;
use serde_json::{Value, json};

use super::run::{address, code_points, pretty, report, report_urn, sentences, urn, uuid};
use super::{Export, Page, Write};

pub(crate) const EXPORT: Export = Export {
    name: "annotations",
    extension: "jsonld",
    media_type: "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"",
    about: "each citation as an annotation of its report (W3C Web Annotation)",
    write: Write::Text(write),
};

/// How many characters before and after the words are given with them.
const CONTEXT_CHARS: usize = 32;

fn write(pages: &[Page<'_>]) -> String {
    let counters = code_points(pages);
    let mut items = Vec::new();
    for page in pages {
        for (n, sentence) in sentences(page) {
            for (ix, citation) in sentence.citations().iter().enumerate() {
                let id = urn(&["annotation", &page.account.story, &n.to_string(), &(ix + 1).to_string()]);
                let counter = &counters[citation.report.ix()];
                items.push(annotation(page, &id, sentence.text(), *citation, counter));
            }
        }
    }
    let stories: Vec<&str> = pages.iter().map(|it| it.account.story.as_str()).collect();
    let collection = format!("urn:uuid:{}", uuid(&[&["annotations"][..], &stories].concat()));
    pretty(&json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": collection,
        "type": "AnnotationCollection",
        "label": "Citations of an account by rapporteur",
        "total": items.len(),
        "first": {
            "id": format!("{collection}#page-1"),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }))
}

fn annotation(page: &Page<'_>, id: &str, sentence: &str, citation: Anchor, counter: &Offsets<'_>) -> Value {
    let report = report(page, citation.report);
    let (text, span) = (report.text(), citation.span);
    let source = address(report).map_or_else(|| report_urn(page, citation.report), str::to_owned);
    let (start, end) = (counter.at(span.start()), counter.at(span.end()));
    let (prefix, suffix) = around(text, span.range());
    json!({
        "id": id,
        "type": "Annotation",
        "motivation": "describing",
        "body": { "type": "TextualBody", "value": sentence, "format": "text/plain", "language": "en" },
        "target": {
            "source": source,
            "selector": [
                { "type": "TextPositionSelector", "start": start, "end": end },
                { "type": "TextQuoteSelector", "exact": span.of(text), "prefix": prefix, "suffix": suffix },
            ],
        },
    })
}

/// The characters before and after a place.
fn around(text: &str, place: std::ops::Range<usize>) -> (&str, &str) {
    let before = text.get(..place.start).unwrap_or("");
    let after = text.get(place.end..).unwrap_or("");
    let from = before.char_indices().rev().take(CONTEXT_CHARS).last().map_or(before.len(), |(ix, _)| ix);
    let to = after.char_indices().nth(CONTEXT_CHARS).map_or(after.len(), |(ix, _)| ix);
    (&before[from..], &after[..to])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_counts_characters() {
        assert_eq!(around("élan vital", 6..11), ("élan ", ""));
        let long = "é".repeat(40) + "x" + &"ü".repeat(40);
        assert_eq!(around(&long, 80..81), ("é".repeat(32).as_str(), "ü".repeat(32).as_str()));
        assert_eq!(around("x", 0..1), ("", ""));
    }
}
