//! Calendar dates and times of day: "Tuesday afternoon", "Dec. 18", "the 2nd of December", "5 p.m. EST Nov. 9",
//! "2025.12.01 21:11 GMT+8".

use super::atoms::AtomKind;
use super::expression::{Date, Expression, Meaning, Part, Shift};
use super::numbers::{integer, ordinal_at, small};
use super::reader::Reader;
use super::words::{Form, month, part, weekday};

/// A date at `ix`, with the part of the day around it.
pub(crate) fn date_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    if let Some(found) = numeric_at(reader, ix) {
        return Some(found);
    }
    if let Some((clock, end)) = clock_at(reader, ix) {
        return Some(clock_with_date(reader, ix, clock, end));
    }
    let (mut date, mut end) = calendar_at(reader, ix)?;
    if let Some((found, next)) = part_after(reader, end) {
        (date.part, end) = (found, next);
    }
    Some(Expression::new(ix, end, Meaning::Date(date)))
}

/// "10 p.m. | Wednesday", "noon | on Nov. 9", or the clock time alone.
fn clock_with_date(reader: &Reader<'_>, ix: usize, clock: String, end: usize) -> Expression {
    let mut at = end;
    at += usize::from(reader.mark(at, ','));
    at += usize::from(reader.word(at) == "on");
    if let Some((mut date, next)) = calendar_at(reader, at) {
        date.part = Part::Clock(clock);
        return Expression::new(ix, next, Meaning::Date(date));
    }
    let days = match reader.word(end) {
        "yesterday" => Some(-1),
        "today" => Some(0),
        "tomorrow" => Some(1),
        _ => None,
    };
    if let Some(n) = days {
        let unit = super::words::Unit::Day;
        let meaning = Meaning::Offset { unit, n, part: Part::Clock(clock), from_context: false, loose: false };
        return Expression::new(ix, end + 1, meaning);
    }
    Expression::new(ix, end, Meaning::DayPart(Part::Clock(clock), Shift::None))
}

/// "| afternoon", "| at 5 p.m.", "| at noon" after a day.
pub(crate) fn part_after(reader: &Reader<'_>, end: usize) -> Option<(Part, usize)> {
    if let Some(code) = part(reader.word(end)).filter(|_| reader.noun(end)) {
        return Some((Part::Code(code), end + 1));
    }
    let at = end + usize::from(reader.mark(end, ','));
    let at = at + usize::from(reader.word(at) == "at");
    if at == end {
        return None;
    }
    clock_at(reader, at).map(|(clock, next)| (Part::Clock(clock), next))
}

/// A day, month or year by name, without a part of the day.
pub(crate) fn calendar_at(reader: &Reader<'_>, ix: usize) -> Option<(Date, usize)> {
    if let Some((weekday, next)) = weekday_at(reader, ix) {
        return Some(after_weekday(reader, weekday, next));
    }
    month_first(reader, ix).or_else(|| day_first(reader, ix))
}

/// A weekday that is a weekday: "Mon", "Sat" and "Sun" only beside a date.
pub(crate) fn weekday_at(reader: &Reader<'_>, ix: usize) -> Option<(i8, usize)> {
    let (number, form) = weekday(reader.word(ix))?;
    if !reader.capital(ix) {
        return None;
    }
    match form {
        Form::Full => Some((number, ix + 1)),
        Form::Plural => None,
        Form::Short => {
            let stop = ix + 1 + usize::from(reader.mark(ix + 1, '.') && reader.glued(ix + 1));
            let at = stop + usize::from(reader.mark(stop, ','));
            (month_first(reader, at).is_some() || day_first(reader, at).is_some()).then_some((number, stop))
        }
    }
}

/// "Tuesday | , Dec. 2, 2025" or the weekday alone.
fn after_weekday(reader: &Reader<'_>, weekday: i8, end: usize) -> (Date, usize) {
    let mut at = end;
    at += usize::from(reader.mark(at, ','));
    at += usize::from(reader.word(at) == "the");
    if let Some((mut date, next)) =
        month_first(reader, at).or_else(|| day_first(reader, at)).filter(|it| it.0.day.is_some())
    {
        date.weekday = Some(weekday);
        return (date, next);
    }
    (Date { weekday: Some(weekday), ..Date::default() }, end)
}

