//! The grammar of iCalendar (RFC 5545, sections 3.1 and 3.3.11): values and content lines, for whoever writes a calendar.

/// Text as a value: marks that part values are escaped, line ends are `\n`, other control characters go.
pub fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for it in value.chars() {
        match it {
            '\\' | ';' | ',' => out.extend(['\\', it]),
            '\n' => out.push_str("\\n"),
            it if it.is_control() => out.push(' '),
            it => out.push(it),
        }
    }
    out
}

/// Appends a content line, folded so that no line is longer than 75 bytes and no character is cut.
pub fn line(out: &mut String, content: &str) {
    const BYTES_MAX: usize = 75;
    let mut n = 0;
    for it in content.chars() {
        if n + it.len_utf8() > BYTES_MAX {
            out.push_str("\r\n ");
            n = 1;
        }
        out.push(it);
        n += it.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut out = String::new();
        line(&mut out, &format!("SUMMARY:{}", "é".repeat(100)));
        assert!(out.split("\r\n").all(|it| it.len() <= 75));
        assert_eq!(out.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "é".repeat(100)));
    }

    #[test]
    fn values_are_escaped() {
        assert_eq!(text("a; b, c\\d\ne\u{7}"), "a\\; b\\, c\\\\d\\ne ");
    }
}
