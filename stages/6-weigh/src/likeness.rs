//! How alike reports are by their words, and how rare a word is among them.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{Annotated, ReportIx, TokenIx};
use rapporteur_text::fold;

/// Groups of reports are parted where their mean likeness falls below this share of the mean of all. Found by trying .8,
/// 1 and 1.3 on both halves of ECB+.
const PART_OF_MEAN: f64 = 0.8;

/// The reports' words, weighed.
pub(crate) struct Texts {
    rarity: BTreeMap<String, f64>,
    cosine: Vec<Vec<f64>>,
    topic: Vec<usize>,
}

impl Texts {
    pub(crate) fn new(reports: &[Annotated]) -> Texts {
        let counts: Vec<BTreeMap<String, f64>> = reports.iter().map(count).collect();
        let mut n_reports: BTreeMap<String, f64> = BTreeMap::new();
        for word in counts.iter().flat_map(|it| it.keys()) {
            *n_reports.entry(word.clone()).or_default() += 1.0;
        }
        let n = reports.len() as f64 + 1.0;
        let rarity: BTreeMap<String, f64> = n_reports.into_iter().map(|(word, it)| (word, (n / it).ln())).collect();
        let vectors: Vec<BTreeMap<&str, f64>> = counts
            .iter()
            .map(|it| {
                let raw = it.iter().map(|(word, count)| (word.as_str(), (1.0 + count.ln()) * rarity[word]));
                let raw: BTreeMap<&str, f64> = raw.collect();
                let length = raw.values().map(|it| it * it).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
                raw.into_iter().map(|(word, it)| (word, it / length)).collect()
            })
            .collect();
        let dot = |a: &BTreeMap<&str, f64>, b: &BTreeMap<&str, f64>| {
            a.iter().filter_map(|(word, x)| b.get(word).map(|y| x * y)).sum::<f64>()
        };
        let cosine: Vec<Vec<f64>> = vectors.iter().map(|a| vectors.iter().map(|b| dot(a, b)).collect()).collect();
        let topic = topics(&cosine);
        Texts { rarity, cosine, topic }
    }

    /// How alike two reports are, 0 to 1.
    pub(crate) fn cosine(&self, a: ReportIx, b: ReportIx) -> f64 {
        self.cosine.get(a.ix()).and_then(|it| it.get(b.ix())).copied().unwrap_or(0.0)
    }

    /// Whether two reports are in one group by their words.
    pub(crate) fn are_one_topic(&self, a: ReportIx, b: ReportIx) -> bool {
        self.topic.get(a.ix()) == self.topic.get(b.ix())
    }

    /// How rare a word is among the reports: 0 when all have it.
    pub(crate) fn rarity(&self, word: &str) -> f64 {
        self.rarity.get(word).copied().unwrap_or(0.1)
    }

    /// How much of the rarer words of the smaller set the larger has, 0 to 1.
    pub(crate) fn containment(&self, a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
        let sum = |it: &mut dyn Iterator<Item = &String>| it.map(|word| self.rarity(word)).sum::<f64>();
        let smaller = sum(&mut a.iter()).min(sum(&mut b.iter()));
        sum(&mut a.intersection(b)) / smaller.max(0.1)
    }
}

fn count(report: &Annotated) -> BTreeMap<String, f64> {
    let known = &report.annotations;
    let mut counts: BTreeMap<String, f64> = BTreeMap::new();
    for (ix, token) in known.tokens.iter().enumerate() {
        if matches!(token.pos, "NOUN" | "PROPN" | "VERB" | "ADJ" | "NUM") {
            let word = fold(known.lemma(TokenIx::from(ix)));
            if 2 < word.len() {
                *counts.entry(word).or_default() += 1.0;
            }
        }
    }
    counts
}

/// Average-link groups: the two most alike are joined while they are alike enough.
fn topics(cosine: &[Vec<f64>]) -> Vec<usize> {
    let n = cosine.len();
    let pairs = (n * n.saturating_sub(1) / 2).max(1) as f64;
    let mean = (0..n).flat_map(|a| (0..a).map(move |b| (a, b))).map(|(a, b)| cosine[a][b]).sum::<f64>() / pairs;
    let mut groups: Vec<Vec<usize>> = (0..n).map(|it| vec![it]).collect();
    // Sums over all pairs of two groups, kept up when groups are joined.
    let mut sums: Vec<Vec<f64>> = cosine.to_vec();
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for b in 0..groups.len() {
            for a in 0..b {
                let likeness = sums[a][b] / (groups[a].len() * groups[b].len()) as f64;
                if best.is_none_or(|it| it.0 < likeness) {
                    best = Some((likeness, a, b));
                }
            }
        }
        let Some((_, a, b)) = best.filter(|it| mean * PART_OF_MEAN <= it.0) else { break };
        let moved = groups.remove(b);
        groups[a].extend(moved);
        let row = sums.remove(b);
        row.iter().zip(&mut sums[a]).for_each(|(it, sum)| *sum += it);
        for row in &mut sums {
            let of_moved = row.remove(b);
            row[a] += of_moved;
        }
    }
    let mut topic = vec![0; n];
    for (ix, group) in groups.iter().enumerate() {
        for it in group {
            topic[*it] = ix;
        }
    }
    topic
}