/// A month by name; the verbs and modals "may", "march" are none.
pub(crate) fn month_at(reader: &Reader<'_>, ix: usize) -> Option<(i8, usize)> {
    let found = month(reader.word(ix))?;
    if !reader.capital(ix) {
        return None;
    }
    if found.short {
        let stop = reader.mark(ix + 1, '.') && reader.glued(ix + 1);
        let next = ix + 1 + usize::from(stop);
        let dated = integer(reader, next).is_some() || 0 < ix && integer(reader, ix - 1).is_some();
        return (dated || stop && reader.raw(ix) != "Mar" && reader.raw(ix) != "Jan").then_some((found.number, next));
    }
    let unclear = matches!(reader.word(ix), "may" | "march" | "august" | "april" | "june");
    let dated = integer(reader, ix + 1).is_some() || ordinal_at(reader, ix + 1).is_some();
    if unclear && !dated {
        let called = matches!(reader.label(ix), "PERSON" | "ORG" | "GPE" | "FAC" | "PRODUCT" | "WORK_OF_ART");
        let verb = !matches!(reader.tag(ix), "" | "NNP" | "NN");
        let unsaid = reader.tag(ix).is_empty() && reader.word(ix) == "may";
        if verb || unsaid || called {
            return None;
        }
        // A surname or first name: "Theresa May", "April Jones".
        let proper = |at: usize| {
            reader.tag(at) == "NNP" && month(reader.word(at)).is_none() && weekday(reader.word(at)).is_none()
        };
        if 0 < ix && proper(ix - 1) || proper(ix + 1) && reader.label(ix) != "DATE" {
            return None;
        }
        let named =
            |at: usize| reader.tag(at) == "NNP" && month(reader.word(at)).is_none() && reader.label(at) == "PERSON";
        if named(ix + 1) || 0 < ix && named(ix - 1) {
            return None;
        }
    }
    Some((found.number, ix + 1))
}

/// "Dec. 18", "December 2nd, 2025", "November 2024", "March".
fn month_first(reader: &Reader<'_>, ix: usize) -> Option<(Date, usize)> {
    let (month, end) = month_at(reader, ix)?;
    let mut date = Date { month: Some(month), ..Date::default() };
    let day = ordinal_at(reader, end)
        .map(|(day, next)| (i64::from(day), next))
        .or_else(|| integer(reader, end).filter(|_| reader.lower(end).len() <= 2).map(|day| (day, end + 1)));
    // "Long March 4C": letters that stick to the number, or a name before it, make it a thing's name.
    let sticks = day.is_some_and(|it| reader.glued(it.1) && reader.raw(it.1).starts_with(char::is_alphabetic));
    let is_named = ix.checked_sub(1).is_some_and(|it| {
        reader.tag(it) == "NNP" && weekday(reader.word(it)).is_none() && reader.capital(it)
    }) && matches!(reader.word(ix), "march" | "may")
        && reader.label(ix) != "DATE";
    if day.is_some() && (sticks || is_named) {
        return None;
    }
    if let Some((day @ 1..=31, next)) = day.filter(|it| !counts_something(reader, it.1)) {
        date.day = Some(day as i8);
        if let Some((year, next)) = year_after(reader, next) {
            date.year = Some(year);
            return Some((date, next));
        }
        return Some((date, next));
    }
    let of = end + usize::from(reader.mark(end, ',')) + usize::from(reader.word(end) == "of");
    if let Some((year, next)) =
        year_number(reader, of).or_else(|| short_year(reader, of)).or_else(|| spoken_year(reader, of))
    {
        date.year = Some(year);
        return Some((date, next));
    }
    for (words, shift) in [(["last", "year"], -1), (["this", "year"], 0), (["next", "year"], 1)] {
        if let Some(next) = reader.phrase(of, &words) {
            date.year_shift = Some(shift);
            return Some((date, next));
        }
    }
    Some((date, end))
}

