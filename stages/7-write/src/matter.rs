//! What the story is about: names and words that several openings share.
//!
//! Pages carry other news below their own: galleries of earlier cases, what else a celebrity said, teasers. A sentence far
//! down that names nobody of the story, and whose neighbours name nobody either, is about something else.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{Anchor, ReportIx};

use crate::said::{Sentence, Sentences};
use crate::view::View;
use crate::words::{names_of, stems};

/// Sentences of a report that open it.
const OPENING_SENTENCES: usize = 4;
/// A sentence this near the top is about the story, whatever it names.
const NEAR_TOP: usize = 6;
/// So many sentences before and after say what a sentence is about.
const AROUND: (usize, usize) = (3, 1);

/// One opening in so many must have a word of the core.
const CORE_SHARE: usize = 3;

/// Further down than this, the sentence itself must be about it.
const FAR_DOWN: usize = 16;

/// What the openings of the story's reports share.
pub(crate) struct Matter {
    names: BTreeSet<String>,
    /// Other words.
    words: BTreeSet<String>,
    /// Names and words that a third of the openings share.
    core: BTreeSet<String>,
}

impl Matter {
    /// Reads the openings; `sentences` of running text are in the order of their reports.
    pub(crate) fn new(view: &View<'_>, sentences: &Sentences) -> Matter {
        let mut names: BTreeMap<String, BTreeSet<ReportIx>> = BTreeMap::new();
        let mut words: BTreeMap<String, BTreeSet<ReportIx>> = BTreeMap::new();
        for ix in view.story {
            let title = view.report(*ix).article.metadata.title.as_ref().map(|it| it.value.clone());
            let opening = sentences.of(*ix).iter().take(OPENING_SENTENCES);
            for line in title.into_iter().chain(opening.map(|it| it.said.line.clone())) {
                let own = names_of(&line);
                stems(&line).difference(&own).for_each(|it| add(&mut words, it, *ix));
                own.iter().for_each(|it| add(&mut names, it, *ix));
            }
        }
        let n_min = if view.story.len() < 2 { 1 } else { 2 };
        let n_core = n_min.max(view.story.len().div_ceil(CORE_SHARE));
        let of_core = names.iter().chain(&words).filter(|it| n_core <= it.1.len());
        let core = of_core.map(|it| it.0.clone()).collect();
        let kept = |list: BTreeMap<String, BTreeSet<ReportIx>>| {
            list.into_iter().filter(|it| n_min <= it.1.len()).map(|it| it.0).collect()
        };
        Matter { names: kept(names), words: kept(words), core }
    }

    /// Whether the sentence at a place is about the story.
    pub(crate) fn holds(&self, sentences: &Sentences, at: Anchor) -> bool {
        if self.names.is_empty() {
            return true;
        }
        let own: &[Sentence] = sentences.of(at.report);
        let Some(place) = own.iter().position(|it| it.at.span.overlaps(at.span)) else { return true };
        if place < NEAR_TOP {
            return true;
        }
        let near = &own[place.saturating_sub(AROUND.0)..own.len().min(place + AROUND.1 + 1)];
        if near.iter().all(|it| self.n_names(&it.said.line) == 0) {
            return false;
        }
        let n_words = own[place].said.words.intersection(&self.words).count();
        place < FAR_DOWN || 2 <= self.n_names(&own[place].said.line) + n_words
    }

    /// Whether the sentence at a place has two names or words that a third of the openings share: what one report alone tells must be
    /// of the event, not of freight in general.
    pub(crate) fn touches(&self, view: &View<'_>, at: Anchor) -> bool {
        let said = view.said(view.sentence(at).unwrap_or(at));
        self.names.is_empty() || 2 <= said.words.intersection(&self.core).count()
    }

    /// Whether a third of the openings have a stem.
    pub(crate) fn has(&self, stem: &str) -> bool {
        self.core.contains(stem)
    }

    /// Whether a word is a name of the story.
    pub(crate) fn names_hold(&self, word: &str) -> bool {
        !stems(word).is_disjoint(&self.names)
    }

    /// Whether a place stands so far down in its report that it is not what the report is about.
    pub(crate) fn is_far_down(&self, sentences: &Sentences, at: Anchor) -> bool {
        let own = sentences.of(at.report).iter();
        own.take_while(|it| it.at.span.end() <= at.span.start()).count() >= FAR_DOWN
    }

    /// Names of the story in a text; words of a name that stand side by side are one.
    fn n_names(&self, text: &str) -> usize {
        let mut n = 0;
        let mut before = false;
        for word in text.split(' ') {
            let is_name = word.starts_with(char::is_uppercase) && !stems(word).is_disjoint(&self.names);
            n += usize::from(is_name && !before);
            before = is_name;
        }
        n
    }
}

fn add(list: &mut BTreeMap<String, BTreeSet<ReportIx>>, word: &str, ix: ReportIx) {
    list.entry(word.to_owned()).or_default().insert(ix);
}

#[cfg(test)]
mod tests {
    use crate::words::{names_of, stems};

    #[test]
    fn names_are_words_with_a_large_first_letter_that_open_no_sentence() {
        let found = names_of("Yesterday the mayor of Ostrava met Anna Berg.");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["anna", "berg", "ostrav"]);
        assert!(stems("Ostrava").contains("ostrav"));
    }
}
