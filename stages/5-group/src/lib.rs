//! Stage 5: which reports belong together.
//!
//! Two reports are of one story as surely as a logistic regression on a few likenesses says (words, runs of words, titles,
//! leads, names, days apart); groups join while their reports are alike on average. One setting serves all collections.
//! A wrong join hides that two stories are two; a wrong split shows one twice: the threshold leans to neither (see
//! `likeness`).
//!
//! Reports of one lineage are of one story whatever their words, but a shared agency or outlet alone joins nothing.

mod because;
mod cluster;
mod counts;
mod likeness;
mod memory;
mod nearby;
mod read;
mod storyline;
mod vectors;

use std::collections::BTreeMap;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotated, Relation, RelationKind, Relations, ReportIx, Story};

pub use memory::{Decision, Memory, Verdict};
use vectors::Profiles;

/// Groups the reports of a run; each is in exactly one story. The answer does not depend on their order.
pub fn group(reports: &[Annotated], relations: &Relations, lexicon: &Lexicon) -> Vec<Story> {
    group_knowing(reports, relations, lexicon, &Memory::default())
}

/// The same, knowing what stories were called before and what an analyst decided about them.
pub fn group_knowing(reports: &[Annotated], relations: &Relations, lexicon: &Lexicon, memory: &Memory) -> Vec<Story> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    let days: Vec<i32> = reports.iter().map(|it| read::day(it).unwrap_or(i32::MAX)).collect();
    // The earliest first, those of no known day last; of one day by id.
    let key = |at: usize| (days[at], reports[at].id(), &reports[at].article.report.raw_sha256, reports[at].text());
    order.sort_unstable_by(|one, other| key(*one).cmp(&key(*other)));
    let mut place = vec![0u32; reports.len()];
    order.iter().enumerate().for_each(|(at, given)| place[*given] = at as u32);

    let sorted: Vec<&Annotated> = order.iter().map(|it| &reports[*it]).collect();
    let profiles = Profiles::of(&sorted);
    let mut edges: Vec<(u32, u32, f32)> = Vec::new();
    nearby::pairs(&profiles, |one, other, likeness| {
        let probability = likeness::probability(likeness);
        if likeness::PROBABILITY_MIN <= probability {
            edges.push((one, other, probability));
        }
    });
    let lineage = lineage(relations, &place);
    add_lineage(&mut edges, &lineage);
    let ids: Vec<&str> = sorted.iter().map(|it| it.id()).collect();
    let (starts, apart) = memory.starts(&ids, &lineage);
    let mut groups = cluster::average_link_from(starts, &apart, &edges, likeness::THRESHOLD);
    drop(edges);
    let mut notes = BTreeMap::new();
    if !memory.decisions.is_empty() {
        let place_of = ids.iter().enumerate().map(|(at, id)| (*id, at as u32)).collect();
        notes = memory::decide(&mut groups, &memory.decisions, &place_of);
    }
    let names = memory::names(&groups, &ids, &memory.stories);
    let lines = storyline::lines(&groups, &profiles);

    let mut pairs_of: Vec<Vec<&Relation>> = vec![Vec::new(); reports.len()];
    for pair in &relations.pairs {
        pairs_of[pair.a.ix()].push(pair);
        pairs_of[pair.b.ix()].push(pair);
    }
    // Reasons are told in the order of ids, so that it does not show how reports arrived.
    let by_place = |it: &&Relation| (place[it.a.ix()].min(place[it.b.ix()]), place[it.a.ix()].max(place[it.b.ix()]));
    pairs_of.iter_mut().for_each(|pairs| pairs.sort_by_key(by_place));

    let known = because::Known { reports, profiles: &profiles, place: &place, lexicon };

    let mut stories: Vec<Story> = Vec::with_capacity(groups.len());
    for (at, group) in groups.iter().enumerate() {
        let in_order: Vec<usize> = group.iter().map(|it| order[*it as usize]).collect();
        let mut members = in_order.clone();
        members.sort_unstable();
        let reasons = |report: &usize| {
            // What a person decided comes first.
            let mut because = notes.get(&place[*report]).cloned().unwrap_or_default();
            because.extend(because::reasons(*report, &in_order, &known, &pairs_of[*report]));
            because
        };
        stories.push(Story {
            id: names[at].clone(),
            because: members.iter().map(reasons).collect(),
            reports: members.into_iter().map(ReportIx::from).collect(),
            storyline: format!("line-{}", names[lines[at] as usize].trim_start_matches("story-")),
        });
    }
    stories.sort_by(|one, other| one.reports.cmp(&other.reports));
    stories
}

/// Pairs of one text, and how surely that makes them one story: surely when it is the whole text.
fn lineage(relations: &Relations, place: &[u32]) -> Vec<(u32, u32, f32)> {
    let sure = |pair: &Relation| {
        let sure = match pair.kind {
            RelationKind::Identical | RelationKind::NearCopy | RelationKind::Excerpt | RelationKind::Republication => {
                1.0
            }
            RelationKind::Rewrite | RelationKind::Version | RelationKind::SecondHand => 0.9,
            RelationKind::SharedWire => 0.6,
            RelationKind::SharedQuote | RelationKind::Cites => return None,
        };
        let (one, other) = (place[pair.a.ix()], place[pair.b.ix()]);
        Some((one.min(other), one.max(other), sure))
    };
    relations.pairs.iter().filter_map(sure).collect()
}

/// A text in two reports makes them one story.
fn add_lineage(edges: &mut Vec<(u32, u32, f32)>, lineage: &[(u32, u32, f32)]) {
    edges.extend_from_slice(lineage);
    // Of two edges of one pair the surer stays.
    edges.sort_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)).then(other.2.total_cmp(&one.2)));
    edges.dedup_by_key(|it| (it.0, it.1));
}

/// The words that say most of a report, as stems with their weight (the squares sum to 1 over all words), most weight first,
/// at most `n_max`. Weighed against the background of English news alone, so that they stay what they are whatever other
/// reports come: for an index that lasts longer than a run. [`group`] finds its own.
pub fn strongest_terms(report: &Annotated, n_max: usize) -> Vec<(u32, f32)> {
    vectors::strongest_terms(&read::Read::new(report), n_max)
}

/// The day of a report as grouping counts it, in days since 1970-01-01: of publication, else what its times are counted from.
pub fn day(report: &Annotated) -> Option<i32> {
    read::day(report)
}

/// Two reports by index and their likenesses.
#[doc(hidden)]
pub type LikenessRow = (usize, usize, Vec<f32>);

/// The names of the likenesses and the likenesses of all pairs that are looked at, for training.
#[doc(hidden)]
pub fn pair_likenesses(reports: &[Annotated]) -> (Vec<&'static str>, Vec<LikenessRow>) {
    let all: Vec<&Annotated> = reports.iter().collect();
    let mut rows = Vec::new();
    nearby::pairs(&Profiles::of(&all), |one, other, it| rows.push((one as usize, other as usize, it.to_vec())));
    (likeness::FEATURES.to_vec(), rows)
}

#[cfg(test)]
mod near_misses;
#[cfg(test)]
mod tests;
