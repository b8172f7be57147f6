//! Compares two versions of a story: which sentence answers which, what happened to it on the way, how
//! much was reused and where, and what that says of how the two hang together.
//!
//! In reading order:
//! - `sentences`: the units of comparison;
//! - `lexicon`, `grams`: what a sentence is worth to comparison, with weights fixed in the program;
//! - `candidates`, `align`, `support`: which sentence answers which, in any order, sure or maybe;
//! - `corrections`: what people said of pairs, which overrides what was found;
//! - `forms`, `opposites`: whether two words are one in another form, or one the opposite of the other;
//! - `words`: word correspondence inside an aligned pair;
//! - `operation`, `claims`: what happened to a sentence, and whether its claim may have flipped;
//! - `reuse`, `measures`: how much one text holds of the other, outside and inside quotation marks;
//! - `origin`, `evidence`, `relation`: a guess of the relation, with its evidence and its doubt;
//! - `difference`: the word difference of whole texts, in their order;
//! - `graph`, `columns`: the sentences of any number of versions as one graph, in whatever order they came,
//!   and that graph as columns beside a base;
//! - `family`, `picture`: who copied whom in a story, and a drawing of it;
//! - `carry`, `fidelity`, `quoted`, `ledger`: where a place is in another version, how true a quotation
//!   stayed, which quotations a version has, and the table of all that for a story;
//! - `search`: where else in a corpus a passage occurs;
//! - `compare`: all of it in one call; `score`: an alignment against one made by hand.
//!
//! No weight comes from the pair or the project, so that no result shifts because something else was
//! added. Of a project only corrections of alignments are read, and for the ledger which words are marked
//! as said; nothing of when something was loaded.

pub mod align;
mod candidates;
pub mod carry;
mod claims;
pub mod columns;
pub mod compare;
pub mod corrections;
pub mod difference;
pub mod evidence;
pub mod family;
pub mod fidelity;
mod forms;
pub mod grams;
pub mod graph;
mod keys;
pub mod ledger;
mod lexicon;
pub mod measures;
pub mod operation;
mod opposites;
mod origin;
pub mod picture;
mod prepared;
pub mod quoted;
pub mod relation;
pub mod reuse;
pub mod score;
pub mod search;
pub mod sentences;
mod support;
pub mod words;

pub use prepared::Prepared;

use std::ops::ControlFlow;

/// Told how far long work has come, in thousandths; may break it off. The core has no threads and no
/// clock: a worker passes a closure that posts the number and looks at its cancel flag.
pub type Progress<'a> = &'a mut dyn FnMut(u32) -> ControlFlow<()>;
