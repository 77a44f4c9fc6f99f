//! The cast of a report: names that mean one actor put together, people of one surname kept apart.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rapporteur_lexicon::names::{fold_letters, fold_name};
use rapporteur_lexicon::{Entry, Lexicon, StateKind, StateName};
use rapporteur_model::{Actor, ActorIx, ActorKind, MentionUse, Sex};

use super::names::{Name, Sort, Weight};
use super::usage;
use crate::view::View;

/// The actors, and for every name what it stands for and whom it means.
pub(crate) struct Cast {
    pub(crate) actors: Vec<Actor>,
    pub(crate) of: Vec<(MentionUse, Option<ActorIx>, f32, &'static str)>,
    by_id: BTreeMap<String, ActorIx>,
}

impl Cast {
    /// The actor of this id, made when new.
    pub(crate) fn actor(&mut self, id: &str, name: &str, kind: ActorKind) -> ActorIx {
        if let Some(ix) = self.by_id.get(id) {
            return *ix;
        }
        let ix = ActorIx::from(self.actors.len());
        self.actors.push(Actor { id: id.to_owned(), name: name.to_owned(), kind, ..Actor::default() });
        self.by_id.insert(id.to_owned(), ix);
        ix
    }

    /// The actor behind an id of the lexicon: a state's code or an organisation's id.
    pub(crate) fn of_lexicon(&mut self, lexicon: &Lexicon, id: &str) -> Option<ActorIx> {
        if let Some(state) = lexicon.state(id) {
            return Some(self.actor(state.code, state.name, ActorKind::State));
        }
        let name = lexicon.actor_name(id)?;
        Some(self.actor(&format!("org:{id}"), name, ActorKind::Organisation))
    }

    /// The actor of this id, when the report has one.
    pub(crate) fn known(&self, id: &str) -> Option<ActorIx> {
        self.by_id.get(id).copied()
    }

    /// Another form of an actor's name.
    pub(crate) fn alias(&mut self, ix: ActorIx, written: &str) {
        let actor = &mut self.actors[ix.ix()];
        if actor.name != written && !actor.aliases.iter().any(|it| it == written) {
            actor.aliases.push(written.to_owned());
        }
    }
}

/// Full names of heads of state and government by surname; `None` where two share one.
/// The folded names of all who head a state, with the state.
static FOLDED_HOLDERS: LazyLock<Vec<(String, &'static str)>> =
    LazyLock::new(|| Lexicon::shared().holders().iter().map(|it| (fold_name(it.name), it.state)).collect());

static HOLDER_OF: LazyLock<BTreeMap<String, Option<String>>> = LazyLock::new(|| {
    let mut by_surname: BTreeMap<String, Option<String>> = BTreeMap::new();
    for holder in Lexicon::shared().holders() {
        // Patronymics are not used in news.
        let name = holder
            .name
            .split(' ')
            .filter(|it| !it.ends_with("vich") && !it.ends_with("vna"))
            .collect::<Vec<_>>()
            .join(" ");
        let folded = fold_name(&name);
        let Some((_, surname)) = folded.rsplit_once(' ').filter(|it| it.1.len() > 2) else { continue };
        by_surname
            .entry(surname.to_owned())
            .and_modify(|it| *it = it.take().filter(|it| *it == name))
            .or_insert(Some(name.clone()));
    }
    by_surname
});

/// The state that a head of state or government of the day heads, by full name.
pub(crate) fn state_of_holder(name: &str) -> Option<&'static str> {
    let folded = fold_name(name);
    let (given, surname) = folded.rsplit_once(' ')?;
    let holder = HOLDER_OF.get(surname)?.as_ref()?;
    let same = fold_name(holder).split(' ').next() == given.split(' ').next();
    // Who heads a state heads its territories too: the state itself is meant.
    let lexicon = Lexicon::shared();
    let mut states = FOLDED_HOLDERS.iter().filter(|it| it.0.ends_with(surname)).map(|it| it.1);
    same.then(|| states.find(|code| lexicon.state(code).is_some_and(|it| it.kind == StateKind::Member))).flatten()
}

/// A person with a full name.
struct Person {
    words: Vec<String>,
    actor: ActorIx,
    n_full: usize,
    sex: Option<Sex>,
}

/// Puts the names together.
pub(crate) fn gather(view: &View<'_>, lexicon: &Lexicon, names: &[Name<'_>]) -> Cast {
    let mut cast = Cast { actors: Vec::new(), of: Vec::with_capacity(names.len()), by_id: BTreeMap::new() };
    let keys: Vec<String> = names
        .iter()
        .map(|it| if matches!(it.sort, Sort::Run(_)) { fold_name(it.span.of(view.text)) } else { String::new() })
        .collect();
    let mut weights: BTreeMap<&str, (Weight, usize)> = BTreeMap::new();
    for (name, key) in names.iter().zip(&keys) {
        if let Sort::Run(weight) = name.sort {
            let slot = weights.entry(key).or_default();
            slot.0.add(weight);
            slot.1 += 1;
        }
    }
    let abbreviations = abbreviations(view, names, &keys);
    let persons = persons(view, names, &keys, &weights, &mut cast);
    for (name, key) in names.iter().zip(&keys) {
        let found = match name.sort {
            Sort::Known(entry) => known(view, lexicon, name, entry, &mut cast),
            Sort::Run(_) => match abbreviations.get(key.as_str()).and_then(|long| cast.of.get(*long)?.1) {
                Some(actor) => (usage::of(view, lexicon, name, None), Some(actor), 0.9, "abbreviation"),
                None => unknown(view, lexicon, name, key, &weights, &persons, &mut cast),
            },
        };
        if let (_, Some(actor), ..) = found {
            cast.alias(actor, name.span.of(view.text));
            if cast.actors[actor.ix()].sex.is_none() && cast.actors[actor.ix()].kind == ActorKind::Person {
                cast.actors[actor.ix()].sex = name.sex;
            }
        }
        cast.of.push(found);
    }
    cast
}

