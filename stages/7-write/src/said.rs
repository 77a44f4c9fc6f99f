//! The sentences of a story's reports with what is asked of them again and again: each is looked at once.

use std::collections::{BTreeSet, HashMap};

use rapporteur_model::{Anchor, ReportIx, Role};

use crate::view::View;
use crate::words::{Needle, attributes, denies, digits, stems};

/// A sentence, by its words.
pub(crate) struct Said {
    /// The words on one line.
    pub(crate) line: String,
    /// Content words; see [`stems`].
    pub(crate) words: BTreeSet<String>,
    /// See [`digits`].
    pub(crate) numbers: BTreeSet<String>,
    /// Whether it says that something is not so.
    pub(crate) denies: bool,
    /// Whether it says whose word it is.
    pub(crate) attributes: bool,
}

impl Said {
    /// What a line says.
    pub(crate) fn of(line: String) -> Said {
        Said { words: stems(&line), numbers: digits(&line), denies: denies(&line), attributes: attributes(&line), line }
    }
}

/// A sentence of running text.
pub(crate) struct Sentence {
    pub(crate) at: Anchor,
    pub(crate) said: Said,
}

/// How many words of a needle a sentence has.
#[derive(Clone, Copy, Default)]
pub(crate) struct Found {
    pub(crate) n_all: usize,
    /// Of them those in small letters.
    pub(crate) n_plain: usize,
}

/// All sentences of running text, in the order of their reports, and where each word stands.
pub(crate) struct Sentences {
    list: Vec<Sentence>,
    /// For each content word the sentences that have it, in order.
    by_word: HashMap<String, Vec<u32>>,
    /// For each report where its sentences begin and end in the list.
    of_report: HashMap<ReportIx, std::ops::Range<usize>>,
}

impl Sentences {
    /// Reads the sentences of the story's reports.
    pub(crate) fn new(view: &View<'_>) -> Sentences {
        let mut list: Vec<Sentence> = Vec::new();
        let mut of_report = HashMap::new();
        for ix in view.story {
            let first = list.len();
            let report = view.report(*ix);
            for sentence in report.annotations.sentences.iter().filter(|it| !it.repeat) {
                let role = report.article.blocks.get(sentence.block.ix()).map(|it| it.role);
                if !matches!(role, Some(Role::Body | Role::Standfirst | Role::KeyPoint)) {
                    continue;
                }
                let at = Anchor::new(*ix, sentence.span);
                let line = view.line(at);
                // Captions that stand in the running text bear nothing out.
                let lower = line.to_lowercase();
                let is_caption =
                    ["file - in", "file – in", "hide caption", "file photo"].iter().any(|it| lower.contains(it));
                if !is_caption {
                    list.push(Sentence { at, said: Said::of(line) });
                }
            }
            of_report.insert(*ix, first..list.len());
        }
        let mut by_word: HashMap<String, Vec<u32>> = HashMap::new();
        for (number, sentence) in (0..).zip(&list) {
            for word in &sentence.said.words {
                match by_word.get_mut(word) {
                    Some(places) => places.push(number),
                    None => drop(by_word.insert(word.clone(), vec![number])),
                }
            }
        }
        Sentences { list, by_word, of_report }
    }

    /// The sentences of a report, in order.
    pub(crate) fn of(&self, report: ReportIx) -> &[Sentence] {
        self.of_report.get(&report).map_or(&[], |it| &self.list[it.clone()])
    }

    /// Sentences that have at least one of the words, in order, each with how many.
    fn having<'w>(&self, words: impl Iterator<Item = (&'w str, bool)>) -> impl Iterator<Item = (&Sentence, Found)> {
        let mut counts = vec![Found::default(); self.list.len()];
        for (word, is_plain) in words {
            for number in self.by_word.get(word).into_iter().flatten() {
                let found = &mut counts[*number as usize];
                found.n_all += 1;
                found.n_plain += usize::from(is_plain);
            }
        }
        self.list.iter().zip(counts).filter(|it| 0 < it.1.n_all)
    }

    /// How well each sentence bears a needle out, where it does at all, in order.
    pub(crate) fn bearing<'s>(&'s self, needle: &'s Needle) -> impl Iterator<Item = (&'s Sentence, f32)> {
        let scored =
            self.having(needle.words()).map(|(sentence, found)| (sentence, needle.likeness(found, &sentence.said)));
        scored.filter(|it| 0.0 < it.1)
    }

    /// Sentences that have at least so many of the words.
    pub(crate) fn sharing(&self, words: &BTreeSet<String>, n_min: usize) -> impl Iterator<Item = &Sentence> {
        let found = self.having(words.iter().map(|it| (it.as_str(), false)));
        found.filter(move |it| n_min <= it.1.n_all).map(|it| it.0)
    }
}
