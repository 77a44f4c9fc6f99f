//! Offices: said of a named person ("EU foreign policy chief Kaja Kallas"), or standing for one ("the French president").

use rapporteur_lexicon::{Lexicon, OfficeKind, state_of_title};
use rapporteur_model::{ActorIx, ActorKind, Office, Sex, Span};

use super::cast::Cast;
use super::names::Name;
use super::people::sex_of_title;
use crate::view::View;

/// Longest office phrase looked for, in words.
const WORDS_MAX: usize = 6;

/// A phrase that names an office.
#[derive(Debug, Clone)]
pub(crate) struct Described {
    /// Its noun.
    pub(crate) head: usize,
    /// First and last token of the whole phrase, article and "of …" included.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// The office as the lexicon has it; two phrases for one office are one.
    office: &'static str,
    kind: OfficeKind,
    /// The state or body it is an office of, or the person it is an aide of.
    of: Option<ActorIx>,
    /// The one-holder office it names, when it does: actor's id and office.
    single: Option<(String, String)>,
    sex: Option<Sex>,
    /// Whom it means.
    pub(crate) actor: Option<ActorIx>,
    pub(crate) how: &'static str,
    is_indefinite: bool,
    /// The words without the article, to tell "a new chief negotiator" again.
    words: String,
    /// "one army spokesperson", "another minister": nobody who is named.
    is_another: bool,
}

