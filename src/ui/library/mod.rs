//! Stories, their versions, and the doors through which articles come in.

mod add;
mod deleted;
mod projects;
mod stories;

pub(super) use add::add;

use super::messages::{M, t};
use super::parts::{self, Ask, Part};
use super::session::Session;
use super::view::{Node, button, el, many, when};
use crate::model::Article;
use leptos::prelude::*;

/// The library; for a newcomer, a welcome that says what to do first.
pub(super) fn library(session: Session) -> Node {
    let empty = Memo::new(move |_| session.project.with(|p| p.all::<Article>().next().is_none()));
    el("div")
        .class("library")
        .child(when(move || empty.get(), move || welcome(session)))
        .child(when(move || !empty.get(), move || stories::stories(session)))
        .child(add::add(session))
        .child(parts::show(session, Part::Files, || Ask::Shelf))
        .into()
}

/// What was deleted in the project, and the projects kept here.
pub(super) fn shelf(session: Session) -> Node {
    many([deleted::deleted_records(session), projects::projects(session)])
}

fn welcome(session: Session) -> Node {
    let open = button(t(M::OpenSample))
        .class("primary")
        .id("open-sample")
        .on_click(move || parts::act(session, Part::Files, "sample"));
    el("section")
        .class("welcome")
        .child(el("h1").child(t(M::WelcomeTitle)))
        .child(el("p").child(t(M::WelcomeText)))
        .child(
            el("p").class("sample").child(open).child(el("span").class("hint").child(t(M::OpenSampleNote))),
        )
        .into()
}
