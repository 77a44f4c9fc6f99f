//! Where the reports of a lineage stand in its picture: parents over children, layer by layer.

use std::collections::{BTreeMap, BTreeSet};

/// A line between two nodes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// The parent where that is known.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether `to` is known to come from `from`.
    pub(super) is_directed: bool,
}

/// The parts of a graph that hang together, each as layers from the top down, each layer from left to right. Nodes
/// without a line are in none. Parts are sorted by their smallest node.
///
/// A node stands under all its parents (longest path). Within a layer nodes are sorted by the mean place of those they
/// hang on in the layers above (the barycentre rule of Sugiyama, Tagawa and Toda, 1981, one pass), equals by number.
pub(super) fn parts(n_nodes: usize, lines: &[Line]) -> Vec<Vec<Vec<usize>>> {
    let mut part_of: Vec<usize> = (0..n_nodes).collect();
    for line in lines {
        let (one, other) = (root(&mut part_of, line.from), root(&mut part_of, line.to));
        part_of[one.max(other)] = one.min(other);
    }
    let linked: BTreeSet<usize> = lines.iter().flat_map(|it| [it.from, it.to]).collect();
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in linked {
        members.entry(root(&mut part_of, node)).or_default().push(node);
    }
    let mut lines_of: BTreeMap<usize, Vec<Line>> = BTreeMap::new();
    for line in lines {
        lines_of.entry(root(&mut part_of, line.from)).or_default().push(*line);
    }
    members.into_iter().map(|(part, nodes)| layered(&nodes, lines_of.get(&part).map_or(&[], |it| it))).collect()
}

fn root(part_of: &mut [usize], mut node: usize) -> usize {
    while part_of[node] != node {
        part_of[node] = part_of[part_of[node]];
        node = part_of[node];
    }
    node
}

fn layered(nodes: &[usize], lines: &[Line]) -> Vec<Vec<usize>> {
    let mut parents: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut n_above: BTreeMap<usize, usize> = nodes.iter().map(|it| (*it, 0)).collect();
    for line in lines {
        parents.entry(line.to).or_default().push(line.from);
        if line.is_directed {
            children.entry(line.from).or_default().push(line.to);
            *n_above.entry(line.to).or_default() += 1;
        }
    }
    let mut depth: BTreeMap<usize, usize> = BTreeMap::new();
    let mut ready: BTreeSet<usize> = n_above.iter().filter(|it| *it.1 == 0).map(|it| *it.0).collect();
    let mut reached: BTreeMap<usize, usize> = BTreeMap::new();
    while depth.len() < nodes.len() {
        // In a ring of parents nobody is the first: the smallest number is.
        let next = ready.pop_first().or_else(|| n_above.keys().copied().find(|it| !depth.contains_key(it)));
        let Some(node) = next else { break };
        let own = reached.get(&node).copied().unwrap_or(0);
        depth.insert(node, own);
        for child in children.get(&node).map_or(&[][..], |it| it) {
            let deepest = reached.entry(*child).or_default();
            *deepest = (*deepest).max(own + 1);
            let n = n_above.entry(*child).or_default();
            *n = n.saturating_sub(1);
            if *n == 0 && !depth.contains_key(child) {
                ready.insert(*child);
            }
        }
    }
    let n_layers = depth.values().max().map_or(0, |it| it + 1);
    let mut layers = vec![Vec::new(); n_layers];
    for (node, layer) in &depth {
        layers[*layer].push(*node);
    }
    let mut place: BTreeMap<usize, f64> = BTreeMap::new();
    for layer in &mut layers {
        let mean = |node: &usize| {
            let above: Vec<f64> =
                parents.get(node).into_iter().flatten().filter_map(|it| place.get(it).copied()).collect();
            if above.is_empty() { 0.0 } else { above.iter().sum::<f64>() / above.len() as f64 }
        };
        layer.sort_by(|one, other| mean(one).total_cmp(&mean(other)).then(one.cmp(other)));
        let middle = (layer.len() as f64 - 1.0) / 2.0;
        let places: Vec<(usize, f64)> = layer.iter().enumerate().map(|(at, it)| (*it, at as f64 - middle)).collect();
        place.extend(places);
    }
    layers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(from: usize, to: usize) -> Line {
        Line { from, to, is_directed: true }
    }

    #[test]
    fn children_stand_under_all_their_parents() {
        let lines = [line(0, 3), line(3, 1), line(0, 1), Line { is_directed: false, ..line(1, 2) }, line(5, 6)];
        let found = parts(8, &lines);
        assert_eq!(found, [vec![vec![0, 2], vec![3], vec![1]], vec![vec![5], vec![6]]]);
    }

    #[test]
    fn a_ring_comes_to_an_end() {
        let found = parts(3, &[line(0, 1), line(1, 2), line(2, 0)]);
        assert_eq!(found[0].iter().flatten().count(), 3);
        assert!(parts(4, &[]).is_empty());
    }
}
