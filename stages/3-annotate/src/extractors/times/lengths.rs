//! Lengths of time and what is counted with them: "nearly four years", "two weeks ago", "last month", "every single day".

use super::dates::{month_at, part_after, weekday_at};
use super::expression::{Date, Expression, Meaning, Part, Shift};
use super::numbers::number_at;
use super::reader::Reader;
use super::words::{Form, Unit, part, season, unit, weekday};

/// "four years", "two weeks ago", "a two-year", "several hours".
pub(crate) fn length_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let (n, mut at) = amount_at(reader, ix)?;
    let article = matches!(reader.word(ix), "a" | "an") && at == ix + 1;
    let hyphen = reader.hyphen(at);
    at += usize::from(hyphen);
    let to = if hyphen { None } else { upper_end(reader, at) };
    at = to.unwrap_or(at);
    let mut skipped = 0;
    while matches!(
        reader.word(at),
        "full"
            | "more"
            | "long"
            | "trading"
            | "business"
            | "working"
            | "straight"
            | "consecutive"
            | "calendar"
            | "additional"
            | "whole"
            | "successive"
            | "short"
    ) && skipped < 2
    {
        at += 1;
        skipped += 1;
    }
    let (unit, plural) = unit(reader.word(at)).filter(|_| reader.noun(at) || reader.tag(at) == "JJ")?;
    if unit == Unit::Second && !plural && !hyphen && n == Some(1.0) || unit == Unit::Quarter && !plural && article {
        return None;
    }
    // "three-quarters", "a year-earlier loss"
    let compared = reader.hyphen(at + 1) && matches!(reader.word(at + 2), "earlier" | "ago" | "end" | "old" | "on");
    if unit == Unit::Quarter && hyphen || article && compared {
        return None;
    }
    if article && is_rate(reader, ix) {
        return None;
    }
    let mut end = at + 1;
    // "weeks or months", "a year or two", "a week or so"
    let vague = reader.phrase(end, &["or", "so"]).or_else(|| reader.phrase(end, &["or", "two"]));
    end = vague.unwrap_or(end);
    if hyphen {
        for tail in ["long", "old"] {
            if reader.hyphen(end) && reader.word(end + 1) == tail {
                if tail == "old" && unit == Unit::Year {
                    return None;
                }
                end += 2;
            }
        }
    } else if reader.phrase(end, &["and", "a", "half"]).is_some() {
        end += 3;
        let n = n.map(|it| it + 0.5);
        return finish_length(reader, ix, end, n, unit, article).map(|it| it.with(vague.map(|_| "APPROX")));
    }
    if !hyphen && unit == Unit::Year && matches!(reader.word(end), "old") {
        return None;
    }
    finish_length(reader, ix, end, n, unit, article).map(|it| it.with(vague.map(|_| "APPROX")))
}

/// Reads "ago", "earlier", "later" and "from now" after a length.
fn finish_length(
    reader: &Reader<'_>,
    ix: usize,
    end: usize,
    n: Option<f64>,
    unit: Unit,
    article: bool,
) -> Option<Expression> {
    let (back, from_context, next) = match reader.word(end) {
        "ago" => (true, false, end + 1),
        "earlier" | "previously" | "before" => (true, true, end + 1),
        "later" | "afterwards" | "thereafter" | "hence" => (false, true, end + 1),
        "from" if reader.word(end + 1) == "now" => (false, false, end + 2),
        "from" if matches!(reader.word(end + 1), "today" | "tomorrow") => (false, false, end + 2),
        _ => return Some(Expression::new(ix, end, Meaning::Duration { n, unit })),
    };
    // "two days before the vote" counts from the vote, which is not known here.
    if reader.word(end) == "before" && !matches!(reader.lower(next), "" | "." | "," | ";" | ")") {
        return Some(Expression::new(ix, end, Meaning::Duration { n, unit }));
    }
    let Some(n) = n.filter(|it| it.fract() == 0.0 && *it < 5000.0) else {
        let reference = if back { "PAST_REF" } else { "FUTURE_REF" };
        return Some(Expression::new(ix, next, Meaning::Ref(reference)));
    };
    let n = if back { -(n as i32) } else { n as i32 };
    let loose = article && unit == Unit::Year;
    let meaning = Meaning::Offset { unit, n, part: Part::None, from_context, loose };
    Some(Expression::new(ix, next, meaning))
}

