//! What can go from a sentence that is retold, without changing what the rest says: clauses and descriptions set off by
//! commas, what is joined with a subject of its own, asides in brackets. What a condition, a reason or a source hangs on stays.

use rapporteur_model::{Anchor, Annotations, Span, Token, TokenIx};

use crate::view::View;

/// Sentences up to this many words stay as they are.
const WORDS_KEPT: usize = 18;
/// A description of fewer words between commas stays: offices and ages.
const DESCRIPTION_WORDS_MIN: usize = 6;

/// The stretches of a sentence that may go; what holds `keep` stays.
pub(crate) fn cuts(view: &View<'_>, anchor: Anchor, keep: Option<Span>) -> Vec<Span> {
    let report = view.report(anchor.report);
    let known = &report.annotations;
    let text = report.text();
    let inside = view.tokens(anchor);
    if inside.len() <= WORDS_KEPT {
        return Vec::new();
    }
    let sentence = Sentence { known, text, first: inside.start, end: inside.end };
    let quoted: Vec<Span> = known.quotes.iter().flat_map(|it| it.quoted.iter().copied()).collect();
    let mut found: Vec<Span> = Vec::new();
    for ix in inside {
        let Some(cut) = sentence.cut_of(ix) else { continue };
        // "slipped — for a day, as it turned out — into their hands": a dash of two stays with the other.
        let n_dashes = cut.of(text).chars().filter(|it| matches!(it, '–' | '—')).count();
        let kept = n_dashes % 2 == 1 && !cut.of(text).starts_with(['–', '—', ' '])
            || keep.is_some_and(|it| it.overlaps(cut))
            || quoted.iter().any(|it| it.overlaps(cut));
        // What somebody is said to say must keep who says it, and who says something what they say.
        let source = known.quotes.iter().any(|it| {
            let parts = || it.cue.iter().chain(&it.source).chain(&it.content);
            parts().any(|it| cut.overlaps(*it)) && !parts().all(|it| cut.contains(*it))
        });
        if !kept && !source && !found.iter().any(|it| it.overlaps(cut)) {
            found.push(cut);
        }
    }
    found
}

/// The tokens of one sentence.
struct Sentence<'a> {
    known: &'a Annotations,
    text: &'a str,
    first: usize,
    end: usize,
}

