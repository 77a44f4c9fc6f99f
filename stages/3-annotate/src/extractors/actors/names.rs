//! Names in the text: runs of capitals cut free of titles, and names the lexicon knows.

use std::collections::BTreeSet;

use rapporteur_lexicon::{Entry, Lexicon, OfficeKind, StateName};
use rapporteur_model::{Sex, Span};

use super::edges::bare;
use super::people::{sex_of, sex_of_title};
use super::{edges, runs};
use crate::view::View;

/// What a name seems to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sort<'a> {
    /// A name the lexicon knows.
    Known(Entry<'a>),
    /// A run of capitals: how much speaks for a person, an organisation, a place.
    Run(Weight),
}

/// Evidence about a run of capitals.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Weight {
    pub(crate) person: f32,
    pub(crate) organisation: f32,
    pub(crate) place: f32,
}

impl Weight {
    pub(crate) fn add(&mut self, other: Weight) {
        self.person += other.person;
        self.organisation += other.organisation;
        self.place += other.place;
    }
}

/// A name as it stands in the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name<'a> {
    /// Its tokens, half open.
    pub(crate) tokens: (usize, usize),
    pub(crate) span: Span,
    pub(crate) sort: Sort<'a>,
    /// What a form of address or office before it tells.
    pub(crate) sex: Option<Sex>,
}

/// Words that close the name of an organisation.
const BODIES: &[&str] = &[
    "ministry", "department", "party", "university", "college", "school", "institute", "institution", "group",
    "committee", "council", "commission", "army", "court", "bank", "inc", "inc.", "corp", "corp.", "corporation",
    "company", "co.", "ltd", "ltd.", "association", "agency", "union", "federation", "foundation", "center", "centre",
    "office", "bureau", "board", "authority", "service", "services", "times", "post", "news", "journal", "press",
    "church", "hospital", "league", "fund", "organization", "organisation", "society", "coalition", "alliance",
    "network", "administration", "parliament", "senate", "congress", "assembly", "guard", "forces", "force", "navy",
    "police", "campaign", "project", "club", "team", "caucus", "tribune", "herald", "magazine", "tv", "radio", "media",
    "airlines", "motors", "industries", "partners", "llc", "llp", "museum", "library", "conference", "convention",
    "act", "treaty", "plan", "day", "prize", "award", "week", "war", "amendment",
];

/// Words that close the name of a place.
const PLACES: &[&str] = &[
    "street", "avenue", "road", "square", "park", "palace", "river", "lake", "sea", "ocean", "island", "islands",
    "mountain", "mountains", "valley", "city", "county", "province", "region", "district", "airport", "bridge",
    "beach", "bay", "hall", "tower", "stadium", "hotel", "house", "coast", "desert", "peninsula", "strait", "gulf",
    "canal", "headquarters", "town", "village", "state", "border", "zone",
];

