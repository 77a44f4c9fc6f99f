//! Months, weekdays, seasons, holidays and time zones.

use crate::table::{Words, kinds, row};

kinds! {
    /// What a word of the calendar is.
    CalendarKind {
        /// value 1-12.
        Month = "month",
        /// value 1 (Monday) to 7.
        Weekday = "weekday",
        /// value 1 (spring) to 4 (winter).
        Season = "season",
        /// value: hour of the day it is usually counted from.
        Daypart = "daypart",
    }
}

row! {
    /// A word of the calendar.
    CalendarWord {
        /// "December".
        name: &'static str,
        /// What it is.
        kind: CalendarKind,
        /// Its number.
        value: u8,
        /// "Dec|Dec.".
        aliases: Words,
    }
}

row! {
    /// A holiday or day of note.
    Holiday {
        /// "Easter Monday".
        name: &'static str,
        /// `12-25`, `easter+1`, `orthodox-easter+0`, or the nth weekday of a month: `11-thu-4`, `05-mon-last`.
        rule: &'static str,
        /// ISO codes where it is meant, empty for everywhere.
        states: Words,
        /// Other names.
        aliases: Words,
    }
}

row! {
    /// A time zone abbreviation.
    Zone {
        /// "CET".
        name: &'static str,
        /// Minutes east of Greenwich; `ET` and the like give their winter time.
        offset_min: i32,
        /// Minutes east in summer time, where the abbreviation covers both.
        summer_min: Option<i32>,
        /// Long names.
        aliases: Words,
    }
}

/// The day of a holiday in a year, as (month, day). `None` when the rule is not one of ours.
pub fn holiday_day(rule: &str, year: i32) -> Option<(u8, u8)> {
    if let Some(offset) = rule.strip_prefix("easter") {
        return add_days(year, western_easter(year), offset.parse().ok()?);
    }
    if let Some(offset) = rule.strip_prefix("orthodox-easter") {
        return add_days(year, orthodox_easter(year), offset.parse().ok()?);
    }
    let mut parts = rule.split('-');
    let month: u8 = parts.next()?.parse().ok()?;
    let second = parts.next()?;
    let Some(nth) = parts.next() else {
        return Some((month, second.parse().ok()?));
    };
    let weekday = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|it| *it == second)? as u8 + 1;
    let first = weekday_of(year, month, 1);
    let first_match = 1 + (weekday + 7 - first) % 7;
    if nth == "last" {
        let mut day = first_match;
        while day + 7 <= days_in(year, month) {
            day += 7;
        }
        return Some((month, day));
    }
    let nth: u8 = nth.parse().ok()?;
    Some((month, first_match + 7 * nth.checked_sub(1)?))
}

/// Anonymous Gregorian computus.
fn western_easter(year: i32) -> (u8, u8) {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    ((n / 31) as u8, (n % 31 + 1) as u8)
}

/// Meeus' Julian computus, moved to the Gregorian calendar (right for 1900-2099).
fn orthodox_easter(year: i32) -> (u8, u8) {
    let d = (19 * (year % 19) + 15) % 30;
    let e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    let n = d + e + 114;
    add_days(year, ((n / 31) as u8, (n % 31 + 1) as u8), 13).unwrap_or((4, 1))
}

fn is_leap(year: i32) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Monday is 1. Sakamoto's rule.
fn weekday_of(year: i32, month: u8, day: u8) -> u8 {
    const SHIFT: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let y = if month < 3 { year - 1 } else { year };
    let sunday_first =
        (y + y / 4 - y / 100 + y / 400 + SHIFT[(month as usize + 11) % 12] + i32::from(day)).rem_euclid(7);
    if sunday_first == 0 { 7 } else { sunday_first as u8 }
}

/// Days counted inside one year; `None` beyond it.
fn add_days(year: i32, (month, day): (u8, u8), offset: i32) -> Option<(u8, u8)> {
    let (mut month, mut day) = (month, i32::from(day) + offset);
    while day < 1 {
        month = month.checked_sub(1).filter(|it| *it > 0)?;
        day += i32::from(days_in(year, month));
    }
    while day > i32::from(days_in(year, month)) {
        day -= i32::from(days_in(year, month));
        month += 1;
        if month > 12 {
            return None;
        }
    }
    Some((month, day as u8))
}

#[cfg(test)]
mod tests {
    use super::holiday_day;

    #[test]
    fn movable_feasts() {
        assert_eq!(holiday_day("easter+0", 2025), Some((4, 20)));
        assert_eq!(holiday_day("easter+0", 2026), Some((4, 5)));
        assert_eq!(holiday_day("easter-2", 2024), Some((3, 29)));
        assert_eq!(holiday_day("orthodox-easter+0", 2024), Some((5, 5)));
        assert_eq!(holiday_day("orthodox-easter+0", 2026), Some((4, 12)));
        assert_eq!(holiday_day("11-thu-4", 2025), Some((11, 27)));
        assert_eq!(holiday_day("05-mon-last", 2025), Some((5, 26)));
        assert_eq!(holiday_day("12-25", 2025), Some((12, 25)));
    }
}
