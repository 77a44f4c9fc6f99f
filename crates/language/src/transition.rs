//! What parser and entity recogniser share: a small network that scores the next move from a few tokens.

pub(crate) mod entities;
pub(crate) mod parser;
pub(crate) mod projectivity;

use crate::Error;
use crate::kernel::{Engine, HIDDEN, Layer, WIDTH, aligned::AlignedFloats};
use crate::weights::{Weights, field, text, unpack};

/// Floats of a feature's share in the hidden layer: two pieces of each output.
const SHARE: usize = 2 * HIDDEN;
/// Tokens whose shares are kept. Older ones are computed again in the rare case that a move looks at them.
const RING_TOKENS: usize = 1024;
/// Tokens whose shares are computed together.
const AHEAD_TOKENS: usize = 64;
/// Most features of a state: the parser's.
const FEATURES_MAX: usize = 8;

/// The weights of a transition model.
pub(crate) struct TransitionModel {
    /// From an encoder row to the token's input here.
    reduce: Layer,
    /// From that to the token's share in the hidden layer, for every feature it may stand for.
    shares: Layer,
    /// What an absent token contributes, per feature.
    pad: Vec<f32>,
    bias: Vec<f32>,
    output: Layer,
    n_features: usize,
}

impl TransitionModel {
    pub(crate) fn read(
        engine: Engine,
        weights: &Weights<'_>,
        n_features: usize,
        n_classes: usize,
    ) -> Result<TransitionModel, Error> {
        // Breadth first, the output layer comes before the one inside the token's branch.
        let w = weights.array("linear", 1, "W", &[HIDDEN, WIDTH])?;
        let b = weights.array("linear", 1, "b", &[HIDDEN])?;
        let reduce = engine.linear(WIDTH, &w.data, &b.data);
        let name = "precomputable_affine";
        let w = weights.array(name, 0, "W", &[n_features, HIDDEN, 2, HIDDEN])?;
        let b = weights.array(name, 0, "b", &[HIDDEN, 2])?;
        let pad = weights.array(name, 0, "pad", &[1, n_features, HIDDEN, 2])?;
        // Outputs of a piece are put together: `[feature][piece][output]`.
        let place = |row: usize| row / SHARE * SHARE + row % 2 * HIDDEN + row % SHARE / 2;
        let mut ordered = vec![0.0; w.data.len()];
        for (row, values) in w.data.as_chunks::<HIDDEN>().0.iter().enumerate() {
            let start = place(row) * HIDDEN;
            ordered[start..start + HIDDEN].copy_from_slice(values);
        }
        let reorder = |values: &[f32]| {
            let mut ordered = vec![0.0; values.len()];
            for (row, &value) in values.iter().enumerate() {
                ordered[place(row)] = value;
            }
            ordered
        };
        let shares = engine.linear(HIDDEN, &ordered, &vec![0.0; n_features * SHARE]);
        let w = weights.array("linear", 0, "W", &[n_classes, HIDDEN])?;
        let out_b = weights.array("linear", 0, "b", &[n_classes])?;
        let output = engine.linear(HIDDEN, &w.data, &out_b.data);
        Ok(TransitionModel { reduce, shares, pad: reorder(&pad.data), bias: reorder(&b.data), output, n_features })
    }

    /// Turns encoder rows into the inputs of this model, appended to `inputs`.
    pub(crate) fn reduce(&self, engine: Engine, rows: &[f32], inputs: &mut Vec<f32>) {
        let n_rows = rows.len() / WIDTH;
        let start = inputs.len();
        inputs.resize(start + n_rows * self.reduce.stride(), 0.0);
        engine.affine(&self.reduce, rows, WIDTH, n_rows, &mut inputs[start..]);
    }
}

/// Room for scoring, kept between texts.
pub(crate) struct Scorer {
    ring: AlignedFloats,
    /// Rows of tokens that have left the ring, one for each feature.
    old: Vec<f32>,
    old_token: [usize; FEATURES_MAX],
    /// Tokens whose shares have been computed.
    n_done: usize,
    scores: Vec<f32>,
}

impl Scorer {
    pub(crate) fn new(model: &TransitionModel) -> Scorer {
        Scorer {
            ring: AlignedFloats::zeroed(RING_TOKENS * model.shares.stride()),
            old: vec![0.0; FEATURES_MAX * model.shares.stride()],
            old_token: [usize::MAX; FEATURES_MAX],
            n_done: 0,
            scores: vec![0.0; model.output.stride()],
        }
    }