/// "2 December 2025", "the 2nd of December", "1st of May".
fn day_first(reader: &Reader<'_>, ix: usize) -> Option<(Date, usize)> {
    let the = usize::from(reader.word(ix) == "the");
    let (day, end) = ordinal_at(reader, ix + the)
        .or_else(|| integer(reader, ix).filter(|_| reader.lower(ix).len() <= 2).map(|day| (day as u32, ix + 1)))?;
    if !(1..=31).contains(&day) {
        return None;
    }
    let of = end + usize::from(reader.word(end) == "of") + usize::from(reader.hyphen(end));
    let (month, end) = month_at(reader, of)?;
    // "5 Dec. 18" is not the way of news, but "the second May" or "first March on Rome" is no date either.
    if of == end && the == 1 && !reader.glued(ix + 2) {
        return None;
    }
    let mut date = Date { month: Some(month), day: Some(day as i8), ..Date::default() };
    let of = end + usize::from(reader.word(end) == "of");
    if let Some((year, next)) = year_after(reader, of) {
        date.year = Some(year);
        return Some((date, next));
    }
    Some((date, end))
}

/// Whether what follows a number after a month shows that it counts something: "in March 20 people".
fn counts_something(reader: &Reader<'_>, next: usize) -> bool {
    reader.mark(next, '%') || matches!(reader.word(next), "percent" | "people" | "million" | "billion" | "points")
}

/// "| , 2025" or "| 2025".
fn year_after(reader: &Reader<'_>, end: usize) -> Option<(i32, usize)> {
    let at = end + usize::from(reader.mark(end, ','));
    year_number(reader, at).or_else(|| short_year(reader, at)).or_else(|| spoken_year(reader, at))
}

/// Four digits that can be a year.
pub(crate) fn year_number(reader: &Reader<'_>, ix: usize) -> Option<(i32, usize)> {
    let year = integer(reader, ix).filter(|_| reader.lower(ix).len() == 4)? as i32;
    let glued = reader.mark(ix + 1, '%') || reader.glued(ix + 1) && matches!(reader.get(ix + 1)?.kind, AtomKind::Word);
    ((1000..2200).contains(&year) && !glued).then_some((year, ix + 1))
}

/// "'98".
fn short_year(reader: &Reader<'_>, ix: usize) -> Option<(i32, usize)> {
    let mark = matches!(reader.get(ix)?.kind, AtomKind::Mark('\'' | '’' | '‘'));
    let year =
        integer(reader, ix + 1).filter(|_| mark && reader.glued(ix + 1) && reader.lower(ix + 1).len() == 2)? as i32;
    Some((century_of(year), ix + 2))
}

/// The century of a year of two digits, as news of our time means it.
pub(crate) fn century_of(year: i32) -> i32 {
    if year < 40 { 2000 + year } else { 1900 + year }
}

/// "nineteen ninety-six".
pub(crate) fn spoken_year(reader: &Reader<'_>, ix: usize) -> Option<(i32, usize)> {
    let high = small(reader.word(ix)).filter(|it| (13.0..=20.0).contains(it))? as i32;
    let low = small(reader.word(ix + 1)).filter(|it| 10.0 <= *it)? as i32;
    let hyphen = usize::from(reader.hyphen(ix + 2));
    match small(reader.word(ix + 2 + hyphen)).filter(|it| (1.0..10.0).contains(it) && 20 <= low && low % 10 == 0) {
        Some(unit) => Some((high * 100 + low + unit as i32, ix + 3 + hyphen)),
        None => Some((high * 100 + low, ix + 2)),
    }
}

