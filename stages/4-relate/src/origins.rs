//! Independent origins: reports of one lineage, one agency, one publisher or one outside parent are one voice.
//!
//! Doubt lowers the count. A report whose outlet is not known corroborates only itself.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{CitedKind, Direction, ExternalSource, Origin, OriginIx, Relation, Relations, ReportIx};

use crate::kinds::{MATTER_STEMS_MIN, Side};

pub(crate) fn assemble(sides: &[Side], pairs: Vec<Relation>) -> Relations {
    let external = external(sides, &pairs);
    let mut groups = Groups::new(sides.len());
    for pair in pairs.iter().filter(|it| it.kind.is_lineage()) {
        groups.join(pair.a.ix(), pair.b.ix(), pair_words(sides, pair));
    }
    let mut houses: BTreeMap<&str, Vec<(usize, String)>> = BTreeMap::new();
    for (at, side) in sides.iter().enumerate() {
        // One credit is enough to hang a report on: a report put together from two agencies must not make the two one.
        let parent = side.credits.iter().find(|it| it.is_whole).map(|it| &it.house);
        for (house, verb) in side.outlet.iter().map(|it| (it, "is printed by")).chain(parent.map(|it| (it, "credits")))
        {
            houses.entry(&house.family).or_default().push((at, format!("{} {verb} {}", side.id(), house.name)));
        }
    }
    let related: BTreeSet<(usize, usize)> = pairs.iter().map(|it| (it.a.ix(), it.b.ix())).collect();
    for members in houses.values().filter(|it| it.len() > 1) {
        for (one, other) in of_one_matter(sides, members, &related) {
            groups.join(members[one].0, members[other].0, format!("{}; {}", members[one].1, members[other].1));
        }
    }
    let origins = groups.origins(sides, &pairs);
    Relations { origin_of: origin_of(sides.len(), &origins), origins, pairs, external }
}

/// Pairs of one house's reports that are about the same matter: they share enough of the words that say most. Without this
/// an agency's reports of all happenings in the collection would be one voice, and everybody who prints it another's.
fn of_one_matter(
    sides: &[Side],
    members: &[(usize, String)],
    related: &BTreeSet<(usize, usize)>,
) -> Vec<(usize, usize)> {
    let mut rows: Vec<(u32, u32)> = Vec::new();
    for (at, (report, _)) in members.iter().enumerate() {
        rows.extend(sides[*report].key_stems.iter().map(|it| (*it, at as u32)));
    }
    rows.sort_unstable();
    let mut met: Vec<(u32, u32)> = Vec::new();
    for run in rows.chunk_by(|one, next| one.0 == next.0) {
        // A word of very many reports joins each to its neighbour only, so that the cost stays linear.
        let reach = if run.len() <= MATTER_REPORTS_MAX { run.len() } else { 2 };
        for (at, (_, one)) in run.iter().enumerate() {
            met.extend(run[at + 1..].iter().take(reach - 1).map(|(_, other)| (*one, *other)));
        }
    }
    // A quotation in common says the same as key words.
    let place: BTreeMap<usize, u32> = members.iter().zip(0..).map(|((report, _), at)| (*report, at)).collect();
    for (report, at) in &place {
        for (_, other) in related.range((*report, 0)..(*report + 1, 0)) {
            if let Some(other) = place.get(other) {
                met.extend([(*at.min(other), *at.max(other)); MATTER_STEMS_MIN]);
            }
        }
    }
    met.sort_unstable();
    let is_near = |run: &&[(u32, u32)]| run.len() >= MATTER_STEMS_MIN;
    met.chunk_by(|one, next| one == next).filter(is_near).map(|run| (run[0].0 as usize, run[0].1 as usize)).collect()
}

const MATTER_REPORTS_MAX: usize = 64;

/// The origin of each report.
pub(crate) fn origin_of(n_reports: usize, origins: &[Origin]) -> Vec<OriginIx> {
    let mut found = vec![OriginIx::default(); n_reports];
    for (at, origin) in origins.iter().enumerate() {
        for report in &origin.reports {
            found[report.ix()] = OriginIx::from(at);
        }
    }
    found
}