/// All names of one sentence's tokens `first..end`, left to right.
pub(crate) fn find<'a>(
    view: &View<'a>,
    lexicon: &'a Lexicon,
    first: usize,
    end: usize,
    words: &[&'a str],
    into: &mut Vec<Name<'a>>,
) {
    // `words` are the tokens' words, so that phrases can be looked up.
    let is_shouting =
        words.iter().filter(|it| it.chars().all(|c| c.is_uppercase()) && it.len() > 3).count() * 2 > words.len();
    let is_title_case = {
        let n_long = words.iter().filter(|it| it.len() > 3 && it.chars().all(char::is_alphabetic)).count();
        let n_capital = words
            .iter()
            .filter(|it| it.len() > 3 && it.starts_with(char::is_uppercase) && it.chars().all(char::is_alphabetic))
            .count();
        n_long >= 4 && n_capital * 5 >= n_long * 4
    };
    let mut at = first;
    while at < end {
        let word = words[at - first];
        if !word.starts_with(char::is_uppercase) && !runs::may_start(view, words, first, at, end) {
            at += 1;
            continue;
        }
        if let Some((entry, n)) = known(view, lexicon, words, first, at, end) {
            if edges::is_numbered(words, first, at + n, end) && matches!(entry, Entry::Outlet(_)) {
                let sort = Sort::Run(Weight { organisation: 4.0, ..Weight::default() });
                into.push(Name { tokens: (at, at + n + 1), span: view.cover(at, at + n), sort, sex: None });
                at += n + 1;
                continue;
            }
            push_known(view, at, at + n, entry, into);
            at += n;
            continue;
        }
        let is_before_known =
            word == "The" && at + 1 < end && known(view, lexicon, words, first, at + 1, end).is_some();
        if is_before_known || !runs::may_start(view, words, first, at, end) {
            at += 1;
            continue;
        }
        // "Secretary of State", "High Representative for Foreign Affairs": titles with small words in them.
        if let Some((_, n)) = lexicon
            .office_at(words, at - first)
            .filter(|(_, n)| *n > 1 && (at..at + n).any(|it| words[it - first].starts_with(char::is_lowercase)))
            && at + n < end
            && words[at + n - first].starts_with(char::is_uppercase)
            && view.pos_of(at + n) == "PROPN"
        {
            let run_end = runs::run(view, lexicon, words, first, at + n, end, false);
            if run_end > at + n {
                from_run(view, lexicon, words, first, (at, run_end), into);
                at = run_end;
                continue;
            }
        }
        let run_end = runs::run(view, lexicon, words, first, at, end, is_title_case || is_shouting);
        if run_end == at {
            at += 1;
            continue;
        }
        from_run(view, lexicon, words, first, (at, run_end), into);
        at = run_end;
    }
}

/// A name the lexicon knows at `at`, unless it is the start of a person's name or an ordinary word.
fn known<'a>(
    view: &View<'a>,
    lexicon: &'a Lexicon,
    words: &[&'a str],
    first: usize,
    at: usize,
    end: usize,
) -> Option<(Entry<'a>, usize)> {
    let (entries, n) = lexicon.matches_at(words, at - first)?;
    let entry = choose(view, &entries, at, at + n)?;
    let next = words.get(at - first + n).copied().unwrap_or("");
    let word = words[at - first];
    // "Jordan Bardella", "Paris Hilton", "Georgia Meloni": a given name before a family name.
    if n == 1
        && at + n < end
        && next.chars().next().is_some_and(char::is_uppercase)
        && next.chars().any(char::is_lowercase)
        && view.pos_of(at + n) == "PROPN"
        && lexicon.given_name(word).is_some()
        && view.name[at] == 1
        && view.name[at + n] == 1
    {
        return None;
    }
    // The last part of a person's name: "Michael Jordan", "Jack London".
    if n == 1
        && at > first
        && view.name[at] == 1
        && view.name[at - 1] == 1
        && lexicon.given_name(words[at - 1 - first]).is_some()
        && words[at - 1 - first].starts_with(char::is_uppercase)
    {
        return None;
    }
    // "across the Atlantic": a paper's name after a preposition of place is the place.
    if n == 1
        && matches!(entry, Entry::Outlet(_))
        && view.dep_of(at) == "pobj"
        && matches!(view.word(view.head(at)), "across" | "in" | "over" | "into" | "under" | "through" | "Across" | "In")
    {
        return None;
    }
    // "The National Economic Council": a paper's name is not the beginning of another's.
    if matches!(entry, Entry::Outlet(_))
        && at + n < end
        && words[at + n - 1 - first].chars().any(char::is_lowercase)
        && next.starts_with(char::is_uppercase)
        && next.chars().any(char::is_lowercase)
        && view.pos_of(at + n) == "PROPN"
        && view.name[at + n] != 1
        && view.dep_of(at + n - 1) == "compound"
    {
        return None;
    }
    // "High Representative for Foreign Affairs": after an office a magazine's name in the middle
    // of a title is what the office is for.
    if n > 1
        && matches!(entry, Entry::Outlet(_))
        && at >= first + 2
        && words[at - 1 - first] == "for"
        && lexicon.office_at(words, at - 2 - first).is_some()
    {
        return None;
    }
    // "Who", "It", "May" at the start of a sentence; a word that is no name in any case.
    if n == 1
        && matches!(view.pos_of(at), "PRON" | "DET" | "AUX" | "VERB" | "ADP" | "CCONJ" | "SCONJ" | "ADV" | "INTJ")
        && word.chars().skip(1).any(char::is_lowercase)
        && view.name[at] == 0
    {
        return None;
    }
    if n == 1
        && word.len() == 1
        && !(view.word(at) == "X" && at > first && matches!(words[at - 1 - first], "on" | "to"))
    {
        return None;
    }
    Some((entry, n))
}

