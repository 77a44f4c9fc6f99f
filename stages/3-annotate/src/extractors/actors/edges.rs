//! What stands at the edges of a run of capitals and is no part of the name, or is one though it has no capital: labels that
//! ran into it, whose officer somebody is, ranks, the number of a unit.

use rapporteur_lexicon::Lexicon;
use rapporteur_model::Span;

use crate::view::View;

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

/// "Channel News 2": a number behind an outlet's name makes it a station of its own, unless it counts what follows.
pub(super) fn is_numbered(words: &[&str], first: usize, at: usize, end: usize) -> bool {
    let is_number = |word: &str| (1..=2).contains(&word.len()) && word.bytes().all(|it| it.is_ascii_digit());
    at < end
        && is_number(words[at - first])
        && words.get(at + 1 - first).is_none_or(|it| {
            matches!(*it, "is" | "was" | "has" | "had" | "," | "." | "and" | "that" | "'s" | "’s")
                || it.ends_with("ed") || it.ends_with("said") || it.ends_with("says")
        })
}

/// Without a possessive ending inside the last token.
pub(super) fn bare(view: &View<'_>, span: Span) -> Span {
    let words = span.of(view.text);
    let cut = words
        .strip_suffix("'s")
        .or_else(|| words.strip_suffix("’s"))
        .unwrap_or(words)
        .trim_end_matches([',', ';', ':']);
    if cut.is_empty() { span } else { Span::at(span.start() as usize, span.start() as usize + cut.len()) }
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

/// "Pierre-Henry Novak": a given name before a hyphen without spaces is of the name; "Novak-Berg talks" are of two.
pub(super) fn with_hyphen(lexicon: &Lexicon, view: &View<'_>, words: &[&str], first: usize, at: usize) -> usize {
    let Some(before) = at.checked_sub(2).filter(|it| first <= *it && words[at - 1 - first] == "-") else { return at };
    let touch = |one: usize, other: usize| view.span(one).end() == view.span(other).start();
    let word = words[before - first];
    if lexicon.given_name(word).is_some() && touch(before, at - 1) && touch(at - 1, at) { before } else { at }
}

/// "Democrat Mr Lind": the form of address; what stands before it is no name.
pub(super) fn address(words: &[&str], first: usize, at: usize, end: usize) -> Option<usize> {
    let is_address = |it: usize| matches!(words[it - first].trim_end_matches('.'), "Mr" | "Mrs" | "Ms" | "Dr");
    (at..end.saturating_sub(1)).rfind(|it| is_address(*it))
}

/// What a noun or an age beside a name says of it.
pub(super) mod beside {
    use crate::view::View;

    /// "a local shopkeeper": a noun with "a" that ends as those for people who do something.
    pub(crate) fn is_doer(view: &View<'_>, noun: usize) -> bool {
        const ENDINGS: [&str; 12] =
            ["er", "or", "ist", "ian", "ant", "man", "woman", "ess", "ee", "yst", "mate", "wife"];
        let lemma = view.lemma_of(noun);
        let indefinite = view.children(noun).any(|it| matches!(view.word(it), "a" | "an"));
        view.tag_of(noun) == "NN" && indefinite && 5 < lemma.len() && ENDINGS.iter().any(|it| lemma.ends_with(it))
    }

    /// ", 40,": an age behind the name that ends before token `end`.
    pub(crate) fn has_age(view: &View<'_>, end: usize) -> bool {
        let is_mark = |ix: usize| matches!(view.word(ix), "," | ".");
        end + 2 < view.n() && view.word(end) == "," && is_mark(end + 2) && {
            let age = view.word(end + 1);
            (1..=2).contains(&age.len()) && age.bytes().all(|it| it.is_ascii_digit())
        }
    }

    /// "wrote on X".
    pub(crate) fn is_platform(view: &View<'_>, at: usize) -> bool {
        view.word(at) == "X" && at > 0 && matches!(view.word(at - 1), "on" | "to" | "On")
    }
}
