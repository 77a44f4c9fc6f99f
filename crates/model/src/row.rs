//! The rows other programs read: flat JSON, one record a line, `"schema"` and `"offsets"` in each.
