//! Collections of any size with known copies and stories, made from a seed.
//!
//! Sentences have the frame of real ones (their small words, order and marks); names, figures and most content words come
//! from the vocabulary of a story, which is a seeded handful of the vocabulary of all texts. One report in fifty is a copy
//! of an earlier one, trimmed or with a line of furniture.

use rapporteur_eval::chance::Chance;
use rapporteur_model::{AnchorDate, Annotated};

use crate::material::Material;

/// Sentences of a report: short news.
const SENTENCES: usize = 9;
/// Reports of a story on average.
const STORY_REPORTS: usize = 8;
/// Content words of a story's own.
const STORY_WORDS: usize = 60;
/// Of a hundred content words, so many are the story's own.
const OWN: u64 = 85;

/// Reports with what is known of them.
pub(crate) struct Made {
    pub(crate) reports: Vec<Annotated>,
    /// The story of each.
    pub(crate) stories: Vec<usize>,
    /// Pairs of a report and its copy.
    pub(crate) copies: Vec<(usize, usize)>,
}

/// Frames and words of the texts.
struct Pool {
    frames: Vec<Vec<String>>,
    /// Content words with a large first letter and a small one.
    names: Vec<String>,
    small: Vec<String>,
}

impl Pool {
    fn of(material: &Material) -> Pool {
        let mut pool = Pool { frames: Vec::new(), names: Vec::new(), small: Vec::new() };
        for line in material.texts.iter().flat_map(|it| it.lines()) {
            for sentence in line.split_inclusive(". ") {
                let words: Vec<String> = sentence.split_whitespace().map(str::to_owned).collect();
                for word in words.iter().skip(1).map(|it| bare(it)).filter(|it| is_content(it)) {
                    let list = if word.starts_with(char::is_uppercase) { &mut pool.names } else { &mut pool.small };
                    list.push(word.to_owned());
                }
                if (8..=40).contains(&words.len()) {
                    pool.frames.push(words);
                }
            }
        }
        for list in [&mut pool.names, &mut pool.small] {
            list.sort_unstable();
            list.dedup();
        }
        pool
    }

    /// A word that stands for `word`. Names beyond those of the texts are put together from two, so that a hundred thousand
    /// reports do not share a thousand names.
    fn fresh(&self, is_name: bool, chance: &mut Chance) -> String {
        if !is_name {
            return self.small[chance.below(self.small.len())].clone();
        }
        let one = &self.names[chance.below(self.names.len())];
        let other = &self.names[chance.below(self.names.len())];
        let head = one.char_indices().nth(3).map_or(one.as_str(), |(at, _)| &one[..at]);
        format!("{head}{}", other.to_lowercase())
    }

    fn sentence(&self, own: &[String], chance: &mut Chance) -> String {
        let frame = &self.frames[chance.below(self.frames.len())];
        let fill = |word: &String| {
            let bare = bare(word);
            if !is_content(bare) {
                return word.clone();
            }
            let is_name = bare.starts_with(char::is_uppercase);
            let is_own = (chance.roll() % 100) < OWN;
            // Every third word of a story is a name.
            let at = chance.below(own.len() / 3) * 3 + if is_name { 0 } else { 1 + chance.below(2) };
            let new = if is_own { own[at].clone() } else { self.fresh(is_name, chance) };
            word.replacen(bare, &new, 1)
        };
        frame.iter().map(fill).collect::<Vec<String>>().join(" ")
    }
}

fn bare(word: &str) -> &str {
    word.trim_matches(|it: char| !it.is_alphanumeric())
}

fn is_content(word: &str) -> bool {
    const SMALL: [&str; 16] = [
        "that", "with", "from", "they", "have", "been", "were", "will", "would", "this", "their", "which", "there",
        "about", "when", "said",
    ];
    4 <= word.len() && word.chars().all(char::is_alphanumeric) && !SMALL.contains(&word)
}

/// `n_reports` reports; with copies or without any.
pub(crate) fn made(material: &Material, n_reports: usize, has_copies: bool) -> Made {
    let pool = Pool::of(material);
    let mut chance = Chance(7);
    let mut made = Made { reports: Vec::new(), stories: Vec::new(), copies: Vec::new() };
    let n_stories = (n_reports / STORY_REPORTS).max(1);
    let stories: Vec<Vec<String>> = (0..n_stories)
        .map(|_| {
            let word = |at: usize, chance: &mut Chance| pool.fresh(at.is_multiple_of(3), chance);
            (0..STORY_WORDS).map(|at| word(at, &mut chance)).collect()
        })
        .collect();
    let mut texts: Vec<Vec<String>> = Vec::new();
    for at in 0..n_reports {
        let is_copy = has_copies && 50 <= at && at % 50 == 0;
        let (story, sentences) = if is_copy {
            let parent = chance.below(at);
            made.copies.push((parent, at));
            let mut kept = texts[parent].clone();
            match chance.below(3) {
                0 => kept.truncate(SENTENCES - 3),
                1 => kept.insert(2, "Read more about it here".to_owned()),
                _ => kept.swap(1, 3),
            }
            (made.stories[parent], kept)
        } else {
            let story = chance.below(n_stories);
            (story, (0..SENTENCES).map(|_| pool.sentence(&stories[story], &mut chance)).collect())
        };
        let mut report = report(at, &sentences.join("\n"));
        let day = format!("2031-{:02}-{:02}", 1 + story % 12, 1 + story / 12 % 28);
        report.article.metadata.anchor = Some(AnchorDate { day, how: "given".to_owned(), confidence: 1.0 });
        made.reports.push(report);
        made.stories.push(story);
        texts.push(sentences);
    }
    made
}

/// A report as the first two stages make it.
fn report(at: usize, text: &str) -> Annotated {
    let mut problems = Vec::new();
    let mut articles = rapporteur::read_bytes("report.txt", text.as_bytes(), &mut problems);
    let mut article = articles.pop().unwrap_or_default();
    article.report.id = format!("r{at:07}");
    Annotated { article, ..Annotated::default() }
}

/// The most memory that this process held so far and what it holds now, in bytes; zeros where the system does not tell.
pub(crate) fn memory() -> (usize, usize) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find(|it| it.starts_with(name));
        line.and_then(|it| it.split_whitespace().nth(1)).and_then(|it| it.parse::<usize>().ok()).unwrap_or(0) * 1024
    };
    (of("VmHWM:"), of("VmRSS:"))
}

/// The exponent of a cost that grows as a power of the size, fitted to the logarithms.
pub(crate) fn exponent(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let (x, y): (Vec<f64>, Vec<f64>) = points.iter().map(|(size, cost)| (size.ln(), cost.ln())).unzip();
    let (mean_x, mean_y) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let up: f64 = x.iter().zip(&y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let down: f64 = x.iter().map(|x| (x - mean_x) * (x - mean_x)).sum();
    if down > 0.0 { up / down } else { 0.0 }
}
