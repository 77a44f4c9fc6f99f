//! Who does it to whom: the parties of an act, from the clause that tells it.

use rapporteur_model::{ActorIx, Annotations, MentionUse, TokenIx};

use super::phrases::antecedent;
pub(crate) use super::phrases::holder_of_pronoun;
pub(super) use super::phrases::{actors_of, is_person, mentions_in, phrase};
use super::triggers::Evoked;
use crate::Tree;

/// The parties of an act as noun phrases.
#[derive(Debug, Clone, Default)]
pub(super) struct Parties {
    pub(super) actors: Vec<TokenIx>,
    pub(super) recipients: Vec<TokenIx>,
    /// Of an act in which all act, those who stand on the other side: "with" whom, not the subject.
    pub(super) others: Vec<TokenIx>,
}

/// The parties of an act.
pub(super) fn parties(known: &Annotations, tree: &Tree, act: &Evoked) -> Parties {
    let mut found = Parties::default();
    if known.tokens[act.head.ix()].pos == "NOUN" {
        of_noun(known, tree, act, act.head, &mut found);
        support_verb(known, tree, act, &mut found);
    } else {
        of_verb(known, tree, act, &mut found);
        if let Some(noun) = act.noun {
            let subject_known = !found.actors.is_empty();
            let mut inner = Parties::default();
            of_noun(known, tree, act, noun, &mut inner);
            if act.mutual || !subject_known {
                found.actors.append(&mut inner.actors);
            }
            found.recipients.append(&mut inner.recipients);
        }
    }
    if act.mutual {
        found.others = std::mem::take(&mut found.recipients);
        found.actors.extend(found.others.iter().copied());
    }
    if found.actors.is_empty() {
        found.actors = by_what_befell(known, tree, act);
    }
    found.recipients.retain(|it| !super::setting::is_time_word(known, *it));
    let named = found.recipients.iter().any(|it| !actors_of(known, tree, *it).is_empty());
    if !act.mutual && !named && act.kind.as_str() != "OTHER" {
        within(known, tree, act, &mut found);
    }
    if act.kind.as_str() == "AID" {
        beneficiary(known, tree, act, &mut found);
    }
    found.actors = expanded(known, tree, &found.actors);
    found.recipients = expanded(known, tree, &found.recipients);
    found.others = expanded(known, tree, &found.others);
    let actors = found.actors.clone();
    found.recipients.retain(|it| !actors.contains(it));
    found
}

fn of_verb(known: &Annotations, tree: &Tree, act: &Evoked, found: &mut Parties) {
    let verb = act.head;
    let passive = tree.child(known, verb, &["nsubjpass"]);
    let it = &known.tokens[verb.ix()];
    let bare =
        it.tag == "VBN" && !tree.children(verb).iter().any(|child| known.tokens[child.ix()].dep.starts_with("aux"));
    let participle = match it.dep {
        "acl" if bare => Some(it.head),
        "advcl" if bare => subject_of(known, tree, it.head),
        _ => None,
    };
    if let Some(patient) = passive.or(participle) {
        if act.noun != Some(patient) {
            if intransitive(act) { found.actors.push(patient) } else { found.recipients.push(patient) }
        }
        if let Some(agent) = tree.child(known, verb, &["agent"]).and_then(|it| tree.child(known, it, &["pobj"])) {
            found.actors.push(agent);
        }
    } else if let Some(subject) = subject_of(known, tree, verb) {
        found.actors.push(subject);
    }
    for child in tree.children(verb) {
        let it = &known.tokens[child.ix()];
        match it.dep {
            "dobj" | "dative" if Some(*child) != act.noun && it.pos != "ADP" => {
                let party = !act.mutual || it.pos == "PRON" || !actors_of(known, tree, *child).is_empty();
                let taken = (act.frames.contains(&"obj") || act.mutual) && party || it.dep == "dative";
                if taken && !travels(act) {
                    found.recipients.push(*child);
                }
            }
            "prep" | "dative" | "agent" => {
                let word = known.lemma(*child);
                let party = act.frames.contains(&word)
                    || matches!(word, "with" | "alongside") && (act.mutual || act.kind.as_str() == "CONSULT")
                    || act.mode == "call" && word == "to";
                if party && it.dep != "agent" && !(travels(act) && word != "with") {
                    found.recipients.extend(tree.child(known, *child, &["pobj"]).filter(|it| Some(*it) != act.noun));
                }
            }
            // "urged Israel to ease restrictions", "demanded that Hamas renounce"
            "ccomp" | "xcomp" if found.recipients.is_empty() && act.frames.contains(&"obj") => {
                found.recipients.extend(tree.child(known, *child, &["nsubj"]).filter(|it| verb < *it));
            }
            _ => {}
        }
    }
}

