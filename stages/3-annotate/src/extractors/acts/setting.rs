//! When and where an act takes place, what it is about, and the clause that tells it.

use rapporteur_model::{Annotations, MentionUse, Span, TimeIx, TimeKind, TokenIx};

use super::arguments::{mentions_in, phrase, travels};
use super::triggers::Evoked;
use crate::Tree;

/// The time of an act: one that hangs on its words, or on the verb that tells of it.
pub(super) fn time_of(
    known: &Annotations,
    tree: &Tree,
    act: &Evoked,
    times_here: &[(TimeIx, TokenIx)],
) -> Option<TimeIx> {
    let own = |it: &&(TimeIx, TokenIx)| {
        let time = &known.times[it.0.ix()];
        matches!(time.kind, TimeKind::Date | TimeKind::Time)
            && !time.value.as_deref().is_some_and(|it| it.ends_with("_REF"))
    };
    let dated: Vec<&(TimeIx, TokenIx)> = times_here.iter().filter(own).collect();
    let hangs = |on: TokenIx| dated.iter().find(|(_, token)| bearer(known, tree, *token) == on).map(|it| it.0);
    if let Some(found) = hangs(act.head).or_else(|| act.noun.and_then(hangs)) {
        return Some(found);
    }
    // "the talks held on Sunday": a participle or clause on the noun that says when it took place.
    let noun = act.noun.or(Some(act.head)).filter(|it| known.tokens[it.ix()].pos == "NOUN");
    if let Some(noun) = noun {
        for child in tree.children(noun) {
            let it = &known.tokens[child.ix()];
            // Of "ended the war, which began in May" the day is the war's, not its end's.
            let own = act.noun.is_none()
                || matches!(known.lemma(*child), "hold" | "take" | "plan" | "schedule" | "set" | "host" | "expect");
            if matches!(it.dep, "acl" | "relcl")
                && own
                && TELLING_CLAUSES.contains(&known.lemma(*child))
                && let Some(found) = hangs(*child)
            {
                return Some(found);
            }
        }
        if act.noun.is_none()
            && let Some(verb) = on_the_way(known, noun)
        {
            return hangs(verb);
        }
        // "participated in talks on Sunday", "the summit takes place on Friday": the verb over the noun.
        if act.noun.is_none() {
            let verb = governing_verb(known, noun)?;
            let near = (known.tokens[noun.ix()].dep != "pobj" || tells_place(known, noun))
                && TELLING.contains(&known.lemma(verb));
            return if near { hangs(verb) } else { None };
        }
    }
    let it = &known.tokens[act.head.ix()];
    // "on a push to rally support, on Monday said": the push goes on while they say it.
    if let Some(verb) = on_the_way(known, act.head) {
        return hangs(verb);
    }
    // "Premier in Oslo Monday to see the king": a headline without its verb.
    if it.tag == "VB" && matches!(it.dep, "acl" | "relcl") && known.tokens[it.head.ix()].dep == "ROOT" {
        let near = tree.children(it.head).iter().any(|it| known.tokens[it.ix()].dep == "prep" && *it < act.head);
        let here = |found: &TimeIx| known.times[found.ix()].span.end() <= it.span.start();
        return hangs(it.head).filter(|found| near && here(found));
    }
    // "in May, when they met": the day that the clause is about.
    let when = tree.children(act.head).iter().any(|it| known.lemma(*it) == "when" && *it < act.head);
    if when && it.dep == "relcl" {
        let on = known.tokens[it.head.ix()].span;
        if let Some(found) = dated.iter().find(|found| known.times[found.0.ix()].span.overlaps(on)) {
            return Some(found.0);
        }
    }
    // "expected to meet on Tuesday": the parser may hang the day on either verb.
    if it.dep == "xcomp"
        && let Some(found) = hangs(it.head)
    {
        return Some(found);
    }
    // "On Friday he flew to Oslo and met the king": the first verb's day, when the second has none.
    if it.dep == "conj"
        && known.tokens[it.head.ix()].pos == "VERB"
        && tree.child(known, act.head, &["nsubj", "nsubjpass"]).is_none()
    {
        return hangs(it.head).filter(|found| known.times[found.ix()].span.start() < it.span.start());
    }
    None
}

