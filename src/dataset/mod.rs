//! What goes into a data set, and on which side of it.
//!
//! [`Selection`] chooses layers, annotators and stories; [`Dataset`] makes the documents that formats
//! write, a few at a time. [`split`] keeps whole families together, [`leaks`] looks for what still stands
//! on two sides, [`take_in`] turns what was read back into records. This module does not know formats,
//! nor where files go.

mod card;
mod collect;
mod in_order;
pub mod leaks;
mod people;
mod select;
pub mod split;
mod take_in;

pub use card::count;
pub use collect::Dataset;
pub use people::Annotators;
pub use select::{Selection, Whose};
pub use split::{Assignment, Plan, Rule, RuleBy};
pub use take_in::{LabelMap, TakenIn, is_meaning, take_in};
