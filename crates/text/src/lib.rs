//! Words, folding, shingles, numbers and offsets: any text, no news.

pub mod rarity;
pub mod shingles;
