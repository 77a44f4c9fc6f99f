//! Mentions and the actors they mean.

use super::Found;
use crate::Context;

/// Finds them.
pub(crate) fn find(_context: &Context<'_>) -> Found {
    Found::Mentions(Vec::new(),Vec::new())
}
