//! Telling how far long work has come.

/// Somebody who wants to know how far the work is. Called from several threads.
pub trait Progress: Sync {
    /// A piece of work begins that has `total` steps.
    fn start(&self, what: &'static str, total: usize);
    /// One step is done.
    fn step(&self);
    /// The piece of work is done.
    fn done(&self);
}

/// Nobody wants to know.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _what: &'static str, _total: usize) {}
    fn step(&self) {}
    fn done(&self) {}
}
