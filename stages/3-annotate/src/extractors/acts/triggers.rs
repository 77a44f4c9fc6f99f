//! Which words evoke an act: a verb ("resigned", "called off"), a light verb with its noun ("held talks"), a noun
//! ("the resignation of").

use rapporteur_lexicon::{Act, Lexicon, Trigger};
use rapporteur_model::{Annotations, TokenIx};

use crate::Tree;

/// A trigger in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evoked {
    /// The lexicon's row.
    pub(super) kind: Act,
    pub(super) mode: &'static str,
    /// Whether all parties act: talks, trade, agreements.
    pub(super) mutual: bool,
    /// The row's frames: which words bring the recipient.
    pub(super) frames: &'static [&'static str],
    /// The word itself: the verb, or the noun of a nominal act.
    pub(super) head: TokenIx,
    /// The noun of a light verb.
    pub(super) noun: Option<TokenIx>,
}

/// The act that `token` evokes, if any.
pub(super) fn evoked(known: &Annotations, tree: &Tree, lexicon: &Lexicon, token: TokenIx) -> Option<Evoked> {
    let it = &known.tokens[token.ix()];
    match it.pos {
        "VERB" => light(known, tree, lexicon, token).or_else(|| verb(known, tree, lexicon, token)),
        "NOUN" => noun(known, tree, lexicon, token),
        _ => None,
    }
}

fn row(trigger: &Trigger, head: TokenIx, noun: Option<TokenIx>) -> Evoked {
    let mutual = trigger.frames.iter().any(|it| it == "pl");
    Evoked { kind: trigger.act, mode: mode(trigger, mutual), mutual, frames: frames(trigger), head, noun }
}

/// The frames of a row, in a fixed set of lists so that they need no allocation.
fn frames(trigger: &Trigger) -> &'static [&'static str] {
    const SETS: &[(&str, &[&str])] = &[
        ("obj", &["obj"]),
        ("with", &["with", "between", "among"]),
        ("by", &["of", "on", "against", "to", "at", "in"]),
        ("on", &["on", "against", "upon"]),
        ("to", &["to", "for", "obj"]),
        ("against", &["against", "with", "at"]),
        ("from", &["from", "obj"]),
        ("for", &["for"]),
        ("into", &["into", "of"]),
        ("at", &["at", "on", "against"]),
        ("of", &["of"]),
    ];
    let first = trigger.frames.iter().next().unwrap_or("");
    let second = trigger.frames.iter().nth(1).unwrap_or("");
    match (first, second) {
        ("obj", "to") => &["obj", "to"],
        ("obj", "on") => &["obj", "on", "against", "at"],
        ("obj", "of") => &["obj", "for", "of"],
        ("obj", "for") => &["obj", "for"],
        ("obj", "from") => &["obj", "on", "upon", "to", "from", "that"],
        ("obj", "with") => &["obj", "with", "to"],
        ("against", "obj") => &["against", "at", "obj"],
        ("against", "to") => &["against", "to", "in", "on"],
        ("by", "of") => &[],
        _ => SETS.iter().find(|(word, _)| *word == first).map_or(&[], |(_, set)| set),
    }
}

/// The mode as a noun of news.
fn mode(trigger: &Trigger, mutual: bool) -> &'static str {
    let _ = mutual;
    match (trigger.mode, trigger.lemma) {
        ("visit", "visit" | "tour" | "stopover" | "stop") => "visit",
        ("visit", "arrive" | "travel" | "head" | "fly" | "go" | "depart" | "return" | "journey" | "trip") => "travel",
        ("visit", _) => "visit",
        ("meet" | "negotiate", _) => "meeting",
        ("resign", _) => "resignation",
        ("propose", _) => "proposal",
        ("kill" | "death", _) => "death",
        (mode, _) => mode,
    }
}

