//! What speaks for or against a candidate for the content.

use super::{Candidate, marks_in, top};
use crate::extractors::quotes::weights::Features;
use crate::view::{OUTSIDE, View};

/// Says all that speaks for or against a candidate.
pub(crate) fn features(view: &View<'_>, cue: usize, candidate: &Candidate, f: &mut Features) {
    f.clear();
    let way = candidate.way as u32;
    let lemma = view.lemma[cue];
    let pos = view.tag[cue];
    let (first, last) = candidate.parts[0];
    let (end_first, end_last) = candidate.parts[candidate.n_parts - 1];
    let marks = marks_in(view, first, last);
    let n_parts = candidate.n_parts as u32;
    f.add(1, way, n_parts, 0);
    f.add(2, way, lemma, 0);
    let saying = u32::from(view.saying[cue]);
    f.add(50, way, saying, marks_in(view, first, last));
    f.add(51, way, saying, pos);
    f.add(3, way, marks, pos);
    f.add(4, marks, lemma, 0);
    let side = u32::from(first > cue);
    let root = top(view, first, last);
    let hangs = u32::from(view.head(root) == cue) + 2 * u32::from(view.head(cue) == root);
    f.add(5, view.dep[root], hangs, side);
    f.add(6, view.dep[root], lemma, side);
    f.add(52, view.dep[root], saying, side);
    f.add(53, view.dep[root], saying, view.tag[root]);
    f.add(7, view.dep[root], way, view.tag[root]);
    f.add(8, view.dep[root], hangs, pos);
    // The words at the borders.
    let (block_first, block_last) = (
        first == 0 || view.block_of(first - 1) != view.block_of(first),
        end_last + 1 >= view.n() || view.block_of(end_last + 1) != view.block_of(end_last),
    );
    let previous = if block_first { 0 } else { view.lemma[first - 1] };
    let next = if block_last { 0 } else { view.lemma[end_last + 1] };
    let (previous_tag, next_tag) =
        (if block_first { 0 } else { view.tag[first - 1] }, if block_last { 0 } else { view.tag[end_last + 1] });
    f.add(9, previous, side, way);
    f.add(10, previous_tag, side, view.tag[first]);
    f.add(11, view.lemma[first], side, 0);
    f.add(12, view.lemma[first], lemma, 0);
    f.add(13, view.tag[first], way, 0);
    f.add(14, next, side, way);
    f.add(15, next_tag, view.tag[end_last], side);
    let ahead = |at: usize| if at < view.n() && view.block_of(at) == view.block_of(end_last) { at } else { end_last };
    let (n1, n2) = (ahead(end_last + 1), ahead(end_last + 2));
    f.add(16, view.lemma[n1], view.lemma[n2], side);
    f.add(17, view.dep[n1], view.dep[n2], side);
    f.add(40, view.dep[n1], view.lemma[n1], pos);
    f.add(41, view.dep[n2], view.lemma[n2], view.tag[n1]);
    // What stops just short: how the next words hang on the content or the cue.
    let (n1_head, n2_head) = (view.head(n1), view.head(n2));
    let place = |head: usize| {
        if head == cue {
            1
        } else if head >= first && head <= end_last {
            2
        } else {
            0
        }
    };
    f.add(18, place(n1_head), place(n2_head), view.dep[n2]);
    f.add(19, place(n1_head), view.dep[n1], way);
    // A second word of saying inside, or right behind: "said … and stressed that".
    let said_inside = view
        .children(root)
        .filter(|it| (first..=end_last).contains(it) && matches!(view.dep_of(*it), "conj" | "advcl"))
        .map(|it| u32::from(view.saying[it]))
        .find(|it| *it != 0)
        .unwrap_or(0);
    f.add(54, said_inside, saying, side);
    f.add(55, said_inside, u32::from(said_inside != 0), way);
    let behind = (end_last + 1..(end_last + 5).min(view.n()))
        .find(|it| view.pos_of(*it) == "VERB")
        .map_or(0, |it| u32::from(view.saying[it]));
    f.add(56, behind, next_tag, side);
    f.add(57, behind, view.dep[n2], view.lemma[n2]);
    coordination(view, cue, candidate, f);
    // Length and distance.
    let length: usize = candidate.parts().iter().map(|(a, b)| b - a + 1).sum();
    let bucket = |n: usize| (usize::BITS - n.leading_zeros()).min(8);
    f.add(20, bucket(length), way, 0);
    f.add(21, bucket(length), lemma, 0);
    let distance = if first > cue { first - cue - 1 } else { cue.saturating_sub(end_last + 1) };
    f.add(22, distance.min(8) as u32, side, way);
    f.add(23, distance.min(4) as u32, lemma, side);
    f.add(58, distance.min(4) as u32, saying, side);
    f.add(24, distance.min(6) as u32, marks, side);
    // Borders against the sentence.
    let (sentence_first, sentence_last) = view.sentence(cue);
    let to_end = end_last + 1 >= sentence_last || (end_last + 2 >= sentence_last && view.is_punct(end_last + 1));
    f.add(25, u32::from(first == sentence_first), u32::from(to_end), way);
    f.add(26, u32::from(to_end), lemma, side);
    f.add(59, u32::from(to_end), saying, way);
    let same = u32::from(first >= sentence_first && first < sentence_last)
        + 2 * u32::from(end_first >= sentence_first && end_last < sentence_last);
    f.add(27, same, way, n_parts);
    // What stands between cue and content.
    let (gap_from, gap_to) = if first > cue { (cue + 1, first) } else { ((last + 1).min(cue), cue) };
    let mut gap = 0u32;
    if gap_to - gap_from < 40 {
        for at in gap_from..gap_to {
            gap |= match view.pos_of(at) {
                "VERB" => 1,
                "PUNCT" if matches!(view.word(at), "." | "!" | "?") => 2,
                "PUNCT" if view.is_mark(at) => 4,
                "PUNCT" => 8,
                "SCONJ" => 16,
                "ADP" => 32,
                _ => 0,
            };
        }
    } else {
        gap = 64;
    }
    f.add(28, gap, side, way);
    f.add(29, gap, marks, pos);
    if gap_to == gap_from + 1 || gap_to == gap_from + 2 {
        f.add(30, view.lemma[gap_from], lemma, side);
        f.add(31, view.lemma[gap_to - 1], way, 0);
    }
    // The end.
    f.add(32, view.tag[end_last], way, 0);
    let ends_in_comma = end_last > 0 && view.is_mark(end_last) && view.word(end_last - 1) == ",";
    f.add(33, u32::from(ends_in_comma), marks, side);
    if candidate.n_parts > 1 {
        let (second, _) = candidate.parts[1];
        let stop = second > 0 && matches!(view.word(second - 1), "." | "!" | "?");
        let capital = view.word((second + 1).min(view.n() - 1)).chars().next().is_some_and(char::is_uppercase);
        let gap = (second - cue.min(second)).min(12) as u32;
        f.add(34, u32::from(stop) + 2 * u32::from(ends_in_comma_at(view, last)), u32::from(capital), way);
        f.add(35, gap, u32::from(stop), way);
        f.add(
            36,
            marks_in(view, second, candidate.parts[1].1),
            way,
            u32::from(view.block_of(second) == view.block_of(cue)),
        );
    }
    let inside = view.marked_of[cue] != OUTSIDE;
    f.add(37, u32::from(inside), way, marks);
    let n_verbs = (first..=last.min(first + 30)).filter(|it| view.pos_of(*it) == "VERB").count().min(3);
    f.add(38, n_verbs as u32, way, lemma);
    f.add(39, n_verbs as u32, view.dep[root], pos);
    if let Some(marker) = view.child(root, &["mark"]).filter(|it| (first..=last).contains(it)) {
        f.add(42, view.lemma[marker], way, u32::from(marker == first));
    }
}

