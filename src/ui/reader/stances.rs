//! What the article, or the speaker of the active attribution, thinks of a target.

use super::Shown;
use super::gestures;
use super::marks::holder_words;
use crate::model::{Holder, Id, Stance, Target, TargetKind};
use crate::store::Command;
use crate::ui::actions::tip;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::{Session, fresh_bits, session};
use leptos::prelude::*;

/// The stance panel: whose, towards what, which; and the stances said so far.
#[component]
pub(super) fn Stances() -> impl IntoView {
    let session = session();
    // The target carries over from the last visit, or is the first there is.
    let targets = Memo::new(move |_| {
        session.project.with(|p| {
            let all = p.all::<Target>().map(|x| (x.id(), x.name.get().clone().unwrap_or_default()));
            all.collect::<Vec<_>>()
        })
    });
    Effect::new(move || {
        let known = |id: &Id<Target>| targets.read().iter().any(|(other, _)| other == id);
        if !session.target.get_untracked().is_some_and(|id| known(&id)) {
            let first = targets.read().first().map(|(id, _)| id.clone());
            if session.target.get_untracked() != first {
                session.target.set(first);
            }
        }
    });
    let holder = Memo::new(move |_| {
        session.project.track();
        let active = session.active.get();
        match active.as_ref().and_then(|id| gestures::speaker_of(session, id)) {
            Some(source) => (Holder::Source(source), active),
            None => (Holder::Article, None),
        }
    });
    let who = move || session.project.with(|p| holder_words(p, &holder.read().0, t(M::TheArticle)));
    let choose = move |event: leptos::ev::Event| {
        let id = Id::<Target>::parse(&event_target_value(&event));
        if id.is_some() {
            session.target.set(id);
            session.remember_place();
        }
    };
    let options = move || {
        let current = session.target.get();
        targets
            .get()
            .into_iter()
            .map(|(id, name)| {
                let selected = Some(&id) == current.as_ref();
                view! { <option value=id.to_string() selected=selected>{name}</option> }
            })
            .collect_view()
    };
    view! {
        <section class="stances">
            <h2>{t(M::StanceTitle)}</h2>
            <p class="question">{move || fill(M::StanceOf, &[&who()])}</p>
            <Show when=move || !targets.read().is_empty() fallback=|| view! { <p class="hint">{t(M::NoTarget)}</p> }>
                <select class="target" aria-label=t(M::TargetName) on:change=choose>{options}</select>
                <Values holder />
            </Show>
            <NewTarget />
            <Said />
        </section>
    }
}

#[component]
fn Values(holder: Memo<(Holder, Option<Id<crate::model::Attribution>>)>) -> impl IntoView {
    let session = session();
    let text_id = expect_context::<Shown>().text_id;
    let current = Memo::new(move |_| {
        let (holder, attribution) = holder.get();
        let (target, me) = (session.target.get(), session.me());
        session.project.with(|p| {
            let mut mine = p.about::<Stance>(&text_id).filter(|s| {
                s.entry.made.by == me
                    && s.holder.get().as_ref() == Some(&holder)
                    && *s.target.get() == target
                    && *s.attribution.get() == attribution
            });
            mine.next().and_then(|s| s.value.get().clone())
        })
    });
    let buttons = move || {
        let names = ["favor", "against", "neither"];
        session
            .labels()
            .into_iter()
            .zip(names)
            .map(|((label, name), action)| {
                let chosen = current.get().as_ref() == Some(&label);
                let say = move |_| {
                    let (holder, attribution) = holder.get_untracked();
                    // Pressing the chosen one again takes it back.
                    let value = (!chosen).then(|| label.clone());
                    gestures::say_stance(session, holder, attribution, value);
                };
                view! {
                    <button type="button" class=format!("value {action}") aria-pressed=chosen.to_string() title=tip(action) on:click=say>
                        {name}
                    </button>
                }
            })
            .collect_view()
    };
    view! { <div class="values" role="group" aria-label=t(M::StanceTitle)>{buttons}</div> }
}

