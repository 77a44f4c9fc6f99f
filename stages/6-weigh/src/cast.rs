//! The cast: who is who over the reports of a story.
//!
//! Inside a report the annotation has linked names. Over reports, actors with the same id are one; a bare surname joins
//! the one person of the story who has it, and stays alone when two have it.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_lexicon::Lexicon;
use rapporteur_lexicon::names::{fold_name, is_glued};
use rapporteur_model::{Actor, ActorIx, ActorKind, Annotated, Party, ReportIx, Story};
use rapporteur_text::fold;

/// Somebody in the story; an index into the cast.
pub(crate) type CastIx = usize;

/// An actor of a report, with its place.
type Found<'a> = ((ReportIx, ActorIx), &'a Actor);

/// Who is who.
pub(crate) struct Cast {
    /// By report and actor.
    of: BTreeMap<(ReportIx, ActorIx), CastIx>,
    members: Vec<Member>,
}

/// One member of the cast.
pub(crate) struct Member {
    pub(crate) party: Party,
    pub(crate) kind: ActorKind,
    /// Ids of states or organisations it belongs to.
    pub(crate) affiliations: BTreeSet<String>,
}

impl Cast {
    pub(crate) fn new(story: &Story, reports: &[Annotated]) -> Cast {
        let actors = || {
            story.reports.iter().flat_map(|report| {
                let list = &reports[report.ix()].annotations.actors;
                list.iter().enumerate().map(|(ix, actor)| ((*report, ActorIx::from(ix)), actor))
            })
        };
        // Full names by surname, to see whether a bare surname can mean one person only.
        let mut by_surname: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let people = || actors().filter(|(_, it)| it.kind == ActorKind::Person);
        let all: BTreeSet<String> = people().map(|(_, it)| fold_name(&it.name)).collect();
        for (_, actor) in people() {
            let folded = first_surname(&fold_name(&actor.name), &all);
            if let Some((_, surname)) = folded.rsplit_once(' ') {
                by_surname.entry(surname.to_owned()).or_default().insert(folded.clone());
            }
        }
        let mut keys: BTreeMap<String, Vec<Found<'_>>> = BTreeMap::new();
        for (at, actor) in actors() {
            keys.entry(key(actor, at, &by_surname, &all)).or_default().push((at, actor));
        }
        let mut cast = Cast { of: BTreeMap::new(), members: Vec::new() };
        for (key, found) in keys {
            let ix = cast.members.len();
            for (at, _) in &found {
                cast.of.insert(*at, ix);
            }
            let list: Vec<&Actor> = found.iter().map(|(_, actor)| *actor).collect();
            let mut affiliations = BTreeSet::new();
            for ((report, _), actor) in &found {
                let owner = actor.affiliation.and_then(|it| reports[report.ix()].annotations.actors.get(it.ix()));
                affiliations.extend(owner.map(|it| it.id.clone()));
            }
            cast.members.push(Member { party: party(key, &list), kind: list[0].kind, affiliations });
        }
        cast
    }

    /// The member an actor of a report is.
    pub(crate) fn of(&self, report: ReportIx, actor: ActorIx) -> Option<CastIx> {
        self.of.get(&(report, actor)).copied()
    }

    pub(crate) fn member(&self, ix: CastIx) -> &Member {
        &self.members[ix]
    }

    /// The members as parties, in the order given.
    pub(crate) fn parties(&self, list: impl IntoIterator<Item = CastIx>) -> Vec<Party> {
        list.into_iter().map(|ix| self.members[ix].party.clone()).collect()
    }

    /// Whether it has a name of its own.
    pub(crate) fn is_named(&self, ix: CastIx) -> bool {
        let member = &self.members[ix];
        let glued = member.party.is_person && is_glued(&member.party.name);
        matches!(member.kind, ActorKind::Person | ActorKind::State | ActorKind::Organisation) && !glued
    }
}

