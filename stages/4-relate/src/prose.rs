//! A report as relating sees it: its prose words, folded, without furniture and without what it repeats.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use rapporteur_model::{Annotated, Span};
use rapporteur_text::shingles::{Word, fold_words, shingles};

/// Words in a row that make a shingle for containment and for the seeds of passages.
pub(crate) const SHINGLE_WORDS: usize = 5;

/// A block of so many words that is there twice counts once; shorter ones ("He said:") may well be there twice.
const REPEAT_WORDS_MIN: usize = 12;

/// A block of so many words may be boilerplate that stage 2 could not know from one report ("Sign up for our letter").
const BOILERPLATE_WORDS_MIN: usize = 3;
const BOILERPLATE_WORDS_MAX: usize = 90;

/// The prose of one report.
pub(crate) struct Prose<'a> {
    pub(crate) text: &'a str,
    pub(crate) words: Vec<Word>,
    /// Where blocks begin, as indices into `words`, first one included.
    block_starts: Vec<usize>,
    /// Hashes of the blocks that are short enough to be boilerplate.
    pub(crate) block_hashes: Vec<u64>,
    /// Blocks that repeat earlier ones word for word.
    pub(crate) n_repeats: usize,
    report: &'a Annotated,
    shingles: OnceCell<Vec<(u64, u32)>>,
    names: OnceCell<BTreeSet<u32>>,
    stems: OnceCell<Vec<u32>>,
    sentences: OnceCell<Vec<Sentence>>,
}

/// A sentence of the prose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sentence {
    pub(crate) span: Span,
    /// Half open, indices into the words.
    pub(crate) words: (usize, usize),
}

/// A post of a social network is no longer than this.
const POST_BYTES_MAX: u32 = 600;

/// A line that ends as embedded posts do: the author's handle in brackets, then the day.
fn is_post(line: &str) -> bool {
    line.rfind("(@").is_some_and(|at| line.len() - at < 60)
}

impl<'a> Prose<'a> {
    /// The prose of a report without the blocks whose hashes are in `skipped`.
    pub(crate) fn new(report: &'a Annotated, skipped: &BTreeSet<u64>) -> Prose<'a> {
        let text = report.text();
        let mut words = Vec::with_capacity(text.len() / 6);
        let mut block_starts = Vec::new();
        let mut seen: BTreeSet<Vec<u32>> = BTreeSet::new();
        let mut n_repeats = 0;
        let mut block_hashes = Vec::new();
        let article = &report.article;
        let mut add = |span: Span, words: &mut Vec<Word>| {
            let start = words.len();
            fold_words(span.of(text), span.start(), words);
            let added: Vec<u32> = words[start..].iter().map(|it| it.hash).collect();
            let hash = added
                .iter()
                .fold(0u64, |hash, it| (hash ^ u64::from(*it)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29));
            if skipped.contains(&hash) {
                words.truncate(start);
                return;
            }
            if (BOILERPLATE_WORDS_MIN..=BOILERPLATE_WORDS_MAX).contains(&added.len()) {
                block_hashes.push(hash);
            }
            if added.len() >= REPEAT_WORDS_MIN && !seen.insert(added) {
                words.truncate(start);
                n_repeats += 1;
            }
            if words.len() > start {
                block_starts.push(start);
            }
        };
        if article.blocks.is_empty() {
            add(Span::at(0, text.len()), &mut words);
        }
        let mut n_marked = 0;
        for block in &article.blocks {
            if block.repeat_of.is_some() {
                n_marked += 1;
            } else if block.role.is_prose() {
                add(block.span, &mut words);
            }
        }
        for quote in report.annotations.quotes.iter().flat_map(|it| &it.quoted) {
            let first = words.partition_point(|it| it.span().start() < quote.start());
            for word in words[first..].iter_mut().take_while(|it| it.span().end() <= quote.end()) {
                *word = word.quoted();
            }
        }
        // A post embedded whole ("… — Name (@handle) 2 December") is a quotation, whoever prints it.
        for block in article.blocks.iter().filter(|it| it.span.len() < POST_BYTES_MAX && is_post(it.span.of(text))) {
            let first = words.partition_point(|it| it.span().start() < block.span.start());
            for word in words[first..].iter_mut().take_while(|it| it.span().end() <= block.span.end()) {
                *word = word.quoted();
            }
        }
        let n_repeats = n_repeats + n_marked;
        Prose {
            text,
            words,
            block_starts,
            block_hashes,
            n_repeats,
            report,
            shingles: OnceCell::new(),
            names: OnceCell::new(),
            stems: OnceCell::new(),
            sentences: OnceCell::new(),
        }
    }

    /// The span from word `first` to word `last`, ends included.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        self.words[first].span().cover(self.words[last].span())
    }

