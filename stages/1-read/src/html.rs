//! HTML: tokens with places, the rules of its elements, and a page as text.

pub(crate) mod declared;
pub(crate) mod elements;
pub(crate) mod entities;
pub(crate) mod json_ld;
pub(crate) mod page;
pub(crate) mod tokens;
