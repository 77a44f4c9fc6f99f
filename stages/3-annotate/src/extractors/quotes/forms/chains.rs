//! Several sayings of one speaker in a sentence: each keeps to its own words.

use super::{Attribution, of_sentence};
use crate::extractors::quotes::sources::Link;
use crate::view::{OUTSIDE, View};

/// Participles that go on with what the same person says.
const GOING_ON: &[&str] = &[
    "add", "say", "note", "stress", "warn", "argue", "insist", "explain", "claim", "write", "call", "describe",
    "suggest", "tell", "point", "conclude",
];

/// "told reporters that the ferry would sail, adding that tickets would cost less": the second saying is no part of the
/// first, and it is the same person's.
fn participles(view: &View<'_>, kept: &mut [Attribution]) {
    // From the last: what is cut off one shows where the one before it ends.
    for at in (1..kept.len()).rev() {
        let second = kept[at];
        if view.tag_of(second.cue) != "VBG"
            || !GOING_ON.contains(&view.lemma_of(second.cue))
            || second.cue == 0
            || !matches!(view.word(second.cue - 1), "," | "and")
        {
            continue;
        }
        let Some(first) = (0..at).rev().take(4).find(|it| {
            let other = &kept[*it];
            view.sentence_of[other.cue] == view.sentence_of[second.cue]
                && view.tag_of(other.cue) != "VBG"
                && other.source.link != Link::Nobody
        }) else {
            continue;
        };
        let end = kept[first].content.n_parts - 1;
        let (from, mut to) = kept[first].content.parts[end];
        while to > second.cue && (view.is_punct(to) && !view.is_mark(to) || view.dep_of(to) == "cc") {
            to -= 1;
        }
        let is_inside = from < second.cue && second.cue <= to;
        if is_inside
            && second.content.parts[0].0 > second.cue
            && second.content.parts[second.content.n_parts - 1].1 >= to
        {
            let mut last = second.cue - 1;
            while last > from && (view.is_punct(last) && !view.is_mark(last) || view.dep_of(last) == "cc") {
                last -= 1;
            }
            kept[first].content.parts[end].1 = last;
        }
        let content = kept[first].content.parts();
        let is_theirs =
            second.source.link == Link::Nobody || content.iter().any(|(a, b)| (*a..=*b).contains(&second.source.head));
        if is_inside && is_theirs {
            kept[at].source = kept[first].source;
        }
    }
}

/// Splits them.
pub(super) fn split(view: &View<'_>, kept: &mut Vec<Attribution>) {
    missing_participles(view, kept);
    participles(view, kept);
    coordinated(view, kept);
    consequences(view, kept);
}

/// What the reporter tells of the effect: "…, prompting fears of a shortage".
const EFFECTS: &[&str] = &[
    "prompt", "spark", "trigger", "fuel", "stoke", "deepen", "heighten", "raise", "draw", "cause", "dash", "complicate",
];

/// Cuts the effect that the report tells of from the end of what was said.
fn consequences(view: &View<'_>, kept: &mut [Attribution]) {
    for it in kept {
        let end = it.content.n_parts - 1;
        let (from, to) = it.content.parts[end];
        if view.marked_of[to] != OUTSIDE {
            continue;
        }
        let effect = (from + 3..to).find(|at| {
            view.tag_of(*at) == "VBG"
                && EFFECTS.contains(&view.lemma_of(*at))
                && view.word(at - 1) == ","
                && matches!(view.dep_of(*at), "advcl" | "acl" | "conj" | "xcomp")
                && view.edges(*at).1 + 1 >= to
        });
        if let Some(effect) = effect {
            it.content.parts[end].1 = effect - 2;
        }
    }
}

/// ", adding that the crew was trained": a saying that the learned steps passed over.
fn missing_participles(view: &View<'_>, kept: &mut Vec<Attribution>) {
    let mut found = Vec::new();
    for it in kept.iter().filter(|it| it.source.link != Link::Nobody) {
        let (_, end) = view.sentence(it.cue);
        for cue in it.cue + 2..end {
            if view.tag_of(cue) != "VBG"
                || !GOING_ON.contains(&view.lemma_of(cue))
                || !matches!(view.word(cue - 1), "," | "and")
                || view.marked_of[cue] != view.marked_of[it.cue]
                || of_sentence(view, kept, cue).iter().any(|other| other.cue == cue)
                || found.last().is_some_and(|other: &Attribution| other.cue >= cue)
            {
                continue;
            }
            let Some(that) = (cue + 1..end.min(cue + 2)).find(|at| view.word(*at) == "that") else { continue };
            // Up to the next participle of the kind, or the end.
            let next = (that + 1..end).find(|at| {
                view.tag_of(*at) == "VBG"
                    && GOING_ON.contains(&view.lemma_of(*at))
                    && matches!(view.word(at - 1), "," | "and")
            });
            let mut last = next.unwrap_or(end) - 1;
            while last > that && (view.is_punct(last) && !view.is_mark(last) || view.dep_of(last) == "cc") {
                last -= 1;
            }
            if last > that + 1 {
                let mut more = super::made(view, cue, (that, last), (it.source.first, it.source.last), it.source.head);
                more.source = it.source;
                found.push(more);
            }
        }
    }
    kept.extend(found);
    kept.sort_by_key(|it| it.cue);
}

/// "calling it a farce, and insisted that the dam was safe": a second saying of the same speaker, whose name stands
/// outside, is no part of the first.
fn coordinated(view: &View<'_>, kept: &mut [Attribution]) {
    for at in 0..kept.len() {
        let first = kept[at];
        let end = first.content.n_parts - 1;
        let (from, to) = first.content.parts[end];
        if first.source.link == Link::Nobody {
            continue;
        }
        let second = of_sentence(view, kept, first.cue).iter().find(|it| {
            from + 1 < it.cue
                && it.cue <= to
                && it.source.link != Link::Nobody
                && it.source.first == first.source.first
                && it.content.parts[0].0 > it.cue
                && view.dep_of(it.cue) == "conj"
                && (view.head(it.cue) == first.cue || view.head(it.cue) < from)
        });
        let Some(second) = second else { continue };
        let mut last = second.cue - 1;
        while last > from
            && (view.is_punct(last) && !view.is_mark(last)
                || matches!(view.dep_of(last), "cc" | "aux" | "auxpass")
                || view.dep_of(last) == "advmod" && view.head(last) == second.cue)
        {
            last -= 1;
        }
        if last > from {
            kept[at].content.parts[end].1 = last;
        }
    }
}