/// The number of a length: `None` inside for "several", "a few", or nothing said ("weeks").
fn amount_at(reader: &Reader<'_>, ix: usize) -> Option<(Option<f64>, usize)> {
    if let Some(number) = number_at(reader, ix) {
        return Some((Some(number.value), number.end));
    }
    let vague: &[(&[&str], Option<f64>)] = &[
        (&["a", "couple", "of"], Some(2.0)),
        (&["a", "couple"], Some(2.0)),
        (&["couple", "of"], Some(2.0)),
        (&["half", "a"], Some(0.5)),
        (&["half", "an"], Some(0.5)),
        (&["a", "half"], Some(0.5)),
        (&["an", "additional"], Some(1.0)),
        (&["a", "few"], None),
        (&["a", "number", "of"], None),
        (&["dozens", "of"], None),
        (&["hundreds", "of"], None),
        (&["tens", "of"], None),
        (&["several"], None),
        (&["many"], None),
        (&["few"], None),
        (&["a", "single"], Some(1.0)),
        (&["another"], Some(1.0)),
        (&["an"], Some(1.0)),
        (&["a"], Some(1.0)),
    ];
    vague.iter().find_map(|(words, n)| reader.phrase(ix, words).map(|end| (*n, end)))
}

/// "12 | to 18 months", "two | or three weeks": the index after the upper number.
fn upper_end(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let joined = matches!(reader.word(at), "to" | "or") || reader.mark(at, '–') || reader.mark(at, '-');
    joined.then(|| number_at(reader, at + 1)).flatten().map(|it| it.end)
}

/// Units without a number: "weeks", "decades-long", "months ago", "years".
pub(crate) fn plural_unit_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let (found, plural) = unit(reader.word(ix)).filter(|it| it.1)?;
    if found <= Unit::Hour
        || matches!(found, Unit::Quarter | Unit::Weekend)
        || !reader.noun(ix)
        || reader.word(ix + 1) == "old"
    {
        return None;
    }
    if reader.word(ix + 1) == "ago" {
        return Some(Expression::new(ix, ix + 2, Meaning::Ref("PAST_REF")));
    }
    let end = if reader.hyphen(ix + 1) && matches!(reader.word(ix + 2), "long" | "old") { ix + 3 } else { ix + 1 };
    let joined = reader.word(end) == "or" && unit(reader.word(end + 1)).is_some_and(|it| it.1);
    let end = end + 2 * usize::from(joined);
    plural.then(|| Expression::new(ix, end, Meaning::Duration { n: None, unit: found }))
}

