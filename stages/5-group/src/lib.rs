//! Stage 5: which reports belong together.
