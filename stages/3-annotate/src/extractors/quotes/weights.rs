//! The learned weights: three tables of 65,536 small numbers, found by the hash of a feature.
//!
//! `examples/train_quotes.rs` makes the file from PolNeAR's training articles.

use std::sync::LazyLock;

/// Slots of a table, as a power of two.
pub const BITS: u32 = 18;
const SLOTS: usize = 1 << BITS;

/// One table: a weight is its byte times `scale`.
#[derive(Debug, Clone)]
pub struct Table {
    /// What one step of a byte is worth.
    pub scale: f32,
    /// The weights.
    pub steps: Vec<i8>,
}

impl Table {
    /// The sum of the features' weights.
    pub(crate) fn score(&self, features: &[u32]) -> f32 {
        let sum: i32 = features.iter().map(|it| i32::from(self.steps.get(*it as usize).copied().unwrap_or(0))).sum();
        sum as f32 * self.scale
    }
}

/// All tables and the threshold.
#[derive(Debug, Clone)]
pub struct Weights {
    /// Is this word a cue?
    pub cue: Table,
    /// Which stretch is its content?
    pub content: Table,
    /// Which words are its source?
    pub source: Table,
    /// Is it an attribution, seen whole?
    pub whole: Table,
    /// The same from a few numbers, see `attribution::accept`.
    pub accept: Vec<f32>,
}

const N_TABLES: usize = 4;

impl Weights {
    /// The weights that come with the crate.
    pub(crate) fn shared() -> &'static Weights {
        static SHARED: LazyLock<Weights> =
            LazyLock::new(|| Weights::read(include_bytes!("weights.bin")).unwrap_or_else(Weights::empty));
        &SHARED
    }

    /// Weights that know nothing.
    pub fn empty() -> Weights {
        let table = || Table { scale: 1.0, steps: vec![0; SLOTS] };
        Weights { cue: table(), content: table(), source: table(), whole: table(), accept: Vec::new() }
    }

    /// Reads the file; `None` when its length is wrong.
    pub fn read(bytes: &[u8]) -> Option<Weights> {
        let mut tables = Vec::with_capacity(N_TABLES);
        let mut rest = bytes;
        for _ in 0..N_TABLES {
            let (scale, after) = rest.split_first_chunk::<4>()?;
            let (steps, after) = after.split_at_checked(SLOTS)?;
            tables.push(Table {
                scale: f32::from_le_bytes(*scale),
                steps: steps.iter().map(|it| it.cast_signed()).collect(),
            });
            rest = after;
        }
        let accept = rest.chunks_exact(4).map(|it| f32::from_le_bytes([it[0], it[1], it[2], it[3]])).collect();
        let [cue, content, source, whole] = tables.try_into().ok()?;
        Some(Weights { cue, content, source, whole, accept })
    }

    /// The file's bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for table in [&self.cue, &self.content, &self.source, &self.whole] {
            bytes.extend(table.scale.to_le_bytes());
            bytes.extend(table.steps.iter().map(|it| it.cast_unsigned()));
        }
        bytes.extend(self.accept.iter().flat_map(|it| it.to_le_bytes()));
        bytes
    }
}

/// Gathers the features of one decision as slots of a table.
#[derive(Debug, Default)]
pub(crate) struct Features {
    pub(crate) slots: Vec<u32>,
}

impl Features {
    pub(crate) fn clear(&mut self) {
        self.slots.clear();
    }

    /// A feature of template `kind` with up to three values.
    pub(crate) fn add(&mut self, kind: u32, a: u32, b: u32, c: u32) {
        let mut h = kind.wrapping_mul(0x9e37_79b1) ^ a;
        h = (h ^ (h >> 15)).wrapping_mul(0x85eb_ca6b) ^ b;
        h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35) ^ c;
        h = (h ^ (h >> 16)).wrapping_mul(0x27d4_eb2f);
        self.slots.push((h ^ (h >> 15)) & (SLOTS as u32 - 1));
    }
}
