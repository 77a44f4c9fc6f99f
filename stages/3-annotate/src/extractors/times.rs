//! Temporal expressions, TIMEX3: "on Tuesday" after "will" is the next one, after "met" the last.
//!
//! Read from the words of each block by small readers, one a kind, then counted from the report's anchor day with the
//! direction the verb gives. Stamps, captions and datelines are read too, without a parse.
//!
//! Not found on purpose: ages ("a 61-year-old"), scores, "second" as a rank, "may" and "march" as verbs, "once", "then".

pub(crate) mod atoms;
mod clock;
mod dates;
mod direction;
mod expression;
mod grammar;
mod lengths;
pub(crate) mod numbers;
mod periods;
pub(crate) mod reader;
mod references;
mod value;
pub(crate) mod words;

use rapporteur_model::{ArticleBlock, Role, Time, TokenIx};

use super::Found;
use crate::Context;
use atoms::Atoms;
use clock::Clock;
use direction::Direction;
use expression::{Expression, Meaning};
use reader::Reader;

/// Finds them.
pub(crate) fn find(context: &Context<'_>) -> Found {
    let anchor = context.article.metadata.anchor.as_ref().and_then(|it| value::parse_day(&it.day));
    let mut clock = Clock::new(anchor);
    let mut times = Vec::new();
    for block in context.article.blocks.iter().filter(|it| is_read(it)) {
        in_block(context, block, &mut clock, &mut times);
    }
    Found::Times(times)
}

/// Whether times of a block say something of the news or of the report.
fn is_read(block: &ArticleBlock) -> bool {
    block.role.is_prose() || matches!(block.role, Role::Caption | Role::Stamp | Role::Dateline | Role::Byline)
}

fn in_block(context: &Context<'_>, block: &ArticleBlock, clock: &mut Clock, times: &mut Vec<Time>) {
    let known = context.known;
    let tokens = if block.role.is_prose() { known.tokens.as_slice() } else { &[] };
    let atoms = Atoms::new(context.text(), block.span, tokens);
    let reader = Reader { atoms, tokens: &known.tokens, lexicon: context.lexicon, entities: &known.entities };
    let mut ix = 0;
    while ix < reader.list.len() {
        let Some(found) = grammar::expression_at(&reader, ix).filter(|it| ix < it.end) else {
            ix += 1;
            continue;
        };
        ix = found.end;
        if block.role != Role::Headline && !matches!(found.meaning, Meaning::Holiday(..)) && is_title(&reader, &found) {
            continue;
        }
        times.push(time(context, block, &reader, clock, &found));
        if let Some(second) = grammar::range_end(&reader, &found) {
            ix = second.end;
            times.push(time(context, block, &reader, clock, &second));
        }
    }
}

/// A name made of words of time: "This Week", "60 Minutes".
fn is_title(reader: &Reader<'_>, found: &Expression) -> bool {
    let last = found.end - 1;
    let common =
        words::unit(reader.word(last)).is_some() || matches!(reader.word(last), "today" | "now" | "noon" | "tomorrow");
    let all_capitals = reader.raw(last).len() > 1 && reader.raw(last).chars().all(char::is_uppercase);
    let after_capital = found.start < last || 0 < found.start && reader.capital(found.start - 1);
    common && reader.capital(last) && after_capital && !all_capitals
}

/// The record of an expression.
fn time(
    context: &Context<'_>,
    block: &ArticleBlock,
    reader: &Reader<'_>,
    clock: &mut Clock,
    found: &Expression,
) -> Time {
    let token =
        (found.start..found.end).filter_map(|it| reader.get(it)?.token).max_by_key(|it| head_rank(context, *it));
    let (direction, by_noun) = token.map(|it| direction::of(context.known, context.tree, it)).unwrap_or_default();
    // "a June agreement", "a cutback in September": the verb does not speak of the month itself.
    let month = matches!(&found.meaning, Meaning::Date(date) if date.day.is_none() && date.weekday.is_none());
    let direction = if by_noun && month { Direction::Unknown } else { direction };
    // "a meeting for later Sunday": the Sunday to come, whatever the verb's tense.
    let weekday = matches!(&found.meaning, Meaning::Date(date) if date.day.is_none() && date.weekday.is_some());
    let direction = if weekday && reader.word(found.start) == "later" { Direction::Future } else { direction };
    let mut resolved = clock.resolve(&found.meaning, direction);
    // "announced plans to picket a Sunday vigil", told on Monday: the Sunday before or the next, the words do not say.
    if weekday && resolved.how == "weekday-future" && clock.was_yesterday(&found.meaning) {
        let told_back = token.is_some_and(|it| direction::is_plan_told_back(context.known, context.tree, it));
        if told_back {
            (resolved.value, resolved.how) = (None, "unresolved");
        }
    }
    let relative = !matches!(resolved.how, "stated" | "unresolved") && !matches!(found.meaning, Meaning::Stated(_));
    Time {
        span: reader.span(found.start, found.end),
        kind: resolved.kind,
        value: resolved.value,
        modifier: found.modifier,
        anchor: clock.anchor.filter(|_| relative).map(value::day),
        how: resolved.how,
        repeat: block.repeat_of.is_some(),
    }
}

/// How near to the root a token is: the expression hangs on the rest of the sentence by its highest token.
fn head_rank(context: &Context<'_>, token: TokenIx) -> std::cmp::Reverse<usize> {
    std::cmp::Reverse(context.known.ancestors(token).count())
}
