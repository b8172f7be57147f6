//! What lies over the reader for a while: guidelines, labels, progress, and the stances of all sources.

mod grid;
mod guidelines;
mod markdown;
mod progress;
mod scheme;
mod split_label;

use crate::ui::messages::{M, t};
use crate::ui::session::{Panel, Session};
use crate::ui::view::{El, Node, button, dialog_head, el, many, when};
use leptos::prelude::*;

pub(in crate::ui) use progress::flip_done;

/// The panels.
pub(super) fn panels(desk: super::desk::Desk) -> Node {
    let session = desk.session;
    let is = move |panel: Panel| move || session.panel.get() == Some(panel);
    many([
        when(is(Panel::Guidelines), move || sheet(session, M::Guidelines, guidelines::guidelines(session))),
        when(is(Panel::Progress), move || sheet(session, M::Progress, progress::progress(desk))),
        when(is(Panel::Grid), move || sheet(session, M::StanceGrid, grid::grid(desk))),
        when(is(Panel::Scheme), move || sheet(session, M::SchemeTitle, scheme::scheme(session))),
    ])
}

fn sheet(session: Session, title: M, inside: El) -> Node {
    let close = move || {
        session.panel.set(None);
        super::to_text();
    };
    request_animation_frame(|| crate::browser::focus("sheet-close"));
    let shut = button("×").id("sheet-close").class("quiet").label(t(M::Close)).on_click(close);
    let sheet = el("div")
        .class("sheet")
        .set("role", "dialog")
        .set("aria-modal", "true")
        .label(t(title))
        .child(dialog_head().child(el("h2").child(t(title))).child(shut))
        .child(inside);
    many([el("div").class("veil").on_click(close), sheet])
}
