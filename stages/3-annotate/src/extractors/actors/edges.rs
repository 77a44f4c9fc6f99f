//! What stands at the edges of a run of capitals and is no part of the name, or is one though it has no capital: labels that
//! ran into it, whose officer somebody is, ranks, the number of a unit.

use rapporteur_lexicon::Lexicon;

/// Ranks that close a run only because their full stop does: "Navy Capt. Jan Novak".
pub(super) const RANKS: &[&str] = &[
    "Capt", "Sgt", "Col", "Gen", "Lt", "Maj", "Cpl", "Spc", "Pvt", "Adm", "Cmdr", "Rep", "Sen", "Gov", "Dr", "Prof",
    "Brig",
];

/// Military and other units that are numbered.
pub(super) const UNITS: &[&str] = &[
    "Battalion", "Regiment", "Division", "Brigade", "Corps", "Wing", "Fleet", "Squadron", "Army", "Group", "Company",
    "Platoon", "Battery", "Infantry", "Airborne", "Cavalry", "Marines", "Circuit", "Precinct", "District", "Congress",
];

pub(super) fn is_ordinal(word: &str) -> bool {
    let number = word.trim_end_matches(char::is_alphabetic);
    !number.is_empty()
        && number.bytes().all(|it| it.is_ascii_digit())
        && matches!(&word[number.len()..], "st" | "nd" | "rd" | "th")
}

/// "N.C.": two capitals with full stops.
pub(super) fn is_initials(word: &str) -> bool {
    matches!(word.as_bytes(), [a, b'.', b, b'.'] if a.is_ascii_uppercase() && b.is_ascii_uppercase())
}

/// "Oregon Gov. Jan Novak", "RNC Chair Eva Novak": where the person starts, behind whose officer he is and as what.
pub(super) fn after_title(lexicon: &Lexicon, words: &[&str], first: usize, at: usize, end: usize) -> Option<usize> {
    if lexicon.given_name(words[at - first]).is_some() {
        return None;
    }
    (at + 2..end).find(|it| {
        let title = words[it - 1 - first];
        lexicon.given_name(words[it - first]).is_some()
            && lexicon.given_name(title).is_none()
            && (lexicon.honorific(title).is_some() || lexicon.office(title).is_some())
    })
}

/// "EPA Eva Novak", "LIVE Jan Novak": a label in capitals that ran into a name stays outside.
pub(super) fn unglued(lexicon: &Lexicon, words: &[&str], first: usize, mut at: usize, end: usize) -> usize {
    let is_loud = |word: &str| word.len() > 1 && word.chars().all(char::is_uppercase);
    let is_given = |word: &str| word.chars().any(char::is_lowercase) && lexicon.given_name(word).is_some();
    while at + 2 < end && is_loud(words[at - first]) {
        let Some(given) = (at + 1..end - 1).find(|it| !is_loud(words[it - first])) else { return at };
        if !is_given(words[given - first]) {
            return at;
        }
        at = given;
    }
    at
}
