//! British or American English in words of our own and in words that are retold: spelling, dates, "per cent", forms of address,
//! the mark before a quotation.
//!
//! What stands in quotation marks is never touched, nor what may be a name: a word with a capital letter keeps its spelling
//! unless it opens the text and no name follows. A stop or comma never moves into quotation marks, as American printers
//! would have it: the report has none there.

use rapporteur_lexicon::Lexicon;
use rapporteur_model::English;

use crate::dates::MONTHS;
use crate::view::capital;

/// The text in the English asked for.
pub(crate) fn house(text: &str, english: English) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some((open, len)) = next_quotation(rest, text.len() - rest.len(), text) {
        let before = plain(&rest[..open], out.is_empty(), english);
        out += &lead_in(before, english);
        out += &rest[open..open + len];
        rest = &rest[open + len..];
    }
    let opens = out.is_empty();
    out += &plain(rest, opens, english);
    out
}

/// "X said: “…”" has a comma in American English.
fn lead_in(before: String, english: English) -> String {
    match before.strip_suffix(" said: ") {
        Some(who) if english == English::American => format!("{who} said, "),
        _ => before,
    }
}

/// Where the next words in marks begin in `rest`, and how long they are with their marks. What is opened and not closed goes
/// to the end.
fn next_quotation(rest: &str, offset: usize, text: &str) -> Option<(usize, usize)> {
    for (at, c) in rest.char_indices() {
        let before = text[..offset + at].chars().next_back();
        let after = &rest[at + c.len_utf8()..];
        let is_word = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        // A single mark inside or at the end of a word is an apostrophe.
        let closing = match c {
            '“' => "”",
            '"' => "\"",
            '‘' | '\'' if !is_word(before) && is_word(after.chars().next()) => {
                if c == '‘' {
                    "’"
                } else {
                    "'"
                }
            }
            _ => continue,
        };
        let single = matches!(c, '‘' | '\'');
        let close =
            after.match_indices(closing).find(|(end, it)| !single || !is_word(after[end + it.len()..].chars().next()));
        match close {
            Some((end, it)) => return Some((at, c.len_utf8() + end + it.len())),
            None if !single => return Some((at, rest.len() - at)),
            None => {}
        }
    }
    None
}

/// A stretch without quotations; `opens` when a sentence begins with it.
fn plain(text: &str, opens: bool, english: English) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    dates(&mut words, english);
    let n = words.len();
    let mut out: Vec<String> = Vec::with_capacity(n);
    let mut at = 0;
    while at < n {
        let word = words[at].clone();
        let next = words.get(at + 1).map(String::as_str);
        at += 1;
        match english {
            English::American if word == "per" && next.is_some_and(|it| stem(it) == "cent") => {
                out.push(format!("per{}", words[at]));
                at += 1;
            }
            English::British if stem(&word) == "percent" && word.starts_with("percent") => {
                out.push("per".to_owned());
                out.push(word["per".len()..].to_owned());
            }
            _ => out.push(spelled(&addressed(word, next, english), opens && at == 1, next, english)),
        }
    }
    out.join(" ")
}

/// A word without the marks behind it.
fn stem(word: &str) -> &str {
    word.trim_end_matches([',', '.', ';', ':', ')', '!', '?'])
}

/// "Mr Lind", "Mr. Lind".
fn addressed(word: String, next: Option<&str>, english: English) -> String {
    const TITLES: [&str; 4] = ["Mr", "Mrs", "Ms", "Dr"];
    let named = next.is_some_and(|it| it.starts_with(char::is_uppercase));
    match english {
        English::American if named && TITLES.contains(&word.as_str()) => word + ".",
        English::British if named && word.strip_suffix('.').is_some_and(|it| TITLES.contains(&it)) => {
            word.trim_end_matches('.').to_owned()
        }
        _ => word,
    }
}

