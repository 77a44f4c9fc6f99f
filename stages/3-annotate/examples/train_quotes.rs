//! Learns the weights of the quotes extractor from PolNeAR's training articles and writes them to its `weights.bin`.
//!
//! ```text
//! cargo run --release -p rapporteur-annotate --example train_quotes -- polnear_train.jsonl polnear_dev.jsonl
//! ```
//!
//! Three linear models over hashed features: is this word a cue (logistic regression), which stretch is its content,
//! which words are its source (softmax over the candidates). The last decision, ten weights, learns from folds the
//! models have not seen. Prints the joint F1 of every fold kept out, then of the development articles, by threshold.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a program for the terminal")]

#[path = "support/mod.rs"]
mod support;

use rapporteur_annotate::parse;
use rapporteur_annotate::training::{self, Choice, Guess, Lessons, Marked, Table, Weights};
use rapporteur_model::{Annotations, Article};

const SLOTS: usize = 1 << training::BITS;
const FOLDS: usize = 5;
const EPOCHS: usize = 6;
const RATE: f32 = 0.05;
const DECAY: f32 = 2e-5;
const WEIGHTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/extractors/quotes/weights.bin");
const N_EVIDENCE: usize = 10;
const LAST_EPOCHS: usize = 8;
const LAST_RATE: f32 = 0.01;
const LAST_DECAY: f32 = 2e-4;

struct Parsed {
    article: Article,
    known: Annotations,
    gold: Vec<Marked>,
    fold: usize,
}

fn main() {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [train, dev] = &paths[..] else { panic!("usage: train_quotes TRAIN.jsonl DEV.jsonl") };
    let mut engine = support::ModelEngine::of_environment();
    let mut read = |path: &str| -> Vec<Parsed> {
        let rows = support::rows(path).into_iter().enumerate();
        rows.map(|(n, row)| Parsed {
            known: parse(&row.article, &mut engine),
            article: row.article,
            gold: row.gold,
            fold: n % FOLDS,
        })
        .collect()
    };
    let (train, dev) = (read(train), read(dev));
    let lessons: Vec<(usize, Lessons)> =
        train.iter().map(|it| (it.fold, training::lessons(&it.article, &it.known, &it.gold))).collect();
    let folds: Vec<Weights> = (0..FOLDS).map(|fold| learn(&lessons, Some(fold))).collect();
    let mut evidence = Vec::new();
    for it in &train {
        let guesses = training::guesses(&it.article, &it.known, &folds[it.fold], 0.05);
        let right = matched(&it.gold, &guesses);
        evidence.extend(guesses.into_iter().zip(right).map(|(guess, right)| Evidence {
            fold: it.fold,
            numbers: guess.evidence,
            slots: guess.slots,
            right,
        }));
    }
    for (fold, weights) in folds.iter().enumerate() {
        let weights = with_last_say(weights.clone(), &evidence, Some(fold));
        print!("fold {fold} kept out: ");
        sweep(train.iter().filter(|it| it.fold == fold), &weights);
    }
    let weights = with_last_say(learn(&lessons, None), &evidence, None);
    print!("development articles: ");
    sweep(dev.iter(), &weights);
    std::fs::write(WEIGHTS, weights.write()).expect("the weights can be written");
}

/// The three models, from all folds but one.
fn learn(lessons: &[(usize, Lessons)], skip: Option<usize>) -> Weights {
    let used = || lessons.iter().filter(|it| Some(it.0) != skip).map(|it| &it.1);
    let cues: Vec<_> = used().flat_map(|it| &it.cues).collect();
    let contents: Vec<_> = used().flat_map(|it| &it.contents).collect();
    let sources: Vec<_> = used().flat_map(|it| &it.sources).collect();
    Weights {
        cue: learn_cues(&cues),
        content: learn_choice(&contents),
        source: learn_choice(&sources),
        ..Weights::empty()
    }
}

/// AdaGrad on a table of slots, averaged over the later epochs.
struct Learner {
    weights: Vec<f32>,
    squares: Vec<f32>,
    sums: Vec<f32>,
    n_sums: f32,
}

impl Learner {
    fn new() -> Learner {
        Learner { weights: vec![0.0; SLOTS], squares: vec![1e-2; SLOTS], sums: vec![0.0; SLOTS], n_sums: 0.0 }
    }

    fn score(&self, slots: &[u32]) -> f32 {
        slots.iter().map(|it| self.weights[*it as usize]).sum()
    }

    fn step(&mut self, slots: &[u32], gradient: f32) {
        self.step_with(slots, gradient, RATE, DECAY);
    }

    fn step_with(&mut self, slots: &[u32], gradient: f32, rate: f32, decay: f32) {
        for slot in slots {
            let at = *slot as usize;
            let gradient = gradient + decay * self.weights[at];
            self.squares[at] += gradient * gradient;
            self.weights[at] -= rate * gradient / self.squares[at].sqrt();
        }
    }

    fn end_epoch(&mut self, epochs: usize, epoch: usize) {
        if epoch >= epochs / 2 {
            self.sums.iter_mut().zip(&self.weights).for_each(|(sum, it)| *sum += it);
            self.n_sums += 1.0;
        }
    }

    /// As bytes. The few weights that are far larger than the rest are clipped, so that the rest keep their grain.
    fn table(mut self) -> Table {
        self.sums.iter_mut().for_each(|it| *it /= self.n_sums);
        let mut sizes: Vec<f32> = self.sums.iter().map(|it| it.abs()).collect();
        sizes.sort_by(f32::total_cmp);
        let clip = sizes[SLOTS * 9995 / 10000].max(sizes[SLOTS - 1] * 0.3).max(1e-6);
        let scale = clip / 127.0;
        Table { scale, steps: self.sums.iter().map(|it| (it / scale).round().clamp(-127.0, 127.0) as i8).collect() }
    }
}

