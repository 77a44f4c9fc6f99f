//! Acts as coders of political events enter them (PLOVER, CAMEO): the acts that a sentence is there to tell, with the mood
//! in the type and codes for both sides.
//!
//! An act inside of another ("demanded that they leave", "agreed to meet") is what the other is about and is not coded
//! itself; nor is what only a side clause, a condition or a noun of reference ("after the attack") recalls.

use rapporteur_model::{ActorIx, CodedEvent, Realis, TokenIx};

use super::Candidate;
use super::codes;
use super::phrases::actors_of;
use super::realis::Intent;
use crate::Context;

/// From which standing on an act is coded. Found by trying 1 to 6 by halves on all sentences of PLOVER and PETRARCH: not held out.
const STANDING_MIN: f32 = 3.0;

/// Where an act stands in its sentence.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// In a relative clause, a side clause or inside a noun phrase.
    aside: bool,
    /// Inside of another act.
    within: bool,
    /// Joined to another act as its equal.
    joined: bool,
}

/// Codes the acts of one sentence.
pub(super) fn code(context: &Context<'_>, candidates: &mut [Candidate]) {
    let mut coded: Vec<(f32, bool, usize, CodedEvent)> = Vec::new();
    for (ix, it) in candidates.iter().enumerate() {
        let Some(kind) = kind(context, it) else { continue };
        let place = place(context, candidates, ix);
        if place.within {
            continue;
        }
        let event = event(context, candidates, ix, kind);
        let standing = standing(context, it, place, &event);
        // What nobody does to nobody is no entry.
        let sided = !event.sources.is_empty() || !event.targets.is_empty();
        if STANDING_MIN <= standing && sided {
            coded.push((standing, place.joined, ix, event));
        }
    }
    // The best; of equals the first. Others only when they are joined to it as equals and have both sides.
    let best = coded.iter().map(|it| it.0).fold(f32::MIN, f32::max);
    let Some(first) = coded.iter().position(|it| it.0 == best) else { return };
    for (ix, (_, joined, candidate, event)) in coded.into_iter().enumerate() {
        let full = !event.sources.is_empty() && !event.targets.is_empty();
        if ix == first || joined && full {
            candidates[candidate].act.coded = Some(event);
        }
    }
}