/// "Harbour Relief Fund (HRF)": the abbreviation, and which name it is short for.
fn abbreviations<'k>(view: &View<'_>, names: &[Name<'_>], keys: &'k [String]) -> BTreeMap<&'k str, usize> {
    let mut found = BTreeMap::new();
    for (ix, pair) in names.windows(2).enumerate() {
        let [long, short] = pair else { continue };
        let (end, at) = (long.tokens.1, short.tokens.0);
        let is_bracketed = end + 1 == at
            && view.word(end) == "("
            && short.tokens.1 < view.n()
            && view.word(short.tokens.1) == ")"
            && matches!(short.sort, Sort::Run(_));
        let written = short.span.of(view.text);
        let is_short =
            1 < written.len() && written.len() < 9 && written.chars().filter(|it| it.is_uppercase()).count() > 1;
        if is_bracketed && is_short && is_short_for(written, long.span.of(view.text)) {
            found.entry(keys[ix + 1].as_str()).or_insert(ix);
        }
    }
    found
}

/// Whether the capitals are the first letters of the words, small ones passed over.
fn is_short_for(short: &str, long: &str) -> bool {
    let firsts: Vec<char> = long
        .split([' ', '-'])
        .filter(|it| it.starts_with(char::is_uppercase))
        .filter_map(|it| it.chars().next())
        .collect();
    let capitals: Vec<char> = short.chars().filter(|it| it.is_uppercase()).collect();
    let mut rest = firsts.iter();
    1 < firsts.len() && firsts.first() == capitals.first() && capitals.iter().all(|it| rest.any(|first| first == it))
}

/// What a run is, by all its mentions: person, organisation or place.
fn sort_of(weight: &Weight, n: usize) -> Option<ActorKind> {
    let share = |it: f32| it / (n as f32).sqrt();
    let (person, organisation, place) = (share(weight.person), share(weight.organisation), share(weight.place));
    let best = person.max(organisation).max(place);
    if best < 1.0 {
        return None;
    }
    Some(if person >= best {
        ActorKind::Person
    } else if organisation >= best {
        ActorKind::Organisation
    } else {
        ActorKind::Place
    })
}

