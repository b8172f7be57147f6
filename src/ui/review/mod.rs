//! The screens that are worked out beside the page: working together (colleagues' files, conflicts, packages,
//! agreement, disagreements), and training data.
//!
//! What is shown comes as data from a worker (`crate::together`, `crate::training`); here it is painted, and what
//! is to be done is done through the session.

mod beside;
mod desk;
mod orders;
mod paint;

pub(super) use beside::{Which, look_in_folder, share, shares};
pub use desk::serve_desk;
pub(super) use paint::{Does, paint};

use super::messages::{M, t};
use super::session::{Screen, Session};
use super::view::{El, Node, button, el, react};
use crate::beside::Event;
use crate::browser;
use gloo::file::File;
use leptos::prelude::*;

/// Working together.
pub(super) fn together(session: Session) -> Node {
    let files = el("input").id("together-files").set("accept", ".json").label(t(M::TogetherFiles));
    let way = button(t(M::Training)).id("to-training").on_click(move || session.go(Screen::Training));
    let way = el("p").class("row way").child(way).child(el("span").class("hint").child(t(M::TrainingHint)));
    screen(session, Which::Together, files).child(way).into()
}

/// Training data.
pub(super) fn training(session: Session) -> Node {
    let files = el("input").id("training-files").label(t(M::TrainingFiles));
    react(move || {
        if session.busy.read().is_none() {
            beside::stop(Which::Training);
        }
    });
    screen(session, Which::Training, files).into()
}

fn screen(session: Session, which: Which, files: El) -> El {
    let shown = RwSignal::new(None);
    let act = beside::attach(which, session, shown);
    react(move || {
        let project = session.project.get();
        beside::follow(which, session, &project);
    });
    let files = files
        .set("type", "file")
        .flag("multiple", true)
        .flag("hidden", true)
        .on("change", move |event| take_in(which, browser::picked_file(event)));
    let body = move || match shown.get() {
        Some(tree) => paint((*tree).clone(), &act),
        None => el("p").class("empty").set("role", "status").child(t(M::TogetherWait)).into(),
    };
    el("div").class("together-screen").child(files).part(body)
}

/// Hands files to a desk.
pub(super) fn take_in(which: Which, files: Vec<File>) {
    leptos::task::spawn_local(async move {
        let mut read = Vec::new();
        for file in files {
            let name = file.name();
            // What cannot be read comes without bytes, and the desk says what is wrong with it.
            let bytes = browser::read_file(file, crate::codecs::MAX_FILE).await.unwrap_or_default();
            read.push((name, bytes));
        }
        if !read.is_empty() {
            beside::send(which, Event::Files(read));
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
