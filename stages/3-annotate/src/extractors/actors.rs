//! Mentions and the actors they mean.
//!
//! ```text
//! names (lexicon, capitals, entity model) -> cast -> offices ("the French president")
//!     -> bodies ("the bloc"), groups ("US officials") -> pronouns -> mentions
//! ```
//!
//! The entity model alone takes Kyiv for a person: what the lexicon knows goes first, then what the whole report says
//! of a name, then the model. Whom a pronoun or a shared surname means is left open when two would do.
//!
//! Left alone on purpose: names in furniture and captions; first persons, which need to know who speaks
//! (`quotes/speakers.rs`).

mod bodies;
pub(crate) mod cast;
mod edges;
mod groups;
mod names;
mod namesakes;
mod offices;
mod owned;
mod pairs;
mod people;
mod pronouns;
mod runs;
mod usage;

use rapporteur_model::{Mention, MentionKind, MentionUse};

use super::Found;
use crate::Context;
use crate::view::View;
use names::{Name, Sort};
use pronouns::Earlier;

/// Finds them.
pub(crate) fn find(context: &Context<'_>) -> Found {
    let view = View::new(context);
    let lexicon = context.lexicon;
    let words: Vec<&str> = (0..view.n()).map(|it| view.word(it)).collect();
    let mut found: Vec<Name<'_>> = Vec::new();
    for sentence in &view.known.sentences {
        let (first, end) = (sentence.tokens.0.ix(), sentence.tokens.1.ix());
        names::find(&view, lexicon, first, end, &words[first..end], &mut found);
    }
    names::find_again(&view, &words, &mut found);
    namesakes::settle(&view, &mut found);
    let mut cast = cast::gather(&view, lexicon, &found);
    owned::settle(&view, &found, &mut cast);
    let mut name_at = vec![u32::MAX; view.n()];
    for (at, name) in found.iter().enumerate() {
        name_at[name.tokens.0..name.tokens.1].fill(at as u32);
    }
    let described = offices::find(&view, lexicon, &words, &found, &name_at, &mut cast);
    let mut earlier: Vec<Earlier> = Vec::new();
    for (name, (usage, actor, ..)) in found.iter().zip(&cast.of) {
        if let Some(actor) = actor {
            earlier.push(Earlier {
                token: usage::head_of(&view, name),
                actor: *actor,
                usage: *usage,
                is_pronoun: false,
            });
        }
    }
    for it in &described {
        if let Some(actor) = it.actor.filter(|_| it.how != "title") {
            earlier.push(Earlier { token: it.head, actor, usage: MentionUse::Actor, is_pronoun: false });
        }
    }
    earlier.sort_by_key(|it| (it.token, it.actor));
    let mut mentions = Vec::new();
    let bodies = pairs::find_bodies(&view, lexicon, &mut cast, &earlier, &mut mentions);
    earlier.extend(bodies);
    earlier.sort_by_key(|it| (it.token, it.actor));
    let groups = groups::find(&view, lexicon, &words, &mut cast, &earlier, &mut mentions);
    earlier.extend(groups);
    earlier.sort_by_key(|it| (it.token, it.actor));
    people::sexes(&view, &mut cast, &earlier);
    let strangers = people::strangers(&view, &words, lexicon, &name_at, &described);
    let resolved = pronouns::resolve(&view, lexicon, &mut cast, &earlier, &strangers);

    // "his defence minister, Eva Novak": she serves whom "his" means.
    for it in &described {
        let Some(person) = it.actor else { continue };
        let owner = view.children(it.head).filter(|child| view.dep_of(*child) == "poss").find_map(|child| {
            resolved.binary_search_by_key(&child, |it| it.token).ok().and_then(|at| resolved[at].actor)
        });
        let actor = &mut cast.actors[person.ix()];
        actor.affiliation = actor.affiliation.or(owner.filter(|it| *it != person));
    }

    let repeat = |token: usize| view.known.sentences.get(view.sentence_of[token] as usize).is_some_and(|it| it.repeat);
    for (name, (usage, actor, score, how)) in found.iter().zip(&cast.of) {
        if actor.is_some() || matches!(name.sort, Sort::Run(_)) {
            mentions.push(Mention {
                span: name.span,
                kind: MentionKind::Named,
                usage: *usage,
                actor: *actor,
                score: *score,
                how,
                repeat: repeat(name.tokens.0),
            });
        }
    }
    for it in described.iter().filter(|it| it.how != "title") {
        let span = view.cover(it.first, it.last);
        mentions.push(Mention {
            span,
            kind: MentionKind::Nominal,
            usage: MentionUse::Actor,
            actor: it.actor,
            score: if it.actor.is_some() { 0.8 } else { 0.0 },
            how: it.how,
            repeat: repeat(it.head),
        });
    }
    for it in &resolved {
        mentions.push(Mention {
            span: view.span(it.token),
            kind: MentionKind::Pronominal,
            usage: MentionUse::Actor,
            actor: it.actor,
            score: it.score,
            how: it.how,
            repeat: repeat(it.token),
        });
    }
    pairs::find(&view, &cast, &earlier, &resolved, &mut mentions);
    mentions.sort_by_key(|it| (it.span, it.kind, it.actor));
    Found::Mentions(mentions, cast.actors)
}
