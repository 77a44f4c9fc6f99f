//! Which words are words of saying here, and how far the cue goes: "has also said", "called for".

use rapporteur_model::Span;

use super::weights::Features;
use crate::view::{OUTSIDE, View, hash};

/// Whether the word may be a cue at all.
pub(crate) fn may_be(view: &View<'_>, ix: usize) -> bool {
    match view.pos_of(ix) {
        "VERB" | "NOUN" | "ADJ" | "ADV" | "PROPN" | "ADP" | "SCONJ" | "AUX" | "INTJ" => {
            !matches!(view.dep_of(ix), "aux" | "auxpass" | "compound" | "neg" | "poss" | "npadvmod")
        }
        "PUNCT" | "SYM" => matches!(view.word(ix), ":" | "—" | "–" | "―" | "--"),
        _ => false,
    }
}

/// Nearest word before `ix` in the same sentence that is no mark.
fn before(view: &View<'_>, ix: usize) -> Option<usize> {
    (ix > view.sentence(ix).0).then(|| ix - 1)
}

fn after(view: &View<'_>, ix: usize) -> Option<usize> {
    (ix + 1 < view.sentence(ix).1).then_some(ix + 1)
}

/// Where quotation marks stand near the word: bit 1 a closing mark up to four words before, bit 2 an opening one right
/// after or up to four words after, bit 3 the word itself is inside.
pub(crate) fn marks_near(view: &View<'_>, ix: usize) -> u32 {
    let mut bits = 0;
    if view.marked_of[ix] != OUTSIDE {
        return 8;
    }
    let block = view.block_of(ix);
    for step in 1..=4 {
        if let Some(at) = ix.checked_sub(step)
            && view.marked_of[at] != OUTSIDE
            && view.block_of(at) == block
        {
            bits |= 1;
        }
        let at = ix + step;
        if at < view.n() && view.marked_of[at] != OUTSIDE && view.block_of(at) == block {
            bits |= if step <= 2 { 2 } else { 4 };
        }
    }
    bits
}

/// The subject a cue has, its own or one it shares.
pub(crate) fn subject_of(view: &View<'_>, ix: usize) -> Option<(usize, u32)> {
    let mut at = ix;
    for steps in 0..4 {
        if let Some(subject) = view.child(at, &["nsubj", "nsubjpass", "csubj"]) {
            return Some((subject, steps));
        }
        let head = view.head(at);
        if head == at {
            return None;
        }
        match view.dep_of(at) {
            "conj" | "xcomp" | "advcl" | "ccomp" if at != head => at = head,
            "relcl" | "acl" => return Some((head, steps + 1)),
            _ => return None,
        }
    }
    None
}