/// "was killed in Icelandic shelling", "wounded in an attack by the rebels": who did what befell them.
fn by_what_befell(known: &Annotations, tree: &Tree, act: &Evoked) -> Vec<TokenIx> {
    if !matches!(act.kind.as_str(), "ASSAULT" | "COERCE") || known.tokens[act.head.ix()].pos != "VERB" {
        return Vec::new();
    }
    let passive = tree.child(known, act.head, &["nsubjpass"]).is_some() || known.tokens[act.head.ix()].tag == "VBN";
    let mut found = Parties::default();
    for child in tree.children(act.head).iter().filter(|_| passive) {
        let by = known.tokens[child.ix()].dep == "prep" && matches!(known.lemma(*child), "in" | "during");
        let Some(event) = tree.child(known, *child, &["pobj"]).filter(|_| by) else { continue };
        let befell = matches!(
            known.lemma(event),
            "attack"
                | "strike"
                | "airstrike"
                | "shelling"
                | "bombing"
                | "raid"
                | "bombardment"
                | "assault"
                | "ambush"
                | "shooting"
                | "fire"
                | "operation"
                | "offensive"
                | "crackdown"
                | "blast"
                | "explosion"
        );
        if befell {
            let pseudo = Evoked { frames: &["on", "against"], noun: None, head: event, mutual: false, ..*act };
            of_noun(known, tree, &pseudo, event, &mut found);
        }
    }
    found.actors
}

/// Acts whose passive subject is still the one who acts: there are hardly any; travel and resignation have no patient.
fn intransitive(act: &Evoked) -> bool {
    travels(act) || act.mode == "resignation"
}

/// Whether the object is a place to go to.
pub(super) fn travels(act: &Evoked) -> bool {
    matches!(act.mode, "visit" | "travel")
}

/// "talks between X and Y", "X's visit", "US-Russia talks", "the resignation of X", "an attack by X on Y".
fn of_noun(known: &Annotations, tree: &Tree, act: &Evoked, noun: TokenIx, found: &mut Parties) {
    for child in tree.children(noun) {
        let it = &known.tokens[child.ix()];
        match it.dep {
            "poss" => found.actors.push(*child),
            "compound" | "amod" | "nmod" if names(known, tree, *child) => found.actors.push(*child),
            "prep" => {
                let Some(object) = tree.child(known, *child, &["pobj"]) else { continue };
                // "the resignation on Friday of the chief": the parser hangs the rest on the day.
                if super::setting::is_time_word(known, object) {
                    for inner in
                        tree.children(object).iter().filter(|it| object < **it && known.tokens[it.ix()].dep == "prep")
                    {
                        let Some(party) = tree.child(known, *inner, &["pobj"]) else { continue };
                        match known.lemma(*inner) {
                            "of" | "by" | "between" | "among" => found.actors.push(party),
                            "with" if act.mutual => found.actors.push(party),
                            word if act.frames.contains(&word) && !travels(act) => found.recipients.push(party),
                            _ => {}
                        }
                    }
                    continue;
                }
                match known.lemma(*child) {
                    "between" | "among" if act.mode == "mediate" => found.recipients.push(object),
                    "by" | "between" | "among" => found.actors.push(object),
                    "with" | "alongside" if act.mutual && known.tokens[act.head.ix()].pos == "VERB" => {
                        found.recipients.push(object);
                    }
                    "with" | "alongside" if act.mutual || act.kind.as_str() == "CONSULT" => found.actors.push(object),
                    "with" if act.kind.as_str() == "COOPERATE" => found.recipients.push(object),
                    "of" if act.mode == "resignation" || act.mutual || travels(act) || act.frames.is_empty() => {
                        found.actors.push(object)
                    }
                    // "opposition from Iceland", "an announcement from Malta": whose word it is.
                    "from" if is_utterance(act) => found.actors.push(object),
                    word if act.frames.contains(&word) && !travels(act) => found.recipients.push(object),
                    _ => {}
                }
            }
            // "proposals laid out by the envoy"
            "acl" if it.tag == "VBN" => {
                let agent = tree.child(known, *child, &["agent"]).and_then(|it| tree.child(known, it, &["pobj"]));
                found.actors.extend(agent);
            }
            _ => {}
        }
    }
}