/// Finds the phrases and links them to persons; fills the offices of the cast.
pub(crate) fn find(
    view: &View<'_>,
    lexicon: &Lexicon,
    words: &[&str],
    names: &[Name<'_>],
    name_at: &[u32],
    cast: &mut Cast,
) -> Vec<Described> {
    let mut found: Vec<Described> = Vec::new();
    for ix in 0..view.n() {
        if !matches!(view.pos_of(ix), "NOUN" | "PROPN")
            || view.dep_of(ix) == "compound" && view.head(ix) == ix + 1 && view.pos_of(ix + 1) == "NOUN"
        {
            continue;
        }
        let sentence_first = view.sentence(ix).0;
        let Some((phrase_first, office)) = office_that_ends_at(lexicon, words, ix, sentence_first) else { continue };
        if matches!(view.tag_of(ix), "NNS" | "NNPS") {
            continue;
        }
        // A word inside a person's own name is no office ("Judge" as a surname).
        // The end of "chairman of the Joint Chiefs" may be one: the office starts before the name.
        if name_at[ix] != u32::MAX
            && cast.of[name_at[ix] as usize].1.is_some()
            && names[name_at[ix] as usize].tokens.0 <= phrase_first
        {
            continue;
        }
        // "secretary of state": the phrase hangs on the rest by its first noun.
        let top = (phrase_first..=ix)
            .find(|it| view.head(*it) < phrase_first || view.head(*it) > ix || view.head(*it) == *it)
            .unwrap_or(ix);
        let (subtree_first, subtree_last) = view.edges(top);
        let named_after =
            ix + 1 < view.n() && name_at[ix + 1] != u32::MAX && view.sentence_of[ix + 1] == view.sentence_of[ix];
        let first = if subtree_first <= phrase_first && phrase_first - subtree_first < 12 {
            subtree_first
        } else {
            phrase_first
        };
        // "head of the Ukrainian delegation", "minister of Ukraine": what "of" and "for" bring belongs to it.
        let mut last = ix;
        if !named_after
            && let Some(of) = view
                .children(top)
                .find(|it| *it == ix + 1 && view.dep_of(*it) == "prep" && belongs(view, *it))
        {
            let object = view.child(of, &["pobj"]).unwrap_or(of);
            last = object.max(of).min(subtree_last);
        }
        // Of a person's office all is told: of what, and where that is.
        let of_both = if named_after { None } else { of_joined(view, top, ix) };
        let whole = last.max(of_both.unwrap_or(last));
        let whole = if ix < whole { with_its_place(view, (top, whole, subtree_last)) } else { whole };
        let (first, is_title) = if named_after || view.dep_of(top) == "compound" {
            (title_first(view, ix, phrase_first), true)
        } else {
            (skip_punct(view, first, phrase_first), false)
        };
        let of = affiliation(view, names, name_at, cast, first, phrase_first, ix, last);
        let text = view.cover(first, last).of(view.text);
        let single = lexicon.single_office(text);
        let mut it = Described {
            head: top,
            first,
            last,
            office: office.same_as.unwrap_or(office.phrase),
            kind: office.kind,
            of,
            single,
            sex: sex_of_title(view.word(ix)),
            words: view.cover(without_article(view, first, ix), last).of(view.text).to_lowercase(),
            actor: None,
            how: "office",
            is_another: view.children(top).any(|it| {
                matches!(view.word(it), "one" | "One" | "another" | "Another") && it < top
            }),
            is_indefinite: view.child(top, &["det"]).is_some_and(|it| {
                matches!(view.word(it), "a" | "an" | "A" | "An" | "another" | "one" | "some" | "any")
            }),
        };
        // Whose it is, said outright.
        let named = named_beside(view, names, name_at, cast, (top, ix, last), named_after);
        if let Some(person) = named {
            let span = view.cover(without_article(view, first, ix), whole);
            add_office(cast, person, span.of(view.text), span);
            let actor = &mut cast.actors[person.ix()];
            actor.sex = actor.sex.or(it.sex);
            actor.affiliation = actor.affiliation.or(of.filter(|it| *it != person));
            // "Secretary of State Eva Novak": one state has an office so called. Nothing may stand before it: states of
            // a federation have theirs.
            if actor.affiliation.is_none()
                && is_title
                && first == phrase_first
                && view.word(ix).starts_with(char::is_uppercase)
                && let Some(code) = state_of_title(view.cover(phrase_first, ix).of(view.text))
            {
                let state = cast.of_lexicon(lexicon, code);
                cast.actors[person.ix()].affiliation = state;
            }
            it.actor = Some(person);
            it.how = if is_title || view.dep_of(top) == "nmod" { "title" } else { "office-beside-name" };
        }
        found.push(it);
    }
    resolve(cast, &mut found);
    for it in &mut found {
        unnamed_holder(view, cast, it, lexicon);
    }
    found
}

/// "minister of", "envoy to"; "a fellow at the Harbour Institute" where "at" leads to a body by name.
fn belongs(view: &View<'_>, preposition: usize) -> bool {
    let names_body = || view.child(preposition, &["pobj"]).is_some_and(|it| view.pos_of(it) == "PROPN");
    match view.word(preposition) {
        "of" | "for" | "to" => true,
        "at" => names_body(),
        _ => false,
    }
}

/// "president and chief executive of the port": what the second office is of, the first is too. The object of its "of".
fn of_joined(view: &View<'_>, top: usize, ix: usize) -> Option<usize> {
    let joined = view.children(top).find(|it| view.dep_of(*it) == "conj" && ix < *it && *it <= ix + 3)?;
    let of = view.children(joined).find(|it| *it == joined + 1 && matches!(view.word(*it), "of" | "for" | "at"))?;
    view.child(of, &["pobj"]).filter(|it| of < *it && *it < ix + 2 * WORDS_MAX)
}

/// "head of the Red Cross in the Bahamas": where the body is, or whose it is, belongs to the office as well.
fn with_its_place(view: &View<'_>, (top, last, subtree_last): (usize, usize, usize)) -> usize {
    let mut last = last;
    for _ in 0..2 {
        let of = last + 1;
        let goes_on = of < view.n()
            && view.dep_of(of) == "prep"
            && matches!(view.word(of), "of" | "in" | "for" | "at")
            && (top..=last).contains(&view.head(of));
        let object = view.child(of, &["pobj"]).filter(|it| goes_on && of < *it && *it <= subtree_last);
        let Some(object) = object.filter(|it| view.pos_of(*it) == "PROPN" || view.tag_of(*it) == "NN") else { break };
        // A name or a noun with its article and what is compounded with it: "the Bahamas archipelago", "the state of Orsany".
        let plain = (of + 1..object).all(|it| matches!(view.dep_of(it), "det" | "compound" | "amod" | "poss" | "case"));
        let has_name = (of + 1..=object).any(|it| view.pos_of(it) == "PROPN");
        if !plain || !has_name || 2 * WORDS_MAX < object - top {
            break;
        }
        last = object;
    }
    last
}

/// "The foreign minister of Norway", whom the report never names: one person all the same, and an actor of its own.
fn unnamed_holder(view: &View<'_>, cast: &mut Cast, it: &mut Described, lexicon: &Lexicon) {
    let Some((state, office)) = it.single.as_ref().filter(|_| it.actor.is_none() && !it.is_indefinite) else { return };
    if lexicon.state(state).is_none() || it.office == "leader" || it.first == it.last {
        return;
    }
    let id = format!("unnamed:{}-{}", state.to_lowercase(), super::cast::slug(office));
    let name = view.cover(without_article(view, it.first, it.last), it.last).of(view.text);
    let actor = cast.actor(&id, name, ActorKind::Unnamed);
    cast.alias(actor, name);
    cast.actors[actor.ix()].affiliation = it.of;
    (it.actor, it.how) = (Some(actor), "office-unnamed");
}

/// The longest office phrase that ends with token `ix`, and where it starts.
pub(super) fn office_that_ends_at<'l>(
    lexicon: &'l Lexicon,
    words: &[&str],
    ix: usize,
    first: usize,
) -> Option<(usize, &'l rapporteur_lexicon::Office)> {
    let from = (ix + 1).saturating_sub(WORDS_MAX).max(first);
    (from..=ix)
        .find_map(|at| lexicon.office_at(words, at).filter(|(_, n)| at + n == ix + 1).map(|(office, _)| (at, office)))
}

