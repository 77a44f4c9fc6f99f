//! The URL pattern without look-around, so that it runs in linear time on any input.

/// The part of the released pattern that matches an IPv4 address outside the private ranges.
const ADDRESS: &str = r"(?!(?:10|127)(?:\.\d{1,3}){3})(?!(?:169\.254|192\.168)(?:\.\d{1,3}){2})(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}(?:\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4]))";

/// The same addresses with the private ranges left out digit by digit.
const ADDRESS_PLAIN: &str = concat!(
    r"(?:(?:[1-9]|1[\d&&[^0]]|[2-9]\d|1[\d&&[^2679]]\d|12[\d&&[^7]]|16[\d&&[^9]]|17[\d&&[^2]]|19[\d&&[^2]]|2[01]\d|22[0-3])",
    r"\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])",
    r"|169\.(?:1?\d{1,2}|2[0-4]\d|25[0-35])",
    r"|192\.(?:\d{1,2}|1[\d&&[^6]]\d|16[\d&&[^8]]|2[0-4]\d|25[0-5])",
    r"|172\.(?:\d|1[\d&&[^6-9]]|[\d&&[^123]]\d|3[\d&&[^01]]|1\d\d|2[0-4]\d|25[0-5]))",
    r"\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4])",
);

/// Rewrites Python's pattern for Rust. `None` if it is not the released one, so that it needs look-around.
pub(crate) fn without_look_around(pattern: &str) -> Option<String> {
    let plain = python_word_class(pattern).replacen(ADDRESS, ADDRESS_PLAIN, 1);
    (!plain.contains("(?!") && !plain.contains("(?<") && !plain.contains("(?=")).then_some(plain)
}

/// Python's `\w` is letters, numbers and the underscore; Rust's has marks and lacks some numbers.
pub(crate) fn python_word_class(pattern: &str) -> String {
    pattern.replace(r"[\w", r"[\p{L}\p{N}_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_the_same_set() {
        let look = fancy_regex::Regex::new(&format!("^(?:{ADDRESS})$")).unwrap();
        let plain = regex::Regex::new(&format!("^(?:{ADDRESS_PLAIN})$")).unwrap();
        let octets = ["0", "1", "9", "10", "11", "15", "16", "19", "20", "29", "30", "31", "32", "99", "100", "126"];
        let more =
            ["127", "128", "168", "169", "172", "173", "191", "192", "193", "223", "224", "253", "254", "255", "٣"];
        let octets: Vec<&str> = octets.into_iter().chain(more).collect();
        for a in &octets {
            for b in &octets {
                for (c, d) in [("1", "1"), ("168", "254"), ("0", "0"), ("255", "255"), ("99", "20"), ("١٢", "5")] {
                    let address = format!("{a}.{b}.{c}.{d}");
                    assert_eq!(look.is_match(&address).unwrap(), plain.is_match(&address), "{address}");
                }
            }
        }
    }
}
