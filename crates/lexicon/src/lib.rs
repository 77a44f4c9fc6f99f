//! What is known of the world, as tables: states, offices, agencies, cues, units.

/// All tables.
#[derive(Debug)]
pub struct Lexicon;
