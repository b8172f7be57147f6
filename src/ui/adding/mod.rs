//! Adding articles: files are read beside the page, shown with what was found in them, looked over, added.
//!
//! What is shown is worked out in a worker of its own (`crate::adding`) and comes as data; here it is painted,
//! and what is to be done is done through the session.

mod beside;
mod orders;
mod serve;

pub use serve::serve_adding;

use super::actions::tip;
use super::library;
use super::messages::{M, t};
use super::review::paint;
use super::session::{Screen, Session};
use super::view::{Node, button, el, react, when};
use crate::adding::{FROM_CLIPBOARD, Reply};
use crate::browser;
use gloo::file::File;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Files taken from one drop.
pub(super) const MOST_FILES: usize = 20_000;

/// What the worker says.
#[derive(Serialize, Deserialize)]
enum Told {
    /// It begins with this file: its number and name, how many are done, of how many.
    Begins(u32, String, u32, u32),
    /// No file is left.
    Done,
    Reply(Reply),
}

/// The screen.
pub(super) fn adding(session: Session) -> Node {
    let shown = RwSignal::new(None);
    let act = beside::attach(session, shown);
    react(move || {
        let project = session.project.get();
        beside::follow(session, &project);
    });
    let empty = Memo::new(move |_| !beside::any(session));
    let doors = el("p")
        .class("row")
        .child(button(t(M::ChooseFiles)).tip(tip("import")).on_click(|| browser::click("file-input")))
        .child(button(t(M::ChooseFolder)).tip(tip("folder")).on_click(|| browser::click("folder-input")));
    let body = move || match shown.get() {
        Some(tree) if !empty.get() => paint((*tree).clone(), &act),
        _ if empty.get() => Node::Nothing,
        _ => el("p").class("empty").set("role", "status").child(t(M::AddingWait)).into(),
    };
    el("div")
        .class("adding-screen")
        .child(doors)
        .part(body)
        .child(when(
            move || empty.get(),
            move || {
                el("div")
                    .child(el("p").class("hint").child(t(M::AddingEmpty)))
                    .child(library::add(session))
                    .into()
            },
        ))
        .into()
}

/// Hands files, with their paths, to the desk and shows it.
pub(super) fn take_in(session: Session, files: Vec<(String, File)>) {
    session.go(Screen::Adding);
    beside::take_in(session, files);
}

/// Hands rich text from the clipboard to the desk and shows it.
pub(super) fn take_in_html(session: Session, html: &str) {
    take_in(session, vec![(FROM_CLIPBOARD.to_owned(), File::new(FROM_CLIPBOARD, html))]);
}

/// Uses the control with this id, where it is shown.
pub(super) fn press(id: &str) {
    browser::click(id);
}
