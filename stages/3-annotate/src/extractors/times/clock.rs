//! The day things are counted from, and the days talked about so far: turns what an expression says into a value.

use jiff::civil::Date as Day;
use rapporteur_model::TimeKind;

use super::direction::Direction;
use super::expression::{Date, Meaning, Part, Shift};
use super::lengths::offset;
use super::value;
use super::words::Unit;

/// State of one report, in text order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clock {
    /// The day of the report.
    pub(crate) anchor: Option<Day>,
    /// The day last talked about.
    day: Option<Day>,
    /// The day last talked about that lay ahead.
    day_ahead: Option<Day>,
    /// The month last talked about, by its first day.
    month: Option<Day>,
    /// The year last talked about.
    year: Option<i32>,
    /// The quarter last talked about.
    quarter: Option<(i32, i8)>,
}

/// A value and how it was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Resolved {
    pub(crate) value: Option<String>,
    pub(crate) kind: TimeKind,
    pub(crate) how: &'static str,
}

impl Clock {
    pub(crate) fn new(anchor: Option<Day>) -> Clock {
        Clock { anchor, ..Clock::default() }
    }

    /// The value of an expression, and the new days talked about.
    pub(crate) fn resolve(&mut self, meaning: &Meaning, direction: Direction) -> Resolved {
        let found = self.value_of(meaning, direction);
        if let Some(text) = &found.value {
            let compared = matches!(
                meaning,
                Meaning::Offset { loose: true, .. } | Meaning::Quarter(_, _, Shift::Last) | Meaning::Period(_)
            );
            self.note(text, found.kind, direction, compared);
        }
        found
    }

    /// Remembers what was talked about.
    fn note(&mut self, text: &str, kind: TimeKind, direction: Direction, compared: bool) {
        // What is only compared with ("than a year earlier") is not what is talked about.
        if compared || !matches!(kind, TimeKind::Date | TimeKind::Time) {
            return;
        }
        if let Some(day) = value::parse_day(text) {
            self.day = Some(day);
            if direction == Direction::Future || self.anchor.is_some_and(|anchor| anchor < day) {
                self.day_ahead = Some(day);
            }
        }
        if let Some(year) = text.get(..4).and_then(|it| it.parse::<i32>().ok()) {
            self.year = Some(year);
            let month = text.get(5..7).and_then(|it| it.parse().ok()).unwrap_or(1);
            self.month = i16::try_from(year).ok().and_then(|year| Day::new(year, month, 1).ok());
            if let Some(quarter) = text.get(4..).and_then(|it| it.strip_prefix("-Q")).and_then(|it| it.parse().ok()) {
                self.quarter = Some((year, quarter));
            }
        }
    }

