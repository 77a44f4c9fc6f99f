//! Runs of capitals: where one starts and ends. "Abu Omar al-Farsi", "the Gulf of Carpentaria", "CTF-OSR" are one name each;
//! "Oslo-Warsaw talks" hold two.

use rapporteur_lexicon::{Entry, Lexicon, ParticleKind, StateName};

use crate::view::View;

/// The article of Arabic names, as spelled before a hyphen.
const ARTICLES: &[&str] =
    &["al", "el", "ul", "ad", "ed", "an", "en", "ar", "er", "as", "es", "ash", "esh", "at", "et", "az", "ez"];

/// Words that take "of" and a name into one name.
const OF_HEADS: &[&str] = &[
    "Gulf", "Sea", "Bay", "Strait", "Straits", "Cape", "Isle", "Mount", "Port", "Rock", "University", "College",
    "Bank", "Ministry", "Department", "Institute", "Church", "Republic", "Kingdom", "Court", "Chamber", "House",
    "League", "Federation", "Union", "Council", "Board", "Order", "Bishop", "Archdiocese", "Diocese",
];

/// Prepositions and the like that a sentence opens with: no names, whatever the tag.
const OPENERS: &[&str] = &[
    "Near", "In", "At", "On", "From", "After", "Before", "Since", "Outside", "Inside", "Around", "Across", "With",
    "For", "By", "To", "Under", "Over", "Between", "Meanwhile", "However", "But", "And", "When", "While", "As", "If",
    "Though", "Although", "Despite", "During", "Like", "Unlike", "Against", "Among", "Amid", "Beyond", "Also", "Then",
    "Yet", "So",
];

/// Whether a name may start at a word.
pub(super) fn may_start(view: &View<'_>, words: &[&str], first: usize, at: usize, end: usize) -> bool {
    let word = words[at - first];
    if OPENERS.contains(&word) {
        return false;
    }
    word.starts_with(char::is_uppercase) || word.starts_with("al-") || is_article(view, words, first, at, end)
}

