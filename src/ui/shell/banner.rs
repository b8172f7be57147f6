//! What is asked once, without getting in the way: the name, and storage that keeps nothing.

use crate::ui::keep::SaveState;
use crate::ui::messages::{M, t};
use crate::ui::session::session;
use leptos::prelude::*;

/// The banner below the bar.
#[component]
pub(in crate::ui) fn Banner() -> impl IntoView {
    let session = session();
    let name = RwSignal::new(String::new());
    let save = move || session.set_my_name(&name.get_untracked());
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            save();
            crate::browser::focus("page-text");
        }
    };
    let risk = move || match session.saved.get() {
        SaveState::TabOnly(why) => Some(view! { <p class="banner risk" role="alert">{why}</p> }),
        _ => None,
    };
    view! {
        {risk}
        <Show when=move || session.asking_name.get()>
            <form class="banner name-prompt" on:submit=move |e| e.prevent_default()>
                <label for="my-name">{t(M::NamePrompt)}</label>
                <input id="my-name" type="text" autocomplete="name" prop:value=move || name.get()
                    on:input=move |e| name.set(event_target_value(&e)) on:keydown=on_key />
                <button type="button" class="primary" disabled=move || name.read().trim().is_empty() on:click=move |_| save()>
                    {t(M::NameSave)}
                </button>
                <button type="button" class="quiet" on:click=move |_| session.asking_name.set(false)>{t(M::NameLater)}</button>
                <span class="hint">{t(M::NamePromptWhy)}</span>
            </form>
        </Show>
    }
}
