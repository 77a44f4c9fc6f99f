//! What a temporal expression says, before it is counted from a day.

use super::words::Unit;

/// The meaning of a temporal expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meaning {
    /// A date, as far as it is said: "Tuesday afternoon", "Dec. 18", "last March", "1988".
    Date(Date),
    /// So many units from the anchor: "last week", "two months ago", "tomorrow night".
    Offset {
        /// The unit, which is the grain of the value too.
        unit: Unit,
        /// How many, back when negative.
        n: i32,
        /// Part of the day, or a clock time.
        part: Part,
        /// From the day talked about, not from the anchor: "two days later".
        from_context: bool,
        /// Whether the words leave the grain to the context: "a year earlier" in a report of quarters.
        loose: bool,
    },
    /// A stretch: "four years". `None` for an unsaid number.
    Duration {
        /// How many.
        n: Option<f64>,
        /// Of what.
        unit: Unit,
    },
    /// Every so often, value as TIMEX3 has it.
    Set(String),
    /// PRESENT_REF, PAST_REF, FUTURE_REF.
    Ref(&'static str),
    /// A season: code, year if said.
    Season(&'static str, Option<i32>, Shift),
    /// A quarter: number if said, year if said.
    Quarter(Option<i8>, Option<i32>, Shift),
    /// "the 1988 period": the quarter talked about, of that year.
    Period(i32),
    /// A half of a year.
    Half(i8, Option<i32>, Shift),
    /// The decade's first three digits.
    Decade(i32),
    /// The first two digits of the years of a century.
    Century(i32),
    /// A part of the day talked about or of the running one.
    DayPart(Part, Shift),
    /// A half of the day talked about.
    HalfDay(i8),
    /// A holiday, by its rule.
    Holiday(String, Option<i32>, Shift),
    /// The last or first days of a unit: "the end of the month".
    Running(Unit),
    /// The running unit, by its name alone: "the week", "the weekend", "earlier in the day".
    Context(Unit),
    /// The unit talked about: "that year", "the same day".
    That(Unit),
    /// Said in full.
    Stated(String),
}

/// Which of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shift {
    /// Not said.
    #[default]
    None,
    /// "last", "past", "previous".
    Last,
    /// "this", "current".
    This,
    /// "next", "coming".
    Next,
}

/// A part of a day.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Part {
    /// All day.
    #[default]
    None,
    /// "TMO".
    Code(&'static str),
    /// A clock time `T19:15` with its zone, as TIMEX3 writes it.
    Clock(String),
}

/// A date, as far as it is said.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Date {
    pub(crate) year: Option<i32>,
    pub(crate) month: Option<i8>,
    pub(crate) day: Option<i8>,
    pub(crate) weekday: Option<i8>,
    pub(crate) shift: Shift,
    /// Counted from the day talked about: "the previous Friday".
    pub(crate) from_context: bool,
    /// "January last year": the year counted from the anchor.
    pub(crate) year_shift: Option<i32>,
    pub(crate) part: Part,
}

/// A temporal expression in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expression {
    /// First atom.
    pub(crate) start: usize,
    /// After the last atom.
    pub(crate) end: usize,
    /// What it says.
    pub(crate) meaning: Meaning,
    /// TIMEX3 modifier.
    pub(crate) modifier: Option<&'static str>,
}

impl Expression {
    /// An expression without a modifier.
    pub(crate) fn new(start: usize, end: usize, meaning: Meaning) -> Expression {
        Expression { start, end, meaning, modifier: None }
    }

    /// The same with a modifier.
    pub(crate) fn with(mut self, modifier: Option<&'static str>) -> Expression {
        self.modifier = modifier.or(self.modifier);
        self
    }
}
