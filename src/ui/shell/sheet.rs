//! The sheet of shortcuts, built from the registry.

use crate::ui::actions::{ACTIONS, Group};
use crate::ui::messages::{M, t};
use crate::ui::session::{Panel, session};
use leptos::prelude::*;

/// The sheet.
#[component]
pub(in crate::ui) fn ShortcutSheet() -> impl IntoView {
    let session = session();
    let groups = || {
        Group::ALL.iter().map(|group| {
            let rows = ACTIONS.iter().filter(|a| a.group == *group).map(|a| {
                let keys = a.keys.iter().map(|k| view! { <kbd>{k.to_string()}</kbd> }).collect_view();
                view! { <tr><td>{keys}</td><td>{t(a.title)}</td></tr> }
            });
            view! {
                <section>
                    <h3>{group.title()}</h3>
                    <table><tbody>{rows.collect_view()}</tbody></table>
                </section>
            }
        })
    };
    view! {
        <Show when=move || session.panel.get() == Some(Panel::Shortcuts)>
            <div class="veil" on:click=move |_| session.panel.set(None)></div>
            <div class="sheet" role="dialog" aria-modal="true" aria-label=t(M::Shortcuts)>
                <header>
                    <h2>{t(M::Shortcuts)}</h2>
                    <button type="button" class="quiet" aria-label=t(M::Close) on:click=move |_| session.panel.set(None)>"×"</button>
                </header>
                <div class="groups">
                    {groups().collect_view()}
                    <section>
                        <h3>{t(M::Cast)}</h3>
                        <table><tbody><tr><td><kbd>"1"</kbd> "–" <kbd>"9"</kbd></td><td>{t(M::CastHint)}</td></tr></tbody></table>
                    </section>
                </div>
                <p class="hint">{t(M::ShortcutsNote)}</p>
            </div>
        </Show>
    }
}
