//! Which way an expression points: "will meet on Tuesday" forward, "met on Tuesday" back. Read off the verb it hangs on.

use rapporteur_model::{Annotations, TokenIx};

use crate::Tree;

/// Which way from the anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Direction {
    /// The words do not say.
    #[default]
    Unknown,
    /// Back.
    Past,
    /// Forward.
    Future,
}

/// Verbs, nouns and adjectives whose infinitive or noun lies ahead: "expected to meet", "plans talks".
const AHEAD: &[&str] = &[
    "agree", "aim", "arrange", "ask", "await", "begin", "bind", "book", "call", "consider", "decide", "demand", "due",
    "expect", "forecast", "hope", "intend", "invite", "likely", "mean", "need", "offer", "order", "plan", "pledge",
    "poise", "prepare", "project", "promise", "propose", "ready", "require", "schedule", "seek", "set", "slate",
    "summon", "supposed", "suppose", "threaten", "unlikely", "urge", "vow", "want", "willing", "wish", "would",
    "deadline", "decision", "intention", "invitation", "offer", "preparation", "proposal", "timetable",
];

/// Verbs whose present tense is used for what is set: "leaves on Monday".
const SCHEDULED: &[&str] = &[
    "address", "arrive", "attend", "begin", "close", "convene", "depart", "embark", "end", "expire", "face", "fly",
    "gather", "go", "head", "host", "join", "launch", "leave", "meet", "open", "resume", "return", "speak", "start",
    "take", "travel", "visit", "vote",
];

/// Adjectives that put a noun ahead.
const AHEAD_ADJECTIVES: &[&str] =
    &["upcoming", "planned", "scheduled", "forthcoming", "coming", "expected", "proposed", "next", "anticipated"];

/// The direction of the expression whose first token is `token`, and whether a noun stands between it and the verb.
pub(crate) fn of(known: &Annotations, tree: &Tree, token: TokenIx) -> (Direction, bool) {
    let Some(first) = known.tokens.get(token.ix()) else { return (Direction::Unknown, false) };
    let mut below = token;
    if is_verb(first.tag) {
        return (of_verb(known, tree, token), false);
    }
    if let Some(found) = of_preposition(known, tree, token) {
        return (found, false);
    }
    let mut noun_between = false;
    for at in known.ancestors(token) {
        let it = &known.tokens[at.ix()];
        // "after leading talks at the weekend"
        if it.tag == "VBG" && it.dep == "pcomp" && known.lemma(it.head) == "after" {
            return (Direction::Past, noun_between);
        }
        if let Some(found) = of_preposition(known, tree, at) {
            return (found, noun_between);
        }
        let noun = matches!(it.pos, "NOUN" | "PROPN");
        if noun
            && (ahead_modifier(known, tree, at)
                || it.dep != "pobj" && AHEAD.contains(&known.lemma(at)) && known.tokens[below.ix()].dep == "prep")
        {
            return (Direction::Future, noun_between);
        }
        if is_verb(it.tag) || it.tag == "MD" {
            // A participle that modifies a noun says nothing of its own: go on to the finite verb.
            let found = of_verb(known, tree, at);
            if found != Direction::Unknown {
                // "planned a march on Saturday": the plan is past, the march to come.
                let plans = noun_between
                    && matches!(known.lemma(at), "plan" | "schedule" | "arrange" | "organise" | "organize");
                return (if plans { Direction::Future } else { found }, noun_between);
            }
        }
        noun_between |= noun;
        below = at;
    }
    (Direction::Unknown, noun_between)
}

/// "ahead of Tuesday's vote", "until Friday", "since Monday".
fn of_preposition(known: &Annotations, tree: &Tree, token: TokenIx) -> Option<Direction> {
    let it = &known.tokens[token.ix()];
    let ahead = matches!(it.dep, "advmod" | "ROOT") && known.lemma(token) == "ahead";
    if it.dep != "prep" && it.dep != "mark" && it.dep != "pcomp" && !ahead {
        return None;
    }
    match known.lemma(token) {
        // "until Thursday they had not called him": the time is over.
        "until" | "till" if is_over(known, tree, token) => Some(Direction::Past),
        "ahead" | "until" | "till" | "pending" => Some(Direction::Future),
        "since" => Some(Direction::Past),
        _ => None,
    }
}

/// Whether the verb that a preposition hangs on stands in the past perfect.
fn is_over(known: &Annotations, tree: &Tree, preposition: TokenIx) -> bool {
    let verb = known.tokens[preposition.ix()].head;
    tree.children(verb).iter().any(|it| {
        let aux = &known.tokens[it.ix()];
        aux.dep == "aux" && aux.tag == "VBD" && known.lemma(*it) == "have"
    })
}

fn is_verb(tag: &str) -> bool {
    tag.starts_with("VB")
}

fn ahead_modifier(known: &Annotations, tree: &Tree, noun: TokenIx) -> bool {
    tree.children(noun).iter().any(|child| {
        let it = &known.tokens[child.ix()];
        matches!(it.dep, "amod" | "compound") && {
            let lemma = known.lemma(*child);
            AHEAD_ADJECTIVES.contains(&lemma) || it.tag == "VBN" && AHEAD.contains(&lemma)
        }
    })
}

