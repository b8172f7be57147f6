//! Compares two versions of a story: which sentence answers which, what happened to it on the way, how
//! much was reused and where, and what that says of how the two hang together.
//!
//! In reading order:
//! - `sentences`: the units of comparison;
//! - `lexicon`, `grams`: what a sentence is worth to comparison, with weights fixed in the program;
//! - `candidates`, `align`, `support`: which sentence answers which, in any order, sure or maybe;
//! - `words`: word correspondence inside an aligned pair;
//! - `operation`: what happened to a sentence, and whether its claim may have flipped;
//! - `reuse`: how much one text holds of the other, outside and inside quotation marks;
//! - `origin`, `evidence`, `relation`: a guess of the relation, with its evidence and its doubt;
//! - `compare`: all of it in one call; `score`: an alignment against one made by hand.
//!
//! No weight comes from the pair or the project, so that no result shifts because something else was
//! added. This module does not know annotations, projects or dates of loading.

pub mod align;
mod candidates;
pub mod compare;
pub mod evidence;
pub mod grams;
mod keys;
mod lexicon;
pub mod operation;
mod origin;
mod prepared;
pub mod relation;
pub mod reuse;
pub mod score;
pub mod sentences;
mod support;
pub mod words;

pub use prepared::Prepared;

use std::ops::ControlFlow;

/// Told how far long work has come, in thousandths; may break it off. The core has no threads and no
/// clock: a worker passes a closure that posts the number and looks at its cancel flag.
pub type Progress<'a> = &'a mut dyn FnMut(u32) -> ControlFlow<()>;
