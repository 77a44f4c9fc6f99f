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
        // "the so-called plan", "frozen assets": a participle before its noun tells no act.
        "VERB" if it.dep == "amod" || it.dep == "compound" => None,
        "VERB" => light(known, tree, lexicon, token)
            .or_else(|| verb(known, tree, lexicon, token))
            .or_else(|| travel(known, tree, token))
            .or_else(|| surfaces(known, tree, token))
            .or_else(|| speaks_beside(known, tree, token)),
        "NOUN" => noun(known, tree, lexicon, token),
        "ADJ" if it.dep == "acomp" => adjective(known, tree, token),
        _ => None,
    }
}

fn row(trigger: &Trigger, head: TokenIx, noun: Option<TokenIx>) -> Evoked {
    // Who mediates is no party of those between whom.
    let mutual = trigger.mode != "mediate" && trigger.frames.iter().any(|it| it == "pl");
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
        ("between", &["between", "among", "in"]),
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

/// The lemma of a verb, and with a final e for forms like "staged" and "staging" that lemmatizers may cut too short.
fn lemmas(known: &Annotations, verb: TokenIx) -> (&str, Option<String>) {
    let lemma = known.lemma(verb);
    let cut = matches!(known.tokens[verb.ix()].tag, "VBD" | "VBN" | "VBG") && !lemma.ends_with('e');
    (lemma, cut.then(|| format!("{lemma}e")))
}

fn light(known: &Annotations, tree: &Tree, lexicon: &Lexicon, verb: TokenIx) -> Option<Evoked> {
    let (lemma, longer) = lemmas(known, verb);
    if !lexicon.is_light(lemma) && !longer.as_deref().is_some_and(|it| lexicon.is_light(it)) {
        return None;
    }
    let one = |noun: TokenIx| {
        // "the Europe Bridge": the last word of a name says what it is.
        let name = known.tokens[noun.ix()].pos == "PROPN";
        let word = if name { known.lemma(noun).to_lowercase() } else { String::new() };
        let word = if name { word.as_str() } else { known.lemma(noun) };
        let mut rows: Vec<&Trigger> = lexicon.light_triggers(lemma, word).collect();
        if let Some(longer) = longer.as_deref().filter(|_| rows.is_empty()) {
            rows.extend(lexicon.light_triggers(longer, word));
        }
        choose(known, tree, &rows, noun).map(|it| row(it, verb, Some(noun)))
    };
    // "a mediation effort", "aid deliveries": what the object is of.
    let found = |noun: TokenIx| {
        let inner =
            || tree.children(noun).iter().copied().filter(|it| known.tokens[it.ix()].dep == "compound").find_map(one);
        one(noun).or_else(inner)
    };
    let mut nouns = Vec::new();
    for child in tree.children(verb) {
        match known.tokens[child.ix()].dep {
            "dobj" | "attr" | "nsubjpass" => {
                nouns.push(*child);
                // "5 million dollars of aid", "a series of talks"
                let of = tree.children(*child).iter().copied().find(|it| known.lemma(*it) == "of");
                nouns.extend(of.and_then(|it| tree.child(known, it, &["pobj"])));
            }
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
        found(*noun).or_else(|| {
            tree.children(*noun).iter().copied().filter(|it| known.tokens[it.ix()].dep == "conj").find_map(found)
        })
    })
}

fn verb(known: &Annotations, tree: &Tree, lexicon: &Lexicon, verb: TokenIx) -> Option<Evoked> {
    let (mut lemma, longer) = lemmas(known, verb);
    if let Some(longer) = longer.as_deref()
        && lexicon.verb_triggers(lemma).next().is_none()
        && lexicon.verb_triggers(longer).next().is_some()
    {
        lemma = longer;
    }
    // "call off", "call on", "crack down", "cut ties"
    let opens = lexicon.opens_phrase(lemma);
    for child in tree.children(verb).iter().filter(|it| opens && verb < **it) {
        let it = &known.tokens[child.ix()];
        // "called the Centre for Work": the preposition is the object's.
        let parted = it.dep == "prep"
            && tree.children(verb).iter().any(|other| {
                verb < *other && other < child && matches!(known.tokens[other.ix()].dep, "dobj" | "oprd" | "attr")
            });
        if matches!(it.dep, "prt" | "prep" | "advmod" | "dobj") && !parted {
            let rows: Vec<&Trigger> = lexicon.phrase_triggers(lemma, known.lemma(*child)).collect();
            if let Some(found) = choose(known, tree, &rows, verb) {
                return Some(row(found, verb, None));
            }
        }
    }
    // "welcomes the minister to the palace", "received the envoy": somebody is met, not praised.
    let object = tree.child(known, verb, &["dobj", "nsubjpass"]);
    if matches!(lemma, "welcome" | "receive" | "greet")
        && object.is_some_and(|it| super::arguments::is_person(known, it))
    {
        let hosts = lexicon.verb_triggers("host").next()?;
        return Some(row(hosts, verb, None));
    }
    let infinitive =
        tree.children(verb).iter().any(|it| known.tokens[it.ix()].dep == "xcomp" && known.tokens[it.ix()].tag == "VB");
    // "offered to negotiate": a promise, not a request.
    if lemma == "offer" && infinitive {
        return Some(Evoked {
            kind: Act::Agree,
            mode: "pledge",
            mutual: false,
            frames: &["to"],
            head: verb,
            noun: None,
        });
    }
    // "was fired from the company", "fired the minister": nobody shoots.
    let dismissed = lemma == "fire"
        && object.is_some_and(|it| super::arguments::is_person(known, it))
        && tree.children(verb).iter().all(|it| !matches!(known.lemma(*it), "at" | "upon" | "into" | "on"));
    if dismissed {
        return lexicon.verb_triggers("sack").next().map(|it| row(it, verb, None));
    }
    let rows: Vec<&Trigger> = lexicon.verb_triggers(lemma).collect();
    let mut found = row(choose(known, tree, &rows, verb)?, verb, None);
    // "killed in a crash": nobody did it.
    if found.kind == Act::Assault && tree.child(known, verb, &["nsubjpass"]).is_some() && by_accident(known, tree, verb)
    {
        (found.kind, found.mode) = (Act::Other, "accident");
    }
    accepts(known, tree, lexicon, &found).then_some(found)
}

/// Whether what befell them is no deed: "in a crash", "by a flood".
fn by_accident(known: &Annotations, tree: &Tree, verb: TokenIx) -> bool {
    const MISHAPS: &[&str] = &[
        "accident", "crash", "collision", "earthquake", "quake", "fire", "flood", "storm", "landslide", "derailment",
        "collapse", "tornado", "hurricane", "wildfire", "avalanche", "wreck", "stampede", "tsunami", "typhoon",
        "blaze",
    ];
    tree.children(verb).iter().any(|it| {
        matches!(known.tokens[it.ix()].dep, "prep" | "agent")
            && matches!(known.lemma(*it), "in" | "by" | "during")
            && tree.child(known, *it, &["pobj"]).is_some_and(|it| MISHAPS.contains(&known.lemma(it)))
    })
}

/// Verbs of going that the lexicon has with other meanings: only with a place to go to.
fn travel(known: &Annotations, tree: &Tree, verb: TokenIx) -> Option<Evoked> {
    let goes = matches!(
        known.lemma(verb),
        "return" | "leave" | "come" | "fly" | "go" | "depart" | "head" | "travel" | "embark" | "set"
    );
    let to = tree.children(verb).iter().any(|it| {
        let prep = known.tokens[it.ix()].dep == "prep";
        prep && (matches!(known.lemma(*it), "to" | "for") && names_place(known, tree, *it)
            || tree.child(known, *it, &["pobj"]).is_some_and(|time| {
                // "leaves on Monday for Moscow": the parser may hang the place on the day.
                tree.children(time)
                    .iter()
                    .any(|it| matches!(known.lemma(*it), "to" | "for") && names_place(known, tree, *it))
            }))
    });
    let object = tree.child(known, verb, &["dobj"]).is_some();
    // "in Paris to see the president": somebody seen by appointment.
    let it = &known.tokens[verb.ix()];
    let sees = known.lemma(verb) == "see"
        && it.tag == "VB"
        && matches!(it.dep, "advcl" | "xcomp" | "acl" | "ROOT" | "relcl")
        && tree.children(verb).iter().any(|it| known.tokens[it.ix()].tag == "TO")
        && tree.child(known, verb, &["dobj"]).is_some_and(|it| super::arguments::is_person(known, it));
    if sees {
        return Some(Evoked {
            kind: Act::Consult,
            mode: "meeting",
            mutual: true,
            frames: &["with"],
            head: verb,
            noun: None,
        });
    }
    (goes && to && !object).then_some(Evoked {
        kind: Act::Consult,
        mode: "travel",
        mutual: true,
        frames: &["with"],
        head: verb,
        noun: None,
    })
}

const fn evoke(kind: Act, mode: &'static str, mutual: bool, frames: &'static [&'static str], head: TokenIx) -> Evoked {
    Evoked { kind, mode, mutual, frames, head, noun: None }
}

/// "is opposed to the plan", "were present at the talks", "were also present representing Malta".
fn adjective(known: &Annotations, tree: &Tree, adjective: TokenIx) -> Option<Evoked> {
    let to = || tree.children(adjective).iter().any(|it| known.lemma(*it) == "to");
    match known.lemma(adjective) {
        "opposed" if to() => Some(evoke(Act::Reject, "", false, &["to"], adjective)),
        "present" => {
            let be = known.tokens[adjective.ix()].head;
            let who = tree.child(known, be, &["nsubj"]).filter(|it| super::arguments::is_person(known, *it));
            who.map(|_| evoke(Act::Consult, "meeting", true, &["with"], adjective))
        }
        _ => None,
    }
}

/// "a plan that emerged in May", "a recording surfaced": words that came to be known.
fn surfaces(known: &Annotations, tree: &Tree, verb: TokenIx) -> Option<Evoked> {
    const WORDS: &[&str] = &[
        "plan", "proposal", "document", "recording", "transcript", "video", "draft", "memo", "letter", "detail",
        "tape", "footage", "email", "message", "audio", "photo", "report", "file", "note",
    ];
    let surfaces = matches!(known.lemma(verb), "emerge" | "surface" | "resurface");
    let subject = super::arguments::subject_of(known, tree, verb).filter(|_| surfaces)?;
    WORDS.contains(&known.lemma(subject)).then(|| evoke(Act::Other, "leak", false, &[], verb))
}

/// "speaking alongside the premier": a joint appearance.
fn speaks_beside(known: &Annotations, tree: &Tree, verb: TokenIx) -> Option<Evoked> {
    let beside = matches!(known.lemma(verb), "speak" | "talk" | "appear")
        && tree.children(verb).iter().any(|it| {
            matches!(known.lemma(*it), "alongside" | "beside")
                && tree.child(known, *it, &["pobj"]).is_some_and(|it| super::arguments::is_person(known, it))
        });
    beside.then(|| evoke(Act::Other, "statement", true, &["alongside", "beside"], verb))
}

/// "if it was true", "why they came": a clause that asks.
fn questions(known: &Annotations, tree: &Tree, clause: TokenIx) -> bool {
    tree.children(clause).iter().any(|it| {
        let word = &known.tokens[it.ix()];
        *it < clause
            && (matches!(known.lemma(*it), "if" | "whether") && word.dep == "mark" || word.tag.starts_with('W'))
    })
}

fn names_place(known: &Annotations, tree: &Tree, preposition: TokenIx) -> bool {
    tree.child(known, preposition, &["pobj"]).is_some_and(|it| super::setting::is_place(known, it))
}

fn noun(known: &Annotations, tree: &Tree, lexicon: &Lexicon, noun: TokenIx) -> Option<Evoked> {
    let it = &known.tokens[noun.ix()];
    let plain = known.lemma(noun);
    // "took charge", "lead the charge", "in charge": nobody is charged.
    let over = known.lemma(it.head);
    if plain == "charge" && it.tag == "NN" && matches!(over, "join" | "lead" | "take" | "in" | "carry") {
        return None;
    }
    // "settlements" are places, "leaves" and "laws" things.
    if it.dep == "compound" || plain == "settlement" && it.tag == "NNS" || plain == "law" && it.dep != "dobj" {
        return None;
    }
    let before = |words: &[&str]| tree.children(noun).iter().any(|it| *it < noun && words.contains(&known.lemma(*it)));
    // "a round-table of ministers"
    let plain = if plain == "table" && before(&["round"]) { "meeting" } else { plain };
    // "war games" are drills.
    let plain = if plain == "game" && before(&["war"]) { "drill" } else { plain };
    let rows: Vec<&Trigger> = lexicon.noun_triggers(plain).collect();
    let mut found = row(choose(known, tree, &rows, noun)?, noun, None);
    if plain == "conference" && before(&["press", "news"]) {
        found.mode = "briefing";
    }
    Some(found)
}

/// Of several meanings the one whose parties are there: "launched an attack" has an object, "the launch of" has none.
fn choose<'a>(known: &Annotations, tree: &Tree, rows: &[&'a Trigger], head: TokenIx) -> Option<&'a Trigger> {
    let labour = is_labour_strike(known, tree, head);
    let score = |it: &&&Trigger| {
        let strike = usize::from(labour && it.act == Act::Protest);
        let fits = it.frames.iter().filter(|frame| has(known, tree, head, frame)).count();
        (strike, fits, usize::from(it.act != Act::Other || it.mode == "leak"))
    };
    // The first of the best, so that the table's order decides.
    rows.iter().rev().max_by_key(score).copied()
}

