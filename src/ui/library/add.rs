//! Pasting and choosing articles.

use crate::browser;
use crate::intake;
use crate::model::{Id, Story};
use crate::ui::actions::tip;
use crate::ui::files;
use crate::ui::messages::{M, t};
use crate::ui::session::session;
use leptos::prelude::*;

/// A field to paste into, a button to choose files, and the story they join.
#[component]
pub(super) fn Add() -> impl IntoView {
    let session = session();
    let text = RwSignal::new(String::new());
    let story = RwSignal::new(None::<Id<Story>>);
    let stories = Memo::new(move |_| {
        session.project.with(|p| {
            let all = p.all::<Story>().map(|s| (s.id(), s.name.get().clone().unwrap_or_default()));
            all.collect::<Vec<_>>()
        })
    });
    let add = move |_| match intake::paste(&text.get_untracked()) {
        Ok(draft) => {
            text.set(String::new());
            files::add(session, vec![draft], story.get_untracked());
        }
        Err(why) => session.complain(why.to_string()),
    };
    let options = move || {
        stories
            .get()
            .into_iter()
            .map(|(id, name)| view! { <option value=id.to_string()>{name}</option> })
            .collect_view()
    };
    view! {
        <section class="add" aria-labelledby="add-title">
            <h2 id="add-title">{t(M::AddArticle)}</h2>
            <textarea
                id="paste"
                rows="5"
                placeholder=t(M::PasteHint)
                aria-label=t(M::PasteTitle)
                dir="auto"
                prop:value=move || text.get()
                on:input=move |e| text.set(event_target_value(&e))
            ></textarea>
            <p class="row">
                <Show when=move || !stories.read().is_empty()>
                    <label class="story-choice">
                        {t(M::MoveTo)} " "
                        <select id="paste-story" on:change=move |e| story.set(Id::parse(&event_target_value(&e)))>
                            <option value="">{t(M::OwnStory)}</option>
                            {options}
                        </select>
                    </label>
                </Show>
                <button type="button" class="primary" id="add-pasted" disabled=move || text.read().trim().is_empty() on:click=add>
                    {t(M::AddPasted)}
                </button>
            </p>
            <p class="row">
                <button type="button" title=tip("import") on:click=move |_| browser::click("file-input")>{t(M::ChooseFiles)}</button>
                <span class="hint">{t(M::ChooseFilesNote)}</span>
            </p>
        </section>
    }
}
