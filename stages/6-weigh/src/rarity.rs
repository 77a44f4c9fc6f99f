//! Which words tell facts apart: those that few sentences of the story have.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::Anchor;

use crate::story::View;

/// A word in at most so many sentences of the story is telling.
const TELLING_SENTENCES_MAX: f32 = 5.0;

/// How much a word tells of which fact it is: the fewer sentences of the story have it, the more.
pub(crate) struct Rarity {
    n_sentences: BTreeMap<String, f32>,
    n: f32,
}

impl Rarity {
    /// Counted over the sentences of the story.
    pub(crate) fn new(view: &View<'_>) -> Rarity {
        let mut found = Rarity { n_sentences: BTreeMap::new(), n: 1.0 };
        for report in &view.story.reports {
            for sentence in view.report(*report).annotations.sentences.iter().filter(|it| !it.repeat) {
                found.n += 1.0;
                for term in view.terms(Anchor::new(*report, sentence.span)) {
                    *found.n_sentences.entry(term).or_default() += 1.0;
                }
            }
        }
        found
    }

    /// Inverse document frequency over the sentences of the story.
    pub(crate) fn of(&self, term: &str) -> f32 {
        (self.n / (1.0 + self.n_sentences.get(term).copied().unwrap_or(0.0))).ln().max(0.1)
    }

    /// Whether next to no other sentence has the word.
    pub(crate) fn is_telling(&self, term: &str) -> bool {
        self.n_sentences.get(term).copied().unwrap_or(0.0) <= TELLING_SENTENCES_MAX
    }

    /// How much of what the shorter one tells stands in the longer, 0 to 1.
    pub(crate) fn containment(&self, a: &BTreeSet<String>, b: &BTreeSet<String>) -> f32 {
        let weight = |it: &BTreeSet<String>| it.iter().map(|it| self.of(it)).sum::<f32>();
        let both: f32 = a.intersection(b).map(|it| self.of(it)).sum();
        both / weight(a).min(weight(b)).max(0.1)
    }
}
