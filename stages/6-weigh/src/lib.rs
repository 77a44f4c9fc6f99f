//! Stage 6: facts weighed over reports.
