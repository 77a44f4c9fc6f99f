//! Who wrote it: persons, each with the words or the declaration that names them.

use crate::Piece;
use crate::names::{in_byline, is_person, natural_case};
use crate::words::trim_marks;
use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Evidenced, Report, Role, Span};

/// Declarations of authors, the most trusted first.
const DECLARED: &[&str] = &[
    "json:author", "front-matter:author", "feed:author", "newsml:author", "jsonld:author", "meta:author",
    "meta:authors", "meta:byl", "meta:sailthru.author", "meta:parsely-author", "meta:dc.creator", "dc:creator",
    "itemprop:author", "jsonld:creator", "article:author", "rel:author", "itemprop:name",
];

pub(super) fn find(
    report: &Report,
    pieces: &[Piece],
    outlet: Option<&str>,
    lexicon: &Lexicon,
) -> Vec<Evidenced<String>> {
    let text = report.text.as_str();
    for name in DECLARED {
        let mut found: Vec<Evidenced<String>> = Vec::new();
        for it in report.declared.iter().filter(|it| it.name == *name) {
            for (value, _) in in_value(&it.value, outlet, lexicon) {
                if !found.iter().any(|old| old.value.eq_ignore_ascii_case(&value)) {
                    let spans = printed(text, pieces, &value);
                    found.push(Evidenced { value, spans, how: it.name.clone() });
                }
            }
        }
        if !found.is_empty() {
            return found;
        }
    }
    let mut found: Vec<Evidenced<String>> = Vec::new();
    for piece in pieces.iter().filter(|it| it.role == Role::Byline) {
        let is_sure = piece.how == "byline" || piece.span.of(text).to_lowercase().starts_with("by ");
        for (value, span) in in_byline(text, piece.span, is_sure, lexicon) {
            if Some(value.as_str()) != outlet && !found.iter().any(|old| old.value.eq_ignore_ascii_case(&value)) {
                found.push(Evidenced::at(value, span, "byline"));
            }
        }
    }
    found
}

// The persons a declared value names: one, or several with commas and "and".
fn in_value(value: &str, outlet: Option<&str>, lexicon: &Lexicon) -> Vec<(String, Span)> {
    if value.starts_with("http") || value.starts_with('@') || 300 < value.len() {
        return Vec::new();
    }
    let is_outlet = |name: &str| outlet.is_some_and(|it| it.eq_ignore_ascii_case(name));
    let found: Vec<(String, Span)> = in_byline(value, Span::at(0, value.len()), true, lexicon)
        .into_iter()
        .filter(|(name, _)| !is_outlet(name))
        .collect();
    if !found.is_empty() {
        return found;
    }
    // An agency that is declared as the author is the only one there is.
    let name = trim_marks(value);
    let name = name.strip_prefix("By ").unwrap_or(name);
    if lexicon.outlet(name).is_some_and(rapporteur_lexicon::Outlet::is_agency) {
        return vec![(name.to_owned(), Span::at(0, value.len()))];
    }
    // A declared author may write under one name, or a name of a script without capitals.
    let is_whole = !is_outlet(name) && is_person(name, lexicon);
    if is_whole { vec![(natural_case(name), Span::at(0, value.len()))] } else { Vec::new() }
}

// Where the page prints the name, in a byline.
fn printed(text: &str, pieces: &[Piece], name: &str) -> Vec<Span> {
    let lines = pieces.iter().filter(|it| it.role == Role::Byline);
    let found = lines.into_iter().find_map(|it| {
        let at = it.span.of(text).find(name)?;
        Some(Span::at(it.span.start() as usize + at, it.span.start() as usize + at + name.len()))
    });
    found.into_iter().collect()
}
