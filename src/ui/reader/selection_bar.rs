//! What can be done with the words that are selected, right beside them.

use super::desk::Desk;
use super::gestures;
use super::page::PAGE;
use crate::browser;
use crate::ui::actions::{action, how, tip};
use crate::ui::messages::{M, t};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, button, el, live, when};
use gloo::events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The bar. It shows the keys that do the same, takes no focus, and hides nothing that is selected.
pub(in crate::ui) fn selection_bar(desk: Desk) -> Node {
    let session = desk.session;
    let held = button_held();
    let shown = move || !held.get() && session.selected.get().is_some_and(|s| !s.span.is_empty());
    when(shown, move || bar(desk))
}

/// Whether words are being dragged over. A bar below them would be in the way then: the selection would jump
/// into it.
fn button_held() -> RwSignal<bool> {
    let held = RwSignal::new(false);
    let pressed = EventListener::new(&document(), "mousedown", move |event| {
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let on_text = target.and_then(|t| t.closest(&format!("#{PAGE}, [data-text]")).ok().flatten());
        held.set(on_text.is_some());
    });
    let let_go = EventListener::new(&document(), "mouseup", move |_| held.set(false));
    let listeners = StoredValue::new_local((pressed, let_go));
    on_cleanup(move || listeners.dispose());
    held
}

/// Out of the window.
const AWAY: (f64, f64) = (0.0, -1_000.0);

/// The greatest width of the bar, in pixels: it stays in the window.
const WIDEST: f64 = 560.0;

/// How far left of the middle of the words it begins, in pixels. Its left end is what stays, so that no button
/// moves away under the pointer when one more comes in at the right.
const BEFORE_MIDDLE: f64 = 200.0;

fn bar(desk: Desk) -> Node {
    let session = desk.session;
    let place = move || {
        session.selected.track();
        // While a field has the keyboard the words are not to be seen, and the bar would point at nothing.
        let Some(at) = browser::selection_box().filter(|at| at.width() > 0.0) else { return AWAY };
        let left = (at.left() + at.right()) / 2.0 - BEFORE_MIDDLE;
        (left.clamp(0.0, (browser::window_width() - WIDEST).max(0.0)), at.bottom() + 8.0)
    };
    let pixels = |n: f64| format!("{}px", n as i32);
    el("div")
        .class("selection-bar")
        .set("role", "toolbar")
        .label(t(M::GroupMark))
        .style("left", move || pixels(place().0))
        .style("top", move || pixels(place().1))
        .children(["quote", "cue", "source", "evidence"].map(|name| bar_button(session, name)))
        .child(
            kept(button("⋯"))
                .class("more-commands")
                .label(t(M::More))
                .tip(tip("palette"))
                .on_click(move || action("palette").run(session)),
        )
        .child(live(move || more(session).into()))
        .child(live(move || snapped(desk).into()))
        .into()
}

/// What would be taken as a quotation, where that is not just what is selected.
fn snapped(desk: Desk) -> Option<El> {
    let selected = desk.session.selected.get()?.span;
    let meant = gestures::meant(desk, selected)?.span;
    let (_, text) = desk.text()?;
    let words = meant.slice(&text);
    let shown: String = match words.chars().count() {
        0..=44 => words.to_owned(),
        n => words.chars().take(20).chain(std::iter::once('…')).chain(words.chars().skip(n - 20)).collect(),
    };
    (meant != selected).then(|| el("span").class("snapped").tip(how(M::SnapHint)).child(shown))
}

/// One more piece of what the active attribution says, where it says something already.
fn more(session: Session) -> Option<El> {
    let active = session.active.get()?;
    let says = session.project.with(|p| p.find(&active).is_some_and(|a| !a.contents.get().is_empty()));
    let words = format!("+ {}", t(M::Quote));
    says.then(|| {
        kept(button(words)).class("mark-more").on_click(move || gestures::mark_more_content(session))
    })
}

/// A click must not take the selection away before it is used.
fn kept(button: El) -> El {
    button.on("mousedown", |event| event.prevent_default())
}

fn bar_button(session: Session, name: &'static str) -> El {
    let this = action(name);
    kept(button(t(this.title)))
        .class(format!("mark-{name}"))
        .tip(tip(name))
        .child(el("kbd").child(this.key_words()))
        .on_click(move || this.run(session))
}
