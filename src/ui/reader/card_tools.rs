//! What can be said of the active attribution on its card; each has a key too.

use super::marks::Card;
use crate::browser;
use crate::model::{AttributionType, Medium, RecordId};
use crate::store::Command;
use crate::ui::actions::{action, tip};
use crate::ui::messages::{M, fill, meaning, t};
use crate::ui::session::{Session, fresh_bits};
use crate::ui::view::{El, Node, button, el, many};
use leptos::prelude::Set;

/// The id of the field for a question.
const QUESTION: &str = "active-question";

/// Type, medium, links to others, note, question, unsure, delete: for the active card only.
pub(super) fn tools(session: Session, card: &Card) -> Node {
    let id = card.id.clone();
    let record: RecordId = id.record().clone();
    let set_kind = {
        let id = id.clone();
        move |kind: String| {
            let kind = AttributionType::from(&*kind);
            session.run(Command::SetType { attribution: id.clone(), r#type: Some(kind) });
        }
    };
    let set_medium = move |medium: String| {
        let medium = Some(Medium::from(&*medium)).filter(|m| !m.as_str().is_empty());
        session.run(Command::SetMedium { attribution: id.clone(), medium: medium.into_iter().collect() });
    };
    let kinds = AttributionType::ALL.iter().map(AttributionType::as_str).collect();
    let media = std::iter::once("").chain(Medium::ALL.iter().map(Medium::as_str)).collect();
    let medium = card.medium.first().map(String::as_str).unwrap_or_default();
    let tools = el("div")
        .class("tools")
        .child(choice(M::AttributionKind, kinds, &card.kind).tip(meaning(&card.kind)).on_change(set_kind))
        .child(choice(M::Medium, media, medium).tip(meaning("medium")).on_change(set_medium))
        .child(tool(session, "speaker"))
        .child(named_tool(session, "target", t(M::ToTarget)))
        .child(named_tool(session, "value", t(M::ToStance)))
        .child(tool(session, "nest").set("aria-pressed", card.parent.is_some().to_string()))
        .child(tool(session, "continue").set("aria-pressed", card.continues.is_some().to_string()))
        .child(tool(session, "unsure").set("aria-pressed", card.unsure.to_string()))
        .child(tool(session, "label-all"))
        .child(tool(session, "ask"))
        .child(tool(session, "delete"))
        .child(tool(session, "done").class("finish"));
    let note = card.note.clone();
    let write_note = move |note: String| {
        let note = Some(note).filter(|n| !n.trim().is_empty());
        session.run(Command::SetNote { record: record.clone(), note });
    };
    let field = el("textarea")
        .id("active-note")
        .class("note-field")
        .set("rows", "1")
        .set("placeholder", t(M::NotePlaceholder))
        .label(t(M::Note))
        .value(move || note.clone());
    let field = session.typed(field, write_note);
    let about = card.id.record().clone();
    let ask = move |words: String| {
        browser::empty(QUESTION);
        if !words.trim().is_empty() {
            let comment = crate::model::Id::random(fresh_bits());
            let said = fill(M::PieceOf, &[t(M::Asked), &words]);
            if session.run(Command::Ask { comment, about: about.clone(), words }) {
                session.spoken.set(said);
            }
        }
    };
    let question = el("input")
        .id(QUESTION)
        .class("note-field")
        .set("type", "text")
        .set("placeholder", t(M::AskPlaceholder))
        .label(t(M::Ask))
        .on_key(|event| {
            // Left without asking.
            if event.key() == "Escape" {
                browser::empty(QUESTION);
            }
        })
        .on_change(ask);
    let settle = card.questions.iter().map(|question| {
        let comment = question.id.clone();
        button(t(M::Settled)).class("quiet").tip(question.words.clone()).on_click(move || {
            if session.run(Command::Settle { comment: comment.clone(), resolved: true }) {
                session.spoken.set(t(M::Settled).to_owned());
            }
        })
    });
    many([tools, field, question, el("p").class("settle").children(settle)])
}

/// A button for an action, with its key in the tip.
fn tool(session: Session, name: &'static str) -> El {
    named_tool(session, name, t(action(name).title))
}

/// The same by a shorter name.
fn named_tool(session: Session, name: &'static str, words: &'static str) -> El {
    let this = action(name);
    let tip = match meaning(name) {
        "" => tip(name),
        means => format!("{}: {means}", tip(name)),
    };
    button(words).class("quiet").set("data-action", name).tip(tip).on_click(move || this.run(session))
}

fn choice(label: M, values: Vec<&str>, chosen: &str) -> El {
    let options = values.into_iter().map(|value| {
        let words = if value.is_empty() { format!("{}…", t(label)) } else { value.replace('_', " ") };
        el("option").set("value", value.to_owned()).flag("selected", value == chosen).child(words)
    });
    el("select").label(t(label)).children(options)
}
