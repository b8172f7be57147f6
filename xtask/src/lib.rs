//! The project's one task runner, for what Cargo cannot say: `cargo xtask --help`.
//!
//! Knows nothing of the app's code. In reading order:
//!
//! - [`command_line`]: what was asked for
//! - [`setup`]: the tools it takes, installed where they are missing
//! - [`web`], [`parts`], [`sizes`]: the release in `dist/`, cut into parts, and its size limits
//! - [`site`], [`serve`]: a static file server for `dist/`
//! - [`test`], [`bench`], [`dist`]: the other commands
//! - [`consumers`]: every export, loaded with the libraries that people use
//! - [`steps`], [`run`], [`project`], [`failure`]: what they share
//!
//! It is a library too, so that the browser tests find the browser and serve `dist/` with the same code.

#![forbid(unsafe_code)]

pub mod bench;
pub mod command_line;
pub mod consumers;
pub mod dist;
pub mod failure;
pub mod parts;
pub mod project;
pub mod run;
pub mod serve;
pub mod setup;
pub mod site;
pub mod sizes;
pub mod steps;
pub mod test;
pub mod web;