/// Of several meanings of one name, the one the words around speak for.
fn choose<'a>(view: &View<'a>, entries: &[Entry<'a>], first: usize, end: usize) -> Option<Entry<'a>> {
    let head = end - 1;
    let is_modifier = matches!(view.dep_of(head), "amod" | "compound" | "nmod");
    // "French": adjective before a noun, people otherwise.
    if let Some(adjective) = entries.iter().find(|it| matches!(it, Entry::State(_, StateName::Adjective)))
        && (is_modifier || view.pos_of(head) == "ADJ")
    {
        return Some(*adjective);
    }
    let _ = first;
    if let Some(state) = entries.iter().find(|it| matches!(it, Entry::State(_, StateName::Capital | StateName::Name))) {
        // "Brussels": Belgium's capital as a place; the Union when it acts.
        return Some(*state);
    }
    entries.first().copied()
}

fn push_known<'a>(view: &View<'a>, at: usize, end: usize, entry: Entry<'a>, into: &mut Vec<Name<'a>>) {
    let mut end = end;
    while end > at + 1 && matches!(view.word(end - 1), "'s" | "’s" | "'" | "’") {
        end -= 1;
    }
    let span = bare(view, view.cover(at, end - 1));
    into.push(Name { tokens: (at, end), span, sort: Sort::Known(entry), sex: None });
}