    fn value_of(&self, meaning: &Meaning, direction: Direction) -> Resolved {
        let date = |value: Option<String>, how| Resolved {
            how: if value.is_some() { how } else { "unresolved" },
            value,
            kind: TimeKind::Date,
        };
        match meaning {
            Meaning::Stated(value) => {
                let kind = if value.contains('T') { TimeKind::Time } else { TimeKind::Date };
                Resolved { value: Some(value.clone()), kind, how: "stated" }
            }
            Meaning::Ref(value) => date(Some((*value).to_owned()), "stated"),
            Meaning::Decade(value) => date(Some(value.to_string()), "stated"),
            Meaning::Century(value) => date(Some(format!("{value:02}")), "stated"),
            Meaning::Duration { n, unit } => {
                Resolved { value: Some(value::period(*n, *unit)), kind: TimeKind::Duration, how: "stated" }
            }
            Meaning::Set(value) => Resolved { value: Some(value.clone()), kind: TimeKind::Set, how: "stated" },
            Meaning::Date(date) => self.date(date, direction),
            Meaning::Offset { unit, n, part, from_context, loose } => {
                let base = match (*from_context && !loose, *unit) {
                    (true, Unit::Month | Unit::Year | Unit::Quarter) => self.month.or(self.anchor),
                    (true, _) => self.day.or(self.anchor),
                    (false, _) => self.anchor,
                };
                // "18 days later" of what is over: from a day of that story, never from the report's on.
                let ahead = |base: &Day| {
                    let then = value::moved(*base, *n, *unit);
                    then.zip(self.anchor).is_some_and(|(then, anchor)| anchor < then)
                };
                let base = base.filter(|it| {
                    !*from_context || *loose || direction == Direction::Future || !ahead(it)
                });
                let value =
                    if *loose { self.year_earlier(*n) } else { base.and_then(|base| offset_value(base, *n, *unit)) };
                with_part(value, part, "relative")
            }
            Meaning::Season(code, year, shift) => date(self.season(code, *year, *shift, direction), "relative"),
            Meaning::Quarter(number, year, shift) => {
                date(self.quarter_value(*number, *year, *shift, direction), "relative")
            }
            Meaning::Period(year) => date(
                Some(self.quarter.map_or(format!("{year:04}"), |(_, quarter)| format!("{year:04}-Q{quarter}"))),
                "context",
            ),
            Meaning::Half(half, year, shift) => {
                let year = year.or_else(|| Some(i32::from(self.anchor?.year()) + offset(*shift)));
                date(year.map(|year| format!("{year:04}-H{half}")), "relative")
            }
            Meaning::DayPart(part, shift) => {
                let day = match (shift, direction) {
                    (Shift::This, _) | (Shift::Last, _) => self.anchor,
                    (_, Direction::Future) => self.day_ahead.or(self.anchor),
                    _ => self.day.or(self.anchor),
                };
                with_part(Some(day.map_or("XXXX-XX-XX".to_owned(), value::day)), part, "context")
            }
            Meaning::HalfDay(half) => {
                let day = match direction {
                    Direction::Future => self.day_ahead.or(self.day),
                    _ => self.day,
                };
                let part = Part::Code(if *half == 1 { "TMO" } else { "TAF" });
                with_part(Some(day.or(self.anchor).map_or("XXXX-XX-XX".to_owned(), value::day)), &part, "context")
            }
            Meaning::Holiday(rule, year, shift) => date(self.holiday(rule, *year, *shift, direction), "relative"),
            Meaning::Running(unit) => date(self.anchor.map(|it| value::grain(it, *unit)), "relative"),
            Meaning::Context(Unit::Weekend) => date(self.weekend(direction).map(value::weekend), "relative"),
            Meaning::Context(Unit::Day) => date(self.day.or(self.anchor).map(value::day), "context"),
            Meaning::Context(unit) => date(self.anchor.map(|it| value::grain(it, *unit)), "relative"),
            Meaning::That(unit) => date(self.that(*unit), "context"),
        }
    }

    /// Whether a weekday without a date was the day before the report's.
    pub(crate) fn was_yesterday(&self, meaning: &Meaning) -> bool {
        let Meaning::Date(Date { weekday: Some(weekday), .. }) = meaning else { return false };
        let before = self.anchor.and_then(|it| value::moved(it, -1, Unit::Day));
        before.is_some_and(|it| it.weekday().to_monday_one_offset() == *weekday)
    }

    /// "that day", "the same year".
    fn that(&self, unit: Unit) -> Option<String> {
        match unit {
            Unit::Year => self.year.map(|it| format!("{it:04}")),
            Unit::Quarter => self.quarter.map(|(year, quarter)| format!("{year:04}-Q{quarter}")),
            unit => self.day.or(self.anchor).map(|it| value::grain(it, unit)),
        }
    }

    /// "a year earlier": the same quarter of the year before, where quarters are talked about.
    fn year_earlier(&self, n: i32) -> Option<String> {
        if let Some((year, quarter)) = self.quarter {
            return Some(format!("{:04}-Q{quarter}", year + n));
        }
        self.anchor.map(|it| format!("{:04}", i32::from(it.year()) + n))
    }

    /// The day in the weekend meant by "the weekend".
    fn weekend(&self, direction: Direction) -> Option<Day> {
        let anchor = self.anchor?;
        let running = 6 <= anchor.weekday().to_monday_one_offset();
        if running || direction == Direction::Future {
            return Some(anchor);
        }
        value::moved(anchor, -1, Unit::Week)
    }

    fn date(&self, date: &Date, direction: Direction) -> Resolved {
        if *date == (Date { shift: Shift::Next, ..Date::default() }) {
            return Resolved { value: self.coming_week(), kind: TimeKind::Date, how: "relative" };
        }
        let how = match (date.year, date.weekday, direction) {
            (Some(_), ..) => "stated",
            (None, Some(_), Direction::Future) if date.month.is_none() => "weekday-future",
            (None, Some(_), _) if date.month.is_none() => "weekday-past",
            _ => "relative",
        };
        with_part(self.date_value(date, direction), &date.part, how)
    }

