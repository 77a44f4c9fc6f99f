//! Whether an act is done, under way, planned, demanded or denied: from tense, modals, negation and the words over it.

use rapporteur_model::{Annotations, Realis, TokenIx};

use crate::Tree;

/// What is known of an act's place in reality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) realis: Realis,
    pub(super) positive: bool,
}

impl Told {
    const fn yes(realis: Realis) -> Told {
        Told { realis, positive: true }
    }

    const DENIED: Told = Told { realis: Realis::Denied, positive: false };
}

/// How a verb or noun governs what stands under it.
fn governed(lemma: &str) -> Option<Told> {
    Some(match lemma {
        "refuse" | "deny" | "reject" | "decline" | "fail" | "avoid" | "refusal" | "failure" | "cancel" | "abandon"
        | "exclude" | "forget" | "prevent" | "veto" | "scrap" => Told::DENIED,
        "schedule" | "plan" | "set" | "due" | "slate" | "prepare" | "arrange" | "book" | "announce" | "intend"
        | "decide" | "ready" | "prepared" | "agree" | "decision" | "intention" => Told::yes(Realis::Scheduled),
        "expect" | "likely" | "promise" | "pledge" | "vow" | "commit" | "anticipate" | "forecast" | "hope" | "aim"
        | "bind" | "poise" | "certain" | "sure" | "await" | "expectation" => Told::yes(Realis::Expected),
        "propose" | "suggest" | "offer" | "consider" | "discuss" | "proposal" | "idea" | "mull" | "weigh"
        | "willing" | "willingness" | "recommend" | "ponder" => Told::yes(Realis::Proposed),
        "demand" | "urge" | "ask" | "call" | "want" | "seek" | "request" | "require" | "order" | "need" | "press"
        | "appeal" | "insist" | "push" | "invite" | "advise" | "beg" | "wish" | "implore" | "pressure" | "summon"
        | "plead" | "tell" => Told::yes(Realis::Demanded),
        "threaten" | "risk" | "fear" | "warn" | "threat" | "unlikely" | "possible" | "ability" | "able"
        | "possibility" | "able-bodied" | "unable" | "free" => Told::yes(Realis::Hypothetical),
        "begin" | "start" | "continue" | "keep" | "resume" => Told::yes(Realis::Ongoing),
        _ => return None,
    })
}

/// The realis of an act told by a verb; `ahead` when its time lies ahead, `dated` when it has one.
pub(super) fn of_verb(known: &Annotations, tree: &Tree, verb: TokenIx, ahead: bool, dated: bool) -> Told {
    let it = &known.tokens[verb.ix()];
    let mut modal = None;
    let (mut to, mut have, mut be, mut past, mut negated, mut generic) =
        (false, false, None, it.tag == "VBD", false, false);
    let mut does = false;
    for child in tree.children(verb) {
        let child_token = &known.tokens[child.ix()];
        let lemma = known.lemma(*child);
        match child_token.dep {
            "neg" => negated = true,
            "aux" | "auxpass" => match (lemma, child_token.tag) {
                (_, "MD") => modal = Some(*child),
                ("to", _) => to = true,
                ("have", tag) => (have, past) = (true, past || tag == "VBD"),
                ("be", tag) => (be, past) = (Some(*child), past || tag == "VBD"),
                ("do", _) => does = true,
                _ => {}
            },
            "advmod"
                if matches!(
                    lemma,
                    "often"
                        | "always"
                        | "usually"
                        | "regularly"
                        | "frequently"
                        | "rarely"
                        | "seldom"
                        | "sometimes"
                        | "never"
                ) =>
            {
                generic = lemma != "never";
                negated |= lemma == "never";
            }
            "mark" | "advmod" if matches!(lemma, "if" | "unless" | "whether") => {
                return Told { realis: Realis::Hypothetical, positive: !negated };
            }
            "preconj" | "cc" => {}
            _ => {}
        }
    }
    let found = if let Some(modal) = modal {
        of_modal(known, tree, verb, known.lemma(modal), have, dated)
    } else if does {
        Told::yes(Realis::Happened)
    } else if to {
        of_infinitive(known, tree, verb, dated)
    } else {
        of_tense(known, tree, verb, Tense { past, have, be: be.is_some(), generic, ahead, dated })
    };
    negate(found, negated)
}