/// "a hunger strike", "a general strike", "the teachers' strike": nobody is hit.
fn is_labour_strike(known: &Annotations, tree: &Tree, noun: TokenIx) -> bool {
    const OF_WORK: &[&str] = &[
        "hunger", "general", "labor", "labour", "rail", "wildcat", "sympathy", "nationwide", "worker", "teacher",
        "nurse", "doctor", "miner", "pilot", "driver", "farmer", "union", "transport", "work", "open", "ended", "wage",
        "dock",
    ];
    known.lemma(noun) == "strike"
        && tree.children(noun).iter().any(|it| {
            matches!(known.tokens[it.ix()].dep, "amod" | "compound" | "poss" | "nmod")
                && (OF_WORK.contains(&known.lemma(*it))
                    || tree.children(*it).iter().any(|it| OF_WORK.contains(&known.lemma(*it))))
        })
}

fn has(known: &Annotations, tree: &Tree, head: TokenIx, frame: &str) -> bool {
    tree.children(head).iter().any(|child| {
        let it = &known.tokens[child.ix()];
        match frame {
            "obj" => matches!(it.dep, "dobj" | "nsubjpass" | "ccomp"),
            "pl" => false,
            word => {
                it.dep == "prep" && known.lemma(*child) == word && !before_time(known, tree, *child)
                    || word == "by" && it.dep == "agent"
            }
        }
    })
}

