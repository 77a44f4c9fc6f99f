//! What a derived report changed, sentence by sentence: figures, dates, who took part, how sure it is, who says so, quotation
//! marks, and what was added or lost.
//!
//! A row is made only where the same thing is told in both and told differently, or where a clause has nothing in the
//! parent. Moved facts ("on Tuesday" in the next sentence) are no drift.

use std::collections::BTreeSet;

use rapporteur_model::{Direction, Drift, DriftKind, Span};
use rapporteur_text::shingles::Word;

use crate::facts::{Amount, Degree, Facts, Name, Number};
use crate::kinds::Side;
use crate::prose::{Prose, Sentence};
use crate::retelling::{Aligned, Retelling, weight_of};

/// The changes between a pair, in the order of the derived report; when the direction is not known, in that of `b`, and
/// then without what was added or lost.
pub(crate) fn between(a: &Side, b: &Side, direction: Direction, retelling: Option<&Retelling>) -> Vec<Drift> {
    let child_is_a = direction == Direction::AFromB;
    let (child, parent) = if child_is_a { (&a.prose, &b.prose) } else { (&b.prose, &a.prose) };
    let own;
    let retelling = match retelling {
        Some(it) => it,
        None => {
            own = Retelling::of(child, parent);
            &own
        }
    };
    let mut found = Changes {
        child,
        parent,
        known: parent.words.iter().map(|it| it.stem).collect(),
        common: common_stems(parent),
        rows: Vec::new(),
    };
    let (child_sentences, parent_sentences) = (child.sentences(), parent.sentences());
    for it in &retelling.aligned {
        found.sentence(child_sentences, parent_sentences, it);
    }
    if direction != Direction::Unknown {
        found.added_sentences(child_sentences, retelling);
        found.lost(parent_sentences, retelling);
    }
    found.marks(child_sentences, parent_sentences, retelling);
    let mut rows = found.rows;
    if direction == Direction::Unknown {
        rows.retain(|it| !matches!(it.kind, DriftKind::Added | DriftKind::Lost));
    }
    rows.sort_by_key(|it| (it.b.is_none(), it.b, it.a, it.kind));
    rows.dedup();
    if child_is_a {
        rows.iter_mut().for_each(|it| std::mem::swap(&mut it.a, &mut it.b));
    }
    rows
}

/// A stem that stands so many times in a report is its topic.
const COMMON_TIMES_MIN: usize = 4;

fn common_stems(prose: &Prose) -> BTreeSet<u32> {
    let mut stems: Vec<u32> = prose.words.iter().map(|it| it.stem).collect();
    stems.sort_unstable();
    stems.chunk_by(|one, next| one == next).filter(|it| it.len() >= COMMON_TIMES_MIN).map(|it| it[0]).collect()
}

/// Changes found so far; `a` is the parent and `b` the child in the rows.
struct Changes<'a> {
    child: &'a Prose<'a>,
    parent: &'a Prose<'a>,
    /// Stems of the parent.
    known: BTreeSet<u32>,
    /// Those that it has again and again.
    common: BTreeSet<u32>,
    rows: Vec<Drift>,
}

/// Words in a row that two sentences must share beside a change, so that it is the same thing that is told.
const FLANK_WORDS_MIN: usize = 4;
/// A subject is looked for in so many words before the shared ones.
const SUBJECT_WORDS: usize = 4;
/// Words of a clause that are new, by weight, for it to be an addition: against the sentence, against the whole parent.
const CLAUSE_KNOWN_MAX: f32 = 0.35;
const CLAUSE_NEW_MIN: f32 = 0.3;

