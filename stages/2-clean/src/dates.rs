//! Written dates and instants: "2025.12.01 21:11 GMT+8", "Dec. 1, 2025 3:04 p.m. ET", "1. Dezember 2025".
//!
//! Left alone on purpose: `03/04/2025` (which is the month?), days without a year, and anything that is no calendar day.

use jiff::civil::Date;
use rapporteur_lexicon::Lexicon;
use rapporteur_model::Span;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A day, perhaps with a time, perhaps with its zone: what was written and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Instant {
    day: Date,
    time: Option<(i8, i8, Option<i8>)>,
    zone_min: Option<i32>,
}

impl Instant {
    pub(crate) fn year(&self) -> i16 {
        self.day.year()
    }

    pub(crate) fn day(&self) -> String {
        self.day.to_string()
    }

    pub(crate) fn has_time(&self) -> bool {
        self.time.is_some()
    }

    /// Whether it is of Greenwich or does not say where: then a page printed elsewhere may have another day.
    pub(crate) fn is_nowhere(&self) -> bool {
        matches!(self.zone_min, None | Some(0))
    }

    /// Days from `other` to this, by what is written.
    pub(crate) fn days_after(&self, other: &Instant) -> i32 {
        self.day.since(other.day).map_or(i32::MAX, |it| it.get_days())
    }

    /// This instant as the clock of the place showed it, if `printed` there is the same moment: a difference of whole
    /// quarters of an hour, as zones have.
    pub(crate) fn at_the_place(&self, printed: &Instant) -> Option<Instant> {
        let (hour, minute, _) = self.time.filter(|_| self.zone_min == Some(0))?;
        let (there_hour, there_minute, _) = printed.time.filter(|_| printed.zone_min.is_none())?;
        let minutes = |hour: i8, minute: i8| i32::from(hour) * 60 + i32::from(minute);
        let zone = printed.days_after(self) * 24 * 60 + minutes(there_hour, there_minute) - minutes(hour, minute);
        let is_zone = zone % 15 == 0 && (-12 * 60..=14 * 60).contains(&zone) && zone != 0;
        is_zone.then_some(Instant { zone_min: Some(zone), ..*printed })
    }

    /// Milliseconds since 1970, in Greenwich.
    pub(crate) fn from_millis(millis: i64) -> Option<Instant> {
        let at = jiff::Timestamp::from_millisecond(millis).ok()?.to_zoned(jiff::tz::TimeZone::UTC);
        let day = date(at.year(), i16::from(at.month()), i16::from(at.day()))?;
        Some(Instant { day, time: Some((at.hour(), at.minute(), Some(at.second()))), zone_min: Some(0) })
    }
}

/// ISO 8601: `2025-12-01`, `2025-12-01T21:11+08:00`.
impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.day)?;
        let Some((hour, minute, second)) = self.time else { return Ok(()) };
        write!(f, "T{hour:02}:{minute:02}")?;
        if let Some(second) = second {
            write!(f, ":{second:02}")?;
        }
        match self.zone_min {
            Some(0) => write!(f, "Z"),
            Some(min) => write!(f, "{}{:02}:{:02}", if min < 0 { '-' } else { '+' }, min.abs() / 60, min.abs() % 60),
            None => Ok(()),
        }
    }
}

