//! Whether words of two reports say the same, though they word it otherwise: "the school is treating 20 people" and "20
//! people were brought in for treatment".
//!
//! What words both have and how rare those are in the story, runs of the same words, numbers and negations that differ, and
//! whether either has a better match in the other's report, weighed by a learned table: one for what one speaker said, one
//! for what reports tell (`cargo xtask train statements` and `sentences`, logistic regression on pairs of open stories
//! labelled by reading, `eval/readings/`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Anchor, Annotated, Relations, ReportIx, Span, Story};

use crate::learned;
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

/// Two places of a list, the lower first, with what they are judged by.
pub(crate) type Judged = ((usize, usize), Features);

/// A learned table: what weight each feature has.
pub(crate) struct Table(LazyLock<Features>);

/// For printings of what one speaker said.
pub(crate) static STATEMENTS: Table = Table(LazyLock::new(|| table(include_str!("../data/statements.tsv"))));
/// For sentences and clauses, whatever they tell.
pub(crate) static SENTENCES: Table = Table(LazyLock::new(|| table(include_str!("../data/sentences.tsv"))));

impl Table {
    /// How likely words with these features say the same, 0 to 1.
    pub(crate) fn likely(&self, features: &Features) -> f64 {
        learned::likely(features, &self.0)
    }
}

fn table(text: &str) -> Features {
    learned::weights(text.lines(), &FEATURE_NAMES)
}

/// Words of two reports that may say the same.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The words of either report.
    pub places: [Anchor; 2],
    /// What they are judged by.
    pub features: Features,
}

/// All pairs of sentences and clauses in a story that may tell the same: what that table is learned from.
pub fn sentence_pairs(story: &Story, reports: &[Annotated], relations: &Relations, lexicon: &Lexicon) -> Vec<Pair> {
    let view = View::new(story, reports, relations, lexicon);
    let rarity = Rarity::new(&view);
    let lines = crate::disputes::lines(&view);
    let (units, pairs) = crate::disputes::told(&view, &rarity, &lines);
    let place = |ix: usize| units[ix].anchor();
    pairs.into_iter().map(|((a, b), features)| Pair { places: [place(a), place(b)], features }).collect()
}

/// All pairs of printings of one speaker's words in a story that have a word in common: what that table is learned from.
pub fn statement_pairs(story: &Story, reports: &[Annotated], relations: &Relations, lexicon: &Lexicon) -> Vec<Pair> {
    let view = View::new(story, reports, relations, lexicon);
    let rarity = Rarity::new(&view);
    let mut found = Vec::new();
    for list in crate::statements::by_speaker(&view).into_values() {
        let words: Vec<Words> =
            list.iter().map(|it| Words::new(&view, it.report, &it.content, it.is_marked())).collect();
        for ((a, b), features) in features(&words, all(words.len()), &rarity) {
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

/// All pairs of a list, by their places in it, the lower first.
pub(crate) fn all(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(|b| (0..b).map(move |a| (a, b)))
}

/// The features of those pairs that are of two reports and have a word in common.
pub(crate) fn features(
    words: &[Words],
    pairs: impl IntoIterator<Item = (usize, usize)>,
    rarity: &Rarity,
) -> Vec<Judged> {
    let weight = |it: &Words| it.terms.iter().map(|it| rarity.of(it)).sum::<f32>().max(0.1);
    let weights: Vec<f32> = words.iter().map(weight).collect();
    // How much two printings have in common; the best of each in every other report, and the next to it.
    let mut cosines: BTreeMap<(usize, usize), f32> = BTreeMap::new();
    let mut best: BTreeMap<(usize, ReportIx), [f32; 2]> = BTreeMap::new();
    let mut n_of: BTreeMap<ReportIx, usize> = BTreeMap::new();
    words.iter().for_each(|it| *n_of.entry(it.report).or_default() += 1);
    for (a, b) in pairs.into_iter().filter(|(a, b)| words[*a].report != words[*b].report) {
        let both: f32 = words[a].terms.intersection(&words[b].terms).map(|it| rarity.of(it)).sum();
        if both == 0.0 {
            continue;
        }
        let cosine = both / (weights[a] * weights[b]).sqrt();
        cosines.insert((a, b), cosine);
        for key in [(a, words[b].report), (b, words[a].report)] {
            let [first, second] = best.entry(key).or_insert([0.0; 2]);
            if *first < cosine {
                (*first, *second) = (cosine, *first);
            } else {
                *second = second.max(cosine);
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
    fn the_tables_have_every_feature() {
        for table in [include_str!("../data/statements.tsv"), include_str!("../data/sentences.tsv")] {
            let lines = table.lines().filter(|it| !it.starts_with('#'));
            let names: Vec<&str> = lines.filter_map(|it| it.split('\t').next()).collect();
            assert_eq!(names, FEATURE_NAMES);
        }
    }
}
