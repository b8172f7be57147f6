//! The page as a whole: one session, one listener for keys, one screen at a time.

use super::actions;
use super::keep;
use super::messages::{M, t};
use super::parts::{Ask, Bring, Part};
use super::session::{Panel, Screen, Session};
use super::view::{Node, el, many, react, when};
use super::{library, parts, shell};
use crate::browser;
use crate::storage::Mirror;
use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, KeyboardEvent};

/// Starts the app in the page. `bring` fetches the parts that are not in the page's own file.
pub fn start(bring: Bring) {
    parts::start(bring);
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
        parts::bring_rest(session);
    });
    listen_to_keys(session);
    listen_to_drops(session);
    session.listen_to_typing();
    browser::on_page_hidden(move |left| {
        session.take_in_typed();
        session.remember_place();
        if left {
            session.keep(|keep| keep.flush());
        }
    });
    react(move || {
        let project = session.project.read().name().to_owned();
        browser::title(&format!("{project} – Variorum"));
    });
    react(move || browser::mark_page("role", session.role.get().name()));
    // Styles go by these: a rule that asks what is on the page (`:has`) is asked anew at every mark.
    react(move || browser::mark_page("asked", asked(session)));
    react(move || browser::mark_page("active", if session.active.read().is_some() { "yes" } else { "no" }));
    // The button or the text that had the keyboard may be gone with the screen before, and how far it was read is no
    // place in the next.
    react(move || {
        session.screen.track();
        session.blank.track();
        browser::to_top();
        request_animation_frame(|| browser::focus_if_lost("screen"));
    });
    react(move || browser::apply_theme(session.theme.get().name()));
    many([
        shell::top_bar(session),
        shell::banner(session),
        el("main").id("screen").set("tabindex", "-1").part(move || screen(session)).into(),
        shell::notices(session),
        over(session),
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

/// Where the question for a name stands: it moves no word of a text away from under the pointer.
fn asked(session: Session) -> &'static str {
    let over_text =
        matches!(*session.screen.read(), Screen::Read(_) | Screen::Compare(..) | Screen::Columns(_));
    match session.asking_name.get() {
        true if over_text => "over-text",
        true => "above",
        false => "no",
    }
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
            Screen::Read(_) => (M::Read, of_part(session, Part::Reader, screen)),
            Screen::Compare(..) | Screen::Columns(_) => {
                (M::Compare, of_part(session, Part::Versions, screen))
            }
            Screen::Family(_) => (M::GoFamily, of_part(session, Part::Versions, screen)),
            Screen::Passage(_) => (M::GoPassage, of_part(session, Part::Versions, screen)),
            Screen::Together => (M::Together, of_part(session, Part::Together, screen)),
            Screen::Training => (M::Training, of_part(session, Part::Together, screen)),
            Screen::Adding => (M::AddArticles, of_part(session, Part::Files, screen)),
        };
        many([el("h1").class("visually-hidden").child(t(title)).into(), shown])
    })
}

/// A screen that a part of the program has.
fn of_part(session: Session, part: Part, screen: Screen) -> Node {
    parts::show(session, part, move || Ask::Screen(screen.clone()))
}

/// What lies over the page.
fn over(session: Session) -> Node {
    when(
        move || {
            let panel = session.panel.get();
            matches!(
                panel,
                Some(Panel::Palette | Panel::Shortcuts | Panel::Storage | Panel::History | Panel::Taken)
            )
        },
        move || parts::over(session, Part::Panels, || Ask::Over),
    )
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
                    parts::ask(session, Part::Files, Ask::Drop(browser::Dropped::of(&data)));
                }
                _ => session.dropping.set(true),
            }
        });
        listener.forget();
    }
}
