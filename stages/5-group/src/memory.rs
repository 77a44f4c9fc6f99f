//! What is known from before a run: the names that stories had, and what an analyst decided about them.

use std::collections::{BTreeMap, BTreeSet};

/// What is known from before a run. Nothing is known by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// The story of reports in an earlier run, both by id. A story keeps the name that most of its reports had.
    pub stories: BTreeMap<String, String>,
    /// What an analyst decided, the earliest first; later ones win.
    pub decisions: Vec<Decision>,
}

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
