//! Years and their parts: "the third quarter", "the early 1980s", "fiscal 1989", "the winter of 2024", "the 20th century".

use super::atoms::AtomKind;
use super::dates::{spoken_year, year_number};
use super::expression::{Expression, Meaning, Shift};
use super::lengths::shifted_at;
use super::numbers::{integer, ordinal, ordinal_at};
use super::reader::Reader;
use super::words::{Unit, season, unit};

/// A period at `ix`.
pub(crate) fn period_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    holiday_at(reader, ix)
        .or_else(|| quarter_at(reader, ix))
        .or_else(|| half_at(reader, ix))
        .or_else(|| decade_at(reader, ix))
        .or_else(|| century_at(reader, ix))
        .or_else(|| fiscal_at(reader, ix))
        .or_else(|| season_at(reader, ix))
        .or_else(|| first_units(reader, ix))
        .or_else(|| year_alone(reader, ix))
}

/// "Thanksgiving Day", "last Christmas", "Easter Monday 2024", "Election Day".
pub(crate) fn holiday_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let shift = match reader.word(ix) {
        "last" => Shift::Last,
        "this" => Shift::This,
        "next" => Shift::Next,
        _ => Shift::None,
    };
    let at = ix + usize::from(shift != Shift::None);
    if !reader.capital(at) {
        return None;
    }
    // The longest name first; names have at most five words, and the marks between them.
    (1..=6usize).rev().find_map(|n| {
        let end = at + n;
        reader.get(end - 1)?;
        let name = reader.span(at, end).of(reader.text);
        let holiday = reader.lexicon.holiday(name)?;
        // "New Year" and "Easter" alone are seasons as much as days; "Labour Day" in a name of a thing is followed by it.
        let (year, moved, next) = year_of(reader, end);
        let shift = if moved == Shift::None { shift } else { moved };
        Some(Expression::new(ix, next, Meaning::Holiday(holiday.rule.to_owned(), year, shift)))
    })
}

/// The year said after a period: "| of 1990", "| 1990", "| of last year".
fn year_of(reader: &Reader<'_>, end: usize) -> (Option<i32>, Shift, usize) {
    let at = end + usize::from(matches!(reader.word(end), "of" | "in")) + usize::from(reader.mark(end, ','));
    if let Some((year, next)) = year_number(reader, at).or_else(|| spoken_year(reader, at)) {
        return (Some(year), Shift::None, next);
    }
    let at = at + usize::from(reader.word(at) == "fiscal");
    if let Some((year, next)) = year_number(reader, at) {
        return (Some(year), Shift::None, next);
    }
    for (word, shift) in [("last", Shift::Last), ("this", Shift::This), ("next", Shift::Next)] {
        if let Some(next) = reader.phrase(at, &[word, "year"]) {
            return (None, shift, next);
        }
    }
    (None, Shift::None, end)
}

/// The year said before a period: "the 1988 | quarter", "last year's | third quarter", "the year-earlier | quarter".
fn year_before(reader: &Reader<'_>, ix: usize) -> (Option<i32>, Shift, usize) {
    let the = usize::from(reader.word(ix) == "the");
    let mut at = ix + the;
    if matches!(reader.word(at), "comparable" | "corresponding") {
        at += 1;
    }
    if let Some((year, next)) = year_number(reader, at) {
        return (Some(year), Shift::None, next + usize::from(reader.word(next) == "fiscal"));
    }
    for (word, shift) in [("last", Shift::Last), ("this", Shift::This), ("next", Shift::Next)] {
        if reader.word(at) == word && reader.word(at + 1) == "year" && reader.apostrophe(at + 2) {
            return (None, shift, at + 4);
        }
    }
    let year_earlier =
        reader.word(at) == "year" && reader.hyphen(at + 1) && matches!(reader.word(at + 2), "earlier" | "ago");
    if year_earlier {
        return (None, Shift::Last, at + 3);
    }
    (None, Shift::None, at)
}

