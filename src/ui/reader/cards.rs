//! A card in the margin for each attribution, in reading order.

use super::gestures;
use super::marks::{Card, Marks};
use crate::browser;
use crate::model::{AttributionType, Id, RecordId};
use crate::store::{Command, MarkRole};
use crate::text::Span;
use crate::ui::actions::tip;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::{Session, session};
use leptos::prelude::*;
use std::sync::Arc;

/// The cards.
#[component]
pub(super) fn Cards(marks: Memo<Arc<Marks>>) -> impl IntoView {
    let session = session();
    let ids = Memo::new(move |_| marks.read().cards.iter().map(|c| c.id.clone()).collect::<Vec<_>>());
    // The active card is kept in view.
    Effect::new(move || {
        if let Some(active) = session.active.get() {
            let number = marks.with_untracked(|m| m.cards.iter().find(|c| c.id == active).map(|c| c.number));
            if let Some(number) = number {
                request_animation_frame(move || browser::scroll_to(&format!("card-{number}")));
            }
        }
    });
    view! {
        <section class="cards">
            <h2>{move || match ids.read().len() {
                0 => String::new(),
                n => crate::ui::messages::count(n, M::OneAttribution, M::Attributions),
            }}</h2>
            <Show when=move || ids.read().is_empty()>
                <div class="empty teach">
                    <p><b>{t(M::NoAttributions)}</b></p>
                    <p>{t(M::NoAttributionsHow)}</p>
                </div>
            </Show>
            <For each=move || ids.get() key=|id| id.clone() children=move |id| view! { <AttributionCard id marks /> } />
        </section>
    }
}

#[component]
fn AttributionCard(id: Id<crate::model::Attribution>, marks: Memo<Arc<Marks>>) -> impl IntoView {
    let session = session();
    let card = {
        let id = id.clone();
        Memo::new(move |_| marks.read().cards.iter().find(|c| c.id == id).cloned())
    };
    let is_active = {
        let id = id.clone();
        Memo::new(move |_| session.active.get().as_ref() == Some(&id))
    };
    let number = move || card.read().as_ref().map(|c| c.number).unwrap_or_default();
    let focus = {
        let id = id.clone();
        move || {
            let first = card.with_untracked(|c| c.as_ref().and_then(first_span));
            gestures::focus_attribution(session, &id, first);
        }
    };
    let click = {
        let focus = focus.clone();
        move |_| {
            if !is_active.get_untracked() {
                focus();
            }
        }
    };
    let body = move || card.get().map(|card| face(session, card, is_active.get()));
    view! {
        <article
            class=move || format!("card h{}", number() % 6)
            class:active=move || is_active.get()
            id=move || format!("card-{}", number())
            role="comment"
            aria-label=move || card.read().as_ref().map(spoken).unwrap_or_default()
            aria-current=move || is_active.get().then_some("true")
            on:click=click
        >
            {body}
        </article>
    }
}

fn first_span(card: &Card) -> Option<Span> {
    card.contents.iter().chain(&card.cues).chain(&card.sources).map(|(span, _)| *span).min()
}

/// The card as one sentence.
fn spoken(card: &Card) -> String {
    let said: Vec<&str> = card.contents.iter().map(|(_, words)| &**words).collect();
    let who = if card.speakers.is_empty() { t(M::NobodyYet).to_owned() } else { card.speakers.join(", ") };
    fill(M::AttributionSaid, &[&card.number.to_string(), &who, &said.join(" … ")])
}