impl Changes<'_> {
    fn push(&mut self, kind: DriftKind, parent: Option<Span>, child: Option<Span>, what: String) {
        self.rows.push(Drift { kind, a: parent, b: child, what });
    }

    fn words_of(&self, span: Span, in_child: bool) -> String {
        let text = if in_child { self.child.text } else { self.parent.text };
        span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn sentence(&mut self, child_sentences: &[Sentence], parent_sentences: &[Sentence], aligned: &Aligned) {
        let in_child = child_sentences[aligned.child];
        let in_parent = parent_sentences[aligned.parent];
        let (child_words, parent_words) = (words(self.child, in_child), words(self.parent, in_parent));
        if child_words.iter().map(|it| it.hash).eq(parent_words.iter().map(|it| it.hash)) {
            return;
        }
        let child_facts = Facts::of(self.child, in_child);
        let parent_facts = Facts::of(self.parent, in_parent);
        // What stands in the sentences around may have moved.
        let first = aligned.parent.saturating_sub(1);
        let around = &parent_sentences[first..(aligned.parent + 2).min(parent_sentences.len())];
        let mut window: Vec<Facts> = around.iter().map(|it| Facts::of(self.parent, *it)).collect();
        window.extend(aligned.second.map(|it| Facts::of(self.parent, parent_sentences[it])));
        self.numbers(&child_facts, &parent_facts, &window);
        self.dates(&child_facts, &parent_facts, &window, child_words, parent_words);
        self.participants(&child_facts, &parent_facts);
        let runs = common_runs(child_words, parent_words);
        self.subjects(child_words, parent_words, &runs);
        self.certainty(child_words, parent_words, &child_facts, &parent_facts);
        self.attribution(child_words, parent_words, &child_facts, &parent_facts);
        self.added_clauses(in_child, aligned, parent_sentences);
    }

    fn numbers(&mut self, child: &Facts, parent: &Facts, window: &[Facts]) {
        let mut used: Vec<usize> = Vec::new();
        for number in &child.numbers {
            let same_unit = |it: &Number| it.unit.is_some() && it.unit == number.unit;
            let is_vague = matches!(number.amount, Amount::Vague(_));
            if window
                .iter()
                .flat_map(|it| &it.numbers)
                .any(|it| it.amount == number.amount && (!is_vague || same_unit(it)))
            {
                continue;
            }
            let is_kept = |it: &Number| child.numbers.iter().any(|also| also.amount == it.amount);
            let partner =
                parent.numbers.iter().position(|it| same_unit(it) && !is_kept(it)).filter(|it| !used.contains(it));
            if let Some(at) = partner {
                used.push(at);
                let other = &parent.numbers[at];
                let what = format!("{} became {}", self.words_of(other.span, false), self.words_of(number.span, true));
                self.push(DriftKind::Number, Some(other.span), Some(number.span), what);
            } else if let Amount::Exact(_) = number.amount
                && number.span.of(self.child.text).starts_with(|it: char| it.is_ascii_digit())
                && !self.has_number(number)
            {
                let what = format!("{} is not in the parent", self.words_of(number.span, true));
                self.push(DriftKind::Added, None, Some(number.span), what);
            }
        }
    }

    fn has_number(&self, number: &Number) -> bool {
        let mut all = self.parent.sentences().iter().map(|it| Facts::of(self.parent, *it));
        all.any(|it| it.numbers.iter().any(|it| it.amount == number.amount))
    }

    /// Only dates of one sort are compared: a weekday with a weekday, a year with a year.
    fn dates(&mut self, child: &Facts, parent: &Facts, window: &[Facts], child_words: &[Word], parent_words: &[Word]) {
        for date in &child.dates {
            if window.iter().flat_map(|it| &it.dates).any(|it| it.stem == date.stem) {
                continue;
            }
            let sort = date_sort(date.span.of(self.child.text));
            let gone = parent.dates.iter().find(|it| {
                date_sort(it.span.of(self.parent.text)) == sort && !child.dates.iter().any(|also| also.stem == it.stem)
            });
            let Some(other) = gone else { continue };
            if !near_same(child_words, date.span, parent_words, other.span) {
                continue;
            }
            let what = format!("{} became {}", self.words_of(other.span, false), self.words_of(date.span, true));
            self.push(DriftKind::Date, Some(other.span), Some(date.span), what);
        }
    }

    /// Lists of names that share a member and differ in another: "Starmer and Merz" became "Macron and Starmer".
    fn participants(&mut self, child: &Facts, parent: &Facts) {
        for (one, one_span) in lists(self.child.text, &child.names) {
            for (other, other_span) in lists(self.parent.text, &parent.names) {
                let has = |list: &[&Name], name: &Name, text: &str, own: &str| {
                    list.iter().any(|it| same_name(it, text, name, own))
                };
                let kept = one.iter().filter(|it| has(&other, it, self.parent.text, self.child.text)).count();
                let new: Vec<&&Name> = one
                    .iter()
                    .filter(|it| {
                        !parent.names.iter().any(|also| same_name(also, self.parent.text, it, self.child.text))
                    })
                    .collect();
                let gone: Vec<&&Name> = other
                    .iter()
                    .filter(|it| !child.names.iter().any(|also| same_name(also, self.child.text, it, self.parent.text)))
                    .collect();
                if kept == 0 || new.is_empty() || gone.is_empty() {
                    continue;
                }
                let show = |names: &[&&Name], in_child: bool| {
                    names.iter().map(|it| self.words_of(it.span, in_child)).collect::<Vec<_>>().join(", ")
                };
                let what = format!("{} stands where the parent has {}", show(&new, true), show(&gone, false));
                self.push(DriftKind::Name, Some(other_span), Some(one_span), what);
                return;
            }
        }
    }

    /// Another name or party before (or after) the same words: "Kushner, who played a role" became "The two men played a role".
    fn subjects(&mut self, child: &[Word], parent: &[Word], runs: &[Common]) {
        for (at, run) in runs.iter().enumerate() {
            let last_child = at.checked_sub(1).map_or(0, |it| runs[it].child + runs[it].n_words);
            let last_parent = at.checked_sub(1).map_or(0, |it| runs[it].parent + runs[it].n_words);
            let before = at.checked_sub(1).map_or(0, |it| runs[it].n_words);
            let ours = &child[last_child.max(run.child.saturating_sub(SUBJECT_WORDS)).min(run.child)..run.child];
            let theirs = &parent[last_parent.max(run.parent.saturating_sub(SUBJECT_WORDS)).min(run.parent)..run.parent];
            let is_flanked = run.n_words >= FLANK_WORDS_MIN || before + run.n_words > FLANK_WORDS_MIN;
            let n_content = run.n_content + at.checked_sub(1).map_or(0, |it| runs[it].n_content);
            let is_slot = is_slot(ours, theirs) && before + run.n_words > FLANK_WORDS_MIN && n_content >= 2;
            if is_flanked && run.n_content >= 2 || is_slot {
                self.swapped(ours, theirs);
            }
        }
        let Some(run) = runs.last().filter(|it| it.n_words >= FLANK_WORDS_MIN) else { return };
        let (ours, theirs) = (&child[run.child + run.n_words..], &parent[run.parent + run.n_words..]);
        if ours.len() <= SUBJECT_WORDS
            && theirs.len() <= SUBJECT_WORDS
            && ours.iter().any(Word::is_name)
            && theirs.iter().any(Word::is_name)
        {
            self.swapped(ours, theirs);
        }
    }

    fn swapped(&mut self, ours: &[Word], theirs: &[Word]) {
        // "He and Reyl" became "He and Hale": the first of them stayed.
        let n_kept = ours.iter().zip(theirs).take_while(|(one, other)| one.hash == other.hash).count();
        let (ours, theirs) = (&ours[n_kept..], &theirs[n_kept..]);
        let (Some(ours), Some(theirs)) = (party(self.child, ours), party(self.parent, theirs)) else { return };
        let names = |words: &[Word], prose: &Prose| -> Vec<Word> {
            words.iter().filter(|it| is_party(it, prose)).copied().collect()
        };
        let (our_names, their_names) = (names(ours, self.child), names(theirs, self.parent));
        let is_same = our_names.iter().any(|one| {
            their_names.iter().any(|other| {
                one.stem == other.stem || same_root(one.span().of(self.child.text), other.span().of(self.parent.text))
            })
        });
        let is_pronoun =
            |words: &[Word], prose: &Prose| words.iter().any(|it| PRONOUNS.contains(&small(prose, it).as_str()));
        if our_names.is_empty()
            || their_names.is_empty()
            || is_same
            || is_pronoun(ours, self.child)
            || is_pronoun(theirs, self.parent)
        {
            return;
        }
        // A title for a name ("the minister", "Reyl") is the same person for all we know.
        let has_name = |names: &[Word]| names.iter().any(Word::is_capital);
        let is_number = |words: &[Word], prose: &Prose| {
            words.iter().any(|it| matches!(small(prose, it).as_str(), "two" | "three" | "both"))
        };
        if !(has_name(&our_names) && has_name(&their_names))
            && is_number(ours, self.child) == is_number(theirs, self.parent)
        {
            return;
        }
        let span = |words: &[Word]| words[0].span().cover(words[words.len() - 1].span());
        let (child_span, parent_span) = (span(ours), span(theirs));
        let what = format!("{} became {}", self.words_of(parent_span, false), self.words_of(child_span, true));
        self.push(DriftKind::Name, Some(parent_span), Some(child_span), what);
    }

    /// A hedge before a shared word that the other report has not, or has weaker or stronger.
    fn certainty(&mut self, child: &[Word], parent: &[Word], child_facts: &Facts, parent_facts: &Facts) {
        let hedge_before = |words: &[Word], at: usize, facts: &Facts, text: &str| {
            let first = at.saturating_sub(3);
            let near = Span::new(words[first].span().start(), words[at].span().start());
            let hedge = facts.hedges.iter().rev().find(|it| near.contains(it.span)).copied()?;
            // "whether Hale, who played": the hedge is of another verb.
            let between = words[first..at].iter().filter(|it| it.span().start() >= hedge.span.end());
            let is_of_another =
                between.clone().any(|it| it.is_capital() || matches!(it.span().of(text), "who" | "which"));
            (!is_of_another).then_some(hedge)
        };
        for (at, word) in
            child.iter().enumerate().filter(|it| !it.1.is_stop() && !it.1.is_capital() && !it.1.is_number())
        {
            let Some(also) = parent.iter().position(|it| it.stem == word.stem) else { continue };
            let (ours, theirs) = (
                hedge_before(child, at, child_facts, self.child.text),
                hedge_before(parent, also, parent_facts, self.parent.text),
            );
            let (from, to) = (theirs.map(|it| it.degree), ours.map(|it| it.degree));
            let is_change = match (from, to) {
                (Some(from), Some(to)) => from != to,
                (None, Some(it)) | (Some(it), None) => it != Degree::Certain,
                (None, None) => false,
            };
            if !is_change {
                continue;
            }
            // A hedge that stands elsewhere in the sentence has moved.
            let still = |facts: &Facts, degree: Option<Degree>| {
                degree.is_some_and(|it| facts.hedges.iter().any(|also| also.degree == it))
            };
            if (from.is_none() && still(parent_facts, to)) || (to.is_none() && still(child_facts, from)) {
                continue;
            }
            let (our_span, their_span) = (
                ours.map_or(word.span(), |it| it.span.cover(word.span())),
                theirs.map_or(parent[also].span(), |it| it.span.cover(parent[also].span())),
            );
            let what = format!("\"{}\" became \"{}\"", self.words_of(their_span, false), self.words_of(our_span, true));
            self.push(DriftKind::Certainty, Some(their_span), Some(our_span), what);
            return;
        }
    }

    /// "according to X" that lost its X, or a statement that lost who said it.
    fn attribution(&mut self, child: &[Word], parent: &[Word], child_facts: &Facts, parent_facts: &Facts) {
        let source = |words: &[Word], prose: &Prose, facts: &Facts| -> Option<(Span, usize)> {
            let at = words.iter().position(|it| it.span().of(prose.text).eq_ignore_ascii_case("according"))?;
            let mut end = at + 1;
            while end < words.len()
                && end < at + SOURCE_WORDS_MAX
                && !gap(prose.text, &words[end - 1], &words[end]).contains(',')
            {
                end += 1;
            }
            let span = words[at].span().cover(words[end - 1].span());
            Some((span, facts.names.iter().filter(|it| span.contains(it.span)).count()))
        };
        let theirs = source(parent, self.parent, parent_facts);
        let ours = source(child, self.child, child_facts);
        match (theirs, ours) {
            (Some((theirs, n_names)), Some((ours, n_kept))) if n_names > 0 && n_kept == 0 => {
                let what = format!("\"{}\" became \"{}\"", self.words_of(theirs, false), self.words_of(ours, true));
                self.push(DriftKind::Attribution, Some(theirs), Some(ours), what);
            }
            (Some((theirs, n_names)), None) if n_names > 0 && child_facts.sources.is_empty() => {
                let what = format!("lost \"{}\"", self.words_of(theirs, false));
                let sentence = child[0].span().cover(child[child.len() - 1].span());
                self.push(DriftKind::Attribution, Some(theirs), Some(sentence), what);
            }
            _ => {}
        }
    }

    /// Clauses of a sentence that has a counterpart, with nothing in it.
    fn added_clauses(&mut self, sentence: Sentence, aligned: &Aligned, parent_sentences: &[Sentence]) {
        let mut told: BTreeSet<u32> =
            words(self.parent, parent_sentences[aligned.parent]).iter().map(|it| it.stem).collect();
        if let Some(second) = aligned.second {
            told.extend(words(self.parent, parent_sentences[second]).iter().map(|it| it.stem));
        }
        for (first, end) in clauses(self.child, sentence) {
            // What the parent says at every turn tells nothing of where a clause comes from.
            let clause: Vec<&Word> = self.child.words[first..end]
                .iter()
                .filter(|it| !it.is_stop() && !self.common.contains(&it.stem))
                .collect();
            let weigh = |is: &dyn Fn(u32) -> bool| -> f32 {
                clause.iter().filter(|it| is(it.stem)).map(|it| weight_of(it)).sum()
            };
            let whole = weigh(&|_| true);
            let in_sentence = weigh(&|stem| told.contains(&stem));
            let new = weigh(&|stem| !self.known.contains(&stem));
            let is_all_new = end - first >= 3 && whole > 1.2 && new >= whole * 0.99;
            let is_mostly_new =
                clause.len() >= 3 && in_sentence <= whole * CLAUSE_KNOWN_MAX && new >= whole * CLAUSE_NEW_MIN;
            if is_all_new || is_mostly_new {
                let span = self.child.span(first, end - 1);
                let what = format!("\"{}\" is not in the parent", self.words_of(span, true));
                self.push(DriftKind::Added, None, Some(span), what);
            }
        }
    }

    /// Sentences of the child that tell nothing of the parent.
    fn added_sentences(&mut self, child_sentences: &[Sentence], retelling: &Retelling) {
        for (at, sentence) in child_sentences.iter().enumerate() {
            if retelling.aligned.iter().any(|it| it.child == at) || sentence.words.1 - sentence.words.0 < 4 {
                continue;
            }
            let content = words(self.child, *sentence);
            let whole: f32 = content.iter().map(weight_of).sum();
            let new: f32 = content.iter().filter(|it| !self.known.contains(&it.stem)).map(weight_of).sum();
            if new >= whole * CLAUSE_NEW_MIN {
                self.push(
                    DriftKind::Added,
                    None,
                    Some(sentence.span),
                    "this sentence has no counterpart in the parent".to_owned(),
                );
            }
        }
    }

    /// Sentences of the parent that the child does not tell, neighbours as one row.
    fn lost(&mut self, parent_sentences: &[Sentence], retelling: &Retelling) {
        let is_told = |at: usize| retelling.aligned.iter().any(|it| it.parent == at || it.second == Some(at));
        let mut at = 0;
        while at < parent_sentences.len() {
            if is_told(at) {
                at += 1;
                continue;
            }
            let first = at;
            while at < parent_sentences.len() && !is_told(at) {
                at += 1;
            }
            let span = parent_sentences[first].span.cover(parent_sentences[at - 1].span);
            if parent_sentences[at - 1].words.1 - parent_sentences[first].words.0 < 5 {
                continue;
            }
            let what = if at - first == 1 {
                "a sentence is left out".to_owned()
            } else {
                format!("{} sentences are left out", at - first)
            };
            self.push(DriftKind::Lost, Some(span), None, what);
        }
    }

    /// Words of a quotation that stand without marks in the child, or the reverse.
    fn marks(&mut self, child_sentences: &[Sentence], parent_sentences: &[Sentence], retelling: &Retelling) {
        for it in &retelling.aligned {
            for parent_at in std::iter::once(it.parent).chain(it.second) {
                let (ours, theirs) =
                    (words(self.child, child_sentences[it.child]), words(self.parent, parent_sentences[parent_at]));
                for run in word_runs(ours, theirs) {
                    let (in_child, in_parent) =
                        (&ours[run.child..run.child + run.n_words], &theirs[run.parent..run.parent + run.n_words]);
                    if run.n_words < MARKED_WORDS_MIN || run.n_content < 2 {
                        continue;
                    }
                    let n_ours = in_child.iter().filter(|it| it.is_quoted()).count();
                    let n_theirs = in_parent.iter().filter(|it| it.is_quoted()).count();
                    let what = if n_ours == 0 && n_theirs == run.n_words {
                        "words of a quotation without its marks"
                    } else if n_theirs == 0 && n_ours == run.n_words {
                        "marks put round words that the parent does not quote"
                    } else {
                        continue;
                    };
                    let span = |words: &[Word]| words[0].span().cover(words[words.len() - 1].span());
                    self.push(DriftKind::Marks, Some(span(in_parent)), Some(span(in_child)), what.to_owned());
                }
            }
        }
    }
}