/// "the third quarter", "third-quarter", "fiscal second-quarter", "Q3 2025", "the quarter", "the latest period".
fn quarter_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    if reader.word(ix) == "q" && reader.glued(ix + 1) {
        let number = integer(reader, ix + 1).filter(|it| (1..=4).contains(it))? as i8;
        let (year, shift, end) = year_of(reader, ix + 2);
        return Some(Expression::new(ix, end, Meaning::Quarter(Some(number), year, shift)));
    }
    let (year, shift, at) = year_before(reader, ix);
    let fiscal = usize::from(reader.word(at) == "fiscal");
    let at = at + fiscal + usize::from(fiscal == 1 && reader.hyphen(at + fiscal));
    if let Some((number, end)) = ordinal_at(reader, at).filter(|it| it.0 <= 4) {
        let end = end + usize::from(reader.hyphen(end));
        if reader.word(end) == "quarter" {
            // "the third-quarter loss": the article belongs to the loss.
            if reader.hyphen(end - 1) && reader.word(ix) == "the" {
                return None;
            }
            let (later, moved, next) = year_of(reader, end + 1);
            let shift = if moved == Shift::None { shift } else { moved };
            return Some(Expression::new(ix, next, Meaning::Quarter(Some(number as i8), year.or(later), shift)));
        }
    }
    let word = reader.word(at);
    let dated = year.is_some() || shift != Shift::None;
    let article = reader.word(ix) == "the" && at == ix + 1;
    if word == "quarter" && (dated || article) && !reader.hyphen(at + 1) && reader.word(at + 1) != "of" {
        return Some(Expression::new(ix, at + 1, Meaning::Quarter(None, year, shift)));
    }
    if word == "period" && dated {
        let meaning = match (year, shift) {
            (Some(year), _) => Meaning::Period(year),
            (None, shift) => Meaning::Quarter(None, None, shift),
        };
        return Some(Expression::new(ix, at + 1, meaning));
    }
    if shift == Shift::Last && reader.word(at.wrapping_sub(3)) == "year" && reader.hyphen(at - 2) {
        return Some(Expression::new(
            at - 3,
            at,
            Meaning::Offset { unit: Unit::Year, n: -1, part: Default::default(), from_context: false, loose: true },
        ));
    }
    if reader.word(at) == "latest" && matches!(reader.word(at + 1), "quarter" | "period") {
        return Some(Expression::new(ix, at + 2, Meaning::Quarter(None, None, Shift::None)));
    }
    None
}

/// "the first half of 2025", "the second half of the day".
fn half_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let (year, shift, at) = year_before(reader, ix);
    let number = match reader.word(at) {
        "first" => 1,
        "second" | "last" | "latter" => 2,
        _ => return None,
    };
    let hyphen = usize::from(reader.hyphen(at + 1));
    if reader.word(at + 1 + hyphen) != "half" {
        return None;
    }
    let end = at + 2 + hyphen;
    if let Some(end) = reader.phrase(end, &["of", "the", "day"]) {
        return Some(Expression::new(ix, end, Meaning::HalfDay(number)));
    }
    // The half of something else: "of the war", "of the game", "of the month".
    if let Some(next) = reader.phrase(end, &["of", "the"]) {
        if let Some(decade) = decade_at(reader, next) {
            let modifier = if number == 1 { "START" } else { "END" };
            return Some(Expression::new(ix, decade.end, decade.meaning).with(Some(modifier)));
        }
        let (found, _) = unit(reader.word(next))?;
        if found == Unit::Year {
            return Some(Expression::new(ix, next + 1, Meaning::Half(number, None, Shift::This)));
        }
        let modifier = if number == 1 { "START" } else { "END" };
        return Some(Expression::new(ix, next + 1, Meaning::Running(found)).with(Some(modifier)));
    }
    let (later, moved, next) = year_of(reader, end);
    if let Some((number_of, after)) =
        (reader.word(end) == "of").then(|| super::dates::month_at(reader, end + 1)).flatten()
    {
        let date = super::expression::Date { month: Some(number_of), ..Default::default() };
        let modifier = if number == 1 { "START" } else { "END" };
        return Some(Expression::new(ix, after, Meaning::Date(date)).with(Some(modifier)));
    }
    let shift = if moved == Shift::None { shift } else { moved };
    if reader.word(end) == "of" && next == end || year.or(later).is_none() && shift == Shift::None {
        return None;
    }
    Some(Expression::new(ix, next, Meaning::Half(number, year.or(later), shift)))
}

