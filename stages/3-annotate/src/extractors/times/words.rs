//! The closed word classes of time: months, weekdays, units, parts of the day. Grammar, not knowledge of the world.

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    /// s.
    Second,
    /// min.
    Minute,
    /// h.
    Hour,
    /// d.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// ISO week.
    Week,
    /// Month.
    Month,
    /// Three months.
    Quarter,
    /// Year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// The unit a word names, and whether the word is a plural.
pub(crate) fn unit(word: &str) -> Option<(Unit, bool)> {
    Some(match word {
        "second" => (Unit::Second, false),
        "seconds" => (Unit::Second, true),
        "minute" | "min" => (Unit::Minute, false),
        "minutes" | "mins" => (Unit::Minute, true),
        "hour" => (Unit::Hour, false),
        "hours" | "hrs" => (Unit::Hour, true),
        "day" => (Unit::Day, false),
        "days" => (Unit::Day, true),
        "weekend" => (Unit::Weekend, false),
        "weekends" => (Unit::Weekend, true),
        "week" => (Unit::Week, false),
        "weeks" => (Unit::Week, true),
        "month" => (Unit::Month, false),
        "months" => (Unit::Month, true),
        "quarter" => (Unit::Quarter, false),
        "quarters" => (Unit::Quarter, true),
        "year" => (Unit::Year, false),
        "years" => (Unit::Year, true),
        "decade" => (Unit::Decade, false),
        "decades" => (Unit::Decade, true),
        "century" => (Unit::Century, false),
        "centuries" => (Unit::Century, true),
        _ => return None,
    })
}

/// The number of a month; `short` abbreviations need a full stop or a number beside them.
pub(crate) struct Month {
    pub(crate) number: i8,
    pub(crate) short: bool,
}

/// The month a word names.
pub(crate) fn month(word: &str) -> Option<Month> {
    const LONG: [&str; 12] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ];
    if let Some(ix) = LONG.iter().position(|it| *it == word) {
        return Some(Month { number: ix as i8 + 1, short: false });
    }
    let number = match word {
        "jan" => 1,
        "feb" => 2,
        "mar" => 3,
        "apr" => 4,
        "jun" => 6,
        "jul" => 7,
        "aug" => 8,
        "sep" | "sept" => 9,
        "oct" => 10,
        "nov" => 11,
        "dec" => 12,
        _ => return None,
    };
    Some(Month { number, short: true })
}

/// The ISO number (Monday is 1) of the weekday a word names, and whether the word is an abbreviation or plural.
pub(crate) fn weekday(word: &str) -> Option<(i8, Form)> {
    const LONG: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let plural = word.strip_suffix('s').unwrap_or(word);
    if let Some(ix) = LONG.iter().position(|it| *it == plural) {
        return Some((ix as i8 + 1, if plural.len() < word.len() { Form::Plural } else { Form::Full }));
    }
    let number = match word {
        "mon" => 1,
        "tue" | "tues" => 2,
        "wed" => 3,
        "thu" | "thur" | "thurs" => 4,
        "fri" => 5,
        "sat" => 6,
        "sun" => 7,
        _ => return None,
    };
    Some((number, Form::Short))
}

/// How a word stands for its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// In full.
    Full,
    /// In full, more than one.
    Plural,
    /// Abbreviated.
    Short,
}

/// TIMEX3 code of a part of the day.
pub(crate) fn part(word: &str) -> Option<&'static str> {
    Some(match word {
        "morning" | "mornings" | "dawn" | "daybreak" | "sunrise" => "TMO",
        "midday" | "lunchtime" | "lunch" => "TMI",
        "afternoon" | "afternoons" => "TAF",
        "evening" | "evenings" | "dusk" | "sunset" | "nightfall" => "TEV",
        "night" | "nights" | "nighttime" => "TNI",
        _ => return None,
    })
}

/// TIMEX3 code of a season.
pub(crate) fn season(word: &str) -> Option<&'static str> {
    Some(match word {
        "spring" | "springtime" => "SP",
        "summer" | "summertime" => "SU",
        "autumn" => "FA",
        "fall" => "FA",
        "winter" | "wintertime" => "WI",
        _ => return None,
    })
}

/// Where in a stretch of time.
pub(crate) fn edge(word: &str) -> Option<&'static str> {
    Some(match word {
        "early" | "beginning" | "start" | "dawn" | "outset" => "START",
        "mid" | "middle" | "midst" => "MID",
        "late" | "end" | "close" | "ending" | "tail" => "END",
        _ => return None,
    })
}

/// Words that bound or blur a length of time, with TIMEX3's name and how many atoms they take.
pub(crate) const BOUNDS: &[(&[&str], &str)] = &[
    (&["no", "more", "than"], "EQUAL_OR_LESS"),
    (&["not", "more", "than"], "EQUAL_OR_LESS"),
    (&["no", "less", "than"], "EQUAL_OR_MORE"),
    (&["no", "fewer", "than"], "EQUAL_OR_MORE"),
    (&["more", "than"], "MORE_THAN"),
    (&["longer", "than"], "MORE_THAN"),
    (&["less", "than"], "LESS_THAN"),
    (&["fewer", "than"], "LESS_THAN"),
    (&["at", "least"], "EQUAL_OR_MORE"),
    (&["at", "most"], "EQUAL_OR_LESS"),
    (&["up", "to"], "EQUAL_OR_LESS"),
    (&["over"], "MORE_THAN"),
    (&["under"], "LESS_THAN"),
    (&["nearly"], "LESS_THAN"),
    (&["almost"], "LESS_THAN"),
    (&["about"], "APPROX"),
    (&["around"], "APPROX"),
    (&["approximately"], "APPROX"),
    (&["roughly"], "APPROX"),
    (&["some"], "APPROX"),
    (&["circa"], "APPROX"),
];
