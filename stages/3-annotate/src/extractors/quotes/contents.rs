//! Which stretch is the content of a cue: the candidates a parse and the quotation marks offer, and what speaks for each.

mod features;

use rapporteur_model::Span;

use crate::view::{OUTSIDE, View};
pub(crate) use features::features;

/// How a candidate was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// A run of what hangs on the cue to the right: "that …", "to …", "X a hoax".
    Right = 1,
    /// The same without the preposition it starts with: "called for" X.
    AfterPreposition,
    /// Something that hangs on the cue to the left: a clause before "he said", the subject of a passive.
    Left,
    /// The clause that the cue's own clause hangs on, before it.
    HostBefore,
    /// The host clause after it.
    HostAfter,
    /// The host clause on both sides.
    HostBoth,
    /// The marked stretch before.
    MarkedBefore,
    /// The marked stretch after.
    MarkedAfter,
    /// Both.
    MarkedBoth,
    /// The marked stretch after and what goes on in marks behind it.
    MarkedOn,
    /// The sentence up to the cue's clause.
    SentenceBefore,
    /// The sentence after the cue.
    SentenceAfter,
    /// A relative's antecedent: "the plan he called".
    Antecedent,
    /// The sentence before as a whole.
    PreviousSentence,
    /// Left clause and the marked stretch after.
    LeftAndMarked,
}

/// A candidate: up to three stretches of bytes, first and last token of each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) way: Way,
    /// First and last token of each part.
    pub(crate) parts: [(usize, usize); 3],
    pub(crate) n_parts: usize,
}

impl Candidate {
    fn one(way: Way, first: usize, last: usize) -> Candidate {
        Candidate { way, parts: [(first, last), (0, 0), (0, 0)], n_parts: 1 }
    }

    pub(crate) fn parts(&self) -> &[(usize, usize)] {
        &self.parts[..self.n_parts]
    }

    /// Bytes of every part.
    pub(crate) fn spans(&self, view: &View<'_>) -> Vec<Span> {
        self.parts().iter().map(|(first, last)| view.cover(*first, *last)).collect()
    }
}

const CANDIDATES_MAX: usize = 80;

/// Collects candidates without repeats.
struct Collector<'v, 'a> {
    view: &'v View<'a>,
    cue: usize,
    into: &'v mut Vec<Candidate>,
}

impl Collector<'_, '_> {
    /// Takes the stretch, trimmed of the marks of the sentence and without the cue.
    fn add(&mut self, way: Way, first: usize, last: usize) {
        if let Some((first, last)) = trim(self.view, first, last)
            && !(first..=last).contains(&self.cue)
        {
            let (first, last) = self.with_marks(first, last);
            self.push(Candidate::one(way, first, last));
        }
    }

    fn push(&mut self, candidate: Candidate) {
        if self.into.len() < CANDIDATES_MAX && !self.into.iter().any(|it| it.parts() == candidate.parts()) {
            self.into.push(candidate);
        }
    }

    fn add_two(&mut self, way: Way, a: (usize, usize), b: (usize, usize)) {
        let (Some(a), Some(b)) = (trim(self.view, a.0, a.1), trim(self.view, b.0, b.1)) else { return };
        if !(a.0..=a.1).contains(&self.cue) && !(b.0..=b.1).contains(&self.cue) && a.1 < b.0 {
            self.push(Candidate { way, parts: [a, b, (0, 0)], n_parts: 2 });
        }
    }

    /// A stretch that is all of a speech but for a mark takes the mark in.
    fn with_marks(&self, first: usize, last: usize) -> (usize, usize) {
        let at = self.view.marked_of[first.saturating_sub(1).max(self.view.sentence(first).0)];
        let marked = if at == OUTSIDE { None } else { self.marked(at as usize) };
        marked
            .filter(|it| first <= it.0 + 1 && it.0 <= first && it.1 <= last + 1 && last <= it.1)
            .unwrap_or((first, last))
    }