/// "the 1990s", "'80s", "the nineties".
fn decade_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let at = ix + usize::from(reader.word(ix) == "the");
    let mark = usize::from(matches!(reader.get(at)?.kind, AtomKind::Mark('\'' | '’' | '‘')));
    if let Some(year) = integer(reader, at + mark) {
        let digits = reader.lower(at + mark).len();
        let mut end = at + mark + 1;
        end += usize::from(reader.apostrophe(end));
        if reader.word(end) != "s" || !reader.glued(end) || year % 10 != 0 {
            return None;
        }
        return match (digits, mark) {
            (4, 0) if (1000..2100).contains(&year) => {
                let meaning = if year % 100 == 0 && year < 2000 {
                    Meaning::Century(year as i32 / 100)
                } else {
                    Meaning::Decade(year as i32 / 10)
                };
                Some(Expression::new(ix, end + 1, meaning))
            }
            (2, _) if mark == 1 || ix < at => {
                Some(Expression::new(ix, end + 1, Meaning::Decade(190 + year as i32 / 10)))
            }
            _ => None,
        };
    }
    const NAMES: [&str; 8] =
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    let name = NAMES.iter().position(|it| *it == reader.word(at)).filter(|_| ix < at)?;
    Some(Expression::new(ix, at + 1, Meaning::Decade(192 + name as i32)))
}

/// "the 20th century", "nineteenth-century".
fn century_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let at = ix + usize::from(reader.word(ix) == "the");
    let (number, end) = ordinal_at(reader, at).filter(|it| it.0 <= 30)?;
    let end = end + usize::from(reader.hyphen(end));
    (reader.word(end) == "century").then(|| Expression::new(ix, end + 1, Meaning::Century(number as i32 - 1)))
}

/// "fiscal 1989", "fiscal year 2024", "FY2024", "the 2024-25 season" is none.
fn fiscal_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let at = match reader.word(ix) {
        "fiscal" => ix + 1 + usize::from(reader.word(ix + 1) == "year"),
        "fy" => ix + 1,
        "the" if reader.word(ix + 1) == "year" => ix + 2,
        "the" if reader.word(ix + 1) == "fiscal" && reader.word(ix + 2) == "year" => {
            if matches!(reader.word(ix + 3), "ended" | "ending") {
                return Some(Expression::new(ix, ix + 3, Meaning::Duration { n: Some(1.0), unit: Unit::Year }));
            }
            return Some(Expression::new(ix, ix + 3, Meaning::Context(Unit::Year)));
        }
        _ => return None,
    };
    if let Some((year, end)) = year_number(reader, at).or_else(|| spoken_year(reader, at)) {
        return Some(Expression::new(ix, end, Meaning::Stated(year.to_string())));
    }
    let end = reader.phrase(at, &["two", "thousand"])?;
    Some(Expression::new(ix, end, Meaning::Stated("2000".to_owned())))
}

