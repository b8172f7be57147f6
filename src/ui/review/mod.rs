//! Working together: colleagues' files, conflicts, packages, agreement, disagreements.
//!
//! What is shown is worked out beside the page (`crate::together`, in a worker) and comes as data; here it is
//! painted, and what is to be done is done through the session.

mod beside;
mod desk;
mod orders;
mod paint;

pub(super) use beside::{look_in_folder, share, shares};
pub use desk::serve_desk;

use super::messages::{M, t};
use super::session::Session;
use super::view::{Node, el, react};
use crate::browser;
use gloo::file::File;
use leptos::prelude::*;

/// The screen.
pub(super) fn together(session: Session) -> Node {
    let shown = RwSignal::new(None);
    let act = beside::attach(session, shown);
    react(move || {
        let project = session.project.get();
        beside::follow(session, &project);
    });
    let files = el("input")
        .id("together-files")
        .set("type", "file")
        .set("accept", ".json")
        .label(t(M::TogetherFiles))
        .flag("multiple", true)
        .flag("hidden", true)
        .on("change", move |event| take_in(browser::picked_file(event)));
    let body = move || match shown.get() {
        Some(tree) => paint::paint((*tree).clone(), &act),
        None => el("p").class("empty").set("role", "status").child(t(M::TogetherWait)).into(),
    };
    el("div").class("together-screen").child(files).part(body).into()
}

/// Hands files to the desk.
pub(super) fn take_in(files: Vec<File>) {
    leptos::task::spawn_local(async move {
        let mut read = Vec::new();
        for file in files {
            let name = file.name();
            // What cannot be read comes without bytes, and the desk says what is wrong with it.
            let bytes = browser::read_file(file, crate::codecs::MAX_FILE).await.unwrap_or_default();
            read.push((name, bytes));
        }
        if !read.is_empty() {
            beside::send(crate::together::Event::Files(read));
        }
    });
}

/// Uses the control with this id, where it is shown.
pub(super) fn press(id: &str) {
    browser::click(id);
}

/// Takes the selected words of the text for the case; without any, one can write them.
pub(super) fn own_words() {
    let words = browser::selected_words();
    match words.trim() {
        "" => browser::focus("case-own"),
        words => browser::fill("case-own", words),
    }
}