fn negate(told: Told, negated: bool) -> Told {
    if !negated {
        return told;
    }
    match told.realis {
        Realis::Denied => Told::yes(Realis::Happened),
        Realis::Happened | Realis::Scheduled | Realis::Expected | Realis::Ongoing | Realis::General => Told::DENIED,
        realis => Told { realis, positive: false },
    }
}

fn of_modal(known: &Annotations, tree: &Tree, verb: TokenIx, modal: &str, have: bool, dated: bool) -> Told {
    if have && modal != "will" {
        return Told::yes(Realis::Hypothetical);
    }
    match modal {
        "will" | "shall" | "'ll" | "wo" if dated => Told::yes(Realis::Scheduled),
        "will" | "shall" | "'ll" | "wo" => Told::yes(Realis::Expected),
        "must" | "should" | "ought" | "need" => Told::yes(Realis::Demanded),
        "would" => {
            let it = &known.tokens[verb.ix()];
            // "said it would pay", "an announcement that it would pay"
            let said = matches!(it.dep, "ccomp" | "acl") && it.head != verb;
            let condition = tree.children(verb).iter().any(|child| {
                known.tokens[child.ix()].dep == "advcl"
                    && tree.children(*child).iter().any(|it| matches!(known.lemma(*it), "if" | "unless"))
            });
            if said && !condition {
                Told::yes(if dated { Realis::Scheduled } else { Realis::Expected })
            } else {
                Told::yes(Realis::Hypothetical)
            }
        }
        _ => Told::yes(Realis::Hypothetical),
    }
}

fn of_infinitive(known: &Annotations, tree: &Tree, verb: TokenIx, dated: bool) -> Told {
    let it = &known.tokens[verb.ix()];
    let headline = matches!(it.dep, "acl" | "relcl")
        && known.tokens[it.head.ix()].head == it.head
        && known.tokens[it.head.ix()].pos != "VERB";
    if it.dep == "ROOT" || it.head == verb || headline {
        return Told::yes(if dated { Realis::Scheduled } else { Realis::Expected });
    }
    let head = it.head;
    let over = known.lemma(head);
    let above = &known.tokens[head.ix()];
    let negated_above = tree.children(head).iter().any(|it| known.tokens[it.ix()].dep == "neg");
    let told = match over {
        "be" if above.pos == "AUX" || above.pos == "VERB" => {
            Told::yes(if dated { Realis::Scheduled } else { Realis::Expected })
        }
        "have" => Told::yes(Realis::Demanded),
        "go" => Told::yes(if dated { Realis::Scheduled } else { Realis::Expected }),
        "manage" | "help" | "come" => of_verb_above(known, tree, head),
        _ => match governed(over) {
            // "a push to", "an order to": of these nouns only the verbs demand.
            Some(_) if above.pos == "NOUN" && matches!(over, "push" | "press") => Told::yes(Realis::Hypothetical),
            // "a plan to provide a loan" is not yet decided.
            Some(_) if above.pos == "NOUN" && over == "plan" => Told::yes(Realis::Proposed),
            // What governs is itself only wanted or denied: "was not expected to".
            Some(told) if above.pos == "VERB" => negate(told, negated_above),
            Some(told) => told,
            None if it.dep == "advcl" => Told::yes(Realis::Hypothetical),
            None => Told::yes(Realis::Hypothetical),
        },
    };
    // "expected to visit on Tuesday": a day makes it an appointment.
    if told.realis == Realis::Expected && dated && told.positive { Told::yes(Realis::Scheduled) } else { told }
}

fn of_verb_above(known: &Annotations, tree: &Tree, head: TokenIx) -> Told {
    if known.tokens[head.ix()].pos == "VERB" {
        of_verb(known, tree, head, false, false)
    } else {
        Told::yes(Realis::Hypothetical)
    }
}

struct Tense {
    past: bool,
    have: bool,
    be: bool,
    generic: bool,
    ahead: bool,
    dated: bool,
}