/// "the summer", "the winter of 2024", "summer 2023", "spring".
fn season_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let the = usize::from(reader.word(ix) == "the");
    let code = season(reader.word(ix + the)).filter(|_| reader.noun(ix + the))?;
    let (year, shift, end) = year_of(reader, ix + the + 1);
    // "the Winter Games", "the Summer Palace": names.
    if year.is_none() && reader.capital(ix + the) && reader.capital(ix + the + 1) && shift == Shift::None {
        return None;
    }
    let unclear = matches!(reader.word(ix + the), "fall" | "spring");
    let led = 0 < ix
        && matches!(
            reader.word(ix - 1),
            "in" | "since" | "by" | "until" | "during" | "through" | "early" | "late" | "mid"
        );
    let compound = reader.token(ix + the).is_some_and(|it| it.dep == "compound");
    if year.is_none()
        && shift == Shift::None
        && ((compound || !led) && unclear || reader.word(ix + the + 1) == "of" || the == 0 && !led)
    {
        return None;
    }
    Some(Expression::new(ix, end, Meaning::Season(code, year, shift)))
}

/// "the first nine months", "the first two years", "the nine months".
fn first_units(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    if !matches!(reader.word(ix), "the" | "its" | "their" | "his" | "her") {
        return None;
    }
    let mut at = ix + 1;
    let first = ordinal(reader.word(at)) == Some(1)
        || matches!(reader.word(at), "final" | "initial" | "opening" | "same" | "early");
    at += usize::from(first);
    let number = super::numbers::number_at(reader, at).filter(|it| it.end > at);
    let (n, at) = number.map_or((None, at + usize::from(reader.word(at) == "few")), |it| (Some(it.value), it.end));
    let at = at + usize::from(matches!(reader.word(at), "full" | "fiscal" | "trading"));
    let (found, plural) = unit(reader.word(at)).filter(|it| it.1 && it.0 > Unit::Second)?;
    if found == Unit::Quarter && n.is_none() || !plural || !first && n.is_none() && found < Unit::Week {
        return None;
    }
    Some(Expression::new(ix, at + 1, Meaning::Duration { n, unit: found }))
}

/// A year by itself, where the words or the parse say that it is one.
fn year_alone(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    if let Some((year, end)) = spoken_year(reader, ix) {
        return Some(Expression::new(ix, end, Meaning::Stated(year.to_string())));
    }
    let (year, end) = year_number(reader, ix).filter(|it| (1300..2100).contains(&it.0))?;
    let before = |back: usize| ix.checked_sub(back).map_or("", |it| reader.lower(it));
    if matches!(before(1), "$" | "€" | "£" | "¥" | "#" | "no" | "/" | ":" | "+")
        || matches!(before(1), "." | ",") && reader.glued(ix)
    {
        return None;
    }
    let led = matches!(
        before(1),
        "in" | "since"
            | "by"
            | "until"
            | "till"
            | "during"
            | "through"
            | "before"
            | "after"
            | "from"
            | "early"
            | "late"
            | "mid"
            | "circa"
            | "of"
            | "for"
    );
    let label = reader.label(ix);
    let hyphened =
        before(1) == "-" && reader.glued(ix) && !matches!(before(2), "mid" | "post" | "pre" | "early" | "late");
    let pair = hyphened && ix >= 2 && year_number(reader, ix - 2).is_some();
    if hyphened && !pair {
        return None;
    }
    if matches!(reader.word(end), "sq" | "km" | "m" | "kg" | "hp" | "mw" | "mph" | "ft" | "rpm" | "tonnes" | "tons") {
        return None;
    }
    let noun_next = reader.get(end).and_then(|it| it.token);
    let counts = reader.token(ix).is_some_and(|it| it.dep == "nummod" && Some(it.head) == noun_next);
    let counted = reader.tag(end) == "NNS"
        && (counts && (label != "DATE" || !led || before(1) == "of") || label != "DATE" && !led)
        || reader.word(end) == "people";
    let money = matches!(label, "MONEY" | "QUANTITY" | "PERCENT");
    let accepted = led && !matches!(label, "CARDINAL" | "QUANTITY" | "MONEY")
        || label == "DATE"
        || matches!(before(1), "in" | "since") && !money
        || pair;
    let shift = shifted_at(reader, ix).is_some();
    let bare = reader.tag(ix).is_empty() && led;
    ((accepted || bare) && !counted && !shift).then(|| Expression::new(ix, end, Meaning::Stated(year.to_string())))
}
