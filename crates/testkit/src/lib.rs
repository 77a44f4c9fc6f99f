//! Marked-text cases and builders for tests.
