//! The measures against published tables and independently computed cases.
//!
//! Cases are read from `../shared/oracles/agreement`, where they are there; the best known tables of the
//! literature stand in `published.rs`.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod oracles;
mod published;
