//! A card in the margin for each attribution, in reading order.

use super::gestures;
use super::marks::{Card, Marks};
use crate::browser;
use crate::model::{Attribution, AttributionType, Id, RecordId};
use crate::store::{Command, MarkRole};
use crate::text::Span;
use crate::ui::actions::tip;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, button, each, el, many, react, when};
use leptos::prelude::*;
use std::sync::Arc;

/// The cards.
pub(super) fn cards(session: Session, marks: Memo<Arc<Marks>>) -> Node {
    let ids = Memo::new(move |_| marks.read().cards.iter().map(|c| c.id.clone()).collect::<Vec<_>>());
    // The active card is kept in view.
    react(move || {
        if let Some(active) = session.active.get() {
            let number = marks.with_untracked(|m| m.cards.iter().find(|c| c.id == active).map(|c| c.number));
            if let Some(number) = number {
                request_animation_frame(move || browser::scroll_to(&format!("card-{number}")));
            }
        }
    });
    let heading = move || match ids.read().len() {
        0 => String::new(),
        n => crate::ui::messages::count(n, M::OneAttribution, M::Attributions),
    };
    let teach = move || {
        el("div")
            .class("empty teach")
            .child(el("p").child(el("b").child(t(M::NoAttributions))))
            .child(el("p").child(t(M::NoAttributionsHow)))
            .into()
    };
    el("section")
        .class("cards")
        .child(el("h2").words(heading))
        .child(when(move || ids.read().is_empty(), teach))
        .child(each(move || ids.get(), ToString::to_string, move |id| card(session, id, marks)))
        .into()
}

fn card(session: Session, id: Id<Attribution>, marks: Memo<Arc<Marks>>) -> Node {
    let card = {
        let id = id.clone();
        Memo::new(move |_| marks.read().cards.iter().find(|c| c.id == id).cloned())
    };
    let is_active = {
        let id = id.clone();
        Memo::new(move |_| session.active.get().as_ref() == Some(&id))
    };
    let number = move || card.read().as_ref().map(|c| c.number).unwrap_or_default();
    let click = move || {
        if !is_active.get_untracked() {
            let first = card.with_untracked(|c| c.as_ref().and_then(first_span));
            gestures::focus_attribution(session, &id, first);
        }
    };
    let class = move || {
        let active = if is_active.get() { " active" } else { "" };
        format!("card h{}{active}", number() % 6)
    };
    el("article")
        .live("class", class)
        .live("id", move || format!("card-{}", number()))
        .set("role", "comment")
        .live("aria-label", move || card.read().as_ref().map(spoken).unwrap_or_default())
        .live_some("aria-current", move || is_active.get().then(|| "true".to_owned()))
        .on_click(click)
        .part(move || card.get().map(|card| face(session, &card, is_active.get())).into())
        .into()
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

fn face(session: Session, card: &Card, active: bool) -> Node {
    let id = card.id.clone();
    let hint = |class: &'static str, words: M| el("p").class(class).child(t(words));
    let who = match &*card.speakers {
        [] => el("span").class("nobody").child(t(M::NobodyYet)),
        names => el("b").child(names.join(", ")),
    };
    let focus = {
        let (id, first) = (id.clone(), first_span(card));
        move || gestures::focus_attribution(session, &id, first)
    };
    let number = button(card.number.to_string())
        .class("number quiet")
        .label(fill(M::AttributionNumber, &[&card.number.to_string()]))
        .on_click(focus);
    let header = el("header")
        .child(number)
        .child(who)
        .child(card.unsure.then(|| el("span").class("unsure").tip(t(M::Unsure)).child("?")))
        .child(el("span").class("kind").child(card.kind.clone()));
    let roles =
        [(MarkRole::Content, &card.contents), (MarkRole::Cue, &card.cues), (MarkRole::Source, &card.sources)];
    let pieces = roles.into_iter().flat_map(|(role, all)| all.iter().map(move |one| (role, one)));
    let pieces = pieces.map(|(role, (span, words))| piece(session, &id, *span, words, role, active));
    let chip = |words: &String| el("span").class("stance-chip").child(words.clone());
    many([
        header.into(),
        card.contents.is_empty().then(|| hint("missing", M::NoQuoteYet)).into(),
        el("div").class("pieces").children(pieces).into(),
        many(card.stances.iter().map(chip)),
        (!card.note.is_empty() && !active).then(|| el("p").class("note").child(card.note.clone())).into(),
        (active && card.speakers.is_empty()).then(|| hint("hint", M::SelectSource)).into(),
        if active { tools(session, card) } else { Node::Nothing },
    ])
}

fn piece(
    session: Session,
    id: &Id<Attribution>,
    span: Span,
    words: &str,
    role: MarkRole,
    active: bool,
) -> El {
    let class = match role {
        MarkRole::Content => "piece content",
        MarkRole::Cue => "piece cue",
        MarkRole::Source => "piece source",
    };
    let label = fill(M::RemovePiece, &[words]);
    let attribution = id.clone();
    let remove = move |event: &web_sys::Event| {
        event.stop_propagation();
        session.run(Command::Unmark { attribution: attribution.clone(), span, role });
    };
    let cross =
        || button("×").class("remove quiet").tip(label.clone()).label(label.clone()).on("click", remove);
    el("span").class(class).child(el("span").class("words").child(words.to_owned())).child(active.then(cross))
}

/// Type, note, unsure, delete: for the active card only.
fn tools(session: Session, card: &Card) -> Node {
    let id = card.id.clone();
    let record: RecordId = id.record().clone();
    let kinds = AttributionType::ALL.iter().map(|kind| {
        let name = kind.as_str();
        el("option").set("value", name).flag("selected", name == card.kind).child(name.replace('_', " "))
    });
    let set_kind = move |kind: String| {
        let kind = AttributionType::from(&*kind);
        session.run(Command::SetType { attribution: id.clone(), r#type: Some(kind) });
    };
    let write_note = {
        let record = record.clone();
        move |note: String| {
            let note = Some(note).filter(|n| !n.trim().is_empty());
            session.run(Command::SetNote { record: record.clone(), note });
        }
    };
    let unsure = card.unsure;
    let doubt = move || {
        session.run(Command::SetUnsure { record: record.clone(), unsure: !unsure });
    };
    let note = card.note.clone();
    let tools = el("div")
        .class("tools")
        .child(el("select").label(t(M::AttributionKind)).on_change(set_kind).children(kinds))
        .child(button(t(M::Unsure)).class("quiet").set("aria-pressed", unsure.to_string()).on_click(doubt))
        .child(
            button(t(M::DeleteAttribution))
                .class("quiet")
                .tip(tip("delete"))
                .on_click(move || gestures::delete_active(session)),
        );
    let field = el("textarea")
        .id("active-note")
        .class("note-field")
        .set("rows", "1")
        .set("placeholder", t(M::NotePlaceholder))
        .label(t(M::Note))
        .value(move || note.clone())
        .on_change(write_note);
    many([tools, field])
}