/// The word's letters in the spelling asked for. Parts of a compound are words; addresses and file names are none.
fn spelled(word: &str, opens: bool, next: Option<&str>, english: English) -> String {
    if word.contains(['/', '@', '_', '#', '\\']) || stem(word).contains('.') {
        return word.to_owned();
    }
    // "Labor unions said" is a sentence, "Labor Department" and "Center for Trade" are names.
    let begins_name = next.is_none_or(|it| {
        it.starts_with(char::is_uppercase) || matches!(it, "for" | "of" | "and" | "on" | "in" | "&" | "to")
    });
    let mut out = String::with_capacity(word.len() + 2);
    for (ix, part) in word.split_inclusive(|c: char| !c.is_alphabetic()).enumerate() {
        let letters = part.trim_end_matches(|c: char| !c.is_alphabetic());
        let is_small = letters.chars().all(char::is_lowercase);
        let is_first = opens && ix == 0 && !begins_name && letters.chars().skip(1).all(char::is_lowercase);
        let found = if is_small {
            other(letters, english).map(str::to_owned)
        } else if is_first {
            other(&letters.to_lowercase(), english).map(capital)
        } else {
            None
        };
        out += found.as_deref().unwrap_or(letters);
        out += &part[letters.len()..];
    }
    out
}

fn other(word: &str, english: English) -> Option<&'static str> {
    let lexicon = Lexicon::shared();
    match english {
        English::British => lexicon.british_spelling(word),
        English::American => lexicon.american_spelling(word),
    }
}

fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// A day of a month: "3", "30th".
fn day_number(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|it| word.strip_suffix(it)).unwrap_or(word);
    let is_number = (1..=2).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
    digits.parse().ok().filter(|it| is_number && (1..=31).contains(it))
}

/// A year, without the mark behind it.
fn year(word: &str) -> Option<&str> {
    let bare = stem(word);
    (bare.len() == 4 && bare.bytes().all(|it| it.is_ascii_digit()) && bare.starts_with(['1', '2'])).then_some(bare)
}

/// "30 November" for "November 30", or the reverse. Where a number may count something else, or is one of two days, the date
/// stays as it is.
fn dates(words: &mut [String], english: English) {
    let mut at = 0;
    while at + 1 < words.len() {
        let (one, two) = (words[at].clone(), words[at + 1].clone());
        let before = at.checked_sub(1).map(|it| words[it].clone()).unwrap_or_default();
        // "(3 May)".
        let lead: String = one.chars().take_while(|it| matches!(it, '(' | '[')).collect();
        let bare = &one[lead.len()..];
        let tail = &two[stem(&two).len()..];
        let year_after = words.get(at + 2).and_then(|it| year(it)).map(str::to_owned);
        match english {
            English::American => {
                // "10 to 12 May", "11–12 May": two days stay together.
                let one_of_two = matches!(before.as_str(), "and" | "to" | "or" | "–" | "-")
                    && at.checked_sub(2).is_some_and(|it| day_number(&words[it]).is_some());
                if let Some(day) = day_number(bare).filter(|_| is_month(stem(&two)) && !one_of_two) {
                    let month = stem(&two).to_owned();
                    if let Some(year) = year_after.filter(|_| tail.is_empty()) {
                        let behind = words[at + 2][year.len()..].to_owned();
                        // A comma closes the year where the sentence goes on.
                        let goes_on = behind.is_empty() && at + 3 < words.len();
                        words[at + 2] = format!("{year}{}", if goes_on { "," } else { &behind });
                        words[at + 1] = format!("{day},");
                    } else {
                        words[at + 1] = format!("{day}{tail}");
                    }
                    words[at] = format!("{lead}{month}");
                }
            }
            English::British => {
                let is_date = is_month(bare) && day_number(stem(&two)).is_some();
                if let Some(day) = day_number(stem(&two)).filter(|_| is_date) {
                    let ends = !tail.is_empty() && !tail.contains(':');
                    let followed = words.get(at + 2).is_none_or(|it| FOLLOWS.contains(&stem(it)) && !it.is_empty());
                    let certain = ends || followed || matches!(before.as_str(), "on" | "dated");
                    if let Some(year) = year_after.filter(|_| tail == ",") {
                        let behind = words[at + 2][year.len()..].to_owned();
                        (words[at], words[at + 1]) = (format!("{lead}{day}"), bare.to_owned());
                        words[at + 2] = format!("{year}{behind}");
                    } else if certain && !one_of_days(words, at) {
                        (words[at], words[at + 1]) = (format!("{lead}{day}"), format!("{bare}{tail}"));
                    }
                }
            }
        }
        at += 1;
    }
}

