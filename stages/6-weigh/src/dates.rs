//! TIMEX3 values as day ranges, to see whether two can be the same time.

/// Days since 1970-01-01, both ends included.
pub(crate) type Days = (i32, i32);

/// The days a value can mean; `None` for durations, sets and unresolved values.
pub(crate) fn days(value: &str) -> Option<Days> {
    let bytes = value.as_bytes();
    let year: i32 = value.get(..4)?.parse().ok()?;
    if bytes.len() == 4 {
        return Some((number(year, 1, 1), number(year, 12, 31)));
    }
    if bytes.get(4) != Some(&b'-') {
        return None;
    }
    let rest = &value[5..];
    if let Some(week) = rest.strip_prefix('W') {
        let week_number: i32 = week.get(..2)?.parse().ok()?;
        let monday = monday_of_week_one(year) + (week_number - 1) * 7;
        return Some(if week.ends_with("WE") { (monday + 5, monday + 6) } else { (monday, monday + 6) });
    }
    let quarter = |first: i32, n: i32| Some((number(year, first, 1), number(year, first + n, 1) - 1));
    match rest {
        "Q1" => return quarter(1, 3),
        "Q2" => return quarter(4, 3),
        "Q3" => return quarter(7, 3),
        "Q4" => return quarter(10, 3),
        "H1" => return quarter(1, 6),
        "H2" => return quarter(7, 6),
        "SP" => return quarter(3, 3),
        "SU" => return quarter(6, 3),
        "FA" => return quarter(9, 3),
        _ => {}
    }
    let month: i32 = rest.get(..2)?.parse().ok()?;
    if !(1..=12).contains(&month) {
        return None;
    }
    if rest.len() == 2 {
        return Some((number(year, month, 1), number(year, month + 1, 1) - 1));
    }
    let day: i32 = rest.get(3..5)?.parse().ok()?;
    let at = number(year, month, day);
    Some((at, at))
}

/// Whether two values can be the same time. Unknown is compatible with everything.
pub(crate) fn compatible(a: Option<&str>, b: Option<&str>) -> bool {
    match (a.and_then(days), b.and_then(days)) {
        (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
        _ => true,
    }
}

/// How many days lie between two values; 0 when they can be the same, `None` when one is unknown.
pub(crate) fn distance(a: Option<&str>, b: Option<&str>) -> Option<i32> {
    let (a, b) = (a.and_then(days)?, b.and_then(days)?);
    Some((b.0 - a.1).max(a.0 - b.1).max(0))
}

/// The more exact of two values.
pub(crate) fn finer<'a>(a: Option<&'a str>, b: Option<&'a str>) -> Option<&'a str> {
    match (a.and_then(days), b.and_then(days)) {
        (Some(x), Some(y)) => {
            let (x, y) = (x.1 - x.0, y.1 - y.0);
            if x < y || (x == y && a.map_or(0, str::len) >= b.map_or(0, str::len)) { a } else { b }
        }
        (Some(_), None) => a,
        (None, Some(_)) => b,
        (None, None) => a.or(b),
    }
}

/// Days, months and years are compared with their like.
pub(crate) fn grain(value: &str) -> usize {
    value.split('T').next().unwrap_or(value).len().min(10)
}

/// Whether two values can be the same day. A day without a year is any year's, a weekday any week's.
pub(crate) fn one_day(a: &str, b: &str) -> bool {
    let open = |it: &str| it.starts_with('X');
    let weekday = |it: &str| match it.strip_prefix("XXXX-WXX-") {
        Some(rest) => rest.get(..1)?.parse::<i32>().ok(),
        // 1 January 1970 was a Thursday.
        None => days(it).filter(|it| it.0 == it.1).map(|it| (it.0 + 3).rem_euclid(7) + 1),
    };
    if a.starts_with("XXXX-W") || b.starts_with("XXXX-W") {
        return weekday(a).is_some() && weekday(a) == weekday(b);
    }
    if open(a) || open(b) {
        let parts =
            |it: &str| it.split('T').next().unwrap_or(it).split('-').skip(1).map(str::to_owned).collect::<Vec<_>>();
        let (x, y) = (parts(a), parts(b));
        return !x.is_empty() && !y.is_empty() && x.iter().zip(&y).all(|(x, y)| x == y);
    }
    compatible(Some(a), Some(b))
}

/// Days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms"); a month of 13 is the next January.
pub(crate) fn number(year: i32, month: i32, day: i32) -> i32 {
    let (year, month) = if month > 12 { (year + 1, month - 12) } else { (year, month) };
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The Monday of ISO week 1: the week that has 4 January.
fn monday_of_week_one(year: i32) -> i32 {
    let fourth = number(year, 1, 4);
    fourth - (fourth + 3).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_lies_in_its_week_month_and_year() {
        for wider in ["2025-W49", "2025-12", "2025", "2025-Q4", "2025-12-02TAF"] {
            assert!(compatible(Some("2025-12-02"), Some(wider)), "{wider}");
        }
        assert!(!compatible(Some("2025-12-02"), Some("2025-W48")));
        assert!(!compatible(Some("2031-05-13"), Some("2031-05-14")));
        assert!(compatible(None, Some("2031-05-14")) && compatible(Some("P4Y"), Some("2031-05-14")));
    }

    #[test]
    fn the_weekend_is_two_days() {
        assert!(compatible(Some("2025-11-30"), Some("2025-W48-WE")));
        assert!(!compatible(Some("2025-11-28"), Some("2025-W48-WE")));
    }

    #[test]
    fn the_finer_value_is_kept() {
        assert_eq!(finer(Some("2025-W49"), Some("2025-12-02")), Some("2025-12-02"));
        assert_eq!(finer(Some("2025-12-02TAF"), Some("2025-12-02")), Some("2025-12-02TAF"));
        assert_eq!(finer(None, Some("2025")), Some("2025"));
    }
}
