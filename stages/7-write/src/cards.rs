//! The lists beside the brief: reports with their lineage, origins with their letters, and what was read and left out.

use rapporteur_model::{Coverage, Direction, OriginCard, OriginIx, Relation, RelationKind, ReportCard, ReportIx, Role};

use crate::view::{View, join};

/// The reports of the story.
pub(crate) fn reports(view: &View<'_>) -> Vec<ReportCard> {
    let card = |ix: &ReportIx| {
        let meta = &view.report(*ix).article.metadata;
        let value = |it: &Option<rapporteur_model::Evidenced<String>>| it.as_ref().map(|it| it.value.clone());
        ReportCard {
            report: *ix,
            title: value(&meta.title),
            outlet: value(&meta.outlet),
            date: value(&meta.date_published).or_else(|| value(&meta.date_modified)),
            origin: view.origin(*ix).unwrap_or(OriginIx(u32::MAX)),
            lineage: lineage(view, *ix),
        }
    };
    view.story.iter().map(card).collect()
}

/// How a report comes from others, in words.
fn lineage(view: &View<'_>, ix: ReportIx) -> Option<String> {
    let mut said: Vec<String> = Vec::new();
    let mut wire: Vec<String> = Vec::new();
    for pair in view.relations.pairs.iter().filter(|it| it.kind.is_lineage() && (it.a == ix || it.b == ix)) {
        let other = if pair.a == ix { pair.b } else { pair.a };
        if view.story.contains(&other) && pair.kind == RelationKind::SharedWire {
            wire.push(view.label(other));
        } else if view.story.contains(&other) {
            said.extend(phrase(view, pair, ix, other));
        }
    }
    if !wire.is_empty() {
        said.push(format!("shares an agency report with {}", join(&wire)));
    }
    for outside in &view.relations.external {
        if outside.children.contains(&ix) {
            said.push(format!("comes from {} (not in the collection)", outside.name));
        } else if outside.cited_by.iter().any(|it| it.0 == ix) {
            said.push(format!("draws on {}", outside.name));
        }
    }
    said.sort();
    said.dedup();
    (!said.is_empty()).then(|| said.join("; "))
}

fn phrase(view: &View<'_>, pair: &Relation, ix: ReportIx, other: ReportIx) -> Option<String> {
    let from = matches!((pair.direction, pair.a == ix), (Direction::AFromB, true) | (Direction::BFromA, false));
    let other = view.label(other);
    let noun = match pair.kind {
        RelationKind::Identical => "the same as",
        RelationKind::NearCopy => "near copy of",
        RelationKind::Excerpt => "excerpt of",
        RelationKind::Version => "later version of",
        RelationKind::Rewrite => "rewrite of",
        RelationKind::SecondHand => "retells",
        RelationKind::Republication => "republication of",
        RelationKind::SharedWire | RelationKind::SharedQuote | RelationKind::Cites => return None,
    };
    match pair.direction {
        Direction::Unknown => Some(format!("{noun} {other}, or the reverse")),
        _ if from => Some(format!("{noun} {other}")),
        _ => None,
    }
}

/// The origins of the story with letters A, B, … in order of their first report.
pub(crate) fn origins(view: &View<'_>) -> Vec<OriginCard> {
    let card = |(n, ix): (usize, OriginIx)| {
        let origin = view.relations.origins.get(ix.ix());
        let reports: Vec<ReportIx> = view.story.iter().copied().filter(|it| view.origin(*it) == Some(ix)).collect();
        let name = origin.map(|it| it.name.clone()).filter(|it| !it.is_empty());
        let name = name.unwrap_or_else(|| reports.first().map_or_else(String::new, |it| view.label(*it)));
        OriginCard { letter: letter(n), name, reports }
    };
    view.origins().into_iter().enumerate().map(card).collect()
}

/// A, B, …, Z, AA, AB, …
fn letter(n: usize) -> String {
    let last = char::from(b'A' + (n % 26) as u8);
    if n < 26 { last.to_string() } else { letter(n / 26 - 1) + &last.to_string() }
}

/// What was read and what was left out, each line with its reason.
pub(crate) fn coverage(view: &View<'_>) -> Coverage {
    let mut left_out = Vec::new();
    for ix in view.story {
        let article = &view.report(*ix).article;
        let blocks = || article.blocks.iter();
        let n_furniture = blocks().filter(|it| it.role.is_furniture()).count();
        let n_repeat = blocks().filter(|it| it.repeat_of.is_some() && it.role.is_prose()).count();
        let n_pictures = blocks().filter(|it| matches!(it.role, Role::Caption | Role::Credit)).count();
        let mut parts = Vec::new();
        let mut part = |n: usize, one: &str, many: &str| {
            if n > 0 {
                parts.push(if n == 1 { format!("1 {one}") } else { format!("{n} {many}") });
            }
        };
        part(n_furniture, "block of page furniture", "blocks of page furniture");
        part(n_repeat, "passage printed a second time", "passages printed a second time");
        part(n_pictures, "picture caption or credit", "picture captions or credits");
        if !parts.is_empty() {
            left_out.push(format!("{}: {}", view.label(*ix), join(&parts)));
        }
        if let Some(day) = view.day(*ix).filter(|_| view.is_of_another_time(*ix)) {
            left_out.push(format!("{}: told on {day}, weeks from the others", view.label(*ix)));
        }
        let language = article.metadata.language.as_ref().map(|it| it.value.as_str());
        if let Some(other) = language.filter(|it| !it.starts_with("en")) {
            left_out.push(format!("{}: not read, its language is {other}", view.label(*ix)));
        }
    }
    Coverage { n_reports: view.story.len(), n_origins: view.origins().len(), left_out, as_of: view.as_of.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([letter(0), letter(25), letter(26), letter(27), letter(702)], ["A", "Z", "AA", "AB", "AAA"]);
    }
}
