//! The words of a report, its day and the names in it.

use rapporteur_model::{Annotated, Role, Span};
use rapporteur_text::shingles::{Word, fold_words};

/// The words of a report's title and prose, without what is furniture or a repeat.
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
}

/// The content words of all reports as stems, in text order: held from the counting to the weighing, so that no report is read
/// twice.
#[derive(Default)]
pub(crate) struct Terms {
    stems: Vec<u32>,
    reports: Vec<Report>,
}

/// Where the words of a report end, and how many of its first ones are title and lead.
struct Report {
    end: usize,
    n_title: usize,
    n_lead: usize,
}

/// Words of the text that count as its lead beside the title.
const LEAD_WORDS: usize = 90;

impl Terms {
    /// Adds those of the next report.
    pub(crate) fn push(&mut self, read: &Read) {
        let is_term = |it: &&Word| !it.is_stop() && (!it.is_short() || it.is_capital());
        let among = |n_words: usize| read.words.iter().take(n_words).filter(is_term).count();
        self.stems.extend(read.words.iter().filter(is_term).map(|it| it.stem));
        let (n_title, n_lead) = (among(read.n_title), among(read.n_title + LEAD_WORDS));
        self.reports.push(Report { end: self.stems.len(), n_title, n_lead });
    }

    pub(crate) fn n_reports(&self) -> usize {
        self.reports.len()
    }

    /// All words of a report, those of its title, and those of title and lead.
    pub(crate) fn of(&self, report: usize) -> (&[u32], &[u32], &[u32]) {
        let first = if report == 0 { 0 } else { self.reports[report - 1].end };
        let it = &self.reports[report];
        let all = &self.stems[first..it.end];
        (all, &all[..it.n_title], &all[..it.n_lead])
    }

    pub(crate) fn len(&self) -> usize {
        self.stems.len()
    }
}

/// Hashes of two content words that follow each other.
pub(crate) fn runs(stems: &[u32]) -> impl Iterator<Item = u32> {
    stems.windows(2).map(|it| it[0].rotate_left(13).wrapping_mul(0x9E37_79B1) ^ it[1])
}

/// A name: the stem of its last word, by which it is called later, and its longest form in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) stem: u32,
    pub(crate) span: Span,
}

/// So many names of a report are kept for reasons.
const NAMES_MAX: usize = 12;

/// Runs of capital words, the most frequent first, ties by spelling.
pub(crate) fn names(report: &Annotated, read: &Read) -> Vec<Name> {
    let text = report.text();
    let body = &read.words[read.n_title..];
    // A word is a name when it mostly stands with a capital that no sentence start explains.
    let mut cases: Vec<(u32, bool)> =
        body.iter().filter(|it| !it.is_stop() && !it.is_first()).map(|it| (it.stem, it.is_capital())).collect();
    cases.sort_unstable();
    let is_mostly_capital = |stem: u32| {
        let first = cases.partition_point(|it| it.0 < stem);
        let all = cases[first..].iter().take_while(|it| it.0 == stem);
        let (n_all, n_capital) = all.fold((0, 0), |(all, capital), it| (all + 1, capital + usize::from(it.1)));
        n_all < n_capital * 2
    };
    let is_part = |word: &Word| word.is_capital() && !word.is_stop() && is_mostly_capital(word.stem);
    let mut found: Vec<Name> = Vec::new();
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
        // A run of many capital words is a heading: its last word counts, its form does not.
        let span = if at - first < 3 { body[first].span().cover(body[at].span()) } else { Span::new(0, 0) };
        found.push(Name { stem: body[at].stem, span });
        at += 1;
    }
    // Of one name the longest form first, of equally long ones the first in the text.
    found.sort_unstable_by_key(|it| (it.stem, u32::MAX - it.span.len(), it.span.start()));
    let counted = found.chunk_by(|one, next| one.stem == next.stem).map(|it| (it.len(), it[0]));
    let mut counted: Vec<(usize, Name)> = counted.filter(|it| !it.1.span.is_empty()).collect();
    counted.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.span.of(text).cmp(other.1.span.of(text))));
    counted.into_iter().take(NAMES_MAX).map(|it| it.1).collect()
}

/// The day of publication, else the day that times are counted from, in days since 1970-01-01.
pub(crate) fn day(report: &Annotated) -> Option<i32> {
    let metadata = &report.article.metadata;
    let published = metadata.date_published.as_ref().map(|it| it.value.as_str());
    day_of(published.or(metadata.anchor.as_ref().map(|it| it.day.as_str()))?)
}

/// Days since 1970-01-01 of the first ten characters, `YYYY-MM-DD` (Howard Hinnant's algorithm).
fn day_of(date: &str) -> Option<i32> {
    let mut parts = date.get(0..10)?.split('-').map(|it| it.parse::<i32>().ok());
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
