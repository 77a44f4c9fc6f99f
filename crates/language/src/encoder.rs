//! The encoder: hash embeddings of a word's features, mixed, then four layers that look one token to either side.

use crate::Error;
use crate::hash::row_keys;
use crate::kernel::aligned::AlignedFloats;
use crate::kernel::int16::{Int16Layer, Int16Rows};
use crate::kernel::{Engine, Layer, Norm, PIECES, Precision, WIDTH};
use crate::vectors::Vectors;
use crate::weights::Weights;
use crate::words::{NO_SLOT, RawToken, Words};

/// Window layers, and so the tokens on either side that a token's row depends on.
const DEPTH: usize = 4;
/// Tokens encoded together. The rows of a block fit in the second-level cache.
const BLOCK_TOKENS: usize = 256;
/// Embeddings kept by an encoder: 48 MB.
const SLOTS_MAX: usize = 12_000;
/// Embeddings in one allocation.
const PAGE_SLOTS: usize = 64;
/// Floats of a cached embedding: the row itself and its three shares of the first window layer.
const SLOT_FLOATS: usize = WIDTH + 3 * SHARE_FLOATS;
const SHARE_FLOATS: usize = PIECES * WIDTH;
/// The slot of the rows before and after the text.
const OUTSIDE: u32 = 0;

struct HashEmbedding {
    seed: u32,
    n_rows: u32,
    table: Vec<f32>,
}

struct WindowLayer {
    layer: Layer,
    norm: Norm,
}

/// A window layer after the first.
struct DeepLayer {
    sums: DeepSums,
    norm: Norm,
}

enum DeepSums {
    Exact(Layer),
    Int16(Int16Layer),
}

/// The weights of one encoder.
pub(crate) struct Encoder {
    embeddings: Vec<HashEmbedding>,
    /// Turns a static vector into the last inputs of the mixing layer.
    static_vectors: Option<Layer>,
    mix: WindowLayer,
    /// The first window layer's shares of the token before, the token itself, and the token after.
    shares: [Layer; 3],
    first_norm: Norm,
    deeper: Vec<DeepLayer>,
    /// Which of a word's slots belong to this encoder: the first of them.
    first_slot: usize,
}

/// Embeddings computed so far, and room to work in.
#[derive(Default)]
pub(crate) struct EncoderCache {
    pages: Vec<AlignedFloats>,
    n_slots: usize,
    pending: Vec<(u32, u32, bool)>,
    slots: Vec<u32>,
    inputs: Vec<f32>,
    vector_rows: Vec<f32>,
    a: Vec<f32>,
    b: Vec<f32>,
    y: Vec<f32>,
    integers: Int16Rows,
}

impl Encoder {
    /// Reads an encoder. With `n_features` 6, a blank after the token and being white space are features too.
    pub(crate) fn read(
        engine: Engine,
        precision: Precision,
        weights: &Weights<'_>,
        n_features: usize,
        vectors: Option<&Vectors>,
        first_slot: usize,
    ) -> Result<Encoder, Error> {
        let mut embeddings = Vec::new();
        for nth in 0..n_features {
            let table = weights.array("hashembed", nth, "E", &[0, WIDTH])?;
            let seed = weights.integer("hashembed", nth, "seed")? as u32;
            embeddings.push(HashEmbedding { seed, n_rows: table.shape[0] as u32, table: table.data });
        }
        let static_vectors = match vectors {
            Some(vectors) => {
                let w = weights.array("static_vectors", 0, "W", &[WIDTH, vectors.width])?;
                Some(engine.linear(vectors.width, &w.data, &[0.0; WIDTH]))
            }
            None => None,
        };
        let n_inputs = WIDTH * (n_features + usize::from(static_vectors.is_some()));
        let maxout = |nth: usize, n_in: usize| {
            let w = weights.array("maxout", nth, "W", &[WIDTH, PIECES, n_in])?;
            let b = weights.array("maxout", nth, "b", &[WIDTH, PIECES])?;
            Ok::<_, Error>((w.data, b.data))
        };
        let norm = |nth: usize| {
            let gain = weights.array("layernorm", nth, "G", &[WIDTH])?.data;
            let bias = weights.array("layernorm", nth, "b", &[WIDTH])?.data;
            Ok::<_, Error>(Norm { gain, bias })
        };
        let (w, b) = maxout(0, n_inputs)?;
        let mix = WindowLayer { layer: engine.maxout(n_inputs, &w, &b), norm: norm(0)? };
        let (w, b) = maxout(1, 3 * WIDTH)?;
        let share = |part: usize| {
            let (rows, _) = w.as_chunks::<{ 3 * WIDTH }>();
            let w: Vec<f32> = rows.iter().flat_map(|row| &row[part * WIDTH..(part + 1) * WIDTH]).copied().collect();
            // The bias belongs to one share only.
            let b = if part == 1 { b.clone() } else { vec![0.0; b.len()] };
            engine.maxout(WIDTH, &w, &b)
        };
        let shares = [share(0), share(1), share(2)];
        let mut deeper = Vec::new();
        for nth in 2..=DEPTH {
            let (w, b) = maxout(nth, 3 * WIDTH)?;
            // The mixing layer and the first window layer stay exact: they are computed once for a word.
            let sums = match precision {
                Precision::Exact => DeepSums::Exact(engine.maxout(3 * WIDTH, &w, &b)),
                Precision::Int16 => DeepSums::Int16(engine.maxout_int16(&w, &b)),
            };
            deeper.push(DeepLayer { sums, norm: norm(nth)? });
        }
        Ok(Encoder { embeddings, static_vectors, mix, shares, first_norm: norm(1)?, deeper, first_slot })
    }