fn of_tense(known: &Annotations, tree: &Tree, verb: TokenIx, tense: Tense) -> Told {
    let it = &known.tokens[verb.ix()];
    if tense.generic {
        return Told::yes(Realis::General);
    }
    match it.tag {
        "VBD" => Told::yes(Realis::Happened),
        "VBN" if tense.have || tense.past => Told::yes(Realis::Happened),
        // "after being arrested"
        "VBN" if tense.be && it.dep == "pcomp" && matches!(known.lemma(it.head), "after" | "since" | "for" | "by") => {
            Told::yes(Realis::Happened)
        }
        // "asked that he be released"
        "VBN"
            if tense.be
                && it.dep == "ccomp"
                && tree
                    .children(verb)
                    .iter()
                    .any(|it| known.tokens[it.ix()].tag == "VB" && known.lemma(*it) == "be") =>
        {
            governed(known.lemma(it.head)).unwrap_or(Told::yes(Realis::Demanded))
        }
        // "is wanted", "are being held"
        "VBN" if tense.be => Told::yes(if tense.ahead { Realis::Scheduled } else { Realis::Ongoing }),
        "VBN" => Told::yes(Realis::Happened),
        "VBG" if tense.be && !tense.past => Told::yes(if tense.ahead { Realis::Scheduled } else { Realis::Ongoing }),
        "VBG" if tense.be => Told::yes(Realis::Happened),
        "VBG" => of_gerund(known, tree, verb, tense.ahead),
        "VBZ" | "VBP" if tense.ahead => Told::yes(Realis::Scheduled),
        // The present of headlines and captions tells what happened; "continues" and the like are under way.
        "VBZ" | "VBP"
            if matches!(
                known.lemma(verb),
                "continue" | "support" | "oppose" | "back" | "want" | "threaten" | "demand" | "occupy"
            ) =>
        {
            Told::yes(Realis::Ongoing)
        }
        // "ministers meet in Brussels Monday", told on Monday
        "VBZ" | "VBP" if tense.dated && known.lemma(verb) == "meet" => Told::yes(Realis::Ongoing),
        "VBZ" | "VBP"
            if it.dep == "advcl"
                && tree
                    .children(verb)
                    .iter()
                    .any(|it| matches!(known.lemma(*it), "when" | "once" | "before" | "until")) =>
        {
            Told::yes(Realis::Expected)
        }
        "VBZ" | "VBP" => Told::yes(Realis::Happened),
        "VB" if governed(known.lemma(it.head)).is_some() => {
            governed(known.lemma(it.head)).unwrap_or(Told::yes(Realis::Hypothetical))
        }
        "VB" => Told::yes(if it.dep == "ROOT" { Realis::Demanded } else { Realis::Hypothetical }),
        _ => Told::yes(if tense.dated { Realis::Happened } else { Realis::Hypothetical }),
    }
}

/// "after leading talks", "for coaching officials", "of attacking", "by sending troops".
fn of_gerund(known: &Annotations, tree: &Tree, verb: TokenIx, ahead: bool) -> Told {
    let it = &known.tokens[verb.ix()];
    let head = it.head;
    match it.dep {
        "pcomp" => match known.lemma(head) {
            "after" | "by" | "since" => Told::yes(Realis::Happened),
            "before" => Told::yes(Realis::Scheduled),
            "without" => Told::DENIED,
            // "accused of killing": alleged, told as done.
            "of" | "for" | "from" => {
                let over = known.tokens[head.ix()].head;
                governed(known.lemma(over)).unwrap_or(Told::yes(
                    if matches!(known.lemma(over), "accuse" | "suspect" | "convict" | "charge" | "blame" | "arrest") {
                        Realis::Happened
                    } else {
                        Realis::Hypothetical
                    },
                ))
            }
            _ => Told::yes(Realis::Hypothetical),
        },
        "xcomp" => match governed(known.lemma(head)) {
            Some(told) => told,
            None if known.lemma(head) == "stop" => Told::DENIED,
            None => of_verb_above(known, tree, head),
        },
        "advcl" | "conj" | "acl" if head != verb && known.tokens[head.ix()].pos == "VERB" => {
            of_verb(known, tree, head, ahead, false)
        }
        "csubj" | "nsubj" => Told::yes(Realis::Hypothetical),
        _ => Told::yes(if ahead { Realis::Scheduled } else { Realis::Ongoing }),
    }
}

/// How far who acts is said to be from doing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    /// Nothing is said.
    Unsaid,
    /// "will", "would", "is willing to", "wants to".
    Means,
    /// "will, unless": a threat whatever it is.
    Unless,
    /// "tried to", "attempted to", "decided to".
    Begun,
}