/// Acts that are somebody's word, so that "from" names who acts and not from whom something is wanted.
fn is_utterance(act: &Evoked) -> bool {
    act.noun.is_none()
        && (matches!(act.kind.as_str(), "REJECT" | "ACCUSE" | "SUPPORT" | "THREATEN" | "REQUEST" | "AGREE")
            || act.mode == "announcement")
}

/// "demanded that Syria leave", "threatened to break relations with Turkey", "rejected calls by the rebels": nobody stands
/// as the object itself, but somebody is named inside of what is demanded, threatened or rejected.
fn within(known: &Annotations, tree: &Tree, act: &Evoked, found: &mut Parties) {
    let own: Vec<ActorIx> = found.actors.iter().flat_map(|it| actors_of(known, tree, *it)).collect();
    let mut heads: Vec<TokenIx> = vec![act.head];
    heads.extend(act.noun);
    for _ in 0..5 {
        let mut deeper = Vec::new();
        for head in &heads {
            for child in tree.children(*head) {
                let it = &known.tokens[child.ix()];
                let inside = matches!(
                    it.dep,
                    "dobj"
                        | "ccomp"
                        | "xcomp"
                        | "nsubjpass"
                        | "acl"
                        | "amod"
                        | "compound"
                        | "poss"
                        | "nmod"
                        | "attr"
                        | "pcomp"
                ) || it.dep == "nsubj" && *head != act.head
                    || it.dep == "prep"
                        && matches!(
                            known.lemma(*child),
                            "of" | "on"
                                | "against"
                                | "with"
                                | "to"
                                | "for"
                                | "from"
                                | "by"
                                | "between"
                                | "into"
                                | "at"
                                | "over"
                        )
                    || it.dep == "agent" && known.tokens[head.ix()].dep == "acl"
                    || it.dep == "pobj" && !super::setting::is_time_word(known, *child);
                if inside && (act.head <= *child || *head != act.head) {
                    deeper.push(*child);
                }
            }
        }
        deeper.sort();
        for at in &deeper {
            if matches!(known.tokens[at.ix()].pos, "NOUN" | "PROPN" | "ADJ" | "PRON") {
                let towards = mentions_in(known, known.tokens[at.ix()].span)
                    .any(|it| it.actor.is_some_and(|it| !own.contains(&it)) && it.usage != MentionUse::Place);
                if towards {
                    found.recipients.push(*at);
                }
            }
        }
        if found.recipients.iter().any(|it| !actors_of(known, tree, *it).is_empty()) {
            return;
        }
        heads = deeper;
    }
}

/// "gave a million to the fund to buy tents for Malta": for whom the aid is in the end, somewhere after the verb.
fn beneficiary(known: &Annotations, tree: &Tree, act: &Evoked, found: &mut Parties) {
    let (_, last) = tree.edges(act.head);
    for at in (act.head.ix()..=last.ix()).map(TokenIx::from) {
        let it = &known.tokens[at.ix()];
        if it.dep != "pobj" || known.lemma(it.head) != "for" || super::setting::is_time_word(known, at) {
            continue;
        }
        let named = mentions_in(known, it.span).any(|it| it.actor.is_some() && it.usage != MentionUse::Place);
        if named && !found.recipients.contains(&at) {
            found.recipients.push(at);
        }
    }
}

