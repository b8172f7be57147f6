//! How to annotate, as the project says it, with what its labels mean.

use super::markdown::{self, markdown};
use crate::browser;
use crate::model::ProjectInfo;
use crate::store::Command;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, button, el, live, many};
use leptos::prelude::*;

pub(super) fn guidelines(session: Session) -> El {
    let editing = RwSignal::new(false);
    let text = Memo::new(move |_| {
        session
            .project
            .with(|p| p.find::<ProjectInfo>(p.id()).and_then(|i| i.guidelines.get().clone()))
            .unwrap_or_default()
    });
    let flip = move || {
        editing.update(|on| *on = !*on);
        request_animation_frame(|| browser::focus("guidelines"));
    };
    let body = live(move || {
        if editing.get() {
            let write = move |guidelines: String| {
                session.run(Command::SetGuidelines { guidelines });
            };
            let field = el("textarea").id("guidelines").set("rows", "18").label(t(M::Guidelines));
            return session.typed(field.value(move || text.get_untracked()), write).into();
        }
        match text.read().as_str() {
            "" => el("p").class("empty").child(t(M::NoGuidelines)).into(),
            words => el("div").class("markdown").set("dir", "auto").child(markdown(words)).into(),
        }
    });
    let edit =
        button(t(M::EditGuidelines)).class("quiet").live("aria-pressed", move || editing.get().to_string());
    el("div")
        .child(body)
        .child(el("p").class("row").child(edit.on_click(flip)))
        .child(el("div").part(move || labels(session)))
}

/// The labels in use with their definitions.
fn labels(session: Session) -> Node {
    let scheme = session.scheme.get();
    let rows = session.project.with(|p| {
        let all = p.labels(&scheme).into_iter();
        all.map(|l| {
            (l.name.get().clone().unwrap_or_default(), l.definition.get().clone(), l.rule.get().clone())
        })
        .collect::<Vec<_>>()
    });
    let row = |(name, definition, rule): (String, Option<String>, Option<String>)| {
        let rule = rule.map(|rule| {
            let place = markdown::place(&rule);
            button(fill(M::SeeRule, &[&rule]))
                .class("quiet rule")
                .on_click(move || browser::scroll_to(&place))
        });
        many([
            Node::from(el("dt").child(name)),
            el("dd").child(definition.unwrap_or_else(|| t(M::NotDefined).to_owned())).child(rule).into(),
        ])
    };
    el("dl").class("definitions").children(rows.into_iter().map(row).collect::<Vec<Node>>()).into()
}