fn learn_cues(data: &[&(Vec<u32>, bool)]) -> Table {
    let mut learner = Learner::new();
    for epoch in 0..EPOCHS {
        for at in shuffled(data.len(), 7 + epoch as u64) {
            let (slots, is_cue) = data[at];
            let gradient = 1.0 / (1.0 + (-learner.score(slots)).exp()) - f32::from(u8::from(*is_cue));
            if gradient.abs() > 0.003 {
                learner.step(slots, gradient);
            }
        }
        learner.end_epoch(EPOCHS, epoch);
    }
    learner.table()
}

fn learn_choice(data: &[&Choice]) -> Table {
    let mut learner = Learner::new();
    for epoch in 0..EPOCHS {
        for at in shuffled(data.len(), 11 + epoch as u64) {
            let choice = data[at];
            let scores: Vec<f32> = choice.candidates.iter().map(|it| learner.score(it)).collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let shares = normal(scores.iter().map(|it| (it - top).exp()).collect());
            // The target lies on the best, a little on those near it.
            let best = choice.worth.iter().copied().fold(0.0, f32::max);
            let target = |worth: f32| {
                if worth >= best - 1e-4 {
                    1.0
                } else if worth > 0.5 {
                    0.5 * (8.0 * (worth - best)).exp()
                } else {
                    0.0
                }
            };
            let targets = normal(choice.worth.iter().map(|it| target(*it)).collect());
            for ((slots, share), target) in choice.candidates.iter().zip(&shares).zip(&targets) {
                if (share - target).abs() > 0.002 {
                    learner.step(slots, share - target);
                }
            }
        }
        learner.end_epoch(EPOCHS, epoch);
    }
    learner.table()
}

fn normal(mut shares: Vec<f32>) -> Vec<f32> {
    let total: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|it| *it /= total);
    shares
}

/// What the last decision learns from: a guess of models that have not seen its article, and whether it was right.
struct Evidence {
    fold: usize,
    numbers: [f32; N_EVIDENCE],
    slots: Vec<u32>,
    right: bool,
}

/// The last decision: logistic regression on its numbers and on the features of the whole, one step a guess.
fn with_last_say(weights: Weights, evidence: &[Evidence], skip: Option<usize>) -> Weights {
    let data: Vec<&Evidence> = evidence.iter().filter(|it| Some(it.fold) != skip).collect();
    let mut numbers = [0f32; N_EVIDENCE];
    let mut squares = [1f32; N_EVIDENCE];
    let mut sums = [0f32; N_EVIDENCE];
    let mut learner = Learner::new();
    for epoch in 0..LAST_EPOCHS {
        for it in shuffled(data.len(), 100 + epoch as u64).into_iter().map(|at| data[at]) {
            let logit: f32 = numbers.iter().zip(&it.numbers).map(|(w, x)| w * x).sum();
            let miss = 1.0 / (1.0 + (-logit - learner.score(&it.slots)).exp()) - f32::from(u8::from(it.right));
            for ((weight, square), x) in numbers.iter_mut().zip(&mut squares).zip(&it.numbers) {
                let gradient = miss * x;
                *square += gradient * gradient;
                *weight -= RATE * gradient / square.sqrt();
            }
            learner.step_with(&it.slots, miss, LAST_RATE, LAST_DECAY);
        }
        learner.end_epoch(LAST_EPOCHS, epoch);
        if epoch >= LAST_EPOCHS / 2 {
            sums.iter_mut().zip(&numbers).for_each(|(sum, it)| *sum += it / (LAST_EPOCHS - LAST_EPOCHS / 2) as f32);
        }
    }
    Weights { accept: sums.to_vec(), whole: learner.table(), ..weights }
}

/// Which guesses are right: content half shared, sources overlapping, one to one, in the order of what was marked.
fn matched(gold: &[Marked], guesses: &[Guess]) -> Vec<bool> {
    let mut right = vec![false; guesses.len()];
    for mark in gold.iter().filter(|it| !it.source.is_empty()) {
        let hit = guesses.iter().enumerate().position(|(at, guess)| {
            !right[at]
                && !guess.marked.source.is_empty()
                && training::overlap(&mark.content, &guess.marked.content) >= 0.5
                && training::overlap(&mark.source, &guess.marked.source) > 0.0
        });
        if let Some(at) = hit {
            right[at] = true;
        }
    }
    right
}

/// Joint F1 by threshold.
fn sweep<'a>(articles: impl Iterator<Item = &'a Parsed>, weights: &Weights) {
    let articles: Vec<_> = articles.collect();
    for step in 6..13 {
        let score_min = step as f32 * 0.04;
        let (mut n_right, mut n_found, mut n_gold) = (0, 0, 0);
        for it in &articles {
            let guesses = training::guesses(&it.article, &it.known, weights, score_min);
            n_right += matched(&it.gold, &guesses).iter().filter(|it| **it).count();
            n_found += guesses.iter().filter(|it| !it.marked.source.is_empty()).count();
            n_gold += it.gold.iter().filter(|it| !it.source.is_empty()).count();
        }
        print!(" {score_min:.2}: {:.4}", 2.0 * n_right as f64 / (n_found + n_gold) as f64);
    }
    println!();
}

/// `0..n` in an order that depends on the seed alone.
fn shuffled(n: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for at in (1..n).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        order.swap(at, (state % (at as u64 + 1)) as usize);
    }
    order
}
