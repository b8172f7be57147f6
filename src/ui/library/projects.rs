//! The projects kept in this browser.

use crate::ui::keep::Stored;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::{Session, session};
use leptos::prelude::*;

/// The list of projects, with the removed ones below it.
#[component]
pub(super) fn Projects() -> impl IntoView {
    let session = session();
    let list = move || {
        session.shelf_changed.track();
        session.project.track();
        session.keep(|keep| keep.list())
    };
    let open_id = move || session.project.read().id().clone();
    let kept = move || {
        let here = open_id();
        let rows = list().into_iter().filter(|p| !p.removed);
        rows.map(|p| row(session, p.id == here, p)).collect_view()
    };
    let removed = move || {
        let rows: Vec<_> = list().into_iter().filter(|p| p.removed).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <h3>{t(M::TrashTitle)}</h3>
                <ul class="trash">{rows.into_iter().map(|p| trashed(session, p)).collect_view()}</ul>
            }
        })
    };
    view! {
        <section class="projects" aria-labelledby="projects-title">
            <h2 id="projects-title">{t(M::Projects)}</h2>
            <ul>{kept}</ul>
            <p>
                <button type="button" id="new-project" on:click=move |_| session.begin(String::new())>{t(M::NewProject)}</button>
            </p>
            {removed}
        </section>
    }
}

fn row(session: Session, open: bool, project: Stored) -> AnyView {
    let id = project.id.clone();
    let name = if open { session.project.read_untracked().name().to_owned() } else { project.name.clone() };
    let switch = {
        let id = id.clone();
        move |_| {
            if session.load(&id) {
                session.remember_place();
            }
        }
    };
    let removed_name = name.clone();
    let remove = move |_| {
        if let Err(why) = session.keep(|keep| keep.remove(&id)) {
            return session.complain(why.to_string());
        }
        session.shelf_changed.update(|n| *n += 1);
        if open {
            session.begin(String::new());
        }
        session.say(fill(M::ProjectRemoved, &[&removed_name]));
    };
    view! {
        <li class:open=open>
            <span class="title">{name}</span>
            {if open {
                view! { <span class="facts">{t(M::Current)}</span> }.into_any()
            } else {
                view! { <button type="button" class="quiet switch" on:click=switch>{t(M::SwitchTo)}</button> }.into_any()
            }}
            <button type="button" class="quiet remove-project" on:click=remove>{t(M::RemoveProject)}</button>
        </li>
    }
    .into_any()
}

fn trashed(session: Session, project: Stored) -> AnyView {
    let id = project.id.clone();
    let restore = move |_| {
        if let Err(why) = session.keep(|keep| keep.restore(&id)) {
            return session.complain(why.to_string());
        }
        session.shelf_changed.update(|n| *n += 1);
    };
    view! {
        <li>
            <span class="title">{project.name}</span>
            <button type="button" class="quiet restore" on:click=restore>{t(M::Restore)}</button>
        </li>
    }
    .into_any()
}
