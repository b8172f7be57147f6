//! Variorum: who said what in the news, what they think of it, and what each version made of it.
//!
//! The map, in reading order. Arrows point down the list's layers only; `tests/architecture.rs` holds
//! them.
//!
//! - [`text`]: positions in an immutable text, in every unit anyone counts in.
//! - [`model`]: what is saved, as plain records that keep their own invariants.
//! - [`versions`]: compares versions of a story: alignment, word correspondence, reuse, relation.

pub mod model;
pub mod text;
pub mod versions;