    /// The marked stretch as tokens.
    fn marked(&self, at: usize) -> Option<(usize, usize)> {
        let marked = self.view.marked.get(at)?;
        let (first, end) =
            (self.view.token_at(marked.outer.start()), self.view.token_at(marked.outer.end().saturating_sub(1)));
        (first < self.view.n() && end < self.view.n() && first <= end && self.view.marked_of[first] == at as u32)
            .then_some((first, end))
    }
}

/// Without the commas and stops at both ends; marks that enclose it or close a quotation stay.
fn trim(view: &View<'_>, mut first: usize, mut last: usize) -> Option<(usize, usize)> {
    if first > last || last >= view.n() {
        return None;
    }
    let is_edge = |ix: usize| {
        view.is_punct(ix)
            && matches!(view.word(ix), "," | "." | ";" | ":" | "—" | "–" | "-" | "--" | "―" | "..." | ")" | "(")
            || view.pos_of(ix) == "SPACE"
    };
    while first < last && (is_edge(first) || view.dep_of(first) == "cc") {
        first += 1;
    }
    while last > first && is_edge(last) && !(view.word(last) == ")" && (first..last).any(|it| view.word(it) == "(")) {
        // A stop inside quotation marks belongs to them.
        if view.marked_of[last] != OUTSIDE && view.marked_of[last] == view.marked_of[first] {
            break;
        }
        last -= 1;
    }
    // A mark that opens at the end or closes at the start belongs to a neighbour.
    if first < last
        && view.is_mark(last)
        && (view.marked_of[last] == OUTSIDE || view.marked_of[last - 1] != view.marked_of[last])
    {
        last -= 1;
    }
    Some((first, last))
}

/// All candidates for the cue at `cue`.
pub(crate) fn candidates(view: &View<'_>, cue: usize, into: &mut Vec<Candidate>) {
    into.clear();
    let mut c = Collector { view, cue, into };
    from_marks(&mut c);
    from_right(&mut c, cue);
    from_left(&mut c);
    from_host(&mut c);
    let (first, last) = view.sentence(cue);
    let (own_first, _) = view.edges(cue);
    if cue > first {
        let subject = view.child(cue, &["nsubj", "nsubjpass"]).map_or(cue, |it| view.edges(it).0.min(cue));
        if subject > first {
            c.add(Way::SentenceBefore, first, subject - 1);
        }
        if own_first > first {
            c.add(Way::SentenceBefore, first, own_first - 1);
        }
        c.add(Way::SentenceBefore, first, cue - 1);
    }
    if cue + 1 < last {
        c.add(Way::SentenceAfter, cue + 1, last - 1);
    }
    if matches!(view.dep_of(cue), "relcl" | "acl") {
        let head = view.head(cue);
        if head < cue {
            let (head_first, _) = view.edges(head);
            c.add(Way::Antecedent, head_first, head);
        }
    }
    if first > 0 && view.block_of(first - 1) == view.block_of(first) {
        let (before, _) = view.sentence(first - 1);
        c.add(Way::PreviousSentence, before, first - 1);
    }
}