// Month names by their beginnings, folded: English, German, French, Spanish, Portuguese, Italian, Dutch, Nordic,
// Polish, Czech, Croatian, Romanian, Hungarian, Turkish, Indonesian, Finnish, Greek, Russian, Ukrainian, Bulgarian,
// Arabic (of Egypt, the Levant, the Maghreb), Persian, Hebrew, Hindi, Bengali.
const MONTHS: &[(u8, &[&str])] = &[
    (
        1,
        &[
            "jan", "janv", "ene", "enero", "gen", "genn", "stycz", "led", "sijec", "ian", "ocak", "tammi", "ιαν",
            "янв", "січ", "يناير", "جانفي", "ژانویه", "ינואר", "जनवरी", "জানুয়ারি",
        ],
    ),
    (
        2,
        &[
            "feb", "fev", "fevr", "febbr", "lut", "unor", "velj", "subat", "helmi", "φεβ", "фев", "лют", "فبراير",
            "شباط", "فيفري", "فوریه", "פברואר", "फरवरी", "फ़रवरी", "ফেব্রুয়ারি",
        ],
    ),
    (
        3,
        &[
            "mar", "mars", "marz", "mrz", "maart", "maer", "mrt", "brez", "ozuj", "marec", "marc", "maliskuu",
            "maalis", "μαρ", "мар", "бер", "مارس", "آذار", "اذار", "מרץ", "मार्च", "মার্চ",
        ],
    ),
    (
        4,
        &[
            "apr", "avr", "abr", "kwie", "dub", "trav", "apri", "nisan", "huhti", "απρ", "апр", "кві", "أبريل",
            "ابريل", "إبريل", "نيسان", "أفريل", "آوریل", "אפריל", "अप्रैल", "এপ্রিল",
        ],
    ),
    (
        5,
        &[
            "may", "mai", "mag", "maggio", "mei", "maj", "kvet", "svib", "mayis", "touko", "μαι", "μαϊ", "мая", "май",
            "трав", "مايو", "أيار", "ايار", "מאי", "मई", "মে",
        ],
    ),
    (
        6,
        &[
            "jun", "juin", "giu", "czerw", "cerv", "lip", "iun", "haziran", "kesa", "ιουν", "июн", "черв", "юни",
            "يونيو", "يونيه", "حزيران", "جوان", "ژوئن", "יוני", "जून", "জুন",
        ],
    ),
    (
        7,
        &[
            "jul", "juil", "lug", "lipca", "lipiec", "cervenc", "srpnj", "iul", "temmuz", "heina", "ιουλ", "июл",
            "лип", "юли", "يوليو", "يوليه", "تموز", "جويلية", "ژوئیه", "יולי", "जुलाई", "জুলাই",
        ],
    ),
    (
        8,
        &[
            "aug", "aou", "aout", "ago", "sier", "srpn", "kolov", "agustos", "elo", "αυγ", "авг", "серп", "أغسطس",
            "اغسطس", "أوت", "אוגוסט", "अगस्त", "আগস্ট",
        ],
    ),
    (
        9,
        &[
            "sep", "sept", "set", "sett", "wrze", "zari", "ruj", "eylul", "syys", "σεπ", "сен", "вер", "سبتمبر",
            "أيلول", "ايلول", "سپتامبر", "ספטמבר", "सितंबर", "सितम्बर", "সেপ্টেম্বর",
        ],
    ),
    (
        10,
        &[
            "oct", "okt", "out", "ott", "paz", "rij", "listop", "ekim", "loka", "οκτ", "окт", "жов", "أكتوبر",
            "اكتوبر", "اکتبر", "אוקטובר", "अक्टूबर", "অক্টোবর",
        ],
    ),
    (
        11,
        &[
            "nov", "listopada", "listopad", "stud", "noi", "kasim", "marras", "νοε", "ноя", "лист", "ное", "نوفمبر",
            "نوامبر", "נובמבר", "नवंबर", "नवम्बर", "নভেম্বর",
        ],
    ),
    (
        12,
        &[
            "dec", "dez", "dic", "des", "grud", "prosin", "pros", "aralik", "joulu", "δεκ", "дек", "груд", "ديسمبر",
            "دسامبر", "דצמבר", "दिसंबर", "दिसम्बर", "ডিসেম্বর",
        ],
    ),
];

fn month(word: &str) -> Option<u8> {
    // Hebrew writes "in" before the month, in one word.
    let word = word.trim_end_matches('.').trim_start_matches('ב');
    let word = rapporteur_text::fold(word);
    if word.chars().count() < 3 {
        return None;
    }
    // The longest beginning wins: "listopada" is Polish November, "listop" Croatian October.
    let starts = |it: &str| word.starts_with(it);
    let best = MONTHS
        .iter()
        .flat_map(|(month, names)| names.iter().filter(|it| starts(it)).map(|it| (it.len(), *month)))
        .max()?;
    Some(best.1)
}

struct Patterns {
    iso: Regex,
    month_first: Regex,
    day_first: Regex,
    dotted: Regex,
    slashed: Regex,
    cjk: Regex,
    time_after: Regex,
    time_before: Regex,
}

/// No name of a month in [`MONTHS`], nor a form of one, is longer.
const MONTH_CHARS_MAX: usize = 14;

