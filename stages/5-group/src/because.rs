//! Why a report is in its story, in words.

use rapporteur_model::{Annotated, Direction, Relation, RelationKind, ReportIx};

use crate::vectors::{Profile, cosine};

const NAMES_MAX: usize = 4;

/// The reports in the order they were given, and their profiles with the place of each.
pub(crate) struct Known<'a> {
    pub(crate) reports: &'a [Annotated],
    pub(crate) profiles: &'a [Profile],
    pub(crate) place: &'a [u32],
}

impl Known<'_> {
    fn profile(&self, report: usize) -> &Profile {
        &self.profiles[self.place[report] as usize]
    }
}

/// Of a large story, so many reports are looked at for the one most like a report.
const COMPARED_MAX: usize = 64;

/// Reasons for `report` among `story`; `story` holds indices of reports and itself.
pub(crate) fn reasons(report: usize, story: &[usize], known: &Known<'_>, pairs: &[&Relation]) -> Vec<String> {
    let mut because = Vec::new();
    for pair in pairs.iter().filter(|it| it.a.ix() == report || it.b.ix() == report) {
        let other = if pair.a.ix() == report { pair.b } else { pair.a };
        if story.contains(&other.ix()) && because.len() < 2 {
            because.push(lineage(report, other, pair, known.reports));
        }
    }
    let own = known.profile(report);
    let others = story.iter().copied().filter(|it| *it != report).take(COMPARED_MAX);
    // Of equal ones the first by id, the order of `story`.
    let likest = others
        .map(|it| (cosine(&own.body, &known.profile(it).body), it))
        .reduce(|best, it| if best.0 < it.0 { it } else { best });
    let Some((_, other)) = likest else {
        return vec!["no other report tells of the same".to_owned()];
    };
    let names: Vec<&str> = own
        .shown
        .iter()
        .filter(|(stem, _)| known.profile(other).shown.iter().any(|it| it.0 == *stem))
        .map(|it| it.1.as_str())
        .take(NAMES_MAX)
        .collect();
    let id = known.reports[other].id();
    let dates = dates(own, known.profile(other));
    match (names.is_empty(), dates) {
        (false, Some(dates)) => because.push(format!("names {} as {id} does, {dates}", list(&names))),
        (false, None) => because.push(format!("names {} as {id} does", list(&names))),
        (true, Some(dates)) => because.push(format!("uses the words of {id}, {dates}")),
        (true, None) => because.push(format!("uses the words of {id}")),
    }
    because
}

fn lineage(report: usize, other: ReportIx, pair: &Relation, reports: &[Annotated]) -> String {
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
