//! Who did what to whom, in single sentences: types of acts, and triples of actor, type and recipient.

use std::collections::BTreeSet;

use super::{Answer, Context, Task};
use crate::corpora::{self, Corpus, GoldAct};
use crate::measures::Counts;
use crate::predictions::{Act, acts};
use crate::{Outcome, measures};

pub(super) const PLOVER: Task = Task {
    name: "acts-plover",
    what: "PLOVER's examples: acts with both sides",
    corpus: &["eval/acts/plover.jsonl"],
    pinned: &["type.F1", "triple.F1"],
    on_request: false,
    run: |context| run(context, corpora::acts_plover(&context.path(PLOVER.corpus[0]))?),
};

pub(super) const PETRARCH: Task = Task {
    name: "acts-petrarch",
    what: "PETRARCH-2's checked sentences, CAMEO turned into PLOVER types",
    corpus: &["eval/acts/petrarch2_gsr.jsonl"],
    pinned: &["type.F1", "triple.F1"],
    on_request: false,
    run: |context| run(context, corpora::acts_petrarch(&context.path(PETRARCH.corpus[0]))?),
};

fn run(context: &Context<'_>, corpus: Corpus<Vec<GoldAct>>) -> Outcome<Answer> {
    let predicted = context.each(&corpus.inputs, acts);
    let (mut types, mut triples) = (Counts::default(), Counts::default());
    let mut misses = Vec::new();
    for ((input, gold), predicted) in corpus.inputs.iter().zip(&corpus.gold).zip(&predicted) {
        let wanted: BTreeSet<&str> = gold.iter().map(|it| it.kind.as_str()).collect();
        let had: BTreeSet<&str> = predicted.iter().filter_map(|it| it.coded.as_ref()).map(|it| it.0.as_str()).collect();
        count(&mut types, &wanted, &had);
        let wanted_triples: BTreeSet<GoldAct> = gold.iter().map(state).collect();
        let had_triples: BTreeSet<GoldAct> = predicted.iter().flat_map(sides).collect();
        count(&mut triples, &wanted_triples, &had_triples);
        if wanted_triples != had_triples {
            let say = |it: &BTreeSet<GoldAct>| {
                let shown: Vec<String> =
                    it.iter().map(|it| format!("{} {} {}", it.actor, it.kind, it.recipient)).collect();
                shown.join("; ")
            };
            let text = String::from_utf8_lossy(&input.bytes);
            misses.push(format!("{}: [{}], had [{}] in: {text}", input.id, say(&wanted_triples), say(&had_triples)));
        }
    }
    let mut scores = measures::Scores::default();
    scores.add_prf("type", types);
    scores.add_prf("triple", triples);
    Ok(Answer { scores, misses })
}

fn count<T: Ord>(counts: &mut Counts, wanted: &BTreeSet<T>, had: &BTreeSet<T>) {
    counts.hit += wanted.intersection(had).count();
    counts.n_gold += wanted.len();
    counts.n_predicted += had.len();
}

/// Codes begin with the state; what follows (government, army) is left away on both sides.
fn state(act: &GoldAct) -> GoldAct {
    let cut = |code: &str| {
        let code: String = code.chars().take(3).collect();
        // Slips of the pen in the corpus for ISO codes.
        match code.as_str() {
            "ITL" => "ITA".to_owned(),
            "JAP" => "JPN".to_owned(),
            "VTN" => "VNM".to_owned(),
            _ => code,
        }
    };
    GoldAct { kind: act.kind.clone(), actor: cut(&act.actor), recipient: cut(&act.recipient) }
}

/// Every pair of sides of a coded act; parties without a recipient act on each other.
fn sides(act: &Act) -> Vec<GoldAct> {
    let Some((kind, sources, targets)) = &act.coded else { return Vec::new() };
    let mutual = targets.is_empty();
    let targets = if mutual { sources } else { targets };
    let mut sides = Vec::new();
    let side = |actor: &str, recipient: &str| {
        state(&GoldAct { kind: kind.clone(), actor: actor.to_owned(), recipient: recipient.to_owned() })
    };
    for source in sources {
        sides.extend(targets.iter().filter(|it| !mutual || *it != source).map(|it| side(source, it)));
    }
    if sides.is_empty() {
        let (source, target) = (sources.first(), if mutual { None } else { targets.first() });
        sides.push(side(source.map_or("", String::as_str), target.map_or("", String::as_str)));
    }
    sides
}