fn light(known: &Annotations, tree: &Tree, lexicon: &Lexicon, verb: TokenIx) -> Option<Evoked> {
    let lemma = known.lemma(verb);
    let found = |noun: TokenIx| {
        let rows: Vec<&Trigger> = lexicon.light_triggers(lemma, known.lemma(noun)).collect();
        choose(known, tree, &rows, noun).map(|it| row(it, verb, Some(noun)))
    };
    let mut nouns = Vec::new();
    for child in tree.children(verb) {
        match known.tokens[child.ix()].dep {
            "dobj" | "attr" | "nsubjpass" => nouns.push(*child),
            "prep" => nouns.extend(tree.child(known, *child, &["pobj"])),
            _ => {}
        }
    }
    // "talks held in Oslo": the noun that a participle modifies.
    let it = &known.tokens[verb.ix()];
    if it.dep == "acl" && it.tag == "VBN" {
        nouns.push(it.head);
    }
    nouns.iter().find_map(|noun| {
        found(*noun).or_else(|| tree.children(*noun).iter().copied().filter(|it| known.tokens[it.ix()].dep == "conj").find_map(found))
    })
}

fn verb(known: &Annotations, tree: &Tree, lexicon: &Lexicon, verb: TokenIx) -> Option<Evoked> {
    let lemma = known.lemma(verb);
    // "call off", "call on", "crack down", "cut ties"
    for child in tree.children(verb).iter().filter(|it| verb < **it) {
        let it = &known.tokens[child.ix()];
        if matches!(it.dep, "prt" | "prep" | "advmod" | "dobj") {
            let phrase = format!("{lemma} {}", known.lemma(*child));
            let rows: Vec<&Trigger> = lexicon.verb_triggers(&phrase).collect();
            if let Some(found) = choose(known, tree, &rows, verb) {
                return Some(row(found, verb, None));
            }
        }
    }
    let rows: Vec<&Trigger> = lexicon.verb_triggers(lemma).collect();
    let found = row(choose(known, tree, &rows, verb)?, verb, None);
    accepts(known, tree, &found).then_some(found)
}

fn noun(known: &Annotations, tree: &Tree, lexicon: &Lexicon, noun: TokenIx) -> Option<Evoked> {
    let it = &known.tokens[noun.ix()];
    if it.dep == "compound" {
        return None;
    }
    let rows: Vec<&Trigger> = lexicon.noun_triggers(known.lemma(noun)).collect();
    choose(known, tree, &rows, noun).map(|it| row(it, noun, None))
}

/// Of several meanings the one whose parties are there: "launched an attack" has an object, "the launch of" has none.
fn choose<'a>(known: &Annotations, tree: &Tree, rows: &[&'a Trigger], head: TokenIx) -> Option<&'a Trigger> {
    let score = |it: &&&Trigger| {
        let fits = it.frames.iter().filter(|frame| has(known, tree, head, frame)).count();
        (fits, usize::from(it.act != Act::Other))
    };
    // The first of the best, so that the table's order decides.
    rows.iter().rev().max_by_key(score).copied()
}

fn has(known: &Annotations, tree: &Tree, head: TokenIx, frame: &str) -> bool {
    tree.children(head).iter().any(|child| {
        let it = &known.tokens[child.ix()];
        match frame {
            "obj" => matches!(it.dep, "dobj" | "nsubjpass" | "ccomp"),
            "pl" => false,
            word => it.dep == "prep" && known.lemma(*child) == word || word == "by" && it.dep == "agent",
        }
    })
}

/// Verbs of many meanings only with the parties that make them acts.
fn accepts(known: &Annotations, tree: &Tree, found: &Evoked) -> bool {
    let head = found.head;
    let object = tree.child(known, head, &["dobj", "nsubjpass", "dative"]).is_some();
    let to = |words: &[&str]| tree.children(head).iter().any(|it| known.tokens[it.ix()].dep == "prep" && words.contains(&known.lemma(*it)));
    match known.lemma(head) {
        "speak" | "talk" => to(&["to", "with"]),
        "head" => !object,
        "go" => to(&["to"]),
        "leave" => to(&["for", "from"]) || !object,
        "meet" => {
            // "meet demand", "meet targets": the object must be able to meet.
            let target = tree.child(known, head, &["dobj"]);
            target.is_none_or(|it| !matches!(known.lemma(it), "demand" | "need" | "target" | "deadline" | "requirement" | "condition" | "goal" | "standard" | "expectation" | "cost" | "criterion" | "obligation" | "commitment"))
        }
        "support" | "back" | "approve" | "block" | "allow" | "help" | "fight" | "urge" | "ask" => object || to(&["of", "on", "with", "against"]) || has(known, tree, head, "obj"),
        _ => true,
    }
}
