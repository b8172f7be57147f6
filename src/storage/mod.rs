//! Keeps projects safe on an engine that may fail at any write.
//!
//! A [`Shelf`] holds projects on an [`Engine`]. Each command is one small entry of a journal, written
//! once; now and then a snapshot takes the entries' place. A snapshot is a list of pieces named by
//! their hash, so that what did not change is not written again. All that is read is checked; since
//! records join in any order and any number of times, whatever is sound, from whichever generation or
//! copy, is simply put together.
//!
//! This module does not know which engine it runs on, nor what time it is. What it writes it also
//! hands out as [`Change`]s, so that a second place can keep an exact copy.

mod aside;
mod backup;
mod base;
mod card;
mod compact;
mod engine;
mod error;
mod frame;
mod gone;
mod journal;
mod keys;
mod ledger;
mod list;
mod load;
mod making;
mod meter;
mod mirror;
mod pack;
mod removal;
mod rescue;
mod second;
mod shelf;
mod snapshot;
mod texts;
mod view;
mod word;

pub use backup::{Backup, Reason};
pub use card::Listed;
pub use engine::{Engine, EngineError, MemoryEngine, units};
pub use error::{Finding, StorageError};
pub use frame::Damage;
pub use keys::EntryId;
pub use ledger::{Change, QUOTA, Usage};
pub use load::Opened;
pub use making::Making;
pub use meter::Shares;
pub use mirror::{Mirror, is_worth_reading};
pub use removal::words_of;
pub use rescue::{Rescued, rescue};
pub use shelf::{Shelf, Tab};
pub use word::Word;
