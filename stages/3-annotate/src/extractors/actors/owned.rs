//! Bodies that every state has: "South Korea's Defence Ministry" is that state's, and so is "the Defence Ministry" after it when
//! the report tells of no other's.

use std::collections::BTreeMap;

use rapporteur_lexicon::Entry;
use rapporteur_model::{ActorIx, ActorKind};

use super::cast::{Cast, slug};
use super::names::{Name, Sort};
use crate::view::View;

/// Last words of their names.
const BODIES: &[&str] = &[
    "ministry", "parliament", "navy", "army", "police", "cabinet", "government", "treasury", "congress", "senate",
    "assembly", "coastguard",
];

/// Gives them the names of their states.
pub(super) fn settle(view: &View<'_>, names: &[Name<'_>], cast: &mut Cast) {
    // The owned bodies by what the report calls them without the owner.
    let mut owned: BTreeMap<ActorIx, Vec<ActorIx>> = BTreeMap::new();
    let mut of_name: BTreeMap<usize, ActorIx> = BTreeMap::new();
    for ix in 1..names.len() {
        let (owner, name) = (&names[ix - 1], &names[ix]);
        let Some(bare) = cast.of[ix].1.filter(|it| is_body(view, cast, name, *it)) else { continue };
        let is_owner = matches!(owner.sort, Sort::Known(Entry::State(..)))
            && owner.tokens.1 + 1 == name.tokens.0
            && matches!(view.word(owner.tokens.1), "'s" | "’s");
        let Some(state) = cast.of[ix - 1].1.filter(|_| is_owner) else { continue };
        let whole = owner.span.cover(name.span).of(view.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let actor = cast.actor(&format!("org:{}", slug(&whole)), &whole, ActorKind::Organisation);
        cast.actors[actor.ix()].affiliation = Some(state);
        cast.alias(actor, name.span.of(view.text));
        of_name.insert(ix, actor);
        let list = owned.entry(bare).or_default();
        if !list.contains(&actor) {
            list.push(actor);
        }
    }
    for (ix, slot) in cast.of.iter_mut().enumerate() {
        let only = slot.1.and_then(|it| owned.get(&it)).filter(|it| it.len() == 1).map(|it| it[0]);
        slot.1 = of_name.get(&ix).copied().or(only).or(slot.1);
    }
}

fn is_body(view: &View<'_>, cast: &Cast, name: &Name<'_>, actor: ActorIx) -> bool {
    let last = name.span.of(view.text).rsplit(' ').next().unwrap_or("").to_lowercase();
    matches!(name.sort, Sort::Run(_))
        && cast.actors[actor.ix()].kind == ActorKind::Organisation
        && BODIES.contains(&last.as_str())
}