    fn date_value(&self, date: &Date, direction: Direction) -> Option<String> {
        let year = date.year.or_else(|| Some(i32::from(self.anchor?.year()) + date.year_shift?));
        match (year, date.month, date.day, date.weekday) {
            (Some(year), Some(month), Some(day), _) => Some(format!("{year:04}-{month:02}-{day:02}")),
            (Some(year), Some(month), None, _) => Some(format!("{year:04}-{month:02}")),
            (Some(year), None, ..) => Some(format!("{year:04}")),
            (None, Some(month), Some(day), _) => {
                let Some(anchor) = self.anchor else { return Some(format!("XXXX-{month:02}-{day:02}")) };
                Some(value::day(nearest_day(anchor, month, day, date.shift, direction)?))
            }
            (None, Some(month), None, _) => {
                let Some(anchor) = self.anchor else { return Some(format!("XXXX-{month:02}")) };
                Some(format!("{:04}-{month:02}", nearest_month(anchor, month, date.shift, direction)))
            }
            (None, None, _, Some(weekday)) => {
                let Some(anchor) = self.anchor else { return Some(format!("XXXX-WXX-{weekday}")) };
                let base = if date.from_context { self.day.unwrap_or(anchor) } else { anchor };
                weekday_day(base, weekday, date.shift, direction).map(value::day)
            }
            (None, None, _, None) => None,
        }
    }

    /// "the coming week": from Sunday or Monday on the one that starts.
    fn coming_week(&self) -> Option<String> {
        let anchor = self.anchor?;
        let starts = anchor.weekday().to_monday_one_offset() == 1;
        value::moved(anchor, i32::from(!starts), Unit::Week).map(value::week)
    }

    fn season(&self, code: &str, year: Option<i32>, shift: Shift, direction: Direction) -> Option<String> {
        if let Some(year) = year {
            return Some(format!("{year:04}-{code}"));
        }
        let Some(anchor) = self.anchor else { return Some(format!("XXXX-{code}")) };
        let start = match code {
            "SP" => 3,
            "SU" => 6,
            "FA" => 9,
            _ => 12,
        };
        let (this_year, month) = (i32::from(anchor.year()), i32::from(anchor.month()));
        let running = (start..start + 3).contains(&month) || start == 12 && month < 3;
        let year = match (shift, direction) {
            (Shift::This, _) => this_year - i32::from(start == 12 && month < 3),
            (Shift::Last, _) => this_year - i32::from(month < start + 3 || running && start == 12),
            (Shift::Next, _) => this_year + i32::from(start <= month),
            (_, Direction::Future) => this_year + i32::from(start + 3 <= month),
            _ => this_year - i32::from(month < start),
        };
        Some(format!("{year:04}-{code}"))
    }

    fn quarter_value(
        &self,
        number: Option<i8>,
        year: Option<i32>,
        shift: Shift,
        direction: Direction,
    ) -> Option<String> {
        let (known_year, known_number) = match (self.quarter, self.anchor) {
            (Some(found), _) => found,
            (None, Some(anchor)) => {
                let ended = value::moved(anchor, -1, Unit::Quarter)?;
                (i32::from(ended.year()), value::quarter_of(ended))
            }
            (None, None) => {
                return Some(format!("{}-Q{}", year.map_or("XXXX".to_owned(), |it| it.to_string()), number?));
            }
        };
        let number_or = number.unwrap_or(known_number);
        if let Some(year) = year {
            return Some(format!("{year:04}-Q{number_or}"));
        }
        let year = match (number, shift, self.anchor) {
            (_, Shift::Next, Some(anchor)) => i32::from(anchor.year()) + 1,
            (Some(number), Shift::None, Some(anchor)) => nearest_quarter(anchor, number, direction),
            (Some(_), Shift::This, Some(anchor)) => i32::from(anchor.year()),
            (Some(number), Shift::Last, Some(anchor)) => nearest_quarter(anchor, number, Direction::Past) - 1,
            (None, Shift::Last, _) => known_year - 1,
            _ => known_year,
        };
        Some(format!("{year:04}-Q{number_or}"))
    }

    fn holiday(&self, rule: &str, year: Option<i32>, shift: Shift, direction: Direction) -> Option<String> {
        let on = |year: i32| {
            let (month, day) = rapporteur_lexicon::holiday_day(rule, year)?;
            Day::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        };
        if let Some(year) = year {
            return on(year).map(value::day);
        }
        let anchor = self.anchor?;
        let this_year = i32::from(anchor.year());
        let candidates = (this_year - 1..=this_year + 1).filter_map(on);
        let nearest = candidates.min_by_key(|it| {
            let days = anchor.until(*it).map_or(i32::MAX / 4, |it| it.get_days());
            let wrong = match (shift, direction) {
                (Shift::Last, _) => 0 <= days,
                (Shift::Next, _) => days <= 0,
                (_, Direction::Past) => 0 < days,
                (_, Direction::Future) => days < 0,
                _ => false,
            };
            days.abs()
                + if wrong && shift != Shift::None {
                    1000
                } else if wrong {
                    120
                } else {
                    0
                }
        });
        nearest.map(value::day)
    }
}