const MARKED_WORDS_MIN: usize = 5;
/// "according to figures that the port office of Sella gave to Tarn Wire on …".
const SOURCE_WORDS_MAX: usize = 12;

fn gap<'a>(text: &'a str, one: &Word, next: &Word) -> &'a str {
    Span::new(one.span().end(), next.span().start()).of(text)
}

const PRONOUNS: [&str; 10] = ["he", "she", "they", "it", "his", "her", "their", "its", "we", "i"];

/// Words for people and bodies without a name.
const PARTIES: [&str; 14] = [
    "men", "women", "pair", "duo", "officials", "leaders", "ministers", "allies", "envoys", "envoy", "president",
    "minister", "government", "police",
];

fn words<'a>(prose: &'a Prose, sentence: Sentence) -> &'a [Word] {
    &prose.words[sentence.words.0..sentence.words.1]
}

fn small(prose: &Prose, word: &Word) -> String {
    word.span().of(prose.text).to_lowercase()
}

fn is_party(word: &Word, prose: &Prose) -> bool {
    let is_name =
        word.is_capital() && !word.is_stop() && !word.is_number() && (!word.is_first() || prose.is_name(word.stem));
    is_name || PARTIES.contains(&small(prose, word).as_str())
}

/// The name or party that ends right before the shared words: the last words without a comma, less auxiliaries.
fn party<'a>(prose: &Prose, words: &'a [Word]) -> Option<&'a [Word]> {
    let mut end = words.len();
    while end > 0 && BETWEEN.contains(&small(prose, &words[end - 1]).as_str()) {
        end -= 1;
    }
    let mut first = end;
    while first > 0
        && (first == end || !gap(prose.text, &words[first - 1], &words[first]).contains([',', ';', '–', '—']))
    {
        first -= 1;
    }
    let found = &words[first..end];
    found.last().is_some_and(|it| is_party(it, prose)).then_some(found)
}

