//! The bar on top: where one is, undo, and whether the work is safe.

use super::{go_compare, go_read};
use crate::browser;
use crate::store::Command;
use crate::ui::actions::{action, tip};
use crate::ui::files;
use crate::ui::keep::SaveState;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::{Screen, session};
use leptos::prelude::*;

/// The bar.
#[component]
pub(in crate::ui) fn TopBar() -> impl IntoView {
    let session = session();
    let name = move || session.project.read().name().to_owned();
    let rename = move |event: leptos::ev::Event| {
        session.run(Command::RenameProject { name: event_target_value(&event) });
    };
    let at = move |wanted: fn(&Screen) -> bool| move || wanted(&session.screen.read()).then_some("page");
    let undo_tip = move || match session.can.get().0 {
        Some(what) => fill(M::UndoWhat, &[&what]),
        None => tip("undo"),
    };
    let redo_tip = move || match session.can.get().1 {
        Some(what) => fill(M::RedoWhat, &[&what]),
        None => tip("redo"),
    };
    let picked = move |event: leptos::ev::Event| files::take_in(session, browser::picked_file(&event), None);
    view! {
        <header class="top-bar">
            <button type="button" class="brand quiet" title=t(M::Library) on:click=move |_| session.go(Screen::Library)>
                {t(M::AppName)}
            </button>
            <input class="project-name" aria-label=t(M::ProjectName) prop:value=name on:change=rename />
            <nav>
                <button type="button" aria-current=at(|s| matches!(s, Screen::Library)) title=tip("library") on:click=move |_| session.go(Screen::Library)>
                    {t(M::Library)}
                </button>
                <button type="button" aria-current=at(|s| matches!(s, Screen::Read(_))) title=tip("read") on:click=move |_| go_read(session)>
                    {t(M::Read)}
                </button>
                <button type="button" aria-current=at(|s| matches!(s, Screen::Compare(..))) title=tip("compare") on:click=move |_| go_compare(session)>
                    {t(M::Compare)}
                </button>
            </nav>
            <span class="spring"></span>
            <button type="button" id="undo" title=undo_tip disabled=move || session.can.read().0.is_none() on:click=move |_| session.undo()>
                {t(M::Undo)}
            </button>
            <button type="button" id="redo" title=redo_tip disabled=move || session.can.read().1.is_none() on:click=move |_| session.redo()>
                {t(M::Redo)}
            </button>
            <SaveWord />
            <button type="button" id="export" title=t(M::ExportHint) on:click=move |_| action("export").run(session)>
                {t(M::ExportProject)}
            </button>
            <button type="button" id="palette-button" title=tip("palette") on:click=move |_| action("palette").run(session)>
                {t(M::More)}
            </button>
            <input id="file-input" type="file" multiple hidden accept=".txt,.md,.markdown,.text,.json" on:change=picked />
        </header>
    }
}

/// Whether the work is safe, in a word; why, in its tip.
#[component]
fn SaveWord() -> impl IntoView {
    let session = session();
    let word = move || match session.saved.get() {
        SaveState::Saved => t(M::Saved),
        SaveState::Saving => t(M::Saving),
        SaveState::TabOnly(_) => t(M::SavedTabOnly),
    };
    let why = move || match session.saved.get() {
        SaveState::TabOnly(why) => why,
        _ => t(M::SavedWhere).to_owned(),
    };
    view! {
        <span id="save-state" class="save-state" class:at-risk=move || matches!(session.saved.get(), SaveState::TabOnly(_)) title=why role="status">
            {word}
        </span>
    }
}
