//! Window layers in 16-bit integers: weights of 14 bits with a scale per output, activations of 15 bits with one
//! scale for all rows of a block, sums of 32 bits.
//!
//! A block's scale is its own, not the document's, so that a text of any length is read in the same room; blocks are
//! cut by token number, so the same text still gives the same result.
//!
//! Integer sums are exact, so every kernel gives the same bits. None can overflow, because the scale of a block is
//! chosen from its own values. With `m[i]` the largest `|x[r][i]|` over the rows `r`, and `w` the integer weights of
//! an output, rounding makes `|q[i]| <= s * m[i] * (1 + 2^-23) + 1/2` of a value, so any partial sum is at most
//! `s * sum |w[i]| m[i] * (1 + 2^-23) + sum |w[i]| / 2`. [`Int16Layer::scale`] keeps that below 2^31.

use super::aligned::Aligned;
use super::{Engine, Kernel, PIECES, WIDTH};

/// Rows of a window: the token before, the token, the token after.
const WINDOW: usize = 3;
const N_IN: usize = WINDOW * WIDTH;
const N_OUT: usize = PIECES * WIDTH;
const WEIGHT_MAX: f32 = 8191.0;
const VALUE_MAX: f32 = 16383.0;
/// Largest sum to allow: the 2^21 below 2^31 make up for what 32-bit floats round in [`Int16Layer::scale`], where
/// a sum of 96 products errs by less than 2^-16 of itself.
const SUM_MAX: f32 = ((1u32 << 31) - (1 << 21)) as f32;
/// Added to a float of less than 2^22, this leaves its nearest integer in the low bits.
const ROUNDER: f32 = 12_582_912.0;

/// A maxout layer over windows of three rows, [`WIDTH`] wide.
pub(crate) struct Int16Layer {
    /// Integers of 32 bits that a register holds.
    pub(super) lanes: usize,
    /// `[block][pair of inputs][piece][lane][2]`.
    pub(super) weights: Aligned<i16>,
    /// `[block][piece][lane]`, as all below.
    bias: Vec<f32>,
    /// What one unit of a weight is worth.
    units: Vec<f32>,
    /// For each output, and each place in a row: the sum of `|w|` over the rows of the window.
    reach: Vec<[f32; WIDTH]>,
    /// Largest sum of `|w| / 2` of an output.
    rounding: f32,
}

/// Activations in integers, and what turns sums back to floats.
#[derive(Default)]
pub(crate) struct Int16Rows {
    pub(super) values: Vec<i16>,
    /// By output, as [`Int16Layer`] orders them: worth of a unit of its sums.
    pub(super) units: Vec<f32>,
}

impl Engine {
    /// Packs a maxout layer of weights `[output][piece][input]` as integers.
    pub(crate) fn maxout_int16(self, weights: &[f32], bias: &[f32]) -> Int16Layer {
        assert!(weights.len() == N_OUT * N_IN && bias.len() == N_OUT, "layer of another size");
        let lanes = if has_vnni(self) { 16 } else { 8 };
        let mut layer = Int16Layer {
            lanes,
            weights: Aligned::zeroed(N_OUT * N_IN),
            bias: vec![0.0; N_OUT],
            units: vec![0.0; N_OUT],
            reach: vec![[0.0; WIDTH]; N_OUT],
            rounding: 0.0,
        };
        for (row, floats) in weights.as_chunks::<N_IN>().0.iter().enumerate() {
            let (output, piece) = (row / PIECES, row % PIECES);
            let (block, lane) = (output / lanes, output % lanes);
            let at = block * PIECES * lanes + piece * lanes + lane;
            let largest = floats.iter().fold(0.0f32, |max, it| max.max(it.abs())).max(f32::MIN_POSITIVE);
            layer.bias[at] = bias[row];
            layer.units[at] = largest / WEIGHT_MAX;
            for (i, &float) in floats.iter().enumerate() {
                let weight = (float / largest * WEIGHT_MAX).round_ties_even() as i16;
                let pair = (block * N_IN / 2 + i / 2) * PIECES + piece;
                layer.weights[(pair * lanes + lane) * 2 + i % 2] = weight;
                layer.reach[at][i % WIDTH] += f32::from(weight).abs();
            }
            layer.rounding = layer.rounding.max(layer.reach[at].iter().sum::<f32>() / 2.0);
        }
        layer
    }

    /// `out[r] = max over pieces of (W [x[r], x[r + 1], x[r + 2]] + b)`, [`WIDTH`] floats a row, with values and
    /// weights rounded to integers. All rows of `x` share one scale; `rows` is room to work in.
    pub(crate) fn maxout_rows_int16(self, layer: &Int16Layer, x: &[f32], rows: &mut Int16Rows, out: &mut [f32]) {
        let (x, _) = x.as_chunks::<WIDTH>();
        rows.values.resize(x.len() * WIDTH, 0);
        rows.units.resize(N_OUT, 0.0);
        dispatch!(self, int16_rows(layer, x, rows));
        let n_rows = x.len().saturating_sub(WINDOW - 1);
        assert!(n_rows * WIDTH <= out.len(), "output rows");
        self.sum_int16(layer, rows, &mut out[..n_rows * WIDTH]);
    }

