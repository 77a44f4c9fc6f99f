//! The arithmetic: dense layers over rows of floats, for each kind of processor.
//!
//! Weights are packed once, at load, into blocks of three vector registers of outputs. One routine then
//! computes a few rows against a block, either writing the outputs or keeping the largest of three pieces
//! (maxout). Every output is summed in the same order however many rows are computed together, so results
//! do not depend on how a text was cut into blocks.

/// Runs a plain routine compiled for the kernel's instructions.
macro_rules! dispatch {
    ($engine:expr, $name:ident($($arg:expr),*)) => {
        match $engine.kernel() {
            #[cfg(target_arch = "x86_64")]
            $crate::kernel::Kernel::Avx512 => $crate::kernel::avx512::$name($engine, $($arg),*),
            #[cfg(target_arch = "x86_64")]
            $crate::kernel::Kernel::Avx2 => $crate::kernel::avx2::$name($engine, $($arg),*),
            _ => $crate::kernel::portable::$name($($arg),*),
        }
    };
}

pub(crate) mod aligned;
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx512;
pub(crate) mod int16;
pub(crate) mod portable;

use crate::Error;
use aligned::AlignedFloats;

/// Width of every encoder row.
pub(crate) const WIDTH: usize = 96;
/// Outputs of a transition model's hidden layer.
pub(crate) const HIDDEN: usize = 64;
/// Pieces of an encoder's maxout layers.
pub(crate) const PIECES: usize = 3;

/// How exactly the network is computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// 32-bit floats, as in training.
    #[default]
    Exact,
    /// The deep layers in 16-bit integers: about a fifth faster with [`Kernel::Avx2`], slower with [`Kernel::Portable`],
    /// at the price of some eight other tokens in a hundred thousand.
    Int16,
}

/// Which instructions compute the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kernel {
    /// AVX-512F, 16 floats at a time.
    Avx512,
    /// AVX2 and FMA, 8 floats at a time.
    Avx2,
    /// No special instructions: what the compiler makes of plain loops.
    Portable,
}

impl Kernel {
    /// The fastest kernel that this processor runs.
    pub fn best() -> Kernel {
        [Kernel::Avx512, Kernel::Avx2].into_iter().find(|kernel| kernel.is_available()).unwrap_or(Kernel::Portable)
    }

    /// Whether this processor runs the kernel.
    pub fn is_available(self) -> bool {
        match self {
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 => std::is_x86_feature_detected!("avx512f") && Kernel::Avx2.is_available(),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("fma"),
            Kernel::Portable => true,
            #[cfg(not(target_arch = "x86_64"))]
            _ => false,
        }
    }

    /// The kernel's name, in small letters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kernel::Avx512 => "avx512",
            Kernel::Avx2 => "avx2",
            Kernel::Portable => "portable",
        }
    }

    pub(crate) fn checked(self) -> Result<Engine, Error> {
        if self.is_available() { Ok(Engine(self)) } else { Err(Error::Kernel { kernel: self.as_str() }) }
    }
}

/// A kernel that this processor is known to run. Only [`Kernel::checked`] makes one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Engine(Kernel);

/// A dense layer, packed for one kernel.
pub(crate) struct Layer {
    pub(crate) n_in: usize,
    /// Blocks of three registers of outputs.
    pub(crate) n_blocks: usize,
    /// Floats a register holds.
    pub(crate) lanes: usize,
    /// `[block][input][3 * lanes]`.
    pub(crate) weights: AlignedFloats,
    /// `[block][3 * lanes]`.
    pub(crate) bias: AlignedFloats,
}

impl Layer {
    /// Floats of one output row, padding included.
    pub(crate) fn stride(&self) -> usize {
        self.n_blocks * 3 * self.lanes
    }
}

/// Layer normalisation: scale and shift after centring.
pub(crate) struct Norm {
    pub(crate) gain: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

impl Engine {
    pub(crate) fn kernel(self) -> Kernel {
        self.0
    }

    fn lanes(self) -> usize {
        if self.0 == Kernel::Avx512 { 16 } else { 8 }
    }

    /// Packs a layer whose output `o` has weights `weights[o * n_in..]` and comes out at place `o`.
    pub(crate) fn linear(self, n_in: usize, weights: &[f32], bias: &[f32]) -> Layer {
        self.pack(n_in, bias.len(), |o| o, weights, bias)
    }