const TIME: &str = r"(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?)?\s*(?P<half>(?i:[ap]\.?\s?m)\b\.?)?(?:\s*(?:Uhr|hrs|hours)\b)?\s*\(?(?P<zone>(?:[A-Z][A-Za-z]{0,4}\b)?)\)?\s*(?P<off>[+-]\d{1,2}(?::?\d{2})?\b)?";

#[expect(clippy::unwrap_used, reason = "the patterns are constants, and a test uses each")]
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns {
    iso: Regex::new(r"\b(?P<y>\d{4})(?P<sep>[-./])(?P<mo>\d{1,2})[-./](?P<d>\d{1,2})").unwrap(),
    month_first: Regex::new(r"\b(?P<mo>[\p{L}\p{M}]{3,})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})\b").unwrap(),
    day_first: Regex::new(
        r"\b(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:of\s+|de\s+)?(?P<mo>[\p{L}\p{M}]{3,})\.?(?:\s?/\s?\p{L}+)?,?[\s-]+(?:de\s+|del\s+)?(?P<y>\d{4})\b",
    )
    .unwrap(),
    dotted: Regex::new(r"\b(?P<d>\d{1,2})\.\s?(?P<mo>\d{1,2})\.\s?(?P<y>\d{4})\b").unwrap(),
    slashed: Regex::new(r"\b(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>\d{4})\b").unwrap(),
    cjk: Regex::new(r"(?P<y>\d{4})\s?[年년]\s?(?P<mo>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]").unwrap(),
    time_after: Regex::new(&format!(r"^(?:T|[\s,|•·–—/-]*(?:at|um|à|alle|om|kl\.?|klo|ore|o)?[\s:]*){TIME}")).unwrap(),
    time_before: Regex::new(&format!(r"(?:^|[\s(]){TIME}[\s,|•·–—-]*(?:on|am)?[\s,]*(?:\p{{L}}+day,?\s*)?$")).unwrap(),
}
});

/// The first date in `text`, with the place of all that belongs to it.
pub(crate) fn find(text: &str, lexicon: &Lexicon) -> Option<(Instant, Span)> {
    // A stamp is a short line; in a longer one only its beginning is looked at, so that no line costs more than this.
    const TEXT_BYTES_MAX: usize = 400;
    let mut len = text.len().min(TEXT_BYTES_MAX);
    while !text.is_char_boundary(len) {
        len -= 1;
    }
    let text = &text[..len];
    // Every date has its year in four digits; most lines have no such number.
    let has_year = match text.is_ascii() {
        true => text.as_bytes().windows(4).any(|it| it.iter().all(u8::is_ascii_digit)),
        false => text.split(|it: char| !it.is_numeric()).any(|it| it.chars().count() == 4),
    };
    if !has_year {
        return None;
    }
    let it = &*PATTERNS;
    let mut best: Option<(Date, std::ops::Range<usize>)> = None;
    let mut offer = |day: Option<Date>, found: &Captures<'_>| {
        let range = found.get_match().range();
        if let Some(day) = day
            && best.as_ref().is_none_or(|(_, old)| range.start < old.start)
        {
            best = Some((day, range));
        }
    };
    let number = |found: &Captures<'_>, name: &str| number(&found[name]);
    for found in it.iso.captures_iter(text) {
        // "2031-02-03T21:11" goes on with a letter, a version number with a digit.
        if text[found.get_match().end()..].starts_with(|it: char| it.is_ascii_digit()) {
            continue;
        }
        offer(date(number(&found, "y"), number(&found, "mo"), number(&found, "d")), &found);
    }
    for pattern in [&it.month_first, &it.day_first] {
        for found in pattern.captures_iter(text) {
            // A bound in the pattern would make it fourteen times as large, and slow to compile.
            let name = Some(&found["mo"]).filter(|it| it.chars().count() <= MONTH_CHARS_MAX);
            let Some(month) = name.and_then(month) else { continue };
            offer(date(number(&found, "y"), i16::from(month), number(&found, "d")), &found);
        }
    }
    for pattern in [&it.dotted, &it.cjk] {
        for found in pattern.captures_iter(text) {
            offer(date(number(&found, "y"), number(&found, "mo"), number(&found, "d")), &found);
        }
    }
    for found in it.slashed.captures_iter(text) {
        let (a, b) = (number(&found, "a"), number(&found, "b"));
        // Only one of the two readings may be a day of the calendar.
        let (day, month) = match () {
            () if 12 < a && b <= 12 => (a, b),
            () if 12 < b && a <= 12 => (b, a),
            () if a == b => (a, b),
            () => continue,
        };
        offer(date(number(&found, "y"), month, day), &found);
    }
    let (day, range) = best?;
    Some(with_time(text, day, range, lexicon))
}