/// The type with the mood counted in; `None` for what has no type of PLOVER's and for what nobody did or said.
fn kind(context: &Context<'_>, it: &Candidate) -> Option<&'static str> {
    let act = &it.act;
    let kind = act.kind;
    let friendly = matches!(kind, "SUPPORT" | "CONCEDE" | "COOPERATE" | "AID" | "RETREAT" | "AGREE");
    let hostile = matches!(kind, "SANCTION" | "COERCE" | "ASSAULT" | "PROTEST" | "MOBILIZE");
    let noun = context.known.tokens[it.evoked.head.ix()].pos == "NOUN";
    let ahead = matches!(act.realis, Realis::Scheduled | Realis::Expected | Realis::Proposed);
    if kind == "OTHER" || act.realis == Realis::General {
        return None;
    }
    match it.intent {
        Intent::Begun if act.positive => return Some(kind),
        Intent::Unless if act.positive => return Some("THREATEN"),
        Intent::Means if act.positive && kind != "CONSULT" && friendly => return Some("AGREE"),
        Intent::Means if act.positive && hostile => return Some("THREATEN"),
        Intent::Means if act.positive && act.realis == Realis::Hypothetical => return Some("AGREE"),
        _ => {}
    }
    match act.realis {
        Realis::Happened | Realis::Ongoing if act.positive => Some(kind),
        Realis::Demanded if act.positive && (act.asserted_by.is_some() || !desired_by(context, it).is_empty()) => {
            Some("REQUEST")
        }
        Realis::Denied if friendly || kind == "CONSULT" => Some("REJECT"),
        // "announced a suspension": said is done.
        Realis::Scheduled if noun => Some(kind),
        _ if ahead && kind == "CONSULT" => Some(kind),
        _ if ahead && friendly => Some("AGREE"),
        _ if ahead && hostile => Some("THREATEN"),
        Realis::Scheduled | Realis::Expected => Some(kind),
        _ => None,
    }
}

fn place(context: &Context<'_>, candidates: &[Candidate], ix: usize) -> Place {
    let known = context.known;
    let own = &candidates[ix].evoked;
    let mut place = Place::default();
    let mut at = own.head;
    for _ in 0..16 {
        let it = &known.tokens[at.ix()];
        if it.head == at {
            break;
        }
        let mut side = matches!(it.dep, "relcl" | "acl" | "advcl" | "appos" | "pcomp" | "csubj");
        let from = at;
        at = it.head;
        let holder = candidates.iter().enumerate().find(|(other, candidate)| {
            *other != ix && (candidate.evoked.head == at || candidate.evoked.noun == Some(at))
        });
        if let Some((_, holder)) = holder.filter(|(_, it)| it.act.kind != "OTHER") {
            match it.dep {
                "conj" => place.joined = true,
                "relcl" | "advcl" | "parataxis" => place.aside = true,
                "ccomp" if says(context, holder) => {}
                _ => place.within = true,
            }
        }
        let mut inside = known.tokens[at.ix()].pos == "NOUN";
        // "issued a declaration demanding", "there were two ministers killed": the noun only carries it.
        if it.dep == "acl" && (super::arguments::is_message(known, at) || is_there(context, at)) {
            (side, inside) = (false, false);
        }
        inside &= known.tokens[from.ix()].pos != "VERB" || side;
        place.aside |= side || inside;
    }
    place
}

/// "there were two ministers killed"
fn is_there(context: &Context<'_>, noun: TokenIx) -> bool {
    let over = context.known.tokens[noun.ix()].head;
    context.tree.child(context.known, over, &["expl"]).is_some()
}

/// "accused them, saying …": its content stands on its own only when the verb is one of plain saying.
fn says(context: &Context<'_>, it: &Candidate) -> bool {
    matches!(context.known.lemma(it.evoked.head), "announce" | "say" | "declare")
}

/// How much an act is what its sentence is about.
fn standing(context: &Context<'_>, it: &Candidate, place: Place, event: &CodedEvent) -> f32 {
    let noun = it.evoked.noun.is_none() && context.known.tokens[it.evoked.head.ix()].pos == "NOUN";
    let mut sum = 0.0;
    sum += if place.aside { 0.0 } else { 3.0 };
    sum += if noun { 0.0 } else { 1.0 };
    sum += if event.sources.is_empty() { 0.0 } else { 1.0 };
    sum += if event.targets.is_empty() { 0.0 } else { 1.0 };
    sum
}

/// Both sides as codes.
fn event(context: &Context<'_>, candidates: &[Candidate], ix: usize, kind: &'static str) -> CodedEvent {
    let (known, lexicon) = (context.known, context.lexicon);
    let it = &candidates[ix];
    let mut sources = codes::of_parties(context, &it.parties.actors);
    let mut targets = codes::of_parties(context, &it.parties.recipients);
    // "said they must leave": who says it asks, and who must is asked.
    if it.act.realis == Realis::Demanded && kind == "REQUEST" && it.act.kind != "REQUEST" {
        if !sources.is_empty() {
            targets = sources;
        }
        let quote = it.act.asserted_by.and_then(|it| known.quotes.get(it.ix()));
        let speakers = quote.map_or_else(|| desired_by(context, it), |it| it.speakers.clone());
        sources = speakers.iter().filter_map(|it| codes::of_actor(known, lexicon, *it, 4)).collect();
    }
    domestic(context, it, &mut sources, &mut targets);
    let place = it.act.place.and_then(|it| codes::of_place(known, context.tree, lexicon, it));
    if targets.is_empty() && !it.evoked.mutual {
        targets = inherited(context, candidates, ix, &sources);
    }
    if targets.is_empty() && !it.evoked.mutual {
        targets.extend(named_below(context, it, &sources));
    }
    // The place stands for those in it only where nobody else is meant: "lifted the curfew in Iceland".
    let open = it.parties.recipients.is_empty() && !it.evoked.mutual && kind != "ACCUSE";
    if targets.is_empty() && (super::arguments::travels(&it.evoked) || open) {
        targets.extend(place.clone());
    }
    // "was arrested in Iceland": by its authorities.
    if sources.is_empty() && matches!(it.act.mode, Some("arrest" | "investigate" | "jail" | "prosecute")) {
        sources.extend(place);
    }
    // Roads closed by those in power are no protest.
    let armed = |it: &String| it.ends_with("MIL") || it.ends_with("COP") || it.ends_with("GOV");
    let kind = if it.act.mode == Some("obstruct") && sources.iter().any(armed) { "COERCE" } else { kind };
    // Soldiers do not visit: peacekeepers help, others are moved against somebody.
    let kind = match kind {
        "CONSULT" if super::arguments::travels(&it.evoked) && keeps_peace(context, it) => "AID",
        "CONSULT" if super::arguments::travels(&it.evoked) && sources.iter().any(|it| it.ends_with("MIL")) => {
            "MOBILIZE"
        }
        kind => kind,
    };
    if it.evoked.mutual && !super::arguments::travels(&it.evoked) && 1 < sources.len() {
        targets.clear();
        // "met with": from who comes to whom; "A and B met": both.
        let others = codes::of_parties(context, &it.parties.others);
        if others.iter().any(|it| !sources.iter().all(|own| own == it)) && !others.is_empty() {
            sources.retain(|it| !others.contains(it));
            targets = others;
        }
    }
    // "A and B agreed to help A's farmers": on each other.
    if 1 < sources.len() && targets.iter().all(|it| sources.iter().any(|own| own.get(..3) == it.get(..3))) {
        targets.clear();
    }
    // Curfews and the like are imposed and lifted at home.
    let at_home =
        matches!(kind, "CONCEDE" | "COERCE") && matches!(it.act.mode, Some("curfew" | "lift" | "martial-law"));
    if targets.is_empty() && at_home {
        targets.extend(sources.first().and_then(|it| it.get(..3)).map(str::to_owned));
    }
    if let Some((accuser, of)) = accusation(context, it, kind, &sources) {
        return CodedEvent { kind: "ACCUSE", sources: vec![accuser], targets: of };
    }
    CodedEvent { kind, sources, targets }
}

/// "Iceland wants Malta to withdraw": who wants it, where no attribution says so.
fn desired_by(context: &Context<'_>, it: &Candidate) -> Vec<ActorIx> {
    const STEPS_MAX: usize = 3;
    let (known, tree) = (context.known, context.tree);
    let mut at = it.evoked.head;
    for _ in 0..STEPS_MAX {
        let token = &known.tokens[at.ix()];
        if token.head == at || !matches!(token.dep, "xcomp" | "ccomp" | "dobj" | "acl" | "pobj" | "prep") {
            break;
        }
        at = token.head;
        if known.tokens[at.ix()].pos == "VERB" && matches!(known.lemma(at), "want" | "seek" | "need" | "wish" | "like")
        {
            let subject = tree.child(known, at, &["nsubj"]);
            return subject.map_or_else(Vec::new, |it| actors_of(known, tree, it));
        }
    }
    Vec::new()
}

/// "Iceland said that Malta had attacked it": who says so, before it is said, accuses whom. What others add after it ("…,
/// officials said") is a source.
fn accusation(context: &Context<'_>, it: &Candidate, kind: &str, sources: &[String]) -> Option<(String, Vec<String>)> {
    let known = context.known;
    let quote = known.quotes.get(it.act.asserted_by?.ix())?;
    let before = quote.cue.first().is_some_and(|cue| cue.end() <= it.act.trigger.start());
    let done = matches!(it.act.realis, Realis::Happened | Realis::Ongoing) && it.act.positive;
    if !before || !done || !matches!(kind, "ASSAULT" | "COERCE") {
        return None;
    }
    let accuser = quote.speakers.iter().find_map(|it| codes::of_actor(known, context.lexicon, *it, 4))?;
    let other = |it: &&String| it.get(..3) != accuser.get(..3);
    let of: Vec<String> = sources.iter().filter(other).cloned().collect();
    // Nobody is blamed: it is news that somebody gives.
    (!of.is_empty() && !accuser.is_empty()).then_some((accuser, of))
}

/// Peacekeepers and aid workers.
fn keeps_peace(context: &Context<'_>, it: &Candidate) -> bool {
    let text = context.text();
    it.act.actor_spans.iter().any(|it| {
        let words = it.of(text).to_lowercase();
        words.contains("peacekeep") || words.contains("aid worker")
    })
}

/// Sectors whose state is that of the other side when nobody says another: an opposition is the government's own.
const AT_HOME: &[&str] =
    &["OPP", "ELI", "PTY", "LEG", "JUD", "EDU", "LAB", "AGR", "MED", "REB", "CVL", "GOV", "COP", "CRM", "HLH", "REL"];

/// The state of a side that nobody places, from the other: "the president banned the opposition's rally" in Iceland.
fn domestic(context: &Context<'_>, it: &Candidate, sources: &mut Vec<String>, targets: &mut Vec<String>) {
    let stateless = |code: &String| matches!(code.as_str(), "IGO" | "NGO" | "IMG");
    let at_home = |sector: &&'static str| AT_HOME.contains(sector);
    if targets.is_empty()
        && let Some(state) = sources.first().filter(|it| !stateless(it)).and_then(|it| it.get(..3))
        && let Some(sector) = codes::sector_of_parties(context, &it.parties.recipients).filter(at_home)
    {
        targets.push(format!("{state}{sector}"));
    } else if sources.is_empty()
        && let Some(target) = targets.first().filter(|it| !stateless(it) && 3 < it.len())
        && let (Some(state), Some(other)) = (target.get(..3), target.get(3..))
        && matches!(other, "OPP" | "ELI" | "PTY" | "LEG" | "JUD" | "CVL" | "MED" | "EDU" | "LAB" | "AGR")
        && let Some(sector) = codes::sector_of_parties(context, &it.parties.actors)
    {
        sources.push(format!("{state}{sector}"));
    }
}

/// "threatened to ban voting in Iceland": the state named inside of what the act is done with, without side clauses.
fn named_below(context: &Context<'_>, it: &Candidate, sources: &[String]) -> Option<String> {
    let (known, tree) = (context.known, context.tree);
    let heads = [Some(it.evoked.head), it.evoked.noun];
    for head in heads.into_iter().flatten() {
        for child in tree.children(head).iter().filter(|it| head < **it) {
            let part = &known.tokens[child.ix()];
            let inside = matches!(part.dep, "dobj" | "xcomp" | "ccomp" | "nsubjpass" | "dative" | "acl")
                || part.dep == "prep"
                    && !matches!(known.lemma(*child), "in" | "at" | "after" | "before" | "since" | "during");
            let found = codes::named_in(known, context.lexicon, tree.subtree(known, *child), sources);
            if inside && found.is_some() {
                return found;
            }
        }
    }
    None
}

/// "rioted to demand reforms by the government": whom the act inside is towards.
fn inherited(context: &Context<'_>, candidates: &[Candidate], ix: usize, sources: &[String]) -> Vec<String> {
    let own = candidates[ix].evoked.head;
    let under = |head: TokenIx| {
        let mut at = head;
        for _ in 0..6 {
            let next = context.known.tokens[at.ix()].head;
            if next == own {
                return true;
            }
            if next == at {
                break;
            }
            at = next;
        }
        false
    };
    for (other, it) in candidates.iter().enumerate() {
        if other == ix || !under(it.evoked.head) || it.act.kind == "OTHER" {
            continue;
        }
        let found = codes::of_parties(context, &it.parties.recipients);
        if !found.is_empty() && (found != sources || candidates[ix].act.kind == "PROTEST") {
            return found;
        }
    }
    Vec::new()
}