/// Whether a modifier holds a mention of an actor.
fn names(known: &Annotations, tree: &Tree, token: TokenIx) -> bool {
    mentions_in(known, tree.subtree(known, token)).next().is_some()
}

/// "participated in talks", "led the talks", "his country hosted the summit": the subject of the verb over the noun.
fn support_verb(known: &Annotations, tree: &Tree, act: &Evoked, found: &mut Parties) {
    const SUPPORT: &[&str] = &[
        "participate", "lead", "attend", "join", "take", "host", "chair", "conduct", "begin", "start", "continue",
        "resume", "launch", "open", "conclude", "end", "finish", "hold", "have", "make", "pay", "represent", "enter",
        "arrive", "come", "be", "announce", "issue", "mount", "carry", "stage", "give",
    ];
    let it = &known.tokens[act.head.ix()];
    let mut at = it.head;
    if it.dep == "pobj" {
        let preposition = &known.tokens[at.ix()];
        if !matches!(known.lemma(at), "in" | "to" | "for" | "at" | "on" | "during") {
            return;
        }
        // "said at a meeting of ministers", "told reporters in a briefing", "to reach a deal at the summit"
        let meets = act.kind.as_str() == "CONSULT" && matches!(act.mode, "meeting" | "briefing");
        let there = meets && matches!(known.lemma(at), "at" | "in" | "during");
        if there && preposition.dep == "prep" && known.tokens[preposition.head.ix()].pos == "VERB" {
            found.actors.extend(subject_of(known, tree, preposition.head));
            return;
        }
        let asks = act.mutual && known.lemma(at) == "for";
        at = preposition.head;
        // "led a delegation in talks", "played a role in the talks", "took part in them"
        let over = &known.tokens[at.ix()];
        if over.dep == "dobj" && over.pos == "NOUN" {
            let body = matches!(known.lemma(at), "delegation" | "team" | "side" | "party");
            if body && act.mutual {
                found.actors.push(at);
            }
            if !body && !matches!(known.lemma(at), "role" | "part") {
                return;
            }
            at = over.head;
            if !body && matches!(known.lemma(at), "play" | "take" | "have") {
                found.actors.extend(subject_of(known, tree, at));
                return;
            }
        }
        if asks && matches!(known.lemma(at), "call" | "ask" | "push" | "appeal" | "press" | "wait" | "hope") {
            found.actors.extend(subject_of(known, tree, at));
            return;
        }
    } else if it.dep != "dobj" {
        return;
    }
    if matches!(known.tokens[at.ix()].pos, "VERB" | "AUX")
        && SUPPORT.contains(&known.lemma(at))
        && let Some(subject) = subject_of(known, tree, at)
    {
        found.actors.insert(0, subject);
    }
}

