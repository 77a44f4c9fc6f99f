//! Records as plain predictions in code points of the text that the corpus holds.

use rapporteur_model::{ActorIx, ActorKind, Annotated, Article, MentionKind, Span};

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
    /// What was said, as rows have it: with quotation marks, with "that".
    pub content: Vec<Points>,
    /// Whether it is one link more of a chain that tells the same words: "…, citing two officials".
    pub is_link: bool,
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
    /// ISO 4217, for money.
    pub currency: Option<String>,
    /// Every name of who gives.
    pub giver: Vec<String>,
    /// Every name of who gets.
    pub recipient: Vec<String>,
    /// `proposed pledged agreed delivered blocked`.
    pub status: Option<String>,
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
    /// Of people without names: every name of the state or body they belong to.
    pub of: Vec<String>,
    /// Whether the actor is people without names: it claims no more than its words.
    pub unnamed: bool,
}

/// An act.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Act {
    /// PLOVER type.
    pub kind: String,
    /// Finer type, or nothing.
    pub mode: String,
    /// `happened scheduled …`
    pub realis: String,
    /// TIMEX3 value.
    pub time: Option<String>,
    /// Id and every name of each who takes part.
    pub names: Vec<Vec<String>>,
    /// The word that evokes it.
    pub trigger: Points,
    /// Ids of who acts.
    pub actors: Vec<String>,
    /// Ids of towards whom.
    pub recipients: Vec<String>,
    /// What a coder of events would enter: type, codes of who acts, codes of towards whom.
    pub coded: Option<(String, Vec<String>, Vec<String>)>,
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
///
/// The report's text may differ from the document's in white space and in characters that are not seen; the others stand
/// in the same order.
pub struct Edge {
    /// For each byte of the report's text, the code point of the document.
    points: Vec<u32>,
}

/// How far a character is looked for in the document before it is taken for one that the reader put in.
const LOOK_AHEAD: usize = 64;

impl Edge {
    /// For a text input; of HTML no corpus counts offsets.
    pub fn new(input: &Input, article: &Article) -> Edge {
        let document: Vec<char> = String::from_utf8_lossy(&input.bytes).chars().collect();
        let text = article.text();
        let mut points = Vec::with_capacity(text.len());
        let mut next = 0;
        for ch in text.chars() {
            let ahead = document[next.min(document.len())..].iter().take(LOOK_AHEAD);
            let same = ahead.clone().position(|it| *it == ch);
            // White space is not looked for beyond the next word: a line break may have been put in.
            let only_space = |n: usize| ch.is_whitespace() && ahead.clone().take(n).any(|it| !it.is_whitespace());
            let at = match same {
                Some(n) if !only_space(n) => {
                    next += n + 1;
                    next - 1
                }
                _ => next.saturating_sub(1),
            };
            points.extend(std::iter::repeat_n(at as u32, ch.len_utf8()));
        }
        Edge { points }
    }

    /// The range in code points; `None` when the span is empty or lies outside.
    pub fn points(&self, span: Span) -> Option<Points> {
        let range = self.points.get(span.range())?;
        Some((*range.first()? as usize, *range.last()? as usize + 1))
    }

    /// Several ranges; what lies outside is left out.
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
pub fn quotes(report: &Annotated, edge: &Edge) -> Vec<Quote> {
    let text = report.article.text();
    let one = |it: &rapporteur_model::Quote| Quote {
        kind: it.kind.as_str().to_owned(),
        source: edge.all(&it.source),
        cue: edge.all(&it.cue),
        content: edge.all(&it.marked_content(text)),
        is_link: it.nested_in.is_some_and(|outer| {
            report.annotations.quotes.get(outer.ix()).is_some_and(|outer| outer.content == it.content)
        }),
        speakers: it.speakers.iter().map(|actor| names(report, *actor)).collect(),
    };
    report.annotations.quotes.iter().map(one).collect()
}

/// The temporal expressions of a report.
pub fn times(report: &Annotated, edge: &Edge) -> Vec<Time> {
    let one = |it: &rapporteur_model::Time| {
        Some(Time { at: edge.points(it.span)?, kind: it.kind.as_str().to_owned(), value: it.value.clone() })
    };
    report.annotations.times.iter().filter_map(one).collect()
}

/// The figures of a report.
pub fn figures(report: &Annotated, edge: &Edge) -> Vec<Figure> {
    let one = |it: &rapporteur_model::Figure| {
        Some(Figure {
            at: edge.points(it.span)?,
            value: it.value,
            value_max: it.value_max,
            normalized_unit: it.normalized_unit.clone(),
            currency: it.currency.map(str::to_owned),
            giver: it.giver.map(|it| names(report, it)).unwrap_or_default(),
            recipient: it.recipient.map(|it| names(report, it)).unwrap_or_default(),
            status: it.status.map(|it| it.as_str().to_owned()),
            change: it.change.as_str().to_owned(),
        })
    };
    report.annotations.figures.iter().filter_map(one).collect()
}

/// The mentions of a report.
pub fn mentions(report: &Annotated, edge: &Edge) -> Vec<Mention> {
    let unnamed = |it: &rapporteur_model::Mention| {
        let actor = it.actor.and_then(|it| report.annotations.actors.get(it.ix()));
        actor.filter(|it| matches!(it.kind, ActorKind::Group | ActorKind::Unnamed))
    };
    let one = |it: &rapporteur_model::Mention| {
        Some(Mention {
            at: edge.points(it.span)?,
            named: it.kind == MentionKind::Named,
            usage: it.usage.as_str().to_owned(),
            names: it.actor.map(|actor| names(report, actor)).unwrap_or_default(),
            of: unnamed(it).and_then(|it| it.affiliation).map(|actor| names(report, actor)).unwrap_or_default(),
            unnamed: unnamed(it).is_some(),
        })
    };
    report.annotations.mentions.iter().filter_map(one).collect()
}

/// The acts of a report.
pub fn acts(report: &Annotated, edge: &Edge) -> Vec<Act> {
    let one = |it: &rapporteur_model::Act| {
        Some(Act {
            kind: it.kind.to_owned(),
            mode: it.mode.unwrap_or_default().to_owned(),
            realis: it.realis.as_str().to_owned(),
            time: it.time.and_then(|it| report.annotations.times.get(it.ix())).and_then(|it| it.value.clone()),
            names: it.actors.iter().chain(&it.recipients).map(|actor| names(report, *actor)).collect(),
            trigger: edge.points(it.trigger)?,
            actors: it.actors.iter().map(|actor| id(report, *actor)).collect(),
            recipients: it.recipients.iter().map(|actor| id(report, *actor)).collect(),
            coded: it.coded.as_ref().map(|it| (it.kind.to_owned(), it.sources.clone(), it.targets.clone())),
        })
    };
    report.annotations.acts.iter().filter_map(one).collect()
}

/// The positions of a report.
pub fn positions(report: &Annotated, edge: &Edge) -> Vec<Position> {
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
        assert_eq!(edge.points(Span::new(9, 99)), None);
    }

    #[test]
    fn a_text_with_other_white_space_is_followed() {
        let input = Input::text("a", " one  two\r\nthree");
        let mut article = Silent.read(std::slice::from_ref(&input)).remove(0);
        article.report.text = "one two\n\nthree".to_owned();
        let edge = Edge::new(&input, &article);
        assert_eq!(edge.points(Span::new(0, 3)), Some((1, 4)));
        assert_eq!(edge.points(Span::new(4, 7)), Some((6, 9)));
        assert_eq!(edge.points(Span::new(9, 14)), Some((11, 16)));
    }
}
