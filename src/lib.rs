//! Variorum: who said what in the news, what they think of it, and what each version made of it.
//!
//! The map, in reading order. Arrows point down the list's layers only; `tests/architecture.rs` holds
//! them.
//!
//! - [`text`]: positions in an immutable text, in every unit anyone counts in.
//! - [`model`]: what is saved, as plain records that keep their own invariants.
//! - [`store`]: intentions become reversible changes.
//! - [`codecs`]: bytes to data and back, nothing lost silently.
//! - [`dataset`]: what goes into training data, and on which side; and what comes in from other tools.
//! - [`storage`]: keeps projects safe on an engine that may fail at any write.
//! - [`check`]: what is wrong in a project, and what to do about it.
//! - [`intake`]: an article out of whatever file a person has.
//! - [`versions`]: compares versions of a story: alignment, word correspondence, reuse, relation.
//! - [`merge`]: copies of a project become one again; what does not fit is listed, nothing is dropped.
//! - [`agreement`]: how far annotators agree, with the measures the field expects.
//! - [`adjudicate`]: where annotators disagree, case by case, and what was decided.
//! - [`tree`]: what a worker shows, as data that the page paints.
//! - [`adding`]: the desk where files become articles; it runs in the reading worker and answers with what to show.
//! - [`beside`]: what goes between the page and the desks in its workers: events in, a tree and orders out.
//! - [`together`]: the desk where files are joined, counted and settled; it runs in the worker and answers with what to show.
//! - [`training`]: the desk where training data goes out and other tools' files come in, in a worker likewise.
//! - `sample` (native only): the built-in sample, made from its sources.
//! - `browser` (web only): the only code that touches the browser.
//! - `ui` (web only): the app.
//! - `cli` (native only): the same subjects for pipelines.

pub mod adding;
pub mod adjudicate;
pub mod agreement;
pub mod beside;
pub mod check;
pub mod codecs;
pub mod dataset;
pub mod intake;
pub mod merge;
pub mod model;
pub mod storage;
pub mod store;
pub mod text;
pub mod together;
pub mod training;
pub mod tree;
pub mod versions;

#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
#[cfg(not(target_arch = "wasm32"))]
pub mod sample;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
