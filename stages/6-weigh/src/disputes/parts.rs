//! What part somebody has in an event: expected there by one report and left open by another; its leader here, one of those
//! beside there.
//!
//! The sentences need not be alike, as they must be for other disputes: who it is, and the verb of taking part, bind them.

use std::collections::BTreeMap;

use rapporteur_model::{
    ActContent, Anchor, Claim, Content, MentionUse, Nature, Realis, ReportIx, Span, TokenIx, Variant, Verdict,
};

use crate::cast::CastIx;
use crate::salience::weight;
use crate::story::View;
use crate::verdict::{parents, tally};

use super::DISPUTE_SHARE;
use super::verbs::{Told, told_of};

/// Verbs of taking part.
const TAKES_PART: [&str; 13] = [
    "attend", "participate", "join", "accompany", "arrive", "travel", "visit", "meet", "come", "take", "go", "appear",
    "fly",
];

/// Verbs that, denied, leave open what follows "whether".
const SAYS: [&str; 12] = [
    "say", "specify", "confirm", "disclose", "reveal", "announce", "clarify", "know", "decide", "indicate", "state",
    "tell",
];

/// What leaves it open without a "not".
const UNSURE: [&str; 8] = ["unclear", "uncertain", "unknown", "decline", "refuse", "doubt", "question", "unsure"];

/// Words over a verb that set it for a time to come.
const EXPECTED: [&str; 8] = ["expect", "due", "set", "schedule", "plan", "slate", "likely", "prepare"];

/// So many verbs up, at most.
const UP_MAX: usize = 5;

/// Sentences before "were also present" that may tell of the event.
const BEFORE: u32 = 8;

/// Somebody with a verb of taking part.
struct Part {
    who: CastIx,
    report: ReportIx,
    /// The verb.
    verb: usize,
    /// The sentence.
    shown: Span,
    /// The verb with what belongs to it: "is also expected to attend the talks".
    words: Span,
}

/// The claims on what part somebody has. `known` tells which places are of one event.
pub(super) fn claims(view: &View<'_>, known: &[Claim]) -> Vec<Claim> {
    let (mut open, mut expected, mut leads, mut beside) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for report in &view.story.reports {
        for (who, token, sentence) in people(view, *report) {
            let part = |verb: usize| {
                let words = predicate(view, *report, verb, sentence);
                Part { who, report: *report, verb, shown: sentence, words }
            };
            if let Some(verb) = left_open(view, *report, token) {
                open.push(part(verb));
            } else if let Some(verb) = is_expected(view, *report, token) {
                expected.push(part(verb));
            }
            if let Some(verb) = is_leading(view, *report, token) {
                leads.push(part(verb));
            } else if let Some(verb) = is_beside(view, *report, token) {
                beside.push(part(verb));
            }
        }
    }
    let mut found = Vec::new();
    let mut by_person: BTreeMap<CastIx, Vec<&Part>> = BTreeMap::new();
    for it in &open {
        by_person.entry(it.who).or_default().push(it);
    }
    for (who, open) in by_person {
        let stated: Vec<&Part> = expected
            .iter()
            .filter(|it| it.who == who && open.iter().all(|other| other.report != it.report && alike(view, other, it)))
            .collect();
        found.extend(claim(view, &stated, &open, Nature::Certainty));
    }
    for lead in &leads {
        let one_event =
            |it: &&Part| it.who == lead.who && it.report != lead.report && is_one_event(view, known, lead, it);
        let others: Vec<&Part> = beside.iter().filter(one_event).collect();
        found.extend(claim(view, &[lead], &others, Nature::Person));
    }
    found
}

/// People of a report by the tokens that mean them, with the sentence around.
fn people(view: &View<'_>, report: ReportIx) -> Vec<(CastIx, usize, Span)> {
    let known = &view.report(report).annotations;
    let mut found = Vec::new();
    for mention in known.mentions.iter().filter(|it| it.usage != MentionUse::Place && 0.6 <= it.score) {
        let at = Anchor::new(report, mention.span);
        let Some(member) = mention.actor.and_then(|it| view.cast.of(report, it)) else { continue };
        if !view.cast.member(member).party.is_person || !view.cast.is_named(member) || view.in_headline(at) {
            continue;
        }
        let within = view.tokens(at);
        let all = within.clone();
        let head =
            within.clone().find(|it| !all.contains(&known.tokens[*it].head.ix()) || known.tokens[*it].dep == "ROOT");
        let (Some(head), Some((_, sentence))) = (head, view.sentence(at)) else { continue };
        found.push((member, head, sentence));
    }
    found
}

