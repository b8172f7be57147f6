//! What is seen in place of a part that is on its way, or that could not be loaded.

use super::{Ask, Door, Part, State, state, want};
use crate::ui::messages::{M, t};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, button, el, many, when};
use leptos::prelude::*;

/// What a part shows, at once where it is here.
pub(in crate::ui) fn show(session: Session, part: Part, ask: impl FnMut() -> Ask + 'static) -> Node {
    shown(session, part, Box::new(ask), false)
}

/// Likewise, in a dialog over the page until it is here.
pub(in crate::ui) fn over(session: Session, part: Part, ask: impl FnMut() -> Ask + 'static) -> Node {
    shown(session, part, Box::new(ask), true)
}

fn shown(session: Session, part: Part, mut ask: Box<dyn FnMut() -> Ask>, over: bool) -> Node {
    if let State::Here(Door(door)) = state(part) {
        return door(session, ask());
    }
    // Asked for once the page stands.
    request_animation_frame(move || want(session, part));
    let look = move || {
        session.parts.track();
        state(part)
    };
    many([
        when(
            move || matches!(look(), State::Here(_)),
            move || match state(part) {
                State::Here(Door(door)) => door(session, ask()),
                _ => Node::Nothing,
            },
        ),
        when(move || matches!(look(), State::Missing), move || framed(session, missing(session, part), over)),
        when(
            move || matches!(look(), State::Away | State::Asked),
            move || {
                framed(session, el("p").class("empty").set("role", "status").child(t(M::PartComing)), over)
            },
        ),
    ])
}

/// That the part could not be loaded, and a way to try again.
fn missing(session: Session, part: Part) -> El {
    el("div")
        .class("empty part-missing")
        .set("role", "alert")
        .child(el("p").child(t(M::PartMissing)))
        .child(button(t(M::TryAgain)).class("primary").id("try-part").on_click(move || want(session, part)))
}

fn framed(session: Session, inside: El, over: bool) -> Node {
    if !over {
        return inside.into();
    }
    let close = move || {
        session.panel.set(None);
        crate::ui::reader::stop_picking();
    };
    let shut = button("×").class("quiet").label(t(M::Close)).on_click(close);
    let sheet =
        el("div").class("sheet").set("role", "dialog").label(t(M::PartComing)).child(shut).child(inside);
    many([el("div").class("veil").on_click(close), sheet])
}
