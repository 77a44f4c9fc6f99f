//! Secrets: random bytes, their digests, and comparing without telling how far it got.

use rapporteur::hex;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// 256 random bits that nobody is told.
pub(crate) struct Secret([u8; 32]);

impl Secret {
    /// From the system's source of randomness.
    pub(crate) fn new() -> Result<Secret, crate::Error> {
        Ok(Secret(random()?))
    }

    /// A word that only this program can make from `of`: nested hashing with the key, as HMAC nests.
    pub(crate) fn mark(&self, of: &str) -> String {
        let inner = Sha256::new().chain_update(self.0).chain_update(of).finalize();
        hex(&Sha256::new().chain_update(self.0).chain_update(inner).finalize())
    }
}

/// 256 random bits.
pub(crate) fn random() -> Result<[u8; 32], crate::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|e| crate::Error::Start(format!("the system gives no random numbers: {e}")))?;
    Ok(bytes)
}

/// 256 random bits as digits.
pub(crate) fn random_word() -> Result<String, crate::Error> {
    Ok(hex(&random()?))
}

/// The digest under which a random word of 256 bits is kept; such words need no slow hash.
pub(crate) fn digest(word: &str) -> String {
    hex(&Sha256::digest(word.as_bytes()))
}

/// Whether two words are the same, in a time that does not depend on where they differ.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_made_of_key_and_words() {
        let (one, other) = (Secret([1; 32]), Secret([2; 32]));
        assert_eq!(one.mark("a"), one.mark("a"));
        assert_ne!(one.mark("a"), one.mark("b"));
        assert_ne!(one.mark("a"), other.mark("a"));
        assert!(is_same("abc", "abc") && !is_same("abc", "abd") && !is_same("abc", "ab"));
        assert_ne!(random().expect("random"), random().expect("random"));
    }
}