/// Words that may stand between a subject and what it did.
const BETWEEN: [&str; 13] =
    ["who", "which", "that", "has", "have", "had", "is", "are", "was", "were", "also", "will", "would"];

/// Whether a word or two stand between the same words in both: what is there is one thing in one slot.
fn is_slot(ours: &[Word], theirs: &[Word]) -> bool {
    (1..=SLOT_WORDS_MAX).contains(&ours.len()) && (1..=SLOT_WORDS_MAX).contains(&theirs.len())
}

const SLOT_WORDS_MAX: usize = 2;

fn date_sort(word: &str) -> u8 {
    let small = word.to_lowercase();
    if small.ends_with("day") || small == "weekend" || small == "tomorrow" || small == "tonight" {
        0
    } else if word.len() == 4 && word.bytes().all(|it| it.is_ascii_digit()) {
        1
    } else if word.starts_with(|it: char| it.is_ascii_digit()) {
        2
    } else {
        3
    }
}

/// Whether a content word within four words stands beside both.
fn near_same(child: &[Word], in_child: Span, parent: &[Word], in_parent: Span) -> bool {
    let around = |words: &[Word], span: Span| -> BTreeSet<u32> {
        let at = words.partition_point(|it| it.span().start() < span.start());
        words[at.saturating_sub(5)..(at + 6).min(words.len())]
            .iter()
            .filter(|it| !it.is_stop())
            .map(|it| it.stem)
            .collect()
    };
    around(child, in_child).intersection(&around(parent, in_parent)).next().is_some()
}