/// The article of an Arabic name.
pub(super) fn is_article_word(word: &str) -> bool {
    ARTICLES.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// "al" before a hyphen and a capital.
fn is_article(view: &View<'_>, words: &[&str], first: usize, at: usize, end: usize) -> bool {
    is_article_word(words[at - first])
        && at + 2 < end
        && is_hyphen(view, words, first, at + 1)
        && words[at + 2 - first].starts_with(char::is_uppercase)
}

/// A hyphen without white space on either side.
fn is_hyphen(view: &View<'_>, words: &[&str], first: usize, at: usize) -> bool {
    words[at - first] == "-"
        && first < at
        && at + 1 < view.n()
        && view.span(at - 1).end() == view.span(at).start()
        && view.span(at).end() == view.span(at + 1).start()
}

/// Whether a word is inside a name for the hyphen's sake: the article of a name, its hyphen, a hyphen between two
/// abbreviations that nobody knows as names of their own.
fn joins_by_hyphen(
    view: &View<'_>,
    lexicon: &Lexicon,
    words: &[&str],
    first: usize,
    (at, stop): (usize, usize),
    end: usize,
) -> bool {
    if is_article(view, words, first, stop, end) {
        return true;
    }
    // The half behind the hyphen: "moon".
    if at + 1 < stop
        && is_hyphen(view, words, first, stop - 1)
        && words[stop - first].starts_with(char::is_lowercase)
        && view.name[stop] == 1
        && view.name[stop - 1] == 1
    {
        return true;
    }
    if stop == at || end <= stop + 1 || !is_hyphen(view, words, first, stop) {
        return ends_given_name(view, words, first, (at, stop), end);
    }
    if ends_given_name(view, words, first, (at, stop + 1), end) {
        return true;
    }
    if is_article(view, words, first, stop - 1, end) {
        return true;
    }
    // "Ban Ki-moon", "Wal-Mart": one name to the entity model, and neither half known for itself.
    let is_one = |hyphen: usize| {
        let kind = view.name[hyphen];
        kind != 0 && kind == view.name[hyphen - 1] && hyphen + 1 < end && kind == view.name[hyphen + 1]
    };
    let is_known = |it: usize| lexicon.longest_match_at(words, it - first).is_some();
    // Two people are two: "Novak-Horvath talks"; a person's double name goes on in small letters or has a given name first.
    let is_person = view.name[stop] == 1;
    let is_double = words[stop + 1 - first].starts_with(char::is_lowercase)
        || at + 1 < stop && lexicon.given_name(words[at - first]).is_some();
    if is_one(stop) && (!is_person || is_double) && !is_known(stop - 1) && !is_known(stop + 1) {
        return !is_pair(view, words, first, stop);
    }
    let is_short = |it: usize| {
        let word = words[it - first];
        word.len() > 1 && word.chars().all(char::is_uppercase) && lexicon.longest_match_at(words, it - first).is_none()
    };
    is_short(stop - 1) && is_short(stop + 1)
}

/// "Moon Jae-in has said": the half behind the hyphen of a person's second name, though the model took it for a preposition;
/// a preposition has no verb right behind it. `stop` is the half.
fn ends_given_name(
    view: &View<'_>,
    words: &[&str],
    first: usize,
    (at, stop): (usize, usize),
    end: usize,
) -> bool {
    if stop < at + 3 || end <= stop || !is_hyphen(view, words, first, stop - 1) || is_article_word(words[stop - 2 - first]) {
        return false;
    }
    let half = words[stop - first];
    let is_person = view.name[stop - 3] == 1 && view.name[stop - 2] == 1;
    let is_short = half.len() < 6 && half.chars().all(char::is_alphabetic);
    let next = words.get(stop + 1 - first).copied().unwrap_or(".");
    let ends = stop + 1 == end
        || matches!(next, "," | "." | "'s" | "’s")
        || matches!(view.tag_of(stop + 1), "VBD" | "VBZ" | "MD")
        || matches!(view.lemma_of(stop + 1), "have" | "be");
    is_person && is_short && ends
}

/// Two words before a noun that two parties have between them: "the Novak-Horvath meeting".
fn is_pair(view: &View<'_>, words: &[&str], first: usize, hyphen: usize) -> bool {
    const BETWEEN: &[&str] = &[
        "meeting", "talk", "summit", "call", "deal", "agreement", "conversation", "debate", "feud", "rivalry", "pact",
        "relationship", "ticket", "alliance", "border", "war", "conflict", "row", "dispute", "match", "axis",
    ];
    let after = hyphen + 2;
    after < view.n() && after - first < words.len() && BETWEEN.contains(&view.lemma_of(after))
}

/// "Gulf of", "University of".
fn is_named_of(words: &[&str], first: usize, stop: usize) -> bool {
    first < stop
        && OF_HEADS.contains(&words[stop - 1 - first])
        && words.get(stop + 1 - first).is_some_and(|it| it.starts_with(char::is_uppercase))
}

/// Where the run of capitals that starts at `at` ends.
pub(super) fn run(
    view: &View<'_>,
    lexicon: &Lexicon,
    words: &[&str],
    first: usize,
    at: usize,
    end: usize,
    is_title_case: bool,
) -> usize {
    let mut stop = at;
    while stop < end {
        let word = words[stop - first];
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let fits = if joins_by_hyphen(view, lexicon, words, first, (at, stop), end) {
            true
        } else if capital {
            let named = view.name[stop] != 0;
            let proper = view.pos_of(stop) == "PROPN";
            match view.pos_of(stop) {
                "PROPN" => !is_title_case || named || stop > at,
                "NOUN" | "ADJ" | "X" => {
                    named || (stop > first && !is_title_case && (stop == at || proper || view.pos_of(stop) == "NOUN"))
                }
                _ => named && stop > first,
            }
        } else if stop > at && stop + 1 < end {
            let joins = is_article(view, words, first, stop, end)
                || word == "of" && is_named_of(words, first, stop)
                || lexicon.particle(word).is_some_and(|it| it.kind == ParticleKind::Prefix)
                || matches!(word, "of" | "for" | "the" | "and" | "&") && view.name[stop] != 0 && view.name[stop] != 1;
            joins
                && (view.pos_of(stop) == "PROPN"
                    || view.name[stop] != 0
                    || word == "of"
                    || words[stop + 1 - first].starts_with(char::is_uppercase) && view.name[stop + 1] == 1)
                && words[stop + 1 - first]
                    .chars()
                    .next()
                    .is_some_and(|it| it.is_uppercase() || it.is_lowercase() && word != "and" || it == '-')
        } else {
            false
        };
        if !fits {
            break;
        }
        // A new name starts where the lexicon knows one: "US Secretary", never inside a person's name.
        if stop > at
            && view.name[stop] != 1
            && words[stop - 1 - first] != "of"
            && let Some((entry, _)) = lexicon.longest_match_at(words, stop - first)
        {
            let is_people = matches!(entry, Entry::State(_, StateName::Adjective | StateName::Noun));
            if view.name[stop] != view.name[stop - 1] || is_people {
                break;
            }
        }
        stop += 1;
    }
    let ends_name = |it: usize| {
        words[it - first].starts_with(char::is_uppercase) || first < it && is_hyphen(view, words, first, it - 1)
    };
    while stop > at && !ends_name(stop - 1) {
        stop -= 1;
    }
    stop
}
