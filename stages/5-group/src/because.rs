//! Why a report is in its story, in words.

use rapporteur_model::{Annotated, Direction, Relation, RelationKind, ReportIx};

use crate::read::Name;
use crate::vectors::{Profiles, cosine};

const NAMES_MAX: usize = 4;

/// The reports in the order they were given, and their profiles with the place of each.
pub(crate) struct Known<'a> {
    pub(crate) reports: &'a [Annotated],
    pub(crate) profiles: &'a Profiles,
    pub(crate) place: &'a [u32],
}

impl Known<'_> {
    fn likeness(&self, one: usize, other: usize) -> f32 {
        let body = |it: usize| self.profiles.body.of(self.place[it] as usize);
        cosine(body(one), body(other))
    }

    fn names(&self, report: usize) -> &[Name] {
        self.profiles.names(self.place[report] as usize)
    }

    fn day(&self, report: usize) -> Option<i32> {
        self.profiles.days[self.place[report] as usize]
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
    let others = story.iter().copied().filter(|it| *it != report).take(COMPARED_MAX);
    // Of equal ones the first by id, the order of `story`.
    let likest = others
        .map(|it| (known.likeness(report, it), it))
        .reduce(|best, it| if best.0 < it.0 { it } else { best });
    let Some((_, other)) = likest else {
        return vec!["no other report tells of the same".to_owned()];
    };
    let text = known.reports[report].text();
    let names: Vec<&str> = known
        .names(report)
        .iter()
        .filter(|name| known.names(other).iter().any(|it| it.stem == name.stem))
        .map(|it| it.span.of(text))
        .take(NAMES_MAX)
        .collect();
    let id = known.reports[other].id();
    let dates = dates(known.day(report), known.day(other));
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

fn dates(one: Option<i32>, other: Option<i32>) -> Option<String> {
    Some(match one?.abs_diff(other?) {
        0 => "on the same day".to_owned(),
        1 => "a day apart".to_owned(),
        days => format!("{days} days apart"),
    })
}

fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [firsts @ .., last] => format!("{} and {last}", firsts.join(", ")),
    }
}