/// Lists of at least two names joined by commas and one "and", with the span of the whole.
fn lists<'a>(text: &str, names: &'a [Name]) -> Vec<(Vec<&'a Name>, Span)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < names.len() {
        let first = at;
        let mut has_and = false;
        while at + 1 < names.len() {
            let between = Span::new(names[at].span.end(), names[at + 1].span.start()).of(text);
            let n_words = between.split_whitespace().filter(|it| it.chars().any(char::is_alphabetic)).count();
            let is_and = between.split_whitespace().any(|it| it == "and");
            if n_words > 4
                || !(is_and || between.contains(',') || n_words <= 2)
                || between.contains(['.', ';', '“', '"'])
            {
                break;
            }
            has_and |= is_and;
            at += 1;
        }
        if has_and && at > first {
            found.push((names[first..=at].iter().collect(), names[first].span.cover(names[at].span)));
        }
        at += 1;
    }
    found
}

/// Names are one when their last words are, or one is a part of the other.
fn same_name(one: &Name, one_text: &str, other: &Name, other_text: &str) -> bool {
    one.stems.iter().any(|it| other.stems.contains(it)) || same_root(one.span.of(one_text), other.span.of(other_text))
}

/// "Ukraine" and "Ukrainian": the same first five letters.
fn same_root(one: &str, other: &str) -> bool {
    let root = |word: &str| word.to_lowercase().chars().take(5).collect::<String>();
    one.chars().count() >= 4 && root(one) == root(other)
}