    /// Makes ready for another text.
    pub(crate) fn restart(&mut self) {
        self.n_done = 0;
        self.old_token = [usize::MAX; FEATURES_MAX];
    }

    /// Scores of all classes in a state that looks at these tokens; `None` is an absent one.
    pub(crate) fn scores<const F: usize>(
        &mut self,
        engine: Engine,
        model: &TransitionModel,
        inputs: &[f32],
        tokens: [Option<usize>; F],
    ) -> &[f32] {
        debug_assert_eq!(F, model.n_features);
        let stride = model.shares.stride();
        for (feature, token) in tokens.iter().enumerate() {
            if let &Some(token) = token {
                self.make(engine, model, inputs, feature, token);
            }
        }
        let shares: [&[f32]; F] = std::array::from_fn(|feature| {
            let part = feature * SHARE..(feature + 1) * SHARE;
            match tokens[feature] {
                None => &model.pad[part],
                Some(token) if self.in_ring(token) => &self.ring[token % RING_TOKENS * stride..][part],
                Some(_) => &self.old[feature * stride..][part],
            }
        });
        let mut hidden = [0.0; HIDDEN];
        engine.hidden(&model.bias, &shares, &mut hidden);
        engine.affine(&model.output, &hidden, HIDDEN, 1, &mut self.scores);
        &self.scores
    }

    fn in_ring(&self, token: usize) -> bool {
        token + RING_TOKENS >= self.n_done.next_multiple_of(AHEAD_TOKENS)
    }

    fn make(&mut self, engine: Engine, model: &TransitionModel, inputs: &[f32], feature: usize, token: usize) {
        let (stride, in_stride) = (model.shares.stride(), model.reduce.stride());
        while token >= self.n_done {
            let n_new = (inputs.len() / in_stride - self.n_done).min(AHEAD_TOKENS);
            let out = &mut self.ring[self.n_done % RING_TOKENS * stride..][..n_new * stride];
            engine.affine(&model.shares, &inputs[self.n_done * in_stride..], in_stride, n_new, out);
            self.n_done += n_new;
        }
        if !self.in_ring(token) && self.old_token[feature] != token {
            let out = &mut self.old[feature * stride..][..stride];
            engine.affine(&model.shares, &inputs[token * in_stride..], in_stride, 1, out);
            self.old_token[feature] = token;
        }
    }
}

/// Labels of every action in class order: for each action the most frequent label first, ties by label downwards.
pub(crate) fn read_moves(file: &str, bytes: &[u8]) -> Result<Vec<Vec<String>>, Error> {
    let root = unpack(file, bytes)?;
    let json = field(&root, "moves").and_then(text).ok_or_else(|| Error::damaged(file, "it has no `moves`"))?;
    let moves: serde_json::Value = serde_json::from_str(json)
        .map_err(|error| Error::damaged(file, format!("its moves are not JSON ({error})")))?;
    let actions = moves.as_object().ok_or_else(|| Error::damaged(file, "its moves are not an object"))?;
    let mut classes = Vec::new();
    for action in 0..actions.len() {
        let labels = actions.get(&action.to_string()).and_then(serde_json::Value::as_object);
        let labels = labels.ok_or_else(|| Error::damaged(file, format!("it has no labels for action {action}")))?;
        let mut ordered: Vec<(i64, &str)> =
            labels.iter().map(|(label, freq)| (freq.as_i64().unwrap_or(0), label.as_str())).collect();
        ordered.sort_unstable();
        classes.push(ordered.into_iter().rev().map(|(_, label)| label.to_string()).collect());
    }
    Ok(classes)
}

/// The first of the highest scores in `range`, if it beats `best`.
#[inline]
pub(crate) fn better(scores: &[f32], range: std::ops::Range<usize>, best: &mut (f32, usize)) {
    let start = range.start;
    for (i, &score) in scores[range].iter().enumerate() {
        if score > best.0 {
            *best = (score, start + i);
        }
    }
}

/// Fails unless the moves have as many actions as the model kind knows.
pub(crate) fn check_actions(file: &str, classes: &[Vec<String>], n_actions: usize) -> Result<(), Error> {
    if classes.len() == n_actions && classes.last().is_some_and(|it| !it.is_empty()) {
        return Ok(());
    }
    Err(Error::unsupported(file, format!("it has {} actions, not {n_actions}", classes.len())))
}
