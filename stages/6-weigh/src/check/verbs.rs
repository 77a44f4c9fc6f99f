//! Negation, doubt and who says so: the verbs of a claimed sentence against the same verbs at the places that tell it.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, Annotations, QuoteForm, ReportIx, Span, TokenIx};
use rapporteur_text::fold;

use super::facts::{Finding, Kind};
use super::windows::{Claimed, Fit, same_stem};
use crate::cast::CastIx;
use crate::story::View;

/// How sure a verb is told: what is set for a day and what took place differ, and both differ from what is only possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// It was, it is.
    Sure,
    /// It will be, is to be.
    Coming,
    /// It may be, is said or feared to be.
    Open,
}

/// All findings about verbs and speakers.
pub(super) fn findings(view: &View<'_>, claimed: &Claimed, places: &[&Fit]) -> Vec<Finding> {
    let mut found = moods(view, claimed, places);
    found.extend(speakers(view, claimed, places));
    found.extend(subjects(view, claimed, places));
    found
}

fn moods(view: &View<'_>, claimed: &Claimed, places: &[&Fit]) -> Vec<Finding> {
    let known = &view.report(claimed.report).annotations;
    let text = view.report(claimed.report).text();
    let mut found = Vec::new();
    for verb in claimed.tokens.clone().filter(|it| is_verb(known, *it) && known.tokens[*it].dep != "pcomp") {
        let lemma = fold(known.lemma(TokenIx::from(verb)));
        let words = known.tokens[verb].span;
        if let Some(it) = reversed(view, claimed, places, &lemma, words) {
            found.push(it);
            continue;
        }
        let mut same: Vec<(Anchor, bool, Told)> = Vec::new();
        for fit in places {
            let theirs = &view.report(fit.place.report).annotations;
            for other in view.tokens(fit.place).filter(|it| is_verb(theirs, *it)) {
                let word = fold(theirs.lemma(TokenIx::from(other)));
                if word == lemma || same_stem(&word, &lemma) {
                    let at = Anchor::new(fit.place.report, theirs.tokens[other].span);
                    same.push((at, negated(theirs, other), told(theirs, other)));
                }
            }
        }
        if same.is_empty() {
            continue;
        }
        let (no, how) = (negated(known, verb), told(known, verb));
        if let Some(first) = same.first().filter(|_| same.iter().all(|it| it.1 != no)) {
            let because = format!(
                "“{}” is {} here; {} says the reverse",
                words.of(text),
                if no { "denied" } else { "stated" },
                view.report(first.0.report).id()
            );
            found.push(Finding { words, because, rival: Some(first.0) });
        } else if let Some(first) = same.first().filter(|_| same.iter().all(|it| it.2 != how)) {
            let as_told = |it: Told| match it {
                Told::Sure => "as a fact",
                Told::Coming => "as lying ahead",
                Told::Open => "as possible",
            };
            let because = format!(
                "“{}” is told {}; {} has it {}",
                words.of(text),
                as_told(how),
                view.report(first.0.report).id(),
                as_told(first.2)
            );
            found.push(Finding { words, because, rival: Some(first.0) });
        }
    }
    found
}

/// Verbs that say the reverse of each other.
const OPPOSITES: &[(&[&str], &[&str])] = &[
    (
        &["support", "back", "welcome", "approve", "accept", "endorse", "favour", "favor", "praise", "embrace"],
        &["oppose", "reject", "condemn", "criticise", "criticize", "block", "veto", "refuse", "resist", "denounce"],
    ),
    (
        &["rise", "increase", "grow", "climb", "gain", "jump"],
        &["fall", "decrease", "drop", "decline", "shrink", "lose"],
    ),
    (&["win"], &["lose"]),
    (&["open", "begin", "start"], &["close", "end", "finish"]),
    (&["arrive", "enter", "join"], &["leave", "quit", "exit"]),
    (
        &["confirm", "admit", "acknowledge", "say", "add", "state", "claim", "declare", "tell", "note"],
        &["deny", "dispute"],
    ),
    (&["buy"], &["sell"]),
    (&["allow", "permit"], &["ban", "forbid", "prohibit"]),
];

