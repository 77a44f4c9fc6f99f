//! Where a trigger tells no act: idioms ("commit suicide", "blast off"), what is done in sport, what is only named.

use rapporteur_lexicon::{Act, Beside, Lexicon};
use rapporteur_model::{ActorKind, Annotations, TokenIx};

use super::triggers::Evoked;
use crate::Tree;

/// Whether the words beside the trigger make it mean something else.
pub(super) fn is_idiom(known: &Annotations, tree: &Tree, lexicon: &Lexicon, found: &Evoked) -> bool {
    let head = found.head;
    if known.tokens[head.ix()].pos == "NOUN" {
        return is_noun_idiom(known, tree, lexicon, head);
    }
    if known.tokens[head.ix()].pos != "VERB" || found.noun.is_some() {
        return false;
    }
    let beside = |deps: &[&str], words: rapporteur_lexicon::Words| {
        tree.children(head).iter().any(|it| {
            deps.contains(&known.tokens[it.ix()].dep) && {
                let lemma = known.lemma(*it);
                words.contains(lemma) || words.contains(lemma.to_lowercase().as_str())
            }
        })
    };
    // "emails were sent", "the email sent by": what it is done to.
    let passive = known.tokens[head.ix()].tag == "VBN"
        && known.tokens[head.ix()].dep == "acl"
        && !tree.children(head).iter().any(|it| known.tokens[it.ix()].dep == "dobj");
    lexicon.idioms_of(known.lemma(head)).any(|row| match row.beside {
        Beside::Object => {
            beside(&["dobj", "nsubjpass"], row.words)
                || passive && row.words.contains(known.lemma(known.tokens[head.ix()].head))
        }
        Beside::Subject => {
            beside(&["nsubj", "nsubjpass"], row.words)
                || known.tokens[head.ix()].dep == "acl" && row.words.contains(known.lemma(known.tokens[head.ix()].head))
        }
        Beside::Particle => tree.children(head).iter().any(|it| {
            let particle = &known.tokens[it.ix()];
            matches!(particle.dep, "prt" | "advmod" | "prep")
                && it.ix() == head.ix() + 1
                && row.words.contains(known.lemma(*it))
                // "stand by": with somebody after it, they are backed.
                && (known.lemma(head) != "stand" || tree.child(known, *it, &["pobj"]).is_none())
        }),
        Beside::Before | Beside::Of => false,
    }) || is_left_so(known, tree, head)
        || is_done_by_a_thing(known, tree, lexicon, head)
}

/// "a booster shot", "the deployment of software".
fn is_noun_idiom(known: &Annotations, tree: &Tree, lexicon: &Lexicon, noun: TokenIx) -> bool {
    lexicon.idioms_of(known.lemma(noun)).any(|row| match row.beside {
        Beside::Before => tree.children(noun).iter().any(|it| *it < noun && row.words.contains(known.lemma(*it))),
        Beside::Of => tree.children(noun).iter().any(|it| {
            known.lemma(*it) == "of"
                && tree.child(known, *it, &["pobj"]).is_some_and(|it| {
                    row.words.contains("*") || row.words.contains(known.lemma(it).to_lowercase().as_str())
                })
        }),
        _ => false,
    })
}

/// "rumours suggest", "the phone allows", "the move would help": of these verbs only people and bodies are the doers.
fn is_done_by_a_thing(known: &Annotations, tree: &Tree, lexicon: &Lexicon, head: TokenIx) -> bool {
    const OF_PEOPLE: &[&str] = &[
        "suggest", "allow", "help", "require", "permit", "enable", "promise", "offer", "protect", "integrate", "share",
        "propose", "invite", "clash",
    ];
    // What speaks for people: a plan proposes, a letter suggests, a law requires.
    const SPEAKS: &[&str] = &[
        "plan", "proposal", "law", "bill", "resolution", "treaty", "agreement", "deal", "letter", "statement",
        "charter", "constitution", "rule", "decree", "draft", "document", "memo", "declaration", "contract", "pact",
        "accord", "amendment", "legislation", "act", "text", "ruling", "convention", "protocol",
    ];
    if !OF_PEOPLE.contains(&known.lemma(head)) {
        return false;
    }
    let Some(subject) = tree.child(known, head, &["nsubj"]) else { return false };
    let it = &known.tokens[subject.ix()];
    let thing = it.pos == "NOUN" && !is_doer(known, lexicon, subject) && !SPEAKS.contains(&known.lemma(subject));
    thing || matches!(known.lemma(subject), "this" | "that" | "it") && known.lemma(head) == "clash"
}

