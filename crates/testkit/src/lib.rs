//! Marked-text cases and builders for tests.

#[cfg(feature = "browser")]
pub mod browser;
pub mod kills;