/// What is won and lost on one day.
const CONTESTS: &[&str] = &[
    "election", "vote", "game", "match", "title", "award", "prize", "race", "medal", "championship", "case", "seat",
    "cup", "trophy", "contest", "battle", "playoff", "final", "referendum", "appeal", "bid", "lawsuit", "series",
];

/// "on Monday", "in May": the preposition brings no party.
fn before_time(known: &Annotations, tree: &Tree, preposition: TokenIx) -> bool {
    tree.child(known, preposition, &["pobj"]).is_some_and(|it| super::setting::is_time_word(known, it))
}

/// Verbs of many meanings only with the parties that make them acts.
fn accepts(known: &Annotations, tree: &Tree, lexicon: &Lexicon, found: &Evoked) -> bool {
    let head = found.head;
    let object = tree.child(known, head, &["dobj", "nsubjpass", "dative"]).is_some();
    let to = |words: &[&str]| {
        tree.children(head).iter().any(|it| {
            known.tokens[it.ix()].dep == "prep" && words.contains(&known.lemma(*it)) && !before_time(known, tree, *it)
        })
    };
    let clause = tree.child(known, head, &["xcomp", "ccomp"]).is_some();
    match known.lemma(head) {
        "speak" | "talk" => to(&["to", "with"]),
        // "tried to", "seeks to", "prepared to": the verb inside tells the act.
        "try" => object && !clause,
        "seek" | "conclude" => object,
        "prepare" => clause || to(&["for", "against"]),
        "head" => !object,
        "go" => to(&["to"]),
        // "sent them flying", "fly that flag"
        "fly" => {
            let going = to(&["to", "into", "from", "for"])
                || tree.children(head).iter().any(|it| {
                    matches!(known.tokens[it.ix()].dep, "advmod" | "prt")
                        && matches!(known.lemma(*it), "home" | "back" | "out" | "in" | "there" | "abroad")
                });
            going && tree.child(known, head, &["dobj"]).is_none()
        }
        // "his dismissal was replaced by": only people are replaced in an office.
        // "named him president", "was named as head"; "did not name him" appoints nobody.
        "name" => tree.child(known, head, &["oprd", "xcomp", "attr", "ccomp"]).is_some() || to(&["as", "to"]),
        // "received threats", "received the marks": only guests are hosted.
        "receive" => {
            tree.child(known, head, &["dobj", "nsubjpass"]).is_some_and(|it| super::idioms::is_doer(known, lexicon, it))
        }
        "undertake" => clause,
        // "asked if it was true" is a question, "ask oneself" no request.
        "ask" if tree.child(known, head, &["dobj"]).is_some_and(|it| known.lemma(it).ends_with("self")) => false,
        "ask" if tree.child(known, head, &["ccomp"]).is_some_and(|it| questions(known, tree, it)) => false,
        "replace" => {
            tree.child(known, head, &["dobj", "nsubjpass"]).is_some_and(|it| super::arguments::is_person(known, it))
        }
        // "left the talks to others": only places and bodies are left.
        "leave" => {
            let left = tree.child(known, head, &["dobj"]).is_some_and(|it| {
                super::setting::is_place(known, it) || !super::arguments::actors_of(known, tree, it).is_empty()
            });
            left || to(&["from"])
        }
        "return" => object || to(&["from"]),
        "run" => to(&["for", "against"]),
        "demonstrate" => !object,
        // "what he called a mistake", "as she recalled it"
        "call" if found.mode == "call" => {
            tree.child(known, head, &["dobj"]).is_some_and(|it| super::arguments::is_person(known, it))
                && tree.child(known, head, &["oprd"]).is_none()
        }
        "recall" => tree.child(known, head, &["dobj", "nsubjpass"]).is_some_and(|it| {
            matches!(known.lemma(it), "ambassador" | "envoy" | "diplomat" | "product" | "car" | "vehicle" | "consul")
        }),
        "board" => tree.child(known, head, &["dobj", "nsubjpass"]).is_some_and(|it| {
            matches!(
                known.lemma(it),
                "ship" | "vessel" | "tanker" | "boat" | "freighter" | "ferry" | "trawler" | "yacht"
            )
        }),
        "rally" => !object,
        "launch" => to(&["on", "against", "at"]),
        // "stopped to look" goes on with something else.
        "end" | "stop" | "halt" => {
            object || tree.child(known, head, &["xcomp"]).is_some_and(|it| known.tokens[it.ix()].tag == "VBG")
        }
        "win" | "lose" => tree.child(known, head, &["dobj"]).is_some_and(|it| CONTESTS.contains(&known.lemma(it))),
        "fail" | "rise" | "fall" | "grow" | "open" | "begin" | "start" => false,
        "meet" => {
            // "meet demand", "meet targets": the object must be able to meet.
            let target = tree.child(known, head, &["dobj"]);
            target.is_none_or(|it| {
                !matches!(
                    known.lemma(it),
                    "demand"
                        | "need"
                        | "target"
                        | "deadline"
                        | "requirement"
                        | "condition"
                        | "goal"
                        | "standard"
                        | "expectation"
                        | "cost"
                        | "criterion"
                        | "obligation"
                        | "commitment"
                )
            })
        }
        "support" | "back" | "approve" | "block" | "allow" | "help" | "fight" | "urge" | "ask" => {
            object || to(&["of", "on", "with", "against"]) || has(known, tree, head, "obj")
        }
        _ => true,
    }
}
