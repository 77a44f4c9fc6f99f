//! The order in which expressions are tried, and what stands around them: "later this week", "the end of 2025",
//! "nearly four years".

use super::dates::date_at;
use super::expression::{Date, Expression, Meaning, Part, Shift};
use super::lengths::{length_at, plural_unit_at, set_at, shifted_at};
use super::periods::period_at;
use super::reader::Reader;
use super::references::reference_at;
use super::words::{BOUNDS, Unit, edge};

/// The expression that starts at `ix`, if one does.
pub(crate) fn expression_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    bounded(reader, ix).or_else(|| edged(reader, ix)).or_else(|| core(reader, ix))
}

/// An expression without words around it; the longest reading wins, the earlier kind on a tie.
fn core(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let readers: [fn(&Reader<'_>, usize) -> Option<Expression>; 7] =
        [set_at, date_at, shifted_at, period_at, length_at, reference_at, plural_unit_at];
    let mut best: Option<Expression> = None;
    for read in readers {
        if let Some(found) = read(reader, ix)
            && best.as_ref().is_none_or(|it| it.end < found.end)
        {
            best = Some(found);
        }
    }
    best
}

/// "by mid | -afternoon yesterday"
fn mid_part(reader: &Reader<'_>, ix: usize, after: usize) -> Option<Expression> {
    let code = super::words::part(reader.word(after))?;
    let part = Part::Code(code);
    let days = match reader.word(after + 1) {
        "yesterday" => -1,
        "tomorrow" => 1,
        _ => return Some(Expression::new(ix, after + 1, Meaning::DayPart(part, Shift::This)).with(Some("MID"))),
    };
    let meaning = Meaning::Offset { unit: Unit::Day, n: days, part, from_context: false, loose: false };
    Some(Expression::new(ix, after + 2, meaning).with(Some("MID")))
}

/// "nearly | four years", "about | two weeks ago", "around | Nov. 1".
fn bounded(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let (words, bound) = BOUNDS.iter().find(|(words, _)| reader.phrase(ix, words).is_some())?;
    let at = ix + words.len();
    let inner = length_at(reader, at).or_else(|| {
        let blur = matches!(words[0], "about" | "around" | "circa" | "roughly" | "at");
        core(reader, at).filter(|it| {
            blur && matches!(it.meaning, Meaning::Date(_) | Meaning::DayPart(..) | Meaning::Duration { .. })
        })
    })?;
    let unsaid = matches!(inner.meaning, Meaning::Duration { n: None, .. });
    if unsaid && words[0] != "about" || words[0] == "some" && matches!(reader.word(at), "a" | "an" | "several" | "few")
    {
        return None;
    }
    Some(Expression { start: ix, modifier: Some(bound), ..inner })
}

/// "early | next year", "mid-November", "the end of | 2025", "later | this week", "the | early 1980s".
fn edged(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let the = usize::from(reader.word(ix) == "the");
    let at = ix + the;
    let word = reader.word(at);
    if let Some(found) = small_hours(reader, at) {
        return Some(found);
    }
    let (modifier, after) = match word {
        "early" | "late" => (edge(word), at + 1),
        "mid" => (edge(word), at + 1 + usize::from(reader.hyphen(at + 1))),
        "earlier" => (Some("START"), at + 1),
        "later" => (Some("END"), at + 1),
        "sometime" => (None, at + 1),
        _ => {
            let modifier = edge(word)?;
            let after = reader.phrase(at + 1, &["of"])?;
            (Some(modifier), after)
        }
    };
    let after = after + usize::from(reader.hyphen(after) && matches!(word, "early" | "late"));
    if let Some(found) = (word == "mid").then(|| mid_part(reader, ix, after)).flatten() {
        return Some(found);
    }
    let of = reader.word(after.wrapping_sub(1)) == "of";
    if let Some(running) = of.then(|| running_unit(reader, after)).flatten() {
        return Some(Expression { start: ix, ..running }.with(modifier));
    }
    let inner = core(reader, after)?;
    let dated = match &inner.meaning {
        Meaning::Date(_)
        | Meaning::Season(..)
        | Meaning::Decade(_)
        | Meaning::Century(_)
        | Meaning::Stated(_)
        | Meaning::Half(..) => true,
        Meaning::Offset { .. } | Meaning::Quarter(..) | Meaning::Holiday(..) | Meaning::That(_) => true,
        Meaning::Context(_) => of || word != "later" && word != "earlier",
        Meaning::DayPart(..) => the == 0 || of,
        _ => false,
    };
    if !dated || the == 1 && matches!(word, "earlier" | "later") {
        return None;
    }
    Some(Expression { start: ix, ..inner }.with(modifier))
}

/// "the early hours of | Thursday morning", "the small hours of | Monday": the corpora mark the day with its part alone.
fn small_hours(reader: &Reader<'_>, at: usize) -> Option<Expression> {
    let hours = matches!(reader.word(at), "early" | "small" | "wee");
    let after = reader.phrase(at + 1, &["hours", "of"]).filter(|_| hours)?;
    let mut inner = core(reader, after)?;
    let part = match &mut inner.meaning {
        Meaning::Date(date) if date.day.is_some() || date.weekday.is_some() => &mut date.part,
        Meaning::Offset { part, unit: Unit::Day, .. } | Meaning::DayPart(part, _) => part,
        _ => return None,
    };
    if *part == Part::None {
        *part = Part::Code("TMO");
    }
    Some(inner)
}

/// "the end of | the month", "the start of | the year".
fn running_unit(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let the = usize::from(matches!(reader.word(ix), "the"));
    let (unit, plural) = super::words::unit(reader.word(ix + the))?;
    let fits = !plural && Unit::Day <= unit && unit != Unit::Weekend;
    fits.then(|| Expression::new(ix, ix + the + 1, Meaning::Running(unit)))
}

/// "April 24 and | 25", "Dec. 18- | 19": the day that ends a range or list.
pub(crate) fn range_end(reader: &Reader<'_>, first: &Expression) -> Option<Expression> {
    let Meaning::Date(date) = &first.meaning else { return None };
    date.day.filter(|_| date.month.is_some() && date.part == Part::None)?;
    let joined = matches!(reader.word(first.end), "and" | "to") || matches!(reader.raw(first.end), "-" | "–" | "/");
    let at = first.end + 1;
    let day = super::numbers::integer(reader, at)
        .filter(|it| joined && (1..=31).contains(it) && reader.lower(at).len() <= 2)?;
    let counts =
        super::words::unit(reader.word(at + 1)).is_some() || reader.tag(at + 1) == "NNS" || reader.mark(at + 1, '%');
    let another = super::words::month(reader.word(at + 1)).is_some();
    let date = Date { day: Some(day as i8), weekday: None, ..date.clone() };
    (!counts && !another).then(|| Expression::new(at, at + 1, Meaning::Date(date)))
}
