//! What is saved: plain records that keep their own invariants.
//!
//! A [`Project`] is a set of records ([`Entry`]) by id. Each record is of a kind (`records.rs`); its
//! fields are fixed or [`Register`]s, which remember who wrote what and can be joined with any other
//! copy in any order. This module does not know how a record is stored, shown or computed.

mod anchor;
mod body;
pub(crate) mod cursor;
mod entry;
mod id;
mod join;
mod json;
mod project;
mod records;
mod references;
mod register;
mod same;
mod time;
pub(crate) mod value;
mod vocabulary;
mod withheld;

pub use anchor::{Anchor, Content};
pub use body::{Field, Nature};
pub use cursor::Cursor;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use entry::PREFIXES;
pub use entry::{AsBody, Body, Entry, Identified, KINDS, WriteError};
pub use id::{Id, Kind, RecordId, timed_bits};
pub use json::Json;
pub use project::{Item, Project};
pub use records::*;
pub use register::{Dot, Register, ReplicaId, Seen, Stamp, Write};
pub use same::Same;
pub use time::Time;
pub use value::{Value, ValueError};
pub use vocabulary::*;
