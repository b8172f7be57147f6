//! Joining copies of a project: the laws for every history and every file, and a case for each conflict.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod cases;
mod desk;
mod laws;
mod splitting;
