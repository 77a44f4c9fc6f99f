//! Nouns of saying with their clause: "an announcement from Norway that it would pay", "the union's claim that".

use super::{Attribution, Stretch, made, of_sentence, phrase};
use crate::extractors::quotes::sources::{Link, is_nominal};
use crate::view::View;

/// How sure the rule is: below most that the learned steps are sure of.
const SCORE: f32 = 0.7;

/// Adds those the learned steps passed over.
pub(super) fn add(view: &View<'_>, kept: &mut Vec<Attribution>) {
    let mut found = Vec::new();
    for noun in (0..view.n()).filter(|it| view.saying[*it] >= 100) {
        let near = of_sentence(view, kept, noun);
        if near.iter().any(|it| it.cue == noun) {
            continue;
        }
        let Some(content) = clause(view, noun) else { continue };
        let Some((source, head)) = owner(view, noun, content) else { continue };
        // "his warning that it could fail" with "warned" elsewhere is another saying; the same words twice are not.
        let is_taken = near.iter().any(|it| it.content.parts()[0] == content && it.source.link != Link::Nobody);
        if !is_taken {
            found.push(Attribution { score: SCORE, ..made(view, noun, content, source, head) });
        }
    }
    kept.extend(found);
    kept.sort_by_key(|it| it.cue);
}

/// The clause with "that" that hangs on the noun, and has a verb of its own.
fn clause(view: &View<'_>, noun: usize) -> Option<Stretch> {
    let clause = view.children(noun).find(|it| {
        *it > noun
            && matches!(view.dep_of(*it), "acl" | "ccomp" | "relcl" | "appos")
            && view.child(*it, &["mark"]).is_some_and(|mark| view.word(mark) == "that")
            && view.child(*it, &["nsubj", "nsubjpass", "expl", "csubj"]).is_some()
    })?;
    let (first, mut last) = view.edges(clause);
    // What belongs to the sentence around it ends where the noun's own verb goes on.
    while last > first && view.is_punct(last) && !view.is_mark(last) {
        last -= 1;
    }
    (first > noun && last > first + 1).then_some((first, last))
}

/// Whose saying it is: a genitive, or who stands behind "from", "by".
fn owner(view: &View<'_>, noun: usize, content: Stretch) -> Option<(Stretch, usize)> {
    if let Some(owner) = view.child(noun, &["poss"]) {
        let (first, last) = phrase(view, owner);
        let last = if view.tag_of(last) == "POS" && last > first { last - 1 } else { last };
        return Some(((first, last), owner));
    }
    let prep = view
        .children(noun)
        .find(|it| view.dep_of(*it) == "prep" && matches!(view.word(*it), "from" | "by" | "of") && *it < content.0)?;
    let owner = view.child(prep, &["pobj"]).filter(|it| is_nominal(view, *it))?;
    let is_body = view.name[owner] != 0 && view.name[owner] != 4 || view.word(prep) != "of";
    let (first, last) = phrase(view, owner);
    (is_body && last < content.0).then_some(((first, last), owner))
}
