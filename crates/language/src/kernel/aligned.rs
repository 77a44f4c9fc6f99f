//! Floats that start on a cache line, so that no register load crosses one.

use std::ops::{Deref, DerefMut};

const LINE_BYTES: usize = 64;

/// A fixed number of floats, the first on a cache line.
pub(crate) struct AlignedFloats {
    buffer: Vec<f32>,
    start: usize,
    len: usize,
}

impl AlignedFloats {
    pub(crate) fn zeroed(len: usize) -> AlignedFloats {
        let spare = LINE_BYTES / size_of::<f32>();
        let buffer = vec![0.0; len + spare];
        // A pointer that cannot be aligned costs speed only.
        let start = buffer.as_ptr().align_offset(LINE_BYTES).min(spare);
        AlignedFloats { buffer, start, len }
    }
}

impl Deref for AlignedFloats {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.buffer[self.start..self.start + self.len]
    }
}

impl DerefMut for AlignedFloats {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.buffer[self.start..self.start + self.len]
    }
}
