//! Working together by passing files: joining copies, agreement, adjudication.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod adjudication;
mod agreement;
mod cases;
mod crooked;
mod desk;
mod folder;
mod laws;
mod splitting;
mod together;