    /// Encodes a text and hands its rows out block by block: the first token of the block, and [`WIDTH`] floats
    /// for each of its tokens.
    pub(crate) fn encode(
        &self,
        engine: Engine,
        vectors: Option<&Vectors>,
        words: &mut Words,
        tokens: &[RawToken],
        cache: &mut EncoderCache,
        mut on_block: impl FnMut(usize, &[f32]),
    ) {
        let room = (BLOCK_TOKENS + 2 * DEPTH) * WIDTH;
        for buffer in [&mut cache.a, &mut cache.b, &mut cache.y] {
            buffer.resize(room, 0.0);
        }
        let mut start = 0;
        while start < tokens.len() {
            let end = tokens.len().min(start + BLOCK_TOKENS);
            self.find_slots(engine, vectors, words, tokens, start..end, cache);
            // Each layer needs one row more on either side than the next; rows outside the text are rows too.
            let mut n_rows = end - start + 2 * (DEPTH - 1);
            self.first_layer(engine, cache, n_rows);
            for layer in &self.deeper {
                n_rows -= 2;
                let (before, y) = (&cache.a[..(n_rows + 2) * WIDTH], &mut cache.y[..n_rows * WIDTH]);
                match &layer.sums {
                    DeepSums::Exact(sums) => engine.maxout_rows(sums, before, WIDTH, n_rows, y),
                    DeepSums::Int16(sums) => engine.maxout_rows_int16(sums, before, &mut cache.integers, y),
                }
                engine.norm_rows(&layer.norm, y, Some(&before[WIDTH..]), &mut cache.b);
                std::mem::swap(&mut cache.a, &mut cache.b);
            }
            on_block(start, &cache.a[..(end - start) * WIDTH]);
            start = end;
        }
    }

    /// The first window layer: three cached shares added up.
    fn first_layer(&self, engine: Engine, cache: &mut EncoderCache, n_rows: usize) {
        for row in 0..n_rows {
            let slot = |at: usize| slot_floats(&cache.pages, cache.slots[at]);
            let share = |at: usize, part: usize| {
                let start = WIDTH + part * SHARE_FLOATS;
                &slot(at)[start..start + SHARE_FLOATS]
            };
            let at = row * WIDTH;
            engine.sum_pieces(share(row, 0), share(row + 1, 1), share(row + 2, 2), &mut cache.y[at..at + WIDTH]);
            cache.b[at..at + WIDTH].copy_from_slice(&slot(row + 1)[..WIDTH]);
        }
        let len = n_rows * WIDTH;
        engine.norm_rows(&self.first_norm, &cache.y[..len], Some(&cache.b[..len]), &mut cache.a);
    }

    /// Finds the embedding of every token of a block and of its neighbours, computing those that are new.
    fn find_slots(
        &self,
        engine: Engine,
        vectors: Option<&Vectors>,
        words: &mut Words,
        tokens: &[RawToken],
        block: std::ops::Range<usize>,
        cache: &mut EncoderCache,
    ) {
        if cache.n_slots == 0 {
            cache.n_slots = 1;
            self.fill_outside(engine, cache);
        }
        cache.slots.clear();
        cache.pending.clear();
        // Slots past the kept ones last for one block.
        let mut n_slots = cache.n_slots;
        for position in block.start as isize - DEPTH as isize..(block.end + DEPTH) as isize {
            let token = usize::try_from(position).ok().and_then(|it| tokens.get(it));
            let Some(token) = token else {
                cache.slots.push(OUTSIDE);
                continue;
            };
            let which = self.first_slot + usize::from(token.space_after && self.embeddings.len() > 4);
            let slot = &mut words.word_mut(token.word).slots[which];
            if *slot != NO_SLOT {
                cache.slots.push(*slot);
                continue;
            }
            let new = n_slots as u32;
            n_slots += 1;
            cache.slots.push(new);
            cache.pending.push((new, token.word, token.space_after));
            if n_slots <= SLOTS_MAX {
                cache.n_slots = n_slots;
                *slot = new;
            }
        }
        self.compute_pending(engine, vectors, words, cache);
    }

