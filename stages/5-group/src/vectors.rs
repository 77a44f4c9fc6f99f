//! A report as weighted words: the body, the title, the lead.

use std::collections::BTreeMap;

use rapporteur_model::{Annotated, Role, Span};
use rapporteur_text::rarity::{n_reports_counted, rarity};
use rapporteur_text::shingles::{Word, fold_words};

/// Words of the text that count as its lead beside the title.
const LEAD_WORDS: usize = 90;

/// Stems with weights, sorted by stem; the squares of the weights sum to 1.
pub(crate) type Vector = Vec<(u32, f32)>;

/// One report, ready to be compared.
#[derive(Debug, Clone, Default)]
pub(crate) struct Profile {
    pub(crate) body: Vector,
    /// Content words that follow each other.
    pub(crate) runs: Vector,
    pub(crate) title: Vector,
    pub(crate) lead: Vector,
    /// Days since 1970-01-01, when known.
    pub(crate) day: Option<i64>,
    /// Names as printed, the most frequent first, for reasons.
    pub(crate) shown: Vec<(u32, String)>,
}

/// How often stems stand in the reports of the run, to correct the background: in a collection about one war, its name is
/// no news.
pub(crate) struct Counts {
    n_reports: f32,
    /// Stems that two reports or more have, with how many, sorted.
    rows: Vec<(u32, f32)>,
}

/// A report of the run weighs as much as this many of the background.
const RUN_FACTOR: f32 = 2.0;

impl Counts {
    /// The reports are read twice, here and for their profiles: that costs less than holding their words does.
    pub(crate) fn of(reports: &[&Annotated]) -> Counts {
        let (mut all, mut own): (Vec<u32>, Vec<u32>) = Default::default();
        for report in reports {
            let read = Read::new(report);
            own.clear();
            own.extend(read.terms().map(|it| it.stem));
            own.extend(read.runs());
            own.sort_unstable();
            own.dedup();
            all.extend_from_slice(&own);
        }
        all.sort_unstable();
        let many = all.chunk_by(|one, next| one == next).filter(|it| 2 <= it.len());
        Counts { n_reports: reports.len() as f32, rows: many.map(|it| (it[0], it.len() as f32)).collect() }
    }

    /// Zero for what one report of the run has alone: it says nothing of its likeness to others, and would only make a long
    /// report less like a short one.
    fn weight(&self, stem: u32, is_run: bool) -> f32 {
        let Ok(at) = self.rows.binary_search_by_key(&stem, |it| it.0) else { return 0.0 };
        let here = self.rows[at].1;
        let counted = n_reports_counted();
        // Runs of words are not counted in the background; they are rare.
        let background = if is_run { 1.0 } else { (counted + 1.0) / rarity(stem).exp() };
        ((counted + self.n_reports * RUN_FACTOR + 1.0) / (background + here * RUN_FACTOR)).ln().max(0.0) + 1.0
    }
}

/// The words of a report.
pub(crate) struct Read {
    pub(crate) words: Vec<Word>,
    /// How many words of the title come first.
    pub(crate) n_title: usize,
}

impl Read {
    pub(crate) fn new(report: &Annotated) -> Read {
        let text = report.text();
        let mut words = Vec::with_capacity(text.len() / 6);
        let article = &report.article;
        let title = article.metadata.title.as_ref();
        // A declared title has no place in the text; its words are folded apart, with spans that mean nothing.
        if let Some(title) = title {
            fold_words(&title.value, 0, &mut words);
        }
        let mut n_title = words.len();
        if article.blocks.is_empty() {
            fold_words(text, 0, &mut words);
        }
        for block in article.blocks.iter().filter(|it| it.role.is_prose() && it.repeat_of.is_none()) {
            let is_title = block.role == Role::Headline;
            if is_title && title.is_some() {
                continue;
            }
            let first = words.len();
            fold_words(block.span.of(text), block.span.start(), &mut words);
            if is_title && first == n_title {
                n_title = words.len();
            }
        }
        Read { words, n_title }
    }

    fn terms(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|it| is_term(it))
    }

    /// Hashes of two content words that follow each other.
    fn runs(&self) -> impl Iterator<Item = u32> {
        let terms: Vec<u32> = self.terms().map(|it| it.stem).collect();
        let pairs: Vec<u32> =
            terms.windows(2).map(|it| it[0].rotate_left(13).wrapping_mul(0x9E37_79B1) ^ it[1]).collect();
        pairs.into_iter()
    }
}

fn is_term(word: &Word) -> bool {
    !word.is_stop() && (!word.is_short() || word.is_capital())
}

