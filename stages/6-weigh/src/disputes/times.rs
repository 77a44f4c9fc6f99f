//! The day of one thing.

use rapporteur_model::{Anchor, Nature, Span, Time, TimeKind};

use super::{Dispute, Hints, Line, Pair, Slot};
use crate::dates;
use crate::verdict::Difference;

pub(super) fn disputes(pair: &Pair<'_, '_>) -> Vec<Dispute> {
    let mut found = Vec::new();
    let (own, others) = (times(pair, pair.a, pair.a.span), times(pair, pair.b, pair.b.span));
    for (x, value) in &own {
        for (y, other) in &others {
            let one_grain = dates::grain(value) == dates::grain(other);
            if !one_grain || dates::one_day(value, other) || same_words(pair, x, y) {
                continue;
            }
            let told = |value: &str, list: &[(&Time, &str)]| list.iter().any(|it| dates::one_day(value, it.1));
            if told(value, &others) || told(other, &own) {
                continue;
            }
            let named = |line: &Line, it: &Time| {
                let words = it.span.of(pair.view.report(line.report).text()).to_lowercase();
                words.split(' ').any(|it| 5 < it.len() && it.ends_with("day"))
            };
            let slot = |line: &Line, it: &Time| Slot { over: governor(pair, line, it), ..pair.slot(line, it.span) };
            found.push(Dispute {
                nature: Nature::Date,
                difference: Difference::Conflict,
                at: [x.span, y.span],
                slots: [slot(pair.a, x), slot(pair.b, y)],
                hints: Hints {
                    exact: f64::from(u8::from(named(pair.a, x) == named(pair.b, y))),
                    apart: f64::from(u8::from(dates::grain(value) < 10)),
                    ..Hints::default()
                },
            });
        }
    }
    found
}

/// The word that a day hangs on: "talks on Monday", "opens on Monday".
fn governor(pair: &Pair<'_, '_>, line: &Line, it: &Time) -> Option<usize> {
    let known = &pair.view.report(line.report).annotations;
    let mut ix = pair.head(line, it.span)?;
    for _ in 0..3 {
        let up = known.tokens[ix].head.ix();
        if up == ix {
            return None;
        }
        if known.tokens[up].pos != "ADP" {
            return Some(up);
        }
        ix = up;
    }
    None
}

/// Days, months and years that are stated, or counted from a day that is well known.
fn times<'a>(pair: &Pair<'_, 'a>, line: &Line, at: Span) -> Vec<(&'a Time, &'a str)> {
    let annotated = pair.view.report(line.report);
    let sure = annotated.article.metadata.anchor.as_ref().is_some_and(|it| 0.75 <= it.confidence);
    let all = annotated.annotations.times.iter();
    all.filter(|it| at.contains(it.span) && matches!(it.kind, TimeKind::Date | TimeKind::Time))
        .filter_map(|it| Some((it, it.value.as_deref()?)))
        .filter(|(it, value)| {
            it.modifier.is_none()
                && !is_border(pair, line, it)
                && !is_counted(&it.span.of(annotated.text()).to_lowercase())
                && (value.starts_with("XXXX-") || dates::days(value).is_some() && (sure || it.how == "stated"))
        })
        .collect()
}

/// The same words count from different days when one of the days is a guess: no dispute.
fn same_words(pair: &Pair<'_, '_>, a: &Time, b: &Time) -> bool {
    let words = |line: &Line, it: &Time| it.span.of(pair.view.report(line.report).text()).to_lowercase();
    let (x, y) = (words(pair.a, a), words(pair.b, b));
    let weekday = |it: &str| it.split(' ').find(|it| it.ends_with("day") && 5 < it.len()).map(str::to_owned);
    x == y || weekday(&x).is_some_and(|it| weekday(&y).as_ref() == Some(&it))
}

/// "a year later", "two days ago": counted from something else, and rounded.
fn is_counted(words: &str) -> bool {
    words.split(' ').any(|it| matches!(it, "ago" | "later" | "earlier" | "before" | "after"))
}

/// "since 1945", "until Monday": the end of a stretch, not when the thing took place.
fn is_border(pair: &Pair<'_, '_>, line: &Line, it: &Time) -> bool {
    let at = pair.view.tokens(Anchor::new(line.report, it.span)).start;
    let before = at.checked_sub(1).map(|it| pair.view.lemma(line.report, it).to_lowercase());
    before.is_some_and(|it| matches!(it.as_str(), "since" | "until" | "till" | "before" | "after" | "from" | "by"))
}
