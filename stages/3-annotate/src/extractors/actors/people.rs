//! What words tell of people: their sex, and who is a stranger, a person whom nothing names.

use std::collections::BTreeSet;

use rapporteur_lexicon::{Lexicon, Sex as NameSex};
use rapporteur_model::{ActorKind, Sex};

use super::cast::Cast;
use super::offices::Described;
use super::pronouns::Earlier;
use crate::view::View;

/// "Eva Novak, a grandmother": what the noun beside a name tells of sex.
pub(super) fn sexes(view: &View<'_>, cast: &mut Cast, earlier: &[Earlier]) {
    for it in earlier {
        if cast.actors[it.actor.ix()].kind == ActorKind::Person
            && cast.actors[it.actor.ix()].sex.is_none()
            && let Some(noun) = view.child(it.token, &["appos"])
        {
            cast.actors[it.actor.ix()].sex = sex_of_title(view.word(noun));
        }
    }
}

/// Nouns of one person whom nothing names: "a man", "an inmate".
pub(super) fn strangers(
    view: &View<'_>,
    words: &[&str],
    lexicon: &Lexicon,
    name_at: &[u32],
    described: &[Described],
) -> Vec<usize> {
    let is_person = |ix: usize| {
        let lemma = view.lemma_of(ix);
        matches!(
            lemma,
            "man"
                | "woman"
                | "boy"
                | "girl"
                | "inmate"
                | "prisoner"
                | "suspect"
                | "gunman"
                | "driver"
                | "passenger"
                | "motorist"
                | "teenager"
                | "student"
                | "mother"
                | "father"
                | "grandmother"
                | "grandfather"
                | "actor"
                | "actress"
                | "singer"
                | "player"
                | "patient"
                | "worker"
                | "pedestrian"
                | "member"
                | "employee"
                | "accountant"
                | "tourist"
                | "child"
                | "toddler"
                | "burglar"
                | "robber"
                | "killer"
                | "hacker"
        ) || lexicon.office_at(words, ix).is_some_and(|(_, n)| n == 1)
    };
    let is_indefinite = |ix: usize| {
        view.children(ix)
            .any(|it| matches!(view.word(it), "a" | "A" | "an" | "An" | "another" | "Another" | "one" | "One"))
    };
    let held: BTreeSet<usize> = described.iter().filter(|it| it.actor.is_some()).map(|it| it.head).collect();
    (0..view.n())
        .filter(|it| {
            view.tag_of(*it) == "NN"
                && name_at[*it] == u32::MAX
                && is_indefinite(*it)
                && is_person(*it)
                && !matches!(view.dep_of(*it), "appos" | "attr" | "compound")
                && view.child(*it, &["appos"]).is_none()
                && !held.contains(it)
        })
        .collect()
}

pub(crate) fn sex_of(sex: NameSex) -> Option<Sex> {
    match sex {
        NameSex::Female => Some(Sex::Female),
        NameSex::Male => Some(Sex::Male),
        NameSex::Either => None,
    }
}

/// What an office word tells: "spokeswoman", "chairman".
pub(crate) fn sex_of_title(word: &str) -> Option<Sex> {
    let word = word.to_lowercase();
    if word.ends_with("woman")
        || word.ends_with("women")
        || matches!(
            word.as_str(),
            "queen"
                | "princess"
                | "wife"
                | "mother"
                | "daughter"
                | "sister"
                | "duchess"
                | "baroness"
                | "widow"
                | "girl"
                | "daughter-in-law"
                | "grandmother"
                | "granddaughter"
                | "actress"
                | "heiress"
                | "waitress"
                | "hostess"
                | "mom"
                | "mum"
                | "aunt"
                | "niece"
                | "nun"
                | "lady"
        )
    {
        Some(Sex::Female)
    } else if word.ends_with("man") && !word.ends_with("human") && !word.ends_with("german")
        || matches!(
            word.as_str(),
            "king"
                | "prince"
                | "husband"
                | "father"
                | "son"
                | "brother"
                | "duke"
                | "son-in-law"
                | "boy"
                | "grandfather"
                | "grandson"
                | "dad"
                | "uncle"
                | "nephew"
                | "monk"
                | "gentleman"
        )
    {
        Some(Sex::Male)
    } else {
        None
    }
}
