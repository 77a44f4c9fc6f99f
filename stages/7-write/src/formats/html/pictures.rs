//! The two pictures, as plain drawing records for the template: the timeline and the lineage graph.

use rapporteur_model::{RelationKind, ReportIx};

use super::ledgers::DatedView;
use super::lights::colour;
use crate::formats::Page;

/// A timeline: days in order, evenly apart, since a story may reach from last week to ten years back.
pub(super) struct Timeline {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) axis: usize,
    pub(super) dots: Vec<Dot>,
    pub(super) labels: Vec<Label>,
}

/// Something on a day: solid when it happened, hollow when it lies ahead.
pub(super) struct Dot {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) row: usize,
    pub(super) is_ahead: bool,
    pub(super) title: String,
}

/// Words in a picture.
pub(super) struct Label {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) text: String,
}

const DAY_WIDTH: usize = 112;
const DOT_HEIGHT: usize = 18;
/// More dots a day than this are told by their number.
const DOTS_MAX: usize = 6;

pub(super) fn timeline(rows: &[DatedView]) -> Timeline {
    let days: Vec<&[DatedView]> = rows.chunk_by(|one, next| one.date == next.date).collect();
    let most = days.iter().map(|it| it.len().min(DOTS_MAX)).max().unwrap_or(0);
    let axis = 16 + most * DOT_HEIGHT;
    let mut picture =
        Timeline { width: days.len() * DAY_WIDTH + 20, height: axis + 50, axis, dots: Vec::new(), labels: Vec::new() };
    for (at, day) in days.iter().enumerate() {
        let x = at * DAY_WIDTH + DAY_WIDTH / 2 + 10;
        for (n, row) in day.iter().take(DOTS_MAX).enumerate() {
            let title = format!("{}: {} ({})", row.date, row.text, row.status);
            picture.dots.push(Dot { x, y: axis - 12 - n * DOT_HEIGHT, row: row.id, is_ahead: row.is_ahead, title });
        }
        picture.labels.push(Label { x, y: axis + 18, text: cut(day[0].date.trim_start_matches("the "), 19) });
        let more = if day.len() > 1 { format!(" +{}", day.len() - 1) } else { String::new() };
        picture.labels.push(Label { x, y: axis + 34, text: format!("{}{more}", cut(&day[0].word, 12)) });
    }
    picture
}

/// The lineage of the story's reports in columns: what is not in the collection, then parents, then what comes from them.
pub(super) struct Lineage {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

/// A report, or a source that is not here.
pub(super) struct Node {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) text: String,
    pub(super) full: String,
    /// The report's number; 0 for a source that is not here.
    pub(super) number: usize,
    pub(super) colour: usize,
}

/// One comes from the other; without a direction nobody knows which.
pub(super) struct Edge {
    pub(super) path: String,
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) label: String,
    pub(super) is_known: bool,
}

const NODE_WIDTH: usize = 170;
const NODE_HEIGHT: usize = 30;
const COLUMN_WIDTH: usize = 244;
const ROW_HEIGHT: usize = 48;

pub(super) fn lineage(page: &Page<'_>) -> Lineage {
    let reports: Vec<ReportIx> = page.account.origins.iter().flat_map(|it| it.reports.iter().copied()).collect();
    let here = |it: &ReportIx| reports.contains(it);
    let mut from: Vec<(ReportIx, ReportIx, RelationKind, bool)> = Vec::new();
    for pair in page.relations.pairs.iter().filter(|it| it.kind.is_lineage() && here(&it.a) && here(&it.b)) {
        let known = pair.derived_and_parent();
        let (child, parent) = known.unwrap_or((pair.b, pair.a));
        from.push((parent, child, pair.kind, known.is_some()));
    }
    let place = |it: ReportIx| reports.iter().position(|other| *other == it).unwrap_or(0);
    let mut outside: Vec<_> = page.relations.external.iter().filter(|it| it.children.iter().any(here)).collect();
    // Beside what comes from them, so that few lines cross.
    outside.sort_by_key(|it| it.children.iter().filter(|it| here(it)).map(|it| place(*it)).min());
    // A column for what is not here, then each report one column after what it comes from.
    let first = usize::from(!outside.is_empty());
    let mut depth = vec![first; reports.len()];
    for _ in 0..reports.len().min(12) {
        for (parent, child, _, is_known) in &from {
            let wanted = depth[place(*parent)] + 1;
            if *is_known && depth[place(*child)] < wanted && wanted <= first + 4 {
                depth[place(*child)] = wanted;
            }
        }
    }
    let spot = |column: usize, row: usize| (column * COLUMN_WIDTH + 6, row * ROW_HEIGHT + 6);
    let mut picture = Lineage { width: 0, height: 0, nodes: Vec::new(), edges: Vec::new() };
    for (row, report) in reports.iter().enumerate() {
        let (x, y) = spot(depth[row], row);
        let number = page.number(*report);
        let full = page.name(*report);
        picture.nodes.push(Node {
            x,
            y,
            text: cut(&format!("{number}. {full}"), 24),
            full,
            number,
            colour: colour(page, *report),
        });
    }
    for (row, source) in outside.iter().enumerate() {
        let (x, y) = spot(0, row);
        let full = format!("{}, not in the collection", source.name);
        picture.nodes.push(Node { x, y, text: cut(&source.name, 24), full, number: 0, colour: 0 });
        for child in source.children.iter().filter(|it| here(it)) {
            let to = spot(depth[place(*child)], place(*child));
            picture.edges.push(edge((x, y), to, "from".to_owned(), true));
        }
    }
    for (parent, child, kind, is_known) in from {
        let (one, other) = (spot(depth[place(parent)], place(parent)), spot(depth[place(child)], place(child)));
        picture.edges.push(edge(one, other, kind.as_str().replace('-', " "), is_known));
    }
    picture.width = picture.nodes.iter().map(|it| it.x + NODE_WIDTH + 8).max().unwrap_or(0);
    picture.height = picture.nodes.iter().map(|it| it.y + NODE_HEIGHT + 8).max().unwrap_or(0);
    picture
}

fn edge(one: (usize, usize), other: (usize, usize), label: String, is_known: bool) -> Edge {
    let middle = NODE_HEIGHT / 2;
    if one.0 == other.0 {
        // Side by side in one column: an arc at the right.
        let (x, y1, y2) = (one.0 + NODE_WIDTH, one.1 + middle, other.1 + middle);
        let path = format!("M{x} {y1} C{0} {y1} {0} {y2} {x} {y2}", x + 40);
        return Edge { path, x: x + 34, y: (y1 + y2) / 2, label, is_known };
    }
    let (x1, y1, x2, y2) = (one.0 + NODE_WIDTH, one.1 + middle, other.0, other.1 + middle);
    let half = (x1 + x2) / 2;
    Edge {
        path: format!("M{x1} {y1} C{half} {y1} {half} {y2} {x2} {y2}"),
        x: half,
        y: (y1 + y2) / 2 - 4,
        label,
        is_known,
    }
}

fn cut(text: &str, n_chars: usize) -> String {
    if text.chars().count() <= n_chars {
        return text.to_owned();
    }
    text.chars().take(n_chars - 1).collect::<String>().trim_end().to_owned() + "…"
}
