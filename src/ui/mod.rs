//! Shows the project and turns gestures into commands. The only place, beside the command line, where
//! the subjects meet.
//!
//! Three kinds of state are kept apart: what is *saved* (the project, changed only through
//! [`session::Session::run`]), what belongs to the *session* (the signals in `Session`), and what is
//! *local* to a component. Components show; the core decides.

#![allow(unreachable_pub, reason = "the component macro makes the types of properties public")]

mod actions;
mod app;
mod compare;
mod files;
mod keep;
mod library;
mod messages;
mod reader;
mod session;
mod shell;
mod view;

pub use app::start;
