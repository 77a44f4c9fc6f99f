//! Given names, the small words inside names, and forms of address.

use crate::table::{Cell, kinds, row};

/// What a name or title tells of its bearer, for choosing between "he" and "she".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Borne by women.
    Female,
    /// Borne by men.
    Male,
    /// Borne by both.
    Either,
}

impl Cell for Sex {
    fn from_cell(cell: &'static str) -> Option<Self> {
        match cell {
            "f" => Some(Sex::Female),
            "m" => Some(Sex::Male),
            "u" => Some(Sex::Either),
            _ => None,
        }
    }
}

row! {
    /// A given name.
    GivenName {
        /// As usually written in English.
        name: &'static str,
        /// Who bears it.
        sex: Sex,
    }
}

kinds! {
    /// What a small word in a name does.
    ParticleKind {
        /// Before a family name: von, de, bin.
        Prefix = "prefix",
        /// After a name: Jr., III.
        Suffix = "suffix",
        /// Address before a name: Mr, Sheikh.
        Honorific = "honorific",
    }
}

row! {
    /// A particle, suffix or form of address.
    Particle {
        /// As written: "von", "Mrs.".
        word: &'static str,
        /// What it does.
        kind: ParticleKind,
        /// What it tells of the bearer.
        sex: Sex,
    }
}
