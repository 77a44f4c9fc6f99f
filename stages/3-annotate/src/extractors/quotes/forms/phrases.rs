//! Phrases of saying without a verb of their own: "in the words of the mayor, the bridge is a disgrace".

use super::{Attribution, made, of_sentence, phrase};
use crate::extractors::quotes::sources::is_nominal;
use crate::view::View;

/// Adds those the learned steps passed over. A verb that takes a source behind it is theirs: "quoted by", "speaking to".
pub(super) fn add(view: &View<'_>, kept: &mut Vec<Attribution>) {
    let mut found = Vec::new();
    let mut at = 0;
    while at < view.n() {
        let first = at;
        at += 1;
        if view.phrase[first] != 1
            || !matches!(view.lemma_of(first).to_lowercase().as_str(), "in" | "by" | "on" | "judge")
        {
            continue;
        }
        let (start, end) = view.sentence(first);
        let last = (first..end).take_while(|it| view.phrase[*it] == 1).last().unwrap_or(first);
        at = last + 1;
        let Some(head) = view.child(last, &["pobj"]).filter(|it| is_nominal(view, *it)) else { continue };
        let source = phrase(view, head);
        let is_known = of_sentence(view, kept, first)
            .iter()
            .any(|it| (first..=last).contains(&it.cue) || (source.0..=source.1).contains(&it.source.head));
        if is_known {
            continue;
        }
        let close = (first..end).rev().find(|it| !view.is_punct(*it) || view.is_mark(*it)).unwrap_or(first);
        let content = if first == start && source.1 + 2 < close && view.word(source.1 + 1) == "," {
            (source.1 + 2, close)
        } else if first > start + 3 && view.word(first - 1) == "," && source.1 >= close {
            (start, first - 2)
        } else {
            continue;
        };
        let mut more = made(view, last, content, source, head);
        more.cue_span = view.cover(first, last);
        found.push(more);
    }
    kept.extend(found);
    kept.sort_by_key(|it| it.cue);
}