/// Whether more days follow: "May 11 and 12".
fn one_of_days(words: &[String], at: usize) -> bool {
    let joint = words.get(at + 2).is_some_and(|it| matches!(it.as_str(), "and" | "to" | "or" | "–" | "-"));
    joint && words.get(at + 3).is_some_and(|it| day_number(stem(it)).is_some())
}

/// Words that can stand behind "May 12" and not behind "12": there it is a day, and counts nothing.
const FOLLOWS: [&str; 44] = [
    "to", "at", "in", "on", "and", "for", "by", "with", "after", "before", "when", "that", "as", "from", "or", "but",
    "until", "through", "near", "between", "against", "over", "during", "amid", "following", "because", "while",
    "where", "which", "who", "is", "was", "were", "will", "would", "has", "had", "the", "a", "an", "he", "she", "they",
    "it",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn british(text: &str) -> String {
        house(text, English::British)
    }

    fn american(text: &str) -> String {
        house(text, English::American)
    }

    #[test]
    fn spelling_goes_both_ways() {
        let pairs = [
            ("The well-organised centre cancelled its programme.", "The well-organized center canceled its program."),
            ("Organised dockers met on 3 May.", "Organized dockers met on May 3."),
            ("It grew by 4 per cent, Mr Lind and Mrs Osk said.", "It grew by 4 percent, Mr. Lind and Mrs. Osk said."),
        ];
        for (one, other) in pairs {
            assert_eq!(american(one), other);
        }
        assert_eq!(
            british("The well-organized center canceled its program."),
            "The well-organised centre cancelled its program."
        );
        assert_eq!(british(pairs[1].1), pairs[1].0);
        assert_eq!(british(pairs[2].1), pairs[2].0);
    }

    #[test]
    fn quotations_and_names_stay() {
        for text in [
            "Anna Lind said “the color of the harbor is gray on May 3”.",
            "Lind called it 'an organized defense' in Pearl Harbor.",
            "The Labor Department and the Center for Trade agreed.",
            "Center for Trade staff agreed.",
            "It printed \"Mr. Osk\" and ‘5 percent’.",
            "See harbor.example/color for it.",
            "He said “the color was never closed",
        ] {
            assert_eq!(british(text), text);
        }
        let text = "“The colour of the harbour is grey on 3 May,” and ‘Mr Osk’s defence’ stays.";
        assert_eq!(american(text), text);
        assert_eq!(american("Lind said: “We organise on 3 May.”"), "Lind said, “We organise on 3 May.”");
        // Apostrophes open nothing.
        assert_eq!(british("The dockers' labor and Lind's color."), "The dockers' labour and Lind's colour.");
    }

    #[test]
    fn dates_go_both_ways_where_they_are_dates() {
        let pairs = [
            ("They met on 30 November 2031 in Tesk.", "They met on November 30, 2031, in Tesk."),
            ("They met on 30 November 2031.", "They met on November 30, 2031."),
            ("13 May: Aldane is to meet Oduvan.", "May 13: Aldane is to meet Oduvan."),
            (
                "The date: 13 May (Record) against 14 May (Lantern, 3 June).",
                "The date: May 13 (Record) against May 14 (Lantern, June 3).",
            ),
            ("The week of 12 May.", "The week of May 12."),
        ];
        for (one, other) in pairs {
            assert_eq!(american(one), other);
        }
        assert_eq!(british("It is a summit on May 22."), "It is a summit on 22 May.");
        assert_eq!(british("The talks of November 30, 2031, failed."), "The talks of 30 November 2031, failed.");
        assert_eq!(british("On May 3rd they left."), "On 3 May they left.");
        for text in ["In March 12 people died.", "It rained from May 11 and 12 boats sank.", "In May 5 percent left."] {
            assert_eq!(british(text).replace("per cent", "percent"), text, "a number that counts is no day");
        }
        assert_eq!(american("from 11 to 12 May"), "from 11 to 12 May");
    }

    #[test]
    fn doing_it_again_changes_nothing() {
        for text in [
            "On 3 May Mr Osk’s centre lost 4 per cent.",
            "On May 3, 2031, Mr. Osk’s center lost 4 percent, “by May 4”.",
        ] {
            for english in English::ALL {
                let once = house(text, english);
                assert_eq!(house(&once, english), once);
            }
        }
    }
}