/// The verb or adjective "opposed" of a sentence against the reverse of it, when only that stands at its places.
fn reversed(view: &View<'_>, claimed: &Claimed, places: &[&Fit], lemma: &str, words: Span) -> Option<Finding> {
    if SAYING.contains(&lemma) {
        return None;
    }
    let (own, other) = OPPOSITES.iter().find_map(|(a, b)| {
        let here = |list: &[&str]| list.contains(&lemma);
        if here(a) { Some((a, b)) } else { here(b).then_some((b, a)) }
    })?;
    let mut rival = None;
    for fit in places.iter().take(REVERSED_PLACES_MAX) {
        let theirs = &view.report(fit.place.report).annotations;
        for ix in view.tokens(fit.place) {
            let word = fold(theirs.lemma(TokenIx::from(ix)));
            let stem = |list: &[&str]| list.iter().any(|it| *it == word || same_stem(it, &word));
            if stem(own) {
                return None;
            }
            if rival.is_none() && stem(other) {
                rival = Some(Anchor::new(fit.place.report, theirs.tokens[ix].span));
            }
        }
    }
    let at = rival?;
    let mut found = Finding::new(view, claimed, words, rival, Kind::Value);
    if matches!(lemma, "deny" | "dispute") {
        let own = words.of(view.report(claimed.report).text());
        found.because = format!("“{own}”: {} has nobody deny it", view.report(at.report).id());
    }
    Some(found)
}

/// A denial needs a denial, and words of saying count as its reverse; but they are everywhere, and reverse nothing.
const SAYING: [&str; 7] = ["say", "add", "state", "claim", "declare", "tell", "note"];

/// The places that tell most are looked at for the reverse.
const REVERSED_PLACES_MAX: usize = 4;

fn is_verb(known: &Annotations, ix: usize) -> bool {
    let token = &known.tokens[ix];
    token.pos == "VERB" && !matches!(token.dep, "aux" | "auxpass" | "amod" | "compound")
}

fn children(known: &Annotations, ix: usize) -> impl Iterator<Item = usize> + '_ {
    let near = ix.saturating_sub(CHILD_TOKENS_MAX)..known.tokens.len().min(ix + CHILD_TOKENS_MAX);
    near.filter(move |it| *it != ix && known.tokens[*it].head.ix() == ix)
}

/// A verb's own words stand at most so far from it.
const CHILD_TOKENS_MAX: usize = 40;

/// "did not", "never", "no one", "refused to", "without".
fn negated(known: &Annotations, verb: usize) -> bool {
    let lemma = |ix: usize| known.lemma(TokenIx::from(ix)).to_lowercase();
    let own = children(known, verb).any(|it| {
        let word = lemma(it);
        known.tokens[it].dep == "neg"
            || matches!(
                word.as_str(),
                "never" | "no-one" | "nobody" | "nothing" | "none" | "neither" | "nor" | "hardly"
            )
            || children(known, it).any(|below| known.tokens[below].dep == "det" && lemma(below) == "no")
    });
    let head = known.tokens[verb].head.ix();
    let over = head != verb
        && matches!(known.tokens[verb].dep, "xcomp" | "pcomp")
        && matches!(lemma(head).as_str(), "refuse" | "fail" | "decline" | "deny" | "without");
    own != over
}