/// Runs of the right children, whole or up to where one of them ends.
fn from_right(c: &mut Collector<'_, '_>, cue: usize) {
    let view = c.view;
    let (_, sentence_end) = view.sentence(cue);
    let right: Vec<usize> =
        view.children(cue).filter(|it| *it > cue && view.edges(*it).0 > cue && !view.is_punct(*it)).collect();
    const RUN_MAX: usize = 7;
    for (nth, start) in right.iter().take(RUN_MAX).enumerate() {
        let (first, own_last) = view.edges(*start);
        let mut ends = vec![own_last];
        ends.extend(right.iter().take(RUN_MAX).skip(nth + 1).map(|it| view.edges(*it).1));
        for end in ends.iter().filter(|it| **it < sentence_end) {
            c.add(Way::Right, first, *end);
        }
        if matches!(view.dep_of(*start), "prep" | "agent" | "dative") {
            for inner in view.children(*start).filter(|it| *it > *start) {
                let (inner_first, _) = view.edges(inner);
                for end in ends.iter().filter(|it| **it >= inner_first && **it < sentence_end) {
                    c.add(Way::AfterPreposition, inner_first, *end);
                }
                // "in an interview with X that …": one step deeper.
                for deep in view
                    .children(inner)
                    .filter(|it| *it > inner && matches!(view.dep_of(*it), "acl" | "relcl" | "prep" | "ccomp"))
                {
                    let (deep_first, deep_last) = view.edges(deep);
                    c.add(Way::AfterPreposition, deep_first, deep_last);
                }
            }
        }
        // The clause a noun brings with it: "made the claim that …".
        if matches!(view.dep_of(*start), "dobj" | "attr" | "oprd") {
            for inner in view
                .children(*start)
                .filter(|it| *it > *start && matches!(view.dep_of(*it), "acl" | "relcl" | "prep" | "ccomp" | "xcomp"))
            {
                let (inner_first, inner_last) = view.edges(inner);
                c.add(Way::AfterPreposition, inner_first, inner_last);
            }
        }
        // Without what trails behind a comma: "…, as US envoys head to Moscow".
        for tail in view.children(*start).filter(|it| {
            *it > *start
                && matches!(view.dep_of(*it), "advcl" | "prep" | "npadvmod" | "conj" | "cc" | "relcl" | "punct")
        }) {
            let (tail_first, _) = view.edges(tail);
            if tail_first > first {
                c.add(Way::Right, first, tail_first - 1);
            }
        }
    }
}

fn from_left(c: &mut Collector<'_, '_>) {
    let (view, cue) = (c.view, c.cue);
    let left: Vec<usize> = view
        .children(cue)
        .filter(|it| {
            *it < cue
                && matches!(
                    view.dep_of(*it),
                    "ccomp"
                        | "advcl"
                        | "nsubjpass"
                        | "dobj"
                        | "nsubj"
                        | "parataxis"
                        | "intj"
                        | "dep"
                        | "poss"
                        | "prep"
                        | "pobj"
                        | "csubj"
                        | "advmod"
                        | "attr"
                )
        })
        .collect();
    for child in left {
        let (first, last) = view.edges(child);
        if last < cue {
            c.add(Way::Left, first, last);
            if view.dep_of(child) == "ccomp" {
                // From the start of the sentence: conjuncts and adverbs that the parser hung elsewhere.
                c.add(Way::Left, view.sentence(cue).0, last);
            }
        } else {
            c.add(Way::Left, first, cue - 1);
        }
    }
}

fn from_host(c: &mut Collector<'_, '_>) {
    let (view, cue) = (c.view, c.cue);
    let mut at = cue;
    let (mut own_first, mut own_last) = view.edges(cue);
    for _ in 0..3 {
        let host = view.head(at);
        if host == at {
            break;
        }
        let (first, last) = view.edges(host);
        let before = (own_first > first).then(|| (first, own_first - 1));
        let after = (own_last < last).then(|| (own_last + 1, last));
        if let Some((first, last)) = before {
            c.add(Way::HostBefore, first, last);
            without_tails(c, Way::HostBefore, host, first, last);
        }
        if let Some((first, last)) = after {
            c.add(Way::HostAfter, first, last);
            without_tails(c, Way::HostAfter, host, first, last);
        }
        if let (Some(a), Some(b)) = (before, after) {
            c.add_two(Way::HostBoth, a, b);
        }
        at = host;
        if !matches!(view.dep_of(at), "prep" | "pcomp" | "pobj" | "advcl" | "amod" | "advmod") {
            break;
        }
        // "according to": the clause is above the preposition's whole subtree.
        (own_first, own_last) = view.edges(at);
    }
}

/// The clause without what trails behind a comma: "the river rose, forcing people to leave".
fn without_tails(c: &mut Collector<'_, '_>, way: Way, host: usize, first: usize, last: usize) {
    let view = c.view;
    let tails = view.children(host).filter(|it| {
        let (from, _) = view.edges(*it);
        from > first + 1
            && from <= last
            && matches!(view.dep_of(*it), "advcl" | "prep" | "conj")
            && view.word(from - 1) == ","
    });
    for tail in tails.collect::<Vec<_>>() {
        c.add(way, first, view.edges(tail).0 - 2);
    }
}

