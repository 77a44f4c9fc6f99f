//! Names out of the program's own sets (a tag, a reason, a code): constants while it runs, words where a record is stored.

use std::collections::BTreeSet;
use std::sync::RwLock;

use serde::de::{Deserializer, Error, Visitor};

/// A name out of a fixed set of the program's. An alias, because serde borrows what is spelled as a reference.
pub type Fixed = &'static str;

/// Names that came back from stored records. The program's sets hold a few hundred in all; a record with more, or with
/// longer ones, was not written by it.
static KNOWN: RwLock<BTreeSet<&'static str>> = RwLock::new(BTreeSet::new());
const NAMES_MAX: usize = 10_000;
const NAME_BYTES_MAX: usize = 200;

/// The name as a constant; `None` when it cannot be one of the program's.
fn constant(name: &str) -> Option<Fixed> {
    // A lock that a panicking thread held is as good as any: names are only ever added.
    if let Some(known) = KNOWN.read().unwrap_or_else(|it| it.into_inner()).get(name) {
        return Some(known);
    }
    let mut known = KNOWN.write().unwrap_or_else(|it| it.into_inner());
    if known.len() >= NAMES_MAX || name.len() > NAME_BYTES_MAX {
        return None;
    }
    if !known.contains(name) {
        known.insert(Box::leak(name.to_owned().into_boxed_str()));
    }
    known.get(name).copied()
}

struct Name;

impl Visitor<'_> for Name {
    type Value = Fixed;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a name of the program's")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Fixed, E> {
        constant(name)
            .ok_or_else(|| E::custom("too many or too long names: the record was not written by this program"))
    }
}

/// Reads a name.
pub(crate) fn one<'de, D: Deserializer<'de>>(from: D) -> Result<Fixed, D::Error> {
    from.deserialize_str(Name)
}

struct Maybe;

impl<'de> Visitor<'de> for Maybe {
    type Value = Option<Fixed>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a name of the program's, or none")
    }

    fn visit_none<E: Error>(self) -> Result<Option<Fixed>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<Fixed>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Option<Fixed>, D::Error> {
        one(from).map(Some)
    }
}

/// Reads a name that may be missing.
pub(crate) fn maybe<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Fixed>, D::Error> {
    from.deserialize_option(Maybe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_once() {
        let made = String::from("nsubj");
        let one = constant(&made).expect("short enough");
        assert!(std::ptr::eq(one, constant("nsubj").expect("known")));
        assert_eq!(constant(&"x".repeat(NAME_BYTES_MAX + 1)), None);
    }
}
