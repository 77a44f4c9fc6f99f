//! Phrases of parties: their words, whom they mean, and the mentions in them.

use rapporteur_model::{ActorIx, ActorKind, Annotations, Mention, MentionUse, Span, TokenIx};

use crate::Tree;

/// The phrase of a head without what is joined or added to it: title and name, no clause, no "and".
pub(super) fn phrase(known: &Annotations, tree: &Tree, head: TokenIx) -> Span {
    let mut span = known.tokens[head.ix()].span;
    for child in tree.children(head) {
        let it = &known.tokens[child.ix()];
        let near = matches!(it.dep, "compound" | "amod" | "nmod" | "poss" | "nummod" | "det" | "case" | "quantmod");
        let of = it.dep == "prep" && known.lemma(*child) == "of" && head < *child;
        if near || of {
            span = span.cover(tree.subtree(known, *child));
        }
    }
    span
}

/// The actors that a phrase means: the mention on its head, else those inside, in text order.
pub(super) fn actors_of(known: &Annotations, tree: &Tree, head: TokenIx) -> Vec<ActorIx> {
    let token = &known.tokens[head.ix()];
    let own = token.span;
    // "US-Russia talks", "a Ukrainian-American meeting": every name before the noun.
    if matches!(token.dep, "compound" | "amod" | "nmod") {
        let span = tree.subtree(known, head);
        let mut out: Vec<ActorIx> = Vec::new();
        for actor in mentions_in(known, span).filter_map(|it| it.actor) {
            if !out.contains(&actor) {
                out.push(actor);
            }
        }
        return out;
    }
    if let Some(first) = mentions_in(known, own).find(|it| it.actor.is_some()) {
        // "the pair": one phrase for several.
        return mentions_in(known, own).filter(|it| it.span == first.span).filter_map(|it| it.actor).collect();
    }
    if let Some(holder) = holder_of_pronoun(known, tree, head) {
        return mentions_in(known, known.tokens[holder.ix()].span).find_map(|it| it.actor).into_iter().collect();
    }
    // "Marco Rubio, the secretary": the name in apposition.
    if let Some(actor) = tree
        .child(known, head, &["appos"])
        .and_then(|it| mentions_in(known, known.tokens[it.ix()].span).find_map(|it| it.actor))
    {
        return vec![actor];
    }
    // "officials in the administration of X", without what is joined to them.
    let mut span = phrase(known, tree, head);
    for child in tree.children(head) {
        let it = &known.tokens[child.ix()];
        if it.dep == "prep" && head < *child && matches!(known.lemma(*child), "of" | "in" | "from") {
            let own_end = tree
                .children(head)
                .iter()
                .filter(|it| known.tokens[it.ix()].dep == "conj")
                .map(|it| tree.subtree(known, *it).start())
                .min();
            let inner = tree.subtree(known, *child);
            let end = own_end.unwrap_or(inner.end()).min(inner.end());
            if span.end() < end {
                span = span.cover(Span::new(span.start(), end));
            }
        }
    }
    let inside: Vec<_> = mentions_in(known, span).filter(|it| it.actor.is_some()).collect();
    let wanted = |it: &&&Mention| it.usage != MentionUse::Place;
    let mut out: Vec<ActorIx> = Vec::new();
    for mention in inside.iter().filter(wanted) {
        if let Some(actor) = mention.actor.filter(|it| !out.contains(it)) {
            out.push(actor);
        }
    }
    out.truncate(4);
    out
}

/// The groups and unnamed office holders that a phrase means: "the Maltese army", "the foreign minister of Malta".
pub(super) fn unnamed_of(known: &Annotations, head: TokenIx) -> impl Iterator<Item = ActorIx> + '_ {
    let token = &known.tokens[head.ix()];
    let over = known.tokens[token.head.ix()].span;
    let is_root = token.head == head;
    // The head of the mention's words, not a noun inside of them.
    all_mentions_in(known, token.span)
        .filter(move |it| is_unnamed(it) && it.span.contains(token.span) && (is_root || !it.span.overlaps(over)))
        .filter_map(|it| it.actor)
}

/// Whether a noun names a person.
pub(super) fn is_person(known: &Annotations, noun: TokenIx) -> bool {
    let span = known.tokens[noun.ix()].span;
    let actor = mentions_in(known, span).find_map(|it| it.actor);
    actor.and_then(|it| known.actors.get(it.ix())).is_some_and(|it| it.kind == ActorKind::Person)
}

/// Whom "it", "they", "he" stand for when nothing has said so yet: in "an announcement from Norway that it would pay"
/// the one the announcement is from, in "the ministry said it would pay" the one who says it.
pub(crate) fn holder_of_pronoun(known: &Annotations, tree: &Tree, pronoun: TokenIx) -> Option<TokenIx> {
    let it = &known.tokens[pronoun.ix()];
    if it.pos != "PRON" || !matches!(it.dep, "nsubj" | "nsubjpass") || matches!(it.tag, "WP" | "WDT") {
        return None;
    }
    let clause = &known.tokens[it.head.ix()];
    if !matches!(clause.dep, "acl" | "ccomp") || clause.head == it.head {
        return None;
    }
    let over = clause.head;
    if known.tokens[over.ix()].pos == "VERB" {
        return tree.child(known, over, &["nsubj"]).filter(|it| known.tokens[it.ix()].pos != "PRON");
    }
    let from =
        tree.children(over).iter().copied().find(|child| {
            known.tokens[child.ix()].dep == "prep" && matches!(known.lemma(*child), "from" | "by" | "of")
        });
    from.and_then(|it| tree.child(known, it, &["pobj"])).or_else(|| tree.child(known, over, &["poss"]))
}

/// The mentions that overlap a span. Of people without names the state or body inside their words is asked for: acts are
/// counted between those.
pub(super) fn mentions_in(known: &Annotations, span: Span) -> impl Iterator<Item = &Mention> {
    all_mentions_in(known, span).filter(|it| !is_unnamed(it))
}

/// People without names.
fn is_unnamed(mention: &Mention) -> bool {
    matches!(mention.how, "group" | "office-unnamed")
}

fn all_mentions_in(known: &Annotations, span: Span) -> impl Iterator<Item = &Mention> {
    let at = known.mentions.partition_point(|it| it.span.start() + 400 < span.start());
    known.mentions[at..]
        .iter()
        .take_while(move |it| it.span.start() < span.end())
        .filter(move |it| it.span.overlaps(span))
}

/// The noun that "who", "which" or "that" stands for.
pub(super) fn antecedent(known: &Annotations, tree: &Tree, subject: TokenIx, verb: TokenIx) -> Option<TokenIx> {
    let it = &known.tokens[subject.ix()];
    let verb = &known.tokens[verb.ix()];
    if !matches!(it.tag, "WP" | "WDT") {
        return None;
    }
    match verb.dep {
        "relcl" => Some(verb.head),
        // "alarmed by a plan, tilted to one side, that emerged in May": the parser joins the clause to the verb.
        "conj" if it.tag == "WDT" => {
            let before = tree.children(verb.head).iter().rev().filter(|it| verb.head < **it && **it < subject);
            let noun = |at: &TokenIx| match known.tokens[at.ix()].dep {
                "dobj" | "attr" => Some(*at),
                "agent" | "prep" => tree.child(known, *at, &["pobj"]),
                _ => None,
            };
            before.copied().find_map(|it| noun(&it))
        }
        _ => None,
    }
}
