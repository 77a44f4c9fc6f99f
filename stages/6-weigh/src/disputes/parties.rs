//! Who and where of one verb.

use std::collections::BTreeSet;

use rapporteur_model::{ActorKind, Anchor, MentionKind, MentionUse, Nature, Span};
use rapporteur_text::fold;

use super::{Dispute, Hints, Line, Pair, Slot};
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
    /// What is said of it beside the name: "First Minister".
    title: BTreeSet<String>,
    slot: Slot,
    /// Whether all that is told of somebody is that it says something.
    says: bool,
}

pub(super) fn disputes(pair: &Pair<'_, '_>) -> Vec<Dispute> {
    let mut found = Vec::new();
    let (own, others) = (named(pair, pair.a), named(pair, pair.b));
    for x in &own {
        for y in &others {
            // Many can say a thing, but only one is the office.
            if (x.says || y.says) && x.title.is_disjoint(&y.title) {
                continue;
            }
            let one_kind = x.place == y.place && (x.place || x.kind == y.kind && x.kind == ActorKind::Person);
            if !one_kind || x.id == y.id || alike(x, y) {
                continue;
            }
            // Whom both sentences name, by whatever name, takes part in both.
            if others.iter().any(|it| it.id == x.id) || own.iter().any(|it| it.id == y.id) {
                continue;
            }
            if names(pair, pair.b, pair.b.span, &x.last) || names(pair, pair.a, pair.a.span, &y.last) {
                continue;
            }
            // Whom the other report names somewhere may take part as well.
            let whole = |line: &Line| Span::new(0, pair.view.report(line.report).text().len() as u32);
            let known = [names(pair, pair.b, whole(pair.b), &x.last), names(pair, pair.a, whole(pair.a), &y.last)];
            // One place may lie in the other, unless both are states.
            let states = x.kind == ActorKind::State && y.kind == ActorKind::State;
            let difference = if x.place && !states { Difference::Compatible } else { Difference::Conflict };
            let flag = |it: bool| f64::from(u8::from(it));
            found.push(Dispute {
                nature: if x.place { Nature::Place } else { Nature::Person },
                difference,
                at: [x.span, y.span],
                slots: [x.slot.clone(), y.slot.clone()],
                hints: Hints {
                    n_known: known.into_iter().map(flag).sum(),
                    exact: flag(!x.title.is_disjoint(&y.title)),
                    apart: flag(x.place && x.kind != y.kind || !x.title.is_empty() && x.title.is_disjoint(&y.title)),
                    degree: shares_argument(pair, x, y),
                    ..Hints::default()
                },
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
        // "Cologne's cathedral" stands where "in Cologne" does.
        let is_place = pair.view.cast.member(member).kind == ActorKind::Place;
        let place = mention.usage == MentionUse::Place || is_place && mention.usage == MentionUse::Modifier;
        if !place && !matches!(mention.usage, MentionUse::Actor) {
            continue;
        }
        let Some(slot) = slot(pair, line, mention.span) else { continue };
        let says = |it: usize| pair.view.lexicon.cue(pair.view.lemma(line.report, it)).is_some();
        let says = !place && slot.role == "nsubj" && slot.over.is_some_and(says);
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
            title: title(pair, line, mention.span),
            slot,
            says,
        });
    }
    found
}

/// Where a name stands: under its verb or noun as subject, object or after a preposition. What stands in a list or behind a
/// comma stands where the first of it does.
fn slot(pair: &Pair<'_, '_>, line: &Line, at: Span) -> Option<Slot> {
    let known = &pair.view.report(line.report).annotations;
    let mut head = pair.head(line, at)?;
    for _ in 0..4 {
        let up = known.tokens[head].head.ix();
        if up == head || !matches!(known.tokens[head].dep, "conj" | "appos") || !line.tokens.contains(&up) {
            break;
        }
        head = up;
    }
    let up = known.tokens[head].head.ix();
    let (over, role) = match known.tokens[head].dep {
        "pobj" => (known.tokens[up].head.ix(), pair.view.lemma(line.report, up).to_lowercase()),
        dep @ ("nsubj" | "dobj" | "nsubjpass" | "dative" | "poss" | "compound" | "attr") => (up, dep.to_owned()),
        _ => return None,
    };
    Some(Slot { over: Some(over), role, ..pair.slot(line, at) })
}

/// The words that go with a name: "US Secretary of State", "a Turkish journalist".
fn title(pair: &Pair<'_, '_>, line: &Line, at: Span) -> BTreeSet<String> {
    let known = &pair.view.report(line.report).annotations;
    let Some(head) = pair.head(line, at) else { return BTreeSet::new() };
    let with = line.tokens.clone().filter(|it| {
        let token = &known.tokens[*it];
        let beside = token.head.ix() == head && matches!(token.dep, "compound" | "amod" | "appos" | "nmod");
        let before = known.tokens[head].dep == "appos" && known.tokens[head].head.ix() == *it;
        (beside || before) && !at.overlaps(token.span) && matches!(token.pos, "NOUN" | "PROPN" | "ADJ")
    });
    with.map(|it| fold(pair.view.lemma(line.report, it))).collect()
}

/// "Noor Faiz" and "Noor Fayez", "Kiev" and "Kyiv" may be one.
fn alike(a: &Named, b: &Named) -> bool {
    let (x, y) = (a.last.as_str(), b.last.as_str());
    let spelling = || {
        let (x, y): (BTreeSet<char>, BTreeSet<char>) = (x.chars().collect(), y.chars().collect());
        4 * x.intersection(&y).count() >= 3 * x.len().max(y.len())
    };
    // "L.A." for "Los Angeles".
    let initials = |short: &str, long: &str| {
        let letters: String = short.chars().filter(|it| it.is_alphanumeric()).collect();
        let first: String = long.split([' ', '-']).filter_map(|it| it.chars().next()).collect();
        1 < letters.len() && letters == first
    };
    x.contains(y)
        || y.contains(x)
        || initials(x, y)
        || initials(y, x)
        || !a.first.is_empty() && a.first == b.first
        || x.chars().next() == y.chars().next() && spelling()
}

/// Whether a stretch of a report has a name.
fn names(pair: &Pair<'_, '_>, line: &Line, at: Span, last: &str) -> bool {
    fold(at.of(pair.view.report(line.report).text())).contains(last)
}

/// How much of what the shorter clause tells beside the name the other tells too.
fn shares_argument(pair: &Pair<'_, '_>, a: &Named, b: &Named) -> f64 {
    let terms = |line: &Line, it: &Named| -> BTreeSet<String> {
        let known = &pair.view.report(line.report).annotations;
        let below = it.slot.over.map(|over| pair.below(line, over)).unwrap_or_default();
        let apart = below.into_iter().filter(|ix| !it.span.overlaps(known.tokens[*ix].span));
        apart.flat_map(|ix| pair.view.terms(Anchor::new(line.report, known.tokens[ix].span))).collect()
    };
    f64::from(pair.rarity.containment(&terms(pair.a, a), &terms(pair.b, b)))
}