/// Words in a row that both sentences have, by stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Common {
    child: usize,
    parent: usize,
    n_words: usize,
    n_content: usize,
}

/// The longest common subsequence as runs; single small words are dropped.
fn common_runs(child: &[Word], parent: &[Word]) -> Vec<Common> {
    let (rows, columns) = (child.len(), parent.len());
    if rows == 0 || columns == 0 || rows * columns > CELLS_MAX {
        return Vec::new();
    }
    let mut longest = vec![0u16; (rows + 1) * (columns + 1)];
    let cell = |row: usize, column: usize| row * (columns + 1) + column;
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            longest[cell(row, column)] = if child[row].stem == parent[column].stem {
                longest[cell(row + 1, column + 1)] + 1
            } else {
                longest[cell(row + 1, column)].max(longest[cell(row, column + 1)])
            };
        }
    }
    let mut runs: Vec<Common> = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        if child[row].stem == parent[column].stem {
            let n_content = usize::from(!child[row].is_stop());
            match runs.last_mut().filter(|it| it.child + it.n_words == row && it.parent + it.n_words == column) {
                Some(run) => {
                    run.n_words += 1;
                    run.n_content += n_content;
                }
                None => runs.push(Common { child: row, parent: column, n_words: 1, n_content }),
            }
            row += 1;
            column += 1;
        } else if longest[cell(row + 1, column)] >= longest[cell(row, column + 1)] {
            row += 1;
        } else {
            column += 1;
        }
    }
    runs.retain(|it| it.n_content > 0 || it.n_words > 2);
    runs
}

