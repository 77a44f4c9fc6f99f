//! Stage 4: which report comes from which.
