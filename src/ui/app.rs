//! The page as a whole: one session, one listener for keys, one screen at a time.

use super::actions;
use super::files;
use super::keep;
use super::messages::{M, t};
use super::session::{Screen, Session};
use super::view::{Node, el, many, react};
use super::{adding, compare, family, library, reader, review, search, shell};
use crate::browser;
use crate::storage::Mirror;
use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, KeyboardEvent};

/// Starts the app in the page.
pub fn start() {
    std::panic::set_hook(Box::new(|info| browser::last_words(&info.to_string())));
    wasm_bindgen_futures::spawn_local(async {
        // A browser without a database, or one that hangs, must not keep the app from opening.
        let second = browser::SecondCopy::open(PATIENCE, keep::is_wanted).await.ok();
        let page = document().body().expect("index.html has a body");
        leptos::mount::mount_to_renderer(&page, move || app(second)).forget();
    });
}

/// How long the second copy is waited for, in milliseconds.
const PATIENCE: u32 = 3_000;

/// All that is in the page.
fn app(second: Option<(browser::SecondCopy, Mirror)>) -> Node {
    let session = Session::open(second);
    wasm_bindgen_futures::spawn_local(async move {
        session.resume().await;
        browser::opened();
    });
    listen_to_keys(session);
    listen_to_drops(session);
    browser::on_page_hidden(move || {
        session.remember_place();
        session.keep(|keep| keep.flush());
    });
    react(move || {
        let project = session.project.read().name().to_owned();
        browser::title(&format!("{project} – Variorum"));
    });
    react(move || browser::mark_page("role", session.role.get().name()));
    react(move || browser::apply_theme(session.theme.get().name()));
    many([
        shell::top_bar(session),
        shell::banner(session),
        el("main").id("screen").set("tabindex", "-1").part(move || screen(session)).into(),
        shell::notices(session),
        shell::palette(session),
        shell::shortcut_sheet(session),
        shell::storage_panel(session),
        shell::history_panel(session),
        shell::taken_panel(session),
        shell::progress(session),
        drop_veil(session),
        el("div")
            .class("spoken")
            .set("role", "status")
            .set("aria-live", "polite")
            .words(move || session.spoken.get())
            .into(),
    ])
}

/// The screen at hand. It is made anew for another screen only: its parts follow what they show.
fn screen(session: Session) -> Node {
    // Nothing is shown, and nothing can be done, before it is known what is stored.
    if session.blank.get() {
        return Node::Nothing;
    }
    let screen = session.screen.get();
    untrack(|| {
        let (title, shown) = match screen {
            Screen::Library => (M::Library, library::library(session)),
            Screen::Read(article) => (M::Read, reader::reader(session, article)),
            Screen::Compare(left, right) => (M::Compare, compare::compare(session, left, right)),
            Screen::Columns(articles) => (M::Compare, compare::columns(session, articles)),
            Screen::Family(story) => (M::GoFamily, family::family(session, story)),
            Screen::Passage(words) => (M::GoPassage, search::search(session, words)),
            Screen::Together => (M::Together, review::together(session)),
            Screen::Adding => (M::AddArticles, adding::adding(session)),
            Screen::Training => (M::Training, review::training(session)),
        };
        many([el("h1").class("visually-hidden").child(t(title)).into(), shown])
    })
}

fn drop_veil(session: Session) -> Node {
    el("div")
        .class("drop-veil")
        .class_if("shown", move || session.dropping.get())
        .set("aria-hidden", "true")
        .child(el("span").child(t(M::DropHere)))
        .into()
}

fn listen_to_keys(session: Session) {
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&document(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if !event.is_composing() && actions::press(session, event) {
            event.prevent_default();
        }
    });
    listener.forget();
}

fn listen_to_drops(session: Session) {
    let options = EventListenerOptions::enable_prevent_default();
    for name in ["dragenter", "dragover", "dragleave", "drop"] {
        let listener = EventListener::new_with_options(&document(), name, options, move |event| {
            let Some(event) = event.dyn_ref::<DragEvent>() else { return };
            let Some(data) = event.data_transfer() else { return };
            // Words dragged inside the page are none of our business.
            if !data.types().includes(&"Files".into(), 0) {
                return;
            }
            event.prevent_default();
            let leaving = event.type_() == "dragleave" && event.related_target().is_some();
            match &*event.type_() {
                "dragleave" if !leaving => session.dropping.set(false),
                "drop" => {
                    session.dropping.set(false);
                    let dropped = browser::Dropped::of(&data);
                    leptos::task::spawn_local(async move {
                        let list = dropped.files(adding::MOST_FILES).await;
                        let desk = match session.screen.get_untracked() {
                            Screen::Together => review::Which::Together,
                            Screen::Training => review::Which::Training,
                            _ => return files::take_in(session, list),
                        };
                        review::take_in(desk, list.into_iter().map(|(_, file)| file).collect());
                    });
                }
                _ => session.dropping.set(true),
            }
        });
        listener.forget();
    }
}