impl Sentence<'_> {
    fn token(&self, ix: usize) -> &Token {
        &self.known.tokens[ix]
    }

    fn word(&self, ix: usize) -> &str {
        self.token(ix).span.of(self.text)
    }

    /// First and last token below `ix`.
    fn edges(&self, ix: usize) -> (usize, usize) {
        let below = |it: &usize| self.known.is_below(TokenIx::from(*it), TokenIx::from(ix));
        let inside = || (self.first..self.end).filter(below);
        let low = inside().next().unwrap_or(ix);
        (low, inside().next_back().unwrap_or(ix))
    }

    fn children(&self, ix: usize) -> impl Iterator<Item = usize> + '_ {
        (self.first..self.end).filter(move |it| *it != ix && self.token(*it).head.ix() == ix)
    }

    /// Whether a noun stands in a description that a comma before `end` has opened.
    fn is_in_description(&self, noun: usize, end: usize) -> bool {
        let noun = TokenIx::from(noun);
        let mut over = std::iter::once(noun).chain(self.known.ancestors(noun)).take(8).map(TokenIx::ix);
        over.find(|it| self.token(*it).dep == "appos").is_some_and(|it| {
            let (low, _) = self.edges(it);
            self.first < low && low < end && self.word(low - 1) == ","
        })
    }

    /// Whether a token belongs to the subject of a verb behind it.
    fn has_subject_at(&self, ix: usize) -> bool {
        let at = TokenIx::from(ix);
        let mut up = std::iter::once(at).chain(self.known.ancestors(at)).take(6).map(TokenIx::ix);
        up.find(|it| !matches!(self.token(*it).dep, "compound" | "poss" | "amod" | "nmod"))
            .is_some_and(|it| self.token(it).dep.starts_with("nsubj") && it < self.token(it).head.ix())
    }

    /// Whether a clause or description says who or what the named subject is: who meets the name first needs it.
    fn introduces(&self, ix: usize) -> bool {
        let head = self.token(self.token(ix).head.ix());
        matches!(self.token(ix).dep, "relcl" | "appos") && head.pos == "PROPN" && head.dep.starts_with("nsubj")
    }

    /// What goes with the token `ix`, when the words below it can go.
    fn cut_of(&self, ix: usize) -> Option<Span> {
        let token = self.token(ix);
        if !matches!(token.dep, "relcl" | "acl" | "appos" | "advcl" | "conj") {
            return None;
        }
        let (mut low, high) = self.edges(ix);
        let may_go = match token.dep {
            // "which means that …": what follows from the rest is part of it.
            "relcl" => !matches!(
                token.lemma.of(&self.known.lemmas),
                "mean" | "lead" | "cause" | "result" | "make" | "allow" | "let" | "prompt" | "force"
            ),
            "acl" => token.tag == "VBN" || token.tag == "VBG",
            // A list that the parser took for a description stays.
            "appos" => {
                let described = self.word(low).eq_ignore_ascii_case("the") || matches!(self.word(low), "a" | "an");
                let list = (low..=high).any(|it| self.token(it).dep == "conj");
                described && !list && DESCRIPTION_WORDS_MIN <= high - low
            }
            "advcl" => {
                let mark = self.children(ix).find(|it| matches!(self.token(*it).dep, "mark" | "advmod") && *it < ix);
                let word = mark.map_or(String::new(), |it| self.word(it).to_lowercase());
                // What stands against the rest, "while", "although", stays: without it the rest says something else.
                matches!(word.as_str(), "as" | "after" | "amid")
                    || mark.is_none() && token.tag == "VBG" && token.head.ix() < ix
            }
            // ", but X did Y": said beside.
            "conj" => {
                let own = self.children(ix).any(|it| matches!(self.token(it).dep, "nsubj" | "nsubjpass") && it < ix);
                let verb = matches!(token.pos, "VERB" | "AUX");
                let after = token.head.ix() < ix;
                if own && verb && after {
                    // With the "and" or "but" before it.
                    while self.first < low && self.token(low - 1).dep == "cc" {
                        low -= 1;
                    }
                }
                let against = (self.first..=ix).any(|it| {
                    self.token(it).dep == "cc"
                        && self.token(it).head == token.head
                        && matches!(self.word(it).to_lowercase().as_str(), "but" | "yet" | "or")
                });
                own && verb && after && !against
            }
            _ => false,
        };
        if !may_go || low <= self.first || self.introduces(ix) {
            return None;
        }
        let comma = |it: usize| matches!(self.word(it), "," | "–" | "—" | ";");
        if !comma(low - 1) {
            return None;
        }
        let next = high + 1;
        let start = self.token(low - 1).span.start();
        // Up to the comma that closes it, or to the end of the sentence.
        if next < self.end && comma(next) {
            // "Lind, who lives with his friend, Eva Berg, left": the name that would be left standing belongs to what goes.
            if next + 1 < self.end && self.token(next + 1).pos == "PROPN" && !self.has_subject_at(next + 1) {
                return None;
            }
            // "where most had hoped for it, including the capital": what follows hangs on what goes.
            const HANGS: [&str; 7] = ["including", "such", "especially", "particularly", "notably", "among", "mainly"];
            if next + 1 < self.end && HANGS.contains(&self.word(next + 1).to_lowercase().as_str()) {
                return None;
            }
            // "Lind, envoy of the premier, who spoke, left": the comma closes the description too.
            let described = token.dep != "appos" && self.is_in_description(token.head.ix(), low - 1);
            let end = if described { self.token(high).span.end() } else { self.token(next).span.end() };
            return Some(Span::new(start, end));
        }
        let rest_is_marks = (next..self.end).all(|it| self.token(it).pos == "PUNCT" || self.token(it).pos == "SPACE");
        rest_is_marks.then(|| Span::new(start, self.token(high).span.end()))
    }
}
