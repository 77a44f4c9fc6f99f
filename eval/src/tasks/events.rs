//! Events over documents: mentions of acts put together to happenings, on ECB+.
//!
//! The topics with even numbers are reported; those with odd numbers are what the table of pairs is learned from. Mentions
//! are the program's own acts in the sentences that the corpus marks. The peer to beat is the chain of all mentions of a
//! topic with the same head lemma, over the same mentions.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur::stages::happenings::head_lemma;
use rapporteur_model::{Act, Annotated};

use super::{Answer, Context, Task};
use crate::corpora::{self, GoldEvents};
use crate::measures::{Chains, Scores, conll, touch};
use crate::predictions::Edge;
use crate::system::{Input, System};
use crate::{Outcome, measures};

pub(super) const ECBPLUS: Task = Task {
    name: "events-ecbplus",
    what: "ECB+, topics with even numbers: acts of all documents that are one happening",
    corpus: &["eval/events/ecbplus.jsonl"],
    pinned: &["conll.F1", "above_same_lemma"],
    on_request: false,
    run,
};

/// A topic with its documents.
pub struct Topic {
    /// Its number.
    pub name: String,
    /// What the program made of its documents.
    pub reports: Vec<Annotated>,
    /// The way to code points, for each.
    pub edges: Vec<Edge>,
    /// What is marked in each.
    pub gold: Vec<GoldEvents>,
}

/// Topics with numbers of one parity, annotated.
pub fn topics(system: &dyn System, corpus: corpora::Corpus<GoldEvents>, odd: bool) -> Vec<Topic> {
    let mut by_topic: BTreeMap<usize, (Vec<Input>, Vec<GoldEvents>)> = BTreeMap::new();
    for (input, gold) in corpus.inputs.into_iter().zip(corpus.gold) {
        let number: usize = gold.topic.parse().unwrap_or(0);
        if (number % 2 == 1) == odd {
            let topic = by_topic.entry(number).or_default();
            topic.0.push(input);
            topic.1.push(gold);
        }
    }
    let topic = |(name, (inputs, gold)): (usize, (Vec<Input>, Vec<GoldEvents>))| {
        let reports = system.annotate(&inputs);
        let edges = inputs.iter().zip(&reports).map(|(input, it)| Edge::new(input, &it.article)).collect();
        Topic { name: name.to_string(), reports, edges, gold }
    };
    by_topic.into_iter().map(topic).collect()
}

impl Topic {
    /// The gold's chains: mentions by document and tokens; a mention without a chain is alone.
    pub fn gold_chains(&self, into: &mut Chains) {
        for (ix, gold) in self.gold.iter().enumerate() {
            for (tokens, chain) in &gold.mentions {
                let key = self.key(ix, tokens);
                let label = chain.as_ref().map_or_else(|| format!("alone {key}"), |it| format!("{} {it}", self.name));
                into.insert(key, label);
            }
        }
    }

    fn key(&self, report: usize, tokens: &[usize]) -> String {
        format!("{} {report} {tokens:?}", self.name)
    }

    /// The name of an act's mention: the gold's mention that it touches, else its own tokens; `None` where the corpus did
    /// not look.
    pub fn mention(&self, report: usize, act: &Act) -> Option<String> {
        let gold = &self.gold[report];
        let at = self.edges[report].points(act.trigger)?;
        let tokens: Vec<usize> = (0..gold.tokens.len()).filter(|it| touch(gold.tokens[*it], at)).collect();
        let first = *tokens.first()?;
        if gold.looked_at.binary_search(&gold.sentence[first]).is_err() {
            return None;
        }
        // Of "held talks" the noun is the event.
        let touched = gold.mentions.iter().filter(|it| it.0.iter().any(|it| tokens.contains(it)));
        let last = touched.max_by_key(|it| it.0.iter().copied().filter(|it| tokens.contains(it)).max());
        Some(self.key(report, last.map_or(tokens.as_slice(), |it| it.0.as_slice())))
    }
}

/// Predicted chains of a topic into a map: a mention in the first list that has it.
pub fn chains_of(topic: &Topic, lists: &[Vec<(usize, usize)>], into: &mut Chains) {
    for (ix, list) in lists.iter().enumerate() {
        for (report, act) in list {
            let act = topic.reports.get(*report).and_then(|it| it.annotations.acts.get(*act));
            if let Some(key) = act.and_then(|it| topic.mention(*report, it)) {
                into.entry(key).or_insert_with(|| format!("{} {ix}", topic.name));
            }
        }
    }
}

fn run(context: &Context<'_>) -> Outcome<Answer> {
    let corpus = corpora::events(&context.path(ECBPLUS.corpus[0]))?;
    let (mut gold, mut ours, mut same_lemma) = (Chains::new(), Chains::new(), Chains::new());
    let mut misses = Vec::new();
    for topic in topics(context.system, corpus, false) {
        topic.gold_chains(&mut gold);
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for (ix, list) in context.system.happenings(&topic.reports).iter().enumerate() {
            let mut words = Vec::new();
            for (report, act) in list {
                let Some(act) = topic.reports.get(*report).and_then(|it| it.annotations.acts.get(*act)) else {
                    continue;
                };
                let Some(key) = topic.mention(*report, act).filter(|it| seen.insert(it.clone())) else { continue };
                let lemma = head_lemma(&topic.reports[*report], act).unwrap_or_default();
                words.push(lemma.clone());
                ours.insert(key.clone(), format!("{} {ix}", topic.name));
                same_lemma.insert(key, format!("{} {lemma}", topic.name));
            }
            if 1 < words.len() {
                misses.push(format!("topic {} together: {}", topic.name, words.join(" ")));
            }
        }
    }
    let mut scores: Scores = conll(&gold, &ours);
    let baseline = conll(&gold, &same_lemma).get("conll.F1").unwrap_or(0.0);
    let n_found = ours.keys().filter(|it| gold.contains_key(*it)).count();
    let counts = measures::Counts { hit: n_found, n_predicted: ours.len(), n_gold: gold.len() };
    scores.add_prf("mentions", counts);
    scores.add("same_lemma.F1", baseline);
    scores.add("above_same_lemma", scores.get("conll.F1").unwrap_or(0.0) - baseline);
    Ok(Answer { scores, misses })
}
