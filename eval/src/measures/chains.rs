//! Coreference of events: MUC, B-cubed, CEAF over entities, and their mean, the CoNLL F1 (Pradhan et al. 2014).
//!
//! Chains are sets of mentions. A mention that only one side has counts against that side: it is alone on the other.

use std::collections::BTreeMap;

use super::{Scores, f1};

/// Mentions with the label of their chain.
pub type Chains = BTreeMap<String, String>;

/// All four.
pub fn conll(gold: &Chains, predicted: &Chains) -> Scores {
    let both = |measure: fn(&Chains, &Chains) -> f64| (measure(predicted, gold), measure(gold, predicted));
    let mut scores = Scores::default();
    let (ceaf_p, ceaf_r) = ceaf(gold, predicted);
    let mut sum = 0.0;
    for (name, (p, r)) in [("muc", both(muc)), ("bcubed", both(bcubed)), ("ceafe", (ceaf_p, ceaf_r))] {
        scores.add(format!("{name}.P"), p);
        scores.add(format!("{name}.R"), r);
        scores.add(format!("{name}.F1"), f1(p, r));
        sum += f1(p, r);
    }
    scores.add("conll.F1", sum / 3.0);
    scores
}

fn sets(chains: &Chains) -> BTreeMap<&str, Vec<&str>> {
    let mut sets: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (mention, label) in chains {
        sets.entry(label).or_default().push(mention);
    }
    sets
}

/// Links of `key` that `other` has, as a share (Vilain et al. 1995).
fn muc(key: &Chains, other: &Chains) -> f64 {
    let (mut hit, mut all) = (0usize, 0usize);
    for mentions in sets(key).values() {
        let mut parts: Vec<&str> = mentions.iter().filter_map(|it| other.get(*it)).map(String::as_str).collect();
        let n_alone = mentions.len() - parts.len();
        parts.sort_unstable();
        parts.dedup();
        hit += mentions.len() - (parts.len() + n_alone);
        all += mentions.len() - 1;
    }
    hit as f64 / all.max(1) as f64
}

/// Of each mention of `key`, the share of its chain that `other` has with it (Bagga and Baldwin 1998).
fn bcubed(key: &Chains, other: &Chains) -> f64 {
    let mut sum = 0.0;
    for mentions in sets(key).values() {
        let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
        for label in mentions.iter().filter_map(|it| other.get(*it)) {
            *parts.entry(label).or_default() += 1;
        }
        sum += parts.values().map(|it| (it * it) as f64).sum::<f64>() / mentions.len() as f64;
    }
    sum / key.len().max(1) as f64
}

/// Chains against chains, one to one, with the assignment of most likeness (Luo 2005, phi 4): precision and recall.
fn ceaf(gold: &Chains, predicted: &Chains) -> (f64, f64) {
    let (gold_sets, predicted_sets) = (sets(gold), sets(predicted));
    let number: BTreeMap<&str, usize> = predicted_sets.keys().enumerate().map(|(ix, it)| (*it, ix)).collect();
    let sizes: Vec<usize> = predicted_sets.values().map(Vec::len).collect();
    // Likeness of the chains that share a mention at all; they fall into groups that are assigned one by one.
    let mut likeness: Vec<BTreeMap<usize, f64>> = Vec::new();
    for mentions in gold_sets.values() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for label in mentions.iter().filter_map(|it| predicted.get(*it)) {
            *shared.entry(number[label.as_str()]).or_default() += 1;
        }
        let alike = |(ix, n): (usize, usize)| (ix, 2.0 * n as f64 / (mentions.len() + sizes[ix]) as f64);
        likeness.push(shared.into_iter().map(alike).collect());
    }
    let total: f64 = groups(&likeness, sizes.len()).iter().map(|it| assign(it)).sum();
    (total / predicted_sets.len().max(1) as f64, total / gold_sets.len().max(1) as f64)
}

