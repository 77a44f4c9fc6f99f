//! Edits after which both sentences can be true: what outlets do every day.

use rapporteur_model::{ActorKind, MentionKind, MentionUse, Span, TimeKind, TokenIx};

use super::edits::{numbers, one, print, verb};
use super::words::{CONVERSIONS, Pool, SPELLINGS, SYNONYMS};
use super::{Edit, Kind, Side};
use crate::chance::Chance;

/// All of them.
pub const HARMLESS: &[Kind] = &[
    Kind { name: "rounding", natures: &[], make: rounding },
    Kind { name: "range", natures: &[], make: range },
    Kind { name: "unit", natures: &[], make: unit },
    Kind { name: "to-come", natures: &[], make: to_come },
    Kind { name: "synonym", natures: &[], make: synonym },
    Kind { name: "spelling", natures: &[], make: spelling },
    Kind { name: "name", natures: &[], make: name },
    Kind { name: "silence", natures: &[], make: silence },
];

/// Words before a number that already bound it.
fn is_bounded(b: Side<'_>, at: Span) -> bool {
    const BOUNDS: [&str; 12] = [
        "about", "around", "nearly", "almost", "than", "least", "some", "over", "up", "to", "roughly", "approximately",
    ];
    let before = Span::new(b.span.start(), at.start()).of(b.report.text());
    before.split_whitespace().next_back().is_some_and(|it| BOUNDS.contains(&it.to_lowercase().as_str()))
}

fn rounding(a: Side<'_>, b: Side<'_>, _: &Pool, chance: &mut Chance) -> Option<Edit> {
    let all = numbers(a, b);
    let (_, span, value) = *all.iter().find(|it| 10.0 < it.2 && !is_money_glued(b, it.1) && !is_bounded(b, it.1))?;
    let step = 10f64.powi(value.log10().floor() as i32 - i32::from(100.0 <= value));
    let near = (value / step).round() * step;
    if near == value || 0.07 < (near / value - 1.0).abs() {
        return None;
    }
    let word = if near < value { ["more than", "about"] } else { ["nearly", "about"] }[chance.below(2)];
    Some(one(span, format!("{word} {}", print(near, "1"))))
}

/// "$50": the mark stands before the number, "about" would stand between them.
fn is_money_glued(b: Side<'_>, at: Span) -> bool {
    let before = Span::new(b.span.start(), at.start()).of(b.report.text());
    before.ends_with(|c: char| !c.is_whitespace())
}

fn range(a: Side<'_>, b: Side<'_>, _: &Pool, _: &mut Chance) -> Option<Edit> {
    let all = numbers(a, b);
    let (_, span, value) = *all.iter().find(|it| 8.0 <= it.2 && !is_money_glued(b, it.1) && !is_bounded(b, it.1))?;
    let like = span.of(b.report.text());
    let (low, high) = ((value * 0.9).floor(), (value * 1.15).ceil());
    Some(one(
        span,
        format!("between {} and {}", print(low, "1"), print(high, if like.contains('.') { "1" } else { like })),
    ))
}