    /// Shingles with the index of their first word, sorted by hash, then by place.
    pub(crate) fn shingles(&self) -> &[(u64, u32)] {
        self.shingles.get_or_init(|| {
            let hashes: Vec<u32> = self.words.iter().map(|it| it.hash).collect();
            let mut found = Vec::new();
            shingles(&hashes, SHINGLE_WORDS, &mut found);
            let mut placed: Vec<(u64, u32)> = found.into_iter().zip(0..).collect();
            placed.sort_unstable();
            placed
        })
    }

    /// Its distinct stems, sorted.
    pub(crate) fn stems(&self) -> &[u32] {
        self.stems.get_or_init(|| {
            let mut stems: Vec<u32> = self.words.iter().map(|it| it.stem).collect();
            stems.sort_unstable();
            stems.dedup();
            stems
        })
    }

    /// Whether the report has this stem with a capital that no sentence start explains.
    pub(crate) fn is_name(&self, stem: u32) -> bool {
        self.names
            .get_or_init(|| self.words.iter().filter(|it| it.is_name()).map(|it| it.stem).collect())
            .contains(&stem)
    }

    /// The sentences, from the annotations if there are any, else by full stops.
    pub(crate) fn sentences(&self) -> &[Sentence] {
        self.sentences
            .get_or_init(|| if self.report.annotations.sentences.is_empty() { self.split() } else { self.annotated() })
    }

    fn annotated(&self) -> Vec<Sentence> {
        let known = &self.report.annotations.sentences;
        let mut found = Vec::new();
        let mut at = 0;
        for sentence in known {
            while at < self.words.len() && self.words[at].span().start() < sentence.span.start() {
                at += 1;
            }
            let start = at;
            while at < self.words.len() && self.words[at].span().end() <= sentence.span.end() {
                at += 1;
            }
            if at > start {
                found.push(Sentence { span: sentence.span, words: (start, at) });
            }
        }
        found
    }

    fn split(&self) -> Vec<Sentence> {
        let mut found = Vec::new();
        let mut block = 0;
        let mut start = 0;
        for at in 0..self.words.len() {
            let next_block = self.block_starts.get(block + 1).copied().unwrap_or(self.words.len());
            let ends_block = at + 1 >= next_block;
            if !ends_block && !self.ends_sentence(at) {
                continue;
            }
            let last = self.words[at].span();
            let mut span = self.words[start].span().cover(last);
            if !ends_block {
                // The marks up to the next word belong to the sentence, but for an opening quotation mark.
                let between = Span::new(last.end(), self.words[at + 1].span().start()).of(self.text);
                let marks = between.find(char::is_whitespace).unwrap_or(0);
                span = span.cover(Span::new(last.end(), last.end() + marks as u32));
            }
            found.push(Sentence { span, words: (start, at + 1) });
            start = at + 1;
            if ends_block {
                block += 1;
            }
        }
        found
    }

    /// Whether a sentence ends after word `at`: a full stop, then space, then a capital, a digit or a quotation mark.
    fn ends_sentence(&self, at: usize) -> bool {
        let word = self.words[at].span();
        let next = &self.words[at + 1];
        let between = Span::new(word.end(), next.span().start()).of(self.text);
        let Some(stop) = between.find(['.', '!', '?', '…']) else {
            return between.contains("\n\n");
        };
        if !between[stop..].contains(char::is_whitespace)
            || !(next.is_capital() || next.is_number() || between.contains(['"', '“']))
        {
            return false;
        }
        let letters = word.of(self.text);
        let is_short_title = stop == 0 && between[stop..].starts_with('.') && ABBREVIATIONS.contains(&letters);
        let is_initial = between.starts_with('.') && letters.chars().count() == 1 && self.words[at].is_capital();
        !is_short_title && !is_initial
    }
}

const ABBREVIATIONS: [&str; 36] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Maj", "Sgt", "Capt", "Cmdr",
    "Adm", "Rev", "Hon", "Jr", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "No", "vs",
    "U.S", "U.K", "Inc", "Ltd",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut report = Annotated::default();
        report.article.report.text = text.to_owned();
        let prose = Prose::new(&report, &BTreeSet::new());
        let found: Vec<&str> = prose.sentences().iter().map(|it| it.span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_at_full_stops() {
        check("Mr. Hale left. He was 61.", &["Mr. Hale left.", "He was 61"]);
        check("“We wait,” she said. “Then we go.” It rained.", &["We wait,” she said.", "Then we go.”", "It rained"]);
        check("The U.S. troops left at 5 p.m. on Friday", &["The U.S. troops left at 5 p.m. on Friday"]);
    }
}