/// The unit `n` away from `base`; years and longer keep their grain.
fn offset_value(base: Day, n: i32, unit: Unit) -> Option<String> {
    if unit == Unit::Decade && n.abs() != 1 && n != 0 {
        return value::moved(base, n, unit).map(|it| value::grain(it, Unit::Year));
    }
    if unit == Unit::Weekend && n < 0 && 6 <= base.weekday().to_monday_one_offset() {
        return value::moved(base, n, unit).map(value::weekend);
    }
    value::moved(base, n, unit).map(|it| value::grain(it, unit))
}

/// A day with a part of it.
fn with_part(value: Option<String>, part: &Part, how: &'static str) -> Resolved {
    let how = if value.is_some() { how } else { "unresolved" };
    match part {
        Part::None => Resolved { value, kind: TimeKind::Date, how },
        Part::Code(code) => Resolved { value: value.map(|it| it + code), kind: TimeKind::Time, how },
        Part::Clock(clock) => Resolved { value: value.map(|it| it + clock), kind: TimeKind::Time, how },
    }
}

/// The day of a weekday. The running day's own name means the running day.
fn weekday_day(anchor: Day, weekday: i8, shift: Shift, direction: Direction) -> Option<Day> {
    let today = anchor.weekday().to_monday_one_offset();
    let back = i32::from((today - weekday).rem_euclid(7));
    let on = (7 - back) % 7;
    let days = match shift {
        Shift::Last if back == 0 => -7,
        Shift::Last => -back,
        Shift::Next if on < 2 => on + 7,
        Shift::Next => on,
        Shift::This if direction == Direction::Past => -back,
        Shift::This => on,
        Shift::None if direction == Direction::Future => on,
        Shift::None => -back,
    };
    value::moved(anchor, days, Unit::Day)
}

/// The day of a month and day without a year: the nearest, with the verb's word in doubt.
fn nearest_day(anchor: Day, month: i8, day: i8, shift: Shift, direction: Direction) -> Option<Day> {
    let candidates = (-1..=1).filter_map(|by| Day::new(anchor.year() + by, month, day).ok());
    let distance = |it: &Day| anchor.until(*it).map_or(i32::MAX, |it| it.get_days());
    candidates.min_by_key(|it| {
        let days = distance(it);
        let wrong = match (shift, direction) {
            (Shift::Last, _) => 0 <= days,
            (Shift::Next, _) => days <= 0,
            (_, Direction::Past) => 0 < days,
            (_, Direction::Future) => days < 0,
            _ => false,
        };
        // What is told as past lies behind, even long ago: "attacked on 13 November" in July.
        let doubt = if shift != Shift::None {
            1000
        } else if direction == Direction::Past {
            240
        } else {
            120
        };
        days.abs() + if wrong { doubt } else { 0 }
    })
}

/// The year of a month without one.
fn nearest_month(anchor: Day, month: i8, shift: Shift, direction: Direction) -> i32 {
    let year = i32::from(anchor.year());
    let ahead = i32::from(month - anchor.month());
    match (shift, direction) {
        (Shift::This, _) => year,
        // "last February" said in March: of the year before, or it would be "last month".
        (Shift::Last, _) => year - i32::from(0 <= ahead || ahead == -1),
        (Shift::Next, _) => year + i32::from(ahead <= 0),
        (Shift::None, Direction::Future) => year + i32::from(ahead < 0),
        (Shift::None, Direction::Past) => year - i32::from(0 < ahead),
        (Shift::None, Direction::Unknown) => year + i32::from(ahead < -8) - i32::from(3 < ahead),
    }
}

/// The year of a quarter without one: the nearest by its middle.
fn nearest_quarter(anchor: Day, number: i8, direction: Direction) -> i32 {
    let month = 12 * i32::from(anchor.year()) + i32::from(anchor.month());
    let middle = |year: i32| 12 * year + 3 * i32::from(number) - 1;
    let year = i32::from(anchor.year());
    let distance = |at: &i32| {
        let months = middle(*at) - month;
        let wrong = match direction {
            Direction::Past => 1 < months,
            Direction::Future => months < -1,
            Direction::Unknown => false,
        };
        months.abs() + if wrong { 6 } else { 0 }
    };
    (year - 1..=year + 1).min_by_key(distance).unwrap_or(year)
}
