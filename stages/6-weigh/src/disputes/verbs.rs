//! Whether one thing was done: told as done here, as not done or still to come there.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, Nature, Realis, ReportIx};

use super::{Dispute, Hints, Line, Pair, Slot};
use crate::story::View;
use crate::verdict::Difference;

/// How a verb is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Done,
    NotDone,
    ToCome,
    /// May, might, if.
    Open,
}

impl Told {
    /// As acts have it.
    pub(crate) const fn realis(self) -> Realis {
        match self {
            Told::Done => Realis::Happened,
            Told::NotDone => Realis::Denied,
            Told::ToCome => Realis::Scheduled,
            Told::Open => Realis::Hypothetical,
        }
    }
}

/// Verbs that say nothing by themselves.
const EMPTY: [&str; 10] = ["be", "have", "do", "say", "tell", "know", "think", "want", "need", "add"];
/// Verbs that say little: more must be told with them.
const LIGHT: [&str; 8] = ["go", "get", "make", "take", "see", "come", "give", "put"];
/// Words over a verb that make it not done, or not done yet.
const REFUSALS: [&str; 11] =
    ["refuse", "fail", "decline", "deny", "drop", "cancel", "abandon", "scrap", "avoid", "forget", "prevent"];
const PLANS: [&str; 14] = [
    "plan", "intend", "set", "due", "schedule", "expect", "prepare", "hope", "aim", "want", "promise", "vow", "slate",
    "propose",
];

pub(super) fn disputes(pair: &Pair<'_, '_>) -> Vec<Dispute> {
    let mut found = Vec::new();
    let verbs = |line: &Line| -> Vec<(usize, Told)> {
        let tokens = &pair.view.report(line.report).annotations.tokens;
        let full = |it: &usize| tokens[*it].pos == "VERB" && !EMPTY.contains(&pair.view.lemma(line.report, *it));
        line.tokens.clone().filter(full).map(|it| (it, told_of(pair.view, line.report, it))).collect()
    };
    let asks = |line: &Line| line.span.of(pair.view.report(line.report).text()).ends_with('?');
    if asks(pair.a) || asks(pair.b) {
        return found;
    }
    let (own, others) = (verbs(pair.a), verbs(pair.b));
    for (x, told) in &own {
        for (y, other) in &others {
            if told == other || !pair.one_verb(*x, *y) {
                continue;
            }
            // The same verb told the same way stands beside it: this is another.
            let same = |verb: usize, told: &Told, list: &[(usize, Told)], swap: bool| {
                list.iter()
                    .any(|it| it.1 == *told && if swap { pair.one_verb(it.0, verb) } else { pair.one_verb(verb, it.0) })
            };
            if same(*x, told, &others, false) || same(*y, other, &own, true) {
                continue;
            }
            let difference = match (told, other) {
                (Told::Done | Told::ToCome, Told::NotDone) | (Told::NotDone, Told::Done | Told::ToCome) => {
                    Difference::Conflict
                }
                (Told::Done, Told::ToCome) if set_before(pair, pair.b, pair.a) => continue,
                (Told::ToCome, Told::Done) if set_before(pair, pair.a, pair.b) => continue,
                (Told::Done, Told::ToCome) | (Told::ToCome, Told::Done) => Difference::Compatible,
                _ => continue,
            };
            let span = |line: &Line, it: usize| pair.view.report(line.report).annotations.tokens[it].span;
            let slot = |line: &Line, it: usize| Slot { over: Some(it), ..pair.slot(line, span(line, it)) };
            let light = LIGHT.contains(&pair.view.lemma(pair.a.report, *x));
            let (contained, n_both) = one_act(pair, *x, *y);
            found.push(Dispute {
                nature: Nature::Certainty,
                difference,
                at: [span(pair.a, *x), span(pair.b, *y)],
                slots: [slot(pair.a, *x), slot(pair.b, *y)],
                hints: Hints {
                    exact: n_both.min(MUCH) as f64 / MUCH as f64,
                    apart: f64::from(u8::from(light)),
                    degree: contained,
                    ..Hints::default()
                },
            });
        }
    }
    found
}

/// Whether one report is told before another: what is to come there may have come here.
fn set_before(pair: &Pair<'_, '_>, early: &Line, late: &Line) -> bool {
    let days = pair.view.told_on(early.report).zip(pair.view.told_on(late.report));
    days.is_some_and(|(early, late)| early < late)
}

