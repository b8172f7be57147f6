//! What takes a while: what is being done, how far it is, and the way to break it off.

use crate::ui::messages::{M, t};
use crate::ui::session::Session;
use crate::ui::view::{Node, button, el, when};
use leptos::prelude::*;

/// The notice of work in progress, while there is any.
pub(in crate::ui) fn progress(session: Session) -> Node {
    let words = move || session.busy.get().map(|(words, _)| words).unwrap_or_default();
    let far = move || session.busy.get().map_or(0, |(_, far)| far).to_string();
    when(
        move || session.busy.read().is_some(),
        move || {
            el("div")
                .class("progress")
                .set("role", "status")
                .child(el("span").words(words))
                .child(el("progress").set("max", "100").live("value", far).label(t(M::Reading)))
                .child(button(t(M::Cancel)).id("cancel").on_click(move || session.busy.set(None)))
                .into()
        },
    )
}
