//! The sheet of shortcuts, built from the registry.

use crate::ui::actions::{ACTIONS, Action, Group};
use crate::ui::key_map;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::{Panel, Session};
use crate::ui::view::{El, Node, button, dialog_head, el, many, when};
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
    let targets = el("tr")
        .child(el("td").child(kbd("⇧1")).child(" – ").child(kbd("⇧9")))
        .child(el("td").child(t(M::TargetsHint)));
    let sheet = el("div")
        .class("sheet")
        .set("role", "dialog")
        .set("aria-modal", "true")
        .label(t(M::Shortcuts))
        .child(
            dialog_head()
                .child(el("h2").child(t(M::Shortcuts)))
                .child(button("×").id("shortcuts-close").class("quiet").label(t(M::Close)).on_click(close)),
        )
        .child(el("p").class("hint").child(t(M::ShortcutsNote)))
        .child(
            el("div")
                .class("groups")
                .children(Group::ALL.iter().map(|group| section(group.title(), rows(session, *group))))
                .child(section(t(M::Cast), vec![numbers, targets])),
        );
    request_animation_frame(|| crate::browser::focus("shortcuts-close"));
    many([el("div").class("veil").on_click(close), sheet])
}

fn section(title: &'static str, rows: Vec<El>) -> El {
    let table = el("table").child(el("tbody").children(rows));
    el("section").child(el("h3").child(title)).child(table)
}

fn rows(session: Session, group: Group) -> Vec<El> {
    ACTIONS.iter().filter(|a| a.group == group).map(|action| row(session, action)).collect()
}

/// An action with its keys; a click lets the next key pressed be its own.
fn row(session: Session, action: &'static Action) -> El {
    let waits = move || session.remapping.get() == Some(action.name);
    let keys = move || match waits() {
        true => el("span").class("hint").child(t(M::PressKey)).into(),
        false => match key_map::keys_of(action) {
            keys if keys.is_empty() => el("span").class("hint").child("–").into(),
            keys => many(keys.iter().map(|key| kbd(key.to_string()))),
        },
    };
    let listen = move || session.remapping.set((!waits()).then_some(action.name));
    // Its name begins with the keys that are seen on it, so that it can be called by them.
    let name = move || {
        let seen = match waits() {
            true => t(M::PressKey).to_owned(),
            false => key_map::keys_of(action).iter().map(ToString::to_string).collect::<String>(),
        };
        format!("{seen} {}", fill(M::ChangeKey, &[t(action.title)]))
    };
    let change = button(Node::Nothing)
        .class("quiet keys")
        .live("aria-label", name)
        .tip(fill(M::ChangeKey, &[t(action.title)]))
        .part(keys)
        .on_click(listen);
    let back = move || {
        let restore = move || {
            key_map::give_back(action);
            session.remember_place();
        };
        key_map::is_given(action)
            .then(|| button("↺").class("quiet").label(fill(M::KeyBack, &[t(action.title)])).on_click(restore))
    };
    el("tr").child(el("td").child(change).part(move || back().into())).child(el("td").child(t(action.title)))
}

fn kbd(key: impl Into<Node>) -> El {
    el("kbd").child(key)
}
