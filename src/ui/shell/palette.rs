//! Every command by its name.

use crate::browser;
use crate::ui::actions::{ACTIONS, Action};
use crate::ui::messages::{M, t};
use crate::ui::session::{Panel, session};
use leptos::prelude::*;

/// The palette.
#[component]
pub(in crate::ui) fn Palette() -> impl IntoView {
    let session = session();
    view! {
        <Show when=move || session.panel.get() == Some(Panel::Palette)>
            <Open />
        </Show>
    }
}

/// The actions whose title holds what was typed.
fn matching(typed: &str, screen: &crate::ui::session::Screen) -> Vec<&'static Action> {
    let wanted = typed.trim().to_lowercase();
    ACTIONS.iter().filter(|a| a.fits(screen) && t(a.title).to_lowercase().contains(&wanted)).collect()
}

#[component]
fn Open() -> impl IntoView {
    let session = session();
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(0usize);
    let found = move || matching(&typed.get(), &session.screen.get());
    request_animation_frame(|| browser::focus("palette-field"));
    let run = move |action: &'static Action| {
        session.panel.set(None);
        action.run(session);
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let count = found().len();
        let step = match &*event.key() {
            "ArrowDown" => 1,
            "ArrowUp" => count.saturating_sub(1),
            "Enter" => {
                event.prevent_default();
                if let Some(action) = found().get(chosen.get_untracked()) {
                    run(action);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        chosen.update(|n| *n = (*n + step) % count.max(1));
    };
    let rows = move || {
        found()
            .into_iter()
            .enumerate()
            .map(|(i, action)| {
                view! {
                    <li>
                        <button type="button" class="quiet" class:chosen=move || chosen.get() == i data-action=action.name on:click=move |_| run(action)>
                            <span>{t(action.title)}</span>
                            <kbd>{action.key_words()}</kbd>
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <div class="veil" on:click=move |_| session.panel.set(None)></div>
        <div class="palette" role="dialog" aria-modal="true" aria-label=t(M::Palette)>
            <input
                id="palette-field"
                type="text"
                placeholder=t(M::PaletteHint)
                aria-label=t(M::PaletteHint)
                on:input=move |e| {
                    typed.set(event_target_value(&e));
                    chosen.set(0);
                }
                on:keydown=on_key
            />
            <ul>{rows}</ul>
            <Show when=move || found().is_empty()>
                <p class="empty">{t(M::PaletteEmpty)}</p>
            </Show>
        </div>
    }
}