fn unit(a: Side<'_>, b: Side<'_>, _: &Pool, _: &mut Chance) -> Option<Edit> {
    let text = b.report.text();
    let all = numbers(a, b);
    all.iter().find_map(|(_, span, value)| {
        let rest = Span::new(span.end(), b.span.end()).of(text);
        let gap = if rest.starts_with([' ', '-']) { 1 } else { 0 };
        let after = &rest[gap..];
        let (word, name, factor) = CONVERSIONS.iter().find_map(|(units, name, factor)| {
            let word = units.iter().find(|it| {
                after.strip_prefix(**it).is_some_and(|it| !it.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
            })?;
            Some((*word, *name, *factor))
        })?;
        let whole = Span::new(span.start(), span.end() + (gap + word.len()) as u32);
        let like = if value * factor < 10.0 { "1.1" } else { "1" };
        Some(one(whole, format!("{} {name}", print(value * factor, like))))
    })
}

/// What has taken place, told two days before as to come.
fn to_come(a: Side<'_>, b: Side<'_>, _: &Pool, chance: &mut Chance) -> Option<Edit> {
    let (at, auxiliary) = verb(a, b)?;
    let known = &b.report.annotations;
    let form = ["will", "is due to", "is scheduled to"][chance.below(3)];
    let mut edit = match auxiliary {
        None => one(known.tokens[at].span, format!("{form} {}", known.lemma(TokenIx::from(at)))),
        Some(it) if matches!(known.tokens[it].span.of(b.report.text()), "was" | "were") => {
            one(known.tokens[it].span, format!("{form} be"))
        }
        Some(_) => return None,
    };
    edit.days_before = 2;
    Some(edit)
}

/// Swaps one word for another of a table.
fn swap(b: Side<'_>, table: &[(&str, &str)], chance: &mut Chance) -> Option<Edit> {
    let text = b.report.text();
    let quoted = |at: Span| b.report.annotations.quotes.iter().any(|it| it.quoted.iter().any(|it| it.contains(at)));
    let tokens = b.report.annotations.tokens.iter().filter(|it| b.span.contains(it.span) && !quoted(it.span));
    let found: Vec<(Span, &str)> =
        tokens.filter_map(|it| Some((it.span, table.iter().find(|(word, _)| *word == it.span.of(text))?.1))).collect();
    let (span, new) = *found.get(chance.below(found.len()))?;
    Some(one(span, new.to_owned()))
}

fn synonym(_: Side<'_>, b: Side<'_>, _: &Pool, chance: &mut Chance) -> Option<Edit> {
    swap(b, SYNONYMS, chance)
}

fn spelling(_: Side<'_>, b: Side<'_>, _: &Pool, chance: &mut Chance) -> Option<Edit> {
    swap(b, SPELLINGS, chance)
}

/// A name in full becomes the surname with a title, a bare surname the name in full.
fn name(_: Side<'_>, b: Side<'_>, _: &Pool, chance: &mut Chance) -> Option<Edit> {
    let known = &b.report.annotations;
    let text = b.report.text();
    known.mentions.iter().filter(|it| b.span.contains(it.span)).find_map(|it| {
        let actor = it.actor.and_then(|it| known.actors.get(it.ix()))?;
        let named = it.kind == MentionKind::Named && it.usage == MentionUse::Actor && actor.kind == ActorKind::Person;
        let words = it.span.of(text);
        match words.split(' ').count() {
            2 if named => {
                let surname = words.split(' ').nth(1)?;
                Some(one(
                    it.span,
                    [surname.to_owned(), format!("{} H. {surname}", words.split(' ').next()?)][chance.below(2)].clone(),
                ))
            }
            1 if named && actor.name.ends_with(words) && actor.name != words => Some(one(it.span, actor.name.clone())),
            _ => None,
        }
    })
}

/// Leaves out when or where.
fn silence(_: Side<'_>, b: Side<'_>, _: &Pool, _: &mut Chance) -> Option<Edit> {
    let known = &b.report.annotations;
    let text = b.report.text();
    let times = known.times.iter().filter(|it| matches!(it.kind, TimeKind::Date | TimeKind::Time)).map(|it| it.span);
    let places = known.mentions.iter().filter(|it| it.usage == MentionUse::Place).map(|it| it.span);
    let at = times.chain(places).find_map(|it| {
        let inside = b.span.contains(it) && b.span.start() < it.start();
        let before = inside.then(|| Span::new(b.span.start(), it.start()).of(text))?;
        let word = [" on ", " in ", " at "].iter().find(|it| before.ends_with(**it))?;
        let after = Span::new(it.end(), b.span.end()).of(text);
        let closes = after.starts_with([',', '.', ' ']) && !after.starts_with(", 2") && !after.starts_with(" 2");
        closes.then(|| Span::new(it.start() - word.len() as u32, it.end()))
    })?;
    Some(one(at, String::new()))
}
