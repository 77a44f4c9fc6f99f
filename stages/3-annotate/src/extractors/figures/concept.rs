//! What a figure measures, in the report's own words.

use rapporteur_model::{Annotations, Span, TokenIx};

use crate::Tree;

/// The concept of the figure whose head token is `token` and whose bytes are `figure`. `counts` when the figure counts
/// things by their own noun ("12 people"): then only what is said to be so many is measured, not who did something to them.
pub(super) fn concept_of(known: &Annotations, tree: &Tree, token: TokenIx, figure: Span, counts: bool) -> Option<Span> {
    found(known, tree, token, figure, counts).filter(|it| tells(known, *it, figure))
}

/// Whether the words name something: not a pronoun, a word of scale or a rest that begins with a preposition.
fn tells(known: &Annotations, span: Span, figure: Span) -> bool {
    let from = known.tokens.partition_point(|it| it.span.end() <= span.start());
    let mut words =
        known.tokens[from..].iter().take_while(|it| it.span.start() < span.end()).filter(|it| it.pos != "PUNCT");
    let Some(first) = words.next() else { return false };
    let one = words.next().is_none();
    if matches!(first.pos, "ADP" | "SCONJ" | "CCONJ") {
        return false;
    }
    !(one
        && (first.pos == "PRON"
            || matches!(first.tag, "WDT" | "WP" | "DT")
            || SCALES.contains(&known.lemma(TokenIx::from(from)))
            || figure.contains(first.span)))
}

/// Words of number that measure nothing.
const SCALES: &[&str] = &[
    "total", "number", "dozen", "hundred", "thousand", "million", "billion", "score", "ten", "lot", "half", "average",
    "record", "majority", "some", "most", "amount", "sum",
];

fn found(known: &Annotations, tree: &Tree, token: TokenIx, figure: Span, counts: bool) -> Option<Span> {
    let mut at = token;
    let mut through = false;
    for _ in 0..6 {
        let it = known.tokens.get(at.ix())?;
        // "60% of its revenue", "a loan of €5bn": what stands after "of".
        if let Some(of) = tree
            .children(at)
            .iter()
            .copied()
            .find(|child| *child > at && known.lemma(*child) == "of" && known.tokens[child.ix()].dep == "prep")
            && let Some(object) = tree.child(known, of, &["pobj"])
        {
            let inside = figure.contains(known.tokens[object.ix()].span);
            let span = without(tree.subtree(known, object), figure);
            if !span.is_empty() && !inside {
                return Some(span);
            }
        }
        if it.head == at {
            return None;
        }
        let head = it.head;
        let parent = &known.tokens[head.ix()];
        match (it.dep, parent.pos) {
            // "a 25% tax on imported cars", "a 140-billion-euro loan"
            (
                "nummod" | "compound" | "nmod" | "amod" | "npadvmod" | "quantmod" | "poss",
                "NOUN" | "PROPN" | "ADJ" | "SYM" | "NUM",
            ) if matches!(parent.pos, "NOUN" | "PROPN") && !figure.contains(parent.span) => {
                let span = phrase(known, tree, head, figure);
                return Some(span);
            }
            // "an award of $5m", "grants worth $8m"
            ("pobj" | "npadvmod" | "prep", "ADP" | "ADJ") => through = true,
            ("prep" | "acl" | "appos", "NOUN" | "PROPN") => return Some(phrase(known, tree, head, figure)),
            (_, "VERB" | "AUX") => {
                let copula = matches!(known.lemma(head), "be" | "become" | "number" | "total" | "remain");
                // "sentenced him to three years": the court is not measured.
                let with_object = through && tree.child(known, head, &["dobj", "dative"]).is_some();
                let served = matches!(known.lemma(head), "sentence" | "jail" | "imprison" | "condemn" | "order");
                if counts && !copula || with_object || served {
                    return None;
                }
                let subject = tree.child(known, head, &["nsubj", "nsubjpass"]).filter(|it| *it != at)?;
                let verb = &known.tokens[head.ix()];
                if matches!(known.tokens[subject.ix()].tag, "WDT" | "WP") {
                    // "a campaign, which has $50m": what the relative stands for.
                    return (verb.dep == "relcl").then(|| phrase(known, tree, verb.head, figure));
                }
                return Some(without(tree.subtree(known, subject), figure)).filter(|it| !it.is_empty());
            }
            _ => {}
        }
        at = head;
    }
    None
}

/// A noun with its modifiers right before it, after the figure, and its "of" phrase.
fn phrase(known: &Annotations, tree: &Tree, noun: TokenIx, figure: Span) -> Span {
    let mut span = known.tokens[noun.ix()].span;
    for child in tree.children(noun) {
        let it = &known.tokens[child.ix()];
        let before = *child < noun && figure.end() <= it.span.start() && matches!(it.dep, "amod" | "compound");
        let after = noun < *child && it.dep == "prep" && matches!(known.lemma(*child), "of" | "for" | "on" | "in");
        let clean = !tree.subtree(known, *child).overlaps(figure);
        if (before || after) && clean {
            span = span.cover(tree.subtree(known, *child));
        }
    }
    span
}

/// A stretch without the figure at its edge; empty when nothing is left.
fn without(span: Span, figure: Span) -> Span {
    if !span.overlaps(figure) {
        return span;
    }
    if figure.start() <= span.start() && figure.end() < span.end() {
        return Span::new(figure.end(), span.end());
    }
    if span.start() < figure.start() && span.end() <= figure.end() {
        return Span::new(span.start(), figure.start());
    }
    Span::new(span.start(), span.start())
}
