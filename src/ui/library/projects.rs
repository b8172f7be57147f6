//! The projects kept in this browser.

use crate::ui::keep::Stored;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, button, el, live, many};
use leptos::prelude::*;

/// The list of projects, with the removed ones below it.
pub(super) fn projects(session: Session) -> Node {
    let list = move |removed: bool| {
        session.shelf_changed.track();
        session.project.track();
        session.keep(|keep| keep.list()).into_iter().filter(move |p| p.removed == removed)
    };
    let kept = move || {
        let here = session.project.read().id().clone();
        many(list(false).map(|p| row(session, p.id == here, p)))
    };
    let removed = live(move || {
        let rows: Vec<El> = list(true).map(|p| trashed(session, p)).collect();
        match rows.is_empty() {
            true => Node::Nothing,
            false => many([el("h3").child(t(M::TrashTitle)), el("ul").class("trash").children(rows)]),
        }
    });
    let new = button(t(M::NewProject)).id("new-project").on_click(move || session.begin(String::new()));
    el("section")
        .class("projects")
        .set("aria-labelledby", "projects-title")
        .child(el("h2").id("projects-title").child(t(M::Projects)))
        .child(el("ul").part(kept))
        .child(el("p").child(new))
        .child(removed)
        .into()
}

fn row(session: Session, open: bool, project: Stored) -> El {
    let id = project.id.clone();
    let name = if open { session.project.read_untracked().name().to_owned() } else { project.name };
    let switch = {
        let id = id.clone();
        move || {
            if session.load(&id) {
                session.remember_place();
            }
        }
    };
    let here = match open {
        true => el("span").class("facts").child(t(M::Current)),
        false => button(t(M::SwitchTo)).class("quiet switch").on_click(switch),
    };
    let title = el("span").class("title").child(name.clone());
    let remove = move || {
        if let Err(why) = session.keep(|keep| keep.remove(&id)) {
            return session.complain(why.to_string());
        }
        session.shelf_changed.update(|n| *n += 1);
        if open {
            session.begin(String::new());
        }
        session.say(fill(M::ProjectRemoved, &[&name]));
    };
    el("li")
        .class(if open { "open" } else { "" })
        .child(title)
        .child(here)
        .child(button(t(M::RemoveProject)).class("quiet remove-project").on_click(remove))
}

fn trashed(session: Session, project: Stored) -> El {
    let id = project.id.clone();
    let restore = move || {
        if let Err(why) = session.keep(|keep| keep.restore(&id)) {
            return session.complain(why.to_string());
        }
        session.shelf_changed.update(|n| *n += 1);
    };
    el("li")
        .child(el("span").class("title").child(project.name))
        .child(button(t(M::Restore)).class("quiet restore").on_click(restore))
}
