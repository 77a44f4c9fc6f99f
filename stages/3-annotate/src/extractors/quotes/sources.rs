//! Whose words they are: the candidates for the source of a cue, and what speaks for each.

use super::contents::Candidate;
use super::cues::subject_of;
use super::weights::Features;
use crate::view::{OUTSIDE, View};

/// How a source was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// None is named.
    Nobody = 1,
    /// The cue's subject.
    Subject,
    /// A subject it shares with a verb above.
    SharedSubject,
    /// "…, said by X", "X's claim", "according to X".
    Below,
    /// The noun that the cue describes: "Novak, citing …".
    Above,
    /// A noun phrase right before the cue.
    Before,
    /// A noun phrase right after it.
    After,
    /// A genitive.
    Genitive,
    /// The last subject of the sentence before.
    Earlier,
}

/// A candidate source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source {
    pub(crate) link: Link,
    /// The noun it turns on.
    pub(crate) head: usize,
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Which of the phrase's borders it takes: 0 whole, 1 up to the first comma, 2 the core, 3 up to the relative clause.
    pub(crate) cut: u32,
}

const SOURCES_MAX: usize = 40;

/// All candidates; the first is "nobody".
pub(crate) fn candidates(view: &View<'_>, cue: usize, content: Option<&Candidate>, into: &mut Vec<Source>) {
    into.clear();
    into.push(Source { link: Link::Nobody, head: cue, first: cue, last: cue, cut: 0 });
    if let Some((subject, steps)) = subject_of(view, cue) {
        phrases(view, cue, subject, if steps == 0 { Link::Subject } else { Link::SharedSubject }, into);
    }
    for child in view.children(cue) {
        match view.dep_of(child) {
            "nsubj" | "nsubjpass" | "csubj" | "expl" => phrases(view, cue, child, Link::Subject, into),
            "poss" => phrases(view, cue, child, Link::Genitive, into),
            "amod" | "compound" | "nmod" => phrases(view, cue, child, Link::Genitive, into),
            "agent" | "prep" | "dative" => {
                for inner in view.children(child).filter(|it| matches!(view.dep_of(*it), "pobj" | "pcomp")) {
                    phrases(view, cue, inner, Link::Below, into);
                    // "by spokesmen for X": the phrase is whole; "to a report by X": one deeper too.
                    for deep in view
                        .children(inner)
                        .filter(|it| view.dep_of(*it) == "prep" && matches!(view.word(*it), "by" | "from" | "of"))
                    {
                        for last in view.children(deep).filter(|it| view.dep_of(*it) == "pobj") {
                            phrases(view, cue, last, Link::Below, into);
                        }
                    }
                }
            }
            "dobj" | "attr" | "npadvmod" | "appos" | "dep" | "pobj" => phrases(view, cue, child, Link::After, into),
            _ => {}
        }
    }
    // Upwards.
    let mut at = cue;
    for _ in 0..5 {
        let head = view.head(at);
        if head == at {
            break;
        }
        if is_nominal(view, head) {
            phrases(view, cue, head, Link::Above, into);
        } else if let Some(subject) = view.child(head, &["nsubj", "nsubjpass"]) {
            phrases(view, cue, subject, Link::SharedSubject, into);
        }
        if let Some(agent) = view.child(head, &["agent"]).and_then(|it| view.child(it, &["pobj"])) {
            phrases(view, cue, agent, Link::SharedSubject, into);
        }
        at = head;
    }
    // Neighbours, for headlines and parses gone wrong.
    let (first, last) = view.sentence(cue);
    let mut at = cue;
    for _ in 0..6 {
        if at == first {
            break;
        }
        at -= 1;
        if is_nominal(view, at) && view.dep_of(at) != "compound" {
            phrases(view, cue, at, Link::Before, into);
            break;
        }
    }
    for at in cue + 1..(cue + 10).min(last) {
        if is_nominal(view, at) && view.dep_of(at) != "compound" {
            phrases(view, cue, at, Link::After, into);
            break;
        }
    }
    if (cue == first || view.sentence(cue).0 + 1 == cue)
        && first > 0
        && view.block_of(first - 1) == view.block_of(first)
    {
        let (start, end) = view.sentence(first - 1);
        if let Some(subject) = (start..end).find(|it| view.dep_of(*it) == "nsubj") {
            phrases(view, cue, subject, Link::Earlier, into);
        }
    }
    // A source does not lie inside its own content, unless the content is the whole relative.
    if let Some(content) = content {
        into.retain(|it| {
            it.link == Link::Nobody || !content.parts().iter().any(|(a, b)| *a <= it.head && it.head <= *b)
        });
    }
}

