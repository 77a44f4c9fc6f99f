//! Corpus readers, measures, floors.
