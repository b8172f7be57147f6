//! The sheet of shortcuts, built from the registry.

use crate::ui::actions::{ACTIONS, Action, Group};
use crate::ui::messages::{M, t};
use crate::ui::session::{Panel, Session};
use crate::ui::view::{El, Node, button, el, many, when};
use leptos::prelude::*;

/// The sheet.
pub(in crate::ui) fn shortcut_sheet(session: Session) -> Node {
    when(move || session.panel.get() == Some(Panel::Shortcuts), move || open(session))
}

fn open(session: Session) -> Node {
    let close = move || session.panel.set(None);
    let numbers = el("tr")
        .child(el("td").child(kbd("1")).child(" – ").child(kbd("9")))
        .child(el("td").child(t(M::CastHint)));
    let sheet = el("div")
        .class("sheet")
        .set("role", "dialog")
        .set("aria-modal", "true")
        .label(t(M::Shortcuts))
        .child(
            el("header")
                .child(el("h2").child(t(M::Shortcuts)))
                .child(button("×").class("quiet").label(t(M::Close)).on_click(close)),
        )
        .child(
            el("div")
                .class("groups")
                .children(Group::ALL.iter().map(|group| section(group.title(), rows(*group))))
                .child(section(t(M::Cast), vec![numbers])),
        )
        .child(el("p").class("hint").child(t(M::ShortcutsNote)));
    many([el("div").class("veil").on_click(close), sheet])
}

fn section(title: &'static str, rows: Vec<El>) -> El {
    let table = el("table").child(el("tbody").children(rows));
    el("section").child(el("h3").child(title)).child(table)
}

fn rows(group: Group) -> Vec<El> {
    let row = |action: &Action| {
        let keys = action.keys.iter().map(|key| kbd(key.to_string()));
        el("tr").child(el("td").children(keys)).child(el("td").child(t(action.title)))
    };
    ACTIONS.iter().filter(|a| a.group == group).map(row).collect()
}

fn kbd(key: impl Into<Node>) -> El {
    el("kbd").child(key)
}
