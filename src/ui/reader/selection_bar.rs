//! What can be done with the words that are selected, right beside them.

use super::gestures;
use crate::browser;
use crate::ui::actions::{action, tip};
use crate::ui::messages::{M, t};
use crate::ui::session::session;
use leptos::prelude::*;

/// The bar. It shows the keys that do the same, takes no focus, and hides nothing that is selected.
#[component]
pub(super) fn SelectionBar() -> impl IntoView {
    let session = session();
    let shown = move || session.selected.get().is_some_and(|s| !s.span.is_empty());
    let place = move || {
        session.selected.track();
        let Some(at) = browser::selection_box() else { return (0.0, 0.0) };
        let left = (at.left() + at.right()) / 2.0;
        (left.clamp(150.0, (browser::window_width() - 150.0).max(150.0)), at.bottom() + 8.0)
    };
    let more = move || {
        let can = session.active.get().is_some_and(|id| {
            session.project.with(|p| p.find(&id).is_some_and(|a| !a.contents.get().is_empty()))
        });
        can.then(|| {
            view! {
                <button type="button" on:mousedown=keep_selection on:click=move |_| gestures::mark_more_content(session)>
                    "+ " {t(M::Quote)}
                </button>
            }
        })
    };
    view! {
        <Show when=shown>
            <div
                class="selection-bar"
                role="toolbar"
                aria-label=t(M::GroupMark)
                style:left=move || format!("{}px", place().0)
                style:top=move || format!("{}px", place().1)
            >
                {["quote", "cue", "source", "evidence"].map(|name| view! { <BarButton name /> })}
                {more}
            </div>
        </Show>
    }
}

/// A click must not take the selection away before it is used.
fn keep_selection(event: leptos::ev::MouseEvent) {
    event.prevent_default();
}

#[component]
fn BarButton(name: &'static str) -> impl IntoView {
    let session = session();
    let this = action(name);
    view! {
        <button
            type="button"
            class=format!("mark-{name}")
            title=tip(name)
            on:mousedown=keep_selection
            on:click=move |_| this.run(session)
        >
            {t(this.title)}
            <kbd>{this.key_words()}</kbd>
        </button>
    }
}
