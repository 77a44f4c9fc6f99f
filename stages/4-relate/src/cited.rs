//! Pairs that a report's own words about its source make: "writes the Northern Post", "(North Wire)".

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{CitedKind, Direction, Relation, RelationKind, ReportIx};

use crate::drift;
use crate::kinds::{Side, TOPIC_STEMS_MIN, add_rewritten};
use crate::outlets::Credit;
use crate::passages::Shared;
use crate::retelling::Retelling;

/// Adds pairs that a report's own words about its source make: a credit to an outlet whose report is here.
/// `pairs` is sorted before and after.
pub(crate) fn add_cited(sides: &[Side], pairs: &mut Vec<Relation>) {
    let printed = Printed::new(sides);
    let mut known: BTreeMap<(usize, usize), usize> =
        pairs.iter().enumerate().map(|(at, it)| ((it.a.ix(), it.b.ix()), at)).collect();
    for (at, side) in sides.iter().enumerate() {
        for credit in side.credits.iter().filter(|it| it.kind != CitedKind::Picture) {
            let parents = printed.near(side, &credit.house.key).into_iter().filter(|other| *other != at);
            // Of several reports of that outlet, the one with most in common.
            let scored = parents.map(|other| (other, closeness(side, &sides[other])));
            let Some((other, _)) = scored
                .filter(|it| it.1 >= CLOSE_MIN)
                .max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))
            else {
                continue;
            };
            let ends = (at.min(other), at.max(other));
            let there = known.get(&ends).copied();
            known.entry(ends).or_insert(pairs.len());
            add_pair(sides, at, other, credit, there, pairs);
        }
    }
    pairs.sort_by_key(|it| (it.a, it.b));
}

/// The reports of each outlet by their key stems, so that a credit to an agency is not held against all it ever wrote.
struct Printed<'a>(BTreeMap<(&'a str, u32), Vec<usize>>);

impl<'a> Printed<'a> {
    fn new(sides: &'a [Side]) -> Printed<'a> {
        let mut found: BTreeMap<(&str, u32), Vec<usize>> = BTreeMap::new();
        let credited: BTreeSet<&str> =
            sides.iter().flat_map(|it| &it.credits).map(|it| it.house.key.as_str()).collect();
        for (at, side) in sides.iter().enumerate() {
            let Some(outlet) = side.outlet.as_ref().filter(|it| credited.contains(it.key.as_str())) else { continue };
            side.key_stems.iter().for_each(|it| found.entry((&outlet.key, *it)).or_default().push(at));
        }
        Printed(found)
    }

    /// The outlet's reports that share key stems with a report.
    fn near(&self, side: &Side, outlet: &str) -> Vec<usize> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for stem in &side.key_stems {
            for at in self.0.get(&(outlet, *stem)).into_iter().flatten() {
                *shared.entry(*at).or_default() += 1;
            }
        }
        let least = TOPIC_STEMS_MIN.min(side.key_stems.len());
        shared.into_iter().filter(|it| least <= it.1).map(|it| it.0).collect()
    }
}

/// Share of a report's content that must stand in the other for a credit to its outlet to mean that very report.
const CLOSE_MIN: f32 = 0.4;

fn closeness(child: &Side, parent: &Side) -> f32 {
    let retelling = Retelling::of(&child.prose, &parent.prose);
    1.0 - retelling.novelty
}

/// `known` is where the pair stands already.
fn add_pair(
    sides: &[Side],
    child: usize,
    parent: usize,
    credit: &Credit,
    known: Option<usize>,
    pairs: &mut Vec<Relation>,
) {
    let (a, b) = (child.min(parent), child.max(parent));
    let direction = if child == a { Direction::AFromB } else { Direction::BFromA };
    let kind = match (credit.is_whole, credit.kind) {
        (true, CitedKind::Retold) => RelationKind::SecondHand,
        (true, _) => RelationKind::Republication,
        (false, _) => RelationKind::Cites,
    };
    let reason = format!("{} credits {}, the outlet of {}", sides[child].id(), credit.house.name, sides[parent].id());
    if let Some(pair) = known.and_then(|it| pairs.get_mut(it)) {
        if !pair.kind.is_lineage() {
            pair.kind = kind;
            pair.direction = direction;
            pair.because.insert(0, reason);
        }
        return;
    }
    let shared = Shared::between(&sides[a].prose, &sides[b].prose);
    let retelling = Retelling::of(&sides[child].prose, &sides[parent].prose);
    let mut passages = shared.passages(&sides[a].prose, &sides[b].prose);
    let mut drift = Vec::new();
    if kind != RelationKind::Cites {
        add_rewritten(&sides[a], &sides[b], direction, Some(&retelling), &mut passages);
        drift = drift::between(&sides[a], &sides[b], direction, Some(&retelling));
    }
    pairs.push(Relation {
        a: ReportIx::from(a),
        b: ReportIx::from(b),
        kind,
        direction,
        containment_a: shared.containment.0,
        containment_b: shared.containment.1,
        passages,
        drift,
        because: vec![reason],
    });
}