    /// The sums alone, for rows that are integers by now.
    pub(super) fn sum_int16(self, layer: &Int16Layer, rows: &Int16Rows, out: &mut [f32]) {
        match self.kernel() {
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 if layer.lanes == 16 => super::avx512::maxout_int16(self, layer, rows, out),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 | Kernel::Avx2 => super::avx2::maxout_int16(self, layer, rows, out),
            _ => portable_maxout(layer, rows, out),
        }
    }
}

/// Whether the processor multiplies and adds 16-bit integers in one step, 16 sums at a time.
pub(super) fn has_vnni(engine: Engine) -> bool {
    match engine.kernel() {
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512 => std::is_x86_feature_detected!("avx512bw") && std::is_x86_feature_detected!("avx512vnni"),
        _ => false,
    }
}

impl Int16Layer {
    pub(super) fn n_blocks(&self) -> usize {
        WIDTH / self.lanes
    }

    /// The bias of each output, in the order of its sums.
    pub(super) fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// Units to a value of 1: as many as 15 bits hold and no sum can overflow with.
    #[inline(always)]
    fn scale(&self, largest: &[f32; WIDTH]) -> f32 {
        let of_values = largest.iter().fold(f32::MIN_POSITIVE, |max, &it| if it > max { it } else { max });
        let mut of_sums = f32::MIN_POSITIVE;
        for reach in &self.reach {
            let mut lanes = [0.0f32; 8];
            for (reach, largest) in reach.as_chunks::<8>().0.iter().zip(largest.as_chunks::<8>().0) {
                for lane in 0..8 {
                    lanes[lane] += reach[lane] * largest[lane];
                }
            }
            let sum: f32 = lanes.iter().sum();
            of_sums = if sum > of_sums { sum } else { of_sums };
        }
        let scale = (VALUE_MAX / of_values).min((SUM_MAX - self.rounding) / of_sums);
        if scale.is_finite() { scale } else { 1.0 }
    }
}

/// Rounds activations to integers.
#[inline(always)]
pub(crate) fn int16_rows(layer: &Int16Layer, x: &[[f32; WIDTH]], rows: &mut Int16Rows) {
    let mut largest = [0.0f32; WIDTH];
    for row in x {
        for i in 0..WIDTH {
            let value = row[i].abs();
            largest[i] = if value > largest[i] { value } else { largest[i] };
        }
    }
    let scale = layer.scale(&largest);
    for (values, row) in rows.values.as_chunks_mut::<WIDTH>().0.iter_mut().zip(x) {
        for i in 0..WIDTH {
            values[i] = (row[i] * scale + ROUNDER).to_bits() as i16;
        }
    }
    for (unit, of_weight) in rows.units.iter_mut().zip(&layer.units) {
        *unit = of_weight / scale;
    }
}

/// Checks that a kernel may read a window of `rows` for every row of `out`, and all of `layer`.
pub(super) fn check(layer: &Int16Layer, rows: &Int16Rows, out: &[f32]) -> usize {
    let n_rows = out.len() / WIDTH;
    assert!(n_rows == 0 || (n_rows + WINDOW - 1) * WIDTH <= rows.values.len(), "input rows");
    assert!(layer.weights.len() == N_OUT * N_IN && layer.lanes * layer.n_blocks() == WIDTH, "weights");
    assert!(layer.bias.len() == N_OUT && rows.units.len() == N_OUT, "outputs");
    n_rows
}

/// Pairs of inputs of a window.
pub(super) const PAIRS: usize = N_IN / 2;

/// Lanes and outputs of a block where there are no registers to fill.
const LANES: usize = 8;
const BLOCK: usize = PIECES * LANES;

fn portable_maxout(layer: &Int16Layer, rows: &Int16Rows, out: &mut [f32]) {
    assert!(layer.lanes == LANES);
    check(layer, rows, out);
    let (weights, _) = layer.weights.as_chunks::<{ 2 * BLOCK }>();
    let (bias, units) = (layer.bias.as_chunks::<BLOCK>().0, rows.units.as_chunks::<BLOCK>().0);
    for (block, weights) in weights.chunks_exact(PAIRS).enumerate() {
        for (row, out) in out.as_chunks_mut::<WIDTH>().0.iter_mut().enumerate() {
            let (values, _) = rows.values[row * WIDTH..][..N_IN].as_chunks::<2>();
            let mut sums = [0i32; BLOCK];
            for (weights, &[first, second]) in weights.iter().zip(values) {
                for at in 0..BLOCK {
                    // Wrapping only for the sake of weights that are not numbers: others cannot.
                    let a = i32::from(weights[2 * at]) * i32::from(first);
                    let b = i32::from(weights[2 * at + 1]) * i32::from(second);
                    sums[at] = sums[at].wrapping_add(a.wrapping_add(b));
                }
            }
            for lane in 0..LANES {
                let piece = |piece: usize| {
                    let at = piece * LANES + lane;
                    sums[at] as f32 * units[block][at] + bias[block][at]
                };
                let larger = |a: f32, b: f32| if a > b { a } else { b };
                out[block * LANES + lane] = larger(larger(piece(0), piece(1)), piece(2));
            }
        }
    }
}