/// How sure: by modals, "expected to", "allegedly", "whether".
fn told(known: &Annotations, verb: usize) -> Told {
    let lemma = |ix: usize| known.lemma(TokenIx::from(ix)).to_lowercase();
    let mut found = Told::Sure;
    for child in children(known, verb) {
        let word = lemma(child);
        match known.tokens[child].dep {
            "aux" => match word.as_str() {
                "may" | "might" | "could" | "would" | "should" | "can" | "must" => return Told::Open,
                "will" | "shall" | "'ll" | "wo" => found = Told::Coming,
                _ => {}
            },
            "mark" | "advmod"
                if matches!(
                    word.as_str(),
                    "whether" | "if" | "reportedly" | "allegedly" | "possibly" | "perhaps" | "probably" | "likely"
                ) =>
            {
                return Told::Open;
            }
            _ => {}
        }
    }
    let token = &known.tokens[verb];
    let head = token.head.ix();
    let to = children(known, verb).any(|it| known.tokens[it].tag == "TO");
    // "Lind to meet Novak": a headline's future.
    if to && (head == verb || matches!(known.tokens[head].pos, "PROPN")) {
        return Told::Coming;
    }
    if to && head != verb {
        return match lemma(head).as_str() {
            "expect" | "plan" | "schedule" | "set" | "due" | "be" | "agree" | "decide" | "go" | "promise"
            | "pledge" | "vow" | "intend" | "prepare" | "announce" => Told::Coming,
            "hope" | "want" | "seek" | "try" | "ask" | "urge" | "demand" | "call" | "propose" | "offer"
            | "consider" | "likely" | "threaten" | "appear" | "seem" | "wish" | "order" | "need" | "able"
            | "unlikely" => Told::Open,
            _ => found,
        };
    }
    found
}

/// Whose words the sentence says they are, against whose the reports say they are.
fn speakers(view: &View<'_>, claimed: &Claimed, places: &[&Fit]) -> Vec<Finding> {
    let known = &view.report(claimed.report).annotations;
    let text = view.report(claimed.report).text();
    let mut found = Vec::new();
    for quote in known
        .quotes
        .iter()
        .filter(|it| it.content.iter().any(|it| it.overlaps(claimed.span)) && it.form != QuoteForm::NonStatement)
    {
        let ours = cast_of(view, claimed.report, &quote.speakers);
        let content: Vec<Span> = quote.content.iter().copied().filter(|it| it.overlaps(claimed.span)).collect();
        let (Some(source), false) = (quote.source.first().copied(), ours.is_empty()) else { continue };
        if is_pronoun(source.of(text)) && !super::windows::is_meant_here(view, claimed.report, source) {
            continue;
        }
        let mut theirs: Vec<(Anchor, BTreeSet<CastIx>)> = Vec::new();
        // Ours may stand right beside what tells most of it in another role: "the Kremlin said", "its spokesman told".
        let (mut unknown, mut told) = (Vec::new(), places.first().is_some_and(|it| stands_near(view, it, &ours)));
        for fit in places {
            for other in &view.report(fit.place.report).annotations.quotes {
                let meets = other.content.iter().any(|it| it.overlaps(fit.place.span));
                if !meets || !tells_the_same(view, claimed.report, &content, fit.place.report, &other.content) {
                    continue;
                }
                let who = cast_of(view, fit.place.report, &other.speakers);
                let at = other.source.first().copied().unwrap_or(fit.place.span);
                told |= !who.is_disjoint(&ours) || who.is_empty() && stands_near(view, fit, &ours);
                told |= !who.is_empty() && belong_together(view, &who, &ours);
                if who.is_empty() {
                    unknown.push(Anchor::new(fit.place.report, at));
                } else {
                    theirs.push((Anchor::new(fit.place.report, at), who));
                }
            }
        }
        if told {
            continue;
        }
        if let Some((at, who)) = theirs.first() {
            let names: Vec<&str> = who.iter().map(|it| view.cast.member(*it).party.name.as_str()).collect();
            let because =
                format!("“{}”: in {} {} says it", source.of(text), view.report(at.report).id(), names.join(" and "));
            found.push(Finding { words: source, because, rival: Some(*at) });
        } else if !unknown.is_empty() {
            let because = format!("no report has “{}” say it", source.of(text));
            found.push(Finding { words: source, because, rival: None });
        }
    }
    found
}

fn is_pronoun(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "he" | "she" | "it" | "they" | "who" | "we" | "i" | "you")
}

