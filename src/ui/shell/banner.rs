//! What is asked once, without getting in the way: the name, and storage that keeps nothing.

use crate::browser;
use crate::ui::keep::SaveState;
use crate::ui::messages::{M, t};
use crate::ui::session::Session;
use crate::ui::tabs::Role;
use crate::ui::view::{Node, button, el, live, many, when};
use leptos::prelude::*;

/// The banner below the bar.
pub(in crate::ui) fn banner(session: Session) -> Node {
    let risk = live(move || match session.saved.get() {
        SaveState::TabOnly(why) => el("p").class("banner risk").set("role", "alert").child(why).into(),
        _ => Node::Nothing,
    });
    let asking = when(move || session.asking_name.get(), move || ask_name(session));
    let elsewhere = when(
        move || session.is_follower(),
        move || {
            el("p")
                .class("banner elsewhere")
                .set("role", "status")
                .child(el("span").child(t(M::OtherTabBanner)))
                .child(
                    button(t(M::TakeOver))
                        .id("take-over")
                        .class("primary")
                        .on_click(move || session.take_over()),
                )
                .into()
        },
    );
    let visiting = when(
        move || session.role.get() == Role::Visitor,
        || el("p").class("banner visiting").set("role", "status").child(t(M::NewerBanner)).into(),
    );
    many([risk, elsewhere, visiting, asking])
}

fn ask_name(session: Session) -> Node {
    let name = RwSignal::new(String::new());
    let save = move || session.set_my_name(&name.get_untracked());
    let field = el("input")
        .id("my-name")
        .set("type", "text")
        .set("autocomplete", "name")
        .value(move || name.get())
        .on_input(move |words| name.set(words))
        .on_key(move |event| {
            if event.key() == "Enter" {
                event.prevent_default();
                save();
                browser::focus("page-text");
            }
        });
    let form = el("form")
        .id(browser::ASKED)
        .class("banner name-prompt")
        .on("submit", |event| event.prevent_default())
        .child(el("label").set("for", "my-name").child(t(M::NamePrompt)))
        .child(field)
        .child(
            button(t(M::NameSave))
                .class("primary")
                .live_flag("disabled", move || name.read().trim().is_empty())
                .on_click(save),
        )
        .child(button(t(M::NameLater)).class("quiet").on_click(move || session.asking_name.set(false)))
        .child(el("span").class("hint").child(t(M::NamePromptWhy)));
    // It comes while somebody marks: the text stays where it is, below.
    el("div").class("hovering").child(form).into()
}
