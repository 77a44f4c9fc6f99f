//! Whether two printings of one speaker's words are one statement, though reports word it otherwise: "this week could be
//! crucial" and "this week could be decisive".
//!
//! What words both have and how rare those are in the story, runs of the same words, numbers and negations that differ, and
//! whether either has a better match in the other's report, weighed by a learned table (`cargo xtask train statements`,
//! logistic regression on pairs of open stories labelled by reading, `eval/readings/statements.tsv`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Anchor, Annotated, Relations, ReportIx, Span, Story};

use crate::rarity::Rarity;
use crate::story::View;

/// What two printings are judged by, in the order of the table.
pub const FEATURE_NAMES: [&str; 14] = [
    "always", "contained", "shared", "cosine", "both", "rarest", "length", "run", "numbers-differ", "negation-differs",
    "both-marked", "margin", "alone", "around",
];

/// Number of features of two printings.
pub const N_FEATURES: usize = FEATURE_NAMES.len();

/// The features of two printings.
pub type Features = [f64; N_FEATURES];

/// Printings as likely one statement are one. On held-out stories of the labelled pairs about six in seven of those that
/// pass are (`cargo xtask train statements`): a wrong one makes an origin too many, a missed one only an origin too few.
const LEAST: f64 = 0.75;

static TABLE: LazyLock<Features> = LazyLock::new(|| {
    let mut table = [0.0; N_FEATURES];
    for line in include_str!("../data/statements.tsv").lines().filter(|it| !it.starts_with('#')) {
        let Some((name, weight)) = line.split_once('\t') else { continue };
        if let Some(ix) = FEATURE_NAMES.iter().position(|it| *it == name) {
            table[ix] = weight.trim().parse().unwrap_or(0.0);
        }
    }
    table
});

/// Two printings of one speaker's words in two reports.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The words of either report.
    pub places: [Anchor; 2],
    /// What they are judged by.
    pub features: Features,
}

/// All pairs of printings of one speaker's words in a story that have a word in common: what the table is learned from.
pub fn pairs(story: &Story, reports: &[Annotated], relations: &Relations, lexicon: &Lexicon) -> Vec<Pair> {
    let view = View::new(story, reports, relations, lexicon);
    let rarity = Rarity::new(&view);
    let mut found = Vec::new();
    for list in crate::statements::by_speaker(&view).into_values() {
        let words: Vec<Words> =
            list.iter().map(|it| Words::new(&view, it.report, &it.content, it.is_marked())).collect();
        for ((a, b), features) in features(&words, &rarity) {
            let place = |ix: usize| list[ix].anchor();
            found.push(Pair { places: [place(a), place(b)], features });
        }
    }
    found
}

/// The words of a printing, as they are compared.
pub(crate) struct Words {
    report: ReportIx,
    terms: BTreeSet<String>,
    /// The content words of the sentences around them, without their own.
    around: BTreeSet<String>,
    /// All words as lemmas, in their order.
    line: Vec<String>,
    numbers: BTreeSet<String>,
    is_negated: bool,
    is_marked: bool,
}

impl Words {
    pub(crate) fn new(view: &View<'_>, report: ReportIx, content: &[Span], is_marked: bool) -> Words {
        let tokens = &view.report(report).annotations.tokens;
        let mut found = Words {
            report,
            terms: BTreeSet::new(),
            around: BTreeSet::new(),
            line: Vec::new(),
            numbers: BTreeSet::new(),
            is_negated: false,
            is_marked,
        };
        for span in content {
            let anchor = Anchor::new(report, *span);
            found.terms.extend(view.terms(anchor));
            for ix in view.tokens(anchor).filter(|it| !matches!(tokens[*it].pos, "PUNCT" | "SPACE")) {
                let lemma = view.lemma(report, ix).to_lowercase();
                found.is_negated |= tokens[ix].dep == "neg" || NEGATIONS.contains(&lemma.as_str());
                if lemma.contains(|it: char| it.is_ascii_digit()) {
                    found.numbers.insert(lemma.clone());
                }
                found.line.push(lemma);
            }
        }
        let sentences = &view.report(report).annotations.sentences;
        if let Some((at, _)) = content.first().and_then(|it| view.sentence(Anchor::new(report, *it))) {
            let (first, last) = (at.ix().saturating_sub(1), (at.ix() + 1).min(sentences.len() - 1));
            for sentence in &sentences[first..=last] {
                let terms = view.terms(Anchor::new(report, sentence.span));
                found.around.extend(terms.into_iter().filter(|it| !found.terms.contains(it)));
            }
        }
        found
    }
}

const NEGATIONS: [&str; 9] = ["no", "not", "never", "none", "nothing", "nobody", "without", "neither", "nor"];