/// Rows and columns that hang together, as matrices.
fn groups(likeness: &[BTreeMap<usize, f64>], n_columns: usize) -> Vec<Vec<Vec<f64>>> {
    let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); n_columns];
    for (row, columns) in likeness.iter().enumerate() {
        for column in columns.keys() {
            rows_of[*column].push(row);
        }
    }
    let mut seen = vec![false; likeness.len()];
    let mut found = Vec::new();
    for start in 0..likeness.len() {
        if seen[start] || likeness[start].is_empty() {
            continue;
        }
        seen[start] = true;
        let (mut rows, mut columns, mut open) = (Vec::new(), Vec::new(), vec![start]);
        while let Some(row) = open.pop() {
            rows.push(row);
            for column in likeness[row].keys().filter(|it| !columns.contains(*it)).copied().collect::<Vec<usize>>() {
                columns.push(column);
                for next in &rows_of[column] {
                    if !std::mem::replace(&mut seen[*next], true) {
                        open.push(*next);
                    }
                }
            }
        }
        let value = |row: &usize, column: &usize| likeness[*row].get(column).copied().unwrap_or(0.0);
        found.push(rows.iter().map(|row| columns.iter().map(|it| value(row, it)).collect()).collect());
    }
    found
}

/// The largest sum of an assignment of rows to columns (Hungarian method with potentials, Jonker and Volgenant).
fn assign(matrix: &[Vec<f64>]) -> f64 {
    let n = matrix.len().max(matrix.first().map_or(0, Vec::len));
    let cost = |row: usize, column: usize| -matrix.get(row).and_then(|it| it.get(column)).copied().unwrap_or(0.0);
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let (mut row_of, mut way) = (vec![0usize; n + 1], vec![0usize; n + 1]);
    for row in 1..=n {
        row_of[0] = row;
        let mut column = 0;
        let (mut least, mut used) = (vec![f64::INFINITY; n + 1], vec![false; n + 1]);
        loop {
            used[column] = true;
            let (at, mut next, mut delta) = (row_of[column], 0, f64::INFINITY);
            for other in 1..=n {
                if used[other] {
                    continue;
                }
                let slack = cost(at - 1, other - 1) - u[at] - v[other];
                if slack < least[other] {
                    (least[other], way[other]) = (slack, column);
                }
                if least[other] < delta {
                    (delta, next) = (least[other], other);
                }
            }
            for other in 0..=n {
                if used[other] {
                    u[row_of[other]] += delta;
                    v[other] -= delta;
                } else {
                    least[other] -= delta;
                }
            }
            column = next;
            if row_of[column] == 0 {
                break;
            }
        }
        while column != 0 {
            let before = way[column];
            row_of[column] = row_of[before];
            column = before;
        }
    }
    (1..=n).filter(|it| row_of[*it] != 0).map(|it| -cost(row_of[it] - 1, it - 1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chains(lists: &[&[&str]]) -> Chains {
        let label = |(ix, list): (usize, &&[&str])| {
            list.iter().map(|it| ((*it).to_owned(), format!("{ix}"))).collect::<Vec<(String, String)>>()
        };
        lists.iter().enumerate().flat_map(label).collect()
    }

    /// The example of Luo (2005) and of Pradhan et al. (2014): figures from their tables.
    #[test]
    fn the_example_of_the_reference_scorer() {
        let gold = chains(&[&["a", "b", "c"], &["d", "e", "f", "g"]]);
        let predicted = chains(&[&["a", "b"], &["c", "d"], &["f", "g", "h", "i"]]);
        let scores = conll(&gold, &predicted);
        let near = |name: &str, value: f64| {
            let had = scores.get(name).unwrap_or(f64::NAN);
            assert!((had - value).abs() < 0.0006, "{name}: {had}");
        };
        near("muc.P", 0.4);
        near("muc.R", 0.4);
        near("bcubed.P", 0.5);
        near("bcubed.R", 0.4167);
        near("ceafe.P", 0.4333);
        near("ceafe.R", 0.65);
    }

    #[test]
    fn the_same_chains_are_all_right() {
        let gold = chains(&[&["a", "b"], &["c"], &["d", "e", "f"]]);
        assert_eq!(conll(&gold, &gold).get("conll.F1"), Some(1.0));
        assert_eq!(conll(&gold, &Chains::new()).get("conll.F1"), Some(0.0));
    }

    #[test]
    fn the_best_assignment_is_found() {
        let matrix = vec![vec![0.9, 0.8], vec![0.8, 0.1], vec![0.0, 0.05]];
        assert!((assign(&matrix) - 1.6).abs() < 1e-9);
    }
}
