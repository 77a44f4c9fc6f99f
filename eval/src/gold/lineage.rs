//! Which report comes from which, and how many origins there are.

use rapporteur_model::{Direction, RelationKind};
use serde_json::Value;

use super::{Gold, Run, fold};
use crate::corpora::string;
use crate::tasks::Answer;

/// Kinds of ours that are right for a kind of the gold.
fn is_kind(gold: &str, ours: RelationKind) -> bool {
    if gold.contains("rewrite") {
        ours == RelationKind::Rewrite
    } else if gold.contains("second-hand") {
        ours == RelationKind::SecondHand
    } else if gold.contains("republication") || gold.contains("wire copy") {
        matches!(ours, RelationKind::Republication | RelationKind::NearCopy | RelationKind::SharedWire)
    } else {
        false
    }
}

/// Derived reports: pairs inside the collection with kind and direction, and parents outside of it.
pub(super) fn lineage(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let (mut n_edges, mut n_found, mut n_kind, mut n_direction) = (0, 0, 0, 0);
    let (mut n_outside, mut n_outside_found) = (0, 0);
    let mut wanted_pairs = Vec::new();
    let derived =
        gold.rows("lineage").iter().filter(|it| string(it, "row") == "lineage" && it["derived"] == Value::Bool(true));
    for row in derived {
        let (child, parent, kind) = (string(row, "child"), string(row, "parent"), string(row, "kind"));
        let Some((child_ix, _)) = run.report(&child) else { continue };
        if let Some(outside) = parent.strip_suffix(" (external)") {
            n_outside += 1;
            let found =
                run.relations.external.iter().any(|it| {
                    fold(&it.name) == fold(outside) && it.children.iter().any(|report| report.ix() == child_ix)
                });
            n_outside_found += usize::from(found);
            if !found {
                answer.misses.push(format!("lineage {child} from {outside} ({kind}): not found"));
            }
            continue;
        }
        let Some((parent_ix, _)) = run.report(&parent) else { continue };
        n_edges += 1;
        let pair = (child_ix.min(parent_ix), child_ix.max(parent_ix));
        wanted_pairs.push(pair);
        let Some(had) = run.relations.pairs.iter().find(|it| (it.a.ix(), it.b.ix()) == pair && it.kind.is_lineage())
        else {
            answer.misses.push(format!("lineage {child} from {parent} ({kind}): not found"));
            continue;
        };
        n_found += 1;
        let direction = if child_ix == pair.0 { Direction::AFromB } else { Direction::BFromA };
        n_kind += usize::from(is_kind(&kind, had.kind));
        n_direction += usize::from(had.direction == direction);
        if !is_kind(&kind, had.kind) || had.direction != direction {
            let had = format!("{} {}", had.kind.as_str(), had.direction.as_str());
            answer.misses.push(format!("lineage {child} from {parent} ({kind}): had {had}"));
        }
    }
    let claimed = run.relations.pairs.iter().filter(|it| it.kind.is_lineage());
    let (mut n_claimed, mut n_false) = (0, 0);
    for pair in claimed {
        n_claimed += 1;
        if !wanted_pairs.contains(&(pair.a.ix(), pair.b.ix())) {
            n_false += 1;
            let id = |ix: usize| run.reports.get(ix).map_or("?", |it| it.input.id.as_str());
            let because = pair.because.join("; ");
            let (a, b) = (id(pair.a.ix()), id(pair.b.ix()));
            answer.misses.push(format!("lineage false: {a} {b} {}: {because}", pair.kind.as_str()));
        }
    }
    answer.scores.add_share("lineage.edges", n_found, n_edges);
    answer.scores.add_share("lineage.kind", n_kind, n_edges);
    answer.scores.add_share("lineage.direction", n_direction, n_edges);
    answer.scores.add_share("lineage.external", n_outside_found, n_outside);
    answer.scores.add("lineage.precision", f64::from(n_claimed - n_false) / f64::from(n_claimed.max(1)));
}

/// Pairs of reports that are (or are not) one origin as the gold has it, and the number of origins.
pub(super) fn origins(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    // The row over all reports gives the whole partition.
    let n_all = |row: &&Value| row["reports_count"].as_u64().unwrap_or(0);
    let Some(row) = gold.rows("lineage").iter().filter(|it| string(it, "row") == "origins").max_by_key(n_all) else {
        return;
    };
    let groups: Vec<Vec<usize>> = row["origins"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| {
            let ids = it["reports"].as_array().into_iter().flatten().filter_map(Value::as_str);
            ids.filter_map(|id| run.report(id)).map(|(ix, _)| ix).collect()
        })
        .collect();
    let origin = |ix: usize| run.relations.origin_of.get(ix);
    let (mut n_pairs, mut n_right) = (0, 0);
    for a in 0..run.reports.len() {
        for b in a + 1..run.reports.len() {
            let wanted = groups.iter().any(|it| it.contains(&a) && it.contains(&b));
            let had = origin(a).is_some() && origin(a) == origin(b);
            n_pairs += 1;
            n_right += usize::from(wanted == had && origin(a).is_some());
        }
    }
    answer.scores.add_share("origins.pairs", n_right, n_pairs);
    let same = run.relations.origins.len() == groups.len();
    answer.scores.add("origins.count", if same { 1.0 } else { 0.0 });
    if !same {
        answer.misses.push(format!("origins: {}, had {}", groups.len(), run.relations.origins.len()));
    }
}
