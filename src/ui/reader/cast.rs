//! The story's speakers, each on a number key.

use super::Shown;
use super::gestures;
use crate::model::Id;
use crate::store::Command;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::session;
use leptos::prelude::*;

/// The cast. Shown as soon as there is somebody in it.
#[component]
pub(super) fn Cast() -> impl IntoView {
    let session = session();
    let article = expect_context::<Shown>().article;
    let cast = Memo::new(move |_| gestures::cast(session, &article));
    let rows = move |from: usize, to: usize| {
        let all = cast.get().into_iter().enumerate().skip(from).take(to - from);
        all.map(|(i, (id, name))| view! { <Member number=i + 1 id name /> }).collect_view()
    };
    // Nine have a number key; the rest unfold.
    let more = move || {
        let count = cast.read().len();
        (count > 9).then(|| {
            view! {
                <details>
                    <summary class="hint">{fill(M::CastMore, &[&(count - 9).to_string()])}</summary>
                    <ul>{rows(9, count)}</ul>
                </details>
            }
        })
    };
    view! {
        <Show when=move || !cast.read().is_empty()>
            <section class="cast" aria-label=t(M::Cast) title=t(M::CastHint)>
                <h2>{t(M::Cast)}</h2>
                <ul>{move || rows(0, 9)}</ul>
                {more}
            </section>
        </Show>
    }
}

#[component]
fn Member(number: usize, id: Id<crate::model::Source>, name: String) -> impl IntoView {
    let session = session();
    let speaks = {
        let id = id.clone();
        move || {
            session.project.track();
            session.active.get().and_then(|a| gestures::speaker_of(session, &a)) == Some(id.clone())
        }
    };
    let renaming = RwSignal::new(false);
    let rename = {
        let id = id.clone();
        move |event: leptos::ev::Event| {
            let name = event_target_value(&event);
            renaming.set(false);
            session.run(Command::RenameSource { source: id.clone(), name });
        }
    };
    let pick = {
        let id = id.clone();
        move |_| {
            if let Some(attribution) = session.active.get_untracked() {
                session.run(Command::SetSpeaker { attribution, source: id.clone() });
            } else {
                session.say(t(M::ActiveFirst).to_owned());
            }
        }
    };
    let shown = name.clone();
    view! {
        <li class:speaks=speaks>
            <button type="button" class="quiet" title=fill(M::SpeakerIs, &[&name]) on:click=pick on:dblclick=move |_| renaming.set(true)>
                {(number <= 9).then(|| view! { <kbd>{number}</kbd> })}
                <span>{shown}</span>
            </button>
            <Show when=move || renaming.get()>
                <input class="rename" value=name.clone() on:change=rename.clone() autofocus />
            </Show>
        </li>
    }
}