/// What is said of who acts and the act of a verb.
pub(super) fn intent(known: &Annotations, tree: &Tree, verb: TokenIx) -> Intent {
    let modal = tree.children(verb).iter().any(|it| {
        known.tokens[it.ix()].dep == "aux" && matches!(known.lemma(*it), "will" | "would" | "shall" | "'ll" | "'d")
    });
    let it = &known.tokens[verb.ix()];
    let own_subject = tree.child(known, verb, &["nsubj", "nsubjpass"]).is_some();
    let over = if it.head == verb || own_subject { "" } else { known.lemma(it.head) };
    match over {
        "try" | "attempt" | "decide" => Intent::Begun,
        "willing" | "ready" | "prepared" | "prepare" | "plan" | "intend" | "want" | "promise" | "vow" | "pledge"
        | "seek" | "aim" | "hope" | "wish" | "keen" | "eager" | "determined" => Intent::Means,
        _ if modal => {
            let unless = |at: TokenIx| {
                tree.children(at).iter().any(|child| {
                    known.tokens[child.ix()].dep == "advcl"
                        && tree.children(*child).iter().any(|it| known.lemma(*it) == "unless")
                })
            };
            if unless(verb) { Intent::Unless } else { Intent::Means }
        }
        _ => Intent::Unsaid,
    }
}

/// "faces opposition", "is under investigation": what somebody lives with goes on.
fn stands(verb: &str, noun: &str) -> bool {
    matches!(verb, "face" | "encounter" | "confront")
        && matches!(
            noun,
            "opposition"
                | "resistance"
                | "criticism"
                | "protest"
                | "investigation"
                | "probe"
                | "accusation"
                | "inquiry"
                | "pressure"
                | "objection"
                | "siege"
                | "boycott"
                | "strike"
        )
}

/// Whether a verb is told as past.
fn is_past(known: &Annotations, tree: &Tree, verb: TokenIx) -> bool {
    known.tokens[verb.ix()].tag == "VBD"
        || tree.children(verb).iter().any(|it| {
            let aux = &known.tokens[it.ix()];
            aux.tag == "VBD" && matches!(aux.dep, "aux" | "auxpass")
        })
}