/// Everybody who is named in full.
fn persons(
    view: &View<'_>,
    names: &[Name<'_>],
    keys: &[String],
    weights: &BTreeMap<&str, (Weight, usize)>,
    cast: &mut Cast,
) -> Vec<Person> {
    let mut persons: Vec<Person> = Vec::new();
    for (name, key) in names.iter().zip(keys) {
        let Some((weight, n)) = weights.get(key.as_str()).filter(|_| matches!(name.sort, Sort::Run(_))) else {
            continue;
        };
        let words: Vec<String> = key.split(' ').map(str::to_owned).collect();
        if words.len() < 2 || sort_of(weight, *n) != Some(ActorKind::Person) {
            continue;
        }
        // "Donald J. Trump" is "Donald Trump": same first and last word.
        let twin = persons.iter_mut().find(|it| {
            it.words == words
                || it.words.last() == words.last() && (it.words[0] == words[0] || is_short(&it.words[0], &words[0]))
        });
        match twin {
            Some(twin) => {
                twin.n_full += 1;
                twin.sex = twin.sex.or(name.sex);
                let written = name.span.of(view.text);
                if written.len() > cast.actors[twin.actor.ix()].name.len() && words.len() > twin.words.len() {
                    // The id stays that of the first form; the fullest name is shown.
                    cast.actors[twin.actor.ix()].name = written.to_owned();
                }
            }
            None => {
                let written = name.span.of(view.text);
                let actor = cast.actor(&person_id(written), written, ActorKind::Person);
                persons.push(Person { words, actor, n_full: 1, sex: name.sex });
            }
        }
    }
    persons
}

/// "Bill" and "William" are beyond this; "Alex" and "Alexander", "J" and "John" are not.
fn is_short(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.starts_with(short) && (short.len() == 1 || short.len() >= 3)
}

/// `person:eva-novak`, folded, so that a name has one id however a report spells it.
pub(crate) fn person_id(name: &str) -> String {
    format!("person:{}", fold_name(name).replace(' ', "-"))
}

/// Small ASCII words joined by hyphens.
pub(crate) fn slug(name: &str) -> String {
    let words: Vec<String> =
        name.split(|it: char| it.is_whitespace() || it == '-').map(fold_letters).filter(|it| !it.is_empty()).collect();
    words.join("-")
}

fn known<'a>(
    view: &View<'a>,
    lexicon: &Lexicon,
    name: &Name<'a>,
    entry: Entry<'a>,
    cast: &mut Cast,
) -> (MentionUse, Option<ActorIx>, f32, &'static str) {
    let usage = usage::of(view, lexicon, name, Some(entry));
    let written = name.span.of(view.text);
    let actor = match entry {
        Entry::State(state, StateName::Capital) if usage == MentionUse::Place => {
            let usual = state.capitals.first().filter(|it| fold_name(it) == fold_name(written)).unwrap_or(written);
            Some(cast.actor(&format!("place:{}", slug(usual)), usual, ActorKind::Place))
        }
        Entry::State(state, _) => Some(cast.actor(state.code, state.name, ActorKind::State)),
        Entry::Metonym(it) if usage == MentionUse::Place => {
            Some(cast.actor(&format!("place:{}", slug(it.name)), it.name, ActorKind::Place))
        }
        Entry::Metonym(it) => cast.of_lexicon(lexicon, it.actor),
        Entry::Organisation(it) => Some(cast.actor(&format!("org:{}", it.id), it.name, ActorKind::Organisation)),
        Entry::Outlet(it) => Some(cast.actor(&format!("org:{}", it.domain), it.name, ActorKind::Organisation)),
    };
    (usage, actor, 0.95, "lexicon")
}

