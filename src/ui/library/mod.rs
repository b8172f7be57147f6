//! Stories, their versions, and the doors through which articles come in.

mod add;
mod deleted;
mod projects;
mod stories;

pub(super) use add::add;

use super::files;
use super::messages::{M, t};
use super::session::Session;
use super::view::{Node, button, el, when};
use crate::model::Article;
use leptos::prelude::*;

/// The library; for a newcomer, a welcome that says what to do first.
pub(super) fn library(session: Session) -> Node {
    let empty = Memo::new(move |_| session.project.with(|p| p.all::<Article>().next().is_none()));
    el("div")
        .class("library")
        .child(when(move || empty.get(), move || welcome(session)))
        .child(when(move || !empty.get(), move || stories::stories(session)))
        .child(deleted::deleted_records(session))
        .child(add::add(session))
        .child(projects::projects(session))
        .into()
}

fn welcome(session: Session) -> Node {
    let open = button(t(M::OpenSample))
        .class("primary")
        .id("open-sample")
        .on_click(move || files::open_sample(session));
    el("section")
        .class("welcome")
        .child(el("h1").child(t(M::WelcomeTitle)))
        .child(el("p").child(t(M::WelcomeText)))
        .child(
            el("p").class("sample").child(open).child(el("span").class("hint").child(t(M::OpenSampleNote))),
        )
        .into()
}
