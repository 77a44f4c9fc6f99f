//! Whether an act is done: what the grammar of its words says, set against the day it is told for.

use rapporteur_model::{Realis, TimeIx, TokenIx};

use super::arguments;
use super::realis::{self, Told};
use super::setting::on_the_way;
use super::triggers::Evoked;
use crate::Context;

/// Whether an act is done, with the day it is told for.
pub(super) fn told(context: &Context<'_>, evoked: &Evoked, time: Option<TimeIx>) -> Told {
    let (known, tree) = (context.known, context.tree);
    let day = time.and_then(|it| known.times[it.ix()].value.clone());
    let anchor = context.article.metadata.anchor.as_ref().map(|it| it.day.as_str());
    let ahead = match (&day, anchor) {
        // Values are ISO 8601, so days compare as strings, each to the length of the shorter.
        (Some(day), Some(anchor)) if day.starts_with(|it: char| it.is_ascii_digit()) && !day.contains('W') => {
            let len = day.len().min(10).min(anchor.len());
            day.get(..len) > anchor.get(..len)
        }
        _ => false,
    };
    let head = &known.tokens[evoked.head.ix()];
    let noun = head.pos == "NOUN";
    // "is opposed", "were present": the verb beside the adjective has the tense.
    let beside = head.pos == "ADJ" || head.dep == "acomp";
    let verb = if beside { head.head } else { evoked.head };
    let told = if noun {
        realis::of_noun(known, tree, evoked.head, ahead, day.is_some())
    } else {
        realis::of_verb(known, tree, verb, ahead, day.is_some())
    };
    let behind = day.is_some() && !ahead;
    match told.realis {
        // "faces opposition", "is opposed": it goes on.
        Realis::Happened if beside && matches!(known.tokens[verb.ix()].tag, "VBZ" | "VBP") => {
            Told { realis: Realis::Ongoing, ..told }
        }
        _ if !ahead && told.positive && under_way(context, evoked) => Told { realis: Realis::Ongoing, ..told },
        // "is arriving", "leaves": for travel the present is what is about to be.
        Realis::Happened
            if arguments::travels(evoked)
                && known.tokens[evoked.head.ix()].tag.starts_with("VB")
                && sets_out(context, evoked.head) =>
        {
            Told { realis: Realis::Scheduled, ..told }
        }
        Realis::Ongoing if arguments::travels(evoked) => Told { realis: Realis::Scheduled, ..told },
        // "ministers met Monday": the present of another day's meeting is a headline's past.
        Realis::Ongoing
            if behind && day.as_deref().and_then(|it| it.get(..10)) != anchor && evoked.mode == "meeting" && !noun =>
        {
            Told { realis: Realis::Happened, ..told }
        }
        Realis::Happened if ahead => Told { realis: Realis::Scheduled, ..told },
        // "until his death in 1998"
        Realis::Scheduled if noun && behind && evoked.mode == "death" => Told { realis: Realis::Happened, ..told },
        Realis::Hypothetical if noun && behind => Told { realis: Realis::Happened, ..told },
        _ => told,
    }
}

/// "heads to", "leave for" in the present: about to be.
fn sets_out(context: &Context<'_>, verb: TokenIx) -> bool {
    let known = context.known;
    matches!(known.tokens[verb.ix()].tag, "VBZ" | "VBP")
        && matches!(known.lemma(verb), "head" | "leave" | "depart" | "travel" | "go" | "fly")
}

/// What is meant to be done is being done: "efforts to rally support", "on a push to rally support", "is at the palace to
/// meet the king".
fn under_way(context: &Context<'_>, evoked: &Evoked) -> bool {
    let (known, tree) = (context.known, context.tree);
    let it = &known.tokens[evoked.head.ix()];
    if on_the_way(known, evoked.head).is_some() {
        return true;
    }
    if it.tag != "VB" || it.head == evoked.head {
        return false;
    }
    let over = &known.tokens[it.head.ix()];
    let lemma = known.lemma(it.head);
    let campaigns = matches!(lemma, "effort" | "push" | "campaign" | "drive" | "offensive" | "mission" | "tour");
    let asks = evoked.kind == rapporteur_lexicon::Act::Request && matches!(it.dep, "acl" | "relcl") && campaigns;
    let there = it.dep == "advcl"
        && evoked.mode == "meeting"
        && lemma == "be"
        && matches!(over.tag, "VBZ" | "VBP")
        && tree.children(it.head).iter().any(|at| {
            known.tokens[at.ix()].dep == "prep" && matches!(known.lemma(*at), "at" | "in") && *at < evoked.head
        });
    asks || there
}