/// Whether somebody is named or meant in the sentences of a place or next to it.
fn stands_near(view: &View<'_>, fit: &Fit, who: &BTreeSet<CastIx>) -> bool {
    let at = super::facts::around(view, fit.place);
    view.report(fit.place.report).annotations.mentions.iter().any(|it| {
        let member = it.actor.and_then(|it| view.cast.of(fit.place.report, it));
        it.span.overlaps(at) && member.is_some_and(|it| who.contains(&it))
    })
}

/// A spokesman and the body he speaks for.
fn belong_together(view: &View<'_>, a: &BTreeSet<CastIx>, b: &BTreeSet<CastIx>) -> bool {
    // One name is one, whatever the reports have made of it.
    let names = |list: &BTreeSet<CastIx>| -> BTreeSet<String> {
        let of = |it: &CastIx| {
            let party = &view.cast.member(*it).party;
            party.forms.iter().chain([&party.name]).map(|it| fold(it)).collect::<Vec<_>>()
        };
        list.iter().flat_map(of).collect()
    };
    if !names(a).is_disjoint(&names(b)) {
        return true;
    }
    let of = |x: &BTreeSet<CastIx>, y: &BTreeSet<CastIx>| {
        x.iter().any(|it| {
            let member = view.cast.member(*it);
            y.iter().any(|other| member.affiliations.contains(&view.cast.member(*other).party.id))
        })
    };
    of(a, b) || of(b, a)
}

/// Who a verb is said of.
enum Subject {
    /// Somebody with a name.
    Named(BTreeSet<CastIx>),
    /// The word it turns on.
    Word(String),
    /// A pronoun that means nobody known, or nothing.
    Unknown,
}

fn subject_of(view: &View<'_>, report: ReportIx, verb: usize, own: bool) -> Option<(Subject, &'static str, Span)> {
    let known = &view.report(report).annotations;
    let at = children(known, verb).find(|it| matches!(known.tokens[*it].dep, "nsubj" | "nsubjpass"))?;
    let token = &known.tokens[at];
    // In a brief a pronoun means somebody of its own paragraph, or it is not known whom.
    if token.pos == "PRON" && own && !super::windows::is_meant_here(view, report, token.span) {
        return Some((Subject::Unknown, token.dep, token.span));
    }
    let mut who = BTreeSet::new();
    for mention in known.mentions.iter().filter(|it| it.span.overlaps(token.span)) {
        let member = mention.actor.and_then(|it| view.cast.of(report, it)).filter(|it| view.cast.is_named(*it));
        who.extend(member.filter(|_| mention.score >= 0.6));
    }
    let subject = if !who.is_empty() {
        Subject::Named(who)
    } else if matches!(token.pos, "NOUN" | "PROPN") {
        Subject::Word(fold(known.lemma(TokenIx::from(at))))
    } else {
        Subject::Unknown
    };
    Some((subject, token.dep, token.span))
}