/// "left two soldiers dead", "left thousands homeless": nobody went.
fn is_left_so(known: &Annotations, tree: &Tree, head: TokenIx) -> bool {
    const SO: &[&str] = &[
        "dead", "homeless", "injured", "wounded", "stranded", "missing", "heartbroken", "open", "unclear",
        "vulnerable", "alone", "unchanged", "intact", "blank", "paralysed", "paralyzed", "behind", "out", "untouched",
        "empty",
    ];
    if known.lemma(head) != "leave" {
        return false;
    }
    let so = |at: TokenIx| SO.contains(&known.lemma(at));
    tree.children(head).iter().any(|it| {
        matches!(known.tokens[it.ix()].dep, "oprd" | "acomp" | "ccomp" | "prt" | "advmod" | "xcomp") && so(*it)
            || known.tokens[it.ix()].dep == "dobj" && tree.children(*it).iter().any(|inner| it < inner && so(*inner))
    })
}

/// Whether a noun names or describes people or a body of people.
pub(super) fn is_doer(known: &Annotations, lexicon: &Lexicon, noun: TokenIx) -> bool {
    const PEOPLE: &[&str] = &[
        "people", "person", "man", "woman", "child", "parent", "citizen", "resident", "critic", "expert", "analyst",
        "some", "many", "others", "side", "party", "union", "group", "team", "family", "firm", "company", "council",
        "committee", "board", "court", "panel", "commission", "agency", "ministry", "department", "office", "body",
        "country", "nation", "state", "city", "camp", "bloc", "bench", "jury", "crowd", "neighbour", "neighbor",
        "ally", "church", "charity", "school", "university", "regime", "junta", "coalition", "alliance", "faction",
        "tribe",
    ];
    let lemma = known.lemma(noun);
    let named = super::phrases::mentions_in(known, known.tokens[noun.ix()].span).any(|it| {
        it.actor.and_then(|it| known.actors.get(it.ix())).is_some_and(|it| {
            matches!(it.kind, ActorKind::Person | ActorKind::State | ActorKind::Organisation | ActorKind::Place)
        })
    });
    let agent = ["ist", "ian", "man", "men", "yer", "tor", "cer", "ter", "der", "ger", "ker", "ner", "ant", "ent"]
        .iter()
        .any(|it| lemma.len() > 5 && lemma.ends_with(it));
    named
        || PEOPLE.contains(&lemma)
        || lexicon.sector(lemma).is_some()
        || lexicon.office(lemma).is_some()
        || agent && !lemma.ends_with("ment")
}

/// Words of sport, and words that no report of a match has.
const SPORT: &[&str] = &[
    "inning", "quarterback", "striker", "midfielder", "goalkeeper", "defender", "coach", "season", "playoff", "league",
    "championship", "semifinal", "semi-final", "tournament", "homer", "pitcher", "outfielder", "baseman", "batsman",
    "wicket", "bowler", "penalty", "halftime", "half-time", "touchdown", "referee", "goal", "match", "game", "team",
    "fan", "score", "scorer", "player", "teammate", "squad", "fixture", "title", "defeat", "victory", "win", "lap",
    "race", "podium", "medal", "final", "club", "stadium", "trophy", "rebound", "assist", "cup",
];
const VIOLENCE: &[&str] = &[
    "police", "bomb", "gunman", "explosion", "troop", "soldier", "rebel", "militant", "victim", "hospital", "army",
    "terrorist", "terrorism", "missile", "suspect", "attacker", "war", "crash",
];
/// So many words of sport make a report one of sport, when they are also one word in [`SPORT_EACH`].
const SPORT_MIN: usize = 8;
const SPORT_EACH: usize = 40;

/// Whether a report tells of sport: there teams beat, hit and attack each other and nobody is harmed.
pub(super) fn is_sport(known: &Annotations) -> bool {
    let nouns = || (0..known.tokens.len()).map(TokenIx::from).filter(|it| known.tokens[it.ix()].pos == "NOUN");
    let sport = nouns().filter(|it| SPORT.contains(&known.lemma(*it))).count();
    let violence = nouns().filter(|it| VIOLENCE.contains(&known.lemma(*it))).count();
    SPORT_MIN <= sport && known.tokens.len() <= sport * SPORT_EACH && violence * 4 < sport
}

/// What the word tells in a report of sport: no violence, no protest.
pub(super) fn in_sport(found: Evoked) -> Option<Evoked> {
    match (found.kind, found.mode) {
        (Act::Assault, "death" | "injure" | "bomb") => Some(found),
        (Act::Assault | Act::Mobilize | Act::Threaten | Act::Coerce, _) => None,
        (Act::Other, "disaster") => None,
        _ => Some(found),
    }
}
