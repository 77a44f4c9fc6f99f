//! Plain loops that a compiler turns into vector code. The AVX kernels reuse the small routines: compiled
//! inside a function with wider instructions, the same loops become wider code with the same results.

pub(crate) use super::int16::int16_rows;
use super::{HIDDEN, Layer, Norm, PIECES, WIDTH};

/// Rows computed together, to use each weight more than once.
const ROWS: usize = 2;
const LANES: usize = 8;
const BLOCK: usize = 3 * LANES;

pub(crate) fn affine(layer: &Layer, x: &[f32], x_stride: usize, n_rows: usize, out: &mut [f32]) {
    let stride = layer.stride();
    each_tile(layer, x, x_stride, n_rows, |row, block, sums| {
        let at = row * stride + block * BLOCK;
        out[at..at + BLOCK].copy_from_slice(sums);
    });
}

pub(crate) fn maxout(layer: &Layer, x: &[f32], x_stride: usize, n_rows: usize, out: &mut [f32]) {
    each_tile(layer, x, x_stride, n_rows, |row, block, sums| {
        let at = row * WIDTH + block * LANES;
        for (lane, slot) in out[at..at + LANES].iter_mut().enumerate() {
            *slot = larger(larger(sums[lane], sums[LANES + lane]), sums[2 * LANES + lane]);
        }
    });
}

/// Calls `store(row, block, outputs)` for every row and block of outputs.
#[inline(always)]
fn each_tile(
    layer: &Layer,
    x: &[f32],
    x_stride: usize,
    n_rows: usize,
    mut store: impl FnMut(usize, usize, &[f32; BLOCK]),
) {
    let n_in = layer.n_in;
    for block in 0..layer.n_blocks {
        let (weights, _) = layer.weights[block * n_in * BLOCK..(block + 1) * n_in * BLOCK].as_chunks::<BLOCK>();
        let mut bias = [0.0; BLOCK];
        bias.copy_from_slice(&layer.bias[block * BLOCK..(block + 1) * BLOCK]);
        let mut row = 0;
        while row + ROWS <= n_rows {
            let rows: [&[f32]; ROWS] = std::array::from_fn(|r| &x[(row + r) * x_stride..(row + r) * x_stride + n_in]);
            for (r, sums) in tile(weights, rows, &bias).iter().enumerate() {
                store(row + r, block, sums);
            }
            row += ROWS;
        }
        while row < n_rows {
            let [sums] = tile(weights, [&x[row * x_stride..row * x_stride + n_in]], &bias);
            store(row, block, &sums);
            row += 1;
        }
    }
}

#[inline(always)]
fn tile<const R: usize>(weights: &[[f32; BLOCK]], rows: [&[f32]; R], bias: &[f32; BLOCK]) -> [[f32; BLOCK]; R] {
    let mut sums = [*bias; R];
    for (i, weight) in weights.iter().enumerate() {
        for r in 0..R {
            let value = rows[r][i];
            for lane in 0..BLOCK {
                sums[r][lane] += weight[lane] * value;
            }
        }
    }
    sums
}

/// `f32::max` without its care for NaN, which keeps it one instruction.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline(always)]
pub(crate) fn norm(norm: &Norm, y: &[f32], residual: Option<&[f32]>, out: &mut [f32]) {
    let (y, _) = y.as_chunks::<WIDTH>();
    let (out, _) = out.as_chunks_mut::<WIDTH>();
    let (gain, bias) = (norm.gain.first_chunk::<WIDTH>(), norm.bias.first_chunk::<WIDTH>());
    let (Some(gain), Some(bias)) = (gain, bias) else { return };
    let residual = residual.map(|rows| rows.as_chunks::<WIDTH>().0);
    for (row, (y, out)) in y.iter().zip(out).enumerate() {
        let mean = lane_sum(y, |value| value) / WIDTH as f32;
        // The small constant stands inside the root: added to the variance, as thinc does.
        let variance = lane_sum(y, |value| (value - mean) * (value - mean)) / WIDTH as f32 + 1e-8;
        let scale = 1.0 / variance.sqrt();
        for i in 0..WIDTH {
            out[i] = (y[i] - mean) * scale * gain[i] + bias[i];
        }
        if let Some(before) = residual.and_then(|rows| rows.get(row)) {
            for i in 0..WIDTH {
                out[i] += before[i];
            }
        }
    }
}

/// A sum in eight independent lanes: the order is fixed, so every kernel gets the same bits.
#[inline(always)]
fn lane_sum(y: &[f32; WIDTH], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; LANES];
    for chunk in y.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            lanes[lane] += term(chunk[lane]);
        }
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

#[inline(always)]
pub(crate) fn sum_pieces_8(left: &[f32], centre: &[f32], right: &[f32], out: &mut [f32]) {
    sum_pieces::<8>(left, centre, right, out);
}

#[inline(always)]
pub(crate) fn sum_pieces_16(left: &[f32], centre: &[f32], right: &[f32], out: &mut [f32]) {
    sum_pieces::<16>(left, centre, right, out);
}

#[inline(always)]
fn sum_pieces<const L: usize>(left: &[f32], centre: &[f32], right: &[f32], out: &mut [f32]) {
    let whole = [left, centre, right].map(|it| it.first_chunk::<{ PIECES * WIDTH }>());
    let ([Some(left), Some(centre), Some(right)], Some(out)) = (whole, out.first_chunk_mut::<WIDTH>()) else { return };
    for block in 0..WIDTH / L {
        let base = block * PIECES * L;
        for lane in 0..L {
            let sum = |piece: usize| {
                let at = base + piece * L + lane;
                left[at] + centre[at] + right[at]
            };
            out[block * L + lane] = larger(larger(sum(0), sum(1)), sum(2));
        }
    }
}

#[inline(always)]
pub(crate) fn hidden(bias: &[f32], features: &[&[f32]], out: &mut [f32; HIDDEN]) {
    let Some(bias) = bias.first_chunk::<{ 2 * HIDDEN }>() else { return };
    let mut sums = *bias;
    for feature in features {
        if let Some(feature) = feature.first_chunk::<{ 2 * HIDDEN }>() {
            for i in 0..2 * HIDDEN {
                sums[i] += feature[i];
            }
        }
    }
    for i in 0..HIDDEN {
        out[i] = larger(sums[i], sums[HIDDEN + i]);
    }
}