/// The date that a whole value is: what stands before or after it must be no more than a weekday or a label.
pub(crate) fn parse(value: &str, lexicon: &Lexicon) -> Option<Instant> {
    let value = value.trim();
    if value.len() < 8 || 100 < value.len() {
        return None;
    }
    // 20251201 and 20251201T211100Z, as feeds and old meta elements write it.
    if let Some(digits) = value.get(..8)
        && digits.bytes().all(|it| it.is_ascii_digit())
        && value.as_bytes().get(8).is_none_or(|it| *it == b'T' || *it == b' ')
    {
        let number = |from: usize, to: usize| digits[from..to].parse::<i16>().unwrap_or(0);
        return Some(Instant { day: date(number(0, 4), number(4, 6), number(6, 8))?, time: None, zone_min: None });
    }
    // Seconds or milliseconds since 1970.
    if matches!(value.len(), 10 | 13)
        && let Ok(number) = value.parse::<i64>()
    {
        return Instant::from_millis(if value.len() == 13 { number } else { number.checked_mul(1000)? });
    }
    find(value, lexicon).map(|(instant, _)| instant)
}

/// A number of at most four digits, in the digits of any script; 0 for what is none.
fn number(digits: &str) -> i16 {
    // Each of these scripts has its ten digits in a row.
    const ZEROS: [char; 5] = ['0', '٠', '۰', '०', '০'];
    let value =
        |it: char| ZEROS.iter().find_map(|zero| u32::from(it).checked_sub(u32::from(*zero)).filter(|it| *it < 10));
    digits
        .chars()
        .try_fold(0_i16, |sum, it| value(it).map(|it| sum.saturating_mul(10).saturating_add(it as i16)))
        .unwrap_or(0)
}

// Archives hold reports of three centuries; a report of the far future is a mistake.
fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    if !(1700..=2100).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn with_time(text: &str, day: Date, range: std::ops::Range<usize>, lexicon: &Lexicon) -> (Instant, Span) {
    let plain = Instant { day, time: None, zone_min: None };
    let rest = &text[range.end..];
    if let Some(found) = PATTERNS.time_after.captures(rest)
        && let Some((time, zone_min, len)) = time_of(&found, lexicon)
    {
        let end = range.end + rest[..len].trim_end().len();
        return (Instant { time: Some(time), zone_min, ..plain }, Span::at(range.start, end));
    }
    // Only the words just before: a time further off is another time.
    let mut from = range.start.saturating_sub(40);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    if let Some(found) = PATTERNS.time_before.captures(&text[from..range.start])
        && let Some((time, zone_min, _)) = time_of(&found, lexicon)
    {
        let start = from + found.name("h").map_or(0, |it| it.start());
        return (Instant { time: Some(time), zone_min, ..plain }, Span::at(start, range.end));
    }
    (plain, Span::at(range.start, range.end))
}

type Time = (i8, i8, Option<i8>);

fn time_of(found: &Captures<'_>, lexicon: &Lexicon) -> Option<(Time, Option<i32>, usize)> {
    let number = |name: &str| found.name(name).and_then(|it| it.as_str().parse::<i8>().ok());
    let half = found.name("half").map(|it| it.as_str().to_ascii_lowercase());
    // "December 1, 2025 5 killed": an hour alone is a time only with its half of the day.
    if found.name("m").is_none() && half.is_none() {
        return None;
    }
    let (mut hour, minute) = (number("h")?, number("m").unwrap_or(0));
    let mut end = found.name("half").or(found.name("s")).or(found.name("m")).map_or(0, |it| it.end());
    if let Some(half) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if half.starts_with('p') { 12 } else { 0 };
    }
    if 23 < hour || 59 < minute {
        return None;
    }
    let offset = found.name("off").and_then(|it| offset_min(it.as_str()));
    let name = found.name("zone").map(|it| it.as_str()).unwrap_or("");
    let zone_min = match name {
        "" => offset,
        "Z" | "UTC" | "GMT" => Some(offset.unwrap_or(0)),
        // Zones whose summer time is not told apart stay out: an hour wrong is wrong.
        _ => lexicon.zone(name).filter(|it| it.summer_min.is_none()).map(|it| it.offset_min),
    };
    if zone_min.is_some() {
        end = found.name("off").or(found.name("zone")).map_or(end, |it| it.end().max(end));
    }
    Some(((hour, minute, number("s")), zone_min, end))
}

