//! The English language pipeline: tokens, tags, parse, lemmas, entities.