/// The realis of an act told by a noun.
pub(super) fn of_noun(known: &Annotations, tree: &Tree, noun: TokenIx, ahead: bool, dated: bool) -> Told {
    for child in tree.children(noun) {
        let it = &known.tokens[child.ix()];
        let lemma = known.lemma(*child);
        match (it.dep, lemma) {
            ("det", "no") => return Told::DENIED,
            ("amod" | "compound" | "acl", "upcoming" | "planned" | "scheduled" | "forthcoming" | "coming" | "next") => {
                return Told::yes(Realis::Scheduled);
            }
            ("amod", "expected" | "likely" | "looming") => return Told::yes(Realis::Expected),
            ("amod", "proposed") => return Told::yes(Realis::Proposed),
            ("amod", "possible" | "potential" | "future" | "further" | "new" | "any")
                if lemma != "new" && lemma != "further" =>
            {
                return Told::yes(Realis::Hypothetical);
            }
            ("amod", "ongoing" | "continuing" | "current") => return Told::yes(Realis::Ongoing),
            ("amod", "widen" | "expand" | "grow" | "continue" | "mount" | "unfold") if it.tag == "VBG" => {
                return Told::yes(Realis::Ongoing);
            }
            ("amod", "previous" | "recent" | "last" | "sudden" | "past" | "initial") => {
                return Told::yes(Realis::Happened);
            }
            ("amod" | "acl", "plan" | "schedule") if it.tag == "VBN" => return Told::yes(Realis::Scheduled),
            ("amod" | "acl", "expect" | "propose") if it.tag == "VBN" => {
                return governed(lemma).unwrap_or(Told::yes(Realis::Expected));
            }
            _ => {}
        }
    }
    if ahead {
        return Told::yes(Realis::Scheduled);
    }
    // "Talks are hard": of talks as such.
    let over = &known.tokens[known.tokens[noun.ix()].head.ix()];
    let bare = tree.children(noun).is_empty();
    if bare && known.tokens[noun.ix()].dep == "nsubj" && over.pos == "AUX" && matches!(over.tag, "VBP" | "VBZ") {
        return Told::yes(Realis::General);
    }
    if matches!(known.lemma(noun), "war" | "conflict" | "invasion" | "occupation" | "fighting" | "siege") {
        let over_now = known.tokens[noun.ix()].dep == "dobj"
            && matches!(over.tag, "VBD" | "VBN")
            && matches!(known.lemma(known.tokens[noun.ix()].head), "end" | "stop" | "halt" | "finish" | "conclude");
        return Told::yes(if over_now { Realis::Happened } else { Realis::Ongoing });
    }
    // The verb over the noun.
    let mut at = noun;
    let mut after = false;
    for _ in 0..6 {
        let it = &known.tokens[at.ix()];
        let head = it.head;
        if head == at {
            break;
        }
        let lemma = known.lemma(head);
        let above = &known.tokens[head.ix()];
        match (it.dep, lemma) {
            ("pobj", "after" | "following" | "since" | "during" | "from") => after = true,
            ("pobj", "amid") => return Told::yes(Realis::Ongoing),
            // "before his arrest, he had been in hiding"
            ("pobj", "before") if is_past(known, tree, above.head) => return Told::yes(Realis::Happened),
            ("pobj", "before" | "until" | "pending") => return Told::yes(Realis::Scheduled),
            ("pobj" | "prep", "ahead") => return Told::yes(Realis::Scheduled),
            ("pobj", "without") => return Told::DENIED,
            _ => {}
        }
        if after {
            return Told::yes(Realis::Happened);
        }
        if above.pos == "VERB" || above.pos == "AUX" {
            let object = matches!(it.dep, "dobj" | "prep" | "nsubjpass");
            // "rewarded for its attack": a side remark, untouched by the verb's mood; "call for talks" governs them.
            if it.dep == "prep" && !matches!(known.lemma(at), "for" | "on" | "to" | "of" | "in" | "at")
                || it.dep == "prep" && governed(lemma).is_none() && !matches!(known.lemma(at), "in" | "at")
            {
                let open = tree.children(noun).iter().any(|it| matches!(known.lemma(*it), "a" | "an" | "any"));
                return Told::yes(if open { Realis::Hypothetical } else { Realis::Happened });
            }
            // "called a meeting" sets it; "told a news conference" was there. Only "for" demands one.
            let bare_object = it.dep == "dobj" && at == noun;
            if bare_object && lemma == "call" {
                // "called the attack an outrage" names what took place.
                let named = tree.child(known, head, &["oprd", "xcomp"]).is_some();
                return Told::yes(if named { Realis::Happened } else { Realis::Scheduled });
            }
            if bare_object && lemma == "tell" {
                return Told::yes(Realis::Happened);
            }
            if let Some(told) = governed(lemma).filter(|_| object) {
                let negated = tree.children(head).iter().any(|it| known.tokens[it.ix()].dep == "neg");
                // "failing to prevent the attack", "did not stop it": it took place.
                // "at the hearing, she asked": the occasion is no wish.
                if it.dep == "prep" && matches!(known.lemma(at), "at" | "in") && told.realis == Realis::Demanded {
                    return Told::yes(Realis::Happened);
                }
                let in_vain = told == Told::DENIED && matches!(known.lemma(above.head), "fail" | "failure" | "unable");
                return negate(told, negated || in_vain && above.head != head);
            }
            if it.dep == "dobj" && matches!(above.tag, "VBZ" | "VBP") && stands(lemma, known.lemma(noun)) {
                return Told::yes(Realis::Ongoing);
            }
            let told = of_verb(known, tree, head, ahead, dated);
            return match (it.dep, told.realis) {
                // "the talks will put pressure": they are to come.
                ("nsubj" | "nsubjpass", realis) => Told { realis, positive: told.positive },
                // What one did with it is done or under way, but the noun under a wish is only wished.
                (_, Realis::Happened | Realis::Ongoing | Realis::General) => {
                    Told::yes(if dated || above.tag != "VBG" { Realis::Happened } else { Realis::Ongoing })
                }
                (_, realis) => Told { realis, positive: told.positive },
            };
        }
        if matches!(it.dep, "pobj") && matches!(above.pos, "ADP") {
            at = head;
            continue;
        }
        if let Some(told) = governed(lemma).filter(|_| above.pos == "NOUN") {
            return told;
        }
        at = head;
    }
    Told::yes(Realis::Happened)
}
