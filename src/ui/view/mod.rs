//! What a screen is made of: one type of view for all of it.
//!
//! Leptos' `view!` gives each tree of elements and each closure in it a type of its own, and code for each:
//! it had come to a third of the wasm. Here a tree is data ([`Node`], [`El`]) and its closures are boxed, so
//! that building, changing and removing it is compiled once. It is a Leptos view all the same: it implements
//! [`leptos::tachys::view::Render`], and signals, memos, effects and owners are Leptos' own.
//!
//! ```ignore
//! el("p").class("hint")
//!     .words(move || session.spoken.get())
//!     .child(button(t(M::Undo)).live_flag("disabled", nothing).on_click(move || session.undo()))
//! ```
//!
//! Text goes in as text nodes and attributes, never as HTML.

mod attribute;
mod each;
mod element;
mod node;

pub(super) use each::each;
pub(super) use element::{El, button, dialog_head, el};
pub(super) use node::{Node, live, many, react, when};
