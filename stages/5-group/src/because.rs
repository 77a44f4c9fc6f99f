//! Why a report is in its story, in words.

use rapporteur_model::{Annotated, Direction, Relation, RelationKind, ReportIx};

use crate::vectors::{Profile, cosine};

const NAMES_MAX: usize = 4;

/// Reasons for `report` among `story`; `story` holds indices of reports and itself.
pub(crate) fn reasons(
    report: usize,
    story: &[usize],
    reports: &[&Annotated],
    profiles: &[Profile],
    pairs: &[&Relation],
) -> Vec<String> {
    let mut because = Vec::new();
    for pair in pairs.iter().filter(|it| it.a.ix() == report || it.b.ix() == report) {
        let other = if pair.a.ix() == report { pair.b } else { pair.a };
        if story.contains(&other.ix()) && because.len() < 2 {
            because.push(lineage(report, other, pair, reports));
        }
    }
    let likest = story.iter().copied().filter(|it| *it != report).max_by(|one, other| {
        let like = |it: usize| cosine(&profiles[report].body, &profiles[it].body);
        like(*one).total_cmp(&like(*other)).then(other.cmp(one))
    });
    let Some(other) = likest else {
        return vec!["no other report tells of the same".to_owned()];
    };
    let names: Vec<&str> = profiles[report]
        .shown
        .iter()
        .filter(|(stem, _)| profiles[other].shown.iter().any(|it| it.0 == *stem))
        .map(|it| it.1.as_str())
        .take(NAMES_MAX)
        .collect();
    let id = reports[other].id();
    let dates = dates(&profiles[report], &profiles[other]);
    match (names.is_empty(), dates) {
        (false, Some(dates)) => because.push(format!("names {} as {id} does, {dates}", list(&names))),
        (false, None) => because.push(format!("names {} as {id} does", list(&names))),
        (true, Some(dates)) => because.push(format!("uses the words of {id}, {dates}")),
        (true, None) => because.push(format!("uses the words of {id}")),
    }
    because
}

fn lineage(report: usize, other: ReportIx, pair: &Relation, reports: &[&Annotated]) -> String {
    let id = reports[other.ix()].id();
    let comes_from_other =
        matches!((pair.direction, pair.a.ix() == report), (Direction::AFromB, true) | (Direction::BFromA, false));
    match pair.kind {
        RelationKind::SharedQuote => format!("quotes the same words as {id}"),
        RelationKind::SharedWire => format!("shares a wire text with {id}"),
        RelationKind::Cites => format!("cites {id} or is cited by it"),
        _ if comes_from_other => format!("comes from {id} ({})", pair.kind.as_str()),
        _ if pair.direction == Direction::Unknown => format!("has the text of {id} ({})", pair.kind.as_str()),
        _ => format!("is the parent of {id} ({})", pair.kind.as_str()),
    }
}

fn dates(one: &Profile, other: &Profile) -> Option<String> {
    let days = (one.day? - other.day?).abs();
    Some(match days {
        0 => "on the same day".to_owned(),
        1 => "a day apart".to_owned(),
        _ => format!("{days} days apart"),
    })
}

fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [firsts @ .., last] => format!("{} and {last}", firsts.join(", ")),
    }
}
