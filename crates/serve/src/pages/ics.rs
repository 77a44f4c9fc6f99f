//! The agenda as iCalendar (RFC 5545), from rows. The calendar of a single account is a form of the account.

use rapporteur::ical::{line, text};
use rapporteur_model::row::ScheduleLedgerRow;

/// The calendar of a desk. A name is made of the fact, whose id lasts, so that an entry that is moved stays one.
pub(crate) fn calendar(rows: &[ScheduleLedgerRow]) -> String {
    let mut out = String::new();
    for it in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rapporteur//Agenda//EN", "X-WR-CALNAME:Rapporteur"] {
        line(&mut out, it);
    }
    for row in rows {
        event(&mut out, row);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn event(out: &mut String, row: &ScheduleLedgerRow) {
    let status = match row.status.as_str() {
        "scheduled" | "moved" => "CONFIRMED",
        "expected" | "asked" => "TENTATIVE",
        "called-off" => "CANCELLED",
        _ => return,
    };
    // Only what names a day; a week or a month is none.
    let Some(date) = row.date.get(..10).and_then(|it| it.parse::<jiff::civil::Date>().ok()) else { return };
    let Ok(after) = date.tomorrow() else { return };
    let mut others: Vec<&str> =
        row.history.iter().filter_map(|it| it.date.as_deref()).filter(|it| *it != row.date).collect();
    others.sort_unstable();
    others.dedup();
    let mut told: Vec<String> = Vec::new();
    if !others.is_empty() {
        told.push(format!("Also given for {}.", others.join(", ")));
    }
    told.extend(row.history.iter().map(|it| format!("[{}] {}", it.at.report, it.at.text)));
    // When it was last stated, so that the same desk gives the same bytes.
    let stamp = row.history.iter().filter_map(|it| it.told_on.as_deref()?.parse::<jiff::civil::Date>().ok()).max();
    let stamp = stamp.unwrap_or(jiff::civil::date(1970, 1, 1));
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:{}@rapporteur", text(&row.claim)));
    line(out, &format!("DTSTAMP:{}T000000Z", stamp.strftime("%Y%m%d")));
    line(out, &format!("DTSTART;VALUE=DATE:{}", date.strftime("%Y%m%d")));
    line(out, &format!("DTEND;VALUE=DATE:{}", after.strftime("%Y%m%d")));
    line(out, &format!("SUMMARY:{}", text(&row.fact)));
    line(out, &format!("DESCRIPTION:{}", text(&told.join("\n"))));
    line(out, &format!("STATUS:{status}"));
    line(out, &format!("SEQUENCE:{}", others.len()));
    line(out, "END:VEVENT");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_an_entry_and_its_words_break_nothing() {
        let row = |date: &str, status: &str| ScheduleLedgerRow {
            claim: "f-1".to_owned(),
            date: date.to_owned(),
            status: status.to_owned(),
            fact: "Talks; at noon,\r\nBEGIN:VEVENT \\ é".repeat(3),
            ..Default::default()
        };
        let text = calendar(&[row("2031-12-31", "scheduled"), row("2031-W20", "scheduled"), row("2031-12-31", "held")]);
        assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), 1, "{text}");
        assert!(text.contains("DTSTART;VALUE=DATE:20311231\r\nDTEND;VALUE=DATE:20320101\r\n"), "{text}");
        assert!(text.split("\r\n").all(|it| it.len() <= 75));
    }
}