fn unknown<'a>(
    view: &View<'a>,
    lexicon: &Lexicon,
    name: &Name<'a>,
    key: &str,
    weights: &BTreeMap<&str, (Weight, usize)>,
    persons: &[Person],
    cast: &mut Cast,
) -> (MentionUse, Option<ActorIx>, f32, &'static str) {
    let written = name.span.of(view.text);
    let usage = usage::of(view, lexicon, name, None);
    if let Some((id, shown)) = continent(written) {
        let kind = if id.starts_with("org") { ActorKind::Organisation } else { ActorKind::Place };
        return (usage, Some(cast.actor(id, shown, kind)), 0.95, "lexicon");
    }
    let (weight, n) = weights.get(key).copied().unwrap_or_default();
    let sort = sort_of(&weight, n);
    let words: Vec<&str> = key.split(' ').collect();
    // A full name met before, or a part of one.
    if words.len() > 1
        && let Some(person) = persons.iter().find(|it| {
            it.words.iter().map(String::as_str).eq(words.iter().copied())
                || it.words.last().map(String::as_str) == words.last().copied()
                    && (it.words[0] == words[0] || is_short(&it.words[0], words[0]))
        })
    {
        return (person_use(usage), Some(person.actor), 0.97, "name");
    }
    let each = |it: f32| it / n.max(1) as f32;
    let is_body = each(weight.organisation - weight.person) > 3.0 || each(weight.place - weight.person) > 3.0;
    if words.len() == 1 && !is_body {
        let fits = |person: &&Person| person.words.last().is_some_and(|it| it == words[0] || near(it, words[0]));
        let mut matching: Vec<&Person> = persons.iter().filter(fits).collect();
        if matching.is_empty() {
            matching = persons
                .iter()
                .filter(|it| it.words[0] == words[0] || it.words[1..].iter().any(|word| word == words[0]))
                .collect();
        }
        if matching.len() > 1 && name.sex.is_some() {
            let same: Vec<&Person> = matching.iter().copied().filter(|it| it.sex == name.sex).collect();
            if same.len() == 1 {
                matching = same;
            }
        }
        match matching[..] {
            [] => {}
            [person] => return (person_use(usage), Some(person.actor), 0.9, "name-part"),
            _ => {
                // Two of one surname: the one the report names far more often, else nobody.
                let most = matching.iter().max_by_key(|it| it.n_full);
                let n_rest: usize = matching.iter().map(|it| it.n_full).sum();
                return match most {
                    Some(it) if it.n_full * 4 >= n_rest * 3 && it.n_full > 2 => {
                        (person_use(usage), Some(it.actor), 0.6, "name-part")
                    }
                    _ => (person_use(usage), None, 0.0, "ambiguous-surname"),
                };
            }
        }
        // Nobody in the report bears it in full: the holder of an office of the day, as a hint.
        if sort != Some(ActorKind::Place)
            && let Some(holder) = HOLDER_OF.get(words[0]).and_then(Option::as_deref)
        {
            return (person_use(usage), Some(cast.actor(&person_id(holder), holder, ActorKind::Person)), 0.7, "holder");
        }
    }
    match sort {
        Some(ActorKind::Person) => {
            (person_use(usage), Some(cast.actor(&person_id(written), written, ActorKind::Person)), 0.7, "name")
        }
        // "Pennsylvanians", "Muslims": a people, no body.
        Some(ActorKind::Organisation) if words.len() == 1 && view.tag_of(name.tokens.1 - 1) == "NNPS" => (
            usage,
            Some(cast.actor(&format!("group:{}", slug(written)), written, ActorKind::Group)),
            0.6,
            "entity-model",
        ),
        Some(ActorKind::Organisation) => (
            usage,
            Some(cast.actor(&format!("org:{}", slug(written)), written, ActorKind::Organisation)),
            0.6,
            "entity-model",
        ),
        Some(_) => (
            usage,
            Some(cast.actor(&format!("place:{}", slug(written)), written, ActorKind::Place)),
            0.6,
            "entity-model",
        ),
        None => (usage, None, 0.0, "unknown"),
    }
}

/// One letter apart in a long name: a slip or another way to write it.
fn near(a: &str, b: &str) -> bool {
    if a.len().min(b.len()) < 7 || a.len().abs_diff(b.len()) > 1 || a.as_bytes()[0] != b.as_bytes()[0] {
        return false;
    }
    let same_start = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let same_end = a.bytes().rev().zip(b.bytes().rev()).take_while(|(x, y)| x == y).count();
    same_start + same_end + 1 >= a.len().max(b.len())
}

fn person_use(usage: MentionUse) -> MentionUse {
    if usage == MentionUse::Modifier { MentionUse::Modifier } else { MentionUse::Actor }
}

/// Continents act like states in news: "Europe", "Europeans".
fn continent(word: &str) -> Option<(&'static str, &'static str)> {
    Some(match word {
        "Europe" | "European" | "Europeans" => ("place:europe", "Europe"),
        "Africa" | "African" | "Africans" => ("place:africa", "Africa"),
        "Asia" | "Asian" | "Asians" => ("place:asia", "Asia"),
        "X" => ("org:x", "X"),
        "Latin America" | "Latin American" | "Latin Americans" => ("place:latin-america", "Latin America"),
        _ => return None,
    })
}