/// The verb that a name is the subject of, in a list of subjects or as one that the report describes.
fn verb_of_subject(view: &View<'_>, report: ReportIx, token: usize) -> Option<usize> {
    let tokens = &view.report(report).annotations.tokens;
    let mut at = token;
    for _ in 0..UP_MAX {
        let it = &tokens[at];
        match it.dep {
            "nsubj" | "nsubjpass" => return Some(it.head.ix()),
            "conj" | "appos" | "compound" | "nmod" => at = it.head.ix(),
            _ => return None,
        }
    }
    None
}

/// "did not specify whether Novak would attend": the verb, where it stands under such a "whether".
fn left_open(view: &View<'_>, report: ReportIx, token: usize) -> Option<usize> {
    let tokens = &view.report(report).annotations.tokens;
    let text = view.report(report).text();
    let verb = verb_of_subject(view, report, token)?;
    let children = |of: usize| (0..tokens.len()).filter(move |it| *it != of && tokens[*it].head.ix() == of);
    let near = |of: usize| {
        let range = of.saturating_sub(30)..(of + 6).min(tokens.len());
        range.filter(move |it| *it != of && tokens[*it].head.ix() == of)
    };
    let whether = near(verb).any(|it| {
        tokens[it].dep == "mark" && matches!(tokens[it].span.of(text).to_lowercase().as_str(), "whether" | "if")
    });
    if !whether || tokens[verb].dep != "ccomp" {
        return None;
    }
    let over = tokens[verb].head.ix();
    let lemma = view.lemma(report, over);
    let denied = || near(over).any(|it| tokens[it].dep == "neg");
    let unsure = |it: usize| UNSURE.contains(&view.lemma(report, it));
    let above = tokens[over].head.ix();
    let is_open = SAYS.contains(&lemma) && (denied() || unsure(above))
        || unsure(over)
        || lemma == "be" && children(over).any(unsure);
    is_open.then_some(verb)
}

/// "is expected to attend", "will travel with her", "accompanied by him": the verb of taking part, told as to come.
fn is_expected(view: &View<'_>, report: ReportIx, token: usize) -> Option<usize> {
    let tokens = &view.report(report).annotations.tokens;
    let text = view.report(report).text();
    let mut at = token;
    let (mut part, mut is_to_come) = (None, false);
    for _ in 0..UP_MAX {
        let up = tokens[at].head.ix();
        if up == at {
            break;
        }
        at = up;
        let lemma = view.lemma(report, at);
        if !matches!(tokens[at].pos, "VERB" | "AUX" | "ADJ") {
            continue;
        }
        // "is expected to attend": the verb hangs below what its subject hangs on.
        let below = (at + 1..(at + 8).min(tokens.len()))
            .find(|it| tokens[*it].head.ix() == at && tokens[*it].dep == "xcomp" && tokens[*it].pos == "VERB");
        for verb in [Some(at), below].into_iter().flatten() {
            if TAKES_PART.contains(&view.lemma(report, verb)) {
                part = part.or(Some(verb));
            }
        }
        let modal = (at.saturating_sub(4)..at).any(|it| {
            tokens[it].head.ix() == at && matches!(tokens[it].span.of(text).to_lowercase().as_str(), "will" | "shall")
        });
        is_to_come |= EXPECTED.contains(&lemma) || modal || told_of(view, report, at) == Told::ToCome;
        if tokens[at].dep == "ROOT" || matches!(tokens[at].dep, "relcl") {
            break;
        }
    }
    part.filter(|_| is_to_come)
}

/// "after leading a delegation": the verb, where its subject is the name.
fn is_leading(view: &View<'_>, report: ReportIx, token: usize) -> Option<usize> {
    let tokens = &view.report(report).annotations.tokens;
    let verb = verb_of_subject(view, report, token)?;
    let leads = |it: usize| matches!(view.lemma(report, it), "lead" | "head") && tokens[it].pos == "VERB";
    if leads(verb) {
        return Some(verb).filter(|it| told_of(view, report, *it) == Told::Done);
    }
    // The subject of the clause is that of "after leading".
    (verb + 1..(verb + 40).min(tokens.len())).find(|it| {
        leads(*it) && tokens[*it].dep == "pcomp" && {
            let preposition = tokens[*it].head.ix();
            // "is arriving after leading": the verb, or one joined to it.
            let over = tokens[preposition].head.ix();
            let joined = tokens[over].dep == "conj" && tokens[over].head.ix() == verb;
            tokens[preposition].dep == "prep" && (over == verb || joined)
        }
    })
}

/// "were also present", "were among those who attended": the verb.
fn is_beside(view: &View<'_>, report: ReportIx, token: usize) -> Option<usize> {
    let tokens = &view.report(report).annotations.tokens;
    let text = view.report(report).text();
    let verb = verb_of_subject(view, report, token)?;
    let children = || (verb..(verb + 8).min(tokens.len())).filter(|it| *it != verb && tokens[*it].head.ix() == verb);
    let also = children()
        .chain(verb.saturating_sub(4)..verb)
        .any(|it| tokens[it].head.ix() == verb && tokens[it].span.of(text).eq_ignore_ascii_case("also"));
    let present = children().any(|it| matches!(view.lemma(report, it), "present" | "there"))
        || matches!(view.lemma(report, verb), "attend" | "join" | "participate");
    (also && present).then_some(verb)
}