pub(crate) fn is_nominal(view: &View<'_>, ix: usize) -> bool {
    matches!(view.pos_of(ix), "NOUN" | "PROPN" | "PRON" | "NUM")
        || (view.pos_of(ix) == "ADJ" && matches!(view.dep_of(ix), "nsubj" | "pobj"))
        || (view.pos_of(ix) == "DET" && matches!(view.dep_of(ix), "nsubj" | "nsubjpass"))
}

/// The phrase round `head` with each of its borders.
fn phrases(view: &View<'_>, cue: usize, head: usize, link: Link, into: &mut Vec<Source>) {
    let mut push = |first: usize, last: usize, cut: u32| {
        if last < first {
            return;
        }
        let (mut first, mut last) = (first, last);
        // A mark that closes what stands before is no part of the name.
        let is_stray =
            |at: usize| view.is_punct(at) && (!view.is_mark(at) || view.marked_of[at] != view.marked_of[at + 1]);
        while first < last && is_stray(first)
            || first < last && matches!(view.dep_of(first), "cc" | "preconj") && first < head
        {
            first += 1;
        }
        while last > first && view.is_punct(last) && view.word(last) != ")" {
            last -= 1;
        }
        if (first..=last).contains(&cue)
            || into.len() >= SOURCES_MAX
            || into.iter().any(|it| it.link != Link::Nobody && (it.first, it.last) == (first, last))
        {
            return;
        }
        into.push(Source { link, head, first, last, cut });
    };
    let (mut first, mut last) = view.edges(head);
    if cue < head && first <= cue {
        first = cue + 1;
    }
    if cue > head && last >= cue {
        last = cue - 1;
    }
    if first > head || last < head {
        return;
    }
    push(first, last, 0);
    if let Some(comma) = (head + 1..=last).find(|it| view.word(*it) == ",") {
        push(first, comma.saturating_sub(1), 1);
    }
    if let Some(clause) =
        view.children(head).find(|it| *it > head && matches!(view.dep_of(*it), "relcl" | "acl" | "advcl"))
    {
        let (clause_first, _) = view.edges(clause);
        if clause_first > head && clause_first <= last {
            push(first, clause_first - 1, 3);
        }
    }
    // "officials in Kyiv on Monday": up to each preposition.
    for child in view
        .children(head)
        .filter(|it| *it > head && matches!(view.dep_of(*it), "prep" | "appos" | "conj" | "punct" | "cc"))
    {
        let (child_first, _) = view.edges(child);
        if child_first > head && child_first <= last {
            push(first, child_first - 1, 4);
        }
    }
    if let Some(appositive) = view.child(head, &["appos"]).filter(|it| *it > head) {
        let (a, b) = view.edges(appositive);
        push(a, b.min(last), 5);
        push(first, b.min(last), 6);
    }
    push(first, head, 2);
}

