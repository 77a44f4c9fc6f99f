//! Hashes that are the same on every machine and in every run (the standard library's are seeded).

use crate::fold_char;

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a of bytes, mixed at the end so that low bits are good for tables.
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    mix(bytes.iter().fold(FNV_START, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME)))
}

/// The hash of a word as folding leaves it, without making the folded word.
pub fn hash_folded(word: &str) -> u64 {
    let mut hash = FNV_START;
    for c in word.chars() {
        fold_char(c, |it| hash = (hash ^ u64::from(it as u32)).wrapping_mul(FNV_PRIME));
    }
    mix(hash)
}

/// The hash of a run of hashes, in order.
pub fn hash_run(hashes: &[u64]) -> u64 {
    mix(hashes.iter().fold(FNV_START, |hash, it| (hash ^ it).wrapping_mul(FNV_PRIME).rotate_left(17)))
}

// The finisher of splitmix64.
const fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_spellings_hash_alike() {
        assert_eq!(hash_folded("Élysée"), hash_folded("elysee"));
        assert_ne!(hash_folded("Paris"), hash_folded("Prague"));
        assert_ne!(hash_run(&[1, 2]), hash_run(&[2, 1]));
    }
}
