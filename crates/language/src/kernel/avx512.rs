//! The AVX-512 kernel: 16 floats to a register, 8 rows against three registers of outputs at a time.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::int16::{self, Int16Layer, Int16Rows};
use super::{Engine, HIDDEN, Kernel, Layer, Norm, WIDTH, portable};

const LANES: usize = 16;
const BLOCK: usize = 3 * LANES;
/// Rows computed together: 8 times 3 sums, 3 weights and 1 input fit in the 32 registers.
const ROWS: usize = 8;
/// Blocks computed together for a single row, to hide the latency of a multiply-add.
const WIDE: usize = 4;

pub(crate) fn affine(engine: Engine, layer: &Layer, x: &[f32], x_stride: usize, n_rows: usize, out: &mut [f32]) {
    assert!(engine.kernel() == Kernel::Avx512 && layer.lanes == LANES);
    super::check(layer, x, x_stride, n_rows, out.len(), layer.stride());
    // SAFETY: an `Engine` of this kernel exists only after the processor was found to have its instructions,
    // and `check` has just shown that every row and block lies inside its slice.
    unsafe { rows::<false>(layer, x.as_ptr(), x_stride, n_rows, out.as_mut_ptr(), layer.stride()) }
}

pub(crate) fn maxout(engine: Engine, layer: &Layer, x: &[f32], x_stride: usize, n_rows: usize, out: &mut [f32]) {
    assert!(engine.kernel() == Kernel::Avx512 && layer.lanes == LANES && layer.n_blocks * LANES == WIDTH);
    super::check(layer, x, x_stride, n_rows, out.len(), WIDTH);
    // SAFETY: as in `affine`; a block writes `LANES` floats of a row of `WIDTH`.
    unsafe { rows::<true>(layer, x.as_ptr(), x_stride, n_rows, out.as_mut_ptr(), WIDTH) }
}

pub(crate) fn norm(engine: Engine, norm: &Norm, y: &[f32], residual: Option<&[f32]>, out: &mut [f32]) {
    #[target_feature(enable = "avx512f,avx2,fma")]
    fn inner(norm: &Norm, y: &[f32], residual: Option<&[f32]>, out: &mut [f32]) {
        portable::norm(norm, y, residual, out);
    }
    assert!(engine.kernel() == Kernel::Avx512);
    // SAFETY: the processor has the instructions, as shown by the engine; the routine itself is safe code.
    unsafe { inner(norm, y, residual, out) }
}

pub(crate) fn sum_pieces_8(engine: Engine, left: &[f32], centre: &[f32], right: &[f32], out: &mut [f32]) {
    #[target_feature(enable = "avx512f,avx2,fma")]
    fn inner(left: &[f32], centre: &[f32], right: &[f32], out: &mut [f32]) {
        portable::sum_pieces_8(left, centre, right, out);
    }
    assert!(engine.kernel() == Kernel::Avx512);
    // SAFETY: as in `norm`.
    unsafe { inner(left, centre, right, out) }
}

pub(crate) fn sum_pieces_16(engine: Engine, left: &[f32], centre: &[f32], right: &[f32], out: &mut [f32]) {
    #[target_feature(enable = "avx512f,avx2,fma")]
    fn inner(left: &[f32], centre: &[f32], right: &[f32], out: &mut [f32]) {
        portable::sum_pieces_16(left, centre, right, out);
    }
    assert!(engine.kernel() == Kernel::Avx512);
    // SAFETY: as in `norm`.
    unsafe { inner(left, centre, right, out) }
}

pub(crate) fn hidden(engine: Engine, bias: &[f32], features: &[&[f32]], out: &mut [f32; HIDDEN]) {
    #[target_feature(enable = "avx512f,avx2,fma")]
    fn inner(bias: &[f32], features: &[&[f32]], out: &mut [f32; HIDDEN]) {
        portable::hidden(bias, features, out);
    }
    assert!(engine.kernel() == Kernel::Avx512);
    // SAFETY: as in `norm`.
    unsafe { inner(bias, features, out) }
}

pub(crate) fn int16_rows(engine: Engine, layer: &Int16Layer, x: &[[f32; WIDTH]], rows: &mut Int16Rows) {
    #[target_feature(enable = "avx512f,avx2,fma")]
    fn inner(layer: &Int16Layer, x: &[[f32; WIDTH]], rows: &mut Int16Rows) {
        int16::int16_rows(layer, x, rows);
    }
    assert!(engine.kernel() == Kernel::Avx512);
    // SAFETY: as in `norm`.
    unsafe { inner(layer, x, rows) }
}