impl Profile {
    pub(crate) fn new(report: &Annotated, read: &Read, counts: &Counts) -> Profile {
        let (mut body, mut runs, mut title) = (Terms::default(), Terms::default(), Terms::default());
        let mut lead = Terms::default();
        // A word is a name when it mostly stands with a capital that no sentence start explains.
        let mut cases: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        for word in read.words[read.n_title..].iter().filter(|it| !it.is_stop() && !it.is_first()) {
            let case = cases.entry(word.stem).or_default();
            case.0 += u32::from(word.is_capital());
            case.1 += 1;
        }
        for (at, word) in read.words.iter().enumerate().filter(|it| is_term(it.1)) {
            body.add(word.stem, if at < read.n_title { TITLE_FACTOR } else { 1.0 });
            if at < read.n_title {
                title.add(word.stem, 1.0);
            }
            if at < read.n_title + LEAD_WORDS {
                lead.add(word.stem, 1.0);
            }
        }
        read.runs().for_each(|it| runs.add(it, 1.0));
        let metadata = &report.article.metadata;
        let date = metadata
            .date_published
            .as_ref()
            .map(|it| it.value.as_str())
            .or(metadata.anchor.as_ref().map(|it| it.day.as_str()));
        Profile {
            body: body.vector(counts, false),
            runs: runs.vector(counts, true),
            title: title.vector(counts, false),
            lead: lead.vector(counts, false),
            day: date.and_then(day_of),
            shown: shown_names(report, read, &cases),
        }
    }
}

/// A word of the title counts as so many of the body.
const TITLE_FACTOR: f32 = 2.0;

/// Stems as they come, with what each counts.
#[derive(Default)]
struct Terms(Vec<(u32, f32)>);

impl Terms {
    fn add(&mut self, stem: u32, count: f32) {
        self.0.push((stem, count));
    }

    fn vector(mut self, counts: &Counts, is_run: bool) -> Vector {
        self.0.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let weigh = |run: &[(u32, f32)]| {
            let count: f32 = run.iter().map(|it| it.1).sum();
            (run[0].0, (1.0 + count.ln()) * counts.weight(run[0].0, is_run))
        };
        let known = self.0.chunk_by(|one, next| one.0 == next.0).map(weigh);
        let mut vector: Vector = known.filter(|it| it.1 > 0.0).collect();
        vector.shrink_to_fit();
        let length: f32 = vector.iter().map(|it| it.1 * it.1).sum::<f32>().sqrt();
        if length > 0.0 {
            vector.iter_mut().for_each(|it| it.1 /= length);
        }
        vector
    }
}

pub(crate) fn cosine(one: &Vector, other: &Vector) -> f32 {
    let (mut at, mut also, mut sum) = (0, 0, 0.0);
    while at < one.len() && also < other.len() {
        let (a, b) = (one[at], other[also]);
        if a.0 == b.0 {
            sum += a.1 * b.1;
        }
        at += usize::from(a.0 <= b.0);
        also += usize::from(b.0 <= a.0);
    }
    sum
}

/// Runs of capital words with how often each stands there, the most frequent first, ties by spelling.
fn shown_names(report: &Annotated, read: &Read, cases: &BTreeMap<u32, (u32, u32)>) -> Vec<(u32, String)> {
    let text = report.text();
    let mut found: BTreeMap<u32, (u32, String)> = BTreeMap::new();
    let body = &read.words[read.n_title..];
    let is_part =
        |word: &Word| word.is_capital() && !word.is_stop() && cases.get(&word.stem).is_some_and(|it| it.0 * 2 > it.1);
    let mut at = 0;
    while at < body.len() {
        if !is_part(&body[at]) {
            at += 1;
            continue;
        }
        let first = at;
        while at + 1 < body.len()
            && is_part(&body[at + 1])
            && Span::new(body[at].span().end(), body[at + 1].span().start()).of(text) == " "
        {
            at += 1;
        }
        // The last word of a run is what the name is called by later.
        let entry = found.entry(body[at].stem).or_insert((0, String::new()));
        entry.0 += 1;
        let name = body[first].span().cover(body[at].span()).of(text);
        if name.len() > entry.1.len() && at - first < 3 {
            entry.1 = name.to_owned();
        }
        at += 1;
    }
    let mut names: Vec<(u32, u32, String)> =
        found.into_iter().filter(|it| !it.1.1.is_empty()).map(|(stem, (count, name))| (count, stem, name)).collect();
    names.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.2.cmp(&other.2)));
    names.into_iter().take(SHOWN_MAX).map(|(_, stem, name)| (stem, name)).collect()
}

const SHOWN_MAX: usize = 12;

/// Days since 1970-01-01 of the first ten characters, `YYYY-MM-DD` (Howard Hinnant's algorithm).
pub(crate) fn day_of(date: &str) -> Option<i64> {
    let mut parts = date.get(0..10)?.split('-').map(|it| it.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}
