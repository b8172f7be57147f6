//! Stories, their versions, and the doors through which articles come in.

mod add;
mod projects;
mod stories;

use super::files;
use super::messages::{M, t};
use super::session::session;
use crate::model::Article;
use leptos::prelude::*;

/// The library; for a newcomer, a welcome that says what to do first.
#[component]
pub(super) fn Library() -> impl IntoView {
    let session = session();
    let empty = Memo::new(move |_| session.project.with(|p| p.all::<Article>().next().is_none()));
    let sample = move |_| files::open_sample(session);
    view! {
        <div class="library">
            <Show when=move || empty.get()>
                <section class="welcome">
                    <h1>{t(M::WelcomeTitle)}</h1>
                    <p>{t(M::WelcomeText)}</p>
                    <p class="sample">
                        <button type="button" class="primary" id="open-sample" on:click=sample>{t(M::OpenSample)}</button>
                        <span class="hint">{t(M::OpenSampleNote)}</span>
                    </p>
                </section>
            </Show>
            <Show when=move || !empty.get()>
                <stories::Stories />
            </Show>
            <add::Add />
            <projects::Projects />
        </div>
    }
}