/// The pairs of a speaker's printings that are likely one statement, by their places in the list, the lower first.
pub(crate) fn likely(words: &[Words], rarity: &Rarity) -> BTreeSet<(usize, usize)> {
    let pass = |features: &Features| {
        let odds: f64 = features.iter().zip(TABLE.iter()).map(|(value, weight)| value * weight).sum();
        LEAST <= 1.0 / (1.0 + (-odds).exp())
    };
    features(words, rarity).into_iter().filter(|it| pass(&it.1)).map(|it| it.0).collect()
}

/// The features of all pairs of different reports with a word in common.
fn features(words: &[Words], rarity: &Rarity) -> Vec<((usize, usize), Features)> {
    let weight = |it: &Words| it.terms.iter().map(|it| rarity.of(it)).sum::<f32>().max(0.1);
    let weights: Vec<f32> = words.iter().map(weight).collect();
    // How much two printings have in common; the best of each in every other report, and the next to it.
    let mut cosines: BTreeMap<(usize, usize), f32> = BTreeMap::new();
    let mut best: BTreeMap<(usize, ReportIx), [f32; 2]> = BTreeMap::new();
    let mut n_of: BTreeMap<ReportIx, usize> = BTreeMap::new();
    for (b, word) in words.iter().enumerate() {
        *n_of.entry(word.report).or_default() += 1;
        for a in (0..b).filter(|it| words[*it].report != word.report) {
            let both: f32 = words[a].terms.intersection(&word.terms).map(|it| rarity.of(it)).sum();
            if both == 0.0 {
                continue;
            }
            let cosine = both / (weights[a] * weights[b]).sqrt();
            cosines.insert((a, b), cosine);
            for key in [(a, word.report), (b, words[a].report)] {
                let [first, second] = best.entry(key).or_insert([0.0; 2]);
                if *first < cosine {
                    (*first, *second) = (cosine, *first);
                } else {
                    *second = second.max(cosine);
                }
            }
        }
    }
    let one = |(&(a, b), &cosine): (&(usize, usize), &f32)| {
        let (x, y) = (&words[a], &words[b]);
        let shared: BTreeSet<&String> = x.terms.intersection(&y.terms).collect();
        let both: f32 = shared.iter().map(|it| rarity.of(it)).sum();
        let (lesser, sum) = (weights[a].min(weights[b]), weights[a] + weights[b] - both);
        let rarest = shared.iter().map(|it| rarity.of(it)).fold(0.0, f32::max);
        // The best other match of either in the report of the other.
        let other = [(a, y.report), (b, x.report)].map(|it| {
            let [first, second] = best[&it];
            if first == cosine { second } else { first }
        });
        let margin = cosine - other[0].max(other[1]);
        let flag = |it: bool| f64::from(u8::from(it));
        let differ = !x.numbers.is_empty() && !y.numbers.is_empty() && x.numbers.is_disjoint(&y.numbers);
        let alone = 0.5 / n_of[&x.report] as f64 + 0.5 / n_of[&y.report] as f64;
        let features = [
            1.0,
            f64::from(both / lesser),
            f64::from(both / sum.max(0.1)),
            f64::from(cosine),
            shared.len().min(6) as f64 / 6.0,
            f64::from(rarest) / 5.0,
            (1.0 + x.terms.len().max(y.terms.len()) as f64).ln(),
            longest_run(&x.line, &y.line).min(8) as f64 / 8.0,
            flag(differ),
            flag(x.is_negated != y.is_negated),
            flag(x.is_marked && y.is_marked),
            f64::from(margin),
            alone,
            f64::from(rarity.containment(&x.around, &y.around)),
        ];
        ((a, b), features)
    };
    cosines.iter().map(one).collect()
}

/// Words of the longest run that stands in both.
fn longest_run(a: &[String], b: &[String]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut longest = 0;
    for x in a {
        let mut now = vec![0; b.len() + 1];
        for (ix, _) in b.iter().enumerate().filter(|it| it.1 == x) {
            now[ix + 1] = before[ix] + 1;
            longest = longest.max(now[ix + 1]);
        }
        before = now;
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_of_words() {
        let words = |it: &str| it.split(' ').map(str::to_owned).collect::<Vec<String>>();
        assert_eq!(longest_run(&words("there be more work to do"), &words("much more work to come")), 3);
        assert_eq!(longest_run(&words("a b"), &words("c d")), 0);
        assert_eq!(longest_run(&[], &words("c d")), 0);
    }

    #[test]
    fn the_table_has_every_feature() {
        let names: Vec<&str> = include_str!("../data/statements.tsv")
            .lines()
            .filter(|it| !it.starts_with('#'))
            .filter_map(|it| it.split('\t').next())
            .collect();
        assert_eq!(names, FEATURE_NAMES);
    }
}
