//! Rows of `rapporteur since`.

use serde::{Deserialize, Serialize};

use super::SupportRow;

row! {
    /// What became of one fact between two accounts of a story.
    SinceRow {
        /// Version of the row format.
        schema: u32,
        /// Unit of all offsets.
        offsets: String,
        /// Story id, of the account now.
        story: String,
        /// `new`, `confirmed`, `revised`, `contradicted` or `dropped`.
        change: String,
        /// The fact as it stands; for `dropped` as it stood.
        fact: String,
        /// The fact as it stood, where it was told otherwise.
        was: Option<String>,
        /// What changed, in words.
        because: String,
        /// Independent origins before.
        origins_before: u32,
        /// Independent origins now.
        independent_origins: u32,
        /// The words that made the change; for `dropped` the words that are gone.
        support: Vec<SupportRow>,
    }
}
