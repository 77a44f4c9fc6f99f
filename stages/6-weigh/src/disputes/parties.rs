//! Who and where of one verb.

use std::collections::BTreeSet;

use rapporteur_model::{ActorKind, MentionKind, MentionUse, Nature, Span};
use rapporteur_text::fold;

use super::{Dispute, Line, Pair};
use crate::verdict::Difference;

/// A name in its clause.
struct Named {
    span: Span,
    /// What makes it another: the id over all reports.
    id: String,
    /// Surname, or the whole name of a place.
    last: String,
    first: String,
    kind: ActorKind,
    place: bool,
    /// The verb or noun it hangs on.
    over: usize,
    /// Subject, object, or the preposition before it.
    role: String,
}

pub(super) fn disputes(pair: &Pair<'_, '_>) -> Vec<Dispute> {
    let mut found = Vec::new();
    let (own, others) = (named(pair, pair.a), named(pair, pair.b));
    for x in &own {
        for y in &others {
            let one_kind = x.place == y.place && (x.place || x.kind == y.kind && x.kind == ActorKind::Person);
            if !one_kind || x.role != y.role || x.id == y.id || alike(x, y) || !pair.one_word(x.over, y.over) {
                continue;
            }
            // Whom both reports name somewhere may both take part.
            let whole = |line: &Line| Span::new(0, pair.view.report(line.report).text().len() as u32);
            let here = names(pair, pair.b, pair.b.span, &x.last) || names(pair, pair.a, pair.a.span, &y.last);
            let known = names(pair, pair.b, whole(pair.b), &x.last) && names(pair, pair.a, whole(pair.a), &y.last);
            if here || known || !shares_argument(pair, x, y) {
                continue;
            }
            // One place may lie in the other, unless both are states.
            let states = x.kind == ActorKind::State && y.kind == ActorKind::State;
            let difference = if x.place && !states { Difference::Compatible } else { Difference::Conflict };
            found.push(Dispute {
                nature: if x.place { Nature::Place } else { Nature::Person },
                difference: pair.difference(difference),
                at: [x.span, y.span],
                verb: [Some(x.over), Some(y.over)],
            });
        }
    }
    found
}

fn named(pair: &Pair<'_, '_>, line: &Line) -> Vec<Named> {
    let annotated = pair.view.report(line.report);
    let known = &annotated.annotations;
    let mut found = Vec::new();
    for mention in known.mentions.iter().filter(|it| line.span.contains(it.span) && it.kind == MentionKind::Named) {
        let Some(member) = mention.actor.and_then(|it| pair.view.cast.of(line.report, it)) else { continue };
        let place = mention.usage == MentionUse::Place;
        if !place && !matches!(mention.usage, MentionUse::Actor) {
            continue;
        }
        let Some(head) = pair.head(line, mention.span) else { continue };
        let up = known.tokens[head].head.ix();
        let (over, role) = match known.tokens[head].dep {
            // Many can say a thing.
            "nsubj" if pair.view.lexicon.cue(pair.view.lemma(line.report, up)).is_some() => continue,
            dep @ ("nsubj" | "dobj" | "nsubjpass" | "dative") => (up, dep.to_owned()),
            "pobj" => (known.tokens[up].head.ix(), pair.view.lemma(line.report, up).to_lowercase()),
            _ => continue,
        };
        let member = pair.view.cast.member(member);
        let words = fold(mention.span.of(annotated.text()));
        let last = if place { words.clone() } else { words.rsplit(' ').next().unwrap_or("").to_owned() };
        let first = words.split(' ').next().filter(|it| !place && *it != last).unwrap_or("").to_owned();
        found.push(Named {
            span: mention.span,
            id: member.party.id.clone(),
            last,
            first,
            kind: member.kind,
            place,
            over,
            role,
        });
    }
    found
}

/// "Noor Faiz" and "Noor Fayez", "Kiev" and "Kyiv" may be one.
fn alike(a: &Named, b: &Named) -> bool {
    let (x, y) = (a.last.as_str(), b.last.as_str());
    let spelling = || {
        let (x, y): (BTreeSet<char>, BTreeSet<char>) = (x.chars().collect(), y.chars().collect());
        4 * x.intersection(&y).count() >= 3 * x.len().max(y.len())
    };
    x.contains(y)
        || y.contains(x)
        || !a.first.is_empty() && a.first == b.first
        || x.chars().next() == y.chars().next() && spelling()
}

/// Whether a stretch of a report has a name.
fn names(pair: &Pair<'_, '_>, line: &Line, at: Span, last: &str) -> bool {
    fold(at.of(pair.view.report(line.report).text())).contains(last)
}

/// Whether both have somebody or something else in common.
fn shares_argument(pair: &Pair<'_, '_>, a: &Named, b: &Named) -> bool {
    let terms = |line: &Line, it: &Named| -> BTreeSet<String> {
        let known = &pair.view.report(line.report).annotations;
        let below = pair.below(line, it.over);
        let apart = below.into_iter().filter(|ix| !it.span.overlaps(known.tokens[*ix].span));
        apart
            .flat_map(|ix| pair.view.terms(rapporteur_model::Anchor::new(line.report, known.tokens[ix].span)))
            .collect()
    };
    let (x, y) = (terms(pair.a, a), terms(pair.b, b));
    let both = x.intersection(&y).count();
    let bare = x.len().min(y.len());
    2 <= both || both == 1 && bare <= 2 || bare == 0 && TELLING <= pair.contained
}

/// Sentences so alike need nothing else beside a name and the word it hangs on.
const TELLING: f32 = 0.45;
