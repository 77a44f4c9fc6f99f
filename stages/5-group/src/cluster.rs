//! Average-link clustering of a sparse graph: the two closest groups join until no two are close enough. A pair that was
//! not looked at counts as unlike, so that one chance likeness does not chain two stories.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Likenesses are added up as whole parts of this, so that no order of addition shows.
const ONE: f32 = 1_000_000.0;

/// A join that might be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Join {
    sum: u64,
    n_pairs: u64,
    /// The first members of both groups, the smaller first.
    ends: (u32, u32),
    /// Groups as they were when it was thought of.
    groups: (u32, u32),
}

impl Ord for Join {
    /// The closest is the greatest; of equal ones that of the first reports.
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, also) =
            (u128::from(self.sum) * u128::from(other.n_pairs), u128::from(other.sum) * u128::from(self.n_pairs));
        one.cmp(&also).then_with(|| other.ends.cmp(&self.ends)).then_with(|| other.groups.cmp(&self.groups))
    }
}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The groups near one, by number, with the likenesses of all pairs of reports between the two added up.
type Near = Vec<(u32, i64)>;

/// What a pair of groups is less alike that may not join: more than all likenesses of a run add up to.
const NEVER: i64 = -(1 << 50);

/// Groups of `n_reports` reports, each sorted, in the order of their first reports. `edges` holds each pair at most once.
pub(crate) fn average_link(n_reports: usize, edges: &[(u32, u32, f32)], threshold: f32) -> Vec<Vec<u32>> {
    average_link_from((0..n_reports as u32).map(|it| vec![it]).collect(), &[], edges, threshold)
}

/// The same where some reports are together from the start. `starts` holds every report once, each group sorted, and groups
/// `apart`, by number, join none of the others that are apart.
pub(crate) fn average_link_from(
    starts: Vec<Vec<u32>>,
    apart: &[(u32, u32)],
    edges: &[(u32, u32, f32)],
    threshold: f32,
) -> Vec<Vec<u32>> {
    // A group is named by a number that is never used again, so that a join thought of before one of its groups grew is
    // known to be stale.
    let mut members = starts;
    let mut group_of = vec![0u32; members.iter().map(Vec::len).sum()];
    for (at, group) in members.iter().enumerate() {
        group.iter().for_each(|it| group_of[*it as usize] = at as u32);
    }
    let mut sums: Vec<(u32, u32, i64)> = apart.iter().map(|(a, b)| (*a.min(b), *a.max(b), NEVER)).collect();
    for (one, other, likeness) in edges {
        let (one, other) = (group_of[*one as usize], group_of[*other as usize]);
        if one != other {
            sums.push((one.min(other), one.max(other), (likeness.clamp(0.0, 1.0) * ONE) as i64));
        }
    }
    sums.sort_unstable();
    let mut near: Vec<Near> = vec![Near::new(); members.len()];
    let least = (threshold * ONE) as i64;
    let mut heap = BinaryHeap::new();
    for pairs in sums.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let (one, other, sum) = (pairs[0].0, pairs[0].1, pairs.iter().map(|it| it.2).sum::<i64>());
        near[one as usize].push((other, sum));
        near[other as usize].push((one, sum));
        let (a, b) = (&members[one as usize], &members[other as usize]);
        let n_pairs = (a.len() * b.len()) as i64;
        if least * n_pairs <= sum {
            let ends = (a[0].min(b[0]), a[0].max(b[0]));
            heap.push(Join { sum: sum as u64, n_pairs: n_pairs as u64, ends, groups: (one, other) });
        }
    }
    drop(sums);
    near.iter_mut().for_each(|it| it.sort_unstable());
    while let Some(join) = heap.pop() {
        let (one, other) = (join.groups.0 as usize, join.groups.1 as usize);
        if members[one].is_empty() || members[other].is_empty() {
            continue;
        }
        let new = members.len() as u32;
        let mut joined = std::mem::take(&mut members[one]);
        joined.append(&mut members[other]);
        joined.sort_unstable();
        let mut around = both(&std::mem::take(&mut near[one]), &std::mem::take(&mut near[other]));
        around.retain(|it| it.0 != join.groups.0 && it.0 != join.groups.1);
        for (group, sum) in &around {
            let far = &mut near[*group as usize];
            far.retain(|it| it.0 != join.groups.0 && it.0 != join.groups.1);
            // The new number is the highest, so the list stays sorted.
            far.push((new, *sum));
            let other = &members[*group as usize];
            let n_pairs = (other.len() * joined.len()) as i64;
            if least * n_pairs <= *sum {
                let ends = (other[0].min(joined[0]), other[0].max(joined[0]));
                heap.push(Join { sum: *sum as u64, n_pairs: n_pairs as u64, ends, groups: (*group, new) });
            }
        }
        near.push(around);
        members.push(joined);
    }
    let mut groups: Vec<Vec<u32>> = members.into_iter().filter(|it| !it.is_empty()).collect();
    groups.sort_unstable();
    groups
}

/// What is near the one or the other of two groups, sums added up.
fn both(one: &Near, other: &Near) -> Near {
    let mut all = Near::with_capacity(one.len() + other.len());
    let (mut at, mut also) = (0, 0);
    while at < one.len() || also < other.len() {
        let a = one.get(at).map_or(u32::MAX, |it| it.0);
        let b = other.get(also).map_or(u32::MAX, |it| it.0);
        let sum = if a <= b { one[at].1 } else { 0 } + if b <= a { other[also].1 } else { 0 };
        all.push((a.min(b), sum));
        at += usize::from(a <= b);
        also += usize::from(b <= a);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_no_group() {
        // 0-1 and 2-3 are close; one likeness of 1 and 2 does not join four.
        let edges = [(0, 1, 0.9), (2, 3, 0.9), (1, 2, 0.8)];
        assert_eq!(average_link(4, &edges, 0.3), [[0, 1], [2, 3]]);
        assert_eq!(average_link(4, &edges, 0.15), [[0, 1, 2, 3]]);
        assert_eq!(average_link(2, &[], 0.3), [[0], [1]]);
    }

    #[test]
    fn the_order_of_edges_does_not_show() {
        let mut edges: Vec<(u32, u32, f32)> = Vec::new();
        for one in 0..20u32 {
            for other in one + 1..20 {
                edges.push((one, other, ((one * 7 + other * 13) % 10) as f32 / 10.0));
            }
        }
        let groups = average_link(20, &edges, 0.5);
        for turn in 1..10 {
            edges.rotate_left(turn * 3);
            assert_eq!(average_link(20, &edges, 0.5), groups);
        }
    }
}
