//! The lineage of a run as one page for people: who comes from whom as a picture, and for each line what the two share.
//!
//! The page shows what `rapporteur relate` prints as rows. A line of the picture is a link to its pair: the reasons, the
//! matching passages side by side with what changed marked in them, and what one has that the other has not. It needs no
//! script; parents that are not among the reports are dashed. Printed, it has all pairs.

mod layers;

use std::borrow::Cow;

use askama::Template;
use rapporteur_model::{Annotated, Direction, DriftKind, Relation, Span};

use self::layers::Line;
use super::{excerpt, shown};
use crate::Collection;

/// The whole page.
#[derive(Template)]
#[template(path = "lineage.html")]
struct LineagePage<'a> {
    title: String,
    pictures: Vec<Picture<'a>>,
    pairs: Vec<PairView<'a>>,
    /// Reports that nothing ties to another.
    alone: Vec<Cow<'a, str>>,
    n_origins: usize,
}

/// Reports that hang together, in units of the SVG.
struct Picture<'a> {
    width: usize,
    height: usize,
    nodes: Vec<NodeView<'a>>,
    edges: Vec<EdgeView>,
}

struct NodeView<'a> {
    x: usize,
    y: usize,
    name: Cow<'a, str>,
    /// The name as far as it fits.
    short: String,
    facts: String,
    /// Named by reports, and not among them.
    is_outside: bool,
}

struct EdgeView {
    number: usize,
    path: String,
    label: &'static str,
    label_x: usize,
    label_y: usize,
    is_directed: bool,
    title: String,
}

/// What two reports have of each other. The parent is left where it is known.
struct PairView<'a> {
    number: usize,
    kind: &'static str,
    left: Cow<'a, str>,
    right: Cow<'a, str>,
    /// Whether the right one is known to come from the left one.
    is_directed: bool,
    because: Vec<Cow<'a, str>>,
    /// What changed on the way: the sort of change, and the change in words.
    changes: Vec<(&'static str, Cow<'a, str>)>,
    rows: Vec<Row<'a>>,
}

/// Passages that match, or words that only one of the two has.
struct Row<'a> {
    how: &'static str,
    what: Cow<'a, str>,
    left: Vec<Piece<'a>>,
    right: Vec<Piece<'a>>,
}

/// A run of words, changed where it has a name of a change.
struct Piece<'a> {
    words: Cow<'a, str>,
    change: &'static str,
    what: Cow<'a, str>,
}

const NODE_WIDTH: usize = 200;
const NODE_HEIGHT: usize = 48;
const GAP_X: usize = 36;
const GAP_Y: usize = 92;
/// How far a line between two nodes of one layer hangs down.
const ARC: usize = 46;
const MARGIN: usize = 20;
/// Characters of a name that fit a node at the font size of the template.
const NODE_CHARS_MAX: usize = 27;

/// How the reports depend on each other, as one self-contained HTML page.
pub fn lineage_page(collection: &Collection) -> String {
    let reports = &collection.reports;
    let relations = &collection.relations;
    let mut lines = Vec::new();
    let mut pairs = Vec::new();
    for pair in &relations.pairs {
        let is_turned = pair.direction == Direction::AFromB;
        let (from, to) = if is_turned { (pair.b.ix(), pair.a.ix()) } else { (pair.a.ix(), pair.b.ix()) };
        lines.push(Line { from, to, is_directed: pair.direction != Direction::Unknown });
        pairs.push(pair_view(pairs.len() + 1, pair, &reports[from], &reports[to]));
    }
    for (at, source) in relations.external.iter().enumerate() {
        let from = reports.len() + at;
        let mut tied: Vec<(usize, &'static str)> = source.children.iter().map(|it| (it.ix(), "comes from")).collect();
        tied.extend(source.cited_by.iter().map(|it| (it.0.ix(), "cites")));
        // What comes from it as a whole cites it, too; one line is enough.
        tied.sort_by_key(|it| (it.0, it.1 == "cites"));
        tied.dedup_by_key(|it| it.0);
        for (to, kind) in tied {
            lines.push(Line { from, to, is_directed: true });
            let words = source.cited_by.iter().filter(|it| it.0.ix() == to).map(|it| it.1);
            pairs.push(outside_view(pairs.len() + 1, kind, &source.name, &reports[to], words));
        }
    }
    let n_nodes = reports.len() + relations.external.len();
    let parts = layers::parts(n_nodes, &lines);
    let mut is_drawn = vec![false; n_nodes];
    parts.iter().flatten().flatten().for_each(|it| is_drawn[*it] = true);
    let page = LineagePage {
        title: format!("{} reports, {} origins", reports.len(), relations.origins.len()),
        pictures: parts.iter().map(|it| picture(collection, it, &lines, &pairs)).collect(),
        alone: reports.iter().zip(&is_drawn).filter(|it| !it.1).map(|it| name_of(it.0)).collect(),
        n_origins: relations.origins.len(),
        pairs,
    };
    // The template reads plain data; rendering it to a string cannot fail.
    page.render().unwrap_or_default()
}

fn name_of(report: &Annotated) -> Cow<'_, str> {
    shown(report.id())
}

