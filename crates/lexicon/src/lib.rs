//! What is known of the world, as tables: states, offices, agencies, cues, units.
