//! What the person should know: passing words, and problems that stay until they are closed.

use crate::ui::messages::{M, t};
use crate::ui::session::session;
use leptos::prelude::*;

/// The notices, in a corner.
#[component]
pub(in crate::ui) fn Notices() -> impl IntoView {
    let session = session();
    view! {
        <div class="notices">
            <For each=move || session.notices.get() key=|n| n.number children=move |notice| {
                let number = notice.number;
                let close = move |_| session.notices.update(|all| all.retain(|n| n.number != number));
                view! {
                    <div class="notice" class:problem=notice.problem role=if notice.problem { "alert" } else { "status" }>
                        <span>{notice.words}</span>
                        <button type="button" class="quiet" aria-label=t(M::Close) on:click=close>"×"</button>
                    </div>
                }
            } />
        </div>
    }
}
