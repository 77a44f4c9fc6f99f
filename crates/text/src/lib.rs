//! Words, folding, shingles, numbers and offsets: any text, no news.

pub mod shingles;
