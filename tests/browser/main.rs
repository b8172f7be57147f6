//! The app in a real browser, driven as a person would drive it: `cargo xtask test` builds it and runs these.
//!
//! One file per journey; [`harness`] has the hands and eyes. Each test starts a browser of its own.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]
#![allow(dead_code, reason = "the harness offers more than every journey uses")]

mod accessible;
mod adding;
mod any_order;
mod bad_input;
mod bench;
mod big;
mod blocked;
mod by_keys;
mod by_touch;
mod colleagues;
mod compare;
mod compare_bench;
mod conflicts;
mod counted;
mod damaged;
mod desk;
mod files;
mod finding;
mod folder;
mod full;
mod hard_cases;
mod harness;
mod killed;
mod long;
mod parts;
mod projects;
mod real_articles;
mod scripts;
mod smoke;
mod steady;
mod tabs;
mod together;
mod training;
#[path = "../common/valid.rs"]
mod valid;
mod versions;
mod whole_path;
mod whose;