/// Sentences of a thousand words are lists, not sentences.
const CELLS_MAX: usize = 160_000;

/// Words in a row that both have, word for word and wherever they stand, longest first at each place of the child.
fn word_runs(child: &[Word], parent: &[Word]) -> Vec<Common> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < child.len() {
        let agree = |also: usize| {
            child[at..].iter().zip(&parent[also..]).take_while(|(one, other)| one.hash == other.hash).count()
        };
        let best = (0..parent.len()).map(|it| (agree(it), it)).max_by_key(|(n_words, it)| (*n_words, usize::MAX - it));
        match best {
            Some((n_words, also)) if n_words > 0 => {
                let n_content = child[at..at + n_words].iter().filter(|it| !it.is_stop()).count();
                runs.push(Common { child: at, parent: also, n_words, n_content });
                at += n_words;
            }
            _ => at += 1,
        }
    }
    runs
}

/// Word ranges between commas, dashes and small joining words.
fn clauses(prose: &Prose, sentence: Sentence) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut first = sentence.words.0;
    for at in sentence.words.0..sentence.words.1 {
        let is_last = at + 1 == sentence.words.1;
        let ends = is_last || {
            let between = Span::new(prose.words[at].span().end(), prose.words[at + 1].span().start()).of(prose.text);
            between.contains([',', ';', '–', '—', '(', ')', ':']) || between.contains(" - ")
        };
        if ends {
            found.push((first, at + 1));
            first = at + 1;
        }
    }
    found
}

/// Words that stand in quotation marks in `parent` and without them in `child`, in runs of at least three.
pub(crate) fn unquoted_words(child: &Prose, parent: &Prose) -> usize {
    const RUN: usize = 3;
    let mut quoted: Vec<(u32, u32, u32)> = Vec::new();
    for run in parent.words.windows(RUN) {
        if run.iter().all(|it| it.is_quoted()) && run.iter().any(|it| !it.is_stop()) {
            quoted.push((run[0].hash, run[1].hash, run[2].hash));
        }
    }
    quoted.sort_unstable();
    let mut is_met = vec![false; child.words.len()];
    for (at, run) in child.words.windows(RUN).enumerate() {
        if run.iter().all(|it| !it.is_quoted())
            && quoted.binary_search(&(run[0].hash, run[1].hash, run[2].hash)).is_ok()
        {
            is_met[at..at + RUN].fill(true);
        }
    }
    is_met.iter().filter(|it| **it).count()
}