/// Cuts a run into title and name and weighs what it is.
fn from_run<'a>(
    view: &View<'a>,
    lexicon: &'a Lexicon,
    words: &[&'a str],
    first: usize,
    run: (usize, usize),
    into: &mut Vec<Name<'a>>,
) {
    let (start, mut end) = run;
    while end > start && matches!(words[end - 1 - first], "'s" | "’s" | "'" | "’" | "-") {
        end -= 1;
    }
    // Titles at the front: "Secretary of State", "Prime Minister", "Mr".
    let mut at = start;
    let mut sex = None;
    // "High Representative for Foreign Affairs Eva Novak": what the office is for runs into the name.
    let mut has_title = first + 2 <= start
        && words[start - 1 - first] == "for"
        && lexicon.office_at(words, start - 2 - first).is_some_and(|it| it.1 == 1)
        // "the MP for Mid Novgard" names a seat.
        && (start..end).any(|it| lexicon.given_name(words[it - first]).is_some());
    while at < end {
        let word = words[at - first];
        if let Some(honorific) = lexicon.honorific(word).filter(|_| at + 1 < end) {
            sex = sex.or(sex_of(honorific.sex));
            has_title = true;
            at += 1;
        } else if let Some((office, n)) = lexicon.office_at(words, at - first).filter(|(_, n)| at + n <= end) {
            if lexicon.given_name(word).is_some()
                && n == 1
                && view.name[at] == 1
                && (at == start || view.name[at - 1] == 1)
                && at + 1 < end
                && view.name[at + 1] == 1
                && !has_title
                && office.phrase.len() > 4
                && word.len() < 6
            {
                break;
            }
            has_title = true;
            sex = sex.or(sex_of_title(words[at + n - 1 - first]));
            at += n;
        } else if matches!(
            word,
            "-" | "of"
                | "for"
                | "the"
                | "and"
                | "Deputy"
                | "Vice"
                | "Acting"
                | "Former"
                | "New"
                | "Special"
                | "Chief"
                | "General"
                | "Senior"
                | "Assistant"
        ) && has_title
            || matches!(word, "Former" | "Deputy" | "Acting" | "Then" | "Ex" | "Incoming" | "Outgoing") && at == start
        {
            at += 1;
        } else {
            break;
        }
    }
    if let Some(address) = edges::address(words, first, at, end) {
        sex = sex.or(lexicon.honorific(words[address - first]).and_then(|it| sex_of(it.sex)));
        (at, has_title) = (address + 1, true);
    }
    // "Metropolitan Transport Authority", "Bishop Museum": a churchman's title opens a body's name.
    if at == start + 1
        && at < end
        && is_body(words[end - 1 - first])
        && lexicon.office_at(words, start - first).is_some_and(|it| it.0.kind == OfficeKind::Religious)
    {
        (at, has_title, sex) = (start, false, None);
    }
    // "Secretary of the Army Dan Novak", "Foreign Affairs Eva Novak": what is left of a title before a given name.
    if lexicon.given_name(words[at.min(end - 1) - first]).is_none()
        && !is_body(words[end - 1 - first])
        && let Some(given) = (at + 1..end.saturating_sub(1))
            .find(|it| lexicon.given_name(words[it - first]).is_some() && end - it <= 3 && words[it - first].len() > 2)
        && (has_title || view.name[at] != 1)
    {
        has_title = true;
        at = given;
    }
    if at == end {
        return; // "Foreign Minister" is a title, all of it.
    }
    at = edges::unglued(lexicon, words, first, at, end);
    at = edges::with_hyphen(lexicon, view, words, first, at);
    if let Some(name) = edges::after_title(lexicon, words, first, at, end) {
        (at, has_title) = (name, true);
    }
    // "The Supreme Court" is the Supreme Court.
    if words[at - first] == "The" && at + 1 < end {
        at += 1;
    }
    // "Novak Monday": the day is when.
    while at + 1 < end
        && lexicon.calendar_word(words[end - 1 - first]).is_some()
        && (view.name[end - 2] == 1 || lexicon.given_name(words[at - first]).is_some())
    {
        end -= 1;
    }
    while at + 1 < end && edges::RANKS.contains(&words[end - 1 - first].trim_end_matches('.')) {
        end -= 1;
    }
    if at == end {
        return;
    }
    // "the 3rd Battalion", "the U.S. 5th Fleet".
    let is_unit = edges::UNITS.contains(&words[end - 1 - first]);
    if first < at && is_unit && edges::is_ordinal(words[at - 1 - first]) {
        at -= 1;
    }
    // A title in small letters before the run: "president", "spokesman".
    let before = start.checked_sub(1).filter(|it| *it >= first);
    let small_title = before.is_some_and(|it| {
        (1..=3)
            .any(|n| it + 1 >= first + n && lexicon.office_at(words, it + 1 - n - first).is_some_and(|(_, m)| m == n))
    });
    let mut weight = Weight::default();
    let head = end - 1;
    let last_word = words[head - first].trim_end_matches('.').to_lowercase();
    let n_words = end - at;
    if has_title || small_title {
        weight.person += 3.0;
    }
    let given = lexicon.given_name(words[at - first]);
    if n_words >= 2 && given.is_some() {
        weight.person += 2.5;
    }
    if (at..end).any(|it| words[it - first].chars().any(|c| c.is_ascii_digit())) {
        weight.person -= 3.0;
    }
    if BODIES.contains(&last_word.as_str()) {
        weight.organisation += 4.0;
    }
    match last_word.as_str() {
        "house" if n_words == 1 => weight.organisation += 4.0,
        word if PLACES.contains(&word) => weight.place += 4.0,
        _ => {}
    }
    // "Raleigh, N.C.".
    if n_words == 1 && first < at && words[at - 1 - first] == "," && edges::is_initials(words[at - first]) {
        weight.place += 4.0;
    }
    if n_words > 6 || n_words > 4 && !(at..end).any(|it| words[it - first] == "-") {
        weight.person -= 2.0;
    }
    if at + 2 < head && words[head - 1 - first] == "-" && runs::is_article_word(words[head - 2 - first]) {
        weight.person += 1.5;
    }
    if (at..end).any(|it| matches!(words[it - first], "of" | "for" | "&" | "and")) {
        weight.person -= 3.0;
    }
    let word = words[at - first];
    if n_words == 1 && word.len() > 1 && word.len() < 7 && word.chars().all(|it| it.is_uppercase() || it == '.') {
        weight.organisation += 1.5;
    }
    match view.name[head] {
        1 => weight.person += 1.5,
        2 => weight.organisation += 1.2,
        3 => weight.place += 1.2,
        _ => {}
    }
    if view
        .children(head)
        .any(|it| view.dep_of(it) == "relcl" && view.children(it).any(|it| view.word(it).eq_ignore_ascii_case("who")))
    {
        weight.person += 1.5;
    }
    let behind = view.children(head).find(|it| view.dep_of(*it) == "appos");
    let beside = behind.or_else(|| (view.dep_of(head) == "appos").then(|| view.head(head)));
    // "the former governor, a Republican": with "a", what somebody is.
    let is_one_of_many = n_words == 1 && view.children(head).any(|it| it < head && matches!(view.word(it), "a" | "an"));
    if let Some(beside) = beside.filter(|_| !is_one_of_many)
        && lexicon.office(&view.lemma_of(beside).to_lowercase()).is_some()
    {
        weight.person += 2.5;
    }
    // "Ajmal Jan, a local shopkeeper, …", "Eva Novak, 40, …".
    if n_words >= 2 && beside.is_some_and(|it| head < it && edges::beside::is_doer(view, it)) || edges::beside::has_age(view, end) {
        weight.person += 1.3;
    }
    let verb = view.head(head);
    if view.dep_of(head) == "nsubj"
        && (lexicon.cue(view.lemma_of(verb)).is_some_and(|it| it.strength >= 1)
            || matches!(view.lemma_of(verb), "meet" | "tweet" | "arrive" | "travel" | "resign"))
    {
        weight.person += 0.7;
    }
    if view.dep_of(head) == "pobj" && matches!(view.word(verb), "in" | "In" | "near" | "across") {
        weight.place += 1.2;
        weight.person -= 0.8;
    }
    if n_words == 1 && view.pos_of(head) != "PROPN" && view.name[head] == 0 && !has_title && !small_title {
        return;
    }
    if n_words == 1
        && (lexicon.calendar_word(word).is_some()
            || word.len() < 2 && !edges::beside::is_platform(view, at)
            || lexicon.office(word).is_some()
            || view.name[at] == 4)
    {
        return;
    }
    // "the Norwegian Defence Ministry": the people before the name of a body tell which.
    let state = into.last().filter(|it| {
        it.tokens.1 == at
            && matches!(it.sort, Sort::Known(Entry::State(..))) && first <= it.tokens.0 && !has_title
    });
    let from = state.filter(|_| BODIES.contains(&last_word.as_str()) || is_unit).map_or(at, |it| it.tokens.0);
    let span = bare(view, view.cover(from, end - 1));
    into.push(Name { tokens: (at, end), span, sort: Sort::Run(weight), sex: sex.or_else(|| given.and_then(sex_of)) });
}

fn is_body(word: &str) -> bool {
    let word = word.to_lowercase();
    BODIES.contains(&word.as_str()) || PLACES.contains(&word.as_str())
}

/// Capitals that no rule took, but that are part of a name elsewhere in the report: a surname at the start of a sentence.
pub(crate) fn find_again<'a>(view: &View<'a>, words: &[&'a str], into: &mut Vec<Name<'a>>) {
    let mut taken = vec![false; words.len()];
    let mut parts: BTreeSet<&str> = BTreeSet::new();
    for name in into.iter() {
        taken[name.tokens.0..name.tokens.1].fill(true);
        if let Sort::Run(weight) = name.sort
            && weight.person > 1.0
        {
            parts.insert(words[name.tokens.1 - 1]);
        }
    }
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        if !taken[at] && word.len() > 3 && word.starts_with(char::is_uppercase) && parts.contains(word) {
            let sort = Sort::Run(Weight { person: 0.5, ..Weight::default() });
            found.push(Name { tokens: (at, at + 1), span: bare(view, view.span(at)), sort, sex: None });
        }
    }
    if !found.is_empty() {
        into.append(&mut found);
        into.sort_by_key(|it| it.tokens);
    }
}
