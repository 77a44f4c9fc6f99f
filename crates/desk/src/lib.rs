//! A desk.