fn pair_words(sides: &[Side], pair: &Relation) -> String {
    let (a, b) = (sides[pair.a.ix()].id(), sides[pair.b.ix()].id());
    let kind = pair.kind.as_str();
    match pair.direction {
        Direction::AFromB => format!("{a} comes from {b} ({kind})"),
        Direction::BFromA => format!("{b} comes from {a} ({kind})"),
        Direction::Unknown => format!("{a} and {b} share a text ({kind})"),
    }
}

/// Union of reports, with the reasons.
struct Groups {
    parent: Vec<usize>,
    reasons: Vec<(usize, String)>,
}

impl Groups {
    fn new(n_reports: usize) -> Groups {
        Groups { parent: (0..n_reports).collect(), reasons: Vec::new() }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize, why: String) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.parent[one.max(other)] = one.min(other);
            self.reasons.push((one.min(other), why));
        } else {
            self.reasons.push((one, why));
        }
    }

    fn origins(mut self, sides: &[Side], pairs: &[Relation]) -> Vec<Origin> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..sides.len() {
            members.entry(self.root(at)).or_default().push(at);
        }
        let mut reasons: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (at, why) in std::mem::take(&mut self.reasons) {
            let of = reasons.entry(self.root(at)).or_default();
            if of.len() < REASONS_MAX && !of.contains(&why) {
                of.push(why);
            }
        }
        let mut is_child = vec![false; sides.len()];
        for pair in pairs.iter().filter(|it| it.kind.is_lineage()) {
            match pair.direction {
                Direction::AFromB => is_child[pair.a.ix()] = true,
                Direction::BFromA => is_child[pair.b.ix()] = true,
                Direction::Unknown => {}
            }
        }
        let origin = |(group, members): (usize, Vec<usize>)| {
            let day = |at: usize| sides[at].date.map_or(i64::MAX, |it| it.day());
            let root = members.iter().copied().min_by_key(|at| (is_child[*at], day(*at), *at)).unwrap_or(group);
            Origin {
                name: name(sides, root, &members),
                root: ReportIx::from(root),
                because: reasons.remove(&group).unwrap_or_default(),
                reports: members.into_iter().map(ReportIx::from).collect(),
            }
        };
        members.into_iter().map(origin).collect()
    }
}

/// Reasons kept for an origin; an agency's daily output would make thousands.
const REASONS_MAX: usize = 40;

/// The outside parent of the root, else of any member, else the root's outlet, else its id.
fn name(sides: &[Side], root: usize, members: &[usize]) -> String {
    let whole = |at: usize| sides[at].credits.iter().find(|it| it.is_whole).map(|it| it.house.name.clone());
    let own = |at: usize| sides[at].outlet.as_ref().map(|it| it.name.clone());
    whole(root)
        .or_else(|| own(root))
        .or_else(|| members.iter().find_map(|at| whole(*at)))
        .unwrap_or_else(|| sides[root].id().to_owned())
}

fn external(sides: &[Side], pairs: &[Relation]) -> Vec<ExternalSource> {
    // A report whose credited parent is here hangs on it, not on a source outside.
    let mut parents: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for pair in pairs {
        match pair.direction {
            Direction::AFromB => parents.entry(pair.a.ix()).or_default().push(pair.b.ix()),
            Direction::BFromA => parents.entry(pair.b.ix()).or_default().push(pair.a.ix()),
            Direction::Unknown => {}
        }
    }
    let has_parent_here = |at: usize, key: &str| {
        let mut found = parents.get(&at).into_iter().flatten();
        found.any(|it| sides[*it].outlet.as_ref().is_some_and(|outlet| outlet.key == key))
    };
    let mut found: BTreeMap<&str, ExternalSource> = BTreeMap::new();
    for (at, side) in sides.iter().enumerate() {
        for credit in side.credits.iter().filter(|it| it.kind != CitedKind::Picture) {
            if has_parent_here(at, &credit.house.key) {
                continue;
            }
            let source = found.entry(&credit.house.key).or_insert_with(|| ExternalSource {
                name: credit.house.name.clone(),
                children: Vec::new(),
                cited_by: Vec::new(),
            });
            let report = ReportIx::from(at);
            if !credit.is_whole {
                source.cited_by.push((report, credit.span));
            } else if !source.children.contains(&report) {
                source.children.push(report);
            }
        }
    }
    let mut sources: Vec<ExternalSource> = found.into_values().collect();
    sources.sort_by(|one, other| one.name.cmp(&other.name));
    sources
}
