//! Single words and set phrases: "now", "yesterday", "recently", "the future", "the weekend", "earlier in the day".

use super::dates::part_after;
use super::expression::{Expression, Meaning, Part, Shift};
use super::reader::Reader;
use super::words::{Unit, part, unit};

/// Phrases with a fixed meaning; longer ones first.
const PHRASES: &[(&[&str], &str)] = &[
    (&["as", "soon", "as", "possible"], "FUTURE_REF"),
    (&["at", "the", "moment"], "PRESENT_REF"),
    (&["for", "the", "time", "being"], "PRESENT_REF"),
    (&["the", "near", "future"], "FUTURE_REF"),
    (&["the", "foreseeable", "future"], "FUTURE_REF"),
    (&["the", "not", "too", "distant", "future"], "FUTURE_REF"),
    (&["the", "near", "term"], "FUTURE_REF"),
    (&["the", "short", "term"], "FUTURE_REF"),
    (&["the", "long", "term"], "FUTURE_REF"),
    (&["right", "now"], "PRESENT_REF"),
    (&["these", "days"], "PRESENT_REF"),
    (&["the", "future"], "FUTURE_REF"),
    (&["the", "past"], "PAST_REF"),
    (&["not", "long", "ago"], "PAST_REF"),
    (&["long", "ago"], "PAST_REF"),
    (&["more", "recently"], "PAST_REF"),
    (&["most", "recently"], "PAST_REF"),
];

/// A word or phrase of reference at `ix`.
pub(crate) fn reference_at(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    if let Some((end, value)) =
        PHRASES.iter().find_map(|(words, value)| reader.phrase(ix, words).map(|end| (end, *value)))
    {
        // "the past three months" and "the past year" are read as lengths; "the past chairman" is no time.
        let noun_follows = reader.word(ix) == "the" && matches!(reader.tag(end), "NN" | "NNS" | "CD" | "JJ" | "NNP");
        return (!noun_follows).then(|| Expression::new(ix, end, Meaning::Ref(value)));
    }
    day_word(reader, ix)
        .or_else(|| loose_word(reader, ix))
        .or_else(|| phrase_of_day(reader, ix))
        .or_else(|| unit_word(reader, ix))
}

/// "yesterday afternoon", "the day after tomorrow", "tonight".
fn day_word(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let (n, end) = match reader.word(ix) {
        "yesterday" => (-1, ix + 1),
        "today" => (0, ix + 1),
        "tomorrow" => (1, ix + 1),
        "tonight" => {
            let meaning = Meaning::DayPart(Part::Code("TNI"), Shift::This);
            return Some(Expression::new(ix, ix + 1, meaning));
        }
        "the" => {
            if let Some(end) = reader.phrase(ix, &["the", "day", "before", "yesterday"]) {
                (-2, end)
            } else if let Some(end) = reader.phrase(ix, &["the", "day", "after", "tomorrow"]) {
                (2, end)
            } else {
                return None;
            }
        }
        _ => return None,
    };
    let (part, end) = part_after(reader, end).unwrap_or((Part::None, end));
    let meaning = Meaning::Offset { unit: Unit::Day, n, part, from_context: false, loose: false };
    Some(Expression::new(ix, end, meaning))
}

/// Words that point to the present, past or future without a day.
fn loose_word(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let value = match reader.word(ix) {
        "now" if reader.phrase(ix.saturating_sub(1), &["from", "now"]).is_none() => "PRESENT_REF",
        "now" => return None,
        "nowadays" | "presently" => "PRESENT_REF",
        "currently" => "PRESENT_REF",
        "current" if matches!(reader.tag(ix), "JJ" | "") => "PRESENT_REF",
        "recently" | "lately" => "PAST_REF",
        "recent" if matches!(reader.tag(ix), "JJ" | "") => {
            // "recent months" is one expression.
            if let Some((found, true)) = unit(reader.word(ix + 1)) {
                let _ = found;
                return Some(Expression::new(ix, ix + 2, Meaning::Ref("PAST_REF")));
            }
            return None;
        }
        "soon" if reader.phrase(ix, &["soon", "after"]).is_none() && (ix == 0 || reader.word(ix - 1) != "as") => {
            "FUTURE_REF"
        }
        "shortly" if reader.word(ix + 1) != "after" && reader.word(ix + 1) != "before" => "FUTURE_REF",
        _ => return None,
    };
    Some(Expression::new(ix, ix + 1, Meaning::Ref(value)))
}