/// Who does what the verb tells: its subject, or the one it shares with the verb it hangs on.
pub(super) fn subject_of(known: &Annotations, tree: &Tree, verb: TokenIx) -> Option<TokenIx> {
    let mut at = verb;
    for _ in 0..8 {
        let it = &known.tokens[at.ix()];
        if let Some(found) = tree.child(known, at, &["nsubj"]) {
            return antecedent(known, tree, found, at).or(Some(found));
        }
        if at != verb
            && let Some(found) = tree.child(known, at, &["nsubjpass"])
        {
            return Some(found);
        }
        if it.head == at {
            return None;
        }
        let head = it.head;
        match it.dep {
            // "ordered him to leave": the object of a verb of asking does it.
            "xcomp" | "ccomp" => {
                let object = tree.child(known, head, &["dobj"]).filter(|it| *it < at);
                if let Some(object) = object.filter(|_| it.tag == "VB" && known.lemma(head) != "promise") {
                    return Some(object);
                }
                if it.dep == "ccomp" && it.tag != "VB" && it.tag != "VBG" {
                    return None;
                }
                at = head;
            }
            "conj" | "advcl" | "pcomp" | "aux" => at = head,
            "prep" => at = head,
            // "issued a declaration demanding that": who issues it.
            "acl" if it.tag == "VBG" && is_message(known, head) && known.tokens[head.ix()].dep == "dobj" => {
                at = known.tokens[head.ix()].head;
            }
            "acl" if it.tag == "VBG" => return Some(head),
            // "is prepared to": the adjective's subject.
            "acomp" => at = head,
            // "a plan to send troops", "the decision to quit": who holds the noun.
            "acl" | "relcl" if matches!(known.tokens[head.ix()].pos, "NOUN" | "PROPN") => {
                // "Leaders to meet on Friday": a headline without its verb.
                if it.tag == "VB" && known.tokens[head.ix()].head == head {
                    return Some(head);
                }
                if it.tag == "VB" {
                    if let Some(holder) = tree.child(known, head, &["poss"]) {
                        return Some(holder);
                    }
                    at = head;
                    // Up through the noun to the verb that has it as an object.
                    for _ in 0..3 {
                        let noun = &known.tokens[at.ix()];
                        if known.tokens[at.ix()].pos == "VERB" || noun.head == at {
                            break;
                        }
                        at = noun.head;
                    }
                    if known.tokens[at.ix()].pos != "VERB" {
                        return None;
                    }
                    // "the minister, on a push to rally support, said": the subject of the same verb.
                    continue;
                }
                return Some(head);
            }
            _ => return None,
        }
    }
    None
}

/// What is sent to be read: a demand in it is its sender's.
pub(super) fn is_message(known: &Annotations, noun: TokenIx) -> bool {
    matches!(
        known.lemma(noun),
        "declaration"
            | "statement"
            | "letter"
            | "resolution"
            | "communique"
            | "communiqué"
            | "note"
            | "petition"
            | "memo"
    )
}

/// Every phrase with the ones joined to it.
fn expanded(known: &Annotations, tree: &Tree, heads: &[TokenIx]) -> Vec<TokenIx> {
    let mut out: Vec<TokenIx> = Vec::new();
    for head in heads {
        let mut stack = vec![*head];
        while let Some(at) = stack.pop() {
            if out.len() < 32 && !out.contains(&at) && known.tokens[at.ix()].pos != "PUNCT" {
                out.push(at);
                // "the president, A, and his envoy, B": what is joined to the name is joined to the title.
                if let Some(name) = tree.child(known, at, &["appos"]) {
                    // "A, B, and C": the parser may take the second for a name of the first.
                    if is_list(known, tree, at, name) {
                        stack.push(name);
                        continue;
                    }
                    let joined =
                        tree.children(name).iter().rev().copied().filter(|it| known.tokens[it.ix()].dep == "conj");
                    stack.extend(joined);
                }
                let conj = tree
                    .children(at)
                    .iter()
                    .rev()
                    .copied()
                    .filter(|it| known.tokens[it.ix()].dep == "conj" && known.tokens[it.ix()].pos != "VERB");
                stack.extend(conj);
                // "several leaders, including A and B"
                let named = tree.children(at).iter().copied().filter(|it| at < *it && known.lemma(*it) == "include");
                stack.extend(named.filter_map(|it| tree.child(known, it, &["pobj", "dobj"])));
            }
        }
    }
    out
}

/// Whether a noun in apposition is the second of a list: both are names of different actors, and a third is joined.
fn is_list(known: &Annotations, tree: &Tree, first: TokenIx, second: TokenIx) -> bool {
    let one = |at: TokenIx| mentions_in(known, known.tokens[at.ix()].span).find_map(|it| it.actor);
    let proper = |at: TokenIx| known.tokens[at.ix()].pos == "PROPN";
    let joined = tree.children(second).iter().any(|it| known.tokens[it.ix()].dep == "conj");
    joined && proper(first) && proper(second) && one(first).zip(one(second)).is_some_and(|(a, b)| a != b)
}
