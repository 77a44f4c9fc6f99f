//! Dates in house style: "2 December", with the year where it is not the year the story is told in.

/// The months by name.
pub(crate) const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

/// Whether a word is the name of a month, in letters of any size.
pub(crate) fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// A day as `(year, month, day)`, from a TIMEX3 value that names one.
pub(crate) fn day(value: &str) -> Option<(i32, usize, u32)> {
    let year = value.get(..4)?.parse().ok()?;
    let month: usize = value.get(5..7)?.parse().ok()?;
    let day = value.get(8..10)?.parse().ok()?;
    let dashes = value.as_bytes().get(4) == Some(&b'-') && value.as_bytes().get(7) == Some(&b'-');
    (dashes && (1..=12).contains(&month)).then_some((year, month, day))
}

/// The day in words, without a preposition: "2 December".
pub(crate) fn words(value: &str, year_told: Option<&str>) -> Option<String> {
    if let Some((year, month, day)) = day(value) {
        let year_text = year.to_string();
        let tail = if year_told == Some(year_text.as_str()) { String::new() } else { format!(" {year_text}") };
        return Some(format!("{day} {}{tail}", MONTHS[month - 1]));
    }
    let year: i32 = value.get(..4)?.parse().ok()?;
    if value.len() == 4 {
        return Some(year.to_string());
    }
    if let Some(week) = value.get(5..).and_then(|it| it.strip_prefix('W')) {
        return of_week(year, week, year_told);
    }
    let month: usize = value.get(5..7)?.parse().ok()?;
    if value.len() == 7 && (1..=12).contains(&month) {
        return Some(format!("{} {year}", MONTHS[month - 1]));
    }
    None
}

/// "the week of 17 November", "the weekend of 29 November": from an ISO 8601 week, `47` or `48-WE`.
fn of_week(year: i32, week: &str, year_told: Option<&str>) -> Option<String> {
    let (number, noun, shift) = match week.split_once('-') {
        None => (week, "week", 0),
        Some((number, "WE")) => (number, "weekend", 5),
        Some(_) => return None,
    };
    let number: i64 = number.parse().ok().filter(|it| (1..=53).contains(it))?;
    let fourth = jiff::civil::Date::new(i16::try_from(year).ok()?, 1, 4).ok()?;
    // 4 January is always in week 1.
    let monday =
        fourth.checked_sub(jiff::Span::new().days(i64::from(fourth.weekday().to_monday_zero_offset()))).ok()?;
    let first = monday.checked_add(jiff::Span::new().days((number - 1) * 7 + shift)).ok()?;
    Some(format!("the {noun} of {}", words(&first.to_string(), year_told)?))
}

/// The date as an adverbial: "on 2 December", "in November 2025".
pub(crate) fn adverbial(value: &str, year_told: Option<&str>) -> Option<String> {
    let words = words(value, year_told)?;
    let preposition = if day(value).is_some() || words.starts_with("the weekend") { "on" } else { "in" };
    Some(format!("{preposition} {words}"))
}

/// Whether the value names a day after `as_of`.
pub(crate) fn is_coming(value: &str, as_of: Option<&str>) -> bool {
    let (Some(at), Some(now)) = (day(value), as_of.and_then(day)) else {
        return false;
    };
    at > now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_an_editor_writes_them() {
        assert_eq!(adverbial("2031-05-13TAF", Some("2031")).as_deref(), Some("on 13 May"));
        assert_eq!(adverbial("2031-05-13", Some("2032")).as_deref(), Some("on 13 May 2031"));
        assert_eq!(adverbial("2031-05", None).as_deref(), Some("in May 2031"));
        assert_eq!(adverbial("2031", None).as_deref(), Some("in 2031"));
        assert_eq!(adverbial("P4Y", None), None);
        assert_eq!(adverbial("2031-W20", None).as_deref(), Some("in the week of 12 May 2031"));
        assert_eq!(adverbial("2025-W48-WE", Some("2025")).as_deref(), Some("on the weekend of 29 November"));
    }

    #[test]
    fn the_past_is_never_coming() {
        assert!(is_coming("2031-05-13", Some("2031-05-12")));
        assert!(!is_coming("2031-05-11", Some("2031-05-12")));
        assert!(!is_coming("2031-05-13", None), "without a date of telling nothing is known to be coming");
    }
}