/// Says all that speaks for or against a source.
pub(crate) fn features(view: &View<'_>, cue: usize, content: Option<&Candidate>, source: &Source, f: &mut Features) {
    f.clear();
    let lemma = view.lemma[cue];
    let tag = view.tag[cue];
    let link = source.link as u32;
    let way = content.map_or(0, |it| it.way as u32);
    f.add(1, link, way, 0);
    f.add(2, link, lemma, 0);
    let saying = u32::from(view.saying[cue]);
    f.add(38, link, saying, way);
    f.add(3, link, tag, view.dep[cue]);
    if source.link == Link::Nobody {
        f.add(4, tag, view.dep[cue], way);
        f.add(5, lemma, view.dep[cue], 0);
        let shape = u32::from(subject_of(view, cue).is_some())
            + 2 * u32::from(view.child(cue, &["poss"]).is_some())
            + 4 * u32::from(view.child(cue, &["agent"]).is_some())
            + 8 * u32::from(view.child(cue, &["auxpass"]).is_some());
        f.add(6, shape, tag, 0);
        f.add(7, shape, way, 0);
        return;
    }
    let head = source.head;
    let kind = u32::from(view.name[head]);
    let side = u32::from(head > cue);
    let (dep, head_tag) = (view.dep[head], view.tag[head]);
    f.add(8, dep, link, side);
    f.add(9, dep, lemma, side);
    f.add(39, dep, saying, side);
    f.add(10, view.lemma[head], link, 0);
    f.add(11, view.lemma[head], lemma, 0);
    f.add(12, head_tag, kind, link);
    f.add(13, head_tag, lemma, dep);
    let distance = head.abs_diff(cue).min(12) as u32;
    f.add(14, distance, side, link);
    f.add(15, distance, side, tag);
    f.add(16, view.lemma[view.head(head)], dep, link);
    f.add(17, u32::from(view.head(head) == cue), dep, tag);
    let passive = u32::from(view.child(cue, &["auxpass"]).is_some());
    f.add(18, passive, dep, link);
    f.add(19, passive, lemma, dep);
    // Borders.
    f.add(20, source.cut, link, head_tag);
    let next = if source.last + 1 < view.n() { source.last + 1 } else { source.last };
    let (next_lemma, next_tag) = (view.lemma[next], view.tag[next]);
    f.add(21, source.cut, next_tag, view.dep[next]);
    f.add(22, source.cut, next_lemma, 0);
    f.add(23, view.tag[source.last], next_tag, source.cut);
    f.add(24, view.tag[source.first], source.cut, 0);
    f.add(25, view.lemma[source.last], next_lemma, 0);
    let length = (source.last - source.first + 1).min(20) as u32;
    f.add(26, length, source.cut, link);
    f.add(27, length.min(6), head_tag, kind);
    let commas = (source.first..=source.last).filter(|it| view.word(*it) == ",").count().min(3) as u32;
    f.add(28, commas, source.cut, next_lemma);
    let inner = view.children(head).filter(|it| *it > head && *it <= source.last).fold(0u32, |bits, it| {
        bits | match view.dep_of(it) {
            "relcl" => 1,
            "acl" => 2,
            "prep" => 4,
            "appos" => 8,
            "conj" => 16,
            _ => 0,
        }
    });
    f.add(29, inner, source.cut, side);
    f.add(30, inner, next_lemma, kind);
    let outer = view.children(head).filter(|it| *it > source.last).fold(0u32, |bits, it| {
        bits | match view.dep_of(it) {
            "relcl" => 1,
            "acl" => 2,
            "prep" => 4,
            "appos" => 8,
            "conj" => 16,
            _ => 0,
        }
    });
    f.add(31, outer, source.cut, side);
    f.add(32, outer, inner, head_tag);
    // Against the content.
    if let Some(content) = content {
        let (first, _) = content.parts[0];
        let (_, last) = content.parts[content.n_parts - 1];
        let place = if head < first {
            0
        } else if head > last {
            2
        } else {
            1
        };
        let gap = if head < first { first - head } else { head.saturating_sub(last) };
        f.add(33, place, way, side);
        f.add(34, gap.min(8) as u32, place, way);
        f.add(35, place, link, lemma);
    }
    let inside = view.marked_of[head] != OUTSIDE;
    let cue_inside = view.marked_of[cue] != OUTSIDE;
    f.add(36, u32::from(inside), u32::from(cue_inside), link);
    f.add(37, u32::from(source.first == view.sentence(cue).0), link, source.cut);
}