fn face(session: Session, card: Card, active: bool) -> AnyView {
    let id = card.id.clone();
    let who = match &*card.speakers {
        [] => view! { <span class="nobody">{t(M::NobodyYet)}</span> }.into_any(),
        names => view! { <b>{names.join(", ")}</b> }.into_any(),
    };
    let focus = {
        let (id, first) = (id.clone(), first_span(&card));
        move |_| gestures::focus_attribution(session, &id, first)
    };
    let contents = card.contents.is_empty().then(|| view! { <p class="missing">{t(M::NoQuoteYet)}</p> });
    let pieces = card.contents.iter().map(|(span, words)| {
        view! { <Piece id=id.clone() span=*span words=words.clone() role=MarkRole::Content active /> }
    });
    let cues = card.cues.iter().map(|(span, words)| {
        view! { <Piece id=id.clone() span=*span words=words.clone() role=MarkRole::Cue active /> }
    });
    let sources = card.sources.iter().map(|(span, words)| {
        view! { <Piece id=id.clone() span=*span words=words.clone() role=MarkRole::Source active /> }
    });
    let stances = card
        .stances
        .iter()
        .map(|words| view! { <span class="stance-chip">{words.clone()}</span> })
        .collect_view();
    let note = (!card.note.is_empty() && !active).then(|| view! { <p class="note">{card.note.clone()}</p> });
    let ask =
        (active && card.speakers.is_empty()).then(|| view! { <p class="hint">{t(M::SelectSource)}</p> });
    let tools = active.then(|| tools(session, &card));
    view! {
        <header>
            <button type="button" class="number quiet" aria-label=fill(M::AttributionNumber, &[&card.number.to_string()]) on:click=focus>
                {card.number}
            </button>
            {who}
            {card.unsure.then(|| view! { <span class="unsure" title=t(M::Unsure)>"?"</span> })}
            <span class="kind">{card.kind.clone()}</span>
        </header>
        {contents}
        <div class="pieces">{pieces.collect_view()} {cues.collect_view()} {sources.collect_view()}</div>
        {stances}
        {note}
        {ask}
        {tools}
    }
    .into_any()
}

#[component]
fn Piece(
    id: Id<crate::model::Attribution>,
    span: Span,
    words: String,
    role: MarkRole,
    active: bool,
) -> impl IntoView {
    let session = session();
    let class = match role {
        MarkRole::Content => "piece content",
        MarkRole::Cue => "piece cue",
        MarkRole::Source => "piece source",
    };
    let label = fill(M::RemovePiece, &[&words]);
    let remove = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        session.run(Command::Unmark { attribution: id.clone(), span, role });
    };
    view! {
        <span class=class>
            <span class="words">{words}</span>
            {active.then(|| view! {
                <button type="button" class="remove quiet" title=label.clone() aria-label=label on:click=remove>"×"</button>
            })}
        </span>
    }
}

/// Type, note, unsure, delete: for the active card only.
fn tools(session: Session, card: &Card) -> AnyView {
    let id = card.id.clone();
    let record: RecordId = id.record().clone();
    let kinds = AttributionType::ALL.iter().map(|kind| {
        let name = kind.as_str().to_owned();
        view! { <option value=name.clone() selected={name == card.kind}>{name.replace('_', " ")}</option> }
    });
    let set_kind = {
        let id = id.clone();
        move |event: leptos::ev::Event| {
            let kind = AttributionType::from(&*event_target_value(&event));
            session.run(Command::SetType { attribution: id.clone(), r#type: Some(kind) });
        }
    };
    let write_note = {
        let record = record.clone();
        move |event: leptos::ev::Event| {
            let note = Some(event_target_value(&event)).filter(|n| !n.trim().is_empty());
            session.run(Command::SetNote { record: record.clone(), note });
        }
    };
    let doubt = {
        let unsure = card.unsure;
        move |_| {
            session.run(Command::SetUnsure { record: record.clone(), unsure: !unsure });
        }
    };
    view! {
        <div class="tools">
            <select aria-label="type" on:change=set_kind>{kinds.collect_view()}</select>
            <button type="button" class="quiet" aria-pressed=card.unsure.to_string() on:click=doubt>{t(M::Unsure)}</button>
            <button type="button" class="quiet" title=tip("delete") on:click=move |_| gestures::delete_active(session)>
                {t(M::DeleteAttribution)}
            </button>
        </div>
        <textarea
            id="active-note"
            class="note-field"
            rows="1"
            placeholder=t(M::NotePlaceholder)
            aria-label=t(M::Note)
            prop:value=card.note.clone()
            on:change=write_note
        ></textarea>
    }
    .into_any()
}