/// The verb of what somebody says or does in the middle of an act: "the minister, on a visit to Malta, said", "on a push to
/// rally support". The act is told by the noun under "on", or by an infinitive on that noun.
pub(super) fn on_the_way(known: &Annotations, head: TokenIx) -> Option<TokenIx> {
    let it = &known.tokens[head.ix()];
    let noun = if it.tag == "VB" && matches!(it.dep, "acl" | "relcl") { it.head } else { head };
    let mission = matches!(
        known.lemma(noun),
        "visit" | "trip" | "tour" | "push" | "mission" | "campaign" | "drive" | "stopover" | "offensive"
    );
    let token = &known.tokens[noun.ix()];
    let on = &known.tokens[token.head.ix()];
    if !mission || token.dep != "pobj" || known.lemma(token.head) != "on" || on.dep != "prep" {
        return None;
    }
    let who = &known.tokens[on.head.ix()];
    let verb = &known.tokens[who.head.ix()];
    (who.dep == "nsubj" && matches!(who.pos, "NOUN" | "PROPN" | "PRON") && verb.pos == "VERB").then_some(who.head)
}

/// Verbs in a clause on a noun whose day is the noun's: "talks held in May", "a plan that emerged in May".
const TELLING_CLAUSES: &[&str] = &[
    "hold", "take", "plan", "schedule", "set", "host", "begin", "be", "expect", "attend", "emerge", "surface",
    "appear", "lay", "present", "propose", "make", "issue", "unveil", "publish", "announce", "launch", "release",
    "sign", "submit",
];

/// Verbs whose day is the day of the noun they go with: "the talks take place on Friday", "arrived for talks".
const TELLING: &[&str] = &[
    "hold", "take", "begin", "start", "end", "resume", "continue", "open", "close", "be", "happen", "occur", "come",
    "attend", "participate", "lead", "join", "host", "conclude", "schedule", "plan", "set", "expect", "follow",
    "arrive", "travel", "fly", "shift", "make", "pay", "see", "conduct", "stage", "launch", "announce", "carry",
    "chair", "finish", "break", "last", "escalate", "erupt", "turn", "grow", "emerge", "surface",
];

/// The verb over a noun, through one preposition at most.
fn governing_verb(known: &Annotations, noun: TokenIx) -> Option<TokenIx> {
    let mut at = known.tokens[noun.ix()].head;
    if known.tokens[noun.ix()].dep == "pobj" {
        at = known.tokens[at.ix()].head;
    }
    matches!(known.tokens[at.ix()].pos, "VERB" | "AUX").then_some(at)
}

/// "took part in talks", "arrived for talks": the noun is where the verb's act leads.
fn tells_place(known: &Annotations, noun: TokenIx) -> bool {
    let preposition = known.tokens[noun.ix()].head;
    matches!(known.lemma(preposition), "in" | "for" | "at" | "to" | "into")
}

/// The verb or noun that a time hangs on, through prepositions and parts of the time itself.
fn bearer(known: &Annotations, tree: &Tree, token: TokenIx) -> TokenIx {
    let _ = tree;
    let mut at = token;
    for _ in 0..8 {
        let it = &known.tokens[at.ix()];
        if it.head == at {
            return at;
        }
        at = it.head;
        let over = &known.tokens[at.ix()];
        // "the Dec. 18 leaders summit": the day belongs to the last noun of the compound.
        let compound = matches!(over.dep, "compound" | "nmod") && matches!(over.pos, "NOUN" | "PROPN");
        let through = compound
            || over.pos == "ADP"
            || over.pos == "SCONJ"
            || matches!(over.dep, "npadvmod" | "pobj") && over.pos != "VERB" && is_time_word(known, at);
        if !through {
            return at;
        }
    }
    at
}