/// Of whom things are said, against of whom the reports say them with the same verb.
fn subjects(view: &View<'_>, claimed: &Claimed, places: &[&Fit]) -> Vec<Finding> {
    let known = &view.report(claimed.report).annotations;
    let text = view.report(claimed.report).text();
    let mut found = Vec::new();
    for verb in claimed.tokens.clone().filter(|it| is_verb(known, *it)) {
        let Some((ours, dep, at)) = subject_of(view, claimed.report, verb, true) else { continue };
        if matches!(ours, Subject::Unknown) {
            continue;
        }
        let lemma = fold(known.lemma(TokenIx::from(verb)));
        // Many say many things: of verbs of saying next to all of the rest must be told there.
        let says = view.lexicon.cue(&lemma).is_some_and(|it| it.takes("that"));
        let told_min = if says { SAME_SAYING_MIN } else { SAME_CLAUSE_MIN };
        let below: Vec<Span> = super::windows::below(view, claimed.report, &claimed.tokens, verb)
            .into_iter()
            .map(|it| known.tokens[it].span)
            .collect();
        let clause: Vec<&String> =
            claimed.terms.iter().filter(|(_, it)| below.iter().any(|own| own.overlaps(*it))).map(|it| &it.0).collect();
        let (mut same, mut others): (bool, Vec<(Anchor, bool)>) = (false, Vec::new());
        for fit in places {
            let n_told = clause.iter().filter(|it| super::windows::has(&fit.terms, it)).count();
            if (n_told as f32) < told_min * clause.len() as f32 {
                continue;
            }
            let theirs = &view.report(fit.place.report).annotations;
            for other in view.tokens(fit.place).filter(|it| is_verb(theirs, *it)) {
                let word = fold(theirs.lemma(TokenIx::from(other)));
                if word != lemma && !same_stem(&word, &lemma) {
                    continue;
                }
                let Some((subject, other_dep, place)) = subject_of(view, fit.place.report, other, false) else {
                    same = true;
                    continue;
                };
                if other_dep != dep {
                    same = true;
                    continue;
                }
                let place = Anchor::new(fit.place.report, place);
                let printed = place.span.of(view.report(place.report).text());
                if printed.eq_ignore_ascii_case(at.of(text)) {
                    same = true;
                    continue;
                }
                match (&ours, &subject) {
                    (Subject::Named(a), Subject::Named(b)) => {
                        // Whom "he" means is an inference; whoever is named beside it may be meant.
                        let may_mean = || is_pronoun(printed) && stands_near(view, fit, a);
                        if a.is_disjoint(b) && !belong_together(view, a, b) && !may_mean() {
                            others.push((place, true));
                        } else {
                            same = true;
                        }
                    }
                    (Subject::Word(a), Subject::Word(b)) if a == b || same_stem(a, b) => same = true,
                    // "the minister" may be the one named there.
                    (Subject::Word(_), Subject::Word(_)) => others.push((place, false)),
                    (Subject::Named(_), Subject::Word(_)) | (Subject::Word(_), Subject::Named(_)) => {
                        others.push((place, false));
                    }
                    _ => same = true,
                }
            }
        }
        // Somebody else who is named there, or a word that does not even stand there.
        let stands_there = |it: &Anchor| {
            let words = super::facts::around(view, *it).of(view.report(it.report).text()).to_lowercase();
            words.contains(&at.of(text).to_lowercase())
        };
        if same || others.is_empty() {
            continue;
        }
        let who = at.of(text);
        if let Some((place, _)) = others.iter().find(|it| it.1) {
            let printed = place.span.of(view.report(place.report).text());
            let because = format!(
                "“{}” is said of “{who}” here, of “{printed}” in {}",
                known.tokens[verb].span.of(text),
                view.report(place.report).id()
            );
            found.push(Finding { words: at, because, rival: Some(*place) });
        } else if !others.iter().any(|it| stands_there(&it.0)) {
            let because = format!("no report says “{}” of “{who}”", known.tokens[verb].span.of(text));
            found.push(Finding { words: at, because, rival: None });
        }
    }
    found
}

/// The same for verbs of saying.
const SAME_SAYING_MIN: f32 = 0.8;

/// A place must tell so much of a clause for its subject to be compared.
const SAME_CLAUSE_MIN: f32 = 0.5;

fn cast_of(view: &View<'_>, report: ReportIx, list: &[rapporteur_model::ActorIx]) -> BTreeSet<CastIx> {
    list.iter().filter_map(|it| view.cast.of(report, *it)).filter(|it| view.cast.is_named(*it)).collect()
}

/// Whether most of the words of one content stand in another.
fn tells_the_same(view: &View<'_>, a: ReportIx, ours: &[Span], b: ReportIx, theirs: &[Span]) -> bool {
    let words = |report: ReportIx, list: &[Span]| -> BTreeSet<String> {
        list.iter().flat_map(|it| view.terms(Anchor::new(report, *it))).collect()
    };
    let (ours, theirs) = (words(a, ours), words(b, theirs));
    let both = ours.iter().filter(|it| super::windows::has(&theirs, it)).count();
    !ours.is_empty() && both as f32 >= SAME_CONTENT_MIN * ours.len() as f32
}

/// This share of the words makes two contents one.
const SAME_CONTENT_MIN: f32 = 0.6;