/// "overnight", "earlier in the day", "the morning", "year-end".
fn phrase_of_day(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let word = reader.word(ix);
    if word == "overnight" && !matches!(reader.tag(ix), "JJ" | "NN" | "NNP") {
        return Some(Expression::new(ix, ix + 1, Meaning::DayPart(Part::Code("TNI"), Shift::Last)));
    }
    if matches!(word, "earlier" | "later" | "early" | "late") {
        let start = reader
            .phrase(ix + 1, &["in", "the"])
            .or_else(|| reader.phrase(ix + 1, &["that"]))
            .or_else(|| reader.phrase(ix + 1, &["on", "in", "the"]));
        if let Some(at) = start {
            let (found, plural) = unit(reader.word(at)).unwrap_or((Unit::Second, true));
            if !plural && found >= Unit::Day {
                let modifier = if matches!(word, "earlier" | "early") { "START" } else { "END" };
                return Some(Expression::new(ix, at + 1, Meaning::Context(found)).with(Some(modifier)));
            }
        }
    }
    if word == "the" {
        let mid = usize::from(matches!(reader.word(ix + 1), "early" | "late" | "mid"));
        if let Some(code) = part(reader.word(ix + 1 + mid)).filter(|_| reader.noun(ix + 1 + mid)) {
            let led = 0 < ix && matches!(reader.word(ix - 1), "in" | "during" | "through" | "by" | "of");
            let end = ix + 2 + mid;
            return (led && reader.word(end) != "of")
                .then(|| Expression::new(ix, end, Meaning::DayPart(Part::Code(code), Shift::None)));
        }
    }
    let year_end = word == "year" && (reader.hyphen(ix + 1) && reader.word(ix + 2) == "end");
    if year_end || reader.phrase(ix, &["year", "end"]).is_some() {
        let end = ix + if year_end { 3 } else { 2 };
        return Some(Expression::new(ix, end, Meaning::Running(Unit::Year)).with(Some("END")));
    }
    if word == "year" && reader.apostrophe(ix + 1) && reader.word(ix + 2) == "s" && reader.word(ix + 3) == "end" {
        return Some(Expression::new(ix, ix + 4, Meaning::Running(Unit::Year)).with(Some("END")));
    }
    None
}

/// "the weekend", "weekend talks", "the year", "the week".
fn unit_word(reader: &Reader<'_>, ix: usize) -> Option<Expression> {
    let the = usize::from(reader.word(ix) == "the");
    let at = ix + the;
    let full = usize::from(the == 1 && matches!(reader.word(at), "full" | "whole" | "entire"));
    let (found, plural) = unit(reader.word(at + full))?;
    let end = at + full + 1;
    if plural || !reader.noun(at + full) || reader.word(end) == "old" || reader.hyphen(end) && found != Unit::Weekend {
        return None;
    }
    match found {
        Unit::Weekend => Some(Expression::new(ix, end, Meaning::Context(Unit::Weekend))),
        Unit::Year | Unit::Week | Unit::Day | Unit::Month if the == 1 => {
            if found == Unit::Year && matches!(reader.word(end), "ended" | "ending" | "to") {
                return Some(Expression::new(ix, end, Meaning::Duration { n: Some(1.0), unit: found }));
            }
            let of = reader.word(end) == "of";
            let led = 0 < ix
                && matches!(reader.word(ix - 1), "in" | "for" | "during" | "of" | "over" | "on" | "earlier" | "later");
            (led && !of).then(|| Expression::new(ix, end, Meaning::Context(found)))
        }
        _ => None,
    }
}
