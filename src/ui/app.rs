//! The page as a whole: one session, one listener for keys, one screen at a time.

use super::actions;
use super::files;
use super::session::{Screen, Session};
use super::{compare, library, reader, shell};
use crate::browser;
use crate::storage::Mirror;
use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, KeyboardEvent};

/// Starts the app in the page, or serves it as a worker, whichever this global is.
pub fn start() {
    std::panic::set_hook(Box::new(|info| browser::last_words(&info.to_string())));
    if browser::is_worker() {
        compare::serve();
    } else {
        wasm_bindgen_futures::spawn_local(async {
            // A browser without a database, or one that hangs, must not keep the app from opening.
            let second = browser::SecondCopy::open(PATIENCE).await.ok();
            leptos::mount::mount_to_body(move || view! { <App second /> });
            browser::opened();
        });
    }
}

/// How long the second copy is waited for, in milliseconds.
const PATIENCE: u32 = 3_000;

#[component]
fn App(second: Option<(browser::SecondCopy, Mirror)>) -> impl IntoView {
    let session = Session::open(second);
    provide_context(session);
    listen_to_keys(session);
    listen_to_drops(session);
    browser::on_page_hidden(move || {
        session.remember_place();
        session.keep(|keep| keep.flush());
    });
    Effect::new(move || {
        let project = session.project.read().name().to_owned();
        browser::title(&format!("{project} – Variorum"));
    });
    Effect::new(move || browser::apply_theme(session.theme.get().name()));
    let screen = move || match session.screen.get() {
        Screen::Library => library::Library().into_any(),
        Screen::Read(article) => reader::Reader(reader::ReaderProps { article }).into_any(),
        Screen::Compare(left, right) => compare::Compare(compare::CompareProps { left, right }).into_any(),
    };
    view! {
        <shell::TopBar />
        <shell::Banner />
        <main id="screen" tabindex="-1">{screen}</main>
        <shell::Notices />
        <shell::Palette />
        <shell::ShortcutSheet />
        <div class="drop-veil" class:shown=move || session.dropping.get() aria-hidden="true">
            <span>{super::messages::t(super::messages::M::DropHere)}</span>
        </div>
        <div class="spoken" role="status" aria-live="polite">{move || session.spoken.get()}</div>
    }
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
                    let list = data.files().map(|list| gloo::file::FileList::from(list).to_vec());
                    files::take_in(session, list.unwrap_or_default(), None);
                }
                _ => session.dropping.set(true),
            }
        });
        listener.forget();
    }
}