    /// Packs a maxout layer of weights `[output][piece][input]`: the pieces of an output land in the same lane
    /// of the three registers of a block.
    pub(crate) fn maxout(self, n_in: usize, weights: &[f32], bias: &[f32]) -> Layer {
        let lanes = self.lanes();
        let place = |row: usize| {
            let (output, piece) = (row / PIECES, row % PIECES);
            output / lanes * PIECES * lanes + piece * lanes + output % lanes
        };
        self.pack(n_in, bias.len(), place, weights, bias)
    }

    fn pack(self, n_in: usize, n_out: usize, place: impl Fn(usize) -> usize, weights: &[f32], bias: &[f32]) -> Layer {
        let lanes = self.lanes();
        let block = 3 * lanes;
        let n_blocks = n_out.div_ceil(block);
        let mut packed = AlignedFloats::zeroed(n_blocks * n_in * block);
        let mut packed_bias = AlignedFloats::zeroed(n_blocks * block);
        for (row, &value) in bias.iter().enumerate() {
            let at = place(row);
            packed_bias[at] = value;
            let base = at / block * n_in * block + at % block;
            for (i, &weight) in weights[row * n_in..(row + 1) * n_in].iter().enumerate() {
                packed[base + i * block] = weight;
            }
        }
        Layer { n_in, n_blocks, lanes, weights: packed, bias: packed_bias }
    }

    /// `out[r] = W x[r] + b`, where row `r` of the input starts at `r * x_stride` and rows may overlap.
    /// Output rows are [`Layer::stride`] apart.
    pub(crate) fn affine(self, layer: &Layer, x: &[f32], x_stride: usize, n_rows: usize, out: &mut [f32]) {
        check(layer, x, x_stride, n_rows, out.len(), layer.stride());
        dispatch!(self, affine(layer, x, x_stride, n_rows, out))
    }

    /// `out[r] = max over pieces of (W x[r] + b)`, [`WIDTH`] floats a row.
    pub(crate) fn maxout_rows(self, layer: &Layer, x: &[f32], x_stride: usize, n_rows: usize, out: &mut [f32]) {
        check(layer, x, x_stride, n_rows, out.len(), layer.n_blocks * layer.lanes);
        assert_eq!(layer.n_blocks * layer.lanes, WIDTH);
        dispatch!(self, maxout(layer, x, x_stride, n_rows, out))
    }

    /// `out[r] = norm(y[r]) + residual[r]`, [`WIDTH`] floats a row.
    pub(crate) fn norm_rows(self, norm: &Norm, y: &[f32], residual: Option<&[f32]>, out: &mut [f32]) {
        dispatch!(self, norm(norm, y, residual, out))
    }

    /// The first window layer from its cached projections: the largest piece of `left + centre + right`,
    /// which are laid out as a maxout layer's [`Engine::affine`] output.
    pub(crate) fn sum_pieces(self, left: &[f32], centre: &[f32], right: &[f32], out: &mut [f32]) {
        match self.lanes() {
            16 => dispatch!(self, sum_pieces_16(left, centre, right, out)),
            _ => dispatch!(self, sum_pieces_8(left, centre, right, out)),
        }
    }

    /// The hidden layer of a transition model: sums the features' rows (`[piece][HIDDEN]` each) onto `bias`
    /// and keeps the larger of the two pieces.
    pub(crate) fn hidden(self, bias: &[f32], features: &[&[f32]], out: &mut [f32; HIDDEN]) {
        dispatch!(self, hidden(bias, features, out))
    }
}

/// Guards the raw reads and writes of the kernels.
fn check(layer: &Layer, x: &[f32], x_stride: usize, n_rows: usize, n_out: usize, out_stride: usize) {
    let block = 3 * layer.lanes;
    assert!(n_rows == 0 || (n_rows - 1) * x_stride + layer.n_in <= x.len(), "input rows");
    assert!(n_rows * out_stride <= n_out, "output rows");
    assert!(layer.weights.len() == layer.n_blocks * layer.n_in * block, "weights");
    assert!(layer.bias.len() == layer.n_blocks * block, "bias");
}

#[cfg(test)]
mod tests;
