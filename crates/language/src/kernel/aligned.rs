//! Numbers that start on a cache line, so that no register load crosses one.

use std::ops::{Deref, DerefMut};

const LINE_BYTES: usize = 64;

/// A fixed number of numbers, the first on a cache line.
pub(crate) struct Aligned<T> {
    buffer: Vec<T>,
    start: usize,
    len: usize,
}

pub(crate) type AlignedFloats = Aligned<f32>;

impl<T: Copy + Default> Aligned<T> {
    /// As many zeros.
    pub(crate) fn zeroed(len: usize) -> Aligned<T> {
        let spare = LINE_BYTES / size_of::<T>();
        let buffer = vec![T::default(); len + spare];
        // A pointer that cannot be aligned costs speed only.
        let start = buffer.as_ptr().align_offset(LINE_BYTES).min(spare);
        Aligned { buffer, start, len }
    }
}

impl<T> Deref for Aligned<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.buffer[self.start..self.start + self.len]
    }
}

impl<T> DerefMut for Aligned<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.buffer[self.start..self.start + self.len]
    }
}