/// Whether both verbs are told of the same: the share of what the shorter one has that both have, and how many words.
fn one_act(pair: &Pair<'_, '_>, a: usize, b: usize) -> (f64, usize) {
    let arguments = |line: &Line, verb: usize| -> BTreeSet<String> {
        let known = &pair.view.report(line.report).annotations;
        let mut below = pair.below(line, verb);
        // "the fight that ended it": what a clause describes is told of too.
        if known.tokens[verb].dep == "relcl" {
            let over = known.tokens[verb].head.ix();
            below.push(over);
            below.extend(pair.below(line, over).into_iter().filter(|it| *it < over));
        }
        below.into_iter().flat_map(|it| pair.view.terms(Anchor::new(line.report, known.tokens[it].span))).collect()
    };
    let (x, y) = (arguments(pair.a, a), arguments(pair.b, b));
    let both = x.intersection(&y).count();
    (f64::from(pair.rarity.containment(&x, &y)), both)
}

/// More words in common than this say no more.
const MUCH: usize = 3;

/// How a verb is told: its "not", its auxiliaries, and what stands over it.
pub(crate) fn told_of(view: &View<'_>, report: ReportIx, verb: usize) -> Told {
    let tokens = &view.report(report).annotations.tokens;
    let text = view.report(report).text();
    let near = verb.saturating_sub(7)..(verb + 3).min(tokens.len());
    let word = |it: usize| tokens[it].span.of(text).to_lowercase();
    let children: Vec<usize> = near.filter(|it| *it != verb && tokens[*it].head.ix() == verb).collect();
    let never = |it: usize| tokens[it].dep == "neg" || matches!(word(it).as_str(), "never" | "not" | "n't" | "n’t");
    let modal = children.iter().find(|it| tokens[**it].tag == "MD").map(|it| word(*it));
    // "may not", "should not": nothing is said of what is.
    if modal.as_deref().is_some_and(|it| !matches!(it, "will" | "'ll" | "’ll" | "shall" | "wo")) {
        return Told::Open;
    }
    // "not only", "not just", "not simply" deny nothing.
    let weak = |it: usize| {
        tokens.get(it + 1).is_some_and(|_| matches!(word(it + 1).as_str(), "only" | "just" | "simply" | "yet"))
    };
    if children.iter().any(|it| never(*it) && !weak(*it)) {
        return Told::NotDone;
    }
    if modal.is_some() {
        return Told::ToCome;
    }
    if children.iter().any(|it| tokens[*it].dep == "mark" && matches!(word(*it).as_str(), "if" | "whether" | "unless"))
    {
        return Told::Open;
    }
    if children.iter().any(|it| word(*it) == "to" && *it < verb) {
        return told_of_infinitive(view, report, verb);
    }
    if tokens[verb].tag == "VB" { Told::Open } else { Told::Done }
}

/// "was yet to", "refused to", "dropped plans to", "is due to".
fn told_of_infinitive(view: &View<'_>, report: ReportIx, verb: usize) -> Told {
    let tokens = &view.report(report).annotations.tokens;
    let text = view.report(report).text();
    let word = |it: usize| tokens[it].span.of(text).to_lowercase();
    let before: Vec<String> = (verb.saturating_sub(4)..verb).map(word).collect();
    if before.windows(2).any(|it| matches!(it[0].as_str(), "yet" | "still") && it[1] == "to") {
        return Told::NotDone;
    }
    let mut at = verb;
    for _ in 0..2 {
        let up = tokens[at].head.ix();
        // A purpose ("flew there to meet") is no complement.
        if up == at || !matches!(tokens[at].dep, "xcomp" | "acl" | "ccomp" | "relcl") {
            break;
        }
        let lemma = view.lemma(report, up);
        if REFUSALS.contains(&lemma) {
            return Told::NotDone;
        }
        if PLANS.contains(&lemma) {
            let over = tokens[up].head.ix();
            let dropped = over != up && REFUSALS.contains(&view.lemma(report, over));
            let refused = (up.saturating_sub(4)..up).any(|it| tokens[it].head.ix() == up && tokens[it].dep == "neg");
            return if refused || dropped { Told::NotDone } else { Told::ToCome };
        }
        if lemma == "be" {
            return Told::ToCome;
        }
        at = up;
    }
    Told::Open
}
