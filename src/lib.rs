//! Variorum: who said what in the news, what they think of it, and what each version made of it.
//!
//! The map, in reading order. Arrows point down the list's layers only; `tests/architecture.rs` holds
//! them.
//!
//! - [`text`]: positions in an immutable text, in every unit anyone counts in.
//! - [`model`]: what is saved, as plain records that keep their own invariants.
//! - [`store`]: intentions become reversible changes.
//! - [`codecs`]: bytes to data and back, nothing lost silently.
//! - [`storage`]: keeps projects safe on an engine that may fail at any write.

pub mod codecs;
pub mod model;
pub mod storage;
pub mod store;
pub mod text;
