//! The door for `examples/train_quotes.rs`: what the program decides on, as numbers to learn from.

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotations, Article, Span};

use super::weights::Features;
use super::{attribution, contents, cues, sources};
use crate::view::View;
use crate::{Context, Tree};

pub use super::attribution::accept_features;
pub use super::weights::{BITS, Table, Weights};

/// An attribution as a person marked it.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    /// Its source.
    pub source: Vec<Span>,
    /// Its cue.
    pub cue: Vec<Span>,
    /// Its content.
    pub content: Vec<Span>,
}

/// A choice among candidates: the features of each and which is nearest to what was marked.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Slots of every candidate's features.
    pub candidates: Vec<Vec<u32>>,
    /// How good each is, 0 to 1.
    pub worth: Vec<f32>,
}

/// What one report teaches.
#[derive(Debug, Default)]
pub struct Lessons {
    /// For every word that may be a cue: its features and whether it is one.
    pub cues: Vec<(Vec<u32>, bool)>,
    /// For every cue: which stretch is the content.
    pub contents: Vec<Choice>,
    /// For every cue: which words are the source.
    pub sources: Vec<Choice>,
    /// How many marked cues had no candidate that fits.
    pub n_content_missed: usize,
    /// Likewise for sources.
    pub n_source_missed: usize,
}

/// Reads the lessons off one parsed report.
pub fn lessons(article: &Article, known: &Annotations, gold: &[Marked]) -> Lessons {
    let tree = Tree::new(known);
    let lexicon = Lexicon::shared();
    let columns = std::cell::OnceCell::new();
    let context = Context { article, known, tree: &tree, columns: &columns, lexicon };
    let view = View::new(&context);
    let mut lessons = Lessons::default();
    let mut f = Features::default();
    let mut is_cue = vec![false; view.n()];
    for it in gold {
        if let Some(head) = cue_head(&view, &it.cue) {
            is_cue[head] = true;
        }
    }
    for (ix, is_cue) in is_cue.iter().enumerate() {
        if cues::may_be(&view, ix) {
            cues::features(&view, ix, &mut f);
            lessons.cues.push((f.slots.clone(), *is_cue));
        }
    }
    let mut stretches = Vec::new();
    let mut names = Vec::new();
    for it in gold {
        let Some(cue) = cue_head(&view, &it.cue) else { continue };
        contents::candidates(&view, cue, &mut stretches);
        let worth: Vec<f32> = stretches.iter().map(|candidate| overlap(&candidate.spans(&view), &it.content)).collect();
        let best = worth.iter().copied().fold(0.0, f32::max);
        let mut content = None;
        if best >= 0.5 {
            let candidates = stretches.iter().map(|candidate| {
                contents::features(&view, cue, candidate, &mut f);
                f.slots.clone()
            });
            lessons.contents.push(Choice { candidates: candidates.collect(), worth: worth.clone() });
            content = stretches.get(worth.iter().position(|it| *it >= best).unwrap_or(0)).copied();
        } else {
            lessons.n_content_missed += 1;
        }
        sources::candidates(&view, cue, content.as_ref(), &mut names);
        let worth: Vec<f32> = names
            .iter()
            .map(|source| match (source.link, it.source.is_empty()) {
                (sources::Link::Nobody, empty) => f32::from(u8::from(empty)),
                (_, true) => 0.0,
                _ => overlap(&[view.cover(source.first, source.last)], &it.source),
            })
            .collect();
        let best = worth.iter().copied().fold(0.0, f32::max);
        if best > 0.3 {
            let candidates = names.iter().map(|source| {
                sources::features(&view, cue, content.as_ref(), source, &mut f);
                f.slots.clone()
            });
            lessons.sources.push(Choice { candidates: candidates.collect(), worth });
        } else {
            lessons.n_source_missed += 1;
        }
    }
    lessons
}

/// The word of a marked cue that the others hang on.
fn cue_head(view: &View<'_>, cue: &[Span]) -> Option<usize> {
    let first = view.token_at(cue.first()?.start());
    let end = cue.last()?.end();
    let inside: Vec<usize> = (first..view.n()).take_while(|it| view.span(*it).start() < end).collect();
    let fits = |it: &&usize| cues::may_be(view, **it);
    let is_top = |it: &&usize| {
        let head = view.head(**it);
        head == **it || !inside.contains(&head)
    };
    inside.iter().filter(fits).find(is_top).or_else(|| inside.iter().find(fits)).copied()
}

/// Bytes shared over bytes covered.
pub fn overlap(a: &[Span], b: &[Span]) -> f32 {
    let total = |spans: &[Span]| spans.iter().map(|it| u64::from(it.len())).sum::<u64>();
    let shared: u64 =
        a.iter().flat_map(|x| b.iter().filter_map(|y| x.intersect(*y))).map(|it| u64::from(it.len())).sum();
    let all = total(a) + total(b) - shared;
    if all == 0 { 0.0 } else { shared as f32 / all as f32 }
}

/// An attribution the program would make, before the last decision.
#[derive(Debug, Clone)]
pub struct Guess {
    /// Its words.
    pub marked: Marked,
    /// What the last decision is made from.
    pub evidence: [f32; 10],
    /// Slots of its features, seen whole.
    pub slots: Vec<u32>,
    /// How sure it is.
    pub score: f32,
}

/// Every attribution that may be one; those `kept` first settle their overlaps.
pub fn guesses(article: &Article, known: &Annotations, weights: &Weights, score_min: f32) -> Vec<Guess> {
    let tree = Tree::new(known);
    let columns = std::cell::OnceCell::new();
    let context = Context { article, known, tree: &tree, columns: &columns, lexicon: Lexicon::shared() };
    let view = View::new(&context);
    let found = attribution::find(&view, weights);
    let mut f = Features::default();
    attribution::keep(&view, &found, score_min)
        .iter()
        .map(|it| Guess {
            marked: Marked {
                source: if it.source.link == sources::Link::Nobody {
                    Vec::new()
                } else {
                    vec![view.cover(it.source.first, it.source.last)]
                },
                cue: vec![it.cue_span],
                content: it.content.spans(&view),
            },
            evidence: it.evidence,
            slots: {
                attribution::whole_features(&view, it.cue, &it.content, &it.source, &mut f);
                f.slots.clone()
            },
            score: it.score,
        })
        .collect()
}
