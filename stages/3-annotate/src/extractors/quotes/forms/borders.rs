//! Where what somebody says ends: a speech goes on in another sentence only where that sentence is all speech, and the words
//! that another one says are no part of it.

use super::Attribution;
use crate::extractors::quotes::sources::Link;
use crate::view::{OUTSIDE, View};

/// Cuts what belongs to others.
pub(super) fn cut(view: &View<'_>, kept: &mut [Attribution]) {
    for at in 0..kept.len() {
        while led_into_by_another(view, kept, at) {
            kept[at].content.n_parts -= 1;
        }
        if let Some(end) = before_another(view, kept, at) {
            let last = kept[at].content.n_parts - 1;
            kept[at].content.parts[last].1 = end;
        }
    }
}

/// "…, he said. While Novak said of it that “…”": marks that another one's saying leads into, in another sentence than the
/// word of saying, are that one's.
fn led_into_by_another(view: &View<'_>, kept: &[Attribution], at: usize) -> bool {
    let it = &kept[at];
    if it.content.n_parts < 2 {
        return false;
    }
    let (first, _) = it.content.parts[it.content.n_parts - 1];
    let start = view.sentence(first).0;
    view.sentence_of[it.cue] < view.sentence_of[first]
        && kept.iter().any(|other| start <= other.cue && other.cue < first && other.source.link != Link::Nobody)
}

/// "Novak was heard saying “…” while Horvath agreed saying “…”": the first one's words end with the first marks.
fn before_another(view: &View<'_>, kept: &[Attribution], at: usize) -> Option<usize> {
    let it = &kept[at];
    let (from, to) = *it.content.parts().last()?;
    let mark = view.marked_of[from];
    if mark == OUTSIDE || from <= it.cue {
        return None;
    }
    let end = (from..=to).take_while(|it| view.marked_of[*it] == mark).last()?;
    let is_anothers = |other: &&Attribution| {
        end < other.source.first
            && other.source.first < other.cue
            && other.cue < to
            && matches!(other.source.link, Link::Subject | Link::SharedSubject)
            && (1..100).contains(&view.saying[other.cue])
            && other.source.head != it.source.head
            && view.marked_of[other.cue] == OUTSIDE
    };
    kept[at + 1..].iter().take(4).any(|other| is_anothers(&other)).then_some(end)
}
