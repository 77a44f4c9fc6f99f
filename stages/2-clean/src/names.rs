//! Names of people in bylines: "By Ana Ilves and Jon Pirk in Verra". People, not menu words and not outlets.

use rapporteur_lexicon::Lexicon;
use rapporteur_model::Span;

// Words that stand in bylines and are no names.
const NOT_NAMES: &[&str] = &[
    "about", "admin", "administrator", "agencies", "agency", "all", "analysis", "associated", "author", "breaking",
    "bureau", "by", "chief", "com", "contributor", "contributors", "copy", "correspondent", "daily", "desk", "digital",
    "editor", "editorial", "editors", "facebook", "follow", "for", "from", "guest", "help", "home", "hours", "image",
    "in", "international", "live", "magazine", "mail", "media", "menu", "minutes", "more", "national", "network",
    "news", "newsroom", "newsdesk", "online", "opinion", "photo", "politics", "posted", "press", "published", "read",
    "report", "reporter", "reporters", "reuters", "senior", "share", "special", "sport", "sports", "staff", "story",
    "team", "the", "times", "to", "today", "tv", "twitter", "update", "updated", "user", "video", "watch", "web",
    "wire", "with", "world", "writer", "writers", "you", "your",
];

/// Whether the words are a person's name: two to five words that begin with capitals, none of them a word of trade.
pub(crate) fn is_person(name: &str, lexicon: &Lexicon) -> bool {
    let parts: Vec<&str> = name.split_whitespace().collect();
    if !(2..=5).contains(&parts.len())
        || 60 < name.len()
        || name.contains(|it: char| it.is_ascii_digit() || "@/:|!?()".contains(it))
    {
        return false;
    }
    let is_name_word = |it: &&str| {
        let first = it.chars().next();
        first.is_some_and(char::is_uppercase)
            || lexicon.particle(it).is_some()
            || matches!(
                *it,
                "de" | "van"
                    | "von"
                    | "der"
                    | "den"
                    | "al"
                    | "el"
                    | "bin"
                    | "da"
                    | "di"
                    | "du"
                    | "la"
                    | "le"
                    | "dos"
                    | "y"
            )
    };
    parts.iter().all(is_name_word)
        && parts
            .iter()
            .all(|it| !NOT_NAMES.contains(&it.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase().as_str()))
        && lexicon.outlet(name).is_none()
        && lexicon.meanings(name).is_empty()
}

/// Whether a byline is surely of people: one given name known to the lexicon, or "By" before it.
pub(crate) fn has_given_name(name: &str, lexicon: &Lexicon) -> bool {
    name.split_whitespace().next().is_some_and(|it| lexicon.given_name(it).is_some())
}

/// The names in a byline's words, with their places in `text`. `is_sure` where something else says it is a byline.
pub(crate) fn in_byline(text: &str, span: Span, is_sure: bool, lexicon: &Lexicon) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    // Hard spaces are spaces here; two plain ones keep the places.
    let line = span.of(text).replace('\u{a0}', "  ");
    let base = span.start() as usize;
    for (at, part) in parts(&line) {
        let (at, part) = strip_label(at, part);
        // "in Verra", "Political Editor", "AFP" end the name.
        let name = before_place(part);
        let trimmed = name.trim_matches(|it: char| !it.is_alphanumeric() && it != '.');
        let trimmed = trimmed.trim_end_matches('.');
        let lead = name.find(trimmed).unwrap_or(0);
        let (from, to) = (base + at + lead, base + at + lead + trimmed.len());
        if is_person(trimmed, lexicon) && (is_sure || has_given_name(trimmed, lexicon)) {
            let name = trimmed.split_whitespace().collect::<Vec<_>>().join(" ");
            found.push((natural_case(&name), Span::at(from, to)));
        }
    }
    found
}

// Parted at commas, "and", "&", bars.
fn parts(line: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let mark = [
            " and ", " And ", " AND ", " & ", " y ", " et ", " und ", " og ", " och ", " with ", ",", ";", "|", "•",
            "·", "\n", "\t", " — ", " – ", " - ",
        ]
        .iter()
        .find(|it| rest.starts_with(**it));
        match mark {
            Some(mark) => {
                found.push((start, &line[start..at]));
                at += mark.len();
                start = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found.push((start, &line[start..]));
    found
}

const LABELS: &[&str] = &[
    "by:", "by ", "author:", "authors:", "written by", "reported by", "reporting by", "text by", "story by",
    "words by", "posted by", "from ", "user avatar", "published by", "par ", "von ", "por ", "od ", "автор:",
];

fn strip_label(mut at: usize, mut part: &str) -> (usize, &str) {
    loop {
        let trimmed = part.trim_start();
        at += part.len() - trimmed.len();
        part = trimmed;
        let Some(label) = LABELS.iter().find(|it| part.get(..it.len()).is_some_and(|head| head.to_lowercase() == **it))
        else {
            return (at, part);
        };
        at += label.len();
        part = &part[label.len()..];
    }
}

fn before_place(part: &str) -> &str {
    let cut = [" in ", " for ", " at ", " of ", " reports", " (", " | "].iter().filter_map(|it| part.find(it)).min();
    &part[..cut.unwrap_or(part.len())]
}

/// "ANA ILVES" is how a page prints Ana Ilves.
pub(crate) fn natural_case(name: &str) -> String {
    if name.contains(char::is_lowercase) || name.chars().count() < 5 {
        return name.to_owned();
    }
    let word = |it: &str| {
        let mut chars = it.chars();
        chars.next().map(|first| first.to_string() + &chars.as_str().to_lowercase()).unwrap_or_default()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &[&str]) {
        let span = Span::at(0, line.len());
        let found: Vec<String> =
            in_byline(line, span, line.starts_with("By"), Lexicon::shared()).into_iter().map(|it| it.0).collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn bylines() {
        check("By Ana Ilves and Jon Pirk", &["Ana Ilves", "Jon Pirk"]);
        check("Jennifer Ilves in Verra and Peter Pirk", &["Jennifer Ilves", "Peter Pirk"]);
        check("By MARIA ILVES, Political Editor", &["Maria Ilves"]);
        check("By Maria van der Pirk | Lake Desk", &["Maria van der Pirk"]);
        check("Author: user avatar Editors Desk", &[]);
        check("By Reuters Staff", &[]);
        check("Share this article", &[]);
    }
}