/// Dates in figures: `2025-12-01`, `2025.12.01 21:11 GMT+8`, `01/12/2025` where only one reading is possible.
fn numeric_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let first = reader.get(ix).filter(|it| it.kind == AtomKind::Number)?;
    let dotted: Vec<&str> = reader.lower_of(first.span).split('.').collect();
    let (year, month, day, end) = match dotted.as_slice() {
        [a, b, c] => {
            let (year, month, day) = ordered(a, b, c)?;
            (year, month, day, ix + 1)
        }
        _ => {
            let separator =
                |at: usize| reader.glued(at) && (reader.mark(at, '-') || reader.mark(at, '/')) && reader.glued(at + 1);
            if !separator(ix + 1) || !separator(ix + 3) || reader.lower(ix + 1) != reader.lower(ix + 3) {
                return None;
            }
            let (year, month, day) = ordered(reader.lower(ix), reader.lower(ix + 2), reader.lower(ix + 4))?;
            (year, month, day, ix + 5)
        }
    };
    let day = format!("{year:04}-{month:02}-{day:02}");
    let at = end + usize::from(reader.word(end) == "t" && reader.glued(end)) + usize::from(reader.mark(end, ','));
    if let Some((clock, next)) = clock_at(reader, at).or_else(|| bare_clock(reader, at)) {
        return Some(Expression::new(ix, next, Meaning::Stated(day + &clock)));
    }
    Some(Expression::new(ix, end, Meaning::Stated(day)))
}

/// Year, month and day from three numbers, where their sizes leave one order only.
fn ordered(a: &str, b: &str, c: &str) -> Option<(i32, u32, u32)> {
    let (year, x, y, year_first) = match (a.len(), b.len(), c.len()) {
        (4, 1 | 2, 1 | 2) => (a, b, c, true),
        (1 | 2, 1 | 2, 4) => (c, a, b, false),
        _ => return None,
    };
    let (year, x, y): (i32, u32, u32) = (year.parse().ok()?, x.parse().ok()?, y.parse().ok()?);
    let valid = |month: u32, day: u32| (1..=12).contains(&month) && (1..=31).contains(&day);
    match year_first {
        true => valid(x, y).then_some((year, x, y)),
        false if x == y || !valid(x, y) && valid(y, x) => Some((year, y, x)),
        false => (valid(x, y) && !valid(y, x)).then_some((year, x, y)),
    }
}

/// "21:11" beside a date, with its zone.
fn bare_clock(reader: &Reader<'_>, ix: usize) -> Option<(String, usize)> {
    let (hour, minute, second) = hours(reader.lower(ix))?;
    let clock = match second {
        Some(second) => format!("T{hour:02}:{minute:02}:{second:02}"),
        None => format!("T{hour:02}:{minute:02}"),
    };
    Some(with_zone(reader, clock, ix + 1))
}