/// All rows against all blocks. The block loop is outside, so a block's weights stay in the nearest cache.
///
/// # Safety
/// The processor must have the instructions; `x` must hold `n_rows` rows of `layer.n_in` floats `x_stride` apart,
/// and `out` `n_rows` rows of `out_stride` floats that the blocks fit in.
#[target_feature(enable = "avx512f,avx2,fma")]
unsafe fn rows<const MAX: bool>(
    layer: &Layer,
    x: *const f32,
    x_stride: usize,
    n_rows: usize,
    out: *mut f32,
    out_stride: usize,
) {
    let out_step = if MAX { LANES } else { BLOCK };
    let (weights, bias) = (layer.weights.as_ptr(), layer.bias.as_ptr());
    let weights_step = layer.n_in * BLOCK;
    // SAFETY: every pointer below stays inside the ranges that this function's contract promises: block index
    // below `n_blocks`, row index below `n_rows`.
    unsafe {
        if n_rows == 1 {
            let mut block = 0;
            while block + WIDE <= layer.n_blocks {
                let (w, b) = (weights.add(block * weights_step), bias.add(block * BLOCK));
                row::<WIDE, MAX>(w, weights_step, b, x, layer.n_in, out.add(block * out_step));
                block += WIDE;
            }
            while block < layer.n_blocks {
                let (w, b) = (weights.add(block * weights_step), bias.add(block * BLOCK));
                row::<1, MAX>(w, weights_step, b, x, layer.n_in, out.add(block * out_step));
                block += 1;
            }
            return;
        }
        for block in 0..layer.n_blocks {
            let (w, b) = (weights.add(block * weights_step), bias.add(block * BLOCK));
            let out = out.add(block * out_step);
            let mut at = 0;
            while at + ROWS <= n_rows {
                tile::<ROWS, MAX>(
                    w,
                    b,
                    x.add(at * x_stride),
                    x_stride,
                    layer.n_in,
                    out.add(at * out_stride),
                    out_stride,
                );
                at += ROWS;
            }
            let (x, out) = (x.add(at * x_stride), out.add(at * out_stride));
            match n_rows - at {
                7 => tile::<7, MAX>(w, b, x, x_stride, layer.n_in, out, out_stride),
                6 => tile::<6, MAX>(w, b, x, x_stride, layer.n_in, out, out_stride),
                5 => tile::<5, MAX>(w, b, x, x_stride, layer.n_in, out, out_stride),
                4 => tile::<4, MAX>(w, b, x, x_stride, layer.n_in, out, out_stride),
                3 => tile::<3, MAX>(w, b, x, x_stride, layer.n_in, out, out_stride),
                2 => tile::<2, MAX>(w, b, x, x_stride, layer.n_in, out, out_stride),
                1 => tile::<1, MAX>(w, b, x, x_stride, layer.n_in, out, out_stride),
                _ => (),
            }
        }
    }
}

/// `R` rows against one block.
///
/// # Safety
/// As for [`rows`]: `w` holds `n_in` times `BLOCK` floats, `bias` `BLOCK`, `x` `R` rows, `out` `R` rows.
#[inline]
#[target_feature(enable = "avx512f,avx2,fma")]
unsafe fn tile<const R: usize, const MAX: bool>(
    w: *const f32,
    bias: *const f32,
    x: *const f32,
    x_stride: usize,
    n_in: usize,
    out: *mut f32,
    out_stride: usize,
) {
    // SAFETY: reads and writes stay inside the ranges of the contract.
    unsafe {
        let first = [_mm512_loadu_ps(bias), _mm512_loadu_ps(bias.add(LANES)), _mm512_loadu_ps(bias.add(2 * LANES))];
        let mut sums = [first; R];
        for i in 0..n_in {
            let w = w.add(i * BLOCK);
            let weights = [_mm512_loadu_ps(w), _mm512_loadu_ps(w.add(LANES)), _mm512_loadu_ps(w.add(2 * LANES))];
            for (r, sums) in sums.iter_mut().enumerate() {
                let value = _mm512_set1_ps(*x.add(r * x_stride + i));
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum = _mm512_fmadd_ps(weight, value, *sum);
                }
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            store::<MAX>(sums, out.add(r * out_stride));
        }
    }
}

/// One row against `B` blocks.
///
/// # Safety
/// As for [`rows`]: `w` holds `B` blocks `weights_step` apart, `bias` `B` times `BLOCK` floats, `x` `n_in` floats.
#[inline]
#[target_feature(enable = "avx512f,avx2,fma")]
unsafe fn row<const B: usize, const MAX: bool>(
    w: *const f32,
    weights_step: usize,
    bias: *const f32,
    x: *const f32,
    n_in: usize,
    out: *mut f32,
) {
    // SAFETY: reads and writes stay inside the ranges of the contract.
    unsafe {
        let mut sums = [[_mm512_setzero_ps(); 3]; B];
        for (b, sums) in sums.iter_mut().enumerate() {
            for (v, sum) in sums.iter_mut().enumerate() {
                *sum = _mm512_loadu_ps(bias.add(b * BLOCK + v * LANES));
            }
        }
        for i in 0..n_in {
            let value = _mm512_set1_ps(*x.add(i));
            for (b, sums) in sums.iter_mut().enumerate() {
                let w = w.add(b * weights_step + i * BLOCK);
                for (v, sum) in sums.iter_mut().enumerate() {
                    *sum = _mm512_fmadd_ps(_mm512_loadu_ps(w.add(v * LANES)), value, *sum);
                }
            }
        }
        for (b, sums) in sums.into_iter().enumerate() {
            store::<MAX>(sums, out.add(b * if MAX { LANES } else { BLOCK }));
        }
    }
}

