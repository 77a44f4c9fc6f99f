//! The number of one thing: values that rounding, a range or another unit does not explain.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, Change, Figure, FigureKind, MentionUse, Nature, Span};

use super::{Dispute, Hints, Line, Pair};
use crate::figures::overlap;
use crate::verdict::Difference;

/// Values further apart than this are of two things.
const RATIO_MAX: f64 = 3.0;

pub(super) fn disputes(pair: &Pair<'_, '_>) -> Vec<Dispute> {
    let mut found = Vec::new();
    let (own, others) = (figures(pair, pair.a, pair.a.span), figures(pair, pair.b, pair.b.span));
    if own.is_empty() || others.is_empty() {
        return found;
    }
    // Deaths here and deaths there may be two counts.
    let (here, there) = (places(pair, pair.a), places(pair, pair.b));
    let apart = !here.is_empty() && !there.is_empty() && here.is_disjoint(&there);
    let (around_a, around_b) = (figures(pair, pair.a, pair.a.around), figures(pair, pair.b, pair.b.around));
    for x in &own {
        for y in &others {
            if !one_sort(pair, x, y) || one_value(pair, x, y) || !comparable(pair, x, y) {
                continue;
            }
            // What one of them says too, beside its own, is another thing.
            let told = |it: &Figure, list: &[&Figure]| list.iter().any(|other| one_value(pair, it, other));
            if told(x, &around_b) || told(y, &around_a) {
                continue;
            }
            let relative = |line: &Line, it: &Figure| crate::figures::is_relative(pair.view, line.report, it);
            if relative(pair.a, x) != relative(pair.b, y) {
                continue;
            }
            let days = pair.view.told_on(pair.a.report).zip(pair.view.told_on(pair.b.report));
            // A toll or a sum that moves from day to day is news.
            let moved = match days {
                Some((x, y)) => x != y,
                None => x.kind == FigureKind::Measure,
            } || [(pair.a, x), (pair.b, y)].iter().any(|(line, it)| is_so_far(pair, line, it));
            // "40 crowns a lorry", "44 crowns for each lorry", of one month, told in some of the same words: a price has one value.
            let rates = rate(pair, pair.a, x).zip(rate(pair, pair.b, y));
            let is_plain = x.normalized_unit == y.normalized_unit
                && rates.is_some_and(|(p, q)| p == q)
                && days_meet(pair, pair.a, pair.b)
                && 3 <= n_shared(pair);
            let slots = [pair.slot(pair.a, x.span), pair.slot(pair.b, y.span)];
            let concept = |line: &Line, it: &Figure| {
                it.concept.map(|at| pair.view.terms(Anchor::new(line.report, at))).unwrap_or_default()
            };
            let (p, q) = (concept(pair.a, x), concept(pair.b, y));
            found.push(Dispute {
                nature: Nature::Number,
                difference: if moved { Difference::Compatible } else { Difference::Conflict },
                at: [x.span, y.span],
                slots,
                hints: Hints {
                    exact: f64::from(u8::from(x.normalized_unit == y.normalized_unit && !x.normalized_unit.is_empty())),
                    apart: f64::from(u8::from(apart)),
                    degree: f64::from(crate::story::containment(&p, &q)),
                    is_plain,
                    ..Hints::default()
                },
            });
        }
    }
    found
}

fn figures<'a>(pair: &Pair<'_, 'a>, line: &Line, at: Span) -> Vec<&'a Figure> {
    let all = pair.view.report(line.report).annotations.figures.iter();
    let weighs = |it: &&Figure| it.value.is_some() && !matches!(it.kind, FigureKind::Ordinal);
    all.filter(|it| at.contains(it.span)).filter(weighs).collect()
}

/// Kilometres and miles are one sort, soldiers and houses are not.
fn one_sort(pair: &Pair<'_, '_>, a: &Figure, b: &Figure) -> bool {
    let counted = |it: &Figure| matches!(it.kind, FigureKind::People | FigureKind::Count);
    let quantity = |it: &Figure| pair.view.lexicon.unit(&it.normalized_unit).map(|it| it.quantity);
    let unit = {
        let (x, y) = (a.normalized_unit.as_str(), b.normalized_unit.as_str());
        x == y
            || quantity(a).is_some() && quantity(a) == quantity(b)
            || counted(a) && counted(b) && (x.is_empty() || y.is_empty() || x.ends_with(y) || y.ends_with(x))
            || a.kind == FigureKind::Money && a.currency == b.currency
    };
    let moved = |it: &Figure| matches!(it.change, Change::Up | Change::Down);
    (a.kind == b.kind || counted(a) && counted(b)) && unit && a.additional == b.additional && moved(a) == moved(b)
}

