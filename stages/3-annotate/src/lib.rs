//! Stage 3: sentences, actors, times, figures, quotes, acts, positions.