/// ", but Moscow was willing": whether what is coordinated behind or inside is told by the same speaker shows in "that",
/// in the tense and in who it is about.
fn coordination(view: &View<'_>, cue: usize, candidate: &Candidate, f: &mut Features) {
    const LOOK_BACK: usize = 60;
    let (first, _) = candidate.parts[0];
    let (_, last) = candidate.parts[candidate.n_parts - 1];
    let (_, end) = view.sentence(cue);
    let mut say = |kind: u32, at: usize| {
        let verb = (at + 1..(at + 9).min(view.n())).find(|it| matches!(view.pos_of(*it), "VERB" | "AUX"));
        let next = (at + 1).min(view.n() - 1);
        f.add(kind, view.lemma[at], view.lemma[next], view.tag[cue]);
        f.add(kind + 1, view.lemma[at], verb.map_or(0, |it| view.tag[it]), view.tag[cue]);
        f.add(kind + 2, view.lemma[at], verb.map_or(0, |it| view.lemma[it]), view.tag[cue]);
        f.add(kind + 3, view.lemma[at], view.tag[next], u32::from(view.head(at) == cue));
    };
    let is_link = |at: usize| view.dep_of(at) == "cc";
    if first > cue {
        if last + 2 < end && is_link(last + 2) && view.word(last + 1) == "," {
            say(60, last + 2);
        }
        let inside = (first.max(last.saturating_sub(LOOK_BACK)) + 1..last).rev();
        if let Some(at) = inside.into_iter().find(|it| is_link(*it) && view.word(it - 1) == ",") {
            say(64, at);
        }
    }
}

fn ends_in_comma_at(view: &View<'_>, last: usize) -> bool {
    last > 0 && view.is_mark(last) && view.word(last - 1) == ","
}