/// "last week", "the past two months", "next Tuesday", "this evening", "the following day".
pub(crate) fn shifted_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let the = usize::from(matches!(reader.word(ix), "the" | "this" | "its" | "their" | "his" | "her" | "these"));
    let mut at = ix + the;
    let mut word = reader.word(at);
    if the == 1
        && !matches!(
            word,
            "last"
                | "past"
                | "next"
                | "coming"
                | "previous"
                | "preceding"
                | "following"
                | "current"
                | "same"
                | "upcoming"
                | "latest"
                | "final"
                | "very"
                | "ensuing"
                | "intervening"
                | "recent"
                | "just"
        )
    {
        if !matches!(reader.word(ix), "this" | "these") {
            return None;
        }
        at = ix;
        word = reader.word(ix);
    }
    if word == "very" {
        at += 1;
        word = reader.word(at);
    }
    let shift = match word {
        "last" | "past" | "previous" | "preceding" | "latest" | "recent" => Shift::Last,
        "this" | "current" | "that" | "same" => Shift::This,
        "next" | "coming" | "following" | "upcoming" | "ensuing" => Shift::Next,
        _ => return None,
    };
    at += 1;
    if word == "that" && reader.word(at) == "same" {
        at += 1;
    }
    let from_context = matches!(word, "previous" | "preceding" | "following" | "same" | "that" | "ensuing")
        || word == "next"
            && the == 1
            && matches!(reader.word(at), "day" | "morning" | "afternoon" | "evening" | "night");
    // "the past two months": a length.
    if !matches!(word, "this" | "that" | "same" | "current") && !matches!(reader.word(at), "a" | "an" | "another") {
        let amount = amount_at(reader, at).and_then(|(n, end)| {
            let end = upper_end(reader, end).unwrap_or(end);
            let skip = usize::from(matches!(
                reader.word(end),
                "full" | "fiscal" | "trading" | "consecutive" | "straight" | "business"
            ));
            let (found, plural) = unit(reader.word(end + skip))?;
            (plural || n == Some(1.0)).then_some((n, found, end + skip + 1))
        });
        if let Some((n, unit, mut end)) = amount {
            let vague = reader.phrase(end, &["or", "so"]);
            end = vague.unwrap_or(end);
            return Some(Expression::new(ix, end, Meaning::Duration { n, unit }).with(vague.map(|_| "APPROX")));
        }
    }
    let skip = usize::from(matches!(
        reader.word(at),
        "fiscal" | "calendar" | "full" | "past" | "coming" | "single" | "crucial" | "same"
    ));
    let unit_at = at + skip;
    if let Some((found, plural)) = unit(reader.word(unit_at)).filter(|it| it.0 != Unit::Second && reader.noun(unit_at))
    {
        let mut end = unit_at + 1;
        if plural {
            let reference = match word {
                "coming" | "upcoming" => Meaning::Ref("FUTURE_REF"),
                "past" | "recent" if the == 0 => Meaning::Ref("PAST_REF"),
                "next" | "following" => Meaning::Duration { n: None, unit: found },
                "past" | "recent" | "last" | "previous" | "preceding" => Meaning::Duration { n: None, unit: found },
                "this" if reader.word(ix) == "these" => Meaning::Ref("PRESENT_REF"),
                _ => return None,
            };
            return Some(Expression::new(ix, end, reference));
        }
        if matches!(word, "past" | "recent") {
            let meaning = Meaning::Duration { n: Some(1.0), unit: found };
            return (word == "past").then(|| Expression::new(ix, end, meaning));
        }
        let n = offset(shift);
        if let Some(vague) = reader.phrase(end, &["or", "so"]) {
            let meaning = Meaning::Offset { unit: found, n, part: Part::None, from_context, loose: false };
            return Some(Expression::new(ix, vague, meaning).with(Some("APPROX")));
        }
        if from_context && n == 0 {
            return Some(Expression::new(ix, end, Meaning::That(found)));
        }
        if word == "coming" && found == Unit::Week {
            return Some(Expression::new(ix, end, Meaning::Date(Date { shift: Shift::Next, ..Date::default() })));
        }
        let mut part_of_day = Part::None;
        if found == Unit::Day
            && let Some((found, next)) = part_after(reader, end)
        {
            (part_of_day, end) = (found, next);
        }
        if found == Unit::Hour || found == Unit::Minute {
            return None;
        }
        let meaning = Meaning::Offset { unit: found, n, part: part_of_day, from_context, loose: false };
        return Some(Expression::new(ix, end, meaning));
    }
    if matches!(word, "recent" | "current" | "latest") {
        return None;
    }
    if let Some(code) = part(reader.word(at)).filter(|_| reader.noun(at)) {
        let meaning = match (from_context, shift) {
            (true, shift) => Meaning::Offset {
                unit: Unit::Day,
                n: offset(shift),
                part: Part::Code(code),
                from_context: true,
                loose: false,
            },
            (false, Shift::This) => Meaning::DayPart(Part::Code(code), Shift::This),
            (false, shift) => Meaning::Offset {
                unit: Unit::Day,
                n: offset(shift),
                part: Part::Code(code),
                from_context: false,
                loose: false,
            },
        };
        return Some(Expression::new(ix, at + 1, meaning));
    }
    let at = at + usize::from(matches!(reader.word(at), "past" | "coming"));
    if let Some((number, mut end)) = weekday_at(reader, at) {
        let mut date = Date { weekday: Some(number), shift, from_context, ..Date::default() };
        let comma = end + usize::from(reader.mark(end, ','));
        if let Some((full, next)) = super::dates::calendar_at(reader, comma).filter(|it| it.0.month.is_some()) {
            (date, end) = (full, next);
        }
        if let Some((found, next)) = part_after(reader, end) {
            (date.part, end) = (found, next);
        }
        return Some(Expression::new(ix, end, Meaning::Date(date)));
    }
    if let Some((number, end)) = month_at(reader, at) {
        let (mut date, mut end) = (Date { month: Some(number), shift, ..Date::default() }, end);
        if let Some((full, next)) = super::dates::calendar_at(reader, at).filter(|it| it.0.day.is_some()) {
            (date, end) = (Date { shift, ..full }, next);
        }
        return Some(Expression::new(ix, end, Meaning::Date(date)));
    }
    if let Some(code) = season(reader.word(at)).filter(|_| reader.noun(at)) {
        return Some(Expression::new(ix, at + 1, Meaning::Season(code, None, shift)));
    }
    None
}