    fn fill_outside(&self, engine: Engine, cache: &mut EncoderCache) {
        let zeros = [0.0; WIDTH];
        let shares = self.shares.each_ref().map(|share| {
            let mut out = vec![0.0; SHARE_FLOATS];
            engine.affine(share, &zeros, WIDTH, 1, &mut out);
            out
        });
        write_slot(&mut cache.pages, OUTSIDE, &zeros, [&shares[0], &shares[1], &shares[2]]);
    }

    fn compute_pending(&self, engine: Engine, vectors: Option<&Vectors>, words: &Words, cache: &mut EncoderCache) {
        let n_new = cache.pending.len();
        if n_new == 0 {
            return;
        }
        let n_inputs = self.mix.layer.n_in;
        cache.inputs.clear();
        cache.inputs.resize(n_new * n_inputs, 0.0);
        for (&(_, word, space_after), inputs) in cache.pending.iter().zip(cache.inputs.chunks_exact_mut(n_inputs)) {
            let word = words.word(word);
            let flags = [u64::from(space_after), u64::from(word.is_space)];
            let ids = word.ids.iter().chain(&flags);
            for ((embedding, &id), out) in self.embeddings.iter().zip(ids).zip(inputs.chunks_exact_mut(WIDTH)) {
                embedding.add_to(id, out);
            }
            let vector = vectors.and_then(|it| Some(it.vector(word.vector?)));
            if let (Some(layer), Some(vector)) = (&self.static_vectors, vector) {
                cache.vector_rows.resize(layer.stride(), 0.0);
                engine.affine(layer, vector, vector.len(), 1, &mut cache.vector_rows);
                inputs[n_inputs - WIDTH..].copy_from_slice(&cache.vector_rows[..WIDTH]);
            }
        }
        let mut y = vec![0.0; n_new * WIDTH];
        let mut rows = vec![0.0; n_new * WIDTH];
        engine.maxout_rows(&self.mix.layer, &cache.inputs, n_inputs, n_new, &mut y);
        engine.norm_rows(&self.mix.norm, &y, None, &mut rows);
        let shares = self.shares.each_ref().map(|share| {
            let mut out = vec![0.0; n_new * SHARE_FLOATS];
            engine.affine(share, &rows, WIDTH, n_new, &mut out);
            out
        });
        for (nth, &(slot, ..)) in cache.pending.iter().enumerate() {
            let part = |which: usize| &shares[which][nth * SHARE_FLOATS..(nth + 1) * SHARE_FLOATS];
            write_slot(&mut cache.pages, slot, &rows[nth * WIDTH..(nth + 1) * WIDTH], [part(0), part(1), part(2)]);
        }
    }
}

impl EncoderCache {
    /// Forgets every embedding; to be called when the words are forgotten.
    pub(crate) fn forget(&mut self) {
        self.n_slots = 0;
    }
}

impl HashEmbedding {
    fn add_to(&self, id: u64, out: &mut [f32]) {
        let rows = row_keys(id, self.seed).map(|key| {
            let start = (key % self.n_rows) as usize * WIDTH;
            &self.table[start..start + WIDTH]
        });
        for (i, slot) in out.iter_mut().enumerate() {
            *slot = rows[0][i] + rows[1][i] + rows[2][i] + rows[3][i];
        }
    }
}

fn slot_floats(pages: &[AlignedFloats], slot: u32) -> &[f32] {
    let (page, at) = (slot as usize / PAGE_SLOTS, slot as usize % PAGE_SLOTS);
    &pages[page][at * SLOT_FLOATS..(at + 1) * SLOT_FLOATS]
}

fn write_slot(pages: &mut Vec<AlignedFloats>, slot: u32, row: &[f32], shares: [&[f32]; 3]) {
    let (page, at) = (slot as usize / PAGE_SLOTS, slot as usize % PAGE_SLOTS);
    while pages.len() <= page {
        pages.push(AlignedFloats::zeroed(PAGE_SLOTS * SLOT_FLOATS));
    }
    let out = &mut pages[page][at * SLOT_FLOATS..(at + 1) * SLOT_FLOATS];
    out[..WIDTH].copy_from_slice(row);
    for (part, share) in shares.into_iter().enumerate() {
        let start = WIDTH + part * SHARE_FLOATS;
        out[start..start + SHARE_FLOATS].copy_from_slice(share);
    }
}