/// A figure in the unit of its quantity, where it has one.
fn scale(pair: &Pair<'_, '_>, it: &Figure) -> f64 {
    pair.view.lexicon.unit(&it.normalized_unit).map_or(1.0, |it| it.factor)
}

fn one_value(pair: &Pair<'_, '_>, a: &Figure, b: &Figure) -> bool {
    if !one_sort(pair, a, b) {
        return false;
    }
    let (x, y) = (scale(pair, a), scale(pair, b));
    if x == y {
        return overlap(a, b);
    }
    // What is converted is rounded too.
    let scaled = |it: &Figure, by: f64| Figure {
        value: it.value.map(|it| it * by),
        value_max: it.value_max.map(|it| it * by),
        change: if it.change == Change::Equal { Change::About } else { it.change },
        ..it.clone()
    };
    overlap(&scaled(a, x), &scaled(b, y))
}

fn places(pair: &Pair<'_, '_>, line: &Line) -> BTreeSet<String> {
    let annotated = pair.view.report(line.report);
    let all = annotated.annotations.mentions.iter();
    let here = all.filter(|it| line.span.contains(it.span) && it.usage == MentionUse::Place);
    here.map(|it| rapporteur_text::fold(it.span.of(annotated.text()))).collect()
}

/// What a price is for: "a lorry", "per barrel", "for each ton".
fn rate(pair: &Pair<'_, '_>, line: &Line, it: &Figure) -> Option<String> {
    const REACH: usize = 4;
    let known = &pair.view.report(line.report).annotations;
    let text = pair.view.report(line.report).text();
    let after = pair.view.tokens(Anchor::new(line.report, it.span)).end;
    let mut says_each = false;
    for ix in after..(after + REACH).min(known.tokens.len()) {
        let token = &known.tokens[ix];
        if token.pos == "NOUN" {
            return says_each.then(|| pair.view.lemma(line.report, ix).to_lowercase());
        }
        let word = token.span.of(text).to_lowercase();
        match word.as_str() {
            "a" | "an" | "per" | "each" | "every" => says_each = true,
            "for" => {}
            _ => return None,
        }
    }
    None
}

/// How many names and content words both sentences have.
fn n_shared(pair: &Pair<'_, '_>) -> usize {
    let terms = |line: &Line| pair.view.terms(Anchor::new(line.report, line.span));
    terms(pair.a).intersection(&terms(pair.b)).count()
}

/// Whether both sentences name a day of one month.
fn days_meet(pair: &Pair<'_, '_>, a: &Line, b: &Line) -> bool {
    let days = |line: &Line| -> BTreeSet<String> {
        let all = pair.view.report(line.report).annotations.times.iter();
        let here = all.filter(|it| line.span.contains(it.span)).filter_map(|it| it.value.clone());
        here.filter_map(|it| it.get(4..7).map(str::to_owned)).collect()
    };
    !days(a).is_disjoint(&days(b))
}

/// "two still trapped", "so far 30": a count that is not closed.
fn is_so_far(pair: &Pair<'_, '_>, line: &Line, it: &Figure) -> bool {
    let known = &pair.view.report(line.report).annotations;
    let text = pair.view.report(line.report).text();
    let within = pair.view.tokens(Anchor::new(line.report, it.span));
    let near = within.start.saturating_sub(4)..(within.end + 4).min(known.tokens.len());
    near.into_iter().any(|it| {
        let word = known.tokens[it].span.of(text);
        matches!(word, "still" | "far" | "already" | "now" | "more" | "another" | "other" | "others")
    })
}

fn comparable(pair: &Pair<'_, '_>, a: &Figure, b: &Figure) -> bool {
    let (Some(x), Some(y)) = (a.value, b.value) else { return false };
    let (x, y) = (x * scale(pair, a), y * scale(pair, b));
    0.0 < x && 0.0 < y && (x / y).max(y / x) <= RATIO_MAX
}
