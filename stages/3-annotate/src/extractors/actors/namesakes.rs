//! Names of places that are people's names as well: "Hamilton" is Bermuda's capital and a racing driver.
//!
//! The lexicon goes first and knows no people, so it is put right here by the whole report: where somebody bears the word as
//! a surname, or the entity model takes it for a person, and nothing else in the report speaks of that state, a person is
//! meant. After "in" and the like it stays a place.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_lexicon::{Entry, StateName};

use super::names::{Name, Sort, Weight};
use super::usage;
use crate::view::View;

/// What speaks for a person once it is settled that one is meant.
const PERSON: Weight = Weight { person: 1.5, organisation: 0.0, place: 0.0 };

/// What the report's mentions of one word say.
#[derive(Default)]
struct Seen {
    n: usize,
    n_person: usize,
    is_place: bool,
}

/// Makes people of the places that are none.
pub(super) fn settle(view: &View<'_>, names: &mut [Name<'_>]) {
    let surnames: BTreeSet<&str> = names.iter().filter(|it| is_full_person(it)).filter_map(|it| last_word(view, it)).collect();
    // The forms that each state is named by.
    let mut forms: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
    for it in names.iter() {
        let Sort::Known(Entry::State(state, _)) = it.sort else { continue };
        let word = it.span.of(view.text);
        forms.entry(state.code).or_default().insert(word);
        let slot = seen.entry(word).or_default();
        let head = usage::head_of(view, it);
        slot.n += 1;
        slot.n_person += usize::from(view.name[head] == 1);
        slot.is_place |= usage::is_where(view, head) || view.name[head] == 3 && view.dep_of(head) == "pobj";
    }
    for it in names.iter_mut() {
        let Sort::Known(Entry::State(state, form)) = it.sort else { continue };
        let word = it.span.of(view.text);
        if word.contains(' ') || forms.get(state.code).is_none_or(|it| 1 < it.len()) {
            continue;
        }
        let Some(all) = seen.get(word) else { continue };
        let is_surname = surnames.contains(word) && matches!(form, StateName::Capital | StateName::Name);
        let is_taken_for_one = form == StateName::Capital && 1 < all.n && all.n < 2 * all.n_person && !all.is_place;
        if (is_surname || is_taken_for_one) && !usage::is_where(view, usage::head_of(view, it)) {
            it.sort = Sort::Run(PERSON);
        }
    }
}

/// A person with more than one word to the name.
fn is_full_person(name: &Name<'_>) -> bool {
    matches!(name.sort, Sort::Run(weight) if 1.0 < weight.person && weight.organisation.max(weight.place) < weight.person)
        && 1 < name.tokens.1 - name.tokens.0
}

fn last_word<'a>(view: &View<'a>, name: &Name<'_>) -> Option<&'a str> {
    name.span.of(view.text).split_whitespace().next_back()
}
