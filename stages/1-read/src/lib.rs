//! Stage 1: bytes to a report, with the way back to the bytes.