fn pair_view<'a>(number: usize, pair: &'a Relation, left: &'a Annotated, right: &'a Annotated) -> PairView<'a> {
    let is_turned = pair.direction == Direction::AFromB;
    let sides = |a: Option<Span>, b: Option<Span>| if is_turned { (b, a) } else { (a, b) };
    let mut changes: (Vec<Change<'_>>, Vec<Change<'_>>) = Default::default();
    for it in &pair.drift {
        let (in_left, in_right) = sides(it.a, it.b);
        changes.0.extend(in_left.map(|span| (span, it.kind, it.what.as_str())));
        changes.1.extend(in_right.map(|span| (span, it.kind, it.what.as_str())));
    }
    changes.0.sort_by_key(|it| (it.0, it.1));
    changes.1.sort_by_key(|it| (it.0, it.1));
    let passages = pair.passages.iter().map(|it| (sides(Some(it.a), Some(it.b)), it.how.as_str(), ""));
    let is_shown = |(one, other): (Option<Span>, Option<Span>)| {
        let inside = |span: Option<Span>, of: Option<Span>| span.is_none_or(|it| of.is_some_and(|of| of.overlaps(it)));
        pair.passages.iter().any(|it| {
            let (in_left, in_right) = sides(Some(it.a), Some(it.b));
            inside(one, in_left) && inside(other, in_right)
        })
    };
    let apart = pair.drift.iter().map(|it| (sides(it.a, it.b), it.kind.as_str(), it.what.as_str()));
    let mut rows: Vec<_> = passages.chain(apart.filter(|it| !is_shown(it.0))).collect();
    // In the order of the left one; what only the right one has comes last, in its own order.
    rows.sort_by_key(|it| (it.0.0.is_none(), it.0));
    PairView {
        number,
        kind: pair.kind.as_str(),
        left: name_of(left),
        right: name_of(right),
        is_directed: pair.direction != Direction::Unknown,
        because: pair.because.iter().map(|it| shown(it)).collect(),
        changes: pair.drift.iter().map(|it| (it.kind.as_str(), shown(&it.what))).collect(),
        rows: rows
            .into_iter()
            .map(|((one, other), how, what)| Row {
                how,
                what: shown(what),
                left: pieces(left.text(), one, &changes.0),
                right: pieces(right.text(), other, &changes.1),
            })
            .collect(),
    }
}

/// Words that changed, how, and what is said of it.
type Change<'a> = (Span, DriftKind, &'a str);

/// The words of a span, cut where a change begins or ends; of changes over each other the first counts.
fn pieces<'a>(text: &'a str, span: Option<Span>, changes: &[Change<'a>]) -> Vec<Piece<'a>> {
    let Some(span) = span else { return Vec::new() };
    let plain = |start, end| Piece { words: shown(Span::new(start, end).of(text)), change: "", what: "".into() };
    let mut found = Vec::new();
    let mut at = span.start();
    for (place, kind, what) in changes {
        let (start, end) = (place.start().max(at), place.end().min(span.end()));
        if end <= start {
            continue;
        }
        if at < start {
            found.push(plain(at, start));
        }
        found.push(Piece { words: shown(Span::new(start, end).of(text)), change: kind.as_str(), what: shown(what) });
        at = end;
    }
    if at < span.end() {
        found.push(plain(at, span.end()));
    }
    found
}

fn outside_view<'a>(
    number: usize,
    kind: &'static str,
    name: &'a str,
    report: &'a Annotated,
    words: impl Iterator<Item = Span>,
) -> PairView<'a> {
    let mut because: Vec<Cow<'a, str>> =
        words.map(|it| format!("its words: “{}”", excerpt(it.of(report.text()))).into()).collect();
    if because.is_empty() {
        let credits = report.article.cited.iter().filter(|it| it.name == name);
        because.extend(credits.map(|it| format!("its words: “{}”", excerpt(it.span.of(report.text()))).into()));
    }
    because.push("what it comes from is not among the reports".into());
    PairView {
        number,
        kind,
        left: shown(name),
        right: name_of(report),
        is_directed: true,
        because,
        changes: Vec::new(),
        rows: Vec::new(),
    }
}