/// Writes a block's outputs, or the largest of its three pieces.
///
/// # Safety
/// `out` holds `LANES` floats if `MAX`, else `BLOCK`.
#[inline]
#[target_feature(enable = "avx512f,avx2,fma")]
unsafe fn store<const MAX: bool>(sums: [__m512; 3], out: *mut f32) {
    // SAFETY: the contract gives the room.
    unsafe {
        let [a, b, c] = sums;
        if MAX {
            _mm512_storeu_ps(out, _mm512_max_ps(_mm512_max_ps(a, b), c));
        } else {
            _mm512_storeu_ps(out, a);
            _mm512_storeu_ps(out.add(LANES), b);
            _mm512_storeu_ps(out.add(2 * LANES), c);
        }
    }
}

/// The integer layer: windows of `rows` against all outputs, [`WIDTH`] floats a row.
pub(crate) fn maxout_int16(engine: Engine, layer: &Int16Layer, rows: &Int16Rows, out: &mut [f32]) {
    assert!(int16::has_vnni(engine) && layer.lanes == LANES);
    let n_rows = int16::check(layer, rows, out);
    // SAFETY: the processor has the instructions, as shown above, and `check` has just shown that
    // every window, block and output lies inside its slice.
    unsafe { rows_int16(layer, rows, n_rows, out.as_mut_ptr()) }
}

/// # Safety
/// The processor must have the instructions, `layer` and `rows` have passed `int16::check`, and `out` have room for
/// `n_rows` rows of [`WIDTH`] floats.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
unsafe fn rows_int16(layer: &Int16Layer, rows: &Int16Rows, n_rows: usize, out: *mut f32) {
    let (weights, values) = (layer.weights.as_ptr(), rows.values.as_ptr());
    let (units, bias) = (rows.units.as_ptr(), layer.bias().as_ptr());
    // SAFETY: block index below `n_blocks`, row index below `n_rows`; see the contract.
    unsafe {
        for block in 0..layer.n_blocks() {
            let tile = Int16Tile {
                weights: weights.add(block * int16::PAIRS * 2 * BLOCK),
                units: units.add(block * BLOCK),
                bias: bias.add(block * BLOCK),
            };
            let out = out.add(block * LANES);
            let mut at = 0;
            while at + ROWS <= n_rows {
                tile.rows::<ROWS>(values.add(at * WIDTH), out.add(at * WIDTH));
                at += ROWS;
            }
            while at < n_rows {
                tile.rows::<1>(values.add(at * WIDTH), out.add(at * WIDTH));
                at += 1;
            }
        }
    }
}

/// A block of an integer layer.
struct Int16Tile {
    weights: *const i16,
    units: *const f32,
    bias: *const f32,
}

impl Int16Tile {
    /// `R` windows against the block.
    ///
    /// # Safety
    /// The pointers hold a block: `PAIRS` times two times `BLOCK` weights, `BLOCK` units and biases. `values` holds
    /// `R + 2` rows of [`WIDTH`] integers, `out` `R` rows of [`WIDTH`] floats.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    unsafe fn rows<const R: usize>(&self, values: *const i16, out: *mut f32) {
        // SAFETY: reads and writes stay inside the ranges of the contract. A pair of values is read as one
        // integer of 32 bits, wherever it stands.
        unsafe {
            let mut sums = [[_mm512_setzero_si512(); 3]; R];
            for pair in 0..int16::PAIRS {
                let w = self.weights.add(pair * 2 * BLOCK);
                let load = |piece: usize| _mm512_loadu_si512(w.add(piece * 2 * LANES).cast());
                let weights = [load(0), load(1), load(2)];
                for (r, sums) in sums.iter_mut().enumerate() {
                    let value = _mm512_set1_epi32(values.add(r * WIDTH + 2 * pair).cast::<i32>().read_unaligned());
                    for (sum, weight) in sums.iter_mut().zip(weights) {
                        *sum = _mm512_dpwssd_epi32(*sum, weight, value);
                    }
                }
            }
            for (r, sums) in sums.into_iter().enumerate() {
                let piece = |piece: usize| {
                    let (unit, bias) = (self.units.add(piece * LANES), self.bias.add(piece * LANES));
                    let scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(sums[piece]), _mm512_loadu_ps(unit));
                    _mm512_add_ps(scaled, _mm512_loadu_ps(bias))
                };
                let largest = _mm512_max_ps(_mm512_max_ps(piece(0), piece(1)), piece(2));
                _mm512_storeu_ps(out.add(r * WIDTH), largest);
            }
        }
    }
}
