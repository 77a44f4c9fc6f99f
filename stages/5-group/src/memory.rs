//! What is known from before a run: the names that stories had, and what an analyst decided about them.

use std::collections::{BTreeMap, BTreeSet};

/// What is known from before a run. Nothing is known by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// The story of reports in an earlier run, both by id. A story keeps the name that most of its reports had.
    pub stories: BTreeMap<String, String>,
    /// What an analyst decided, the earliest first; later ones win.
    pub decisions: Vec<Decision>,
    /// Whether reports that had one story stay together. Then stories are found by reports that come, not anew: a story
    /// grows and may join another, and never falls apart.
    pub is_kept: bool,
    /// Where stories are kept, those that join no other story: a person set them apart.
    pub apart: BTreeSet<String>,
}

impl Memory {
    /// The groups to start from, and the pairs of them that may not join. `ids` holds the ids of reports by place, `sure` for
    /// each pair of one text how surely it is one.
    pub(crate) fn starts(&self, ids: &[&str], sure: &[(u32, u32, f32)]) -> (Vec<Vec<u32>>, Vec<(u32, u32)>) {
        let mut starts: Vec<Vec<u32>> = Vec::new();
        let mut group_of: Vec<Option<usize>> = vec![None; ids.len()];
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, id) in ids.iter().enumerate() {
            let Some(story) = self.stories.get(*id).filter(|_| self.is_kept) else { continue };
            let group = *named.entry(story).or_insert_with(|| {
                starts.push(Vec::new());
                starts.len() - 1
            });
            starts[group].push(at as u32);
            group_of[at] = Some(group);
        }
        // A copy goes with what it copies, however little the rest of that story is like it. The surest first; of equals the
        // earliest. A copy of a copy finds its place in the next round.
        let mut sure: Vec<&(u32, u32, f32)> = sure.iter().filter(|it| COPY_MIN <= it.2 && self.is_kept).collect();
        sure.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        let mut is_changed = true;
        while std::mem::take(&mut is_changed) {
            for (one, other, _) in &sure {
                let (one, other) = (*one as usize, *other as usize);
                let (new, group) = match (group_of[one], group_of[other]) {
                    (None, Some(group)) => (one, group),
                    (Some(group), None) => (other, group),
                    _ => continue,
                };
                group_of[new] = Some(group);
                starts[group].push(new as u32);
                is_changed = true;
            }
        }
        starts.iter_mut().for_each(|it| it.sort_unstable());
        let mut apart = Vec::new();
        for (story, group) in named.iter().filter(|it| self.apart.contains(*it.0)) {
            let others = named.iter().filter(|it| it.0 != story).map(|it| *it.1);
            apart.extend(others.map(|other| ((*group).min(other) as u32, (*group).max(other) as u32)));
        }
        apart.sort_unstable();
        apart.dedup();
        starts.extend((0..ids.len()).filter(|at| group_of[*at].is_none()).map(|at| vec![at as u32]));
        (starts, apart)
    }
}

/// From so sure on, two reports are one text.
const COPY_MIN: f32 = 0.9;

/// An analyst's word on which reports belong together. It names reports, so it holds whatever else comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What is to be done.
    pub verdict: Verdict,
    /// Ids of the reports; those that are not in a run do nothing.
    pub reports: Vec<String>,
    /// Who decided, when and why, in words for people.
    pub who: String,
    /// See `who`.
    pub when: String,
    /// See `who`.
    pub why: String,
}

/// What a [`Decision`] does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The whole stories of the reports become one.
    Merge,
    /// The reports leave their stories and make one of their own.
    Split,
}

impl Decision {
    fn in_words(&self) -> String {
        let what = match self.verdict {
            Verdict::Merge => "put together",
            Verdict::Split => "set apart",
        };
        let say = |before: &str, it: &str| if it.is_empty() { String::new() } else { format!("{before}{it}") };
        format!("{what}{}{}{}", say(" by ", &self.who), say(" on ", &self.when), say(": ", &self.why))
    }
}

/// Applies the decisions to groups of reports; says for each report that one touched why. `place` gives the reports by id.
pub(crate) fn decide(
    groups: &mut Vec<Vec<u32>>,
    decisions: &[Decision],
    place: &BTreeMap<&str, u32>,
) -> BTreeMap<u32, Vec<String>> {
    let mut notes: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for decision in decisions {
        let named: BTreeSet<u32> = decision.reports.iter().filter_map(|id| place.get(id.as_str())).copied().collect();
        // One report alone has nothing to be put together with.
        if named.is_empty() || decision.verdict == Verdict::Merge && named.len() < 2 {
            continue;
        }
        let mut one: Vec<u32> = match decision.verdict {
            Verdict::Merge => {
                let (touched, rest) = std::mem::take(groups)
                    .into_iter()
                    .partition(|it: &Vec<u32>| it.iter().any(|report| named.contains(report)));
                *groups = rest;
                touched.concat()
            }
            Verdict::Split => {
                groups.iter_mut().for_each(|it| it.retain(|report| !named.contains(report)));
                groups.retain(|it| !it.is_empty());
                named.iter().copied().collect()
            }
        };
        one.sort_unstable();
        groups.push(one);
        named.iter().for_each(|it| notes.entry(*it).or_default().push(decision.in_words()));
    }
    groups.sort_unstable();
    notes
}

/// A name for each group. `ids` holds the ids of reports by place.
pub(crate) fn names(groups: &[Vec<u32>], ids: &[&str], earlier: &BTreeMap<String, String>) -> Vec<String> {
    // How many reports of a group had an earlier name; the most first, then the name, then the group.
    let mut votes: Vec<(usize, &str, usize)> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let mut had: BTreeMap<&str, usize> = BTreeMap::new();
        for name in group.iter().filter_map(|it| earlier.get(ids[*it as usize])) {
            *had.entry(name).or_default() += 1;
        }
        votes.extend(had.into_iter().map(|(name, n)| (n, name, at)));
    }
    votes.sort_by(|one, other| other.0.cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let mut named: Vec<Option<String>> = vec![None; groups.len()];
    // A name that a story of the earlier run had is given to no new one.
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (_, name, at) in votes {
        if named[at].is_none() && taken.insert(name.to_owned()) {
            named[at] = Some(name.to_owned());
        }
    }
    taken.extend(earlier.values().cloned());
    let mut new_name = |group: &[u32]| {
        let first = format!("story-{}", ids[group[0] as usize]);
        let mut name = first.clone();
        let mut n = 2;
        while !taken.insert(name.clone()) {
            name = format!("{first}.{n}");
            n += 1;
        }
        name
    };
    let both = groups.iter().zip(named);
    both.map(|(group, named)| named.unwrap_or_else(|| new_name(group))).collect()
}