/// The verb with its "not" and auxiliaries, what it hangs on ("is expected to", "did not specify whether") and all behind it
/// that belongs to it.
fn predicate(view: &View<'_>, report: ReportIx, verb: usize, sentence: Span) -> Span {
    let known = &view.report(report).annotations;
    let tokens = &known.tokens;
    let mut top = verb;
    for _ in 0..UP_MAX {
        let up = tokens[top].head.ix();
        if up == top
            || !matches!(tokens[top].dep, "xcomp" | "ccomp")
            || !matches!(tokens[up].pos, "VERB" | "AUX" | "ADJ")
        {
            break;
        }
        top = up;
    }
    let range = view.tokens(Anchor::new(report, sentence));
    let helps =
        |it: &usize| tokens[*it].head.ix() == top && matches!(tokens[*it].dep, "aux" | "auxpass" | "neg" | "advmod");
    let first = range.clone().filter(helps).filter(|it| *it < top).min().unwrap_or(top);
    let below = |it: &usize| {
        tokens[*it].pos != "PUNCT"
            && known.is_below(TokenIx::from(*it), TokenIx::from(top))
            && tokens[*it].pos != "SPACE"
    };
    let last = range.filter(below).max().unwrap_or(top).max(top);
    tokens[first].span.cover(tokens[last].span)
}

/// Whether two parts are of one kind: the same verb, or both verbs of taking part.
fn alike(view: &View<'_>, one: &Part, other: &Part) -> bool {
    let (x, y) = (view.lemma(one.report, one.verb), view.lemma(other.report, other.verb));
    x == y || TAKES_PART.contains(&x) && TAKES_PART.contains(&y)
}

/// Whether a claim has both places, the second perhaps in a sentence shortly before.
fn is_one_event(view: &View<'_>, known: &[Claim], lead: &Part, beside: &Part) -> bool {
    let sentences = &view.report(beside.report).annotations.sentences;
    let own = view.sentence(Anchor::new(beside.report, beside.shown)).map_or(0, |it| it.0.0);
    let first = sentences.get(own.saturating_sub(BEFORE) as usize).map_or(beside.shown, |it| it.span);
    let near = first.cover(beside.shown);
    known.iter().filter(|it| matches!(it.content, Content::Act(_))).any(|it| {
        let meets =
            |report: ReportIx, span: Span| it.support.iter().any(|at| at.report == report && at.span.overlaps(span));
        meets(lead.report, lead.shown) && meets(beside.report, near)
    })
}

/// The claim that some places state and others tell otherwise.
fn claim(view: &View<'_>, stated: &[&Part], otherwise: &[&Part], nature: Nature) -> Option<Claim> {
    // What a rewrite made of it is shown last.
    let derived = |it: &&&Part| !parents(view, it.report).is_empty();
    let (first, other) = (stated.iter().find(|it| !derived(it)).or(stated.first())?, otherwise.first()?);
    let is_one_voice = |it: &Part| view.origin(it.report) == view.origin(other.report);
    if stated.iter().all(|it| is_one_voice(it)) {
        return None;
    }
    let place = |it: &&Part| Anchor::new(it.report, it.words);
    let words = |it: Anchor| it.span.of(view.report(it.report).text()).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut variants: Vec<Variant> =
        otherwise.iter().map(place).map(|anchor| Variant { anchor, value: words(anchor), nature }).collect();
    variants.sort_by_key(|it| it.anchor);
    variants.dedup_by(|a, b| a.anchor == b.anchor);
    let tally = tally(view, stated.iter().chain(otherwise).map(place).collect());
    let known = &view.report(first.report).annotations;
    let trigger = known.tokens[first.verb].span;
    let content = ActContent {
        kind: "OTHER".to_owned(),
        mode: String::new(),
        trigger: known.lemma(TokenIx::from(first.verb)).to_lowercase(),
        actors: view.cast.parties([first.who]),
        recipients: Vec::new(),
        place: None,
        date: None,
        realis: Some(if nature == Nature::Certainty { Realis::Expected } else { Realis::Happened }),
        positive: true,
        asserted_by: Vec::new(),
        clause: Some(place(first)),
        trigger_at: Some(Anchor::new(first.report, trigger)),
    };
    Some(Claim {
        id: "p".to_owned(),
        content: Content::Act(content),
        verdict: Verdict::DifferCompatible,
        weight: weight(view, &tally.support) * DISPUTE_SHARE,
        support: tally.support,
        variants,
        reports: tally.reports,
        origins: tally.origins,
        silent: tally.silent,
    })
}
