//! The bar on top: where one is, undo, and whether the work is safe.

use super::{go_compare, go_read};
use crate::browser;
use crate::store::Command;
use crate::ui::actions::{action, tip};
use crate::ui::keep::SaveState;
use crate::ui::messages::{M, fill, t};
use crate::ui::parts::{self, Ask, Part};
use crate::ui::session::{Screen, Session};
use crate::ui::view::{El, Node, button, el};
use leptos::prelude::*;

/// The bar.
pub(in crate::ui) fn top_bar(session: Session) -> Node {
    let name = el("input")
        .class("project-name")
        .label(t(M::ProjectName))
        .value(move || session.project.read().name().to_owned());
    let name = session.typed(name, move |name| {
        session.run(Command::RenameProject { name });
    });
    let files = el("input")
        .id("file-input")
        .set("type", "file")
        .flag("multiple", true)
        .flag("hidden", true)
        .on("change", move |event| parts::ask(session, Part::Files, Ask::Take(picked(event))));
    let folder = el("input")
        .id("folder-input")
        .set("type", "file")
        .label(t(M::ChooseFolder))
        .flag("webkitdirectory", true)
        .flag("hidden", true)
        .on("change", move |event| parts::ask(session, Part::Files, Ask::Take(picked(event))));
    el("header")
        .class("top-bar")
        .child(
            button(t(M::AppName))
                .class("brand quiet")
                .tip(t(M::Library))
                .on_click(move || session.go(Screen::Library)),
        )
        .child(name)
        .child(screens(session))
        .child(el("span").class("spring"))
        .child(history(session, "undo"))
        .child(history(session, "redo"))
        .child(save_word(session))
        .child(named(session, "export", "export", M::SaveFile).tip(t(M::ExportHint)))
        .child(named(session, "palette", "palette-button", M::More).tip(tip("palette")))
        .child(files)
        .child(folder)
        .into()
}

/// The files that were chosen, with their paths.
fn picked(event: &web_sys::Event) -> Vec<(String, gloo::file::File)> {
    browser::picked_file(event).into_iter().map(|file| (browser::path_of(&file), file)).collect()
}

/// The ways to the screens, the present one marked.
fn screens(session: Session) -> El {
    let way = move |name: &'static str, title: M, is_here: fn(&Screen) -> bool, go: fn(Session)| {
        button(t(title))
            .tip(tip(name))
            .live_some("aria-current", move || is_here(&session.screen.read()).then(|| "page".to_owned()))
            .on_click(move || go(session))
    };
    el("nav")
        .child(way("library", M::Library, |s| matches!(s, Screen::Library), |s| s.go(Screen::Library)))
        .child(way("read", M::Read, |s| matches!(s, Screen::Read(_)), go_read))
        .child(way(
            "compare",
            M::Compare,
            |s| matches!(s, Screen::Compare(..) | Screen::Columns(_) | Screen::Family(_)),
            go_compare,
        ))
        .child(way(
            "together",
            M::Together,
            |s| matches!(s, Screen::Together | Screen::Training),
            |s| s.go(Screen::Together),
        ))
}

/// Undo or redo: off while there is nothing to do, and saying in its tip what it would do.
fn history(session: Session, name: &'static str) -> El {
    let undo = name == "undo";
    let can = move || {
        let (back, forth) = session.can.get();
        if undo { back } else { forth }
    };
    let words = move || match can() {
        Some(what) => fill(if undo { M::UndoWhat } else { M::RedoWhat }, &[&what]),
        None => tip(name),
    };
    named(session, name, name, if undo { M::Undo } else { M::Redo })
        .live("title", words)
        .live_flag("disabled", move || can().is_none())
}

/// A button that runs an action.
fn named(session: Session, name: &'static str, id: &'static str, words: M) -> El {
    button(t(words)).id(id).on_click(move || action(name).run(session))
}

/// Whether the work is safe, how full the storage is and when a file was saved; more when it is pressed.
fn save_word(session: Session) -> El {
    let word = move || match session.saved.get() {
        SaveState::Saved if !session.typing.get() => t(M::Saved),
        SaveState::Saved | SaveState::Saving => t(M::Saving),
        SaveState::TabOnly(_) => t(M::SavedTabOnly),
    };
    let why = move || match session.saved.get() {
        SaveState::TabOnly(why) => why,
        _ => format!("{} {}", t(M::SavedWhere), file_words(session)),
    };
    let full = move || fill(M::StoragePercent, &[&session.vitals.read().percent.to_string()]);
    button(
        el("span")
            .id("save-state")
            .class("save-state")
            .class_if("at-risk", move || matches!(session.saved.get(), SaveState::TabOnly(_)))
            .set("role", "status")
            .words(move || word().to_owned()),
    )
    .id("storage-button")
    .class("quiet storage-button")
    .live("title", why)
    .child(
        el("span")
            .class("meter-word")
            .class_if("at-risk", move || session.vitals.read().percent >= 80)
            .words(full),
    )
    .child(el("span").class("file-word").words(move || file_words(session)))
    .on_click(move || action("storage").run(session))
}

/// When the project was last saved as a file.
pub(super) fn file_words(session: Session) -> String {
    let vitals = session.vitals.get();
    match (&vitals.exported, vitals.stored) {
        (_, false) => String::new(),
        (None, true) => t(M::NeverExported).to_owned(),
        (Some(when), true) => fill(M::ExportedAgo, &[&super::ago(when)]),
    }
}
