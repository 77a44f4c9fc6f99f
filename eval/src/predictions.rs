//! Records as plain predictions in code points of the text that the corpus holds.

use rapporteur_model::{ActorIx, Annotated, Article, MentionKind, Span};

use crate::Points;
use crate::system::Input;

/// An attribution.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quote {
    /// `direct`, `mixed`, `indirect`.
    pub kind: String,
    /// The words for the speaker.
    pub source: Vec<Points>,
    /// The words of saying.
    pub cue: Vec<Points>,
    /// What was said.
    pub content: Vec<Points>,
    /// Every name by which each speaker goes.
    pub speakers: Vec<Vec<String>>,
}

/// A temporal expression.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Time {
    /// Its words.
    pub at: Points,
    /// TIMEX3 type.
    pub kind: String,
    /// TIMEX3 value.
    pub value: Option<String>,
}

/// A figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figure {
    /// Its words.
    pub at: Points,
    /// The number.
    pub value: Option<f64>,
    /// The upper end of a range.
    pub value_max: Option<f64>,
    /// Standard unit.
    pub normalized_unit: String,
    /// `= ~ < > up down`.
    pub change: String,
}

/// A mention.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mention {
    /// Its words.
    pub at: Points,
    /// Whether it is a name.
    pub named: bool,
    /// `actor modifier demonym metonym place`.
    pub usage: String,
    /// Id and every name of the actor; empty when it is not known.
    pub names: Vec<String>,
}

/// An act.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Act {
    /// PLOVER type.
    pub kind: String,
    /// The word that evokes it.
    pub trigger: Points,
    /// Ids of who acts.
    pub actors: Vec<String>,
    /// Ids of towards whom.
    pub recipients: Vec<String>,
}

/// A position.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Position {
    /// The words that say so.
    pub at: Points,
    /// Every name of who.
    pub names: Vec<String>,
    /// `support oppose neutral`.
    pub stance: String,
}

/// Leads spans of a report to code points of the document it was read from.
pub struct Edge<'a> {
    article: &'a Article,
    /// Code points before each byte of the raw document.
    points: Vec<u32>,
}

impl<'a> Edge<'a> {
    /// For a text input; of HTML no corpus counts offsets.
    pub fn new(input: &Input, article: &'a Article) -> Edge<'a> {
        let mut points = Vec::with_capacity(input.bytes.len() + 1);
        let mut n_points = 0;
        for byte in &input.bytes {
            // A byte that goes on with a character does not begin one.
            n_points += u32::from(byte & 0xC0 != 0x80);
            points.push(n_points - 1);
        }
        points.push(n_points);
        Edge { article, points }
    }

    /// The range in code points; `None` when the span stands nowhere in the document.
    pub fn points(&self, span: Span) -> Option<Points> {
        let raw = self.article.report.raw_map.to_raw(span, self.article.report.text.len())?;
        let last = self.points.len() - 1;
        Some((self.points[raw.start.min(last)] as usize, self.points[raw.end.min(last)] as usize))
    }

    /// Several ranges; what stands nowhere is left out.
    pub fn all(&self, spans: &[Span]) -> Vec<Points> {
        spans.iter().filter_map(|span| self.points(*span)).collect()
    }
}

/// Every name of an actor, its id first.
pub fn names(report: &Annotated, actor: ActorIx) -> Vec<String> {
    let Some(actor) = report.annotations.actors.get(actor.ix()) else { return Vec::new() };
    [&actor.id, &actor.name].into_iter().chain(&actor.aliases).cloned().collect()
}

fn id(report: &Annotated, actor: ActorIx) -> String {
    report.annotations.actors.get(actor.ix()).map(|it| it.id.clone()).unwrap_or_default()
}

/// The attributions of a report.
pub fn quotes(report: &Annotated, edge: &Edge<'_>) -> Vec<Quote> {
    let one = |it: &rapporteur_model::Quote| Quote {
        kind: it.kind.as_str().to_owned(),
        source: edge.all(&it.source),
        cue: edge.all(&it.cue),
        content: edge.all(&it.content),
        speakers: it.speakers.iter().map(|actor| names(report, *actor)).collect(),
    };
    report.annotations.quotes.iter().map(one).collect()
}

/// The temporal expressions of a report.
pub fn times(report: &Annotated, edge: &Edge<'_>) -> Vec<Time> {
    let one = |it: &rapporteur_model::Time| {
        Some(Time { at: edge.points(it.span)?, kind: it.kind.as_str().to_owned(), value: it.value.clone() })
    };
    report.annotations.times.iter().filter_map(one).collect()
}

/// The figures of a report.
pub fn figures(report: &Annotated, edge: &Edge<'_>) -> Vec<Figure> {
    let one = |it: &rapporteur_model::Figure| {
        Some(Figure {
            at: edge.points(it.span)?,
            value: it.value,
            value_max: it.value_max,
            normalized_unit: it.normalized_unit.clone(),
            change: it.change.as_str().to_owned(),
        })
    };
    report.annotations.figures.iter().filter_map(one).collect()
}

/// The mentions of a report.
pub fn mentions(report: &Annotated, edge: &Edge<'_>) -> Vec<Mention> {
    let one = |it: &rapporteur_model::Mention| {
        Some(Mention {
            at: edge.points(it.span)?,
            named: it.kind == MentionKind::Named,
            usage: it.usage.as_str().to_owned(),
            names: it.actor.map(|actor| names(report, actor)).unwrap_or_default(),
        })
    };
    report.annotations.mentions.iter().filter_map(one).collect()
}

/// The acts of a report.
pub fn acts(report: &Annotated, edge: &Edge<'_>) -> Vec<Act> {
    let one = |it: &rapporteur_model::Act| {
        Some(Act {
            kind: it.kind.to_owned(),
            trigger: edge.points(it.trigger)?,
            actors: it.actors.iter().map(|actor| id(report, *actor)).collect(),
            recipients: it.recipients.iter().map(|actor| id(report, *actor)).collect(),
        })
    };
    report.annotations.acts.iter().filter_map(one).collect()
}

/// The positions of a report.
pub fn positions(report: &Annotated, edge: &Edge<'_>) -> Vec<Position> {
    let one = |it: &rapporteur_model::Position| {
        Some(Position {
            at: edge.points(it.span)?,
            names: names(report, it.actor),
            stance: it.stance.as_str().to_owned(),
        })
    };
    report.annotations.positions.iter().filter_map(one).collect()
}

/// The article's own running text, as extraction benchmarks want it: a paragraph a line, repeats left out.
pub fn body(article: &Article) -> String {
    let blocks = article.blocks.iter().filter(|block| block.role.is_body() && block.repeat_of.is_none());
    let texts: Vec<&str> = blocks.map(|block| block.span.of(article.text())).collect();
    texts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::{Silent, System as _};

    #[test]
    fn bytes_become_code_points() {
        let input = Input::text("a", "“é” x");
        let article = &Silent.read(std::slice::from_ref(&input))[0];
        let edge = Edge::new(&input, article);
        assert_eq!(edge.points(Span::new(0, 8)), Some((0, 3)));
        assert_eq!(edge.points(Span::new(9, 10)), Some((4, 5)));
    }
}