#[component]
fn NewTarget() -> impl IntoView {
    let session = session();
    let name = RwSignal::new(String::new());
    let add = move || {
        let target: Id<Target> = Id::random(fresh_bits());
        let wanted = name.get_untracked();
        if wanted.trim().is_empty() {
            return;
        }
        if session.run(Command::AddTarget { target: target.clone(), name: wanted, kind: TargetKind::Issue }) {
            name.set(String::new());
            session.target.set(Some(target));
            session.remember_place();
            crate::browser::blur();
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    };
    view! {
        <p class="new-target">
            <input
                id="target-name"
                type="text"
                placeholder=t(M::TargetName)
                aria-label=t(M::TargetName)
                prop:value=move || name.get()
                on:input=move |e| name.set(event_target_value(&e))
                on:keydown=on_key
            />
            <button type="button" class="quiet" disabled=move || name.read().trim().is_empty() on:click=move |_| add()>
                {t(M::AddTarget)}
            </button>
        </p>
    }
}

/// A stance as the list shows it.
#[derive(Clone, PartialEq)]
struct Line {
    id: Id<Stance>,
    who: String,
    value: String,
    target: String,
    evidence: usize,
    conditional: bool,
    mixed: bool,
}

#[component]
fn Said() -> impl IntoView {
    let session = session();
    let text_id = expect_context::<Shown>().text_id;
    let lines = Memo::new(move |_| {
        session.project.with(|p| {
            let all = p.about::<Stance>(&text_id).map(|s| Line {
                id: s.id(),
                who: s
                    .holder
                    .get()
                    .as_ref()
                    .map(|h| holder_words(p, h, t(M::TheArticle)))
                    .unwrap_or_default(),
                value: s.value.get().as_ref().and_then(|v| p.find(v)?.name.get().clone()).unwrap_or_default(),
                target: s
                    .target
                    .get()
                    .as_ref()
                    .and_then(|v| p.find(v)?.name.get().clone())
                    .unwrap_or_default(),
                evidence: s.evidence.get().len(),
                conditional: *s.conditional.get(),
                mixed: *s.mixed.get(),
            });
            all.collect::<Vec<_>>()
        })
    });
    let rows = move || lines.get().into_iter().map(|line| row(session, line)).collect_view();
    let heading = move || crate::ui::messages::count(lines.read().len(), M::OneStance, M::Stances);
    // A long list is folded, so that the cards stay in sight.
    let open = lines.with_untracked(|l| l.len() <= 3);
    view! {
        <Show when=move || !lines.read().is_empty()>
            <details class="said-box" open=open>
                <summary class="hint">{heading}</summary>
                <ul class="said">{rows}</ul>
            </details>
        </Show>
    }
}

fn row(session: Session, line: Line) -> AnyView {
    let id = line.id.clone();
    let is_current = {
        let id = id.clone();
        move || session.stance.get().as_ref() == Some(&id)
    };
    let pick = {
        let id = id.clone();
        move |_| session.stance.set(Some(id.clone()))
    };
    let delete = {
        let record = id.record().clone();
        move |_| {
            session.run(Command::Delete { records: vec![record.clone()] });
        }
    };
    let evidence = if line.evidence == 0 {
        t(M::EvidenceAdd).to_owned()
    } else {
        format!("“…” × {}", line.evidence)
    };
    let flip = {
        let (id, now) = (id.clone(), line.conditional);
        move |_| {
            session.run(Command::SetConditional { stance: id.clone(), conditional: !now });
        }
    };
    let mix = {
        let (id, now) = (id, line.mixed);
        move |_| {
            session.run(Command::SetMixed { stance: id.clone(), mixed: !now });
        }
    };
    let (shown, pressed) = (is_current.clone(), is_current.clone());
    view! {
        <li class:current=is_current.clone()>
            <button type="button" class="quiet line" on:click=pick aria-pressed=move || pressed().to_string()>
                <b>{line.who}</b>
                " "
                <span class=format!("value-word {}", line.value)>{line.value.clone()}</span>
                " "
                {line.target}
            </button>
            <Show when=shown>
                <div class="stance-tools">
                    <span class="hint">{evidence.clone()}</span>
                    <button type="button" class="quiet" aria-pressed=line.conditional.to_string() on:click=flip.clone()>{t(M::Conditional)}</button>
                    <button type="button" class="quiet" aria-pressed=line.mixed.to_string() on:click=mix.clone()>{t(M::Mixed)}</button>
                    <button type="button" class="quiet" on:click=delete.clone()>{t(M::ClearStance)}</button>
                </div>
            </Show>
        </li>
    }
    .into_any()
}