/// Whether a token lies in a temporal expression.
pub(super) fn is_time_word(known: &Annotations, token: TokenIx) -> bool {
    let span = known.tokens[token.ix()].span;
    let at = known.times.partition_point(|it| it.span.end() <= span.start());
    known.times.get(at).is_some_and(|it| it.span.overlaps(span))
}

/// Where an act takes place: "in Geneva", "at the palace", "to Moscow" for travel; on its words only.
pub(super) fn place_of(known: &Annotations, tree: &Tree, act: &Evoked, parties: &[TokenIx]) -> Option<Span> {
    let mut bearers = vec![act.head];
    bearers.extend(act.noun);
    // "leaves on Monday for Moscow", "talks with the king in Oslo": the parser hangs the place on the day or the party.
    let near: Vec<TokenIx> = tree
        .children(act.head)
        .iter()
        .filter_map(|it| tree.child(known, *it, &["pobj"]))
        .filter(|it| is_time_word(known, *it))
        .collect();
    bearers.extend(near);
    if act.mutual {
        bearers.extend(parties.iter().copied().filter(|it| act.head < *it));
    }
    let it = &known.tokens[act.head.ix()];
    if it.dep == "xcomp" && known.tokens[it.head.ix()].pos == "VERB" {
        bearers.push(it.head);
    }
    if it.pos == "NOUN" {
        // "talks held in Florida", "which took place in Florida"
        bearers.extend(tree.children(act.head).iter().copied().filter(|child| {
            matches!(known.tokens[child.ix()].dep, "acl" | "relcl")
                && matches!(known.lemma(*child), "hold" | "take" | "host" | "be")
        }));
        if let Some(verb) = governing_verb(known, act.head).filter(|it| {
            matches!(
                known.lemma(*it),
                "hold" | "take" | "host" | "attend" | "lead" | "join" | "participate" | "conclude"
            )
        }) {
            bearers.push(verb);
        }
    }
    if travels(act) {
        if let Some(object) =
            bearers.iter().find_map(|it| tree.child(known, *it, &["dobj"])).filter(|it| is_place(known, *it))
        {
            return Some(phrase(known, tree, object));
        }
        if let Some(found) = bearers.iter().find_map(|it| by_preposition(known, tree, *it, &["to", "for", "into"])) {
            return Some(found);
        }
    }
    bearers
        .iter()
        .find_map(|it| by_preposition(known, tree, *it, &["in", "at", "near", "from", "outside", "inside", "aboard"]))
}

fn by_preposition(known: &Annotations, tree: &Tree, bearer: TokenIx, words: &[&str]) -> Option<Span> {
    tree.children(bearer).iter().find_map(|child| {
        let it = &known.tokens[child.ix()];
        let fits = it.dep == "prep" && words.contains(&known.lemma(*child));
        let object = tree.child(known, *child, &["pobj"]).filter(|_| fits)?;
        is_place(known, object).then(|| phrase(known, tree, object))
    })
}

/// Whether a noun names or describes a place.
pub(super) fn is_place(known: &Annotations, noun: TokenIx) -> bool {
    let span = known.tokens[noun.ix()].span;
    if is_time_word(known, noun) {
        return false;
    }
    if mentions_in(known, span).any(|it| it.usage == MentionUse::Place) {
        return true;
    }
    let at = known.entities.partition_point(|it| it.span.end() <= span.start());
    if known.entities.get(at).is_some_and(|it| it.span.overlaps(span) && matches!(it.label, "GPE" | "LOC" | "FAC")) {
        return true;
    }
    matches!(
        known.lemma(noun),
        "city"
            | "capital"
            | "town"
            | "village"
            | "country"
            | "region"
            | "border"
            | "palace"
            | "embassy"
            | "airport"
            | "headquarters"
            | "hotel"
            | "club"
            | "base"
            | "province"
            | "island"
    )
}