/// Where a title before a name starts: its own modifiers, left of the phrase.
fn title_first(view: &View<'_>, ix: usize, phrase_first: usize) -> usize {
    let mut at = phrase_first;
    let limit = view.sentence(ix).0;
    while at > limit {
        let before = at - 1;
        // "three-time champion": a compound goes as a whole; "whose candidate" is another clause.
        let is_hyphen = view.word(before) == "-"
            && limit < before
            && view.span(before - 1).end() == view.span(before).start()
            && view.span(before).end() == view.span(at).start();
        if is_hyphen {
            at = before - 1;
            continue;
        }
        if matches!(view.tag_of(before), "WP$" | "WP" | "WDT") {
            break;
        }
        let fits = matches!(view.dep_of(before), "compound" | "amod" | "nmod" | "poss" | "case" | "nummod")
            && view.head(before).abs_diff(ix) < 8
            || matches!(view.word(before), "'s" | "’s");
        if !fits || view.is_punct(before) {
            break;
        }
        at = before;
    }
    at
}

fn skip_punct(view: &View<'_>, mut first: usize, until: usize) -> usize {
    while first < until && (view.is_punct(first) || view.dep_of(first) == "cc") {
        first += 1;
    }
    first
}

fn without_article(view: &View<'_>, first: usize, ix: usize) -> usize {
    if first < ix && matches!(view.word(first), "the" | "The" | "a" | "A" | "an" | "An") { first + 1 } else { first }
}

