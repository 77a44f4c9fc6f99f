//! Words, folding, shingles, numbers and offsets: any text, no news.
//!
//! ```
//! use rapporteur_text::{Offsets, Unit, fold, words};
//!
//! let text = "Zelensky’s visit";
//! assert_eq!(words(text).map(|it| it.span.of(text)).collect::<Vec<_>>(), ["Zelensky’s", "visit"]);
//! assert_eq!(fold("Élysée – “so-called”"), "elysee - \"so-called\"");
//! assert_eq!(Offsets::new(text, Unit::Char).at(11), 9); // byte 11 is the ninth character
//! ```

mod fold;
mod hash;
mod offsets;
pub mod rarity;
pub mod shingles;
mod shown;
mod words;

pub use fold::{fold, fold_char, fold_into};
pub use hash::{hash_bytes, hash_folded, hash_run};
pub use offsets::{Offsets, Unit};
pub use shown::shown;
pub use words::{Word, Words, words};