/// Last, this, next as a number.
pub(crate) fn offset(shift: Shift) -> i32 {
    match shift {
        Shift::Last => -1,
        Shift::Next => 1,
        _ => 0,
    }
}

/// "every single day", "each Thursday", "daily", "$5 a year", "Tuesdays".
pub(crate) fn set_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let regular = match reader.word(ix) {
        "hourly" => "PT1H",
        "daily" | "nightly" => "P1D",
        "weekly" => "P1W",
        "fortnightly" | "biweekly" => "P2W",
        "monthly" => "P1M",
        "quarterly" => "P3M",
        "yearly" | "annually" => "P1Y",
        _ => "",
    };
    if !regular.is_empty() {
        let title = reader.capital(ix) && 0 < ix && reader.tag(ix).starts_with("NNP");
        let title = title || reader.word(ix) == "quarterly" && reader.tag(ix) == "JJ";
        return (!title).then(|| Expression::new(ix, ix + 1, Meaning::Set(regular.to_owned())));
    }
    if let Some((number, Form::Plural)) = weekday(reader.word(ix)) {
        return reader.capital(ix).then(|| Expression::new(ix, ix + 1, Meaning::Set(format!("XXXX-WXX-{number}"))));
    }
    if let Some((number, Form::Full)) = weekday(reader.word(ix)) {
        let nights = part(reader.word(ix + 1)).filter(|_| reader.word(ix + 1).ends_with('s'))?;
        return Some(Expression::new(ix, ix + 2, Meaning::Set(format!("XXXX-WXX-{number}{nights}"))));
    }
    match reader.word(ix) {
        "every" | "each" => every(reader, ix),
        "per" => rate(reader, ix),
        _ => None,
    }
}

/// "every | single day", "each | July", "every | two years".
fn every(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let mut at = ix + 1;
    let mut n = 1.0;
    if matches!(reader.word(at), "single" | "passing" | "fiscal" | "given") {
        at += 1;
    } else if reader.word(at) == "other" {
        (n, at) = (2.0, at + 1);
    } else if let Some(number) = number_at(reader, at) {
        (n, at) = (number.value, number.end);
    }
    if let Some((number, _)) = weekday(reader.word(at)).filter(|_| reader.capital(at)) {
        return Some(Expression::new(ix, at + 1, Meaning::Set(format!("XXXX-WXX-{number}"))));
    }
    if let Some((number, end)) = month_at(reader, at) {
        return Some(Expression::new(ix, end, Meaning::Set(format!("XXXX-{number:02}"))));
    }
    if let Some(code) = season(reader.word(at)) {
        return Some(Expression::new(ix, at + 1, Meaning::Set(format!("XXXX-{code}"))));
    }
    if let Some(code) = part(reader.word(at)) {
        return Some(Expression::new(ix, at + 1, Meaning::Set(format!("XXXX-XX-XX{code}"))));
    }
    let (found, _) = unit(reader.word(at))?;
    Some(Expression::new(ix, at + 1, Meaning::Set(super::value::period(Some(n), found))))
}

/// "30 flights | per day".
fn rate(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let (found, plural) = unit(reader.word(ix + 1))?;
    let set = Meaning::Set(super::value::period(Some(1.0), found));
    (!plural && Unit::Minute <= found).then(|| Expression::new(ix + 1, ix + 2, set))
}

/// "$5 | a year", "four flights | a week", "twice | a day": part of a figure, no time of its own.
fn is_rate(reader: &Reader<'_>, ix: usize) -> bool {
    let Some(before) = ix.checked_sub(1) else { return false };
    if matches!(reader.word(ix + 2), "ago" | "earlier" | "later" | "before" | "after") {
        return false;
    }
    let often = matches!(
        reader.word(before),
        "times" | "once" | "twice" | "percent" | "million" | "billion" | "dollars" | "euros"
    );
    let dep = reader.token(ix + 1).map_or("", |it| it.dep);
    often
        || number_at(reader, before).is_some()
        || dep == "npadvmod" && matches!(reader.tag(before), "NNS" | "CD" | "NN")
}