/// What an act is about: "on security", "over the plan", "to discuss the plan"; the object of a proposal or vote.
pub(super) fn topic_of(known: &Annotations, tree: &Tree, act: &Evoked) -> Option<Span> {
    let bearers = [Some(act.head), act.noun];
    for bearer in bearers.iter().flatten() {
        for child in tree.children(*bearer).iter().filter(|it| bearer < *it) {
            let it = &known.tokens[child.ix()];
            if it.dep == "prep" && matches!(known.lemma(*child), "on" | "about" | "over" | "regarding" | "concerning") {
                let object = tree.child(known, *child, &["pobj", "pcomp"])?;
                if !is_time_word(known, object)
                    && !is_place(known, object)
                    && !act.frames.contains(&known.lemma(*child))
                {
                    return Some(tree.subtree(known, object));
                }
            }
            let discuss =
                it.dep == "advcl" && matches!(known.lemma(*child), "discuss" | "negotiate" | "debate" | "explore");
            if discuss && act.mutual {
                return tree.child(known, *child, &["dobj"]).map(|it| tree.subtree(known, it));
            }
        }
    }
    let tells = matches!(
        act.mode,
        "proposal" | "vote" | "signing" | "leak" | "demand" | "approve" | "veto" | "announcement" | "pledge"
    ) || known.lemma(act.head) == "discuss";
    let object = tree.child(known, act.head, &["dobj", "nsubjpass", "ccomp"]).filter(|it| Some(*it) != act.noun)?;
    tells.then(|| tree.subtree(known, object))
}

/// The smallest finite clause that tells the act, with the noun it describes when it is a relative one.
pub(super) fn clause_of(known: &Annotations, tree: &Tree, act: &Evoked) -> Span {
    let mut at = act.head;
    for _ in 0..12 {
        let it = &known.tokens[at.ix()];
        let finite = matches!(it.tag, "VBD" | "VBZ" | "VBP" | "MD")
            || tree.children(at).iter().any(|child| {
                let aux = &known.tokens[child.ix()];
                aux.dep.starts_with("aux") && matches!(aux.tag, "MD" | "VBD" | "VBZ" | "VBP")
            });
        let verb = matches!(it.pos, "VERB" | "AUX");
        let subject = tree.child(known, at, &["nsubj", "nsubjpass", "expl", "csubj"]).is_some();
        if it.head == at {
            break;
        }
        if verb && finite && subject && it.dep != "relcl" {
            break;
        }
        at = it.head;
    }
    trimmed(known, tree, at)
}

/// The subtree of a clause without a second clause joined to it and without marks at its edges.
fn trimmed(known: &Annotations, tree: &Tree, verb: TokenIx) -> Span {
    let (first, last) = tree.edges(verb);
    let (mut from, mut to) = (first.ix(), last.ix());
    // "that", "because", "and" before the clause; a joined clause with its own subject after it.
    for child in tree.children(verb) {
        let it = &known.tokens[child.ix()];
        let (child_first, _) = tree.edges(*child);
        if it.dep == "conj"
            && it.pos == "VERB"
            && tree.child(known, *child, &["nsubj", "nsubjpass"]).is_some()
            && verb < *child
        {
            to = to.min(child_first.ix().saturating_sub(1));
        }
        if it.dep == "mark" && child.ix() == from {
            from += 1;
        }
    }
    while from < to && matches!(known.tokens[from].pos, "PUNCT" | "CCONJ" | "SPACE") {
        from += 1;
    }
    while from < to
        && (matches!(known.tokens[to].pos, "CCONJ" | "SPACE") || matches!(known.tokens[to].tag, "," | ":" | "-LRB-"))
    {
        to -= 1;
    }
    match (known.tokens.get(from), known.tokens.get(to)) {
        (Some(first), Some(last)) => first.span.cover(last.span),
        _ => known.tokens[verb.ix()].span,
    }
}