/// The direction a verb group gives.
pub(crate) fn of_verb(known: &Annotations, tree: &Tree, verb: TokenIx) -> Direction {
    let it = &known.tokens[verb.ix()];
    let mut past = it.tag == "VBD";
    let mut to = false;
    for child in tree.children(verb) {
        let aux = &known.tokens[child.ix()];
        if !matches!(aux.dep, "aux" | "auxpass") || verb < *child {
            continue;
        }
        match known.lemma(*child) {
            "would" if aux.tag == "MD" && told_before(known, tree, verb) => return Direction::Past,
            "will" | "shall" | "'ll" | "’ll" | "wo" | "can" | "may" | "must" | "should" | "might" | "could"
            | "would"
                if aux.tag == "MD" =>
            {
                // "could have met": back.
                let perfect = tree
                    .children(verb)
                    .iter()
                    .any(|it| known.lemma(*it) == "have" && known.tokens[it.ix()].dep == "aux");
                // "could not be reached on Wednesday": tried in vain.
                let in_vain = known.lemma(*child) == "could"
                    && tree.children(verb).iter().any(|it| known.tokens[it.ix()].dep == "neg")
                    || neither(known, tree, verb);
                return if perfect || in_vain { Direction::Past } else { Direction::Future };
            }
            "ll" | "'d" => return Direction::Future,
            "to" => to = true,
            "have" => past = true,
            "be" if matches!(aux.tag, "VBD") => past = true,
            "do" if aux.tag == "VBD" => past = true,
            _ => {}
        }
    }
    if to && !past {
        return of_infinitive(known, tree, verb);
    }
    if past {
        // "was expected on Tuesday", "had planned to". "had been due": over by now.
        let had = tree.children(verb).iter().any(|it| {
            known.lemma(*it) == "have" && known.tokens[it.ix()].dep == "aux" && known.tokens[it.ix()].tag == "VBD"
        });
        let waits = it.tag == "VBN"
            && !had
            && matches!(known.lemma(verb), "expect" | "schedule" | "plan" | "slate" | "set" | "due");
        let over = waits && came_otherwise(known, tree, verb);
        return if waits && !over { Direction::Future } else { Direction::Past };
    }
    match it.tag {
        // "leaves on Monday", "is arriving on Monday": the running day or one to come.
        "VBZ" | "VBP" if SCHEDULED.contains(&known.lemma(verb)) => Direction::Future,
        "VBG" if tree.children(verb).iter().any(|child| known.tokens[child.ix()].dep == "aux") => Direction::Future,
        "VBN" if matches!(known.lemma(verb), "expect" | "schedule" | "plan" | "slate" | "propose" | "due") => {
            Direction::Future
        }
        // "the agreement announced Friday"
        "VBN" if it.dep == "acl" || it.dep == "advcl" => Direction::Past,
        "VB" if it.dep == "ROOT" => Direction::Future,
        _ => Direction::Unknown,
    }
}

/// "was scheduled to leave on Sunday, but left late": what was set did not come, and that day is over.
fn came_otherwise(known: &Annotations, tree: &Tree, verb: TokenIx) -> bool {
    let was = tree.children(verb).iter().any(|it| known.tokens[it.ix()].tag == "VBD" && known.lemma(*it) == "be");
    let then = tree.children(verb).iter().any(|it| {
        let joined = &known.tokens[it.ix()];
        joined.dep == "conj" && joined.tag == "VBD"
    });
    was && then && tree.children(verb).iter().any(|it| known.lemma(*it) == "but")
}

/// "neither could be found": a denial in the subject.
fn neither(known: &Annotations, tree: &Tree, verb: TokenIx) -> bool {
    tree.child(known, verb, &["preconj", "cc"]).is_some_and(|it| known.lemma(it) == "neither")
        || tree.child(known, verb, &["nsubj", "nsubjpass"]).is_some_and(|it| {
            matches!(known.lemma(it), "neither" | "nobody" | "none")
                || tree.children(it).iter().any(|it| known.lemma(*it).eq_ignore_ascii_case("neither"))
        })
}

/// "had said it would": what lay ahead then lies behind now.
fn told_before(known: &Annotations, tree: &Tree, verb: TokenIx) -> bool {
    known.ancestors(verb).any(|at| {
        known.tokens[at.ix()].tag == "VBN"
            && tree.children(at).iter().any(|it| {
                known.tokens[it.ix()].dep == "aux" && known.tokens[it.ix()].tag == "VBD" && known.lemma(*it) == "have"
            })
    })
}

/// "to meet" under the word that governs it; "to" in a headline alone lies ahead.
fn of_infinitive(known: &Annotations, tree: &Tree, verb: TokenIx) -> Direction {
    let it = &known.tokens[verb.ix()];
    if it.head == verb || it.dep == "ROOT" {
        return Direction::Future;
    }
    if it.dep == "advcl" {
        return Direction::Unknown;
    }
    let head = it.head;
    let governor = known.lemma(head);
    if came_otherwise(known, tree, head) {
        return Direction::Past;
    }
    if AHEAD.contains(&governor) || matches!(governor, "be" | "have" | "go") {
        return Direction::Future;
    }
    if matches!(known.tokens[head.ix()].pos, "NOUN" | "PROPN" | "ADJ") {
        return Direction::Future;
    }
    Direction::Unknown
}

/// Whether a plan with the expression in it was made in the past, and nothing says that it lies ahead still: "announced plans
/// to march on Sunday" against "will march on Sunday".
pub(crate) fn is_plan_told_back(known: &Annotations, tree: &Tree, token: TokenIx) -> bool {
    for at in known.ancestors(token).filter(|it| is_verb(known.tokens[it.ix()].tag)) {
        if tree.children(at).iter().any(|it| known.tokens[it.ix()].tag == "MD") {
            return false;
        }
        if known.tokens[at.ix()].tag == "VBD" {
            return true;
        }
    }
    false
}