fn offset_min(text: &str) -> Option<i32> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text[1..].chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse::<i32>().ok()?, 0),
        3 => (digits[..1].parse().ok()?, digits[1..].parse().ok()?),
        _ => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = find(text, Lexicon::shared());
        let found = found.map(|(instant, span)| (instant.to_string(), span.of(text).to_owned()));
        assert_eq!(found, expected.map(|(value, words)| (value.to_owned(), words.to_owned())), "{text}");
    }

    #[test]
    fn written_dates() {
        check("Updated 2031.02.03 21:11 GMT+8", Some(("2031-02-03T21:11+08:00", "2031.02.03 21:11 GMT+8")));
        check("2031-02-03T21:11:05.123Z", Some(("2031-02-03T21:11:05Z", "2031-02-03T21:11:05.123Z")));
        check("2031-02-03T21:11:05-0500", Some(("2031-02-03T21:11:05-05:00", "2031-02-03T21:11:05-0500")));
        check("Published Feb. 3, 2031 3:04 p.m. EST", Some(("2031-02-03T15:04-05:00", "Feb. 3, 2031 3:04 p.m. EST")));
        check("Feb 3, 2031 at 4:38 PM", Some(("2031-02-03T16:38", "Feb 3, 2031 at 4:38 PM")));
        check("3 February 2031 at 14:05 GMT", Some(("2031-02-03T14:05Z", "3 February 2031 at 14:05 GMT")));
        check("Mon, 03 Feb 2031 10:00:00 +0100", Some(("2031-02-03T10:00:00+01:00", "03 Feb 2031 10:00:00 +0100")));
        check("14:05, 3 February 2031", Some(("2031-02-03T14:05", "14:05, 3 February 2031")));
        check("3. Februar 2031, 14:05 Uhr", Some(("2031-02-03T14:05", "3. Februar 2031, 14:05")));
        check("le 3 févr. 2031 à 14h05", Some(("2031-02-03T14:05", "3 févr. 2031 à 14h05")));
        check("3 de febrero de 2031", Some(("2031-02-03", "3 de febrero de 2031")));
        check("3 лютого 2031", Some(("2031-02-03", "3 лютого 2031")));
        check("03.02.2031", Some(("2031-02-03", "03.02.2031")));
        check("2031年2月3日", Some(("2031-02-03", "2031年2月3日")));
        check("23/02/2031", Some(("2031-02-23", "23/02/2031")));
        check("الأربعاء، 07 أكتوبر 2031", Some(("2031-10-07", "07 أكتوبر 2031")));
        check("24 نيسان / أبريل 2031", Some(("2031-04-24", "24 نيسان / أبريل 2031")));
        check("٢٤ أبريل ٢٠٣١", Some(("2031-04-24", "٢٤ أبريل ٢٠٣١")));
        check("3 בפברואר 2031", Some(("2031-02-03", "3 בפברואר 2031")));
        check("3 फरवरी 2031", Some(("2031-02-03", "3 फरवरी 2031")));
        check("February 3rd, 2031", Some(("2031-02-03", "February 3rd, 2031")));
    }

    #[test]
    fn the_same_moment_elsewhere() {
        let read = |text: &str| find(text, Lexicon::shared()).expect("a date").0;
        let there = |utc: &str, printed: &str| read(utc).at_the_place(&read(printed)).map(|it| it.to_string());
        let utc = "2031-05-02T00:23:33Z";
        assert_eq!(there(utc, "May 1, 2031 8:23 PM").as_deref(), Some("2031-05-01T20:23-04:00"));
        assert_eq!(there(utc, "May 1, 2031 8:25 PM"), None);
        assert_eq!(there(utc, "May 1, 2031"), None);
    }

    #[test]
    fn not_dates() {
        check("03/04/2031", None);
        check("31 February 2031", None);
        check("3 ministers 2031", None);
        check("2031-02-03", Some(("2031-02-03", "2031-02-03")));
        check("February 3, 2031 5 were hurt", Some(("2031-02-03", "February 3, 2031")));
        check("version 1234.56.78", None);
        check("December 18", None);
    }
}
