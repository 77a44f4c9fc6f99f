//! Figures.

use super::Found;
use crate::Context;

/// Finds them.
pub(crate) fn find(_context: &Context<'_>) -> Found {
    Found::Figures(Vec::new())
}