fn picture<'a>(collection: &'a Collection, part: &[Vec<usize>], lines: &[Line], pairs: &[PairView<'_>]) -> Picture<'a> {
    let widest = part.iter().map(Vec::len).max().unwrap_or(0);
    let width = 2 * MARGIN + widest * (NODE_WIDTH + GAP_X) - GAP_X.min(widest * GAP_X);
    let mut place = std::collections::BTreeMap::new();
    let mut nodes = Vec::new();
    for (layer, members) in part.iter().enumerate() {
        let own = members.len() * (NODE_WIDTH + GAP_X) - GAP_X;
        for (at, node) in members.iter().enumerate() {
            let x = (width - own) / 2 + at * (NODE_WIDTH + GAP_X);
            let y = MARGIN + layer * (NODE_HEIGHT + GAP_Y);
            place.insert(*node, (x, y, layer));
            nodes.push(node_view(collection, *node, x, y));
        }
    }
    let mut edges = Vec::new();
    for (line, pair) in lines.iter().zip(pairs) {
        let (Some(from), Some(to)) = (place.get(&line.from), place.get(&line.to)) else { continue };
        edges.push(edge_view(*from, *to, edges.len(), line.is_directed, pair));
    }
    // Lines within the last layer hang below it.
    let last = part.len().saturating_sub(1);
    let hangs = |it: &Line| {
        let layer = |node: usize| place.get(&node).map(|it: &(usize, usize, usize)| it.2);
        layer(it.from) == Some(last) && layer(it.to) == Some(last)
    };
    let below = if lines.iter().any(hangs) { ARC } else { 0 };
    let height = 2 * MARGIN + part.len() * NODE_HEIGHT + last * GAP_Y + below;
    Picture { width, height, nodes, edges }
}

fn node_view(collection: &Collection, node: usize, x: usize, y: usize) -> NodeView<'_> {
    let Some(report) = collection.reports.get(node) else {
        let source = collection.relations.external.get(node - collection.reports.len());
        let name = source.map_or("".into(), |it| shown(&it.name));
        let short = cut(&name);
        return NodeView { x, y, name, short, facts: "not among the reports".to_owned(), is_outside: true };
    };
    let meta = &report.article.metadata;
    let facts: Vec<&str> =
        [&meta.outlet, &meta.date_published].into_iter().flatten().map(|it| it.value.as_str()).collect();
    let facts = if facts.is_empty() { "outlet and date not known".to_owned() } else { facts.join(", ") };
    let name = name_of(report);
    NodeView { x, y, short: cut(&name), name, facts: cut(&shown(&facts)), is_outside: false }
}

fn cut(name: &str) -> String {
    if name.chars().count() <= NODE_CHARS_MAX {
        return name.to_owned();
    }
    name.chars().take(NODE_CHARS_MAX - 1).chain(['…']).collect()
}

/// A line from node to node; `turn` spreads the labels of lines that run side by side.
fn edge_view(
    from: (usize, usize, usize),
    to: (usize, usize, usize),
    turn: usize,
    is_directed: bool,
    pair: &PairView<'_>,
) -> EdgeView {
    let middle = NODE_WIDTH / 2;
    let (x1, x2) = (from.0 + middle, to.0 + middle);
    let (path, label_x, label_y) = if from.2 == to.2 {
        // Side by side: an arc below both.
        let (y, low) = (from.1 + NODE_HEIGHT, from.1 + NODE_HEIGHT + ARC);
        (format!("M{x1} {y}C{x1} {low} {x2} {low} {x2} {y}"), x1.midpoint(x2), y + ARC / 2)
    } else {
        let (y1, y2) = if from.1 < to.1 { (from.1 + NODE_HEIGHT, to.1) } else { (from.1, to.1 + NODE_HEIGHT) };
        let half = y1.midpoint(y2);
        // Labels stand on their line at one of three places, given as t of the Bézier curve.
        let t = [0.35, 0.6, 0.85][turn % 3];
        let along = t * t * (3.0 - 2.0 * t);
        let down = 1.5 * t * (1.0 - t) + t * t * t;
        let at = |one: usize, other: usize, share: f64| (one as f64 + (other as f64 - one as f64) * share) as usize;
        (format!("M{x1} {y1}C{x1} {half} {x2} {half} {x2} {y2}"), at(x1, x2, along), at(y1, y2, down))
    };
    let arrow = if is_directed { "→" } else { "and" };
    let title = format!("{} {arrow} {}: {}", pair.left, pair.right, pair.because.join("; "));
    EdgeView { number: pair.number, path, label: pair.kind, label_x, label_y, is_directed, title }
}

#[cfg(test)]
mod tests;
