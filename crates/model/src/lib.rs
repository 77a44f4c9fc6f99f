//! The records that pass between stages: plain data, no algorithms, no input or output.
