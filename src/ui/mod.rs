//! Shows the project and turns gestures into commands. The only place, beside the command line, where
//! the subjects meet.
//!
//! Three kinds of state are kept apart: what is *saved* (the project, changed only through
//! [`session::Session::run`]), what belongs to the *session* (the signals in `Session`), and what is
//! *local* to a part of the page. Views show; the core decides.

mod actions;
mod adding;
mod app;
mod compare;
mod family;
mod files;
mod keep;
mod key_map;
mod library;
mod messages;
mod on_disk;
mod parts;
mod questions;
mod reader;
mod review;
mod room;
mod search;
mod session;
mod shell;
mod tabs;
mod view;

pub use adding::serve_adding;
pub use app::start;
pub use parts::{Bring, Door, Part, files, panels, reader, together, versions};
pub use questions::serve;
pub use review::serve_desk;