/// What makes an actor the same over reports.
fn key(
    actor: &Actor,
    at: (ReportIx, ActorIx),
    by_surname: &BTreeMap<String, BTreeSet<String>>,
    all: &BTreeSet<String>,
) -> String {
    match actor.kind {
        ActorKind::Person => {
            let folded = first_surname(&fold_name(&actor.name), all);
            let surname = folded.rsplit(' ').next().unwrap_or(&folded);
            match by_surname.get(surname) {
                Some(full) if full.contains(&folded) && one_person(full) => first(full),
                Some(full) if full.contains(&folded) => folded,
                Some(full) if !folded.contains(' ') && one_person(full) => first(full),
                Some(_) => format!("{folded}@{}.{}", at.0.0, at.1.0),
                None => folded,
            }
        }
        // Unnamed people and groups are never joined over reports: "a senior official" here and there are two.
        ActorKind::Group | ActorKind::Unnamed | ActorKind::Document => format!("{}@{}.{}", actor.id, at.0.0, at.1.0),
        _ => actor.id.clone(),
    }
}

/// A name without its second surname, where a report gives it so: "Luis Solis Rivera" is "Luis Solis".
fn first_surname(name: &str, all: &BTreeSet<String>) -> String {
    let shorter = name.rsplit_once(' ').map(|it| it.0).filter(|it| it.contains(' ') && all.contains(*it));
    shorter.unwrap_or(name).to_owned()
}

fn first(names: &BTreeSet<String>) -> String {
    names.iter().max_by(|a, b| a.len().cmp(&b.len()).then_with(|| b.cmp(a))).cloned().unwrap_or_default()
}

/// Whether names with one surname can be one person: every given name is the other's beginning (J. and Jared).
fn one_person(names: &BTreeSet<String>) -> bool {
    let given: Vec<&str> = names.iter().map(|it| it.split(' ').next().unwrap_or("").trim_end_matches('.')).collect();
    given.windows(2).all(|it| it[0].starts_with(it[1]) || it[1].starts_with(it[0]))
}

/// Name, short name and office to show: what most reports print; of equals the longer, then the first in the alphabet.
fn party(key: String, list: &[&Actor]) -> Party {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut offices: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for actor in list {
        *names.entry(actor.name.as_str()).or_default() += 1;
        for office in &actor.offices {
            let title = tidy_title(&office.title);
            if !title.is_empty() {
                offices.entry(fold(&title)).or_insert((0, title)).0 += 1;
            }
        }
    }
    let n_words = |it: &str| it.split(' ').count();
    let best = names.iter().max_by(|a, b| {
        let rank = |it: &(&&str, &usize)| (n_words(it.0).min(2), *it.1, it.0.len());
        rank(a).cmp(&rank(b)).then_with(|| b.0.cmp(a.0))
    });
    let name = best.map_or_else(String::new, |(name, _)| (*name).to_owned());
    let is_person = list[0].kind == ActorKind::Person;
    let is_state = list[0].kind == ActorKind::State;
    let short = if is_person { short_name(&name, list) } else { name.clone() };
    // A title with its state or body ("French president") says more than a bare one.
    let office = offices
        .values()
        .max_by(|a, b| {
            let plain = |it: &str| !it.contains(['’', '\'']);
            let rank = |it: &(usize, String)| ((2..=8).contains(&n_words(&it.1)), plain(&it.1), it.0, n_words(&it.1));
            rank(a).cmp(&rank(b)).then_with(|| b.1.cmp(&a.1))
        })
        .map(|(_, title)| title.clone());
    let mut forms: Vec<String> = list.iter().flat_map(|it| it.aliases.iter().cloned()).collect();
    forms.extend([name.clone(), short.clone()]);
    forms.sort();
    forms.dedup();
    Party { id: key, forms, name, short, office: office.filter(|_| is_person), is_person, is_state }
}

