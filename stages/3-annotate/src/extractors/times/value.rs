//! TIMEX3 values as strings, and the calendar behind them.

use jiff::civil::Date as Day;
use jiff::{Span as Stretch, ToSpan};

use super::words::Unit;

/// `P4Y`, `PT5M`, `PXW`.
pub(crate) fn period(n: Option<f64>, unit: Unit) -> String {
    let (letter, clock, by) = match unit {
        Unit::Second => ('S', true, 1.0),
        Unit::Minute => ('M', true, 1.0),
        Unit::Hour => ('H', true, 1.0),
        Unit::Day => ('D', false, 1.0),
        Unit::Weekend => ('D', false, 2.0),
        Unit::Week => ('W', false, 1.0),
        Unit::Month => ('M', false, 1.0),
        Unit::Quarter => ('Q', false, 1.0),
        Unit::Year => ('Y', false, 1.0),
        Unit::Decade => ('Y', false, 10.0),
        Unit::Century => ('Y', false, 100.0),
    };
    let sign = if clock { "PT" } else { "P" };
    match (n, unit) {
        (None, Unit::Decade) => "PXDE".to_owned(),
        (None, Unit::Century) => "PXCE".to_owned(),
        (None, _) => format!("{sign}X{letter}"),
        (Some(n), Unit::Year) if n.fract() == 0.5 => format!("P{}Y6M", n.trunc()),
        (Some(n), Unit::Minute) if n.fract() == 0.5 && 1.0 < n => format!("PT{}M30S", n.trunc()),
        (Some(n), Unit::Hour) if n.fract() == 0.5 && 1.0 < n => format!("PT{}H30M", n.trunc()),
        (Some(n), _) => format!("{sign}{}{letter}", n * by),
    }
}

/// `2025-12-01`.
pub(crate) fn day(day: Day) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// `2025-12`.
pub(crate) fn month(day: Day) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// `2025-W49`.
pub(crate) fn week(day: Day) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// `2025-W48-WE`.
pub(crate) fn weekend(day: Day) -> String {
    week(day) + "-WE"
}

/// The quarter a day is in.
pub(crate) fn quarter_of(day: Day) -> i8 {
    (day.month() - 1) / 3 + 1
}

/// The day moved by `n` units. `None` outside of the calendar.
pub(crate) fn moved(day: Day, n: i32, unit: Unit) -> Option<Day> {
    let n = i64::from(n);
    let by: Stretch = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => 0.days(),
        Unit::Day => Stretch::new().try_days(n).ok()?,
        Unit::Weekend | Unit::Week => Stretch::new().try_weeks(n).ok()?,
        Unit::Month => Stretch::new().try_months(n).ok()?,
        Unit::Quarter => Stretch::new().try_months(n * 3).ok()?,
        Unit::Year => Stretch::new().try_years(n).ok()?,
        Unit::Decade => Stretch::new().try_years(n * 10).ok()?,
        Unit::Century => Stretch::new().try_years(n * 100).ok()?,
    };
    day.checked_add(by).ok()
}

/// The unit that `day` is in, as a value.
pub(crate) fn grain(day_in: Day, unit: Unit) -> String {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => day(day_in),
        Unit::Weekend => weekend(day_in),
        Unit::Week => week(day_in),
        Unit::Month => month(day_in),
        Unit::Quarter => format!("{:04}-Q{}", day_in.year(), quarter_of(day_in)),
        Unit::Year => format!("{:04}", day_in.year()),
        Unit::Decade => format!("{:03}", day_in.year() / 10),
        Unit::Century => format!("{:02}", day_in.year() / 100),
    }
}

/// The day in `YYYY-MM-DD…`.
pub(crate) fn parse_day(text: &str) -> Option<Day> {
    text.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        let monday: Day = "2025-12-01".parse().unwrap();
        assert_eq!(week(monday), "2025-W49");
        assert_eq!(weekend(moved(monday, -1, Unit::Week).unwrap()), "2025-W48-WE");
        assert_eq!(grain(moved(monday, -2, Unit::Week).unwrap(), Unit::Week), "2025-W47");
        assert_eq!(period(Some(4.0), Unit::Year), "P4Y");
        assert_eq!(period(Some(60.0), Unit::Second), "PT60S");
        assert_eq!(period(None, Unit::Hour), "PTXH");
        assert_eq!(moved(monday, i32::MAX, Unit::Century), None);
    }
}