/// Says all that helps to tell whether the word is a cue.
pub(crate) fn features(view: &View<'_>, ix: usize, f: &mut Features) {
    f.clear();
    let (lemma, tag, dep) = (view.lemma[ix], view.tag[ix], view.dep[ix]);
    let pos = hash(view.pos_of(ix));
    let near = marks_near(view, ix);
    f.add(1, 0, 0, 0);
    f.add(2, lemma, pos, 0);
    f.add(3, lemma, tag, 0);
    f.add(4, lemma, dep, pos);
    f.add(5, tag, dep, 0);
    f.add(6, lemma, near, 0);
    let saying = u32::from(view.saying[ix]);
    f.add(46, saying, pos, 0);
    f.add(47, saying, tag, dep);
    f.add(48, saying, near, pos);
    let phrase = u32::from(view.phrase[ix]);
    f.add(51, phrase, pos, 0);
    f.add(52, phrase, lemma, 0);
    f.add(7, pos, near, dep);
    let head = view.head(ix);
    f.add(8, view.lemma[head], dep, pos);
    f.add(9, view.tag[head], dep, tag);
    let word = view.lemma_of(ix);
    let tail = |n: usize| word.char_indices().rev().nth(n - 1).map_or(word, |(at, _)| &word[at..]);
    f.add(10, hash(tail(3)), pos, 0);
    f.add(11, hash(tail(2)), pos, dep);
    let mut shape = 0u32;
    for child in view.children(ix) {
        let d = view.dep[child];
        let side = u32::from(child > ix);
        f.add(12, d, side, pos);
        f.add(13, lemma, d, side);
        match view.dep_of(child) {
            "prep" | "prt" | "mark" | "agent" => {
                f.add(14, view.lemma[child], lemma, side);
                f.add(15, view.lemma[child], pos, side);
            }
            "aux" | "auxpass" | "neg" => {
                f.add(16, view.lemma[child], pos, 0);
                f.add(17, view.lemma[child], lemma, 0);
            }
            "nsubj" | "nsubjpass" => shape |= 1,
            "ccomp" => {
                shape |= if child > ix { 2 } else { 4 };
                f.add(18, view.tag[child], lemma, side);
                let marker = view.child(child, &["mark", "advmod"]).map_or(0, |it| view.lemma[it]);
                f.add(19, marker, pos, side);
                f.add(20, marker, lemma, side);
            }
            "xcomp" => {
                shape |= 8;
                f.add(21, view.tag[child], lemma, 0);
                f.add(22, view.lemma[child], lemma, 0);
            }
            "dobj" => {
                shape |= 16;
                f.add(23, view.lemma[child], lemma, 0);
                f.add(24, view.lemma[child], pos, 0);
            }
            "acl" | "relcl" => f.add(25, view.tag[child], lemma, 0),
            "advmod" => f.add(26, view.lemma[child], pos, 0),
            "poss" => f.add(27, view.tag[child], lemma, u32::from(view.name[child])),
            _ => {}
        }
    }
    f.add(28, lemma, shape, 0);
    f.add(49, saying, shape, 0);
    f.add(29, pos, shape, dep);
    f.add(30, tag, shape, near);
    match subject_of(view, ix) {
        Some((subject, steps)) => {
            let kind = u32::from(view.name[subject]);
            f.add(31, view.lemma[subject], pos, 0);
            f.add(32, view.tag[subject], kind, pos);
            f.add(33, lemma, kind, view.tag[subject]);
            f.add(50, saying, kind, view.tag[subject]);
            f.add(34, steps.min(2), dep, pos);
        }
        None => {
            f.add(35, lemma, dep, 0);
            f.add(36, pos, dep, 0);
        }
    }
    for (kind, at) in [(37, before(view, ix)), (39, after(view, ix))] {
        let (l, t) = at.map_or((0, 0), |at| (view.lemma[at], view.tag[at]));
        f.add(kind, l, pos, 0);
        f.add(kind + 1, t, lemma, 0);
        if let Some(next) = at {
            f.add(kind + 20, view.lemma[next], lemma, 0);
        }
    }
    let (first, last) = view.sentence(ix);
    f.add(41, u32::from(ix == first), u32::from(ix + 1 >= last), pos);
    f.add(42, u32::from(last - first < 14), lemma, u32::from(view.block_of(ix) == view.block_of(0)));
    f.add(43, u32::from(view.block_of(ix) == view.block_of(0)), pos, tag);
    if matches!(view.dep_of(ix), "conj") {
        f.add(44, view.lemma[head], lemma, 0);
    }
    if matches!(view.dep_of(ix), "pobj" | "dobj" | "pcomp") {
        f.add(45, view.lemma[head], lemma, pos);
    }
}

/// The cue's words: auxiliaries and adverbs right before, particle and the preposition that leads to the content after.
pub(crate) fn span(view: &View<'_>, ix: usize, content_first: Option<usize>) -> Span {
    let (mut first, mut last) = (ix, ix);
    let is_verb = matches!(view.pos_of(ix), "VERB" | "AUX");
    if is_verb {
        while first > view.sentence(ix).0 {
            let at = first - 1;
            let fits = view.head(at) == ix
                && matches!(view.dep_of(at), "aux" | "auxpass" | "neg" | "advmod")
                && !matches!(view.tag_of(at), "WRB")
                && !(view.dep_of(at) == "advmod" && at == view.sentence(ix).0)
                && !view.is_punct(at);
            if !fits {
                break;
            }
            first = at;
        }
    }
    // "called for", "pointed out": what stands between the verb and its content, when it is one small word.
    if let Some(content) = content_first.filter(|it| *it > ix + 1 && *it <= ix + 3) {
        let small =
            (ix + 1..content).all(|at| matches!(view.dep_of(at), "prt" | "prep" | "agent") || view.pos_of(at) == "ADP");
        if small {
            last = content - 1;
        }
    } else if view.word(ix).eq_ignore_ascii_case("according") && ix + 1 < view.n() && view.word(ix + 1) == "to" {
        last = ix + 1;
    }
    view.cover(first, last)
}
