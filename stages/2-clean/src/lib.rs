//! Stage 2: labels blocks and finds metadata; deletes nothing.