/// The surname as the reports use it alone, else the last word of the name.
fn short_name(name: &str, list: &[&Actor]) -> String {
    let parts: Vec<&str> = name.split(' ').collect();
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for alias in list.iter().flat_map(|it| it.aliases.iter()) {
        if parts.contains(&alias.as_str()) {
            *used.entry(alias.as_str()).or_default() += 1;
        }
    }
    // "Lee Ju-ho" is Mr Lee: of a given name in two parts the second is small.
    let given_last = parts.last().and_then(|it| it.split_once('-'));
    if parts.len() == 2 && given_last.is_some_and(|it| it.1.starts_with(char::is_lowercase)) {
        return parts[0].to_owned();
    }
    // "George" is used of George Novak, but Novak is the name he goes by.
    if let [given, .., last] = parts[..] {
        let is_given = rapporteur_lexicon::Lexicon::shared().given_name(given).is_some();
        if is_given && used.contains_key(last) {
            used.remove(given);
        }
    }
    let best = used.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
    best.map_or_else(|| parts.last().copied().unwrap_or(name).to_owned(), |(alias, _)| (*alias).to_owned())
}

/// A title as it can stand before a name: no article, no possessive, one line.
fn tidy_title(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = title.trim_matches([',', ' ', ':', ';', '-', '–']);
    let lower = title.to_lowercase();
    let skip = ["the ", "a ", "an ", "his ", "her ", "their ", "its "].iter().find(|it| lower.starts_with(**it));
    let title = &title[skip.map_or(0, |it| it.len())..];
    // "his son", "X's wife": who somebody is to somebody else is no office.
    let last = title.rsplit([' ', '-']).next().unwrap_or("").to_lowercase();
    if joins_two(title)
        || KIN.contains(&last.as_str())
        || title.chars().any(|c| matches!(c, '“' | '”' | '"' | '(' | ')' | ','))
    {
        return String::new();
    }
    // "the EU’s foreign policy chief" reads better without; "Donald Trump’s envoy" would not.
    let Some((owner, office)) = title.split_once("’s ").or_else(|| title.split_once("'s ")) else {
        return title.to_owned();
    };
    let acronym = owner.chars().all(|c| c.is_uppercase() || c == '.');
    if acronym {
        return format!("{owner} {office}");
    }
    Lexicon::shared().with_nationality(title).unwrap_or_else(|| title.to_owned())
}

/// Whether "and" joins two offices; between two large letters it is of a name: "the Science and Technology Corporation".
fn joins_two(title: &str) -> bool {
    let large = |it: Option<&str>| it.is_some_and(|it| it.starts_with(char::is_uppercase));
    title.match_indices(" and ").any(|(at, and)| {
        let (before, after) = (title[..at].split(' ').next_back(), title[at + and.len()..].split(' ').next());
        !(title[..at].contains(' ') && large(before) && large(after))
    })
}

/// Words for relatives.
const KIN: [&str; 20] = [
    "son", "daughter", "wife", "husband", "brother", "sister", "mother", "father", "law", "uncle", "aunt", "cousin",
    "nephew", "niece", "widow", "friend", "partner", "ally", "rival", "man",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_can_stand_before_a_name() {
        assert_eq!(tidy_title("The EU’s foreign policy chief,"), "EU foreign policy chief");
        assert_eq!(tidy_title("French President"), "French President");
        assert_eq!(tidy_title("France's Interior Minister"), "French Interior Minister");
        assert_eq!(tidy_title("engineer at the Dam and Canal Office"), "engineer at the Dam and Canal Office");
        assert_eq!(tidy_title("chairman and director"), "");
    }

    #[test]
    fn a_second_surname_is_no_second_person() {
        let all: BTreeSet<String> = ["luis solis", "luis solis rivera", "ana rivera"].map(str::to_owned).into();
        assert_eq!(first_surname("luis solis rivera", &all), "luis solis");
        assert_eq!(first_surname("luis solis", &all), "luis solis");
        assert_eq!(first_surname("ana maria rivera", &all), "ana maria rivera");
    }

    #[test]
    fn two_people_with_one_surname_stay_apart() {
        let set = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect::<BTreeSet<_>>();
        assert!(one_person(&set(&["jared kushner"])));
        assert!(one_person(&set(&["j kushner", "jared kushner"])));
        assert!(!one_person(&set(&["charles kushner", "jared kushner"])));
    }
}