/// The state or body inside the phrase, or the person it belongs to.
#[expect(
    clippy::too_many_arguments,
    reason = "one phrase seen from its parts; a struct for one call would say no more"
)]
fn affiliation(
    view: &View<'_>,
    names: &[Name<'_>],
    name_at: &[u32],
    cast: &Cast,
    first: usize,
    phrase_first: usize,
    ix: usize,
    last: usize,
) -> Option<ActorIx> {
    let mut best = None;
    for at in (first..phrase_first).chain(phrase_first..ix).chain(ix + 1..=last) {
        let name = name_at[at];
        if name == u32::MAX || names[name as usize].tokens.0 != at {
            continue;
        }
        if let Some(actor) = cast.of[name as usize].1
            && cast.actors[actor.ix()].kind != ActorKind::Place
        {
            best = Some(actor);
        }
    }
    let _ = view;
    best
}

/// The person named beside the office: right after it, or in apposition before or behind.
fn named_beside(
    view: &View<'_>,
    names: &[Name<'_>],
    name_at: &[u32],
    cast: &Cast,
    (ix, end, last): (usize, usize, usize),
    named_after: bool,
) -> Option<ActorIx> {
    let person = |at: usize| {
        let name = *name_at.get(at)?;
        let actor = cast.of.get(name as usize)?.1?;
        (cast.actors[actor.ix()].kind == ActorKind::Person).then_some((actor, name as usize))
    };
    if named_after && let Some((actor, name)) = person(end + 1) {
        // "Trump's envoy said Putin": only when the phrase is a title, not a subject of its own.
        let head = super::usage::head_of(view, &names[name]);
        if view.head(ix) == head || view.head(head) == ix || matches!(view.dep_of(ix), "compound" | "appos" | "nmod") {
            return Some(actor);
        }
    }
    // "Secretary of the Army Jan Novak".
    if matches!(view.dep_of(ix), "nmod" | "compound")
        && ix < view.head(ix)
        && view.sentence_of[ix] == view.sentence_of[view.head(ix)]
        && let Some((actor, name)) = person(view.head(ix))
        && names[name].tokens.0 <= last + 1
    {
        return Some(actor);
    }
    if let Some((actor, _)) = view.child(ix, &["appos"]).and_then(person) {
        return Some(actor);
    }
    // ", the head of …": the name that stands right before the comma, whatever the parser hangs it on.
    if view.dep_of(ix) == "appos" {
        let mut at = view.edges(ix).0;
        while at > 0 && view.is_punct(at) {
            at += 1;
        }
        if at >= 2
            && view.word(at - 1) == ","
            && let Some((actor, _)) = person(at - 2)
        {
            return Some(actor);
        }
    }
    if view.dep_of(ix) == "appos"
        && let Some((actor, _)) = person(view.head(ix))
    {
        return Some(actor);
    }
    // "head of cabinet and closest adviser, Andriy Yermak".
    if view.dep_of(ix) == "conj" || view.child(ix, &["conj"]).is_some() {
        let other = if view.dep_of(ix) == "conj" { view.head(ix) } else { view.child(ix, &["conj"])? };
        if let Some((actor, _)) = view.child(other, &["appos"]).and_then(person) {
            return Some(actor);
        }
    }
    // ", Kaja Kallas," right behind, when the parser saw no apposition.
    let comma = (last + 1 < view.n() && view.word(last + 1) == ",").then_some(last + 2)?;
    let (actor, name) = person(comma)?;
    let end = names[name].tokens.1;
    let closed = end < view.n() && matches!(view.word(end), "," | "." | ";");
    (closed
        && view.sentence_of[comma] == view.sentence_of[ix]
        && view.child(ix, &["det", "poss"]).is_some()
        && view.dep_of(ix) != "conj")
        .then_some(actor)
}

fn add_office(cast: &mut Cast, person: ActorIx, title: &str, span: Span) {
    let actor = &mut cast.actors[person.ix()];
    if !actor.offices.iter().any(|it| it.title.eq_ignore_ascii_case(title)) {
        actor.offices.push(Office { title: title.to_owned(), span });
    }
}

/// "leader" may stand for whoever heads a state or its government.
fn same_office(a: &Described, b: &Described) -> bool {
    if a.single.is_some() && a.single == b.single {
        return true;
    }
    // "head of", "member of": which body it is of says more than the word.
    if matches!(
        a.office,
        "head" | "chief" | "member" | "adviser" | "advisor" | "aide" | "official" | "boss" | "deputy" | "director"
    ) {
        return a.office == b.office && a.of.is_some() && a.of == b.of;
    }
    let heads = |it: &Described| {
        matches!(it.kind, OfficeKind::HeadOfState | OfficeKind::HeadOfGovernment) || it.office == "leader"
    };
    let ends = |a: &str, b: &str| a.len() > b.len() && a.ends_with(b) && a.as_bytes()[a.len() - b.len() - 1] == b' ';
    a.office == b.office
        || matches!(a.kind, OfficeKind::Diplomat) && (ends(a.office, b.office) || ends(b.office, a.office))
        || a.of.is_some() && a.of == b.of && heads(a) && heads(b) && (a.office == "leader" || b.office == "leader")
        || a.kind == OfficeKind::Spokesperson && b.kind == OfficeKind::Spokesperson
}

/// Links phrases without a name to the one person in the report who is said to hold that office.
fn resolve(cast: &Cast, found: &mut [Described]) {
    let stated: Vec<Described> = found.iter().filter(|it| it.actor.is_some()).cloned().collect();
    for it in found.iter_mut().filter(|it| it.actor.is_none() && !it.is_another) {
        let mut holders: Vec<ActorIx> = Vec::new();
        let fits = |other: &&Described| same_office(it, other) && times_of(&it.words).is_none_or(|n| times_of(&other.words) == Some(n));
        for other in stated.iter().filter(fits) {
            let same_body = match (it.of, other.of) {
                (Some(a), Some(b)) => a == b || behind(cast, a) == behind(cast, b) && behind(cast, a).is_some(),
                (None, _) => !it.is_indefinite || it.words.contains(' ') && it.words == other.words,
                // The body of the one who is named was not said: the same calling, and nobody else of it.
                (Some(_), None) => {
                    it.single.is_some() && it.single == other.single
                        || it.kind == OfficeKind::Diplomat && !it.is_indefinite
                }
            };
            if same_body && let Some(actor) = other.actor.filter(|actor| !holders.contains(actor)) {
                holders.push(actor);
            }
        }
        if let [actor] = holders[..]
            && (!it.is_indefinite
                || it.of.is_some() && it.single.is_some()
                || stated.iter().any(|other| other.actor == Some(actor) && other.words == it.words))
        {
            it.actor = Some(actor);
        }
    }
}

/// How often somebody has won what the words say: "four-times champion", "the triple world champion".
fn times_of(words: &str) -> Option<usize> {
    const NUMBERS: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    const FOLD: [&str; 4] = ["double", "triple", "quadruple", "quintuple"];
    let all: Vec<&str> = words.split([' ', '-']).filter(|it| !it.is_empty()).collect();
    let counted = all.windows(2).find(|it| matches!(it[1], "time" | "times")).and_then(|it| {
        NUMBERS.iter().position(|number| *number == it[0]).map(|at| at + 2).or_else(|| it[0].parse().ok())
    });
    counted.or_else(|| all.iter().find_map(|it| FOLD.iter().position(|fold| fold == it).map(|at| at + 2)))
}

/// The state behind an affiliation: of a person their own.
fn behind(cast: &Cast, actor: ActorIx) -> Option<ActorIx> {
    let it = cast.actors.get(actor.ix())?;
    if it.kind == ActorKind::Person { it.affiliation } else { Some(actor) }
}