/// Hours, minutes and seconds in `21:11:05` or `9.30`.
fn hours(text: &str) -> Option<(u32, u32, Option<u32>)> {
    let mut parts = text.split(':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute = parts.next().filter(|it| it.len() == 2)?.parse().ok()?;
    let second: Option<u32> = parts.next().and_then(|it| it.get(..2)).and_then(|it| it.parse().ok());
    (hour < 25 && minute < 60 && parts.next().is_none() && second.is_none_or(|it| it < 61))
        .then_some((hour, minute, second))
}

/// A time of day at `ix`: "10:35 a.m.", "5pm", "noon", "4 in the morning", "3 o'clock", "18:30 GMT".
pub(crate) fn clock_at(reader: &Reader<'_>, ix: usize) -> Option<(String, usize)> {
    match reader.word(ix) {
        "noon" => return Some(("T12:00".to_owned(), ix + 1)),
        "midday" => return Some(("T12:00".to_owned(), ix + 1)),
        "midnight" => return Some(("T24:00".to_owned(), ix + 1)),
        _ => {}
    }
    let text = reader.lower(ix);
    let (hour, minute, stated) = match hours(text) {
        Some((hour, minute, _)) => (hour, minute, true),
        None => match text.split_once('.') {
            Some((hour, minute)) if minute.len() == 2 => (hour.parse().ok()?, minute.parse().ok()?, false),
            _ => match integer(reader, ix) {
                Some(hour @ 0..=24) if text.len() <= 2 => (hour as u32, 0, false),
                _ => (small(reader.word(ix)).filter(|it| (1.0..=12.0).contains(it))? as u32, 0, false),
            },
        },
    };
    if 59 < minute {
        return None;
    }
    if let Some((half, end)) = half_of_day(reader, ix + 1) {
        if hour == 0 && half == Half::Afternoon || 12 < hour {
            return stated.then(|| with_zone(reader, format!("T{hour:02}:{minute:02}"), end));
        }
        let hour = match half {
            Half::Morning => hour % 12,
            Half::Afternoon => hour % 12 + 12,
        };
        return Some(with_zone(reader, format!("T{hour:02}:{minute:02}"), end));
    }
    let hour_said = reader.word(ix + 1) == "o" && reader.apostrophe(ix + 2) && reader.word(ix + 3) == "clock";
    if hour_said {
        return Some((format!("T{hour:02}:{minute:02}"), ix + 4));
    }
    if !stated && text.len() == 2 || !stated && text.len() == 4 && text.contains('.') {
        return None;
    }
    let (clock, end) = with_zone(reader, format!("T{hour:02}:{minute:02}"), ix + 1);
    let before = if ix == 0 { "" } else { reader.word(ix - 1) };
    let led =
        matches!(before, "at" | "by" | "from" | "until" | "till" | "around" | "about" | "before" | "after" | "since");
    (stated && (ix + 1 < end || led)).then_some((clock, end))
}

#[derive(PartialEq, Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

/// "| a.m.", "| pm", "| in the afternoon".
fn half_of_day(reader: &Reader<'_>, ix: usize) -> Option<(Half, usize)> {
    let half = |word: &str| match word {
        "am" | "a" => Some(Half::Morning),
        "pm" | "p" => Some(Half::Afternoon),
        _ => None,
    };
    let word = reader.word(ix);
    if let Some(found) = half(word) {
        if word.len() == 2 {
            return Some((found, ix + 1));
        }
        if reader.mark(ix + 1, '.') && reader.word(ix + 2) == "m" && reader.glued(ix + 2) {
            let stop = reader.mark(ix + 3, '.') && reader.glued(ix + 3);
            return Some((found, ix + 3 + usize::from(stop)));
        }
        return None;
    }
    let end = reader.phrase(ix, &["in", "the"])?;
    match part(reader.word(end))? {
        "TMO" => Some((Half::Morning, end + 1)),
        "TAF" | "TEV" => Some((Half::Afternoon, end + 1)),
        _ => None,
    }
}

/// "T21:11 | GMT+8", "| EST", "| local time". A zone whose offset is said in figures goes into the value.
fn with_zone(reader: &Reader<'_>, clock: String, end: usize) -> (String, usize) {
    let word = reader.word(end);
    if matches!(word, "gmt" | "utc" | "z") {
        let sign = match reader.get(end + 1).map(|it| it.kind) {
            Some(AtomKind::Mark('+')) => '+',
            Some(AtomKind::Mark('-' | '−' | '–')) => '-',
            _ => return (clock + "Z", end + 1),
        };
        let text = reader.lower(end + 2);
        let (hour, minute) = text.split_once(':').unwrap_or((text, "0"));
        return match (hour.parse::<u32>(), minute.parse::<u32>()) {
            (Ok(hour), Ok(minute)) if hour < 15 && minute < 60 => {
                (format!("{clock}{sign}{hour:02}:{minute:02}"), end + 3)
            }
            _ => (clock + "Z", end + 1),
        };
    }
    if reader.mark(end, '+')
        && reader.glued(end)
        && let Some((hour, minute)) = offset_digits(reader.lower(end + 1))
    {
        return (format!("{clock}+{hour:02}:{minute:02}"), end + 2);
    }
    if reader.phrase(end, &["local", "time"]).is_some() || reader.word(end + 1) == "time" && reader.capital(end) {
        return (clock, end + 2);
    }
    let raw = reader.raw(end);
    let zone = (2..=4).contains(&raw.len()) && raw.ends_with('T') && raw.chars().all(|it| it.is_ascii_uppercase());
    (clock, end + usize::from(zone))
}

/// `0800` or `08:00`.
fn offset_digits(text: &str) -> Option<(u32, u32)> {
    let plain: String = text.chars().filter(|it| *it != ':').collect();
    (plain.len() == 4).then_some(())?;
    Some((plain.get(..2)?.parse().ok()?, plain.get(2..)?.parse().ok()?))
}