fn from_marks(c: &mut Collector<'_, '_>) {
    let (view, cue) = (c.view, c.cue);
    let here = view.span(cue).start();
    let next = view.marked.partition_point(|it| it.outer.end() <= here);
    let inside = view.marked.get(next).is_some_and(|it| it.outer.contains_offset(here));
    let (before, after) = (next.checked_sub(1), if inside { next + 1 } else { next });
    let block = view.block_of(cue);
    let before = before.and_then(|it| c.marked(it)).filter(|it| view.block_of(it.0) == block && cue - it.1 < 40);
    let near = |it: &(usize, usize)| {
        view.block_of(it.0) == block && it.0 - cue < 60
            || view.block_of(it.0) == block + 1 && view.sentence(cue).1 == it.0 && leads_on(view, it.0)
    };
    let after_at = after;
    let after = c.marked(after).filter(near);
    if let Some(a) = before {
        c.push(Candidate::one(Way::MarkedBefore, a.0, a.1));
        // Words that lead into the marks: "to stand "as strong as possible"".
    }
    if let Some(b) = after {
        c.push(Candidate::one(Way::MarkedAfter, b.0, b.1));
        if let Some(a) = before {
            c.push(Candidate { way: Way::MarkedBoth, parts: [a, b, (0, 0)], n_parts: 2 });
        }
        // What goes on in marks with nothing between.
        let mut parts = vec![b];
        for at in after_at + 1..after_at + 3 {
            let Some(on) = c.marked(at) else { break };
            let end = parts.last().map_or(0, |it| it.1);
            if on.0 != end + 1 {
                break;
            }
            parts.push(on);
        }
        if parts.len() > 1 {
            let mut candidate = Candidate { way: Way::MarkedOn, parts: [b, parts[1], (0, 0)], n_parts: 2 };
            c.push(candidate);
            if let Some(third) = parts.get(2) {
                candidate.parts[2] = *third;
                candidate.n_parts = 3;
                c.push(candidate);
            }
        }
        // An indirect clause before and marks after: "He would stay, she said. "We need him.""
        for child in view.children(cue).filter(|it| *it < cue && view.dep_of(*it) == "ccomp") {
            let (first, last) = view.edges(child);
            if last < cue {
                c.add_two(Way::LeftAndMarked, (first, last), b);
            }
        }
    }
}

/// Whether the line before the one that starts here leads over to it: "Novak told the council:".
fn leads_on(view: &View<'_>, start: usize) -> bool {
    (0..start).rev().find(|it| view.pos_of(*it) != "SPACE").is_some_and(|it| matches!(view.word(it), ":" | ","))
}

/// How a stretch stands to the quotation marks: 1 it is one marked stretch, 2 it begins with one, 3 it ends with one,
/// 4 it holds one, 5 it cuts one, 6 it lies inside one, 0 none.
pub(crate) fn marks_in(view: &View<'_>, first: usize, last: usize) -> u32 {
    let (a, b) = (view.marked_of[first], view.marked_of[last]);
    let cut_left = a != OUTSIDE && first > 0 && view.marked_of[first - 1] == a;
    let cut_right = b != OUTSIDE && last + 1 < view.n() && view.marked_of[last + 1] == b;
    if a != OUTSIDE && a == b {
        return if !cut_left && !cut_right {
            1
        } else if cut_left && cut_right {
            6
        } else {
            5
        };
    }
    if cut_left || cut_right {
        return 5;
    }
    match (a != OUTSIDE, b != OUTSIDE) {
        (true, _) => 2,
        (_, true) => 3,
        _ => {
            let at = view.marked.partition_point(|it| it.outer.end() <= view.span(first).start());
            4 * u32::from(view.marked.get(at).is_some_and(|it| it.outer.start() < view.span(last).end()))
        }
    }
}

/// The label by which the stretch hangs on the rest: of the word whose head is outside.
pub(crate) fn top(view: &View<'_>, first: usize, last: usize) -> usize {
    let mut at = first;
    for _ in 0..32 {
        let head = view.head(at);
        if head == at || head < first || head > last {
            break;
        }
        at = head;
    }
    at
}
