//! Attributions.

use super::Found;
use crate::Context;

/// Finds them.
pub(crate) fn find(_context: &Context<'_>) -> Found {
    Found::Quotes(Vec::new())
}
