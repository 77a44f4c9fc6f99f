//! Why a report is in its story, in words that are true of both reports it names: a name is told as a common one when both
//! texts have it, a happening when both tell of it as a fact, with the same parties.

mod happening;
mod names;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotated, Direction, Relation, RelationKind, ReportIx};

use crate::vectors::{Profiles, cosine};

/// The reports in the order they were given, and their profiles with the place of each.
pub(crate) struct Known<'a> {
    pub(crate) reports: &'a [Annotated],
    pub(crate) profiles: &'a Profiles,
    pub(crate) place: &'a [u32],
    pub(crate) lexicon: &'a Lexicon,
}

impl Known<'_> {
    fn likeness(&self, one: usize, other: usize) -> f32 {
        let body = |it: usize| self.profiles.body.of(self.place[it] as usize);
        cosine(body(one), body(other))
    }

    fn day(&self, report: usize) -> Option<i32> {
        self.profiles.days[self.place[report] as usize]
    }
}

/// Of a large story, so many reports are looked at for the one most like a report.
const COMPARED_MAX: usize = 64;
/// So many reasons of lineage are told.
const LINEAGE_MAX: usize = 2;

/// Reasons for `report` among `story`; `story` holds indices of reports and itself.
pub(crate) fn reasons(report: usize, story: &[usize], known: &Known<'_>, pairs: &[&Relation]) -> Vec<String> {
    let mut because = Vec::new();
    for pair in pairs.iter().filter(|it| it.a.ix() == report || it.b.ix() == report) {
        let other = if pair.a.ix() == report { pair.b } else { pair.a };
        if story.contains(&other.ix()) && because.len() < LINEAGE_MAX {
            because.push(lineage(report, other, pair, known.reports));
        }
    }
    let others = story.iter().copied().filter(|it| *it != report).take(COMPARED_MAX);
    // Of equal ones the first, in the order of `story`.
    let likest =
        others.map(|it| (known.likeness(report, it), it)).reduce(|best, it| if best.0 < it.0 { it } else { best });
    let Some((_, other)) = likest else {
        return vec!["no other report tells of the same".to_owned()];
    };
    let (own, also) = (&known.reports[report], &known.reports[other]);
    let mut parts = Vec::new();
    if let Some(happening) = happening::shared(own, also, known.lexicon) {
        parts.push(format!("both report {happening}"));
    }
    let names = names::shared(report, other, known);
    if !names.is_empty() {
        parts.push(format!("both name {}", list(&names)));
    }
    if names.len() < 2 {
        let words = names::words(report, other, known);
        if !words.is_empty() {
            let quoted: Vec<String> = words.iter().map(|it| format!("“{it}”")).collect();
            parts.push(format!("both have the words {}", list(&quoted)));
        }
    }
    parts.extend(days_apart(known.day(report), known.day(other)));
    if !parts.is_empty() {
        because.push(format!("with {}: {}", also.id(), parts.join("; ")));
    }
    if because.is_empty() {
        because.push(format!("its words are most like those of {}", also.id()));
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

fn days_apart(one: Option<i32>, other: Option<i32>) -> Option<String> {
    Some(match one?.abs_diff(other?) {
        0 => "of the same day".to_owned(),
        1 => "a day apart".to_owned(),
        days => format!("{days} days apart"),
    })
}

fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., last] => format!("{} and {last}", firsts.join(", ")),
    }
}
